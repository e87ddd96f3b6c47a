"""Attacks by somebody who holds the key, on what the ledger says of itself (step 9).

Every case is sealed anew, with a true tree and a true signature, so that no other check can catch it; each names the
check that must.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.verify.bundles import (
    CORRECTED,
    HOME,
    KEY,
    LEDGER,
    NEXT_KEY,
    OFFICE,
    OPENED,
    ORIGIN,
    ROTATED,
    body,
    complaint,
    entry,
    files_of,
    genesis,
    genesis_fact,
    home_body,
    instant,
    key_id,
    refuse,
    refuse_third,
    trail,
    vkey,
    write,
)

# 9 ledger


@pytest.mark.parametrize(
    ("check", "fact"),
    [
        ("ledger.members", genesis_fact(ledger=None)),
        ("ledger.members", genesis_fact(origin=None)),
        ("ledger.members", genesis_fact(vkey=None)),
        ("ledger.members", genesis_fact(clock=None)),
        ("ledger.members", genesis_fact(more="x")),
        ("ledger.clock", genesis_fact(clock="stopped")),
        ("ledger.clock", genesis_fact(clock=True)),
        ("ledger.ledger", genesis_fact(ledger=LEDGER[:-1])),
        ("ledger.ledger", genesis_fact(ledger=LEDGER.upper())),
        ("ledger.ledger", genesis_fact(ledger=1)),
        ("ledger.origin", genesis_fact(origin="demo.invalid/" + "0" * 16)),
        ("ledger.origin", genesis_fact(origin=ORIGIN.upper())),
        ("ledger.origin", genesis_fact(origin="demo/" + LEDGER[:16])),
        ("ledger.origin", genesis_fact(origin="https://" + ORIGIN)),
        ("ledger.origin", genesis_fact(origin="other.invalid/" + LEDGER[:16])),
        ("ledger.origin", genesis_fact(ledger="0" * 32)),
        ("ledger.vkey", genesis_fact(vkey="key")),
        ("ledger.vkey", genesis_fact(vkey="")),
        ("ledger.vkey", genesis_fact(vkey=1)),
        ("ledger.vkey", genesis_fact(vkey=vkey(KEY, "other.invalid/" + LEDGER[:16]))),
        ("ledger.vkey", genesis_fact(vkey=vkey().replace("+", "+0", 1))),
        ("ledger.predecessor.members", genesis_fact(predecessor={})),
        ("ledger.predecessor.members", genesis_fact(predecessor="x")),
        ("ledger.predecessor.members", genesis_fact(predecessor={"origin": ORIGIN, "size": 1})),
        ("ledger.predecessor.size", genesis_fact(predecessor={"origin": ORIGIN, "size": 0, "root": "ab" * 32})),
        ("ledger.predecessor.size", genesis_fact(predecessor={"origin": ORIGIN, "size": -1, "root": "ab" * 32})),
        ("ledger.predecessor.size", genesis_fact(predecessor={"origin": ORIGIN, "size": "1", "root": "ab" * 32})),
        ("ledger.predecessor.size", genesis_fact(predecessor={"origin": ORIGIN, "size": True, "root": "ab" * 32})),
        ("ledger.predecessor.root", genesis_fact(predecessor={"origin": ORIGIN, "size": 1, "root": "ab" * 31})),
        ("ledger.predecessor.root", genesis_fact(predecessor={"origin": ORIGIN, "size": 1, "root": "AB" * 32})),
        ("ledger.predecessor.origin", genesis_fact(predecessor={"origin": "demo", "size": 1, "root": "ab" * 32})),
    ],
)
def test_attack_the_genesis_does_not_name_this_ledger(check: str, fact: dict[str, Any], tmp_path: Path) -> None:
    """Ledger, origin and key stand in entry 0 once for all: a checkpoint of another ledger cannot be put on top."""
    raw = entry(0, HOME, 1, OPENED, "2024-10-01T01:00:00Z", home_body("genesis", fact))
    refuse(write(tmp_path, files_of([raw])), check, 0)


def test_attack_the_genesis_names_another_key(tmp_path: Path) -> None:
    """The key given signs, but the ledger's own first entry knows another."""
    refuse(write(tmp_path, files_of([genesis(vkey=vkey(NEXT_KEY))])), "ledger.current")


def test_attack_the_genesis_stands_in_another_stream(tmp_path: Path) -> None:
    """The ledger speaks of itself in its own stream alone."""
    for stream in (f"ledger-{'00' * 16}", OFFICE, complaint(0)):
        raw = entry(0, stream, 1, OPENED, "2024-10-01T01:00:00Z", home_body("genesis", genesis_fact()))
        refuse(write(tmp_path / stream, files_of([raw])), "ledger.stream", 0)


