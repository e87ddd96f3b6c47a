"""`netral serve --workers`: several processes on one database, asked from many sides, and one of them killed."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api import auth
from api.chronicles import register
from api.lease import SERVING, Lease
from api.wiring import House, create_house, open_house
from ledger.clock import real_clock
from ledger.itself.facts import ClockKind
from ledger.store.database import Database
from ledger.values import Zone, local_date
from tests.auditor import audit
from tests.processes import ROOT

PATIENCE = 60


@dataclass(frozen=True)
class Served:
    """A ledger that is served by several processes."""

    folder: Path
    database: Database | None
    port: int
    token: str
    process: subprocess.Popen[bytes]

    def post(self, number: int) -> dict[str, Any]:
        """Have an office established; asked again with the same key until there is an answer."""
        body = {
            "act": {"on": local_date(real_clock(), Zone.WIB).isoformat()},
            "kind": "dkpp",
            "level": "national",
            "zone": "wib",
            "from": "2012-06-12",
            "name": f"DKPP {number}",
        }
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"office-{number}",
        }
        end = time.monotonic() + PATIENCE
        while True:
            with suppress(OSError, http.client.HTTPException):
                asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
                with closing(asking):
                    asking.request("POST", "/v1/offices", json.dumps(body), headers)
                    answer = asking.getresponse()
                    told: dict[str, Any] = json.loads(answer.read())
                if answer.status in (200, 201):
                    return told
                assert answer.status in (412, 503), told
            assert time.monotonic() < end, "nobody answered"
            time.sleep(0.05)

    def workers(self) -> list[int]:
        """The processes that serve."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(each) for each in children.split()]

    def sealer(self) -> int | None:
        """The worker that seals: the one that has the lease's file open."""
        lease = str((self.folder / SERVING).resolve())
        for worker in self.workers():
            with suppress(OSError):
                for each in Path(f"/proc/{worker}/fd").iterdir():
                    with suppress(OSError):
                        if str(each.readlink()) == lease:
                            return worker
        return None

    def sealed(self) -> int:
        """How many entries the published checkpoint covers."""
        return int((self.folder / "trail" / "checkpoint").read_text().split("\n")[1])


def eventually(asked: Callable[[], object]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if asked():
            return True
        time.sleep(0.05)
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    """Three workers on one ledger, which end when they are asked to, and leave no process behind."""
    database = request.getfixturevalue("database") if request.param == "postgresql" else None
    folder = tmp_path / "ledger"
    with closing(
        create_house(folder, domain="test.invalid", kind=ClockKind.REAL, operator=register.OPERATOR, database=database)
    ) as house:
        token = auth.issue(house.keys, register.by_registry(house.stream))
    environment = {each: value for each, value in os.environ.items() if not each.startswith("NETRAL_")}
    if database is not None:
        environment["NETRAL_DATABASE"] = database.url
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "api", "serve", str(folder), "--port", str(port), "--workers", "3"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    made = Served(folder, database, port, token, process)
    try:
        assert eventually(lambda: process.poll() is not None or len(made.workers()) == 3)
        assert eventually(made.sealer)
        yield made
        if process.poll() is None:
            workers = made.workers()
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 0
            assert not [each for each in workers if alive(each)]
    finally:
        process.kill()
        process.wait()


def assert_kept(served: Served, receipts: list[dict[str, Any]], before: int) -> None:
    """Each receipt is of its own place in the trail, and nothing else was recorded; the auditor agrees."""
    with closing(opened(served)) as house:
        places = sorted(entry["position"] for receipt in receipts for entry in receipt["entries"])
        assert places == list(range(before, house.store.size()))
        held = {entry["position"]: entry["leaf_digest"] for receipt in receipts for entry in receipt["entries"]}
        assert len(held) == len(places)
        assert house.follower.catch_up() == house.store.size()
        audit(house)


def opened(served: Served) -> House:
    return open_house(served.folder, database=served.database)


def test_when_the_sealer_is_killed_another_worker_seals_and_a_new_one_starts(served: Served) -> None:
    """Twice, under load: no command is lost, none is there twice, no gap is left; and all is sealed soon after."""
    before = served.sealed()
    with ThreadPoolExecutor(8) as clients:
        asked = [clients.submit(served.post, number) for number in range(80)]
        killed = []
        for _ in range(2):
            assert eventually(served.sealer)
            sealer = served.sealer()
            assert sealer is not None
            os.kill(sealer, signal.SIGKILL)
            killed.append(sealer)
            assert eventually(lambda: served.sealer() not in (None, *killed))
        receipts = [each.result(PATIENCE) for each in asked]
    last = max(receipt["last"] for receipt in receipts)
    assert eventually(lambda: served.sealed() > last)
    assert eventually(lambda: len(set(served.workers()) - set(killed)) == 3)
    assert_kept(served, receipts, before)


@pytest.mark.parametrize("served", ["sqlite"], indirect=True)
def test_the_workers_end_when_their_parent_is_killed(served: Served) -> None:
    """Nobody could end them otherwise, and they would keep the port and the lease."""
    workers = served.workers()
    served.process.kill()
    served.process.wait()
    assert eventually(lambda: not [each for each in workers if alive(each)])
    with closing(Lease(served.folder)) as lease:
        assert lease.held()


def alive(process: int) -> bool:
    with suppress(OSError):
        return " Z " not in Path(f"/proc/{process}/stat").read_text()
    return False


def test_one_lease_is_held_by_one_and_passes_on(tmp_path: Path) -> None:
    one, other = Lease(tmp_path), Lease(tmp_path)
    assert (one.held(), other.held(), one.held()) == (True, False, True)
    one.close()
    assert (other.held(), one.held()) == (True, False)
    other.close()
