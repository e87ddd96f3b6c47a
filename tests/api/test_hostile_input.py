"""Hostile input over HTTP: 4xx with the member's path, in both languages; nothing is recorded, and nothing repeated.

That the position does not move under an error, and that a problem is one, is checked at each answer in window.py.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from httpx2 import Response

from api.strict import MAX_VALUES
from ledger.codec import MAX_SEALED
from ledger.speech import Language
from tests.api import k4
from tests.api.conftest import Told
from tests.api.window import Desk, Town

CANARY = "Rahasia 1571000000009999"
ZERO_WIDTH, MARK, OVERRIDE = "\u200b", "\u200f", "\u202e"
DECOMPOSED = "e\u0301"


def refused(desk: Desk, path: str, body: Any = None, **more: Any) -> Response:
    """The same request in both languages: refused with the same status, type and member, and without what was sent."""
    answers = {}
    for language in Language:
        headers = more.pop("headers", {}) | {"Accept-Language": language.value}
        answers[language] = desk.window.ask("POST", path, body, token=desk.token, headers=headers, **more)
        assert 400 <= answers[language].status_code < 500, answers[language].text
        assert answers[language].headers["Content-Language"] == language.value
        assert CANARY not in answers[language].text
    en, in_id = (answer.json() for answer in answers.values())
    assert [en.get(name) for name in ("status", "type", "member")] == [
        in_id.get(name) for name in ("status", "type", "member")
    ]
    assert en["detail"] != in_id["detail"]
    return answers[Language.EN]


def changed(body: Any, path: str, value: Any) -> Any:
    """A copy of a body with another value at a path such as complainants.0.name."""
    first, _, rest = path.partition(".")
    if isinstance(body, list):
        at = int(first)
        return [*body[:at], changed(body[at], rest, value) if rest else value, *body[at + 1 :]]
    return {**body, first: changed(body.get(first, {}), rest, value) if rest else value}


def path_of(told: Told, asked: k4.Asked) -> str:
    return asked.path if asked.name == "filing" else f"/v1/complaints/{told.complaint}{asked.path}"


WRONG: list[tuple[str, str, list[Any]]] = [
    ("filing", "narativ", [CANARY]),
    ("filing", "complainants.0.nama", [CANARY]),
    ("filing", "act.by", [{"role": "operator"}]),
    ("plenary", "ballots.0.decision", ["violation"]),
    # dates and instants
    (
        "filing",
        "known_on",
        ["2024-02-30", "2024-6-10", "10-06-2024", "2024-06-10T00:00:00Z", "0000-01-01", "", 20240610],
    ),
    (
        "filing",
        "known_on",
        ["2024-06-1०", "２０２４-06-10", f"2024-06-10{ZERO_WIDTH}", f"{MARK}2024-06-10", "2024-06-10\n"],
    ),
    ("filing", "act.at", ["2024-06-11T02:15:00", "2024-06-11T24:00:00Z", "2024-06-11 02:15:00Z", 1718072100, True]),
    ("filing", "act.at", ["2024-06-11T02:15:00+07:00", "2024-06-11T02:15:60Z", "2024-06-11T02:15:00.0Z", "now"]),
    ("review", "act.on", [["2024-06-12"], {"date": "2024-06-12"}, 1.5]),
    # texts
    (
        "filing",
        "narrative",
        [f"{CANARY}{each}" for each in ("\x00", "\x07", "\r", "\t", "\x7f", "\x85", "\ufeff", "\u2028")],
    ),
    ("filing", "narrative", [f"{CANARY}{each}" for each in (OVERRIDE, MARK, "\u2066", DECOMPOSED, "\u212b", "\u0958")]),
    ("filing", "narrative", ["", 1, True, [CANARY], {"text": CANARY}, 0.5]),
    ("filing", "complainants.0.name", [f"{CANARY}\x00", DECOMPOSED]),
    ("filing", "witnesses.0.name", [DECOMPOSED]),
    ("plenary", "present.2.name", [OVERRIDE]),
    ("plenary", "ballots.0.reasons", ["\x1b[2J"]),
    # numbers of persons, accounts, regions, handles: ASCII and nothing beside it
    ("filing", "complainants.0.id_number", [f"15710000000000{end}" for end in ("0", "0１", "0٣", "012", "0 ")]),
    ("filing", "complainants.0.id_number", [1571000000000001, f"157100000000000{ZERO_WIDTH}"]),
    ("respondent", "nip", ["19800101200501100", "19800101200501100O", "１" * 18, True]),
    ("filing", "region", ["15.71.01", "1571", "１５.71", "15․71", "15.71\n", f"15.71{MARK}", 15.71]),
    ("allegation", "respondent", ["r0", "r01", "R1", "г1", "r１", "k1", "r1 ", "1", 1]),
    ("plenary", "present.0.account", ["Anggota", "аnggota", "a b", "a\n", "", "a" * 101]),
    # codes
    ("filing", "channel", ["IN_PERSON", "in-person", "іn_person", f"post{ZERO_WIDTH}", "", 0]),
    ("review", "result", ["registered", "REGISTER", None, ["register"]]),
    ("allegation", "kinds.0", ["n99", "n1", "N12", "n１2", 12]),
    ("allegation", "kinds", [["n12", "n12"], {"n12": True}, "n12"]),
    # numbers and truth values
    ("plenary", "ballots.0.violation", ["3", 3.0, True, -1, 2**53, 10**100, None, [3], "３"]),
    ("plenary", "ballots.0.allegation", [0, 1.5, "1", False, 2**63, 1e300]),
    ("notice", "allegations.0", ["1", 1.0, True, 0, 2**64]),
    ("review", "formal", ["true", 1, 0, "yes", None]),
    # arrays and objects in each other's place
    ("filing", "complainants", [[], {}, {"first": {}}, "Sari", None, [None] * 101]),
    ("filing", "complainants.0", [[], CANARY, None, 1]),
    ("filing", "act", [None, [], "2024-06-11T02:15:00Z", 1]),
]
"""A request of the chronicle, one of its members, and what cannot stand there."""


@pytest.mark.parametrize(
    ("name", "member", "value"), [(name, member, value) for name, member, values in WRONG for value in values]
)
def test_attack_a_member_that_cannot_be_read_is_named(told: Told, name: str, member: str, value: Any) -> None:
    """By its path, whatever stands in it."""
    asked = k4.asked_as(told.town, name)
    answer = refused(told[asked.who], path_of(told, asked), changed(asked.body, member, value), seen=17)
    assert answer.status_code == 422
    assert member in {each["member"] for each in answer.json().get("members", [answer.json()])} or (
        answer.json()["member"].startswith(f"{member}.")
    )


RAW: list[tuple[bytes, str]] = [
    *((content, "") for content in (b"{", b"null", b"[]", b"1", b'"act"', b"{}{}", b"{'act': 1}", b"\x00", b" ")),
    *((content, "") for content in (b'{"a":NaN}', b'{"a":Infinity}', b'{"a":-Infinity}', b'{"a":01}', b'{"a":+1}')),
    *((content, "") for content in (b'{"a":1,}', b"{a:1}", b"{/**/}", b'{"a":\n"\n"}', b'{"a":"\\x41"}')),
    *((content, "") for content in (b"\xff\xfe", b'{"a":"\xff"}', b'{"a":"\xed\xa0\x80"}', b'{"a":"\xc0\x80"}')),
    *((content, "") for content in (b"\xef\xbb\xbf{}", "{}".encode("utf-16"), "{}".encode("utf-32-le"))),
    *((opening * 100_000, "") for opening in (b"[", b'{"a":', b'[{"a":')),
    (b"[" * 900 + b"]" * 900, ".".join("0" * 8)),
    (b'{"a":' + b"9" * 5_000 + b"}", ""),
    (b'{"a":[' + b"0," * MAX_VALUES + b"0]}", ""),
    (b'{"narrative":"\\ud800"}', "narrative"),
    (b'{"narrative":"\\udc00\\ud800"}', "narrative"),
    (b'{"narrative":"\\u0000"}', "narrative"),
    (b'{"complainants":[{},{"name":"\\ufeff"}]}', "complainants.1.name"),
    (b'{"act":{},"act":{}}', "act"),
    (b'{"act":{"on":"2024-06-11","at":1,"on":"2024-06-12"}}', "act.on"),
    (b'{"complainants":[{"name":"a"},{"name":"a","name":"b"}]}', "complainants.1.name"),
    (b'{"act":1,"\\u0061ct":2}', "act"),
    (b'{"":1}', ""),
    ('{"act":{"о\u043d":1}}'.encode(), "act"),
    (b'{"act":{"a\\u0000":1}}', "act"),
    (b'{"' + b"x" * 61 + b'":1}', ""),
    (f'{{"{CANARY}":1}}'.encode(), ""),
]


@pytest.mark.parametrize(("content", "member"), RAW, ids=[repr(content[:24]) for content, _ in RAW])
def test_attack_a_body_that_is_spelt_otherwise(told: Told, content: bytes, member: str) -> None:
    """JSON in UTF-8, every member once and by an ASCII name, no number and no text that JSON or the trail has not."""
    answer = refused(told["intake"], "/v1/complaints", content=content)
    assert answer.status_code == 422
    assert answer.json().get("member", "") == member


@pytest.mark.parametrize(
    "declared",
    [
        "",
        "text/plain",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "json",
        "*/*",
    ],
)
def test_attack_a_body_that_is_not_declared_to_be_json(told: Told, declared: str) -> None:
    """415: a form of another site's cannot be sent as a command by a browser that believes it harmless."""
    filing = k4.asked_as(told.town, "filing")
    for content in (json.dumps(filing.body).encode(), b"x"):
        answer = told.town.window.http.request(
            "POST",
            filing.path,
            content=content,
            headers={"Content-Type": declared, "Authorization": f"Bearer {told['intake'].token}"},
        )
        assert (answer.status_code, answer.headers["Accept"]) == (415, "application/json")
        assert answer.json()["type"] == "urn:netral:problem:media-type"


