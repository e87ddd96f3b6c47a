"""Attacks on what a body says: every member of every topic, left out, misspelt, or holding a value of another kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from typing import Any

import pytest

from ledger.catalogue import CATALOGUE
from ledger.codec import FACTS, Recorded
from ledger.complaint.facts import FACTS_AT_AN_INSTANT
from ledger.values import Act
from tests.unit.codec.entries import Place, changed, members, places, read, refuse, settle, without
from tests.unit.codec.golden import golden
from tests.unit.codec.golden.examples import BY_TOPIC

EVERY_TOPIC = pytest.mark.parametrize("topic", sorted(FACTS))
FILED = golden("complaint.filed.v1")
ANNOUNCED = golden("election.announced.v1")
STUDIED = golden("complaint.studied.v1")
OPENED = golden("ledger.opened.v1")
REVIEWED = golden("complaint.reviewed.v1")
NAMED = golden("complaint.respondent_named.v1")

NOTHING: list[Any] = [None, [], "", {}]
HOSTILE: list[Any] = [
    None,
    True,
    False,
    0,
    1,
    -1,
    2**53,
    1.5,
    1.0,
    "",
    " ",
    "x",
    "X",
    "1",
    "true",
    "null",
    "2024-02-30",
    "2024-06-10T00:00:00Z",
    [],
    [[]],
    [None],
    ["x"],
    [1, 1],
    [2, 1],
    {},
    {"sealed": "00"},
    {"sealed": None},
    {"x": 1},
]


@EVERY_TOPIC
def test_attack_a_value_of_another_kind_stands_in_a_member(topic: str) -> None:
    """At every place of the body, whatever it is: refused, or the same to the byte when it is written again."""
    data = golden(topic)
    for place in places(members(data)):
        if place:
            for value in HOSTILE:
                settle(changed(data, place, value))


@EVERY_TOPIC
def test_attack_null_an_empty_array_or_an_empty_text_stands_for_what_is_absent(topic: str) -> None:
    """Absent is omitted: a second way to say nothing would be a second leaf for it."""
    data = golden(topic)
    says_something = any(member.required for member in CATALOGUE[topic].members)
    for place in places(members(data)):
        if place:
            for value in NOTHING:
                if says_something or (place, value) != (("fact",), {}):
                    refuse(changed(data, place, value))


def dataclasses_in(value: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    """Every dataclass in a fact, with the place where it stands in the body."""
    if is_dataclass(value):
        yield place, value
        for each in fields(value):
            yield from dataclasses_in(getattr(value, each.name), (*place, each.name.rstrip("_")))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from dataclasses_in(item, (*place, index))


def parts(example: Recorded) -> Iterator[tuple[Place, Any]]:
    for name in ("act", "by", "fact"):
        yield from dataclasses_in(getattr(example, name), (name,))


@EVERY_TOPIC
def test_attack_a_member_is_missing(topic: str) -> None:
    """A required one is missed by its path; one that may be absent reads back without it."""
    data = golden(topic)
    for place, value in parts(BY_TOPIC[topic]):
        for each in fields(value):
            if getattr(value, each.name) is None:
                continue  # the other way to date an act
            shorter = without(data, (*place, each.name.rstrip("_")))
            if type(value) is Act and each.name in ("on", "at"):
                refuse(shorter, "act: the act of this fact carries")
            elif each.default is MISSING and each.default_factory is MISSING:
                refuse(shorter, rf"{re.escape(dotted(place))}\.{each.name.rstrip('_')}: is required")
            else:
                assert read(shorter) != BY_TOPIC[topic]
                settle(shorter)


@EVERY_TOPIC
@pytest.mark.parametrize("name", ["more", "note", "zzz", "sealed_", "who_else"])
def test_attack_a_member_stands_there_that_no_reader_knows(topic: str, name: str) -> None:
    """In the fact, in its parts and in the envelope: what is not understood is not passed over."""
    data = golden(topic)
    for place, _ in parts(BY_TOPIC[topic]):
        refuse(changed(data, (*place, name), "x"), rf"{re.escape(dotted(place))}\.{name}: is not known")


@EVERY_TOPIC
def test_attack_a_code_is_not_in_its_list(topic: str) -> None:
    """Codes are fixed lowercase words: neither another spelling nor another list's word is taken."""
    data = golden(topic)
    for place, value in parts(BY_TOPIC[topic]):
        for each in fields(value):
            code = getattr(value, each.name)
            if isinstance(code, StrEnum):
                for other in ("no_such_code", code.upper(), f"{code} ", f" {code}", code.title(), code.name + "\u0131"):
                    refuse(changed(data, (*place, each.name.rstrip("_")), other), "one of .* is expected")


