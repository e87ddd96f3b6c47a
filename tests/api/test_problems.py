"""Problems (RFC 9457): each fault has its status and says what would be right; none says what nobody needs to know."""

from __future__ import annotations

import json
import logging
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from api.chronicles import register
from api.chronicles.play import instant
from api.wiring import LEDGER_DB, House, create_house
from ledger.clock import SimulatedClock
from ledger.itself.facts import ClockKind
from tests.api import k4
from tests.api.conftest import Told
from tests.api.window import PROBLEM, Desk, Town, Window

CANARY = "Rahasia Sekali 1571000000009999"


def test_a_refusal_names_its_rule_and_what_would_be_allowed(told: Told) -> None:
    """And its legal basis, where the rule has one."""
    filing = k4.asked_as(told.town, "filing")
    refused = told["intake"].post(filing.path, {**filing.body, "occurred_until": "2024-06-07"})
    assert refused.headers["Content-Type"] == PROBLEM
    assert refused.json() == {
        "type": "urn:netral:problem:refused",
        "title": "The domain refuses this",
        "status": 409,
        "detail": "the act ended before it began",
        "rule": "dates.order",
        "allowed": "occurred_until is occurred_from or later",
    }


def test_a_refusal_by_law_names_the_law(town: Town) -> None:
    """An act after KASN had ended: the law that ended it, and the successor that is competent."""
    complaint = k4.play(town, after="receipt 2")
    town.now("2024-08-24T03:00:00")
    end = {
        "act": {"on": "2024-08-24"},
        "on": "2024-08-24",
        "legal_basis": "UU 20/2023",
        "successor": town.offices.bkn,
    }
    assert town["registry"].post(f"/v1/offices/{town.offices.kasn}/end", end).status_code == 201
    late = k4.asked_as(town, "acceptance 2").body | {"act": {"on": "2024-08-24"}}
    refused = town["kasn"].post(f"/v1/complaints/{complaint}/referrals/2/acceptance", late).json()
    assert (refused["rule"], refused["basis"]) == ("office.ended", "UU 20/2023")
    assert "BKN" in refused["allowed"]


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/v1/cases/complaint-" + "0" * 32, 404, "missing"),
        ("/v1/cases/complaint-" + "0" * 32 + "/timeline", 404, "missing"),
        ("/v1/cases/complaint-" + "A" * 32, 422, "invalid"),
        ("/v1/cases?limit=0", 422, "invalid"),
        ("/v1/cases?limit=201", 422, "invalid"),
        ("/v1/cases?after=complaint-1", 422, "invalid"),
        ("/v1/nowhere", 404, "http"),
        ("/", 404, "http"),
    ],
)
def test_what_is_not_there_or_cannot_be_read_is_a_problem_too(told: Told, path: str, status: int, kind: str) -> None:
    """Also where no route is."""
    answer = told.town.window.ask("GET", path, token=told["auditor"].token)
    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:netral:problem:{kind}")


def test_a_method_that_a_path_has_not_is_told_which_it_has(told: Told) -> None:
    """405 with Allow, as RFC 9110 asks: cases are not deleted, here or anywhere."""
    answer = told.town.window.ask("DELETE", f"/v1/cases/{told.complaint}", token=told["auditor"].token)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")


@pytest.mark.parametrize(
    "content",
    [b"{", b"", b"null", b"[]", b"\xff\xfe", b'{"act":', b"[" * 100_000, b'{"act":' + b"9" * 5_000 + b"}", b"{}x"],
    ids=lambda content: repr(content[:12]),
)
def test_attack_a_body_that_is_no_object_is_a_problem_of_the_askers(told: Told, content: bytes) -> None:
    """422 however it is broken, also where the parser gives up at depth or length; never 500."""
    answer = told.town.window.ask("POST", "/v1/complaints", token=told["intake"].token, content=content)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:netral:problem:invalid")
    assert "member" not in answer.json()


