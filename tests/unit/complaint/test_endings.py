"""How a case ends, and how it is taken up again at the stage before its end, its allegations where they belong."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.complaint import codes, facts
from ledger.complaint.allegations import Alleged, Cleared, OnTrack, Settled
from ledger.complaint.codes import ClosingReason, Decision, ReopeningReason, Stage
from ledger.values import Handle, Number
from tests.builders import (
    ALLEGED,
    DECIDED,
    KASN,
    R2,
    REGISTERED,
    after,
    alleged,
    announce_status,
    at,
    decided,
    filed,
    hold_plenary,
    make_allegation,
    name_respondent,
    named,
    offered,
    on,
    plenary,
    registered,
    return_referral,
    reviewed,
)
from tests.builders_asked import add_evidence, close_complaint, record_outcome, reopen_complaint
from tests.builders_wide import (
    AWAITING,
    CLOSED,
    FOUND,
    NOT_REGISTERED,
    ON_TRACK,
    SETTLED,
    TRACING,
    WITHDRAWN,
    answer,
    closed,
    file_in,
    follow,
    holder,
    not_registered,
    refusal,
    reopened,
    standing,
    traced,
    withdrew,
)

CLEARED = (*REGISTERED, plenary(), decided(decision=Decision.NOT_VIOLATION))
TWO_FINAL = (
    *(filed(), named(), alleged(), named(R2), alleged(2, R2), reviewed(), registered(), plenary(1, (1, 2))),
    *(decided(1, Decision.NOT_VIOLATION), decided(2, Decision.NOT_VIOLATION)),
)


# --- closing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("final", [SETTLED, CLEARED])
def test_a_case_is_closed_once_every_allegation_is_final(final: Any) -> None:
    """Cleared and settled are final; the fact names every allegation."""
    (fact,) = answer(close_complaint(), after(*final))
    assert isinstance(fact, facts.ComplaintClosed)
    assert fact.allegations == {1}
    assert follow(after(*final), close_complaint()).STAGE is Stage.CLOSED


@pytest.mark.parametrize("waiting", [DECIDED, (*DECIDED, offered()), ON_TRACK])
def test_a_case_with_an_allegation_that_waits_for_somebody_is_not_closed(waiting: Any) -> None:
    """Established, offered, on a track: an office must still act."""
    assert refusal(close_complaint(), after(*waiting)) == "closing.open"


@pytest.mark.parametrize(
    ("ended", "reason"),
    [
        (SETTLED, ClosingReason.SETTLED),
        (NOT_REGISTERED, ClosingReason.NOT_REGISTERED),
        (WITHDRAWN, ClosingReason.WITHDRAWN),
    ],
)
def test_a_case_closes_for_the_reason_that_its_stage_gives(ended: Any, reason: ClosingReason) -> None:
    """Each ending has its own."""
    for each in ClosingReason:
        assert refusal(close_complaint(each), after(*ended)) == (None if each is reason else "closing.reason")


def test_closing_without_a_status_notice_is_recorded_as_irregular() -> None:
    """The ledger records what was done, also when nobody was told."""
    (untold,) = answer(close_complaint(), after(*SETTLED))
    (told,) = answer(close_complaint(), follow(after(*SETTLED), announce_status(act=on("2024-07-01"))))
    assert isinstance(untold, facts.ComplaintClosed)
    assert isinstance(told, facts.ComplaintClosed)
    assert untold.irregular == {codes.Irregularity.NO_STATUS_NOTICE}
    assert told.irregular == frozenset()


def test_a_case_does_not_close_before_its_last_act() -> None:
    """Neither before its last step nor before the last word on one of its allegations."""
    assert refusal(close_complaint(act=on("2024-06-27")), after(*SETTLED)) == "act.order"
    assert refusal(close_complaint(ClosingReason.WITHDRAWN, act=on("2024-06-12")), after(*WITHDRAWN)) == "act.order"


# --- reopening ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ended", "stage", "allegations"),
    [
        (NOT_REGISTERED, Stage.RECEIVED, ()),
        ((*AWAITING, not_registered()), Stage.AWAITING_COMPLETION, ()),
        (
            (*TRACING, traced(codes.TracingResult.UNSUPPORTED), not_registered(codes.RefusalReason.UNSUPPORTED)),
            Stage.TRACING,
            (),
        ),
        ((*FOUND, not_registered(codes.RefusalReason.STOPPED)), Stage.FOUND, ()),
        (WITHDRAWN, Stage.RECEIVED, ()),
        ((*ALLEGED, reviewed(), withdrew()), Stage.REVIEWED, ()),
        ((*REGISTERED, withdrew()), Stage.REGISTERED, ()),
        ((*NOT_REGISTERED, closed(ClosingReason.NOT_REGISTERED)), Stage.RECEIVED, ()),
        ((*REGISTERED, withdrew(), closed(ClosingReason.WITHDRAWN)), Stage.REGISTERED, ()),
        (CLOSED, Stage.DECIDED, (1,)),
    ],
)
def test_a_case_is_reopened_to_the_stage_before_the_earliest_of_its_endings(
    ended: Any, stage: Stage, allegations: tuple[int, ...]
) -> None:
    """Not registered and then closed: it goes back before the refusal."""
    complaint = after(*ended)
    assert follow(complaint, reopen_complaint(ReopeningReason.ERROR, *allegations)).STAGE is stage


def test_a_case_that_ended_twice_is_reopened_before_its_last_series_of_endings() -> None:
    """Reopened, withdrawn, closed: what ended it before the reopening no longer counts."""
    again = (*NOT_REGISTERED, reopened(ReopeningReason.ERROR), reviewed(), withdrew())
    assert follow(after(*again), reopen_complaint()).STAGE is Stage.REVIEWED


def test_a_case_withdrawn_after_an_undecided_plenary_can_be_reopened() -> None:
    """No allegation of it is final, so none is named: it goes back to its examination."""
    tied = (*REGISTERED, plenary(), withdrew(), closed(ClosingReason.WITHDRAWN))
    assert follow(after(*tied), reopen_complaint()).STAGE is Stage.REGISTERED


@pytest.mark.parametrize("reason", ReopeningReason)
def test_a_settled_allegation_goes_back_before_its_decision_or_onto_its_track(reason: ReopeningReason) -> None:
    """New evidence and errors are the owner's to examine; appeals and courts speak to the office of the track."""
    complaint = follow(after(*CLOSED), reopen_complaint(reason, 1))
    if reason in (ReopeningReason.APPEAL, ReopeningReason.COURT):
        assert standing(complaint) == OnTrack(1, codes.Track.ASN, KASN)
        assert holder(complaint) == KASN
    else:
        assert standing(complaint) == Alleged()
    assert len(file_in(complaint).allegations[1].outcomes) == 1


