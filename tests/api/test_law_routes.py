"""What the law lets be done to a case, over HTTP: joined, separated, delegated, taken over, recalled, dropped."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.values import Role
from tests.api import k4
from tests.api.lawful import desk, posted, refused, several
from tests.api.window import Desk, Town

JUNE = {"on": "2024-06-12"}


def case(town: Town, complaint: str) -> dict[str, Any]:
    town.window.settle()
    found: dict[str, Any] = town["auditor"].get(f"/v1/cases/{complaint}").json()
    return found


def timeline(town: Town, complaint: str) -> list[dict[str, Any]]:
    town.window.settle()
    lines: list[dict[str, Any]] = town["auditor"].get(f"/v1/cases/{complaint}/timeline").json()["timeline"]
    return lines


def registered(town: Town, many: int = 1) -> list[str]:
    complaints = several(town, many, after="registration")
    town.now("2024-06-12T05:00:00")
    return complaints


def above(town: Town, role: Role = Role.EXAMINER) -> Desk:
    return desk(town, town.offices.bawaslu_province, role)


def waiting(town: Town, office: str) -> list[str]:
    town.window.settle()
    desks: list[dict[str, Any]] = town["auditor"].get(f"/v1/offices/{office}/desk").json()["waiting"]
    return [each["complaint"] for each in desks]


def test_two_cases_are_joined_in_one_command_and_separated_again(town: Town) -> None:
    """Both streams say so, or neither; the joined one waits on nobody's desk, and comes back to its stage."""
    one, other = registered(town, 2)
    body = {"act": JUNE, "into": other, "text": "Perbuatan yang sama."}
    receipt = posted(town["examiner"].post(f"/v1/complaints/{one}/joining", body))
    assert [(each["stream"], each["topic"]) for each in receipt["entries"]] == [
        (one, "complaint.joined.v1"),
        (other, "complaint.admitted.v1"),
    ]
    assert (case(town, one)["stage"], case(town, one)["joined_into"]) == ("joined", other)
    assert waiting(town, town.offices.bawaslu_jambi) == [other]
    refused(k4.send(town, k4.asked_as(town, "plenary"), one), "stage")
    town.now("2024-06-14T09:00:00")
    posted(town["examiner"].post(f"/v1/complaints/{one}/separation", {"act": {"on": "2024-06-14"}}))
    assert (case(town, one)["stage"], case(town, one)["joined_into"]) == ("registered", None)
    assert sorted(waiting(town, town.offices.bawaslu_jambi)) == sorted([one, other])
    posted(town["examiner"].post(f"/v1/complaints/{one}/joining", {"act": {"on": "2024-06-14"}, "into": other}))


def test_a_case_is_joined_to_none_that_ended_or_went_into_another_one(town: Town) -> None:
    """Nothing is recorded in either stream then."""
    one, other, third = registered(town, 3)
    posted(town["examiner"].post(f"/v1/complaints/{other}/joining", {"act": JUNE, "into": third}))
    refused(town["examiner"].post(f"/v1/complaints/{one}/joining", {"act": JUNE, "into": other}), "stage")
    refused(town["examiner"].post(f"/v1/complaints/{one}/joining", {"act": JUNE, "into": one}), "joining.self")
    assert case(town, one)["stage"] == "registered"


def test_attack_another_office_joins_a_case_to_its_own(town: Town) -> None:
    """It would take it from its owner's desk without a trace of taking over."""
    one, other = registered(town, 2)
    answer = above(town).post(f"/v1/complaints/{one}/joining", {"act": JUNE, "into": other})
    refused(answer, "party")


def test_a_review_delegates_to_the_office_above_which_receives_and_reviews_again(town: Town) -> None:
    """The complaint keeps its stream; its new owner has a number of its own."""
    complaint = k4.play(town, after="allegation")
    review = k4.asked_as(town, "review")
    body = {
        **review.body,
        "result": "other_office",
        "delegation": {"to": town.offices.bawaslu_province, "letter_number": "030/PM/VI/2024"},
    }
    town.now(review.at)
    path = f"/v1/complaints/{complaint}"
    receipt = posted(town["examiner"].post(f"{path}/review", body, seen=town.version(complaint)))
    assert [each["topic"] for each in receipt["entries"]] == ["complaint.reviewed.v1", "complaint.delegated.v1"]
    found = case(town, complaint)
    assert (found["owner"], found["delegated_to"]) == (town.offices.bawaslu_jambi, town.offices.bawaslu_province)
    received = {"act": JUNE, "number": "011/LP/PG/Prov/05.00/VI/2024"}
    refused(town["intake"].post(f"{path}/delegation/receipt", received), "party")
    posted(above(town, Role.INTAKE).post(f"{path}/delegation/receipt", received))
    found = case(town, complaint)
    assert (found["owner"], found["delegated_to"], found["stage"]) == (town.offices.bawaslu_province, None, "received")
    refused(town["examiner"].post(f"{path}/review", review.body, seen=town.version(complaint)), "party")
    posted(above(town).post(f"{path}/review", review.body, seen=town.version(complaint)))
    searched = above(town).post("/v1/cases/search", {"number": "011/LP/PG/Prov/05.00/VI/2024"}).json()["cases"]
    assert [each["complaint"] for each in searched] == [complaint]


