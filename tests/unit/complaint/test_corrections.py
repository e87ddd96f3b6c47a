"""Values that were recorded wrongly: the fact stands, what the file believes changes, and nothing is decided by it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger.complaint import codes, facts
from ledger.complaint.state import Nothing
from ledger.errors import Refused
from ledger.values import MemberPath, Number, PublicValue, Role, Subject
from tests.builders import (
    ALLEGED,
    KASN,
    REGISTERED,
    after,
    by,
    filed,
    on,
    ref,
    review_complaint,
    sealed,
)
from tests.builders_asked import (
    correct_closed_value,
    correct_value,
    disclose_value,
    erase_person,
    receive_completion,
    record_tracing,
)
from tests.builders_wide import (
    AWAITING,
    CLOSED,
    FOUND,
    NOT_REGISTERED,
    ON_TRACK,
    SETTLED,
    WITHDRAWN,
    answer,
    erased,
    file_in,
    filed_by_two,
    follow,
    outcome,
    refusal,
)

NEW: dict[str, Any] = {"replacement": sealed("new")}


def test_a_region_is_corrected_and_believed() -> None:
    """The fact names version, member and value; the first fact stays as it was."""
    complaint = after(*REGISTERED)
    (fact,) = answer(correct_value(1, "region", "15.08"), complaint)
    assert fact == facts.ValueCorrected(
        Number(1), MemberPath("region"), codes.CorrectionReason.CLERICAL, value=PublicValue("15.08")
    )
    corrected = file_in(follow(complaint, correct_value(1, "region", "15.08")))
    assert corrected.region == "15.08"
    assert corrected.entered[0].fact == filed().fact


@pytest.mark.parametrize(
    ("member", "value", "believed"),
    [
        ("occurred_from", "2024-06-07", {"occurred_from": date(2024, 6, 7)}),
        ("occurred_until", "2024-06-09", {"occurred_until": date(2024, 6, 9)}),
        ("known_on", "2024-06-09", {"known_on": date(2024, 6, 9)}),
    ],
)
def test_a_date_is_corrected_and_believed(member: str, value: str, believed: dict[str, date]) -> None:
    """Dates, which the clocks follow, are among what may be corrected."""
    corrected = file_in(follow(after(*ALLEGED), correct_value(1, member, value)))
    assert {name: getattr(corrected, name) for name in believed} == believed


def test_the_day_of_knowledge_is_what_was_said_last() -> None:
    """A review finds the date anew; correcting what the report claimed does not undo that."""
    complaint = after(*REGISTERED)
    assert file_in(follow(complaint, correct_value(1, "known_on", "2024-06-09"))).known_on == date(2024, 6, 10)
    assert file_in(follow(complaint, correct_value(4, "known_on", "2024-06-09"))).known_on == date(2024, 6, 9)


def test_correcting_an_earlier_review_does_not_undo_a_later_one() -> None:
    """After completion the review is made again, and its date counts."""
    again = review_complaint(act=on("2024-06-14"), known_on=date(2024, 6, 9))
    complaint = follow(after(*AWAITING), receive_completion(), again)
    assert file_in(follow(complaint, correct_value(4, "known_on", "2024-06-08"))).known_on == date(2024, 6, 9)


def test_the_day_of_a_finding_is_corrected() -> None:
    """A finding's own date is the day of knowledge."""
    assert file_in(follow(after(*FOUND), correct_value(1, "found_on", "2024-06-11"))).known_on == date(2024, 6, 11)


@pytest.mark.parametrize(
    ("member", "value", "rule"),
    [
        ("occurred_from", "2024-06-11", "dates.order"),
        ("occurred_until", "2024-06-07", "dates.order"),
        ("known_on", "2024-06-07", "dates.known"),
        ("known_on", "2024-07-06", "dates.received"),
        ("occurred_from", "2024-02-31", "correction.type"),
        ("occurred_from", "15.08", "correction.type"),
        ("region", "2024-06-11", "correction.type"),
        ("region", "15.71", "correction.same"),
        ("election", "15.08", "correction.member"),
        ("channel", "15.08", "correction.member"),
        ("irregular", "15.08", "correction.member"),
        ("no_such_member", "15.08", "correction.member"),
        ("place", "15.08", "correction.absent"),
        ("narrative", "15.08", "correction.value"),
    ],
)
def test_a_correction_that_contradicts_the_fact_or_the_case_is_refused(member: str, value: str, rule: str) -> None:
    """Known no earlier than it occurred; of the type that it had; of a member that is listed and holds a value."""
    assert refusal(correct_value(1, member, value), after(*ALLEGED)) == rule


