"""Tracks beside one another: one act on three of them, words that contradict each other, neighbours, wrong tracks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.complaint import codes, facts
from ledger.complaint.codes import RespondentClass, Track
from ledger.complaint.commands import ReclassifyRespondent
from ledger.complaint.facts import TRACK_STEPS
from ledger.complaint.track.codes import VerificationResult
from ledger.complaint.track.procedures import PROCEDURES
from ledger.errors import Refused
from ledger.values import Role
from tests.builders import AUTHORITY, BAWASLU, BKN, COMPLAINT, DKPP, KPU, R1, by
from tests.builders_tracks import (
    GAKKUMDU,
    LAW,
    POLICE,
    TOWN,
    VILLAGES,
    act_of,
    does,
    established,
    lettered,
    made_by,
    on_track,
    refused_as,
    said,
    state,
    step,
    supervised,
)
from tests.builders_wide import MINISTRY, file_in, standing

MEMBER = (R1, RespondentClass.KPU_MEMBER)


def test_every_step_belongs_to_a_track_and_every_state_has_steps_or_a_name() -> None:
    """A fact of a track that no table of steps knows could never be recorded."""
    tabled = {step.fact for procedure in PROCEDURES.values() for step in procedure.steps}
    assert tabled == set(TRACK_STEPS)
    for procedure in PROCEDURES.values():
        assert all(set(step.from_) <= set(procedure.states) for step in procedure.steps)


def test_one_act_runs_on_three_tracks_at_once_as_three_allegations() -> None:
    """Ethics at DKPP, administration at KPU, crime at Gakkumdu; no step on one moves another."""
    complaint = established(MEMBER, MEMBER, MEMBER)
    for number, (track, to) in enumerate(((Track.DKPP, DKPP), (Track.KPU_ADMIN, KPU), (Track.CRIME, GAKKUMDU)), 1):
        complaint = on_track(complaint, track, to, "2024-10-01", allegation=number, grounds=LAW)
    before = {number: each.standing for number, each in file_in(complaint).allegations.items()}
    acted = does(complaint, step(facts.RecommendationActedOn, "2024-10-05", KPU, allegation=2))
    assert [state(acted, number) for number in (1, 2, 3)] == ["verifying", "acted", "received"]
    assert {number: each.standing for number, each in file_in(acted).allegations.items()} == before


def test_two_bodies_contradict_each_other_and_both_stay_visible() -> None:
    """Bawaslu established a violation, the authority calls it not proven, BKN says otherwise again."""
    complaint = on_track(established(), Track.ASN, AUTHORITY, "2024-10-10", grounds=LAW)
    complaint = does(complaint, said("not_proven", "2024-11-01", AUTHORITY))
    contradicted = does(complaint, said("proven", "2024-11-20", BKN, recording=BAWASLU))
    allegation = file_in(contradicted).allegations[1]
    assert [(each.code, each.office) for each in allegation.outcomes] == [("not_proven", AUTHORITY), ("proven", BKN)]
    assert any(
        isinstance(each.fact, facts.AllegationDecided) and each.fact.decision is codes.Decision.VIOLATION
        for each in file_in(contradicted).entered
    )


@pytest.mark.parametrize(
    ("class_", "to"),
    [
        (RespondentClass.VILLAGE_HEAD, VILLAGES),
        (RespondentClass.TNI, POLICE),
        (RespondentClass.POLRI, POLICE),
        (RespondentClass.STATE_COMPANY, POLICE),
        (RespondentClass.REGIONAL_HEAD, MINISTRY),
        (RespondentClass.NON_ASN, AUTHORITY),
    ],
)
def test_a_neighbouring_class_is_referred_to_the_body_of_the_rulebook_and_followed(
    class_: RespondentClass, to: Any
) -> None:
    """And to no other: neither on another track, nor to a body that does not take it."""
    complaint = on_track(established((R1, class_)), Track.OTHER, to, "2024-10-10", grounds=LAW)
    assert state(complaint) == "received"
    assert state(does(complaint, said("warned", "2024-11-01", to))) == "closed"
    for track, other, rule in ((Track.OTHER, DKPP, "referral.competence"), (Track.ASN, BKN, "referral.class")):
        with pytest.raises(Refused, match="track") as refused:
            on_track(established((R1, class_)), track, other, "2024-10-10", grounds=LAW)
        assert refused.value.rule == rule


def test_a_camat_who_becomes_acting_regent_is_another_class_from_that_day_and_stays_on_the_track() -> None:
    """An acting head is a civil servant still; what the file believes changes, and what was begun goes on."""
    complaint = on_track(established(), Track.ASN, BKN, "2024-10-10", grounds=LAW)
    changed = ReclassifyRespondent(
        act=act_of(BAWASLU, "2024-11-01"),
        by=by(Role.EXAMINER),
        stream=COMPLAINT,
        respondent=R1,
        class_=RespondentClass.REGIONAL_HEAD,
        since=date(2024, 10, 25),
    )
    (fact,) = made_by(changed, complaint)
    assert (fact.class_, fact.since) == (RespondentClass.REGIONAL_HEAD, date(2024, 10, 25))
    after = does(complaint, changed, supervised(facts.SatgasVerified, "2024-11-02", result=VerificationResult.PASSED))
    assert (state(after), standing(after).track) == ("verified", Track.ASN)


def test_a_step_of_another_track_is_refused_with_those_of_this_one() -> None:
    """DKPP hears nobody on the track of civil servants."""
    complaint = on_track(established(), Track.ASN, BKN, "2024-10-10")
    refused = refused_as(lettered(facts.DkppHearingHeld, "2024-10-12", DKPP), complaint)
    assert refused.rule == "step.track"
    assert "asn.satgas_verified.v1" in refused.allowed.en
    assert "dkpp" not in refused.allowed.en


def test_a_step_is_refused_before_any_office_has_the_allegation() -> None:
    """Established and on the owner's desk: no track yet."""
    refused = refused_as(
        lettered(facts.SatgasVerified, "2024-10-12", BKN, result=VerificationResult.PASSED), established()
    )
    assert (refused.rule, state(established())) == ("step.standing", None)


