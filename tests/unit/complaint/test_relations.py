"""What the register of officials means for a complaint: who may not act, what is copied, who decides instead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.complaint import codes, facts
from ledger.complaint.codes import ConflictSource
from ledger.complaint.commands import (
    STEP_COMMANDS,
    AcceptReferral,
    DelegateComplaint,
    ReceiveDelegation,
    TakeOverComplaint,
)
from ledger.complaint.conflicts import PASSES_ON
from ledger.complaint.facts import ConflictRecorded
from ledger.complaint.state import Complaint
from ledger.complaint.track import codes as track_codes
from ledger.errors import Refused
from ledger.grounds import Grounds, Related
from ledger.office.facts import OfficeKind
from ledger.official.facts import RelationKind
from ledger.values import Handle, Role, StreamId
from tests.builders import (
    ALLEGED,
    AUTHORITY,
    BAWASLU,
    BAWASLU_BUNGO,
    BKN,
    COMPLAINT,
    DECIDED,
    DKPP,
    KASN,
    KPU,
    ONE,
    R1,
    R2,
    REGISTERED,
    Happened,
    after,
    alleged,
    announce_status,
    at,
    ballot,
    by,
    call_hearing,
    complete_study,
    filed,
    hold_plenary,
    make_allegation,
    name_respondent,
    named,
    offer_referral,
    offered,
    office,
    on,
    received,
    registered,
    review_complaint,
    reviewed,
    stream,
)
from tests.builders_asked import (
    add_evidence,
    by_letter,
    close_complaint,
    correct_value,
    record_conflict,
    record_outcome,
    retain_allegation,
)
from tests.builders_wide import ABOVE, CLOSED, MINISTRY, RETAINED, SETTLED, WIDE, answer, file_in, following, recorded

A2, A3 = Handle("a2"), Handle("a3")
NATIONAL = stream("office", "a")
TWO_ALLEGED = (filed(), named(), alleged(), named(R2), alleged(2, R2), reviewed(), registered())
AT_AUTHORITY = (*DECIDED, offered(to=AUTHORITY, binding=True), received(office=AUTHORITY))


def related(actor: Handle = A2, respondent: Handle = R1, **more: Any) -> Related:
    """A member of staff declared that they are kin."""
    made = Related(respondent, RelationKind.KIN, ConflictSource.DECLARED, BAWASLU, actor=actor)
    return replace(made, **more)


def belongs(to: StreamId = BAWASLU, kind: RelationKind = RelationKind.MEMBER, respondent: Handle = R1) -> Related:
    """An office said that the respondent belongs to it."""
    return Related(respondent, kind, ConflictSource.DECLARED, to, office=to)


def knowing(*relations: Related, grounds: Grounds = WIDE) -> Grounds:
    return replace(grounds, relations=relations)


def refused_by(command: Any, complaint: Complaint, grounds: Grounds) -> Refused | None:
    try:
        answer(command, complaint, grounds)
    except Refused as refused:
        return refused
    return None


def rule(command: Any, complaint: Complaint, grounds: Grounds) -> str | None:
    found = refused_by(command, complaint, grounds)
    return None if found is None else found.rule


def as_actor(command: Any, actor: Handle = A2, office: StreamId | None = None, role: Role | None = None) -> Any:
    by = replace(command.by, actor=actor, office=office or command.by.office, role=role or command.by.role)
    return replace(command, by=by)


# --- people ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "happened"),
    [
        (review_complaint(), ALLEGED),
        (make_allegation(), (filed(), named())),
        (call_hearing(), REGISTERED),
        (complete_study(), REGISTERED),
        (add_evidence(), REGISTERED),
        (announce_status(what=codes.Announcement.REGISTERED), REGISTERED),
        (offer_referral(), DECIDED),
        (retain_allegation(), DECIDED),
        (close_complaint(), SETTLED),
        (correct_value(1, "region", "15.08"), CLOSED),
    ],
)
def test_attack_somebody_related_acts_before_the_conflict_was_copied(command: Any, happened: Any) -> None:
    """The relation counts as soon as it stands in the register, at every stage; a colleague acts instead."""
    grounds = knowing(related())
    assert rule(as_actor(command), after(*happened), grounds) == "conflict"
    assert rule(command, after(*happened), grounds) is None


def test_the_conflict_is_copied_when_a_colleague_acts() -> None:
    """Before the colleague's own fact, once, and from then on the complaint itself says so."""
    command, grounds = call_hearing(), knowing(related(), related(source=ConflictSource.ESTABLISHED, said_by=ABOVE))
    first, second = answer(command, after(*REGISTERED), grounds)
    assert first == ConflictRecorded(A2, R1, ConflictSource.DECLARED)
    assert isinstance(second, facts.HearingCalled)
    complaint = following(after(*REGISTERED), recorded(command, first), recorded(command, second))
    assert file_in(complaint).conflicts == {(A2, R1)}
    assert [type(each) for each in answer(command, complaint, grounds)] == [facts.HearingCalled]
    assert rule(as_actor(command), complaint, WIDE) == "conflict"


