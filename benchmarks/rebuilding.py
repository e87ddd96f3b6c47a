"""Rebuilding every projection from nothing, against SELECT and orjson.loads of the same rows."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import orjson

from api.wiring import PROJECTIONS
from benchmarks.loaded import every, loaded, multiplied
from benchmarks.measuring import Row
from ledger.clock import real_clock
from ledger.store.opening import open_store
from projections.follow import Follower
from projections.views import open_views


def rebuilding(folder: Path, *, quick: bool) -> Iterator[Row]:
    """Each projection by itself, and all of them in one pass; the peer before and after."""
    many = 10_000 if quick else 300_000
    house, _ = loaded(folder / "ledger", 60)
    rows = multiplied(every(house), many)
    store = open_store(folder / "large.db", real_clock)
    while batch := list(islice(rows, 20_000)):
        store.put_back(batch)
    views = open_views(folder / "views.db", PROJECTIONS)
    follower = Follower(store, views)
    names = [each.name for each in PROJECTIONS]
    for rebuilt in [*([name] for name in names), names]:
        before = _read(folder / "large.db")
        begin = time.perf_counter()
        follower.rebuild_all(rebuilt)
        took = (time.perf_counter() - begin) / len(rebuilt)
        peer = (before + _read(folder / "large.db")) / 2
        told = rebuilt[0] if len(rebuilt) == 1 else f"all {len(rebuilt)} in one pass, each"
        yield Row(f"rebuilding {told}, {many:,} facts: SELECT + orjson.loads", many / took, many / peer, 0.2)
    views.close()
    store.close()
    house.close()


def _read(path: Path) -> float:
    begin = time.perf_counter()
    with closing(sqlite3.connect(path)) as connection:
        for (body,) in connection.execute("SELECT body FROM events ORDER BY position"):
            orjson.loads(body)
    return time.perf_counter() - begin
