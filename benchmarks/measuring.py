"""Side by side: ours and a peer in turn, slice by slice, so that whatever else the machine does meets both; medians."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
Slice = Callable[[], int]
"""Does a slice of work, which is timed, and says how many units it was."""
Work = Callable[[], Slice]
"""Prepares a slice, which is not."""


@dataclass(frozen=True)
class Row:
    """One line of the table; the rates are units a second, the ratio ours to the peer's."""

    name: str
    ours: float
    peer: float
    goal: float | None
    at_most: bool = False

    @property
    def ratio(self) -> float:
        return self.ours / self.peer

    @property
    def met(self) -> bool | None:
        if self.goal is None:
            return None
        return self.ratio <= self.goal if self.at_most else self.ratio >= self.goal

    def as_json(self) -> dict[str, object]:
        """As it stands in latest.json."""
        return {
            "name": self.name,
            "ours": round(self.ours, 2),
            "peer": round(self.peer, 2),
            "ratio": round(self.ratio, 3),
            "goal": self.goal,
            "met": self.met,
        }


def rates(repeats: int, *works: Work) -> list[float]:
    """Units a second of each, by the median over interleaved slices; the first slice of each warms it up."""
    measured: list[list[float]] = [[] for _ in works]
    for work in works:
        work()()
    for _ in range(repeats):
        for work, into in zip(works, measured, strict=True):
            prepared = work()
            begin = time.perf_counter()
            units = prepared()
            into.append(units / (time.perf_counter() - begin))
    return [statistics.median(each) for each in measured]


def in_threads(threads: int, each: int, do: Callable[[T], object], make: Callable[[], T]) -> Work:
    """A slice in which so many threads do `each` units, which were made before."""
    pool = ThreadPoolExecutor(threads)

    def prepared() -> Slice:
        units = [[make() for _ in range(each)] for _ in range(threads)]

        def some(mine: list[T]) -> int:
            for one in mine:
                do(one)
            return len(mine)

        return lambda: some(units[0]) if threads == 1 else sum(pool.map(some, units))

    return prepared


def repeated(times: int, do: Callable[[], object]) -> Work:
    """A slice of something that needs nothing prepared."""

    def some() -> int:
        for _ in range(times):
            do()
        return times

    return lambda: some