def test_a_respondent_who_is_named_brings_their_conflicts_along() -> None:
    """After the naming, and not before: the handle means nobody yet."""
    made = answer(name_respondent(), after(filed()), knowing(related()))
    assert [type(each) for each in made] == [facts.RespondentNamed, ConflictRecorded]
    assert rule(as_actor(name_respondent()), after(filed()), knowing(related())) == "conflict"


def test_a_related_member_is_recused_and_the_conflict_copied_with_the_vote() -> None:
    """Present and voting, the plenary is refused; recused, it is recorded together with why."""
    grounds = knowing(related())
    assert rule(hold_plenary(), after(*REGISTERED), grounds) == "plenary.conflict"
    recused = hold_plenary(ballot(violation=3, not_violation=0), recused=(A2,))
    conflict, held, decided = answer(recused, after(*REGISTERED), grounds)
    assert conflict == ConflictRecorded(A2, R1, ConflictSource.DECLARED)
    assert isinstance(held, facts.PlenaryHeld)
    assert isinstance(decided, facts.AllegationDecided)


def test_a_relation_is_towards_one_respondent_and_not_towards_the_case() -> None:
    """Of the other respondent the member decides."""
    grounds, complaint = knowing(related()), after(*TWO_ALLEGED)
    assert rule(hold_plenary(ballot(2)), complaint, grounds) is None
    assert rule(hold_plenary(ballot(1), ballot(2)), complaint, grounds) == "plenary.conflict"
    assert rule(as_actor(complete_study(2)), complaint, grounds) is None
    assert rule(as_actor(complete_study(1, 2)), complaint, grounds) == "conflict"


@pytest.mark.parametrize("role", [Role.INTAKE, Role.EXAMINER, Role.HOLDER])
def test_attack_somebody_related_acts_under_another_role(role: Role) -> None:
    """The handle is the person's, whatever the token says."""
    assert rule(as_actor(add_evidence(), role=role), after(*RETAINED), knowing(related())) == "conflict"


def test_attack_somebody_related_acts_through_another_office() -> None:
    """As the addressee's clerk: the person is the same, and what they declared goes with them."""
    command = AcceptReferral(act=on("2024-06-20", KASN), stream=COMPLAINT, by=by(Role.HOLDER, KASN, "a2"), referral=ONE)
    complaint = after(*DECIDED, offered(), received())
    assert rule(command, complaint, knowing(related())) == "conflict"
    assert rule(as_actor(command, A3), complaint, knowing(related())) is None


def test_attack_somebody_related_acts_after_the_respondent_was_reclassified_or_corrected() -> None:
    """The relation is to the person, and not to what was recorded of them."""
    for fact in (
        facts.RespondentReclassified(R1, codes.RespondentClass.NON_ASN),
        facts.ClosedValueCorrected(ONE, "name", codes.CorrectionReason.CLERICAL),  # type: ignore[arg-type]
    ):
        complaint = after(*REGISTERED, Happened(fact, on("2024-06-13")))
        assert rule(as_actor(complete_study()), complaint, knowing(related())) == "conflict"


