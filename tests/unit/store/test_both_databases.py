"""One behaviour, two databases: the same groups of commands, and the same answers, rows and refusals, word for word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.clock import SimulatedClock
from ledger.store.database import Database
from ledger.store.opening import open_store
from ledger.store.rows import Append, Appended, Guard, NewEvent, Ticket, VaultRow
from ledger.store.store import Store
from tests.builders import NOON
from tests.postgres import Databases
from tests.unit.store.stores import administrator, tables

STREAMS = [f"complaint-{number:032x}" for number in range(3)]
instants = st.sampled_from([0, 1, 30, 61, 3600, 40_000, 86_400, -30, -61, -90_000])


@st.composite
def appends(draw: st.DrawFn) -> Append:
    """One command: right more often than not, and wrong in every way that a store may meet."""
    events = []
    for _ in range(draw(st.integers(1, 3))):
        stream = draw(st.sampled_from(STREAMS))
        body = draw(st.binary(max_size=8))
        events.append(NewEvent(stream, draw(st.integers(1, 4)), draw(st.sampled_from(["a.b.v1", "t" * 101])), body))
    guards = draw(st.lists(st.builds(Guard, st.sampled_from(STREAMS), st.integers(0, 3)), max_size=2))
    boxes = st.builds(
        VaultRow, st.sampled_from([digit * 64 for digit in "abc"]), st.sampled_from(STREAMS), st.just("r1"), st.binary()
    )
    keys = st.sampled_from([each * 32 for each in (b"k", b"l")])
    decided = draw(st.none() | instants)
    return Append(
        events=tuple(events),
        guards=tuple(guards),
        vault=tuple(draw(st.lists(boxes, max_size=2))),
        ticket=draw(st.none() | st.builds(Ticket, keys, keys)),
        decided_at=None if decided is None else NOON + timedelta(seconds=decided),
        steps_back=draw(st.booleans() if draw(st.integers(0, 4)) == 0 else st.just(False)),
        below=draw(st.none() | st.integers(0, 12)),
    )


@st.composite
def easy(draw: st.DrawFn) -> Append:
    """One command of one event with a guard or none: such as make a history."""
    stream, version = draw(st.sampled_from(STREAMS)), draw(st.integers(1, 3))
    guards = (Guard(stream, version - 1),) if draw(st.booleans()) else ()
    return Append((NewEvent(stream, version, "a.b.v1", draw(st.binary(max_size=3))),), guards)


Step = tuple[int, list[Append]]
steps = st.lists(st.tuples(instants, st.lists(easy() | appends(), min_size=1, max_size=4)), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def database(databases: Databases) -> Iterator[Database]:
    """One database for all examples: its tables are emptied between them, by whoever may drop triggers."""
    name = databases.new()
    made = Database(databases.server.url("writer", name))
    with administrator(made) as connection:
        connection.execute("DROP TRIGGER events_are_not_truncated ON netral.events")
        connection.execute("DROP TRIGGER sealed_values_are_not_truncated ON netral.vault")
    yield made
    databases.drop(name)


def outcome(answer: Appended | Exception) -> Any:
    """What an append was answered, as far as both databases must say the same."""
    match answer:
        case Appended():
            return (answer.rows, answer.replayed)
        case Exception():
            # What a constraint is called in a database's own words may differ; whose fault it is may not.
            ours = type(answer).__module__ == "ledger.errors"
            return (type(answer), str(answer) if ours else "")


def told(store: Store, clock: SimulatedClock, story: list[Step]) -> list[Any]:
    """The answers to some groups, each at an instant of the clock."""
    answers = []
    for seconds, group in story:
        clock.now = NOON + timedelta(seconds=seconds)
        answers.append([outcome(each) for each in store.recorder.insert_group(group)])
    return answers


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_the_same_groups_get_the_same_answers_and_leave_the_same_rows(
    database: Database, tmp_path_factory: pytest.TempPathFactory, story: list[Step]
) -> None:
    """Positions, instants, bytes, replays and refusals; whichever way a database takes inside."""
    path: Path = tmp_path_factory.mktemp("both") / "ledger.db"
    with administrator(database) as connection:
        connection.execute("TRUNCATE netral.events, netral.vault, netral.idempotency")
    clock = SimulatedClock(NOON)
    with ExitStack() as opened:
        on_sqlite = opened.enter_context(closing(open_store(path, clock)))
        on_postgres = opened.enter_context(closing(open_store(database, clock)))
        assert told(on_postgres, clock, story) == told(on_sqlite, clock, story)
    assert tables(database) == tables(path)
