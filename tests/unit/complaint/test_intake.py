"""From the report to the register."""

from dataclasses import replace
from datetime import date

import pytest

from ledger.complaint import codes, facts
from ledger.complaint.commands import RefusalAsked
from ledger.complaint.decisions import decide
from ledger.complaint.state import Nothing
from ledger.errors import Invalid, Refused
from ledger.values import Handle, Number, Region, Role, Source
from tests.builders import (
    ALLEGED,
    BAWASLU,
    BAWASLU_BUNGO,
    DECIDED,
    JAMBI,
    KASN,
    NOON,
    R2,
    REGISTERED,
    after,
    at,
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


def test_a_report_is_filed_at_the_bawaslu_of_its_region() -> None:
    """Filing records the public members, and only commitments of what identifies a person."""
    assert decide(file_complaint(), Nothing(), at=NOON, grounds=JAMBI) == (filed().fact,)


def test_an_office_that_is_not_bawaslu_takes_in_no_report() -> None:
    """Reports of violations go to the election supervisor."""
    command = file_complaint(act=at("2024-06-11T02:15:00", KASN), by=by(Role.INTAKE, KASN))
    with pytest.raises(Refused, match="takes in no reports") as refused:
        decide(command, Nothing(), at=NOON, grounds=JAMBI)
    assert refused.value.basis
    assert str(refused.value.allowed) == "an office of Bawaslu does"


def test_the_bawaslu_of_another_regency_takes_in_no_report() -> None:
    """An office answers for its own region."""
    bungo = file_complaint(act=at("2024-06-11T02:15:00", BAWASLU_BUNGO), by=by(Role.INTAKE, BAWASLU_BUNGO))
    with pytest.raises(Refused, match=r"region 15\.08, not for 15\.71"):
        decide(bungo, Nothing(), at=NOON, grounds=JAMBI)


def test_a_report_names_an_election_of_its_region() -> None:
    """The regime follows from the election, so it must be the right one."""
    everywhere = replace(JAMBI.office(BAWASLU), region=None)
    grounds = replace(JAMBI, offices={**JAMBI.offices, BAWASLU: everywhere})
    with pytest.raises(Refused, match="not held in 16"):
        decide(file_complaint(region=Region("16")), Nothing(), at=NOON, grounds=grounds)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"known_on": date(2024, 6, 7)}, "dates.known"),
        ({"occurred_until": date(2024, 6, 7)}, "dates.order"),
        ({"known_on": date(2024, 6, 12)}, "dates.received"),
        ({"complainants": ()}, "complainant.none"),
    ],
)
def test_a_report_whose_dates_contradict_each_other_is_refused(changes: dict[str, object], rule: str) -> None:
    """An act is known no earlier than it occurred and no later than it was reported, and somebody reports it."""
    with pytest.raises(Refused) as refused:
        decide(file_complaint(**changes), Nothing(), at=NOON, grounds=JAMBI)
    assert refused.value.rule == rule


def test_filing_carries_an_instant_and_no_date() -> None:
    """The clock of a report runs from the instant of its receipt."""
    with pytest.raises(Invalid, match="the instant"):
        decide(file_complaint(act=on("2024-06-11")), Nothing(), at=NOON, grounds=JAMBI)


def test_an_act_that_lies_after_its_recording_is_refused() -> None:
    """Nobody records what has not happened."""
    with pytest.raises(Refused, match="lies after its recording"):
        decide(file_complaint(act=at("2024-07-08T05:00:01")), Nothing(), at=NOON, grounds=JAMBI)


def test_an_act_of_today_counts_as_today_where_the_office_is() -> None:
    """At 17:00 UTC it is the next day in Jambi already."""
    evening = NOON.replace(hour=17)
    command = review_complaint(act=on("2024-07-09"))
    assert decide(command, after(*ALLEGED), at=evening, grounds=JAMBI)
    with pytest.raises(Refused, match="lies after"):
        decide(command, after(*ALLEGED), at=evening.replace(hour=16), grounds=JAMBI)


def test_an_own_act_is_recorded_by_its_own_office() -> None:
    """A source of own says that the acting office recorded it."""
    with pytest.raises(Refused, match="source letter does not fit"):
        decide(file_complaint(act=at("2024-06-11T02:15:00", source=Source.LETTER)), Nothing(), at=NOON, grounds=JAMBI)


def test_only_intake_takes_in_reports() -> None:
    """The catalogue says in which roles each fact is recorded."""
    with pytest.raises(Refused, match="role auditor"):
        decide(file_complaint(by=by(Role.AUDITOR)), Nothing(), at=NOON, grounds=JAMBI)


