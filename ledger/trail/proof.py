"""A proof file: one entry's way to a signed checkpoint, which an office keeps and anybody checks (C2SP tlog-proof)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ledger.trail.checkpoint import SIZE, NoteInvalid, of_base64, split_note, to_base64
from ledger.trail.merkle import HASH_LENGTH

FORMAT: Final = "c2sp.org/tlog-proof@v1"
MAX_HASHES: Final = 63


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof file says; nothing of it is verified, and `extra` is nobody's word."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    """The signed note."""
    extra: bytes | None = None


def encode_proof(index: int, hashes: Sequence[bytes], checkpoint_note: bytes, extra: bytes | None = None) -> bytes:
    """The file for the entry at `index`; `hashes` lead from its leaf upward."""
    lines = [FORMAT]
    if extra is not None:
        lines.append(f"extra {to_base64(extra)}")
    lines += [f"index {index}", *map(to_base64, hashes), "", ""]
    return "\n".join(lines).encode() + checkpoint_note


def parse_proof(data: bytes) -> Proof:
    """Read a proof file; NoteInvalid unless it is spelt in the one way."""
    head, parted, checkpoint = data.partition(b"\n\n")
    if not parted:
        raise NoteInvalid("proof", "no empty line parts the hashes from the checkpoint")
    try:
        first, *lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise NoteInvalid("proof", "its head is not ASCII") from error
    if first != FORMAT:
        raise NoteInvalid("proof", f"{first[:40]!a} is not {FORMAT}")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = of_base64(lines.pop(0).removeprefix("extra "), "extra")
    name, _, number = (lines.pop(0) if lines else "").partition(" ")
    if name != "index" or not (number == "0" or SIZE.fullmatch(number)):
        raise NoteInvalid("index", "the line `index` with a decimal number is expected")
    hashes = tuple(of_base64(line, "proof") for line in lines)
    if len(hashes) > MAX_HASHES or any(len(each) != HASH_LENGTH for each in hashes):
        raise NoteInvalid("proof", f"at most {MAX_HASHES} hashes of {HASH_LENGTH} bytes are expected")
    split_note(checkpoint)
    return Proof(int(number), hashes, checkpoint, extra)
