"""The chronicles over HTTP only, each actor with a token of their own office, and what must be true afterwards."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from api import clocks
from api.chronicles import k1, k2, k3, k4, k5, register
from api.chronicles.play import Happened, instant, play
from api.chronicles.register import Register
from api.wiring import House, create_house
from ledger.clock import SimulatedClock
from ledger.itself.facts import ClockKind
from ledger.shape import instant_of
from ledger.values import Actor, Role, Staff, StreamId
from tests.api.speaking import over_http
from tests.api.window import Desk, Window
from tests.auditor import audit

FILES = 8
"""How many of K3's four hundred are told here; all of them, in test_four_hundred.py."""


@dataclass(frozen=True)
class Played:
    """A ledger in which the chronicles were told over HTTP."""

    house: House
    auditor: Desk
    offices: Register
    complaints: dict[str, str]
    handover: str
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

    def handed_over(self) -> dict[str, Any]:
        told: dict[str, Any] = self.auditor.get(f"/v1/handovers/{self.handover}").json()
        return told

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
        told = list[Happened]()
        chronicles = {"K1": k1.k1(offices), "K2": k2.k2(offices), "K4": k4.k4(offices), "K5": k5.k5(offices)}
        beside = [register.end_of_kasn(offices), k3.k3(offices, FILES)]
        *streams, _, handover = play([*chronicles.values(), *beside], submit, told.append)
        window.settle()
        auditor = Desk(window, Actor(house.stream, Role.AUDITOR, Staff("auditor.test", "Auditor Contoh")))
        refused = [each for each in told if each.refusal is not None]
        yield Played(house, auditor, offices, dict(zip(chronicles, streams, strict=True)), handover, refused)
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
    assert str(attempt.refusal.allowed) == "its successor is competent: BKN"
    (referral,) = played.case("K1")["referrals"]
    assert (referral["to"], referral["standing"]) == (played.offices.bkn, "accepted")


def test_k1_was_found_in_time_and_decided_late(played: Played) -> None:
    """Three days from registration were over when the plenary met; it is recorded, and marked with the rule."""
    assert played.deadlines("K1", "2024-12-01T00:00:00Z") == {"pk.finding": ["met"], "pk.handle": ["met_late"]}
    assert played.deadlines("K1", "2024-09-15T16:59:59Z") == {"pk.finding": ["met"], "pk.handle": ["running"]}
    assert played.deadlines("K1", "2024-09-15T17:00:00Z") == {"pk.finding": ["met"], "pk.handle": ["overdue"]}
    (plenary,) = [each for each in played.timeline("K1") if each["topic"] == "complaint.plenary_held.v1"]
    assert plenary["irregular"] == ["pk.handle"]


def test_the_view_of_the_time_limits_is_what_the_entries_alone_say(played: Played) -> None:
    """Case by case, at any instant: the command line replays, the window reads."""
    for text in ("2024-06-13T00:00:00Z", "2024-09-17T00:00:00Z", "2025-06-01T00:00:00Z"):
        at = instant_of(text)
        for complaint in played.complaints.values():
            told = clocks.of_case(played.house.views, complaint, at).answer.deadlines
            assert told == clocks.replayed(played.house.store, StreamId(complaint), at)


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


def test_k3_is_one_hand_over_that_names_the_set(played: Played) -> None:
    """Manifest and referrals stand in one command's entries; each file lies in its own case."""
    told = played.handed_over()
    assert (told["sender"], told["to"], told["count"]) == (played.offices.kasn, played.offices.bkn, FILES)
    assert (told["sender_ended_on"], told["offered_on"]) == ("2024-08-24", "2024-09-17")
    assert len({each["complaint"] for each in told["files"]}) == FILES
    for each in told["files"]:
        first, second = played.auditor.get(f"/v1/cases/{each['complaint']}").json()["referrals"]
        assert (first["to"], first["standing"], first["handover"]) == (played.offices.kasn, "accepted", None)
        assert (second["sender"], second["handover"]) == (played.offices.kasn, played.handover)


