"""The right edge of a trail: the partial tile of each level and the entries of the last bundle; all that growing needs.

Entries go in, files come out: nothing here reads or writes. Memory is one tile for each level, whatever the size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.trail.merkle import EMPTY_ROOT, leaf_hash, root_of
from ledger.trail.tiles import LEVEL_BITS, WIDTH, Tile, TileFolder, encode_bundle

File = tuple[Tile, bytes]


class Edge:
    """The edge at a size, which grows by one entry at a time."""

    def __init__(self, size: int = 0, rows: Sequence[Sequence[bytes]] = ()) -> None:
        """Begin at a size where no bundle is begun; `rows` are the hashes of each level's partial tile, 0 to 255."""
        if size % WIDTH:
            raise ValueError(f"at size {size} a bundle is begun, and its entries are not known")
        self.size = size
        self._rows = [list(row) for row in rows] or [[]]
        self._entries: list[bytes] = []

    def add(self, entry: bytes) -> list[File]:
        """Add one entry; the files that it makes full, if any."""
        self.size += 1
        self._entries.append(entry)
        self._rows[0].append(leaf_hash(entry))
        if len(self._entries) < WIDTH:
            return []
        files: list[File] = [(Tile(None, self.size // WIDTH - 1, WIDTH), encode_bundle(self._entries))]
        self._entries = []
        level = 0
        while len(row := self._rows[level]) == WIDTH:
            count = self.size >> LEVEL_BITS * level
            files.append((Tile(level, count // WIDTH - 1, WIDTH), b"".join(row)))
            self._rows[level] = []
            level += 1
            if level == len(self._rows):
                self._rows.append([])
            self._rows[level].append(root_of(row))
        return files

    def partial_files(self) -> Iterator[File]:
        """The partial bundle and the partial tile of each level, where there is one."""
        if self._entries:
            yield Tile(None, self.size // WIDTH, len(self._entries)), encode_bundle(self._entries)
        for level, row in enumerate(self._rows):
            if row:
                yield Tile(level, (self.size >> LEVEL_BITS * level) // WIDTH, len(row)), b"".join(row)

    def root(self) -> bytes:
        """The root at this size. What is incomplete on a level stands last on the level above, as a node that rises."""
        incomplete: list[bytes] = []
        for row in self._rows:
            whole = [*row, *incomplete]
            incomplete = [root_of(whole)] if whole else []
        return incomplete[0] if incomplete else EMPTY_ROOT


def edge_at(size: int, tiles: TileFolder) -> Edge:
    """The edge at a multiple of 256, read from the tiles that this size implies."""
    rows = []
    level = 0
    while count := size >> LEVEL_BITS * level:
        index, width = divmod(count, WIDTH)
        rows.append(tiles.hashes(level, index, width) if width else [])
        level += 1
    return Edge(size, rows)