def test_attack_another_institution_empties_a_plenary() -> None:
    """What KPU's province establishes of Bawaslu's members does not count there; what Bawaslu's does, counts."""
    by_kpu = knowing(related(source=ConflictSource.ESTABLISHED, said_by=KPU))
    assert rule(hold_plenary(), after(*REGISTERED), by_kpu) is None
    assert rule(as_actor(complete_study()), after(*REGISTERED), by_kpu) is None
    for said_by in (ABOVE, DKPP):
        grounds = knowing(related(source=ConflictSource.ESTABLISHED, said_by=said_by))
        assert rule(hold_plenary(), after(*REGISTERED), grounds) == "plenary.conflict"


def test_a_relation_that_ended_before_the_act_keeps_nobody_away() -> None:
    """Whoever records an act of before it ended is kept away; the act's own day counts."""
    ended = knowing(related(until=date(2024, 6, 12)))
    assert rule(as_actor(complete_study()), after(*REGISTERED), ended) is None
    assert rule(as_actor(review_complaint(act=on("2024-06-11"))), after(*ALLEGED), ended) == "conflict"


def test_declaring_by_hand_what_the_register_says_already_is_recorded_once() -> None:
    """Nothing is copied beside it."""
    assert answer(record_conflict(), after(*REGISTERED), knowing(related())) == (
        ConflictRecorded(A2, R1, ConflictSource.DECLARED, record_conflict().kind.reference),  # type: ignore[union-attr]
    )


def test_what_is_recorded_of_another_bodys_act_or_of_an_ended_case_copies_nothing() -> None:
    """A copy is the recording office's own act, and an ended case takes no conflict."""
    letter = by_letter(record_outcome(), KASN)
    on_track = after(*DECIDED, offered(), received(), Happened(facts.ReferralAccepted(ONE), on("2024-06-20", KASN)))
    assert [type(each) for each in answer(letter, on_track, knowing(related()))] == [facts.OutcomeRecorded]
    notice = announce_status(what=codes.Announcement.DECIDED)
    assert [type(each) for each in answer(notice, after(*CLOSED), knowing(related()))] == [facts.StatusAnnounced]


# --- offices --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [RelationKind.MEMBER, RelationKind.HEAD])
@pytest.mark.parametrize(
    ("command", "happened"),
    [
        (review_complaint(), ALLEGED),
        (call_hearing(), REGISTERED),
        (complete_study(), REGISTERED),
        (hold_plenary(), REGISTERED),
        (retain_allegation(), DECIDED),
        (close_complaint(), SETTLED),
    ],
)
def test_a_member_of_bawaslu_is_respondent_in_their_own_office(command: Any, happened: Any, kind: RelationKind) -> None:
    """The office neither examines nor decides: the refusal names the office above."""
    refused = refused_by(command, after(*happened), knowing(belongs(kind=kind)))
    assert refused is not None
    assert refused.rule == "conflict.office"
    for said in (refused.allowed.en, refused.allowed.id):
        assert f"Bawaslu Provinsi Jambi ({ABOVE})" in said


@pytest.mark.parametrize(
    ("command", "happened"),
    [
        (name_respondent(respondent=R2), ALLEGED),
        (make_allegation(), ALLEGED),
        (add_evidence(), REGISTERED),
        (announce_status(what=codes.Announcement.REGISTERED), REGISTERED),
        (record_conflict(), REGISTERED),
        (offer_referral(to=DKPP, track=codes.Track.DKPP), DECIDED),
        (DelegateComplaint(act=on("2024-07-01"), stream=COMPLAINT, by=by(Role.EXAMINER), to=ABOVE), REGISTERED),
    ],
)
def test_an_office_takes_in_and_passes_on_the_case_of_its_own_member(command: Any, happened: Any) -> None:
    """Nobody else may be there to take it in."""
    assert type(command).FACT in PASSES_ON
    assert rule(command, after(*happened), knowing(belongs())) is None


def test_the_office_above_takes_the_case_over_and_decides() -> None:
    """Province: takes over, examines, votes."""
    grounds, taking = knowing(belongs()), take_over()
    complaint = following(
        after(*REGISTERED), *(recorded(taking, each) for each in answer(taking, after(*REGISTERED), grounds))
    )
    assert file_in(complaint).owner == ABOVE
    held = hold_plenary(act=at("2024-07-02T03:00:00", ABOVE), by=by(Role.PLENARY, ABOVE))
    assert rule(held, complaint, grounds) is None


