"""The full re-hash: every entry of the database is read and hashed again, and must give the root that was sealed.

Starting and sealing look at the right edge alone, so an old row that was edited behind their backs is found here. The
published bundles and hash tiles are compared on the way: readers are served those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

from ledger.errors import Diverged, Unreadable
from ledger.trail.checkpoint import Checkpoint
from ledger.trail.edge import Edge, File
from ledger.trail.export import content
from ledger.trail.tiles import TileFolder


class Entries(Protocol):
    """The database, as far as this needs it."""

    def entries(self, first: int, last: int) -> Iterable[bytes]:
        """The framed entries of the positions first .. last - 1."""
        ...


def rehash(storage: Entries, folder: Path, published: Checkpoint, ending: Callable[[], bool] = lambda: False) -> bool:
    """Hash everything up to a published checkpoint again, in the memory of one tile for each level.

    Diverged says where database, files and signed root differ. False when it was `ending` before all was read.
    """
    edge, tiles, other = Edge(), TileFolder(folder), ""
    for entry in storage.entries(0, published.size):
        if ending():
            return False
        for file in edge.add(entry):
            other = other or _other(tiles, file)
    for file in edge.partial_files():
        other = other or _other(tiles, file)
    if edge.size != published.size or edge.root() != published.root:
        raise Diverged(
            f"the database no longer gives the root that is sealed at size {published.size}: an old row was changed or "
            f"removed{f', and {other} is the first file that differs from it' if other else ''}. Nothing more is "
            "sealed; keep everything as it is, compare with an auditor's export, and restore a backup from before the "
            "change (docs/recovery.md)"
        )
    if other:
        raise Diverged(
            f"{other} is missing or published with other bytes than were sealed; the database gives the sealed root. "
            "Nothing more is sealed; put the file back from an export or a backup (docs/recovery.md)"
        )
    return True


def _other(tiles: TileFolder, file: File) -> str:
    """The file's name, if what is published there, or in the wider one that took its place, is not what was given."""
    tile, data = file
    try:
        return "" if content(tiles, tile) == data else tile.path
    except (Diverged, Unreadable):
        return tile.path