def test_attack_the_trail_begins_with_something_else(tmp_path: Path) -> None:
    """Without a genesis nothing says whose trail this is."""
    raw = entry(0, complaint(0), 1, "complaint.filed.v1", "2024-10-01T01:00:00Z", body("first"))
    refuse(write(tmp_path, files_of([raw])), "ledger.opened", 0)


def test_attack_the_ledger_is_opened_again(tmp_path: Path) -> None:
    """A second genesis could change the key without a rotation."""
    fact = genesis_fact(vkey=vkey(NEXT_KEY))
    refuse_third(tmp_path, entry(2, HOME, 2, OPENED, instant(2), home_body("again", fact)), "ledger.opened")


@pytest.mark.parametrize(
    ("stream", "topic"),
    [
        (f"ledger-{'00' * 16}", "ledger.closed.v1"),
        (f"ledger-{'00' * 16}", "office.established.v1"),
        (complaint(0), "ledger.closed.v1"),
        (complaint(0), CORRECTED),
        (complaint(0), ROTATED),
        ("rulebook-" + "ab" * 16, "ledger.any.v1"),
    ],
)
def test_attack_another_stream_speaks_for_the_ledger(stream: str, topic: str, tmp_path: Path) -> None:
    """Rotating a key or correcting the clock from a complaint would slip past who may do it."""
    refuse_third(tmp_path, entry(2, stream, 1, topic, instant(2), home_body("2", {})), "ledger.stream")


@pytest.mark.parametrize("stream", [HOME, OFFICE, "election-" + "ab" * 16])
@pytest.mark.parametrize(
    ("member", "changes"),
    [
        ("act", {"office": OFFICE}),
        ("act", {"office": f"ledger-{'00' * 16}"}),
        ("act", {"source": "letter"}),
        ("by", {"office": OFFICE}),
        ("by", {"role": "intake"}),
        ("by", {"role": "own"}),
    ],
)
def test_attack_ledger_offices_or_elections_are_recorded_by_another(
    stream: str, member: str, changes: dict[str, str], tmp_path: Path
) -> None:
    """The registry acts for the ledger itself, as an act of its own, by its operator or registry."""
    content = home_body("2", {})
    content[member] = content[member] | changes
    version = 1 if stream.startswith("election") else 2
    refuse_third(tmp_path, entry(2, stream, version, "office.ended.v1", instant(2), content), "ledger.keeper")


def rotated(changes: dict[str, Any]) -> bytes:
    fact = {"retired_key_id": key_id(KEY).hex(), "vkey": vkey(NEXT_KEY), "from_size": 3} | changes
    fact = {name: value for name, value in fact.items() if value is not None}
    return entry(2, HOME, 2, ROTATED, instant(2), home_body("rotation", fact))


@pytest.mark.parametrize(
    ("check", "changes"),
    [
        ("ledger.members", {"vkey": None}),
        ("ledger.members", {"from_size": None}),
        ("ledger.members", {"retired_key_id": None}),
        ("ledger.members", {"more": 1}),
        ("ledger.rotation", {"retired_key_id": key_id(NEXT_KEY).hex()}),
        ("ledger.rotation", {"retired_key_id": key_id(KEY).hex().upper()}),
        ("ledger.rotation", {"retired_key_id": 1}),
        ("ledger.rotation", {"from_size": 1}),
        ("ledger.rotation", {"from_size": 2}),
        ("ledger.from_size", {"from_size": 0}),
        ("ledger.from_size", {"from_size": -3}),
        ("ledger.from_size", {"from_size": "3"}),
        ("ledger.from_size", {"from_size": True}),
        ("ledger.vkey", {"vkey": vkey(KEY)}),
        ("ledger.vkey", {"vkey": vkey(NEXT_KEY, "other.invalid/" + LEDGER[:16])}),
        ("ledger.vkey", {"vkey": "x"}),
        ("ledger.vkey", {"vkey": 1}),
    ],
)
def test_attack_a_rotation_reaches_back_or_names_other_keys(
    check: str, changes: dict[str, Any], tmp_path: Path
) -> None:
    """It retires the key that is current, names a fresh one of the same origin, and never reaches back."""
    refuse_third(tmp_path, rotated(changes), check)


def test_attack_a_second_rotation_overtakes_the_first(tmp_path: Path) -> None:
    """Sizes of rotations grow, so that every size has one key."""
    fact = {"retired_key_id": key_id(NEXT_KEY).hex(), "vkey": vkey(KEY), "from_size": 9}
    back = entry(3, HOME, 3, ROTATED, instant(3), home_body("back", fact))
    refuse(write(tmp_path / "back", files_of([*trail(2), rotated({}), back])), "ledger.vkey", 3)
    fact |= {"vkey": vkey(NEXT_KEY, ORIGIN), "from_size": 10}
    overtaking = entry(3, HOME, 3, ROTATED, instant(3), home_body("over", fact))
    far = rotated({"from_size": 10})
    refuse(write(tmp_path / "over", files_of([*trail(2), far, overtaking])), "ledger.rotation", 3)
