"""From which stage: every command at every stage of a complaint; the allowed stages are listed by hand."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.complaint.codes import Stage
from ledger.complaint.state import Nothing
from tests.builders import (
    accept_referral,
    announce_status,
    call_hearing,
    complete_study,
    file_complaint,
    hold_hearing,
    hold_plenary,
    make_allegation,
    name_respondent,
    offer_referral,
    receive_referral,
    register_complaint,
    return_referral,
    review_complaint,
)
from tests.builders_asked import (
    add_evidence,
    close_complaint,
    continue_as_finding,
    correct_closed_value,
    correct_value,
    disclose_value,
    erase_person,
    fix_finding,
    miss_hearing,
    note_preliminary,
    recategorise_allegation,
    receive_completion,
    record_conflict,
    record_outcome,
    record_tracing,
    refuse_registration,
    reopen_complaint,
    retain_allegation,
    withdraw_complaint,
)
from tests.builders_wide import STAGES, refusal

BEFORE = "received awaiting_completion tracing found reviewed registered"
ENDINGS = "not_registered withdrawn closed"
ANY = f"{BEFORE} decided {ENDINGS} joined"
FROM: dict[Any, str] = {
    file_complaint: "nothing",
    note_preliminary: "nothing",
    fix_finding: "nothing",
    record_tracing: "tracing",
    continue_as_finding: "tracing withdrawn",
    name_respondent: f"{BEFORE} decided",
    make_allegation: f"{BEFORE} decided",
    recategorise_allegation: "registered decided",
    review_complaint: "received",
    receive_completion: "awaiting_completion",
    refuse_registration: "received awaiting_completion tracing found",
    register_complaint: "reviewed found",
    withdraw_complaint: BEFORE,
    call_hearing: "registered decided",
    hold_hearing: "registered decided",
    miss_hearing: "registered decided",
    complete_study: "registered decided",
    hold_plenary: "registered decided",
    announce_status: ANY,
    add_evidence: f"{BEFORE} decided",
    record_conflict: f"{BEFORE} decided",
    offer_referral: "decided",
    receive_referral: "decided",
    accept_referral: "decided",
    return_referral: "decided",
    retain_allegation: "decided",
    record_outcome: "decided",
    lambda: correct_value(1, "region", "15.08"): ANY,
    lambda: correct_closed_value(2, "name"): ANY,
    close_complaint: "decided not_registered withdrawn",
    reopen_complaint: ENDINGS,
    erase_person: ANY,
    disclose_value: ANY,
}
OF_THE_STAGE = {"stage", "complaint.unknown", "complaint.filed", "complaint.ended"}


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("command", FROM, ids=lambda command: command.__name__)
def test_a_command_fits_the_stages_that_the_catalogue_lists_and_no_others(command: Any, stage: Stage) -> None:
    """The stage is asked before everything else about the case, so that the refusal says where the case stands."""
    refused = refusal(command(), STAGES[stage])
    assert (refused in OF_THE_STAGE) is (stage.value not in FROM[command].split()), refused


def test_a_refusal_says_what_the_stage_would_need() -> None:
    """Nothing there, there already, over, or at another stage: four different sentences."""
    assert refusal(review_complaint(), Nothing()) == "complaint.unknown"
    assert refusal(file_complaint(), STAGES[Stage.RECEIVED]) == "complaint.filed"
    assert refusal(note_preliminary(), STAGES[Stage.RECEIVED]) == "complaint.filed"
    assert refusal(fix_finding(), STAGES[Stage.TRACING]) == "complaint.filed"
    assert refusal(review_complaint(), STAGES[Stage.CLOSED]) == "complaint.ended"
    assert refusal(review_complaint(), STAGES[Stage.DECIDED]) == "stage"
