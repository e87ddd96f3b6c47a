"""Most entries are taken at a glance: whatever a glance lets pass, the exact reading lets pass too, and as the same.

Two verifiers read the same entries: one as it is, one in which nothing is of the common form.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.verify.bundles import (
    OFFICE,
    VERIFY,
    accept,
    body,
    canonical,
    complaint,
    digest,
    entry,
    files_of,
    instant,
    load,
    replaced,
    trail,
    vkey,
    with_body,
    write,
)

EXACT = load()
EXACT.COMMON = re.compile("(?!)")
Answer = tuple[object, ...]


def read(verifier: Any, entries: Sequence[bytes]) -> Answer:
    """What a verifier says of entries one after another, and what it holds the next one against."""
    report = verifier.Report(Path(), vkey())
    for position, raw in enumerate(entries):
        try:
            report.take(position, raw)
        except verifier.VerificationError as error:
            return position, error.check, error.expected, error.found
    return report.versions, report.last, report.once, report.corrected, report.keys


def agree(entries: Sequence[bytes]) -> bool:
    """Whether the entries are good; both verifiers must say so, or refuse the same one by the same words."""
    answer = read(VERIFY, entries)
    assert answer == read(EXACT, entries)
    return len(answer) == 5


def filed(position: int, fact: object, **changes: Any) -> bytes:
    """One more entry about a complaint of its own."""
    content = body(f"glance {position}", fact=fact) | changes
    return entry(position, complaint(position), 1, "complaint.filed.v1", instant(position), content)


# Entries that are made up


TEXTS = st.one_of(
    st.sampled_from(
        ["", "a:", "[", "{", '{"sealed":"', '"}', ":", ",", "]", "}", "\\", '"', digest("x"), "2024-10-01"]
    ),
    st.text('ab:,[]{}"\\ \u00e9\u2028\x00', max_size=6),
    st.text(max_size=4),
)
VALUES = st.recursive(
    st.one_of(TEXTS, st.integers(-(2**54), 2**54), st.booleans(), st.none(), st.builds(lambda: 1.5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["a", "b", "sealed", "A", "a:"]), inner, max_size=3),
        st.builds(lambda text: {"sealed": digest(text)}, st.text(max_size=3)),
    ),
    max_leaves=6,
)
FACTS = st.dictionaries(st.sampled_from(["a", "b", "c", "sealed"]), VALUES, max_size=3)
PIECES = [
    '"',
    ":",
    ",",
    "[",
    "]",
    "{",
    "}",
    "\\",
    " ",
    "0",
    "a",
    '""',
    ':"',
    '":"',
    '","',
    '{"sealed":"',
    "\u00e9",
    "\n",
    "\0",
]
EDITS = st.lists(
    st.tuples(st.integers(0, 2000), st.integers(0, 8), st.one_of(st.sampled_from(PIECES), st.binary(max_size=2))),
    max_size=3,
)


def edited(raw: bytes, edits: Sequence[tuple[int, int, str | bytes]]) -> bytes:
    """Bytes in which a few short runs are replaced by others."""
    for start, length, piece in edits:
        place = start % (len(raw) + 1)
        raw = raw[:place] + (piece.encode() if isinstance(piece, str) else piece) + raw[place + length :]
    return raw


@settings(deadline=None, max_examples=1500)
@given(fact=FACTS, edits=EDITS)
@example(fact={"a": ["b:", "c"]}, edits=[])
@example(fact={"a": {"sealed": digest("x")}}, edits=[])
def test_an_edited_fact_is_read_as_exactly(fact: dict[str, Any], edits: list[tuple[int, int, str | bytes]]) -> None:
    """The one before it may have taught what such facts are like; each begins with the same bytes."""
    before = filed(2, fact)
    text = canonical(fact) if agree([*trail(2), before]) else b"{}"
    frame, _, nonce = before.partition(b',"fact":')[0], b"", digest("other nonce")[:32].encode()
    raw = frame + b',"fact":' + edited(text, edits) + b',"nonce":"' + nonce + b'"}'
    raw = replaced(replaced(raw, b"position", b"3"), b"stream", complaint(3).encode())
    agree([*trail(2), before, raw])


@settings(deadline=None, max_examples=1500)
@given(edits=EDITS, sealed=st.booleans(), at=st.booleans())
def test_an_edited_entry_is_read_as_exactly(edits: list[tuple[int, int, str | bytes]], sealed: bool, at: bool) -> None:
    """Header, act, recorder, fact and nonce: after an entry of the same form, each byte of the next one counts."""
    entries = list(trail(2))
    for position in (2, 3):
        text: Any = {"sealed": digest(f"sealed {position}")} if sealed else "plain"
        by = {"office": OFFICE, "role": "intake", "actor": "a1"}
        act = {"office": OFFICE, "source": "own"} | ({"at": instant(1)} if at else {"on": instant(1)[:10]})
        who = {"who": {"sealed": digest(f"who {position}")}} if sealed else {}
        entries.append(filed(position, {"a": text, "b": [1, "x"]}, by=by | who, act=act))
    assert agree(entries)
    agree([*entries[:3], edited(entries[3], edits)])


LURES: list[dict[str, Any]] = [
    {"a": ["b:", "c"]},
    {"a": "b:", "b": "c"},
    {"a": ["b[", "c"], "b": "{"},
    {"a": [":", ":"], "b": {"c": ":"}},
    {"a": ["", ":"], "b": ""},
    {"a": {"sealed": digest("lure")}, "b": "c"},
    {"a": [{"sealed": digest("lure")}, "b:"]},
    {"a": "\\", "b": ':"'},
    {"a": "b:\\", "b": '":"'},
]
"""Facts whose texts hold what a hasty eye takes for the ends of values."""


@pytest.mark.parametrize("fact", LURES, ids=repr)
def test_attack_a_fact_is_changed_in_one_place(fact: dict[str, Any]) -> None:
    """Every short run of bytes is replaced by every piece: after the true fact, each of these is read as exactly."""
    text = canonical(fact).replace(digest("lure").encode(), digest("other").encode())
    frame = replaced(replaced(filed(2, {}), b"position", b"3"), b"stream", complaint(3).encode())
    frame = frame.replace(digest("nonce glance 2")[:32].encode(), digest("other nonce")[:32].encode())
    reports = [verifier.Report(Path(), vkey()) for verifier in (VERIFY, EXACT)]
    for report in reports:
        for position, raw in enumerate([*trail(2), filed(2, fact)]):
            report.take(position, raw)
    good = 0
    for place in range(len(text) + 1):
        if 2 < place - text.find(digest("other").encode()) < 60 and b"sealed" in text:
            continue  # the middle of a commitment is like its beginning
        for length in (0, 1, 2):
            for piece in [b"", *(each.encode() for each in PIECES)]:
                changed = text[:place] + piece + text[place + length :]
                answers = []
                for report in reports:
                    again = copy.copy(report)
                    again.versions, again.once = dict(report.versions), set(report.once)
                    try:
                        again.take(3, frame.replace(b'"fact":{}', b'"fact":' + changed))
                        answers.append((again.versions, again.once, again.last))
                    except (VERIFY.VerificationError, EXACT.VerificationError) as error:
                        answers.append((error.check, error.expected, error.found))
                assert answers[0] == answers[1], changed
                good += isinstance(answers[0][0], dict)
    assert good


CLOSE = {
    "a fact like the one before": (b'"online"', b'"letter"', True),
    "an act of the day before its entry": (b"2024-10-01", b"2024-10-02", True),
    "an act of a day that is not there": (b"2024-10-01", b"2024-09-31", False),
    "a later act": (b"2024-10-01", b"2024-10-03", False),
    "a string that is not closed": (b'"online"', b'"online', False),
    "a string that ends in a colon": (b'"online"', b'"online:","x"', False),
    "a control character": (b'"online"', b'"on\x7fline"', False),
    "a mark of direction": (b'"online"', '"on\u200eline"'.encode(), False),
    "bytes that are not UTF-8": (b'"online"', b'"\xff"', False),
    "an escape": (b'"online"', b'"\\u0061"', False),
    "a member twice": (b'"channel":"online"', b'"channel":"online","channel":"online"', False),
    "another order": (b'{"channel":"online",', b'{"region":"1","channel":"online",', False),
    "a shorter commitment": (b'"narrative":{"sealed":"', b'"narrative":{"sealed":"0', False),
    "an empty commitment": (digest("narrative 5").encode(), b"", False),
    "a commitment in capitals": (digest("narrative 5").encode(), digest("narrative 5").upper().encode(), False),
    "a commitment that was there before": (digest("narrative 5").encode(), digest("narrative 3").encode(), False),
    "a commitment twice": (digest("narrative 5").encode(), digest("who 5").encode(), False),
    "a nonce that was there before": (digest("nonce 5")[:32].encode(), digest("nonce 3")[:32].encode(), False),
    "a version too high": (b"version 2", b"version 3", False),
    "a position too high": (b"position 5", b"position 6", False),
    "an office that is none": (b'"office":"office-', b'"office":"complaint-', False),
    "a topic of the ledger": (b"complaint.traced.v1", b"ledger.closed.v1", False),
    "a topic too long": (b"complaint.traced.v1", b"complaint." + b"x" * 90 + b".v1", False),
    "the stream of an office": (b"stream complaint-", b"stream office-", False),
}


@pytest.mark.parametrize("name", CLOSE)
def test_attack_an_entry_is_false_in_one_place(name: str) -> None:
    """What a glance does not know is read exactly, and refused by its name."""
    old, new, good = CLOSE[name]
    entries = list(trail(6))
    assert entries[5].count(old) >= 1
    assert agree([*entries[:5], entries[5].replace(old, new)]) is good


def test_a_glance_is_enough_for_most_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise what is said above would be said of nothing."""
    report = VERIFY.Report(Path(), vkey())
    for position, raw in enumerate(trail(20)[:8]):
        report.take(position, raw)
    monkeypatch.setattr(VERIFY.CANONICAL, "encode", None)
    for position, raw in enumerate(trail(20)[8:], 8):
        report.take(position, raw)
    assert report.versions == read(EXACT, trail(20))[0]


