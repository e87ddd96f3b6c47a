"""A mirror: the published trail put into an object store too, under the same names, for others to serve from there.

The checkpoint goes last, so that whoever reads one finds every file that it implies. A mirror never goes back, and
never changes what it shows: one that is ahead, or shows another history, was written by an image of this trail that is
not here any more, and is evidence.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from ledger.errors import Busy, Diverged, Misconfigured
from ledger.trail.checkpoint import Checkpoint, NoteInvalid, parse_checkpoint, split_note
from ledger.trail.export import CHECKPOINT, content
from ledger.trail.merkle import root_at
from ledger.trail.tiles import Tile, TileFolder, files_between

FOR_EVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
FOR_NOW: Final = {"Cache-Control": "no-cache"}


def is_public(tile: Tile) -> bool:
    """Hash tiles tell nothing of what was recorded."""
    return tile.level is not None


def is_closed(tile: Tile) -> bool:
    """Bundles of entries are for auditors: they belong into a store of their own, which only auditors read."""
    return tile.level is None


def open_mirror(trail: Path, url: str, wanted: Callable[[Tile], bool]) -> Mirror:
    """A mirror at `file:///FOLDER`, `s3://BUCKET/PREFIX`, `gs://…` or `az://…`; Misconfigured for any other address.

    Credentials come from where obstore's stores find them: the variables, files or roles of their own clouds.
    """
    try:
        store = from_url(url, mkdir=True) if url.startswith("file:") else from_url(url)
    except (BaseError, ValueError, OSError) as error:
        raise Misconfigured(f"the mirror {url} cannot be used: {_first_line(error)}") from error
    return Mirror(trail, store, url, wanted)


class Mirror:
    """Some files of a published trail in an object store, with the checkpoint that implies them."""

    def __init__(self, trail: Path, store: ObjectStore, name: str, wanted: Callable[[Tile], bool]) -> None:
        self._trail = trail
        self._store = store
        self._name = name
        self._wanted = wanted
        self._shown: bytes | None = None

    def catch_up(self) -> None:
        """Put what is published and not yet there.

        Busy while the store cannot be reached: the next call goes on, and sealing waits for nothing. Diverged when it
        shows what this trail never was.
        """
        try:
            note = (self._trail / CHECKPOINT).read_bytes()
        except FileNotFoundError:
            return  # nothing is published yet
        if note == self._shown:
            return
        try:
            self._put_up_to(note)
        except (BaseError, OSError) as error:
            raise Busy(f"the mirror {self._name} does not take the trail now: {_first_line(error)}") from error
        self._shown = note

    def _put_up_to(self, note: bytes) -> None:
        published = _read(note)
        shown = self._get_checkpoint()
        tiles = TileFolder(self._trail)
        if shown is not None:
            self._require_beginning(shown, published, tiles)
        for tile in files_between(shown.size if shown else 0, published.size):
            if self._wanted(tile):
                self._put(tile.path, content(tiles, tile), FOR_EVER)
        # A crash before this leaves files that nobody looks for yet; the next call puts the same bytes once more.
        self._put(CHECKPOINT, note, FOR_NOW)

    def _require_beginning(self, shown: Checkpoint, published: Checkpoint, tiles: TileFolder) -> None:
        if shown.origin != published.origin:
            raise Diverged(
                f"the mirror {self._name} holds the trail of {shown.origin}, and this is {published.origin}: "
                "name another place for it; nothing was put there"
            )
        if shown.size > published.size:
            raise Diverged(
                f"the mirror {self._name} is ahead: it shows size {shown.size}, and {published.size} is published "
                "here. An older image of this machine was put back; put back the newer one (docs/recovery.md). "
                "Nothing was put there"
            )
        if root_at(shown.size, tiles.hash_at(shown.size)) != shown.root:
            raise Diverged(
                f"the mirror {self._name} shows another history: at size {shown.size} this trail has another root. "
                "Keep its checkpoint as evidence, and look who wrote it; nothing was put there"
            )

    def _get_checkpoint(self) -> Checkpoint | None:
        try:
            return _read(bytes(obstore.get(self._store, CHECKPOINT).bytes()))
        except FileNotFoundError:
            return None
        except NoteInvalid as error:
            raise Diverged(
                f"the checkpoint in the mirror {self._name} cannot be read: {error}. Only this ledger writes there: "
                "look who else did; nothing was put there"
            ) from error

    def _put(self, path: str, data: bytes, attributes: Any) -> None:
        # A folder keeps bytes and no headers: whoever serves it sets them.
        obstore.put(self._store, path, data, attributes=None if isinstance(self._store, LocalStore) else attributes)


def _read(note: bytes) -> Checkpoint:
    return parse_checkpoint(split_note(note)[0])


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
