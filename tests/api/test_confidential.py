"""The confidential part over HTTP: who may open it, that it is noted, what is found again, disclosed and erased."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from api.chronicles import k2, k4, k5, people, register
from api.chronicles.play import instant
from api.chronicles.register import Register
from api.wiring import House, create_house, open_house
from ledger.clock import SimulatedClock
from ledger.itself.facts import ClockKind
from ledger.values import Actor, Role, Staff, StreamId
from tests.api.window import Desk, Window
from tests.auditor import audit
from tests.scribes import Scribe, record_register

WHY = {"Netral-Purpose": "memeriksa berkas"}


@dataclass(frozen=True)
class Told:
    """K2, K4 and K5 in one ledger, and who asks about them."""

    house: House
    window: Window
    offices: Register
    clock: SimulatedClock
    k2: StreamId
    k4: StreamId
    k5: StreamId

    def desk(self, office: StreamId, role: Role, staff: Staff) -> Desk:
        return Desk(self.window, Actor(office, role, staff))

    @property
    def auditor(self) -> Desk:
        return self.desk(self.house.stream, Role.AUDITOR, Staff("auditor.test", "Auditor Contoh"))

    @property
    def examiner(self) -> Desk:
        return self.desk(self.offices.bawaslu_jambi, Role.EXAMINER, people.JAMBI.examiner)

    def officer(self, number: int) -> Desk:
        staff = Staff(f"pdp{number}.test", f"Petugas Pelindungan {number}")
        return self.desk(self.house.stream, Role.PROTECTION_OFFICER, staff)

    def get(self, desk: Desk, path: str, **headers: str) -> Any:
        return self.window.ask("GET", path, token=desk.token, headers=headers)

    def opened(self, desk: Desk, complaint: StreamId) -> dict[str, Any]:
        answer = self.get(desk, f"/v1/cases/{complaint}/confidential", **WHY)
        assert answer.status_code == 200, answer.text
        return {f"{each['version']}.{each['member']}": each for each in answer.json()["values"]}


@dataclass(frozen=True)
class Recorded:
    """A ledger in which they were told and closed; the clock then, the register, and the three complaints."""

    folder: Path
    now: datetime
    offices: Register
    complaints: tuple[StreamId, StreamId, StreamId]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    folder = tmp_path_factory.mktemp("recorded") / "ledger"
    clock = SimulatedClock(instant("2024-05-02T01:00:00"))
    house = create_house(
        folder, domain="test.invalid", kind=ClockKind.SIMULATED, operator=register.OPERATOR, clock=clock
    )
    scribe = Scribe(house.registrar, clock, house.stream)
    offices = record_register(scribe)
    k2_, k4_, k5_, *_ = scribe.play(k2.k2(offices), k4.k4(offices), k5.k5(offices), register.end_of_kasn(offices))
    house.follower.catch_up()
    house.sealer.seal()
    house.close()
    return Recorded(folder, clock.now, offices, (k2_, k4_, k5_))


@pytest.fixture
def told(recorded: Recorded, tmp_path: Path, clock: SimulatedClock) -> Iterator[Told]:
    """A copy of the test's own; whatever it records must satisfy the auditor."""
    clock.now = recorded.now
    house = open_house(Path(shutil.copytree(recorded.folder, tmp_path / "ledger")), clock=clock)
    try:
        yield Told(house, Window(house), recorded.offices, clock, *recorded.complaints)
        audit(house)
    finally:
        house.close()


def test_the_owner_opens_what_was_told_and_can_check_it_against_the_trail(told: Told) -> None:
    """Salt and payload make the commitment that stands in the entry."""
    values = told.opened(told.examiner, told.k4)
    narrative = values["1.narrative"]
    assert "mengajak bawahannya" in narrative["value"]
    made = b"netral-sealed/v1\n" + bytes.fromhex(narrative["salt"]) + narrative["payload"].encode()
    assert hashlib.sha256(made).hexdigest() == narrative["commitment"]
    entry = told.get(told.auditor, f"/v1/trail/entries/{narrative['position']}").content
    assert narrative["commitment"].encode() in entry
    assert values["1.complainants[0].name"]["value"] == "Sari Pelapor"


