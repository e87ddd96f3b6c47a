"""The page of a region: its cases beside the revotes, for everybody, and with small counts for those who may know."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.figures import CountOut, FigureOut
from api.reading import ToldOut
from api.regions import SMALL, suppressed
from tests.api.lawful import fix_pairs, posted, schedule, several
from tests.api.window import Town


def ordered(town: Town) -> dict[str, Any]:
    """The Constitutional Court orders a revote in the city, with areas at the border of the regency around it."""
    town.now("2025-03-01T03:00:00")
    body = {
        "act": {"on": "2025-02-25"},
        "regions": ["15.71"],
        "on": "2025-02-24",
        "ordered_by": "constitutional_court",
        "basis": "Putusan Contoh",
        "deadline": "2025-04-05",
        "border": ["15.05"],
    }
    posted(town["registry"].post(f"/v1/elections/{town.offices.election_jambi}/revotes", body))
    return {name: held for name, held in body.items() if name != "act"}


def page(town: Town, region: str, token: str | None = None) -> dict[str, Any]:
    town.window.settle()
    answer = town.window.ask("GET", f"/v1/regions/{region}", token=token)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert answer.headers["Netral-Position"] == str(found["as_of"]["position"])
    return found


def counts(found: dict[str, Any], name: str) -> dict[str, int | None]:
    (figure,) = [each for each in found["figures"] if each["figure"] == name]
    return {" ".join(each["key"].values()): each["count"] for each in figure["counts"]}


def test_k12_a_regions_page_shows_its_cases_beside_the_order_and_its_neighbour_is_marked(town: Town) -> None:
    """Stages, pairs and revote of the election there; and at the border, the revote that touches it."""
    several(town, 3, after="registration")
    order = ordered(town)
    posted(schedule(town, "revote", "2025-03-20", "2025-04-05"))
    posted(fix_pairs(town, "2024-09-22"))
    here = page(town, "15.71")
    assert [order.items() <= each.items() for each in here["revotes"]] == [True]
    assert here["at_its_border"] == []
    (election,) = here["elections"]
    assert [each["stage"] for each in election["stages"]] == ["revote"]
    assert election["pairs"] == [{"region": "15.71", "on": "2024-09-22"}]
    assert counts(here, "cases") == {"report registered": 3}
    beside = page(town, "15.05")
    assert (beside["revotes"], beside["elections"]) == ([], [])
    assert [each["regions"] for each in beside["at_its_border"]] == [["15.71"]]
    assert all(each["total"] == 0 for each in beside["figures"])
    elsewhere = page(town, "16.71")
    assert (elsewhere["revotes"], elsewhere["at_its_border"]) == ([], [])


def test_attack_a_stranger_reads_a_count_of_one(town: Town) -> None:
    """In a regency with one such official, one is that person: neither the count nor the total is told."""
    several(town, 2, after="allegation")
    found = page(town, "15.71")
    assert found["suppressed_below"] == SMALL
    assert counts(found, "cases") == {"report pending": None}
    assert counts(found, "allegations_by_class") == {"asn": None}
    assert {each["total"] for each in found["figures"]} == {None}
    assert [each["figure"] for each in found["figures"]] == ["cases", "allegations_by_class"]


def test_an_office_sees_all_of_it(town: Town) -> None:
    """With a token nothing is left out."""
    several(town, 2, after="allegation")
    found = page(town, "15.71", town["intake"].token)
    assert found["suppressed_below"] is None
    assert counts(found, "cases") == {"report pending": 2}
    assert len(found["figures"]) > 5
    province = page(town, "15", town["intake"].token)
    assert counts(province, "cases") == {"report pending": 2}


def test_attack_a_stranger_subtracts_the_regencies_from_their_province(town: Town) -> None:
    """A province is the sum of its regencies: without a token it is not shown."""
    town.window.settle()
    answer = town.window.ask("GET", "/v1/regions/15")
    assert answer.status_code in (401, 403)
    assert "regenc" in answer.json()["detail"]


@pytest.mark.parametrize("region", ["1571", "15.7", "15.71.01", "JA", "15.71 "])
def test_a_region_that_is_none_is_a_problem(town: Town, region: str) -> None:
    """Kemendagri codes of provinces and regencies, and nothing deeper."""
    assert town.window.ask("GET", f"/v1/regions/{region}", token=town["intake"].token).status_code == 422


@given(st.lists(st.integers(1, 9), max_size=8))
def test_no_small_count_is_told_nor_what_is_left_when_all_others_are_subtracted(numbers: list[int]) -> None:
    """Either the whole figure is told, or some counts and no total."""
    figure = FigureOut(
        figure="x",
        unit="case",
        told=ToldOut(id="x", en="y"),
        by=["k"],
        counts=[CountOut(key={"k": str(index)}, count=number) for index, number in enumerate(numbers)],
        total=sum(numbers),
    )
    shown = suppressed(figure)
    told = [each.count for each in shown.counts]
    assert [number if number >= SMALL else None for number in numbers] == told
    assert shown.total == (None if None in told else sum(numbers))
