"""Proving a complaint clean: a replay that knows who may not act on whom, and since when that was on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.complaint import codes, facts
from ledger.complaint.cleanness import As, Cleanness, Happened, InConflict, When, cleanness
from ledger.values import Handle, Number, Role
from tests import builders
from tests.builders import BAWASLU, R1, R2, alleged, by, filed, heard, named, on, plenary, registered, reviewed, studied
from tests.builders_wide import ABOVE, CLOSED, conflicted

A1, A2 = Handle("a1"), Handle("a2")
TWO = (filed(), named(), alleged(), named(R2), alleged(2, R2), reviewed(), registered())


def history(*happened: builders.Happened, actors: dict[int, str] | None = None) -> list[Happened]:
    """Entries that lie ten positions apart; `actors` by version, a1 elsewhere."""
    return [
        Happened(version, 10 * version, each.act, by(Role.EXAMINER, actor=(actors or {}).get(version, "a1")), each.fact)
        for version, each in enumerate(happened, 1)
    ]


def told(found: Cleanness) -> list[tuple[int, str, As, When]]:
    return [(each.version, str(each.conflict.who), each.acted, each.when) for each in found.acts]


def test_a_complaint_without_conflicts_is_clean() -> None:
    """From its first fact to its last."""
    assert cleanness(history(*CLOSED)) == Cleanness(len(CLOSED), (), ())
    assert cleanness(history(*CLOSED)).clean


def test_a_recused_member_is_no_voter_and_a_present_one_is() -> None:
    """The plenary's own fact says who voted, whoever wrote it down."""
    voting = plenary()
    assert isinstance(voting.fact, facts.PlenaryHeld)
    recused = builders.Happened(replace(voting.fact, recused=frozenset({A2})), voting.act)
    before = (*TWO, conflicted("a2"), *heard(), studied())
    assert cleanness(history(*before, recused)).clean
    found = cleanness(history(*before, voting))
    assert told(found) == [(len(before) + 1, "a2", As.VOTER, When.AFTER)]
    assert not found.clean


def test_an_act_before_the_conflict_was_on_record_is_told_as_such() -> None:
    """It stains too: who examined the case was kin to the respondent, whether anybody knew or not."""
    found = cleanness(history(*TWO, studied(), conflicted("a2"), actors={8: "a2"}))
    assert told(found) == [(8, "a2", As.RECORDER, When.BEFORE)]
    assert not found.clean


def test_an_act_before_the_respondent_was_named_is_told_and_stains_nothing() -> None:
    """Nobody could know."""
    found = cleanness(history(filed(), named(), alleged(), conflicted("a2"), actors={1: "a2"}))
    assert told(found) == [(1, "a2", As.RECORDER, When.BEFORE_NAMED)]
    assert found.clean


def test_an_act_on_another_respondent_counts_not() -> None:
    """A conflict is towards one respondent and not towards the case; what is about the whole is about all."""
    one = cleanness(history(*TWO, conflicted("a2"), studied(2), actors={9: "a2"}))
    assert one.clean
    both = cleanness(history(*TWO, conflicted("a2"), studied(1, 2), actors={9: "a2"}))
    assert [each.version for each in both.acts] == [9]


@pytest.mark.parametrize(
    "fact",
    [
        facts.EvidenceAdded(Number(1)),
        facts.StatusAnnounced(codes.Announcement.REGISTERED),
        facts.StatusAnnounced(codes.Announcement.REGISTERED, frozenset({Number(1)})),
    ],
)
def test_a_notice_and_evidence_are_acts_too(fact: Any) -> None:
    """They disturb nobody's decision, and are still somebody's act."""
    found = cleanness(history(*TWO, conflicted("a2"), builders.Happened(fact, on("2024-06-14")), actors={9: "a2"}))
    assert [each.when for each in found.acts] == [When.AFTER]


def test_declaring_a_conflict_is_no_act() -> None:
    """Whoever declares one does what they should."""
    assert cleanness(history(*TWO, conflicted("a2"), actors={8: "a2"})).clean


def test_what_the_register_alone_says_counts_since_it_said_so() -> None:
    """Copied later, the earlier position counts; ended, what came before the end counts."""
    entries = history(*TWO, studied(), actors={8: "a2"})
    register = [InConflict(A2, R1, 75)]
    assert told(cleanness(entries, register)) == [(8, "a2", As.RECORDER, When.AFTER)]
    assert told(cleanness(entries, [InConflict(A2, R1, 85)])) == [(8, "a2", As.RECORDER, When.BEFORE)]
    copied = history(*TWO, studied(), conflicted("a2"), actors={8: "a2"})
    (conflict,) = cleanness(copied, register).conflicts
    assert (conflict.position, conflict.version) == (75, 9)
    assert told(cleanness(copied, register)) == [(8, "a2", As.RECORDER, When.AFTER)]
    assert cleanness(entries, [InConflict(A2, R1, 75, until=date(2024, 6, 13))]).clean
    assert not cleanness(entries, [InConflict(A2, R1, 75, until=date(2024, 6, 14))]).clean


def test_an_office_is_told_by_what_it_decided_and_not_by_what_it_took_in() -> None:
    """Filing, naming and accusing are no decisions; review and registration are."""
    found = cleanness(history(*TWO), [InConflict(BAWASLU, R1, 5)])
    assert told(found) == [(6, BAWASLU, As.OFFICE, When.AFTER), (7, BAWASLU, As.OFFICE, When.AFTER)]
    assert cleanness(history(*TWO), [InConflict(ABOVE, R1, 5)]).clean


@given(
    st.dictionaries(st.integers(1, 9), st.sampled_from(["a1", "a2", "a3"])),
    st.lists(
        st.builds(InConflict, st.sampled_from([A1, A2]), st.sampled_from([R1, R2]), st.integers(0, 100)), max_size=4
    ),
)
def test_every_act_of_a_conflicted_recorder_is_told_once_and_nobody_elses(
    actors: dict[int, str], register: list[InConflict]
) -> None:
    """A model that knows only who recorded what, and which respondents each fact is about."""
    entries = history(*TWO, studied(1), studied(2), actors=actors)
    pairs = {(each.who, each.respondent) for each in register}
    about = {2: {R1}, 3: {R1}, 4: {R2}, 5: {R2}, 8: {R1}, 9: {R2}}
    found = cleanness(entries, register)
    whole = {1, 2, 4, 6, 7}
    wanted = {
        (each.version, who, respondent)
        for each in entries
        for who, respondent in pairs
        if each.by.actor == who and (each.version in whole or respondent in about[each.version])
    }
    assert {(each.version, each.conflict.who, each.conflict.respondent) for each in found.acts} == wanted
    assert len(found.acts) == len(wanted)
