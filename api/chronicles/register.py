"""The offices, the elections and the registry's staff that the chronicles need. Every person here is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from api.chronicles.play import Chronicle, Step, Submit
from ledger.adoption import adopt
from ledger.election.commands import AnnounceElection, FixPair
from ledger.election.facts import ElectionKind, Regime
from ledger.errors import Broken
from ledger.office.commands import EndOffice, EstablishOffice
from ledger.office.facts import Level, OfficeKind
from ledger.registrar import Receipt, Registrar
from ledger.rulefiles import shipped_law
from ledger.values import Act, Actor, Name, Number, Region, Role, Source, Staff, StreamId, Zone

OPERATOR = Staff("operator.demo", "Operator Contoh")
REGISTRAR = Staff("registrar.demo", "Petugas Register Contoh")
JAMBI, SUNGAI_PENUH = Region("15.71"), Region("15.72")


@dataclass(frozen=True, slots=True)
class Register:
    """The streams of the offices and the elections, and the ledger's own."""

    ledger: StreamId
    bawaslu_province: StreamId
    bawaslu_jambi: StreamId
    bawaslu_sungai_penuh: StreamId
    kpu_sungai_penuh: StreamId
    kasn: StreamId
    bkn: StreamId
    election_jambi: StreamId
    election_sungai_penuh: StreamId

    @property
    def names(self) -> dict[StreamId, str]:
        """What people call the offices."""
        return {
            self.bawaslu_province: "Bawaslu Provinsi Jambi",
            self.bawaslu_jambi: "Bawaslu Kota Jambi",
            self.bawaslu_sungai_penuh: "Bawaslu Kota Sungai Penuh",
            self.kpu_sungai_penuh: "KPU Kota Sungai Penuh",
            self.kasn: "KASN",
            self.bkn: "BKN",
        }


def by_registry(ledger: StreamId) -> Actor:
    """The registry's clerk."""
    return Actor(ledger, Role.REGISTRY, REGISTRAR)


def adopt_law(registrar: Registrar, ledger: StreamId) -> Receipt:
    """Put the shipped law into force in a new ledger."""
    act = Act(ledger, Source.OWN, on=date(2024, 5, 2))
    receipt = adopt(registrar, shipped_law(), act=act, by=by_registry(ledger))
    if receipt is None:
        raise Broken("a new ledger has adopted the law already")
    return receipt


def record_register(ledger: StreamId, submit: Submit) -> tuple[Register, list[Step]]:
    """Enter the offices and the elections of the chronicles; returns them and the steps that did it."""
    act = Act(ledger, Source.OWN, on=date(2024, 5, 2))
    steps: list[Step] = []

    def enter(command: EstablishOffice | AnnounceElection, said_id: str, said_en: str) -> StreamId:
        step = Step(f"2024-05-02T02:{len(steps):02}:00", command, by_registry(ledger), said_id, said_en)
        steps.append(step)
        return submit(step).entries[0].stream

    def office(name: str, kind: OfficeKind, level: Level, from_: date, **more: Any) -> StreamId:
        command = EstablishOffice(act=act, kind=kind, level=level, zone=Zone.WIB, from_=from_, name=Name(name), **more)
        return enter(command, f"{name} masuk daftar lembaga", f"{name} enters the register")

    def election(place: str, region: Region) -> StreamId:
        command = AnnounceElection(
            act=act,
            regime=Regime.PILKADA,
            kind=ElectionKind.MAYOR,
            polling_on=date(2024, 11, 27),
            regions=frozenset({region}),
        )
        return enter(
            command,
            f"Pilkada {place}, pemungutan suara 27 November 2024, masuk daftar",
            f"The mayoral election of {place}, polling on 27 November 2024, enters the register",
        )

    province = office(
        "Bawaslu Provinsi Jambi",
        OfficeKind.BAWASLU,
        Level.PROVINCE,
        date(2012, 9, 20),
        region=Region("15"),
        seats=Number(5),
    )
    bawaslu, established = OfficeKind.BAWASLU, date(2018, 8, 15)
    register = Register(
        ledger=ledger,
        bawaslu_province=province,
        bawaslu_jambi=office(
            "Bawaslu Kota Jambi",
            bawaslu,
            Level.REGENCY,
            established,
            region=JAMBI,
            seats=Number(5),
            parent=province,
        ),
        bawaslu_sungai_penuh=office(
            "Bawaslu Kota Sungai Penuh",
            bawaslu,
            Level.REGENCY,
            established,
            region=SUNGAI_PENUH,
            seats=Number(3),
            parent=province,
        ),
        kpu_sungai_penuh=office(
            "KPU Kota Sungai Penuh",
            OfficeKind.KPU,
            Level.REGENCY,
            date(2009, 1, 1),
            region=SUNGAI_PENUH,
            seats=Number(5),
        ),
        kasn=office("KASN", OfficeKind.KASN, Level.NATIONAL, date(2014, 9, 30)),
        bkn=office("BKN", OfficeKind.BKN, Level.NATIONAL, date(1972, 8, 18)),
        election_jambi=election("Kota Jambi", JAMBI),
        election_sungai_penuh=election("Kota Sungai Penuh", SUNGAI_PENUH),
    )
    return register, steps


def end_of_kasn(register: Register) -> Chronicle:
    """KASN stops acting on 24 August 2024; BKN succeeds it, and no file moves by that alone."""
    yield Step(
        "2024-08-24T03:00:00",
        EndOffice(
            act=Act(register.ledger, Source.OWN, on=date(2024, 8, 24)),
            stream=register.kasn,
            on=date(2024, 8, 24),
            legal_basis=Name("UU 20/2023; SE MenPANRB 4/2024"),
            successor=register.bkn,
        ),
        by_registry(register.ledger),
        "KASN berakhir; BKN penerusnya",
        "KASN ends; BKN succeeds it",
    )
    return register.kasn


def pairs_fixed(register: Register) -> Chronicle:
    """KPU fixes the pairs of candidates on 22 September 2024; an act before that is another one in law."""
    for minute, (election, region, place) in enumerate(
        (
            (register.election_jambi, JAMBI, "Kota Jambi"),
            (register.election_sungai_penuh, SUNGAI_PENUH, "Kota Sungai Penuh"),
        )
    ):
        yield Step(
            f"2024-09-22T09:{minute:02}:00",
            FixPair(
                act=Act(register.ledger, Source.OWN, on=date(2024, 9, 22)),
                stream=election,
                region=region,
                on=date(2024, 9, 22),
            ),
            by_registry(register.ledger),
            f"Pasangan calon {place} ditetapkan",
            f"The pairs of candidates of {place} are fixed",
        )
    return register.election_jambi
