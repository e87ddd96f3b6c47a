"""Attacks on the header: each line has one spelling, and whatever another parser might forgive is refused here."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from ledger.codec import MAX_BODY, Entry, frame, unframe
from ledger.errors import Unreadable
from ledger.shape import INSTANT
from tests.unit.codec.entries import ESTABLISHED, HEADERS, body, head, read, refuse, with_header

FIRST, *LINES = head(ESTABLISHED).split(b"\n")
HEX = "ab" * 16


def entry(*lines: bytes, blank: bytes = b"\n\n") -> bytes:
    return b"\n".join(lines) + blank + body(ESTABLISHED)


def test_the_entry_that_the_attacks_start_from_is_good() -> None:
    """Otherwise the cases below would prove nothing."""
    assert entry(FIRST, *LINES) == ESTABLISHED
    assert read(ESTABLISHED).position == 1


@pytest.mark.parametrize("name", HEADERS)
def test_attack_a_header_line_is_missing(name: str) -> None:
    """Nothing is assumed for it."""
    refuse(entry(FIRST, *(line for line in LINES if not line.startswith(name.encode()))), "header line")


@pytest.mark.parametrize("name", HEADERS)
def test_attack_a_header_line_stands_twice(name: str) -> None:
    """Neither the first nor the last of two wins, wherever the second stands."""
    (line,) = (line for line in LINES if line.startswith(name.encode()))
    for place in range(len(LINES) + 1):
        refuse(entry(FIRST, *LINES[:place], line, *LINES[place:]), "header line")


def test_attack_a_header_line_takes_the_place_of_another() -> None:
    """Five lines, one of them twice."""
    for gone in range(len(LINES)):
        for doubled in set(range(len(LINES))) - {gone}:
            refuse(entry(FIRST, *LINES[:gone], LINES[doubled], *LINES[gone + 1 :]), "header line")


def test_attack_header_lines_stand_in_another_order() -> None:
    """Two orders of one entry would be two leaves."""
    for one in range(len(LINES)):
        for other in range(one):
            moved = list(LINES)
            moved[one], moved[other] = moved[other], moved[one]
            refuse(entry(FIRST, *moved), "header line")


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("form", ["{} ", "{}", "{}  X", "{}\tX", "{}:X", "{}: X", " {} X", "{}X", "{} X ", "{}\u00a0X"])
def test_attack_a_header_line_is_spaced_otherwise(name: str, form: str) -> None:
    """One space inside, none around."""
    place = HEADERS.index(name)
    value = LINES[place].split(b" ")[1].decode()
    line = form.format(name).replace("X", value).encode()
    assert line != LINES[place]
    refuse(entry(FIRST, *LINES[:place], line, *LINES[place + 1 :]), rf"\b{name}\b")


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("label", [str.upper, str.title, lambda name: name[:-1], lambda name: f"{name}s"])
def test_attack_a_header_line_is_named_otherwise(name: str, label: object) -> None:
    """The names are exact."""
    assert callable(label)
    place = HEADERS.index(name)
    line = label(name).encode() + b" " + LINES[place].split(b" ")[1]
    refuse(entry(FIRST, *LINES[:place], line, *LINES[place + 1 :]), "header line")


@pytest.mark.parametrize("place", range(6))
def test_attack_a_line_ends_in_carriage_return_and_line_feed(place: int) -> None:
    """What a mail system or an editor does to lines; in one line or in all."""
    lines = [FIRST, *LINES]
    refuse(entry(*lines[:place], lines[place] + b"\r", *lines[place + 1 :]))
    refuse(entry(*(line + b"\r" for line in lines)))
    refuse(ESTABLISHED.replace(b"\n", b"\r\n"))
    refuse(ESTABLISHED.replace(b"\n", b"\r"))


def test_attack_the_lines_end_otherwise() -> None:
    """One line feed after each line, one more before the body."""
    refuse(entry(FIRST, *LINES, blank=b"\n"), "blank line")
    refuse(entry(FIRST, *LINES, blank=b""), "blank line")
    refuse(entry(FIRST, *LINES, blank=b"\n\n\n"), "position 1")
    refuse(entry(FIRST, *LINES, blank=b"\n \n"), "blank line")
    refuse(entry(FIRST, b"", *LINES))
    for place in range(1, len(LINES)):
        refuse(entry(FIRST, *LINES[:place], b"", *LINES[place:]), "header lines")


@pytest.mark.parametrize("extra", [b"more x", b"at", b" ", b"#", b"\x00"])
def test_attack_a_sixth_line_follows(extra: bytes) -> None:
    """There is no room for extensions: a later format has another first line."""
    refuse(entry(FIRST, *LINES, extra), "header lines")


@pytest.mark.parametrize("after", [b"\n", b"\r\n", b" ", b"\x00", b"{}", b"\n\n", b"\xef\xbb\xbf"])
def test_attack_something_follows_the_body(after: bytes) -> None:
    """An entry ends with its body."""
    refuse(ESTABLISHED + after, "position 1, office.established.v1")


def test_attack_an_entry_is_cut_off() -> None:
    """Wherever it ends, except at its end."""
    for length in range(len(ESTABLISHED)):
        refuse(ESTABLISHED[:length])


@pytest.mark.parametrize("before", [b"\n", b" ", b"\xef\xbb\xbf", b"\x00"])
def test_attack_something_stands_before_the_first_line(before: bytes) -> None:
    """A byte order mark too."""
    refuse(before + ESTABLISHED, "unknown entry format")


NUMBERS = {
    "empty": "",
    "leading zero": "01",
    "double zero": "00",
    "plus": "+1",
    "minus": "-1",
    "minus zero": "-0",
    "space": " 1",
    "underscore": "1_0",
    "fraction": "1.0",
    "exponent": "1e3",
    "hexadecimal": "0x1",
    "a word": "one",
    "2^53": "9007199254740992",
    "16 nines": "9999999999999999",
    "17 digits": "10000000000000000",
    "17 digits with zeros": "00000000000000001",
    "40 digits": "1" * 40,
    "5000 digits": "1" * 5000,
    "Arabic-Indic": "\u0661",
    "Devanagari": "\u0967",
    "full-width": "\uff11",
    "superscript": "\u00b9",
    "mixed": "1\u0661",
    "line separator": "1\u2028",
    "nul": "1\x00",
    "vertical tab": "1\x0b",
}


@pytest.mark.parametrize("name", ["position", "version"])
@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
def test_attack_a_number_is_written_otherwise_or_too_great(name: str, number: str) -> None:
    """Digits of ASCII without a zero before them, below 2^53."""
    refuse(with_header(ESTABLISHED, name, number), name)


@pytest.mark.parametrize(("name", "number"), [("position", "0"), ("position", str(2**53 - 1)), ("version", "1")])
def test_the_least_and_the_greatest_number_are_read(name: str, number: str) -> None:
    """The bounds themselves are inside."""
    assert getattr(read(with_header(ESTABLISHED, name, number)), name) == int(number)


def test_versions_begin_at_one() -> None:
    """A version 0 would be a stream's state before its first fact."""
    refuse(with_header(ESTABLISHED, "version", "0"), "version 0 is not a number from 1")
    assert read(with_header(ESTABLISHED, "version", str(2**53 - 1))).version == 2**53 - 1


