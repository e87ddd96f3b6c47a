"""Every change that the trail makes to a disk: few and small, so that a test can fail each of them.

A file's bytes and a new folder have reached the disk when the call returns; a file's name has when `sync_folder` of its
folder returns.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


def write_durably(path: Path, data: bytes) -> None:
    """Write a whole file and wait for the disk. A crash may leave half of it: only unread names are written to."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def write_secret(path: Path, data: bytes) -> None:
    """As `write_durably`; nobody but the owner can read the file, from its first byte on."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, 0o600)
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def rename(source: Path, target: Path) -> None:
    """Put a whole file where it is read, in the place of an older one: readers see the one or the other."""
    source.replace(target)


def sync_folder(path: Path) -> None:
    """Wait until the names in a folder have reached the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, where they are missing."""
    if not path.exists():
        make_folder(path.parent)
        path.mkdir(exist_ok=True)
        sync_folder(path.parent)


def remove_file(path: Path) -> None:
    """Remove one file, if it is there."""
    path.unlink(missing_ok=True)


def remove_folder(path: Path) -> None:
    """Remove a folder and all below it, if it is there. A crash may leave a part of it."""
    if path.exists():
        shutil.rmtree(path)


def sync_folders(folders: Iterable[Path], top: Path) -> None:
    """Sync folders and all that lie between them and `top`, each once, inner ones first."""
    touched = {each for folder in folders for each in (folder, *folder.parents) if each.is_relative_to(top)}
    for folder in sorted(touched, reverse=True):
        sync_folder(folder)


def replace(path: Path, data: bytes) -> None:
    """Make a file hold exactly these bytes: whoever reads sees the old ones or the new ones, also after a crash."""
    aside = path.with_name(f"{path.name}.new")
    write_durably(aside, data)
    rename(aside, path)
    sync_folder(path.parent)


def replace_secret(path: Path, data: bytes) -> None:
    """As `replace`, for the owner's eyes alone."""
    aside = path.with_name(f"{path.name}.new")
    write_secret(aside, data)
    rename(aside, path)
    sync_folder(path.parent)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a file's lock. Other processes wait, other threads too: each opening has a lock of its own (flock(2)).

    The system frees it when the process dies; the file stays, because removing it would part those who wait.
    """
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
