"""The pull loop: read a batch of facts, apply it, remember the position; and the same from nothing, aside."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any, Final

from ledger.codec import Recorded
from ledger.concepts import EVOLVE, evolved
from ledger.errors import Busy
from ledger.rulebook.commands import rulebook_of
from ledger.rulebook.state import Rulebook
from ledger.rulebook.state import evolve as evolve_rulebook
from ledger.store.store import Store
from ledger.values import StreamId
from projections.projection import Projection, Put
from projections.views import Views

BATCH: Final = 500
KEPT_STATES: Final = 10_000
LOG = logging.getLogger("netral.follow")


class Folds:
    """The states of streams directly after a fact, kept while their next facts come in order.

    What facts of the batch at hand made is kept until the next batch begins, so that every projection which is given
    the batch asks for it once more, and nothing is evolved twice.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[str, tuple[int, Any]] = OrderedDict()
        self._batch: dict[int, Any] = {}
        self._law, self._law_version = Rulebook(), 0
        self._law_stream: StreamId | None = None
        self._law_read = False

    def begin(self) -> None:
        """Another batch was read."""
        self._batch.clear()
        self._law_read = False

    def after(self, recorded: Recorded) -> Any:
        """The state of the fact's stream directly after it."""
        if (known := self._batch.get(recorded.position)) is not None:
            return known
        kind = recorded.stream.partition("-")[0]
        version, state = self._kept.pop(recorded.stream, (0, None))
        if version == recorded.version - 1:
            initial, evolve = EVOLVE[kind]
            state = evolve(initial() if version == 0 else state, recorded.fact, recorded.act)
        elif version != recorded.version:
            state = evolved(kind, self._store.history(recorded.stream, upto=recorded.version))
        self._kept[recorded.stream] = (recorded.version, state)
        if len(self._kept) > KEPT_STATES:
            self._kept.popitem(last=False)
        self._batch[recorded.position] = state
        return state

    def law(self) -> Rulebook:
        """The rulebook as it was recorded after the batch at hand was read: it has all that the batch can name."""
        if self._law_read:
            return self._law
        if self._law_stream is None and (genesis := self._store.read_from(0, 1)):
            self._law_stream = rulebook_of(genesis[0].stream)
        if self._law_stream is None:
            return self._law
        for recorded in self._store.history(self._law_stream, after=self._law_version):
            self._law = evolve_rulebook(self._law, recorded.fact, recorded.act)
            self._law_version = recorded.version
        self._law_read = True
        return self._law


class Follower:
    """Keeps every projection of a read side up with a store."""

    def __init__(self, store: Store, views: Views) -> None:
        self._store = store
        self._views = views
        self._folds = Folds(store)

    def catch_up(self, stop: int | None = None) -> int:
        """Apply what is recorded and not yet applied, up to `stop` entries; returns the next position.

        Those that are behind go first, up to where others stand: from there a batch is read and evolved once for all.
        """
        views = self._views
        stands = views.stands()
        while stands:
            position = min(stands.values())
            others = [each for each in stands.values() if each > position]
            batch = self._batch(self._folds, position, min([*others, *([] if stop is None else [stop])], default=None))
            if not batch:
                return position
            puts = {
                name: _puts(views.projections[name], batch, self._folds)
                for name, stood in stands.items()
                if stood == position
            }
            stands |= views.apply(puts, position, batch[-1].position + 1)
        return 0

    def _batch(self, folds: Folds, position: int, stop: int | None) -> list[Recorded]:
        limit = BATCH if stop is None else min(BATCH, stop - position)
        batch = self._store.read_from(position, limit) if limit > 0 else []
        folds.begin()
        return batch

    def rebuild(self, name: str, stop: int | None = None, progress: Callable[[int], None] | None = None) -> str:
        """Build one projection from nothing, aside, and swap it in; returns the root of what was built."""
        return self.rebuild_all([name], stop, progress)[name]

    def rebuild_all(
        self, names: Sequence[str], stop: int | None = None, progress: Callable[[int], None] | None = None
    ) -> dict[str, str]:
        """Build several projections from nothing in one pass, aside, and swap them in; returns the root of each."""
        folds = Folds(self._store)
        position = 0
        with ExitStack() as swapped:
            building = {name: swapped.enter_context(self._views.rebuild(name)) for name in names}
            while batch := self._batch(folds, position, stop):
                position = batch[-1].position + 1
                for name in names:
                    building[name].apply(_puts(self._views.projections[name], batch, folds), position)
                if progress is not None:
                    progress(len(batch))
            return {name: building[name].root() for name in names}


def _puts(projection: Projection, batch: list[Recorded], folds: Folds) -> list[Put]:
    return [put for recorded in batch for put in projection.apply(recorded.position, recorded, folds)]


class FollowingThread(threading.Thread):
    """Follows a store until it is stopped, woken by what others write: calls what projects, or what seals.

    A failure stops the following and is kept for the readiness check: a view that lies still says its position.
    """

    def __init__(
        self,
        store: Store,
        steps: list[Callable[[], Any]],
        interval: float,
        stopped: Callable[[], None] = lambda: None,
        tend: Callable[[], Any] = lambda: None,
        turn: Callable[[], bool] = lambda: True,
    ) -> None:
        """`stopped` is called after a failure: a process that cannot follow should not go on serving.

        `tend` is what comes with time: it is called in each round, also when nothing was recorded. `turn` says whether
        it is this thread's turn to do anything, where several processes follow one store.
        """
        super().__init__(name="netral-follow", daemon=True)
        self._store = store
        self._steps = steps
        self._interval = interval
        self._stopped = stopped
        self._tend = tend
        self._turn = turn
        self._stopping = threading.Event()
        self.failure: Exception | None = None

    def run(self) -> None:
        try:
            with self._store.changes() as changed:
                seen = None
                while not self._stopping.is_set():
                    if self._turn():
                        now = changed()
                        if now != seen:
                            seen = now if self._done(self._steps) else None
                        self._done([self._tend])
                    self._stopping.wait(self._interval)
        except Exception as error:
            # An unreadable record, a diverged trail, a full disk: each is for a person to look at, not to retry.
            self.failure = error
            LOG.exception("following stopped: nothing more is projected or sealed until the ledger is started again")
            self._stopped()

    @staticmethod
    def _done(steps: list[Callable[[], Any]]) -> bool:
        """Whether every step was done; one that is only not possible now is done again in the next round."""
        done = True
        for step in steps:
            try:
                step()
            except Busy as error:
                LOG.info("not yet followed to the end: %s", error)
                done = False
        return done

    def ending(self) -> bool:
        """Whether it was asked to end: a long step looks."""
        return self._stopping.is_set()

    def end(self) -> None:
        """Ask for the end, after the step at hand."""
        self._stopping.set()

    def stop(self) -> None:
        """Stop after the step at hand."""
        self.end()
        self.join()
