"""The lock store: the one place that says which checkpoint may be signed.

It holds the unsigned text of the last committed checkpoint, and changes only from bytes that the changer has seen. By
default it lies on the same disk: it finds out that an old database file was put back, but neither an old image of the
disk or machine, nor a root user who changes both. Only witnesses, or checkpoints kept elsewhere, find those.
"""

from __future__ import annotations

from pathlib import Path

from ledger.errors import Diverged
from ledger.trail import durable


class FileLockStore:
    """A lock store in a folder of its own: the text, and a file whose lock keeps two changers apart."""

    def __init__(self, path: Path) -> None:
        self._folder = path
        self._text = path / "checkpoint"

    def read(self) -> bytes | None:
        """The committed text; None before the first."""
        try:
            return self._text.read_bytes()
        except FileNotFoundError:
            return None

    def swap(self, previous: bytes | None, new: bytes) -> None:
        """Compare and swap; `previous` None creates, if nothing is there. Diverged when another came first.

        A crash leaves the old bytes or the new ones, never others; after an error either may stand, and is to be read.
        """
        durable.make_folder(self._folder)
        with durable.alone(self._folder / "guard"):
            if self.read() != previous:
                raise Diverged(
                    "the lock store was changed by another sealer since it was read: nothing was signed here. "
                    "Let one process seal this trail, or start again, which reads what the other committed"
                )
            durable.replace(self._text, new)
