"""Small trails for the tests: a database in memory, a key that watches what it signs, and an auditor.

The auditor makes every published file again by the recursive definitions of RFC 9162, apart from the code under test.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from ledger.trail.checkpoint import Checkpoint, SigningKey, Verifier, open_note, parse_checkpoint
from ledger.trail.cosigning import Witnesses
from ledger.trail.lockstore import FileLockStore
from ledger.trail.sealer import Sealer
from ledger.trail.tiles import Tile

ORIGIN = "demo.invalid/0011223344556677"


def entry(position: int) -> bytes:
    """Entries of many lengths, one of them empty; the trail does not look inside."""
    return b"" if position == 3 else b"entry %d " % position + b"." * (position % 37)


class Memory:
    """A database in memory, which notes which positions it was asked for."""

    def __init__(self, size: int = 0) -> None:
        self.rows = [entry(position) for position in range(size)]
        self.asked: list[tuple[int, int]] = []

    def size(self) -> int:
        return len(self.rows)

    def entries(self, first: int, last: int) -> Iterator[bytes]:
        self.asked.append((first, last))
        yield from self.rows[first:last]

    def grow(self, size: int) -> None:
        self.rows += [entry(position) for position in range(len(self.rows), size)]


class WatchedKey(SigningKey):
    """A key that signs only what stands in the lock store, as the rule wants it, and remembers each text."""

    signed: list[bytes]
    lock: FileLockStore

    def watch(self, lock: FileLockStore) -> None:
        object.__setattr__(self, "lock", lock)
        object.__setattr__(self, "signed", [])

    def sign(self, text: bytes) -> bytes:
        assert self.lock.read() == text, "a text was signed that does not stand in the lock store"
        self.signed.append(text)
        return super().sign(text)


class Trail:
    """One ledger's trail in a folder of the tests."""

    def __init__(self, folder: Path, size: int = 0) -> None:
        self.folder = folder / "trail"
        self.lock_folder = folder / "lock"
        self.lock = FileLockStore(self.lock_folder)
        self.key = WatchedKey.from_seed(ORIGIN, bytes(range(32)))
        self.key.watch(self.lock)
        self.storage = Memory(size)
        self.witnesses: Callable[[], Witnesses | None] = lambda: None

    def sealer(self) -> Sealer:
        """A sealer as a new process has it: it knows what the disk knows, and nothing yet of its witnesses."""
        return Sealer(self.folder, FileLockStore(self.lock_folder), self.key, self.storage, self.witnesses())

    def sealed(self, *sizes: int) -> Trail:
        """Grow to each size and seal it."""
        for size in sizes:
            self.storage.grow(size)
            self.sealer().seal()
        return self

    def audit(self) -> Checkpoint | None:
        """Check everything that is published, and everything that was ever signed."""
        histories = [parse_checkpoint(text) for text in self.key.signed]
        assert [each.size for each in histories] == sorted(each.size for each in histories), "the trail shrank"
        for each in histories:
            assert each.root == expected_root(each.size), "a second history was signed"
        if not (self.folder / "checkpoint").exists():
            return None
        return audit(self.folder, self.key.verifier)


def audit(folder: Path, verifier: Verifier) -> Checkpoint:
    """The published checkpoint, after every file that it implies was found to be what it must be."""
    checkpoint = parse_checkpoint(open_note((folder / "checkpoint").read_bytes(), [verifier]))
    assert checkpoint.root == expected_root(checkpoint.size)
    for name, data in expected_files(checkpoint.size).items():
        assert (folder / name).read_bytes() == data, name
    return checkpoint


def files_in(folder: Path) -> set[str]:
    """Every file in a folder, by its name below it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@cache
def leaf(position: int) -> bytes:
    return hashlib.sha256(b"\x00" + entry(position)).digest()


@cache
def complete(level: int, index: int) -> bytes:
    """The root of the complete subtree, from its two halves."""
    if level == 0:
        return leaf(index)
    return hashlib.sha256(b"\x01" + complete(level - 1, 2 * index) + complete(level - 1, 2 * index + 1)).digest()


@cache
def tree(first: int, last: int) -> bytes:
    """MTH of the leaves first .. last - 1, by the definition."""
    if last - first == 1:
        return leaf(first)
    half = 1
    while 2 * half < last - first:
        half *= 2
    return hashlib.sha256(b"\x01" + tree(first, first + half) + tree(first + half, last)).digest()


def expected_root(size: int) -> bytes:
    return tree(0, size)


@cache
def expected_files(size: int) -> dict[str, bytes]:
    """Every file that a checkpoint of this size implies."""
    files = {}
    for index in range(0, size, 256):
        entries = [entry(position) for position in range(index, min(size, index + 256))]
        data = b"".join(len(each).to_bytes(2, "big") + each for each in entries)
        files[Tile(None, index // 256, len(entries)).path] = data
    for level in range(3):
        row = [complete(8 * level, index) for index in range(size >> 8 * level)]
        for index in range(0, len(row), 256):
            hashes = row[index : index + 256]
            files[Tile(level, index // 256, len(hashes)).path] = b"".join(hashes)
    return files
