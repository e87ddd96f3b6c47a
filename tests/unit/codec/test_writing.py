"""Attacks on the writing side: what may not stand in an entry is Invalid, with the member's path, before any lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import IntEnum, StrEnum
from typing import Any, Final

import pytest

from api.chronicles.register import Register, by_registry
from api.wiring import House
from ledger.codec import FACTS, MAX_BODY, canonical, encode_body
from ledger.complaint.facts import FACTS_AT_AN_INSTANT
from ledger.election.commands import AnnounceElection
from ledger.election.facts import ElectionKind, Regime
from ledger.errors import Invalid
from ledger.values import Act, Handle, Number, Region, SealedRef, Source
from tests.in_file import in_file
from tests.scribes import Scribe
from tests.unit.codec.golden.examples import BY_TOPIC

EVERY_TOPIC = pytest.mark.parametrize("topic", sorted(FACTS))
FILED: Final = BY_TOPIC["complaint.filed.v1"]
STUDIED: Final = BY_TOPIC["complaint.studied.v1"]
REVIEWED: Final = BY_TOPIC["complaint.reviewed.v1"]


class Word(StrEnum):
    """A code of nobody's list."""

    WORD = "in_person"


class Whole(IntEnum):
    """A number of another type."""

    ONE = 1


class Text(str):
    """A text of another type."""

    __slots__ = ()


@pytest.mark.parametrize(
    "value",
    [
        None,
        1.0,
        0.0,
        float("nan"),
        float("inf"),
        b"x",
        bytearray(b"x"),
        (1, 2),
        {1, 2},
        frozenset(),
        Word.WORD,
        Whole.ONE,
        Text("x"),
        date(2024, 6, 10),
        datetime(2024, 6, 10, tzinfo=UTC),
        SealedRef,
        object(),
        2**53,
        -(2**53),
        10**400,
    ],
    ids=lambda value: repr(value)[:30],
)
def test_attack_a_value_of_another_type_is_written(value: Any) -> None:
    """Exactly dict, list, str, int, bool: subclasses might be written as something else than they say."""
    for held in (value, [value], {"a": value}, {"a": [1, {"b": value}]}):
        with pytest.raises(Invalid):
            canonical(held)


@pytest.mark.parametrize(
    "key",
    ["", "A", "aB", "1a", "_a", "a-b", "a b", "a.b", "\u00e9", "\u0430", "a\uff11", "a\n", "\ud800", 1, None, True],
)
def test_attack_a_member_has_a_name_of_another_grammar(key: Any) -> None:
    """The error says which name, and where."""
    with pytest.raises(Invalid, match="is not a member's name") as caught:
        canonical({"a": {key: 1}})
    assert caught.value.member == "a"


def test_an_error_names_the_place() -> None:
    """Members by dots, items by their index."""
    with pytest.raises(Invalid) as caught:
        canonical({"a": [1, {"b": [True, None]}]})
    assert caught.value.member == "a[1].b[1]"


@pytest.mark.parametrize("number", [2**53 - 1, -(2**53) + 1, 0])
def test_the_greatest_numbers_are_written(number: int) -> None:
    """The bounds themselves are inside."""
    assert canonical([number]) == f"[{number}]".encode()


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("election", "election-1"),
        ("region", "15.71.01"),
        ("region", 15),
        ("occurred_from", datetime(2024, 6, 7, tzinfo=UTC)),
        ("occurred_from", "2024-06-07"),
        ("known_on", None),
        ("channel", "in_person"),
        ("channel", Word.WORD),
        ("irregular", ("report_late",)),
        ("irregular", frozenset({"report_late"})),
        ("complainants", list(FILED.fact.complainants)),
        ("complainants", (Handle("k1"),)),
        ("complainants", (replace(FILED.fact.complainants[0], handle=Handle("k0")),)),
        ("complainants", (replace(FILED.fact.complainants[0], name="in clear"),)),
        ("narrative", "in clear"),
        ("narrative", SealedRef("ab")),  # type: ignore[arg-type]
        ("narrative", SealedRef(SealedRef("ab" * 32))),  # type: ignore[arg-type]
    ],
)
def test_attack_a_fact_holds_a_value_of_another_type(member: str, value: Any) -> None:
    """Types are checked when writing too: Python does not hold a caller to them."""
    with pytest.raises(Invalid) as caught:
        encode_body(FILED.act, FILED.by, replace(FILED.fact, **{member: value}), FILED.nonce)
    assert caught.value.member.startswith(f"fact.{member}")


