"""Whether anyone with a conflict of interest acted in a complaint: told from its entries alone, and pure.

An act counts where it touches a respondent towards whom whoever recorded it, voted, or whose office acted, has a
conflict; declaring a conflict is no such act. An act made before the conflict was on record is told as such. Nobody
could know of a conflict towards somebody who was not named yet: such acts are told and stain nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ledger.complaint.conflicts import PASSES_ON, respondents_of
from ledger.complaint.facts import ConflictRecorded, PlenaryHeld, RespondentNamed
from ledger.complaint.file import File
from ledger.complaint.scope import touches
from ledger.complaint.state import Complaint, Nothing, evolve
from ledger.values import Act, By, Handle, StreamId, day_of


class When(StrEnum):
    """When an act was made: after its conflict was on record, before, or before the respondent was named."""

    AFTER = "after"
    BEFORE = "before"
    BEFORE_NAMED = "before_named"


class As(StrEnum):
    """As what somebody acted."""

    RECORDER = "recorder"
    VOTER = "voter"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of the complaint, as a replay needs it."""

    version: int
    position: int
    act: Act
    by: By
    fact: Any


@dataclass(frozen=True, slots=True)
class InConflict:
    """Who may not act on whom, from which position of the trail on: a member of staff, or an office."""

    who: Handle | StreamId
    respondent: Handle
    position: int
    version: int | None = None
    """Of the complaint's own ConflictRecorded; absent where only the register of officials says so."""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Tainted:
    """An act by somebody who has a conflict of interest towards a respondent that it touches."""

    conflict: InConflict
    acted: As
    when: When
    version: int
    position: int
    topic: str


@dataclass(frozen=True, slots=True)
class Cleanness:
    """What a replay says: the conflicts, and the acts that they touch."""

    version: int
    conflicts: tuple[InConflict, ...]
    acts: tuple[Tainted, ...]

    @property
    def clean(self) -> bool:
        """Whether nobody acted on a named respondent towards whom they have a conflict of interest."""
        return all(each.when is When.BEFORE_NAMED for each in self.acts)


def cleanness(history: Sequence[Happened], register: Iterable[InConflict] = ()) -> Cleanness:
    """Replay a complaint; `register` is what the register of officials says, in the complaint's handles."""
    conflicts = tuple(_conflicts(history, register))
    named = {each.fact.respondent: each.version for each in history if isinstance(each.fact, RespondentNamed)}
    acts: list[Tainted] = []
    complaint: Complaint = Nothing()
    for happened in history:
        complaint = evolve(complaint, happened.fact, happened.act)
        if isinstance(complaint, Nothing) or isinstance(happened.fact, ConflictRecorded):
            continue
        for conflict in conflicts:
            acted = _acted(happened, conflict, complaint)
            if acted is not None:
                when = _when(happened, conflict, named)
                topic = type(happened.fact).TOPIC
                acts.append(Tainted(conflict, acted, when, happened.version, happened.position, topic))
    return Cleanness(len(history), conflicts, tuple(acts))


def _conflicts(history: Iterable[Happened], register: Iterable[InConflict]) -> Iterator[InConflict]:
    """Each pair once, since it was first on record anywhere; what the complaint copied does not end."""
    own: dict[tuple[Handle | StreamId, Handle], InConflict] = {
        (each.fact.actor, each.fact.respondent): InConflict(
            each.fact.actor, each.fact.respondent, each.position, each.version
        )
        for each in history
        if isinstance(each.fact, ConflictRecorded)
    }
    told = dict(own)
    for relation in register:
        key = (relation.who, relation.respondent)
        before = told.get(key)
        if before is None:
            told[key] = relation
        elif relation.position < before.position:
            told[key] = InConflict(*key, relation.position, before.version, before.until)
    yield from sorted(told.values(), key=lambda each: (each.respondent, each.who))


def _acted(happened: Happened, conflict: InConflict, complaint: Complaint) -> As | None:
    """As what the one in conflict acted in an entry, if they did and it touches the respondent."""
    if conflict.until is not None and day_of(happened.act) >= conflict.until:
        return None
    acted: As | None = None
    if happened.by.actor == conflict.who:
        acted = As.RECORDER
    elif isinstance(happened.fact, PlenaryHeld) and conflict.who in _voters(happened.fact):
        acted = As.VOTER
    elif happened.act.office == conflict.who and type(happened.fact) not in PASSES_ON:
        acted = As.OFFICE
    return acted if acted is not None and _touches(happened.fact, conflict.respondent, complaint) else None


def _voters(held: PlenaryHeld) -> frozenset[str]:
    return frozenset(each.handle for each in held.present) - held.recused


def _touches(fact: Any, respondent: Handle, complaint: Complaint) -> bool:
    """Whether a fact is about a respondent: by its allegations or by name; otherwise it is about all."""
    if isinstance(complaint, Nothing):
        return False
    file: File = complaint.file
    touched = touches(fact, complaint)
    if touched is not None and not touched:  # a notice, evidence: of the whole case, unless it names allegations
        touched = getattr(fact, "allegations", None) or None
    return touched is None or respondent in respondents_of(file, touched)


def _when(happened: Happened, conflict: InConflict, named: dict[Handle, int]) -> When:
    if happened.version < named.get(conflict.respondent, 0):
        return When.BEFORE_NAMED
    return When.AFTER if happened.position > conflict.position else When.BEFORE
