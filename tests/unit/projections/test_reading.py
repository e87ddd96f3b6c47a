"""Reading goes on while views are followed, rebuilt and swapped: each reading sees one state, the old or the new."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, inspect, select

from ledger.codec import Recorded
from projections.projection import Put, States
from projections.views import Reading, Views, open_views


class Words:
    """A projection of a few words, of any version; a later version writes them otherwise."""

    name = "words"

    def __init__(self, version: int = 1) -> None:
        self.version = version
        word = Table("words", MetaData(), Column("number", Integer, primary_key=True), Column("word", String))
        self.tables = (word,)

    def apply(self, position: int, recorded: Recorded, states: States) -> Iterator[Put]:
        raise NotImplementedError


def word(number: int, text: str) -> Put:
    return Put("words", {"number": number, "word": text})


def words(reading: Reading) -> list[str]:
    table = reading.tables["words"]
    return list(reading.connection.execute(select(table.c.word).order_by(table.c.number)).scalars())


@pytest.fixture
def views(tmp_path: Path) -> Iterator[Views]:
    """Three words, true up to position 3."""
    made = open_views(tmp_path / "views.db", [Words()])
    made.apply({"words": [word(1, "satu"), word(2, "dua"), word(3, "tiga")]}, 0, 3)
    yield made
    made.close()


def said(views: Views) -> tuple[int, list[str]]:
    with views.read("words") as reading:
        return reading.next_position, words(reading)


def tables_in(path: Path) -> set[str]:
    views: Any = open_views(path, [])
    try:
        return set(inspect(views._engine).get_table_names()) - {"projections"}
    finally:
        views.close()


def test_a_reading_sees_one_state_while_more_is_applied(views: Views) -> None:
    """The position that an answer says is the one that its rows are true at."""
    with views.read("words") as reading:
        views.apply({"words": [word(2, "two"), word(4, "empat")]}, 3, 4)
        assert (reading.next_position, words(reading)) == (3, ["satu", "dua", "tiga"])
    assert said(views) == (4, ["satu", "two", "tiga", "empat"])


def test_a_reading_that_began_before_a_swap_ends_on_the_old_rows(views: Views) -> None:
    """The old tables are dropped for those who come later only."""
    with views.read("words") as reading:
        with views.rebuild("words") as building:
            building.apply([word(1, "one")], 1)
        assert (reading.next_position, words(reading)) == (3, ["satu", "dua", "tiga"])
    assert said(views) == (1, ["one"])


def test_readers_see_the_old_rows_until_the_rebuilt_ones_are_swapped_in(views: Views) -> None:
    """Half of a rebuild is never shown, neither its rows nor its position."""
    with views.rebuild("words") as building:
        assert said(views) == (3, ["satu", "dua", "tiga"])
        building.apply([word(1, "one"), word(2, "two")], 2)
        assert said(views) == (3, ["satu", "dua", "tiga"])
        building.apply([word(4, "four")], 5)
        assert said(views) == (3, ["satu", "dua", "tiga"])
    assert said(views) == (5, ["one", "two", "four"])


def test_following_goes_on_beside_a_rebuild(views: Views) -> None:
    """What was followed meanwhile is replaced by what was rebuilt; the position says from where to follow on."""
    with views.rebuild("words") as building:
        building.apply([word(1, "one")], 3)
        views.apply({"words": [word(4, "empat")]}, 3, 4)
        assert said(views) == (4, ["satu", "dua", "tiga", "empat"])
    assert said(views) == (3, ["one"])
    views.apply({"words": [word(4, "four")]}, 3, 4)
    assert said(views) == (4, ["one", "four"])


def test_a_rebuild_leaves_no_old_tables_behind(views: Views, tmp_path: Path) -> None:
    """Rebuilding a hundred times costs the room of one."""
    before = len(tables_in(tmp_path / "views.db"))
    for _ in range(3):
        with views.rebuild("words") as building:
            building.apply([word(1, "one")], 1)
    assert len(tables_in(tmp_path / "views.db")) == before


def test_a_projection_of_another_version_is_made_anew(views: Views, tmp_path: Path) -> None:
    """Rows of a version that says things otherwise are not mixed with those of this one, and not kept."""
    views.close()
    old = tables_in(tmp_path / "views.db")
    for version in (2, 3, 1):
        raised = open_views(tmp_path / "views.db", [Words(version)])
        assert said(raised) == (0, [])
        raised.apply({"words": [word(1, f"version {version}")]}, 0, 1)
        assert said(raised) == (1, [f"version {version}"])
        raised.close()
        assert not old & tables_in(tmp_path / "views.db")
        old = tables_in(tmp_path / "views.db")


def test_a_projection_of_the_same_version_is_found_as_it_was_left(views: Views, tmp_path: Path) -> None:
    """Opening views again costs no rebuild."""
    again = open_views(tmp_path / "views.db", [Words()])
    assert said(again) == said(views) == (3, ["satu", "dua", "tiga"])
    again.close()
