"""Evidence: two checkpoints that one trail cannot both have had, both signed by its key.

The first is of a size n, with a root a. The second is of the same size or a longer one, and a consistency proof shows
that its trail had another root b at size n. Whoever holds the file and the key can check all of it; nobody can make one
against a log that never signed two histories.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from ledger.trail import durable
from ledger.trail.checkpoint import (
    Checkpoint,
    NoteInvalid,
    Verifier,
    of_base64,
    open_note,
    parse_checkpoint,
    split_note,
    to_base64,
)
from ledger.trail.merkle import HASH_LENGTH, HashAt, consistency_proof, root_at, verify_consistency

FORMAT: Final = "netral-evidence/v1"
FOLDER: Final = "evidence"
LENGTH = re.compile(rb"checkpoint ([1-9][0-9]{0,6})\n")
PROOF = re.compile(rb"root ([^\n]{44})\n((?:[^\n]{44}\n){0,63})")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Two signed notes, the root that the second trail had at the first one's size, and the proof of that."""

    first: bytes
    second: bytes
    root: bytes
    proof: tuple[bytes, ...]

    def encoded(self) -> bytes:
        """The file: its format, each note after a line with its length; for two sizes then the root and the proof."""
        pieces = [f"{FORMAT}\n".encode()]
        for note in (self.first, self.second):
            pieces += [f"checkpoint {len(note)}\n".encode(), note]
        if self.proof:
            pieces += [
                f"root {to_base64(self.root)}\n".encode(),
                *(f"{to_base64(each)}\n".encode() for each in self.proof),
            ]
        return b"".join(pieces)

    def keep(self, folder: Path) -> Path:
        """Put it into a folder, durably; the same evidence is kept once."""
        data = self.encoded()
        durable.make_folder(folder)
        path = folder / f"{sha256(data).hexdigest()[:16]}.evidence"
        if not path.exists():
            durable.replace(path, data)
        return path


def contradiction(held: bytes, ours: bytes, keys: Sequence[Verifier], hash_at: HashAt) -> Evidence | None:
    """The evidence, if a note that somebody holds contradicts our own trail; None if it does not, or is not signed.

    `hash_at` reads our trail at the size of `ours`.
    """
    try:
        theirs = parse_checkpoint(open_note(held, keys))
    except NoteInvalid:
        return None
    mine = parse_checkpoint(open_note(ours, keys))
    if theirs.origin != mine.origin or theirs.size > mine.size:
        return None
    root = root_at(theirs.size, hash_at)
    if root == theirs.root:
        return None
    return Evidence(held, ours, root, tuple(consistency_proof(theirs.size, mine.size, hash_at)))


def parse_evidence(data: bytes) -> Evidence:
    """Read a file; NoteInvalid unless it is spelt in the one way. Nothing is verified."""
    head, _, rest = data.partition(b"\n")
    if head != FORMAT.encode():
        raise NoteInvalid("evidence", f"it does not begin with {FORMAT}")
    first, rest = _note(rest)
    second, rest = _note(rest)
    if not rest:
        return Evidence(first, second, parse_checkpoint(split_note(second)[0]).root, ())
    found = PROOF.fullmatch(rest)
    if found is None:
        raise NoteInvalid("evidence", "after the second checkpoint it has neither an end nor a root and a proof")
    hashes = [of_base64(each.decode("utf-8", "replace"), "evidence") for each in (found[1], *found[2].split())]
    if any(len(each) != HASH_LENGTH for each in hashes):
        raise NoteInvalid("evidence", f"hashes of {HASH_LENGTH} bytes are expected")
    return Evidence(first, second, hashes[0], tuple(hashes[1:]))


def _note(data: bytes) -> tuple[bytes, bytes]:
    """The next note, and what comes after it."""
    found = LENGTH.match(data)
    if found is None:
        raise NoteInvalid("evidence", "a line `checkpoint`, with a length in bytes, is expected")
    end = found.end() + int(found[1])
    return data[found.end() : end], data[end:]


def verify_evidence(evidence: Evidence, keys: Sequence[Verifier]) -> tuple[Checkpoint, Checkpoint]:
    """Both checkpoints, if the keys signed two histories; NoteInvalid or ProofInvalid where that is not shown."""
    first, second = (parse_checkpoint(open_note(each, keys)) for each in (evidence.first, evidence.second))
    if first.origin != second.origin:
        raise NoteInvalid("origin", "the two are of different trails, which contradict nothing")
    verify_consistency(first.size, second.size, evidence.root, second.root, evidence.proof)
    if evidence.root == first.root:
        raise NoteInvalid("root", "the second continues the first: nothing is contradicted")
    return first, second
