"""Clocks: started with the fact that starts them, by the law of that day, and read from the facts alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.complaint import codes, facts
from ledger.complaint.commands import AnyComplaintCommand, ExtendExamination
from ledger.complaint.deadlines import Clock, ClockState, clocks_of
from ledger.complaint.decisions import decide
from ledger.complaint.state import Complaint, Nothing
from ledger.election.facts import Regime
from ledger.grounds import Grounds
from ledger.rulebook.facts import RulebookAdopted
from ledger.rulebook.law import Doer
from ledger.rulebook.state import evolve
from ledger.rulefiles import shipped_law
from ledger.values import By, Digest, Handle, Number, Role, RuleId, Source, Zone, local_date
from tests.builders import (
    AUTHORITY,
    BAWASLU,
    ELECTION,
    KPU,
    LEDGER,
    at,
    ballot,
    by,
    file_complaint,
    hold_plenary,
    make_allegation,
    name_respondent,
    offer_referral,
    on,
    receive_referral,
    register_complaint,
    return_referral,
    review_complaint,
    sealed,
)
from tests.builders_asked import correct_value, erase_person, fix_finding, withdraw_complaint
from tests.builders_wide import WIDE, answer, file_in, follow, following, recorded

LAW = shipped_law().rulebook()
LAWFUL = replace(WIDE, rulebook=LAW)
PEMILU = replace(LAWFUL, elections={ELECTION: replace(WIDE.election(ELECTION), regime=Regime.PEMILU)})
UNTIL_REGISTERED: tuple[AnyComplaintCommand, ...] = (
    file_complaint(),
    name_respondent(),
    make_allegation(),
    review_complaint(),
    register_complaint(),
)
EXTENDED = ExtendExamination(act=on("2024-06-14"), stream=file_complaint().stream, by=by(Role.EXAMINER))


def told(*commands: AnyComplaintCommand, grounds: Grounds = LAWFUL, before: Complaint | None = None) -> Complaint:
    """The complaint after what some commands made happen, with the clocks that they started."""
    return follow(before or Nothing(), *commands, grounds=grounds)


def clocks(complaint: Complaint, rule: str) -> list[Clock]:
    """A complaint's clocks of one rule."""
    return [each for each in clocks_of(file_in(complaint), LAW) if each.started.rule == rule]


def the(complaint: Complaint, rule: str) -> Clock:
    """The one clock of a rule."""
    (clock,) = clocks(complaint, rule)
    return clock


def noon(day: str) -> datetime:
    """Noon in Jambi."""
    return datetime.fromisoformat(f"{day}T05:00:00").replace(tzinfo=UTC)


# --- starting -------------------------------------------------------------------------------------------------------


def test_a_clock_starts_in_the_same_command_directly_after_its_starter() -> None:
    """Registration starts the handling, and its fact says by which law and how it was counted."""
    registered, deadline = answer(register_complaint(), told(*UNTIL_REGISTERED[:-1]), LAWFUL)
    assert isinstance(registered, facts.ComplaintRegistered)
    assert isinstance(deadline, facts.DeadlineStarted)
    assert deadline.rule == "pk.handle"
    assert deadline.rulebook_digest == LAW.digest
    assert deadline.starts_on == register_complaint().act.on == date(2024, 6, 12)
    assert deadline.due_at == datetime(2024, 6, 15, 17, tzinfo=UTC), "the midnight in Jambi that ends the third day"
    assert deadline.zone is Zone.WIB
    assert deadline.office == BAWASLU
    assert deadline.doer is Doer.OWNER
    assert deadline.verified
    assert deadline.trace == (
        "2024-06-12 start, not counted",
        "2024-06-13 day 1",
        "2024-06-14 day 2",
        "2024-06-15 day 3",
        "2024-06-15T17:00:00Z due: the midnight that ends 2024-06-15 (wib)",
    )


def test_its_starter_is_the_version_that_stands_before_it() -> None:
    """Whoever reads the fact finds the act that it counts from."""
    file = file_in(told(*UNTIL_REGISTERED))
    for deadline in file.deadlines.values():
        started_by = file.entered[deadline.started_by - 1].fact
        assert any(each.topic == started_by.TOPIC for each in LAW.editions(deadline.rule)[0].rule.started_by)


