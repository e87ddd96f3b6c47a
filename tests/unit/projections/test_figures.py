"""Figures are counted from what the cases were: as of any position and any day, as a replay of the cases tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.asof import AsOf, Past
from api.figures import FIGURES, Asked, figures
from api.reading import CaseOut, Wanted
from api.wiring import House
from tests.unit.projections.histories import BEGIN, THOROUGH, Ground, histories, prepare, told


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return prepare(tmp_path_factory.mktemp("ground"))


@pytest.fixture(scope="module")
def thorough(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Three complaints through every stage and standing."""
    with told(ground, Path(tmp_path_factory.mktemp("told")) / "ledger", THOROUGH) as house:
        house.follower.catch_up()
        yield house


def counted(house: House, as_of: str, name: str) -> Counter[tuple[str, ...]]:
    """One figure, by its keys."""
    answer = figures(house, Asked(as_of=as_of)).answer
    (found,) = [each for each in answer.figures if each.figure == name]
    assert found.total == sum(each.count for each in found.counts)
    return Counter({tuple(each.key.get(name, "") for name in found.by): each.count for each in found.counts})


def cases_then(house: House, when: AsOf) -> list[CaseOut]:
    cases: list[CaseOut] = Past(house, when).cases(Wanted(), None, 100).answer.cases
    return cases


def check(house: House, when: AsOf) -> None:
    """Counted by replaying each case, without a table."""
    text = str(when.position) if when.day is None else f"{when.day}@{when.position}"
    cases = cases_then(house, when)
    every = [each for case in cases for each in case.allegations]
    assert counted(house, text, "cases").total() == len(cases)
    assert counted(house, text, "allegations_by_class") == Counter((each.class_,) for each in every)
    assert counted(house, text, "allegations_by_standing") == Counter(
        (each.track or "", each.standing) for each in every
    )
    persons = {(case.complaint, each.respondent, each.class_) for case in cases for each in case.allegations}
    assert counted(house, text, "respondents") == Counter((class_,) for _, _, class_ in persons)
    said = [outcome for each in every for outcome in each.outcomes]
    assert counted(house, text, "outcomes") == Counter((each.outcome, each.level) for each in said)


def test_at_every_position_of_a_thorough_history_the_figures_are_what_a_replay_counts(thorough: House) -> None:
    """Whatever happened: returned, reopened, dropped, joined, withdrawn."""
    for position in range(thorough.store.size()):
        check(thorough, AsOf(position))


def test_on_every_day_of_a_thorough_history_too(thorough: House) -> None:
    """By the acts' own days, of all that is recorded."""
    for days in range(30):
        check(thorough, AsOf(thorough.store.size() - 1, (BEGIN + timedelta(days=days)).date()))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_in_any_history_a_day_and_a_position_together_give_what_a_replay_counts(
    ground: Ground, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Any interleaving of three complaints."""
    moves = data.draw(histories(ground))
    with told(ground, Path(tmp_path_factory.mktemp("any")) / "ledger", moves) as house:
        house.follower.catch_up()
        position = data.draw(st.integers(0, house.store.size() - 1))
        for days in (0, 3, 9, 30):
            check(house, AsOf(position, (BEGIN + timedelta(days=days)).date()))


def test_the_figures_of_a_thorough_history_say_what_happened_in_it(thorough: House) -> None:
    """Each of the tables has something to count, and names its unit once."""
    answer = figures(thorough, Asked()).answer
    assert [each.figure for each in answer.figures] == [each.name for each in FIGURES]
    last = thorough.store.size() - 1
    assert counted(thorough, str(last), "sanctions") == Counter()
    assert counted(thorough, str(last), "cases").total() == len(cases_then(thorough, AsOf(last)))
