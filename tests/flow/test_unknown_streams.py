"""A command that is addressed to what was never begun is answered as a reading is: there is no such thing here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from api.chronicles import register
from api.chronicles.register import Register
from api.wiring import House
from ledger.complaint.codes import RespondentClass
from ledger.complaint.commands import AdmitComplaint, JoinComplaint
from ledger.errors import Missing
from ledger.handover.commands import TallyHandover
from ledger.handover.facts import Side
from ledger.office.commands import EndOffice
from ledger.official.commands import ChangeOfficialClass
from ledger.values import Act, Count, Digest, Name, Source, StreamId
from tests.flow.asking import Jambi

NOWHERE = "0" * 32


def test_each_kind_of_stream_says_that_it_is_not_there(house: House, jambi: Jambi) -> None:
    """In both languages, by its name; and nothing is recorded."""
    registry = Act(house.stream, Source.OWN, on=date(2024, 7, 8))
    own = replace(registry, office=jambi.offices.bawaslu_jambi)
    commands: list[tuple[str, Any]] = [
        ("complaint", jambi.naming(StreamId(f"complaint-{NOWHERE}"))),
        (
            "official",
            ChangeOfficialClass(
                act=own,
                stream=StreamId(f"official-{NOWHERE}"),
                class_=RespondentClass.ASN,
                since=date(2024, 1, 1),
            ),
        ),
        (
            "handover",
            TallyHandover(
                act=own,
                stream=StreamId(f"handover-{NOWHERE}"),
                side=Side.GIVING,
                count=Count(1),
                digest=Digest("0" * 64),
            ),
        ),
    ]
    size = house.store.size()
    for kind, command in commands:
        with pytest.raises(Missing) as missing:
            jambi.ask(command)
        assert f"{kind}-{NOWHERE}" in missing.value.said.en
        assert f"{kind}-{NOWHERE}" in missing.value.said.id
        assert missing.value.said.en != missing.value.said.id
    ends = EndOffice(
        act=registry, stream=StreamId(f"office-{NOWHERE}"), on=date(2024, 7, 8), legal_basis=Name("UU Contoh")
    )
    with pytest.raises(Missing, match="no office"):
        house.registrar.submit(ends, by=register.by_registry(house.stream))
    assert house.store.size() == size


def test_a_command_of_several_streams_names_the_one_that_is_not_there(jambi: Jambi, offices: Register) -> None:
    """A case is joined to one that nobody filed."""
    there, nowhere = jambi.accused(), StreamId(f"complaint-{NOWHERE}")
    act = Act(offices.bawaslu_jambi, Source.OWN, on=date(2024, 7, 8))
    commands = [
        JoinComplaint(act=act, stream=there, into=nowhere),
        AdmitComplaint(act=act, stream=nowhere, joined=there),
    ]
    with pytest.raises(Missing, match=nowhere):
        jambi.registrar.submit_together(commands, by=jambi.actor(commands[0]))
