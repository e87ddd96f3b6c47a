"""Attacks by somebody who holds the key, on the bodies of entries (step 6).

Every case is sealed anew, with a true tree and a true signature, so that no other check can catch it; each names the
check that must.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.verify.bundles import (
    accept,
    body,
    canonical,
    digest,
    files_of,
    refuse_third,
    trail,
    with_body,
    write,
)

GOOD = trail(3)[2]

# 6 body

TEXT = canonical(body("2", fact={"a": 1, "b": "x"}))
NOT_JSON = {
    "empty": b"",
    "not JSON": b"{",
    "two values": TEXT + TEXT,
    "not UTF-8": TEXT.replace(b'"x"', b'"\xff"'),
    "overlong UTF-8": TEXT.replace(b'"x"', b'"\xc0\xaf"'),
    "a raw control character": TEXT.replace(b'"x"', b'"\n"'),
    "a number with a leading zero": TEXT.replace(b":1", b":01"),
    "a number with a plus": TEXT.replace(b":1", b":+1"),
    "a number of 5000 digits": TEXT.replace(b":1", b":" + b"1" * 5000),
    "arrays 5000 deep": TEXT.replace(b":1", b":" + b"[" * 5000 + b"]" * 5000),
    "an opening without end": b"[" * 65_000,
    "a comma too many": TEXT.replace(b":1", b":1,"),
    "single quotes": TEXT.replace(b'"x"', b"'x'"),
}
NOT_CANONICAL = {
    "a byte order mark": b"\xef\xbb\xbf" + TEXT,
    "a line feed after the body": TEXT + b"\n",
    "a space before it": b" " + TEXT,
    "a space after a colon": TEXT.replace(b":", b": ", 1),
    "a space after a comma": TEXT.replace(b",", b", ", 1),
    "a member twice": TEXT.replace(b'{"a":1', b'{"a":1,"a":1'),
    "a member twice with another value": TEXT.replace(b'{"a":1', b'{"a":2,"a":1'),
    "members in another order": TEXT.replace(b'"a":1,"b":"x"', b'"b":"x","a":1'),
    "an escaped letter": TEXT.replace(b'"x"', b'"\\u0078"'),
    "an escaped slash": TEXT.replace(b'"x"', b'"\\/"'),
    "an escaped key": TEXT.replace(b'"a"', b'"\\u0061"'),
    "an escaped emoji": TEXT.replace(b'"x"', b'"\\ud83d\\uddf3"'),
    "minus zero": TEXT.replace(b":1", b":-0"),
    "UTF-16": TEXT.decode().encode("utf-16"),
    "UTF-32 without a mark": TEXT.decode().encode("utf-32-be"),
}


@pytest.mark.parametrize("name", NOT_JSON)
def test_attack_a_body_is_no_json(name: str, tmp_path: Path) -> None:
    """Whatever it is instead, it ends in this verdict."""
    refuse_third(tmp_path, with_body(GOOD, NOT_JSON[name]), "body.json")


@pytest.mark.parametrize("name", NOT_CANONICAL)
def test_attack_a_body_is_written_in_another_way(name: str, tmp_path: Path) -> None:
    """One value, one spelling (RFC 8785): otherwise two readers could see two things in the same bytes."""
    refuse_third(tmp_path, with_body(GOOD, NOT_CANONICAL[name]), "body.canonical")


def test_attack_a_body_is_longer_than_the_limit(tmp_path: Path) -> None:
    """65,024 bytes: one more than what always fits a framed entry."""
    room = 65_024 - len(canonical(body("long", fact={"text": ""})))
    refuse_third(tmp_path, with_body(GOOD, body("long", fact={"text": "x" * room})), "body.length")


@pytest.mark.parametrize(
    ("check", "value"),
    [
        ("body.type", 1.5),
        ("body.type", 1.0),
        ("body.type", 1e300),
        ("body.type", float("nan")),
        ("body.type", float("inf")),
        ("body.type", None),
        ("body.type", [None]),
        ("body.type", {"a": [1, {"b": None}]}),
        ("body.number", 2**53),
        ("body.number", -(2**53)),
        ("body.number", [10**30]),
        ("body.depth", [[[[[[[1]]]]]]]),
        ("body.depth", {"a": {"a": {"a": {"a": {"a": {"a": {}}}}}}}),
        ("body.depth", [[[[[[{"sealed": 1}]]]]]]),
        ("body.key", {"A": 1}),
        ("body.key", {"": 1}),
        ("body.key", {"_a": 1}),
        ("body.key", {"1a": 1}),
        ("body.key", {"a-b": 1}),
        ("body.key", {"a b": 1}),
        ("body.key", {"caf\u00e9": 1}),
        ("body.key", {"a\n": 1}),
        ("body.key", [{"a": {"B": 1}}]),
        ("body.sealed.members", {"sealed": digest("x"), "more": 1}),
        ("body.sealed.members", {"sealed": digest("x"), "salt": digest("y")}),
        ("body.sealed.sealed", {"sealed": digest("x")[:-1]}),
        ("body.sealed.sealed", {"sealed": digest("x") + "0"}),
        ("body.sealed.sealed", {"sealed": digest("x").upper()}),
        ("body.sealed.sealed", {"sealed": ""}),
        ("body.sealed.sealed", {"sealed": 1}),
        ("body.sealed.sealed", {"sealed": True}),
        ("body.sealed.sealed", {"sealed": [digest("x")]}),
        ("body.sealed.sealed", [{"a": {"sealed": {"sealed": digest("x")}}}]),
    ],
)
def test_attack_a_body_holds_a_value_that_is_not_allowed(check: str, value: Any, tmp_path: Path) -> None:
    """Text and whole numbers only, named plainly, not too deep; a sealed reference hides nothing beside itself."""
    refuse_third(tmp_path, with_body(GOOD, body("2", fact={"a": value})), check)


FORBIDDEN = [
    *range(0x20),
    *range(0x7F, 0xA0),
    0x2028,
    0x2029,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    0xFEFF,
]


@pytest.mark.parametrize("point", FORBIDDEN)
def test_attack_a_string_holds_a_code_point_that_is_not_seen(point: int, tmp_path: Path) -> None:
    """Controls, line separators and marks of direction make a reader see another text than the bytes hold."""
    refuse_third(tmp_path, with_body(GOOD, body("2", fact={"a": f"x{chr(point)}y"})), "body.characters")


@pytest.mark.parametrize("escape", [b"\\ud800", b"\\udfff", b"\\ud800x", b"\\udc00\\ud800", b"\xed\xa0\x80"])
def test_attack_a_string_holds_half_a_surrogate_pair(escape: bytes, tmp_path: Path) -> None:
    """No text in UTF-8 can hold one; an escape can, and some decoders let the bytes pass."""
    refuse_third(tmp_path, with_body(GOOD, TEXT.replace(b'"x"', b'"' + escape + b'"')), "body.characters")


@pytest.mark.parametrize(
    "neighbour", [0x20, 0x7E, 0xA0, 0x200D, 0x2010, 0x2027, 0x202F, 0x2065, 0x206A, 0xFEFE, 0xFF00]
)
def test_the_neighbours_of_forbidden_code_points_are_allowed(neighbour: int, tmp_path: Path) -> None:
    """The list is exact: more would refuse true trails."""
    content = with_body(GOOD, body("2", fact={"a": chr(neighbour)}))
    assert accept(write(tmp_path, files_of([*trail(2), content]))).size == 3


@pytest.mark.parametrize(
    ("check", "changes"),
    [
        ("body.members", {"act": None}),
        ("body.members", {"by": None}),
        ("body.members", {"fact": None}),
        ("body.members", {"nonce": None}),
        ("body.members", {"more": 1}),
        ("body.fact", {"fact": []}),
        ("body.fact", {"fact": "x"}),
        ("body.fact", {"fact": 1}),
        ("body.nonce", {"nonce": "ab" * 15}),
        ("body.nonce", {"nonce": "ab" * 17}),
        ("body.nonce", {"nonce": "AB" * 16}),
        ("body.nonce", {"nonce": "ag" * 16}),
        ("body.nonce", {"nonce": 1}),
        ("body.nonce", {"nonce": ["ab" * 16]}),
    ],
)
def test_attack_a_body_has_other_members_than_the_four(check: str, changes: dict[str, Any], tmp_path: Path) -> None:
    """act, by, fact, nonce: whose and when, who recorded, what, and what makes the hash unguessable."""
    refuse_third(tmp_path, with_body(GOOD, body("2", **changes)), check)


@pytest.mark.parametrize("value", [[], "x", 1, True, ["act", "by", "fact", "nonce"]])
def test_attack_a_body_is_no_object(value: Any, tmp_path: Path) -> None:
    """Any other JSON value says nothing of whose act it is."""
    refuse_third(tmp_path, with_body(GOOD, canonical(value)), "body.members")