def test_an_unknown_outcome_is_recorded_and_ends_the_track() -> None:
    """Outcomes are an open set: what a body says is written down, whatever the law calls it."""
    complaint = on_track(established(), Track.ASN, BKN, "2024-10-10", grounds=LAW)
    assert state(does(complaint, said("archived_by_hand", "2024-10-20", BKN))) == "closed"


@given(st.data())
def test_whatever_is_said_to_be_allowed_is_allowed(data: st.DataObject) -> None:
    """The list in a refusal is the table's: a step in it is refused for its members at most, never for its order."""
    track = data.draw(st.sampled_from([Track.ASN, Track.DKPP, Track.CRIME, Track.KPU_ADMIN]))
    to = {Track.ASN: BKN, Track.DKPP: DKPP, Track.CRIME: GAKKUMDU, Track.KPU_ADMIN: KPU}[track]
    class_ = RespondentClass.ASN if track is Track.ASN else RespondentClass.KPU_MEMBER
    complaint = on_track(established((R1, class_)), track, to, "2024-10-01")
    for _ in range(data.draw(st.integers(1, 6))):
        wrong = lettered(facts.TeamFormed, "2024-10-02", KPU)
        allowed = refused_as(wrong, complaint).allowed.en.removeprefix("steps that may follow now: ")
        topics = [each for each in allowed.split(", ") if each != "-" and each != facts.SanctionRecommended.TOPIC]
        if not topics:
            return
        topic = data.draw(st.sampled_from(topics))
        table = next(each for each in PROCEDURES[track].steps if topic == each.fact.TOPIC)
        offices = {kind: stream for stream, kind in ((each, TOWN.office(each).kind) for each in TOWN.offices)}
        acting = next(offices[kind] for kind in sorted(table.by) if kind in offices)
        asked = lettered(table.fact, "2024-10-02", acting, **_members(table.fact, data))
        try:
            complaint = does(complaint, asked)
        except Refused as refused:
            rule = refused.rule
            assert rule not in ("step.order", "step.twice", "step.track", "step.standing", "step.office"), rule
            return


def _members(fact: type[Any], data: st.DataObject) -> dict[str, Any]:
    """Any members of a step that are not sealed."""
    from tests.unit.codec.strategies import member

    names = [each for each in fact.__slots__ if each not in ("allegation", "irregular")]
    drawn = {name: data.draw(member(fact, name)) for name in names}
    return {name: held for name, held in drawn.items() if not hasattr(held, "sealed")}
