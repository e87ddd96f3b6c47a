"""Attacks by somebody who holds the key: tree and signature are true, and one rule about entries is broken.

Every case is sealed anew, so that no other check can catch it; each names the check that must.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.verify.bundles import (
    CORRECTED,
    HOME,
    KEY,
    LEDGER,
    NEXT_KEY,
    OFFICE,
    OPENED,
    ORIGIN,
    ROTATED,
    accept,
    body,
    canonical,
    complaint,
    digest,
    entry,
    files_of,
    genesis,
    genesis_fact,
    home_body,
    instant,
    key_id,
    refuse,
    replaced,
    trail,
    vkey,
    with_body,
    write,
)

GOOD = trail(3)[2]
HEAD = GOOD.partition(b"\n\n")[0]


def refuse_third(tmp_path: Path, raw: bytes, check: str) -> Any:
    """Put `raw` at position 2 after two good entries, seal all, and have it refused by that check."""
    return refuse(write(tmp_path, files_of([*trail(2), raw])), check, 2)


def test_the_entry_that_the_attacks_start_from_is_good(tmp_path: Path) -> None:
    """Otherwise the cases below would prove nothing."""
    assert accept(write(tmp_path, files_of([*trail(2), GOOD]))).size == 3


# 4 header


@pytest.mark.parametrize(
    "format_line", ["netral-entry/v2", "netral-entry/v10", "netral-entry/v1 ", "Netral-Entry/v1", ""]
)
def test_an_entry_of_an_unknown_format_is_refused_by_its_name(format_line: str, tmp_path: Path) -> None:
    """Guessing how a later format reads would be worse than stopping; the name says which tool to look for."""
    raw = GOOD.replace(b"netral-entry/v1", format_line.encode(), 1)
    error = refuse_third(tmp_path, raw, "header.format")
    assert error.found == repr(format_line)
    assert error.expected == "netral-entry/v1"


def test_a_later_format_may_have_any_other_shape_and_is_still_refused_by_its_name(tmp_path: Path) -> None:
    """The first line alone decides."""
    for raw in (b"netral-entry/v2", b"netral-entry/v2\n", b"netral-entry/v2\nposition 2\n\n\xff\x00"):
        error = refuse_third(tmp_path, raw, "header.format")
        assert error.found == "'netral-entry/v2'"


@pytest.mark.parametrize(
    "head",
    [
        b"netral-entry/v1",
        HEAD.replace(b"position 2\n", b""),
        HEAD.replace(b"stream ", b"streem "),
        HEAD.replace(b"version ", b"Version "),
        HEAD.replace(b"topic ", b" topic "),
        HEAD.replace(b"at ", b"at\t"),
        HEAD + b"\nat " + instant(2).encode(),
        HEAD + b"\nmore x",
        HEAD.replace(b"position 2\nstream", b"stream", 1).replace(b"\nversion", b"\nposition 2\nversion"),
        HEAD.replace(b"\nstream", b"\n\nstream"),
        HEAD.replace(b"\nstream", b"\r\nstream").replace(b"\nversion", b"\nposition 2\nversion"),
    ],
)
def test_attack_header_lines_are_missing_doubled_renamed_or_in_another_order(head: bytes, tmp_path: Path) -> None:
    """One order only: two spellings of one entry would be two leaves."""
    refuse_third(tmp_path, head + b"\n\n" + GOOD.partition(b"\n\n")[2], "header.lines")


def test_attack_the_empty_line_before_the_body_is_missing(tmp_path: Path) -> None:
    """The body would be read as a header line."""
    refuse_third(tmp_path, GOOD.replace(b"\n\n", b"\n"), "header.lines")


HEX_UPPER = "complaint-" + "AB" * 16
HEADER_CLAUSES = {
    "position": ["", "02", "+2", "-2", "2 ", " 2", "2\r", "2.0", "0x2", "\u0662", "1e1", "99999999999999999", "two"],
    "version": ["", "01", "0", "+1", "-1", "1 ", " 1", "1\r", "\u0661", "9" * 17, "one"],
    "stream": [
        "",
        "complaint",
        "complaint-",
        "complaint-" + "ab" * 15 + "a",
        "complaint-" + "ab" * 16 + "a",
        HEX_UPPER,
        "Complaint-" + "ab" * 16,
        "case-" + "ab" * 16,
        "complaint_" + "ab" * 16,
        "complaint-" + "ag" * 16,
        " complaint-" + "ab" * 16,
        "complaint-" + "ab" * 16 + "\r",
        "complaint-0190a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b",
    ],
    "topic": [
        "",
        "filed.v1",
        "complaint.filed",
        "complaint.filed.v",
        "complaint.filed.v0",
        "complaint.filed.v01",
        "complaint.filed.v10000",
        "complaint.filed.V1",
        "Complaint.filed.v1",
        "complaint..filed.v1",
        ".complaint.filed.v1",
        "1complaint.filed.v1",
        "complaint._filed.v1",
        "complaint.f-iled.v1",
        "complaint.fil\u00e9d.v1",
        "complaint.filed.v1 ",
        "complaint.filed.v\u0661",
        "a." + "b" * 96 + ".v1",
    ],
    "at": [
        "",
        "2024-10-02",
        "2024-10-02T00:00:02",
        "2024-10-02T00:00:02z",
        "2024-10-02t00:00:02Z",
        "2024-10-02 00:00:02Z",
        "2024-10-02T00:00:02.0Z",
        "2024-10-02T00:00:02+00:00",
        "2024-10-02T24:00:00Z",
        "2024-10-02T00:60:00Z",
        "2024-10-02T23:59:60Z",
        "2024-02-30T00:00:00Z",
        "2025-02-29T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2024-00-01T00:00:00Z",
        "2024-10-00T00:00:00Z",
        "2024-10-32T00:00:00Z",
        "0000-10-02T00:00:02Z",
        "20241002T000002Z",
        "2024-1-02T00:00:02Z",
        "\u0662024-10-02T00:00:02Z",
        "12024-10-02T00:00:02Z",
    ],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name in HEADER_CLAUSES for value in HEADER_CLAUSES[name]]
)
def test_attack_a_header_value_breaks_its_grammar(name: str, value: str, tmp_path: Path) -> None:
    """One spelling of each value: what another parser might forgive is refused here."""
    refuse_third(tmp_path, replaced(GOOD, name.encode(), value.encode()), f"header.{name}")


# 5 order


@pytest.mark.parametrize("position", ["0", "1", "3", "9007199254740991", "9999999999999999"])
def test_attack_a_position_is_not_the_next_one(position: str, tmp_path: Path) -> None:
    """Positions count from 0 without a gap: the place in the file is the place in the trail."""
    refuse_third(tmp_path, replaced(GOOD, b"position", position.encode()), "order.position")


@pytest.mark.parametrize("version", ["2", "3", "9007199254740991"])
def test_attack_the_first_version_of_a_stream_is_not_one(version: str, tmp_path: Path) -> None:
    """A gap would hide a fact of the same stream."""
    refuse_third(tmp_path, replaced(GOOD, b"version", version.encode()), "order.version")


def test_attack_versions_of_two_streams_are_counted_as_one(tmp_path: Path) -> None:
    """Each stream counts for itself."""
    raw = entry(3, complaint(1), 2, "complaint.filed.v1", instant(3), body("other"))
    refuse(write(tmp_path, files_of([*trail(3), raw])), "order.version", 3)


def test_attack_a_version_is_used_again(tmp_path: Path) -> None:
    """Two facts of one version would be two histories of one stream."""
    raw = entry(3, complaint(0), 1, "complaint.filed.v1", instant(3), body("other"))
    refuse(write(tmp_path, files_of([*trail(3), raw])), "order.version", 3)


@pytest.mark.parametrize("topic", ["complaint.filed.v1", "ledger.clock_corrected.v2", "complaint.clock_corrected.v1"])
def test_attack_time_steps_back_without_a_correction(topic: str, tmp_path: Path) -> None:
    """An entry slipped in later would carry an earlier hour."""
    raw = entry(2, complaint(0), 1, topic, "2024-10-02T00:00:00Z", body("early"))
    refuse_third(tmp_path, raw, "order.at")


def test_attack_a_correction_covers_what_comes_before_it(tmp_path: Path) -> None:
    """The announcement must stand at the step, not after it."""
    early = entry(2, complaint(0), 1, "complaint.filed.v1", "2024-10-01T00:00:00Z", body("early"))
    late = entry(3, HOME, 2, CORRECTED, "2024-10-01T00:00:00Z", home_body("late", {"reason": "clock_ahead"}))
    refuse(write(tmp_path, files_of([*trail(2), early, late])), "order.at", 2)


def test_attack_a_correction_covers_a_second_step_back(tmp_path: Path) -> None:
    """After a correction time runs on from there."""
    step = entry(2, HOME, 2, CORRECTED, "2024-10-01T12:00:00Z", home_body("step", {"reason": "clock_ahead"}))
    early = entry(3, complaint(0), 1, "complaint.filed.v1", "2024-10-01T11:59:59Z", body("early"))
    refuse(write(tmp_path, files_of([*trail(2), step, early])), "order.at", 3)


# 6 body

TEXT = canonical(body("2", fact={"a": 1, "b": "x"}))
NOT_JSON = {
    "empty": b"",
    "not JSON": b"{",
    "two values": TEXT + TEXT,
    "not UTF-8": TEXT.replace(b'"x"', b'"\xff"'),
    "overlong UTF-8": TEXT.replace(b'"x"', b'"\xc0\xaf"'),
    "a raw control character": TEXT.replace(b'"x"', b'"\n"'),
    "a number with a leading zero": TEXT.replace(b":1", b":01"),
    "a number with a plus": TEXT.replace(b":1", b":+1"),
    "a number of 5000 digits": TEXT.replace(b":1", b":" + b"1" * 5000),
    "arrays 5000 deep": TEXT.replace(b":1", b":" + b"[" * 5000 + b"]" * 5000),
    "an opening without end": b"[" * 65_000,
    "a comma too many": TEXT.replace(b":1", b":1,"),
    "single quotes": TEXT.replace(b'"x"', b"'x'"),
}
NOT_CANONICAL = {
    "a byte order mark": b"\xef\xbb\xbf" + TEXT,
    "a line feed after the body": TEXT + b"\n",
    "a space before it": b" " + TEXT,
    "a space after a colon": TEXT.replace(b":", b": ", 1),
    "a space after a comma": TEXT.replace(b",", b", ", 1),
    "a member twice": TEXT.replace(b'{"a":1', b'{"a":1,"a":1'),
    "a member twice with another value": TEXT.replace(b'{"a":1', b'{"a":2,"a":1'),
    "members in another order": TEXT.replace(b'"a":1,"b":"x"', b'"b":"x","a":1'),
    "an escaped letter": TEXT.replace(b'"x"', b'"\\u0078"'),
    "an escaped slash": TEXT.replace(b'"x"', b'"\\/"'),
    "an escaped key": TEXT.replace(b'"a"', b'"\\u0061"'),
    "an escaped emoji": TEXT.replace(b'"x"', b'"\\ud83d\\uddf3"'),
    "minus zero": TEXT.replace(b":1", b":-0"),
    "UTF-16": TEXT.decode().encode("utf-16"),
    "UTF-32 without a mark": TEXT.decode().encode("utf-32-be"),
}


@pytest.mark.parametrize("name", NOT_JSON)
def test_attack_a_body_is_no_json(name: str, tmp_path: Path) -> None:
    """Whatever it is instead, it ends in this verdict."""
    refuse_third(tmp_path, with_body(GOOD, NOT_JSON[name]), "body.json")


@pytest.mark.parametrize("name", NOT_CANONICAL)
def test_attack_a_body_is_written_in_another_way(name: str, tmp_path: Path) -> None:
    """One value, one spelling (RFC 8785): otherwise two readers could see two things in the same bytes."""
    refuse_third(tmp_path, with_body(GOOD, NOT_CANONICAL[name]), "body.canonical")


def test_attack_a_body_is_longer_than_the_limit(tmp_path: Path) -> None:
    """65,024 bytes: one more than what always fits a framed entry."""
    room = 65_024 - len(canonical(body("long", fact={"text": ""})))
    refuse_third(tmp_path, with_body(GOOD, body("long", fact={"text": "x" * room})), "body.length")


@pytest.mark.parametrize(
    ("check", "value"),
    [
        ("body.type", 1.5),
        ("body.type", 1.0),
        ("body.type", 1e300),
        ("body.type", float("nan")),
        ("body.type", float("inf")),
        ("body.type", None),
        ("body.type", [None]),
        ("body.type", {"a": [1, {"b": None}]}),
        ("body.number", 2**53),
        ("body.number", -(2**53)),
        ("body.number", [10**30]),
        ("body.depth", [[[[[[[1]]]]]]]),
        ("body.depth", {"a": {"a": {"a": {"a": {"a": {"a": {}}}}}}}),
        ("body.depth", [[[[[[{"sealed": 1}]]]]]]),
        ("body.key", {"A": 1}),
        ("body.key", {"": 1}),
        ("body.key", {"_a": 1}),
        ("body.key", {"1a": 1}),
        ("body.key", {"a-b": 1}),
        ("body.key", {"a b": 1}),
        ("body.key", {"caf\u00e9": 1}),
        ("body.key", {"a\n": 1}),
        ("body.key", [{"a": {"B": 1}}]),
        ("body.sealed.members", {"sealed": digest("x"), "more": 1}),
        ("body.sealed.members", {"sealed": digest("x"), "salt": digest("y")}),
        ("body.sealed.sealed", {"sealed": digest("x")[:-1]}),
        ("body.sealed.sealed", {"sealed": digest("x") + "0"}),
        ("body.sealed.sealed", {"sealed": digest("x").upper()}),
        ("body.sealed.sealed", {"sealed": ""}),
        ("body.sealed.sealed", {"sealed": 1}),
        ("body.sealed.sealed", {"sealed": True}),
        ("body.sealed.sealed", {"sealed": [digest("x")]}),
        ("body.sealed.sealed", [{"a": {"sealed": {"sealed": digest("x")}}}]),
    ],
)
def test_attack_a_body_holds_a_value_that_is_not_allowed(check: str, value: Any, tmp_path: Path) -> None:
    """Text and whole numbers only, named plainly, not too deep; a sealed reference hides nothing beside itself."""
    refuse_third(tmp_path, with_body(GOOD, body("2", fact={"a": value})), check)


FORBIDDEN = [
    *range(0x20),
    *range(0x7F, 0xA0),
    0x2028,
    0x2029,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    0xFEFF,
]


@pytest.mark.parametrize("point", FORBIDDEN)
def test_attack_a_string_holds_a_code_point_that_is_not_seen(point: int, tmp_path: Path) -> None:
    """Controls, line separators and marks of direction make a reader see another text than the bytes hold."""
    refuse_third(tmp_path, with_body(GOOD, body("2", fact={"a": f"x{chr(point)}y"})), "body.characters")


@pytest.mark.parametrize("escape", [b"\\ud800", b"\\udfff", b"\\ud800x", b"\\udc00\\ud800", b"\xed\xa0\x80"])
def test_attack_a_string_holds_half_a_surrogate_pair(escape: bytes, tmp_path: Path) -> None:
    """No text in UTF-8 can hold one; an escape can, and some decoders let the bytes pass."""
    refuse_third(tmp_path, with_body(GOOD, TEXT.replace(b'"x"', b'"' + escape + b'"')), "body.characters")


@pytest.mark.parametrize(
    "neighbour", [0x20, 0x7E, 0xA0, 0x200D, 0x2010, 0x2027, 0x202F, 0x2065, 0x206A, 0xFEFE, 0xFF00]
)
def test_the_neighbours_of_forbidden_code_points_are_allowed(neighbour: int, tmp_path: Path) -> None:
    """The list is exact: more would refuse true trails."""
    content = with_body(GOOD, body("2", fact={"a": chr(neighbour)}))
    assert accept(write(tmp_path, files_of([*trail(2), content]))).size == 3


@pytest.mark.parametrize(
    ("check", "changes"),
    [
        ("body.members", {"act": None}),
        ("body.members", {"by": None}),
        ("body.members", {"fact": None}),
        ("body.members", {"nonce": None}),
        ("body.members", {"more": 1}),
        ("body.fact", {"fact": []}),
        ("body.fact", {"fact": "x"}),
        ("body.fact", {"fact": 1}),
        ("body.nonce", {"nonce": "ab" * 15}),
        ("body.nonce", {"nonce": "ab" * 17}),
        ("body.nonce", {"nonce": "AB" * 16}),
        ("body.nonce", {"nonce": "ag" * 16}),
        ("body.nonce", {"nonce": 1}),
        ("body.nonce", {"nonce": ["ab" * 16]}),
    ],
)
def test_attack_a_body_has_other_members_than_the_four(check: str, changes: dict[str, Any], tmp_path: Path) -> None:
    """act, by, fact, nonce: whose and when, who recorded, what, and what makes the hash unguessable."""
    refuse_third(tmp_path, with_body(GOOD, body("2", **changes)), check)


@pytest.mark.parametrize("value", [[], "x", 1, True, ["act", "by", "fact", "nonce"]])
def test_attack_a_body_is_no_object(value: Any, tmp_path: Path) -> None:
    """Any other JSON value says nothing of whose act it is."""
    refuse_third(tmp_path, with_body(GOOD, canonical(value)), "body.members")


# 7 act


def changed(member: str, **changes: Any) -> bytes:
    """The good entry with members of `act` or `by` replaced, or removed by None."""
    content = body("2")
    inner = content[member] | changes
    return with_body(GOOD, content | {member: {name: value for name, value in inner.items() if value is not None}})


@pytest.mark.parametrize(
    ("check", "changes"),
    [
        ("act.members", {"office": None}),
        ("act.members", {"source": None}),
        ("act.members", {"on": None}),
        ("act.members", {"at": "2024-10-01T00:00:00Z"}),
        ("act.members", {"more": "x"}),
        ("act.office", {"office": "Bawaslu"}),
        ("act.office", {"office": complaint(0)}),
        ("act.office", {"office": OFFICE.upper()}),
        ("act.office", {"office": OFFICE + "0"}),
        ("act.office", {"office": 1}),
        ("act.source", {"source": "rumour"}),
        ("act.source", {"source": "Own"}),
        ("act.source", {"source": ""}),
        ("act.source", {"source": ["own"]}),
        ("act.on", {"on": "2024-10-1"}),
        ("act.on", {"on": "2024-02-30"}),
        ("act.on", {"on": "2023-02-29"}),
        ("act.on", {"on": "0000-01-01"}),
        ("act.on", {"on": "2024-10-01T00:00:00Z"}),
        ("act.on", {"on": "2024-W40-2"}),
        ("act.on", {"on": "20241001"}),
        ("act.on", {"on": 20241001}),
        ("act.on", {"on": True}),
        ("act.at", {"on": None, "at": "2024-10-01"}),
        ("act.at", {"on": None, "at": "2024-10-01T00:00:00"}),
        ("act.at", {"on": None, "at": "2024-10-01T24:00:00Z"}),
        ("act.at", {"on": None, "at": "2024-09-31T00:00:00Z"}),
        ("act.at", {"on": None, "at": "2024-10-01T0\u0660:00:00Z"}),
        ("act.on", {"on": "2024-10-0\u0661"}),
        ("act.at", {"on": None, "at": 1}),
    ],
)
def test_attack_an_act_does_not_say_whose_when_and_how_known(
    check: str, changes: dict[str, Any], tmp_path: Path
) -> None:
    """Competence and deadlines are judged on the act: it must be readable without guessing."""
    refuse_third(tmp_path, changed("act", **changes), check)


@pytest.mark.parametrize("member", ["act", "by"])
@pytest.mark.parametrize("value", [[], "x", 1, {}])
def test_attack_act_or_recorder_is_something_else(member: str, value: Any, tmp_path: Path) -> None:
    """An empty object is as bad as none."""
    check = "act.by.members" if member == "by" else "act.members"
    refuse_third(tmp_path, with_body(GOOD, body("2", **{member: value})), check)


@pytest.mark.parametrize(
    ("moment", "act"),
    [
        ("2024-10-05T14:59:59Z", {"on": "2024-10-06"}),
        ("2024-10-05T15:00:00Z", {"on": "2024-10-07"}),
        ("2024-12-31T14:59:59Z", {"on": "2025-01-01"}),
        ("2024-10-05T14:59:59Z", {"at": "2024-10-05T15:00:00Z"}),
        ("2024-10-05T14:59:59Z", {"at": "2025-10-05T14:59:59Z"}),
    ],
)
def test_attack_an_act_lies_after_its_own_recording(moment: str, act: dict[str, str], tmp_path: Path) -> None:
    """Nobody records what has not happened: no zone of the country is ahead of UTC+9."""
    content = body("late", act={"office": OFFICE, "source": "own"} | act)
    refuse_third(tmp_path, entry(2, complaint(0), 1, "complaint.filed.v1", moment, content), "act.later")


@pytest.mark.parametrize(
    ("check", "changes"),
    [
        ("act.by.members", {"office": None}),
        ("act.by.members", {"role": None}),
        ("act.by.members", {"actor": None}),
        ("act.by.members", {"name": "Budi"}),
        ("act.by.office", {"office": "Bawaslu"}),
        ("act.by.office", {"office": "official-" + "ab" * 16}),
        ("act.by.role", {"role": ""}),
        ("act.by.role", {"role": "Intake"}),
        ("act.by.role", {"role": "in take"}),
        ("act.by.role", {"role": 1}),
        ("act.by.actor", {"actor": "a"}),
        ("act.by.actor", {"actor": "a0"}),
        ("act.by.actor", {"actor": "a01"}),
        ("act.by.actor", {"actor": "r1"}),
        ("act.by.actor", {"actor": "a1 "}),
        ("act.by.actor", {"actor": "a\u0661"}),
        ("act.by.who.members", {"who": "Budi"}),
        ("act.by.who.members", {"who": {}}),
        ("act.by.who.members", {"who": [{"sealed": digest("x")}]}),
        ("act.by.who.members", {"who": {"name": {"sealed": digest("x")}}}),
        ("act.by.who.members", {"who": 0}),
    ],
)
def test_attack_the_recorder_is_not_said_or_is_named_openly(
    check: str, changes: dict[str, Any], tmp_path: Path
) -> None:
    """Office, role and handle; the person only as a sealed reference."""
    refuse_third(tmp_path, changed("by", **changes), check)


# 8 once


def test_attack_a_nonce_is_used_again(tmp_path: Path) -> None:
    """A repeated nonce shows a broken source of chance, or an entry copied and edited."""
    raw = with_body(GOOD, body("office"))
    error = refuse_third(tmp_path, raw, "once.nonce")
    assert digest("nonce office")[:32] in error.found


@pytest.mark.parametrize("place", ["fact", "by", "same"])
def test_attack_a_commitment_is_used_again(place: str, tmp_path: Path) -> None:
    """A commitment that recurs links two streams: who is in one is in the other."""
    old = {"sealed": digest("narrative 3")}
    content = body("again", fact={"text": old})
    if place == "by":
        content = body("again") | {"by": {"office": OFFICE, "role": "intake", "actor": "a1", "who": old}}
    raw = entry(4, complaint(7), 1, "complaint.filed.v1", instant(4), content)
    check_at = [*trail(4), raw]
    if place == "same":
        twice = {"sealed": digest("twice")}
        check_at[4] = with_body(raw, body("again", fact={"one": twice, "two": twice}))
    refuse(write(tmp_path, files_of(check_at)), "once.commitment", 4)


# 9 ledger


@pytest.mark.parametrize(
    ("check", "fact"),
    [
        ("ledger.members", genesis_fact(ledger=None)),
        ("ledger.members", genesis_fact(origin=None)),
        ("ledger.members", genesis_fact(vkey=None)),
        ("ledger.members", genesis_fact(clock=None)),
        ("ledger.members", genesis_fact(more="x")),
        ("ledger.clock", genesis_fact(clock="stopped")),
        ("ledger.clock", genesis_fact(clock=True)),
        ("ledger.ledger", genesis_fact(ledger=LEDGER[:-1])),
        ("ledger.ledger", genesis_fact(ledger=LEDGER.upper())),
        ("ledger.ledger", genesis_fact(ledger=1)),
        ("ledger.origin", genesis_fact(origin="demo.invalid/" + "0" * 16)),
        ("ledger.origin", genesis_fact(origin=ORIGIN.upper())),
        ("ledger.origin", genesis_fact(origin="demo/" + LEDGER[:16])),
        ("ledger.origin", genesis_fact(origin="https://" + ORIGIN)),
        ("ledger.origin", genesis_fact(origin="other.invalid/" + LEDGER[:16])),
        ("ledger.origin", genesis_fact(ledger="0" * 32)),
        ("ledger.vkey", genesis_fact(vkey="key")),
        ("ledger.vkey", genesis_fact(vkey="")),
        ("ledger.vkey", genesis_fact(vkey=1)),
        ("ledger.vkey", genesis_fact(vkey=vkey(KEY, "other.invalid/" + LEDGER[:16]))),
        ("ledger.vkey", genesis_fact(vkey=vkey().replace("+", "+0", 1))),
        ("ledger.predecessor.members", genesis_fact(predecessor={})),
        ("ledger.predecessor.members", genesis_fact(predecessor="x")),
        ("ledger.predecessor.members", genesis_fact(predecessor={"origin": ORIGIN, "size": 1})),
        ("ledger.predecessor.size", genesis_fact(predecessor={"origin": ORIGIN, "size": 0, "root": "ab" * 32})),
        ("ledger.predecessor.size", genesis_fact(predecessor={"origin": ORIGIN, "size": -1, "root": "ab" * 32})),
        ("ledger.predecessor.size", genesis_fact(predecessor={"origin": ORIGIN, "size": "1", "root": "ab" * 32})),
        ("ledger.predecessor.size", genesis_fact(predecessor={"origin": ORIGIN, "size": True, "root": "ab" * 32})),
        ("ledger.predecessor.root", genesis_fact(predecessor={"origin": ORIGIN, "size": 1, "root": "ab" * 31})),
        ("ledger.predecessor.root", genesis_fact(predecessor={"origin": ORIGIN, "size": 1, "root": "AB" * 32})),
        ("ledger.predecessor.origin", genesis_fact(predecessor={"origin": "demo", "size": 1, "root": "ab" * 32})),
    ],
)
def test_attack_the_genesis_does_not_name_this_ledger(check: str, fact: dict[str, Any], tmp_path: Path) -> None:
    """Ledger, origin and key stand in entry 0 once for all: a checkpoint of another ledger cannot be put on top."""
    raw = entry(0, HOME, 1, OPENED, "2024-10-01T01:00:00Z", home_body("genesis", fact))
    refuse(write(tmp_path, files_of([raw])), check, 0)


def test_attack_the_genesis_names_another_key(tmp_path: Path) -> None:
    """The key given signs, but the ledger's own first entry knows another."""
    refuse(write(tmp_path, files_of([genesis(vkey=vkey(NEXT_KEY))])), "ledger.current")


