"""Before or after the pairs were fixed: judged from the election's recorded stages, set where they leave it open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.complaint import facts
from ledger.complaint.codes import Phase
from ledger.complaint.commands import SetPhase
from ledger.complaint.decisions import needs
from ledger.complaint.phases import Judged, judged
from ledger.complaint.state import Complaint
from ledger.election.facts import ElectionStage, StageRecorded
from ledger.election.state import KnownElection
from ledger.errors import Refused
from ledger.grounds import Grounds
from ledger.values import Region, Role
from tests.builders import (
    COMPLAINT,
    DECIDED,
    ELECTION,
    JAMBI_REGION,
    ONE,
    TWO,
    Happened,
    after,
    alleged,
    by,
    decided,
    filed,
    named,
    on,
    registered,
    reviewed,
)
from tests.builders_wide import ON_TRACK, WIDE, answer, file_in, follow, following, refusal

FIXED = date(2024, 9, 22)
BEFORE, AFTER = Phase.BEFORE_PAIRS, Phase.AFTER_PAIRS
PLAN = {ElectionStage.PAIR_FIXING: StageRecorded(ElectionStage.PAIR_FIXING, FIXED, FIXED)}
PLAIN = WIDE.election(ELECTION)
PLANNED = replace(PLAIN, stages=PLAN)
FIXED_IN_JAMBI = replace(PLANNED, pairs={JAMBI_REGION: FIXED})


def knowing(election: KnownElection) -> Grounds:
    return replace(WIDE, elections={ELECTION: election})


def act_of(began: str | None, ended: str | None = None) -> dict[str, date | None]:
    """The days of an act; one day, where it did not last."""
    last = ended or began
    return {
        "occurred_from": None if began is None else date.fromisoformat(began),
        "occurred_until": None if last is None else date.fromisoformat(last),
    }


def registered_of(**days: Any) -> Complaint:
    return after(filed(**days), named(), alleged(), reviewed(), registered())


def set_phase(phase: Phase, **changes: Any) -> SetPhase:
    command = SetPhase(act=on("2024-06-14"), stream=COMPLAINT, by=by(Role.EXAMINER), allegation=ONE, phase=phase)
    return replace(command, **changes)


@pytest.mark.parametrize(
    ("began", "ended", "phase"),
    [
        ("2024-08-17", "2024-08-17", BEFORE),
        ("2024-09-20", "2024-09-21", BEFORE),
        ("2024-09-22", "2024-09-22", None),
        ("2024-09-21", "2024-09-23", None),
        ("2024-09-23", "2024-09-23", AFTER),
        ("2024-10-28", "2024-11-02", AFTER),
        (None, None, None),
    ],
)
def test_the_recorded_day_of_the_pairs_divides_the_acts_by_theirs(
    began: str | None, ended: str | None, phase: Phase | None
) -> None:
    """An act across the day, or on it, is left to whoever examines: a day does not tell the hour."""
    days = act_of(began, ended)
    found = judged(FIXED_IN_JAMBI, JAMBI_REGION, days["occurred_from"], days["occurred_until"])
    assert found == Judged(phase, FIXED, fixed=True)


def test_a_schedule_says_what_lies_before_the_pairs_and_never_that_they_were_fixed() -> None:
    """On 18 September nobody had fixed a pair, and the act of 17 August lay before them all the same (Kota Jambi)."""
    assert judged(PLANNED, JAMBI_REGION, date(2024, 8, 17), date(2024, 8, 17)) == Judged(BEFORE, FIXED)
    assert judged(PLANNED, JAMBI_REGION, date(2024, 10, 1), date(2024, 10, 1)) == Judged(None, FIXED)
    assert judged(PLAIN, JAMBI_REGION, date(2024, 8, 17), date(2024, 8, 17)) == Judged()


def test_the_day_of_another_region_says_nothing_and_that_of_the_province_does() -> None:
    """Each regency fixes its own pairs; a governor's are fixed for all of them."""
    elsewhere = replace(PLAIN, pairs={Region("15.08"): FIXED})
    province = replace(PLAIN, pairs={Region("15"): FIXED})
    assert judged(elsewhere, JAMBI_REGION, date(2024, 10, 1), date(2024, 10, 1)) == Judged()
    assert judged(province, JAMBI_REGION, date(2024, 10, 1), date(2024, 10, 1)).phase is AFTER


