"""Cases and timelines: what a client reads, page by page, and the position that it is true at."""

from __future__ import annotations

from fastapi.testclient import TestClient

from api.app import make_app
from api.beside import Beside
from tests.api import k4
from tests.api.conftest import Told
from tests.api.window import LOOPBACK, Town, eventually


def test_a_case_says_where_each_allegation_stands(told: Told) -> None:
    """All its members, as a client gets them."""
    offices = told.town.offices
    answer = told["examiner"].get(f"/v1/cases/{told.complaint}")
    case = answer.json()
    assert case.pop("referrals")
    assert case == {
        "as_of": {"day": None, "position": 25},
        "complaint": told.complaint,
        "version": 17,
        "stage": "decided",
        "owner": offices.bawaslu_jambi,
        "election": offices.election_jambi,
        "region": "15.71",
        "occurred_from": "2024-06-08",
        "occurred_until": "2024-06-08",
        "known_on": "2024-06-10",
        "since": "2024-06-12",
        "ended": False,
        "delegated_to": None,
        "joined_into": None,
        "allegations": [
            {
                "allegation": 1,
                "respondent": "r1",
                "class": "asn",
                "category": "other_law",
                "kinds": ["n12"],
                "standing": "on_track",
                "holder": offices.kasn,
                "track": "asn",
                "referral": 2,
                "since": "2024-07-05",
                "phase": None,
                "phase_by": None,
                "phase_judged": None,
                "readings": [],
                "steps": [],
                "on_track": {
                    "state": "received",
                    "told": {"id": "diterima instansi", "en": "received by the body"},
                    "marks": [],
                },
                "outcomes": [],
            }
        ],
    }
    assert answer.headers["ETag"] == '"17"'


def test_a_timeline_says_how_much_later_an_act_was_recorded(told: Told) -> None:
    """The proof of delivery of 3 July was recorded on the 4th, by the sender, from a letter."""
    timeline = told["examiner"].get(f"/v1/cases/{told.complaint}/timeline").json()["timeline"]
    assert [each["version"] for each in timeline] == list(range(1, 18))
    assert [each["position"] for each in timeline] == list(range(9, 26))
    received = timeline[-2]
    assert received == {
        "version": 16,
        "position": 24,
        "topic": "complaint.referral_received.v1",
        "acted": "2024-07-03T05:00:00Z",
        "office": told.town.offices.kasn,
        "source": "letter",
        "recorded_at": "2024-07-04T04:00:00Z",
        "recorded_by": told.town.offices.bawaslu_jambi,
        "days_later": 1,
        "allegations": [],
        "referral": 2,
        "irregular": [],
        "fact": {"referral": 2, "shown_by": "delivery_proof"},
        "told": {"en": "Referral 2 arrived", "id": "Penerusan 2 diterima instansi"},
    }
    assert {each["topic"]: each["irregular"] for each in timeline if each["irregular"]} == {
        "complaint.plenary_held.v1": ["no_study"],
        "complaint.referral_offered.v1": ["no_study"],
    }


def test_every_reading_says_the_position_that_it_is_true_at(told: Told) -> None:
    """The last entry that the answer knows."""
    for path in ("/v1/cases", f"/v1/cases/{told.complaint}", f"/v1/cases/{told.complaint}/timeline"):
        assert told["auditor"].get(path).headers["Netral-Position"] == "25"


def test_a_reading_that_lags_behind_says_so(town: Town) -> None:
    """The command's position is ahead of the reading's until it is projected."""
    complaint = k4.play(town, after="filing")
    named = k4.send(town, k4.asked_as(town, "respondent"), complaint)
    assert named.headers["Netral-Position"] == "10"
    before = town["intake"].get(f"/v1/cases/{complaint}")
    assert (before.headers["Netral-Position"], before.headers["ETag"]) == ("9", '"1"')
    town.window.settle()
    after = town["intake"].get(f"/v1/cases/{complaint}")
    assert (after.headers["Netral-Position"], after.headers["ETag"]) == ("10", '"2"')


def test_before_anything_is_projected_the_position_is_none(town: Town) -> None:
    """-1: not even the genesis is known; an empty page says nothing of the ledger."""
    answer = town["auditor"].get("/v1/cases")
    empty: object = {"as_of": {"day": None, "position": -1}, "cases": [], "after": None}
    assert (answer.json(), answer.headers["Netral-Position"]) == (empty, "-1")


def test_cases_come_page_by_page_each_once(town: Town) -> None:
    """`after` leads to the next page until there is none."""
    filing = k4.asked_as(town, "filing")
    filed = {k4.send(town, filing, None).json()["entries"][0]["stream"] for _ in range(5)}
    town.window.settle()
    pages: list[list[str]] = []
    after = None
    while not pages or after:
        page = town["auditor"].get("/v1/cases", limit=2, **({"after": after} if after else {})).json()
        pages.append([case["complaint"] for case in page["cases"]])
        after = page["after"]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [each for page in pages for each in page] == sorted(filed)


def test_a_last_page_that_is_full_has_no_next_one(town: Town) -> None:
    """No client is sent to an empty page."""
    filing = k4.asked_as(town, "filing")
    for _ in range(2):
        k4.send(town, filing, None)
    town.window.settle()
    page = town["auditor"].get("/v1/cases", limit=2).json()
    assert (len(page["cases"]), page["after"]) == (2, None)


def test_a_receipt_leads_to_its_entry(town: Town) -> None:
    """Location is the first entry's place in the trail, and the office that recorded it may read it."""
    filed = k4.send(town, k4.asked_as(town, "filing"), None)
    entry = town["intake"].get(filed.headers["Location"])
    assert entry.content.startswith(b"netral-entry/v1\nposition 9\nstream " + town_stream(filed.json()))


def town_stream(receipt: dict[str, object]) -> bytes:
    entries = receipt["entries"]
    assert isinstance(entries, list)
    return str(entries[0]["stream"]).encode()


def test_while_the_application_runs_views_and_checkpoint_follow_by_themselves(town: Town) -> None:
    """What is recorded is soon projected and sealed, without anybody asking for it."""
    with TestClient(make_app(town.window.house, Beside(0.01)), client=(LOOPBACK, 50000)) as http:
        filing = k4.asked_as(town, "filing")
        town.now(filing.at)
        headers = {"Authorization": f"Bearer {town['intake'].token}"}
        position = http.post(filing.path, json=filing.body, headers=headers).headers["Netral-Position"]
        assert eventually(lambda: http.get("/v1/cases", headers=headers).headers["Netral-Position"] == position)
        assert eventually(lambda: http.get("/v1/trail/checkpoint").text.split("\n")[1] == str(int(position) + 1))
