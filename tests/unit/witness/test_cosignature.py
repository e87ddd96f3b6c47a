"""Cosignatures: what a witness signs, to the byte, and every line that is none."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.trail.checkpoint import NoteInvalid, SigningKey, open_note
from ledger.trail.cosignature import Cosigner, CosigningKey, cosignatures

ORIGIN = "demo.invalid/0011223344556677"
LOG = SigningKey.from_seed(ORIGIN, bytes(range(32)))
KEY = CosigningKey.from_seed("witness.invalid/w1", bytes(32))
OTHER = CosigningKey.from_seed("witness.invalid/w2", b"\x01" * 32)
TEXT = f"{ORIGIN}\n1\n{base64.b64encode(bytes(32)).decode()}\n".encode()
NOTE = LOG.sign(TEXT)
TIME = 1_733_300_000


def test_a_cosignature_is_made_as_the_specification_says() -> None:
    """Written out here once more: time and text are signed together, and the time stands before the signature."""
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public = private.public_key().public_bytes_raw()
    key_id = hashlib.sha256(b"witness.invalid/w1\n\x04" + public).digest()[:4]
    signature = private.sign(b"cosignature/v1\ntime 1733300000\n" + TEXT)
    blob = base64.b64encode(key_id + TIME.to_bytes(8, "big") + signature)
    assert len(base64.b64decode(blob)) == 76
    assert KEY.cosign(TEXT, TIME) == b"\xe2\x80\x94 witness.invalid/w1 " + blob + b"\n"
    encoded = base64.b64encode(b"\x04" + public).decode()
    expected = f"witness.invalid/w1+{key_id.hex()}+{encoded}"
    assert KEY.cosigner.vkey == expected
    assert Cosigner.from_vkey(expected) == KEY.cosigner


def test_cosignatures_stand_beside_the_logs_own_line() -> None:
    """Who knows the log alone passes over them; who knows witnesses reads their times, the latest of each."""
    note = NOTE + KEY.cosign(TEXT, TIME) + OTHER.cosign(TEXT, 1) + KEY.cosign(TEXT, TIME - 1)
    assert open_note(note, [LOG.verifier]) == TEXT
    assert cosignatures(note, [KEY.cosigner]) == {KEY.cosigner: TIME}
    assert cosignatures(note, [KEY.cosigner, OTHER.cosigner]) == {KEY.cosigner: TIME, OTHER.cosigner: 1}
    assert cosignatures(NOTE, [KEY.cosigner]) == {}


def spoilt(line: bytes, at: int) -> bytes:
    """A line with one bit of its blob turned; its key id stands in the first four bytes."""
    start, _, encoded = line.rstrip(b"\n").rpartition(b" ")
    blob = bytearray(base64.b64decode(encoded))
    blob[at] ^= 1
    return start + b" " + base64.b64encode(blob) + b"\n"


@pytest.mark.parametrize("at", [4, 11, 12, 75])
def test_attack_a_false_cosignature_condemns_the_note(at: int) -> None:
    """Another time, another signature: one false line of a known witness is not passed over."""
    with pytest.raises(NoteInvalid, match="false"):
        cosignatures(NOTE + spoilt(KEY.cosign(TEXT, TIME), at), [KEY.cosigner])


def test_attack_a_cosignature_is_not_moved_to_another_text() -> None:
    """It is over this checkpoint and no other."""
    longer = TEXT.replace(b"\n1\n", b"\n2\n")
    with pytest.raises(NoteInvalid, match="false"):
        cosignatures(LOG.sign(longer) + KEY.cosign(TEXT, TIME), [KEY.cosigner])


def test_attack_a_logs_signature_does_not_pass_for_a_cosignature() -> None:
    """Nor the other way round: the same key has another id for each, and signs other bytes."""
    same = SigningKey(KEY.name, KEY.private)
    assert same.key_id != KEY.cosigner.key_id
    assert KEY.cosigner.time_of(TEXT, same.private.sign(TEXT)) is None
    assert cosignatures(same.sign(TEXT), [KEY.cosigner]) == {}


@pytest.mark.parametrize("length", [0, 8, 64, 71, 73, 80])
def test_a_cosignature_has_one_length(length: int) -> None:
    """Eight bytes of time, 64 of signature."""
    assert KEY.cosigner.time_of(TEXT, bytes(length)) is None


def test_attack_a_hundred_and_one_lines_stand_below_a_note() -> None:
    """Each costs a reader work, whoever signed them."""
    lines = [OTHER.cosign(TEXT, time) for time in range(99)]
    assert cosignatures(NOTE + b"".join(lines), [OTHER.cosigner]) == {OTHER.cosigner: 98}
    with pytest.raises(NoteInvalid, match="101 signatures"):
        cosignatures(NOTE + b"".join(lines) + KEY.cosign(TEXT, TIME), [KEY.cosigner])


def test_a_time_beyond_63_bits_is_none() -> None:
    """Neither made nor taken."""
    blob = (2**63).to_bytes(8, "big") + KEY.private.sign(f"cosignature/v1\ntime {2**63}\n".encode() + TEXT)
    assert KEY.cosigner.time_of(TEXT, blob) is None
    for time in (-1, 2**63):
        with pytest.raises(ValueError, match="no time"):
            KEY.cosign(TEXT, time)


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "witness.invalid/w1",
        KEY.cosigner.vkey.replace("+", "+0", 1),
        KEY.cosigner.vkey[:-1],
        KEY.cosigner.vkey.replace("w1", "w2"),
        LOG.vkey,
        "w+00000000+" + base64.b64encode(b"\x04" + bytes(31)).decode(),
    ],
)
def test_a_key_that_is_none_of_a_witness_is_refused(vkey: str) -> None:
    """Its id is recomputed, its type is 04."""
    with pytest.raises(NoteInvalid):
        Cosigner.from_vkey(vkey)


def test_a_private_key_is_not_printed() -> None:
    """Not by accident, in a trace."""
    assert KEY.seed.hex() not in repr(KEY)
    assert CosigningKey.generate("w").seed != CosigningKey.generate("w").seed
