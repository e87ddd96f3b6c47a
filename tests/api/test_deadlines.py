"""Time limits over HTTP: how they stand now and stood then, with their law; on the desk, and in the list of all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from api.chronicles import register
from api.chronicles.play import instant
from api.commands.rules import explain
from api.explaining import line_in
from api.wiring import House, create_house
from ledger.clock import SimulatedClock
from ledger.errors import Invalid, Missing
from ledger.itself.facts import ClockKind
from ledger.speech import Language
from tests.api import k4
from tests.api.window import Desk, Town
from tests.auditor import audit

LATER = "2024-12-01T00:00:00Z"


@dataclass(frozen=True)
class Lawful:
    """A town that adopted the law and where K4 was told."""

    town: Town
    complaint: str

    def deadlines(self, **query: str) -> list[dict[str, Any]]:
        answer = self.auditor.get(f"/v1/cases/{self.complaint}/deadlines", **query).json()
        found: list[dict[str, Any]] = answer["deadlines"]
        return found

    @property
    def auditor(self) -> Desk:
        return self.town["examiner"]


@pytest.fixture(scope="module")
def lawful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lawful]:
    """K4 over HTTP, in a ledger with the shipped law."""
    clock = SimulatedClock(instant("2024-05-02T01:00:00"))
    house: House = create_house(
        tmp_path_factory.mktemp("lawful") / "ledger",
        domain="test.invalid",
        kind=ClockKind.SIMULATED,
        operator=register.OPERATOR,
        clock=clock,
    )
    try:
        register.adopt_law(house.registrar, house.stream)
        town = k4.opened(house, clock)
        yield Lawful(town, k4.play(town))
        audit(house)
    finally:
        house.close()


def test_each_limit_says_its_rule_its_law_its_arithmetic_and_how_it_stands(lawful: Lawful) -> None:
    """Everything that a reader needs to reckon it again, and whether it was ever read in its source."""
    report = next(each for each in lawful.deadlines(at=LATER) if each["rule"] == "pk.report")
    assert report["basis"] == "UU 1/2015 jo. UU 10/2016, Pasal 134 ayat (4)"
    assert report["verified"] is False
    assert report["note"]["en"].startswith("The limit of 7 days was read")
    assert report["state"] == "met"
    assert report["settled_by"] == report["started_by"] == 1
    assert report["trace"][0] == f"{report['starts']} start, not counted"
    assert report["trace"][-1].startswith(report["due_at"])
    assert "NOT VERIFIED" in report["told"]["en"]
    assert "BELUM DIPERIKSA" in report["told"]["id"]


def test_what_is_asked_for_another_instant_is_answered_as_it_stood_then(lawful: Lawful) -> None:
    """The handling ran, and was met; before the case there was nothing."""
    handling = {
        at: [each for each in lawful.deadlines(at=at) if each["rule"] == "pk.handle"]
        for at in ("2024-06-11T12:00:00Z", "2024-06-13T00:00:00Z", LATER)
    }
    assert [[each["state"] for each in found] for found in handling.values()] == [[], ["running"], ["met"]]


def test_without_an_instant_it_is_as_it_stands_now(lawful: Lawful) -> None:
    """The ledger's own clock says when that is."""
    now = lawful.town.window.house.clock().isoformat().replace("+00:00", "Z")
    assert lawful.deadlines() == lawful.deadlines(at=now)


def test_an_instant_that_no_calendar_has_is_refused_with_what_would_be_right(lawful: Lawful) -> None:
    """In the form of an instant, and still none."""
    for wrong in ("2024-02-30T00:00:00Z", "2024-06-14", "now"):
        answer = lawful.auditor.get(f"/v1/cases/{lawful.complaint}/deadlines", at=wrong)
        assert answer.status_code == 422
        assert "at" in answer.text


def test_an_unknown_case_has_no_limits(lawful: Lawful) -> None:
    """Missing, and not an empty list."""
    assert lawful.auditor.get(f"/v1/cases/complaint-{'0' * 32}/deadlines").status_code == 404