STREAMS = {
    "empty": "",
    "no digits": "office-",
    "31 digits": "office-" + HEX[1:],
    "33 digits": "office-" + HEX + "a",
    "upper case": "office-" + HEX.upper(),
    "one capital": "office-" + HEX[:-1] + "B",
    "not hexadecimal": "office-" + HEX[:-1] + "g",
    "full-width digits": "office-" + HEX[:-1] + "\uff11",
    "Arabic-Indic digits": "office-" + HEX[:-1] + "\u0661",
    "a UUID": "office-0190a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b",
    "another kind": "case-" + HEX,
    "a plural kind": "offices-" + HEX,
    "a kind with a capital": "Office-" + HEX,
    "no kind": "-" + HEX,
    "only digits": HEX,
    "underscore": "office_" + HEX,
    "two hyphens": "office--" + HEX,
    "a trailing hyphen": "office-" + HEX + "-",
    "a trailing space": "office-" + HEX + " ",
    "two streams": f"office-{HEX} office-{HEX}",
    "a path": "../office-" + HEX,
}


@pytest.mark.parametrize("stream", STREAMS.values(), ids=STREAMS)
def test_attack_a_stream_is_named_otherwise(stream: str) -> None:
    """One of seven kinds and 32 lowercase hex digits; a name that tells the hour (a UUIDv7) is none."""
    refuse(with_header(ESTABLISHED, "stream", stream), "stream")


