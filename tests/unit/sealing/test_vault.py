"""The vault: a row opens to what was committed to, under its own subject's key, or not at all."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ledger.codec import commitment, sealed_payload
from ledger.errors import Broken, Missing
from ledger.keystore import KeyStore
from ledger.store.rows import VaultRow
from ledger.values import Sealed, StreamId
from ledger.vault import Opened, seal, unseal

STREAM = StreamId("complaint-" + "3c" * 16)
OTHER_STREAM = StreamId("complaint-" + "4d" * 16)
KIND = "complaint.filed.complainants.name"
VALUE = "Contoh Pelapor\nbaris kedua"


def sealed(
    keys: KeyStore, value: str = VALUE, of: str = "k1", stream: StreamId = STREAM, kind: str = KIND
) -> tuple[Sealed, VaultRow]:
    return seal(keys.new_subject_key(stream, of), secrets.token_bytes, kind=kind, of=of, stream=stream, value=value)


def cipher(key: bytes, commitment_hex: str) -> AESGCM:
    """AES-256-GCM under HKDF-SHA256, by RFC 5869 and not by our code: one block, no salt, info = commitment."""
    extracted = hmac.digest(bytes(32), key, "sha256")
    return AESGCM(hmac.digest(extracted, commitment_hex.encode() + b"\x01", "sha256"))


def aad(commitment_hex: str) -> bytes:
    return b"netral-vault/v1\n" + commitment_hex.encode()


def test_a_sealed_value_opens_to_itself(keys: KeyStore) -> None:
    """With the salt and the payload that disclose it."""
    secret, row = sealed(keys)
    opened = unseal(keys, row)
    assert opened.value == VALUE
    assert opened.payload == sealed_payload(KIND, "k1", STREAM, VALUE)
    assert commitment(opened.salt, opened.payload) == secret.reference
    assert (row.commitment, row.stream, row.of) == (secret.reference.sealed, STREAM, "k1")


def test_opening_recomputes_the_commitment_by_the_published_formula(keys: KeyStore) -> None:
    """Whoever is handed both can do the same."""
    _, row = sealed(keys)
    opened = unseal(keys, row)
    assert hashlib.sha256(b"netral-sealed/v1\n" + opened.salt + opened.payload).hexdigest() == row.commitment


def test_a_box_is_what_the_design_says(keys: KeyStore) -> None:
    """So that a vault can be opened in ten years without our code: nonce, then salt and payload encrypted."""
    _, row = sealed(keys)
    key = keys.subject_key(STREAM, "k1")
    assert key is not None
    plain = cipher(key, row.commitment).decrypt(row.box[:12], row.box[12:], aad(row.commitment))
    assert plain == unseal(keys, row).salt + unseal(keys, row).payload
    assert len(row.box) == 12 + len(plain) + 16


def test_a_row_tells_nothing_of_its_value(keys: KeyStore) -> None:
    """The database's backups may lie anywhere."""
    _, row = sealed(keys, "3171012345678901")
    assert b"3171012345678901" not in row.box
    assert hashlib.sha256(b"3171012345678901").digest() not in row.box
    assert hashlib.sha256(b"3171012345678901").hexdigest() != row.commitment


def test_one_value_sealed_twice_cannot_be_recognised(keys: KeyStore) -> None:
    """Neither the commitment nor the box: each has a salt and a nonce of its own."""
    (first, row), (second, other) = sealed(keys), sealed(keys)
    assert first.reference != second.reference
    assert row.box[:12] != other.box[:12]
    assert row.box[12:] != other.box[12:]


def test_the_key_is_durable_before_the_value_is_handed_on(keys: KeyStore, tmp_path: Path) -> None:
    """Recorded without its key a value would be lost; a key without its value is an orphan to be swept."""
    _, row = sealed(keys)
    with sqlite3.connect(tmp_path / "keys.db") as other:
        assert other.execute("SELECT count(*) FROM subjects WHERE stream = ?", (STREAM,)).fetchone() == (1,)
    other.close()
    again = KeyStore(tmp_path / "keys.db")
    assert unseal(again, row).value == VALUE
    again.close()


def test_attack_any_byte_of_a_box_is_changed(keys: KeyStore) -> None:
    """Nonce, salt, payload, tag: none of them is free."""
    _, row = sealed(keys)
    for place in range(len(row.box)):
        box = bytearray(row.box)
        box[place] ^= 1 << (place % 8)
        with pytest.raises(Broken, match="is not what was sealed"):
            unseal(keys, replace(row, box=bytes(box)))


def test_attack_a_box_is_cut_off_or_lengthened(keys: KeyStore) -> None:
    """At every length it ends in the one name."""
    _, row = sealed(keys)
    for box in (*(row.box[:length] for length in range(len(row.box))), row.box + b"\x00", row.box * 2, b"\x00" * 1_000):
        with pytest.raises(Broken, match="is not what was sealed"):
            unseal(keys, replace(row, box=box))


