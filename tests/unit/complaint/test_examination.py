"""Hearings, study, plenary and status."""

from dataclasses import replace
from datetime import date

import pytest

from ledger.complaint import codes, facts
from ledger.complaint.allegations import Alleged, Cleared, Established
from ledger.complaint.commands import Attendee
from ledger.complaint.decisions import decide
from ledger.complaint.state import Decided, Registered
from ledger.errors import Refused
from ledger.values import Handle, Number
from tests.builders import (
    ALLEGED,
    BAWASLU,
    DECIDED,
    JAMBI,
    MEMBERS,
    NOON,
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
    call_hearing,
    complete_study,
    decided,
    filed,
    heard,
    hold_hearing,
    hold_plenary,
    named,
    on,
    plenary,
    registered,
    reviewed,
    studied,
)

TWO_ALLEGED = (filed(), named(), alleged(), named(R2), alleged(2, R2), reviewed(), registered())


def test_a_hearing_is_called_and_held_once() -> None:
    """Each hearing has a number; the second holding of one is refused."""
    called, held = heard()
    assert decide(call_hearing(), after(*REGISTERED), at=NOON, grounds=JAMBI) == (called.fact,)
    assert decide(hold_hearing(), after(*REGISTERED, called), at=NOON, grounds=JAMBI) == (held.fact,)
    with pytest.raises(Refused, match="held or missed already"):
        decide(hold_hearing(), after(*REGISTERED, called, held), at=NOON, grounds=JAMBI)
    with pytest.raises(Refused, match="never called"):
        decide(hold_hearing(), after(*REGISTERED), at=NOON, grounds=JAMBI)


def test_no_hearing_before_registration() -> None:
    """Only a registered complaint is examined."""
    with pytest.raises(Refused, match="follows from: decided, registered"):
        decide(call_hearing(), after(*ALLEGED), at=NOON, grounds=JAMBI)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"respondent": None}, "hearing.whom"),
        ({"whom": codes.Whom.WITNESS}, "hearing.whom"),
        ({"respondent": Handle("r7")}, "respondent.unknown"),
        ({"set_for": date(2024, 6, 11)}, "hearing.date"),
    ],
)
def test_a_call_names_whom_it_calls_and_a_day_to_come(changes: dict[str, object], rule: str) -> None:
    """A respondent's handle belongs to a respondent's hearing; a hearing is not called for the past."""
    with pytest.raises(Refused) as refused:
        decide(call_hearing(**changes), after(*REGISTERED), at=NOON, grounds=JAMBI)
    assert refused.value.rule == rule


def test_a_plenary_with_a_quorum_decides_by_its_majority() -> None:
    """Three of four voting members say violation: the allegation is established, the owner holds it."""
    held, said = decide(hold_plenary(), after(*REGISTERED, *heard(), studied()), at=NOON, grounds=JAMBI)
    assert held == plenary().fact
    assert said == decided().fact
    complaint = after(*DECIDED)
    assert isinstance(complaint, Decided)
    assert complaint.file.allegations[1].standing == Established()
    assert complaint.file.holder(complaint.file.allegations[1]) == BAWASLU


def test_a_plenary_without_study_or_hearing_is_recorded_as_irregular() -> None:
    """The ledger records what was done, also when it was done wrongly."""
    held, _ = decide(hold_plenary(), after(*REGISTERED), at=NOON, grounds=JAMBI)
    assert isinstance(held, facts.PlenaryHeld)
    assert held.irregular == {codes.Irregularity.NO_STUDY, codes.Irregularity.NO_HEARING}


def test_a_tie_decides_nothing() -> None:
    """Two against two: the plenary is recorded, no decision follows, the allegation stays alleged."""
    command = hold_plenary(ballot(violation=2, not_violation=2))
    (held,) = decide(command, after(*REGISTERED, *heard()), at=NOON, grounds=JAMBI)
    assert isinstance(held, facts.PlenaryHeld)


def test_a_plurality_that_is_no_majority_decides_nothing() -> None:
    """Two of four with an abstention on each side is not more than half."""
    command = hold_plenary(ballot(violation=2, not_violation=1, abstained=1))
    assert len(decide(command, after(*REGISTERED), at=NOON, grounds=JAMBI)) == 1


