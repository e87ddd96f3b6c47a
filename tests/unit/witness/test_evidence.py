"""Evidence: two checkpoints that one trail cannot both have had, in a file that anybody checks with the key alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.trail.checkpoint import Checkpoint, NoteInvalid, SigningKey
from ledger.trail.evidence import Evidence, contradiction, parse_evidence, verify_evidence
from ledger.trail.merkle import HashAt, ProofInvalid, leaf_hash, root_at, root_of
from tests.unit.trail.trails import ORIGIN

KEY = SigningKey.from_seed(ORIGIN, b"\x07" * 32)
KEYS = [KEY.verifier]
OURS = [leaf_hash(b"ours %d" % position) for position in range(20)]
THEIRS = [leaf_hash(b"ours %d" % position) for position in range(5)] + [leaf_hash(b"other")] * 15


def hash_at(leaves: list[bytes]) -> HashAt:
    return lambda level, index: root_of(leaves[index << level : (index + 1) << level])


def note(leaves: list[bytes], size: int, key: SigningKey = KEY) -> bytes:
    return key.sign(Checkpoint(ORIGIN, size, root_at(size, hash_at(leaves))).text())


def made(theirs: int, ours: int) -> Evidence:
    found = contradiction(note(THEIRS, theirs), note(OURS, ours), KEYS, hash_at(OURS))
    assert found is not None
    return found


@pytest.mark.parametrize(("theirs", "ours"), [(6, 6), (20, 20), (6, 7), (9, 16), (7, 20)])
def test_two_histories_are_shown_by_the_file_and_the_key_alone(theirs: int, ours: int) -> None:
    """Of two sizes, a proof shows what the longer one had at the shorter one's size."""
    found = parse_evidence(made(theirs, ours).encoded())
    assert found == made(theirs, ours)
    first, second = verify_evidence(found, KEYS)
    assert (first.size, second.size) == (theirs, ours)


def test_of_one_size_the_file_is_two_notes_after_their_lengths() -> None:
    """To the byte as the verifier reads it."""
    first, second = note(THEIRS, 6), note(OURS, 6)
    assert made(6, 6).encoded() == b"netral-evidence/v1\ncheckpoint %d\n%scheckpoint %d\n%s" % (
        len(first),
        first,
        len(second),
        second,
    )


@pytest.mark.parametrize("size", [1, 5, 20])
def test_what_one_history_had_contradicts_nothing(size: int) -> None:
    """Whoever holds an older checkpoint of the same trail holds no evidence."""
    assert contradiction(note(OURS, size), note(OURS, 20), KEYS, hash_at(OURS)) is None


def test_attack_evidence_by_another_key_is_none() -> None:
    """Anybody can write two texts; only the log can sign them."""
    other = SigningKey.from_seed(ORIGIN, b"\x08" * 32)
    assert contradiction(note(THEIRS, 6, other), note(OURS, 6), KEYS, hash_at(OURS)) is None
    with pytest.raises(NoteInvalid, match="none of the known keys"):
        verify_evidence(Evidence(note(THEIRS, 6, other), note(OURS, 6), made(6, 6).root, ()), KEYS)


def test_attack_a_proof_of_one_history_is_no_evidence() -> None:
    """Two true checkpoints with a true proof between them: nothing is contradicted."""
    honest = made(6, 9)
    first = note(OURS, 6)
    with pytest.raises(NoteInvalid, match="nothing is contradicted"):
        verify_evidence(Evidence(first, honest.second, honest.root, honest.proof), KEYS)
    with pytest.raises((NoteInvalid, ProofInvalid)):
        verify_evidence(Evidence(honest.first, honest.second, bytes(32), honest.proof), KEYS)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-1],
        lambda data: data + b"\n",
        lambda data: data.replace(b"/v1", b"/v2", 1),
        lambda data: data.replace(b"checkpoint ", b"checkpoint 0", 1),
        lambda data: data.replace(b"root ", b"roots ", 1),
        lambda data: data[:0],
    ],
)
def test_a_file_of_another_spelling_is_refused(change: object) -> None:
    """One spelling, as everywhere."""
    with pytest.raises((NoteInvalid, ProofInvalid)):
        verify_evidence(parse_evidence(change(made(6, 9).encoded())), KEYS)  # type: ignore[operator]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Never another error."""
    for each in (data, b"netral-evidence/v1\ncheckpoint 9\n" + data):
        try:
            verify_evidence(parse_evidence(each), KEYS)
        except (NoteInvalid, ProofInvalid):
            continue
        pytest.fail("nothing here is signed")
