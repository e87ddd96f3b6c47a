"""The examination: hearings that nobody came to, evidence, and members of staff who may neither decide nor vote."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ledger.complaint import codes, facts
from ledger.complaint.codes import Announcement, Irregularity
from ledger.complaint.commands import Attendee
from ledger.complaint.state import Nothing
from ledger.errors import Refused
from ledger.values import Handle, Number, Role
from tests.builders import (
    ALLEGED,
    BAWASLU,
    DECIDED,
    DKPP,
    MEMBERS,
    OFFERED,
    ONE,
    R2,
    REGISTERED,
    RETURNED,
    after,
    alleged,
    announce_status,
    at,
    ballot,
    by,
    call_hearing,
    file_complaint,
    filed,
    heard,
    hold_hearing,
    hold_plenary,
    make_allegation,
    named,
    offer_referral,
    on,
    ref,
    registered,
    review_complaint,
    reviewed,
)
from tests.builders_asked import (
    add_evidence,
    close_complaint,
    establish_conflict,
    miss_hearing,
    record_conflict,
    retain_allegation,
)
from tests.builders_wide import (
    ABOVE,
    CLOSED,
    NOT_REGISTERED,
    ON_TRACK,
    SETTLED,
    WIDE,
    WITHDRAWN,
    answer,
    conflicted,
    file_in,
    follow,
    refusal,
    reopened,
)

TWO_ALLEGED = (filed(), named(), alleged(), named(R2), alleged(2, R2), reviewed(), registered())


def present(*members: str) -> tuple[Attendee, ...]:
    return tuple(Attendee(handle=Handle(member)) for member in members)


# --- hearings -------------------------------------------------------------------------------------------------------


def test_a_missed_hearing_is_recorded_and_another_is_called() -> None:
    """Whoever did not come was heard by nobody: the plenary is irregular all the same."""
    missed = follow(after(*REGISTERED), call_hearing(), miss_hearing())
    assert answer(miss_hearing(), after(*REGISTERED, heard()[0])) == (facts.HearingMissed(ONE),)
    assert refusal(hold_hearing(), missed) == "hearing.ended"
    held, *_ = answer(hold_plenary(), missed)
    assert isinstance(held, facts.PlenaryHeld)
    assert Irregularity.NO_HEARING in held.irregular
    (again,) = answer(call_hearing(), missed)
    assert isinstance(again, facts.HearingCalled)
    assert again.hearing == 2


@pytest.mark.parametrize("command", [call_hearing(), hold_hearing(), miss_hearing()])
@pytest.mark.parametrize("happened", [OFFERED, ON_TRACK, SETTLED])
def test_nobody_is_heard_while_no_allegation_is_on_the_owners_desk(command: Any, happened: Any) -> None:
    """Hearings follow a return or a reopening."""
    act = replace(command.act, on=on("2024-07-01").on) if command.act.on else at("2024-07-01T03:00:00")
    assert refusal(replace(command, act=act), after(*happened)) == "hearing.closed"


def test_a_hearing_follows_a_return_and_a_reopening() -> None:
    """The examination goes on."""
    assert refusal(call_hearing(act=on("2024-07-05"), set_for=on("2024-07-06").on), after(*RETURNED)) is None
    again = after(*CLOSED, reopened(codes.ReopeningReason.NEW_EVIDENCE, 1))
    assert refusal(call_hearing(act=on("2024-07-05"), set_for=on("2024-07-06").on), again) is None


@pytest.mark.parametrize("command", [call_hearing(act=on("2024-06-11")), hold_hearing(act=at("2024-06-11T03:00:00"))])
def test_a_hearing_does_not_precede_the_register(command: Any) -> None:
    """An act that contradicts recorded facts is refused."""
    assert refusal(command, after(*REGISTERED, heard()[0])) == "act.order"


# --- the plenary ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seats", "voting", "enough"), [(5, 3, True), (5, 2, False), (4, 3, True), (4, 2, False), (3, 2, True)]
)
def test_a_quorum_is_more_than_half_of_the_seats(seats: int, voting: int, enough: bool) -> None:
    """Half is not enough; the fact keeps the seats of that day."""
    grounds = replace(WIDE, offices={**WIDE.offices, BAWASLU: replace(WIDE.office(BAWASLU), seats=seats)})
    command = hold_plenary(
        ballot(violation=voting, not_violation=0), present=present(*(f"a{n}" for n in range(2, 2 + voting)))
    )
    assert refusal(command, after(*REGISTERED), grounds) == (None if enough else "plenary.quorum")


def test_a_plenary_that_recusals_make_impossible_names_the_office_above() -> None:
    """Three of five have a conflict: no quorum can come together, and the seats are not reduced."""
    command = hold_plenary(
        ballot(violation=2, not_violation=0), present=present("a2", "a3", "a4", "a5", "a6"), recused=MEMBERS[:3]
    )
    with pytest.raises(Refused, match="recused make a quorum impossible") as refused:
        answer(command, after(*REGISTERED))
    assert ABOVE in refused.value.allowed.en
    assert ABOVE in refused.value.allowed.id


def test_the_recused_are_present_and_do_not_vote() -> None:
    """The fact names them, and the votes are those of the others."""
    command = hold_plenary(ballot(violation=2, not_violation=1), recused=(Handle("a2"),))
    held, decided = answer(command, after(*REGISTERED))
    assert isinstance(held, facts.PlenaryHeld)
    assert held.recused == {"a2"}
    assert isinstance(decided, facts.AllegationDecided)


def test_a_plenary_decides_each_allegation_by_its_own_votes() -> None:
    """One a violation, one not, one tied: one fact of the plenary, and a decision for each majority."""
    command = hold_plenary(
        ballot(1, 3, 1, category=codes.Category.ETHICS, kinds=frozenset({codes.Kind.N01})), ballot(2, 1, 3)
    )
    _, one, two = answer(command, after(*TWO_ALLEGED))
    assert isinstance(one, facts.AllegationDecided)
    assert isinstance(two, facts.AllegationDecided)
    assert (one.decision, one.category) == (codes.Decision.VIOLATION, codes.Category.ETHICS)
    assert one.kinds == {codes.Kind.N01}
    assert (two.decision, two.category) == (codes.Decision.NOT_VIOLATION, codes.Category.OTHER_LAW)
    tied = follow(after(*TWO_ALLEGED), hold_plenary(ballot(1), ballot(2, 2, 2)))
    assert tied.STAGE is codes.Stage.REGISTERED


def test_an_office_without_members_holds_no_plenary() -> None:
    """The register says how many seats there are; an empty agenda decides nothing."""
    grounds = replace(WIDE, offices={**WIDE.offices, BAWASLU: replace(WIDE.office(BAWASLU), seats=None)})
    assert refusal(hold_plenary(), after(*REGISTERED), grounds) == "plenary.seats"
    assert refusal(replace(hold_plenary(), ballots=()), after(*REGISTERED)) == "plenary.empty"


# --- conflicts of interest ------------------------------------------------------------------------------------------


def test_a_conflict_is_declared_by_the_actor_or_established_by_the_office_above() -> None:
    """The fact says which; what kind of conflict is sealed."""
    (declared,) = answer(record_conflict(), after(*REGISTERED))
    (established,) = answer(establish_conflict(), after(*REGISTERED))
    assert isinstance(declared, facts.ConflictRecorded)
    assert isinstance(established, facts.ConflictRecorded)
    assert (declared.source, declared.kind) == (codes.ConflictSource.DECLARED, ref("kind"))
    assert established.source is codes.ConflictSource.ESTABLISHED


@pytest.mark.parametrize("office", [BAWASLU, DKPP])
def test_attack_a_colleague_or_a_stranger_establishes_a_conflict(office: Any) -> None:
    """Whoever could, could remove any member from any vote."""
    command = establish_conflict(act=on("2024-07-01", office), by=by(Role.PLENARY, office, "a7"))
    assert refusal(command, after(*REGISTERED)) == "party"


def test_a_conflict_is_towards_a_respondent_and_recorded_once() -> None:
    """It stands; nobody takes it back."""
    assert refusal(record_conflict(respondent=Handle("r9")), after(*REGISTERED)) == "respondent.unknown"
    for command in (record_conflict(), establish_conflict()):
        assert refusal(command, after(*REGISTERED, conflicted("a2"))) == "conflict.known"


def test_a_member_with_a_conflict_does_not_vote() -> None:
    """K5: present and not recused, the plenary is refused; recused, the others decide."""
    complaint = after(*REGISTERED, conflicted("a2"))
    assert refusal(hold_plenary(), complaint) == "plenary.conflict"
    recused = hold_plenary(ballot(violation=3, not_violation=0), recused=(Handle("a2"),))
    assert refusal(recused, complaint) is None
    absent = hold_plenary(ballot(violation=3, not_violation=0), present=present("a3", "a4", "a5"))
    assert refusal(absent, complaint) is None


def test_a_conflict_is_towards_one_respondent_and_not_towards_the_case() -> None:
    """Of the other respondent the member decides."""
    complaint = after(*TWO_ALLEGED, conflicted("a2"))
    assert refusal(hold_plenary(ballot(2)), complaint) is None
    assert refusal(hold_plenary(ballot(1), ballot(2)), complaint) == "plenary.conflict"


@pytest.mark.parametrize(
    ("command", "happened"),
    [
        (review_complaint(), ALLEGED),
        (call_hearing(), REGISTERED),
        (hold_plenary(), REGISTERED),
        (offer_referral(), DECIDED),
        (retain_allegation(), DECIDED),
        (close_complaint(), SETTLED),
        (make_allegation(), ALLEGED),
        (add_evidence(), REGISTERED),
    ],
)
def test_attack_a_conflicted_member_of_staff_acts_on_the_case(command: Any, happened: Any) -> None:
    """Neither decides, nor prepares what others decide; a colleague does."""
    complaint = follow(after(*happened), record_conflict()) if happened != SETTLED else after(*happened, conflicted())
    them = replace(command, by=replace(command.by, actor=Handle("a2")))
    assert refusal(them, complaint) == "conflict"
    assert refusal(command, complaint) in (None, "plenary.conflict")


def test_a_conflicted_member_may_declare_another_conflict() -> None:
    """More than one respondent may be one's neighbour."""
    complaint = after(*TWO_ALLEGED, conflicted("a2"))
    assert refusal(record_conflict(respondent=R2), complaint) is None


