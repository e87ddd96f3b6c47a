"""A command is handed to another thread where it may wait, and its answer to be rendered; all else is done at once."""

from __future__ import annotations

from typing import Any

import anyio.to_thread
import pytest
from fastapi.testclient import TestClient

from api.app import make_app
from api.beside import Beside
from api.strict import SHORT
from tests.api import k4
from tests.api.conftest import Told
from tests.api.window import LOOPBACK, Town


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what was handed to another thread."""
    names: list[str] = []
    run_sync = anyio.to_thread.run_sync

    async def counted(work: Any, *given: Any, **named: Any) -> Any:
        # What the framework hands over is wrapped, with the function among what it holds.
        names.append(getattr(getattr(work, "func", work), "__name__", "?"))
        return await run_sync(work, *given, **named)

    monkeypatch.setattr(anyio.to_thread, "run_sync", counted)
    return names


def test_only_the_command_and_its_answer_are_handed_to_another_thread(town: Town, handed: list[str]) -> None:
    filing = k4.asked_as(town, "filing")
    town.now(filing.at)
    http = TestClient(make_app(town.window.house, Beside(60)), client=(LOOPBACK, 50000))
    answer = http.post(filing.path, json=filing.body, headers={"Authorization": f"Bearer {town['intake'].token}"})
    assert answer.status_code == 201
    assert len(handed) == 2


def test_a_large_body_is_looked_at_in_another_thread(told: Told, handed: list[str]) -> None:
    """So that it keeps nobody else waiting."""
    http = TestClient(make_app(told.house, Beside(60)), client=(LOOPBACK, 50000))
    body = {"narrative": "a" * SHORT}
    http.post("/v1/complaints", json=body, headers={"Authorization": f"Bearer {told['intake'].token}"})
    assert handed == ["check"]
