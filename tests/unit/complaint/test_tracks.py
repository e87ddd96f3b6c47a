"""Tracks: what is retained, what binds, what outcomes say, and who acts once an office has ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ledger.complaint import codes, facts
from ledger.complaint.allegations import Established, OnTrack, Settled
from ledger.complaint.codes import OutcomeLevel, Track
from ledger.complaint.decisions import decide, needs, scope, touches
from ledger.errors import Refused
from ledger.office.facts import OfficeKind
from ledger.scopes import meets
from ledger.values import Name, Number, OutcomeCode, Region, Role, Source, StreamId
from tests.builders import (
    AUTHORITY,
    BAWASLU,
    BKN,
    DECIDED,
    DKPP,
    KASN,
    KPU,
    OFFERED,
    ONE,
    R2,
    RETURNED,
    TWO,
    accept_referral,
    accepted,
    after,
    alleged,
    at,
    by,
    complete_study,
    decided,
    filed,
    hold_plenary,
    named,
    offer_referral,
    offered,
    on,
    plenary,
    receive_referral,
    received,
    registered,
    return_referral,
    returned,
    reviewed,
    stream,
)
from tests.builders_asked import (
    by_letter,
    recategorise_allegation,
    record_outcome,
    retain_allegation,
)
from tests.builders_wide import (
    ABOVE,
    MINISTRY,
    NOT_PROVEN,
    ON_TRACK,
    PROVEN,
    RETAINED,
    SETTLED,
    WIDE,
    answer,
    file_in,
    follow,
    holder,
    outcome,
    refusal,
    retained,
    standing,
)

LATER = datetime(2024, 9, 30, 5, tzinfo=UTC)
ENDED = replace(
    WIDE,
    offices={
        **WIDE.offices,
        KASN: replace(WIDE.office(KASN), ended_on=date(2024, 8, 24), ended_by=Name("UU 20/2023"), successor=BKN),
    },
)
"""The register after KASN ended on 24 August 2024; BKN succeeds it."""


def rule_later(command: Any, complaint: Any) -> str | None:
    """The rule that refuses a command of September 2024, with exactly the grounds that it needs."""
    offices = {each: ENDED.offices[each] for each in needs(command, complaint) if each in ENDED.offices}
    try:
        decide(command, complaint, at=LATER, grounds=replace(ENDED, offices=offices))
    except Refused as refused:
        return refused.rule
    return None


# --- retained, and binding ------------------------------------------------------------------------------------------


def test_an_established_allegation_is_retained_by_its_owner() -> None:
    """K5: ad hoc persons of Bawaslu are Bawaslu's own to deal with."""
    assert answer(retain_allegation(), after(*DECIDED)) == (facts.AllegationRetained(ONE, Track.BAWASLU_ADHOC),)
    complaint = after(*RETAINED)
    assert standing(complaint) == OnTrack(None, Track.BAWASLU_ADHOC, BAWASLU)
    assert holder(complaint) == BAWASLU


@pytest.mark.parametrize("track", Track)
def test_an_office_retains_only_what_it_may_handle_itself(track: Track) -> None:
    """Bawaslu is no ethics court and no police; what it adjudicates itself, it keeps."""
    expected = None if track in (Track.BAWASLU_ADHOC, Track.KPU_ADMIN, Track.OTHER) else "referral.competence"
    assert refusal(retain_allegation(track=track), after(*DECIDED)) == expected


@pytest.mark.parametrize("happened", [OFFERED, ON_TRACK, RETAINED, SETTLED])
def test_what_is_on_a_track_is_neither_retained_nor_offered(happened: Any) -> None:
    """At most one open track: three tracks of one act are three allegations."""
    assert refusal(retain_allegation(), after(*happened)) == "referral.standing"
    assert refusal(offer_referral(), after(*happened)) == "referral.standing"


def test_what_came_back_can_be_retained() -> None:
    """It lies on the owner's desk again."""
    assert refusal(retain_allegation(), after(*RETURNED)) is None