def test_a_bundle_is_reported_on_in_the_same_words(tmp_path: Path) -> None:
    """Every line of it."""
    write(tmp_path, files_of(trail(600)))
    assert accept(tmp_path).text() == EXACT.verify(tmp_path, vkey()).text()


def test_a_fact_that_is_longer_than_most_is_read_exactly() -> None:
    """The limit of a body is counted where it matters."""
    long = filed(3, {"a": "x" * 64_000})
    assert agree([*trail(2), filed(2, {"a": "y"}), long])
    assert not agree([*trail(2), filed(2, {"a": "y"}), with_body(long, body("z", fact={"a": "x" * 65_000}))])


def test_attack_every_entry_is_long_and_like_no_other() -> None:
    """Ten thousand shapes are remembered, none of a long one: they do not fill the auditor's memory."""
    report = VERIFY.Report(Path(), vkey())
    long = [filed(position, {"a": [f"{position}, {'x' * 60_000}"]}) for position in (2, 3)]
    for position, raw in enumerate([*trail(2), *long]):
        report.take(position, raw)
    assert sum(map(len, report.usual)) < 4_000


@pytest.mark.parametrize("member", ["role", "actor"])
def test_attack_a_body_is_too_long_by_another_member_than_its_fact(member: str) -> None:
    """A role and a handle have no limit of their own, but the body has: one byte more is refused."""
    entries = [*trail(2), filed(2, {"a": "y"})]
    by = {"office": OFFICE, "role": "intake", "actor": "a1"}
    start = len(filed(3, {"a": "x"}, by=by).partition(b"\n\n")[2])
    for length, good in [(65_023, True), (65_024, False), (65_400, False)]:
        raw = filed(3, {"a": "x"}, by=by | {member: by[member] + "1" * (length - start)})
        assert len(raw.partition(b"\n\n")[2]) == length
        assert agree([*entries, raw]) is good
