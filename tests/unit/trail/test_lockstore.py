"""The lock store: one winner, whoever tries."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ledger.errors import Diverged
from ledger.trail.lockstore import FileLockStore

SWAP = """
import sys
from pathlib import Path
from ledger.errors import Diverged
from ledger.trail.lockstore import FileLockStore

store = FileLockStore(Path(sys.argv[1]))
for turn in range(40):
    previous = None if turn == 0 else b"turn %d" % (turn - 1)
    # Until somebody made the turn before this one; the other may be several turns ahead already.
    while int((store.read() or b"turn -1").split()[1]) < turn - 1:
        pass
    try:
        store.swap(previous, b"turn %d" % turn)
        print(turn)
    except Diverged:
        pass
"""


def test_nothing_is_locked_at_first(tmp_path: Path) -> None:
    """And asking does not change that."""
    store = FileLockStore(tmp_path / "lock")
    assert store.read() is None
    assert store.read() is None
    assert list(tmp_path.iterdir()) == []


def test_a_swap_from_what_stands_there_is_made(tmp_path: Path) -> None:
    """And another process reads it."""
    store = FileLockStore(tmp_path / "lock")
    store.swap(None, b"one")
    store.swap(b"one", b"two")
    assert store.read() == FileLockStore(tmp_path / "lock").read() == b"two"


@pytest.mark.parametrize("previous", [None, b"", b"zero", b"one\n"])
def test_attack_a_swap_from_what_no_longer_stands_there(previous: bytes | None, tmp_path: Path) -> None:
    """Whoever read something else would sign a second history."""
    store = FileLockStore(tmp_path / "lock")
    store.swap(None, b"one")
    with pytest.raises(Diverged, match="another sealer"):
        store.swap(previous, b"two")
    assert store.read() == b"one"


def test_attack_a_lost_lock_store_is_changed_as_if_it_were_there(tmp_path: Path) -> None:
    """Nothing is not the bytes that were read."""
    store = FileLockStore(tmp_path / "lock")
    with pytest.raises(Diverged):
        store.swap(b"one", b"two")
    assert store.read() is None


def test_one_of_many_threads_wins(tmp_path: Path) -> None:
    """The lock is of each opening of the file, not of the process."""

    def swap(number: int) -> bool:
        try:
            FileLockStore(tmp_path / "lock").swap(None, b"%d" % number)
        except Diverged:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(swap, range(32)))
    assert won.count(True) == 1
    assert FileLockStore(tmp_path / "lock").read() == b"%d" % won.index(True)


def test_one_of_two_processes_wins_each_turn(tmp_path: Path) -> None:
    """Two primaries cannot both believe that the next checkpoint is theirs."""
    command = [sys.executable, "-c", SWAP, str(tmp_path / "lock")]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    turns = [int(turn) for each in both for turn in each.communicate()[0].split()]
    assert [each.returncode for each in both] == [0, 0]
    assert sorted(turns) == list(range(40))
