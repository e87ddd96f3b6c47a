"""All four chronicles over HTTP only, each actor with a token of their own office, and what must be true afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from api.chronicles import k1, k2, k4, k5, register
from api.chronicles.play import Happened, instant, play
from api.chronicles.register import Register
from api.wiring import House, create_house
from ledger.clock import SimulatedClock
from ledger.itself.facts import ClockKind
from ledger.values import Actor, Role, Staff
from tests.api.speaking import over_http
from tests.api.window import Desk, Window
from tests.auditor import audit


@dataclass(frozen=True)
class Played:
    """A ledger in which the chronicles were told over HTTP."""

    house: House
    auditor: Desk
    offices: Register
    complaints: dict[str, str]
    refused: list[Happened]

    def case(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.auditor.get(f"/v1/cases/{self.complaints[name]}").json()
        return found

    def timeline(self, name: str) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = self.auditor.get(f"/v1/cases/{self.complaints[name]}/timeline").json()["timeline"]
        return told

    def deadlines(self, name: str, at: str) -> dict[str, list[str]]:
        """The states of a case's time limits by their rules, as they stood at an instant."""
        answer = self.auditor.get(f"/v1/cases/{self.complaints[name]}/deadlines", at=at).json()
        found: dict[str, list[str]] = {}
        for each in answer["deadlines"]:
            found.setdefault(each["rule"], []).append(each["state"])
        return found

    def desk(self, office: str) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = self.auditor.get(f"/v1/offices/{office}/desk").json()["waiting"]
        return told


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """The chronicles, interleaved by time, each step a request."""
    clock = SimulatedClock(instant("2024-05-02T01:00:00"))
    house = create_house(
        tmp_path_factory.mktemp("played") / "ledger",
        domain="test.invalid",
        kind=ClockKind.SIMULATED,
        operator=register.OPERATOR,
        clock=clock,
    )
    try:
        window = Window(house)
        submit = over_http(window, clock)
        register.adopt_law(house.registrar, house.stream)
        offices, _ = register.record_register(house.stream, submit)
        names, told = ("K1", "K2", "K4", "K5"), list[Happened]()
        chronicles = [k1.k1(offices), k2.k2(offices), k4.k4(offices), k5.k5(offices), register.end_of_kasn(offices)]
        streams = play(chronicles, submit, told.append)
        window.settle()
        auditor = Desk(window, Actor(house.stream, Role.AUDITOR, Staff("auditor.test", "Auditor Contoh")))
        refused = [each for each in told if each.refusal is not None]
        yield Played(house, auditor, offices, dict(zip(names, streams, strict=False)), refused)
        audit(house)
    finally:
        house.close()


def test_k1_has_no_complainant(played: Played) -> None:
    """What arrives informally becomes a finding; nobody reports it."""
    topics = [each["topic"] for each in played.timeline("K1")]
    assert topics[0] == "complaint.preliminary_noted.v1"
    assert "complaint.filed.v1" not in topics
    assert "complaint.finding_fixed.v1" in topics


def test_k1_goes_to_bkn_because_kasn_no_longer_exists(played: Played) -> None:
    """An attempt to refer it to KASN is refused with the date and the legal basis."""
    (attempt,) = [each for each in played.refused if each.step.command.stream == played.complaints["K1"]]
    assert attempt.refusal is not None
    assert attempt.refusal.rule == "office.ended"
    assert "2024-08-24" in str(attempt.refusal.because)
    assert "UU 20/2023" in attempt.refusal.basis
    assert played.offices.bkn in str(attempt.refusal.allowed)
    (referral,) = played.case("K1")["referrals"]
    assert (referral["to"], referral["standing"]) == (played.offices.bkn, "accepted")


def test_k1_was_found_in_time_and_decided_late(played: Played) -> None:
    """Three days from registration were over when the plenary met; it is recorded, and marked with the rule."""
    assert played.deadlines("K1", "2024-12-01T00:00:00Z") == {"pk.finding": ["met"], "pk.handle": ["met_late"]}
    assert played.deadlines("K1", "2024-09-15T16:59:59Z") == {"pk.finding": ["met"], "pk.handle": ["running"]}
    assert played.deadlines("K1", "2024-09-15T17:00:00Z") == {"pk.finding": ["met"], "pk.handle": ["overdue"]}
    (plenary,) = [each for each in played.timeline("K1") if each["topic"] == "complaint.plenary_held.v1"]
    assert plenary["irregular"] == ["pk.handle"]


