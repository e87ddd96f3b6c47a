"""The steps of a track over HTTP: KASN recommends, the authority sanctions, and the case says where it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from api.chronicles import register
from ledger.adoption import adopt
from ledger.rulefiles import shipped_law
from ledger.values import Act, Role, Source
from tests.api import k4
from tests.api.lawful import authority, desk
from tests.api.window import Desk, Town


def test_a_case_tells_the_state_of_each_track_and_what_its_outcome_means(town: Town) -> None:
    """Recommended, received, sanctioned, settled: by state and words, with the outcome's category from the rulebook."""
    complaint = k4.play(town)
    house, kasn, office = town.window.house, town.offices.kasn, authority(town)
    by = register.by_registry(house.stream)
    adopt(house.registrar, shipped_law(), act=Act(house.stream, Source.OWN, on=date(2024, 7, 5)), by=by)
    there = f"/v1/complaints/{complaint}/allegations/1"

    def case() -> dict[str, Any]:
        town.window.settle()
        found: dict[str, Any] = town["examiner"].get(f"/v1/cases/{complaint}").json()["allegations"][0]
        return found

    def done(who: Desk, path: str, body: dict[str, Any], at: str, seen: str | None = None) -> dict[str, Any]:
        town.now(at)
        answer = who.post(path, body, seen=seen)
        assert answer.status_code == 201, answer.text
        return case()

    assert case()["on_track"] == {
        "state": "received",
        "told": {"id": "diterima instansi", "en": "received by the body"},
        "marks": [],
    }
    recommendation = {"act": {"on": "2024-07-10"}, "to": office, "class": "heavy", "letter_number": "R-1/KASN/2024"}
    seen = town.version(complaint)
    after = done(desk(town, kasn, Role.HOLDER), f"{there}/recommendation", recommendation, "2024-07-10T04:00:00", seen)
    assert (after["on_track"]["state"], after["standing"]) == ("recommended", "offered")
    arrival = {"act": {"at": "2024-07-15T03:00:00Z"}, "shown_by": "receiver"}
    after = done(
        desk(town, office, Role.INTAKE),
        f"/v1/complaints/{complaint}/referrals/3/receipt",
        arrival,
        "2024-07-15T04:00:00",
    )
    assert (after["on_track"]["state"], after["holder"]) == ("with_authority", office)
    blocked = {"act": {"on": "2024-08-01"}, "basis": "perpres_116_2022"}
    after = done(
        desk(town, town.offices.bkn, Role.SUPERVISOR), f"{there}/steps/asn.data_blocked", blocked, "2024-08-01T04:00:00"
    )
    assert after["on_track"]["marks"] == ["blocked"]
    sanction = {"act": {"on": "2024-08-12"}, "class": "medium", "kind": "pay_rise_delay", "basis": "pp_94_2021"}
    holder = desk(town, office, Role.HOLDER)
    after = done(holder, f"{there}/steps/asn.sanctioned", sanction | {"months": 12}, "2024-08-12T04:00:00")
    assert after["on_track"]["state"] == "sanctioned"
    outcome = {"act": {"on": "2024-08-13"}, "outcome": "sanctioned", "level": "first"}
    after = done(holder, f"{there}/outcomes", outcome, "2024-08-13T04:00:00")
    assert after["on_track"]["state"] == "closed"
    assert [(each["outcome"], each["category"]) for each in after["outcomes"]] == [("sanctioned", "against")]
    unknown = outcome | {"outcome": "archived_by_hand"}
    after = done(holder, f"{there}/outcomes", unknown, "2024-08-13T05:00:00")
    assert [each["category"] for each in after["outcomes"]] == ["against", None]
    timeline = town["examiner"].get(f"/v1/cases/{complaint}/timeline").json()["timeline"]
    (told,) = [each for each in timeline if each["topic"] == "asn.sanctioned.v1"]
    assert told["irregular"] == ["pp_94_2021"]


def test_a_step_that_cannot_be_is_refused_in_both_languages_with_what_could(town: Town) -> None:
    """The topics that may follow now stand in the problem."""
    complaint = k4.play(town)
    town.now("2024-07-10T04:00:00")
    path = f"/v1/complaints/{complaint}/allegations/1/steps/asn.data_unblocked"
    who = desk(town, town.offices.bkn, Role.SUPERVISOR)
    body = {"act": {"on": "2024-07-10"}, "basis": "perpres_116_2022"}
    for language, word in (("en", "suspension"), ("id", "blokir")):
        answer = who.post(path, body, headers={"Accept-Language": language})
        assert answer.status_code == 409
        assert word in answer.text
    wrong = f"/v1/complaints/{complaint}/allegations/1/steps/dkpp.hearing_held"
    answer = desk(town, town.offices.kasn, Role.HOLDER).post(wrong, {"act": {"on": "2024-07-10"}})
    assert (answer.status_code, "asn.recommended.v1" in answer.text) == (409, True)
