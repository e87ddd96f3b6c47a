"""The days off of one year as data: what the joint decree of three ministers and the polling decrees say of it.

Its files stand in `calendars/`, one per year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ledger.rulebook.deadlines import Calendar
from ledger.values import Name, Number


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day off and what it is called, in the law's own language."""

    on: date
    name: Name


@dataclass(frozen=True, slots=True)
class YearOfDays:
    """National holidays, collective leave and nationwide polling days of one year, each in the order of their dates."""

    year: Number
    source: Name
    verified: bool
    national_holidays: tuple[NamedDay, ...] = ()
    collective_leave: tuple[NamedDay, ...] = ()
    polling_days: tuple[NamedDay, ...] = ()
    note_id: Name | None = None
    note_en: Name | None = None


def calendar_of(years: Iterable[YearOfDays]) -> Calendar:
    """Several years as one calendar."""
    known = tuple(years)
    return Calendar(
        national_holidays={day.on: day.name for year in known for day in year.national_holidays},
        collective_leave={day.on: day.name for year in known for day in year.collective_leave},
        polling_days={day.on: day.name for year in known for day in year.polling_days},
        years=frozenset(int(year.year) for year in known),
        verified=frozenset(int(year.year) for year in known if year.verified),
    )