@pytest.mark.parametrize("reason", ReopeningReason)
def test_a_cleared_allegation_goes_back_before_its_decision_whatever_the_reason(reason: ReopeningReason) -> None:
    """It was on no track; a court that finds it was cleared wrongly sends it back to the plenary."""
    complaint = follow(after(*CLEARED, closed()), reopen_complaint(reason, 1))
    assert standing(complaint) == Alleged()


def test_only_the_named_allegations_are_taken_up_again() -> None:
    """The others stay final."""
    complaint = follow(
        after(*TWO_FINAL, closed(ClosingReason.SETTLED, 1, 2)), reopen_complaint(ReopeningReason.ERROR, 2)
    )
    assert (standing(complaint, 1), standing(complaint, 2)) == (Cleared(), Alleged())


@pytest.mark.parametrize(
    ("ended", "allegations", "rule"),
    [
        (CLOSED, (), "reopening.empty"),
        (CLOSED, (7,), "allegation.unknown"),
        (NOT_REGISTERED, (1,), "reopening.open"),
        (DECIDED, (1,), "stage"),
    ],
)
def test_a_reopening_names_final_allegations_of_a_decided_case(ended: Any, allegations: Any, rule: str) -> None:
    """A decided case is reopened for something; what is not final needs no reopening."""
    assert refusal(reopen_complaint(ReopeningReason.ERROR, *allegations), after(*ended)) == rule


def test_a_reopened_case_takes_new_respondents_and_allegations_until_it_closes_again() -> None:
    """Before the decision, or in a case reopened after it."""
    complaint = follow(after(*CLOSED), reopen_complaint(ReopeningReason.NEW_EVIDENCE, 1))
    grown = follow(
        complaint,
        name_respondent(respondent=R2, act=on("2024-07-04")),
        make_allegation(respondent=R2, act=on("2024-07-04")),
    )
    assert standing(grown, 2) == Alleged()
    assert grown.STAGE is Stage.DECIDED


def test_a_reopening_before_the_decision_does_not_open_the_case_after_it() -> None:
    """The refusal was reopened and the case decided since: nothing is alleged any more."""
    again = (*NOT_REGISTERED, reopened(ReopeningReason.ERROR), reviewed(), registered(), plenary(), decided())
    complaint = after(*again)
    assert complaint.STAGE is Stage.DECIDED
    assert refusal(make_allegation(act=on("2024-07-04")), complaint) == "stage.decided"
    assert refusal(name_respondent(respondent=Handle("r5"), act=on("2024-07-04")), complaint) == "stage.decided"


def test_a_reopened_allegation_is_decided_again_and_its_old_outcome_stays() -> None:
    """Decisions and outcomes only grow."""
    complaint = follow(
        after(*CLOSED),
        reopen_complaint(ReopeningReason.NEW_EVIDENCE, 1),
        hold_plenary(act=at("2024-07-04T03:00:00")),
    )
    assert file_in(complaint).plenaries == 2
    assert [each.code for each in file_in(complaint).allegations[1].outcomes] == ["proven"]


def test_an_appeal_is_answered_on_the_track_and_not_returned() -> None:
    """The referral has an outcome already: its office adds another word."""
    complaint = follow(after(*CLOSED), reopen_complaint(ReopeningReason.APPEAL, 1))
    assert refusal(return_referral(act=on("2024-07-05", KASN)), complaint) == "referral.settled"
    settled = follow(complaint, record_outcome(act=on("2024-07-05", KASN), level=codes.OutcomeLevel.APPEAL))
    assert standing(settled) == Settled(1, codes.Track.ASN, KASN)


def test_nothing_but_a_reopening_brings_a_closed_case_back() -> None:
    """Evidence is added, and plenaries held, once it is open again."""
    for command in (add_evidence(), hold_plenary(), make_allegation(), close_complaint()):
        assert refusal(command, after(*CLOSED)) == "complaint.ended"
    assert (
        refusal(reopen_complaint(ReopeningReason.ERROR, Number(1), act=on("2024-06-30")), after(*CLOSED)) == "act.order"
    )
