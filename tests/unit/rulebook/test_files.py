"""The law's files are read strictly: a bad one is refused with file, key and reason, with all of its folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ledger.codec import content_bytes
from ledger.errors import Invalid
from ledger.rulefiles import MAX_CONTENT, SHIPPED, Law, read_law, shipped_law


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped law, to be spoilt."""
    for name in ("rules", "calendars"):
        shutil.copytree(SHIPPED / name, tmp_path / name)
    return tmp_path


def refusal(folder: Path) -> Invalid:
    """What the folder is refused with."""
    with pytest.raises(Invalid) as invalid:
        read_law(folder)
    return invalid.value


BAD = {
    "an unknown unit": (
        "rules/uu_10_2016.toml",
        'unit = "calendar_day"',
        'unit = "day"',
        "rules[0].unit (pk.report)",
        "one of calendar_day, working_day, hour is expected, not 'day'",
    ),
    "a missing article": (
        "rules/pkpu_15_2024.toml",
        'article = "Pasal 4"\n',
        "",
        "rules[0].article (kpu.admin_followup)",
        "is required",
    ),
    "an unknown key": (
        "rules/uu_7_2017.toml",
        "limit = 7",
        "limit = 7\nlimits = 8",
        "rules[0].limits (pm.report)",
        "is not known; known here: article,",
    ),
    "an unknown table": (
        "rules/uu_34_2004.toml",
        "[[competences]]",
        "[[competence]]",
        "competence",
        "is not known; known here: categories,",
    ),
    "a day that no calendar has": (
        "rules/uu_27_2022.toml",
        "from = 2022-10-17",
        "from = 2022-02-30",
        "line 5, from",
        "is no TOML",
    ),
    "a date in quotes that is none": (
        "rules/uu_27_2022.toml",
        "from = 2022-10-17",
        'from = "17-10-2022"',
        "from",
        "a date such as 2024-09-22 is expected, not '17-10-2022'",
    ),
    "an instant for a date": (
        "rules/uu_27_2022.toml",
        "from = 2022-10-17",
        "from = 2022-10-17T00:00:00Z",
        "from",
        "a date such as 2024-09-22 is expected",
    ),
    "a text for a number": (
        "rules/dkpp_3_2017.toml",
        "limit = 7",
        'limit = "7"',
        "rules[0].limit (dkpp.adm_completion)",
        "a whole number from 1 is expected, not '7'",
    ),
    "a limit of nothing": ("rules/dkpp_3_2017.toml", "limit = 7", "limit = 0", "rules[0].limit", "from 1"),
    "a fraction": ("rules/dkpp_3_2017.toml", "limit = 7", "limit = 7.5", "rules[0].limit", "from 1"),
    "a mark that is no boolean": (
        "rules/mk_136_2024.toml",
        "verified = true",
        "verified = 1",
        "verified",
        "true or false",
    ),
    "a topic outside the grammar": (
        "rules/pp_79_2021.toml",
        "asn.objected.v1",
        "asn.objected",
        "rules[0].met_by[0].topic (asn.objection)",
        "a topic such as complaint.filed.v1 is expected",
    ),
    "an id outside the grammar": (
        "rules/pp_79_2021.toml",
        '"asn.objection"',
        '"ASN.objection"',
        "rules[0].id",
        "pk.handle",
    ),
    "a guard without its values": (
        "rules/dkpp_3_2017.toml",
        ', among = ["bms"]',
        "",
        "rules[0].started_by[0].member (dkpp.adm_completion)",
        "member and among are said together",
    ),
    "no note where nothing was verified": (
        "rules/pkpu_15_2024.toml",
        'note_en = "The limit of 7 days was read; its unit is not said and taken as calendar days."',
        "",
        "rules[0].note_en (kpu.admin_followup)",
        "is required where verified = false",
    ),
    "a replaced rule that there is not": (
        "rules/uu_7_2017.toml",
        'replaces = "pm.handle"',
        'replaces = "pm.handel"',
        "rules[3].replaces (pm.handle_ext)",
        "there is no rule pm.handel",
    ),
    "an end before the beginning": (
        "rules/perbawaslu_8_2020.toml",
        "until = 2024-09-30",
        "until = 2019-09-30",
        "rules[0].until (pk.finding)",
        "2019-09-30 is not after the first day of effect",
    ),
    "a code that is not the file's name": (
        "rules/uu_2_2002.toml",
        'code = "uu_2_2002"',
        'code = "uu_2"',
        "code",
        "uu_2_2002",
    ),
    "a year that is not the file's name": ("calendars/2024.toml", "year = 2024", "year = 2023", "year", "2024"),
    "a holiday of another year": (
        "calendars/2024.toml",
        "on = 2024-01-01",
        "on = 2023-01-01",
        "national_holidays[0].on (2023-01-01)",
        "2023-01-01 does not lie in 2024",
    ),
    "a holiday told twice": (
        "calendars/2024.toml",
        "on = 2024-02-08",
        "on = 2024-01-01",
        "national_holidays[1].on (2024-01-01)",
        "2024-01-01 does not follow 2024-01-01",
    ),
    "a character that may not stand in an entry": (
        "rules/uu_2_2002.toml",
        'title_en = "The police"',
        'title_en = "The \\u200e police"',
        "title_en",
        "U+200E",
    ),
    "what is no TOML": (
        "rules/uu_2_2002.toml",
        'title_en = "The police"',
        "title_en The police",
        "uu_2_2002.toml",
        "is no TOML",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "key", "because"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_with_file_key_and_reason(
    folder: Path, file: str, old: str, new: str, key: str, because: str
) -> None:
    """Whoever wrote it finds the line without reading our code."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    invalid = refusal(folder)
    assert invalid.member.startswith(str(path))
    assert key in invalid.member
    assert because in invalid.said.en
    assert invalid.said.id != invalid.said.en


@pytest.mark.parametrize(("day", "refused"), [("2024-09-30", False), ("2024-10-01", True)])
def test_two_editions_of_a_rule_may_touch_and_not_overlap(folder: Path, day: str, refused: bool) -> None:
    """Both files are named: the one to change, and the one that it contradicts."""
    path = folder / "rules/perbawaslu_8_2020.toml"
    path.write_text(path.read_text("utf-8").replace("until = 2024-09-30", f"until = {day}"), "utf-8")
    if not refused:
        read_law(folder)
        return
    invalid = refusal(folder)
    assert invalid.member == f"{folder / 'rules/perbawaslu_9_2024.toml'}: rules[2].from (pk.completion)"
    assert "overlaps with perbawaslu_8_2020, where it is the law from 2020-01-01 until 2024-10-01" in invalid.said.en


def test_a_file_that_is_no_text_is_refused(folder: Path) -> None:
    """A stray byte is no crash."""
    path = folder / "rules/uu_2_2002.toml"
    path.write_bytes(path.read_bytes() + b"# \xff\n")
    assert refusal(folder).member == str(path)


def test_a_regulation_that_fits_no_fact_is_refused(folder: Path) -> None:
    """At adoption it would be too late to say which file."""
    path = folder / "rules/uu_2_2002.toml"
    form = '\n[[forms]]\ncode = "f{}"\nlabel = "{}"\ntitle_id = "a"\ntitle_en = "b"\nverified = true\n'
    forms = "".join(form.format(number, "x" * 290) for number in range(140))
    path.write_text(path.read_text("utf-8") + forms, "utf-8")
    assert f"at most {MAX_CONTENT} fit a fact" in refusal(folder).said.en


@pytest.mark.parametrize("name", ["rules", "calendars"])
def test_a_folder_without_law_is_refused(folder: Path, name: str) -> None:
    """A mistyped path must not put an empty rulebook into force."""
    shutil.rmtree(folder / name)
    assert refusal(folder).member == str(folder / name)


def test_the_same_files_are_the_same_law(folder: Path) -> None:
    """Wherever they lie, and whatever a comment says; every content fits a fact."""
    path = folder / "rules/uu_2_2002.toml"
    path.write_text("# seen by us\n" + path.read_text("utf-8"), "utf-8")
    law: Law = read_law(folder)
    assert law == shipped_law()
    assert law.digests == shipped_law().digests
    assert max(len(content_bytes(each)) for each in law.regulations) < MAX_CONTENT