def test_without_an_adopted_law_no_clock_starts() -> None:
    """Nobody reckons by a law that the ledger did not record."""
    complaint = told(*UNTIL_REGISTERED, grounds=WIDE)
    assert not file_in(complaint).deadlines


def test_an_unverified_rule_makes_an_unverified_deadline() -> None:
    """The mark goes with the deadline wherever it is shown."""
    assert not the(told(file_complaint()), "pk.kajian_awal").started.verified
    assert the(told(*UNTIL_REGISTERED), "pk.handle").started.verified


def test_k7_an_election_of_the_other_regime_counts_working_days() -> None:
    """Pemilu clocks leave out the weekend and the holidays; Pilkada's do not."""
    pemilu = the(told(*UNTIL_REGISTERED, grounds=PEMILU), "pm.handle").started
    assert pemilu.due_at == datetime(2024, 6, 25, 17, tzinfo=UTC), "two weekends, a holiday and its leave"
    assert "2024-06-15 skipped: saturday" in pemilu.trace
    assert any(line.startswith("2024-06-17 skipped: national_holiday") for line in pemilu.trace)
    assert pemilu.calendar_digests == {LAW.calendar_digest(2024)}
    assert not the(told(*UNTIL_REGISTERED), "pk.handle").started.calendar_digests, "calendar days rest on no calendar"


def test_a_deadline_ends_at_the_midnight_of_the_acting_offices_zone() -> None:
    """In Papua the day is over two hours before Jakarta's."""
    offices = {**WIDE.offices, BAWASLU: replace(WIDE.office(BAWASLU), zone=Zone.WIT)}
    eastern = told(*UNTIL_REGISTERED, grounds=replace(LAWFUL, offices=offices))
    assert the(eastern, "pk.handle").started.due_at == datetime(2024, 6, 15, 15, tzinfo=UTC)


def test_k6_kpus_seven_days_run_from_receipt_and_silence_shows_the_day_after() -> None:
    """Nobody writes anything, and on the eighth day it reads as overdue."""
    administrative = offer_referral(to=KPU, track=codes.Track.KPU_ADMIN, act=on("2024-10-28"), study_attached=False)
    took = receive_referral(
        act=at("2024-10-28T06:00:00", KPU), by=by(Role.INTAKE, KPU), shown_by=codes.ShownBy.RECEIVER
    )
    late = replace(LAWFUL, offices={**WIDE.offices, KPU: replace(WIDE.office(KPU), zone=Zone.WIT)})
    established = told(*UNTIL_REGISTERED, hold_plenary(ballot(category=codes.Category.ADMINISTRATIVE)), grounds=late)
    complaint = _noon_after(established, administrative, took, late)
    clock = the(complaint, "kpu.admin_followup")
    assert clock.started.office == KPU
    assert clock.started.due_at == datetime(2024, 11, 4, 15, tzinfo=UTC), "the midnight in Papua that ends 4 November"
    assert clock.at(datetime(2024, 11, 4, 14, 59, 59, tzinfo=UTC)) is ClockState.RUNNING
    assert clock.at(datetime(2024, 11, 4, 15, tzinfo=UTC)) is ClockState.OVERDUE


def _noon_after(
    complaint: Complaint, offer: AnyComplaintCommand, received: AnyComplaintCommand, grounds: Grounds
) -> Complaint:
    """The complaint after a referral that was recorded in November."""
    for command in (offer, received):
        made = decide(command, complaint, at=noon("2024-11-20"), grounds=grounds)
        complaint = following(complaint, *(recorded(command, fact) for fact in made))
    return complaint


# --- late -----------------------------------------------------------------------------------------------------------


