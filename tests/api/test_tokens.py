"""Development tokens: who is let in, as whom, and from where."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from api import auth
from ledger.errors import Denied
from ledger.values import Actor, Role, Staff
from tests.api import k4
from tests.api.conftest import Told
from tests.api.window import Town, Window


def claims(told: Told, **changes: Any) -> dict[str, Any]:
    """The claims of a token that is good for ten minutes."""
    good = {
        "sub": "pemeriksa.kota-jambi",
        "name": "Dimas Pemeriksa",
        "office": told.town.offices.bawaslu_jambi,
        "role": "examiner",
        "exp": datetime.now(UTC) + timedelta(minutes=10),
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def signed(told: Told, secret: bytes | None = None, algorithm: str = "HS256", **changes: Any) -> str:
    return jwt.encode(claims(told, **changes), secret or told.house.keys.secret(auth.SECRET), algorithm=algorithm)


def status(told: Told, token: str) -> int:
    return told.town.window.ask("GET", "/v1/cases", token=token).status_code


def test_a_token_lets_its_bearer_in(told: Told) -> None:
    """So that the refusals below are refusals of what they change."""
    assert status(told, signed(told)) == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": datetime(2024, 1, 1, tzinfo=UTC)},
        {"exp": None},
        {"sub": None},
        {"name": None},
        {"role": None},
        {"office": None},
        {"role": "boss"},
        {"role": "Examiner"},
        {"role": ""},
        {"office": "Bawaslu Kota Jambi"},
        {"office": "office-" + "0" * 31},
        {"nbf": datetime(2124, 1, 1, tzinfo=UTC)},
    ],
    ids=lambda changes: "-".join(f"{name}={value}" for name, value in changes.items()),
)
def test_attack_a_token_that_says_too_little_or_too_late_lets_nobody_in(told: Told, changes: dict[str, Any]) -> None:
    """Expired, unlimited, nameless, without a role or an office that exist as words."""
    refused = told.town.window.ask("GET", "/v1/cases", token=signed(told, **changes))
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"


def test_attack_a_token_that_somebody_else_signed_lets_nobody_in(told: Told) -> None:
    """Another secret, ours for another purpose, or a longer hash of the same family."""
    assert status(told, signed(told, b"k" * 32)) == 401
    assert status(told, signed(told, told.house.keys.secret("index"))) == 401
    assert status(told, signed(told, b"k" * 64, "HS512")) == 401


def test_attack_a_token_that_names_no_algorithm_lets_nobody_in(told: Told) -> None:
    """`alg: none`, in three spellings, with and without a signature."""

    def part(value: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    body = part(claims(told, exp=4_000_000_000))
    for name in ("none", "None", "NONE"):
        head = part({"alg": name, "typ": "JWT"})
        assert status(told, f"{head}.{body}.") == 401
        assert status(told, f"{head}.{body}.{signed(told).rpartition('.')[2]}") == 401


def test_attack_a_token_with_one_claim_exchanged_lets_nobody_in(told: Told) -> None:
    """The signature of an examiner under the claims of an auditor."""
    head, _, mark = signed(told).split(".")
    body = signed(told, role="auditor").split(".")[1]
    assert status(told, f"{head}.{body}.{mark}") == 401


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic cGVtZXJpa3Nh", "Bearer a.b", "Bearer a.b.c.d", "Bearer é", "Token {}", "{}"],
)
def test_a_header_without_a_bearer_token_lets_nobody_in(told: Told, header: str) -> None:
    """Whatever stands there, the answer is 401 and says how to ask."""
    sent = {b"Authorization": header.format(signed(told)).encode("latin-1")}
    answer = told.town.window.http.get("/v1/cases", headers=sent)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_nobody_reads_cases_without_a_token(told: Told) -> None:
    """Cases carry dates, bodies and regions: the public has open entries, not these."""
    for path in ("/v1/cases", f"/v1/cases/{told.complaint}", f"/v1/cases/{told.complaint}/timeline"):
        assert told.town.window.ask("GET", path).status_code == 401


def test_attack_a_token_is_worth_nothing_beyond_loopback(told: Told) -> None:
    """These tokens stand in for an identity provider on this machine alone; open entries need none."""
    for host in ("192.0.2.7", "10.0.0.1", "0.0.0.0", "testclient", "::ffff:192.0.2.7"):  # noqa: S104
        beyond = Window(told.house, host)
        assert beyond.ask("GET", "/v1/cases", token=signed(told)).status_code == 403
        assert beyond.ask("GET", "/v1/trail/entries/0", token=signed(told)).status_code == 403
        assert beyond.ask("GET", "/v1/trail/entries/0").status_code == 200
    assert Window(told.house, "::1").ask("GET", "/v1/cases", token=signed(told)).status_code == 200


@pytest.mark.parametrize(
    ("who", "name", "rule"),
    [
        ("kasn", "referral 1", "party"),
        ("intake", "referral 1", "party"),
        ("bkn", "acceptance 2", "party"),
        ("auditor", "notice", "office.unknown"),
        ("registry", "notice", "office.unknown"),
    ],
)
def test_attack_a_token_of_another_office_or_role_records_nothing(told: Told, who: str, name: str, rule: str) -> None:
    """A valid token opens the window; what may be recorded is the domain's to say, and it names its rule."""
    asked = k4.asked_as(told.town, name)
    refused = told[who].post(f"/v1/complaints/{told.complaint}{asked.path}", asked.body, seen=17)
    assert (refused.status_code, refused.json()["rule"]) == (409, rule)


def test_attack_an_act_in_another_offices_name_is_not_its_own(told: Told) -> None:
    """KASN's clerk cannot say that Bawaslu did something."""
    notice = k4.asked_as(told.town, "notice")
    body = notice.body | {"act": {"on": "2024-06-14", "office": told.town.offices.bawaslu_jambi}}
    clerk = told["kasn"].actor
    token = auth.issue(told.house.keys, Actor(clerk.office, Role.EXAMINER, clerk.staff))
    refused = told.town.window.ask("POST", f"/v1/complaints/{told.complaint}{notice.path}", body, token=token)
    assert (refused.status_code, refused.json()["rule"]) == (409, "act.source")


def test_attack_an_office_that_was_never_established_records_nothing(town: Town) -> None:
    """The token's office is a word until the register knows it."""
    filing = k4.asked_as(town, "filing")
    town.now(filing.at)
    stranger = Actor(type(town.offices.bawaslu_jambi)("office-" + "0" * 32), Role.INTAKE, Staff("siapa", "Siapa"))
    token = auth.issue(town.window.house.keys, stranger)
    refused = town.window.ask("POST", filing.path, filing.body, token=token)
    assert (refused.status_code, refused.json()["rule"]) == (409, "office.unknown")


@pytest.mark.parametrize("account", ["", "Dimas", "a b", "-a", "a" * 101, "a\n"])
def test_no_token_is_issued_to_what_is_no_account(told: Told, account: str) -> None:
    """An account finds a person again: it has one spelling."""
    actor = Actor(told.town.offices.bawaslu_jambi, Role.EXAMINER, Staff(account, "Siapa"))
    with pytest.raises(Denied, match="is no account"):
        auth.issue(told.house.keys, actor)
