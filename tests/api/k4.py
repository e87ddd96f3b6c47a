"""Chronicle K4 as its requests over HTTP: when each is recorded, at whose desk it is asked, and with which body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from httpx2 import Response

from api.chronicles import people, register
from api.chronicles.play import instant
from api.chronicles.register import Register
from api.wiring import House
from ledger.clock import SimulatedClock
from ledger.values import Actor, Role, Staff, StreamId
from tests.api.window import Desk, Town, Window


@dataclass(frozen=True)
class Asked:
    """One request; `decides` where it must name the version that it was decided on."""

    name: str
    at: str
    who: str
    path: str
    body: dict[str, Any]
    decides: bool = False


def opened(house: House, clock: SimulatedClock) -> Town:
    """A town whose offices and election were entered into the register over HTTP."""
    window = Window(house)
    registry = Desk(window, register.by_registry(house.stream))

    def enter(at: str, path: str, **body: Any) -> StreamId:
        clock.now = instant(at)
        response = registry.post(path, {"act": {"on": "2024-05-02"}, **body})
        assert response.status_code == 201, response.text
        return StreamId(response.json()["entries"][0]["stream"])

    def office(at: str, name: str, kind: str, since: str, **more: Any) -> StreamId:
        level = {2: "province", 5: "regency"}.get(len(more.get("region", "")), "national")
        return enter(at, "/v1/offices", name=name, kind=kind, level=level, zone="wib", **{"from": since}, **more)

    def election(at: str, region: str) -> StreamId:
        return enter(at, "/v1/elections", regime="pilkada", kind="mayor", polling_on="2024-11-27", regions=[region])

    province = office("2024-05-02T02:00:00", "Bawaslu Provinsi Jambi", "bawaslu", "2012-09-20", region="15", seats=5)
    city = {"kind": "bawaslu", "since": "2018-08-15", "parent": province}
    offices = Register(
        ledger=house.stream,
        bawaslu_province=province,
        bawaslu_jambi=office("2024-05-02T02:01:00", "Bawaslu Kota Jambi", region="15.71", seats=5, **city),
        bawaslu_sungai_penuh=office(
            "2024-05-02T02:02:00", "Bawaslu Kota Sungai Penuh", region="15.72", seats=3, **city
        ),
        kpu_sungai_penuh=office(
            "2024-05-02T02:03:00", "KPU Kota Sungai Penuh", "kpu", "2009-01-01", region="15.72", seats=5
        ),
        kasn=office("2024-05-02T02:04:00", "KASN", "kasn", "2014-09-30"),
        bkn=office("2024-05-02T02:05:00", "BKN", "bkn", "1972-08-18"),
        election_jambi=election("2024-05-02T02:06:00", "15.71"),
        election_sungai_penuh=election("2024-05-02T02:07:00", "15.72"),
    )
    who = {"registry": registry.actor, **actors_of(offices), "auditor": auditor(house.stream)}
    return Town(window, clock, offices, {name: Desk(window, each) for name, each in who.items()})


def actors_of(offices: Register) -> dict[str, Actor]:
    """The chronicle's people at their desks."""
    return {
        "intake": Actor(offices.bawaslu_jambi, Role.INTAKE, people.JAMBI.intake),
        "examiner": Actor(offices.bawaslu_jambi, Role.EXAMINER, people.JAMBI.examiner),
        "plenary": Actor(offices.bawaslu_jambi, Role.PLENARY, people.JAMBI.secretary),
        "kasn": Actor(offices.kasn, Role.INTAKE, people.KASN_CLERK),
        "bkn": Actor(offices.bkn, Role.INTAKE, people.BKN_CLERK),
    }


def auditor(ledger: StreamId) -> Actor:
    """Somebody who may read closed entries."""
    return Actor(ledger, Role.AUDITOR, Staff("auditor.test", "Auditor Contoh"))


def chronicle(offices: Register) -> list[Asked]:
    """Everything that K4 asks, in order."""
    return [*_filing(offices), *_examination(), *_referrals(offices)]


def _filing(offices: Register) -> list[Asked]:
    return [
        Asked(
            "filing",
            "2024-06-11T02:20:00",
            "intake",
            "/v1/complaints",
            {
                "act": {"at": "2024-06-11T02:15:00Z"},
                "election": offices.election_jambi,
                "region": "15.71",
                "occurred_from": "2024-06-08",
                "occurred_until": "2024-06-08",
                "known_on": "2024-06-10",
                "channel": "in_person",
                "complainants": [
                    {
                        "name": "Sari Pelapor",
                        "id_number": "1571000000000001",
                        "address": "Jalan Contoh 1, Kota Jambi",
                        "phone": "0800-0000-0001",
                    }
                ],
                "witnesses": [{"name": "Joko Saksi"}],
                "narrative": "Terlapor mengajak bawahannya memilih seorang bakal calon.\nRekaman suara dilampirkan.",
                "place": "Kantor Kecamatan Contoh",
                "received_number": "001/LP/PW/Kota/05.01/VI/2024",
            },
        ),
        Asked(
            "respondent",
            "2024-06-11T02:25:00",
            "intake",
            "/respondents",
            {
                "act": {"on": "2024-06-11"},
                "class": "asn",
                "known": True,
                "nip": "198001012005011001",
                "name": "Budi Terlapor",
                "position_class": "administrator",
                "unit": "Kecamatan Contoh",
            },
        ),
        Asked(
            "allegation",
            "2024-06-11T02:26:00",
            "intake",
            "/allegations",
            {"act": {"on": "2024-06-11"}, "respondent": "r1", "category": "undetermined", "kinds": ["n12"]},
        ),
    ]


