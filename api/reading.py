"""Questions to the read side. Every answer says the position that it is true at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, Table, exists, select

from api.acts_read import ActsRead, KindReadOut, PhaseRead
from api.states_at import StatesAt
from api.telling import told
from ledger.errors import Missing
from ledger.speech import Said
from projections.views import Reading, Views


class AllegationOut(BaseModel):
    """Where one allegation stands, and who must act on it."""

    allegation: int
    respondent: str
    class_: str = Field(serialization_alias="class")
    category: str
    kinds: list[str]
    standing: str
    holder: str
    track: str | None
    referral: int | None
    since: str
    phase: str | None
    phase_by: str | None
    phase_judged: str | None
    readings: list[KindReadOut]
    steps: list[str]
    outcomes: list[OutcomeOut]


class OutcomeOut(BaseModel):
    """What an office said of an allegation; several stand side by side."""

    outcome: str
    level: str
    office: str
    on: str


class ReferralOut(BaseModel):
    """One offer of one allegation to another office, and what became of it."""

    referral: int
    allegation: int
    sender: str
    to: str
    track: str
    binding: bool
    study_attached: bool
    irregular: list[str]
    standing: str
    return_reason: str | None
    handover: str | None
    given_by: str
    """The office that passed the file on: the sender, or the one where an unanswered referral lay."""


class AsOfOut(BaseModel):
    """What an answer knows: every entry up to a position, and of those, where a day is named, the acts dated by it."""

    day: str | None
    position: int


class CaseOut(BaseModel):
    """What we believe of one complaint, as of a position and, where one was asked for, of a day."""

    as_of: AsOfOut
    complaint: str
    version: int
    stage: str
    owner: str
    election: str
    region: str
    occurred_from: str | None
    occurred_until: str | None
    known_on: str | None
    ended: bool
    since: str
    delegated_to: str | None
    joined_into: str | None
    allegations: list[AllegationOut]
    referrals: list[ReferralOut]


class CasesOut(BaseModel):
    """A page of cases in the order of their identifiers; `after` names where the next page begins."""

    as_of: AsOfOut
    cases: list[CaseOut]
    after: str | None


class ToldOut(BaseModel):
    """One sentence in both languages."""

    id: str
    en: str


class HappenedOut(BaseModel):
    """One line of a timeline: who acted when, when it was recorded, and the fact's open members, also as a sentence."""

    version: int
    position: int
    topic: str
    acted: str
    office: str
    source: str
    recorded_at: str
    recorded_by: str
    days_later: int
    allegations: list[int]
    referral: int | None
    irregular: list[str]
    told: ToldOut
    fact: dict[str, Any]


class TimelineOut(BaseModel):
    """What happened to one complaint, in the order of recording."""

    complaint: str
    timeline: list[HappenedOut]


