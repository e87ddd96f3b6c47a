"""One file of a hand-over, in its own case: it stays where it was until it is accepted, and comes back to its owner."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from ledger.complaint import facts
from ledger.complaint.allegations import Established, Offered, OnTrack
from ledger.complaint.codes import Irregularity, ReturnReason, Track
from ledger.complaint.commands import HandOverFile, RecallReferral
from ledger.complaint.decisions import decide, needs
from ledger.errors import Refused
from ledger.values import Number, Role
from tests.builders import (
    AUTHORITY,
    BAWASLU,
    BKN,
    COMPLAINT,
    DECIDED,
    KASN,
    KPU,
    OFFERED,
    ONE,
    RETURNED,
    TWO,
    Happened,
    accept_referral,
    accepted,
    after,
    at,
    by,
    on,
    receive_referral,
    received,
    return_referral,
    stream,
)
from tests.builders_wide import ON_TRACK, RETAINED, SETTLED, file_in, following, holder, standing
from tests.unit.complaint.test_tracks import ENDED

LATER = datetime(2024, 9, 30, 5, tzinfo=UTC)
HANDOVER = stream("handover", "1")
PASSED = Happened(
    facts.ReferralOffered(
        referral=TWO,
        allegation=ONE,
        to=BKN,
        track=Track.ASN,
        binding=False,
        study_attached=True,
        handover=HANDOVER,
    ),
    on("2024-09-17", BKN),
)
UNDER_WAY = (*ON_TRACK, PASSED)
UNANSWERED = (*OFFERED, PASSED)


def hand_over(**changes: Any) -> HandOverFile:
    command = HandOverFile(
        act=on("2024-09-17", BKN),
        stream=COMPLAINT,
        by=by(Role.HOLDER, BKN),
        allegation=ONE,
        referral=TWO,
        from_=KASN,
        to=BKN,
        handover=HANDOVER,
    )
    return replace(command, **changes)


OWNERS = hand_over(from_=BAWASLU, act=on("2024-09-17"), by=by(Role.HOLDER))
"""Bawaslu, which owns the case, hands over."""


def answered(command: Any) -> Any:
    """An answer of BKN's to the second referral, in September."""
    act = on("2024-09-18", BKN) if command.act.at is None else at("2024-09-18T02:00:00", BKN)
    return replace(command, act=act, by=by(Role.INTAKE, BKN), referral=TWO)


def recall(**changes: Any) -> RecallReferral:
    command = RecallReferral(act=on("2024-09-19", BKN), stream=COMPLAINT, by=by(Role.HOLDER, BKN), referral=TWO)
    return replace(command, **changes)


def rule(command: Any, complaint: Any) -> str | None:
    """The rule that refuses a command of September, with exactly the grounds that it needs."""
    offices = {each: ENDED.offices[each] for each in needs(command, complaint) if each in ENDED.offices}
    try:
        decide(command, complaint, at=LATER, grounds=replace(ENDED, offices=offices))
    except Refused as refused:
        return refused.rule
    return None


def later(complaint: Any, *commands: Any) -> Any:
    """The complaint after some commands of September."""
    for command in commands:
        made = decide(command, complaint, at=LATER, grounds=ENDED)
        complaint = following(complaint, *(Happened(fact, command.act) for fact in made))
    return complaint


def test_a_file_is_passed_on_by_a_referral_that_names_the_hand_over() -> None:
    """On the same track, with the study that was made: what is missing is marked."""
    assert decide(hand_over(), after(*ON_TRACK), at=LATER, grounds=ENDED) == (PASSED.fact,)
    without_study = tuple(each for each in ON_TRACK if not isinstance(each.fact, facts.StudyCompleted))
    (fact,) = decide(hand_over(), after(*without_study), at=LATER, grounds=ENDED)
    assert isinstance(fact, facts.ReferralOffered)
    assert (fact.study_attached, fact.irregular) == (False, frozenset({Irregularity.NO_STUDY}))


@pytest.mark.parametrize(("happened", "stays_with"), [(UNDER_WAY, KASN), (UNANSWERED, BAWASLU)])
def test_until_it_is_accepted_the_holder_stays(happened: Any, stays_with: Any) -> None:
    """What KASN had taken is KASN's; what it had not answered is Bawaslu's still, and KASN is whoever passed it on."""
    complaint = after(*happened)
    file = file_in(complaint)
    assert standing(complaint) == Offered(2)
    assert holder(complaint) == stays_with
    assert (file.lies_at(file.allegations[1]), file.given_by(file.referrals[2])) == (BKN, KASN)
    assert holder(later(complaint, answered(receive_referral()))) == stays_with
    taken = later(complaint, answered(receive_referral()), answered(accept_referral()))
    assert standing(taken) == OnTrack(2, Track.ASN, BKN)
    assert holder(taken) == BKN


