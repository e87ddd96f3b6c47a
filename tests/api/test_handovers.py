"""Hand-overs at the window: what is under way, what each side counted, what lies where nobody is any more."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import pytest

from api.chronicles import people
from api.wiring import House
from ledger.clock import SimulatedClock
from ledger.values import Actor, Role, Staff
from tests.api.speaking import act_of, files_of
from tests.api.window import Desk, Window
from tests.flow.archive import Archive

NOWHERE = "complaint-" + "0" * 32


@dataclass
class Counter:
    """The archive of KASN and BKN's desk, at the window."""

    archive: Archive
    window: Window
    archivist: Desk
    clerk: Desk
    auditor: Desk

    def offer(self, complaints: Any = None, **more: Any) -> Any:
        asked = self.archive.asked(complaints)
        body = {
            "act": act_of(self.archive.bkn.on("2024-09-17"), self.archivist.actor),
            "from": asked.from_,
            "to": asked.to,
            "files": files_of(asked.files),
            "legal_basis": "SE MenPANRB 4/2024",
        }
        return self.archivist.post("/v1/handovers", body, **more)

    def offered(self) -> str:
        answer = self.offer()
        assert answer.status_code == 201, answer.text
        return str(answer.json()["entries"][0]["stream"])

    def read(self, path: str) -> Any:
        self.window.settle()
        answer = self.auditor.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def count(self, handover: str, side: str, count: int, digest: str) -> Any:
        body = {"act": {"on": "2024-09-17"}, "side": side, "count": count, "digest": digest}
        return self.archivist.post(f"/v1/handovers/{handover}/tallies", body)


@pytest.fixture
def counter(house: House, clock: SimulatedClock) -> Counter:
    """Three files lie at KASN, which has ended."""
    archive, window = Archive.of(house, clock, 3), Window(house)
    return Counter(
        archive,
        window,
        Desk(window, archive.bkn.actor(Role.HOLDER, people.KASN_ARCHIVIST)),
        Desk(window, archive.bkn.actor(Role.INTAKE, people.BKN_CLERK)),
        Desk(window, Actor(house.stream, Role.AUDITOR, Staff("auditor.test", "Auditor Contoh"))),
    )


def test_before_the_hand_over_files_at_an_office_that_ended_stand_out(counter: Counter) -> None:
    """On its desk, each with the day of its end; on its follower's; and in the list of offices that ended."""
    kasn, bkn = counter.archive.offices.kasn, counter.archive.offices.bkn
    desk = counter.read(f"/v1/offices/{kasn}/desk")
    assert (desk["ended_on"], desk["competent"], desk["also_for"]) == ("2024-08-24", bkn, [])
    assert {(each["at"], each["ended_on"], each["holder"], each["handover"]) for each in desk["waiting"]} == {
        (kasn, "2024-08-24", kasn, None)
    }
    follower = counter.read(f"/v1/offices/{bkn}/desk")
    assert (follower["ended_on"], follower["competent"], follower["also_for"]) == (None, bkn, [kasn])
    assert follower["waiting"] == desk["waiting"]
    assert counter.read("/v1/offices/ended") == {
        "offices": [
            {
                "office": kasn,
                "name": "KASN",
                "ended_on": "2024-08-24",
                "ended_by": "UU 20/2023; SE MenPANRB 4/2024",
                "competent": bkn,
                "never_handed_over": 3,
                "under_way": 0,
                "oldest": "2024-05-30",
                "handovers": [],
            }
        ]
    }


def test_what_is_neither_accepted_nor_returned_stays_on_the_senders_side(counter: Counter) -> None:
    """Received is not accepted: only then does the file leave KASN's desk."""
    handover = counter.offered()
    kasn, (first, second, third) = counter.archive.offices.kasn, counter.archive.complaints
    assert counter.read(f"/v1/handovers/{handover}")["became"]["offered"] == 3
    counter.archive.clock.now = counter.archive.clock.now.replace(day=18)
    arrived = counter.clerk.post(
        f"/v1/handovers/{handover}/receipt",
        {"act": {"at": "2024-09-18T02:00:00Z"}, "files": [{"complaint": first, "allegation": 1}]},
    )
    assert [each["stream"] for each in arrived.json()["entries"]] == [first]
    counter.archive.accept(second)
    counter.archive.give_back(third)
    told = counter.read(f"/v1/handovers/{handover}")
    assert {each["complaint"]: (each["standing"], each["holder"]) for each in told["files"]} == {
        first: ("received", kasn),
        second: ("accepted", counter.archive.offices.bkn),
        third: ("returned", counter.archive.offices.bawaslu_jambi),
    }
    assert (told["open"], sum(told["became"].values())) == (1, told["count"])
    (waiting,) = counter.read(f"/v1/offices/{kasn}/desk")["waiting"]
    assert (waiting["complaint"], waiting["handover"], waiting["standing"]) == (first, handover, "received")
    (ended,) = counter.read("/v1/offices/ended")["offices"]
    assert (ended["never_handed_over"], ended["under_way"]) == (0, 1)
    assert ended["handovers"] == [
        {
            "handover": handover,
            "to": counter.archive.offices.bkn,
            "offered_on": "2024-09-17",
            "days_after_end": 24,
            "count": 3,
            "open": 1,
        }
    ]


