"""What the law lets be done to a case besides its ordinary course: extension, joining, delegation, recall, dropping."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ledger.complaint import codes, facts
from ledger.complaint.allegations import Alleged, Dropped, Established, Offered, OnTrack
from ledger.complaint.codes import DropReason, RespondentClass, Stage
from ledger.complaint.commands import (
    AdmitComplaint,
    RecommendSanction,
    SeparateComplaint,
)
from ledger.complaint.facts import COMPLAINT_FACTS
from ledger.complaint.facts.stages import ANY
from ledger.complaint.state import Joined
from ledger.values import Handle, Name, Role
from tests.builders import (
    AUTHORITY,
    BAWASLU_BUNGO,
    BKN,
    COMPLAINT,
    DECIDED,
    KASN,
    OFFERED,
    ONE,
    R1,
    R2,
    REGISTERED,
    RETURNED,
    TWO,
    Happened,
    accept_referral,
    after,
    alleged,
    at,
    by,
    decided,
    filed,
    hold_plenary,
    named,
    offer_referral,
    on,
    receive_referral,
    received,
    registered,
    return_referral,
    reviewed,
    sealed,
)
from tests.builders_asked import close_complaint, reopen_complaint
from tests.builders_law import (
    GOING_ON,
    JULY,
    OTHER,
    asked,
    delegate,
    drop,
    extend,
    join,
    recall,
    receive,
    reclassify,
    take_over,
)
from tests.builders_wide import (
    ABOVE,
    CLOSED,
    NOT_REGISTERED,
    ON_TRACK,
    SETTLED,
    STAGES,
    WIDE,
    WITHDRAWN,
    answer,
    file_in,
    follow,
    following,
    refusal,
    standing,
)

# --- extension ------------------------------------------------------------------------------------------------------


def test_an_examination_is_extended_once_and_not_before_it_began() -> None:
    """3 + 2 days, or 7 to 14: the law knows one extension."""
    complaint = after(*REGISTERED)
    assert answer(extend(), complaint) == (facts.ExaminationExtended(sealed("reason").reference),)
    assert refusal(extend(), follow(complaint, extend())) == "extension.once"
    assert refusal(extend(act=on("2024-06-11")), complaint) == "act.order"
    assert refusal(extend(by=by(Role.PLENARY)), complaint) is None
    assert refusal(extend(by=by(Role.INTAKE)), complaint) == "party"
    for stage in set(STAGES) - {Stage.NOTHING, Stage.REGISTERED}:
        assert refusal(extend(act=JULY), STAGES[stage]) in ("stage", "complaint.ended")


# --- joining --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", GOING_ON)
def test_a_case_is_joined_from_any_open_stage_and_separated_to_the_same_one(stage: Stage) -> None:
    """Nothing of it is lost on the way there and back."""
    before = STAGES[stage]
    joined = follow(before, join())
    assert isinstance(joined, Joined)
    assert (joined.into, joined.before) == (OTHER, stage)
    again = follow(joined, asked(SeparateComplaint, text=sealed("text")))
    assert again.STAGE is stage
    assert replace(file_in(again), entered=(), since=file_in(before).since) == replace(file_in(before), entered=())


@pytest.mark.parametrize("stage", [Stage.NOT_REGISTERED, Stage.WITHDRAWN, Stage.CLOSED])
def test_a_case_that_has_ended_joins_nothing_and_takes_nothing_in(stage: Stage) -> None:
    """It is reopened first."""
    assert refusal(join(), STAGES[stage]) == "complaint.ended"
    assert refusal(asked(AdmitComplaint, joined=OTHER), STAGES[stage]) == "complaint.ended"


def test_a_joined_case_takes_no_act_but_its_separation_and_what_any_stage_takes() -> None:
    """It goes on in the other case; corrections, notices, erasures and disclosures are about what was said before."""
    allowed = {fact for fact in COMPLAINT_FACTS if Stage.JOINED in fact.FROM}
    assert allowed == {facts.ComplaintSeparated} | {fact for fact in COMPLAINT_FACTS if fact.FROM == ANY}
    joined = follow(after(*REGISTERED), join())
    for command in (hold_plenary(), extend(), join(), delegate(), take_over(), drop(), reclassify()):
        assert refusal(command, joined) == "stage"
    assert refusal(asked(AdmitComplaint, joined=OTHER), joined) == "stage"
    assert refusal(asked(SeparateComplaint), after(*REGISTERED)) == "stage"


def test_a_case_does_not_join_itself_and_its_owner_joins_it() -> None:
    """Nor does an act precede the case's last step."""
    complaint = after(*REGISTERED)
    assert refusal(join(into=COMPLAINT), complaint) == "joining.self"
    assert refusal(join(act=on("2024-06-11")), complaint) == "act.order"
    foreign = join(act=on("2024-07-03", BAWASLU_BUNGO), by=by(Role.EXAMINER, BAWASLU_BUNGO))
    assert refusal(foreign, complaint) == "party"


