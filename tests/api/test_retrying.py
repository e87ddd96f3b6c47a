"""Idempotency-Key: a client that lost the answer asks again, and nothing happens twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.api import k4
from tests.api.window import Town

KEY = "b1946ac9-2f5e"


def test_a_retry_answers_with_the_first_receipt(town: Town) -> None:
    """201 says that it was recorded now, 200 that it had been; the receipt is the same to the byte."""
    filing = k4.asked_as(town, "filing")
    first = k4.send(town, filing, None, key=KEY)
    again = k4.send(town, filing, None, key=KEY)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.content == first.content
    assert [again.headers[name] for name in ("ETag", "Netral-Position", "Location")] == [
        first.headers[name] for name in ("ETag", "Netral-Position", "Location")
    ]


def test_a_retry_is_answered_after_the_case_has_moved_on(town: Town) -> None:
    """Deciding anew would say that the report is registered already; the key is looked up first."""
    complaint = k4.play(town, after="review")
    registration = k4.asked_as(town, "registration")
    first = k4.send(town, registration, complaint, key=KEY)
    k4.send(town, k4.asked_as(town, "hearing"), complaint)
    assert k4.send(town, registration, complaint, key=KEY).json() == first.json()
    refused = k4.send(town, registration, complaint, key="another")
    assert (refused.status_code, refused.json()["rule"]) == (409, "stage")


def test_a_retry_of_a_decision_repeats_the_version_that_it_was_made_on(town: Town) -> None:
    """Its own fact has moved the case; a retry that is told so could not know whether it was recorded."""
    complaint = k4.play(town, after="allegation")
    review = k4.asked_as(town, "review")
    seen = town.version(complaint)
    first = k4.send(town, review, complaint, key=KEY, seen=seen)
    again = k4.send(town, review, complaint, key=KEY, seen=seen)
    assert (first.status_code, again.status_code) == (201, 200)
    stale = k4.send(town, review, complaint, key="another", seen=seen)
    assert stale.status_code == 412


@pytest.mark.parametrize(("member", "value"), [("place", "Kantor lain"), ("known_on", "2024-06-09")])
def test_attack_a_key_that_is_used_again_brings_in_no_other_command(town: Town, member: str, value: str) -> None:
    """One changed member, public or sealed, makes another command: 422, and the first one stands."""
    filing = k4.asked_as(town, "filing")
    k4.send(town, filing, None, key=KEY)
    other = town["intake"].post(filing.path, {**filing.body, member: value}, key=KEY)
    assert (other.status_code, other.json()["type"]) == (422, "urn:netral:problem:key-reused")


def test_attack_a_key_of_another_office_opens_no_receipt(town: Town) -> None:
    """A key is the office's own: the same one at another desk is a new command, judged as such."""
    complaint = k4.play(town, after="referral 1")
    receipt = k4.asked_as(town, "receipt 1")
    k4.send(town, receipt, complaint, key=KEY)
    at_bkn = town["bkn"].post(f"/v1/complaints/{complaint}{receipt.path}", receipt.body, key=KEY)
    assert (at_bkn.status_code, at_bkn.json()["rule"]) == (409, "party")


def test_a_refused_command_uses_no_key_up(town: Town) -> None:
    """What recorded nothing has no receipt to repeat: the corrected command may carry the same key."""
    filing = k4.asked_as(town, "filing")
    town.now(filing.at)
    refused = town["intake"].post(filing.path, {**filing.body, "known_on": "2024-06-07"}, key=KEY)
    assert (refused.status_code, refused.json()["rule"]) == (409, "dates.known")
    assert k4.send(town, filing, None, key=KEY).status_code == 201


def test_a_hasty_client_that_asks_many_times_at_once_records_one_fact(town: Town) -> None:
    """The key is looked up under the writer's lock too."""
    filing = k4.asked_as(town, "filing")
    town.now(filing.at)
    before, token = town.window.house.store.size(), town["intake"].token
    with ThreadPoolExecutor(4) as threads:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": KEY}
        answers = list(
            threads.map(
                lambda _: town.window.http.post(filing.path, json=filing.body, headers=headers),
                range(8),
            )
        )
    assert sorted(each.status_code for each in answers) == [200] * 7 + [201]
    assert len({each.content for each in answers}) == 1
    assert town.window.house.store.size() == before + 1


@pytest.mark.parametrize("key", ["", "two words", "k" * 201, "tab\there"])
def test_a_key_that_is_no_key_is_refused(town: Town, key: str) -> None:
    """1 to 200 printable ASCII characters without spaces: what every client and proxy hands on unchanged."""
    filing = k4.asked_as(town, "filing")
    refused = k4.send(town, filing, None, key=key)
    assert (refused.status_code, refused.json()["member"]) == (422, "Idempotency-Key")