def test_attack_a_box_is_moved_to_another_commitment(keys: KeyStore) -> None:
    """Of the same person, even of the same value: what stands in the trail decides what may open."""
    _, row = sealed(keys)
    for value in (VALUE, "another"):
        _, other = sealed(keys, value)
        with pytest.raises(Broken, match=f"{other.commitment} is not what was sealed"):
            unseal(keys, replace(other, box=row.box))
        with pytest.raises(Broken, match=f"{row.commitment} is not what was sealed"):
            unseal(keys, replace(row, box=other.box))


@pytest.mark.parametrize(("stream", "of"), [(STREAM, "k2"), (STREAM, "case"), (OTHER_STREAM, "k1")])
def test_attack_a_box_is_put_under_another_subject(keys: KeyStore, stream: StreamId, of: str) -> None:
    """Another person's key, the case's, or the same handle's in another stream: erasing one must not spare another."""
    _, row = sealed(keys)
    sealed(keys, "another", of, stream)
    with pytest.raises(Broken, match="is not what was sealed"):
        unseal(keys, replace(row, stream=stream, of=of))


def test_attack_a_box_is_encrypted_again_under_the_right_key_over_another_value(keys: KeyStore) -> None:
    """Somebody who holds database and key store can make any box, but not one that opens to the commitment."""
    _, row = sealed(keys)
    opened = unseal(keys, row)
    key = keys.subject_key(STREAM, "k1")
    assert key is not None
    for plain in (
        opened.salt + sealed_payload(KIND, "k1", STREAM, "Orang Lain"),
        opened.salt + sealed_payload(KIND, "k2", STREAM, VALUE),
        secrets.token_bytes(32) + opened.payload,
        opened.salt + opened.payload + b" ",
        opened.payload,
        opened.salt[:31],
        b"",
    ):
        box = row.box[:12] + cipher(key, row.commitment).encrypt(row.box[:12], plain, aad(row.commitment))
        with pytest.raises(Broken, match="does not open to its commitment"):
            unseal(keys, replace(row, box=box))


@pytest.mark.parametrize("more", [b"", b"netral-vault/v1", b"netral-vault/v2\n", b"netral-sealed/v1\n"])
def test_attack_a_box_was_made_for_another_purpose(keys: KeyStore, more: bytes) -> None:
    """What the same key encrypted with other associated data is no row of the vault."""
    _, row = sealed(keys)
    opened = unseal(keys, row)
    key = keys.subject_key(STREAM, "k1")
    assert key is not None
    for data in (more, more + row.commitment.encode()):
        box = row.box[:12] + cipher(key, row.commitment).encrypt(row.box[:12], opened.salt + opened.payload, data)
        with pytest.raises(Broken, match="is not what was sealed"):
            unseal(keys, replace(row, box=box))


def destroy(path: Path, stream: StreamId, of: str) -> None:
    """What erasing a person does to the key store, by hand."""
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM subjects WHERE stream = ? AND of = ?", (stream, of))
    connection.close()


def test_a_destroyed_key_opens_nothing(keys: KeyStore, tmp_path: Path) -> None:
    """Gone for ever, also after a restart, and not a fault of the ledger: the person was erased."""
    rows = [sealed(keys)[1], sealed(keys, "another")[1]]
    destroy(tmp_path / "keys.db", STREAM, "k1")
    again = KeyStore(tmp_path / "keys.db")
    for store in (keys, again):
        for row in rows:
            with pytest.raises(Missing, match="destroyed"):
                unseal(store, row)
    again.close()


def test_destroying_a_key_spares_everybody_else(keys: KeyStore, tmp_path: Path) -> None:
    """Another person, the case, the same person in another stream."""
    sealed(keys)
    spared = [sealed(keys, of="k2")[1], sealed(keys, of="case")[1], sealed(keys, stream=OTHER_STREAM)[1]]
    destroy(tmp_path / "keys.db", STREAM, "k1")
    assert [unseal(keys, row).value for row in spared] == [VALUE] * 3


def test_attack_a_vault_is_opened_with_another_key_store(keys: KeyStore, tmp_path: Path) -> None:
    """The database alone opens nothing, and neither does the database with somebody's else keys."""
    _, row = sealed(keys)
    other = KeyStore(tmp_path / "other.db")
    with pytest.raises(Missing):
        unseal(other, row)
    sealed(other)
    with pytest.raises(Broken, match="is not what was sealed"):
        unseal(other, row)
    other.close()


def test_what_opens_a_value_does_not_print_it(keys: KeyStore) -> None:
    """A log that carries it by mistake carries nothing."""
    secret, row = sealed(keys, "rahasia")
    opened = unseal(keys, row)
    assert opened == Opened(opened.salt, opened.payload)
    for shown in (repr(secret), str(secret), repr(opened), str(opened), repr(row)):
        assert "rahasia" not in shown