def test_a_late_report_is_recorded_and_marked() -> None:
    """Seven days from the day it became known; the eighth is late, and the ledger records it all the same."""
    in_time = answer(_reported(date(2024, 6, 4)), Nothing(), LAWFUL)[0]
    late = answer(_reported(date(2024, 6, 3)), Nothing(), LAWFUL)[0]
    assert isinstance(in_time, facts.ComplaintFiled)
    assert isinstance(late, facts.ComplaintFiled)
    assert codes.Irregularity.REPORT_LATE not in in_time.irregular
    assert late.irregular == {codes.Irregularity.REPORT_LATE}


def _reported(known_on: date) -> AnyComplaintCommand:
    """A report of 11 June of what happened on the first of the month."""
    return file_complaint(occurred_from=date(2024, 6, 1), occurred_until=date(2024, 6, 1), known_on=known_on)


def test_a_late_finding_is_recorded_and_marked() -> None:
    """As a report, with its own code."""
    late = fix_finding(found_on=date(2024, 6, 2), occurred_from=date(2024, 6, 1), occurred_until=date(2024, 6, 1))
    fact = answer(late, Nothing(), LAWFUL)[0]
    assert isinstance(fact, facts.FindingFixed)
    assert fact.irregular == {codes.Irregularity.FINDING_LATE}


def test_a_contested_day_of_knowledge_is_set_by_the_review_and_the_report_is_judged_on_it() -> None:
    """The claimed day was in time, the one that the review finds is not: the registration says so."""
    claimed = file_complaint(occurred_from=date(2024, 6, 1), occurred_until=date(2024, 6, 1))
    complaint = told(claimed, name_respondent(), make_allegation(), review_complaint(known_on=date(2024, 6, 2)))
    first, again = clocks(complaint, "pk.report")
    assert first.at(noon("2024-07-01")) is ClockState.REPLACED
    assert again.started.replaces == first.started.deadline
    assert again.started.starts_on == date(2024, 6, 2)
    assert again.at(noon("2024-07-01")) is ClockState.MET_LATE
    registered = answer(register_complaint(), complaint, LAWFUL)[0]
    assert isinstance(registered, facts.ComplaintRegistered)
    assert registered.irregular == {codes.Irregularity.REPORT_LATE}


def test_a_review_that_confirms_the_claimed_day_starts_nothing() -> None:
    """One clock for the report, met when it was filed."""
    complaint = told(*UNTIL_REGISTERED)
    assert the(complaint, "pk.report").at(noon("2024-07-01")) is ClockState.MET


def test_a_corrected_date_starts_a_clock_that_replaces_the_other() -> None:
    """By the edition that the first one went by."""
    registered = told(*UNTIL_REGISTERED)
    reviewed = 1 + [type(each.fact) for each in file_in(registered).entered].index(facts.InitialReviewConcluded)
    complaint = told(correct_value(reviewed, "known_on", "2024-06-11"), before=registered)
    first, again = clocks(complaint, "pk.report")
    assert (again.started.replaces, again.started.starts_on) == (first.started.deadline, date(2024, 6, 11))
    assert again.placed == first.placed
    assert again.at(noon("2024-07-01")) is ClockState.MET


def test_a_late_plenary_is_recorded_with_the_rule_that_it_missed() -> None:
    """Three days for the handling; the fourth is late."""
    in_time = hold_plenary(act=at("2024-06-15T16:59:59"))
    late = hold_plenary(act=at("2024-06-15T17:00:00"))
    complaint = told(*UNTIL_REGISTERED)
    held, too_late = (answer(each, complaint, LAWFUL)[0] for each in (in_time, late))
    assert isinstance(held, facts.PlenaryHeld)
    assert isinstance(too_late, facts.PlenaryHeld)
    assert RuleId("pk.handle") not in held.irregular
    assert RuleId("pk.handle") in too_late.irregular


# --- deriving -------------------------------------------------------------------------------------------------------


