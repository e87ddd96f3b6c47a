"""What goes into the store and what comes out: one row class for reading, and the parts of one append."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from eventsourcing.persistence import Notification, StoredEvent

from ledger.codec import Entry


@dataclass(frozen=True)
class Row(Notification):
    """One recorded event. The library's notification id is the position + 1."""

    at: str

    @property
    def position(self) -> int:
        return self.id - 1

    @property
    def entry(self) -> Entry:
        """The row as the codec frames it."""
        return Entry(
            self.position, str(self.originator_id), self.originator_version, self.topic, self.at, bytes(self.state)
        )


@dataclass(frozen=True, slots=True)
class NewEvent:
    """One fact to append: everything but its position and instant, which the writer's lock assigns."""

    stream: str
    version: int
    topic: str
    body: bytes


def new_event(stored: StoredEvent) -> NewEvent:
    """What the library hands over, with its stream's name as text."""
    stream = stored.originator_id
    name = stream.hex if isinstance(stream, UUID) else stream
    return NewEvent(name, stored.originator_version, stored.topic, stored.state)


@dataclass(frozen=True, slots=True)
class Guard:
    """A stream that the decision read, and the version that it read."""

    stream: str
    version: int


@dataclass(frozen=True, slots=True)
class VaultRow:
    """A sealed value, encrypted under its subject's key; the commitment is what stands in the trail."""

    commitment: str
    stream: str
    of: str
    box: bytes


@dataclass(frozen=True, slots=True)
class Ticket:
    """An idempotency key as the store keeps it: keyed digests, because a client's key may hold anything."""

    scope: bytes
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class Append:
    """All that one command records, all of it or nothing.

    `decided_at` is the instant for which the command was decided; `steps_back` lets the recorded instant lie before the
    last one: a corrected clock; `below` is a position that none of the events may reach.
    """

    events: tuple[NewEvent, ...]
    guards: tuple[Guard, ...] = ()
    vault: tuple[VaultRow, ...] = ()
    ticket: Ticket | None = None
    decided_at: datetime | None = None
    steps_back: bool = False
    below: int | None = None


class Appended(list[int]):
    """The notification ids of an append, with its rows; `replayed` when an earlier append answered instead."""

    def __init__(self, rows: list[Row], *, replayed: bool = False) -> None:
        super().__init__([row.id for row in rows])
        self.rows = rows
        self.replayed = replayed

    @property
    def at(self) -> str:
        """The instant of the append; empty when nothing was appended."""
        return self.rows[0].at if self.rows else ""


def outcome_of(answer: Appended | Exception) -> Appended:
    """What was appended, or the error that stands in its place, raised."""
    if isinstance(answer, Exception):
        raise answer
    return answer
