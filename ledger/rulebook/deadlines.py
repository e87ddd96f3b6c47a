"""The arithmetic of time limits: a limit, a start, a zone, a calendar -> the instant at which it is over, written out.

Pure. The instant is exclusive: for days it is the midnight, where the acting office's clocks stand, that ends the last
day; for hours the start plus that many hours. The trace says each day that was counted or left out, and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Final

from ledger.values import Zone

UTC: Final = timezone(timedelta())
DAY: Final = timedelta(days=1)
SATURDAY: Final = 5
WEEKEND: Final = {5: "saturday", 6: "sunday"}


class Unit(StrEnum):
    """What a limit counts."""

    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    HOUR = "hour"


class FirstDay(StrEnum):
    """Whether the day of the starting event is the first day of the limit; it is not, unless the rule says so."""

    NEXT = "next"
    COUNTED = "counted"


class LastDay(StrEnum):
    """What becomes of a last day on which nobody works: it stays the last, or the next working day is."""

    KEEP = "keep"
    NEXT_WORKING_DAY = "next_working_day"


class DayOff(StrEnum):
    """Why a day, other than a Saturday or a Sunday, is no working day."""

    NATIONAL_HOLIDAY = "national_holiday"
    COLLECTIVE_LEAVE = "collective_leave"
    POLLING_DAY = "polling_day"


@dataclass(frozen=True, slots=True)
class Counting:
    """How a limit is counted."""

    limit: int
    unit: Unit
    first_day: FirstDay = FirstDay.NEXT
    last_day: LastDay = LastDay.KEEP


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days off by date, each with its names; for which years they are known, and for which they were verified."""

    national_holidays: Mapping[date, str] = field(default_factory=dict)
    collective_leave: Mapping[date, str] = field(default_factory=dict)
    polling_days: Mapping[date, str] = field(default_factory=dict)
    years: frozenset[int] = frozenset()
    verified: frozenset[int] = frozenset()

    def day_off(self, day: date) -> str | None:
        """Why a day is no working day, or None where it is one."""
        if day.weekday() >= SATURDAY:
            return WEEKEND[day.weekday()]
        for kind, days in (
            (DayOff.NATIONAL_HOLIDAY, self.national_holidays),
            (DayOff.COLLECTIVE_LEAVE, self.collective_leave),
            (DayOff.POLLING_DAY, self.polling_days),
        ):
            if day in days:
                return f"{kind} ({days[day]})" if days[day] else kind.value
        return None


@dataclass(frozen=True, slots=True)
class Due:
    """When a limit is over (UTC, exclusive), the arithmetic line by line, and whether its calendars are verified.

    `years` are those whose days off were asked for: a limit in calendar days or hours rests on none.
    """

    at: datetime
    trace: tuple[str, ...]
    verified: bool
    years: tuple[int, ...] = ()


def due(counting: Counting, start: date | datetime, zone: Zone, calendar: Calendar) -> Due:
    """When a limit that started on a date, or at an instant, is over.

    A limit in days takes the local date of an instant. Errors: ValueError for hours from a date, for an instant without
    a zone, for a limit below one; OverflowError beyond the last date that there is.
    """
    if counting.limit < 1:
        raise ValueError(f"a limit is at least one {counting.unit}")
    if isinstance(start, datetime) and start.tzinfo is None:
        raise ValueError("an instant without a zone is none")
    if counting.unit is Unit.HOUR:
        return _hours(counting.limit, start)
    day = start.astimezone(zone.offset).date() if isinstance(start, datetime) else start
    lines, last = _days(counting, day, calendar)
    asked = _asked(counting, day, last)
    missing = [year for year in asked if year not in calendar.years]
    lines += [f"no calendar of {year} is known: weekends alone were left out" for year in missing]
    after = last + DAY
    at = datetime(after.year, after.month, after.day, tzinfo=zone.offset).astimezone(UTC)
    lines.append(f"{_text(at)} due: the midnight that ends {last} ({zone})")
    return Due(at, tuple(lines), all(year in calendar.verified for year in asked), tuple(asked))


def _hours(limit: int, start: date | datetime) -> Due:
    if not isinstance(start, datetime):
        raise ValueError("hours are counted from an instant, not from a date")
    began = start.astimezone(UTC)
    at = began + timedelta(hours=limit)
    return Due(at, (f"{_text(began)} start", f"{_text(at)} due: {limit} hours later"), verified=True)


def _days(counting: Counting, start: date, calendar: Calendar) -> tuple[list[str], date]:
    """The lines of the counted and the skipped days, and the last day."""
    lines, counted, last = [], 0, start
    if counting.first_day is FirstDay.NEXT:
        lines.append(f"{start} start, not counted")
    for day in _from(start if counting.first_day is FirstDay.COUNTED else start + DAY):
        off = calendar.day_off(day) if counting.unit is Unit.WORKING_DAY else None
        if off:
            lines.append(f"{day} skipped: {off}")
            continue
        counted, last = counted + 1, day
        lines.append(f"{day} day {counted}")
        if counted == counting.limit:
            break
    if counting.last_day is LastDay.NEXT_WORKING_DAY:
        while off := calendar.day_off(last):
            lines.append(f"{last} moved on: {off}")
            last += DAY
    return lines, last


def _from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += DAY


def _asked(counting: Counting, start: date, last: date) -> range:
    """The years whose days off could have changed the result."""
    if counting.unit is not Unit.WORKING_DAY and counting.last_day is LastDay.KEEP:
        return range(0)
    return range(start.year, last.year + 1)


def _text(instant: datetime) -> str:
    return instant.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