@pytest.mark.parametrize(
    ("example", "member", "value"),
    [
        (STUDIED, "study", 0),
        (STUDIED, "study", -1),
        (STUDIED, "study", True),
        (STUDIED, "study", 2**53),
        (STUDIED, "study", 1.0),
        (STUDIED, "allegations", frozenset()),
        (STUDIED, "allegations", frozenset({0})),
        (STUDIED, "allegations", frozenset({1, 2**53})),
        (REVIEWED, "formal", 1),
        (REVIEWED, "formal", None),
        (REVIEWED, "missing", frozenset({"evidence"})),
    ],
)
def test_attack_a_number_a_set_or_a_truth_value_is_none(example: Any, member: str, value: Any) -> None:
    """A required set holds something; 1 is not true."""
    with pytest.raises(Invalid, match=f"fact.{member}"):
        encode_body(example.act, example.by, replace(example.fact, **{member: value}), example.nonce)


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2024, 6, 11, 2, 15),  # noqa: DTZ001 (that is the attack)
        datetime(2024, 6, 11, 2, 15, 0, 1, tzinfo=UTC),
        datetime(2024, 6, 11, 9, 15, tzinfo=timezone(timedelta(hours=7))),
        datetime(2024, 6, 11, 2, 15, tzinfo=timezone(timedelta(seconds=1))),
    ],
)
def test_attack_an_instant_is_not_in_utc_or_not_whole(instant: datetime) -> None:
    """Nothing is rounded and nothing is converted unseen."""
    with pytest.raises(Invalid, match=r"act.at: not an instant in UTC"):
        encode_body(replace(FILED.act, at=instant), FILED.by, FILED.fact, FILED.nonce)


@EVERY_TOPIC
def test_attack_an_act_is_dated_in_the_other_way(topic: str) -> None:
    """`on` where `at` belongs and the reverse, both, neither."""
    example = BY_TOPIC[topic]
    right: dict[str, Any] = {"at": datetime(2024, 6, 1, tzinfo=UTC)}
    wrong: dict[str, Any] = {"on": date(2024, 6, 1)}
    if FACTS[topic] not in FACTS_AT_AN_INSTANT:
        right, wrong = wrong, right
    bare = Act(example.act.office, example.act.source)
    assert encode_body(replace(bare, **right), example.by, example.fact, example.nonce)
    for dated in ({}, wrong, right | wrong):
        with pytest.raises(Invalid, match=r"^act: the act of this fact carries"):
            encode_body(replace(bare, **dated), example.by, example.fact, example.nonce)


@pytest.mark.parametrize("nonce", ["", "ab" * 15, "ab" * 17, "AB" * 16, "ag" * 16, "ab" * 16 + "\n", "\uff11" * 32])
def test_attack_a_nonce_is_no_nonce(nonce: str) -> None:
    """16 bytes in lowercase hex."""
    with pytest.raises(Invalid, match="nonce"):
        encode_body(FILED.act, FILED.by, FILED.fact, nonce)


@pytest.mark.parametrize("by", [{"office": "x"}, {"role": "intake"}, {"role": None}, {"actor": "a0"}, {"who": "Name"}])
def test_attack_the_recorder_is_none(by: Mapping[str, Any]) -> None:
    """Whoever records stands in the entry as a handle and nothing more."""
    with pytest.raises(Invalid, match=f"by.{next(iter(by))}"):
        encode_body(FILED.act, replace(FILED.by, **by), FILED.fact, FILED.nonce)


def test_a_fact_too_long_for_an_entry_is_refused_before_the_lock() -> None:
    """One byte more than what always fits a bundle."""
    many = frozenset(Number(10**14 + each) for each in range(4_100))
    with pytest.raises(Invalid, match=f"at most {MAX_BODY} fit an entry"):
        encode_body(STUDIED.act, STUDIED.by, replace(STUDIED.fact, allegations=many), STUDIED.nonce)


def test_attack_a_command_makes_an_entry_too_long(house: House, scribe: Scribe, offices: Register) -> None:
    """The submission is Invalid and nothing is written: no entry, no sealed value, no ticket."""
    del offices
    before = (house.store.size(), rows(house))
    every = frozenset(Region(f"{first:02}.{last:02}") for first in range(100) for last in range(100))
    command = AnnounceElection(
        act=Act(scribe.ledger, Source.OWN, on=date(2024, 5, 2)),
        regime=Regime.PEMILU,
        kind=ElectionKind.PRESIDENT,
        polling_on=date(2029, 2, 14),
        regions=every,
    )
    with pytest.raises(Invalid, match="makes a body of"):
        house.registrar.submit(command, by=by_registry(scribe.ledger), key="once")
    assert (house.store.size(), rows(house)) == before


def rows(house: House) -> list[int]:
    """How many rows stand in each table of the database."""
    with in_file(house.store) as connection:
        return [
            int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            for table in ("events", "vault", "idempotency")
        ]
