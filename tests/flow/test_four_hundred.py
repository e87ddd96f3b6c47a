"""All four hundred of K3 in one command over HTTP: recorded in one transaction, received in one, lost in none."""

from __future__ import annotations

from typing import Any

import pytest

from api.chronicles import people
from api.chronicles.k3 import FILES
from api.wiring import House
from ledger.clock import SimulatedClock
from ledger.values import Role
from tests.api.speaking import act_of, files_of
from tests.api.window import Desk, Window
from tests.flow.archive import Archive

pytestmark = pytest.mark.slow


def test_four_hundred_files_pass_in_one_command_and_none_is_lost(house: House, clock: SimulatedClock) -> None:
    """Handed over, asked again, received, and then answered one by one; what is not answered stays at KASN's desk."""
    archive = Archive.of(house, clock, FILES)
    window = Window(house)
    archivist = Desk(window, archive.bkn.actor(Role.HOLDER, people.KASN_ARCHIVIST))
    clerk = Desk(window, archive.bkn.actor(Role.INTAKE, people.BKN_CLERK))
    asked = archive.asked()
    body = {
        "act": act_of(archive.bkn.on("2024-09-17"), archivist.actor),
        "from": asked.from_,
        "to": asked.to,
        "files": files_of(asked.files),
    }
    offered = archivist.post("/v1/handovers", body, key="serah-terima-kasn")
    assert offered.status_code == 201, offered.text
    receipt = offered.json()
    assert len(receipt["entries"]) == 1 + FILES
    again = archivist.post("/v1/handovers", body, key="serah-terima-kasn")
    assert (again.status_code, again.json()) == (200, receipt)
    handover = receipt["entries"][0]["stream"]

    def told() -> dict[str, Any]:
        window.settle()
        read: dict[str, Any] = clerk.get(f"/v1/handovers/{handover}").json()
        return read

    def at_kasn() -> int:
        return len(clerk.get(f"/v1/offices/{archive.offices.kasn}/desk").json()["waiting"])

    assert (told()["became"]["offered"], told()["open"], at_kasn()) == (FILES, FILES, FILES)
    archive.clock.now = archive.clock.now.replace(day=18)
    arrived = clerk.post(f"/v1/handovers/{handover}/receipt", {"act": {"at": "2024-09-18T02:00:00Z"}}, key="tiba")
    assert arrived.status_code == 201, arrived.text
    assert (told()["became"]["received"], told()["open"], at_kasn()) == (FILES, FILES, FILES)
    archive.accept(archive.complaints[0])
    archive.give_back(archive.complaints[1])
    assert (told()["open"], at_kasn()) == (FILES - 2, FILES - 2)
    assert sum(told()["became"].values()) == FILES