def test_a_separated_case_may_be_joined_to_the_same_one_again() -> None:
    """The other case remembers that it once took it in; where it stands now, its own stream says."""
    admit = asked(AdmitComplaint, joined=OTHER)
    once = follow(after(*REGISTERED), admit)
    assert file_in(once).joined == {OTHER}
    assert file_in(follow(once, admit)).joined == {OTHER}


# --- recall ---------------------------------------------------------------------------------------------------------


def test_a_referral_is_recalled_while_nobody_has_taken_it_and_the_allegation_lies_where_it_lay() -> None:
    """Offered, or arrived; then another one may be offered."""
    for complaint in (after(*OFFERED), after(*OFFERED, received())):
        back = follow(complaint, recall())
        assert standing(back) == Established()
        assert file_in(back).referrals[1].recalled
        again = follow(back, offer_referral())
        assert standing(again) == Offered(2)


def test_a_recalled_referral_comes_back_to_the_return_that_preceded_it() -> None:
    """The second referral follows the first one's return: what was returned is still returned."""
    twice = follow(after(*RETURNED), offer_referral())
    assert standing(follow(twice, recall(day="2024-07-02", referral=TWO))) == Established(returned=1)


@pytest.mark.parametrize(
    ("happened", "command", "rule"),
    [
        (OFFERED, recall(referral=TWO), "referral.unknown"),
        (ON_TRACK, recall(), "referral.taken"),
        (SETTLED, recall(day="2024-07-01"), "referral.taken"),
        (RETURNED, recall(day="2024-06-27"), "referral.taken"),
        (OFFERED, recall(day="2024-06-17"), "act.order"),
        (OFFERED, recall(KASN), "party"),
    ],
    ids=["unknown", "accepted", "settled", "returned", "before the offer", "by the addressee"],
)
def test_what_was_taken_is_not_recalled(happened: tuple[Happened, ...], command: Any, rule: str) -> None:
    """Who has it returns it; and nobody but the sender asks for it back."""
    assert refusal(command, after(*happened)) == rule


def test_nothing_more_is_done_under_a_recalled_referral() -> None:
    """It is not received, accepted or returned afterwards."""
    back = follow(after(*OFFERED), recall())
    for command in (receive_referral(), accept_referral(), return_referral()):
        assert refusal(command, back) == "referral.recalled"


def test_the_owner_does_not_recall_what_the_holder_sent_on() -> None:
    """A recommendation to the personnel authority is KASN's to recall; Bawaslu only owns the case."""
    recommend = asked(RecommendSanction, on("2024-07-01", KASN), Role.HOLDER, allegation=ONE, to=AUTHORITY)
    sent = follow(after(*ON_TRACK), recommend)
    assert refusal(recall(day="2024-07-02", referral=TWO), sent) == "referral.sender"
    own = recall(KASN, day="2024-07-02", referral=TWO, by=by(Role.HOLDER, KASN))
    assert standing(follow(sent, own)) == OnTrack(1, codes.Track.ASN, KASN)


def test_the_successor_recalls_what_an_office_had_sent_before_it_ended() -> None:
    """Competence moves by law, and the open offer with it."""
    recommend = asked(RecommendSanction, on("2024-07-01", KASN), Role.HOLDER, allegation=ONE, to=AUTHORITY)
    sent = follow(after(*ON_TRACK), recommend)
    ended = replace(WIDE.office(KASN), ended_on=date(2024, 7, 2), ended_by=Name("UU 20/2023"), successor=BKN)
    grounds = replace(WIDE, offices={**WIDE.offices, KASN: ended})
    heir = recall(BKN, day="2024-07-03", referral=TWO, by=by(Role.HOLDER, BKN))
    assert refusal(heir, sent, grounds) is None


# --- dropping -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", DropReason)
@pytest.mark.parametrize("happened", [REGISTERED, DECIDED, RETURNED], ids=["alleged", "established", "returned"])
def test_an_allegation_on_the_owners_desk_is_dropped(reason: DropReason, happened: tuple[Happened, ...]) -> None:
    """The respondent died, or nothing is left to decide; the reason stays visible."""
    dropped = follow(after(*happened), drop(reason))
    assert standing(dropped) == Dropped(reason)
    assert dropped.STAGE is Stage.DECIDED


