"""What holds of every history that `decide` lets pass, whoever asks, in whatever order.

The properties are told from the facts alone, by a model of their own; the code's state is what they judge.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger.codec import Entry, decode, encode_body
from ledger.complaint import facts
from ledger.complaint.codes import Decision, ReopeningReason, Stage
from ledger.complaint.commands import AnyComplaintCommand
from ledger.complaint.decisions import scope, touches
from ledger.complaint.facts import ComplaintFact
from ledger.complaint.file import File
from ledger.complaint.state import Complaint, evolve
from ledger.parties import roles_of
from ledger.scopes import meets
from ledger.values import Role
from tests.builders import COMPLAINT, Happened, by
from tests.unit.complaint.histories import (
    BEGINNINGS,
    FIRST_DAY,
    TWO_DECIDED,
    History,
    Pen,
    drawn_command,
    file_or_none,
    histories,
    states,
    tried,
)

quick = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)
DECIDED_BEGINNINGS = ("two decided", "two offered", "retained", "settled", "closed")
ENDINGS = frozenset({Stage.NOT_REGISTERED, Stage.WITHDRAWN, Stage.CLOSED})
AFTER_ANY_ENDING = (
    facts.ValueCorrected
    | facts.ClosedValueCorrected
    | facts.StatusAnnounced
    | facts.ComplaintPersonErased
    | facts.ValueDisclosed
    | facts.ComplaintReopened
)


def a_replay_never_raises_and_gives_the_same_state(history: History) -> None:
    """Whatever was decided can be read back, and gives what the deciding saw; twice the same."""
    replayed = states(history.happened)
    assert replayed == states(history.happened)
    if history.steps:
        assert replayed[-1] == history.steps[-1].after


def every_decided_fact_stands_in_an_entry_and_is_read_back(history: History) -> None:
    """No decision makes what the codec refuses to write, or reads otherwise."""
    for version, each in enumerate(history.happened, 1):
        body = encode_body(each.act, by(Role.EXAMINER), each.fact, "0" * 32)
        entry = Entry(version, COMPLAINT, version, type(each.fact).TOPIC, "2024-12-04T03:15:07Z", body)
        assert decode(entry).fact == each.fact


def no_outcome_without_a_decided_and_referred_or_retained_allegation(history: History) -> None:
    """An outcome follows a decision that it is a violation, and an office that took it, must act on it, or kept it."""
    violations: set[int] = set()
    taken: set[int] = set()
    referrals: dict[int, facts.ReferralOffered] = {}
    for fact in history.facts:
        match fact:
            case facts.AllegationDecided(decision=Decision.VIOLATION):
                violations.add(fact.allegation)
            case facts.ReferralOffered():
                referrals[fact.referral] = fact
            case facts.ReferralAccepted():
                taken.add(referrals[fact.referral].allegation)
            case facts.ReferralReceived() if referrals[fact.referral].binding:
                taken.add(referrals[fact.referral].allegation)
            case facts.ReferralReturned():
                taken.discard(referrals[fact.referral].allegation)
            case facts.AllegationRetained():
                taken.add(fact.allegation)
            case facts.ComplaintReopened(reason=ReopeningReason.NEW_EVIDENCE | ReopeningReason.ERROR):
                taken -= set(fact.allegations)
                violations -= set(fact.allegations)
            case facts.OutcomeRecorded():
                assert fact.allegation in violations
                assert fact.allegation in taken
            case _:
                pass


def no_referral_is_received_accepted_or_returned_twice(history: History) -> None:
    """No second acceptance, and nothing after a return; a binding referral is never accepted."""
    answered = Counter(
        (type(fact), fact.referral)
        for fact in history.facts
        if isinstance(fact, facts.ReferralReceived | facts.ReferralAccepted | facts.ReferralReturned)
    )
    assert all(times == 1 for times in answered.values())
    returned: set[int] = set()
    binding = {fact.referral for fact in history.facts if isinstance(fact, facts.ReferralOffered) and fact.binding}
    for fact in history.facts:
        if isinstance(fact, facts.ReferralReceived | facts.ReferralAccepted):
            assert fact.referral not in returned
        if isinstance(fact, facts.ReferralAccepted):
            assert fact.referral not in binding
        if isinstance(fact, facts.ReferralReturned):
            returned.add(fact.referral)


def an_allegation_is_on_one_track_at_most(history: History) -> None:
    """Offered or retained only while nothing is open; three tracks of one act are three allegations."""
    open_tracks: set[int] = set()
    referrals: dict[int, int] = {}
    for fact in history.facts:
        match fact:
            case facts.ReferralOffered():
                assert fact.allegation not in open_tracks
                open_tracks.add(fact.allegation)
                referrals[fact.referral] = fact.allegation
            case facts.AllegationRetained():
                assert fact.allegation not in open_tracks
                open_tracks.add(fact.allegation)
            case facts.ReferralReturned():
                open_tracks.discard(referrals[fact.referral])
            case facts.ComplaintReopened(reason=ReopeningReason.NEW_EVIDENCE | ReopeningReason.ERROR):
                open_tracks -= set(fact.allegations)
            case _:
                pass


def after_an_ending_nothing_happens_but_what_the_catalogue_lists(history: History) -> None:
    """Corrected, announced, erased, disclosed, reopened; and what leads on from there."""
    for step in history.steps:
        stage = step.before.STAGE
        if stage not in ENDINGS:
            continue
        (only,) = (each.fact for each in step.happened)
        closing = stage is not Stage.CLOSED and isinstance(only, facts.ComplaintClosed)
        continuing = stage is Stage.WITHDRAWN and isinstance(only, facts.FindingFixed)
        assert isinstance(only, AFTER_ANY_ENDING) or closing or continuing
        if isinstance(only, AFTER_ANY_ENDING) and not isinstance(only, facts.ComplaintReopened):
            assert step.after.STAGE is stage


def what_is_recorded_is_recorded_by_a_role_of_the_catalogue(history: History) -> None:
    """Whatever passed, the asker had a role for such a fact, and was the acting office or a proxy."""
    for step in history.steps:
        recorder = step.command.by
        assert recorder is not None
        assert recorder.role in roles_of(step.command.FACT.BY)
        if recorder.office != step.command.act.office:
            assert isinstance(
                step.happened[0].fact,
                facts.ReferralReceived | facts.ReferralAccepted | facts.ReferralReturned | facts.OutcomeRecorded,
            )


def decisions_referrals_and_outcomes_only_grow(history: History) -> None:
    """Each fact leaves what was decided, offered and said before it in place."""
    complaints = states(history.happened)
    for before, after in pairwise(complaints):
        _check_grown(file_or_none(before), file_or_none(after))


def _check_grown(before: File, after: File) -> None:
    assert after.entered[: before.version] == before.entered
    assert after.version == before.version + 1
    assert after.owner == before.owner
    assert after.conflicts >= before.conflicts
    assert after.withdrawn >= before.withdrawn
    assert after.plenaries >= before.plenaries
    assert set(after.respondents) >= set(before.respondents)
    for number, allegation in before.allegations.items():
        later = after.allegations[number]
        assert later.respondent == allegation.respondent
        assert later.outcomes[: len(allegation.outcomes)] == allegation.outcomes
    for number, referral in before.referrals.items():
        later_referral = after.referrals[number]
        for member in ("number", "allegation", "sender", "to", "track", "binding", "study_attached", "irregular"):
            assert getattr(later_referral, member) == getattr(referral, member)
        assert later_referral.received >= referral.received
        assert later_referral.accepted >= referral.accepted
        assert referral.returned in (None, later_referral.returned)
    for number, covered in before.studies.items():
        assert after.studies[number] == covered


def things_are_numbered_from_one_without_a_gap(history: History) -> None:
    """Allegations, hearings, studies, plenaries, referrals, evidence: integers from 1 inside the stream."""
    numbers: dict[str, list[int]] = {}
    named: dict[type[Any], str] = {
        facts.AllegationMade: "allegation",
        facts.HearingCalled: "hearing",
        facts.StudyCompleted: "study",
        facts.PlenaryHeld: "plenary",
        facts.ReferralOffered: "referral",
        facts.EvidenceAdded: "evidence",
    }
    for fact in history.facts:
        if type(fact) in named:
            numbers.setdefault(named[type(fact)], []).append(getattr(fact, named[type(fact)]))
    for member, counted in numbers.items():
        assert counted == list(range(1, len(counted) + 1)), member


def a_decided_complaint_has_no_allegation_that_was_never_decided_unless_it_was_reopened(history: History) -> None:
    """Decided once every allegation is; later ones come by a reopening only."""
    complaints = states(history.happened)
    reopened = False
    for complaint, each in zip(complaints, history.happened, strict=True):
        reopened = complaint.STAGE is Stage.DECIDED and (reopened or isinstance(each.fact, facts.ComplaintReopened))
        if complaint.STAGE is Stage.DECIDED and not reopened:
            decided = {
                each.fact.allegation
                for each in history.happened[: file_or_none(complaint).version]
                if isinstance(each.fact, facts.AllegationDecided)
            }
            assert set(file_or_none(complaint).allegations) <= decided


def no_established_allegation_is_of_no_category(history: History) -> None:
    """A violation has a category: the statutory ones, and undetermined is none of them."""
    for complaint in states(history.happened):
        for allegation in file_or_none(complaint).allegations.values():
            if type(allegation.standing).__name__ not in ("Alleged", "Cleared"):
                assert allegation.category != "undetermined"


def the_dates_of_a_case_never_contradict_each_other(history: History) -> None:
    """The day of knowledge is no earlier than the act, whatever was corrected or reviewed."""
    for complaint in states(history.happened):
        file = file_or_none(complaint)
        if file.occurred_from is not None:
            assert file.occurred_until is not None
            assert file.occurred_from <= file.occurred_until
            if file.known_on is not None:
                assert file.occurred_from <= file.known_on


def the_day_of_the_last_step_never_goes_back(history: History) -> None:
    """A later step of a case does not lie before an earlier one, so that clocks count forward."""
    known = [file_or_none(complaint).since for complaint in states(history.happened)]
    assert known == sorted(known)


PROPERTIES = (
    a_replay_never_raises_and_gives_the_same_state,
    every_decided_fact_stands_in_an_entry_and_is_read_back,
    no_outcome_without_a_decided_and_referred_or_retained_allegation,
    no_referral_is_received_accepted_or_returned_twice,
    an_allegation_is_on_one_track_at_most,
    after_an_ending_nothing_happens_but_what_the_catalogue_lists,
    what_is_recorded_is_recorded_by_a_role_of_the_catalogue,
    decisions_referrals_and_outcomes_only_grow,
    things_are_numbered_from_one_without_a_gap,
    a_decided_complaint_has_no_allegation_that_was_never_decided_unless_it_was_reopened,
    no_established_allegation_is_of_no_category,
    the_dates_of_a_case_never_contradict_each_other,
    the_day_of_the_last_step_never_goes_back,
)


@quick
@given(histories())
def test_whatever_happens_to_a_case_every_property_holds(history: History) -> None:
    """Each history is drawn once and judged by all; the traceback names the property that failed."""
    for holds in PROPERTIES:
        holds(history)


@quick
@given(histories(beginnings=DECIDED_BEGINNINGS))
def test_whatever_happens_on_the_tracks_every_property_holds(history: History) -> None:
    """As above, from cases that are decided, where most of the law lies."""
    for holds in PROPERTIES:
        holds(history)


@pytest.mark.slow
@settings(quick, max_examples=4000)
@given(histories(most=40))
def test_every_property_holds_for_long(history: History) -> None:
    """Longer histories, and many of them."""
    for holds in PROPERTIES:
        holds(history)


@settings(quick, max_examples=400)
@given(st.data())
def test_two_tracks_of_one_case_never_disturb_each_other(data: st.DataObject) -> None:
    """What fits before a fact of another allegation fits after it too, and makes the same happen but for its number."""
    beginning = data.draw(st.sampled_from((TWO_DECIDED, BEGINNINGS["two offered"], BEGINNINGS["two registered"])))
    complaint = states(beginning)[-1]
    for _ in range(data.draw(st.integers(0, 6))):
        complaint = _moved(complaint, tried(drawn_command(Pen(data.draw, complaint), FIRST_DAY), complaint) or ())
    pen = Pen(data.draw, complaint)
    one, other = drawn_command(pen, FIRST_DAY), drawn_command(pen, FIRST_DAY + timedelta(days=1))
    first, alone = tried(one, complaint), tried(other, complaint)
    if first is None or alone is None or not _apart(first, other, complaint):
        return
    after = tried(other, _moved(complaint, first))
    assert after is not None, (one, other)
    assert [_unnumbered(each.fact) for each in after] == [_unnumbered(each.fact) for each in alone]


def _moved(complaint: Complaint, happened: tuple[Happened, ...]) -> Complaint:
    for each in happened:
        complaint = evolve(complaint, each.fact, each.act)
    return complaint


def _apart(happened: tuple[Happened, ...], other: AnyComplaintCommand, complaint: Complaint) -> bool:
    decided_on = scope(other, complaint)
    return not any(meets(touches(each.fact, _moved(complaint, happened)), decided_on) for each in happened)


def _unnumbered(fact: ComplaintFact) -> Any:
    """A fact without the number that the stream gave it: numbers count over all tracks."""
    own = {"referral", "study", "plenary", "evidence"} - (
        {"referral"} if isinstance(fact, facts.OutcomeRecorded | facts.ReferralReceived) else set()
    )
    kept = {name: getattr(fact, name) for name in fact.__dataclass_fields__ if name not in own}
    return type(fact), kept