def test_a_body_that_is_no_json_is_said_to_be_none(told: Told) -> None:
    """Where it stops being JSON is no member's name."""
    answer = told.town.window.ask("POST", "/v1/complaints", token=told["intake"].token, content=b'{"act": oops}')
    assert answer.json()["detail"] == "the body: is not JSON from character 8 on"


@pytest.mark.parametrize(
    ("changes", "member"),
    [
        ({"narativ": "salah eja"}, "narativ"),
        ({"act": {"at": "2024-06-11T02:15:00Z", "onn": "2024-06-11"}}, "act.onn"),
        ({"act": {"at": "2024-06-11T02:15:00+07:00"}}, "act.at"),
        ({"act": {"at": 1718072100}}, "act.at"),
        ({"known_on": "2024-6-10"}, "known_on"),
        ({"known_on": "2024-02-30"}, "known_on"),
        ({"region": "15.71.01"}, "region"),
        ({"region": "15.71\n"}, "region"),
        ({"channel": "IN_PERSON"}, "channel"),
        ({"complainants": []}, "complainants"),
        ({"complainants": [{"id_number": "157100000000000"}]}, "complainants.0.id_number"),
        ({"complainants": [{"id_number": "157100000000000१"}]}, "complainants.0.id_number"),
        ({"narrative": ""}, "narrative"),
        ({"election": "election-1"}, "election"),
        ({"witnesses": None}, "witnesses"),
    ],
    ids=lambda changes: json.dumps(changes)[:40] if isinstance(changes, dict) else None,
)
def test_a_member_that_cannot_be_read_is_named(told: Told, changes: dict[str, Any], member: str) -> None:
    """Nothing is guessed: a misspelt member, a local time, a number for a date are refused where they stand."""
    filing = k4.asked_as(told.town, "filing")
    answer = told["intake"].post(filing.path, filing.body | changes)
    assert (answer.status_code, answer.json()["member"]) == (422, member)
    assert [each["member"] for each in answer.json()["members"]] == [member]


@pytest.mark.parametrize(
    "text",
    ["\x00", "\x1b[31m", "\u202egnal", "\u2028", "\ufeff", "e\u0301", "é" * 131_073],
    ids=["nul", "escape", "right-to-left", "line separator", "byte order mark", "not NFC", "too long"],
)
def test_attack_a_text_that_may_not_be_sealed_is_refused_by_its_members_name(told: Told, text: str) -> None:
    """Before anything is written, and without repeating it."""
    filing = k4.asked_as(told.town, "filing")
    answer = told["intake"].post(filing.path, filing.body | {"narrative": CANARY + text})
    assert answer.status_code == 422
    assert "narrative" in answer.json()["member"]
    assert CANARY not in answer.text


def test_attack_half_a_character_is_refused(told: Told) -> None:
    """A lone surrogate is no text; JSON can spell it all the same."""
    filing = k4.asked_as(told.town, "filing")
    body = json.dumps(filing.body | {"narrative": "SURROGATE"}).replace("SURROGATE", "\\ud800")
    answer = told.town.window.ask("POST", filing.path, token=told["intake"].token, content=body.encode())
    assert (answer.status_code, answer.json()["member"]) == (422, "narrative")


def with_canary(value: Any) -> list[Any]:
    """Every copy of a body in which one of its leaves is the canary."""
    if isinstance(value, dict):
        return [{**value, name: changed} for name, held in value.items() for changed in with_canary(held)]
    if isinstance(value, list):
        return [
            [*value[:index], changed, *value[index + 1 :]]
            for index, held in enumerate(value)
            for changed in with_canary(held)
        ]
    return [CANARY]


