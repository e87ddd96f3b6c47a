"""Cosignatures: what a witness adds to a checkpoint that it has seen to continue the ones before it (C2SP
tlog-cosignature, Ed25519, type 04).

A witness signs the whole text of a note together with its own time. Its line stands beside the log's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar, Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger.trail.checkpoint import (
    NamedKey,
    NoteInvalid,
    Signature,
    read_note,
    require_name,
)

COSIGNATURE: Final = b"\x04"
TIME_LENGTH: Final = 8
SIGNATURE_LENGTH: Final = 64
MAX_TIME: Final = 2**63


@dataclass(frozen=True, slots=True)
class Cosigner(NamedKey):
    """A witness's public key, under its name; the same key as a log's has another id."""

    TYPE: ClassVar = COSIGNATURE
    OTHER_TYPE: ClassVar = "it is not the key of a witness, whose type is 04"

    def time_of(self, text: bytes, signature: bytes) -> int | None:
        """When this witness cosigned a text, by its own clock in seconds since 1970; None if this is no such line."""
        if len(signature) != TIME_LENGTH + SIGNATURE_LENGTH:
            return None
        time = int.from_bytes(signature[:TIME_LENGTH], "big")
        if time >= MAX_TIME:
            return None
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature[TIME_LENGTH:], cosigned(text, time))
        except InvalidSignature:
            return None
        return time


@dataclass(frozen=True, slots=True)
class CosigningKey:
    """A witness's private key under its name."""

    name: str
    private: Ed25519PrivateKey = field(repr=False)

    def __post_init__(self) -> None:
        require_name(self.name)

    @classmethod
    def generate(cls, name: str) -> Self:
        """A new key."""
        return cls(name, Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, name: str, seed: bytes) -> Self:
        """The key of 32 bytes that `seed` once gave; ValueError for any other length."""
        return cls(name, Ed25519PrivateKey.from_private_bytes(seed))

    @property
    def seed(self) -> bytes:
        """The 32 secret bytes that are the whole key."""
        return self.private.private_bytes_raw()

    @property
    def cosigner(self) -> Cosigner:
        """The public half."""
        return Cosigner(self.name, self.private.public_key().public_bytes_raw())

    def cosign(self, text: bytes, time: int) -> bytes:
        """The signature line over a note's text, at a time in seconds since 1970; ValueError for an impossible one."""
        if not 0 <= time < MAX_TIME:
            raise ValueError(f"{time} is no time that a cosignature can carry")
        blob = time.to_bytes(TIME_LENGTH, "big") + self.private.sign(cosigned(text, time))
        return Signature(self.name, self.cosigner.key_id, blob).line()


def cosigned(text: bytes, time: int) -> bytes:
    """What a witness signs."""
    return f"cosignature/v1\ntime {time}\n".encode() + text


def cosignatures(note: bytes, cosigners: Iterable[Cosigner]) -> dict[Cosigner, int]:
    """Which of the witnesses cosigned a note, each with its latest time; a false line by one of them condemns it."""
    text, lines = read_note(note)
    known = {(each.name, each.key_id): each for each in cosigners}
    found: dict[Cosigner, int] = {}
    for line in lines:
        cosigner = known.get((line.name, line.key_id))
        if cosigner is None:
            continue
        time = cosigner.time_of(text, line.signature)
        if time is None:
            raise NoteInvalid("note", f"the cosignature by {line.name!a} {line.key_id.hex()} is false")
        found[cosigner] = max(time, found.get(cosigner, 0))
    return found
