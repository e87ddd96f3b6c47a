"""What a part of a backup says of itself: whose it is, how far it reaches, and the digest of each of its files.

Digests find what was cut off, mixed up or damaged. They are not signed: what was forged shows in the trail's own seal.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Final, Self

from ledger.errors import Misconfigured
from ledger.shape import INSTANT
from ledger.trail import durable
from ledger.trail.checkpoint import ORIGIN, SIZE

FORMAT: Final = "netral-backup/v1"
MANIFEST: Final = "manifest"
HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
LENGTH = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
CHUNK: Final = 1 << 20


class Part(StrEnum):
    """The three stores, which are kept apart: together in one place they would lie open to whoever takes it."""

    LEDGER = "ledger"
    KEYS = "keys"
    TRAIL = "trail"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a part: its digest, its length in bytes, and its name from the part's folder."""

    digest: str
    length: int
    name: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """One part of a backup.

    `size` and `root` are those of the recorded trail in the ledger's part, of the sealed one in the trail's; the keys
    open whatever is sealed in at least `size` entries.
    """

    part: Part
    origin: str
    size: int
    root: str
    at: str
    files: tuple[File, ...]

    def text(self) -> str:
        """As it stands in the file."""
        head = f"{FORMAT}\npart {self.part}\norigin {self.origin}\nsize {self.size}\nroot {self.root}\nat {self.at}\n"
        return head + "".join(f"file {each.digest} {each.length} {each.name}\n" for each in self.files)

    @classmethod
    def of(cls, folder: Path, part: Part, *, origin: str, size: int, root: str, at: str) -> Self:
        """The manifest of a part as it lies in its folder."""
        return cls(part, origin, size, root, at, tuple(_files(folder)))

    @classmethod
    def read(cls, folder: Path, part: Part) -> Self:
        """The manifest in a part's folder; Misconfigured, with the way out, when it is missing or cannot be read."""
        path = folder / MANIFEST
        try:
            text = path.read_text("utf-8")
        except FileNotFoundError:
            raise Misconfigured(
                f"{path} is missing: the backup was interrupted, or its {part} part is kept elsewhere. Put the three "
                f"folders {', '.join(Part)} of one backup side by side (links will do), or take another backup"
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise Misconfigured(f"{path} cannot be read: {error}") from error
        found = cls._parsed(text)
        if found is None or found.part is not part:
            raise Misconfigured(f"{path} is no manifest of the {part} part of a backup: take another backup")
        return found

    @classmethod
    def _parsed(cls, text: str) -> Self | None:
        first, *lines = text.split("\n")
        head = [line.split(" ") for line in lines[:5]]
        if (
            first != FORMAT
            or lines[-1:] != [""]
            or [each[0] for each in head] != ["part", "origin", "size", "root", "at"]
            or any(len(each) != 2 for each in head)
        ):
            return None
        part, origin, size, root, at = (each[1] for each in head)
        files = [File(words[1], int(words[2]), words[3]) for line in lines[5:-1] if (words := _words(line))]
        sound = ORIGIN.fullmatch(origin) and SIZE.fullmatch(size) and HEX.fullmatch(root) and INSTANT.fullmatch(at)
        if not sound or part not in set(Part) or len(files) != len(lines[5:-1]):
            return None
        return cls(Part(part), origin, int(size), root, at, tuple(files))

    def write(self, folder: Path) -> None:
        """Put the manifest into the part's folder, last of all: without it a part is not whole."""
        durable.replace(folder / MANIFEST, self.text().encode())


def digest_of(path: Path) -> tuple[str, int]:
    """SHA-256 and length of a file, a piece at a time."""
    digest, length = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
            length += len(piece)
    return digest.hexdigest(), length


def _files(folder: Path) -> Iterator[File]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield File(*digest_of(path), path.relative_to(folder).as_posix())


def _words(line: str) -> list[str] | None:
    """The words of a file's line; None for one that is none, or that leads out of the part's folder."""
    words = line.split(" ", 3)
    if len(words) != 4 or words[0] != "file" or not HEX.fullmatch(words[1]) or not LENGTH.fullmatch(words[2]):
        return None
    name = PurePosixPath(words[3])
    return None if name.is_absolute() or ".." in name.parts or not name.parts else words
