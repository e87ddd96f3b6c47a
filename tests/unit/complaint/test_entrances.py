"""The three entrances: a report, preliminary information that is traced, a finding of supervision; their ways on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger.complaint import codes, facts
from ledger.complaint.codes import FindingOrigin, RefusalReason, RegistrationKind, Requirement, ReviewResult, Stage
from ledger.complaint.codes import TracingResult as Result
from ledger.complaint.commands import ComplainantTold, CompletionAsked, RefusalAsked
from ledger.complaint.state import Nothing
from ledger.values import Handle, Region, Role
from tests.builders import (
    ALLEGED,
    BAWASLU,
    BAWASLU_BUNGO,
    JAMBI_REGION,
    KASN,
    REGISTERED,
    after,
    alleged,
    by,
    file_complaint,
    filed,
    make_allegation,
    name_respondent,
    named,
    on,
    ref,
    register_complaint,
    review_complaint,
    reviewed,
    sealed,
)
from tests.builders_asked import (
    continue_as_finding,
    fix_finding,
    note_preliminary,
    recategorise_allegation,
    receive_completion,
    record_tracing,
    refuse_registration,
    review_with,
    withdraw_complaint,
)
from tests.builders_wide import (
    AWAITING,
    FOUND,
    K1,
    K2,
    REVIEWED,
    TRACING,
    WITHDRAWN,
    answer,
    completion_received,
    file_in,
    filed_by_two,
    follow,
    found,
    noted,
    refusal,
    registered_as_finding,
    traced,
    withdrew,
)

NAMED = (named(), alleged())
SIGNATURE, PLACE = Requirement.SIGNATURE, Requirement.PLACE
UNSUPPORTED = (noted(), traced(Result.UNSUPPORTED))


# --- preliminary information ----------------------------------------------------------------------------------------


def test_preliminary_information_begins_a_case_that_is_traced() -> None:
    """A tip has no complainant, and may say neither when nor since when it is known."""
    assert answer(note_preliminary(), Nothing()) == (noted().fact,)
    complaint = after(noted())
    assert complaint.STAGE is Stage.TRACING
    assert (file_in(complaint).owner, file_in(complaint).complainants) == (BAWASLU, frozenset())
    assert file_in(complaint).occurred_from is None


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"act": on("2024-06-11", KASN), "by": by(Role.INTAKE, KASN)}, "intake.body"),
        ({"act": on("2024-06-11", BAWASLU_BUNGO), "by": by(Role.INTAKE, BAWASLU_BUNGO)}, "intake.region"),
        ({"occurred_from": date(2024, 6, 8)}, "dates.pair"),
        ({"occurred_from": date(2024, 6, 8), "occurred_until": date(2024, 6, 7)}, "dates.order"),
        (
            {
                "occurred_from": date(2024, 6, 8),
                "occurred_until": date(2024, 6, 8),
                "known_on": date(2024, 6, 7),
            },
            "dates.known",
        ),
        ({"known_on": date(2024, 6, 12)}, "dates.received"),
    ],
)
def test_what_preliminary_information_says_does_not_contradict_itself(changes: dict[str, Any], rule: str) -> None:
    """Dates may be absent, both together; they may not be impossible."""
    assert refusal(note_preliminary(**changes), Nothing()) == rule


def test_tracing_goes_on_until_it_has_a_result() -> None:
    """Ongoing and supported leave the case in tracing."""
    complaint = follow(after(noted()), record_tracing(Result.ONGOING), record_tracing(Result.SUPPORTED))
    assert complaint.STAGE is Stage.TRACING
    assert file_in(complaint).traced is Result.SUPPORTED
    assert answer(record_tracing(), complaint) == (facts.TracingRecorded(Result.SUPPORTED, ref("report")),)


@pytest.mark.parametrize("happened", [(noted(),), (noted(), traced(Result.ONGOING)), UNSUPPORTED])
def test_a_finding_follows_tracing_that_supports_it(happened: Any) -> None:
    """Neither untraced, nor while tracing goes on, nor when it found nothing."""
    assert refusal(continue_as_finding(), after(*happened)) == "finding.unsupported"


def test_a_finding_of_tracing_says_when_it_occurred_where_nothing_did() -> None:
    """K1: an informal word becomes a finding, dated by what tracing found."""
    dates = {"occurred_from": date(2024, 6, 8), "occurred_until": date(2024, 6, 9)}
    complaint = follow(after(*TRACING), continue_as_finding(**dates))
    assert complaint.STAGE is Stage.FOUND
    file = file_in(complaint)
    assert (file.occurred_from, file.occurred_until, file.known_on) == (*dates.values(), date(2024, 6, 14))
    assert file.entered[-1].fact.origin is FindingOrigin.TRACING
    assert refusal(continue_as_finding(), after(*TRACING)) == "finding.undated"
    assert refusal(continue_as_finding(occurred_from=date(2024, 6, 8)), after(*TRACING)) == "dates.pair"


def test_a_finding_does_not_say_another_date_than_the_case() -> None:
    """A wrong date is corrected, with its reason."""
    dated = (noted(occurred_from=date(2024, 6, 8), occurred_until=date(2024, 6, 8)), traced())
    again = continue_as_finding(occurred_from=date(2024, 6, 7), occurred_until=date(2024, 6, 7))
    assert refusal(continue_as_finding(), after(*dated)) is None
    assert refusal(again, after(*dated)) == "finding.dated"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"found_on": date(2024, 6, 7)}, "dates.known"),
        ({"found_on": date(2024, 6, 15)}, "dates.received"),
        ({"act": on("2024-06-11"), "found_on": date(2024, 6, 11)}, "act.order"),
    ],
)
def test_a_finding_is_found_after_the_act_and_before_it_is_fixed(changes: dict[str, Any], rule: str) -> None:
    """The day of finding starts the clock of the finding."""
    dated = (noted(occurred_from=date(2024, 6, 8), occurred_until=date(2024, 6, 8)), traced())
    assert refusal(continue_as_finding(**changes), after(*dated)) == rule


# --- findings of supervision ----------------------------------------------------------------------------------------


def test_a_finding_of_supervision_begins_a_case() -> None:
    """The plenary fixes it; there is no complainant, and it is known since it was found."""
    (fact,) = answer(fix_finding(), Nothing())
    assert fact == found().fact
    complaint = after(*FOUND)
    assert complaint.STAGE is Stage.FOUND
    assert (file_in(complaint).known_on, file_in(complaint).region) == (date(2024, 6, 10), JAMBI_REGION)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"found_on": date(2024, 6, 7)}, "dates.known"),
        ({"found_on": date(2024, 6, 13)}, "dates.received"),
        ({"region": Region("15.08")}, "intake.region"),
        ({"act": on("2024-06-12", KASN), "by": by(Role.PLENARY, KASN)}, "intake.body"),
    ],
)
def test_a_finding_is_of_the_office_and_follows_its_act(changes: dict[str, Any], rule: str) -> None:
    """As a report is."""
    assert refusal(fix_finding(**changes), Nothing()) == rule


@pytest.mark.parametrize(
    ("happened", "right"), [(FOUND, RegistrationKind.FINDING), (REVIEWED, RegistrationKind.REPORT)]
)
def test_a_report_is_registered_as_a_report_and_a_finding_as_a_finding(happened: Any, right: RegistrationKind) -> None:
    """Two registers with numbers of their own."""
    for kind in RegistrationKind:
        command = register_complaint(kind=kind, act=on("2024-06-13"))
        assert refusal(command, after(*happened)) == (None if kind is right else "registration.kind")


def test_a_finding_without_an_allegation_is_not_registered() -> None:
    """A case decides allegations."""
    command = register_complaint(kind=RegistrationKind.FINDING, act=on("2024-06-13"))
    assert refusal(command, after(found())) == "review.allegations"


# --- the review and its followers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "follower", "stage"),
    [
        (review_with(ReviewResult.REGISTER), None, Stage.REVIEWED),
        (review_with(ReviewResult.COMPLETE, SIGNATURE), facts.CompletionRequested, Stage.AWAITING_COMPLETION),
        (review_with(ReviewResult.REFUSE, SIGNATURE), facts.RegistrationRefused, Stage.NOT_REGISTERED),
        (review_with(ReviewResult.PRELIMINARY, SIGNATURE), facts.PreliminaryInformationNoted, Stage.TRACING),
        (review_with(ReviewResult.OTHER_OFFICE), facts.RegistrationRefused, Stage.NOT_REGISTERED),
        (review_with(ReviewResult.REFUSE), facts.RegistrationRefused, Stage.NOT_REGISTERED),
    ],
)
def test_a_review_and_what_it_leads_to_are_one_command(command: Any, follower: Any, stage: Stage) -> None:
    """A result never stands without its consequence."""
    made = answer(command, after(*ALLEGED))
    assert [type(fact) for fact in made] == [facts.InitialReviewConcluded, *([follower] if follower else [])]
    assert follow(after(*ALLEGED), command).STAGE is stage


REFUSING, COMPLETING = RefusalAsked(reason=RefusalReason.LATE), CompletionAsked(items=frozenset({SIGNATURE}))


@pytest.mark.parametrize(
    ("command", "rule"),
    [
        (review_with(ReviewResult.REFUSE, refusal=None), "review.follower"),
        (review_with(ReviewResult.REGISTER, refusal=REFUSING), "review.follower"),
        (review_with(ReviewResult.COMPLETE, SIGNATURE, refusal=REFUSING), "review.follower"),
        (review_with(ReviewResult.REFUSE, SIGNATURE, refusal=None, completion=COMPLETING), "review.follower"),
        (review_with(ReviewResult.PRELIMINARY, SIGNATURE, preliminary=None), "review.follower"),
        (review_with(ReviewResult.COMPLETE, completion=COMPLETING), "review.complete"),
        (review_with(ReviewResult.PRELIMINARY), "review.preliminary"),
        (review_with(ReviewResult.COMPLETE, PLACE, completion=COMPLETING), "completion.items"),
        (review_with(ReviewResult.COMPLETE, PLACE, completion=CompletionAsked(items=frozenset())), "completion.items"),
        (review_with(ReviewResult.OTHER_OFFICE, reason=RefusalReason.LATE), "review.other_office"),
        (review_with(ReviewResult.REFUSE, reason=RefusalReason.UNSUPPORTED), "refusal.review"),
        (review_with(ReviewResult.REFUSE, reason=RefusalReason.STOPPED), "refusal.review"),
    ],
)
def test_a_result_is_asked_with_exactly_what_it_leads_to(command: Any, rule: str) -> None:
    """Nothing less, nothing beside it, and a consequence that fits what the review found."""
    assert refusal(command, after(*ALLEGED)) == rule


def test_the_review_sets_a_contested_day_of_knowledge() -> None:
    """The clock of the report is judged on the date found, not on the date claimed."""
    complaint = follow(after(*ALLEGED), review_complaint(known_on=date(2024, 6, 9)))
    assert file_in(complaint).known_on == date(2024, 6, 9)
    assert file_in(complaint).entered[0].fact.known_on == date(2024, 6, 10)


def test_completion_is_requested_once() -> None:
    """What comes back is reviewed again; a second request is refused, a refusal is not."""
    complaint = follow(after(*AWAITING), receive_completion())
    assert complaint.STAGE is Stage.RECEIVED
    again = review_with(ReviewResult.COMPLETE, SIGNATURE, act=on("2024-06-14"))
    assert refusal(again, complaint) == "completion.once"
    refused = review_with(ReviewResult.REFUSE, SIGNATURE, act=on("2024-06-14"))
    assert follow(complaint, refused).STAGE is Stage.NOT_REGISTERED
    assert follow(complaint, review_complaint(act=on("2024-06-14"))).STAGE is Stage.REVIEWED


def test_a_completion_gives_something_after_it_was_asked() -> None:
    """An empty envelope completes nothing."""
    assert answer(receive_completion(), after(*AWAITING)) == (
        facts.CompletionReceived(frozenset({SIGNATURE}), ref("text")),
    )
    assert refusal(receive_completion(items=frozenset()), after(*AWAITING)) == "completion.empty"
    assert refusal(receive_completion(act=on("2024-06-11")), after(*AWAITING)) == "act.order"


def test_a_report_taken_as_preliminary_information_keeps_where_and_when() -> None:
    """It is traced, and what tracing supports becomes a finding of tracing with the report's own dates."""
    preliminary = follow(after(*ALLEGED), review_with(ReviewResult.PRELIMINARY, SIGNATURE))
    complaint = follow(preliminary, record_tracing(act=on("2024-06-13")), continue_as_finding())
    assert file_in(complaint).occurred_from == date(2024, 6, 8)
    assert file_in(complaint).entered[-1].fact.origin is FindingOrigin.TRACING


