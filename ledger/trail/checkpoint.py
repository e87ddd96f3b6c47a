"""A checkpoint, and the signed note that carries it (C2SP tlog-checkpoint and signed-note), read strictly.

The text says which trail, how long, and what its root is; a note is a text with the signatures under it. Well-known
parsers accept a size of "0300" or a root of 31 bytes; here each text has one spelling, all else is NoteInvalid.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger.errors import Invalid
from ledger.trail.merkle import HASH_LENGTH

ED25519: Final = b"\x01"
KEY_ID_LENGTH: Final = 4
MAX_SIGNATURES: Final = 100
MAX_SIZE: Final = 2**53 - 1
SIGNED_BY: Final = "\u2014 "
ORIGIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+/[0-9a-f]{16}", re.ASCII)
SIZE = re.compile(r"[1-9][0-9]{0,15}", re.ASCII)
UNFIT = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")
"""Control characters but the newline, and lone surrogates, which are no text."""


class NoteInvalid(Invalid):
    """A signed note, a checkpoint or a key is not well formed, or not signed by whom it must be."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Which trail, how many entries, and their root. A trail is never empty: its first entry says whose it is."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not ORIGIN.fullmatch(self.origin):
            raise NoteInvalid("origin", f"{self.origin!a} is not a domain, a slash and 16 hex digits")
        if not 1 <= self.size <= MAX_SIZE:
            raise NoteInvalid("size", f"{self.size} is not between 1 and 2^53 - 1")
        if len(self.root) != HASH_LENGTH:
            raise NoteInvalid("root", f"{len(self.root)} bytes are no root: SHA-256 has {HASH_LENGTH}")

    def text(self) -> bytes:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n".encode()


def parse_checkpoint(text: bytes) -> Checkpoint:
    """The checkpoint of a note's text: exactly three lines, no extensions."""
    origin, *rest = _decoded(text).split("\n")
    if len(rest) != 3 or rest[2]:
        raise NoteInvalid("checkpoint", "it has other than three lines, each ended by a newline")
    size, root, _ = rest
    if not SIZE.fullmatch(size):
        raise NoteInvalid(
            "size", f"{size!a} is not a decimal number from 1, of at most 16 digits, without leading zero"
        )
    return Checkpoint(origin, int(size), of_base64(root, "root"))


@dataclass(frozen=True, slots=True)
class NamedKey:
    """A public key under a name, as vkeys hand it on; what it signs says its type."""

    TYPE: ClassVar[bytes]
    OTHER_TYPE: ClassVar[str]
    """What is said of a key of another type."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        require_name(self.name)
        if len(self.public) != 32:
            raise NoteInvalid("vkey", f"{len(self.public)} bytes are no Ed25519 key, which has 32")

    @classmethod
    def from_vkey(cls, vkey: str) -> Self:
        """Read `name+id+base64`; the base64 may hold a plus, so only the first two part it. The id is recomputed."""
        parts = vkey.split("+", 2)
        if len(parts) != 3:
            raise NoteInvalid("vkey", f"{vkey!a} is not a name, a key id and a key, joined by plus signs")
        name, key_id, encoded = parts
        key = of_base64(encoded, "vkey")
        if key[:1] != cls.TYPE:
            raise NoteInvalid("vkey", cls.OTHER_TYPE)
        named = cls(name, key[1:])
        if named.key_id.hex() != key_id:
            raise NoteInvalid("vkey", f"the key id {key_id!a} is not that of the name and the key")
        return named

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell the keys of one name apart, also by their types; they are a hint, never a proof."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.TYPE + self.public).digest()[:KEY_ID_LENGTH]

    @property
    def vkey(self) -> str:
        """The key as others are given it."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(self.TYPE + self.public)}"