@pytest.mark.parametrize(
    ("to", "track", "binding"),
    [
        (AUTHORITY, Track.ASN, True),
        (KPU, Track.KPU_ADMIN, True),
        (KASN, Track.ASN, False),
        (BKN, Track.ASN, False),
        (DKPP, Track.DKPP, False),
    ],
)
def test_a_recommendation_to_kpu_or_the_personnel_authority_binds(to: StreamId, track: Track, binding: bool) -> None:
    """Whoever must act needs no acceptance."""
    (fact,) = answer(offer_referral(to=to, track=track), after(*DECIDED))
    assert isinstance(fact, facts.ReferralOffered)
    assert fact.binding is binding


def test_a_binding_referral_is_returned_until_it_has_an_outcome() -> None:
    """Its receipt made the addressee the holder; it may still send it back, before it has spoken."""
    binding = (*DECIDED, offered(to=AUTHORITY, binding=True), received(office=AUTHORITY))
    back = return_referral(act=on("2024-06-26", AUTHORITY), by=by(Role.HOLDER, AUTHORITY))
    assert standing(follow(after(*binding), back)) == Established(returned=1)
    spoken = after(*binding, outcome(office=AUTHORITY))
    assert refusal(replace(back, act=on("2024-06-29", AUTHORITY)), spoken) == "referral.settled"


def test_a_referral_says_where_it_goes_and_that_is_elsewhere() -> None:
    """Not to oneself, not to an office of another region, not to one that is unknown."""
    other = replace(WIDE, offices={**WIDE.offices, KPU: replace(WIDE.office(KPU), region=Region("15.08"))})
    assert refusal(offer_referral(to=BAWASLU, track=Track.OTHER), after(*DECIDED)) == "referral.self"
    assert refusal(offer_referral(to=KPU, track=Track.KPU_ADHOC), after(*DECIDED), other) == "referral.region"
    assert refusal(offer_referral(to=stream("office", "f")), after(*DECIDED)) == "office.unknown"
    assert refusal(offer_referral(act=on("2024-06-13")), after(*DECIDED)) == "act.order"
    assert WIDE.office(MINISTRY).kind is OfficeKind.HOME_MINISTRY


# --- returns --------------------------------------------------------------------------------------------------------


def test_a_referral_is_returned_after_acceptance_but_not_after_an_outcome() -> None:
    """An outcome is answered by another outcome, or by reopening."""
    assert standing(follow(after(*ON_TRACK), return_referral())) == Established(returned=1)
    assert refusal(return_referral(act=on("2024-07-01", KASN)), after(*SETTLED)) == "referral.settled"


def test_a_returned_allegation_can_be_decided_anew() -> None:
    """The second plenary may clear it, or find the same again and keep that it came back."""
    again = hold_plenary(act=at("2024-07-01T03:00:00"))
    assert standing(follow(after(*RETURNED), again)) == Established(returned=1)


def test_a_decided_allegation_is_read_otherwise_while_nothing_is_open() -> None:
    """Established with no open referral; not what another office holds, and never as undetermined."""
    assert standing(follow(after(*RETURNED), recategorise_allegation())) == Established(returned=1)
    assert refusal(recategorise_allegation(), after(*DECIDED)) is None
    for happened in (OFFERED, ON_TRACK, SETTLED, RETAINED):
        assert refusal(recategorise_allegation(), after(*happened)) == "allegation.elsewhere"
    undetermined = recategorise_allegation(category=codes.Category.UNDETERMINED)
    assert refusal(undetermined, after(*DECIDED)) == "plenary.category"


# --- outcomes -------------------------------------------------------------------------------------------------------


def test_an_outcome_settles_an_allegation_and_cites_its_referral() -> None:
    """The code is of an open set; the referral is the one under which the office holds it."""
    (fact,) = answer(record_outcome(outcome=OutcomeCode("delayed_pay_rise")), after(*ON_TRACK))
    assert isinstance(fact, facts.OutcomeRecorded)
    assert (fact.outcome, fact.referral) == ("delayed_pay_rise", 1)
    assert standing(after(*SETTLED)) == Settled(1, Track.ASN, KASN)


