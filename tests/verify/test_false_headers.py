"""Attacks by somebody who holds the key, on headers and their order (steps 4 and 5).

Every case is sealed anew, with a true tree and a true signature, so that no other check can catch it; each names the
check that must.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.verify.bundles import (
    CORRECTED,
    HOME,
    accept,
    body,
    complaint,
    entry,
    files_of,
    home_body,
    instant,
    refuse,
    refuse_third,
    replaced,
    trail,
    write,
)

GOOD = trail(3)[2]
HEAD = GOOD.partition(b"\n\n")[0]


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
