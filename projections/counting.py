"""The questions to the figures: how many there were of each, as of a position and a day, in a population.

Of every case and allegation the last row by then counts, so nothing is counted twice; a sanction counts until its
annulment. All of it runs in the database, on both of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, distinct, exists, func, select

from projections.views import Reading

Counts = list[tuple[tuple[str | None, ...], int]]
"""How many of each key, by key."""


@dataclass(frozen=True, slots=True)
class Population:
    """Which cases and allegations are counted; what is left out does not matter. A region's include its regencies'."""

    position: int
    day: str | None = None
    election: str | None = None
    region: str | None = None
    class_: str | None = None


def cases(reading: Reading, population: Population, by: Sequence[str]) -> Counts:
    """Cases by some of their columns; of a class, those in which somebody of it is accused."""
    table = reading.tables["case_moments"]
    latest = [_latest(table, population, "complaint"), *_where(table, population)]
    if population.class_ is not None:
        accused = reading.tables["allegation_moments"]
        latest.append(
            exists().where(
                accused.c.complaint == table.c.complaint,
                accused.c["class"] == population.class_,
                _latest(accused, population, "complaint", "allegation"),
            )
        )
    return _grouped(reading, [table.c[name] for name in by], func.count(), latest)


def allegations(reading: Reading, population: Population, by: Sequence[str]) -> Counts:
    """Allegations by some of their columns."""
    table = reading.tables["allegation_moments"]
    return _grouped(reading, [table.c[name] for name in by], func.count(), _allegations(table, population))


def respondents(reading: Reading, population: Population, by: Sequence[str]) -> Counts:
    """Respondents by some columns of their allegations: one who is accused twice in a case counts once."""
    table = reading.tables["allegation_moments"]
    persons = func.count(distinct(table.c.complaint + ":" + table.c.respondent))
    return _grouped(reading, [table.c[name] for name in by], persons, _allegations(table, population))


def outcomes(reading: Reading, population: Population, by: Sequence[str]) -> Counts:
    """Outcomes by some of their columns: several of one allegation stand side by side."""
    table = reading.tables["outcome_moments"]
    return _grouped(reading, [table.c[name] for name in by], func.count(), _said(reading, table, population))


def sanctions(reading: Reading, population: Population, by: Sequence[str]) -> Counts:
    """Sanctions that stand, by some of their columns; one that was annulled on appeal stands no more."""
    table, annulments = reading.tables["sanction_moments"], reading.tables["annulments"]
    annulled = exists().where(
        annulments.c.complaint == table.c.complaint,
        annulments.c.allegation == table.c.allegation,
        annulments.c.position > table.c.position,
        _by_then(annulments, population),
    )
    conditions = [*_said(reading, table, population), ~annulled]
    return _grouped(reading, [table.c[name] for name in by], func.count(), conditions)


def _grouped(
    reading: Reading, columns: list[ColumnElement[Any]], counted: Any, conditions: list[ColumnElement[bool]]
) -> Counts:
    query = select(*columns, counted).where(*conditions).group_by(*columns)
    found = [(tuple(row[:-1]), int(row[-1])) for row in reading.connection.execute(query)]
    return sorted(found, key=lambda each: tuple(name or "" for name in each[0]))


def _allegations(table: Table, population: Population) -> list[ColumnElement[bool]]:
    """The last row of each allegation of the population."""
    conditions = [_latest(table, population, "complaint", "allegation"), *_where(table, population)]
    return conditions if population.class_ is None else [*conditions, table.c["class"] == population.class_]


def _said(reading: Reading, table: Table, population: Population) -> list[ColumnElement[bool]]:
    """What was said by then of an allegation of the population."""
    accused = reading.tables["allegation_moments"]
    of_population = exists().where(
        accused.c.complaint == table.c.complaint,
        accused.c.allegation == table.c.allegation,
        *_allegations(accused, population),
    )
    return [_by_then(table, population), of_population]


def _where(table: Table, population: Population) -> list[ColumnElement[bool]]:
    found = []
    if population.election is not None:
        found.append(table.c.election == population.election)
    if population.region is not None:
        found.append(
            (table.c.region == population.region) | table.c.region.startswith(f"{population.region}.", autoescape=True)
        )
    return found


def _by_then(table: Any, population: Population) -> ColumnElement[bool]:
    """Recorded up to the position, and, where a day is named, counting on it or before it."""
    recorded: ColumnElement[bool] = table.c.position <= population.position
    return recorded if population.day is None else and_(recorded, table.c.day <= population.day)


def _latest(table: Table, population: Population, *key: str) -> ColumnElement[bool]:
    """Whether a row is the last of its key by then."""
    other = table.alias()
    same = [other.c[name] == table.c[name] for name in key]
    last = select(func.max(other.c.position)).where(*same, _by_then(other, population)).scalar_subquery()
    return table.c.position == last
