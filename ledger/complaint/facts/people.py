"""The people whom a complaint's facts name by handle; everything else of them is sealed."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Final

from ledger.values import Handle, SealedRef, about

THEIRS: Final = about("handle")
RESPONDENTS: Final = about("respondent")


@dataclass(frozen=True, slots=True)
class Complainant:
    """Who reports: everything but the handle is sealed."""

    handle: Handle
    name: SealedRef | None = field(default=None, metadata=THEIRS)
    id_number: SealedRef | None = field(default=None, metadata=THEIRS)
    address: SealedRef | None = field(default=None, metadata=THEIRS)
    phone: SealedRef | None = field(default=None, metadata=THEIRS)
    email: SealedRef | None = field(default=None, metadata=THEIRS)
    capacity: SealedRef | None = field(default=None, metadata=THEIRS)


@dataclass(frozen=True, slots=True)
class Witness:
    """Who saw it: everything but the handle is sealed."""

    handle: Handle
    name: SealedRef | None = field(default=None, metadata=THEIRS)
    address: SealedRef | None = field(default=None, metadata=THEIRS)
    phone: SealedRef | None = field(default=None, metadata=THEIRS)


@dataclass(frozen=True, slots=True)
class Present:
    """A member at a plenary; `who` stands at the handle's first use in the stream."""

    handle: Handle
    who: SealedRef | None = field(default=None, metadata=THEIRS)


COMPLAINANTS: Final = frozenset(f"complainants.{each.name}" for each in fields(Complainant) if each.name != "handle")
WITNESSES: Final = frozenset(f"witnesses.{each.name}" for each in fields(Witness) if each.name != "handle")
"""The members of the people in a list that may be corrected, without their place in it."""