def test_attack_a_day_that_no_calendar_has_never_reaches_the_case() -> None:
    """Recorded, it would break every later reading of the stream."""
    for member in ("occurred_from", "known_on"):
        assert refusal(correct_value(1, member, "2024-99-99"), after(*ALLEGED)) == "correction.type"


@pytest.mark.parametrize(
    ("version", "member", "changes"),
    [
        (1, "region", NEW),
        (1, "region", {"value": "15.08", **NEW}),
        (1, "narrative", {}),
        (1, "narrative", {"value": "15.08", **NEW}),
    ],
)
def test_a_public_value_is_corrected_by_a_value_and_a_sealed_one_by_a_replacement(
    version: int, member: str, changes: dict[str, Any]
) -> None:
    """Nothing sealed becomes public by a correction, and nothing beside it."""
    assert refusal(correct_value(version, member, **changes), after(*ALLEGED)) == "correction.value"


def test_a_sealed_value_is_replaced_under_its_own_subject() -> None:
    """Erasing the person then erases the correction too."""
    (fact,) = answer(correct_value(1, "complainants[0].name", subject=Subject("k1"), **NEW), after(*ALLEGED))
    assert fact.replacement == ref("new")  # type: ignore[union-attr]  # it is a correction
    assert refusal(correct_value(1, "complainants[0].name", **NEW), after(*ALLEGED)) == "correction.subject"
    assert refusal(correct_value(1, "narrative", subject=Subject("k1"), **NEW), after(*ALLEGED)) == "correction.subject"


def test_a_person_in_a_list_is_named_by_their_place() -> None:
    """The second complainant's name is about the second complainant; there is no third."""
    complaint = after(filed_by_two())
    assert refusal(correct_value(1, "complainants[1].name", subject=Subject("k2"), **NEW), complaint) is None
    assert refusal(correct_value(1, "complainants[1].name", subject=Subject("k1"), **NEW), complaint) == (
        "correction.subject"
    )
    assert refusal(correct_value(1, "complainants[2].name", **NEW), complaint) == "correction.absent"
    assert refusal(correct_value(1, "complainants[0].handle", **NEW), complaint) == "correction.member"
    assert refusal(correct_value(1, "complainants[0]", **NEW), complaint) == "correction.path"


def test_a_closed_fact_is_corrected_by_a_closed_fact_and_an_open_one_by_an_open() -> None:
    """What stands in a closed topic must not become public through its correction."""
    complaint = after(*ALLEGED)
    of_r1 = {"subject": Subject("r1"), **NEW}
    (fact,) = answer(correct_closed_value(2, "name", **of_r1), complaint)
    assert isinstance(fact, facts.ClosedValueCorrected)
    assert refusal(correct_value(2, "name", **of_r1), complaint) == "correction.mark"
    assert refusal(correct_closed_value(1, "region", "15.08"), complaint) == "correction.mark"


@pytest.mark.parametrize(
    ("member", "version"),
    [
        ("tally", 9),
        ("seats", 9),
        ("votes", 9),
        ("decision", 10),
        ("category", 10),
        ("to", 11),
        ("track", 11),
        ("outcome", 14),
        ("level", 14),
    ],
)
def test_decisions_votes_outcomes_category_and_holder_are_not_corrected(member: str, version: int) -> None:
    """They change by a new act only."""
    made = correct_closed_value if version == 9 else correct_value
    assert refusal(made(version, member, **NEW), after(*SETTLED)) == "correction.member"


def test_there_is_no_correction_of_what_is_not_there_yet() -> None:
    """A version is a place in the stream; a correction has no members that may be corrected."""
    assert refusal(correct_value(99, "region", "15.08"), after(*ALLEGED)) == "version.unknown"
    corrected = follow(after(*ALLEGED), correct_value(1, "narrative", **NEW))
    assert refusal(correct_value(4, "replacement", **NEW), corrected) == "correction.member"