@pytest.mark.parametrize("kind", ["ledger", "complaint", "official", "office", "election", "rulebook", "handover"])
def test_every_kind_of_stream_is_framed(kind: str) -> None:
    """Also those for which no topic is known yet: a trail holds entries that are older or newer than a release."""
    assert unframe(with_header(ESTABLISHED, "stream", f"{kind}-{HEX}")).stream == f"{kind}-{HEX}"


TOPICS = {
    "empty": "",
    "one word": "filed.v1",
    "no version": "office.established",
    "version without number": "office.established.v",
    "version 0": "office.established.v0",
    "version 01": "office.established.v01",
    "version 10000": "office.established.v10000",
    "a capital V": "office.established.V1",
    "a capital": "Office.established.v1",
    "a capital at a part's beginning": "office.Established.v1",
    "a capital inside": "office.establisheD.v1",
    "a class": "office.OfficeEstablished.v1",
    "a colon": "office:facts.established.v1",
    "a colon in a later part": "office.facts:established.v1",
    "a module path": "ledger.office.facts:OfficeEstablished",
    "a module path without version": "ledger.office.facts.OfficeEstablished",
    "an empty part": "office..established.v1",
    "a leading dot": ".office.established.v1",
    "a trailing dot": "office.established.v1.",
    "a part that begins with a digit": "office.1established.v1",
    "a part that begins with an underscore": "office._established.v1",
    "a hyphen": "office.estab-lished.v1",
    "a space": "office.estab lished.v1",
    "a slash": "office/established.v1",
    "an accent": "office.\u00e9tablished.v1",
    "a Cyrillic letter": "\u043effice.established.v1",
    "a full-width digit": "office.established.v\uff11",
    "an Arabic-Indic digit": "office.established.v\u0661",
    "101 bytes": "a." + "b" * 96 + ".v1",
    "a fraction": "office.established.v1.5",
}


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_attack_a_topic_is_spelled_otherwise(topic: str) -> None:
    """Words of ASCII joined by dots and a version; never the path of a module, which ties the trail to code."""
    with pytest.raises(Unreadable, match="topic"):
        unframe(with_header(ESTABLISHED, "topic", topic))


@pytest.mark.parametrize("topic", ["a.b.v1", "a.b.v9999", "a1_.b_2.c.d.e.v10", "a." + "b" * 95 + ".v1"])
def test_a_topic_of_the_grammar_is_framed_whether_we_know_it_or_not(topic: str) -> None:
    """The shortest, the greatest version, many words, exactly 100 bytes."""
    assert unframe(with_header(ESTABLISHED, "topic", topic)).topic == topic