def test_attack_the_genesis_stands_in_another_stream(tmp_path: Path) -> None:
    """The ledger speaks of itself in its own stream alone."""
    for stream in (f"ledger-{'00' * 16}", OFFICE, complaint(0)):
        raw = entry(0, stream, 1, OPENED, "2024-10-01T01:00:00Z", home_body("genesis", genesis_fact()))
        refuse(write(tmp_path / stream, files_of([raw])), "ledger.stream", 0)


def test_attack_the_trail_begins_with_something_else(tmp_path: Path) -> None:
    """Without a genesis nothing says whose trail this is."""
    raw = entry(0, complaint(0), 1, "complaint.filed.v1", "2024-10-01T01:00:00Z", body("first"))
    refuse(write(tmp_path, files_of([raw])), "ledger.opened", 0)


def test_attack_the_ledger_is_opened_again(tmp_path: Path) -> None:
    """A second genesis could change the key without a rotation."""
    fact = genesis_fact(vkey=vkey(NEXT_KEY))
    refuse_third(tmp_path, entry(2, HOME, 2, OPENED, instant(2), home_body("again", fact)), "ledger.opened")


@pytest.mark.parametrize(
    ("stream", "topic"),
    [
        (f"ledger-{'00' * 16}", "ledger.closed.v1"),
        (f"ledger-{'00' * 16}", "office.established.v1"),
        (complaint(0), "ledger.closed.v1"),
        (complaint(0), CORRECTED),
        (complaint(0), ROTATED),
        ("rulebook-" + "ab" * 16, "ledger.any.v1"),
    ],
)
def test_attack_another_stream_speaks_for_the_ledger(stream: str, topic: str, tmp_path: Path) -> None:
    """Rotating a key or correcting the clock from a complaint would slip past who may do it."""
    refuse_third(tmp_path, entry(2, stream, 1, topic, instant(2), home_body("2", {})), "ledger.stream")


