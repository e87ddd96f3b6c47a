"""Two ways of speaking: every refusal and problem in English or in Indonesian, as Accept-Language asks (RFC 9110)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.languages import preferred
from api.problems import HTTP, STATUSES
from ledger.refusals import REFUSALS
from ledger.speech import Language, Said
from tests.api import k4
from tests.api.conftest import Told
from tests.api.window import Town

EN, ID = Language.EN, Language.ID


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, EN),
        ("", EN),
        ("id", ID),
        ("ID", ID),
        ("id-ID", ID),
        ("in-ID", ID),
        ("en", EN),
        ("en-GB", EN),
        ("*", EN),
        ("id-ID, id;q=0.9, en-US;q=0.8, en;q=0.7", ID),
        ("en-US,en;q=0.9,id;q=0.8", EN),
        ("en;q=0.1, id;q=0.2", ID),
        ("id;q=0.5, en-GB", EN),
        ("id, en", ID),
        ("en, id", EN),
        ("*, id", ID),
        ("id;q=0.5, *", EN),
        ("fr, id;q=0.3", ID),
        ("fr, *;q=0.1", EN),
        ("fr", EN),
        ("en;q=0", ID),
        ("en;q=0, id", ID),
        ("id;q=0", EN),
        ("*;q=0", EN),
        ("en;q=0, id;q=0", EN),
        ("id ; q=0.9 , en ; q=0.8", ID),
        ("jv, su;q=0.9, id;q=0.000, en;q=0.001", EN),
        (",,id,", ID),
        ("id;q=2, en;q=0.1", EN),
        ("id;q=0.1234, en;q=0.1", EN),
        ("id;level=1, en;q=0.1", EN),
        ("idn", EN),
        ("i\u0131d", EN),
    ],
)
def test_the_language_that_a_header_prefers(header: str | None, language: Language) -> None:
    """By quality, then by order; what cannot be read counts as not said."""
    assert preferred(header) is language


@given(st.text() | st.lists(st.sampled_from(["id", "en", "*", ";", "q=", "0", "1", ".5", ",", " ", "-"])).map("".join))
def test_attack_no_header_breaks_the_choice(header: str) -> None:
    """Whatever stands there, one of the two is spoken."""
    assert preferred(header) in Language


def both(town: Town, method: str, path: str, body: Any = None, **more: Any) -> dict[Language, dict[str, Any]]:
    """One request in both languages: the same problem but for its sentences."""
    said = {}
    for language in Language:
        headers = {"Accept-Language": language.value}
        answer = town.window.ask(method, path, body, headers=headers, **more)
        assert answer.headers["Content-Language"] == language.value
        said[language] = answer.json()
    en, in_id = said[EN], said[ID]
    assert en.keys() == in_id.keys()
    for name in en:
        assert (en[name] == in_id[name]) is (name not in {"title", "detail", "allowed", "members"}), name
    return said


def test_a_refusal_is_told_in_the_law_s_own_language(told: Told) -> None:
    """Its rule and its basis are the same in both."""
    filing = k4.asked_as(told.town, "filing")
    body = {**filing.body, "occurred_until": "2024-06-07"}
    said = both(told.town, "POST", filing.path, body, token=told["intake"].token)
    assert said[ID] == {
        "type": "urn:netral:problem:refused",
        "title": "Ditolak menurut aturan",
        "status": 409,
        "detail": "kejadian berakhir sebelum dimulai",
        "rule": "dates.order",
        "allowed": "occurred_until sama dengan atau sesudah occurred_from",
    }


def test_what_cannot_be_read_is_told_member_by_member(told: Told) -> None:
    """Each with its path, which is the same in both languages."""
    filing = k4.asked_as(told.town, "filing")
    body = {**filing.body, "known_on": "2024-6-10", "channel": "pigeon", "complainants": [], "extra": 1}
    said = both(told.town, "POST", filing.path, body, token=told["intake"].token)
    assert said[ID]["members"] == [
        {"member": "known_on", "because": "seharusnya tanggal seperti 2024-09-22"},
        {
            "member": "channel",
            "because": "seharusnya salah satu dari 'in_person', 'post', 'online', 'media' atau 'other'",
        },
        {"member": "complainants", "because": "seharusnya sedikitnya 1 butir"},
        {"member": "extra", "because": "tidak dikenal di sini"},
    ]
    assert said[ID]["detail"] == "known_on: seharusnya tanggal seperti 2024-09-22"
    assert said[EN]["members"][1]["because"] == "one of 'in_person', 'post', 'online', 'media' or 'other' is expected"


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("GET", "/v1/nowhere", {}, 404),
        ("GET", "/v1/trail/entries/9999", {}, 404),
        ("DELETE", "/v1/cases", {}, 405),
        ("GET", "/v1/cases", {}, 401),
        ("GET", "/v1/cases", {"token": "x.y.z"}, 401),
        ("GET", "/v1/trail/proofs/inclusion?position=x", {}, 422),
        ("POST", "/v1/complaints", {"content": b"{"}, 422),
        ("POST", "/v1/complaints", {"content": b"\xff"}, 422),
        ("POST", "/v1/complaints", {"content": b"[" * 100_000}, 422),
        ("POST", "/v1/complaints", {"content": b'{"a":1,"a":2}'}, 422),
        ("POST", "/v1/complaints", {"content": b" " * (4 * 1024 * 1024 + 1)}, 413),
    ],
)
def test_what_is_refused_before_the_ledger_is_asked(
    told: Told, method: str, path: str, more: dict[str, Any], status: int
) -> None:
    """The framework's own refusals speak both languages too."""
    said = both(told.town, method, path, **more)
    assert {each["status"] for each in said.values()} == {status}


