"""The law that is shipped, held against the project's own list of deadlines, written here a second time by hand.

Each line: rule, start, limit, unit, and whether its figure was read in its source (DOMAIN.md 1.e; a bare `day` there is
a calendar day for Pilkada and a working day for Pemilu, and never verified).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ledger.complaint.codes import Kind, RespondentClass, Track
from ledger.complaint.track.codes import SanctionClass
from ledger.election.facts import Regime
from ledger.office.facts import OfficeKind
from ledger.rulebook.deadlines import due
from ledger.rulebook.law import Doer, Reading, Rule
from ledger.rulefiles import shipped_law
from ledger.values import RuleId, Zone

LAW = shipped_law()
BOOK = LAW.rulebook()
TABLE = """
pk.report          date    7  calendar_day unverified
pk.finding         date    7  calendar_day unverified
pk.kajian_awal     instant 2  calendar_day unverified
pk.completion      date    2  calendar_day unverified
pk.handle          date    3  calendar_day verified
pk.handle_ext      date    5  calendar_day verified
pm.report          date    7  working_day  verified
pm.finding         date    7  working_day  unverified
pm.kajian_awal     instant 2  working_day  unverified
pm.handle          date    7  working_day  unverified
pm.handle_ext      date    14 working_day  verified
sbt.satgas         instant 7  calendar_day unverified
sbt.bawaslu        date    3  working_day  verified
asn.ppk_followup   instant 14 working_day  unverified
asn.objection      date    14 working_day  unverified
kpu.admin_followup instant 7  calendar_day unverified
kpu.exec           date    3  working_day  verified
dkpp.adm_completion date   7  calendar_day unverified
dkpp.exec          date    7  calendar_day unverified
kpuadhoc.exam      date    7  working_day  verified
kpuadhoc.pleno     date    1  calendar_day unverified
gak.investigate    instant 14 working_day  verified
gak.return         date    3  working_day  verified
gak.resubmit       date    3  working_day  verified
gak.to_court       date    5  working_day  verified
gak.verdict        date    7  calendar_day unverified
gak.appeal         date    3  calendar_day unverified
gak.decide         date    7  calendar_day unverified
pdp.breach_notice  instant 72 hour         verified
"""
ROWS = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()}
REGIMES = {"pk": "pilkada", "gak": "pilkada", "kpu.admin_followup": "pilkada", "pm": "pemilu", "kpu.exec": "pemilu"}
AFTER = date(2025, 1, 1)


def rule_on(name: str, day: date = AFTER) -> Rule:
    found = BOOK.rule(RuleId(name), day)
    assert found is not None
    return found.rule


def test_every_deadline_of_the_list_is_there_and_no_other() -> None:
    """A rule is added here and in DOMAIN.md first."""
    assert {placed.rule.id for placed in BOOK.placed()} == set(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_a_deadline_counts_as_the_list_says(name: str) -> None:
    """In every edition: start, limit, unit, mark and regime."""
    for placed in BOOK.editions(RuleId(name)):
        rule = placed.rule
        mark = "verified" if rule.verified else "unverified"
        assert [rule.start, str(rule.limit), rule.unit, mark] == ROWS[name]
        assert rule.regime == REGIMES.get(name, REGIMES.get(name.partition(".")[0], "both"))
    assert BOOK.editions(RuleId(name))


def test_the_pilkada_review_changed_its_regulation_on_30_september_2024() -> None:
    """A case keeps the edition of each event's day."""
    for name in ("pk.finding", "pk.kajian_awal", "pk.completion"):
        before, after = (BOOK.rule(RuleId(name), date(2024, 9, day)) for day in (29, 30))
        assert before is not None
        assert after is not None
        assert (before.regulation.code, after.regulation.code) == ("perbawaslu_8_2020", "perbawaslu_9_2024")


def test_an_extension_replaces_the_handling_and_counts_from_registration() -> None:
    """3 + 2 is 5, and 7 to 14 is 14: replaced, never added."""
    for extended, handled in (("pk.handle_ext", "pk.handle"), ("pm.handle_ext", "pm.handle")):
        assert rule_on(extended).replaces == handled
        assert rule_on(extended).counted_from == "registration"


def test_no_rule_counts_its_first_day_or_moves_its_last() -> None:
    """None of the sources says so; one that did would say it in its file."""
    assert {(each.rule.first_day, each.rule.last_day) for each in BOOK.placed()} == {(None, None)}