# --- refusals -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("happened", "allowed"),
    [
        (ALLEGED, {"late", "formal", "material", "not_election", "handled_elsewhere"}),
        (AWAITING, {"late", "formal", "material", "not_election", "handled_elsewhere"}),
        (UNSUPPORTED, {"unsupported"}),
        (TRACING, set()),
        ((noted(),), set()),
        (FOUND, {"stopped"}),
    ],
)
def test_a_registration_is_refused_for_a_reason_of_its_stage(happened: Any, allowed: set[str]) -> None:
    """Unsupported is said of tracing that found nothing, stopped of a finding, everything else of a report."""
    complaint = after(*happened)
    given = {reason.value for reason in RefusalReason if refusal(refuse_registration(reason), complaint) is None}
    assert given == allowed


def test_a_refusal_does_not_precede_the_last_step() -> None:
    """Each step of a case follows the one before it."""
    assert refusal(refuse_registration(act=on("2024-06-11")), after(*AWAITING)) == "act.order"
    assert refusal(register_complaint(act=on("2024-06-11")), after(*REVIEWED)) == "act.order"


# --- withdrawal -----------------------------------------------------------------------------------------------------


def test_withdrawal_by_one_of_two_complainants_ends_nothing() -> None:
    """Another still stands."""
    complaint = follow(after(filed_by_two(), *NAMED), withdraw_complaint(K1))
    assert complaint.STAGE is Stage.RECEIVED
    assert file_in(complaint).standing_complainants == {K2}
    assert follow(complaint, withdraw_complaint(K2)).STAGE is Stage.WITHDRAWN


