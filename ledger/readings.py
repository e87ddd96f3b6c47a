"""What the registrar read of each stream, kept, and read on from there: facts never change, so only new ones are read.

Nothing is answered without asking the store what is new, and an append guards the version that was read: another
process's facts are seen as one's own are.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from ledger.carried import handles_in
from ledger.codec import Recorded
from ledger.concepts import EVOLVE
from ledger.store.store import Store
from ledger.values import Handle, StreamId

FACTS: Final = 20_000
"""Facts that are kept at most, of the streams that were asked for last: some tens of megabytes."""


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

    def load(self, stream: StreamId) -> Loaded:
        """A stream as it is now."""
        initial, evolve = EVOLVE[stream.partition("-")[0]]
        with self._lock:
            known = self._kept.get(stream)
            if known is not None:
                self._kept.move_to_end(stream)
        if known is None:
            known = Loaded(initial(), ())
        new = self._store.history(stream, after=known.version)
        if not new:
            return known
        state = known.state
        for recorded in new:
            state = evolve(state, recorded.fact, recorded.act)
        loaded = Loaded(state, (*known.history, *new), known.introduced | handles_in(new))
        self._keep(stream, loaded)
        return loaded

    def _keep(self, stream: StreamId, loaded: Loaded) -> None:
        with self._lock:
            before = self._kept.pop(stream, None)
            if before is not None and before.version > loaded.version:
                loaded = before  # another thread read on meanwhile
            self._facts += len(loaded.history) - (0 if before is None else len(before.history))
            self._kept[stream] = loaded
            while self._facts > self._most and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self._facts -= len(oldest.history)
