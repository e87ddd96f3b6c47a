"""`netral rules`: list, show, due and adopt, as a user runs them and as a program reads them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from api.rulings import edition_on, editions_of, reckon, rulebook_in, start_of
from ledger.errors import Invalid, Missing
from ledger.rulefiles import shipped_law
from ledger.values import Zone
from tests.api.commands import netral

BOOK = rulebook_in(None)
WHO = ("--operator-account", "sari", "--operator-name", "Sari Contoh")


def ran(folder: Path, *arguments: str) -> str:
    """What a command says that succeeds in silence on stderr."""
    done = netral(folder, "rules", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_list_names_every_rule_with_its_mark_on_eighty_columns(tmp_path: Path) -> None:
    """What was not verified says so beside its figure, without colour."""
    out = ran(tmp_path, "list")
    placed = list(shipped_law().rulebook().placed())
    assert all(each.rule.id in out for each in placed)
    assert out.count("✗ BELUM · NO") == sum(not each.rule.verified for each in placed)
    assert out.count("✓ ya · yes") == sum(each.rule.verified for each in placed)
    assert max(map(len, out.splitlines())) <= 80
    assert "…" not in out


def test_a_rule_is_shown_in_both_languages_and_all_editions(tmp_path: Path) -> None:
    """With what starts and meets it, who must act, what follows otherwise, its basis and the note on its figure."""
    out = ran(tmp_path, "show", "PK.kajian_awal")
    for told in (
        "pk.kajian_awal: Kajian awal atas laporan (Pilkada)",
        "Initial review of a report (Pilkada)",
        "from 2020-01-01 until 2024-09-29",
        "from 2024-09-30",
        "complaint.completion_received.v1",
        "complaint.reviewed.v1",
        "2 hari kalender · 2 calendar days",
        "BELUM · NO",
        "its unit is uncertain",
        "perbawaslu_9_2024",
    ):
        assert told in out


def test_guards_are_shown_beside_their_topic(tmp_path: Path) -> None:
    """Whose arrival starts a clock is half of the rule."""
    assert "complaint.referral_received.v1 (track asn; at bkn)" in ran(tmp_path, "show", "sbt.satgas")


def test_a_deadline_is_one_json_object_for_a_program(tmp_path: Path) -> None:
    """Rule, due instant in UTC, mark and arithmetic, and nothing else."""
    out = ran(tmp_path, "due", "pk.handle", "2024-11-25", "--zone", "wit", "--json")
    assert json.loads(out) == {
        "rule": "pk.handle",
        "due_at": "2024-11-28T15:00:00Z",
        "verified": True,
        "trace": [
            "2024-11-25 start, not counted",
            "2024-11-26 day 1",
            "2024-11-27 day 2",
            "2024-11-28 day 3",
            "2024-11-28T15:00:00Z due: the midnight that ends 2024-11-28 (wit)",
        ],
    }


def test_a_deadline_is_written_out_for_a_person_with_its_mark(tmp_path: Path) -> None:
    """The instant in UTC and where the office's clocks stand, and why it is not verified."""
    out = ran(tmp_path, "due", "kpu.admin_followup", "2024-10-28T10:00:00+09:00", "--zone", "wit")
    assert "batas · due  2024-11-04T15:00:00Z  (2024-11-05 00:00 WIT)" in out
    assert "BELUM DIPERIKSA · NOT VERIFIED" in out
    assert "its unit is not said and taken as calendar days" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("due", "pk.hndle", "2024-11-25"), ["no rule 'pk.hndle'", "pk.handle"]),
        (("due", "pk.handle", "soon"), ["'soon'", "a date such as", "an instant such as"]),
        (("show", "zzz"), ["no rule 'zzz'", "there are: asn.objection", "sbt.satgas"]),
        (("list", "--data", "nowhere"), ["no ledger in nowhere", "--data"]),
        (("adopt", "--from", "nowhere", *WHO), ["nowhere/rules", "no .toml file"]),
    ],
    ids=["a rule like another", "no date", "a rule like none", "no ledger", "no law"],
)
def test_a_mistake_is_answered_in_one_sentence(tmp_path: Path, arguments: tuple[str, ...], said: list[str]) -> None:
    """It says what would be right, and is no traceback."""
    done = netral(tmp_path, "rules", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert all(each in done.stderr for each in said), done.stderr


def test_the_law_is_adopted_into_a_ledger_once_and_read_from_there(tmp_path: Path) -> None:
    """A second adoption records nothing; what the ledger adopted is listed, shown and reckoned from its own facts."""
    opened = netral(tmp_path, "open", "ledger", "--domain", "contoh.invalid", *WHO)
    assert opened.returncode == 0, opened.stderr
    none = netral(tmp_path, "rules", "list", "--data", "ledger")
    assert "has adopted no law yet: netral rules adopt ledger" in none.stderr
    first = ran(tmp_path, "adopt", "ledger", *WHO)
    held = f"{len(shipped_law().regulations)} regulations, {len(shipped_law().years)} calendars"
    assert first.startswith(f"the law is in force: {held}; entries 1 to ")
    assert ran(tmp_path, "adopt", "ledger", *WHO) == (
        f"exactly this law is in force already ({held}): nothing was recorded\n"
    )
    assert ran(tmp_path, "list", "--data", "ledger") == ran(tmp_path, "list")
    assert netral(tmp_path, "status", "ledger").returncode == 0


# --- without a process -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "start"),
    [
        ("2024-06-14", date(2024, 6, 14)),
        ("2024-06-14T09:00:00Z", datetime(2024, 6, 14, 9, tzinfo=UTC)),
        ("2024-06-14T23:30:00+09:00", datetime(2024, 6, 14, 14, 30, tzinfo=UTC)),
        ("2024-06-14T09:00+07:00", datetime(2024, 6, 14, 2, tzinfo=UTC)),
    ],
)
def test_a_start_is_a_date_or_an_instant(told: str, start: date) -> None:
    """An instant may be told with the offset of any zone."""
    assert start_of(told) == start
    assert type(start_of(told)) is type(start)