@pytest.mark.parametrize(
    ("name", "started", "met"),
    [
        ("pk.report", "complaint.filed.v1", "complaint.filed.v1"),
        ("pm.finding", "complaint.finding_fixed.v1", "complaint.finding_fixed.v1"),
        ("pk.kajian_awal", "complaint.filed.v1 complaint.completion_received.v1", "complaint.reviewed.v1"),
        ("pk.completion", "complaint.completion_requested.v1", "complaint.completion_received.v1"),
        ("pm.handle", "complaint.registered.v1", "complaint.plenary_held.v1"),
        ("pk.handle_ext", "complaint.extended.v1", "complaint.plenary_held.v1"),
        ("sbt.satgas", "complaint.referral_received.v1", "asn.satgas_verified.v1"),
        ("sbt.bawaslu", "asn.satgas_verified.v1", "complaint.studied.v1"),
        ("asn.ppk_followup", "complaint.referral_received.v1", "asn.sanctioned.v1 complaint.outcome.v1"),
        ("asn.objection", "asn.sanction_delivered.v1", "asn.objected.v1"),
        ("kpu.admin_followup", "complaint.referral_received.v1", "admin.acted.v1"),
        ("kpu.exec", "admin.adjudicated.v1", "admin.executed.v1"),
        ("dkpp.adm_completion", "dkpp.verified.v1", "dkpp.completed.v1"),
        ("dkpp.exec", "dkpp.decision_read.v1", "dkpp.executed.v1"),
        ("kpuadhoc.exam", "adhoc.team_formed.v1", "adhoc.examined.v1"),
        ("kpuadhoc.pleno", "adhoc.examined.v1", "complaint.outcome.v1"),
        ("gak.investigate", "complaint.referral_received.v1", "crime.file_sent.v1"),
        ("gak.decide", "crime.appealed.v1", "crime.judged.v1"),
        ("pdp.breach_notice", "", ""),
    ],
)
def test_a_clock_is_started_and_met_as_the_catalogue_says(name: str, started: str, met: str) -> None:
    """Topics that a later release records stand here as well."""
    rule = rule_on(name)
    assert " ".join(each.topic for each in rule.started_by) == started
    assert " ".join(each.topic for each in rule.met_by) == met


def test_referrals_start_their_addressees_clock_alone() -> None:
    """An arrival at BKN starts no clock of the personnel authority's."""
    starts = {
        (placed.rule.id, each.track, each.office)
        for placed in BOOK.placed()
        for each in placed.rule.started_by
        if each.topic == "complaint.referral_received.v1"
    }
    assert starts == {
        ("sbt.satgas", Track.ASN, OfficeKind.BKN),
        ("asn.ppk_followup", Track.ASN, OfficeKind.PERSONNEL_AUTHORITY),
        ("kpu.admin_followup", Track.KPU_ADMIN, OfficeKind.KPU),
        ("gak.investigate", Track.CRIME, None),
    }


def test_handling_ends_with_the_last_open_allegation() -> None:
    """A plenary that leaves one open meets no clock."""
    for name in ("pk.handle", "pk.handle_ext", "pm.handle", "pm.handle_ext"):
        assert [each.when for each in rule_on(name).met_by] == ["no_allegation_open"]


def test_the_joint_decree_has_thirteen_kinds_with_a_reading_before_and_after() -> None:
    """Before the pairs are fixed the act is a matter of ethics and a moral sanction; after, of discipline."""
    kinds = {kind.code: kind for regulation in LAW.regulations for kind in regulation.kinds}
    assert list(kinds) == list(Kind)
    for kind in kinds.values():
        assert kind.before in (None, Reading.ETHICS)
        assert kind.after in (None, Reading.DISCIPLINE)
        assert kind.before_classes == (frozenset({SanctionClass.MORAL}) if kind.before else frozenset())
        assert kind.before or kind.after
        assert not kind.verified
    assert {code for code, kind in kinds.items() if kind.after is None} == {Kind.N08}
    assert {code for code, kind in kinds.items() if kind.crime} == {Kind.N10, Kind.N11}


def test_both_generations_of_sanctions_are_there_with_class_and_basis() -> None:
    """The old medium ones are still imposed in practice."""
    of: dict[str, set[tuple[str, str]]] = {
        regulation.code: {(each.class_, each.code) for each in regulation.sanctions} for regulation in LAW.regulations
    }
    assert of["pp_53_2010"] == {
        ("medium", "pay_rise_delay_12"),
        ("medium", "promotion_delay_12"),
        ("medium", "rank_down_12"),
    }
    assert {class_ for class_, _ in of["pp_94_2021"]} == {"light", "medium", "heavy"}
    assert len(of["pp_94_2021"]) == 9
    assert of["pp_42_2004"] == {("moral", "closed_statement"), ("moral", "open_statement")}


