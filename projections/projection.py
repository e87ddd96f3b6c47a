"""What a projection is: tables, and a pure function from one recorded fact to the rows that it changes.

No clock, no randomness, no sealed values: whoever has the same entries gets the same rows, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Table

from ledger.codec import Recorded

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Put:
    """One row, inserted or replacing the row with the same key; every column is given."""

    table: str
    row: Row


class States(Protocol):
    """The state of a fact's own stream, as the concept evolves it."""

    def after(self, recorded: Recorded) -> Any:
        """The state directly after a fact."""


class Projection(Protocol):
    """One read model."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> int:
        """Raised whenever the same entries would give other rows: the tables are then built anew."""

    @property
    def tables(self) -> tuple[Table, ...]: ...

    def apply(self, position: int, recorded: Recorded, states: States) -> Iterable[Put]:
        """The rows that one fact changes."""
