"""Attacks by somebody who holds the key, on acts and recorders, and on what may stand only once (steps 7 and 8).

Every case is sealed anew, with a true tree and a true signature, so that no other check can catch it; each names the
check that must.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.verify.bundles import (
    OFFICE,
    body,
    complaint,
    digest,
    entry,
    files_of,
    instant,
    refuse,
    refuse_third,
    trail,
    with_body,
    write,
)

GOOD = trail(3)[2]


# 7 act


def changed(member: str, **changes: Any) -> bytes:
    """The good entry with members of `act` or `by` replaced, or removed by None."""
    content = body("2")
    inner = content[member] | changes
    return with_body(GOOD, content | {member: {name: value for name, value in inner.items() if value is not None}})


@pytest.mark.parametrize(
    ("check", "changes"),
    [
        ("act.members", {"office": None}),
        ("act.members", {"source": None}),
        ("act.members", {"on": None}),
        ("act.members", {"at": "2024-10-01T00:00:00Z"}),
        ("act.members", {"more": "x"}),
        ("act.office", {"office": "Bawaslu"}),
        ("act.office", {"office": complaint(0)}),
        ("act.office", {"office": OFFICE.upper()}),
        ("act.office", {"office": OFFICE + "0"}),
        ("act.office", {"office": 1}),
        ("act.source", {"source": "rumour"}),
        ("act.source", {"source": "Own"}),
        ("act.source", {"source": ""}),
        ("act.source", {"source": ["own"]}),
        ("act.on", {"on": "2024-10-1"}),
        ("act.on", {"on": "2024-02-30"}),
        ("act.on", {"on": "2023-02-29"}),
        ("act.on", {"on": "0000-01-01"}),
        ("act.on", {"on": "2024-10-01T00:00:00Z"}),
        ("act.on", {"on": "2024-W40-2"}),
        ("act.on", {"on": "20241001"}),
        ("act.on", {"on": 20241001}),
        ("act.on", {"on": True}),
        ("act.at", {"on": None, "at": "2024-10-01"}),
        ("act.at", {"on": None, "at": "2024-10-01T00:00:00"}),
        ("act.at", {"on": None, "at": "2024-10-01T24:00:00Z"}),
        ("act.at", {"on": None, "at": "2024-09-31T00:00:00Z"}),
        ("act.at", {"on": None, "at": "2024-10-01T0\u0660:00:00Z"}),
        ("act.on", {"on": "2024-10-0\u0661"}),
        ("act.at", {"on": None, "at": 1}),
    ],
)
def test_attack_an_act_does_not_say_whose_when_and_how_known(
    check: str, changes: dict[str, Any], tmp_path: Path
) -> None:
    """Competence and deadlines are judged on the act: it must be readable without guessing."""
    refuse_third(tmp_path, changed("act", **changes), check)


@pytest.mark.parametrize("member", ["act", "by"])
@pytest.mark.parametrize("value", [[], "x", 1, {}])
def test_attack_act_or_recorder_is_something_else(member: str, value: Any, tmp_path: Path) -> None:
    """An empty object is as bad as none."""
    check = "act.by.members" if member == "by" else "act.members"
    refuse_third(tmp_path, with_body(GOOD, body("2", **{member: value})), check)


@pytest.mark.parametrize(
    ("moment", "act"),
    [
        ("2024-10-05T14:59:59Z", {"on": "2024-10-06"}),
        ("2024-10-05T15:00:00Z", {"on": "2024-10-07"}),
        ("2024-12-31T14:59:59Z", {"on": "2025-01-01"}),
        ("2024-10-05T14:59:59Z", {"at": "2024-10-05T15:00:00Z"}),
        ("2024-10-05T14:59:59Z", {"at": "2025-10-05T14:59:59Z"}),
    ],
)
def test_attack_an_act_lies_after_its_own_recording(moment: str, act: dict[str, str], tmp_path: Path) -> None:
    """Nobody records what has not happened: no zone of the country is ahead of UTC+9."""
    content = body("late", act={"office": OFFICE, "source": "own"} | act)
    refuse_third(tmp_path, entry(2, complaint(0), 1, "complaint.filed.v1", moment, content), "act.later")


@pytest.mark.parametrize(
    ("check", "changes"),
    [
        ("act.by.members", {"office": None}),
        ("act.by.members", {"role": None}),
        ("act.by.members", {"actor": None}),
        ("act.by.members", {"name": "Budi"}),
        ("act.by.office", {"office": "Bawaslu"}),
        ("act.by.office", {"office": "official-" + "ab" * 16}),
        ("act.by.role", {"role": ""}),
        ("act.by.role", {"role": "Intake"}),
        ("act.by.role", {"role": "in take"}),
        ("act.by.role", {"role": 1}),
        ("act.by.actor", {"actor": "a"}),
        ("act.by.actor", {"actor": "a0"}),
        ("act.by.actor", {"actor": "a01"}),
        ("act.by.actor", {"actor": "r1"}),
        ("act.by.actor", {"actor": "a1 "}),
        ("act.by.actor", {"actor": "a\u0661"}),
        ("act.by.who.members", {"who": "Budi"}),
        ("act.by.who.members", {"who": {}}),
        ("act.by.who.members", {"who": [{"sealed": digest("x")}]}),
        ("act.by.who.members", {"who": {"name": {"sealed": digest("x")}}}),
        ("act.by.who.members", {"who": 0}),
    ],
)
def test_attack_the_recorder_is_not_said_or_is_named_openly(
    check: str, changes: dict[str, Any], tmp_path: Path
) -> None:
    """Office, role and handle; the person only as a sealed reference."""
    refuse_third(tmp_path, changed("by", **changes), check)


# 8 once


def test_attack_a_nonce_is_used_again(tmp_path: Path) -> None:
    """A repeated nonce shows a broken source of chance, or an entry copied and edited."""
    raw = with_body(GOOD, body("office"))
    error = refuse_third(tmp_path, raw, "once.nonce")
    assert digest("nonce office")[:32] in error.found


@pytest.mark.parametrize("place", ["fact", "by", "same"])
def test_attack_a_commitment_is_used_again(place: str, tmp_path: Path) -> None:
    """A commitment that recurs links two streams: who is in one is in the other."""
    old = {"sealed": digest("narrative 3")}
    content = body("again", fact={"text": old})
    if place == "by":
        content = body("again") | {"by": {"office": OFFICE, "role": "intake", "actor": "a1", "who": old}}
    raw = entry(4, complaint(7), 1, "complaint.filed.v1", instant(4), content)
    check_at = [*trail(4), raw]
    if place == "same":
        twice = {"sealed": digest("twice")}
        check_at[4] = with_body(raw, body("again", fact={"one": twice, "two": twice}))
    refuse(write(tmp_path, files_of(check_at)), "once.commitment", 4)
