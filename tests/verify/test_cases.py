"""What is asked of one case: all its events up to a size, and values that were handed over with their salts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.verify.bundles import (
    OFFICE,
    VERIFY,
    body,
    canonical,
    complaint,
    condemned,
    digest,
    entry,
    files_of,
    instant,
    receipt,
    sha,
    trail,
    vkey,
    write,
)

SALT = bytes(range(32))
NARRATIVE = {
    "kind": "complaint.filed.narrative",
    "of": "case",
    "stream": complaint(0),
    "value": "Lurah hadir.\n\u2028!",
}
NAME = {"kind": "complaint.filed.complainants.name", "of": "k1", "stream": complaint(0), "value": "Sari"}
WHO = {"kind": "complaint.filed.by.who", "of": "a1", "stream": complaint(0), "value": "Budi"}


def commitment(payload: dict[str, str], salt: bytes = SALT) -> str:
    return sha(b"netral-sealed/v1\n" + salt + canonical(payload)).hex()


def sealing(*payloads: dict[str, str]) -> tuple[bytes, ...]:
    """A trail of four in which entry 2 holds the sealed values at their members."""
    narrative, name, who = payloads
    fact = {"narrative": {"sealed": commitment(narrative)}, "complainants": [{"name": {"sealed": commitment(name)}}]}
    by = {"office": OFFICE, "role": "intake", "actor": "a1", "who": {"sealed": commitment(who)}}
    raw = entry(2, complaint(0), 1, "complaint.filed.v1", instant(2), body("2", fact=fact, by=by))
    return (*trail(2), raw, trail(4)[3])


ENTRIES = sealing(NARRATIVE, NAME, WHO)


def opened(*payloads: dict[str, str], salt: str = SALT.hex(), **more: Any) -> bytes:
    """Values as the API hands them out, with members that nobody needs."""
    values = [
        {"salt": salt, "payload": canonical(each).decode(), "member": "x", "value": "x"} | more for each in payloads
    ]
    return json.dumps({"stream": "x", "values": values}).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bundle with three sealed values."""
    return write(tmp_path / "bundle", files_of(ENTRIES))


# Values that were sealed


def test_values_that_were_handed_over_are_found_where_they_were_sealed(folder: Path) -> None:
    """In a list below the fact, beside it, and at the recorder's name; shown in characters that hide nothing."""
    told = VERIFY.verify(folder, vkey(), opened=[opened(NARRATIVE, NAME), opened(WHO)]).text()
    assert r"entry 2, complaint.filed.narrative of 'case': 'Lurah hadir.\n\u2028!'" in told
    assert "entry 2, complaint.filed.complainants.name of 'k1': 'Sari'" in told
    assert "entry 2, complaint.filed.by.who of 'a1': 'Budi'" in told
    assert told.isascii()


def test_one_value_alone_is_opened_against_one_receipt() -> None:
    """A citizen with a receipt, the entry and the disclosed value needs no bundle."""
    single = json.dumps({"salt": SALT.hex(), "payload": canonical(NAME).decode()}).encode()
    told = VERIFY.verify(None, vkey(), proof=[receipt(ENTRIES, 2)], entry=[ENTRIES[2]], opened=[single]).text()
    assert "16 opened: \n   entry 2, complaint.filed.complainants.name of 'k1': 'Sari'" in told


def test_attack_another_value_salt_or_reading_is_handed_over(folder: Path) -> None:
    """Nothing but what was sealed leads to the commitment."""
    for false in (
        opened(NAME | {"value": "Siti"}),
        opened(NAME | {"of": "k2"}),
        opened(NAME, salt="00" * 32),
        opened(NAME | {"stream": complaint(1)}),
        opened(NAME, NARRATIVE | {"value": ""}),
    ):
        condemned("opened.commitment", folder, opened=[false])


@pytest.mark.parametrize(
    "false",
    [
        NAME | {"kind": "complaint.filed.complainants.phone"},
        NAME | {"kind": "complaint.filed.v1.complainants.name"},
        NAME | {"kind": "complaint.filed.fact.complainants.name"},
        NAME | {"stream": complaint(1)},
    ],
)
def test_attack_a_commitment_was_copied_to_another_member_or_another_case(
    false: dict[str, str], tmp_path: Path
) -> None:
    """The payload names the stream and the member that it was sealed for."""
    entries = sealing(NARRATIVE, false, WHO)
    condemned("opened.place", write(tmp_path, files_of(entries)), opened=[opened(false)])


SINGLE = {"salt": SALT.hex(), "payload": canonical(NAME).decode()}


def single(**changes: Any) -> bytes:
    """One value in a file of its own."""
    return json.dumps(SINGLE | changes).encode()


