"""A checkpoint as it lies in a folder: unsigned in a lock store, signed in a published trail or an auditor's export."""

from __future__ import annotations

from pathlib import Path

from ledger.errors import Misconfigured
from ledger.trail.checkpoint import Checkpoint, NoteInvalid, parse_checkpoint, split_note


def checkpoint_in(folder: Path) -> Checkpoint:
    """The checkpoint in a folder, its signature not looked at; Misconfigured when there is none."""
    path = folder / "checkpoint"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Misconfigured(f"{path} cannot be read: {error.strerror}. Name the folder that holds it") from error
    try:
        return parse_checkpoint(split_note(data)[0] if b"\n\n" in data else data)
    except NoteInvalid as error:
        raise Misconfigured(f"{path} is no checkpoint: {error}") from error
