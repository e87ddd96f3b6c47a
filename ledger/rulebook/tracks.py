"""What the rulebook in force says of tracks: competent bodies, their succession, and lawful sanctions.

A rulebook that was never adopted says nothing, and then nothing here is refused or marked by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from ledger.complaint.codes import RespondentClass, Track
from ledger.complaint.track.codes import SanctionClass, SanctionKind
from ledger.election.facts import Regime
from ledger.office.facts import OfficeKind
from ledger.rulebook.law import Regulation, Succession
from ledger.rulebook.state import Rulebook
from ledger.values import Code


def bodies(
    rulebook: Rulebook, track: Track, class_: RespondentClass, regime: Regime, day: date
) -> frozenset[OfficeKind]:
    """The bodies that take a class on a track on a day; none where the rulebook does not say."""
    found: set[OfficeKind] = set()
    for regulation in _in_force(rulebook):
        for each in regulation.competences:
            if each.track is track and class_ in each.classes and each.regime.holds_in(regime):
                found |= each.bodies if _holds(each, regulation, day) else set()
    return frozenset(found)


def tracks_of(rulebook: Rulebook, class_: RespondentClass) -> frozenset[Track]:
    """The tracks on which the rulebook knows a class at all."""
    return frozenset(
        each.track for regulation in _in_force(rulebook) for each in regulation.competences if class_ in each.classes
    )


def succession(rulebook: Rulebook, track: Track, kind: OfficeKind, day: date) -> tuple[Succession, Regulation] | None:
    """The succession that a kind of body still waits for on a day: before it, its predecessor is competent."""
    return next(
        (
            (each, regulation)
            for regulation in _in_force(rulebook)
            for each in regulation.successions
            if each.track is track and each.successor is kind and day < each.on
        ),
        None,
    )


def lawless(
    rulebook: Rulebook, class_: SanctionClass, kind: SanctionKind, months: int | None, basis: Code, day: date
) -> frozenset[Code]:
    """The regulation on which a civil servant's sanction rests, where it knows no such sanction on that day."""
    code = kind if months is None else f"{kind}_{months}"
    known = any(
        each.track is Track.ASN and each.code == code and each.class_ is class_ and _holds(each, regulation, day)
        for regulation in _in_force(rulebook)
        if regulation.code == basis
        for each in regulation.sanctions
    )
    return frozenset() if known or rulebook.digest is None else frozenset({basis})


def _in_force(rulebook: Rulebook) -> Iterator[Regulation]:
    held = (rulebook.regulations[each] for each in rulebook.in_force if each in rulebook.regulations)
    yield from sorted(held, key=lambda each: each.code)


def _holds(held: Any, regulation: Regulation, day: date) -> bool:
    """Whether something of a regulation is the law on a day; since the regulation, unless it says since when."""
    from_ = held.from_ or regulation.from_
    return bool(from_ <= day and (held.until is None or day < held.until))
