"""The ethics track at DKPP: papers and substance, registration, hearings, a decision per respondent, its execution."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.complaint import codes, facts
from ledger.complaint.codes import RespondentClass, Track
from ledger.complaint.state import Complaint
from ledger.complaint.track.codes import DkppResult, DkppStage
from ledger.values import Role
from tests.builders import BAWASLU, DKPP, KPU, R1, R2
from tests.builders_tracks import (
    LAW,
    does,
    established,
    lettered,
    made_by,
    on_track,
    refused_as,
    said,
    state,
    step,
)
from tests.builders_wide import file_in

MEMBERS = ((R1, RespondentClass.KPU_MEMBER), (R2, RespondentClass.KPU_MEMBER))


def at_dkpp(grounds: Any = LAW) -> Complaint:
    """Two members of KPU, of whom DKPP has taken both allegations."""
    complaint = established(*MEMBERS, category=codes.Category.ETHICS)
    for number in (1, 2):
        complaint = on_track(complaint, Track.DKPP, DKPP, "2024-10-01", allegation=number, grounds=grounds)
    return complaint


def verified(stage: DkppStage, result: DkppResult, day: str, allegation: int = 1) -> Any:
    return step(facts.DkppVerified, day, DKPP, stage=stage, result=result, allegation=allegation)


def registered(*allegations: int) -> Complaint:
    """Papers and substance in order, and registered."""
    complaint = at_dkpp()
    for number in allegations or (1,):
        complaint = does(
            complaint,
            verified(DkppStage.ADMINISTRATIVE, DkppResult.MS, "2024-10-04", number),
            verified(DkppStage.MATERIAL, DkppResult.MS, "2024-10-10", number),
            step(facts.DkppRegistered, "2024-10-12", DKPP, allegation=number),
        )
    return complaint


def read(day: str, allegation: int, proceeding: int) -> Any:
    return step(facts.DkppDecisionRead, day, DKPP, allegation=allegation, proceeding=proceeding)


def test_an_allegation_is_verified_completed_registered_heard_decided_and_executed() -> None:
    """BMS leads to completion, MS of the papers to the substance; the decision waits for KPU."""
    complaint, seen = at_dkpp(), [state(at_dkpp())]
    for command in (
        verified(DkppStage.ADMINISTRATIVE, DkppResult.BMS, "2024-10-04"),
        step(facts.DkppCompleted, "2024-10-08", DKPP),
        verified(DkppStage.ADMINISTRATIVE, DkppResult.MS, "2024-10-09"),
        verified(DkppStage.MATERIAL, DkppResult.MS, "2024-10-12"),
        step(facts.DkppRegistered, "2024-10-14", DKPP),
        step(facts.DkppHearingHeld, "2024-11-01", DKPP),
        step(facts.DkppHearingHeld, "2024-11-08", DKPP),
        read("2024-12-02", 1, 1),
        said("warned", "2024-12-02", DKPP, level=codes.OutcomeLevel.FINAL),
        step(facts.DkppDecisionExecuted, "2024-12-08", KPU),
    ):
        complaint = does(complaint, command)
        seen.append(state(complaint))
    assert seen == [
        "verifying",
        "completing",
        "verifying",
        "verifying",
        "verifying",
        "registered",
        "hearing",
        "hearing",
        "decided",
        "decided",
        "executed",
    ]


def test_one_decision_has_an_outcome_for_each_respondent() -> None:
    """Read out together, in one proceeding: one is warned, the other rehabilitated."""
    complaint = does(
        registered(1, 2),
        read("2024-12-02", 1, 1),
        read("2024-12-02", 2, 1),
        said("warned", "2024-12-02", DKPP, level=codes.OutcomeLevel.FINAL),
        said("rehabilitated", "2024-12-02", DKPP, allegation=2, level=codes.OutcomeLevel.FINAL),
    )
    outcomes = {number: each.outcomes[0].code for number, each in file_in(complaint).allegations.items()}
    assert outcomes == {1: "warned", 2: "rehabilitated"}
    read_in = {
        number: [taken.fact.proceeding for taken in each.course if isinstance(taken.fact, facts.DkppDecisionRead)]
        for number, each in file_in(complaint).allegations.items()
    }
    assert read_in == {1: [1], 2: [1]}


def test_a_proceeding_is_joined_on_its_own_day_and_a_later_one_has_the_next_number() -> None:
    """A number that was read on another day belongs to another decision."""
    complaint = does(registered(1, 2), read("2024-12-02", 1, 1))
    joined, new = read("2024-12-09", 2, 1), read("2024-12-09", 2, 2)
    refused = refused_as(joined, complaint)
    assert (refused.rule, "2" in refused.allowed.en) == ("dkpp.proceeding", True)
    assert refused_as(read("2024-12-09", 2, 3), complaint).rule == "dkpp.proceeding"
    assert made_by(new, complaint)


@pytest.mark.parametrize(
    ("stage", "before"),
    [
        (DkppStage.MATERIAL, ()),
        (DkppStage.ADMINISTRATIVE, (DkppStage.ADMINISTRATIVE,)),
        (DkppStage.MATERIAL, (DkppStage.ADMINISTRATIVE, DkppStage.MATERIAL)),
    ],
)
def test_papers_come_before_substance_and_each_is_met_once(stage: DkppStage, before: tuple[DkppStage, ...]) -> None:
    """Substance without papers, papers that are met already, everything met already."""
    complaint = does(at_dkpp(), *(verified(each, DkppResult.MS, "2024-10-04") for each in before))
    assert refused_as(verified(stage, DkppResult.MS, "2024-10-05"), complaint).rule == "dkpp.stage"


def test_what_was_not_completed_is_found_wanting_and_ends_there() -> None:
    """BMS, then TMS: nothing follows but the outcome."""
    complaint = does(
        at_dkpp(),
        verified(DkppStage.ADMINISTRATIVE, DkppResult.BMS, "2024-10-04"),
        verified(DkppStage.ADMINISTRATIVE, DkppResult.TMS, "2024-10-12"),
    )
    assert state(complaint) == "not_met"
    refused = refused_as(step(facts.DkppRegistered, "2024-10-13", DKPP), complaint)
    assert (refused.rule, refused.allowed.en) == ("step.order", "steps that may follow now: -")
    assert state(does(complaint, said("cannot_be_processed", "2024-10-13", DKPP))) == "closed"


@pytest.mark.parametrize(
    "fact", [facts.DkppCompleted, facts.DkppRegistered, facts.DkppHearingHeld, facts.DkppDecisionExecuted]
)
def test_a_step_of_dkpp_has_its_ground_in_an_earlier_one(fact: type[Any]) -> None:
    """Completion in a request, registration in a verification, hearings in a registration, execution in a decision."""
    office = KPU if fact is facts.DkppDecisionExecuted else DKPP
    assert refused_as(step(fact, "2024-10-05", office), at_dkpp()).rule == "step.order"


def test_the_organiser_that_executes_records_it_itself_or_its_letter_does() -> None:
    """KPU never holds the allegation; DKPP executes nothing."""
    decided = does(registered(), read("2024-12-02", 1, 1))
    assert made_by(step(facts.DkppDecisionExecuted, "2024-12-08", KPU), decided)
    assert made_by(lettered(facts.DkppDecisionExecuted, "2024-12-08", KPU), decided)
    assert made_by(step(facts.DkppDecisionExecuted, "2024-12-08", BAWASLU, role=Role.EXAMINER), decided)
    assert refused_as(step(facts.DkppDecisionExecuted, "2024-12-08", DKPP), decided).rule == "step.office"
    assert refused_as(step(facts.DkppHearingHeld, "2024-12-08", KPU), registered()).rule == "party"
