"""Chronicle K4 over HTTP alone, each actor with a token of their own office, to the end that the registrar reaches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.chronicles import people, register
from api.chronicles.register import Register
from api.reading import Reader
from api.wiring import House
from tests.api.conftest import Told
from tests.scribes import Scribe, record_k4


def named(value: Any, offices: Register, complaint: str) -> Any:
    """An answer with names in the place of stream ids, so that two ledgers can be compared."""
    text = json.dumps(value)
    streams = {
        "B": offices.bawaslu_jambi,
        "K": offices.kasn,
        "N": offices.bkn,
        "E": offices.election_jambi,
        "C": complaint,
    }
    for name, stream in streams.items():
        text = text.replace(stream, name)
    return json.loads(text)


def test_a_file_that_was_returned_unstudied_is_referred_again_and_told_apart(told: Told) -> None:
    """The sentences of K4 that must be true, as a client reads them."""
    case = told["auditor"].get(f"/v1/cases/{told.complaint}").json()
    first, second = case["referrals"]
    assert (first["study_attached"], first["irregular"]) == (False, ["no_study"])
    assert (first["standing"], first["return_reason"]) == ("returned", "no_study")
    assert (second["study_attached"], second["irregular"], second["standing"]) == (True, [], "accepted")
    (allegation,) = case["allegations"]
    assert (allegation["standing"], allegation["holder"]) == ("on_track", told.town.offices.kasn)
    assert (case["stage"], case["owner"]) == ("decided", told.town.offices.bawaslu_jambi)


@pytest.mark.parametrize("path", ["/v1/cases/{}", "/v1/cases/{}/timeline"])
def test_the_window_reaches_the_same_end_as_the_registrar(
    told: Told, house: House, scribe: Scribe, offices: Register, path: str
) -> None:
    """Case and timeline are the same whether the commands came over HTTP or from the chronicle's own hand."""
    complaint = record_k4(scribe, offices)
    house.follower.catch_up()
    reader = Reader(house.views)
    answer = (reader.timeline if path.endswith("timeline") else reader.case)(complaint).answer
    here = json.loads(answer.model_dump_json(by_alias=True))
    there = told["auditor"].get(path.format(told.complaint)).json()
    assert named(there, told.town.offices, told.complaint) == named(here, offices, complaint)


def test_every_name_at_the_window_is_sealed(told: Told) -> None:
    """Nothing that identifies a person stands in the ledger's database or in what is published of it."""
    personal = [
        b"Sari Pelapor",
        b"1571000000000001",
        b"Budi Terlapor",
        b"198001012005011001",
        b"Joko Saksi",
        b"Rekaman suara",
        people.JAMBI.intake.account.encode(),
        people.JAMBI.members[0].name.encode(),
        register.REGISTRAR.name.encode(),
    ]
    files = [path for path in told.house.folder.rglob("*") if path.is_file()]
    assert {"ledger.db", "keys.db", "checkpoint"} <= {path.name for path in files}
    assert [(path.name, word) for path in files for word in personal if word in Path(path).read_bytes()] == []
