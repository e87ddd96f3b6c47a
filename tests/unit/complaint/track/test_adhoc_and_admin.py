"""Ad hoc people at their own office, and the administrative track of Pilkada and Pemilu."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.complaint import codes, facts
from ledger.complaint.codes import RespondentClass, Track
from ledger.complaint.state import Complaint
from ledger.values import Role
from tests.builders import BAWASLU, KPU, R1, R2
from tests.builders_tracks import (
    LAW,
    does,
    established,
    lettered,
    made_by,
    on_track,
    receipt,
    refused_as,
    retained,
    said,
    state,
    step,
)
from tests.builders_wide import file_in, holder

ADHOC = ((R1, RespondentClass.KPU_ADHOC), (R2, RespondentClass.BAWASLU_ADHOC))


def both() -> Complaint:
    """K5: one case, a person of KPU's committee and one of Bawaslu's, each at their own office."""
    complaint = established(*ADHOC, category=codes.Category.ETHICS)
    complaint = on_track(complaint, Track.KPU_ADHOC, KPU, "2024-10-10", grounds=LAW)
    return does(complaint, retained(Track.BAWASLU_ADHOC, "2024-10-10", 2), grounds=LAW)


@pytest.mark.parametrize(("allegation", "office"), [(1, KPU), (2, BAWASLU)])
def test_a_team_examines_and_the_office_decides_and_executes(allegation: int, office: Any) -> None:
    """Five members of a Panwascam were dismissed in this way; and the committee of KPU in the same."""
    complaint, seen = both(), [state(both(), allegation)]
    for command in (
        step(facts.TeamFormed, "2024-10-12", office, allegation=allegation),
        step(facts.TeamExamined, "2024-10-18", office, allegation=allegation),
        said("dismissed", "2024-10-19", office, allegation=allegation),
        step(facts.AdhocDecisionExecuted, "2024-10-21", office, allegation=allegation),
    ):
        complaint = does(complaint, command, grounds=LAW)
        seen.append(state(complaint, allegation))
    assert seen == ["received", "team_formed", "examined", "decided", "executed"]


def test_each_office_examines_its_own_people() -> None:
    """KPU takes no step on Bawaslu's track."""
    refused = refused_as(lettered(facts.TeamFormed, "2024-10-12", KPU, allegation=2), both())
    assert refused.rule == "step.office"
    assert "bawaslu" in refused.allowed.en


def test_no_decision_is_executed_that_was_not_taken() -> None:
    """Nor is anything examined without a team."""
    assert refused_as(step(facts.AdhocDecisionExecuted, "2024-10-21", KPU), both()).rule == "step.order"
    assert refused_as(step(facts.TeamExamined, "2024-10-21", KPU), both()).rule == "step.order"


# --- administrative -------------------------------------------------------------------------------------------------


def established_administrative() -> Complaint:
    return established((R1, RespondentClass.KPU_MEMBER), category=codes.Category.ADMINISTRATIVE)


def test_kpu_acts_on_a_recommendation_that_binds_from_its_receipt() -> None:
    """Pilkada: K6; KPU holds it without accepting."""
    complaint = on_track(established_administrative(), Track.KPU_ADMIN, KPU, "2024-10-28", grounds=LAW)
    assert (holder(complaint), state(complaint)) == (KPU, "received")
    acted = does(complaint, step(facts.RecommendationActedOn, "2024-11-02", KPU))
    assert state(acted) == "acted"
    assert state(does(acted, said("corrected", "2024-11-03", KPU))) == "closed"
    assert refused_as(receipt(KPU, "2024-10-29", 1), complaint).rule == "referral.received"


def test_bawaslu_adjudicates_and_kpu_executes() -> None:
    """Pemilu: Bawaslu keeps the allegation, and KPU records the execution itself."""
    kept = does(established_administrative(), retained(Track.KPU_ADMIN, "2024-10-28"))
    decided = does(kept, step(facts.Adjudicated, "2024-11-04", BAWASLU, decision=codes.Decision.VIOLATION))
    assert (holder(decided), state(decided)) == (BAWASLU, "adjudicated")
    executed = does(decided, step(facts.AdministrativeDecisionExecuted, "2024-11-06", KPU))
    assert state(executed) == "executed"
    assert file_in(executed).allegations[1].course[-1].office == KPU


def test_kpu_executes_what_was_decided_and_adjudicates_nothing() -> None:
    """Execution follows a decision or a recommendation that was acted on; adjudication is Bawaslu's."""
    complaint = on_track(established_administrative(), Track.KPU_ADMIN, KPU, "2024-10-28")
    executed = step(facts.AdministrativeDecisionExecuted, "2024-11-06", KPU)
    assert refused_as(executed, complaint).rule == "step.order"
    judged = step(facts.Adjudicated, "2024-11-04", KPU, decision=codes.Decision.VIOLATION)
    assert refused_as(judged, complaint).rule == "step.office"
    assert made_by(step(facts.RecommendationActedOn, "2024-11-04", KPU), complaint)
    assert (
        refused_as(step(facts.RecommendationActedOn, "2024-11-04", KPU, role=Role.EXAMINER), complaint).rule == "party"
    )