@given(st.dates(date(2024, 8, 1), date(2024, 11, 1)), st.integers(0, 40), st.dates(date(2024, 8, 1), date(2024, 11, 1)))
def test_every_day_of_an_act_lies_in_the_phase_that_it_is_judged_to_be_in(began: date, lasts: int, fixed: date) -> None:
    """Told from the days alone: all before, all after, or undecided."""
    days = [began + timedelta(days=each) for each in range(lasts + 1)]
    election = replace(PLAIN, pairs={JAMBI_REGION: fixed})
    found = judged(election, JAMBI_REGION, days[0], days[-1]).phase
    assert (found is BEFORE) is all(day < fixed for day in days)
    assert (found is AFTER) is all(day > fixed for day in days)


def test_setting_the_phase_reads_the_election_that_the_case_belongs_to() -> None:
    """And whatever it read is guarded: pairs that are fixed meanwhile are seen before it is recorded."""
    assert ELECTION in needs(set_phase(BEFORE), registered_of())


def test_a_phase_that_the_recorded_day_contradicts_is_refused_by_its_name() -> None:
    """What would be allowed stands beside it: the other phase, or a correction of a day that is wrong."""
    complaint = registered_of(**act_of("2024-06-08"))
    with pytest.raises(Refused) as refused:
        answer(set_phase(AFTER), complaint, knowing(FIXED_IN_JAMBI))
    assert refused.value.rule == "phase.pairs"
    assert "2024-09-22" in refused.value.because.en
    assert "2024-06-08" in refused.value.because.id
    assert refusal(set_phase(AFTER), complaint, knowing(PLANNED)) == "phase.schedule"


@pytest.mark.parametrize("election", [PLAIN, PLANNED, FIXED_IN_JAMBI], ids=["nothing", "planned", "fixed"])
def test_a_phase_that_nothing_contradicts_is_recorded(election: KnownElection) -> None:
    """Also one that the days give anyway: then a plenary said so."""
    complaint = registered_of(**act_of("2024-06-08"))
    made = answer(set_phase(BEFORE), complaint, knowing(election))
    assert made == (facts.PhaseSet(ONE, BEFORE),)
    assert file_in(follow(complaint, set_phase(BEFORE), grounds=knowing(election))).allegations[1].phase is BEFORE


@pytest.mark.parametrize("phase", Phase)
def test_an_act_across_the_day_of_the_pairs_is_in_the_phase_that_is_set(phase: Phase) -> None:
    """Either may be right of an act from 21 to 23 September; it is set once, and may be set otherwise later."""
    complaint = registered_of(**act_of("2024-06-01", "2024-06-09"))
    ground = knowing(replace(PLAIN, pairs={JAMBI_REGION: date(2024, 6, 5)}))
    complaint = follow(complaint, set_phase(phase), grounds=ground)
    assert file_in(complaint).allegations[1].phase is phase
    assert refusal(set_phase(phase), complaint, ground) == "phase.same"
    other = next(each for each in Phase if each is not phase)
    assert refusal(set_phase(other), complaint, ground) is None


def test_the_owner_sets_the_phase_of_an_allegation_under_examination_or_decided() -> None:
    """An examiner or the plenary; before it is registered nobody has examined the act."""
    for complaint in (registered_of(), after(*DECIDED), after(*ON_TRACK)):
        day = set_phase(BEFORE, act=on("2024-07-01"))
        assert refusal(day, complaint) is None
        assert refusal(replace(day, by=by(Role.INTAKE)), complaint) == "party"
        assert refusal(replace(day, allegation=TWO), complaint) == "allegation.unknown"
    assert refusal(set_phase(BEFORE), after(filed(), named(), alleged())) == "stage"


def test_two_allegations_of_one_act_are_each_in_a_phase_of_their_own() -> None:
    """What is set of one says nothing of the other."""
    two: tuple[Happened, ...] = (filed(), named(), alleged(), alleged(2), reviewed(), registered())
    file = file_in(follow(after(*two), set_phase(BEFORE)))
    assert [file.allegations[each].phase for each in (1, 2)] == [BEFORE, None]


def test_a_decision_keeps_the_phase_that_was_set_before_it() -> None:
    """The plenary reads category and kinds; the phase is what was set."""
    complaint = following(follow(registered_of(), set_phase(BEFORE)), decided())
    assert file_in(complaint).allegations[1].phase is BEFORE
