"""Whether an append costs more where much was appended before, and what the process holds in memory."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

from benchmarks.commands import BODY, TOPIC, append, whole_command
from benchmarks.measuring import Row, in_threads, rates
from ledger.clock import real_clock
from ledger.codec import Entry
from ledger.shape import instant_text
from ledger.store.opening import open_store
from ledger.store.store import Store


def growth(folder: Path, *, quick: bool) -> Iterator[Row]:
    """One thread's appends in a small and in a large ledger, in turn; the ratio is the cost of the large one."""
    many = 300_000 if quick else 10_000_000
    small, large = (open_store(folder / f"{name}.db", real_clock) for name in ("small", "large"))
    filled(small, 10_000)
    filled(large, many)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    few, lots = rates(
        30 if quick else 100,
        in_threads(1, 20, lambda one: append(small, one), whole_command),
        in_threads(1, 20, lambda one: append(large, one), whole_command),
    )
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield Row(f"cost of an append at {many:,} entries: at 10,000", 1e6 / lots, 1e6 / few, 1.2, at_most=True)
    yield Row("peak memory after those appends: before", after, before, 1.1, at_most=True)
    small.close()
    large.close()


def filled(store: Store, many: int) -> None:
    """Rows in streams of sixteen, put in as from a bundle."""
    at = instant_text(real_clock())
    for start in range(0, many, 20_000):
        store.put_back(
            [
                Entry(each, f"complaint-{each // 16:032x}", each % 16 + 1, TOPIC, at, BODY)
                for each in range(start, min(start + 20_000, many))
            ]
        )
