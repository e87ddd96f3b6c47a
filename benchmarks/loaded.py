"""A ledger with a generated load, made once for whoever measures on it; and its rows, multiplied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import orjson

from api.generating import generate
from api.importing import Importer, Rejected
from api.wiring import House, create_house
from ledger.codec import Entry
from ledger.itself.facts import ClockKind
from ledger.store.database import Database
from ledger.values import Staff

OPERATOR = Staff("sari", "Sari Contoh")


def loaded(folder: Path, cases: int, seed: int = 1, database: Database | None = None) -> tuple[House, Importer]:
    """A new ledger on the real clock, with so many cases in it."""
    house = create_house(folder, domain="bench.invalid", kind=ClockKind.REAL, operator=OPERATOR, database=database)
    importer = Importer(house, _unexpected)
    importer.run(orjson.dumps(line) for line in generate(cases, seed))
    return house, importer


def _unexpected(rejected: Rejected) -> None:
    raise ValueError(rejected.reason)


def lengths(house: House) -> Counter[str]:
    """How many facts each complaint has."""
    return Counter(entry.stream for entry in every(house) if entry.stream.startswith("complaint-"))


def every(house: House) -> list[Entry]:
    """All rows."""
    return house.store.rows_from(0, house.store.size())


def multiplied(entries: list[Entry], many: int) -> Iterator[Entry]:
    """The same cases again and again as other streams, until there are so many rows; the registers stand once."""
    registers = [each for each in entries if not each.stream.startswith("complaint-")]
    cases = [each for each in entries if each.stream.startswith("complaint-")]
    yield from _placed(registers, 0)
    position = len(registers)
    for copy in range((many - position) // len(cases) + 1):
        mark = f"{copy:08x}"
        renamed = [Entry(0, each.stream[:-8] + mark, each.version, each.topic, each.at, each.body) for each in cases]
        yield from _placed(renamed[: many - position], position)
        position += len(renamed)


def _placed(entries: list[Entry], first: int) -> Iterator[Entry]:
    for position, each in enumerate(entries, first):
        yield Entry(position, each.stream, each.version, each.topic, each.at, each.body)
