"""SIGKILL in the middle of writing and sealing: what was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import json
import secrets
import time
from contextlib import closing
from dataclasses import dataclass
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
from ledger.store.database import Database
from ledger.trail.merkle import leaf_hash, root_of
from tests.auditor import audit
from tests.builders import NOON
from tests.flow.asking import Jambi
from tests.flow.whole import assert_whole
from tests.flow.writer import leaves, register_of
from tests.processes import started
from tests.scribes import Scribe, record_register
from tests.unit.store.stores import tables

WRITER = "tests.flow.writer"
COMMANDS = {
    (ComplaintFiled,),
    (RespondentNamed,),
    (AllegationMade,),
    (InitialReviewConcluded, RegistrationRefused),
}
"""The facts of each command that the writer asks for."""


@dataclass(frozen=True)
class Place:
    """Where a ledger is that nobody has open: whoever comes after the kill has to put things right."""

    folder: Path
    database: Database | None

    def begin(self, clock: SimulatedClock) -> None:
        """A new ledger with its register."""
        made = create_house(
            self.folder,
            domain="test.invalid",
            kind=ClockKind.SIMULATED,
            operator=register.OPERATOR,
            clock=clock,
            database=self.database,
        )
        with closing(made) as house:
            record_register(Scribe(house.registrar, clock, house.stream))

    def opened(self) -> House:
        return open_house(self.folder, clock=SimulatedClock(NOON), database=self.database)

    def whole(self) -> list[Recorded]:
        return assert_whole(self.folder, self.database)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, clock: SimulatedClock, monkeypatch: pytest.MonkeyPatch
) -> Place:
    """A ledger with its register, on each database."""
    made = Place(tmp_path / "ledger", request.getfixturevalue("database") if request.param == "postgresql" else None)
    # The processes that this test starts are told by their environment.
    monkeypatch.setenv("NETRAL_DATABASE", made.database.url if made.database else "")
    made.begin(clock)
    return made


def killed_at_some_moment(place: Place, how: str) -> list[dict[str, Any]]:
    """Everything that a writer said before it was killed."""
    with started(1, WRITER, str(place.folder), "0", how) as (writer,):
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


def assert_whole_commands(place: Place, facts: list[Recorded], *, after: int) -> None:
    """Every fact that the writers recorded belongs to one command, recorded with all its facts and its ticket."""
    held = tables(place.database or place.folder / "ledger.db")["idempotency"]
    ranges = sorted((first, last) for _, _, first, last in held)
    commands = [tuple(type(each.fact) for each in facts[first : last + 1]) for first, last in ranges]
    assert set(commands) <= COMMANDS
    assert [place for first, last in ranges for place in range(first, last + 1)] == list(range(after, len(facts)))


@pytest.mark.parametrize("how", ["write", "seal", "together"])
@pytest.mark.parametrize("rounds", [3, pytest.param(100, marks=pytest.mark.slow)])
def test_a_killed_writer_loses_nothing_that_it_acknowledged(place: Place, how: str, rounds: int) -> None:
    """The same ledger is killed again and again, opened each time, and audited; in the middle of shared commits too."""
    said: list[dict[str, Any]] = []
    register_ends = len(place.whole())
    for _ in range(rounds):
        said = [*said[-30:], *killed_at_some_moment(place, how)]
        with closing(place.opened()) as house:
            assert_kept(house, said)
            assert_whole_commands(place, place.whole(), after=register_ends)
            audit(house)


def test_a_killed_writer_keeps_no_lock(place: Place) -> None:
    """Whoever else writes goes on at once, and the ledger is whole."""
    with started(2, WRITER, str(place.folder), "0", "write") as (doomed, other):
        for each in (doomed, other):
            each.go()
        said = [json.loads(each.out.readline()) for each in (doomed, other, doomed, other)]
        doomed.kill()
        said += [json.loads(other.out.readline()) for _ in range(40)]
        other.kill()
    with closing(place.opened()) as house:
        assert_kept(house, said)
        place.whole()
        audit(house)


def test_several_processes_lose_no_command(place: Place) -> None:
    """Four registrars in four processes, 24 commands each: as many are recorded as were acknowledged."""
    register_ends = len(place.whole())
    with started(4, WRITER, str(place.folder), "6", "write") as writers:
        for each in writers:
            each.go()
        said = [json.loads(line) for each in writers for line in each.done()]
    assert len(said) == 4 * 6 * 4
    with closing(place.opened()) as house:
        assert_kept(house, said)
        facts = place.whole()
        assert_whole_commands(place, facts, after=register_ends)
        assert len(facts) == register_ends + sum(len(each["leaves"]) for each in said)
        audit(house)
