"""Two checkpoints of one trail that contradict each other: a file that convicts whoever holds the key."""

from __future__ import annotations

import pytest

from tests.verify.bundles import (
    KEY,
    NEXT_KEY,
    ORIGIN,
    VERIFY,
    checkpoint_text,
    condemned,
    cosignature,
    leaf_hash,
    note,
    policy,
    sealed_note,
    signature,
    trail,
    tree_hash,
    vkey,
)

TRUE, FORK = trail(7), trail(7, streams=2)
ROOTS = [tree_hash([leaf_hash(raw) for raw in entries]) for entries in (TRUE, FORK)]
TEXTS = [checkpoint_text(7, root) for root in ROOTS]
NOTES = [note(text, signature(text)) for text in TEXTS]


def evidence(*notes: bytes) -> bytes:
    """The evidence file: its format, then each signed checkpoint below its length."""
    return b"netral-evidence/v1\n" + b"".join(b"checkpoint %d\n" % len(each) + each for each in notes)


GOOD = evidence(*NOTES)
RULE = policy("group g any w0 w1 w2 w3", "quorum g", logs=[vkey(), vkey(NEXT_KEY)])


def test_two_roots_of_one_size_are_explained() -> None:
    """Both roots, who signed them, and what follows."""
    told = VERIFY.verify(None, vkey(), evidence=[GOOD]).text()
    assert told.startswith(f"SAH (bukti terhadap {ORIGIN}, 7 entri)\nTRUE: evidence against {ORIGIN}, 7 entries\n")
    assert "18 evidence: at one size, 7, this key signed two roots:" in told
    assert all(root.hex() in told for root in ROOTS)
    assert "witnesses that cosigned both: none" in told
    assert "2 checkpoint" not in told


def test_a_witness_that_cosigned_both_is_named() -> None:
    """It promised to cosign nothing that contradicts what it has seen."""
    notes = [
        note(TEXTS[0], signature(TEXTS[0]), cosignature(TEXTS[0], 0), cosignature(TEXTS[0], 1)),
        note(TEXTS[1], signature(TEXTS[1]), cosignature(TEXTS[1], 2), cosignature(TEXTS[1], 1)),
    ]
    told = VERIFY.verify(None, vkey(), RULE, evidence=[evidence(*notes)]).text()
    assert "witnesses that cosigned both: ['w1']" in told
    assert "'w0': '2024-10-27T03:33:20Z'" in told


def test_two_keys_of_one_trail_may_have_signed_the_two() -> None:
    """A retired key that signs on is a second history too; the policy names both keys."""
    other = note(TEXTS[1], signature(TEXTS[1], NEXT_KEY))
    assert VERIFY.verify(None, vkey(), RULE, evidence=[evidence(NOTES[0], other)]).size == 7
    condemned("evidence.signature", None, evidence=[evidence(NOTES[0], other)])


def test_attack_the_operator_of_another_trail_makes_evidence_against_this_one() -> None:
    """A policy may name the logs of several trails: none of them speaks for another."""
    foreign = vkey(NEXT_KEY, FOREIGN)
    rule = policy("quorum none", logs=[vkey(), foreign])
    forged = note(TEXTS[1], signature(TEXTS[1], NEXT_KEY, FOREIGN))
    condemned("evidence.signature", None, policy=rule, evidence=[evidence(NOTES[0], forged)])


LENGTH = b"checkpoint %d" % len(NOTES[0])
LONGER = b"checkpoint %d" % (len(NOTES[0]) + 1)
FOREIGN = "other.invalid/" + ORIGIN[-16:]
FOREIGN_TEXT = checkpoint_text(7, ROOTS[1], FOREIGN)
FALSE = {
    "nothing": ("evidence.form", b""),
    "another format": ("evidence.form", GOOD.replace(b"/v1", b"/v2", 1)),
    "no checkpoint": ("evidence.form", evidence()),
    "one checkpoint": ("evidence.form", evidence(NOTES[0])),
    "three checkpoints": ("evidence.root", evidence(*NOTES, NOTES[0])),
    "something after them": ("evidence.root", GOOD + b"\n"),
    "a length too long": ("evidence.note", GOOD.replace(LENGTH, LONGER, 1)),
    "a length too short": ("evidence.note", GOOD.replace(LENGTH, b"checkpoint 9", 1)),
    "a length of nothing": ("evidence.form", b"netral-evidence/v1\ncheckpoint 0\n" + GOOD[19:]),
    "a length with a leading zero": ("evidence.form", GOOD.replace(b"checkpoint ", b"checkpoint 0", 1)),
    "a length of eight digits": ("evidence.form", GOOD.replace(b"checkpoint ", b"checkpoint 99999", 1)),
    "a length of another script": ("evidence.form", GOOD.replace(b"checkpoint ", "checkpoint \u0662".encode(), 1)),
    "the same checkpoint twice": ("evidence.root", evidence(NOTES[0], NOTES[0])),
    "two sizes": ("evidence.size", evidence(NOTES[0], sealed_note(FORK[:5]))),
    "a signature by a stranger": (
        "evidence.signature",
        evidence(NOTES[0], note(TEXTS[1], signature(TEXTS[1], NEXT_KEY))),
    ),
    "a false signature": ("evidence.signature", evidence(NOTES[0], note(TEXTS[1], signature(TEXTS[0])))),
    "another trail": (
        "evidence.signature",
        evidence(NOTES[0], note(FOREIGN_TEXT, signature(FOREIGN_TEXT, KEY, FOREIGN))),
    ),
    "another origin below the same name": (
        "evidence.text",
        evidence(NOTES[0], note(FOREIGN_TEXT, signature(FOREIGN_TEXT))),
    ),
}


@pytest.mark.parametrize("name", FALSE)
def test_attack_evidence_is_made_up(name: str) -> None:
    """Nobody can make it against a key that never signed two histories: each of these shows nothing."""
    check, data = FALSE[name]
    condemned(check, None, evidence=[data])


def test_attack_a_cosignature_in_evidence_is_false() -> None:
    """A witness is not accused by a line that it did not write."""
    false = note(TEXTS[1], signature(TEXTS[1]), cosignature(TEXTS[0], 1))
    condemned("witness.signature", None, policy=RULE, evidence=[evidence(NOTES[0], false)])