def test_k2_has_seven_allegations_with_outcomes_of_their_own(played: Played) -> None:
    """One report, seven respondents, seven allegations; BKN has spoken of five."""
    allegations = played.case("K2")["allegations"]
    assert [each["respondent"] for each in allegations] == [f"r{number}" for number in range(1, 8)]
    said = {each["allegation"]: [one["outcome"] for one in each["outcomes"]] for each in allegations}
    assert said == {**{number: [outcome] for number, outcome in k2.OUTCOMES.items()}, 6: [], 7: []}
    assert {one["office"] for each in allegations for one in each["outcomes"]} == {played.offices.bkn}


def test_k2_stays_at_kasn_by_record_and_bkn_may_act(played: Played) -> None:
    """Succession moves competence and no file; both offices appear in the history."""
    assert {each["holder"] for each in played.case("K2")["allegations"]} == {played.offices.kasn}
    assert {played.offices.kasn, played.offices.bkn} <= {each["office"] for each in played.timeline("K2")}


def test_k4_was_returned_unstudied_and_referred_again(played: Played) -> None:
    """The irregular referral stands beside the second one."""
    first, second = played.case("K4")["referrals"]
    assert (first["irregular"], first["standing"], first["return_reason"]) == (["no_study"], "returned", "no_study")
    assert (second["irregular"], second["standing"]) == ([], "accepted")


def test_k5_is_one_case_on_two_tracks_of_two_institutions(played: Played) -> None:
    """KPU kab/kota takes one allegation, Bawaslu kab/kota keeps the other; each says its own word."""
    case = played.case("K5")
    one, two = case["allegations"]
    assert (one["class"], one["track"], one["holder"]) == ("kpu_adhoc", "kpu_adhoc", played.offices.kpu_sungai_penuh)
    assert (two["class"], two["track"]) == ("bawaslu_adhoc", "bawaslu_adhoc")
    assert two["holder"] == played.offices.bawaslu_sungai_penuh
    assert [each["outcomes"][0]["outcome"] for each in (one, two)] == ["warned", "dismissed"]
    assert case["stage"] == "closed"


def test_k5_a_commissioner_with_a_conflict_neither_decides_nor_votes(played: Played) -> None:
    """The plenary in which they voted is refused; the one that was held names them among the recused."""
    (attempt,) = [each for each in played.refused if each.step.command.stream == played.complaints["K5"]]
    assert attempt.refusal is not None
    assert attempt.refusal.rule == "plenary.conflict"
    (plenary,) = [each for each in played.timeline("K5") if each["topic"] == "complaint.plenary_held.v1"]
    (conflict,) = [each for each in played.timeline("K5") if each["topic"] == "complaint.conflict_recorded.v1"]
    assert plenary["fact"]["recused"] == [conflict["fact"]["actor"]]


def test_desks_show_what_waits_oldest_first(played: Played) -> None:
    """KASN's files show at its own desk and at its successor's, who has one of its own beside them."""
    kasn, bkn = played.desk(played.offices.kasn), played.desk(played.offices.bkn)
    assert [(each["allegation"], each["since"]) for each in kasn] == [
        (1, "2024-07-05"),
        (6, "2024-08-15"),
        (7, "2024-08-15"),
    ]
    assert bkn[:-1] == kasn
    assert bkn[-1]["at"] == played.offices.bkn
    assert [each["since"] for each in bkn] == sorted(each["since"] for each in bkn)
    assert played.desk(played.offices.bawaslu_sungai_penuh) == []


def test_the_timeline_tells_each_case_in_both_languages(played: Played) -> None:
    """Every fact has a sentence in Indonesian and one in English, without braces left in them."""
    for name in played.complaints:
        for each in played.timeline(name):
            assert each["told"]["id"] != each["told"]["en"]
            assert "{" not in each["told"]["id"] + each["told"]["en"]
