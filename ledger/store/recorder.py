"""What the store asks of a recorder on any database: the library's contract, and what stands beside it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent

from ledger.codec import Entry
from ledger.store.rows import Append, Appended, Row, Ticket, VaultRow
from ledger.store.selecting import Dialect


class LedgerRecorder(ApplicationRecorder):
    """A recorder of events, sealed values and tickets."""

    dialect: Dialect

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The events of one stream, by version."""
        stream = originator_id.hex if isinstance(originator_id, UUID) else originator_id
        return self._read(*self.dialect.of_stream(stream, gt, lte, desc=desc, limit=limit))

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """The events of the trail, by notification id (the position + 1)."""
        first = 0 if start is None else start - 1 if inclusive_of_start else start
        return self._read(*self.dialect.of_trail(first, limit, stop, topics))

    @abstractmethod
    def _read(self, statement: str, params: Sequence[Any]) -> Sequence[Row]:
        """The rows that a statement of `dialect` gives."""

    @abstractmethod
    def insert_group(self, group: Sequence[Append]) -> list[Appended | Exception]:
        """Record some commands in one transaction, each all or nothing; what one refuses stands in its place."""

    @abstractmethod
    def put_back(self, entries: Sequence[Entry]) -> None:
        """Insert rows as they once were, all or nothing."""

    @abstractmethod
    def earlier(self, ticket: Ticket) -> Appended | None:
        """What an earlier append with the same ticket recorded; KeyReused when it was another command."""

    @abstractmethod
    def last_at(self) -> datetime | None:
        """The instant of the last event, or None when there are none."""

    @abstractmethod
    def sealed_value(self, commitment: str) -> VaultRow | None:
        """The vault's row of a commitment, if it is still there."""

    @abstractmethod
    def forget(self, stream: str, of: str) -> None:
        """Delete the vault's rows about one subject of a stream."""

    @abstractmethod
    def sealed_subjects(self) -> list[tuple[str, str]]:
        """Everybody about whom something is sealed: the stream and the subject in it."""

    @abstractmethod
    def changes(self) -> AbstractContextManager[Callable[[], int]]:
        """Asks for a number that is another one when somebody else has written."""

    @abstractmethod
    def copy_to(self, path: Path) -> None:
        """A copy of everything in a SQLite file, as one transaction sees it, while others record."""

    @abstractmethod
    def close(self) -> None:
        """Wait for those at work and close every connection."""