def test_a_body_without_a_type_is_not_read_either(told: Told) -> None:
    """Nothing is guessed from its first bytes."""
    request = told.town.window.http.build_request("POST", "/v1/complaints", content=b"{}")
    request.headers.pop("Content-Type", None)
    assert told.town.window.http.send(request).status_code == 415


def test_a_command_without_a_body_is_told_that_it_needs_one(told: Told) -> None:
    """The body itself is the member that is missing."""
    answer = refused(told["intake"], "/v1/complaints", content=b"")
    assert (answer.status_code, answer.json()["detail"]) == (422, "the body: is required")


@pytest.mark.parametrize("size", [300_000, 4_000_000, 10_000_000])
@pytest.mark.parametrize("member", ["narrative", "region", "channel", "election", "stranger"])
def test_attack_a_text_of_megabytes(told: Told, member: str, size: int) -> None:
    """422 with its path while the body is read at all, 413 beyond; a short answer in any case."""
    filing = k4.asked_as(told.town, "filing")
    answer = refused(told["intake"], filing.path, filing.body | {member: "x" * size})
    assert answer.status_code == (413 if size > 4_194_304 else 422)
    assert answer.json().get("member", member) == member
    assert len(answer.content) < 2_000


@pytest.mark.parametrize("letter", ["a", "é", "\u20ac", "\U0001f5f3"], ids=["1 byte", "2 bytes", "3 bytes", "4 bytes"])
def test_a_text_of_just_the_sealed_limit_is_recorded_and_one_letter_more_is_not(town: Town, letter: str) -> None:
    """The limit counts bytes of UTF-8."""
    filing = k4.asked_as(town, "filing")
    town.now(filing.at)
    fits = MAX_SEALED // len(letter.encode())
    answer = refused(town["intake"], filing.path, filing.body | {"narrative": letter * (fits + 1)})
    assert (answer.status_code, answer.json()["member"]) == (422, "narrative")
    assert town["intake"].post(filing.path, filing.body | {"narrative": letter * fits}).status_code == 201


