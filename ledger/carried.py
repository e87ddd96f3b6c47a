"""What facts carry: the members of staff whom they introduce, and the sealed values that they refer to."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from ledger.codec import Recorded
from ledger.values import Handle, SealedRef


def handles_in(history: Iterable[Recorded]) -> frozenset[Handle]:
    """The members of staff whom facts of a stream have introduced."""
    return frozenset(handle for recorded in history for handle in (recorded.by.actor, *staff_in(recorded.fact)))


def staff_in(value: Any) -> list[Handle]:
    """The members of staff whom a fact introduces: whatever has `who` has the handle that it names."""
    if isinstance(value, tuple):
        return [handle for item in value for handle in staff_in(item)]
    names = _names(value.__class__)
    found: list[Handle] = [value.handle] if "who" in names else []
    for name in names:
        found += staff_in(getattr(value, name))
    return found


def references_in(value: Any) -> list[SealedRef]:
    """Every sealed reference that stands in a fact or an envelope."""
    if isinstance(value, SealedRef):
        return [value]
    if isinstance(value, tuple):
        return [found for item in value for found in references_in(item)]
    return [found for name in _names(value.__class__) for found in references_in(getattr(value, name))]


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    """The members of a dataclass; none of anything else."""
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()
