"""The chronicles over HTTP only, each actor with a token of their own office, and what must be true afterwards."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import pytest

from api import clocks
from api.chronicles import k2, k3, k10, k11, register, together
from api.chronicles.places import Places, record_places
from api.chronicles.play import Happened, instant, play
from api.chronicles.register import Register
from api.wiring import House, create_house
from ledger.clock import SimulatedClock
from ledger.complaint.facts import DeadlineStarted
from ledger.election.facts import Regime
from ledger.itself.facts import ClockKind
from ledger.rulebook.law import Trigger
from ledger.rulefiles import shipped_law
from ledger.shape import instant_of
from ledger.values import Actor, Role, Staff, StreamId, TopicName, day_of
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
    places: Places
    complaints: Mapping[str, StreamId]
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

    def figures(self, name: str, **population: str) -> dict[str, int]:
        """One figure's counts by what their keys say."""
        answer = self.auditor.get("/v1/figures", **population).json()
        (figure,) = [each for each in answer["figures"] if each["figure"] == name]
        return {" ".join(each["key"].values()): each["count"] for each in figure["counts"]}

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
        places, _ = record_places(offices, submit)
        all_of_them = together.chronicles(offices, places, FILES)
        streams = dict(zip(all_of_them, play(list(all_of_them.values()), submit, told.append), strict=True))
        window.settle()
        auditor = Desk(window, Actor(house.stream, Role.AUDITOR, Staff("auditor.test", "Auditor Contoh")))
        refused = [each for each in told if each.refusal is not None]
        cases = {name: streams[name] for name in together.CASES}
        yield Played(house, auditor, offices, places, cases, streams["K3"], refused)
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


def test_no_fact_that_starts_a_clock_stands_without_it_in_the_same_command(played: Played) -> None:
    """For every rule whose starter needs no further guard: the clocks stand directly after it, at the same instant."""
    seen = set()
    law = list(shipped_law().rulebook().placed())
    elections = {each["election"]: each["regime"] for each in played.auditor.get("/v1/elections").json()["elections"]}
    streams = {each.stream for each in played.house.store.read_from(0, played.house.store.size())}
    for stream in sorted(each for each in streams if each.startswith("complaint-")):
        history = played.house.store.history(stream)
        regime = Regime(elections[history[0].fact.election])
        for index, recorded in enumerate(history):
            after = list(takewhile(lambda each: isinstance(each.fact, DeadlineStarted), history[index + 1 :]))
            for placed in law:
                rule = placed.rule
                plainly = Trigger(TopicName(recorded.topic)) in rule.started_by
                if plainly and rule.holds_on(day_of(recorded.act)) and rule.regime.holds_in(regime):
                    started = [each for each in after if each.fact.rule == rule.id]
                    assert started, f"{rule.id} did not start with {recorded.topic} of {stream}"
                    assert {each.at for each in started} == {recorded.at}
                    seen.add(rule.id)
    assert {"pk.report", "pk.kajian_awal", "pk.handle", "pm.handle", "pk.finding", "pm.finding"} <= seen


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
    before_k11 = [each for each in own if each["since"] < "2024-10-01"]
    assert len(before_k11) == 1 + FILES - k3.returned_of(FILES)
    assert [each["since"] for each in bkn] == sorted(each["since"] for each in bkn)
    assert played.desk(played.offices.bawaslu_sungai_penuh) == []


def test_the_timeline_tells_each_case_in_both_languages(played: Played) -> None:
    """Every fact has a sentence in Indonesian and one in English, without braces left in them."""
    for name in played.complaints:
        for each in played.timeline(name):
            assert each["told"]["id"] != each["told"]["en"]
            assert "{" not in each["told"]["id"] + each["told"]["en"]


def test_k6_kpus_silence_shows_the_day_after_its_seven_days(played: Played) -> None:
    """From receipt on 28 October, in Papua's time; nobody recorded anything after it."""
    assert played.timeline("K6")[-1]["topic"] == "complaint.deadline_started.v1"
    before, after = "2024-11-04T14:59:59Z", "2024-11-04T15:00:00Z"
    assert played.deadlines("K6", before)["kpu.admin_followup"] == ["running"]
    assert played.deadlines("K6", after)["kpu.admin_followup"] == ["overdue"]
    kpu = played.auditor.get(f"/v1/offices/{played.places.kpu_papua_barat_daya}/desk").json()
    assert [each["rule"] for each in kpu["deadlines"]] == ["kpu.admin_followup"]


