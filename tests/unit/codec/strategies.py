"""Strategies for facts, derived from the types that the dataclasses declare, as `ledger.shape` derives their form."""

from __future__ import annotations

import unicodedata
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from ledger import shape, values
from ledger.codec import FACTS, FORBIDDEN, Entry, Recorded
from ledger.complaint.facts import FACTS_AT_AN_INSTANT
from ledger.shape import instant_text
from ledger.values import MAX_INTEGER, Act, By

CHARACTERS = st.characters(codec="utf-8", exclude_characters=[chr(x) for x in range(2**16) if FORBIDDEN.match(chr(x))])
LINES = st.text(CHARACTERS, min_size=1, max_size=40).map(lambda text: unicodedata.normalize("NFC", text))
INSTANTS = st.datetimes().map(lambda instant: instant.replace(microsecond=0, tzinfo=UTC))
KINDS = ("ledger", "complaint", "official", "office", "election", "rulebook", "handover")
EDGES = st.sampled_from([1, 2, 9, 10, 2**31, 2**32, 2**52, MAX_INTEGER - 1, MAX_INTEGER])


def hexadecimal(size: int) -> st.SearchStrategy[str]:
    return st.binary(min_size=size, max_size=size).map(bytes.hex)


def stream_of(*kinds: str) -> st.SearchStrategy[str]:
    return st.builds("{}-{}".format, st.sampled_from(kinds), hexadecimal(16))


TEXTS: dict[Any, st.SearchStrategy[str]] = {
    values.Name: LINES,
    values.StreamId: stream_of(*KINDS),
    values.Digest: hexadecimal(32),
    values.LedgerId: hexadecimal(16),
    values.Vkey: st.builds(
        "{}+{}+{}".format, st.from_regex(r"[a-z.]{1,9}", fullmatch=True), hexadecimal(4), hexadecimal(22)
    ),
}
"""Grammars whose patterns are slow or too wide to draw from; all others are drawn from their patterns."""


@cache
def of(declared: Any) -> st.SearchStrategy[Any]:
    """Values of a declared type; TypeError for a type that no strategy is known for."""
    if declared in TEXTS:
        return TEXTS[declared]
    if declared in shape._TEXTS:
        return st.from_regex(shape._TEXTS[declared][0], fullmatch=True)
    if declared is values.Number:
        return st.one_of(st.integers(1, MAX_INTEGER), EDGES)
    if declared is values.Count:
        return st.one_of(st.integers(0, MAX_INTEGER), EDGES)
    if declared is bool:
        return st.booleans()
    if declared is date:
        return st.dates()
    if declared is datetime:
        return INSTANTS
    if isinstance(declared, type) and issubclass(declared, StrEnum):
        return st.sampled_from(declared)
    if isinstance(declared, type) and is_dataclass(declared):
        return st.builds(declared, **{each.name: member(declared, each.name) for each in fields(declared)})
    if get_origin(declared) in (Union, UnionType):
        return st.one_of(*(of(each) for each in get_args(declared)))
    raise TypeError(f"no strategy is known for {declared!r}")


def member(declared: Any, name: str) -> st.SearchStrategy[Any]:
    """Values of one member of a dataclass; a required array holds something, an optional member may be absent."""
    hint = get_type_hints(declared)[name]
    (required,) = (
        each.default is MISSING and each.default_factory is MISSING for each in fields(declared) if each.name == name
    )
    least = 1 if required else 0
    if get_origin(hint) is frozenset:
        return st.frozensets(of(get_args(hint)[0]), min_size=least, max_size=5)
    if get_origin(hint) is tuple:
        return st.lists(of(get_args(hint)[0]), min_size=least, max_size=3).map(tuple)
    parts = [part for part in get_args(hint) if part is not type(None)]
    return of(hint) if not parts else st.one_of(st.none(), of(*parts))


OFFICES = stream_of("ledger", "office")
STREAMS = of(values.StreamId)
NUMBERS = of(values.Number)
NONCES = hexadecimal(16)


def acts(fact: type) -> st.SearchStrategy[Act]:
    """Acts that are dated as a fact of this class must be."""
    dated: dict[str, st.SearchStrategy[Any]] = {"at": INSTANTS} if fact in FACTS_AT_AN_INSTANT else {"on": st.dates()}
    return st.builds(Act, office=OFFICES, source=of(values.Source), **dated)


BYS = st.builds(
    By,
    office=OFFICES,
    role=of(values.Role),
    actor=st.integers(1, 999_999).map("a{}".format),
    who=st.one_of(st.none(), of(values.SealedRef)),
)


def recorded(topic: str) -> st.SearchStrategy[Recorded]:
    """Any fact of a topic, in any envelope."""
    fact = FACTS[topic]
    return st.builds(
        Recorded,
        position=st.one_of(st.just(0), NUMBERS),
        stream=STREAMS,
        version=NUMBERS,
        topic=st.just(topic),
        at=INSTANTS,
        act=acts(fact),
        by=BYS,
        fact=of(fact),
        nonce=NONCES,
    )


ANY_FACT = st.sampled_from(sorted(FACTS)).flatmap(recorded)
ROWS = st.builds(
    Entry,
    position=st.one_of(st.just(0), NUMBERS),
    stream=STREAMS,
    version=NUMBERS,
    topic=st.from_regex(r"[a-z][a-z0-9_]{0,20}(\.[a-z][a-z0-9_]{0,20}){1,3}\.v[1-9][0-9]{0,3}", fullmatch=True),
    at=INSTANTS.map(instant_text),
    body=st.binary(max_size=300),
)