@pytest.mark.parametrize(
    ("respondent", "regime", "day", "tracks"),
    [
        ("tni", Regime.PILKADA, "2024-11-13", "other"),
        ("tni", Regime.PILKADA, "2024-11-14", "crime other"),
        ("polri", Regime.PILKADA, "2024-11-14", "crime other"),
        ("asn", Regime.PILKADA, "2024-11-01", "asn crime"),
        ("kpu_member", Regime.PEMILU, "2024-11-01", "dkpp"),
        ("kpu_member", Regime.PILKADA, "2024-11-01", "dkpp kpu_admin"),
        ("bawaslu_adhoc", Regime.PILKADA, "2024-11-01", "bawaslu_adhoc"),
        ("village_head", Regime.PEMILU, "2024-01-24", "crime other"),
    ],
)
def test_who_goes_on_which_track_follows_from_class_regime_and_day(
    respondent: str, regime: Regime, day: str, tracks: str
) -> None:
    """MK 136/PUU-XXII/2024 brought TNI and Polri under article 188 on 14 November 2024."""
    on = date.fromisoformat(day)
    found = {
        each.track.value
        for regulation in LAW.regulations
        for each in regulation.competences
        if RespondentClass(respondent) in each.classes
        and each.regime.holds_in(regime)
        and (each.from_ or regulation.from_) <= on
        and (each.until is None or on < each.until)
    }
    assert " ".join(sorted(found)) == tracks


def test_kasn_is_succeeded_by_bkn_on_24_august_2024() -> None:
    """From that day on KASN may not act."""
    (found,) = (each for regulation in LAW.regulations for each in regulation.successions)
    assert (found.body, found.successor, found.on) == (OfficeKind.KASN, OfficeKind.BKN, date(2024, 8, 24))


def test_every_doer_of_the_code_has_a_rule() -> None:
    """A code without a use is a forgotten rule."""
    assert {placed.rule.doer for placed in BOOK.placed()} == set(Doer)


def texts() -> Iterator[tuple[str, str]]:
    """Every pair of words in two languages."""
    for regulation in LAW.regulations:
        parts: tuple[Any, ...] = (regulation, *regulation.rules, *regulation.kinds, *regulation.sanctions)
        for part in (*parts, *regulation.competences, *regulation.outcomes, *regulation.categories):
            for name in ("title", "note", "effect"):
                if getattr(part, f"{name}_id", None) is not None:
                    yield getattr(part, f"{name}_id"), getattr(part, f"{name}_en")


def test_everything_is_said_in_both_languages() -> None:
    """A title that is the same in both is one that nobody translated."""
    assert [id_ for id_, en in texts() if id_ == en] == []


def test_the_calendars_reach_from_2019_to_2027() -> None:
    """With national holidays in all of them, collective leave where it was decreed, and nationwide polling days."""
    assert [year.year for year in LAW.years] == list(range(2019, 2028))
    assert all(len(year.national_holidays) > 14 and year.collective_leave for year in LAW.years)
    assert [year.year for year in LAW.years if not year.verified] == [2027]
    assert {day.on.isoformat() for year in LAW.years for day in year.polling_days} == {
        "2019-04-17",
        "2020-12-09",
        "2024-02-14",
        "2024-11-27",
    }


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2024-04-10", "national_holiday (Hari Raya Idul Fitri)"),
        ("2024-04-15", "collective_leave (Cuti Bersama Hari Raya Idul Fitri)"),
        ("2024-11-27", "polling_day (Hari Pemilihan Kepala Daerah)"),
        ("2024-11-28", None),
        ("2021-12-24", None),
        ("2020-12-31", "collective_leave (Pengganti Cuti Bersama Hari Raya Idul Fitri)"),
    ],
)
def test_some_days_off_that_are_known_otherwise(day: str, reason: str | None) -> None:
    """Read in the decrees' announcements, and not in the package: leave of 24 December 2021 was revoked."""
    assert BOOK.calendar().day_off(date.fromisoformat(day)) == reason


def test_a_seventh_day_that_is_a_holiday_is_not_the_seventh() -> None:
    """Known on 2 April 2024: by weekdays alone the seventh is Idul Fitri itself; with its leave, 19 April."""
    found = due(rule_on("pm.report").counting, date(2024, 4, 2), Zone.WIB, BOOK.calendar())
    assert found.at == datetime(2024, 4, 19, 17, 0, tzinfo=UTC)
    assert found.verified
    assert sum("skipped" in line for line in found.trace) == 10
