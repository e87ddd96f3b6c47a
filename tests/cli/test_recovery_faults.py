"""`netral recover`, with a disk that fails at each of its statements in turn: all that was lost is back, or nothing."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from api.recovering import recover
from api.wiring import open_house
from ledger.clock import real_clock
from ledger.errors import Broken, Diverged
from tests.auditor import audit
from tests.cli.test_recovery import rows
from tests.cli.test_status import shorten
from tests.unit.store.faults import Statements


@pytest.fixture
def lost(folder: Path) -> Path:
    """A ledger whose database lost its end."""
    shorten(folder)
    return folder


@pytest.fixture
def whole(recorded: Path) -> list[tuple[object, ...]]:
    """Every row, as it was."""
    return rows(recorded)


@pytest.fixture
def statements(whole: list[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch) -> Statements:
    """Counts on every connection that is opened from now on."""
    del whole
    return Statements(monkeypatch)


def copied(folder: Path, to: Path) -> Path:
    """The same ledger on another disk."""
    shutil.rmtree(to, ignore_errors=True)
    return Path(shutil.copytree(folder, to))


def every(lost: Path, statements: Statements, tmp_path: Path) -> list[str]:
    """The statements of a recovery in which nothing fails; in a copy of its own."""
    dry = copied(lost, tmp_path / "dry")
    statements.ran.clear()
    recover(dry, None, real_clock)
    assert len(statements.ran) > 10, "recovering has fewer statements than it must have"
    return list(statements.ran)


def finished(folder: Path, whole: list[tuple[object, ...]]) -> bool:
    """Whether all is back; else nothing is, and no start goes on until it is recovered."""
    found = rows(folder)
    if found == whole:
        return True
    assert found == whole[:21], "a part of what was lost is back"
    with pytest.raises(Diverged, match="lock store is ahead of the database"):
        open_house(folder)
    recover(folder, None, real_clock)
    assert rows(folder) == whole
    return False


@pytest.mark.parametrize("error", ["disk I/O error", "database or disk is full"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_an_error_of_any_statement_is_named_and_puts_back_all_or_nothing(
    lost: Path, whole: list[tuple[object, ...]], statements: Statements, tmp_path: Path, after: bool, error: str
) -> None:
    """The same command, asked again, finishes; at most the commit's own answer may be lost."""
    kept = []
    for at, statement in enumerate(every(lost, statements, tmp_path), 1):
        folder = copied(lost, tmp_path / "disk")
        with statements.failing(at, after=after, error=error), pytest.raises(Broken, match=error):
            recover(folder, None, real_clock)
        if finished(folder, whole):
            kept.append(statement)
    assert kept == ["COMMIT"] * after


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_crash_at_any_statement_puts_back_all_or_nothing(
    lost: Path, whole: list[tuple[object, ...]], statements: Statements, tmp_path: Path, after: bool
) -> None:
    """What the disk holds at that moment opens as the same ledger, or is refused until it is recovered."""
    ran = every(lost, statements, tmp_path)
    kept = []
    for at, statement in enumerate(ran, 1):
        if statement.startswith(("SELECT", "BEGIN", "PRAGMA")):
            continue
        folder, image = copied(lost, tmp_path / "disk"), tmp_path / "image"
        with statements.crashing(at, folder, image, after=after):
            recover(folder, None, real_clock)
        if finished(image, whole):
            kept.append(statement)
    assert kept == ["COMMIT"] * after
    with closing(open_house(image)) as house:
        audit(house)
