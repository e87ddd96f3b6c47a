"""Who of several processes seals and projects a ledger: the one that holds the lock of a file in its folder.

All of them may seal at any time and harm nothing, for the sealer and the views keep turns by themselves; one at it is
merely enough. The system frees the lock when its holder dies, killed too, and whoever asks next has it.
"""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO, Final

SERVING: Final = "serving.lock"
"""In the ledger's folder; it holds nothing."""


class Lease:
    """One process's part in it: asked again and again, held from the first yes on until it is closed."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / SERVING
        self._file: IO[bytes] | None = None

    def held(self) -> bool:
        """Whether this process seals and projects; asking takes the lock if it is free."""
        if self._file is None:
            file = self._path.open("ab")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                return False
            self._file = file
        return True

    def close(self) -> None:
        """Let another process have it."""
        if self._file is not None:
            self._file.close()
            self._file = None
