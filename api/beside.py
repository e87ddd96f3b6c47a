"""What a serving process does beside answering: it projects, seals, fills mirrors, hashes again. One thread each.

They are apart because a seal waits for witnesses, a mirror for its cloud, and readers need not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from api.rehashing import Rehashing
from api.wiring import House
from ledger.trail.mirror import Mirror
from projections.follow import FollowingThread

LOOKS: Final = 60.0
"""Seconds between two looks whether it is time to hash everything again."""
FILL: Final = 1.0
"""Seconds between two looks for what a mirror does not have yet."""


@dataclass(frozen=True, slots=True)
class Beside:
    """How often, in seconds; sealing looks as often as projecting does where it is told nothing else.

    With `rehash` 0 nothing is hashed again.
    """

    follow: float
    seal: float | None = None
    rehash: float = 0.0
    mirrors: Sequence[Mirror] = ()


def threads_of(
    house: House, beside: Beside, stop: Callable[[], None], turn: Callable[[], bool]
) -> list[FollowingThread]:
    """The threads, at work in this process's turn. A failure of one ends the others too: a person looks first."""
    threads: list[FollowingThread] = []

    def failed() -> None:
        for each in threads:
            each.end()
        stop()

    def follow(seconds: float, *steps: Callable[[], object], tend: Callable[[], object] = lambda: None) -> None:
        threads.append(FollowingThread(house.store, list(steps), seconds, failed, tend, turn))

    follow(beside.follow, house.follower.catch_up)
    follow(beside.seal or beside.follow, house.sealer.seal, tend=house.sealer.tend)
    for mirror in beside.mirrors:
        follow(FILL, tend=mirror.catch_up)
    if beside.rehash:
        again, place = Rehashing(house, beside.rehash), len(threads)
        follow(min(beside.rehash, LOOKS), tend=lambda: again.tend(threads[place].ending))
    return threads