def test_an_extension_is_counted_from_registration_and_replaces_the_first_clock() -> None:
    """3 -> 5 days, replaced and not added."""
    complaint = told(*UNTIL_REGISTERED, EXTENDED)
    first, extended = the(complaint, "pk.handle"), the(complaint, "pk.handle_ext")
    assert first.at(noon("2024-06-13")) is ClockState.RUNNING, "on the day before the extension"
    assert first.at(noon("2024-06-14")) is ClockState.REPLACED
    assert extended.started.replaces == first.started.deadline
    assert extended.started.starts_on == date(2024, 6, 12)
    assert extended.started.due_at == first.started.due_at + timedelta(days=2)
    held = told(hold_plenary(act=at("2024-06-17T16:00:00")), before=complaint)
    assert the(held, "pk.handle_ext").at(noon("2024-07-01")) is ClockState.MET
    fact = next(each.fact for each in file_in(held).entered if isinstance(each.fact, facts.PlenaryHeld))
    assert RuleId("pk.handle") not in fact.irregular, "what was replaced is not missed"


def test_a_plenary_that_leaves_an_allegation_open_does_not_meet_the_handling() -> None:
    """Only the one after which every allegation is decided."""
    two = (
        *UNTIL_REGISTERED[:2],
        make_allegation(),
        make_allegation(kinds=frozenset({codes.Kind.N02})),
        *UNTIL_REGISTERED[3:],
    )
    complaint = told(*two, hold_plenary(ballot(1)))
    assert the(complaint, "pk.handle").at(noon("2024-06-14")) is ClockState.RUNNING
    complaint = told(hold_plenary(ballot(2)), before=complaint)
    assert the(complaint, "pk.handle").at(noon("2024-06-15")) is ClockState.MET


def test_a_tied_plenary_meets_nothing() -> None:
    """It decides nothing, so the allegation stays open."""
    tie = hold_plenary(ballot(1, violation=2, not_violation=2))
    assert the(told(*UNTIL_REGISTERED, tie), "pk.handle").met is None


def test_k4_a_return_ends_the_clock_and_the_next_referral_starts_a_full_one() -> None:
    """Nothing is added to what had run."""
    authority = receive_referral(
        act=at("2024-06-19T02:00:00", AUTHORITY, Source.LETTER),
        by=by(Role.EXAMINER),
        shown_by=codes.ShownBy.DELIVERY_PROOF,
        proof=sealed("tanda terima"),
    )
    sent = offer_referral(to=AUTHORITY, act=on("2024-06-18"), study_attached=False)
    back = return_referral(act=on("2024-06-26", AUTHORITY, Source.LETTER), by=by(Role.EXAMINER))
    again = replace(sent, act=on("2024-07-01"))
    once_more = replace(authority, act=at("2024-07-02T02:00:00", AUTHORITY, Source.LETTER), referral=Number(2))
    complaint = told(*UNTIL_REGISTERED, hold_plenary(), sent, authority, back, again, once_more)
    first, second = clocks(complaint, "asn.ppk_followup")
    assert first.at(noon("2024-07-08")) is ClockState.ENDED
    assert second.at(noon("2024-07-08")) is ClockState.RUNNING
    assert (first.started.referral, second.started.referral) == (1, 2)
    assert second.started.starts_at == datetime(2024, 7, 2, 2, tzinfo=UTC)


def test_a_withdrawal_ends_the_handling() -> None:
    """Nobody must decide what nobody complains of."""
    complaint = told(*UNTIL_REGISTERED, withdraw_complaint(act=on("2024-06-13")))
    assert the(complaint, "pk.handle").at(noon("2024-07-01")) is ClockState.ENDED


def test_what_ended_after_it_was_due_stays_overdue() -> None:
    """A withdrawal does not make good what was missed before it."""
    complaint = told(*UNTIL_REGISTERED, withdraw_complaint(act=on("2024-06-16")))
    assert the(complaint, "pk.handle").at(noon("2024-07-01")) is ClockState.OVERDUE


def test_an_act_dated_by_day_meets_a_limit_on_its_last_day_and_not_on_the_next() -> None:
    """Its day must lie before the due instant's local date."""
    registered = told(*UNTIL_REGISTERED)
    last = told(withdraw_complaint(act=on("2024-06-15")), before=registered)
    next_day = told(withdraw_complaint(act=on("2024-06-16")), before=registered)
    limit = the(registered, "pk.handle").limit
    for complaint, kept in ((last, True), (next_day, False)):
        ended = the(complaint, "pk.handle").ended
        assert ended is not None
        assert limit.keeps(ended.when) is kept