@pytest.mark.parametrize("header", ["key", "If-Match"])
def test_a_header_that_cannot_be_read(told: Told, header: str) -> None:
    """Idempotency-Key and If-Match, which are members in their own way."""
    filing = k4.asked_as(told.town, "filing")
    more = {"key": "not one word"} if header == "key" else {"seen": "5"}
    both(told.town, "POST", filing.path, filing.body, token=told["intake"].token, **more)


def test_the_versions_of_a_decision(told: Told) -> None:
    """412 and 428."""
    offer = k4.asked_as(told.town, "referral 1")
    path = f"/v1/complaints/{told.complaint}{offer.path}"
    token = told["examiner"].token
    assert both(told.town, "POST", path, offer.body, token=token, seen=3)[ID]["seen"] == 3
    both(told.town, "POST", path, offer.body, token=token)


def test_an_idempotency_key_that_was_used(town: Town) -> None:
    """The first command stands."""
    filing = k4.asked_as(town, "filing")
    town.now(filing.at)
    assert town["intake"].post(filing.path, filing.body, key="k1").status_code == 201
    changed = filing.body | {"place": "Tempat lain"}
    said = both(town, "POST", filing.path, changed, token=town["intake"].token, key="k1")
    assert said[ID]["title"] == "Kunci idempotensi sudah dipakai untuk perintah lain"


ALL_SAID: dict[str, Said] = {
    **{f"{error.__name__} title": title for error, (_, title) in STATUSES.items()},
    **{f"{status} {part}": said for status, (_, *words) in HTTP.items() for part, said in enumerate(words)},
    **{f"{rule} because": words.because for rule, words in REFUSALS.items()},
    **{f"{rule} allowed": words.allowed for rule, words in REFUSALS.items()},
}


@pytest.mark.parametrize("name", ALL_SAID)
def test_the_two_languages_say_the_same_members(name: str) -> None:
    """A detail that stands in one sentence stands in the other; neither is a copy of the other."""
    said = ALL_SAID[name]
    fields = [sorted(set(re.findall(r"\{\w+\}", each))) for each in (said.en, said.id)]
    assert fields[0] == fields[1]
    assert said.en != said.id
    assert all(each == each.strip() != "" for each in (said.en, said.id))
