"""What an auditor kept of a trail, proofs and checkpoints, is held against it, and a proof alone against its entry."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.verify.bundles import (
    HOME,
    KEY,
    NEXT_KEY,
    ORIGIN,
    PUBLISHED,
    ROTATED,
    VERIFY,
    checkpoint_text,
    condemned,
    entry,
    files_of,
    home_body,
    inclusion,
    instant,
    key_id,
    leaf_hash,
    note,
    proof_file,
    receipt,
    sealed_note,
    signature,
    trail,
    tree_hash,
    vkey,
    write,
)

ENTRIES = trail(7)
LEAVES = [leaf_hash(raw) for raw in ENTRIES]
NOTE = sealed_note(ENTRIES)
FORK = trail(7, streams=2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A good bundle of seven entries."""
    return write(tmp_path / "bundle", files_of(ENTRIES))


# Proofs alone


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8])
def test_every_entry_of_a_trail_is_proven_by_its_receipt_alone(size: int) -> None:
    """An office keeps the entry and the proof, and needs nothing else but the key."""
    for index in range(size):
        proof = receipt(trail(size), index)
        report = VERIFY.verify(None, vkey(), proof=[proof], entry=[trail(size)[index]])
        told = report.text()
        assert f"TRUE: entry {index}, trail {ORIGIN}, {size} entries" in told
        assert "15 proof: " in told
        assert "operator's key only, not witnessed" in told
        assert "9 ledger" not in told


@pytest.mark.parametrize("size", range(1, 9))
def test_the_published_leaves_are_proven_to_their_published_roots(size: int) -> None:
    """Eight published inputs and roots, each leaf by its path, which shows the root of the leaves up to it as well."""
    leaves = [leaf_hash(bytes.fromhex(data)) for data, _ in PUBLISHED[:size]]
    for index in range(size):
        roots = VERIFY.climb(leaves[index], index, size, inclusion(leaves, index))
        assert [root.hex() for root in roots] == [PUBLISHED[index][1], PUBLISHED[size - 1][1]]


def test_what_a_proof_file_says_in_extra_is_nobodys_word() -> None:
    """It is read over, whatever it says."""
    for extra in ("AA==", "AAA=", "AAAA", base64.b64encode(b"trust me" * 1000).decode()):
        proof = proof_file(2, inclusion(LEAVES, 2), NOTE, extra)
        assert VERIFY.verify(None, vkey(), proof=[proof], entry=[ENTRIES[2]]).size == 7


def test_attack_a_proof_file_has_no_checkpoint_or_ends_its_hashes_early() -> None:
    """What comes after the first empty line is the checkpoint, and is read as one."""
    for data in (GOOD.partition(b"\n\n")[0], GOOD.replace(LINE, b"\n" + LINE)):
        with pytest.raises(VERIFY.VerificationError) as caught:
            VERIFY.verify(None, vkey(), proof=[data], entry=[ENTRIES[2]])
        assert caught.value.check in ("checkpoint.note", "checkpoint.signature")


