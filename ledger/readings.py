"""What the registrar read of each stream, kept, and read on from there: facts never change, so only new ones are read.

Nothing is answered without asking the store what is new: for a stream, or by one look for the whole trail, after which
only the streams in which something happened are asked for. An append guards the version that was read: another
process's facts are seen as one's own are.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from ledger.carried import handles_in
from ledger.codec import Recorded
from ledger.concepts import EVOLVE
from ledger.shape import instant_of
from ledger.store.store import Store
from ledger.values import Handle, StreamId

FACTS: Final = 20_000
"""Facts that are kept at most, of the streams that were asked for last: some tens of megabytes."""


NEWS: Final = 500
"""Entries that one look reads at most."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A stream's state, its history, the members of staff whom it has introduced, and its version."""

    state: Any
    history: Sequence[Recorded]
    introduced: frozenset[Handle] = frozenset()

    @property
    def version(self) -> int:
        return self.history[-1].version if self.history else 0


class Readings:
    """The streams that were read last, each as a whole; two threads may read one at once, and neither is ever wrong."""

    def __init__(self, store: Store, most: int = FACTS) -> None:
        self._store = store
        self._most = most
        self._kept: OrderedDict[StreamId, Loaded] = OrderedDict()
        self._facts = 0
        self._lock = threading.Lock()
        self._looked = 0
        """The position up to which looks have read the trail."""
        self._behind: dict[str, int] = {}
        """Kept streams in which a look has found a later version."""
        self._unsure: set[str] = set()
        """Kept streams in which something may have happened that no look will find any more."""

    def look(self) -> datetime | None:
        """Learn what is new in the whole trail, by one question; returns the instant of its last entry."""
        with self._lock:
            since = self._looked
        rows = self._store.rows_from(max(since - 1, 0), NEWS)
        with self._lock:
            for row in rows:
                if row.stream in self._kept:
                    self._behind[row.stream] = max(row.version, self._behind.get(row.stream, 0))
            if rows:
                self._looked = max(self._looked, rows[-1].position + 1)
            if len(rows) == NEWS:  # there is more, and to find all of it would take too long
                self._looked = max(self._looked, self._store.size())
                self._unsure.update(self._kept)
                return self._store.last_at()
        return instant_of(rows[-1].at) if rows else None

    def load(self, stream: StreamId, *, looked: bool = False) -> Loaded:
        """A stream as it is now; or, where the asker has `looked`, as it was then or is now."""
        initial, evolve = EVOLVE[stream.partition("-")[0]]
        with self._lock:
            asked_at = self._looked
            known = self._kept.get(stream)
            if known is not None:
                self._kept.move_to_end(stream)
                if looked and stream not in self._unsure and known.version >= self._behind.get(stream, 0):
                    return known
        if known is None:
            known = Loaded(initial(), ())
        new = self._store.history(stream, after=known.version)
        if not new:
            with self._lock:
                if asked_at == self._looked:
                    self._unsure.discard(stream)
            return known
        state = known.state
        for recorded in new:
            state = evolve(state, recorded.fact, recorded.act)
        loaded = Loaded(state, (*known.history, *new), known.introduced | handles_in(new))
        self._keep(stream, loaded, asked_at)
        return loaded

    def _keep(self, stream: StreamId, loaded: Loaded, asked_at: int) -> None:
        with self._lock:
            before = self._kept.pop(stream, None)
            if asked_at == self._looked:
                self._unsure.discard(stream)
            elif before is None:  # what a look found meanwhile, it did not note for a stream that was not kept
                self._unsure.add(stream)
            if before is not None and before.version > loaded.version:
                loaded = before  # another thread read on meanwhile
            self._facts += len(loaded.history) - (0 if before is None else len(before.history))
            self._kept[stream] = loaded
            while self._facts > self._most and len(self._kept) > 1:
                gone, oldest = self._kept.popitem(last=False)
                self._facts -= len(oldest.history)
                self._behind.pop(gone, None)
                self._unsure.discard(gone)
