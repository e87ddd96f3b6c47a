"""A served ledger is hashed again now and then: its age is told, and what was changed stops the sealing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import make_app
from api.beside import Beside
from api.rehashing import LAST, Rehashing, last_rehash
from api.status import status_of
from api.wiring import House, open_house
from ledger.clock import SimulatedClock, real_clock
from ledger.errors import Diverged
from tests.api.window import eventually
from tests.cli.conftest import Netral
from tests.cli.test_backup import record_office
from tests.cli.test_status import rewrite


@pytest.fixture
def house(folder: Path) -> Iterator[House]:
    made = open_house(folder)
    yield made
    made.close()


def test_its_age_is_told_to_a_person_a_program_and_whoever_asks_the_server(
    netral: Netral, folder: Path, house: House
) -> None:
    """Never at first; once it is served, how long ago and over how many entries."""
    assert status_of(folder, real_clock).rehash_age is None
    with TestClient(make_app(house, Beside(0.01, rehash=1000))) as http:
        assert eventually(lambda: http.get("/readyz").json()["rehash_age"] is not None)
        assert http.get("/readyz").json()["rehash_age"] < 600
    told = json.loads(netral("status", folder, "--json").output)
    assert (told["rehash_size"], told["rehash_age"] < 600) == (26, True)
    assert " ago, 26 entries" in netral("status", folder).output.partition("re-hashed")[2]


def test_it_is_done_when_it_is_time_and_not_before(house: House) -> None:
    """By this machine's clock; one that was set back does not put it off."""
    clock = SimulatedClock(real_clock())
    again = Rehashing(house, 3600, clock)
    again.tend()
    first = last_rehash(house.folder)
    clock.now += timedelta(seconds=3599)
    again.tend()
    assert last_rehash(house.folder) == first
    for step in (timedelta(seconds=1), timedelta(days=-3)):
        clock.now += step
        again.tend()
        found = last_rehash(house.folder)
        assert found is not None
        assert abs(found[0] - clock.now) < timedelta(seconds=1)


def test_one_that_was_interrupted_does_not_count(house: House) -> None:
    """Nor one that found something."""
    again = Rehashing(house, 3600)
    again.tend(lambda: True)
    assert last_rehash(house.folder) is None
    rewrite(house.folder)
    with pytest.raises(Diverged, match="no longer gives the root that is sealed at size 26"):
        again.tend()
    assert not (house.folder / LAST).exists()


def test_without_an_interval_nothing_is_hashed_again(folder: Path, house: House) -> None:
    """The setting is 0: whoever keeps the ledger does it otherwise."""
    with TestClient(make_app(house, Beside(0.01, rehash=0))) as http:
        assert eventually(lambda: http.get("/readyz").json()["sealed"] == 26)
        assert len(http.app.state.following) == 2  # type: ignore[attr-defined]  # the application's own
    assert last_rehash(folder) is None


def test_attack_an_edited_row_stops_the_sealing_with_the_reason(folder: Path, house: House) -> None:
    """The server is told to stop, is not ready any more, and what is recorded meanwhile is not sealed."""
    rewrite(folder)
    stopped: list[bool] = []
    app = make_app(house, Beside(0.01, rehash=1000), stop=lambda: stopped.append(True))
    with TestClient(app) as http:
        assert eventually(lambda: bool(stopped))
        assert eventually(lambda: not any(each.is_alive() for each in app.state.following))
        assert http.get("/readyz").status_code == 503
        (failure,) = (each.failure for each in app.state.following if each.failure)
        assert "the database no longer gives the root that is sealed at size 26" in str(failure)
        record_office(house)
        sealed = house.sealer.latest()
        assert sealed is not None
        assert (house.store.size(), sealed.size) == (27, 26)


def test_a_note_that_cannot_be_read_is_no_success(folder: Path, house: House) -> None:
    """It is done again, and noted anew."""
    (folder / LAST).write_text("yesterday 26\n")
    assert last_rehash(folder) is None
    Rehashing(house, 3600).tend()
    assert last_rehash(folder) is not None