REVERSED = json.dumps(dict(reversed(NAME.items())), separators=(",", ":"))
MALFORMED = {
    "nothing": ("opened.form", b""),
    "no JSON": ("opened.form", b"x"),
    "no text": ("opened.form", b"\xff"),
    "brackets without end": ("opened.form", b"[" * 100_000),
    "a number": ("opened.members", b"1"),
    "a list": ("opened.members", b"[]"),
    "an object of nothing": ("opened.members", b"{}"),
    "values that are no list": ("opened.members", b'{"values": 1}'),
    "a value that is no object": ("opened.members", b'{"values": [1]}'),
    "no salt": ("opened.members", json.dumps({"payload": SINGLE["payload"]}).encode()),
    "no payload": ("opened.members", json.dumps({"salt": SINGLE["salt"]}).encode()),
    "a salt of 31 bytes": ("opened.salt", opened(NAME, salt="ab" * 31)),
    "a salt in capitals": ("opened.salt", opened(NAME, salt="AB" * 32)),
    "a salt that is erased": ("opened.salt", single(salt=None)),
    "a payload that is erased": ("opened.payload", single(payload=None)),
    "a payload of half a character": ("opened.payload", single(payload='"\ud800"')),
    "a payload that is no JSON": ("opened.form", single(payload="x")),
    "a payload that is a list": ("opened.payload.members", single(payload="[]")),
    "a payload with a member more": ("opened.payload.members", opened(NAME | {"more": "x"})),
    "a payload without its value": ("opened.payload.members", opened({"kind": "x", "of": "x", "stream": "x"})),
    "a payload of no stream": ("opened.payload.stream", opened(NAME | {"stream": "x"})),
    "a value that is no text": ("opened.payload.value", single(payload=canonical(NAME | {"value": 1}).decode())),
    "a value of half a character": (
        "opened.payload.value",
        single(payload=SINGLE["payload"].replace("Sari", "\\ud800")),
    ),
    "white space": ("opened.form", single(payload=SINGLE["payload"] + " ")),
    "another order": ("opened.form", single(payload=REVERSED)),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_attack_what_is_handed_over_is_no_salt_and_payload(name: str, folder: Path) -> None:
    """Untrusted like all else: it ends in a verdict."""
    check, data = MALFORMED[name]
    condemned(check, folder, opened=[data])


# The events of one case


@pytest.mark.parametrize(("upto", "versions"), [(None, 4), (12, 4), (11, 3), (3, 1), (2, 0)])
def test_all_events_of_one_case_are_listed_and_no_others(upto: int | None, versions: int, tmp_path: Path) -> None:
    """Complete by scanning: every entry below the size was read, and versions have no gap."""
    folder = write(tmp_path, files_of(trail(12)))
    asked: dict[str, Any] = {"case": [complaint(0)]} | ({"upto": [str(upto)]} if upto else {})
    told = VERIFY.verify(folder, vkey(), **asked).text()
    events = [line for line in told.splitlines() if line.startswith("   ") and ". complaint." in line]
    assert [int(line.split(".")[0]) for line in events] == list(range(1, versions + 1))
    assert f"and no other events among the first {upto or 12} entries" in told
    assert complaint(1) not in told
    if versions:
        assert f"   1. complaint.filed.v1, entry 2, {instant(2)}\n" in told
        assert '"channel": "online"' in told


def test_a_case_that_is_not_there_has_no_events(tmp_path: Path) -> None:
    """That is an answer too: nothing of it was recorded below this size."""
    told = VERIFY.verify(write(tmp_path, files_of(trail(3))), vkey(), case=["complaint-" + "0" * 32]).text()
    assert "17 case: \n   and no other events among the first 3 entries" in told


def test_attack_an_event_of_the_case_is_dropped(tmp_path: Path) -> None:
    """A gap in its versions would show, though the holder of the key sealed it anew."""
    kept = [raw for raw in trail(12) if b"version 2\n" not in raw or complaint(0).encode() not in raw]
    entries = [raw.replace(b"position %d\n" % (place + 1), b"position %d\n" % place) for place, raw in enumerate(kept)]
    condemned("order.version", write(tmp_path, files_of(entries)), case=[complaint(0)])


def test_a_size_beyond_the_trail_is_refused(folder: Path) -> None:
    """What the trail does not hold cannot be complete."""
    condemned("case.upto", folder, case=[complaint(0)], upto=["5"])


def test_a_body_that_would_mislead_a_terminal_is_shown_in_ascii(tmp_path: Path) -> None:
    """Letters of any script are escaped: two that look alike are told apart."""
    raw = entry(2, complaint(0), 1, "complaint.filed.v1", instant(2), body("2", fact={"a": "\u043a\u00e9"}))
    told = VERIFY.verify(write(tmp_path, files_of([*trail(2), raw])), vkey(), case=[complaint(0)]).text()
    assert r'"a": "\u043a\u00e9"' in told
    assert digest("x") not in told
