"""The criminal track: discussions at Sentra Gakkumdu, police, prosecutor, court and appeal."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.complaint import codes, facts
from ledger.complaint.codes import OutcomeLevel, RespondentClass, Track
from ledger.complaint.state import Complaint
from ledger.complaint.track.codes import DiscussionResult, Verdict
from tests.builders import KPU, R1
from tests.builders_tracks import (
    COURT,
    GAKKUMDU,
    LAW,
    POLICE,
    does,
    established,
    lettered,
    on_track,
    refused_as,
    said,
    state,
    step,
)


def at_gakkumdu() -> Complaint:
    """A village head, at Sentra Gakkumdu."""
    complaint = established((R1, RespondentClass.VILLAGE_HEAD), category=codes.Category.CRIME)
    return on_track(complaint, Track.CRIME, GAKKUMDU, "2024-10-01", grounds=LAW)


def discussed(number: int, day: str, result: DiscussionResult = DiscussionResult.PROCEED) -> Any:
    return step(facts.Discussed, day, GAKKUMDU, discussion=number, result=result)


def by_police(fact: type[Any], day: str) -> Any:
    return lettered(fact, day, POLICE)


def judged(day: str, level: OutcomeLevel, verdict: Verdict = Verdict.GUILTY) -> Any:
    return lettered(facts.Judged, day, COURT, level=level, verdict=verdict)


INVESTIGATED = (
    discussed(1, "2024-10-02"),
    discussed(2, "2024-10-07"),
    by_police(facts.InvestigationStarted, "2024-10-08"),
)
IN_COURT = (
    *INVESTIGATED,
    by_police(facts.FileSent, "2024-10-21"),
    by_police(facts.FileTransferred, "2024-10-25"),
)


def test_a_case_goes_from_the_first_discussion_to_the_verdict_on_appeal() -> None:
    """Three discussions, investigation, a file that was returned and came again, two courts, and the outcome."""
    complaint, seen = at_gakkumdu(), ["received"]
    for command in (
        *INVESTIGATED,
        discussed(3, "2024-10-20"),
        by_police(facts.FileSent, "2024-10-21"),
        by_police(facts.FileReturned, "2024-10-24"),
        by_police(facts.FileResubmitted, "2024-10-27"),
        by_police(facts.FileTransferred, "2024-10-30"),
        judged("2024-11-06", OutcomeLevel.FIRST),
        lettered(facts.JudgmentAppealed, "2024-11-08", COURT),
        judged("2024-11-15", OutcomeLevel.FINAL, Verdict.ACQUITTED),
        said("acquitted", "2024-11-16", GAKKUMDU, level=OutcomeLevel.FINAL),
    ):
        complaint = does(complaint, command)
        seen.append(str(state(complaint)))
    assert seen == [
        "received",
        "discussion_1",
        "discussion_2",
        "investigating",
        "discussion_3",
        "with_prosecutor",
        "returned",
        "with_prosecutor",
        "in_court",
        "judged",
        "appealed",
        "final",
        "closed",
    ]


def test_a_discussion_or_the_police_stop_it() -> None:
    """Not enough evidence at Gakkumdu; or an investigation that is ended."""
    halted = does(at_gakkumdu(), discussed(1, "2024-10-02", DiscussionResult.STOP))
    assert state(halted) == "stopped"
    assert refused_as(discussed(2, "2024-10-07"), halted).rule == "step.order"
    ended = does(at_gakkumdu(), *INVESTIGATED, by_police(facts.InvestigationStopped, "2024-10-20"))
    assert state(ended) == "stopped"
    assert state(does(ended, said("investigation_stopped", "2024-10-21", GAKKUMDU))) == "closed"


@pytest.mark.parametrize("number", [2, 3])
def test_discussions_follow_one_another(number: int) -> None:
    """The second follows the first; there is no fourth."""
    assert refused_as(discussed(number, "2024-10-02"), at_gakkumdu()).rule == "step.discussion"


def test_there_is_no_fourth_discussion() -> None:
    """After the third the file goes to the prosecutor."""
    third = does(at_gakkumdu(), *INVESTIGATED, discussed(3, "2024-10-20"))
    assert refused_as(discussed(4, "2024-10-21"), third).rule == "step.order"


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        ((), by_police(facts.InvestigationStarted, "2024-10-22")),
        ((), by_police(facts.FileSent, "2024-10-22")),
        ((discussed(1, "2024-10-02"),), by_police(facts.FileSent, "2024-10-22")),
        (INVESTIGATED, by_police(facts.FileReturned, "2024-10-22")),
        (INVESTIGATED, by_police(facts.FileResubmitted, "2024-10-22")),
        (INVESTIGATED, by_police(facts.FileTransferred, "2024-10-22")),
        (INVESTIGATED, judged("2024-10-22", OutcomeLevel.FIRST)),
        (IN_COURT, lettered(facts.JudgmentAppealed, "2024-11-08", COURT)),
    ],
)
def test_no_step_comes_before_its_ground(before: tuple[Any, ...], asked: Any) -> None:
    """No file without an investigation, no resubmission without a return, no appeal without a verdict."""
    assert refused_as(asked, does(at_gakkumdu(), *before)).rule == "step.order"


def test_a_verdict_is_of_the_court_where_the_case_is() -> None:
    """The district court decides first, and the high court on appeal; its verdict is final."""
    assert refused_as(judged("2024-11-06", OutcomeLevel.APPEAL), does(at_gakkumdu(), *IN_COURT)).rule == "crime.level"
    first = does(at_gakkumdu(), *IN_COURT, judged("2024-11-06", OutcomeLevel.FIRST))
    appealed = does(first, lettered(facts.JudgmentAppealed, "2024-11-08", COURT))
    assert refused_as(judged("2024-11-15", OutcomeLevel.FIRST), appealed).rule == "crime.level"
    final = does(appealed, judged("2024-11-15", OutcomeLevel.APPEAL))
    assert refused_as(lettered(facts.JudgmentAppealed, "2024-11-16", COURT), final).rule in ("step.order", "step.twice")


def test_an_election_commission_investigates_nothing() -> None:
    """Discussions are Gakkumdu's, the rest is law enforcement's."""
    assert refused_as(lettered(facts.InvestigationStarted, "2024-10-08", KPU), at_gakkumdu()).rule == "step.office"
    asked = lettered(facts.Discussed, "2024-10-02", POLICE, discussion=1, result=DiscussionResult.PROCEED)
    assert refused_as(asked, at_gakkumdu()).rule == "step.office"