def test_opening_states_a_purpose_and_leaves_a_line_first(told: Told) -> None:
    """Without a purpose nothing is opened; with one, the journal says who, when and what for."""
    path = f"/v1/cases/{told.k4}/confidential"
    assert told.get(told.examiner, path).status_code == 422
    told.opened(told.examiner, told.k4)
    openings = told.get(told.auditor, f"/v1/cases/{told.k4}/openings").json()["openings"]
    assert [(each["account"], each["purpose"]) for each in openings] == [
        (people.JAMBI.examiner.account, "memeriksa berkas")
    ]
    assert told.get(told.examiner, f"/v1/cases/{told.k4}/openings").status_code == 403


def test_attack_a_stranger_opens_a_case(told: Told) -> None:
    """Another Bawaslu office has no part in the case; nothing is noted because nothing is opened."""
    stranger = told.desk(told.offices.bawaslu_sungai_penuh, Role.EXAMINER, people.SUNGAI_PENUH.examiner)
    assert told.get(stranger, f"/v1/cases/{told.k4}/confidential", **WHY).status_code == 403
    assert told.get(told.auditor, f"/v1/cases/{told.k4}/openings").json()["openings"] == []


def test_holder_addressee_and_successor_open_the_case(told: Told) -> None:
    """KASN holds it by record; BKN succeeds KASN."""
    for office, staff in ((told.offices.kasn, people.KASN_CLERK), (told.offices.bkn, people.BKN_CLERK)):
        assert told.opened(told.desk(office, Role.INTAKE, staff), told.k4)


def test_a_conflict_of_interest_keeps_the_confidential_part_closed(told: Told) -> None:
    """The commissioner who declared it sees nothing; a colleague does."""
    owner = told.offices.bawaslu_sungai_penuh
    conflicted = told.desk(owner, Role.PLENARY, people.SUNGAI_PENUH.members[2])
    assert told.get(conflicted, f"/v1/cases/{told.k5}/confidential", **WHY).status_code == 403
    assert told.opened(told.desk(owner, Role.PLENARY, people.SUNGAI_PENUH.members[0]), told.k5)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"number": "001/Reg/LP/PW/Kota/05.01/VI/2024"}, ["k4"]),
        ({"number": "SK-CONTOH/1/2024"}, ["k2"]),
        ({"nip": "198001012005011001"}, ["k4"]),
        ({"nik": "1572000000000102"}, ["k5"]),
        ({"number": "999"}, []),
        ({"nik": "1571000000000001"}, []),
    ],
)
def test_a_case_is_found_by_a_number_or_its_respondent(told: Told, asked: dict[str, str], found: list[str]) -> None:
    """The blind index leads to it; complainants are not found this way."""
    answer = told.window.ask("POST", "/v1/cases/search", asked, token=told.examiner.token)
    assert [each["complaint"] for each in answer.json()["cases"]] == [getattr(told, name) for name in found]


def test_a_searched_number_stands_in_no_address(told: Told) -> None:
    """A NIP in an address would stand in every log: it is taken in a body only, and exactly one number at a time."""
    both = {"nip": "198001012005011001", "number": "1"}
    assert told.window.ask("POST", "/v1/cases/search", both, token=told.examiner.token).status_code == 422


def test_an_erased_person_is_gone_and_every_proof_stays(told: Told, clock: SimulatedClock) -> None:
    """Keys and values are destroyed, also for a key store put back; the rest of the case still opens."""
    before = told.opened(told.examiner, told.k4)
    body = {
        "act": {"on": "2024-11-20"},
        "nip": "198001012005011001",
        "reason": "request",
        "basis": "UU 27/2022 pasal 8",
        "backups_expire_on": "2025-11-20",
    }
    clock.now = clock.now.replace(month=11, day=20)
    first, second = told.officer(1), told.officer(2)
    alone = told.window.ask("POST", "/v1/erasures", body, token=first.token, headers={"Netral-Second": first.token})
    assert alone.status_code == 409
    erased = told.window.ask("POST", "/v1/erasures", body, token=first.token, headers={"Netral-Second": second.token})
    assert erased.status_code == 201, erased.text
    assert [each["topic"] for each in erased.json()["entries"]] == ["complaint.erased.v1"]
    after = told.opened(told.examiner, told.k4)
    gone = {name for name in before if after[name]["erased"]}
    assert gone == {name for name in before if name.startswith("2.") and name != "2.by.who"}
    assert after["1.narrative"] == before["1.narrative"]
    searched = told.window.ask("POST", "/v1/cases/search", {"nip": body["nip"]}, token=told.examiner.token)
    assert searched.json()["cases"] == []


