"""What a projection is: tables, and a pure function from one recorded fact to the rows that it changes.

No clock, no randomness, no sealed values: whoever has the same entries gets the same rows, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Table

from ledger.codec import Recorded
from ledger.rulebook.state import Rulebook

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Put:
    """One row, inserted or replacing the row with the same key; every column is given."""

    table: str
    row: Row


class States(Protocol):
    """What facts make of streams, as their concepts evolve them."""

    def after(self, recorded: Recorded) -> Any:
        """The state of a fact's own stream directly after it."""

    def law(self) -> Rulebook:
        """The ledger's rulebook with everything in it that an applied fact can name; it may know later lists too.

        What is looked up in it by the digest of a list is the same at every later state.
        """


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
