"""Writers who come at the same time share one durable transaction, and each is still all or nothing by itself."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import pytest

from ledger import sharing
from ledger.sharing import SharedTransaction


class Watched(sqlite3.Connection):
    """Counts its commits; the ones that are told to fail do."""

    commits = 0
    failing = False

    def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:
        if sql == "COMMIT":
            self.commits += 1
            if self.failing:
                self.failing = False
                raise sqlite3.OperationalError("disk I/O error")
        return super().execute(sql, *given)


class Desk:
    """A shared connection to a table of words, and how many transactions ended."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, factory=Watched)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("CREATE TABLE words (word TEXT PRIMARY KEY)")
        self.ended = 0
        self.shared = SharedTransaction(self.connection, self._count)

    def _count(self) -> None:
        self.ended += 1

    def write(self, word: str, meanwhile: Callable[[], object] = lambda: None) -> list[str]:
        """Write a word, and return what another connection sees at once."""
        with self.shared.writing() as connection:
            connection.execute("INSERT INTO words VALUES (?)", (word,))
            meanwhile()
        return self.seen()

    def seen(self) -> list[str]:
        """What is committed."""
        other = sqlite3.connect(self.path)
        words = [str(word) for (word,) in other.execute("SELECT word FROM words ORDER BY word")]
        other.close()
        return words

    def until_wait(self, many: int) -> None:
        """Until so many wait for their turn."""
        while self.shared._coming < many:  # what the test arranges, and nobody outside needs to know
            threading.Event().wait(0.001)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "words.db")
    yield desk
    assert not desk.connection.in_transaction
    desk.connection.close()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(16) as pool:
        yield pool


def test_who_writes_alone_returns_after_their_own_commit(desk: Desk) -> None:
    assert desk.write("satu") == ["satu"]
    assert desk.write("dua") == ["dua", "satu"]
    assert (desk.connection.commits, desk.ended) == (2, 2)


def test_those_who_come_while_one_writes_share_its_commit(desk: Desk, threads: ThreadPoolExecutor) -> None:
    """Whoever returns finds their own word committed, and those of all who shared the transaction."""
    others: list[Future[list[str]]] = []

    def come() -> None:
        others.extend(threads.submit(desk.write, word) for word in ("dua", "tiga"))
        desk.until_wait(2)

    assert desk.write("satu", come) == ["dua", "satu", "tiga"]
    assert [each.result() for each in others] == [["dua", "satu", "tiga"]] * 2
    assert (desk.connection.commits, desk.ended) == (1, 1)


def test_a_crowd_writes_everything_and_nobody_returns_before_their_commit(
    desk: Desk, threads: ThreadPoolExecutor
) -> None:
    words = [f"kata-{number:03}" for number in range(200)]
    for word, seen in zip(words, threads.map(desk.write, words), strict=True):
        assert word in seen
    assert desk.seen() == words
    assert desk.connection.commits == desk.ended <= len(words)


def test_a_transaction_takes_no_more_than_its_most(
    desk: Desk, threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that other processes get the file between two."""
    monkeypatch.setattr(sharing, "MOST", 2)
    others: list[Future[list[str]]] = []

    def come() -> None:
        others.extend(threads.submit(desk.write, f"kata-{number}") for number in range(5))
        desk.until_wait(5)

    desk.write("awal", come)
    for each in others:
        each.result()
    assert desk.connection.commits == 3


@pytest.mark.parametrize("refused", ["satu", "dua", "tiga"])
def test_what_fails_takes_back_only_its_own(desk: Desk, threads: ThreadPoolExecutor, refused: str) -> None:
    """The first, one in the middle, or the last of those who share."""
    others: dict[str, Future[list[str]]] = {}

    def write(word: str, meanwhile: Callable[[], object] = lambda: None) -> list[str]:
        def end() -> None:
            meanwhile()
            if word == refused:
                raise ValueError(word)

        return desk.write(word, end)

    def come() -> None:
        for many, word in enumerate(("dua", "tiga"), 1):
            others[word] = threads.submit(write, word)
            desk.until_wait(many)

    first = threads.submit(write, "satu", come)
    wait([first])
    answers = {"satu": first, **others}
    with pytest.raises(ValueError, match=refused):
        answers.pop(refused).result()
    assert all(word in each.result() for word, each in answers.items())
    assert desk.seen() == sorted(answers)


def test_a_commit_that_fails_is_told_to_all_who_shared_it(desk: Desk, threads: ThreadPoolExecutor) -> None:
    """Nothing of it is there, and the next write is made."""
    others: list[Future[list[str]]] = []

    def come() -> None:
        desk.connection.failing = True
        others.append(threads.submit(desk.write, "dua"))
        desk.until_wait(1)

    with pytest.raises(sqlite3.OperationalError, match="disk I/O error"):
        desk.write("satu", come)
    with pytest.raises(sqlite3.OperationalError, match="disk I/O error"):
        others[0].result()
    assert desk.ended == 1
    assert desk.write("tiga") == ["tiga"]


def test_a_transaction_that_sqlite_took_back_is_told_to_those_who_had_left_it(
    desk: Desk, threads: ThreadPoolExecutor
) -> None:
    """A full disk in the second one's statement takes the first one's words too: it must not hear that they stand."""
    others: list[Future[list[str]]] = []

    def lose() -> None:
        desk.connection.execute("ROLLBACK")
        raise sqlite3.OperationalError("database or disk is full")

    def come() -> None:
        others.append(threads.submit(desk.write, "dua", lose))
        desk.until_wait(1)

    with pytest.raises(sqlite3.OperationalError, match="disk is full"):
        desk.write("satu", come)
    with pytest.raises(sqlite3.OperationalError, match="disk is full"):
        others[0].result()
    assert desk.seen() == []
    assert desk.write("tiga") == ["tiga"]


def test_who_was_left_alone_with_a_transaction_commits_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever was about to come, and for whom the commit was left, was interrupted on the way."""
    monkeypatch.setattr(sharing, "PATIENCE", 0.01)

    def come() -> None:
        desk.shared._coming += 1

    assert desk.write("satu", come) == ["satu"]


def test_writing_inside_writing_is_a_part_of_it(desk: Desk) -> None:
    def fail() -> None:
        with desk.shared.writing() as inner:
            inner.execute("INSERT INTO words VALUES ('dalam')")
        raise ValueError("after")

    with pytest.raises(ValueError, match="after"):
        desk.write("luar", fail)
    assert desk.seen() == []
    with desk.shared.writing():
        desk.write("dalam")
        assert desk.seen() == []
    assert desk.seen() == ["dalam"]
    assert desk.connection.commits == 1


def test_who_needs_no_transaction_finds_none(desk: Desk, threads: ThreadPoolExecutor) -> None:
    """A copy or a checkpoint commits first what others have left to be committed, and says so to them."""
    monitor: list[Future[list[str]]] = []

    def come() -> None:
        desk.shared._coming += 1  # the commit is left to somebody who does not come

    def settle() -> list[str]:
        while desk.shared._group is None or not desk.shared._group.members:
            threading.Event().wait(0.001)
        with desk.shared.settled() as connection:
            assert not connection.in_transaction
            return desk.seen()

    monitor.append(threads.submit(settle))
    assert desk.write("satu", come) == ["satu"]
    assert monitor[0].result() == ["satu"]