HASHES = inclusion(LEAVES, 2)
GOOD = proof_file(2, HASHES, NOTE)
LINE = base64.b64encode(HASHES[0])
MALFORMED = {
    "nothing": b"",
    "no index": GOOD.replace(b"index 2\n", b""),
    "an index with a leading zero": GOOD.replace(b"index 2", b"index 02"),
    "an index with a plus": GOOD.replace(b"index 2", b"index +2"),
    "a negative index": GOOD.replace(b"index 2", b"index -2"),
    "an index of another script": GOOD.replace(b"index 2", "index \u0662".encode()),
    "an index of seventeen digits": GOOD.replace(b"index 2", b"index 12345678901234567"),
    "another format": GOOD.replace(b"@v1", b"@v2"),
    "a dot that is none": GOOD.replace(b"c2sp.org", b"c2spxorg"),
    "another line end": GOOD.replace(b"index 2\n", b"index 2\r\n"),
    "a hash of 31 bytes": GOOD.replace(LINE, base64.b64encode(HASHES[0][:31])),
    "a hash of 33 bytes": GOOD.replace(LINE, base64.b64encode(HASHES[0] + b"x")),
    "a hash in hex": GOOD.replace(LINE, HASHES[0].hex().encode()),
    "a hash whose base64 is not canonical": GOOD.replace(LINE, LINE[:-2] + bytes([LINE[-2] + 1]) + b"="),
    "a hash without padding": GOOD.replace(LINE, LINE[:-1]),
    "an extra that is no base64": GOOD.replace(b"index", b"extra ?\nindex"),
    "an extra whose base64 is not canonical": GOOD.replace(b"index", b"extra AB==\nindex"),
    "an extra at another place": GOOD.replace(b"index 2\n", b"index 2\nextra AAAA\n"),
    "two extras": GOOD.replace(b"index", b"extra AAAA\nextra AAAA\nindex"),
    "64 hashes": proof_file(2, [bytes(32)] * 64, NOTE),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_attack_a_proof_file_is_not_in_its_one_form(name: str, folder: Path) -> None:
    """Two readers of one file must not see two proofs."""
    condemned("proof.form", None, proof=[MALFORMED[name]], entry=[ENTRIES[2]])
    condemned("proof.form", folder, proof=[MALFORMED[name]])


@pytest.mark.parametrize(
    ("check", "index", "hashes"),
    [
        ("proof.length", 2, HASHES[:-1]),
        ("proof.length", 2, [*HASHES, bytes(32)]),
        ("proof.length", 2, []),
        ("proof.length", 7, HASHES),
        ("proof.length", 8, HASHES),
        ("proof.length", 2**52, HASHES),
        ("proof.hash", 2, HASHES[::-1]),
        ("proof.hash", 2, [HASHES[0], HASHES[0], HASHES[2]]),
        ("proof.hash", 2, [bytes(32), *HASHES[1:]]),
    ],
)
def test_attack_a_proof_is_one_hash_too_long_or_too_short_or_of_another_place(
    check: str, index: int, hashes: list[bytes], folder: Path
) -> None:
    """Exactly the hashes between this leaf and the signed root, and an index below the size."""
    raw = ENTRIES[2].replace(b"position 2\n", b"position %d\n" % index)
    condemned(check, None, proof=[proof_file(index, hashes, NOTE)], entry=[raw])
    condemned(check, folder, proof=[proof_file(index, hashes, NOTE)])


def test_attack_the_proof_of_one_entry_is_shown_for_another() -> None:
    """By its place, by its bytes, or by a tree that is another."""
    condemned("order.position", None, proof=[GOOD], entry=[ENTRIES[3]])
    condemned("proof.hash", None, proof=[GOOD], entry=[ENTRIES[2].replace(b"online", b"onlime")])
    condemned("proof.hash", None, proof=[proof_file(2, HASHES, sealed_note(FORK))], entry=[ENTRIES[2]])
    condemned("header.format", None, proof=[GOOD], entry=[b""])
    condemned("body.json", None, proof=[GOOD], entry=[ENTRIES[2].partition(b"\n\n")[0] + b"\n\n"])


def test_attack_a_node_is_shown_as_an_entry() -> None:
    """The prefix of a leaf differs from that of a node, and a node is no entry."""
    pair = LEAVES[0] + LEAVES[1]
    condemned("header.format", None, proof=[proof_file(0, inclusion(LEAVES, 0)[1:], NOTE)], entry=[b"\x01" + pair])


def test_attack_a_proof_is_signed_by_another_key(folder: Path) -> None:
    """Whoever holds no key of the trail proves nothing of it."""
    foreign = receipt(ENTRIES, 2, NEXT_KEY)
    condemned("checkpoint.signature", None, proof=[foreign], entry=[ENTRIES[2]])
    condemned("proof.signature", folder, proof=[foreign])


# Proofs and checkpoints against a whole trail


@pytest.mark.parametrize("size", range(1, 8))
def test_a_checkpoint_that_was_kept_is_found_at_the_beginning_of_the_trail(size: int, folder: Path) -> None:
    """All entries are at hand: the root at the old size is recomputed from them, no proof is needed."""
    told = VERIFY.verify(folder, vkey(), since=[sealed_note(ENTRIES[:size])]).text()
    assert f"14 since: \n   size {size} begins this trail" in told


def test_several_receipts_and_checkpoints_are_held_against_a_trail_at_once(folder: Path) -> None:
    """Each at its own size."""
    proofs = [receipt(ENTRIES[:5], 2), receipt(ENTRIES, 6)]
    told = VERIFY.verify(folder, vkey(), proof=proofs, since=[sealed_note(ENTRIES[:2])]).text()
    assert "size 5 begins this trail, entry 2 is in it" in told
    assert "size 7 begins this trail, entry 6 is in it" in told
    assert "size 2 begins this trail" in told


def test_attack_a_trail_was_rewritten_since_a_checkpoint_was_kept(tmp_path: Path) -> None:
    """The key signed both: only who kept the first can tell, and is told to keep both."""
    forked = write(tmp_path, files_of(FORK))
    error = condemned("since.root", forked, since=[sealed_note(ENTRIES[:5])])
    assert "keep both" in error.expected
    condemned("proof.root", forked, proof=[receipt(ENTRIES[:5], 4)])


def test_attack_a_trail_was_cut_off_since_a_checkpoint_was_kept(tmp_path: Path) -> None:
    """A shorter trail verifies by itself; a longer checkpoint in somebody's hands contradicts it."""
    short = write(tmp_path, files_of(ENTRIES[:4]))
    condemned("since.size", short, since=[NOTE])
    condemned("proof.size", short, proof=[GOOD])


def test_attack_a_kept_checkpoint_is_of_another_trail_or_none(folder: Path) -> None:
    """It is read as strictly as the one in the bundle."""
    text = checkpoint_text(7, tree_hash(LEAVES), "other.invalid/" + ORIGIN[-16:])
    condemned("since.signature", folder, since=[note(text, signature(text, KEY, "other.invalid/" + ORIGIN[-16:]))])
    condemned("since.text", folder, since=[note(text, signature(text))])
    condemned("since.signature", folder, since=[NOTE, sealed_note(ENTRIES, key=NEXT_KEY)])
    condemned("since.note", folder, since=[b""])


# Keys that were rotated

ROTATION = {"retired_key_id": key_id(KEY).hex(), "vkey": vkey(NEXT_KEY), "from_size": 4}
ROTATING = [*trail(2), entry(2, HOME, 2, ROTATED, instant(2), home_body("rotation", ROTATION)), *trail(5)[3:]]


def test_a_checkpoint_kept_from_before_a_rotation_stands_under_the_key_of_its_size(tmp_path: Path) -> None:
    """The trail itself says which key signs at which size: what was signed before stays true."""
    rotated = write(tmp_path, files_of(ROTATING, NEXT_KEY))
    kept = [sealed_note(ROTATING[:3], key=KEY), sealed_note(ROTATING[:4], key=NEXT_KEY)]
    proofs = [receipt(ROTATING[:3], 1, KEY), receipt(ROTATING[:5], 1, NEXT_KEY)]
    assert VERIFY.verify(rotated, vkey(NEXT_KEY), since=kept, proof=proofs).known == 2


def test_attack_a_retired_key_signs_something_new_or_the_new_key_something_old(tmp_path: Path) -> None:
    """A stolen retired key makes true signatures over true trees: they come from a size that is no longer its own."""
    rotated = write(tmp_path, files_of(ROTATING, NEXT_KEY))
    for size, key in ((4, KEY), (5, KEY), (3, NEXT_KEY)):
        condemned("since.key", rotated, vkey(NEXT_KEY), since=[sealed_note(ROTATING[:size], key=key)])
        condemned("proof.key", rotated, vkey(NEXT_KEY), proof=[receipt(ROTATING[:size], 1, key)])
    condemned("ledger.current", write(tmp_path / "old", files_of(ROTATING, KEY)), vkey(KEY))
