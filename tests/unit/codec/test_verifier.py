"""The codec is no laxer than the verifier: an entry that it writes or reads is never one that verify.py condemns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from ledger.codec import Entry, Recorded, encode_body, frame
from ledger.errors import Invalid
from ledger.values import Handle, Number, StreamId
from tests.unit.codec.entries import Place, changed, refuse
from tests.unit.codec.golden import golden
from tests.unit.codec.golden.examples import BY_TOPIC
from tests.unit.codec.strategies import ANY_FACT
from tests.verify.bundles import VERIFY, vkey

LAST = "9999-12-31T23:59:59Z"
BETWEEN_ENTRIES = (
    "ledger.opened",
    "ledger.stream",
    "ledger.keeper",
    "ledger.origin",
    "ledger.rotation",
    "ledger.vkey",
    "once.commitment",
)
"""Checks that hold one entry against the rest of a trail, which a single one does not have."""


def condemned(recorded: Recorded) -> str | None:
    """The check by which verify.py refuses an entry for its own sake, if there is one."""
    body = encode_body(recorded.act, recorded.by, recorded.fact, recorded.nonce)
    raw = frame(Entry(recorded.position, recorded.stream, recorded.version, recorded.topic, LAST, body))
    report = VERIFY.Report(Path(), vkey())
    report.versions[recorded.stream] = recorded.version - 1
    report.home = recorded.stream
    report.keys[vkey()] = 0
    try:
        report.take(recorded.position, raw)
    except VERIFY.VerificationError as error:
        return None if error.check in BETWEEN_ENTRIES else f"{error.check}: {error.found}"
    return None


@settings(deadline=None, max_examples=200)
@given(recorded=ANY_FACT)
def test_the_verifier_condemns_nothing_that_the_codec_writes(recorded: Recorded) -> None:
    """An entry is for ever: one that breaks FORMAT.md would break the whole trail for every stranger."""
    assert condemned(recorded) is None


@pytest.mark.parametrize("topic", sorted(BY_TOPIC))
def test_the_verifier_condemns_no_golden_entry(topic: str) -> None:
    """For every topic, with every member."""
    assert condemned(BY_TOPIC[topic]) is None


def test_the_verifier_is_heard() -> None:
    """The two tests above can fail: a nonce that the codec would not write is condemned by its name."""
    raw = changed(golden("office.ended.v1"), ("nonce",), "x")
    report = VERIFY.Report(Path(), vkey())
    report.versions["office-" + "0f" * 16] = 1
    with pytest.raises(VERIFY.VerificationError) as caught:
        report.take(2, raw)
    assert caught.value.check == "body.nonce"


FILED = BY_TOPIC["complaint.filed.v1"]
OPENED = BY_TOPIC["ledger.opened.v1"]
KINDS = ("complaint", "official", "election", "rulebook", "handover")
ENVELOPES: list[tuple[Place, Any]] = [
    *((("act", "office"), f"{kind}-{'ab' * 16}") for kind in KINDS),
    *((("by", "office"), f"{kind}-{'ab' * 16}") for kind in KINDS),
    *((("by", "actor"), handle) for handle in ("r1", "k1", "w1")),
]


@pytest.mark.parametrize(("place", "value"), ENVELOPES)
def test_attack_an_act_is_nobodys_office_or_its_recorder_no_member_of_staff(place: Place, value: Any) -> None:
    """Offices and the ledger itself act and record, through a person whose handle begins with a."""
    part, member = place
    path = rf"{part}\.{member}: "
    refuse(changed(golden("complaint.filed.v1"), place, value), path)
    act, by = FILED.act, FILED.by
    if part == "act":
        act = replace(act, office=StreamId(value))
    else:
        by = replace(by, **{str(member): Handle(value)})  # type: ignore[arg-type]
    with pytest.raises(Invalid, match=path):
        encode_body(act, by, FILED.fact, FILED.nonce)


def test_attack_a_trail_continues_one_that_had_no_entry() -> None:
    """A trail without its genesis has no root to be continued from."""
    refuse(changed(golden("ledger.opened.v1"), ("fact", "predecessor", "size"), 0), "predecessor.size")
    fact = replace(OPENED.fact, predecessor=replace(OPENED.fact.predecessor, size=Number(0)))
    with pytest.raises(Invalid, match=r"predecessor.size"):
        encode_body(OPENED.act, OPENED.by, fact, OPENED.nonce)
