"""Faults of the disk, one at a time: the n-th change to it is the last one that this process makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ledger.trail import durable

CHANGES = ("write_durably", "write_secret", "rename", "sync_folder", "make_folder", "remove_file", "remove_folder")


class Crash(BaseException):
    """The process is killed: nothing catches this, though the system still frees its locks."""


class Disk:
    """Counts the changes that the trail makes to the disk, and fails one of them.

    `how` is "half" (a file is half written, a folder half removed, any other change not made at all) or "after". Before
    a change is after the one before it.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.changes: list[tuple[str, tuple[Any, ...]]] = []
        self._at = 0
        self._how = ""
        self._error: BaseException = Crash()
        for name in CHANGES:
            monkeypatch.setattr(durable, name, self._wrapped(name, getattr(durable, name)))

    @contextmanager
    def failing(self, at: int, how: str, error: BaseException | None = None) -> Iterator[None]:
        """Fail the at-th change of the block; `happened` says whether it came to that."""
        self.changes = []
        self._at, self._how, self._error = at, how, error or Crash()
        try:
            yield
        except type(self._error):
            pass
        finally:
            self._at = 0

    def happened(self, at: int) -> bool:
        return len(self.changes) >= at

    def _wrapped(self, name: str, change: Callable[..., None]) -> Callable[..., None]:
        def changed(*arguments: Any) -> None:
            if name == "make_folder" and arguments[0].exists():
                return
            if name.startswith("remove") and not arguments[0].exists():
                return
            self.changes.append((name, arguments))
            failing = len(self.changes) == self._at
            if failing and self._how == "half":
                _half(name, arguments)
            if failing and self._how != "after":
                raise self._error
            change(*arguments)
            if failing:
                raise self._error

        return changed


def _half(name: str, arguments: tuple[Any, ...]) -> None:
    if name.startswith("write"):
        path, data = arguments
        Path(path).write_bytes(data[: len(data) // 2])
    if name == "remove_folder":
        files = sorted(each for each in Path(arguments[0]).rglob("*") if each.is_file())
        for each in files[::2]:
            each.unlink()
