"""Two checkpoints of one trail that contradict each other: a file that convicts whoever holds the key."""

from __future__ import annotations

import base64

import pytest

from tests.verify.bundles import (
    KEY,
    NEXT_KEY,
    ORIGIN,
    VERIFY,
    checkpoint_text,
    condemned,
    consistency,
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
from tests.verify.bundles import evidence_file as evidence

TRUE, FORK = trail(7), trail(7, streams=2)
ROOTS = [tree_hash([leaf_hash(raw) for raw in entries]) for entries in (TRUE, FORK)]
TEXTS = [checkpoint_text(7, root) for root in ROOTS]
NOTES = [note(text, signature(text)) for text in TEXTS]


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
    "two sizes without a proof": ("evidence.size", evidence(sealed_note(FORK[:5]), NOTES[0])),
    "one size and a root": ("evidence.root", evidence(*NOTES, root=ROOTS[1])),
    "one size, and a root and a proof": ("evidence.root", evidence(*NOTES, root=ROOTS[1], proof=ROOTS)),
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


# Two checkpoints of two sizes

LONG = trail(20, streams=2)
LEAVES = [leaf_hash(raw) for raw in LONG]


def fork(first: int, second: int) -> bytes:
    """What convicts: the first so many of the true entries were sealed, and then more of the others."""
    proof = consistency(LEAVES[:second], first)
    return evidence(sealed_note(trail(first)), sealed_note(LONG[:second]), root=tree_hash(LEAVES[:first]), proof=proof)


@pytest.mark.parametrize("second", range(6, 21))
def test_a_longer_trail_that_does_not_continue_a_shorter_one_is_explained(second: int) -> None:
    """The two histories part at entry 4: whatever the two sizes above it, both roots of the lesser one are told."""
    for first in range(5, second):
        told = VERIFY.verify(None, vkey(), evidence=[fork(first, second)]).text()
        assert f"TRUE: evidence against {ORIGIN}, {second} entries\n" in told
        assert f"18 evidence: at one size, {first}, this key signed two roots:" in told
        assert f"   {tree_hash([leaf_hash(raw) for raw in trail(first)]).hex()} at {first}, signed by" in told
        assert f"   {tree_hash(LEAVES[:second]).hex()} at {second}, signed by" in told
        assert f"   {tree_hash(LEAVES[:first]).hex()} at {first} in the trail of {second}, as" in told


@pytest.mark.parametrize("second", range(2, 13))
def test_attack_a_trail_that_went_on_is_accused_of_it(second: int) -> None:
    """An honest pair contradicts nothing, with its true proof; and no other root or proof makes it do so."""
    for first in range(1, second):
        notes, root = [sealed_note(LONG[:first]), sealed_note(LONG[:second])], tree_hash(LEAVES[:first])
        proof = consistency(LEAVES[:second], first)
        error = condemned("evidence.root", None, evidence=[evidence(*notes, root=root, proof=proof)])
        assert "these contradict nothing" in error.expected
        for other in (b"\x00" * 32, tree_hash(LEAVES[: first + 1]), proof[0]):
            if other != root:
                condemned("evidence.hash", None, evidence=[evidence(*notes, root=other, proof=proof)])


@pytest.mark.parametrize(("first", "second"), [(5, 6), (6, 8), (7, 20), (8, 9), (8, 16), (12, 20), (16, 20), (19, 20)])
def test_attack_the_proof_of_a_fork_was_changed(first: int, second: int) -> None:
    """Each hash counts, and how many there are: a fork must be shown as it was, or it is not shown."""
    notes, root = [sealed_note(trail(first)), sealed_note(LONG[:second])], tree_hash(LEAVES[:first])
    proof = consistency(LEAVES[:second], first)
    for place, old in enumerate(proof):
        changed = [*proof[:place], bytes([old[0] ^ 1]) + old[1:], *proof[place + 1 :]]
        condemned("evidence.hash", None, evidence=[evidence(*notes, root=root, proof=changed)])
    for length in range(1, len(proof)):
        condemned("evidence.length", None, evidence=[evidence(*notes, root=root, proof=proof[:length])])
        condemned("evidence.length", None, evidence=[evidence(*notes, root=root, proof=proof[-length:])])
    for longer in ([*proof, root], [root, *proof], [*proof, *proof], [root] * 63):
        condemned("evidence.length", None, evidence=[evidence(*notes, root=root, proof=longer)])
    condemned("evidence.size", None, evidence=[evidence(*notes, root=root)])
    condemned("evidence.size", None, evidence=[evidence(*notes, root=root, proof=[root] * 64)])


SHORT, WHOLE = sealed_note(trail(6)), sealed_note(LONG[:9])
SHORT_ROOT, SHORT_PROOF = tree_hash(LEAVES[:6]), consistency(LEAVES[:9], 6)
SHOWN = evidence(SHORT, WHOLE, root=SHORT_ROOT, proof=SHORT_PROOF)
ROOT_LINE = b"root " + base64.b64encode(SHORT_ROOT) + b"\n"
LOOSE = base64.b64encode(SHORT_PROOF[0])
STRANGE_TEXT = checkpoint_text(9, tree_hash(LEAVES[:9]))
FALSE_FORKS = {
    "the notes in the other order": ("evidence.size", evidence(WHOLE, SHORT, root=SHORT_ROOT, proof=SHORT_PROOF)),
    "the root that was signed": (
        "evidence.hash",
        evidence(SHORT, WHOLE, root=tree_hash([leaf_hash(raw) for raw in trail(6)]), proof=SHORT_PROOF),
    ),
    "the root of the longer one": (
        "evidence.hash",
        evidence(SHORT, WHOLE, root=tree_hash(LEAVES[:9]), proof=SHORT_PROOF),
    ),
    "the proof for another size": (
        "evidence.hash",
        evidence(SHORT, WHOLE, root=SHORT_ROOT, proof=consistency(LEAVES[:10], 6)),
    ),
    "the proof of another trail": (
        "evidence.hash",
        evidence(SHORT, WHOLE, root=SHORT_ROOT, proof=consistency([leaf_hash(raw) for raw in trail(9)], 6)),
    ),
    "a signature by a stranger": (
        "evidence.signature",
        evidence(SHORT, note(STRANGE_TEXT, signature(STRANGE_TEXT, NEXT_KEY)), root=SHORT_ROOT, proof=SHORT_PROOF),
    ),
    "no root": ("evidence.size", SHOWN.replace(ROOT_LINE, b"")),
    "two roots": ("evidence.size", SHOWN.replace(ROOT_LINE, ROOT_LINE * 2)),
    "a root by another name": ("evidence.size", SHOWN.replace(b"\nroot ", b"\nRoot ")),
    "a root of 31 bytes": ("evidence.size", SHOWN.replace(ROOT_LINE, b"root " + b"A" * 42 + b"==\n")),
    "a root in another spelling": ("evidence.size", SHOWN.replace(ROOT_LINE, b"root " + b"A" * 42 + b"B=\n")),
    "a hash in another spelling": ("evidence.size", SHOWN.replace(LOOSE, LOOSE[:-2] + b"B=")),
    "a hash without its end": ("evidence.size", SHOWN[:-1]),
    "an empty line after them": ("evidence.size", SHOWN + b"\n"),
    "an empty line between them": ("evidence.size", SHOWN.replace(ROOT_LINE, ROOT_LINE + b"\n")),
    "lines that end in two bytes": ("evidence.size", SHOWN.replace(LOOSE + b"\n", LOOSE + b"\r\n")),
}


@pytest.mark.parametrize("name", FALSE_FORKS)
def test_attack_evidence_of_two_sizes_is_made_up(name: str) -> None:
    """Each part is spelt in one way only, and only the root that the longer trail had leads anywhere."""
    check, data = FALSE_FORKS[name]
    assert data != SHOWN
    assert VERIFY.verify(None, vkey(), evidence=[SHOWN]).size == 9
    condemned(check, None, evidence=[data])


def test_a_witness_that_cosigned_a_trail_that_does_not_continue_is_named() -> None:
    """It promised to ask for the proof."""
    notes = [sealed_note(trail(6), cosignature(checkpoint_text(6, tree_hash([leaf_hash(raw) for raw in trail(6)])), 1))]
    notes += [note(STRANGE_TEXT, signature(STRANGE_TEXT), cosignature(STRANGE_TEXT, 1), cosignature(STRANGE_TEXT, 2))]
    told = VERIFY.verify(None, vkey(), RULE, evidence=[evidence(*notes, root=SHORT_ROOT, proof=SHORT_PROOF)]).text()
    assert "witnesses that cosigned both: ['w1']" in told