def test_an_outcome_of_what_was_retained_cites_no_referral() -> None:
    """The owner itself says it."""
    (fact,) = answer(record_outcome(BAWASLU), after(*RETAINED))
    assert isinstance(fact, facts.OutcomeRecorded)
    assert fact.referral is None


@pytest.mark.parametrize("happened", [DECIDED, OFFERED, (*OFFERED, received()), RETURNED])
def test_there_is_no_outcome_before_an_office_has_the_allegation_on_its_track(happened: Any) -> None:
    """An offer that was not taken binds nobody."""
    command = record_outcome(BAWASLU)
    assert refusal(command, after(*happened)) == "outcome.standing"


def test_contradicting_outcomes_are_both_kept() -> None:
    """One office says proven, another not proven: an outcome is added and never replaced."""
    complaint = follow(
        after(*SETTLED),
        record_outcome(BKN, Role.SUPERVISOR, outcome=NOT_PROVEN),
        by_letter(record_outcome(level=OutcomeLevel.APPEAL, outcome=OutcomeCode("rehabilitated")), ABOVE),
    )
    said = file_in(complaint).allegations[1].outcomes
    assert [(each.code, each.office, each.level) for each in said] == [
        (PROVEN, KASN, OutcomeLevel.FIRST),
        (NOT_PROVEN, BKN, OutcomeLevel.FIRST),
        ("rehabilitated", ABOVE, OutcomeLevel.APPEAL),
    ]
    assert holder(complaint) == KASN


def test_a_supervisor_speaks_on_the_asn_track_and_on_no_other() -> None:
    """BKN and the home ministry watch civil servants, not commissioners."""
    dkpp = (*DECIDED, offered(to=DKPP, track=Track.DKPP), accepted(office=DKPP))
    for office in (BKN, MINISTRY):
        watching: dict[str, Any] = {"act": on("2024-07-01", office), "by": by(Role.SUPERVISOR, office)}
        assert refusal(record_outcome(**watching), after(*ON_TRACK)) is None
        assert refusal(record_outcome(**watching), after(*dkpp)) == "party"
        assert refusal(complete_study(**watching), after(*ON_TRACK)) is None
        assert refusal(complete_study(**watching), after(*dkpp)) == "party"


def test_a_body_off_the_system_speaks_by_its_letter() -> None:
    """The owner records KASN's outcome from its letter, source never own."""
    assert refusal(by_letter(record_outcome(), KASN), after(*ON_TRACK)) is None
    own = replace(record_outcome(), by=by(Role.EXAMINER))
    assert refusal(own, after(*ON_TRACK)) == "act.source"
    published = replace(record_outcome().act, source=Source.PUBLISHED)
    assert refusal(replace(own, act=published), after(*ON_TRACK)) is None


def test_an_outcome_does_not_precede_what_it_answers() -> None:
    """Each word on an allegation follows the one before it."""
    assert refusal(record_outcome(act=on("2024-06-19", KASN)), after(*ON_TRACK)) == "act.order"


# --- succession -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "happened"),
    [
        (receive_referral(act=at("2024-09-02T02:00:00", BKN), by=by(Role.INTAKE, BKN)), OFFERED),
        (accept_referral(act=on("2024-09-02", BKN), by=by(Role.HOLDER, BKN)), OFFERED),
        (return_referral(act=on("2024-09-02", BKN), by=by(Role.HOLDER, BKN)), ON_TRACK),
        (record_outcome(BKN, act=on("2024-09-02", BKN)), ON_TRACK),
    ],
)
def test_a_successor_acts_where_the_recorded_holder_has_ended_and_not_before(command: Any, happened: Any) -> None:
    """Competence moves by law on 24 August 2024; the recorded addressee and holder stay KASN until the hand-over."""
    complaint = after(*happened)
    assert rule_later(command, complaint) is None
    instant = command.act.at is not None
    before = at("2024-08-23T02:00:00", BKN) if instant else on("2024-08-23", BKN)
    assert rule_later(replace(command, act=before), complaint) == "party"
    as_other = {"act": replace(command.act, office=DKPP), "by": replace(command.by, office=DKPP)}
    assert rule_later(replace(command, **as_other), complaint) == "party"