@EVERY_TOPIC
def test_attack_an_act_is_dated_in_the_other_way(topic: str) -> None:
    """`on` where `at` belongs and the reverse, both, neither, and each in the other's form."""
    data = golden(topic)
    right, wrong = ("at", "on") if FACTS[topic] in FACTS_AT_AN_INSTANT else ("on", "at")
    values = {"at": "2024-06-01T00:00:00Z", "on": "2024-06-01"}
    only = without(data, ("act", right))
    refuse(only, f"carries {right} and not {wrong}")
    refuse(changed(only, ("act", wrong), values[wrong]), f"carries {right} and not {wrong}")
    refuse(changed(data, ("act", wrong), values[wrong]), f"carries {right} and not {wrong}")
    refuse(changed(data, ("act", right), values[wrong]), f"act.{right}: a")
    assert read(changed(data, ("act", right), values[right])).act != BY_TOPIC[topic].act


def dotted(place: Place) -> str:
    """A place as an error names it: fact.complainants[0].name."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")


DATES = {
    "30 February": "2024-02-30",
    "29 February of a common year": "2023-02-29",
    "31 June": "2024-06-31",
    "month 13": "2024-13-01",
    "month 0": "2024-00-10",
    "day 0": "2024-06-00",
    "year 0": "0000-06-10",
    "basic form": "20240610",
    "a week": "2024-W24-1",
    "an ordinal day": "2024-162",
    "a missing zero": "2024-6-10",
    "slashes": "2024/06/10",
    "the local order": "10-06-2024",
    "an instant": "2024-06-10T00:00:00Z",
    "a space after": "2024-06-10 ",
    "a line feed after": "2024-06-10\n",
    "a sign": "+2024-06-10",
    "five digits of a year": "12024-06-10",
    "Arabic-Indic digits": "\u0662\u0660\u0662\u0664-06-10",
    "full-width digits": "\uff12024-06-10",
    "a number": 20240610,
    "seconds": 1717977600,
}


@pytest.mark.parametrize("day", DATES.values(), ids=DATES)
def test_attack_a_date_is_written_otherwise_or_never_was(day: Any) -> None:
    """YYYY-MM-DD on a day of the calendar, in the fact and in the act."""
    refuse(changed(FILED, ("fact", "known_on"), day), "fact.known_on: |not canonical")
    refuse(changed(REVIEWED, ("act", "on"), day), "act.on: |not canonical")


@pytest.mark.parametrize("day", ["0001-01-01", "2024-02-29", "2000-02-29", "9999-12-31"])
def test_every_day_of_the_calendar_is_read(day: str) -> None:
    """The first, leap days, the last."""
    assert read(changed(FILED, ("fact", "known_on"), day)).fact.known_on.isoformat() == day


INSTANTS = {
    "a date": "2024-06-11",
    "no Z": "2024-06-11T02:15:00",
    "lower case": "2024-06-11t02:15:00z",
    "an offset": "2024-06-11T02:15:00+00:00",
    "another zone": "2024-06-11T09:15:00+07:00",
    "a fraction": "2024-06-11T02:15:00.000Z",
    "hour 24": "2024-06-11T24:00:00Z",
    "second 60": "2024-06-11T02:15:60Z",
    "30 February": "2024-02-30T02:15:00Z",
    "seconds": 1718072100,
}


@pytest.mark.parametrize("instant", INSTANTS.values(), ids=INSTANTS)
def test_attack_the_instant_of_an_act_is_written_otherwise(instant: Any) -> None:
    """As in the header: whole seconds of UTC in one spelling."""
    refuse(changed(FILED, ("act", "at"), instant), "act.at: an instant such as")


SETS = [
    (ANNOUNCED, "regions", ["15.71", "15.08"]),
    (ANNOUNCED, "regions", ["15.08", "15"]),
    (ANNOUNCED, "regions", ["15", "15"]),
    (ANNOUNCED, "regions", ["15", "15.08", "15.08"]),
    (STUDIED, "allegations", [2, 1]),
    (STUDIED, "allegations", [1, 10, 9]),
    (STUDIED, "allegations", [1, 1]),
    (REVIEWED, "missing", ["signature", "evidence"]),
    (REVIEWED, "missing", ["evidence", "evidence"]),
]


@pytest.mark.parametrize(("data", "name", "value"), SETS, ids=lambda value: str(value)[:40])
def test_attack_a_set_is_not_sorted_or_repeats_an_item(data: bytes, name: str, value: Any) -> None:
    """A set has one order, the codes' and numbers' own; nothing stands in it twice."""
    refuse(changed(data, ("fact", name), value), f"fact.{name}: a sorted array without repeats")


@pytest.mark.parametrize(
    ("data", "name", "value"),
    [
        (STUDIED, "allegations", [True, 2]),
        (STUDIED, "allegations", [1, "2"]),
        (STUDIED, "allegations", [0, 1]),
        (STUDIED, "allegations", [1, [2]]),
        (STUDIED, "allegations", {"1": 1}),
        (STUDIED, "allegations", "1"),
        (ANNOUNCED, "regions", ["15", 15]),
        (ANNOUNCED, "regions", ["15", {}]),
        (ANNOUNCED, "regions", "15"),
        (REVIEWED, "missing", ["evidence", "no_such_code"]),
    ],
)
def test_attack_a_set_holds_items_of_another_kind(data: bytes, name: str, value: Any) -> None:
    """Also where they could not be sorted at all."""
    refuse(changed(data, ("fact", name), value))


@pytest.mark.parametrize("number", [0, -1, True, False, 2**53, 10**18, 2**64, 1.0, "1", [1]])
def test_attack_a_number_is_none_or_too_great(number: Any) -> None:
    """What is counted inside a stream begins at 1 and ends below 2^53."""
    refuse(changed(STUDIED, ("fact", "study"), number))


def test_the_greatest_number_is_read() -> None:
    """The bound itself is inside."""
    data = changed(STUDIED, ("fact", "study"), 2**53 - 1)
    assert read(data).fact.study == 2**53 - 1
    settle(data)


@pytest.mark.parametrize("flag", [0, 1, "true", "True", "yes", [], None, 1.0])
def test_attack_a_truth_value_is_something_else(flag: Any) -> None:
    """true and false, and nothing that Python would take for them."""
    refuse(changed(REVIEWED, ("fact", "formal"), flag))


@pytest.mark.parametrize(
    ("data", "place", "value"),
    [
        (FILED, ("fact", "region"), "15.7"),
        (FILED, ("fact", "region"), "15.71.01"),
        (FILED, ("fact", "region"), "1571"),
        (FILED, ("fact", "region"), "15.\uff17\uff11"),
        (FILED, ("fact", "region"), 15.71),
        (FILED, ("fact", "election"), "election-" + "AB" * 16),
        (FILED, ("fact", "election"), "election-" + "ab" * 15),
        (FILED, ("fact", "complainants", 0, "handle"), "k0"),
        (FILED, ("fact", "complainants", 0, "handle"), "k01"),
        (FILED, ("fact", "complainants", 0, "handle"), "K1"),
        (FILED, ("fact", "complainants", 0, "handle"), "x1"),
        (FILED, ("fact", "complainants", 0, "handle"), "k"),
        (FILED, ("fact", "complainants", 0, "handle"), "k1000000"),
        (FILED, ("fact", "complainants", 0, "handle"), "k\u0661"),
        (FILED, ("fact", "complainants", 0, "handle"), "case"),
        (FILED, ("fact", "narrative", "sealed"), "ab" * 31),
        (FILED, ("fact", "narrative", "sealed"), "ab" * 33),
        (FILED, ("fact", "narrative", "sealed"), "AB" * 32),
        (FILED, ("fact", "narrative", "sealed"), "ag" * 32),
        (FILED, ("fact", "narrative"), "in clear"),
        (FILED, ("fact", "narrative"), "ab" * 32),
        (NAMED, ("fact", "name"), "in clear"),
        (NAMED, ("fact", "class_"), "asn"),
        (OPENED, ("fact", "ledger"), "AB" * 16),
        (OPENED, ("fact", "origin"), "golden.invalid"),
        (OPENED, ("fact", "origin"), "https://golden.invalid/5f5f5f5f5f5f5f5f"),
        (OPENED, ("fact", "origin"), "localhost/5f5f5f5f5f5f5f5f"),
        (OPENED, ("fact", "origin"), "golden.invalid:443/5f5f5f5f5f5f5f5f"),
        (OPENED, ("fact", "origin"), "Golden.invalid/5f5f5f5f5f5f5f5f"),
        (OPENED, ("fact", "vkey"), "golden.invalid"),
        (OPENED, ("fact", "vkey"), "golden invalid+a737f1a9+AQOh"),
        (OPENED, ("fact", "predecessor", "root"), "7d" * 31),
        (OPENED, ("fact", "predecessor", "size"), -1),
    ],
)
def test_attack_a_text_of_a_grammar_breaks_it(data: bytes, place: Place, value: Any) -> None:
    """Regions, streams, handles, commitments, origins and keys each have one spelling, matched from end to end."""
    refuse(changed(data, place, value))


def test_attack_a_sealed_reference_has_something_beside_it() -> None:
    """A salt beside the commitment would open it to everybody."""
    for more in ("salt", "value", "of"):
        refuse(changed(FILED, ("fact", "narrative", more), "ab" * 32), f"fact.narrative.{more}: is not known")


def test_a_text_of_a_grammar_is_matched_to_its_very_end() -> None:
    """A line feed after the last character is not overlooked."""
    for place in (("fact", "region"), ("fact", "election"), ("fact", "channel"), ("nonce",), ("act", "office")):
        held: Any = members(FILED)
        for step in place:
            held = held[step]
        refuse(changed(FILED, place, held + "\n"))
