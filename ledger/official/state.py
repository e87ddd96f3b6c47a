"""An official as their facts tell it: a class since a date, their relations, and who was erased here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from ledger.complaint.codes import ConflictSource, RespondentClass
from ledger.official.facts import (
    OfficialClassChanged,
    OfficialErased,
    OfficialFact,
    OfficialRecorded,
    RelationKind,
    RelationRecorded,
)
from ledger.values import Act, Handle, StreamId, Subject


@dataclass(frozen=True, slots=True)
class NoOfficial:
    """Nothing has been recorded of such an official."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What an official is to the other side, who said so, and until when."""

    other: Handle
    kind: RelationKind
    source: ConflictSource
    office: StreamId
    """The office whose act it was to declare or establish it."""
    until: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether it still stands on a day."""
        return self.until is None or day < self.until


@dataclass(frozen=True, slots=True)
class KnownOfficial:
    """An official of the register."""

    class_: RespondentClass
    since: date
    erased: frozenset[Subject] = frozenset()
    """Whose keys in this stream were destroyed: the official's, or those of the staff who recorded."""
    relations: Mapping[tuple[Handle, RelationKind], Relation] = field(default_factory=dict)


Official = NoOfficial | KnownOfficial


def evolve(official: Official, fact: OfficialFact, act: Act) -> Official:
    """The official after one more fact."""
    match fact:
        case OfficialRecorded():
            return KnownOfficial(fact.class_, fact.since)
        case OfficialClassChanged():
            return replace(_known(official), class_=fact.class_, since=fact.since)
        case RelationRecorded():
            known, key = _known(official), (fact.other.handle, fact.kind)
            relation = Relation(fact.other.handle, fact.kind, fact.source, act.office, fact.until)
            return replace(known, relations={**known.relations, key: relation})
        case OfficialErased():
            known = _known(official)
            return replace(known, erased=known.erased | {fact.of})
        case _:
            assert_never(fact)


def _known(official: Official) -> KnownOfficial:
    if isinstance(official, NoOfficial):
        raise TypeError("a fact of an official who was never recorded")
    return official