def test_an_office_above_with_a_member_among_the_respondents_passes_the_case_further_up() -> None:
    """Its refusal names its own office above."""
    offices = {**WIDE.offices, ABOVE: replace(WIDE.office(ABOVE), parent=NATIONAL), NATIONAL: national()}
    grounds = knowing(belongs(ABOVE), grounds=replace(WIDE, offices=offices))
    refused = refused_by(take_over(), after(*REGISTERED), grounds)
    assert refused is not None
    assert refused.rule == "conflict.office"
    assert NATIONAL in refused.allowed.en


def test_a_case_against_a_member_of_a_national_office_passes_to_dkpp() -> None:
    """By delegation, by which DKPP owns it, or taken over by DKPP; without such a member it does neither."""
    offices = {**WIDE.offices, BAWASLU: replace(WIDE.office(BAWASLU), parent=None)}
    alone, member = replace(WIDE, offices=offices), knowing(belongs(), grounds=replace(WIDE, offices=offices))
    delegate = DelegateComplaint(act=on("2024-07-01"), stream=COMPLAINT, by=by(Role.EXAMINER), to=DKPP)
    refused = refused_by(review_complaint(), after(*ALLEGED), member)
    assert refused is not None
    assert "dkpp" in refused.allowed.en
    assert (rule(delegate, after(*ALLEGED), member), rule(delegate, after(*ALLEGED), alone)) == (
        None,
        "delegation.kind",
    )
    by_dkpp = take_over(DKPP)
    assert (rule(by_dkpp, after(*ALLEGED), member), rule(by_dkpp, after(*ALLEGED), alone)) == (None, "party")


def test_attack_a_case_is_delegated_to_another_office_of_the_respondent() -> None:
    """It does not receive what it could not decide."""
    delegated = Happened(facts.ComplaintDelegated(ABOVE), on("2024-06-13"))
    command = ReceiveDelegation(act=on("2024-06-14", ABOVE), stream=COMPLAINT, by=by(Role.INTAKE, ABOVE))
    assert rule(command, after(*REGISTERED, delegated), knowing(belongs(ABOVE))) == "conflict.office"
    assert rule(command, after(*REGISTERED, delegated), WIDE) is None


def test_an_office_decides_on_respondents_who_do_not_belong_to_it() -> None:
    """Allegation by allegation, as far as the act goes."""
    complaint, grounds = after(*TWO_ALLEGED), knowing(belongs())
    assert rule(hold_plenary(ballot(2)), complaint, grounds) is None
    assert rule(hold_plenary(ballot(1), ballot(2)), complaint, grounds) == "conflict.office"


@pytest.mark.parametrize("recording", ["own", "letter"])
def test_a_personnel_authority_that_is_itself_a_respondent_cannot_punish(recording: str) -> None:
    """The PPK is himself a respondent: neither sanction nor outcome of his, told by himself or by a letter of his."""
    complaint, grounds = after(*AT_AUTHORITY), knowing(belongs(AUTHORITY, RelationKind.HEAD))
    for command in (sanction(AUTHORITY), record_outcome(AUTHORITY)):
        asked = command if recording == "own" else by_letter(command, AUTHORITY)
        assert rule(asked, complaint, WIDE) is None
        refused = refused_by(asked, complaint, grounds)
        assert refused is not None
        assert refused.rule == "conflict.authority"
        assert "home_ministry" in refused.allowed.en
        assert "home_ministry" in refused.allowed.id


def test_the_home_ministry_punishes_in_the_place_of_an_authority_that_may_not() -> None:
    """In its own name, or by its letter; and it does not where the authority may."""
    complaint, grounds = after(*AT_AUTHORITY), knowing(belongs(AUTHORITY, RelationKind.HEAD))
    assert rule(sanction(MINISTRY), complaint, grounds) is None
    assert rule(sanction(MINISTRY), complaint, WIDE) == "party"
    for command in (sanction(MINISTRY), record_outcome(MINISTRY)):
        assert rule(by_letter(command, MINISTRY), complaint, grounds) is None
    assert rule(by_letter(record_outcome(MINISTRY), MINISTRY), complaint, WIDE) == "party"


