"""Every topic has its way in and its papers: a route or another way, a schema, a sentence, a place on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.app import ROUTERS
from api.describing import command_of
from api.telling import SENTENCES
from api.wiring import House
from ledger.catalogue import CATALOGUE
from tests.api.window import Window

FOLLOWERS = {"complaint.completion_requested.v1", "complaint.decided.v1", "complaint.deadline_started.v1"}
"""Recorded only with another fact, in its command."""
BY_ANOTHER_WAY = {
    "ledger.opened.v1": "netral open",
    "ledger.key_rotated.v1": "netral rotate-key",
    "rulebook.regulation_adopted.v1": "netral rules adopt",
    "calendar.adopted.v1": "netral rules adopt",
    "rulebook.adopted.v1": "netral rules adopt",
    "complaint.joined.v1": "the route of joining, which records both sides",
    "complaint.admitted.v1": "the route of joining, which records both sides",
    "handover.offered.v1": "the route of hand-overs, with the files' referrals",
    "complaint.corrected_closed.v1": "the route of corrections, with closed",
    "complaint.erased.v1": "the route of erasures",
    "official.erased.v1": "the route of erasures",
}
PAGE = (Path(__file__).parents[2] / "docs" / "facts.md").read_text()


def test_every_topic_is_recorded_by_a_route_or_says_how_else() -> None:
    """A fact of the catalogue that nobody can record would be a promise that is not kept."""
    commands = (command_of(route) for router in ROUTERS for route in router.routes)
    routed = {command.FACT.TOPIC for command in commands if command is not None}
    assert set(CATALOGUE) - routed == FOLLOWERS | set(BY_ANOTHER_WAY)


def test_a_route_tells_what_the_catalogue_says(house: House) -> None:
    """Whoever reads the API's document sees who may record an outcome, and from where."""
    told = Window(house).app.openapi()["paths"]["/v1/complaints/{complaint}/allegations/{allegation}/outcomes"]["post"]
    assert "`complaint.outcome.v1` (open)" in told["description"]
    assert "By: holder, proxy, supervisor." in told["description"]


@pytest.mark.parametrize("topic", sorted(CATALOGUE))
def test_a_topic_lacks_none_of_its_papers(topic: str) -> None:
    """Schema, sentence, page."""
    assert CATALOGUE[topic].schema["title"] == topic
    assert topic in SENTENCES
    assert f"### `{topic}`" in PAGE