@pytest.mark.parametrize(
    "told",
    [
        "",
        "14-06-2024",
        "2024-02-30",
        "2024-06-14 09:00:00Z",
        "20240614",
        "2024-W24-5",
        "2024-06-14T25:00:00Z",
        "２０２４-06-14",
    ],
)
def test_what_is_no_start_is_refused_with_an_example(told: str) -> None:
    """Other ways of writing a date are not guessed at."""
    with pytest.raises(Invalid, match="2024-06-14T09:00:00Z"):
        start_of(told)


def test_an_instant_must_say_its_zone() -> None:
    """Nine in the morning is three instants in Indonesia."""
    with pytest.raises(Invalid, match=r"does not say its zone.*\+09:00"):
        start_of("2024-06-14T09:00:00")


@pytest.mark.parametrize("told", ["0001-01-01T00:00:00+09:00", "9999-12-31T23:59:59-01:00"])
def test_an_instant_at_the_edge_of_time_is_refused(told: str) -> None:
    """In UTC there is no such instant."""
    with pytest.raises(Invalid, match="neither"):
        start_of(told)


def test_the_edition_is_that_of_the_start_in_its_zone() -> None:
    """At 16:30 UTC on 29 September 2024 it is the 30th in Makassar already, and the new regulation's day."""
    found = {
        zone: reckon(BOOK, "pk.kajian_awal", start_of("2024-09-29T16:30:00Z"), zone).placed.regulation.code
        for zone in Zone
    }
    assert found == {Zone.WIB: "perbawaslu_8_2020", Zone.WITA: "perbawaslu_9_2024", Zone.WIT: "perbawaslu_9_2024"}


def test_a_day_before_the_law_is_told_since_when_it_is() -> None:
    """A rule is applied to no day on which it was not the law."""
    with pytest.raises(Missing, match="was not the law on 2019-12-31: it is in force from 2020-01-01 until 2024-09-29"):
        edition_on(BOOK, "pk.completion", date(2019, 12, 31))


def test_hours_ask_for_an_instant() -> None:
    """A date has no hour to count from."""
    with pytest.raises(Invalid, match="counts hours"):
        reckon(BOOK, "pdp.breach_notice", date(2024, 1, 1), Zone.WIB)


@pytest.mark.parametrize("rule", ["pk.handle", "pm.report"])
def test_a_limit_beyond_the_last_date_is_refused(rule: str) -> None:
    """No traceback at the end of time."""
    with pytest.raises(Invalid, match="no calendar reaches"):
        reckon(BOOK, rule, date(9999, 12, 31), Zone.WIB)


def test_a_deadline_is_as_verified_as_its_weakest_part() -> None:
    """A rule that was read, on a calendar that is an estimate, is no verified deadline."""
    told = {
        day: reckon(BOOK, "pm.report", date.fromisoformat(day), Zone.WIB).verified
        for day in ("2026-03-02", "2027-03-01")
    }
    assert told == {"2026-03-02": True, "2027-03-01": False}


def test_a_rule_is_found_as_the_lists_of_the_law_spell_it() -> None:
    """PK.handle in documents, pk.handle in data."""
    assert editions_of(BOOK, " PK.Handle ") == editions_of(BOOK, "pk.handle")