def test_an_authority_punishes_its_own_staff() -> None:
    """Everybody whom it appoints belongs to it in some way; its head alone is the authority."""
    grounds = knowing(belongs(AUTHORITY, RelationKind.MEMBER))
    assert rule(sanction(AUTHORITY), after(*AT_AUTHORITY), grounds) is None


def test_a_quorum_that_recusals_make_impossible_names_dkpp_where_no_office_stands_above() -> None:
    """For a national office."""
    offices = {**WIDE.offices, BAWASLU: replace(WIDE.office(BAWASLU), parent=None)}
    members = tuple(Handle(f"a{number}") for number in range(2, 5))
    command = hold_plenary(ballot(violation=1, not_violation=0), recused=members)
    refused = refused_by(command, after(*REGISTERED), replace(WIDE, offices=offices))
    assert refused is not None
    assert refused.rule == "plenary.impossible"
    assert "dkpp" in refused.allowed.en


# --- what holds of every set of relations ---------------------------------------------------------------------------

ACTORS = [Handle(f"a{number}") for number in range(1, 6)]
RELATIONS = st.lists(
    st.builds(
        related,
        actor=st.sampled_from(ACTORS),
        respondent=st.sampled_from([R1, R2]),
        kind=st.sampled_from([RelationKind.KIN, RelationKind.PARTY]),
        source=st.sampled_from(ConflictSource),
        said_by=st.sampled_from([ABOVE, BAWASLU_BUNGO, KPU, BKN]),
        until=st.none() | st.dates(date(2024, 6, 1), date(2024, 7, 31)),
    ),
    max_size=6,
)
COMMANDS = st.sampled_from(
    [complete_study(1), complete_study(2), call_hearing(), add_evidence(), hold_plenary(ballot(2))]
)


@given(RELATIONS, COMMANDS, st.sampled_from(ACTORS))
def test_nobody_acts_on_whom_they_are_related_to_and_each_pair_is_copied_once(
    relations: list[Related], command: Any, actor: Handle
) -> None:
    """Whatever stands in the register: what is accepted, nobody in conflict recorded; a second time copies nothing."""
    asked, complaint = as_actor(command, actor), after(*TWO_ALLEGED)
    grounds = knowing(*relations)
    why = rule(asked, complaint, grounds)
    assert why in {None, "conflict", "plenary.conflict"}
    if why is not None:
        return
    made = answer(asked, complaint, grounds)
    pairs = [(each.actor, each.respondent) for each in made if isinstance(each, ConflictRecorded)]
    assert len(pairs) == len(set(pairs))
    after_it = following(complaint, *(recorded(asked, each) for each in made))
    assert file_in(after_it).conflicts == set(pairs)
    day = asked.act.on or date(2024, 6, 14)
    standing = {
        (each.actor, each.respondent)
        for each in relations
        if (each.until is None or day < each.until) and counted(each)
    }
    assert set(pairs) == standing
    again = answer(as_actor(add_evidence(), Handle("a9")), after_it, grounds)
    assert {(each.actor, each.respondent) for each in again if isinstance(each, ConflictRecorded)} == {
        (each.actor, each.respondent)
        for each in relations
        if (each.until is None or date(2024, 7, 1) < each.until) and counted(each)
    } - standing


def counted(relation: Related) -> bool:
    return relation.source is ConflictSource.DECLARED or relation.said_by in {ABOVE, BAWASLU_BUNGO}


def take_over(office: StreamId = ABOVE) -> TakeOverComplaint:
    return TakeOverComplaint(act=on("2024-07-01", office), stream=COMPLAINT, by=by(Role.PLENARY, office))


def national() -> Any:
    return office("Bawaslu RI", OfficeKind.BAWASLU, seats=5)


def sanction(by_office: StreamId) -> Any:
    command: Any = STEP_COMMANDS["asn.sanctioned.v1"]
    return command(
        act=on("2024-07-02", by_office),
        stream=COMPLAINT,
        by=by(Role.HOLDER, by_office),
        allegation=ONE,
        class_=track_codes.SanctionClass.MEDIUM,
        kind=track_codes.SanctionKind.ALLOWANCE_CUT,
        basis="pp_94_2021",
    )
