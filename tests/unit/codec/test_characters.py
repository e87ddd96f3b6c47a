"""Which characters may stand in a text: an exact list, the same for every Python, checked in both directions."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

import pytest

from ledger.codec import canonical, encode_body
from ledger.errors import Invalid
from ledger.values import Name
from tests.unit.codec.entries import ESTABLISHED, again, changed, read, refuse, with_body
from tests.unit.codec.golden.examples import BY_TOPIC

EXAMPLE: Final = BY_TOPIC["office.established.v1"]
FORBIDDEN: Final = [
    *range(0x20),
    *range(0x7F, 0xA0),
    0x200E,
    0x200F,
    0x2028,
    0x2029,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    0xFEFF,
]
"""DESIGN.md "The entry", but for surrogates, which no UTF-8 can hold."""
NEIGHBOURS: Final = [0x20, 0x7E, 0xA0, 0x200D, 0x2010, 0x2027, 0x202F, 0x2065, 0x206A, 0xD7FF, 0xE000, 0xFEFE, 0xFF00]
ODD: Final = [0x00AD, 0x200B, 0x2060, 0x034F, 0x180E, 0xFFFD, 0xFFFE, 0xFFFF, 0x1FFFF, 0xE0001, 0x10FFFF, 0x0378]
"""Not seen, not assigned, or no characters at all: allowed, because lists of those grow with Unicode."""


def code_point(point: int) -> str:
    return f"U+{point:04X}"


def written(name: str) -> bytes:
    return encode_body(EXAMPLE.act, EXAMPLE.by, replace(EXAMPLE.fact, name=Name(name)), EXAMPLE.nonce)


@pytest.mark.parametrize("point", FORBIDDEN, ids=code_point)
def test_attack_a_text_holds_a_character_that_is_not_seen(point: int) -> None:
    """Controls, line separators and marks of direction show a reader another text than the bytes hold."""
    text = f"x{chr(point)}y"
    refuse(changed(ESTABLISHED, ("fact", "name"), text), r"office.established.v1: ")
    escaped = f"\\u{point:04x}".encode()
    refuse(with_body(ESTABLISHED, written("xzy").replace(b"xzy", b"x" + escaped + b"y")))
    with pytest.raises(Invalid, match=r"fact.name"):
        written(text)
    with pytest.raises(Invalid, match=code_point(point).replace("+", r"\+")):
        canonical({"name": text})


@pytest.mark.parametrize("text", [chr(0x7F), "\u202e", "\ufeffx", "x\u2066"])
def test_attack_a_character_that_is_not_seen_stands_at_the_edge_of_a_text(text: str) -> None:
    """A byte order mark before a text is part of it."""
    refuse(changed(ESTABLISHED, ("fact", "name"), text), "U\\+")
    with pytest.raises(Invalid, match=r"fact.name"):
        written(text)


@pytest.mark.parametrize("point", [0xD800, 0xDBFF, 0xDC00, 0xDFFF], ids=code_point)
def test_attack_a_text_holds_half_a_surrogate_pair(point: int) -> None:
    """Python's strings can, an escape in JSON can, UTF-8 cannot."""
    for text in (chr(point), f"x{chr(point)}y", chr(point) * 2, "\udc00\ud800"):
        refuse(with_body(ESTABLISHED, written("xzy").replace(b'"xzy"', json.dumps(text).encode())))
        refuse(with_body(ESTABLISHED, written("xzy").replace(b"xzy", text.encode("utf-8", "surrogatepass"))))
        with pytest.raises(Invalid, match=r"fact.name: holds U\+D"):
            written(text)


@pytest.mark.parametrize("point", [*NEIGHBOURS, *ODD], ids=code_point)
def test_the_neighbours_of_forbidden_characters_are_read_and_written(point: int) -> None:
    """The list is exact: a longer one would make true trails unreadable."""
    data = changed(ESTABLISHED, ("fact", "name"), f"x{chr(point)}y")
    assert again(read(data)) == data
    assert with_body(ESTABLISHED, written(f"x{chr(point)}y")) == data


@pytest.mark.parametrize("text", ["\r", "a\rb", "a\tb", "a\nb", "a\x0bb", "a\x85b", "a\u2028b"])
def test_attack_a_public_text_has_a_second_line(text: str) -> None:
    """Only sealed values have lines."""
    refuse(changed(ESTABLISHED, ("fact", "name"), text))
    with pytest.raises(Invalid, match=r"fact.name"):
        written(text)


NOT_NFC: Final = {
    "a letter and its accent apart": "Ke\u0301pala",
    "a sign that is another letter": "5 \u212b",
    "Hangul in parts": "\u1112\u1161\u11ab",
    "marks in another order": "q\u0307\u0323",
}


@pytest.mark.parametrize("text", NOT_NFC.values(), ids=NOT_NFC)
def test_a_text_that_is_not_in_nfc_is_read_but_not_written(text: str) -> None:
    """What an older Python wrote as NFC stays readable when Unicode's tables have grown."""
    data = changed(ESTABLISHED, ("fact", "name"), text)
    assert read(data).fact.name == text
    assert again(read(data)) == data
    with pytest.raises(Invalid, match=r"fact.name: is not in Unicode normal form NFC"):
        written(text)