def test_a_plenary_without_quorum_is_refused() -> None:
    """More than half of the seats vote; the recused do not, and the seats are not reduced."""
    two = hold_plenary(ballot(violation=2, not_violation=0), present=tuple(Attendee(handle=m) for m in MEMBERS[:2]))
    with pytest.raises(Refused, match="2 voting members are not more than half of 5 seats"):
        decide(two, after(*REGISTERED), at=NOON, grounds=JAMBI)
    recused = hold_plenary(ballot(violation=2, not_violation=0), recused=MEMBERS[:2])
    with pytest.raises(Refused, match="at least 3 members vote"):
        decide(recused, after(*REGISTERED), at=NOON, grounds=JAMBI)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"present": tuple(Attendee(handle=Handle("a2")) for _ in range(4))}, "plenary.present_twice"),
        ({"present": tuple(Attendee(handle=Handle(f"a{n}")) for n in range(2, 8))}, "plenary.present_many"),
        ({"recused": (Handle("a9"),)}, "plenary.recused"),
        ({"ballots": (ballot(violation=5),)}, "plenary.tally"),
        ({"ballots": (ballot(), ballot())}, "plenary.twice"),
        ({"ballots": (ballot(7),)}, "allegation.unknown"),
        ({"act": at("2024-06-10T06:30:00")}, "act.order"),
    ],
)
def test_votes_that_do_not_add_up_are_refused(changes: dict[str, object], rule: str) -> None:
    """A plenary is recorded with votes that its own members can have cast."""
    with pytest.raises(Refused) as refused:
        decide(hold_plenary(**changes), after(*REGISTERED), at=NOON, grounds=JAMBI)
    assert refused.value.rule == rule


def test_a_violation_has_a_category() -> None:
    """The categories are statutory; undetermined is none of them."""
    undetermined = (filed(), named(), alleged(category=codes.Category.UNDETERMINED), reviewed(), registered())
    with pytest.raises(Refused, match="a violation of no category"):
        decide(hold_plenary(), after(*undetermined), at=NOON, grounds=JAMBI)
    told = hold_plenary(ballot(category=codes.Category.OTHER_LAW))
    _, said = decide(told, after(*undetermined), at=NOON, grounds=JAMBI)
    assert isinstance(said, facts.AllegationDecided)
    assert said.category is codes.Category.OTHER_LAW


def test_a_complaint_is_decided_once_every_allegation_is() -> None:
    """Decisions belong to allegations; the stage follows the last of them."""
    one = after(*TWO_ALLEGED, plenary(), decided())
    assert isinstance(one, Registered)
    both = after(*TWO_ALLEGED, plenary(), decided(), plenary(2), decided(2, codes.Decision.NOT_VIOLATION, 2))
    assert isinstance(both, Decided)
    assert both.file.allegations[2].standing == Cleared()


def test_a_decided_allegation_is_not_decided_again_unless_it_was_returned() -> None:
    """Decisions change only by a new act on something that came back."""
    with pytest.raises(Refused, match="was not sent back"):
        decide(hold_plenary(act=at("2024-07-01T03:00:00")), after(*DECIDED), at=NOON, grounds=JAMBI)
    again = hold_plenary(act=at("2024-07-01T03:00:00"))
    held, _ = decide(again, after(*RETURNED), at=NOON, grounds=JAMBI)
    assert isinstance(held, facts.PlenaryHeld)
    assert held.plenary == 2


def test_a_study_covers_allegations_on_the_owners_desk() -> None:
    """What another office holds is not studied here."""
    assert decide(complete_study(), after(*RETURNED), at=NOON, grounds=JAMBI) == (
        facts.StudyCompleted(Number(2), frozenset({ONE})),
    )
    with pytest.raises(Refused, match="not on the owner's desk"):
        decide(complete_study(), after(*OFFERED), at=NOON, grounds=JAMBI)
    with pytest.raises(Refused, match="at least one allegation"):
        decide(replace(complete_study(), allegations=frozenset()), after(*REGISTERED), at=NOON, grounds=JAMBI)


def test_only_what_the_facts_say_is_announced() -> None:
    """A status notice repeats the record; it makes nothing true."""
    assert decide(announce_status(), after(*DECIDED), at=NOON, grounds=JAMBI)
    with pytest.raises(Refused, match=r"do not say decided yet.*received, registered"):
        decide(announce_status(), after(*REGISTERED), at=NOON, grounds=JAMBI)


def test_deciding_one_allegation_leaves_the_other_alone() -> None:
    """Allegations are decided one by one."""
    complaint = after(*TWO_ALLEGED, plenary(), decided())
    assert isinstance(complaint, Registered)
    assert complaint.file.allegations[2].standing == Alleged()
    assert complaint.file.allegations[2].since == on("2024-06-11").on