def test_succession_writes_nothing_to_the_case() -> None:
    """BKN accepted, and KASN is still the recorded holder: K2."""
    command = accept_referral(act=on("2024-09-02", BKN), by=by(Role.HOLDER, BKN))
    (fact,) = decide(command, after(*OFFERED), at=LATER, grounds=ENDED)
    complaint = after(*OFFERED, accepted(office=BKN))
    assert fact == facts.ReferralAccepted(ONE)
    assert holder(complaint) == KASN


def test_an_office_that_ended_acts_no_more_but_what_it_did_is_recorded() -> None:
    """KASN cannot record in September; Bawaslu records its letter of August."""
    late = record_outcome(act=on("2024-09-02", KASN))
    assert rule_later(late, after(*ON_TRACK)) == "office.ended"
    letter = by_letter(record_outcome(act=on("2024-08-20", KASN)), KASN)
    assert rule_later(letter, after(*ON_TRACK)) is None
    assert (
        rule_later(replace(letter, act=replace(letter.act, on=date(2024, 8, 24))), after(*ON_TRACK)) == "office.ended"
    )


@pytest.mark.parametrize("happened", [OFFERED, (*OFFERED, received()), ON_TRACK])
def test_a_second_forwarding_while_the_first_is_open_at_the_predecessor_points_to_the_hand_over(happened: Any) -> None:
    """KASN, then BKN: double forwarding was the disorder of 2024."""
    again = offer_referral(to=BKN, act=on("2024-09-02"))
    assert rule_later(again, after(*happened)) == "referral.handover"
    with pytest.raises(Refused, match=r"still open at KASN, which BKN succeeds.*hand-over"):
        decide(again, after(*happened), at=LATER, grounds=ENDED)
    assert rule_later(replace(again, to=AUTHORITY), after(*happened)) == "referral.standing"
    assert rule_later(replace(again, act=on("2024-08-23")), after(*happened)) == "referral.standing"
    assert rule_later(again, after(*RETURNED)) is None


# --- two tracks -----------------------------------------------------------------------------------------------------

TWO_TRACKS = (
    *(filed(), named(), alleged(), named(R2), alleged(2, R2), reviewed(), registered(), plenary(1, (1, 2))),
    *(decided(), decided(2), offered(), offered(2, 2, to=DKPP, track=Track.DKPP)),
)


def test_what_happens_on_one_track_leaves_the_other_as_it_is() -> None:
    """K5: one case, two respondents of two institutions, two tracks."""
    before = after(*TWO_TRACKS)
    complaint = after(*TWO_TRACKS, received(), accepted(), outcome(), accepted(2, DKPP))
    assert standing(complaint) == Settled(1, Track.ASN, KASN)
    assert standing(complaint, 2) == OnTrack(2, Track.DKPP, DKPP)
    assert standing(after(*TWO_TRACKS, returned()), 2) == standing(before, 2)


@pytest.mark.parametrize(
    "happened", [received(), accepted(), returned(), outcome(), retained(), decided(), offered(3), alleged()]
)
def test_a_fact_of_one_track_overtakes_no_command_on_the_other(happened: Any) -> None:
    """Who read the case before it may still act on the second allegation, and not on the first."""
    complaint = after(*TWO_TRACKS)
    touched = touches(happened.fact, after(*TWO_TRACKS, offered(3)))
    for command, meant in (
        (record_outcome(), True),
        (record_outcome(allegation=TWO), False),
        (return_referral(), True),
        (return_referral(referral=TWO), False),
        (complete_study(2), False),
        (complete_study(1, 2), True),
        (retain_allegation(allegation=TWO), False),
        (recategorise_allegation(allegation=Number(2)), False),
    ):
        assert meets(touched, scope(command, complaint)) is meant
