"""What had happened by a day: acts count on their own day, and what is left of a history is a history."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.codec import Recorded
from ledger.complaint import facts
from ledger.complaint.asof import counting_days
from ledger.complaint.facts import FACTS_AT_AN_INSTANT
from ledger.complaint.state import Complaint, Nothing, evolve
from ledger.complaint.track.codes import VerificationResult
from ledger.values import Act, Code, Number, Role, day_of
from projections.cases import Cases
from tests.builders import (
    BKN,
    COMPLAINT,
    NOON,
    Happened,
    accepted,
    after,
    alleged,
    by,
    decided,
    filed,
    named,
    offered,
    on,
    plenary,
    received,
    registered,
    reviewed,
    studied,
)
from tests.builders_wide import conflicted
from tests.unit.complaint.histories import History, histories

TWO_ON_TRACK = (
    filed(),
    named(),
    alleged(),
    alleged(2),
    reviewed(),
    registered(),
    studied(1, 2),
    plenary(1, (1, 2)),
    decided(1),
    decided(2),
    offered(1, 1),
    offered(2, 2),
    received(1),
    received(2),
    accepted(1),
    accepted(2),
)


def blocked(allegation: int, day: str) -> Happened:
    return Happened(facts.DataBlocked(Number(allegation), Code("perpres_116_2022")), on(day, BKN))


def dated(happened: Happened, day: date) -> Happened:
    """The same fact as an act of another day."""
    if type(happened.fact) in FACTS_AT_AN_INSTANT:
        act: Act = replace(happened.act, at=datetime(day.year, day.month, day.day, 3, tzinfo=UTC))
    else:
        act = replace(happened.act, on=day)
    return Happened(happened.fact, act)


def kept(happened: tuple[Happened, ...], day: date) -> tuple[Happened, ...]:
    """What of a history counts by a day."""
    days = counting_days(after(*happened))
    return tuple(each for each, counts in zip(happened, days, strict=True) if counts <= day)


def days_of(happened: tuple[Happened, ...]) -> list[date]:
    return sorted({day_of(each.act) for each in happened})


def test_an_act_of_an_earlier_day_counts_on_it_though_it_was_recorded_later() -> None:
    """Blocked on 5 November, and recorded after what was done to the other allegation on the 10th."""
    told = (*TWO_ON_TRACK, blocked(2, "2024-11-10"), blocked(1, "2024-11-05"))
    assert [str(day) for day in counting_days(after(*told))[-2:]] == ["2024-11-10", "2024-11-05"]
    assert [each.fact for each in kept(told, date(2024, 11, 5))[-1:]] == [blocked(1, "2024-11-05").fact]


def test_what_builds_on_a_later_dated_fact_counts_on_that_ones_day() -> None:
    """Nothing is blocked by a day on which its own verification had not happened yet."""
    late = Happened(facts.SatgasVerified(Number(1), VerificationResult.PASSED), on("2024-11-10", BKN))
    told = (*TWO_ON_TRACK, late, blocked(1, "2024-11-05"))
    assert [str(day) for day in counting_days(after(*told))[-2:]] == ["2024-11-10", "2024-11-10"]


def test_what_is_about_the_whole_case_waits_for_everything_before_it_and_everything_after_for_it() -> None:
    """Which allegations it concerns cannot be told, so none is taken for granted."""
    told = (*TWO_ON_TRACK, blocked(1, "2024-11-10"), conflicted(), blocked(2, "2024-11-05"))
    assert [str(day) for day in counting_days(after(*told))[-3:]] == ["2024-11-10"] * 3


def test_nothing_counts_before_the_case_began() -> None:
    """Evidence may be dated before the report that brings it; it is evidence of nothing until then."""
    told = (filed(), Happened(facts.EvidenceAdded(Number(1)), on("2024-06-01")))
    assert counting_days(after(*told)) == (date(2024, 6, 11),) * 2
    assert counting_days(Nothing()) == ()


@settings(max_examples=80, deadline=None)
@given(histories())
def test_where_acts_follow_one_another_by_date_those_of_the_day_count_and_no_others(history: History) -> None:
    """Which is how a diligent office records; told from the acts' own days."""
    happened = history.happened
    ordered = tuple(dated(each, date(2024, 6, 8) + timedelta(days=number // 2)) for number, each in enumerate(happened))
    for day in days_of(ordered):
        assert kept(ordered, day) == tuple(each for each in ordered if day_of(each.act) <= day)


@settings(max_examples=120, deadline=None)
@given(histories(), st.data())
def test_what_counts_by_any_day_replays_and_can_be_shown_whatever_the_dates_say(history: History, data: Any) -> None:
    """Dates drawn at random, even ones that no decision would let pass: each day's history is one, and only grows."""
    happened = tuple(
        dated(each, date(2024, 6, 8) + timedelta(days=data.draw(st.integers(0, 6)))) for each in history.happened
    )
    before: tuple[Happened, ...] = ()
    for day in days_of(happened):
        now = kept(happened, day)
        assert set(map(id, before)) <= set(map(id, now))
        show(now)
        before = now
    assert before == happened
    assert after(*before) == after(*happened)


def show(happened: tuple[Happened, ...]) -> None:
    """Every fact in turn, as the projection shows it."""
    complaint: Complaint = Nothing()
    for version, each in enumerate(happened, 1):
        complaint = evolve(complaint, each.fact, each.act)
        recorded = Recorded(
            version, COMPLAINT, version, each.fact.TOPIC, NOON, each.act, by(Role.EXAMINER), each.fact, "0" * 32
        )
        assert list(Cases().apply(version, recorded, Held(complaint)))


class Held:
    """The state that a projection asks for."""

    def __init__(self, complaint: Complaint) -> None:
        self._complaint = complaint

    def after(self, recorded: Recorded) -> Complaint:
        del recorded
        return self._complaint
