"""Appending on SQLite: one command after the other, and sixteen threads at once; then many in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks import stock
from benchmarks.commands import append, whole_command
from benchmarks.measuring import Row, in_threads, rates
from ledger.clock import real_clock
from ledger.store.opening import open_store


def appends(folder: Path, *, quick: bool) -> Iterator[Row]:
    """Whole commands of ours against the library's recorder and a bare INSERT; synchronous=FULL everywhere."""
    store, recorder = open_store(folder / "ours.db", real_clock), stock.recorder(folder / "stock.db")
    raw = stock.Raw(folder / "raw.db")
    repeats = 25 if quick else 80
    for threads, each, goal in ((16, 10, 2.0), (1, 20, 0.7)):
        ours, theirs, bare = rates(
            repeats,
            in_threads(threads, each, lambda one: append(store, one), whole_command),
            in_threads(threads, each, lambda one: recorder.insert_events([one]), stock.event),
            in_threads(1, threads * each, raw.insert, raw.row),
        )
        named = f"SQLite FULL append, whole command, {threads} thread{'s' if threads > 1 else ''}"
        yield Row(f"{named}: stock recorder", ours, theirs, goal)
        yield Row(f"{named}: raw autocommit INSERT", ours, bare, None)
    store.close()


def batches(folder: Path, *, quick: bool) -> Iterator[Row]:
    """Whole commands, a thousand to a transaction, against executemany of the bare event rows."""
    store, raw = open_store(folder / "batches.db", real_clock), stock.Raw(folder / "many.db")

    ours, bare = rates(
        8 if quick else 30,
        in_threads(1, 1, store.recorder.insert_group, lambda: [whole_command() for _ in range(1_000)]),
        in_threads(1, 1, raw.insert_many, lambda: [raw.row() for _ in range(1_000)]),
    )
    yield Row("SQLite batches of 1,000 whole commands: executemany", ours * 1_000, bare * 1_000, 0.2)
    store.close()