@pytest.mark.parametrize("name", ["filing", "respondent", "allegation", "review", "hearing", "heard", "plenary"])
def test_attack_no_problem_repeats_what_was_sent(told: Told, name: str) -> None:
    """A name typed into any member, a wrong one too, comes back in no answer: problems are logged by many hands."""
    asked = k4.asked_as(told.town, name)
    path = asked.path if name == "filing" else f"/v1/complaints/{told.complaint}{asked.path}"
    token = told[asked.who].token
    for body in with_canary(asked.body):
        # The act lies ahead of the ledger's clock, or its stage is over: whatever can be read is refused by the domain.
        ahead = {**body, "act": body["act"] | {"at": "2099-01-01T00:00:00Z"}} if name == "filing" else body
        if CANARY in json.dumps(ahead):
            answer = told.town.window.ask("POST", path, ahead, token=token, seen=17)
            assert answer.status_code in {409, 412, 422}
            assert CANARY not in answer.text
            assert CANARY.rpartition(" ")[2] not in answer.text


def test_a_conflict_and_a_missing_precondition_are_told_apart(told: Told) -> None:
    """412 for what was overtaken, 428 for what was not said."""
    offer = k4.asked_as(told.town, "referral 1")
    path = f"/v1/complaints/{told.complaint}{offer.path}"
    stale = told["examiner"].post(path, offer.body, seen=3).json()
    assert (stale["status"], stale["type"], stale["seen"]) == (412, "urn:netral:problem:stale", 3)
    assert told["examiner"].post(path, offer.body).json()["status"] == 428


def test_a_clock_that_stands_behind_the_last_record_stops_writing(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    """Broken is the ledger's own fault: 500, without details for the asker and with them for the operator."""
    k4.play(town, after="filing")
    town.now("2024-06-10T00:00:00")
    office = {
        "act": {"on": "2024-06-10"},
        "kind": "dkpp",
        "level": "national",
        "zone": "wib",
        "from": "2012-06-12",
        "name": "DKPP",
    }
    with caplog.at_level(logging.ERROR, "netral.api"):
        answer = town["registry"].post("/v1/offices", office)
    assert answer.json() == {
        "type": "urn:netral:problem:clock-behind",
        "title": "The ledger's clock is behind its last record",
        "status": 500,
        "detail": "nothing was recorded; the operator finds the reason in the log",
    }
    assert "set the clock right" in caplog.text


@pytest.fixture
def broken(tmp_path: Path) -> House:
    """A ledger that no auditor will accept: its genesis was edited in the database, past the triggers."""
    clock = SimulatedClock(instant("2024-05-02T01:00:00"))
    made = create_house(
        tmp_path / "broken",
        domain="test.invalid",
        kind=ClockKind.SIMULATED,
        operator=register.OPERATOR,
        clock=clock,
    )
    with sqlite3.connect(tmp_path / "broken" / LEDGER_DB) as connection:
        connection.execute("DROP TRIGGER events_are_not_updated")
        connection.execute("UPDATE events SET body = CAST('{\"act\": 0}' AS BLOB)")
    connection.close()
    return made


def test_attack_an_edited_record_is_answered_without_its_bytes(broken: House, caplog: pytest.LogCaptureFixture) -> None:
    """Unreadable: nothing is decided on it, and the asker is told no more than that."""
    try:
        office = {
            "act": {"on": "2024-05-02"},
            "kind": "dkpp",
            "level": "national",
            "zone": "wib",
            "from": "2012-06-12",
            "name": "DKPP",
        }
        answer = Desk(Window(broken), register.by_registry(broken.stream)).post("/v1/offices", office)
    finally:
        broken.close()
    assert (answer.status_code, answer.json()["type"]) == (500, "urn:netral:problem:unreadable")
    assert "canonical" not in answer.text
    assert "canonical" in caplog.text


def test_a_fault_that_nobody_foresaw_is_answered_without_details(broken: House) -> None:
    """A published file that has become a folder: no path and no trace in the answer."""
    try:
        (broken.trail / "checkpoint").unlink()
        (broken.trail / "checkpoint").mkdir()
        answer = Window(broken).ask("GET", "/v1/trail/checkpoint")
    finally:
        broken.close()
    assert (answer.status_code, answer.json()["type"]) == (500, "urn:netral:problem:broken")
    assert "checkpoint" not in answer.text
    assert str(broken.folder) not in answer.text
