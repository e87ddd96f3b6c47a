"""An export: what an auditor is handed, as an ordinary folder.

It holds the published checkpoint and exactly the files that it implies. While it is written it has no checkpoint, so an
interrupted one never passes for complete.
"""

from __future__ import annotations

from pathlib import Path

from ledger.errors import Invalid, Missing
from ledger.trail import durable
from ledger.trail.checkpoint import NoteInvalid, parse_checkpoint, split_note
from ledger.trail.tiles import PATH, Tile, TileFolder, encode_bundle, implied_files

CHECKPOINT = "checkpoint"


def export(folder: Path, destination: Path) -> None:
    """Write a bundle of a published trail into a folder that is new, empty, or an earlier export of the same trail.

    The trail may be sealed on meanwhile. Invalid for any other destination, which stays untouched; Missing when nothing
    is published.
    """
    try:
        note = (folder / CHECKPOINT).read_bytes()
    except FileNotFoundError:
        raise Missing(f"there is no published checkpoint in {folder}") from None
    checkpoint = parse_checkpoint(split_note(note)[0])
    _require_earlier_export(folder, destination, checkpoint.origin)
    durable.make_folder(destination)
    # A crash from here on leaves a folder without checkpoint: no verifier takes it, and the next export writes it anew.
    durable.remove_file(destination / CHECKPOINT)
    durable.sync_folder(destination)
    durable.remove_folder(destination / "tile")
    tiles = TileFolder(folder)
    folders = {destination}
    for tile in implied_files(checkpoint.size):
        target = destination / tile.path
        durable.make_folder(target.parent)
        durable.write_durably(target, content(tiles, tile))
        folders.add(target.parent)
    durable.sync_folders(folders, destination)
    durable.replace(destination / CHECKPOINT, note)


def content(tiles: TileFolder, tile: Tile) -> bytes:
    """The bytes of one file, cut from a wider one where it went; Diverged when nothing has as many pieces."""
    if tile.level is None:
        return encode_bundle(tiles.bundle(tile.index, tile.width))
    return b"".join(tiles.hashes(tile.level, tile.index, tile.width))


def _require_earlier_export(folder: Path, destination: Path, origin: str) -> None:
    """Nothing that anybody might miss is removed: every name in the folder must be one that an export writes."""
    source, target = folder.resolve(), destination.resolve()
    if target == source or target.is_relative_to(source) or source.is_relative_to(target):
        raise Invalid("destination", f"{destination} and the trail that is published in {folder} must lie apart")
    if not destination.exists():
        return
    if not destination.is_dir():
        raise Invalid("destination", f"{destination} is a file; a folder that is new or empty is needed")
    for path in destination.rglob("*"):
        name = path.relative_to(destination).as_posix()
        known = name in (CHECKPOINT, f"{CHECKPOINT}.new") or PATH.fullmatch(name)
        if path.is_symlink() or not (path.is_dir() or known):
            raise Invalid("destination", f"{destination} holds {name}, which no export writes: choose another folder")
    if not (destination / CHECKPOINT).is_file():
        return
    try:
        held = parse_checkpoint(split_note((destination / CHECKPOINT).read_bytes())[0]).origin
    except NoteInvalid as error:
        raise Invalid("destination", f"the checkpoint in {destination} cannot be read: {error}") from error
    if held != origin:
        raise Invalid("destination", f"{destination} holds an export of another trail, {held}: choose another folder")
