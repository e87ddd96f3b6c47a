"""The register of elections over HTTP, and what its stages make of an act: ethics before the pairs, then discipline."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.values import Role
from tests.api import k4
from tests.api.lawful import adopt_the_law, desk, fix_pairs, posted, refused, schedule
from tests.api.window import Town

PHOTO = {"respondent": "r1", "category": "undetermined", "kinds": ["n05", "n11"]}


def alleged(town: Town, kinds: list[str] | None = None, class_: str = "asn") -> str:
    """A report of an act of 8 June, registered, about kinds that the annex knows."""
    complaint = k4.play(town, after="filing")
    named = k4.asked_as(town, "respondent")
    town.now(named.at)
    posted(town["intake"].post(f"/v1/complaints/{complaint}/respondents", {**named.body, "class": class_}))
    body = {"act": {"on": "2024-06-11"}, **PHOTO, **({} if kinds is None else {"kinds": kinds})}
    posted(town["intake"].post(f"/v1/complaints/{complaint}/allegations", body))
    for name in ("review", "registration"):
        posted(k4.send(town, k4.asked_as(town, name), complaint))
    town.window.settle()
    return complaint


def allegation(town: Town, complaint: str, **params: Any) -> dict[str, Any]:
    town.window.settle()
    answer = town["examiner"].get(f"/v1/cases/{complaint}", **params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["allegations"][0]
    return found


def set_phase(town: Town, complaint: str, phase: str, day: str = "2024-06-12") -> Any:
    path = f"/v1/complaints/{complaint}/allegations/1/phase"
    return town["examiner"].post(path, {"act": {"on": day}, "phase": phase})


def test_the_register_tells_stages_pairs_and_revotes_of_an_election(town: Town) -> None:
    """As the registry recorded them, the last word of each."""
    town.now("2025-03-01T03:00:00")
    election = town.offices.election_jambi
    posted(schedule(town, "campaign", "2024-09-24", "2024-11-23"))
    posted(schedule(town, "campaign", "2024-09-25", "2024-11-23"))
    posted(schedule(town, "pair_fixing", "2024-09-22", "2024-09-22"))
    posted(fix_pairs(town, "2024-09-22"))
    revote = {
        "act": {"on": "2025-02-25"},
        "regions": ["15.71"],
        "on": "2025-02-24",
        "ordered_by": "constitutional_court",
        "basis": "Putusan Contoh",
        "deadline": "2025-04-05",
        "border": ["15.05"],
    }
    receipt = posted(town["registry"].post(f"/v1/elections/{election}/revotes", revote))
    town.window.settle()
    listed = town["intake"].get("/v1/elections").json()["elections"]
    (found,) = [each for each in listed if each["election"] == election]
    assert found["stages"] == [
        {"stage": "pair_fixing", "from": "2024-09-22", "until": "2024-09-22"},
        {"stage": "campaign", "from": "2024-09-25", "until": "2024-11-23"},
    ]
    assert found["pairs"] == [{"region": "15.71", "on": "2024-09-22"}]
    told = {name: held for name, held in revote.items() if name != "act"}
    assert found["revotes"] == [{"election": election, "version": receipt["entries"][0]["version"], **told}]


@pytest.mark.parametrize("path", ["stages", "pairs", "revotes"])
def test_the_examples_of_the_register_are_recorded(town: Town, path: str) -> None:
    """Whoever tries one begins from what works."""
    document = town.window.app.openapi()
    body = document["paths"][f"/v1/elections/{{election}}/{path}"]["post"]["requestBody"]
    name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    (example,) = document["components"]["schemas"][name]["examples"]
    town.now("2025-03-01T03:00:00")
    posted(town["registry"].post(f"/v1/elections/{town.offices.election_jambi}/{path}", example))


def test_attack_an_office_moves_the_day_of_the_pairs(town: Town) -> None:
    """It would turn discipline into ethics: the registry alone records it."""
    town.now("2024-09-23T03:00:00")
    body = {"act": {"on": "2024-09-23"}, "region": "15.71", "on": "2024-09-22"}
    for who in ("examiner", "plenary", "kasn"):
        answer = town[who].post(f"/v1/elections/{town.offices.election_jambi}/pairs", body)
        assert answer.status_code in (403, 409)


def test_an_act_before_the_pairs_is_ethics_and_the_reading_says_by_which_law_and_that_it_is_unverified(
    town: Town,
) -> None:
    """From the schedule, on 12 June: nobody had fixed a pair, and none could be before 22 September."""
    adopt_the_law(town)
    posted(schedule(town, "pair_fixing", "2024-09-22", "2024-09-22"))
    found = allegation(town, alleged(town))
    assert (found["phase"], found["phase_by"], found["phase_judged"]) == ("before_pairs", "schedule", "before_pairs")
    photo, facilities = found["readings"]
    assert (photo["kind"], photo["reading"], photo["classes"]) == ("n05", "ethics", ["moral"])
    assert photo["basis"] == "SKB lima lembaga 2/2022, Lampiran II"
    assert photo["verified"] is False
    assert photo["note"]["id"]
    assert photo["crime"] is None
    assert (facilities["reading"], facilities["classes"]) == (None, [])
    assert facilities["crime"] == {
        "article": "UU 10/2016 Pasal 71 dan Pasal 188",
        "subject": True,
        "basis": "UU 1/2015 jo. UU 10/2016, Pasal 71 dan Pasal 188",
        "verified": False,
    }


def test_the_same_act_is_discipline_where_the_pairs_were_fixed_before_it(town: Town) -> None:
    """In a region whose pairs were fixed on 1 June, an act of 8 June is towards candidates."""
    adopt_the_law(town)
    town.now("2024-06-02T03:00:00")
    posted(fix_pairs(town, "2024-06-01"))
    found = allegation(town, alleged(town))
    assert (found["phase"], found["phase_by"]) == ("after_pairs", "pairs")
    assert [(each["reading"], each["classes"]) for each in found["readings"]] == [("discipline", ["heavy"])] * 2


def test_without_a_recorded_stage_the_phase_is_undetermined_until_it_is_set(town: Town) -> None:
    """Nothing is guessed from a constant; and the kinds are shown with no reading."""
    adopt_the_law(town)
    complaint = alleged(town)
    found = allegation(town, complaint)
    assert (found["phase"], found["phase_by"], found["phase_judged"]) == (None, None, None)
    assert [each["reading"] for each in found["readings"]] == [None, None]
    posted(set_phase(town, complaint, "before_pairs"))
    found = allegation(town, complaint)
    assert (found["phase"], found["phase_by"], found["phase_judged"]) == ("before_pairs", "set", None)
    assert found["readings"][0]["reading"] == "ethics"


def test_a_phase_against_the_recorded_day_is_refused_in_both_languages(town: Town) -> None:
    """The refusal names the day, and what would be allowed."""
    town.now("2024-06-02T03:00:00")
    posted(fix_pairs(town, "2024-06-01"))
    complaint = alleged(town)
    problem = refused(set_phase(town, complaint, "before_pairs"), "phase.pairs")
    assert "2024-06-01" in problem["detail"]
    path = f"/v1/complaints/{complaint}/allegations/1/phase"
    body = {"act": {"on": "2024-06-12"}, "phase": "before_pairs"}
    answer = town.window.ask("POST", path, body, token=town["examiner"].token, headers={"Accept-Language": "id"})
    assert "ditetapkan pada 2024-06-01" in answer.json()["detail"]


def test_a_day_that_is_recorded_later_than_a_phase_was_set_leaves_both_to_be_seen(town: Town) -> None:
    """What an office set stands, and what the register says now stands beside it."""
    complaint = alleged(town)
    posted(set_phase(town, complaint, "before_pairs"))
    town.now("2024-06-13T03:00:00")
    posted(fix_pairs(town, "2024-06-01"))
    found = allegation(town, complaint)
    assert (found["phase"], found["phase_by"], found["phase_judged"]) == ("before_pairs", "set", "after_pairs")


@pytest.mark.parametrize(("class_", "subject"), [("tni", False), ("polri", False), ("asn", True)])
def test_a_case_that_was_open_when_the_court_extended_the_crime_keeps_the_law_of_its_act(
    town: Town, class_: str, subject: bool
) -> None:
    """MK 136/2024, of 14 November: an act of June stays no crime of a soldier's, before the decision and after it."""
    adopt_the_law(town)
    complaint = alleged(town, ["n11"], class_)
    for at in ("2024-11-13T03:00:00", "2024-11-14T03:00:00", "2024-12-01T03:00:00"):
        town.now(at)
        crime = allegation(town, complaint)["readings"][0]["crime"]
        assert crime["subject"] is subject


def test_a_law_that_is_adopted_later_does_not_change_what_a_case_said_before(town: Town) -> None:
    """As of a position the law is that of the position; asked today, that of today."""
    complaint = alleged(town)
    before = town.window.house.store.size() - 1
    adopt_the_law(town)
    assert allegation(town, complaint, as_of=str(before))["readings"] == []
    assert len(allegation(town, complaint)["readings"]) == 2


def test_the_phase_is_the_owners_to_set(town: Town) -> None:
    """Not the province's, and not by its intake."""
    complaint = alleged(town)
    for office, role in ((town.offices.bawaslu_province, Role.EXAMINER), (town.offices.bawaslu_jambi, Role.INTAKE)):
        path = f"/v1/complaints/{complaint}/allegations/1/phase"
        body = {"act": {"on": "2024-06-12"}, "phase": "before_pairs"}
        refused(desk(town, office, role).post(path, body), "party")