@pytest.mark.parametrize("name", ["x" * 301, "x\ny", "x\x00", f"x{OVERRIDE}", DECOMPOSED, "", 1, None, "x" * 300_000])
def test_attack_a_public_line_that_is_none(told: Told, name: Any) -> None:
    """The name of an office stands in the open."""
    office = {"kind": "dkpp", "level": "national", "zone": "wib", "from": "2012-06-12", "name": name}
    answer = refused(told["registry"], "/v1/offices", {"act": {"on": "2024-05-02"}, **office})
    assert (answer.status_code, answer.json()["member"]) == (422, "name")


@pytest.mark.parametrize(
    ("name", "member", "other"),
    [
        ("filing", "election", "bawaslu_jambi"),
        ("filing", "election", "complaint"),
        ("filing", "election", "ledger"),
        ("filing", "act.office", "election_jambi"),
        ("filing", "act.office", "complaint"),
        ("filing", "act.office", "ledger"),
        ("referral 1", "to", "election_jambi"),
        ("referral 1", "to", "complaint"),
        ("referral 1", "to", "ledger"),
    ],
)
def test_attack_an_id_of_another_kind(town: Town, name: str, member: str, other: str) -> None:
    """An election where an office belongs names nothing: refused by the reader or by the domain."""
    complaint = k4.play(town, before="respondent" if name == "filing" else name)
    asked = k4.asked_as(town, name)
    town.now(asked.at)
    stream = complaint if other == "complaint" else getattr(town.offices, other)
    path = asked.path if name == "filing" else f"/v1/complaints/{complaint}{asked.path}"
    seen = None if name == "filing" else town.version(complaint)
    answer = refused(town[asked.who], path, changed(asked.body, member, stream), seen=seen)
    assert answer.status_code in {409, 422}