def test_an_act_at_the_due_instant_is_late() -> None:
    """The due instant is exclusive, to the second."""
    limit = the(told(*UNTIL_REGISTERED), "pk.handle").limit
    assert limit.keeps(limit.due_at - timedelta(seconds=1))
    assert not limit.keeps(limit.due_at)


# --- a law that changes ---------------------------------------------------------------------------------------------


def test_a_case_keeps_the_rule_that_was_in_force_when_its_clock_started() -> None:
    """Perbawaslu 9/2024 came into force on 30 September 2024: a review that began before goes by the older text."""
    before, after_ = (
        file_complaint(act=at(instant), known_on=known, occurred_from=known, occurred_until=known)
        for instant, known in (("2024-09-29T02:00:00", date(2024, 9, 28)), ("2024-09-30T02:00:00", date(2024, 9, 28)))
    )
    old, new = (the(_filed_late(each), "pk.kajian_awal").placed.regulation.code for each in (before, after_))
    assert (old, new) == ("perbawaslu_8_2020", "perbawaslu_9_2024")


def _filed_late(command: AnyComplaintCommand) -> Complaint:
    made = decide(command, Nothing(), at=noon("2024-11-20"), grounds=LAWFUL)
    return following(Nothing(), *(recorded(command, fact) for fact in made))


def test_a_list_that_is_adopted_later_touches_no_running_clock() -> None:
    """A ledger whose law was replaced by an empty one still reads the old clock by the old rule."""
    complaint = told(*UNTIL_REGISTERED)
    emptied = evolve(LAW, RulebookAdopted(frozenset({Digest("0" * 64)}), Digest("1" * 64)), on("2024-06-13"))
    assert not list(emptied.placed())
    assert clocks_of(file_in(complaint), emptied) == clocks_of(file_in(complaint), LAW)
    assert not file_in(told(file_complaint(), grounds=replace(LAWFUL, rulebook=emptied))).deadlines


def test_attack_a_clock_names_a_list_that_was_never_adopted() -> None:
    """It is of another ledger, and reading it is an error rather than a guess."""
    complaint = told(*UNTIL_REGISTERED)
    with pytest.raises(KeyError):
        clocks_of(file_in(complaint), replace(LAW, lists={}))


# --- for all --------------------------------------------------------------------------------------------------------

INSTANTS = st.datetimes(datetime(2024, 6, 1), datetime(2024, 8, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(INSTANTS, INSTANTS)
def test_silence_only_grows(one: datetime, other: datetime) -> None:
    """Without a new fact a clock goes from running to overdue and never back."""
    earlier, later = sorted((one, other))
    clock = the(told(*UNTIL_REGISTERED), "pk.handle")
    order = [ClockState.RUNNING, ClockState.OVERDUE]
    assert order.index(clock.at(earlier)) <= order.index(clock.at(later))


@given(st.dates(date(2024, 6, 12), date(2024, 7, 7)), INSTANTS)
def test_what_was_met_in_time_is_decided_by_dates_alone(day: date, seen: datetime) -> None:
    """Whoever looks later sees the same: met in time, or late; before the act, nothing."""
    plenary = hold_plenary(act=at(f"{day}T05:00:00"))
    clock = the(told(*UNTIL_REGISTERED, plenary), "pk.handle")
    held = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
    expected = ClockState.MET if local_date(held, Zone.WIB) <= date(2024, 6, 15) else ClockState.MET_LATE
    if seen >= held:
        assert clock.at(seen) is expected
    else:
        assert clock.at(seen) in {ClockState.RUNNING, ClockState.OVERDUE}


def test_an_act_of_the_ledger_itself_starts_nothing_and_needs_no_office() -> None:
    """A data protection officer erases for the ledger, which stands in no register of offices."""
    by_ledger = By(LEDGER, Role.PROTECTION_OFFICER, Handle("a7"))
    erasing = erase_person("k1", act=on("2024-07-05", LEDGER), by=by_ledger)
    assert len(answer(erasing, told(*UNTIL_REGISTERED), LAWFUL)) == 1