def _examination() -> list[Asked]:
    return [
        Asked(
            "review",
            "2024-06-12T04:00:00",
            "examiner",
            "/review",
            {
                "act": {"on": "2024-06-12"},
                "formal": True,
                "material": True,
                "known_on": "2024-06-10",
                "result": "register",
                "reasons": "Syarat formal dan materiel terpenuhi.",
            },
            decides=True,
        ),
        Asked(
            "registration",
            "2024-06-12T04:10:00",
            "examiner",
            "/registration",
            {"act": {"on": "2024-06-12"}, "kind": "report", "number": "001/Reg/LP/PW/Kota/05.01/VI/2024"},
        ),
        Asked(
            "hearing",
            "2024-06-12T06:00:00",
            "examiner",
            "/hearings",
            {
                "act": {"on": "2024-06-12"},
                "whom": "respondent",
                "respondent": "r1",
                "set_for": "2024-06-13",
                "letter_number": "010/PP.00.02/K.JA-10/06/2024",
            },
        ),
        Asked(
            "heard",
            "2024-06-13T09:00:00",
            "examiner",
            "/hearings/1/held",
            {"act": {"at": "2024-06-13T03:00:00Z"}, "minutes": "Terlapor membenarkan hadir dalam rapat."},
        ),
        Asked(
            "plenary",
            "2024-06-14T08:00:00",
            "plenary",
            "/plenaries",
            {
                "act": {"at": "2024-06-14T06:30:00Z"},
                "present": [
                    {"account": f"anggota{number}.kota-jambi", "name": f"Anggota {number} kota-jambi"}
                    for number in range(1, 5)
                ],
                "ballots": [
                    {
                        "allegation": 1,
                        "violation": 3,
                        "not_violation": 1,
                        "category": "other_law",
                        "reasons": "Didukung rekaman dan keterangan saksi.",
                    }
                ],
                "votes": "Anggota 1, 2, 3: pelanggaran. Anggota 4: bukan pelanggaran.",
                "minutes_number": "007/BA-Pleno/VI/2024",
            },
            decides=True,
        ),
        Asked(
            "notice",
            "2024-06-14T09:00:00",
            "examiner",
            "/status-notices",
            {"act": {"on": "2024-06-14"}, "what": "decided", "allegations": [1], "notice_number": "A.17/001/VI/2024"},
        ),
    ]


def _referrals(offices: Register) -> list[Asked]:
    def offer(name: str, at: str, day: str, letter: str, *, study: bool) -> Asked:
        body = {
            "act": {"on": day},
            "allegation": 1,
            "to": offices.kasn,
            "track": "asn",
            "study_attached": study,
            "letter_number": letter,
        }
        return Asked(name, at, "examiner", "/referrals", body, decides=True)

    return [
        offer("referral 1", "2024-06-18T03:00:00", "2024-06-18", "021/PP.01.02/K.JA-10/06/2024", study=False),
        Asked(
            "receipt 1",
            "2024-06-19T02:30:00",
            "kasn",
            "/referrals/1/receipt",
            {"act": {"at": "2024-06-19T02:00:00Z"}, "shown_by": "receiver"},
        ),
        Asked(
            "return 1",
            "2024-06-26T07:00:00",
            "kasn",
            "/referrals/1/return",
            {
                "act": {"on": "2024-06-26"},
                "reason": "no_study",
                "their_number": "B-0000/NK.01.00/06/2024",
                "text": "Berkas dikembalikan karena tidak dilampiri kajian.",
            },
        ),
        Asked(
            "study",
            "2024-06-28T08:00:00",
            "examiner",
            "/studies",
            {"act": {"on": "2024-06-28"}, "allegations": [1], "text": "Kajian dugaan pelanggaran."},
        ),
        offer("referral 2", "2024-07-01T03:00:00", "2024-07-01", "029/PP.01.02/K.JA-10/07/2024", study=True),
        Asked(
            "receipt 2",
            "2024-07-04T04:00:00",
            "examiner",
            "/referrals/2/receipt",
            {
                "act": {"at": "2024-07-03T05:00:00Z", "office": offices.kasn, "source": "letter"},
                "shown_by": "delivery_proof",
                "proof": "Tanda terima pengiriman tercatat, 3 Juli 2024.",
            },
        ),
        Asked(
            "acceptance 2",
            "2024-07-05T03:00:00",
            "kasn",
            "/referrals/2/acceptance",
            {"act": {"on": "2024-07-05"}, "their_number": "R-0000/NK.01.00/07/2024"},
        ),
    ]


def send(town: Town, asked: Asked, complaint: str | None, **more: Any) -> Response:
    """Ask one of them, at its own instant and desk, having read the version where it decides on one."""
    town.now(asked.at)
    if asked.decides and complaint is not None:
        more.setdefault("seen", town.version(complaint))
    path = asked.path if complaint is None else f"/v1/complaints/{complaint}{asked.path}"
    return town[asked.who].post(path, asked.body, **more)


def play(town: Town, *, before: str | None = None, after: str | None = None) -> str:
    """Play the chronicle up to `before`, or through `after`, or to its end; returns the complaint's stream."""
    complaint: str | None = None
    for asked in chronicle(town.offices):
        if asked.name == before:
            break
        response = send(town, asked, complaint)
        assert response.status_code == 201, f"{asked.name}: {response.text}"
        complaint = complaint or response.json()["entries"][0]["stream"]
        if asked.name == after:
            break
    assert complaint is not None
    town.window.settle()
    return complaint


def asked_as(town: Town, name: str) -> Asked:
    """One request of the chronicle by its name."""
    return next(each for each in chronicle(town.offices) if each.name == name)