def test_k3_every_file_ends_accepted_or_returned(played: Played) -> None:
    """What is returned lies on Bawaslu's desk again, and nothing of the set at KASN, which is no more."""
    told = played.handed_over()
    back = k3.returned_of(FILES)
    assert told["became"] | {"accepted": 0, "returned": 0} == dict.fromkeys(told["became"], 0)
    assert (told["became"]["accepted"], told["became"]["returned"], told["open"]) == (FILES - back, back, 0)
    holders = Counter((each["standing"], each["holder"]) for each in told["files"])
    assert holders == {("accepted", played.offices.bkn): FILES - back, ("returned", played.offices.bawaslu_jambi): back}
    files = {each["complaint"] for each in told["files"]}
    assert not files & {each["complaint"] for each in played.desk(played.offices.kasn)}
    assert len(files & {each["complaint"] for each in played.desk(played.offices.bawaslu_jambi)}) == back


def test_k3_each_side_counted_and_they_agree(played: Played) -> None:
    """BKN stands on both sides: for KASN, which it followed, and for itself."""
    told = played.handed_over()
    assert told["agreed"]
    assert [(each["side"], each["count"], each["agrees"]) for each in told["tallies"]] == [
        ("giving", FILES, True),
        ("taking", FILES, True),
    ]


def test_k3_the_receipt_of_the_manifest_proves_the_set(played: Played) -> None:
    """From the entry's own bytes: its leaf, its items, and the digest that both sides counted."""
    told = played.handed_over()
    entry = played.auditor.get(f"/v1/trail/entries/{told['position']}").content
    body = json.loads(entry.partition(b"\n\n")[2])
    assert {(each["complaint"], each["allegation"]) for each in body["fact"]["items"]} == {
        (each["complaint"], each["allegation"]) for each in told["files"]
    }
    items = json.dumps(body["fact"]["items"], sort_keys=True, separators=(",", ":")).encode()
    assert hashlib.sha256(items).hexdigest() == told["digest"] == body["fact"]["digest"]
    receipt = played.auditor.get(f"/v1/receipts/{told['position']}").text
    assert hashlib.sha256(b"\x00" + entry).hexdigest() in receipt
    assert "SEALED" in receipt or "DISEGEL" in receipt


def test_k3_what_was_never_handed_over_stands_out(played: Played) -> None:
    """Nine files of other chronicles lie at KASN still: BKN may act on them, and nobody has moved them."""
    (kasn,) = played.auditor.get("/v1/offices/ended").json()["offices"]
    assert (kasn["office"], kasn["ended_on"], kasn["competent"]) == (
        played.offices.kasn,
        "2024-08-24",
        played.offices.bkn,
    )
    assert (kasn["never_handed_over"], kasn["under_way"]) == (len(played.desk(played.offices.kasn)), 0)
    (passed,) = kasn["handovers"]
    assert (passed["handover"], passed["days_after_end"], passed["open"]) == (played.handover, 24, 0)
    assert {each["ended_on"] for each in played.desk(played.offices.kasn)} == {"2024-08-24"}


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
    own = [each for each in bkn if each["at"] == played.offices.bkn]
    assert [each for each in bkn if each not in own] == kasn
    assert len(own) == 1 + FILES - k3.returned_of(FILES)
    assert [each["since"] for each in bkn] == sorted(each["since"] for each in bkn)
    assert played.desk(played.offices.bawaslu_sungai_penuh) == []


def test_the_timeline_tells_each_case_in_both_languages(played: Played) -> None:
    """Every fact has a sentence in Indonesian and one in English, without braces left in them."""
    for name in played.complaints:
        for each in played.timeline(name):
            assert each["told"]["id"] != each["told"]["en"]
            assert "{" not in each["told"]["id"] + each["told"]["en"]
