"""What integrations read: filters and pages of cases, registers, codes, schemas, the feed, one's own write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from api.chronicles import k1, k2, k4, k5, people, register
from api.chronicles.play import instant
from api.chronicles.register import Register
from api.wiring import House, create_house
from ledger.catalogue import CATALOGUE
from ledger.clock import SimulatedClock
from ledger.itself.facts import ClockKind
from ledger.values import Actor, Role, Staff
from tests.api.window import Desk, Window
from tests.auditor import audit
from tests.scribes import Scribe, record_register


class Town:
    """All chronicles in one ledger that nobody changes any more."""

    def __init__(self, house: House, clock: SimulatedClock) -> None:
        self.house = house
        scribe = Scribe(house.registrar, clock, house.stream)
        self.offices: Register = record_register(scribe)
        told = (k1.k1, k2.k2, k4.k4, k5.k5)
        streams = scribe.play(*(each(self.offices) for each in told), register.end_of_kasn(self.offices))
        self.complaints = dict(zip(("K1", "K2", "K4", "K5"), streams, strict=False))
        self.window = Window(house)
        self.window.settle()
        self.auditor = Desk(self.window, Actor(house.stream, Role.AUDITOR, Staff("auditor.test", "Auditor")))
        self.clerk = Desk(self.window, Actor(self.offices.bkn, Role.INTAKE, people.BKN_CLERK))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    clock = SimulatedClock(instant("2024-05-02T01:00:00"))
    house = create_house(
        tmp_path_factory.mktemp("lists") / "ledger",
        domain="test.invalid",
        kind=ClockKind.SIMULATED,
        operator=register.OPERATOR,
        clock=clock,
    )
    try:
        yield Town(house, clock)
        audit(house)
    finally:
        house.close()


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, {"K1", "K2", "K4", "K5"}),
        ({"region": "15.71"}, {"K1", "K2", "K4"}),
        ({"region": "15"}, {"K1", "K2", "K4", "K5"}),
        ({"region": "1"}, None),
        ({"stage": "closed"}, {"K5"}),
        ({"class": "bawaslu_adhoc"}, {"K5"}),
        ({"category": "other_law"}, {"K1", "K2", "K4"}),
        ({"track": "kpu_adhoc"}, {"K5"}),
        ({"stage": "unheard_of"}, None),
    ],
)
def test_cases_are_filtered(town: Town, filters: dict[str, str], found: set[str] | None) -> None:
    """A region includes its regencies; what is no code is refused."""
    answer = town.auditor.get("/v1/cases", **filters)
    if found is None:
        assert answer.status_code == 422
    else:
        assert {each["complaint"] for each in answer.json()["cases"]} == {town.complaints[name] for name in found}


def test_cases_are_filtered_by_owner_and_holder(town: Town) -> None:
    """KASN is still the recorded holder of two cases."""
    held = town.auditor.get("/v1/cases", holder=town.offices.kasn).json()["cases"]
    assert {each["complaint"] for each in held} == {town.complaints["K2"], town.complaints["K4"]}
    owned = town.auditor.get("/v1/cases", owner=town.offices.bawaslu_sungai_penuh).json()["cases"]
    assert [each["complaint"] for each in owned] == [town.complaints["K5"]]


def test_pages_follow_one_another_without_a_gap(town: Town) -> None:
    """One case a page, in a stable order, until the end."""
    seen, after = [], None
    for _ in range(10):
        page = town.auditor.get("/v1/cases", limit=1, **({"after": after} if after else {})).json()
        seen += [each["complaint"] for each in page["cases"]]
        after = page["after"]
        if after is None:
            break
    assert seen == sorted(town.complaints.values())


def test_the_registers_are_listed(town: Town) -> None:
    """Ended offices stay listed, with their law and successor."""
    offices = {each["name"]: each for each in town.auditor.get("/v1/offices").json()["offices"]}
    assert offices["KASN"]["ended_on"] == "2024-08-24"
    assert offices["KASN"]["successor"] == town.offices.bkn
    assert len(town.auditor.get("/v1/elections").json()["elections"]) == 2


def test_catalogue_and_codes_need_no_token(town: Town) -> None:
    """Whoever writes a client reads them first; each code has a word in both languages."""
    topics = {each["topic"] for each in town.window.ask("GET", "/v1/schemas").json()["topics"]}
    assert topics == set(CATALOGUE)
    codes: dict[str, Any] = town.window.ask("GET", "/v1/codes").json()["codes"]
    assert {"code": "asn", "told": {"id": "ASN", "en": "civil servant"}} in codes["class"]
    assert town.window.ask("GET", "/v1/schemas/complaint.never.v1").status_code == 404


def test_the_feed_is_followed_page_by_page_to_its_end(town: Town) -> None:
    """Lines of JSON, each position once; closed topics tell an integration their envelope alone."""
    lines: list[dict[str, Any]] = []
    after = -1
    while True:
        answer = town.window.ask("GET", "/v1/feed", token=town.clerk.token, params={"after": after, "limit": 50})
        page = [json.loads(line) for line in answer.text.splitlines()]
        if not page:
            break
        lines += page
        after = int(answer.headers["Netral-Position"])
        assert after == page[-1]["position"]
    assert [each["position"] for each in lines] == list(range(town.house.store.size()))
    assert all(("body" in each) is CATALOGUE[each["topic"]].open for each in lines)
    told = town.window.ask("GET", "/v1/feed", token=town.auditor.token, params={"limit": 1000})
    assert all("body" in json.loads(line) for line in told.text.splitlines())


def test_a_reading_waits_for_the_position_that_its_asker_wrote(town: Town) -> None:
    """Known positions answer at once; one that nobody recorded is no reason to wait."""
    last = town.house.store.size() - 1
    for position, status in ((last, 200), (last + 1, 404)):
        headers = {"Netral-Min-Position": str(position)}
        answer = town.window.ask("GET", "/v1/cases", token=town.auditor.token, headers=headers)
        assert answer.status_code == status


def test_reports_of_one_act_are_shown_as_likely_duplicates(town: Town) -> None:
    """K1 and K2 and K4 lie in one region, and on other days: none is a duplicate."""
    for complaint in town.complaints.values():
        assert town.auditor.get(f"/v1/cases/{complaint}/duplicates").json()["likely"] == []


def test_the_process_says_that_it_lives_and_that_it_is_not_ready_without_following(town: Town) -> None:
    """Ready means that the trail is followed; this window does not."""
    assert town.window.ask("GET", "/healthz").json()["status"] == "ok"
    assert town.window.ask("GET", "/readyz").status_code == 503
    with town.window.http as running:
        assert running.get("/readyz").json()["status"] == "ready"