UNKNOWN = "0" * 32


@pytest.mark.parametrize(
    "stream",
    [
        *(f"{kind}-{UNKNOWN}" for kind in ("election", "office", "ledger", "official", "rulebook")),
        *(f"complaint-{digits}" for digits in ("0" * 31, "0" * 33, "A" * 32, "g" * 32, "０" * 32, "0" * 31 + "%00")),
        *(f"{each}complaint-{UNKNOWN}" for each in ("%20", "%E2%80%8B", "..%2f")),
        *(f"complaint-{UNKNOWN}{each}" for each in ("%0A", "%0D%0A", "%E2%80%8F", "'--", "%22")),
    ],
)
def test_attack_a_path_that_names_no_complaint(told: Told, stream: str) -> None:
    """Another kind of stream, or letters beyond hex: the path's own member is named, or no such path is."""
    review = k4.asked_as(told.town, "review")
    answer = refused(told["examiner"], f"/v1/complaints/{stream}/review", review.body, seen=3)
    assert (answer.status_code, answer.json().get("member")) in {(422, "path.complaint"), (404, None)}


@pytest.mark.parametrize(
    "hearing", ["0", "-1", "x", "１", "1e0", "0x1", "9" * 16, "9" * 5_000, "%00", "%E2%80%8F1", "1%2f"]
)
def test_attack_a_path_that_counts_no_hearing(told: Told, hearing: str) -> None:
    """A number from 1, in ASCII."""
    heard = k4.asked_as(told.town, "heard")
    answer = refused(told["examiner"], f"/v1/complaints/{told.complaint}/hearings/{hearing}/held", heard.body)
    assert (answer.status_code, answer.json().get("member")) in {(422, "path.hearing"), (404, None)}


@pytest.mark.parametrize(
    ("path", "member"),
    [
        *((f"/v1/cases?limit={each}", "query.limit") for each in ("0", "x", "１", "1e1", "9" * 400, "%00", "", "true")),
        *((f"/v1/cases?after={each}", "query.after") for each in ("1", "%00", "%FF", f"complaint-{UNKNOWN}%0A")),
        *((f"/v1/trail/entries/{each}", "path.position") for each in ("-1", "x", "１", "9" * 17)),
        *(
            (f"/v1/trail/proofs/inclusion?position={each}", "query.position")
            for each in ("-1", "", "x", "%F0%9D%9F%8F")
        ),
    ],
)
def test_attack_a_question_that_cannot_be_read(told: Told, path: str, member: str) -> None:
    """Queries and paths of readings."""
    for language in Language:
        answer = told.town.window.ask(
            "GET", path, token=told["auditor"].token, headers={"Accept-Language": language.value}
        )
        assert (answer.status_code, answer.json()["member"]) == (422, member)


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 201, "a\tb", "\x7f"])
def test_attack_an_idempotency_key_that_is_none(told: Told, key: str) -> None:
    """1 to 200 printable ASCII characters."""
    filing = k4.asked_as(told.town, "filing")
    answer = refused(told["intake"], filing.path, filing.body, key=key)
    assert (answer.status_code, answer.json()["member"]) == (422, "Idempotency-Key")


def test_attack_a_fact_that_would_not_fit_an_entry(town: Town) -> None:
    """A hundred complainants with all their members are sealed; what is too long for one entry is refused whole."""
    filing = k4.asked_as(town, "filing")
    town.now(filing.at)
    members = ("name", "address", "phone", "email", "capacity")
    crowd = [{"id_number": f"{number:016}"} | dict.fromkeys(members, "x") for number in range(100)]
    witnesses = [dict.fromkeys(("name", "address", "phone"), "x") for _ in range(100)]
    answer = refused(town["intake"], filing.path, filing.body | {"complainants": crowd, "witnesses": witnesses})
    assert (answer.status_code, answer.json()["member"]) == (422, "fact")
