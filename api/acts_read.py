"""How the acts of a case are read: in which phase of the election, as ethics or discipline, by which law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from api.states_at import StatesAt
from ledger.complaint.codes import Kind, Phase, RespondentClass
from ledger.complaint.phases import Judged, judged
from ledger.election.state import KnownElection
from ledger.rulebook.kinds import PlacedKind, crime_subject_on, kind_on
from ledger.rulebook.state import Rulebook
from ledger.values import Region, StreamId


class NoteOut(BaseModel):
    """A note on a figure of the law, in both languages."""

    id: str
    en: str


class CrimeReadOut(BaseModel):
    """The article under which the act may be a crime as well, and whether it reached the respondent's class then."""

    article: str
    subject: bool
    basis: str | None
    verified: bool


class KindReadOut(BaseModel):
    """How the law of the act's day reads one kind: ethics or discipline, with the classes of sanctions that follow.

    `reading` is absent while the phase is undetermined, and where the annex names no such act in that phase.
    """

    kind: str
    reading: str | None
    classes: list[str]
    basis: str
    verified: bool
    note: NoteOut | None
    crime: CrimeReadOut | None


@dataclass(frozen=True, slots=True)
class PhaseRead:
    """The phase that holds, by what, and what the election's recorded stages give: set, pairs or schedule."""

    phase: str | None
    by: str | None
    judged: str | None


@dataclass(frozen=True, slots=True)
class ActsRead:
    """Election and rulebook at a position, and the days of one case's act."""

    found: Judged
    election: KnownElection | None
    rulebook: Rulebook
    day: date | None
    """The last day of the act: the law of that day is the one that reads it."""

    @classmethod
    def of(cls, case: Mapping[str, Any], states: StatesAt, position: int) -> ActsRead:
        """For a row of the cases."""
        election = states.election(StreamId(case["election"]), position)
        began, ended = (_day(case[name]) for name in ("occurred_from", "occurred_until"))
        found = Judged() if election is None else judged(election, Region(case["region"]), began, ended)
        return cls(found, election, states.rulebook(position), ended)

    def phase(self, said: str | None) -> PhaseRead:
        """What was set of an allegation holds; otherwise what the election's recorded stages give."""
        by_stages = self.found.phase and self.found.phase.value
        if said is not None:
            return PhaseRead(said, "set", by_stages)
        by = None if by_stages is None else "pairs" if self.found.fixed else "schedule"
        return PhaseRead(by_stages, by, by_stages)

    def readings(self, kinds: Iterable[str], class_: str, phase: str | None) -> list[KindReadOut]:
        """Each kind of an allegation as the law of the act's day reads it; none where no law of that day names it."""
        placed = [] if self.day is None else [kind_on(self.rulebook, Kind(each), self.day) for each in kinds]
        return [self._read(each, RespondentClass(class_), phase) for each in placed if each is not None]

    def _read(self, placed: PlacedKind, class_: RespondentClass, phase: str | None) -> KindReadOut:
        reading, classes = (None, frozenset()) if phase is None else placed.read_in(Phase(phase))
        kind = placed.kind
        return KindReadOut(
            kind=kind.code.value,
            reading=reading and reading.value,
            classes=sorted(classes),
            basis=placed.basis,
            verified=placed.verified,
            note=NoteOut(id=kind.note_id, en=kind.note_en) if kind.note_id and kind.note_en else None,
            crime=None if kind.crime is None else self._crime(kind.crime, class_),
        )

    def _crime(self, article: str, class_: RespondentClass) -> CrimeReadOut | None:
        if self.election is None or self.day is None:
            return None
        found = crime_subject_on(self.rulebook, self.election.regime, class_, self.day)
        return CrimeReadOut(
            article=article,
            subject=found is not None,
            basis=None if found is None else found.basis,
            verified=found is not None and found.verified,
        )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
