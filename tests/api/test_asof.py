"""Cases and figures as of another time: what the ledger knew at a position, what had happened by a day."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.values import Role
from tests.api import k4
from tests.api.conftest import Told
from tests.api.lawful import adopt_the_law, authority, cases_verified, desk, posted, recommended, several, step
from tests.api.window import Town


def counted(answer: dict[str, Any], name: str) -> dict[str, int]:
    """One figure of an answer, by what its keys say."""
    (figure,) = [each for each in answer["figures"] if each["figure"] == name]
    return {" ".join(each["key"].values()): each["count"] for each in figure["counts"]}


def figures(town: Town, **params: Any) -> dict[str, Any]:
    town.window.settle()
    answer = town["auditor"].get("/v1/figures", **params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert answer.headers["Netral-Position"] == str(found["as_of"]["position"])
    return found


def test_as_of_a_position_a_case_is_what_it_was_when_that_was_the_last(town: Town) -> None:
    """Every reading that was ever given can be given again."""
    complaint: str | None = None
    said: list[tuple[str, dict[str, Any]]] = []
    for asked in k4.chronicle(town.offices):
        receipt = posted(k4.send(town, asked, complaint))
        complaint = complaint or receipt["entries"][0]["stream"]
        town.window.settle()
        said.append((str(receipt["last"]), town["auditor"].get(f"/v1/cases/{complaint}").json()))
    for position, case in said:
        again = town["auditor"].get(f"/v1/cases/{complaint}", as_of=position)
        assert again.json() == case
        assert again.headers["Netral-Position"] == position
        listed = town["auditor"].get("/v1/cases", as_of=position).json()
        assert listed == {"as_of": {"day": None, "position": int(position)}, "cases": [case], "after": None}


def test_as_of_a_day_a_case_is_what_the_acts_by_then_made_of_it(told: Told) -> None:
    """K4: on 20 June it lay with KASN, on 27 June it had been returned, on 3 July the proof of delivery was not told
    yet and counts all the same: it was the act of that day.
    """
    path = f"/v1/cases/{told.complaint}"
    seen = {}
    for day in ("2024-06-20", "2024-06-27", "2024-07-03", "2024-07-05"):
        case = told["auditor"].get(path, as_of=day).json()
        assert case["as_of"] == {"day": day, "position": 25}
        (allegation,) = case["allegations"]
        seen[day] = (allegation["standing"], len(case["referrals"]))
    assert seen == {
        "2024-06-20": ("received", 1),
        "2024-06-27": ("returned", 1),
        "2024-07-03": ("received", 2),
        "2024-07-05": ("on_track", 2),
    }


def test_a_day_and_a_position_together_tell_what_was_known_then_of_that_day(told: Told) -> None:
    """The delivery of 3 July was recorded on the 4th, at position 24: at 23 nobody here knew of it."""
    path = f"/v1/cases/{told.complaint}"
    before, after = (told["auditor"].get(path, as_of=f"2024-07-03@{position}").json() for position in (23, 24))
    assert before["as_of"] == {"day": "2024-07-03", "position": 23}
    assert (before["allegations"][0]["standing"], after["allegations"][0]["standing"]) == ("offered", "received")


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        ("2024-06-10", 404),
        ("8", 404),
        ("26", 404),
        ("2024-06-20@26", 404),
        ("2024-02-31", 422),
        ("yesterday", 422),
        ("-1", 422),
        ("01", 422),
        ("2024-06-20@", 422),
        ("@7", 422),
        ("2024-6-20", 422),
        ("٢٠٢٤-٠٦-٢٠", 422),
    ],
)
def test_a_time_before_the_case_beyond_the_trail_or_of_no_calendar_is_a_problem(
    told: Told, as_of: str, status: int
) -> None:
    """Named as what it is; nothing else is guessed."""
    answer = told["auditor"].get(f"/v1/cases/{told.complaint}", as_of=as_of)
    assert answer.status_code == status, answer.text


def test_lists_of_the_past_are_filtered_by_what_was_true_then_and_come_page_by_page(town: Town) -> None:
    """A case that has moved on is found where it was."""
    complaints = several(town, 3)
    registered = town["auditor"].get("/v1/cases", as_of="2024-06-12", stage="registered", limit=2).json()
    rest = (
        town["auditor"]
        .get("/v1/cases", as_of="2024-06-12", stage="registered", limit=2, after=registered["after"])
        .json()
    )
    found = [each["complaint"] for each in (*registered["cases"], *rest["cases"])]
    assert (found, rest["after"]) == (sorted(complaints), None)
    assert town["auditor"].get("/v1/cases", as_of="2024-06-12", stage="decided").json()["cases"] == []
    for name, value, day, many in (
        ("holder", town.offices.kasn, "2024-07-05", 3),
        ("holder", town.offices.kasn, "2024-06-14", 0),
        ("track", "asn", "2024-06-18", 3),
        ("class", "tni", "2024-07-05", 0),
        ("region", "15", "2024-07-05", 3),
        ("region", "15.72", "2024-07-05", 0),
        ("owner", town.offices.bawaslu_jambi, "2024-06-11", 3),
        ("election", town.offices.election_sungai_penuh, "2024-07-05", 0),
    ):
        listed = town["auditor"].get("/v1/cases", as_of=day, **{name: value}).json()["cases"]
        assert len(listed) == many, (name, value, day)


def test_k9_blocked_and_unblocked_as_of_two_days_both_asked_today(town: Town) -> None:
    """The personnel authority does not follow up: BKN blocks, and later lifts some. Each day has its own answer."""
    complaints = cases_verified(town, 6)
    digest = adopt_the_law(town)
    bkn = desk(town, town.offices.bkn, Role.SUPERVISOR)
    town.now("2024-07-30T05:00:00")
    for complaint in complaints[:5]:
        posted(step(bkn, complaint, "asn.data_blocked", "2024-07-10", basis="perpres_116_2022"))
    for complaint in complaints[:2]:
        posted(step(bkn, complaint, "asn.data_unblocked", "2024-07-26", basis="peraturan_bkn_1_2023"))
    late = figures(town, as_of="2024-07-26")
    assert counted(late, "asn_by_data") == {"blocked": 3, "unblocked": 2}
    assert counted(figures(town, as_of="2024-07-15"), "asn_by_data") == {"blocked": 5}
    assert counted(figures(town, as_of="2024-07-09"), "asn_by_data") == {}
    assert counted(figures(town), "asn_by_data") == {"blocked": 3, "unblocked": 2}
    assert late["rulebook"] == digest
    assert late["as_of"] == {"day": "2024-07-26", "position": town.window.house.store.size() - 1}
    before_all_of_it = figures(town, as_of=f"2024-07-26@{late['as_of']['position'] - 2}")
    assert counted(before_all_of_it, "asn_by_data") == {"blocked": 5}


def test_every_figure_says_its_unit_and_adds_up(town: Town) -> None:
    """And nothing is summed across units."""
    cases_verified(town, 2)
    answer = figures(town)
    assert answer["population"] == {"election": None, "region": None, "class": None}
    units = {each["figure"]: each["unit"] for each in answer["figures"]}
    assert set(units.values()) == {"case", "respondent", "allegation", "outcome", "sanction"}
    for figure in answer["figures"]:
        assert figure["total"] == sum(each["count"] for each in figure["counts"])
        assert figure["told"]["id"] != figure["told"]["en"]
        assert all(set(each["key"]) <= set(figure["by"]) for each in figure["counts"])
    assert counted(answer, "cases") == {"report registered": 2}
    assert counted(answer, "allegations_by_decision") == {"violation other_law": 2}
    assert counted(answer, "allegations_by_standing") == {"asn on_track": 2}
    assert counted(answer, "asn_by_status") == {"awaiting_verification": 2}


def test_a_sanction_is_counted_by_its_class_until_it_is_annulled(town: Town) -> None:
    """K8: a delayed pay rise, of the older generation, stands in its own class; and as of an earlier day it stood."""
    first, second = cases_verified(town, 2)
    office = authority(town)
    holding = desk(town, office, Role.HOLDER)
    town.now("2024-08-20T05:00:00")
    for complaint in (first, second):
        recommended(town, complaint, office)
        posted(
            step(
                holding,
                complaint,
                "asn.sanctioned",
                "2024-07-20",
                **{"class": "medium", "kind": "pay_rise_delay", "basis": "pp_53_2010"},
            )
        )
    posted(step(holding, first, "asn.objected", "2024-08-01"))
    posted(step(holding, first, "asn.appeal_decided", "2024-08-10", result="annulled"))
    assert counted(figures(town, as_of="2024-08-09"), "sanctions") == {"medium pay_rise_delay": 2}
    assert counted(figures(town, as_of="2024-08-10"), "sanctions") == {"medium pay_rise_delay": 1}
    assert counted(figures(town, as_of="2024-07-19"), "sanctions") == {}
    assert counted(figures(town), "asn_by_status") == {"awaiting_authority": 2}


def test_figures_of_a_population_count_nothing_else(town: Town) -> None:
    """By region, election and class; a case counts for each class that is accused in it."""
    cases_verified(town, 2)
    for params, many in (
        ({"region": "15"}, 2),
        ({"region": "15.71"}, 2),
        ({"region": "15.72"}, 0),
        ({"election": town.offices.election_jambi}, 2),
        ({"election": town.offices.election_sungai_penuh}, 0),
        ({"class": "asn"}, 2),
        ({"class": "village_head"}, 0),
    ):
        answer = figures(town, **params)
        for figure in answer["figures"]:
            if figure["figure"] not in ("outcomes", "sanctions", "asn_by_data"):
                assert figure["total"] == many, (params, figure["figure"])


def test_figures_of_a_position_that_is_not_projected_yet_are_missing(town: Town) -> None:
    """The answer would be of another position than the one that it names."""
    complaint = k4.play(town, after="filing")
    posted(k4.send(town, k4.asked_as(town, "respondent"), complaint))
    last = town.window.house.store.size() - 1
    assert town["auditor"].get("/v1/figures", as_of=str(last)).status_code == 404
    town.window.settle()
    assert town["auditor"].get("/v1/figures", as_of=str(last)).status_code == 200