def test_k7_counts_working_days_because_it_is_pemilu(played: Played) -> None:
    """Seven working days from 7 February 2024 are over with the 21st: two weekends and four days off lie between."""
    answer = played.auditor.get(f"/v1/cases/{played.complaints['K7']}/deadlines", at="2024-03-15T00:00:00Z").json()
    handling = next(each for each in answer["deadlines"] if each["rule"] == "pm.handle")
    assert (handling["state"], handling["due_at"]) == ("met", "2024-02-21T17:00:00Z")
    assert any("polling_day" in line for line in handling["trace"])
    assert not any(each["rule"].startswith("pk.") for each in answer["deadlines"])
    said = [each["outcomes"][0]["outcome"] for each in played.case("K7")["allegations"]]
    assert said == ["dismissed"] * 5


def test_k8_a_sanction_of_the_older_generation_is_recorded_with_its_basis_in_its_own_class(played: Played) -> None:
    """PP 53/2010, still imposed in January 2025: recordable, marked with the regulation, counted as what it is."""
    (sanction,) = [each for each in played.timeline("K8") if each["topic"] == "asn.sanctioned.v1"]
    assert (sanction["fact"]["basis"], sanction["fact"]["kind"]) == ("pp_53_2010", "pay_rise_delay")
    assert played.figures("sanctions", region="33.74") == {"medium pay_rise_delay": 1}


def test_k9_eighteen_remain_blocked_and_another_day_has_another_answer(played: Played) -> None:
    """As of 26 November 2020, and as of the 5th; both are asked today."""
    assert played.figures("asn_by_data", region="18.71", as_of="2020-11-26") == {"blocked": 18, "unblocked": 8}
    assert played.figures("asn_by_data", region="18.71", as_of="2020-11-05") == {"blocked": 26}


def test_k10_more_outcomes_than_registered_cases_is_no_contradiction(played: Played) -> None:
    """They belong to allegations. Each figure names its unit, population, time, position and rulebook."""
    answer = played.auditor.get("/v1/figures", region="36.02", **{"class": "village_head"}).json()
    assert answer["population"] == {"election": None, "region": "36.02", "class": "village_head"}
    assert answer["rulebook"]
    assert answer["as_of"]["position"] == played.house.store.size() - 1
    units = {each["figure"]: each["unit"] for each in answer["figures"]}
    assert (units["cases"], units["allegations_by_decision"]) == ("case", "allegation")
    few = k10.FEW
    cases = played.figures("cases", region="36.02")
    assert cases == {
        "finding registered": few.findings,
        "report registered": few.registered - few.findings,
        "report not_registered": few.refused,
        "report pending": few.pending,
    }
    decided = played.figures("allegations_by_decision", region="36.02")
    assert decided == {
        "violation crime": few.criminal,
        "violation other_law": few.other_law,
        "not_violation other_law": few.cleared,
    }
    assert sum(decided.values()) > few.registered


def test_k11_the_five_add_up_the_rejected_stand_apart_and_the_sanctioned_lie_inside(played: Played) -> None:
    """Sanctions are counted as sanctions, beside the files that wait for the authority."""
    few = k11.FEW
    assert played.figures("asn_by_status", region="32.05", as_of="2024-12-04") == {
        "awaiting_verification": few.awaiting_bkn,
        "awaiting_authority": few.awaiting_authority,
        "cannot_be_processed": few.unprocessable,
        "not_proven": few.not_proven,
        "cancelled": few.cancelled,
        "rejected": few.rejected,
    }
    assert played.figures("sanctions", region="32.05", as_of="2024-12-04") == {"medium allowance_cut": few.sanctioned}


def test_k12_the_page_of_bungo_shows_its_cases_beside_the_revote_and_its_neighbour_is_marked(played: Played) -> None:
    """The order of the Constitutional Court, and the region at whose border areas of it lie."""
    bungo = played.auditor.get("/v1/regions/15.08").json()
    assert [each["ordered_by"] for each in bungo["revotes"]] == ["constitutional_court"]
    tebo = played.auditor.get("/v1/regions/15.09").json()
    assert (tebo["revotes"], len(tebo["at_its_border"])) == ([], 1)
    assert played.figures("cases", region="15.08") == {"finding registered": 2}


def test_k1_the_act_lies_before_the_pairs_were_fixed_and_is_read_as_ethics(played: Played) -> None:
    """17 August lies before 22 September, by what the election recorded."""
    (allegation,) = played.case("K1")["allegations"]
    assert allegation["phase"] == "before_pairs"
    assert {each["reading"] for each in allegation["readings"]} == {"ethics"}
