"""Arrays as the server reads them in binary, packed by hand.

The driver's general conversion takes several times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from struct import Struct
from typing import Final

BOOL, BYTEA, INT8, INT4, TEXT = 16, 17, 20, 23, 25
HEAD: Final = Struct(">iiIii")
EMPTY: Final = Struct(">iiI")
LENGTH: Final = Struct(">i").pack
INT8_ITEM: Final = Struct(">iq").pack
INT4_ITEM: Final = Struct(">ii").pack
ABSENT: Final = LENGTH(-1)


def texts(values: Iterable[str]) -> bytes:
    """text[]."""
    return array(TEXT, [each.encode() for each in values])


def array(kind: int, values: Sequence[bytes | None]) -> bytes:
    """An array of values that are packed already."""
    return _joined(kind, None in values, [ABSENT if each is None else LENGTH(len(each)) + each for each in values])


def bigints(values: Sequence[int | None]) -> bytes:
    """bigint[]."""
    return _joined(INT8, None in values, [ABSENT if each is None else INT8_ITEM(8, each) for each in values])


def ends(lengths: Iterable[int]) -> bytes:
    """int[]: where each command's part of a list ends."""
    items, end = [], 0
    for length in lengths:
        end += length
        items.append(INT4_ITEM(4, end))
    return _joined(INT4, False, items)


def bigint(value: int | None) -> bytes | None:
    """One bigint."""
    return None if value is None else value.to_bytes(8, "big", signed=True)


def _joined(kind: int, holes: bool, items: list[bytes]) -> bytes:
    if not items:
        return EMPTY.pack(0, 0, kind)
    return HEAD.pack(1, holes, kind, len(items), 1) + b"".join(items)