def test_the_list_of_all_shows_what_nobody_did(lawful: Lawful) -> None:
    """By state, rule and office; the earliest due first."""

    def listed(**query: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = lawful.auditor.get("/v1/deadlines", **query).json()["deadlines"]
        return found

    everything = listed(at=LATER)
    assert [each["due_at"] for each in everything] == sorted(each["due_at"] for each in everything)
    assert {each["rule"] for each in listed(at=LATER, rule="pk.handle")} == {"pk.handle"}
    assert [each["rule"] for each in listed(at="2024-06-13T00:00:00Z", state="running")] == ["pk.handle"]
    assert listed(at=LATER, state="overdue") == []
    assert len(listed(at=LATER, limit=1)) == 1


def test_a_desk_shows_the_limits_that_run_or_were_missed(lawful: Lawful) -> None:
    """Those that were met are off it."""
    office = lawful.deadlines(at=LATER)[0]["office"]
    desk = lawful.auditor.get(f"/v1/offices/{office}/desk").json()
    assert {each["state"] for each in desk["deadlines"]} <= {"running", "overdue"}


def test_the_view_is_rebuilt_as_it_was(lawful: Lawful) -> None:
    """It reads the rulebook by the digest that each limit names, so it costs nothing but time."""
    house = lawful.town.window.house
    assert house.views.root("deadlines") == house.follower.rebuild("deadlines")


def test_a_deadline_stands_directly_after_its_starter_in_the_same_command(lawful: Lawful) -> None:
    """And the timeline tells it in both languages."""
    timeline = lawful.auditor.get(f"/v1/cases/{lawful.complaint}/timeline").json()["timeline"]
    started = [each for each in timeline if each["topic"] == "complaint.deadline_started.v1"]
    assert started
    for each in started:
        between = timeline[each["fact"]["started_by"] : each["version"] - 1]
        assert all(one["topic"] == each["topic"] for one in between)
        assert each["fact"]["rule"] in each["told"]["id"]


@pytest.mark.parametrize(("language", "said"), [("id", "dipenuhi tepat waktu"), ("en", "met in time")])
def test_the_command_line_explains_each_clock_in_sentences(
    lawful: Lawful, language: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Read from the entries alone: the rule, its legal basis, the arithmetic, and how it stands."""
    folder = lawful.town.window.house.folder
    explain(lawful.complaint, folder=folder, at=LATER, language=Language(language))
    told = capsys.readouterr().out
    assert told.count(said) == 3
    assert "UU 1/2015 jo. UU 10/2016, Pasal 134 ayat (5)" in told
    assert {"id": "mulai, tidak dihitung", "en": "start, not counted"}[language] in told
    assert {"id": "BELUM DIPERIKSA", "en": "NOT VERIFIED"}[language] in told


def test_a_program_gets_what_the_window_answers(lawful: Lawful, capsys: pytest.CaptureFixture[str]) -> None:
    """The same members in the same order."""
    explain(lawful.complaint, folder=lawful.town.window.house.folder, at=LATER, as_json=True)
    assert json.loads(capsys.readouterr().out) == lawful.deadlines(at=LATER)


def test_what_is_no_case_is_refused_with_what_one_looks_like(lawful: Lawful) -> None:
    """By its form, and by not being there."""
    folder = lawful.town.window.house.folder
    with pytest.raises(Invalid, match="is no case such as"):
        explain("K4", folder=folder)
    with pytest.raises(Missing, match="is known at position"):
        explain(f"complaint-{'0' * 32}", folder=folder)


def test_the_arithmetic_is_read_in_indonesian_by_its_form() -> None:
    """A line of no known form is shown as it was recorded."""
    assert line_in("2024-06-15 skipped: saturday", Language.ID) == "2024-06-15 dilewati: Sabtu"
    assert line_in("2024-06-17 skipped: national_holiday (Idul Adha)", Language.ID).endswith(
        "libur nasional (Idul Adha)"
    )
    assert line_in("something else", Language.ID) == line_in("something else", Language.EN) == "something else"