@pytest.mark.parametrize("stream", [HOME, OFFICE, "election-" + "ab" * 16])
@pytest.mark.parametrize(
    ("member", "changes"),
    [
        ("act", {"office": OFFICE}),
        ("act", {"office": f"ledger-{'00' * 16}"}),
        ("act", {"source": "letter"}),
        ("by", {"office": OFFICE}),
        ("by", {"role": "intake"}),
        ("by", {"role": "own"}),
    ],
)
def test_attack_ledger_offices_or_elections_are_recorded_by_another(
    stream: str, member: str, changes: dict[str, str], tmp_path: Path
) -> None:
    """The registry acts for the ledger itself, as an act of its own, by its operator or registry."""
    content = home_body("2", {})
    content[member] = content[member] | changes
    version = 1 if stream.startswith("election") else 2
    refuse_third(tmp_path, entry(2, stream, version, "office.ended.v1", instant(2), content), "ledger.keeper")


def rotated(changes: dict[str, Any]) -> bytes:
    fact = {"retired_key_id": key_id(KEY).hex(), "vkey": vkey(NEXT_KEY), "from_size": 3} | changes
    fact = {name: value for name, value in fact.items() if value is not None}
    return entry(2, HOME, 2, ROTATED, instant(2), home_body("rotation", fact))


