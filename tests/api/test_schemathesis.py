"""Requests made from the OpenAPI document, right and wrong ones: every answer is a documented one, and none is a 5xx.

A small budget with a fixed seed runs each time; `make test-slow` draws many more, with a seed of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests
import schemathesis
from httpx2 import Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks

from api.chronicles import register
from api.chronicles.play import instant
from api.wiring import create_house
from ledger.clock import SimulatedClock
from ledger.itself.facts import ClockKind
from tests.api import k4
from tests.api.test_document import DOCUMENT
from tests.api.test_document import OPERATIONS as DOCUMENTED
from tests.api.window import Desk, Town
from tests.auditor import audit

Case = schemathesis.Case[Any]
RIGHT, WRONG = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS = {each.ok().label: each.ok() for each in SCHEMA.get_all_operations() if isinstance(each, Ok)}
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


def can_be_wrong(operation: dict[str, Any]) -> bool:
    """Whether a request may break its description: one that takes texts of any kind, or nothing, cannot."""
    loose = ({"type": "string"}, {"type": "null"})
    schemas = [each["schema"] for each in operation.get("parameters", ())]
    return "requestBody" in operation or any(
        {"type": kind.get("type")} not in loose or kind.keys() & {"pattern", "maxLength"}
        for schema in schemas
        for kind in schema.get("anyOf", [schema])
    )


MODES = [
    (label, mode)
    for label, operation in OPERATIONS.items()
    for mode in ((RIGHT, WRONG) if can_be_wrong(operation.definition.raw) else (RIGHT,))
]
"""Each operation with right requests, and with wrong ones where there is something to get wrong."""
FEW = settings(
    max_examples=max(5, 500 // len(MODES)),
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
MANY = settings(FEW, max_examples=150, derandomize=False, print_blob=True)


@dataclass(frozen=True)
class Played:
    """A town in which the chronicle was told, up to where much can still be done."""

    town: Town
    complaint: str

    def at_home(self, case: Case) -> None:
        """Put this town's own streams in place of those that were drawn, so that a request comes as far as it can."""
        known = {"complaint": self.complaint, "office": self.town.offices.kasn}
        case.path_parameters = {name: known.get(name, held) for name, held in (case.path_parameters or {}).items()}
        case.body = self._at_home(case.body)

    def _at_home(self, held: Any) -> Any:
        if isinstance(held, dict):
            return {name: self._at_home(each) for name, each in held.items()}
        if isinstance(held, list):
            return [self._at_home(each) for each in held]
        if isinstance(held, str) and re.fullmatch(r"(office|election)-[0-9a-f]{32}", held):
            offices = self.town.offices
            return offices.bawaslu_jambi if held.startswith("office") else offices.election_jambi
        return held

    def send(self, case: Case, desk: Desk | None, seen: int | None) -> Response:
        """One request as it was made, from a desk or from nobody; the window checks the answer."""
        made = requests.Request(**case.as_transport_kwargs(base_url="http://testserver")).prepare()
        sent: dict[str, Any] = {name: value for name, value in made.headers.items() if name != "Content-Length"}
        if desk is not None:
            sent["Authorization"] = f"Bearer {desk.token}"
        if seen is not None:
            sent["If-Match"] = f'"{seen}"'
        window = self.town.window
        assert made.body is None or isinstance(made.body, bytes | str)
        before = window.house.store.size()
        response = window.http.request(str(made.method), str(made.url), content=made.body, headers=sent)
        window.check(response, window.house.store.size() - before)
        return response


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """A ledger for this module alone; whatever was recorded in it must satisfy the auditor."""
    clock = SimulatedClock(instant("2024-05-02T01:00:00"))
    house = create_house(
        tmp_path_factory.mktemp("played") / "ledger",
        domain="test.invalid",
        kind=ClockKind.SIMULATED,
        operator=register.OPERATOR,
        clock=clock,
    )
    try:
        town = k4.opened(house, clock)
        yield Played(town, k4.play(town, after="heard"))
        audit(house)
    finally:
        house.close()


def hold(played: Played, label: str, mode: schemathesis.GenerationMode, budget: settings) -> None:
    """Draw requests of one operation and hold every answer against the document."""
    operation = OPERATIONS[label]

    @budget
    @given(
        case=operation.as_strategy(generation_mode=mode),
        who=st.sampled_from([None, *sorted(played.town.desks)]),
        at_home=st.booleans(),
        seen=st.none() | st.integers(1, 20),
    )
    def requests_are_answered_as_documented(case: Case, who: str | None, at_home: bool, seen: int | None) -> None:
        if at_home and mode is RIGHT:
            played.at_home(case)
        response = played.send(case, None if who is None else played.town[who], seen)
        if (label, response.status_code) == ("GET /readyz", 503):
            return  # nothing follows this house, and it says so
        case.validate_response(response, checks=CHECKS)
        if mode is WRONG and operation.method == "post":
            assert response.status_code >= 400, f"what the document forbids was taken: {case.as_curl_command()}"

    requests_are_answered_as_documented()


@pytest.mark.parametrize(("label", "mode"), MODES)
def test_requests_are_answered_as_documented(played: Played, label: str, mode: schemathesis.GenerationMode) -> None:
    """A few of each, the same at each run."""
    hold(played, label, mode, FEW)


@pytest.mark.slow
@pytest.mark.parametrize(("label", "mode"), MODES)
def test_many_requests_are_answered_as_documented(
    played: Played, label: str, mode: schemathesis.GenerationMode
) -> None:
    """More than a hundred of each, others at each run; a failure prints how to draw it again."""
    hold(played, label, mode, MANY)


def test_every_operation_of_the_document_is_drawn_from() -> None:
    """One that could not be read would be left out in silence."""
    assert OPERATIONS.keys() == {f"{method.upper()} {path}" for method, path in DOCUMENTED}