@pytest.mark.parametrize("happened", [UNDER_WAY, UNANSWERED])
def test_what_comes_back_from_a_hand_over_lies_on_the_owners_desk(happened: Any) -> None:
    """Not at the office that is no more: it would be lost there."""
    back = later(after(*happened), answered(return_referral(reason=ReturnReason.INCOMPLETE)))
    assert standing(back) == Established(2)
    assert holder(back) == BAWASLU


@pytest.mark.parametrize("happened", [UNDER_WAY, UNANSWERED])
def test_a_recalled_file_stands_where_it_stood(happened: Any) -> None:
    """As if it had not been passed on; by whoever sent it, and nobody else."""
    before = after(*happened[:-1])
    sender = BKN if happened is UNDER_WAY else BAWASLU
    command = recall(act=on("2024-09-19", sender), by=by(Role.HOLDER if sender == BKN else Role.EXAMINER, sender))
    recalled = later(after(*happened), command)
    assert standing(recalled) == standing(before)
    assert holder(recalled) == holder(before)


def test_the_owner_does_not_recall_what_another_office_sent() -> None:
    """Bawaslu owns the case; the hand-over is between KASN and BKN."""
    by_owner = recall(act=on("2024-09-19"), by=by(Role.EXAMINER))
    assert rule(by_owner, after(*UNDER_WAY)) == "referral.sender"


@pytest.mark.parametrize("command", [receive_referral(), accept_referral(), return_referral()])
@pytest.mark.parametrize("happened", [UNDER_WAY, UNANSWERED])
def test_attack_the_referral_before_the_hand_over_is_answered_after_it(command: Any, happened: Any) -> None:
    """The file would stand at two offices at once; what was passed on is answered where it went."""
    first = replace(answered(command), referral=ONE)
    expected = {"ReturnReferral": "referral.settled"}.get(type(command).__name__, "referral.past")
    taken = {"ReceiveReferral": "referral.received", "AcceptReferral": "referral.accepted"}
    if happened is UNDER_WAY:
        expected = taken.get(type(command).__name__, expected)
    assert rule(first, after(*happened)) == expected


def test_a_file_that_nobody_answered_is_passed_on_again_and_again() -> None:
    """Each time by the office where it lies; what was passed on is not open there any more."""
    again = hand_over(from_=BKN, to=AUTHORITY, referral=Number(3), act=on("2024-09-20", BKN))
    complaint = later(after(*UNDER_WAY), again)
    assert standing(complaint) == Offered(3)
    assert holder(complaint) == KASN
    assert rule(hand_over(referral=Number(3)), after(*UNDER_WAY)) == "handover.holder"


@pytest.mark.parametrize(
    ("command", "happened", "refused"),
    [
        (hand_over(), ON_TRACK, None),
        (hand_over(), OFFERED, None),
        (hand_over(), (*OFFERED, received()), None),
        (hand_over(), DECIDED, "handover.holder"),
        (hand_over(), RETURNED, "handover.holder"),
        (hand_over(), SETTLED, "handover.standing"),
        (OWNERS, DECIDED, "handover.standing"),
        (OWNERS, ON_TRACK, "handover.holder"),
        (
            replace(OWNERS, referral=ONE),
            RETAINED,
            "referral.competence",
        ),
        (hand_over(referral=Number(3)), ON_TRACK, "handover.moved"),
        (hand_over(allegation=TWO), ON_TRACK, "allegation.unknown"),
        (hand_over(to=BAWASLU), ON_TRACK, "handover.owner"),
        (hand_over(to=KPU), ON_TRACK, "referral.competence"),
        (hand_over(act=on("2024-06-19", BKN)), ON_TRACK, "party"),
        (hand_over(by=by(Role.INTAKE, BKN)), ON_TRACK, "party"),
        (hand_over(act=on("2024-09-17", AUTHORITY), by=by(Role.HOLDER, AUTHORITY)), ON_TRACK, "party"),
    ],
)
def test_which_files_are_handed_over_and_by_whom(command: Any, happened: Any, refused: str | None) -> None:
    """What lies at the giving office, on a track or unanswered; by that office or whoever followed it."""
    assert rule(command, after(*happened)) == refused


def test_the_answer_before_the_hand_over_counts_no_more() -> None:
    """KASN had accepted; after the hand-over BKN accepts for itself."""
    twice = after(*OFFERED, accepted(), PASSED)
    assert rule(answered(accept_referral()), twice) is None