def test_a_delegated_case_may_be_taken_over_by_the_office_above_on_its_way(town: Town) -> None:
    """And one that was not delegated at all."""
    first, second = registered(town, 2)
    posted(
        town["examiner"].post(f"/v1/complaints/{first}/delegation", {"act": JUNE, "to": town.offices.bawaslu_province})
    )
    for complaint in (first, second):
        posted(above(town).post(f"/v1/complaints/{complaint}/taking-over", {"act": JUNE, "text": "Diambil alih."}))
        assert case(town, complaint)["owner"] == town.offices.bawaslu_province
        assert case(town, complaint)["delegated_to"] is None
    neighbour = desk(town, town.offices.bawaslu_sungai_penuh, Role.EXAMINER)
    refused(neighbour.post(f"/v1/complaints/{first}/taking-over", {"act": JUNE}), "party")


def test_a_delegation_stays_inside_the_institution(town: Town) -> None:
    """KPU is offered allegations, and no complaint."""
    (complaint,) = registered(town)
    body = {"act": JUNE, "to": town.offices.kpu_sungai_penuh}
    refused(town["examiner"].post(f"/v1/complaints/{complaint}/delegation", body), "delegation.kind")


def test_a_referral_is_recalled_and_offered_anew(town: Town) -> None:
    """The first one shows as recalled, and the addressee does nothing under it any more."""
    complaint = k4.play(town, after="referral 1")
    path = f"/v1/complaints/{complaint}"
    town.now("2024-06-19T02:10:00")
    posted(town["examiner"].post(f"{path}/referrals/1/recall", {"act": {"on": "2024-06-19"}, "text": "Salah alamat."}))
    found = case(town, complaint)
    assert found["referrals"][0]["standing"] == "recalled"
    assert found["allegations"][0]["standing"] == "established"
    refused(k4.send(town, k4.asked_as(town, "receipt 1"), complaint), "referral.recalled")
    refused(
        town["examiner"].post(f"{path}/referrals/1/recall", {"act": {"on": "2024-06-19"}}),
        "referral.taken",
    )
    posted(k4.send(town, k4.asked_as(town, "study"), complaint))
    posted(k4.send(town, k4.asked_as(town, "referral 2"), complaint))


@pytest.mark.parametrize("reason", ["died", "moot"])
def test_an_allegation_is_dropped_and_the_case_closed(town: Town, reason: str) -> None:
    """Dropped is final: nothing more needs to happen."""
    (complaint,) = registered(town)
    path = f"/v1/complaints/{complaint}"
    posted(town["examiner"].post(f"{path}/allegations/1/dropping", {"act": JUNE, "reason": reason}))
    assert (case(town, complaint)["stage"], case(town, complaint)["allegations"][0]["standing"]) == (
        "decided",
        "dropped",
    )
    posted(town["examiner"].post(f"{path}/closing", {"act": JUNE, "reason": "settled"}, seen=town.version(complaint)))
    assert case(town, complaint)["stage"] == "closed"


def test_a_respondents_class_is_changed_and_the_case_shows_the_new_one(town: Town) -> None:
    """A civil servant who resigned; that it changed stands in a closed entry."""
    (complaint,) = registered(town)
    path = f"/v1/complaints/{complaint}/reclassification"
    answer = town["examiner"].post(path, {"act": JUNE, "respondent": "r1", "class": "regional_head"})
    posted(answer)
    assert case(town, complaint)["allegations"][0]["class"] == "regional_head"
    refused(town["examiner"].post(path, {"act": JUNE, "respondent": "r1", "class": "unknown"}), "respondent.class")


def test_an_examination_is_extended_once(town: Town) -> None:
    """And the timeline tells all of it in both languages."""
    (complaint,) = registered(town)
    path = f"/v1/complaints/{complaint}/extension"
    posted(town["examiner"].post(path, {"act": JUNE, "reason": "Keterangan tambahan."}))
    refused(town["examiner"].post(path, {"act": JUNE}), "extension.once")
    assert timeline(town, complaint)[-1]["told"] == {
        "en": "The examination was extended",
        "id": "Pemeriksaan diperpanjang",
    }