def test_a_count_that_differs_is_seen_beside_the_other(counter: Counter) -> None:
    """Each side's own; a stranger makes the digest with JSON and SHA-256 alone."""
    handover = counter.offered()
    items = [{"complaint": each, "allegation": 1, "referral": 2} for each in sorted(counter.archive.complaints)]

    def digest(counted: list[dict[str, Any]]) -> str:
        return hashlib.sha256(json.dumps(counted, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    assert counter.count(handover, "giving", 3, digest(items)).status_code == 201
    assert counter.count(handover, "taking", 2, digest(items[:2])).status_code == 201
    (told,) = counter.read("/v1/handovers")["handovers"]
    assert [(each["side"], each["count"], each["agrees"]) for each in told["tallies"]] == [
        ("giving", 3, True),
        ("taking", 2, False),
    ]
    assert not told["agreed"]
    assert counter.count(handover, "taking", 3, digest(items)).status_code == 201
    assert counter.read("/v1/handovers")["handovers"][0]["agreed"]
    stranger = Desk(counter.window, Actor(counter.archive.offices.kpu_sungai_penuh, Role.HOLDER, people.KPU_CLERK))
    body = {"act": {"on": "2024-09-17"}, "side": "taking", "count": 3, "digest": digest(items)}
    refused = stranger.post(f"/v1/handovers/{handover}/tallies", body)
    assert (refused.status_code, refused.json()["rule"]) == (409, "handover.side")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "lies at BKN, not at the office that hands it over"), ("id", "berada di BKN, bukan di lembaga")],
)
def test_every_file_that_refuses_a_hand_over_is_named(counter: Counter, language: str, words: str) -> None:
    """In the asker's language: the first in the problem's own words, the others beside it."""
    gone = counter.archive.complaints[:2]
    assert counter.offer(gone).status_code == 201
    problem = counter.offer(headers={"Accept-Language": language}).json()
    assert (problem["status"], problem["rule"]) == (409, "handover.holder")
    named = [{key: problem[key] for key in ("stream", "rule", "detail", "allowed")}, *problem["others"]]
    assert {each["stream"] for each in named} == set(gone)
    for each in named:
        assert each["detail"].startswith(f"{each['stream']}: ")
        assert words in each["detail"]


def test_a_file_that_changed_since_it_was_seen_is_named(counter: Counter) -> None:
    """Version by version: what If-Match says of one case, `seen` says of each."""
    first = counter.archive.complaints[0]
    asked = counter.archive.asked()
    files = [{**each, "seen": 1 if each["complaint"] == first else None} for each in files_of(asked.files)]
    body = {"act": {"on": "2024-09-17"}, "from": asked.from_, "to": asked.to, "files": files}
    stale = counter.archivist.post("/v1/handovers", body)
    assert (stale.status_code, stale.json()["stream"], stale.json()["seen"]) == (412, first, 1)
    assert stale.json()["detail"].startswith(f"{first}: ")


def test_each_body_has_its_own_number_beside_the_one_case(counter: Counter) -> None:
    """Bawaslu's register and letter, KASN's and BKN's own: each finds the case, each says whose it is."""
    counter.offered()
    case = counter.archive.complaints[0]
    counter.archive.accept(case, number="0001/BKN/9/2024")
    clerk = counter.clerk
    shown = clerk.window.ask(
        "GET",
        f"/v1/cases/{case}/confidential",
        token=clerk.token,
        headers={"Netral-Purpose": "menangani berkas"},
    ).json()
    numbers = {(each["office"], each["value"]) for each in shown["values"] if each["number"]}
    offices = counter.archive.offices
    assert numbers == {
        (offices.bawaslu_jambi, "000/Reg/TM/PW/Kota/05/V/2024"),
        (offices.bawaslu_jambi, "000/PP.01.02/K.JA/05/2024"),
        (offices.kasn, "R-0000/KASN/5/2024"),
        (offices.bkn, "0001/BKN/9/2024"),
    }
    counter.window.settle()
    for _, number in numbers:
        (found,) = clerk.post("/v1/cases/search", {"number": number}).json()["cases"]
        assert found["complaint"] == case


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"/v1/complaints/{NOWHERE}/status-notices", {"act": {"on": "2024-09-17"}, "what": "decided"}),
        (f"/v1/complaints/{NOWHERE}/referrals/1/acceptance", {"act": {"on": "2024-09-17"}}),
        (f"/v1/handovers/handover-{'0' * 32}/receipt", {"act": {"at": "2024-09-17T02:00:00Z"}}),
        (
            f"/v1/handovers/handover-{'0' * 32}/tallies",
            {"act": {"on": "2024-09-17"}, "side": "giving", "count": 1, "digest": "0" * 64},
        ),
    ],
)
def test_a_command_to_what_is_not_there_is_answered_as_a_reading_is(
    counter: Counter, path: str, body: dict[str, Any]
) -> None:
    """404, by its name, in both languages."""
    stream = next(part for part in path.split("/") if "0" * 32 in part)
    for language in ("en", "id"):
        answer = counter.archivist.post(path, body, headers={"Accept-Language": language})
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:netral:problem:missing")
        assert stream in answer.json()["detail"]


def test_a_hand_over_that_is_not_there_cannot_be_read(counter: Counter) -> None:
    """As any other reading."""
    assert counter.auditor.get(f"/v1/handovers/handover-{'0' * 32}").status_code == 404
    assert counter.read("/v1/handovers") == {"handovers": []}