def test_a_disclosed_value_is_read_by_everybody_and_nothing_else_is(told: Told, clock: SimulatedClock) -> None:
    """What the owner hands out stands there with salt and payload; the public needs no token."""
    clock.now = clock.now.replace(month=11, day=20)
    body = {"act": {"on": "2024-11-20"}, "version": 1, "member": "place", "to": "public", "basis": "UU 14/2008"}
    done = told.examiner.post(f"/v1/complaints/{told.k4}/disclosures", body)
    assert done.status_code == 201, done.text
    public = told.window.ask("GET", f"/v1/cases/{told.k4}/disclosures").json()["values"]
    assert [(each["member"], each["value"]) for each in public] == [("place", "Kantor Kecamatan Contoh")]


def test_an_official_is_recorded_once_linked_secretly_and_shown_to_few(told: Told, clock: SimulatedClock) -> None:
    """The register finds an official again by NIP; a complaint links them by a sealed value."""
    clock.now = clock.now.replace(month=11, day=20)
    body = {"act": {"on": "2024-11-20"}, "class": "asn", "since": "2019-03-01", "nip": "197001011995031001"}
    recorded = told.examiner.post("/v1/officials", {**body, "name": "Pejabat Contoh"})
    official = recorded.json()["entries"][0]["stream"]
    assert told.examiner.post("/v1/officials", body).json()["rule"] == "official.known"
    named = {"act": {"on": "2024-11-20"}, "class": "asn", "known": True, "nip": body["nip"]}
    filing = {
        "act": {"at": "2024-11-20T01:00:00Z"},
        "election": told.offices.election_jambi,
        "region": "15.71",
        "occurred_from": "2024-11-19",
        "occurred_until": "2024-11-19",
        "known_on": "2024-11-19",
        "channel": "online",
        "complainants": [{"name": "Pelapor"}],
    }
    clock.now = clock.now.replace(hour=5)
    intake = told.desk(told.offices.bawaslu_jambi, Role.INTAKE, people.JAMBI.intake)
    complaint = intake.post("/v1/complaints", filing).json()["entries"][0]["stream"]
    assert intake.post(f"/v1/complaints/{complaint}/respondents", named).status_code == 201
    assert told.opened(told.examiner, StreamId(complaint))["2.official"]["value"] == official
    shown = told.get(told.examiner, f"/v1/officials/{official}", **WHY).json()["values"]
    assert {"name", "nip"} <= {each["member"] for each in shown}
    stranger = told.desk(told.offices.kpu_sungai_penuh, Role.INTAKE, people.KPU_CLERK)
    assert told.get(stranger, f"/v1/officials/{official}", **WHY).status_code == 403


def test_a_start_forgets_again_what_was_erased(told: Told, clock: SimulatedClock) -> None:
    """A key store from before an erasure, put back, opens nothing of the erased person once the ledger is opened."""
    saved = [
        (row[0], row[1], bytes(row[2]))
        for row in told.house.keys._connection.execute("SELECT stream, of, key FROM subjects")
    ]
    test_an_erased_person_is_gone_and_every_proof_stays(told, clock)
    for row in saved:
        told.house.keys._connection.execute("INSERT OR REPLACE INTO subjects VALUES (?, ?, ?)", row)
    told.house.keys._connection.execute("DELETE FROM destroyed")
    again = open_house(told.house.folder, clock=clock)
    try:
        assert again.keys.subject_key(told.k4, "r1") is None
        assert again.keys.subject_key(told.k4, "k1") is not None
    finally:
        again.close()