@dataclass(frozen=True, slots=True)
class Verifier(NamedKey):
    """Somebody's public key for notes, under a name."""

    TYPE: ClassVar = ED25519
    OTHER_TYPE: ClassVar = "it is not an Ed25519 key, whose type is 01"

    def verifies(self, text: bytes, signature: bytes) -> bool:
        """Whether the signature over the text is this key's."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key under a name, which for a ledger's key is the origin."""

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
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self.private.public_key().public_bytes_raw())

    @property
    def key_id(self) -> bytes:
        """The id of the public half."""
        return self.verifier.key_id

    @property
    def vkey(self) -> str:
        """The public half as others are given it."""
        return self.verifier.vkey

    def sign(self, text: bytes) -> bytes:
        """The note of a text with this key's signature. The same text gives the same bytes each time (RFC 8032)."""
        if not _decoded(text).endswith("\n"):
            raise NoteInvalid("text", "it does not end in a newline")
        return text + b"\n" + Signature(self.name, self.key_id, self.private.sign(text)).line()


def split_note(note: bytes) -> tuple[bytes, bytes]:
    """A note's text and its signature lines, nothing verified: parted by the LAST empty line, which is in neither."""
    text, parted, signatures = _decoded(note).rpartition("\n\n")
    if not parted:
        raise NoteInvalid("note", "no empty line parts a text from its signatures")
    return f"{text}\n".encode(), signatures.encode()


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who signed, by name and key id, and what; nothing verified."""

    name: str
    key_id: bytes
    signature: bytes

    def line(self) -> bytes:
        """The line as it stands in a note, with its newline."""
        return f"{SIGNED_BY}{self.name} {to_base64(self.key_id + self.signature)}\n".encode()


def read_note(note: bytes) -> tuple[bytes, list[Signature]]:
    """A note's text and its signatures, nothing verified; NoteInvalid for one that is not well formed."""
    text, signatures = split_note(note)
    *lines, end = signatures.decode().split("\n")
    if end or not lines:
        raise NoteInvalid("note", "its signature lines do not end in a newline")
    if len(lines) > MAX_SIGNATURES:
        raise NoteInvalid("note", f"it has {len(lines)} signatures, more than {MAX_SIGNATURES}")
    return text, [_parse_signature(line) for line in lines]


def open_note(note: bytes, verifiers: Sequence[Verifier]) -> bytes:
    """The text of a note, if at least one of the verifiers signed it and none of them is quoted falsely.

    A line by a known name and key id must verify; one that does not condemns the whole note. Others are ignored.
    """
    text, lines = read_note(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    signed = False
    for line in lines:
        verifier = known.get((line.name, line.key_id))
        if verifier is None:
            continue
        if not verifier.verifies(text, line.signature):
            raise NoteInvalid("note", f"the signature by {line.name!a} {line.key_id.hex()} is false")
        signed = True
    if not signed:
        raise NoteInvalid("note", "none of the known keys signed it")
    return text


def _parse_signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(SIGNED_BY).partition(" ")
    if not line.startswith(SIGNED_BY):
        raise NoteInvalid("note", f"{line!a} is no signature line")
    require_name(name)
    blob = of_base64(encoded, "note")
    if len(blob) <= KEY_ID_LENGTH:
        raise NoteInvalid("note", f"the line by {name!a} holds no signature")
    return Signature(name, blob[:KEY_ID_LENGTH], blob[KEY_ID_LENGTH:])


def require_name(name: str) -> None:
    """NoteInvalid for what may not name a key."""
    if not name or "+" in name or UNFIT.search(name) or any(letter.isspace() for letter in name):
        raise NoteInvalid(
            "name", f"{name!a} is no key's name: it is empty, or holds a plus, a space or a control character"
        )


def _decoded(data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise NoteInvalid("note", f"it is not UTF-8: {error.reason} at byte {error.start}") from error
    if UNFIT.search(text):
        raise NoteInvalid("note", "it holds a control character")
    return text


def to_base64(data: bytes) -> str:
    """The canonical spelling."""
    return base64.b64encode(data).decode()


def of_base64(text: str, member: str) -> bytes:
    """Decode the one canonical spelling: with padding, and no bits beyond the data."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise NoteInvalid(member, f"{text!a} is not base64") from error
    if to_base64(data) != text:
        raise NoteInvalid(member, f"{text!a} is not base64 in its canonical spelling")
    return data
