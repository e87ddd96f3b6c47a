"""SIGKILL in the middle of writing and sealing: what was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from api.chronicles import register
from api.wiring import House, create_house, open_house
from ledger.clock import SimulatedClock
from ledger.codec import Recorded
from ledger.complaint.facts import (
    AllegationMade,
    ComplaintFiled,
    InitialReviewConcluded,
    RegistrationRefused,
    RespondentNamed,
)
from ledger.itself.facts import ClockKind
from ledger.trail.merkle import leaf_hash, root_of
from tests.auditor import audit
from tests.builders import NOON
from tests.flow.asking import Jambi
from tests.flow.whole import assert_whole
from tests.flow.writer import leaves, register_of
from tests.processes import started
from tests.scribes import Scribe, record_register

WRITER = "tests.flow.writer"
COMMANDS = {
    (ComplaintFiled,),
    (RespondentNamed,),
    (AllegationMade,),
    (InitialReviewConcluded, RegistrationRefused),
}
"""The facts of each command that the writer asks for."""


@pytest.fixture
def folder(tmp_path: Path, clock: SimulatedClock) -> Path:
    """A ledger with its register that nobody has open: whoever comes after the kill has to put the files right."""
    made = tmp_path / "ledger"
    with closing(
        create_house(made, domain="test.invalid", kind=ClockKind.SIMULATED, operator=register.OPERATOR, clock=clock)
    ) as house:
        record_register(Scribe(house.registrar, clock, house.stream))
    return made


def killed_at_some_moment(folder: Path, how: str) -> list[dict[str, Any]]:
    """Everything that a writer said before it was killed."""
    with started(1, WRITER, str(folder), "0", how) as (writer,):
        writer.go()
        said = [writer.out.readline() for _ in range(1 + secrets.randbelow(30))]
        time.sleep(secrets.randbelow(10_000) / 1_000_000)
        writer.kill()
        return [json.loads(line) for line in (*said, *writer.lines())]


def assert_kept(house: House, said: list[dict[str, Any]]) -> None:
    """Every receipt and every checkpoint that the writer said is true of the ledger as it is now."""
    every = [leaf_hash(entry) for entry in house.store.entries(0, house.store.size())]
    sealed = house.sealer.latest()
    assert sealed is not None
    jambi = Jambi(house.registrar, register_of(house))
    for each in said:
        if "size" in each:
            assert each["size"] <= sealed.size
            assert root_of(every[: each["size"]]).hex() == each["root"], "a checkpoint was taken back"
            continue
        first, count = each["first"], len(each["leaves"])
        assert [leaf.hex() for leaf in every[first : first + count]] == each["leaves"], "an acknowledged fact is lost"
        if each["key"].endswith("filing"):
            again = jambi.ask(jambi.filing(), key=each["key"])
            assert (again.replayed, again.first, leaves(again)) == (True, first, each["leaves"])


def assert_whole_commands(folder: Path, facts: list[Recorded], *, after: int) -> None:
    """Every fact that the writers recorded belongs to one command, recorded with all its facts and its ticket."""
    with closing(sqlite3.connect(folder / "ledger.db")) as connection:
        ranges = connection.execute("SELECT first, last FROM idempotency ORDER BY first").fetchall()
    commands = [tuple(type(each.fact) for each in facts[first : last + 1]) for first, last in ranges]
    assert set(commands) <= COMMANDS
    assert [place for first, last in ranges for place in range(first, last + 1)] == list(range(after, len(facts)))


@pytest.mark.parametrize("how", ["write", "seal", "together"])
@pytest.mark.parametrize("rounds", [3, pytest.param(100, marks=pytest.mark.slow)])
def test_a_killed_writer_loses_nothing_that_it_acknowledged(folder: Path, how: str, rounds: int) -> None:
    """The same ledger is killed again and again, opened each time, and audited; in the middle of shared commits too."""
    said: list[dict[str, Any]] = []
    register_ends = len(assert_whole(folder))
    for _ in range(rounds):
        said = [*said[-30:], *killed_at_some_moment(folder, how)]
        with closing(open_house(folder, clock=SimulatedClock(NOON))) as house:
            assert_kept(house, said)
            assert_whole_commands(folder, assert_whole(folder), after=register_ends)
            audit(house)


def test_a_killed_writer_keeps_no_lock(folder: Path) -> None:
    """Whoever else writes goes on at once, and the ledger is whole."""
    with started(2, WRITER, str(folder), "0", "write") as (doomed, other):
        for each in (doomed, other):
            each.go()
        said = [json.loads(each.out.readline()) for each in (doomed, other, doomed, other)]
        doomed.kill()
        said += [json.loads(other.out.readline()) for _ in range(40)]
        other.kill()
    with closing(open_house(folder, clock=SimulatedClock(NOON))) as house:
        assert_kept(house, said)
        assert_whole(folder)
        audit(house)


def test_several_processes_lose_no_command(folder: Path) -> None:
    """Four registrars in four processes, 24 commands each: as many are recorded as were acknowledged."""
    register_ends = len(assert_whole(folder))
    with started(4, WRITER, str(folder), "6", "write") as writers:
        for each in writers:
            each.go()
        said = [json.loads(line) for each in writers for line in each.done()]
    assert len(said) == 4 * 6 * 4
    with closing(open_house(folder, clock=SimulatedClock(NOON))) as house:
        assert_kept(house, said)
        facts = assert_whole(folder)
        assert_whole_commands(folder, facts, after=register_ends)
        assert len(facts) == register_ends + sum(len(each["leaves"]) for each in said)
        audit(house)
