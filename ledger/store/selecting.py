"""What is read of the events, as one statement for every database: they differ in a table's name and in a mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

COLUMNS: Final = "stream, version, topic, body, position + 1, at"
"""The members of a row, in their order; the library's notification id is the position + 1."""
Asked = tuple[str, list[Any]]
"""A statement and its parameters."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a database calls the table of events, and what stands for a parameter."""

    events: str
    mark: str

    def of_stream(self, stream: str, gt: int | None, lte: int | None, *, desc: bool, limit: int | None) -> Asked:
        """The events of one stream, by version."""
        asked = {"stream = ": stream, "version > ": gt, "version <= ": lte}
        return self._made(asked, (), "version DESC" if desc else "version", limit)

    def of_trail(self, first: int, limit: int, before: int | None, topics: Sequence[str]) -> Asked:
        """The events from a position on, in the order of the trail."""
        return self._made({"position >= ": first, "position < ": before}, topics, "position", limit)

    def _made(self, asked: Mapping[str, object], topics: Sequence[str], order: str, limit: int | None) -> Asked:
        """What is asked with None is not asked."""
        given = {condition: value for condition, value in asked.items() if value is not None}
        where = [condition + self.mark for condition in given]
        if topics:
            where.append(f"topic IN ({','.join([self.mark] * len(topics))})")
        statement = f"SELECT {COLUMNS} FROM {self.events} WHERE {' AND '.join(where)} ORDER BY {order}"  # noqa: S608 (constants)
        params = [*given.values(), *topics]
        return (statement, params) if limit is None else (f"{statement} LIMIT {self.mark}", [*params, limit])
