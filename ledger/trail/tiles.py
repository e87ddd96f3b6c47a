"""Tiles: the files in which a trail is stored and served (C2SP tlog-tiles).

A hash tile of level L holds up to 256 roots of complete runs of 256^L leaves; a bundle holds up to 256 entries, each
after its length in two bytes, big-endian. A name with a width is that of a partial tile, which is never hashed upward.
Full tiles never change, and a partial one is the beginning of every wider one: so a wider file answers for a narrower.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from ledger.errors import Diverged, Unreadable
from ledger.trail.merkle import HASH_LENGTH, HashAt, node_hash, root_of

WIDTH: Final = 256
LEVEL_BITS: Final = 8
MAX_ENTRY: Final = 65_535
MAX_PATH: Final = 64
"""No size below 2^53 has a tile with a longer name."""
PATH = re.compile(
    r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/(x[0-9]{3}/)*[0-9]{3}(\.p/([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?",
    re.ASCII,
)
PARTIAL_WIDTH = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Tile:
    """One file of a trail: up to 256 hashes of a level, or, where the level is None, a bundle of up to 256 entries."""

    level: int | None
    index: int
    width: int

    @property
    def path(self) -> str:
        """Its name below the trail's folder."""
        if self.level is None:
            return bundle_path(self.index, self.width)
        return tile_path(self.level, self.index, self.width)


def tile_path(level: int, index: int, width: int) -> str:
    """The name of a hash tile; `width` is 1 to 256."""
    if not 0 <= level <= 63:
        raise ValueError(f"there is no level {level}")
    return f"tile/{level}/{_number(index, width)}"


def bundle_path(index: int, width: int) -> str:
    """The name of a bundle of entries; `width` is 1 to 256."""
    return f"tile/entries/{_number(index, width)}"


def parse_path(path: str) -> Tile | None:
    """The tile of a name below the trail's folder; None for any spelling but the one that is served."""
    if len(path) > MAX_PATH or not PATH.fullmatch(path):
        return None
    _, kind, *groups = path.split("/")
    name, _, width = "/".join(groups).partition(".p/")
    index = int(name.replace("x", "").replace("/", ""))
    tile = Tile(None if kind == "entries" else int(kind), index, int(width or WIDTH))
    # The grammar lets leading groups of zeros pass.
    return tile if tile.path == path else None


def encode_bundle(entries: Iterable[bytes]) -> bytes:
    """The bytes of a bundle; Unreadable for an entry that is too long for one."""
    pieces = []
    for entry in entries:
        if len(entry) > MAX_ENTRY:
            raise Unreadable(f"an entry of {len(entry)} bytes fits no bundle: the longest has {MAX_ENTRY}")
        pieces += [len(entry).to_bytes(2, "big"), entry]
    return b"".join(pieces)


def decode_bundle(data: bytes) -> list[bytes]:
    """The entries of a bundle; Unreadable when the last one is cut off or there are more than 256."""
    entries: list[bytes] = []
    start = 0
    while start < len(data):
        end = start + 2 + int.from_bytes(data[start : start + 2], "big")
        if len(data) < end or len(entries) == WIDTH:
            raise Unreadable(f"a bundle is cut off or too long at its entry {len(entries)}")
        entries.append(data[start + 2 : end])
        start = end
    return entries


def is_implied(tile: Tile, size: int) -> bool:
    """Whether a trail of this size holds every piece of a tile, also of one that was partial at a smaller size."""
    return (size >> LEVEL_BITS * (tile.level or 0)) >= tile.index * WIDTH + tile.width


def implied_files(size: int) -> Iterator[Tile]:
    """Every bundle and hash tile that a checkpoint of this size implies, the partial ones with their width."""
    return files_between(0, size)


def files_between(before: int, size: int) -> Iterator[Tile]:
    """The files that a size implies and an earlier size did not."""
    yield from _row_between(None, before, size)
    level = 0
    while count := size >> LEVEL_BITS * level:
        yield from _row_between(level, before >> LEVEL_BITS * level, count)
        level += 1