def test_a_first_filing_asks_for_no_conflict() -> None:
    """There is nobody yet towards whom one could have any."""
    assert refusal(file_complaint(by=by(Role.INTAKE, actor="a2")), Nothing()) is None


# --- evidence and notices -------------------------------------------------------------------------------------------


def test_evidence_is_numbered_and_sealed() -> None:
    """Title and digest of the file stand sealed; the number is public."""
    complaint = follow(after(*REGISTERED), add_evidence(), add_evidence())
    assert file_in(complaint).evidence == 2
    (fact,) = answer(add_evidence(), complaint)
    assert fact == facts.EvidenceAdded(Number(3), ref("title"), ref("0" * 64))


@pytest.mark.parametrize("ended", [CLOSED, NOT_REGISTERED, WITHDRAWN])
def test_an_ended_case_takes_no_evidence_and_no_conflict(ended: Any) -> None:
    """It is reopened first."""
    assert refusal(add_evidence(), after(*ended)) == "complaint.ended"
    assert refusal(record_conflict(), after(*ended)) == "complaint.ended"


@pytest.mark.parametrize(
    ("happened", "true"),
    [
        (ALLEGED, "received"),
        (NOT_REGISTERED, "received not_registered"),
        (REGISTERED, "received registered"),
        (DECIDED, "received registered decided"),
        (OFFERED, "received registered decided referred"),
        (SETTLED, "received registered decided referred outcome"),
        (CLOSED, "received registered decided referred outcome"),
    ],
)
def test_a_notice_tells_what_the_facts_say_and_nothing_else(happened: Any, true: str) -> None:
    """At every stage, the ended ones too."""
    complaint = after(*happened)
    told = {what.value for what in Announcement if refusal(announce_status(what=what), complaint) is None}
    assert told == set(true.split())
    assert refusal(announce_status(what=Announcement.RECEIVED, allegations=frozenset({9})), complaint) == (
        "allegation.unknown"
    )
