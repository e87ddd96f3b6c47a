"""How the law reads a kind of act on a day: the annex's edition, the reading of a phase, and who can commit the crime.

The day is that of the act: what was adopted or decided later does not change how an earlier act is read, and the law
that punished nobody then punishes nobody for it now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.complaint.codes import Kind, Phase, RespondentClass, Track
from ledger.complaint.track.codes import SanctionClass
from ledger.election.facts import Regime
from ledger.rulebook.law import Competence, Reading, Regulation, ViolationKind
from ledger.rulebook.state import Rulebook


@dataclass(frozen=True, slots=True)
class PlacedKind:
    """A kind of act with the regulation that names it."""

    kind: ViolationKind
    regulation: Regulation

    @property
    def basis(self) -> str:
        """The legal basis as it is cited."""
        return f"{self.regulation.name}, {self.kind.article}"

    @property
    def verified(self) -> bool:
        """Whether both the row and the regulation's dates were read in their source."""
        return self.kind.verified and self.regulation.verified

    def read_in(self, phase: Phase) -> tuple[Reading | None, frozenset[SanctionClass]]:
        """As what the annex reads the act in a phase, and the classes of sanctions; None where it names no such act."""
        if phase is Phase.BEFORE_PAIRS:
            return self.kind.before, self.kind.before_classes
        return self.kind.after, self.kind.after_classes


@dataclass(frozen=True, slots=True)
class PlacedCompetence:
    """A competence with the regulation that gives it."""

    competence: Competence
    regulation: Regulation

    @property
    def basis(self) -> str:
        """The legal basis as it is cited."""
        return f"{self.regulation.name}, {self.competence.article}"

    @property
    def verified(self) -> bool:
        """Whether both the row and the regulation's dates were read in their source."""
        return self.competence.verified and self.regulation.verified


def kind_on(rulebook: Rulebook, code: Kind, day: date) -> PlacedKind | None:
    """The edition of a kind that is the law on a day; None before there was one."""
    found = (
        PlacedKind(kind, regulation)
        for regulation in _in_force(rulebook)
        for kind in regulation.kinds
        if kind.code is code and regulation.from_ <= day
    )
    return max(found, key=lambda placed: placed.regulation.from_, default=None)


def crime_subject_on(rulebook: Rulebook, regime: Regime, class_: RespondentClass, day: date) -> PlacedCompetence | None:
    """The competence under which somebody of a class could commit the election crime on a day; None if nobody could.

    MK 136/PUU-XXII/2024 added members of TNI and Polri to art. 188 from 14 November 2024 on.
    """
    found = (
        PlacedCompetence(competence, regulation)
        for regulation in _in_force(rulebook)
        for competence in regulation.competences
        if competence.track is Track.CRIME
        and competence.regime.holds_in(regime)
        and class_ in competence.classes
        and (competence.from_ or regulation.from_) <= day
        and (competence.until is None or day < competence.until)
    )
    return min(found, key=lambda placed: placed.regulation.from_, default=None)


def _in_force(rulebook: Rulebook) -> list[Regulation]:
    """The regulations of the list in force, in the order of their codes."""
    held = (rulebook.regulations[each] for each in rulebook.in_force if each in rulebook.regulations)
    return sorted(held, key=lambda regulation: regulation.code)
