"""The initial review (kajian awal): what it found, and the step that its result leads to, in one command."""

from __future__ import annotations

from ledger.complaint.codes import RefusalReason, ReviewResult
from ledger.complaint.commands import ReviewComplaint
from ledger.complaint.conflicts import stands_in
from ledger.complaint.delegation import delegated
from ledger.complaint.facts import (
    ComplaintFact,
    CompletionRequested,
    InitialReviewConcluded,
    PreliminaryInformationNoted,
    RegistrationRefused,
)
from ledger.complaint.file import File
from ledger.complaint.standing import check_order, file_of
from ledger.complaint.state import Complaint
from ledger.grounds import Grounds
from ledger.refusals import refused
from ledger.values import optional_reference


def decide_review(command: ReviewComplaint, complaint: Complaint, grounds: Grounds) -> tuple[ComplaintFact, ...]:
    """The review's fact and its follower, or Refused."""
    file = file_of(complaint)
    check_order(command.act, file.since, "receipt")
    if file.occurred_from is not None and command.known_on < file.occurred_from:
        raise refused("dates.known", known_on=command.known_on, occurred_from=file.occurred_from)
    if command.act.on is not None and command.act.on < command.known_on:
        raise refused("dates.received", today=command.act.on, latest=command.known_on)
    met = command.formal and command.material
    if met == bool(command.missing):
        raise refused("review.missing", met="met" if met else "not_met")
    _check_result(command, file, met=met)
    reviewed = InitialReviewConcluded(
        formal=command.formal,
        material=command.material,
        result=command.result,
        known_on=command.known_on,
        missing=command.missing,
        reasons=optional_reference(command.reasons),
    )
    return (reviewed, *_followers(command, file, grounds))


def _check_result(command: ReviewComplaint, file: File, *, met: bool) -> None:
    """Each result is asked with exactly what it leads to, and fits what the review found."""
    asked = {
        ReviewResult.REFUSE: (command.refusal,),
        ReviewResult.OTHER_OFFICE: (command.refusal, command.delegation),
        ReviewResult.COMPLETE: (command.completion,),
        ReviewResult.PRELIMINARY: (command.preliminary,),
        ReviewResult.REGISTER: (),
    }
    every = (command.refusal, command.completion, command.preliminary, command.delegation)
    given = [each for each in every if each is not None]
    wanted = [each for each in asked[command.result] if each is not None]
    if given != wanted or len(wanted) != (command.result is not ReviewResult.REGISTER):
        raise refused("review.follower", result=command.result)
    match command.result:
        case ReviewResult.REGISTER:
            if not met:
                raise refused("review.incomplete")
            if not file.allegations:
                raise refused("review.allegations")
        case ReviewResult.COMPLETE:
            if met:
                raise refused("review.complete")
            if file.completed_once:
                raise refused("completion.once")
            if command.completion is not None and not (
                command.completion.items and command.completion.items <= command.missing
            ):
                raise refused("completion.items")
        case ReviewResult.PRELIMINARY:
            if met:
                raise refused("review.preliminary")
        case ReviewResult.OTHER_OFFICE:
            if command.refusal is not None and command.refusal.reason is not RefusalReason.HANDLED_ELSEWHERE:
                raise refused("review.other_office")
        case ReviewResult.REFUSE:
            if command.refusal is not None and command.refusal.reason in (
                RefusalReason.UNSUPPORTED,
                RefusalReason.STOPPED,
            ):
                raise refused("refusal.review")


def _followers(command: ReviewComplaint, file: File, grounds: Grounds) -> tuple[ComplaintFact, ...]:
    if command.delegation is not None:
        asked = command.delegation
        in_place = stands_in(asked.to, file.owner, command, grounds)
        return (delegated(file, asked.to, asked.letter_number, act=command.act, grounds=grounds, in_place=in_place),)
    if command.refusal is not None:
        return (RegistrationRefused(command.refusal.reason, optional_reference(command.refusal.text)),)
    if command.completion is not None:
        return (CompletionRequested(command.completion.items, optional_reference(command.completion.text)),)
    if command.preliminary is not None:
        return (
            PreliminaryInformationNoted(
                origin=command.preliminary.origin,
                narrative=optional_reference(command.preliminary.narrative),
                source=optional_reference(command.preliminary.source),
            ),
        )
    return ()