def test_a_respondent_is_named_once() -> None:
    """One handle is one person."""
    assert decide(name_respondent(), after(filed()), at=NOON, grounds=JAMBI) == (named().fact,)
    with pytest.raises(Refused, match="r1 is a respondent already"):
        decide(name_respondent(), after(filed(), named()), at=NOON, grounds=JAMBI)


def test_allegations_are_numbered_and_made_against_respondents() -> None:
    """An allegation is one respondent in one category."""
    command = make_allegation(respondent=R2, category=codes.Category.ETHICS)
    (made,) = decide(command, after(*ALLEGED, named(R2)), at=NOON, grounds=JAMBI)
    assert made == facts.AllegationMade(Number(2), R2, codes.Category.ETHICS, frozenset({codes.Kind.N12}))
    with pytest.raises(Refused, match=r"r9 is no respondent.*respondents: r1"):
        decide(make_allegation(respondent=Handle("r9")), after(*ALLEGED), at=NOON, grounds=JAMBI)


def test_nothing_is_alleged_after_the_decision() -> None:
    """New accusations need the case to be reopened."""
    with pytest.raises(Refused, match="reopen it first"):
        decide(make_allegation(), after(*DECIDED), at=NOON, grounds=JAMBI)


def test_a_complete_report_passes_the_review() -> None:
    """Formal and material requirements are met: it can be registered."""
    assert decide(review_complaint(), after(*ALLEGED), at=NOON, grounds=JAMBI) == (reviewed().fact,)


def test_an_incomplete_report_is_refused_registration_in_the_same_command() -> None:
    """The review and its consequence are one act of the office."""
    command = review_complaint(
        formal=False,
        missing=frozenset({codes.Requirement.SIGNATURE}),
        result=codes.ReviewResult.REFUSE,
        refusal=RefusalAsked(reason=codes.RefusalReason.FORMAL, text=sealed("text")),
    )
    review, refusal = decide(command, after(*ALLEGED), at=NOON, grounds=JAMBI)
    assert isinstance(review, facts.InitialReviewConcluded)
    assert review.result is codes.ReviewResult.REFUSE
    assert refusal == facts.RegistrationRefused(codes.RefusalReason.FORMAL, ref("text"))


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"formal": False}, "review.missing"),
        ({"missing": frozenset({codes.Requirement.PLACE})}, "review.missing"),
        ({"formal": False, "missing": frozenset({codes.Requirement.PLACE})}, "review.incomplete"),
        ({"known_on": date(2024, 6, 7)}, "dates.known"),
        ({"act": on("2024-06-10")}, "act.order"),
    ],
)
def test_a_review_that_contradicts_itself_or_the_report_is_refused(changes: dict[str, object], rule: str) -> None:
    """What is missing is named exactly when something is missing, and the review follows the filing."""
    with pytest.raises(Refused) as refused:
        decide(review_complaint(**changes), after(*ALLEGED), at=NOON, grounds=JAMBI)
    assert refused.value.rule == rule


def test_a_report_without_an_allegation_is_not_registered() -> None:
    """A case decides allegations; one without any could never end."""
    with pytest.raises(Refused, match="nobody is accused"):
        decide(review_complaint(), after(filed(), named()), at=NOON, grounds=JAMBI)


def test_registration_follows_a_review_that_allows_it() -> None:
    """No register number without a review, and only one."""
    assert decide(register_complaint(), after(*ALLEGED, reviewed()), at=NOON, grounds=JAMBI) == (
        facts.ComplaintRegistered(codes.RegistrationKind.REPORT, ref("number")),
    )
    with pytest.raises(Refused, match="follows from: found, reviewed"):
        decide(register_complaint(), after(*ALLEGED), at=NOON, grounds=JAMBI)
    with pytest.raises(Refused, match="follows from: found, reviewed"):
        decide(register_complaint(), after(*REGISTERED), at=NOON, grounds=JAMBI)


def test_only_the_owner_examines_its_complaint() -> None:
    """Another office of the same institution has no part in it."""
    command = review_complaint(act=on("2024-06-12", BAWASLU_BUNGO), by=by(Role.EXAMINER, BAWASLU_BUNGO))
    with pytest.raises(Refused, match="may not record this act"):
        decide(command, after(*ALLEGED), at=NOON, grounds=JAMBI)


def test_a_complaint_that_was_never_filed_takes_no_command() -> None:
    """A stream without a filing is nothing."""
    with pytest.raises(Refused, match="file it first"):
        decide(review_complaint(), Nothing(), at=NOON, grounds=JAMBI)
