"""A ledger that was told one chronicle and closed, recorded once; each test has a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.chronicles import register
from api.chronicles.play import instant
from api.cli import app
from api.wiring import create_house
from ledger.clock import SimulatedClock
from ledger.itself.facts import ClockKind
from tests.scribes import Scribe, record_k4, record_register

Netral = Callable[..., Result]


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register and chronicle K4, sealed and projected."""
    folder = tmp_path_factory.mktemp("recorded") / "ledger"
    clock = SimulatedClock(instant("2024-05-02T01:00:00"))
    house = create_house(
        folder, domain="test.invalid", kind=ClockKind.SIMULATED, operator=register.OPERATOR, clock=clock
    )
    scribe = Scribe(house.registrar, clock, house.stream)
    record_k4(scribe, record_register(scribe))
    house.sealer.seal()
    house.follower.catch_up()
    house.close()
    return folder


@pytest.fixture
def folder(recorded: Path, tmp_path: Path) -> Path:
    """A copy of the recorded ledger."""
    return Path(shutil.copytree(recorded, tmp_path / "ledger"))


@pytest.fixture
def netral(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Netral:
    """The command line within this process, in an empty folder, with no settings; errors come as they are raised."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATA", "CONFIG", "PORT", "FOLLOW_SECONDS", "OPERATOR_ACCOUNT", "OPERATOR_NAME", "DATABASE"):
        monkeypatch.delenv(f"NETRAL_{name}", raising=False)

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)

    return run
