"""The store as the rest of the house sees it: append, history, read_from. Nothing above it knows the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from eventsourcing.persistence import (
    ConnectionPoolClosedError,
    EventStore,
    IntegrityError,
    JSONTranscoder,
    Mapper,
    PersistenceError,
    StoredEvent,
)

from ledger.codec import Entry, Recorded, decode, frame
from ledger.errors import Broken
from ledger.store.group import GroupCommit
from ledger.store.recorder import LedgerRecorder
from ledger.store.rows import Append, Appended, Guard, NewEvent, Row, Ticket, VaultRow
from ledger.store.storable import require_storable
from ledger.values import MAX_INTEGER, StreamId

BATCH = 1_000


class EntryMapper(Mapper[str]):
    """Stored rows -> recorded facts, by the codec; the library's own transcoding has no part in our bytes."""

    def __init__(self) -> None:
        super().__init__(JSONTranscoder())

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        return decode(cast("Row", stored_event).entry)


class _Named:
    """Whatever the database or its library raises in a block, by a name of ours."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            return
        if isinstance(error, IntegrityError):
            raise Broken(f"the database refused an append that passed its guards: {error}") from error
        if isinstance(error, PersistenceError):
            raise Broken(f"the database failed: {error}") from error
        if isinstance(error, ConnectionPoolClosedError):
            raise Broken("the store is closed") from error


NAMED = _Named()


class Store:
    """One ledger's events, sealed values and tickets."""

    def __init__(self, recorder: LedgerRecorder) -> None:
        self.recorder = recorder
        self._events = EventStore(EntryMapper(), recorder)
        self._writer = GroupCommit(recorder.insert_group)

    def append(
        self,
        events: Sequence[NewEvent],
        *,
        guards: Iterable[Guard],
        vault: Sequence[VaultRow] = (),
        ticket: Ticket | None = None,
        decided_at: datetime | None = None,
        steps_back: bool = False,
        below: int | None = None,
    ) -> Appended:
        """Record the events of one command; every written stream is guarded at its first new version - 1.

        Commands that come at the same time share one transaction; each is recorded or refused by itself, and durable
        when this returns. `steps_back` lets the instant lie before the last one: a corrected clock. `below` is a
        position that none of the events may reach. Errors: Conflict when a guard moved or others came before `below`
        (decide again), KeyReused, ClockBehind; Busy when too many others record, and nothing of this was recorded;
        Broken for anything the database refuses, which nothing here expects.
        """
        if not events:
            raise ValueError("a command records at least one fact")
        watched = {guard.stream: guard for guard in guards}
        ends: dict[str, int] = {}
        for event in events:
            before = event.version - 1
            if event.stream not in ends:
                watched[event.stream] = Guard(event.stream, before)
            elif ends[event.stream] != before:
                raise ValueError(f"version {event.version} of {event.stream} does not follow {ends[event.stream]}")
            ends[event.stream] = event.version
        one = Append(
            events=tuple(events),
            guards=tuple(watched.values()),
            vault=tuple(vault),
            ticket=ticket,
            decided_at=decided_at,
            steps_back=steps_back,
            below=below,
        )
        require_storable(one)
        with NAMED:
            return self._writer.append(one)

    def put_back(self, entries: Sequence[Entry]) -> None:
        """Insert entries that were recorded once and lost, all or nothing; Broken where they do not follow.

        Nothing is recorded by this: whoever calls has shown that a sealed checkpoint is over exactly these bytes.
        """
        with NAMED:
            self.recorder.put_back(entries)

    def earlier(self, ticket: Ticket) -> Appended | None:
        """What an earlier append with the same ticket recorded."""
        with NAMED:
            return self.recorder.earlier(ticket)

    def history(self, stream: StreamId, *, after: int = 0, upto: int | None = None) -> list[Recorded]:
        """The facts of one stream, by version; empty when there is no such stream."""
        with NAMED:
            return cast("list[Recorded]", list(self._events.get(stream, gt=after, lte=upto)))

    def read_from(self, position: int, limit: int = BATCH) -> list[Recorded]:
        """The facts of the trail from a position on, at most `limit`."""
        return [decode(row.entry) for row in self._rows(position + 1, limit)]

    def rows_from(self, position: int, limit: int) -> list[Entry]:
        """Stored rows from a position on, undecoded, at most `limit`."""
        with NAMED:
            rows = self.recorder.select_notifications(position + 1, limit)
        return [cast("Row", row).entry for row in rows]

    def entry(self, position: int) -> Entry | None:
        """One stored row, undecoded, or None beyond the end."""
        rows = self._rows(position + 1, 1, stop=position + 1)
        return rows[0].entry if rows else None

    def entries(self, first: int, last: int) -> Iterator[bytes]:
        """The framed bytes of the positions first .. last - 1, read from the database in batches."""
        while first < last:
            rows = self._rows(first + 1, min(BATCH, last - first), stop=last)
            if not rows:
                return
            for row in rows:
                yield frame(row.entry)
            first += len(rows)

    def size(self) -> int:
        """How many entries are recorded."""
        with NAMED:
            return self.recorder.max_notification_id() or 0

    def last_at(self) -> datetime | None:
        """The instant of the last entry, before which nothing is recorded any more; None while there is none."""
        with NAMED:
            return self.recorder.last_at()

    def of_topics(self, topics: Sequence[str], first: int = 0) -> list[Recorded]:
        """Every fact of some topics from a position on, in the order of the trail."""
        with NAMED:
            rows = self.recorder.select_notifications(first + 1, MAX_INTEGER, topics=topics)
        return [decode(cast("Row", row).entry) for row in rows]

    def forget(self, stream: StreamId, of: str) -> None:
        """Delete the encrypted values about one subject, whose key was destroyed before; the trail keeps every fact."""
        with NAMED:
            self.recorder.forget(stream, of)

    def sealed_value(self, commitment: str) -> VaultRow | None:
        """The vault's row of a commitment, if it is still there."""
        with NAMED:
            return self.recorder.sealed_value(commitment)

    def sealed_subjects(self) -> list[tuple[str, str]]:
        """Everybody about whom something is sealed: the stream and the subject in it."""
        with NAMED:
            return self.recorder.sealed_subjects()

    def _rows(self, start: int, limit: int, stop: int | None = None) -> list[Row]:
        with NAMED:
            return cast("list[Row]", self.recorder.select_notifications(start, limit, stop))

    @contextmanager
    def changes(self) -> Iterator[Callable[[], int]]:
        """Asks for a number that is another one when somebody else has recorded something."""
        with NAMED, self.recorder.changes() as changed:
            yield changed

    def copy_to(self, path: Path) -> None:
        """A copy of everything, as one transaction sees it, while others record."""
        with NAMED:
            self.recorder.copy_to(path)

    def close(self) -> None:
        """Wait for those at work and close every connection."""
        self.recorder.close()