@pytest.mark.parametrize("happened", [OFFERED, ON_TRACK, SETTLED, CLOSED, NOT_REGISTERED, WITHDRAWN])
def test_what_lies_elsewhere_or_has_ended_is_not_dropped(happened: tuple[Happened, ...]) -> None:
    """Its office says so by an outcome; or it is over."""
    assert refusal(drop(), after(*happened)) in ("allegation.elsewhere", "complaint.ended")


def test_a_case_is_decided_once_every_allegation_is_decided_or_dropped() -> None:
    """One respondent died while the other's allegation is still open."""
    two = (filed(), named(), named(R2), alleged(), alleged(2, R2), reviewed(), registered())
    dropped = follow(after(*two), drop())
    assert dropped.STAGE is Stage.REGISTERED
    assert following(dropped, decided(2)).STAGE is Stage.DECIDED
    assert follow(dropped, drop(allegation=TWO)).STAGE is Stage.DECIDED


def test_a_dropped_allegation_is_final_and_the_case_can_be_closed_and_reopened() -> None:
    """Final means cleared, settled or dropped; new evidence may show that it was dropped in error."""
    dropped = follow(after(*REGISTERED), drop())
    closing = close_complaint(codes.ClosingReason.SETTLED, act=on("2024-07-04"))
    over = follow(dropped, closing)
    assert over.STAGE is Stage.CLOSED
    again = reopen_complaint(codes.ReopeningReason.NEW_EVIDENCE, 1, act=on("2024-07-05"))
    assert standing(follow(over, again)) == Alleged()


def test_a_dropped_allegation_is_decided_no_more_and_dropped_no_more() -> None:
    """A plenary decides on the living."""
    dropped = follow(after(*REGISTERED), drop())
    assert refusal(drop(), dropped) == "allegation.elsewhere"
    assert refusal(hold_plenary(act=at("2024-07-04T03:00:00")), dropped) == "allegation.decided"
    assert refusal(drop(act=on("2024-06-10")), after(*REGISTERED)) == "act.order"
    assert refusal(drop(act=on("2024-07-03", ABOVE), by=by(Role.EXAMINER, ABOVE)), after(*REGISTERED)) == "party"


# --- reclassification -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", GOING_ON)
def test_a_respondent_is_of_another_class_than_was_recorded(stage: Stage) -> None:
    """A civil servant resigned to stand for election; the allegations stay what they are."""
    before = following(STAGES[stage], *(() if R1 in file_in(STAGES[stage]).respondents else (named(),)))
    now = follow(before, reclassify(RespondentClass.REGIONAL_HEAD))
    assert file_in(now).respondents[R1] is RespondentClass.REGIONAL_HEAD
    assert file_in(now).allegations == file_in(before).allegations
    assert now.STAGE is stage


@pytest.mark.parametrize(
    ("command", "rule"),
    [
        (reclassify(RespondentClass.ASN), "respondent.same_class"),
        (reclassify(RespondentClass.UNKNOWN), "respondent.class"),
        (reclassify(respondent=Handle("r9")), "respondent.unknown"),
        (reclassify(by=by(Role.PLENARY)), "party"),
    ],
    ids=["the same", "unknown", "nobody", "the plenary"],
)
def test_a_reclassification_that_says_nothing_is_refused(command: Any, rule: str) -> None:
    """The same class again, a class that is none, somebody who is no respondent."""
    assert refusal(command, after(*REGISTERED)) == rule


def test_the_class_of_a_respondent_is_closed_in_the_trail() -> None:
    """Which member of staff belongs to which class could tell who it is."""
    assert not facts.RespondentReclassified.OPEN


# --- the whole --------------------------------------------------------------------------------------------------------


def test_a_case_goes_through_all_of_it_and_is_still_one_case() -> None:
    """Delegated up, extended there, joined, separated, taken nowhere else, dropped: one stream, one history."""
    theirs: dict[str, Any] = {"act": on("2024-07-05", ABOVE), "by": by(Role.EXAMINER, ABOVE)}
    case = follow(
        after(*REGISTERED),
        delegate(),
        receive(),
        extend(**theirs),
        join(**theirs),
        asked(SeparateComplaint, on("2024-07-05", ABOVE)),
        drop(**theirs),
    )
    assert case.STAGE is Stage.DECIDED
    assert file_in(case).version == len(REGISTERED) + 6
    assert file_in(case).extended
