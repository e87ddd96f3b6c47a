"""The further offices and elections of the chronicles K6 to K12, beside those of the first register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from api.chronicles.play import Step, Submit
from api.chronicles.register import Register, by_registry
from ledger.election.commands import AnnounceElection
from ledger.election.facts import ElectionKind, Regime
from ledger.office.commands import EstablishOffice
from ledger.office.facts import Level, OfficeKind
from ledger.values import Act, Name, Number, Region, Source, StreamId, Zone

ENTERED = date(2024, 5, 3)


@dataclass(frozen=True, slots=True)
class Places:
    """The streams of these offices and elections, and of the two national bodies."""

    kasn: StreamId
    bkn: StreamId
    bawaslu_papua_barat_daya: StreamId
    kpu_papua_barat_daya: StreamId
    bawaslu_banten: StreamId
    bawaslu_semarang: StreamId
    authority_semarang: StreamId
    bawaslu_lampung: StreamId
    authority_lampung: StreamId
    election_papua_barat_daya: StreamId
    election_2024: StreamId
    election_semarang: StreamId
    election_lampung: StreamId
    names: dict[StreamId, str]


def record_places(register: Register, submit: Submit) -> tuple[Places, list[Step]]:
    """Enter them into the register; returns them and the steps that did it."""
    entering = _Entering(register, submit, [], {})
    bawaslu, kpu, authority = OfficeKind.BAWASLU, OfficeKind.KPU, OfficeKind.PERSONNEL_AUTHORITY
    since = date(2018, 8, 15)
    places = Places(
        kasn=register.kasn,
        bkn=register.bkn,
        bawaslu_papua_barat_daya=entering.office(
            "Bawaslu Provinsi Papua Barat Daya", bawaslu, "96", date(2023, 5, 1), seats=5, zone=Zone.WIT
        ),
        kpu_papua_barat_daya=entering.office(
            "KPU Provinsi Papua Barat Daya", kpu, "96", date(2023, 5, 1), seats=5, zone=Zone.WIT
        ),
        bawaslu_banten=entering.office("Bawaslu Kota Serang", bawaslu, "36.73", since, seats=5),
        bawaslu_semarang=entering.office("Bawaslu Kota Semarang", bawaslu, "33.74", since, seats=5),
        authority_semarang=entering.office("PPK Kota Semarang", authority, "33.74", date(1999, 5, 7)),
        bawaslu_lampung=entering.office("Bawaslu Kota Bandar Lampung", bawaslu, "18.71", since, seats=3),
        authority_lampung=entering.office("PPK Kota Bandar Lampung", authority, "18.71", date(1999, 5, 7)),
        election_papua_barat_daya=entering.election(
            "Pilkada Papua Barat Daya", ElectionKind.GOVERNOR, Regime.PILKADA, date(2024, 11, 27), "96"
        ),
        election_2024=entering.election(
            "Pemilu 2024", ElectionKind.LEGISLATURE, Regime.PEMILU, date(2024, 2, 14), "36.73"
        ),
        election_semarang=entering.election(
            "Pilkada Kota Semarang", ElectionKind.MAYOR, Regime.PILKADA, date(2024, 11, 27), "33.74"
        ),
        election_lampung=entering.election(
            "Pilkada Kota Bandar Lampung", ElectionKind.MAYOR, Regime.PILKADA, date(2020, 12, 9), "18.71"
        ),
        names=entering.names,
    )
    return places, entering.steps


@dataclass
class _Entering:
    register: Register
    submit: Submit
    steps: list[Step]
    names: dict[StreamId, str]

    def office(
        self, name: str, kind: OfficeKind, region: str, from_: date, seats: int | None = None, zone: Zone = Zone.WIB
    ) -> StreamId:
        """One office of a region."""
        command = EstablishOffice(
            act=self._act(),
            kind=kind,
            level=Level.PROVINCE if len(region) == len("15") else Level.REGENCY,
            zone=zone,
            from_=from_,
            name=Name(name),
            region=Region(region),
            seats=None if seats is None else Number(seats),
        )
        stream = self._enter(command, f"{name} masuk daftar lembaga", f"{name} enters the register")
        self.names[stream] = name
        return stream

    def election(self, name: str, kind: ElectionKind, regime: Regime, polling_on: date, region: str) -> StreamId:
        """One election of a region."""
        command = AnnounceElection(
            act=self._act(), regime=regime, kind=kind, polling_on=polling_on, regions=frozenset({Region(region)})
        )
        return self._enter(command, f"{name} masuk daftar", f"{name} enters the register")

    def _act(self) -> Act:
        return Act(self.register.ledger, Source.OWN, on=ENTERED)

    def _enter(self, command: Any, said_id: str, said_en: str) -> StreamId:
        at = f"{ENTERED}T02:{len(self.steps):02}:00"
        step = Step(at, command, by_registry(self.register.ledger), said_id, said_en)
        self.steps.append(step)
        return self.submit(step).entries[0].stream
