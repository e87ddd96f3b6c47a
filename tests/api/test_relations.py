"""Relations over HTTP: how they are recorded, and that whoever is related neither acts nor reads, in whatever role."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from httpx2 import Response

from api.chronicles import people
from api.cleanness import prove_clean
from ledger.values import Actor, Role, Staff, StreamId
from tests.api import k4
from tests.api.window import Desk, Town

NIP = "198001012005011001"
WHY = {"Netral-Purpose": "memeriksa berkas"}
MEMBER = people.JAMBI.members[2]


def official(town: Town, **more: str) -> StreamId:
    """The respondent of K4 in the register of officials, recorded before it."""
    town.now("2024-06-01T02:00:00")
    body = {"act": {"on": "2024-06-01"}, "class": "asn", "since": "2019-03-01", "name": "Budi Terlapor", "nip": NIP}
    answer = town["examiner"].post("/v1/officials", {**body, **more})
    assert answer.status_code == 201, answer.text
    return StreamId(answer.json()["entries"][0]["stream"])


def desk(town: Town, staff: Staff, role: Role = Role.PLENARY, office: StreamId | None = None) -> Desk:
    return Desk(town.window, Actor(office or town.offices.bawaslu_jambi, role, staff))


def relate(at: Desk, stream: StreamId, **more: Any) -> Response:
    body = {"act": {"on": "2024-06-02"}, "kind": "kin", "source": "declared", "ground": "Saudara sepupu."}
    at.window.house.clock.now = at.window.house.clock().replace(month=6, day=2, hour=3)  # type: ignore[attr-defined]
    return at.post(f"/v1/officials/{stream}/relations", {**body, **more})


def declared(town: Town, staff: Staff, role: Role = Role.PLENARY) -> StreamId:
    """The register with one relation in it."""
    stream = official(town)
    answer = relate(desk(town, staff, role), stream, account=staff.account, name=staff.name)
    assert answer.status_code == 201, answer.text
    assert answer.json()["entries"][0]["topic"] == "official.relation_recorded.v1"
    return stream


def confidential(at: Desk, complaint: str) -> Response:
    return at.window.ask("GET", f"/v1/cases/{complaint}/confidential", token=at.token, headers=WHY)


def test_a_related_member_may_not_vote_and_the_refusal_says_what_may_be_done(town: Town) -> None:
    """In both languages; recused, the plenary is recorded and the conflict with it."""
    declared(town, MEMBER)
    complaint = k4.play(town, before="plenary")
    asked = k4.asked_as(town, "plenary")
    refused = k4.send(town, asked, complaint)
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("refused")
    assert "conflict of interest" in refused.json()["detail"]
    indonesian = k4.send(town, asked, complaint, headers={"Accept-Language": "id"})
    assert "benturan kepentingan" in indonesian.json()["detail"]
    votes = [{**each, "violation": each["violation"] - 1} for each in asked.body["ballots"]]
    body = {**asked.body, "recused": [MEMBER.account], "ballots": votes}
    held = k4.send(town, replace(asked, body=body), complaint)
    assert held.status_code == 201, held.text
    assert held.json()["entries"][0]["topic"] == "complaint.conflict_recorded.v1"


def test_attack_a_related_member_reads_the_confidential_part(town: Town) -> None:
    """The case does not know them; as auditor, entry by entry, through another office: nothing."""
    declared(town, MEMBER)
    complaint = k4.play(town, before="plenary")
    filing = town["auditor"].get(f"/v1/cases/{complaint}/timeline").json()["timeline"][0]["position"]
    offices = town.offices
    for role, office in (
        (Role.PLENARY, offices.bawaslu_jambi),
        (Role.EXAMINER, offices.bawaslu_jambi),
        (Role.INTAKE, offices.kasn),
        (Role.AUDITOR, town.window.house.stream),
    ):
        theirs = desk(town, MEMBER, role, office)
        assert confidential(theirs, complaint).status_code == 403
        values = f"/v1/receipts/{filing}/values"
        assert town.window.ask("GET", values, token=theirs.token, headers=WHY).status_code == 403
    assert confidential(desk(town, people.JAMBI.members[0]), complaint).status_code == 200
    openings = town["auditor"].get(f"/v1/cases/{complaint}/openings").json()["openings"]
    assert {each["account"] for each in openings} == {people.JAMBI.members[0].account}


def test_attack_a_related_examiner_acts_through_another_role_and_office(town: Town) -> None:
    """The person is found whatever the token says; a colleague goes on."""
    declared(town, people.JAMBI.examiner, Role.EXAMINER)
    complaint = k4.play(town, before="review")
    asked = k4.asked_as(town, "review")
    assert k4.send(town, asked, complaint).status_code == 409
    evidence = {"act": {"on": "2024-06-12"}, "title": "Rekaman"}
    intake = desk(town, people.JAMBI.examiner, Role.INTAKE)
    assert intake.post(f"/v1/complaints/{complaint}/evidence", evidence).status_code == 409
    province = desk(town, people.JAMBI.examiner, Role.PLENARY, town.offices.bawaslu_province)
    taking = {"act": {"on": "2024-06-12"}}
    assert province.post(f"/v1/complaints/{complaint}/taking-over", taking).status_code == 409
    colleague = desk(town, Staff("pemeriksa2.kota-jambi", "Pemeriksa Dua"), Role.EXAMINER)
    held = colleague.post(f"/v1/complaints/{complaint}{asked.path}", asked.body, seen=town.version(complaint))
    assert held.status_code == 201, held.text


def test_a_bawaslu_member_is_respondent_in_their_own_office(town: Town) -> None:
    """A member of Bawaslu is respondent in their own office: refused there, taken over by the province."""
    stream, offices = official(town), town.offices
    own = desk(town, people.JAMBI.examiner, Role.EXAMINER)
    assert relate(own, stream, kind="member", office=offices.bawaslu_jambi).status_code == 201
    complaint = k4.play(town, before="review")
    asked = k4.asked_as(town, "review")
    refused = k4.send(town, asked, complaint)
    assert refused.status_code == 409
    assert "Bawaslu Provinsi Jambi" in refused.text
    above = desk(town, Staff("pemeriksa.provinsi", "Pemeriksa Provinsi"), Role.EXAMINER, offices.bawaslu_province)
    assert above.post(f"/v1/complaints/{complaint}/taking-over", {"act": {"on": "2024-06-12"}}).status_code == 201
    body = {**asked.body, "act": {"on": "2024-06-12"}}
    reviewed = above.post(f"/v1/complaints/{complaint}{asked.path}", body, seen=town.version(complaint))
    assert reviewed.status_code == 201, reviewed.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "kin"}, 422),
        ({"kind": "member"}, 422),
        ({"kind": "member", "account": "orang.lain"}, 422),
        ({"kind": "cousin", "account": MEMBER.account}, 422),
        ({"account": "orang.lain"}, 409),
        ({"account": MEMBER.account, "source": "established"}, 409),
        ({"account": "orang.lain", "source": "established"}, 409),
        ({"kind": "head", "office": "office-" + "0" * 32}, 409),
    ],
)
def test_a_relation_that_is_told_wrongly_is_refused(town: Town, body: dict[str, Any], status: int) -> None:
    """By its members, or by who says so."""
    answer = relate(desk(town, MEMBER), official(town), **body)
    assert answer.status_code == status, answer.text


def test_a_wrong_pair_of_members_is_said_in_both_languages(town: Town) -> None:
    """As every misreading is."""
    stream = official(town)
    at = desk(town, MEMBER)
    body = {"act": {"on": "2024-06-02"}, "kind": "head", "source": "declared"}
    for language, said in (("en", "name an office"), ("id", "menyebut lembaga")):
        answer = at.post(f"/v1/officials/{stream}/relations", body, headers={"Accept-Language": language})
        assert answer.status_code == 422
        assert said in answer.text


def test_the_personnel_authority_is_itself_a_respondent(town: Town) -> None:
    """The PPK is himself a respondent: it punishes nobody, in its own name or by its letter; the home ministry does."""
    stream = official(town)
    authority = established(town, "Wali Kota Jambi", "personnel_authority", region="15.71", level="regency")
    ministry = established(town, "Kementerian Dalam Negeri", "home_ministry", level="national")
    examiner = desk(town, people.JAMBI.examiner, Role.EXAMINER)
    letter = {"office": ministry, "source": "letter", "on": "2024-06-02"}
    answer = relate(examiner, stream, act=letter, kind="head", source="established", office=authority)
    assert answer.status_code == 201, answer.text
    complaint = k4.play(town, before="referral 1")
    town.now("2024-06-18T04:00:00")
    offer = {
        "act": {"on": "2024-06-18"},
        "allegation": 1,
        "to": authority,
        "track": "asn",
        "study_attached": False,
    }
    answer = examiner.post(f"/v1/complaints/{complaint}/referrals", offer, seen=town.version(complaint))
    assert answer.status_code == 201, answer.text
    clerk = Staff("penerima.pemkot", "Penerima Contoh")
    arrived = {"act": {"at": "2024-06-18T03:30:00Z"}, "shown_by": "receiver"}
    at_authority = desk(town, clerk, Role.INTAKE, authority)
    answer = at_authority.post(f"/v1/complaints/{complaint}/referrals/1/receipt", arrived)
    assert answer.status_code == 201, answer.text
    town.now("2024-07-01T04:00:00")
    sanction = f"/v1/complaints/{complaint}/allegations/1/steps/asn.sanctioned"
    outcome = f"/v1/complaints/{complaint}/allegations/1/outcomes"
    bodies: dict[str, dict[str, Any]] = {
        sanction: {"class": "medium", "kind": "allowance_cut", "basis": "pp_94_2021", "months": 6},
        outcome: {"outcome": "sanctioned", "level": "first"},
    }
    punishing = desk(town, clerk, Role.HOLDER, authority)
    by_letter = {"source": "letter", "on": "2024-07-01"}
    for path, body in bodies.items():
        for who, act in ((punishing, {"on": "2024-07-01"}), (examiner, {"office": authority, **by_letter})):
            refused = who.post(path, {"act": act, **body})
            assert refused.status_code == 409, refused.text
            assert "home_ministry" in refused.text
        recorded = examiner.post(path, {"act": {"office": ministry, **by_letter}, **body})
        assert recorded.status_code == 201, recorded.text
    house = town.window.house
    assert prove_clean(house.folder, StreamId(complaint), house.clock).clean


def established(town: Town, name: str, kind: str, **more: str) -> StreamId:
    """One more office in the register."""
    town.now("2024-06-01T02:30:00")
    body = {"act": {"on": "2024-06-01"}, "name": name, "kind": kind, "zone": "wib", "from": "2018-01-01", **more}
    answer = town["registry"].post("/v1/offices", body)
    assert answer.status_code == 201, answer.text
    return StreamId(answer.json()["entries"][0]["stream"])
