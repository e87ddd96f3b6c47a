"""The version that was seen: a later fact stops a command only where it touches what the command decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.wiring import House
from ledger.errors import Invalid, Missing, PreconditionMissing, Stale
from ledger.registrar import Receipt
from ledger.values import StreamId
from tests.flow.asking import Jambi

Later = Callable[[Jambi, StreamId], Receipt]


def another_accusation(jambi: Jambi, complaint: StreamId) -> Receipt:
    return jambi.ask(jambi.accusation(complaint))


def another_respondent(jambi: Jambi, complaint: StreamId) -> Receipt:
    return jambi.ask(jambi.naming(complaint, number=2))


def a_notice(jambi: Jambi, complaint: StreamId) -> Receipt:
    return jambi.ask(jambi.notice(complaint))


def a_study_of(*allegations: int) -> Later:
    return lambda jambi, complaint: jambi.ask(jambi.study(complaint, *allegations))


def a_plenary_on(*allegations: int) -> Later:
    return lambda jambi, complaint: jambi.read_and_ask(jambi.plenary(complaint, *allegations))


def a_referral_of(allegation: int) -> Later:
    return lambda jambi, complaint: jambi.read_and_ask(jambi.referral(complaint, allegation))


@pytest.mark.parametrize(
    "later", [a_notice, a_study_of(2), a_plenary_on(2), another_accusation], ids=["notice", "study", "plenary", "third"]
)
def test_a_later_fact_of_another_allegation_does_not_disturb(house: House, jambi: Jambi, later: Later) -> None:
    """Two bodies at work on two allegations of one case do not have to read each other's acts first."""
    complaint = jambi.registered()
    seen = jambi.version(complaint)
    later(jambi, complaint)
    receipt = jambi.ask(jambi.plenary(complaint, 1), seen=seen)
    assert receipt.entries[0].version > seen + 1
    assert house.store.size() == receipt.last + 1


@pytest.mark.parametrize(
    "later",
    [another_respondent, a_study_of(1), a_study_of(1, 2), a_plenary_on(1), a_plenary_on(2, 1)],
    ids=["respondent", "study", "study of both", "plenary", "plenary on both"],
)
def test_a_later_fact_in_the_command_s_own_scope_makes_it_stale(house: House, jambi: Jambi, later: Later) -> None:
    """The asker decided on something else than what is now decided on: they read again."""
    complaint = jambi.registered()
    seen = jambi.version(complaint)
    first = later(jambi, complaint).entries[0].version
    with pytest.raises(Stale) as stale:
        jambi.ask(jambi.plenary(complaint, 1), key="k", seen=seen)
    assert (stale.value.seen, stale.value.now) == (seen, first)
    receipt = jambi.ask(jambi.notice(complaint))
    assert house.store.size() == receipt.last + 1, "the stale command recorded something"


def test_an_act_of_the_whole_complaint_is_stale_after_any_allegation(jambi: Jambi) -> None:
    complaint = jambi.accused()
    seen = jambi.version(complaint)
    another_accusation(jambi, complaint)
    with pytest.raises(Stale):
        jambi.ask(jambi.review(complaint), seen=seen)


def test_an_act_of_the_whole_complaint_is_not_stale_after_a_notice(jambi: Jambi) -> None:
    """A notice tells what stands; it changes nothing that could be decided on."""
    complaint = jambi.accused()
    seen = jambi.version(complaint)
    a_notice(jambi, complaint)
    jambi.ask(jambi.review(complaint), seen=seen)


def test_a_referral_is_of_its_allegation(jambi: Jambi) -> None:
    """Referring one allegation neither disturbs the other's referral, nor passes after its own."""
    complaint = jambi.decided()
    seen = jambi.version(complaint)
    a_referral_of(2)(jambi, complaint)
    jambi.ask(jambi.referral(complaint, 1), seen=seen)
    with pytest.raises(Stale):
        jambi.ask(jambi.referral(complaint, 1), seen=seen)


def commands(jambi: Jambi, complaint: StreamId) -> dict[str, Any]:
    return {
        "review": jambi.review(complaint),
        "plenary": jambi.plenary(complaint),
        "referral": jambi.referral(complaint),
    }


@pytest.mark.parametrize("name", ["review", "plenary", "referral"])
def test_acts_that_decide_on_what_was_read_must_name_the_version(jambi: Jambi, name: str) -> None:
    """Asked before anything else: whether the act would be allowed does not matter."""
    complaint = jambi.filed()
    with pytest.raises(PreconditionMissing, match="If-Match"):
        jambi.ask(commands(jambi, complaint)[name], key="k")


def test_other_acts_may_name_the_version_and_need_not(jambi: Jambi) -> None:
    """Where a version is given it counts."""
    complaint = jambi.filed()
    seen = jambi.version(complaint)
    jambi.ask(jambi.naming(complaint))
    jambi.ask(jambi.accusation(complaint), seen=seen + 1)
    with pytest.raises(Stale):
        jambi.ask(jambi.accusation(complaint), seen=seen)


@pytest.mark.parametrize("ahead", [1, 1000, 2**53])
def test_a_version_from_the_future_is_not_one_that_was_seen(house: House, jambi: Jambi, ahead: int) -> None:
    """Of another ledger perhaps, or of this one before a backup was put back: not what the asker decided on."""
    complaint = jambi.accused()
    before = house.store.size()
    with pytest.raises(Stale):
        jambi.ask(jambi.review(complaint), seen=jambi.version(complaint) + ahead)
    assert house.store.size() == before


@pytest.mark.parametrize("seen", [0, -1])
def test_a_version_before_the_first_is_not_one_that_was_seen(jambi: Jambi, seen: int) -> None:
    with pytest.raises(Stale):
        jambi.ask(jambi.review(jambi.accused()), seen=seen)


def test_the_current_version_of_a_complaint_that_is_not_there_is_none(jambi: Jambi) -> None:
    """Nothing was ever read of it: it is missing, whatever version somebody says that they saw."""
    nowhere = StreamId("complaint-" + "0" * 32)
    with pytest.raises(Missing, match=nowhere):
        jambi.ask(jambi.review(nowhere), seen=1)
    with pytest.raises(Missing, match=nowhere):
        jambi.ask(jambi.naming(nowhere))


def test_attack_a_command_is_addressed_to_a_stream_of_another_kind(jambi: Jambi) -> None:
    """An office is no complaint: nothing is read as what it is not, and nobody gets a handle there."""
    with pytest.raises(Invalid, match="no stream of the kind complaint"):
        jambi.ask(jambi.naming(jambi.offices.kasn))
