"""The arithmetic of time limits, held against numpy's business days over ten years, in every zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.rulebook.deadlines import Calendar, Counting, Due, FirstDay, LastDay, Unit, due
from ledger.values import Zone

OFFSETS = {Zone.WIB: 7, Zone.WITA: 8, Zone.WIT: 9}
YEARS = frozenset(range(2018, 2029))
DATES = st.dates(date(2018, 1, 1), date(2027, 12, 31))
INSTANTS = st.datetimes(datetime(2018, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)).map(  # noqa: DTZ001 (zoned)
    lambda instant: instant.replace(microsecond=0)
)
DAYS = st.frozensets(st.dates(date(2018, 1, 1), date(2028, 3, 1)), max_size=40)
CALENDARS = st.builds(
    lambda holidays, leave, polling: Calendar(
        dict.fromkeys(holidays, "libur"), dict.fromkeys(leave, "cuti"), dict.fromkeys(polling, ""), YEARS, YEARS
    ),
    DAYS,
    DAYS,
    DAYS,
)
CLOSE = st.lists(st.dates(date(2024, 6, 1), date(2024, 7, 15)), max_size=25).map(
    lambda days: Calendar(national_holidays=dict.fromkeys(days, ""), years=YEARS, verified=YEARS)
)
"""Calendars whose days off lie so close that limits run into many of them."""
EMPTY = Calendar(years=YEARS, verified=YEARS)


def counting(limit: int, unit: Unit, first: FirstDay = FirstDay.NEXT, last: LastDay = LastDay.KEEP) -> Counting:
    return Counting(limit, unit, first, last)


def off(calendar: Calendar) -> np.busdaycalendar:
    days = {*calendar.national_holidays, *calendar.collective_leave, *calendar.polling_days}
    return np.busdaycalendar("1111100", sorted(days))


def midnight_after(last: np.datetime64, zone: Zone) -> datetime:
    """The end of a day in a zone as numpy reckons it."""
    end = (last + np.timedelta64(1, "D")).astype("datetime64[s]") - np.timedelta64(OFFSETS[zone], "h")
    found: datetime = end.item()
    return found.replace(tzinfo=UTC)


@given(DATES, st.integers(1, 60), st.sampled_from(Zone), CALENDARS | CLOSE, st.sampled_from(FirstDay))
@example(date(2024, 6, 14), 1, Zone.WIT, EMPTY, FirstDay.NEXT)
def test_working_days_are_numpys_business_days(
    start: date, limit: int, zone: Zone, calendar: Calendar, first: FirstDay
) -> None:
    """Saturdays, Sundays, national holidays, collective leave and polling days are left out, and nothing else."""
    if first is FirstDay.NEXT:
        last = np.busday_offset(np.datetime64(start), limit, roll="backward", busdaycal=off(calendar))
    else:
        last = np.busday_offset(np.datetime64(start), limit - 1, roll="forward", busdaycal=off(calendar))
    assert due(counting(limit, Unit.WORKING_DAY, first), start, zone, calendar).at == midnight_after(last, zone)


@given(DATES, st.integers(1, 60), st.sampled_from(Zone), CALENDARS, st.sampled_from(FirstDay), st.sampled_from(LastDay))
def test_calendar_days_leave_nothing_out(
    start: date, limit: int, zone: Zone, calendar: Calendar, first: FirstDay, last_day: LastDay
) -> None:
    """A last day on which nobody works is moved only where the rule says so."""
    kept = np.datetime64(start) + np.timedelta64(limit - (first is FirstDay.COUNTED), "D")
    moved = np.busday_offset(kept, 0, roll="forward", busdaycal=off(calendar))
    last = moved if last_day is LastDay.NEXT_WORKING_DAY else kept
    found = due(counting(limit, Unit.CALENDAR_DAY, first, last_day), start, zone, calendar)
    assert found.at == midnight_after(last, zone)


@given(INSTANTS, st.integers(1, 400), st.sampled_from(Zone), CALENDARS)
def test_hours_are_hours(start: datetime, limit: int, zone: Zone, calendar: Calendar) -> None:
    """No calendar and no zone has a say in them."""
    found = due(counting(limit, Unit.HOUR), start, zone, calendar)
    assert (found.at - start).total_seconds() == limit * 3600
    assert found.verified


@given(INSTANTS, st.integers(1, 30), st.sampled_from(Zone), st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY]))
def test_an_instant_counts_from_its_local_date(start: datetime, limit: int, zone: Zone, unit: Unit) -> None:
    """What arrives at 23:30 in Jakarta arrives the next day in Jayapura."""
    local = (np.datetime64(start.replace(tzinfo=None)) + np.timedelta64(OFFSETS[zone], "h")).astype("datetime64[D]")
    day: date = local.item()
    assert due(counting(limit, unit), start, zone, EMPTY) == due(counting(limit, unit), day, zone, EMPTY)


@given(DATES, st.integers(1, 40), st.sampled_from(Zone), CALENDARS | CLOSE)
def test_the_trace_accounts_for_every_day(start: date, limit: int, zone: Zone, calendar: Calendar) -> None:
    """Each day from the start to the last stands in it once: as the start, as counted, or as skipped with a reason."""
    found = due(counting(limit, Unit.WORKING_DAY), start, zone, calendar)
    *days, end = found.trace
    told = [date.fromisoformat(line[:10]) for line in days]
    assert told == [start + timedelta(days=number) for number in range(len(days))]
    assert end.startswith(found.at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    counted = [line for line in days if " day " in line]
    assert counted == [f"{line[:10]} day {number}" for number, line in enumerate(counted, 1)]
    assert len(counted) == limit
    busy = np.busday_count(
        np.datetime64(start + timedelta(days=1)), np.datetime64(told[-1]) + 1, busdaycal=off(calendar)
    )
    assert busy == limit
    skipped = [line for line in days if " skipped: " in line]
    assert len(skipped) == len(days) - limit - 1


def test_a_deadline_is_written_out() -> None:
    """Three working days over Idul Adha and its collective leave, received on a Friday evening in Jayapura."""
    calendar = Calendar(
        national_holidays={date(2024, 6, 17): "Hari Raya Idul Adha"},
        collective_leave={date(2024, 6, 18): "Cuti Bersama"},
        polling_days={date(2024, 6, 20): ""},
        years=frozenset({2024}),
        verified=frozenset({2024}),
    )
    received = datetime(2024, 6, 14, 9, 0, tzinfo=UTC)
    assert due(counting(3, Unit.WORKING_DAY), received, Zone.WIT, calendar) == Due(
        datetime(2024, 6, 24, 15, 0, tzinfo=UTC),
        (
            "2024-06-14 start, not counted",
            "2024-06-15 skipped: saturday",
            "2024-06-16 skipped: sunday",
            "2024-06-17 skipped: national_holiday (Hari Raya Idul Adha)",
            "2024-06-18 skipped: collective_leave (Cuti Bersama)",
            "2024-06-19 day 1",
            "2024-06-20 skipped: polling_day",
            "2024-06-21 day 2",
            "2024-06-22 skipped: saturday",
            "2024-06-23 skipped: sunday",
            "2024-06-24 day 3",
            "2024-06-24T15:00:00Z due: the midnight that ends 2024-06-24 (wit)",
        ),
        verified=True,
        years=(2024,),
    )


def test_a_last_day_that_is_moved_says_why() -> None:
    """Two calendar days from a Thursday end on Saturday, or on Monday where the rule moves them."""
    moved = due(counting(2, Unit.CALENDAR_DAY, last=LastDay.NEXT_WORKING_DAY), date(2024, 6, 13), Zone.WIB, EMPTY)
    assert moved.at == datetime(2024, 6, 17, 17, 0, tzinfo=UTC)
    assert moved.trace[3:5] == ("2024-06-15 moved on: saturday", "2024-06-16 moved on: sunday")


def test_a_day_counts_as_the_first_where_the_rule_says_so() -> None:
    """And is then no line of its own before the count."""
    found = due(counting(1, Unit.CALENDAR_DAY, FirstDay.COUNTED), date(2024, 6, 13), Zone.WIB, EMPTY)
    assert found.trace[0] == "2024-06-13 day 1"
    assert found.at == datetime(2024, 6, 13, 17, 0, tzinfo=UTC)


def test_a_year_without_a_calendar_is_told_and_leaves_the_deadline_unverified() -> None:
    """Weekends are all that is left out then; a guess that looks like the law would be worse than none."""
    calendar = Calendar(years=frozenset({2027}), verified=frozenset({2027}))
    within = due(counting(3, Unit.WORKING_DAY), date(2027, 12, 1), Zone.WIB, calendar)
    beyond = due(counting(3, Unit.WORKING_DAY), date(2027, 12, 30), Zone.WIB, calendar)
    assert (within.verified, beyond.verified) == (True, False)
    assert "no calendar of 2028 is known: weekends alone were left out" in beyond.trace
    assert due(counting(3, Unit.CALENDAR_DAY), date(2031, 1, 1), Zone.WIB, calendar).verified


def test_a_calendar_that_was_not_verified_leaves_the_deadline_unverified() -> None:
    """The mark of the days goes on to whatever rests on them."""
    calendar = Calendar(years=frozenset({2027}))
    assert not due(counting(3, Unit.WORKING_DAY), date(2027, 3, 1), Zone.WIB, calendar).verified


@pytest.mark.parametrize(
    ("count", "start"),
    [
        (counting(72, Unit.HOUR), date(2024, 6, 13)),
        (counting(3, Unit.WORKING_DAY), datetime(2024, 6, 13, 3, 0)),  # noqa: DTZ001 (this is the mistake)
        (counting(0, Unit.WORKING_DAY), date(2024, 6, 13)),
    ],
    ids=["hours from a date", "an instant without a zone", "a limit of nothing"],
)
def test_what_cannot_be_counted_is_an_error(count: Counting, start: date) -> None:
    """No default stands in for what was not said."""
    with pytest.raises(ValueError, match=r"limit|instant"):
        due(count, start, Zone.WIB, EMPTY)
