"""The staging folder: what a seal has made and not yet published.

Its own checkpoint text is written last, so a staging that has one is whole. Whether it counts is for the lock store to
say: a staging whose text is locked must be published, any other is thrown away by the next seal.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ledger.errors import Diverged
from ledger.trail import durable
from ledger.trail.edge import File

STAGING: Final = ".staging"


class Staging:
    """Files on their way into the folder of a published trail; on the same disk, so that a rename moves them."""

    def __init__(self, published: Path) -> None:
        self.folder = published / STAGING
        self._published = published
        self._text = self.folder / "checkpoint"

    def clear(self) -> None:
        """Throw away what an earlier seal left; its text first, so that half a staging does not pass for a whole."""
        durable.make_folder(self.folder)
        durable.remove_file(self._text)
        durable.sync_folder(self.folder)
        durable.remove_folder(self.folder)
        durable.make_folder(self.folder)

    def put(self, file: File) -> None:
        """Keep a file aside, unless it is published already. What is published never changes: Diverged, if it would."""
        tile, data = file
        try:
            published = (self._published / tile.path).read_bytes()
        except FileNotFoundError:
            target = self.folder / tile.path
            durable.make_folder(target.parent)
            durable.write_durably(target, data)
            return
        if published != data:
            raise Diverged(
                f"{tile.path} is published with other bytes than the database gives: one of the two was changed. "
                "Compare them with an auditor's export, and put back the one that is wrong; nothing was signed"
            )

    def close(self, text: bytes) -> None:
        """Say that the staging is whole, and which checkpoint it is for; all of it is on the disk when this returns."""
        durable.sync_folders(self._folders(), self._published)
        durable.replace(self._text, text)

    def text(self) -> bytes | None:
        """The text of the checkpoint that the staging is whole for; None while it is not."""
        try:
            return self._text.read_bytes()
        except FileNotFoundError:
            return None

    def publish(self) -> None:
        """Move every file to where it is served; what an interrupted call has moved stays moved.

        The emptied folders stay until the staging is cleared: they tell which ones an interrupted call did not sync.
        """
        folders = [self._published / each.relative_to(self.folder) for each in self._folders()]
        for folder in folders:
            durable.make_folder(folder)
        for source in (self.folder / "tile").rglob("*"):
            if source.is_file():
                durable.rename(source, self._published / source.relative_to(self.folder))
        durable.sync_folders(folders, self._published)

    def _folders(self) -> list[Path]:
        """The folder itself and those in it, outer ones first."""
        return sorted(each for each in (self.folder, *self.folder.rglob("*")) if each.is_dir())
