"""What holds of every entry: rows and bytes are each other's inverse, and no accepted bytes have another spelling."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.codec import FACTS, Entry, Recorded, canonical, decode, encode_body, frame, parse_canonical, unframe
from ledger.errors import Invalid, Unreadable
from ledger.shape import instant_text
from ledger.values import MAX_INTEGER
from tests.unit.codec.entries import body, members, places, settle, spelled, with_body, with_header
from tests.unit.codec.golden import golden
from tests.unit.codec.strategies import ANY_FACT, CHARACTERS, ROWS

GOLDEN = st.sampled_from([golden(topic) for topic in sorted(FACTS)])
PIECES = st.one_of(
    st.binary(max_size=4),
    st.text(max_size=3).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from(
        [
            *(bytes([byte]) for byte in b'\n\r\t "\\{}[]:,.+-019aAzZ\x00\x7f\xff'),
            b"\n\n",
            b"null",
            b"true",
            b"false",
            b"1.0",
            b"1e3",
            b"-0",
            b'"sealed":',
            b'"on":"2024-06-10",',
            b"[]",
            b"{}",
            b'""',
            b"\\u0061",
            b"\\/",
            b"\xef\xbb\xbf",
            b"netral-entry/v2\n",
            "\u0661".encode(),
            "\uff11".encode(),
        ]
    ),
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A golden entry with one to three pieces of it cut out, replaced or doubled, or with something put in."""
    data = draw(GOLDEN)
    for _ in range(draw(st.integers(1, 3))):
        first = draw(st.integers(0, len(data)))
        last = min(len(data), first + draw(st.sampled_from([0, 0, 1, 1, 2, 8, 40])))
        piece = draw(st.one_of(PIECES, st.just(data[first:last] * 2)))
        data = data[:first] + piece + data[last:]
    return data


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.integers(),
    st.sampled_from([MAX_INTEGER, MAX_INTEGER + 1, -MAX_INTEGER, 2**63, 2**64]),
    st.floats(),
    st.text(st.characters(), max_size=8),
    st.sampled_from(["asn", "own", "r1", "15.71", "2024-06-10", "2024-06-10T00:00:00Z", "ab" * 16, "ab" * 32]),
)
NAMES = st.text("abcxyz_09", min_size=1, max_size=6).map(lambda rest: f"m{rest}")
KEYS = st.one_of(NAMES, st.text(st.characters(), max_size=4))
JSON = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=15,
)
ALLOWED = st.one_of(st.booleans(), st.integers(-MAX_INTEGER, MAX_INTEGER), st.text(CHARACTERS, max_size=30))
for _ in range(8):  # as deep as a body may be
    ALLOWED = st.one_of(ALLOWED, st.lists(ALLOWED, max_size=3), st.dictionaries(NAMES, ALLOWED, max_size=3))


@settings(deadline=None)
@given(row=ROWS)
def test_every_row_comes_back_from_its_bytes(row: Entry) -> None:
    """So that a ledger can be restored from its bundles; also rows of topics that this release does not know."""
    assert unframe(frame(row)) == row


@settings(deadline=None, max_examples=300)
@given(data=st.one_of(st.binary(max_size=400), mutated()))
def test_attack_any_bytes_are_framed_again_as_they_were(data: bytes) -> None:
    """Unreadable, or the very same bytes: nothing is lost between the two."""
    try:
        row = unframe(data)
    except Unreadable:
        return
    assert frame(row) == data


@settings(deadline=None, max_examples=200)
@given(data=st.one_of(st.binary(max_size=400), st.binary(max_size=100).map(lambda rest: b"netral-entry/v1\n" + rest)))
def test_attack_any_bytes_are_read_as_an_entry(data: bytes) -> None:
    """Reading is total: Unreadable is the one name of whatever is wrong."""
    settle(data)


@settings(deadline=None, max_examples=600)
@given(data=mutated())
def test_attack_no_bytes_are_read_that_would_be_written_otherwise(data: bytes) -> None:
    """What is near a true entry is the entry itself, another true one, or unreadable."""
    settle(data)


@settings(deadline=None, max_examples=200)
@given(data=GOLDEN, content=st.binary(max_size=300))
def test_attack_any_bytes_stand_as_a_body(data: bytes, content: bytes) -> None:
    """Under a true header."""
    settle(with_body(data, content))


@settings(deadline=None, max_examples=200)
@given(
    data=GOLDEN, name=st.sampled_from(["position", "stream", "version", "topic", "at"]), value=st.binary(max_size=50)
)
def test_attack_any_bytes_stand_as_the_value_of_a_header(data: bytes, name: str, value: bytes) -> None:
    """Above a true body."""
    settle(with_header(data, name, value))


@settings(deadline=None, max_examples=400)
@given(data=GOLDEN, value=JSON, place=st.integers(0, 10_000))
def test_attack_any_json_stands_in_a_body(data: bytes, value: Any, place: int) -> None:
    """At any place of a true body, spelled as JSON may be."""
    content: Any = members(data)
    every = list(places(content))
    *way, last = every[1 + place % (len(every) - 1)]
    held = content
    for step in way:
        held = held[step]
    held[last] = value
    for ascii_only in (True, False):
        text = json.dumps(content, ensure_ascii=ascii_only, sort_keys=True, separators=(",", ":"))
        settle(with_body(data, text.encode("utf-8", "surrogatepass")))


@settings(deadline=None, max_examples=200)
@given(recorded=ANY_FACT)
def test_every_fact_comes_back_from_its_bytes(recorded: Recorded) -> None:
    """Any values of the declared types, in any envelope; the bytes are those of RFC 8785."""
    made = encode_body(recorded.act, recorded.by, recorded.fact, recorded.nonce)
    row = Entry(recorded.position, recorded.stream, recorded.version, recorded.topic, instant_text(recorded.at), made)
    assert decode(row) == decode(unframe(frame(row))) == recorded
    assert rfc8785.dumps(json.loads(made)) == made == spelled(json.loads(made))


@settings(deadline=None, max_examples=150)
@given(value=ALLOWED)
def test_canonical_bytes_are_those_of_rfc_8785(value: Any) -> None:
    """The second opinion is another maker's package."""
    made = canonical(value)
    assert made == rfc8785.dumps(value)
    assert parse_canonical(made) == value


@settings(deadline=None, max_examples=150)
@given(value=JSON)
def test_whatever_is_not_refused_is_canonical(value: Any) -> None:
    """Any JSON value is either Invalid or has the one spelling of RFC 8785; there is no third end."""
    try:
        made = canonical(value)
    except Invalid:
        return
    assert made == rfc8785.dumps(value)


@settings(deadline=None, max_examples=150)
@given(data=st.one_of(st.binary(max_size=100), JSON.map(lambda value: json.dumps(value).encode())))
def test_attack_any_bytes_are_parsed_as_canonical(data: bytes) -> None:
    """A ValueError, or a value whose one spelling they are."""
    try:
        value = parse_canonical(data)
    except ValueError:
        return
    assert rfc8785.dumps(value) == data


@pytest.mark.parametrize("topic", sorted(FACTS))
def test_the_golden_bodies_are_those_of_rfc_8785(topic: str) -> None:
    """For every topic, with every member."""
    made = body(golden(topic))
    assert rfc8785.dumps(json.loads(made)) == made
