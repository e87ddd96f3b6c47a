"""Cases as they stood at another time: as of a position of the trail, and of a day by the acts' own dates.

As of a position: what the ledger knew when that entry was its last. As of a day: the acts dated on or before it, of
what was recorded up to the position; an act that builds on a later-dated one counts on that one's day. Registers and
law are those recorded up to the position. `2020-11-05@1234` names both, and gives the same answer for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from api.reading import AsOfOut, At, CaseOut, CasesOut, Reader, Wanted, case_out
from api.wiring import House
from ledger.codec import Recorded
from ledger.complaint.asof import counting_days
from ledger.complaint.state import Complaint
from ledger.errors import Invalid, Missing
from ledger.registrar import evolved
from ledger.speech import Said
from ledger.values import StreamId
from projections.cases import Cases, complaints

AS_OF: Final = r"^((0|[1-9][0-9]{0,15})|[0-9]{4}-[0-9]{2}-[0-9]{2}(@(0|[1-9][0-9]{0,15}))?)$"
LOOKED_AT: Final = 1_000
"""How many cases a page of the past looks at, at most; it may then hold fewer than were asked for, and lead on."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """A time to ask for: every entry up to a position, and of those the acts dated by a day, if one is named."""

    position: int
    day: date | None = None

    @property
    def out(self) -> AsOfOut:
        """As an answer states it."""
        return AsOfOut(day=None if self.day is None else self.day.isoformat(), position=self.position)


def as_of(text: str, last: int) -> AsOf:
    """The time that a text names, where `last` is the last position known.

    Errors: Invalid for a day that no calendar has, Missing for a position that is not there.
    """
    if not re.fullmatch(AS_OF, text, re.ASCII):
        raise Invalid("as_of", Said("a position or a day is expected", "seharusnya posisi atau tanggal"))
    named, _, after = text.partition("@")
    day, position = (named, after) if "-" in named else ("", named)
    asked = int(position) if position else last
    if asked > last:
        raise Missing(Said(f"nothing is known at position {asked} yet", f"belum ada yang diketahui di posisi {asked}"))
    return AsOf(asked, _day(day) if day else None)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid("as_of", Said("no calendar has this day", "tanggal itu tidak ada")) from error


class Past:
    """Reads cases as of another time, by replaying their facts."""

    def __init__(self, house: House, when: AsOf) -> None:
        self._house = house
        self._when = when

    def case(self, complaint: str) -> At:
        """One case as it stood; Missing where it had not begun."""
        found = self._case(complaint)
        if found is None:
            when = self._when
            en, id_ = ("", "") if when.day is None else (f" by {when.day}", f" per {when.day}")
            raise Missing(
                Said(
                    f"no case {complaint} is known at position {when.position}{en}",
                    f"tidak ada perkara {complaint} di posisi {when.position}{id_}",
                )
            )
        return At(self._when.position, found)

    def cases(self, wanted: Wanted, after: str | None, limit: int) -> At:
        """A page of the cases that stood so that they fit every filter."""
        page: list[CaseOut] = []
        looked_at, last = 0, None
        for complaint in self._known(after):
            if len(page) == limit or looked_at == LOOKED_AT:
                return At(self._when.position, CasesOut(as_of=self._when.out, cases=page, after=last))
            found = self._case(complaint)
            if found is not None and fits(found, wanted):
                page.append(found)
            looked_at, last = looked_at + 1, complaint
        return At(self._when.position, CasesOut(as_of=self._when.out, cases=page, after=None))

    def _known(self, after: str | None) -> Iterable[str]:
        """Every case that is known now, in the order of their identifiers: none that had begun is missing."""
        return complaints(self._house.views, after or "")

    def _case(self, complaint: str) -> CaseOut | None:
        history = self._house.store.history(StreamId(complaint))
        known = [recorded for recorded in history if recorded.position <= self._when.position]
        happened = known if self._when.day is None else happened_by(self._when.day, known)
        if not happened:
            return None
        rows: dict[str, list[dict[str, Any]]] = {table.name: [] for table in Cases.tables}
        for put in Cases().apply(happened[-1].position, happened[-1], _Replayed(happened)):
            rows[put.table].append(dict(put.row))
        (case,) = rows["cases"]
        return case_out(
            self._when.out, case, rows["allegations"], rows["outcomes"], rows["referrals"], self._house.states
        )


@dataclass(frozen=True, slots=True)
class _Replayed:
    """The state after some facts, for a projection that asks for it."""

    happened: Sequence[Recorded]

    def after(self, recorded: Recorded) -> Any:
        del recorded
        return evolved("complaint", self.happened)


def happened_by(day: date, history: Sequence[Recorded]) -> list[Recorded]:
    """The facts of a complaint's history that count on a day or before it, in the order of recording."""
    complaint: Complaint = evolved("complaint", history)
    counted = zip(history, counting_days(complaint), strict=True)
    return [recorded for recorded, counts in counted if counts <= day]


def fits(case: CaseOut, wanted: Wanted) -> bool:
    """Whether a case fits every filter, as the filters of the present do."""
    asked = ((wanted.owner, case.owner), (wanted.stage, case.stage), (wanted.election, case.election))
    if any(value is not None and value != held for value, held in asked):
        return False
    if wanted.region is not None and case.region != wanted.region and not case.region.startswith(f"{wanted.region}."):
        return False
    if wanted.among is not None and case.complaint not in wanted.among:
        return False
    of_allegation = (wanted.class_, wanted.category, wanted.holder, wanted.track)
    return of_allegation == (None,) * 4 or any(
        all(
            value is None or value == held
            for value, held in zip(of_allegation, (each.class_, each.category, each.holder, each.track), strict=True)
        )
        for each in case.allegations
    )


def reader_as_of(house: House, text: str | None) -> Reader | Past:
    """Who reads cases: of the present, unless another time is asked for."""
    return Reader(house.views, house.states) if text is None else Past(house, as_of(text, house.store.size() - 1))
