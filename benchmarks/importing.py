"""Many commands at once: `netral import` and the store's own batches, against the fastest way to put in bare rows.

The peer is executemany in a file and COPY on a server, a thousand rows to a transaction, without guards, sealed values,
tickets, law or bytes of an entry. A unit is a fact on our side and a row on the peer's.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import Final

import orjson
import psycopg

from api.generating import Line, generate
from api.importing import Importer, Rejected
from api.wiring import create_house
from benchmarks import stock
from benchmarks.commands import whole_command
from benchmarks.loaded import OPERATOR
from benchmarks.measuring import Row, Slice, in_threads, rates
from benchmarks.postgres import BARE, on_disk
from ledger.clock import real_clock
from ledger.itself.facts import ClockKind
from ledger.store.database import Database
from ledger.store.opening import open_store

GOAL: Final = 0.2
MANY: Final = 1_000
COPY: Final = "COPY bare (stream, version, topic, body) FROM STDIN (FORMAT BINARY)"


def importing(folder: Path, *, quick: bool) -> Iterator[Row]:
    """In a file, then on a server."""
    repeats = 8 if quick else 30
    raw = stock.Raw(folder / "many.db")
    imported = _Imported(folder / "file", None, repeats)
    ours, bare = rates(
        repeats, imported.work, in_threads(1, 1, raw.insert_many, lambda: [raw.row() for _ in range(MANY)])
    )
    imported.close()
    yield Row("SQLite import, whole commands: executemany", ours, bare * MANY, GOAL)
    with on_disk() as databases:
        new = [databases.new() for _ in range(3)]
        imported = _Imported(folder / "server", Database(databases.server.url("writer", new[0])), repeats)
        store = open_store(Database(databases.server.url("writer", new[1])), real_clock)
        with psycopg.connect(databases.server.url("owner", new[2]), autocommit=True) as connection:
            connection.execute(BARE)
            ours, batches, copied = rates(
                repeats,
                imported.work,
                in_threads(1, 1, store.recorder.insert_group, lambda: [whole_command() for _ in range(MANY)]),
                in_threads(1, 1, lambda rows: _copy(connection, rows), lambda: [raw.row() for _ in range(MANY)]),
            )
        store.close()
        imported.close()
        yield Row("PostgreSQL import, whole commands: COPY", ours, copied * MANY, GOAL)
        yield Row("PostgreSQL batches of 1,000 whole commands: COPY", batches * MANY, copied * MANY, GOAL)


class _Imported:
    """A ledger into which cases are imported, some more with each slice."""

    def __init__(self, folder: Path, database: Database | None, slices: int) -> None:
        cases = 10
        self._house = create_house(
            folder, domain="bench.invalid", kind=ClockKind.REAL, operator=OPERATOR, database=database
        )
        self._importer = Importer(self._house, _unexpected)
        lines = groupby(generate(cases * (slices + 1), 1), lambda line: line.get("case"))
        _, register = next(lines)
        self._importer.run(map(orjson.dumps, list(register)))
        whole = [list(each) for _, each in lines]
        self._slices = iter([list(chain(*whole[at : at + cases])) for at in range(0, len(whole), cases)])

    def work(self) -> Slice:
        """Cases that were not imported yet."""
        lines: list[Line] = next(self._slices)
        asked = [orjson.dumps(line) for line in lines]

        def some() -> int:
            before = self._importer.tally.facts
            return self._importer.run(asked).facts - before

        return some

    def close(self) -> None:
        """Close the ledger."""
        self._house.close()


def _copy(connection: psycopg.Connection, rows: list[tuple[str, int, str, str, bytes]]) -> None:
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        copy.set_types(["text", "int8", "text", "bytea"])
        for stream, version, topic, _, body in rows:
            copy.write_row((stream, version, topic, body))


def _unexpected(rejected: Rejected) -> None:
    raise ValueError(rejected.reason)
