"""`netral monitor` against a served ledger: exit codes, JSON, and an auditor's token."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from api.app import make_app
from api.beside import Beside
from api.wiring import TRAIL, House, open_house
from ledger.errors import Denied, Misconfigured
from ledger.trail.checkpoint import SigningKey
from tests.api.window import eventually
from tests.cli.conftest import Netral


@pytest.fixture
def house(folder: Path) -> Iterator[House]:
    made = open_house(folder)
    yield made
    made.close()


@pytest.fixture
def url(house: House) -> Iterator[str]:
    """The recorded ledger behind a real server."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(house, Beside(60)), log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    assert eventually(lambda: server.started)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1/trail"
    server.should_exit = True
    thread.join()
    listening.close()


def token(netral: Netral, folder: Path, role: str) -> str:
    arguments = ("--account", "ani", "--name", "Ani", "--office", "ledger", "--role", role)
    return netral("token", folder, *arguments).output.strip().splitlines()[-1]


def test_a_well_trail_is_told_to_a_person_and_to_a_program(
    netral: Netral, folder: Path, url: str, tmp_path: Path
) -> None:
    """Exit 0; with an auditor's token every entry is hashed, without one every leaf hash."""
    key = ("--key", f"@{folder / 'trail.vkey'}")
    done = netral("monitor", url, "--state", tmp_path / "seen", *key)
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "well")
    assert "26 leaf hashes hashed" in done.output
    (tmp_path / "token").write_text(token(netral, folder, "auditor"))
    done = netral("monitor", url, "--state", tmp_path / "seen2", *key, "--token", tmp_path / "token", "--json")
    told = json.loads(done.output)
    assert (done.exit_code, told["well"], told["size"], told["hashed"], told["entries"]) == (0, True, 26, 26, True)


def test_an_alarm_is_exit_1_with_its_evidence(netral: Netral, folder: Path, url: str, tmp_path: Path) -> None:
    """And a program reads the same."""
    key = ("--key", (folder / "trail.vkey").read_text().strip())
    netral("monitor", url, "--state", tmp_path / "seen", *key)
    path = folder / TRAIL / "checkpoint"
    good = path.read_bytes()
    origin, size, _ = good.decode().split("\n")[:3]
    name, seed = (folder / "signing.key").read_text().split()
    forged = SigningKey.from_seed(name, bytes.fromhex(seed)).sign(f"{origin}\n{size}\n{'A' * 43}=\n".encode())
    path.write_bytes(forged)
    done = netral("monitor", url, "--state", tmp_path / "seen", *key, "--json")
    (alarm,) = json.loads(done.output)["alarms"]
    assert (done.exit_code, alarm["kind"]) == (1, "fork")
    assert forged in Path(alarm["evidence"]).read_bytes()
    done = netral("monitor", url, "--state", tmp_path / "seen", *key)
    assert (done.exit_code, "ALARM fork: size 26 has two roots" in done.output) == (1, True)
    path.write_bytes(good)
    assert netral("monitor", url, "--state", tmp_path / "seen", *key).exit_code == 0
    shutil.rmtree(tmp_path / "seen")


def test_what_cannot_be_reached_is_exit_3(netral: Netral, folder: Path, tmp_path: Path) -> None:
    """No alarm: networks fail."""
    arguments = ("http://127.0.0.1:1/v1/trail", "--state", tmp_path / "seen", "--key", f"@{folder / 'trail.vkey'}")
    done = netral("monitor", *arguments)
    assert (done.exit_code, "ALARM unreachable" in done.output) == (3, True)


def test_a_token_that_is_no_auditors_is_told_as_that(netral: Netral, folder: Path, url: str, tmp_path: Path) -> None:
    """It is the asker's mistake, and no gap in the trail."""
    (tmp_path / "token").write_text(token(netral, folder, "operator"))
    key = ("--key", f"@{folder / 'trail.vkey'}")
    with pytest.raises(Denied, match="is the token an auditor's"):
        netral("monitor", url, "--state", tmp_path / "seen", *key, "--token", tmp_path / "token")


def test_without_a_key_nothing_is_watched(netral: Netral, tmp_path: Path) -> None:
    """The trail's own word for its key would be no word."""
    with pytest.raises(Misconfigured, match="from another source than the trail"):
        netral("monitor", "http://127.0.0.1:1", "--state", tmp_path / "seen")