@dataclass(frozen=True, slots=True)
class At:
    """An answer, and the position of the last entry that it knows (-1: none yet)."""

    position: int
    answer: Any


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases are asked for; what is left out does not matter. Those of a region include its regencies."""

    owner: str | None = None
    region: str | None = None
    stage: str | None = None
    election: str | None = None
    class_: str | None = None
    category: str | None = None
    holder: str | None = None
    track: str | None = None
    among: tuple[str, ...] | None = None


class Reader:
    """Reads one database of views; with the states of elections and rulebook it also says how an act is read."""

    def __init__(self, views: Views, states: StatesAt | None = None) -> None:
        self._views = views
        self._states = states

    def case(self, complaint: str) -> At:
        """One case; Missing when no such complaint was filed, or it has not been projected yet."""
        with self._views.read("cases") as reading:
            cases = reading.tables["cases"]
            row = reading.connection.execute(select(cases).where(cases.c.complaint == complaint)).mappings().first()
            if row is None:
                raise unknown_case(complaint, reading.next_position - 1)
            return At(reading.next_position - 1, self._case(reading, row))

    def cases(self, wanted: Wanted, after: str | None, limit: int) -> At:
        """A page of the cases that fit every filter."""
        with self._views.read("cases") as reading:
            cases = reading.tables["cases"]
            query = select(cases).where(cases.c.complaint > (after or ""), *_filters(wanted, reading.tables))
            query = query.order_by(cases.c.complaint).limit(limit + 1)
            rows = reading.connection.execute(query).mappings().all()
            page = [self._case(reading, row) for row in rows[:limit]]
            after = page[-1].complaint if len(rows) > limit else None
            as_of = AsOfOut(day=None, position=reading.next_position - 1)
            return At(as_of.position, CasesOut(as_of=as_of, cases=page, after=after))

    def _case(self, reading: Reading, row: Mapping[Any, Any]) -> CaseOut:
        def rows(name: str, key: str) -> list[dict[str, Any]]:
            table = reading.tables[name]
            query = select(table).where(table.c.complaint == row["complaint"]).order_by(table.c[key])
            return [_members(each) for each in reading.connection.execute(query).mappings()]

        return case_out(
            AsOfOut(day=None, position=reading.next_position - 1),
            _members(row),
            rows("allegations", "allegation"),
            rows("outcomes", "number"),
            rows("referrals", "referral"),
            self._states,
        )

    def timeline(self, complaint: str) -> At:
        """What happened to one complaint; Missing as for `case`."""
        with self._views.read("timeline") as reading:
            timeline = reading.tables["timeline"]
            query = select(timeline).where(timeline.c.complaint == complaint).order_by(timeline.c.version)
            rows = reading.connection.execute(query).mappings().all()
            if not rows:
                raise unknown_case(complaint, reading.next_position - 1)
            return At(
                reading.next_position - 1, TimelineOut(complaint=complaint, timeline=[_happened(row) for row in rows])
            )


def require_case(views: Views, complaint: str) -> None:
    """Missing when no such complaint was filed, or it has not been projected yet."""
    with views.read("cases") as reading:
        cases = reading.tables["cases"]
        if reading.connection.execute(select(cases.c.complaint).where(cases.c.complaint == complaint)).first() is None:
            raise unknown_case(complaint, reading.next_position - 1)


def unknown_case(complaint: str, position: int) -> Missing:
    """That there is no such case, as far as has been projected."""
    return Missing(
        Said(
            f"no case {complaint} is known at position {position}",
            f"tidak ada perkara {complaint} yang dikenal pada posisi {position}",
        )
    )


def _filters(wanted: Wanted, tables: Mapping[str, Table]) -> list[ColumnElement[bool]]:
    cases, allegations = tables["cases"], tables["allegations"]
    found = [
        cases.c[name] == value
        for name, value in (("owner", wanted.owner), ("stage", wanted.stage), ("election", wanted.election))
        if value is not None
    ]
    if wanted.region is not None:
        found.append((cases.c.region == wanted.region) | cases.c.region.startswith(f"{wanted.region}."))
    if wanted.among is not None:
        found.append(cases.c.complaint.in_(wanted.among))
    of_allegation = [
        allegations.c[name] == value
        for name, value in (
            ("class", wanted.class_),
            ("category", wanted.category),
            ("holder", wanted.holder),
            ("track", wanted.track),
        )
        if value is not None
    ]
    if of_allegation:
        one = exists().where(allegations.c.complaint == cases.c.complaint, *of_allegation)
        found.append(one)
    return found


def case_out(
    as_of: AsOfOut,
    case: dict[str, Any],
    allegations: list[dict[str, Any]],
    outcomes: list[dict[str, Any]],
    referrals: list[dict[str, Any]],
    states: StatesAt | None,
) -> CaseOut:
    """A case as it is told, from the rows of the projection."""
    acts = None if states is None else ActsRead.of(case, states, as_of.position)
    return CaseOut(
        **case,
        as_of=as_of,
        allegations=[
            _allegation(each, [said for said in outcomes if said["allegation"] == each["allegation"]], acts)
            for each in allegations
        ],
        referrals=[ReferralOut(irregular=each.pop("irregular").split(), **each) for each in referrals],
    )


def _allegation(row: dict[str, Any], outcomes: list[dict[str, Any]], acts: ActsRead | None) -> AllegationOut:
    kinds = row.pop("kinds").split()
    read = PhaseRead(row["phase"], "set" if row["phase"] else None, None) if acts is None else acts.phase(row["phase"])
    return AllegationOut(
        class_=row["class"],
        kinds=kinds,
        phase=read.phase,
        phase_by=read.by,
        phase_judged=read.judged,
        readings=[] if acts is None else acts.readings(kinds, row["class"], read.phase),
        steps=row["steps"].split(),
        outcomes=[OutcomeOut(**said) for said in outcomes],
        **{name: held for name, held in row.items() if name not in ("class", "phase", "steps")},
    )


def _happened(row: Mapping[Any, Any]) -> HappenedOut:
    members = _members(row)
    members["allegations"] = [int(number) for number in members["allegations"].split()]
    members["irregular"] = members["irregular"].split()
    members["fact"] = orjson.loads(members["fact"])
    said = told(members["topic"], members["fact"])
    return HappenedOut(**members, told=ToldOut(id=said.id, en=said.en))


def _members(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(column): held for column, held in row.items()}
