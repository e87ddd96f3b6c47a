"""Entries as bytes, taken from the golden ones and broken one clause at a time; JSON is spelled by the library's own
encoder and not by the codec under test."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ledger.codec import FACTS, Entry, Recorded, canonical, decode, frame, unframe
from ledger.errors import Unreadable
from ledger.shape import instant_text, shape_of
from ledger.values import Act, By
from tests.unit.codec.golden import golden

HEADERS = ("position", "stream", "version", "topic", "at")
ESTABLISHED = golden("office.established.v1")
"""The entry that most attacks start from: it holds a text, codes, dates, a number and streams."""

Place = tuple[str | int, ...]
"""Where a value stands in a body: names of members and indexes."""


def head(data: bytes) -> bytes:
    """The header lines, without the empty line."""
    return data.partition(b"\n\n")[0]


def body(data: bytes) -> bytes:
    return data.partition(b"\n\n")[2]


def with_header(data: bytes, name: str, value: str | bytes) -> bytes:
    """The entry with one header's value replaced."""
    raw = value if isinstance(value, bytes) else value.encode()
    lines = head(data).split(b"\n")
    assert lines[HEADERS.index(name) + 1].startswith(name.encode() + b" ")
    lines[HEADERS.index(name) + 1] = name.encode() + b" " + raw
    return b"\n".join(lines) + b"\n\n" + body(data)


def with_body(data: bytes, content: bytes | dict[str, Any]) -> bytes:
    """The entry with another body: as it is given, or spelled canonically."""
    return head(data) + b"\n\n" + (content if isinstance(content, bytes) else spelled(content))


def spelled(value: Any) -> bytes:
    """The canonical spelling of a JSON value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def members(data: bytes) -> dict[str, Any]:
    """A body's members, fresh at each call."""
    value: dict[str, Any] = json.loads(body(data))
    return value


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    """Every place in a body, the body's own first."""
    yield place
    if isinstance(value, dict | list):
        for key, held in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(held, (*place, key))


def changed(data: bytes, place: Place, value: Any) -> bytes:
    """The entry with one value of its body replaced, or set where nothing stood."""
    content: Any = members(data)
    held = content
    for step in place[:-1]:
        held = held[step]
    held[place[-1]] = value
    return with_body(data, content)


def without(data: bytes, place: Place) -> bytes:
    """The entry with one member of its body left out."""
    content: Any = members(data)
    held = content
    for step in place[:-1]:
        held = held[step]
    del held[place[-1]]
    return with_body(data, content)


def read(data: bytes) -> Recorded:
    return decode(unframe(data))


def again(recorded: Recorded) -> bytes:
    """What was read, as bytes: as `encode_body` writes it, but for the normal form, which reading does not ask for."""
    content = {
        "act": shape_of(Act).encode(recorded.act, "act"),
        "by": shape_of(By).encode(recorded.by, "by"),
        "fact": shape_of(FACTS[recorded.topic]).encode(recorded.fact, "fact"),
        "nonce": recorded.nonce,
    }
    at = instant_text(recorded.at)
    return frame(Entry(recorded.position, recorded.stream, recorded.version, recorded.topic, at, canonical(content)))


def refuse(data: bytes, match: str | None = None) -> str:
    """What the codec says of bytes that it must not read."""
    with pytest.raises(Unreadable, match=match) as caught:
        read(data)
    return str(caught.value)


def settle(data: bytes) -> None:
    """Unreadable, or read and the same to the byte when written again; there is no third end."""
    try:
        recorded = read(data)
    except Unreadable:
        return
    assert again(recorded) == data
