"""Group commit: appends that come at the same time share one durable transaction, each still atomic by itself.

Whoever finds nobody at work leads: it takes what waits into a group, records it, tells everybody, and hands the lead to
the first who came meanwhile. There is no thread for it, and nothing is slower where one thread writes alone.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from ledger.errors import Broken, Busy
from ledger.speech import Said
from ledger.store.rows import Append, Appended, outcome_of

QUEUE: Final = 1_000
"""How many appends may wait for those at work; one more is refused."""

GROUP: Final = 64
"""How many appends one transaction takes at most: other processes get their turn between two."""

GATHERING: Final = 0.0005
"""Seconds that a leader waits for those whom the last group answered, where that was more than one.

They are back in a moment, and a transaction that they share costs the disk no more than one without them.
"""

PATIENCE: Final = 30.0
"""Seconds that an append waits to be taken into a group."""

Insert = Callable[[Sequence[Append]], Sequence[Appended | Exception]]
"""Records a group in one transaction and says what became of each; raises when nothing at all was recorded."""


class _Waiting:
    """An append whose thread waits: its turn comes when it was answered, or when it is to lead."""

    __slots__ = ("answer", "leads", "one", "turn")

    def __init__(self, one: Append) -> None:
        self.one = one
        self.leads = False
        self.answer: Appended | Exception = Broken("this append was never answered")
        self.turn = threading.Lock()
        self.turn.acquire()


class GroupCommit:
    """The queue before the writer of one database."""

    def __init__(self, insert: Insert, *, queue: int = QUEUE, group: int = GROUP, patience: float = PATIENCE) -> None:
        self._insert = insert
        self._most = queue
        self._group = group
        self._patience = patience
        self._lock = threading.Lock()
        self._led = False
        self._company = 1
        self._queue: deque[_Waiting] = deque()

    def append(self, one: Append) -> Appended:
        """Record one append with those that come at the same time; returns once its group is committed.

        Errors: what stands in the append's place, told after the commit too; Busy, when the queue is full or no group
        took it in time: then nothing of it is recorded, now or later; and what the transaction failed with as a whole,
        which all of its group are told, also those that would have been refused.
        """
        mine = _Waiting(one)
        with self._lock:
            if not self._led:
                self._led = mine.leads = True
            elif len(self._queue) < self._most:
                self._queue.append(mine)
            else:
                raise _busy()
        if not mine.leads:
            self._wait(mine)
        if mine.leads:
            self._lead(mine)
        return outcome_of(mine.answer)

    def _wait(self, mine: _Waiting) -> None:
        """Until it was answered or leads. Once a group took it there is no way back: it may be committed already."""
        try:
            if mine.turn.acquire(timeout=self._patience):
                return
            with self._lock:
                if mine in self._queue:
                    raise _busy()
            mine.turn.acquire()
        except BaseException:
            with self._lock:
                if mine in self._queue:
                    self._queue.remove(mine)
                elif mine.leads:  # interrupted just when the lead came to it: those behind it still wait
                    self._hand_on()
            raise

    def _lead(self, mine: _Waiting) -> None:
        """Record it together with those that wait, and answer them all."""
        if self._company > 1:
            self._gather()
        with self._lock:
            taken = [mine, *(self._queue.popleft() for _ in range(min(len(self._queue), self._group - 1)))]
        self._company = len(taken)
        try:
            answers = self._insert([each.one for each in taken])
        except BaseException as error:
            self._answer(taken, [_told(error)] * len(taken))
            raise
        self._answer(taken, answers)

    def _gather(self) -> None:
        """Wait for those who are back in a moment; interrupted meanwhile, somebody else leads."""
        try:
            time.sleep(GATHERING)
        except BaseException:
            with self._lock:
                self._hand_on()
            raise

    def _answer(self, taken: Sequence[_Waiting], answers: Sequence[Appended | Exception]) -> None:
        for each, answer in zip(taken, answers, strict=True):
            each.answer = answer
            each.turn.release()
        with self._lock:
            self._hand_on()

    def _hand_on(self) -> None:
        """Under the lock: the first who waits leads, or nobody does."""
        self._led = bool(self._queue)
        if self._queue:
            heir = self._queue.popleft()
            heir.leads = True
            heir.turn.release()


def _told(error: BaseException) -> Exception:
    """What a group hears when its transaction failed, or when the thread that recorded it was interrupted."""
    if isinstance(error, Exception):
        return error
    unknown = Broken("recording was interrupted; whether it was recorded, a retry with the same key will tell")
    unknown.__cause__ = error
    return unknown


def _busy() -> Busy:
    return Busy(
        Said(
            "too many others are recording; nothing of this was recorded, ask again shortly",
            "terlalu banyak yang sedang mencatat; belum ada yang dicatat, coba lagi sebentar lagi",
        )
    )
