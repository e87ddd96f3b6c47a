"""Sealed values: the commitment that stands in the trail, and the encrypted value that stands beside it.

A value is encrypted with AES-256-GCM under HKDF-SHA256(subject key, info = commitment); opening recomputes the
commitment, so a vault that was tampered with opens nothing. Without the subject's key a value is gone for ever, and no
proof breaks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ledger.codec import commitment, sealed_payload
from ledger.errors import Broken, Missing
from ledger.keystore import KeyStore
from ledger.speech import Said
from ledger.store.rows import VaultRow
from ledger.values import Digest, Sealed, SealedRef, StreamId

Random = Callable[[int], bytes]
"""A source of fresh random bytes: `secrets.token_bytes`, and a seeded one in tests only."""

TAG: Final = b"netral-vault/v1\n"
SALT_BYTES: Final = 32
GCM_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Opened:
    """What discloses a value: salt and payload together; whoever has both can check the commitment. repr hides both."""

    salt: bytes = field(repr=False)
    payload: bytes = field(repr=False)

    @property
    def value(self) -> str:
        """The plain text."""
        return str(orjson.loads(self.payload)["value"])


def seal(key: bytes, random: Random, *, kind: str, of: str, stream: StreamId, value: str) -> tuple[Sealed, VaultRow]:
    """Commit to a value and encrypt it under its subject's key (32 bytes), which the key store has drawn."""
    salt = random(SALT_BYTES)
    payload = sealed_payload(kind, of, stream, value)
    reference = commitment(salt, payload)
    nonce = random(GCM_NONCE_BYTES)
    cipher = _cipher(key, reference)
    box = nonce + cipher.encrypt(nonce, salt + payload, TAG + reference.sealed.encode())
    return Sealed(reference, value), VaultRow(reference.sealed, stream, of, box)


def unseal(keys: KeyStore, row: VaultRow) -> Opened:
    """Open a row of the vault; Missing when its key is gone, Broken when the row is not what was sealed."""
    key = keys.subject_key(row.stream, row.of)
    if key is None:
        raise Missing(
            Said(
                "the key of this value was destroyed: nobody can open it any more",
                "kunci nilai ini telah dimusnahkan: tidak ada lagi yang dapat membukanya",
            )
        )
    reference = SealedRef(Digest(row.commitment))
    nonce, box = row.box[:GCM_NONCE_BYTES], row.box[GCM_NONCE_BYTES:]
    try:
        plain = _cipher(key, reference).decrypt(nonce, box, TAG + row.commitment.encode())
    except (InvalidTag, ValueError):  # ValueError: the row is too short to hold a nonce
        raise Broken(f"the vault's row {row.commitment} is not what was sealed") from None
    salt, payload = plain[:SALT_BYTES], plain[SALT_BYTES:]
    if len(salt) != SALT_BYTES or commitment(salt, payload) != reference:
        raise Broken(f"the vault's row {row.commitment} does not open to its commitment")
    return Opened(salt, payload)


def _cipher(subject_key: bytes, reference: SealedRef) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=reference.sealed.encode()).derive(subject_key))
