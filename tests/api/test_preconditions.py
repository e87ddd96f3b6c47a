"""ETag and If-Match: who decides on what was read says which version that was, and is told when it was overtaken."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api import k4
from tests.api.conftest import Told
from tests.api.window import Town

DECIDING = ["review", "plenary", "referral 1"]


@pytest.mark.parametrize("name", DECIDING)
def test_a_decision_names_the_version_that_it_was_made_on(town: Town, name: str) -> None:
    """428, and the same request with the ETag that was read is recorded."""
    complaint = k4.play(town, before=name)
    asked = k4.asked_as(town, name)
    town.now(asked.at)
    missing = town[asked.who].post(f"/v1/complaints/{complaint}{asked.path}", asked.body)
    assert (missing.status_code, missing.json()["type"]) == (428, "urn:netral:problem:precondition-missing")
    assert k4.send(town, asked, complaint).status_code == 201


def test_a_decision_on_a_case_that_has_moved_meanwhile_is_refused(town: Town) -> None:
    """412 with the version that was seen and the one that touched what is decided."""
    complaint = k4.play(town, before="allegation")
    seen = town.version(complaint)
    k4.send(town, k4.asked_as(town, "allegation"), complaint)
    review = k4.asked_as(town, "review")
    stale = k4.send(town, review, complaint, seen=seen)
    assert (stale.status_code, stale.json()["seen"], stale.json()["now"]) == (412, 2, 3)
    assert k4.send(town, review, complaint).status_code == 201


def test_a_notice_that_changes_nothing_overtakes_nobody(town: Town) -> None:
    """The status notice came after the version that was read, and touches no allegation."""
    complaint = k4.play(town, after="plenary")
    seen = town.version(complaint)
    k4.send(town, k4.asked_as(town, "notice"), complaint)
    assert k4.send(town, k4.asked_as(town, "referral 1"), complaint, seen=seen).status_code == 201


def two_allegations_decided(town: Town) -> str:
    """A complaint against two officials, both allegations established."""
    complaint = k4.play(town, after="allegation")
    path = f"/v1/complaints/{complaint}"
    named = k4.asked_as(town, "respondent").body | {"nip": "198001012005011002", "name": "Tono Terlapor"}
    assert town["intake"].post(f"{path}/respondents", named).status_code == 201
    alleged = k4.asked_as(town, "allegation").body | {"respondent": "r2"}
    assert town["intake"].post(f"{path}/allegations", alleged).status_code == 201
    for name in ("review", "registration", "hearing", "heard"):
        assert k4.send(town, k4.asked_as(town, name), complaint).status_code == 201
    plenary = k4.asked_as(town, "plenary")
    town.now(plenary.at)
    ballots = [plenary.body["ballots"][0] | {"allegation": number} for number in (1, 2)]
    decided = town["plenary"].post(
        f"{path}/plenaries", plenary.body | {"ballots": ballots}, seen=town.version(complaint)
    )
    assert len(decided.json()["entries"]) == 3
    return complaint


def referral(town: Town, allegation: int) -> dict[str, Any]:
    return k4.asked_as(town, "referral 1").body | {"allegation": allegation}


def test_two_offices_at_work_on_two_allegations_do_not_disturb_each_other(town: Town) -> None:
    """A later fact out of scope is no reason to read again; one in scope is."""
    complaint = two_allegations_decided(town)
    path, seen = f"/v1/complaints/{complaint}/referrals", town.version(complaint)
    town.now("2024-06-18T03:00:00")
    assert town["examiner"].post(path, referral(town, 1), seen=seen).status_code == 201
    assert town["examiner"].post(path, referral(town, 2), seen=seen).status_code == 201
    again = town["examiner"].post(path, referral(town, 2), seen=seen)
    assert again.status_code == 412


def test_a_version_that_nobody_can_have_seen_is_refused(told: Told) -> None:
    """Beyond the end of the stream."""
    offer = k4.asked_as(told.town, "referral 1")
    path = f"/v1/complaints/{told.complaint}{offer.path}"
    assert told["examiner"].post(path, offer.body, seen=999).status_code == 412


@pytest.mark.parametrize(
    "seen", ['W/"5"', "5", '"05"', '"0"', '"-1"', '"5", "6"', "*", '"a"', '""', '"' + "9" * 17 + '"']
)
def test_an_etag_that_is_none_of_ours_is_refused(told: Told, seen: str) -> None:
    """Weak, listed, starred or garbled: one strong version in quotes is the only spelling."""
    offer = k4.asked_as(told.town, "referral 1")
    refused = told["examiner"].post(f"/v1/complaints/{told.complaint}{offer.path}", offer.body, seen=seen)
    assert (refused.status_code, refused.json()["member"]) == (422, "If-Match")


def test_elsewhere_if_match_is_optional_and_heeded(town: Town) -> None:
    """Registration needs none; given a stale one, it is refused all the same."""
    complaint = k4.play(town, after="review")
    registration = k4.asked_as(town, "registration")
    assert k4.send(town, registration, complaint, seen=3).status_code == 412
    assert k4.send(town, registration, complaint).status_code == 201


def test_the_etag_of_a_command_is_that_of_the_case_after_it(town: Town) -> None:
    """A client that has just recorded something may decide on its own receipt."""
    complaint = k4.play(town, before="allegation")
    alleged = k4.send(town, k4.asked_as(town, "allegation"), complaint)
    assert alleged.headers["ETag"] == town.version(complaint) == '"3"'
    assert k4.send(town, k4.asked_as(town, "review"), complaint, seen=alleged.headers["ETag"]).status_code == 201
