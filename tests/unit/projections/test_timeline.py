"""The timeline: one line for each fact of a complaint, when it was claimed to happen and how much later it was told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from api.chronicles.play import instant
from ledger.codec import Recorded
from ledger.complaint import codes, facts
from ledger.rulebook.state import Rulebook
from ledger.values import Act, By, Count, Handle, Number, Role, Source, StreamId
from projections.timeline import Timeline
from tests.builders import BAWASLU, COMPLAINT, KASN, LEDGER


class NoStates:
    """The timeline is told by the facts alone."""

    def after(self, recorded: Recorded) -> Any:
        raise AssertionError(f"the state after {recorded.topic} was asked for")

    def law(self) -> Rulebook:
        raise AssertionError("the law was asked for")


def line(fact: Any, act: Act, at: str = "2024-06-14T08:00:00", stream: StreamId = COMPLAINT) -> dict[str, Any] | None:
    """The one line that a recorded fact makes, or none."""
    by = By(BAWASLU, Role.EXAMINER, Handle("a1"))
    recorded = Recorded(41, stream, 7, type(fact).TOPIC, instant(at), act, by, fact, "0" * 32)
    puts = list(Timeline().apply(41, recorded, NoStates()))
    assert len(puts) < 2
    return dict(puts[0].row) if puts else None


ANNOUNCED = facts.StatusAnnounced(codes.Announcement.DECIDED, frozenset({Number(2), Number(1)}))


def on(day: str) -> Act:
    return Act(KASN, Source.LETTER, on=date.fromisoformat(day))


def at(when: str) -> Act:
    return Act(KASN, Source.LETTER, at=instant(when))


def test_a_line_says_who_did_what_when_and_who_recorded_it_when() -> None:
    """Every column, for an act of another office that is known from its letter."""
    assert line(ANNOUNCED, on("2024-06-12")) == {
        "complaint": COMPLAINT,
        "version": 7,
        "position": 41,
        "topic": "complaint.status_announced.v1",
        "acted": "2024-06-12",
        "office": KASN,
        "source": "letter",
        "recorded_at": "2024-06-14T08:00:00Z",
        "recorded_by": BAWASLU,
        "days_later": 2,
        "allegations": "1 2",
        "referral": None,
        "irregular": "",
        "fact": '{"allegations":[1,2],"what":"decided"}',
    }


@pytest.mark.parametrize(
    ("act", "recorded", "days"),
    [
        (on("2024-06-14"), "2024-06-14T08:00:00", 0),
        (on("2024-06-13"), "2024-06-14T08:00:00", 1),
        (on("2024-06-14"), "2024-06-14T17:30:00", 1),  # half past midnight in Jakarta
        (on("2024-06-14"), "2024-06-14T16:59:59", 0),
        (on("2024-05-31"), "2024-06-14T08:00:00", 14),
        (at("2024-06-13T03:00:00"), "2024-06-13T09:00:00", 0),
        (at("2024-06-13T16:59:00"), "2024-06-13T17:01:00", 1),
        (at("2024-06-13T17:30:00"), "2024-06-14T16:30:00", 0),
    ],
)
def test_days_later_are_counted_from_date_to_date(act: Act, recorded: str, days: int) -> None:
    """In Jakarta's time, as a calendar on the wall counts them."""
    told = line(ANNOUNCED, act, recorded)
    assert told is not None
    assert told["days_later"] == days


def test_nothing_is_recorded_before_it_happened() -> None:
    """In Jayapura it is the 15th while Jakarta still has the 14th: an act of today is not one of tomorrow."""
    told = line(ANNOUNCED, on("2024-06-15"), "2024-06-14T15:30:00")
    assert told is not None
    assert told["days_later"] == 0


def test_an_instant_is_told_as_an_instant_and_a_date_as_a_date() -> None:
    """Nothing is made up about the hour of an act that has none."""
    dated, timed = line(ANNOUNCED, on("2024-06-12")), line(ANNOUNCED, at("2024-06-12T03:04:05"))
    assert dated is not None
    assert timed is not None
    assert (dated["acted"], timed["acted"]) == ("2024-06-12", "2024-06-12T03:04:05Z")


TALLY = tuple(facts.Tally(Number(each), Count(3), Count(1), Count(0)) for each in (1, 2))


@pytest.mark.parametrize(
    ("fact", "allegations", "referral", "irregular"),
    [
        (facts.AllegationMade(Number(3), Handle("r1"), codes.Category.ETHICS), "3", None, ""),
        (
            facts.PlenaryHeld(
                Number(1),
                Number(5),
                (facts.Present(Handle("a1")),),
                TALLY,
                irregular=frozenset({codes.Irregularity.NO_STUDY, codes.Irregularity.NO_HEARING}),
            ),
            "1 2",
            None,
            "no_hearing no_study",
        ),
        (
            facts.ReferralOffered(Number(2), Number(1), KASN, codes.Track.ASN, binding=False, study_attached=True),
            "1",
            2,
            "",
        ),
        (facts.ReferralReturned(Number(2), codes.ReturnReason.NO_STUDY), "", 2, ""),
        (facts.HearingHeld(Number(1)), "", None, ""),
    ],
)
def test_a_line_names_what_its_fact_names(fact: Any, allegations: str, referral: int | None, irregular: str) -> None:
    """Allegations, one, several or voted on; a referral; what was irregular."""
    told = line(fact, on("2024-06-12"))
    assert told is not None
    assert (told["allegations"], told["referral"], told["irregular"]) == (allegations, referral, irregular)


@pytest.mark.parametrize("stream", [LEDGER, BAWASLU, StreamId("election-" + "1" * 32)])
def test_only_complaints_have_a_timeline(stream: StreamId) -> None:
    """Offices and elections have their registers."""
    assert line(ANNOUNCED, on("2024-06-12"), stream=stream) is None
