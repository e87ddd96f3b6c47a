"""Jurisdiction moves inside an institution: delegated, received, taken over; the case stays the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ledger.complaint import facts
from ledger.complaint.codes import ReviewResult, Stage
from ledger.complaint.commands import (
    DelegationAsked,
)
from ledger.complaint.decisions import needs
from ledger.office.facts import OfficeKind
from ledger.values import Name, Role
from tests.builders import (
    BAWASLU,
    BAWASLU_BUNGO,
    KASN,
    KPU,
    REGISTERED,
    after,
    alleged,
    by,
    filed,
    named,
    office,
    on,
    register_complaint,
    review_complaint,
    sealed,
    stream,
)
from tests.builders_law import (
    GOING_ON,
    delegate,
    receive,
    take_over,
)
from tests.builders_wide import (
    ABOVE,
    STAGES,
    WIDE,
    answer,
    file_in,
    follow,
    refusal,
)

# --- delegation -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", GOING_ON)
def test_a_delegated_case_is_its_owners_until_it_is_received_and_keeps_its_stage(stage: Stage) -> None:
    """The way between the two offices shows; identity and stage do not change."""
    sent = follow(STAGES[stage], delegate())
    assert (file_in(sent).owner, file_in(sent).delegated_to, sent.STAGE) == (BAWASLU, ABOVE, stage)
    here = follow(sent, receive())
    assert (file_in(here).owner, file_in(here).delegated_to, here.STAGE) == (ABOVE, None, stage)


def test_the_new_owner_goes_on_where_the_old_one_stood_and_the_old_one_does_not() -> None:
    """A delegated report is reviewed and registered by whom it reached."""
    here = follow(after(filed(), named(), alleged()), delegate(), receive())
    theirs = review_complaint(act=on("2024-07-05", ABOVE), by=by(Role.EXAMINER, ABOVE))
    assert refusal(replace(theirs, act=on("2024-07-05"), by=by(Role.EXAMINER)), here) == "party"
    register = register_complaint(act=on("2024-07-05", ABOVE), by=by(Role.EXAMINER, ABOVE))
    assert follow(here, theirs, register).STAGE is Stage.REGISTERED


@pytest.mark.parametrize(
    ("command", "rule"),
    [
        (delegate(BAWASLU), "delegation.self"),
        (delegate(KPU), "delegation.kind"),
        (delegate(BAWASLU_BUNGO), "referral.region"),
        (delegate(act=on("2024-06-11")), "act.order"),
        (delegate(stream("office", "f")), "office.unknown"),
        (delegate(act=on("2024-07-03", ABOVE), by=by(Role.EXAMINER, ABOVE)), "party"),
    ],
    ids=["self", "another institution", "another region", "before the last step", "no office", "not the owner"],
)
def test_a_delegation_that_cannot_be_is_refused(command: Any, rule: str) -> None:
    """It stays inside the institution and within the region, and the owner does it."""
    assert refusal(command, after(*REGISTERED)) == rule


def test_nothing_is_delegated_to_an_office_that_has_ended() -> None:
    """Its successor is named."""
    ended = replace(WIDE.office(ABOVE), ended_on=date(2024, 7, 1), ended_by=Name("UU 1/2024"))
    grounds = replace(WIDE, offices={**WIDE.offices, ABOVE: ended})
    assert refusal(delegate(), after(*REGISTERED), grounds) == "office.ended"
    assert refusal(delegate(act=on("2024-06-30")), after(*REGISTERED), grounds) is None


def test_a_delegation_is_open_to_one_office_and_received_by_no_other_nor_before_it_was_sent() -> None:
    """And never received twice: then it is the owner's own."""
    sent = follow(after(*REGISTERED), delegate())
    assert refusal(delegate(), sent) == "delegation.open"
    assert refusal(receive(KPU), sent) == "party"
    assert refusal(receive(day="2024-07-02"), sent) == "act.order"
    assert refusal(receive(), after(*REGISTERED)) == "party"
    assert refusal(receive(), follow(sent, receive())) == "party"
    assert ABOVE in needs(receive(), sent)


def test_what_was_delegated_to_an_office_that_ends_is_received_by_its_successor() -> None:
    """Competence moved while the file was on its way."""
    heir = stream("office", "a")
    ended = replace(WIDE.office(ABOVE), ended_on=date(2024, 7, 4), ended_by=Name("UU 1/2024"), successor=heir)
    successor = office("Bawaslu Provinsi Baru", OfficeKind.BAWASLU, "15", seats=5)
    grounds = replace(WIDE, offices={**WIDE.offices, ABOVE: ended, heir: successor})
    here = follow(follow(after(*REGISTERED), delegate()), receive(heir), grounds=grounds)
    assert file_in(here).owner == heir


def test_a_case_is_delegated_down_as_well_as_up() -> None:
    """What a province reviewed is its regency's to handle (Perbawaslu 7/2022 art. 20)."""
    up = follow(after(filed(), named(), alleged()), delegate(), receive())
    down = delegate(BAWASLU, act=on("2024-07-05", ABOVE), by=by(Role.EXAMINER, ABOVE))
    assert file_in(follow(up, down, receive(BAWASLU, "2024-07-06"))).owner == BAWASLU


def other_office(**changes: Any) -> Any:
    asked_for = {"delegation": DelegationAsked(to=ABOVE, letter_number=sealed("letter")), **changes}
    return review_complaint(result=ReviewResult.OTHER_OFFICE, **asked_for)


def test_a_review_that_finds_another_office_competent_delegates_in_the_same_command() -> None:
    """Two facts, so that nothing is reviewed away and left lying."""
    made = answer(other_office(), after(filed(), named(), alleged()))
    assert [type(fact) for fact in made] == [facts.InitialReviewConcluded, facts.ComplaintDelegated]
    assert ABOVE in needs(other_office(), after(filed(), named(), alleged()))
    sent = follow(after(filed(), named(), alleged()), other_office())
    assert (sent.STAGE, file_in(sent).delegated_to) == (Stage.RECEIVED, ABOVE)


@pytest.mark.parametrize(
    ("command", "rule"),
    [
        (other_office(delegation=None), "review.follower"),
        (review_complaint(delegation=DelegationAsked(to=ABOVE)), "review.follower"),
        (other_office(delegation=DelegationAsked(to=BAWASLU)), "delegation.self"),
        (other_office(delegation=DelegationAsked(to=KPU)), "delegation.kind"),
    ],
    ids=["nothing asked", "registered and delegated", "to oneself", "to KPU"],
)
def test_a_review_does_not_delegate_what_could_not_be_delegated(command: Any, rule: str) -> None:
    """The same rules as for a delegation by itself."""
    assert refusal(command, after(filed(), named(), alleged())) == rule


# --- taking over ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", GOING_ON)
def test_the_office_above_takes_over_and_owns_the_case(stage: Stage) -> None:
    """Also one that was on its way to somebody else."""
    for complaint in (STAGES[stage], follow(STAGES[stage], delegate())):
        taken = follow(complaint, take_over())
        assert (file_in(taken).owner, file_in(taken).delegated_to, taken.STAGE) == (ABOVE, None, stage)


def test_no_office_but_the_one_above_takes_over_and_not_before_the_last_step() -> None:
    """A neighbour does not, nor the owner itself, nor an office of another institution."""
    for other in (BAWASLU_BUNGO, BAWASLU, KASN):
        assert refusal(take_over(other), after(*REGISTERED)) == "party"
    assert refusal(take_over(day="2024-06-11"), after(*REGISTERED)) == "act.order"