@pytest.mark.parametrize(
    ("check", "changes"),
    [
        ("ledger.members", {"vkey": None}),
        ("ledger.members", {"from_size": None}),
        ("ledger.members", {"retired_key_id": None}),
        ("ledger.members", {"more": 1}),
        ("ledger.rotation", {"retired_key_id": key_id(NEXT_KEY).hex()}),
        ("ledger.rotation", {"retired_key_id": key_id(KEY).hex().upper()}),
        ("ledger.rotation", {"retired_key_id": 1}),
        ("ledger.rotation", {"from_size": 1}),
        ("ledger.rotation", {"from_size": 2}),
        ("ledger.from_size", {"from_size": 0}),
        ("ledger.from_size", {"from_size": -3}),
        ("ledger.from_size", {"from_size": "3"}),
        ("ledger.from_size", {"from_size": True}),
        ("ledger.vkey", {"vkey": vkey(KEY)}),
        ("ledger.vkey", {"vkey": vkey(NEXT_KEY, "other.invalid/" + LEDGER[:16])}),
        ("ledger.vkey", {"vkey": "x"}),
        ("ledger.vkey", {"vkey": 1}),
    ],
)
def test_attack_a_rotation_reaches_back_or_names_other_keys(
    check: str, changes: dict[str, Any], tmp_path: Path
) -> None:
    """It retires the key that is current, names a fresh one of the same origin, and never reaches back."""
    refuse_third(tmp_path, rotated(changes), check)


def test_attack_a_second_rotation_overtakes_the_first(tmp_path: Path) -> None:
    """Sizes of rotations grow, so that every size has one key."""
    fact = {"retired_key_id": key_id(NEXT_KEY).hex(), "vkey": vkey(KEY), "from_size": 9}
    back = entry(3, HOME, 3, ROTATED, instant(3), home_body("back", fact))
    refuse(write(tmp_path / "back", files_of([*trail(2), rotated({}), back])), "ledger.vkey", 3)
    fact |= {"vkey": vkey(NEXT_KEY, ORIGIN), "from_size": 10}
    overtaking = entry(3, HOME, 3, ROTATED, instant(3), home_body("over", fact))
    far = rotated({"from_size": 10})
    refuse(write(tmp_path / "over", files_of([*trail(2), far, overtaking])), "ledger.rotation", 3)