INSTANTS = {
    "empty": "",
    "a date": "2024-10-02",
    "no Z": "2024-10-02T00:00:02",
    "lower-case z": "2024-10-02T00:00:02z",
    "lower-case t": "2024-10-02t00:00:02Z",
    "a space for T": "2024-10-02 00:00:02Z",
    "an underscore for T": "2024-10-02_00:00:02Z",
    "a fraction": "2024-10-02T00:00:02.000Z",
    "a fraction with a comma": "2024-10-02T00:00:02,5Z",
    "an offset": "2024-10-02T00:00:02+00:00",
    "an offset and Z": "2024-10-02T00:00:02+00:00Z",
    "another zone": "2024-10-02T07:00:02+07:00",
    "minutes only": "2024-10-02T00:00Z",
    "hour 24": "2024-10-02T24:00:00Z",
    "hour 25": "2024-10-02T25:00:00Z",
    "minute 60": "2024-10-02T00:60:00Z",
    "a leap second": "2024-12-31T23:59:60Z",
    "second 61": "2024-10-02T00:00:61Z",
    "30 February": "2024-02-30T00:00:00Z",
    "29 February of a common year": "2023-02-29T00:00:00Z",
    "29 February 1900": "1900-02-29T00:00:00Z",
    "31 April": "2024-04-31T00:00:00Z",
    "month 0": "2024-00-01T00:00:00Z",
    "month 13": "2024-13-01T00:00:00Z",
    "day 0": "2024-10-00T00:00:00Z",
    "day 32": "2024-10-32T00:00:00Z",
    "year 0": "0000-10-02T00:00:02Z",
    "five digits of a year": "12024-10-02T00:00:02Z",
    "a sign": "+2024-10-02T00:00:02Z",
    "basic form": "20241002T000002Z",
    "a week": "2024-W40-3T00:00:02Z",
    "an ordinal day": "2024-276T00:00:02Z",
    "a missing zero": "2024-1-02T00:00:02Z",
    "Arabic-Indic digits": "\u0662024-10-02T00:00:02Z",
    "full-width digits": "\uff12024-10-02T00:00:02Z",
    "a trailing space": "2024-10-02T00:00:02Z ",
    "now": "now",
    "seconds since 1970": "1727827202",
}


@pytest.mark.parametrize("at", INSTANTS.values(), ids=INSTANTS)
def test_attack_an_instant_is_written_otherwise_or_never_was(at: str) -> None:
    """Whole seconds of UTC in one spelling, on a day of the calendar."""
    refuse(with_header(ESTABLISHED, "at", at), "^position 1: at: |header line .* is not `at")


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "9999-12-31T23:59:59Z"])
def test_every_instant_of_the_calendar_is_read(at: str) -> None:
    """The first, a leap day, the last."""
    assert unframe(with_header(ESTABLISHED, "at", at)).at == at


@pytest.mark.parametrize("at", ["2024-10-02T24:00:00Z", "2024-10-02T00:60:00Z", "2024-12-31T23:59:60Z"])
def test_attack_the_python_that_reads_takes_hour_24_for_the_next_day(at: str) -> None:
    """Later versions of `fromisoformat` accept 24:00, so the grammar itself must end at 23:59:59."""
    assert not INSTANT.fullmatch(at)


BROKEN = Entry(1, f"office-{HEX}", 1, "office.ended.v1", "2024-10-02T00:00:02Z", b"{}")


def test_the_row_that_the_attacks_start_from_is_framed() -> None:
    """Otherwise the cases below would prove nothing."""
    assert unframe(frame(BROKEN)) == BROKEN


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("stream", stream) for stream in STREAMS.values()),
        *(("topic", topic) for topic in TOPICS.values()),
        *(("at", at) for at in INSTANTS.values()),
        *((name, number) for name in ("position", "version") for number in (-1, 2**53, 10**16)),
        ("version", 0),
        ("stream", f"office-{HEX}\n"),
        ("topic", "office.ended.v1\nat 2024-10-02T00:00:02Z"),
        ("at", "2024-10-02T00:00:02Z\n"),
        ("body", b"x" * (MAX_BODY + 1)),
    ],
)
def test_attack_a_row_of_the_database_makes_no_entry(name: str, value: Any) -> None:
    """A row that somebody changed is not framed: what cannot be read is not served, hashed or exported either."""
    with pytest.raises(Unreadable, match="position"):
        frame(dataclasses.replace(BROKEN, **{name: value}))


def test_the_longest_entry_fits_a_bundle() -> None:
    """A bundle gives an entry's length in two bytes."""
    longest = Entry(
        2**53 - 1, f"complaint-{HEX}", 2**53 - 1, "a." + "b" * 95 + ".v1", "9999-12-31T23:59:59Z", b"x" * MAX_BODY
    )
    assert len(frame(longest)) < 2**16
    assert unframe(frame(longest)) == longest