@pytest.mark.parametrize("ended", [CLOSED, NOT_REGISTERED, WITHDRAWN])
def test_an_ended_case_is_corrected_and_stays_ended(ended: Any) -> None:
    """A wrong date in a closed file is still a wrong date."""
    complaint = after(*ended)
    assert follow(complaint, correct_value(1, "region", "15.08")).STAGE is complaint.STAGE


def test_the_office_that_recorded_a_value_corrects_it_and_no_other() -> None:
    """KASN corrects its decree's number, Bawaslu as the owner too; KASN corrects nothing of Bawaslu's."""
    complaint = after(*ON_TRACK, outcome())
    kasn: dict[str, Any] = {"act": on("2024-07-05", KASN), "by": by(Role.HOLDER, KASN), **NEW}
    assert refusal(correct_value(14, "decree_number", **kasn), complaint) is None
    assert refusal(correct_value(14, "decree_number", **NEW), complaint) is None
    assert refusal(correct_value(1, "narrative", **kasn), complaint) == "party"


# --- disclosure -----------------------------------------------------------------------------------------------------


def test_a_sealed_value_is_disclosed_by_version_and_member() -> None:
    """The fact cites where the value stands, to whom it went and on what ground; never the value."""
    (fact,) = answer(disclose_value(), after(*ALLEGED))
    assert fact == facts.ValueDisclosed(Number(1), MemberPath("narrative"), disclose_value().to, disclose_value().basis)
    assert refusal(disclose_value(1, "complainants[0].name"), after(*ALLEGED)) is None
    assert refusal(disclose_value(2, "name"), after(*ALLEGED)) is None


@pytest.mark.parametrize(
    "member", ["region", "place", "election", "complainants[0].handle", "complainants[9].name", "x"]
)
def test_only_what_is_sealed_is_disclosed(member: str) -> None:
    """A public member is public already, and an absent one is nothing."""
    assert refusal(disclose_value(1, member), after(*ALLEGED)) == "disclosure.member"


def test_what_was_erased_is_not_disclosed() -> None:
    """Nobody can open it any more; of somebody else it still can be."""
    complaint = after(*ALLEGED, erased("k1"))
    assert refusal(disclose_value(1, "complainants[0].name"), complaint) == "disclosure.erased"
    assert refusal(disclose_value(1, "narrative"), complaint) is None


def test_a_corrected_value_is_disclosed_as_what_it_replaced() -> None:
    """It is about the same person: erased with them, disclosed like them."""
    corrected = follow(after(*ALLEGED), correct_value(1, "complainants[0].name", subject=Subject("k1"), **NEW))
    assert refusal(disclose_value(4, "replacement"), corrected) is None
    assert refusal(disclose_value(4, "replacement"), follow(corrected, erase_person("k1"))) == "disclosure.erased"


# --- erasure --------------------------------------------------------------------------------------------------------


def test_a_person_is_erased_by_two() -> None:
    """The fact names the handle, never a commitment; the second officer confirms."""
    (fact,) = answer(erase_person(), after(*ALLEGED))
    assert isinstance(fact, facts.ComplaintPersonErased)
    assert (fact.of, fact.second.handle, fact.second.who) == ("k1", "a8", ref("second"))


def test_attack_one_officer_erases_alone() -> None:
    """The second person is another than the first."""
    alone = erase_person(by=by(Role.PROTECTION_OFFICER, actor="a8"))
    assert refusal(alone, after(*ALLEGED)) == "erasure.alone"


def test_a_person_is_erased_once_and_others_still_can_be() -> None:
    """Nothing is left to erase; the next person has keys of their own."""
    complaint = after(*CLOSED, erased("k1"))
    assert refusal(erase_person("k1"), complaint) == "erasure.done"
    assert refusal(erase_person("r1"), complaint) is None


def test_an_erasure_changes_nothing_that_was_decided() -> None:
    """`evolve` never reads sealed values, so erasing never stops a replay."""
    before, afterwards = file_in(after(*SETTLED)), file_in(after(*SETTLED, erased("r1"), erased("k1")))
    assert afterwards.allegations == before.allegations
    assert afterwards.referrals == before.referrals
    assert afterwards.respondents == before.respondents


def test_nothing_is_corrected_or_erased_in_a_case_that_was_never_begun() -> None:
    """A stream without a filing is nothing."""
    for command in (correct_value(1, "region", "15.08"), erase_person(), disclose_value(), record_tracing()):
        with pytest.raises(Refused, match="file it first"):
            answer(command, Nothing())