@pytest.mark.parametrize(
    ("command", "rule"),
    [
        (withdraw_complaint(K1), "complainant.withdrawn"),
        (withdraw_complaint(Handle("k9")), "complainant.unknown"),
        (withdraw_complaint(Handle("r1")), "complainant.unknown"),
        (withdraw_complaint(K2, act=on("2024-06-10")), "act.order"),
    ],
)
def test_only_a_complainant_who_stands_withdraws_and_not_before_the_case(command: Any, rule: str) -> None:
    """Nobody withdraws for another, twice, or a report that was not yet made."""
    assert refusal(command, after(filed_by_two(), *NAMED, withdrew(K1))) == rule


def test_a_finding_of_supervision_has_nobody_who_could_withdraw_it() -> None:
    """It is the office's own."""
    assert refusal(withdraw_complaint(), after(*FOUND)) == "complainant.unknown"


def test_a_withdrawn_report_is_continued_as_a_finding_with_a_number_of_its_own() -> None:
    """The office is not bound by the complainant; the finding has its own date, number and clock."""
    complaint = follow(after(*REGISTERED, withdrew()), continue_as_finding())
    assert complaint.STAGE is Stage.FOUND
    assert file_in(complaint).entered[-1].fact.origin is FindingOrigin.WITHDRAWN
    assert file_in(complaint).known_on == date(2024, 6, 14)
    registered = follow(complaint, register_complaint(kind=RegistrationKind.FINDING, act=on("2024-06-15")))
    assert registered.STAGE is Stage.REGISTERED
    assert sum(isinstance(each.fact, facts.ComplaintRegistered) for each in file_in(registered).entered) == 2
    assert refusal(withdraw_complaint(act=on("2024-06-15")), registered) == "complainant.withdrawn"


