"""SIGKILL at each named step of sealing, publishing and recovering, in a process of its own; then another one starts.

Which step a crash at each single change to the disk may hit is asked in tests/unit/trail; here the process is real.
"""

from __future__ import annotations

import json
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from api.recovering import recover
from api.wiring import LEDGER_DB, LOCK, TRAIL, open_house
from ledger.clock import SimulatedClock
from ledger.errors import Diverged
from ledger.trail.checkpoint import Checkpoint, parse_checkpoint, split_note
from ledger.trail.merkle import leaf_hash, root_of
from tests.auditor import audit
from tests.builders import NOON
from tests.flow.dying import RECOVERING, SEALING
from tests.flow.test_killed import Place, assert_kept
from tests.flow.whole import assert_whole
from tests.processes import started

COMMITTED = [("commit", "after"), ("publish the tiles", "before"), ("publish the tiles", "after"), ("sign", "before")]
COMMITTED += [("sign", "after"), ("publish the checkpoint", "before"), ("publish the checkpoint", "after")]
"""From the swap of the lock store on: the checkpoint is the trail's, whoever has seen it."""
PUBLISHED = [("publish the checkpoint", "after")]
ALWAYS = {("call the staging whole", "after"), ("commit", "after"), ("sign", "after"), ("publish the tiles", "before")}
"""The rest is for those who have minutes."""
EVERY = [
    pytest.param(step, how, id=f"{how} {step}", marks=() if (step, how) in ALWAYS else pytest.mark.slow)
    for step in SEALING
    for how in ("before", "after")
]


@pytest.fixture
def folder(tmp_path: Path, clock: SimulatedClock) -> Path:
    """A ledger with its register that nobody has open."""
    made = Place(tmp_path / "ledger", None)
    made.begin(clock)
    return made.folder


def killed(folder: Path, step: str, how: str) -> list[dict[str, Any]]:
    """What a process said before it was killed at a step."""
    with started(1, "tests.flow.dying", str(folder), step, how) as (dying,):
        dying.go()
        said = [json.loads(line) for line in dying.lines()]
        assert dying.process.wait(timeout=120) == -signal.SIGKILL, "it never came to this step"
    return said


def locked(folder: Path) -> Checkpoint:
    return parse_checkpoint((folder / LOCK / "checkpoint").read_bytes())


def published(folder: Path) -> Checkpoint:
    return parse_checkpoint(split_note((folder / TRAIL / "checkpoint").read_bytes())[0])


@pytest.mark.parametrize(("step", "how"), EVERY)
def test_a_process_killed_at_a_step_of_sealing_leaves_one_history(folder: Path, step: str, how: str) -> None:
    """What was committed is published by the next start, with that root and no other; what was not is sealed then."""
    open_house(folder, clock=SimulatedClock(NOON)).close()
    before = locked(folder)
    said = killed(folder, step, how)
    left = locked(folder)
    assert (left == before) is ((step, how) not in COMMITTED)
    assert published(folder) == (left if (step, how) in PUBLISHED else before)
    with closing(open_house(folder, clock=SimulatedClock(NOON))) as house:
        assert_kept(house, said)
        every = [leaf_hash(entry) for entry in house.store.entries(0, house.store.size())]
        for checkpoint in (before, left, published(folder)):
            assert root_of(every[: checkpoint.size]) == checkpoint.root, "a second history"
        assert published(folder).size == len(every) == len(assert_whole(folder)) > before.size
        audit(house)


def shortened(folder: Path) -> list[tuple[object, ...]]:
    """Lose the last rows; all that there were."""
    open_house(folder, clock=SimulatedClock(NOON)).close()
    every = rows(folder)
    with closing(sqlite3.connect(folder / LEDGER_DB)) as connection:
        connection.execute("DROP TRIGGER events_are_not_deleted")
        connection.execute("DELETE FROM events WHERE position > 4")
        connection.commit()
    return every


def rows(folder: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / LEDGER_DB)) as connection:
        return connection.execute("SELECT * FROM events ORDER BY position").fetchall()


@pytest.mark.parametrize("how", ["before", "after"])
@pytest.mark.parametrize("step", RECOVERING)
def test_a_process_killed_at_a_step_of_recovering_has_put_back_all_or_nothing(
    folder: Path, step: str, how: str
) -> None:
    """Until all of it is there no start goes on; then it is the same ledger, row by row."""
    every = shortened(folder)
    killed(folder, step, how)
    if (step, how) == ("put the rows back", "after"):
        assert rows(folder) == every
    else:
        assert rows(folder) == every[:5]
        with pytest.raises(Diverged, match="the lock store is ahead of the database"):
            open_house(folder, clock=SimulatedClock(NOON))
        recover(folder, None, SimulatedClock(NOON))
        assert rows(folder) == every
    with closing(open_house(folder, clock=SimulatedClock(NOON))) as house:
        audit(house)
