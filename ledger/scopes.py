"""Which part of a stream a fact changes and a command decides on: two tracks of one case do not disturb each other."""

from __future__ import annotations

Scope = frozenset[int] | None
"""The numbers of some allegations, or WHOLE."""

WHOLE: Scope = None
NOTHING: Scope = frozenset()


def meets(touched: Scope, decided_on: Scope) -> bool:
    """Whether a fact's scope and a command's scope have something in common."""
    if touched is not None and not touched:
        return False
    return touched is None or decided_on is None or bool(touched & decided_on)