def test_a_finding_does_not_precede_the_withdrawal() -> None:
    """Each step of a case follows the one before it."""
    early = continue_as_finding(act=on("2024-06-12"), found_on=date(2024, 6, 12))
    assert refusal(early, after(*WITHDRAWN)) == "act.order"


# --- respondents, allegations, categories ---------------------------------------------------------------------------


def test_a_report_names_each_complainant_once() -> None:
    """Two of one name are one person with one handle."""
    twice = tuple(ComplainantTold(handle=K1, name=sealed(name)) for name in ("one", "two"))
    assert refusal(file_complaint(complainants=twice), Nothing()) == "complainant.twice"


@pytest.mark.parametrize("happened", [(filed(),), AWAITING[:1], (noted(),), (found(),), REVIEWED])
def test_respondents_are_named_and_accused_at_every_stage_before_the_decision(happened: Any) -> None:
    """Whom the case is about may come to light late."""
    who = Handle("r5")
    complaint = follow(
        after(*happened), name_respondent(respondent=who), make_allegation(respondent=who, act=on("2024-06-12"))
    )
    assert who in file_in(complaint).respondents


def test_somebody_who_is_not_identified_is_named_as_unknown() -> None:
    """A person who is known belongs to a class."""
    unknown = codes.RespondentClass.UNKNOWN
    assert refusal(name_respondent(class_=unknown, known=True), after(filed())) == "respondent.class"
    assert refusal(name_respondent(class_=unknown, known=False), after(filed())) is None


def test_an_allegation_is_read_as_another_category_before_its_decision() -> None:
    """What stands is what was said last; what was said before stays in the history."""
    complaint = follow(after(*REGISTERED), recategorise_allegation())
    allegation = file_in(complaint).allegations[1]
    assert (allegation.category, allegation.kinds) == (codes.Category.ETHICS, frozenset())
    assert refusal(recategorise_allegation(), complaint) == "allegation.same"
    assert refusal(recategorise_allegation(act=on("2024-06-10")), after(*REGISTERED)) == "act.order"


def test_a_finding_is_a_case_like_any_other_once_it_is_registered() -> None:
    """From the register on, nothing asks how it came in."""
    complaint = after(*FOUND, registered_as_finding())
    assert complaint.STAGE is Stage.REGISTERED
    assert after(*AWAITING, completion_received(), reviewed()).STAGE is Stage.REVIEWED