class TileFolder:
    """Reads tiles from a folder, and what is not there from the folders beneath it."""

    def __init__(self, path: Path, *beneath: Path) -> None:
        self._folders = (path, *beneath)

    def hashes(self, level: int, index: int, width: int) -> list[bytes]:
        """The first `width` hashes of a tile; Diverged when no file has as many."""
        joined = self._joined(level, index, width)
        return [_nth(joined, place) for place in range(width)]

    def bundle(self, index: int, width: int) -> list[bytes]:
        """The first `width` entries of a bundle; Diverged when no file has as many."""
        held, data = self._wide_enough(Tile(None, index, width))
        entries = decode_bundle(data)
        _require_width(held, len(entries))
        return entries[:width]

    def entry(self, position: int) -> bytes:
        """The entry at a position; Diverged when no bundle reaches as far."""
        index, offset = divmod(position, WIDTH)
        return self.bundle(index, offset + 1)[offset]

    def hash_at(self, size: int) -> HashAt:
        """The roots of the complete subtrees of the first `size` leaves, combined from the tiles of this size."""

        @lru_cache(maxsize=64)
        def row(level: int, index: int) -> bytes:
            count = size >> LEVEL_BITS * level
            return self._joined(level, index, min(WIDTH, count - index * WIDTH))

        def hash_at(level: int, index: int) -> bytes:
            if (index + 1) << level > size:
                raise ValueError(f"the subtree {index} of level {level} is not complete at size {size}")
            tile_level, inside = divmod(level, LEVEL_BITS)
            tile, offset = divmod(index << inside, WIDTH)
            hashes = row(tile_level, tile)
            if tile_level:
                return _nth(_rows_above(hashes)[inside], offset >> inside)
            return root_of([_nth(hashes, place) for place in range(offset, offset + (1 << inside))])

        return hash_at

    def _joined(self, level: int, index: int, width: int) -> bytes:
        """The hashes of a tile, one after another."""
        held, data = self._wide_enough(Tile(level, index, width))
        if len(data) % HASH_LENGTH:
            raise Unreadable(f"a hash tile of {len(data)} bytes is cut off")
        _require_width(held, len(data) // HASH_LENGTH)
        return data[: width * HASH_LENGTH]

    def _wide_enough(self, tile: Tile) -> tuple[Tile, bytes]:
        """A file that begins with what this tile holds; Diverged when there is none."""
        for held in self._candidates(tile):
            for folder in self._folders:
                with suppress(FileNotFoundError):
                    return held, (folder / held.path).read_bytes()
        raise Diverged(
            f"{tile.path} is not in {self._folders[-1]}, nor a wider one: put it back from an export or a backup"
        )

    def _candidates(self, tile: Tile) -> Iterator[Tile]:
        """The file itself, then the wider ones. The full one is last: others go only when it is there."""
        yield tile
        full = replace(tile, width=WIDTH)
        widths = set()
        for folder in self._folders:
            partial = folder / f"{full.path}.p"
            if partial.is_dir():
                widths |= {int(each.name) for each in partial.iterdir() if PARTIAL_WIDTH.fullmatch(each.name)}
        for width in sorted(each for each in widths if tile.width < each < WIDTH):
            yield replace(tile, width=width)
        yield full


def _number(index: int, width: int) -> str:
    """Groups of three digits, all but the last after an x, and the width where it is partial."""
    if index < 0 or not 1 <= width <= WIDTH:
        raise ValueError(f"there is no tile {index} of width {width}")
    *high, low = f"{index:,}".split(",")
    groups = "".join(f"x{group:0>3}/" for group in high)
    return f"{groups}{low:0>3}" + (f".p/{width}" if width < WIDTH else "")


def _row_between(level: int | None, before: int, count: int) -> Iterator[Tile]:
    for index in range(before // WIDTH, count // WIDTH):
        yield Tile(level, index, WIDTH)
    if count % WIDTH and count != before:
        yield Tile(level, count // WIDTH, count % WIDTH)


@lru_cache(maxsize=256)
def _rows_above(hashes: bytes) -> tuple[bytes, ...]:
    """A tile's hashes, and above them row after row the roots of its complete subtrees.

    Kept for the tiles asked last: of the upper levels there are so few that all proofs meet there. They are found again
    by the tile's own bytes, so a file that was changed is never answered from memory. That takes 4 MiB at most.
    """
    rows = [hashes]
    while len(rows[-1]) > HASH_LENGTH:
        pairs = range(len(rows[-1]) // HASH_LENGTH // 2)
        rows.append(b"".join(node_hash(_nth(rows[-1], 2 * pair), _nth(rows[-1], 2 * pair + 1)) for pair in pairs))
    return tuple(rows)


def _nth(hashes: bytes, place: int) -> bytes:
    return hashes[place * HASH_LENGTH : (place + 1) * HASH_LENGTH]


def _require_width(held: Tile, pieces: int) -> None:
    if pieces != held.width:
        raise Unreadable(f"{held.path} holds {pieces} pieces, and its name promises {held.width}")
