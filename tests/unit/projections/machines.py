"""Read sides of their own over a ledger's entries, and everything that one says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select

from api.wiring import House
from projections.follow import Follower
from projections.views import Views, open_views

Told = Mapping[str, tuple[int, str, list[Any]]]


@contextmanager
def machine(house: House, path: Path) -> Iterator[tuple[Views, Follower]]:
    """A database of views, of every projection that the house has."""
    views = open_views(path, list(house.views.projections.values()))
    try:
        yield views, Follower(house.store, views)
    finally:
        views.close()


def told_by(views: Views) -> Told:
    """What each projection says: its position, its root and all of its rows."""
    said = {}
    for name in views.projections:
        with views.read(name) as reading:
            rows = [
                (table, sorted(map(str, reading.connection.execute(select(columns)).mappings())))
                for table, columns in sorted(reading.tables.items())
            ]
            said[name] = (reading.next_position, reading.root(), rows)
    return said
