"""The states of registers and law at any position: what was read once is kept, and only what is new is read."""

from __future__ import annotations

import threading
from bisect import bisect_right
from typing import Any, cast

from ledger.concepts import EVOLVE
from ledger.election.state import KnownElection
from ledger.rulebook.commands import rulebook_of
from ledger.rulebook.state import Rulebook
from ledger.store.store import Store
from ledger.values import StreamId


class StatesAt:
    """Elections and the rulebook of one ledger, as they stood when the trail ended at some position."""

    def __init__(self, store: Store, ledger: StreamId) -> None:
        self._store = store
        self._rulebook = rulebook_of(ledger)
        self._kept: dict[StreamId, tuple[list[int], list[Any]]] = {}
        self._lock = threading.Lock()

    def rulebook(self, position: int) -> Rulebook:
        """The rulebook; an empty one before anything was adopted."""
        return cast("Rulebook", self._at(self._rulebook, position))

    def election(self, stream: StreamId, position: int) -> KnownElection | None:
        """An election, if it was announced by then."""
        state = self._at(stream, position)
        return state if isinstance(state, KnownElection) else None

    def _at(self, stream: StreamId, position: int) -> Any:
        initial, evolve = EVOLVE[stream.partition("-")[0]]
        with self._lock:
            positions, states = self._kept.setdefault(stream, ([], [initial()]))
            for recorded in self._store.history(stream, after=len(positions)):
                positions.append(recorded.position)
                states.append(evolve(states[-1], recorded.fact, recorded.act))
            return states[bisect_right(positions, position)]
