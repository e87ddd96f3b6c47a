"""The OpenAPI document is a contract: it is well formed, its examples are accepted, and it knows what may be answered.

That every status which a route returns is documented for it is checked at each answer of these tests, in window.py.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel

import api.routes
from api import problems
from api.app import ROUTERS, make_app
from api.beside import Beside
from api.bodies.parts import Body
from api.describing import command_of
from ledger.complaint.commands import STEP_COMMANDS
from tests.api import k4
from tests.api.conftest import Told
from tests.api.window import Town

APP: FastAPI = make_app(None, Beside(60))  # type: ignore[arg-type]  # the document needs no ledger
DOCUMENT: dict[str, Any] = APP.openapi()
OPERATIONS = {
    (method, path): operation
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
}
COMMANDS = {path: operation for (method, path), operation in OPERATIONS.items() if method == "post"}
READ_BY_POST = frozenset({"/v1/cases/search"})
"""What identifies a person stands in no address, so this reading is a POST."""
SEVERAL_STREAMS = frozenset({"/v1/handovers", "/v1/handovers/{handover}/receipt", "/v1/complaints/{complaint}/joining"})
"""What is recorded in more than one stream by one request."""
ROUTES = [
    route
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and "POST" in (route.methods or ())
]
BEFORE = {
    "NewComplaint": ("filing", "/v1/complaints"),
    "NewRespondent": ("respondent", ""),
    "NewAllegation": ("allegation", ""),
    "NewReview": ("review", ""),
    "NewRegistration": ("registration", ""),
    "NewHearing": ("hearing", ""),
    "HeldHearing": ("heard", ""),
    "NewStudy": ("notice", "/studies"),
    "NewPlenary": ("plenary", ""),
    "NewStatusNotice": ("notice", ""),
    "NewReferral": ("referral 1", ""),
    "ReferralReceipt": ("receipt 1", ""),
    "ReferralReturn": ("return 1", ""),
    "ReferralAcceptance": ("acceptance 2", ""),
}
"""The request of the chronicle in whose place each example can be sent."""


def every(value: Any, member: str) -> Iterator[Any]:
    """Each value of a member, wherever it stands in the document."""
    if isinstance(value, dict):
        if member in value:
            yield value[member]
        for held in value.values():
            yield from every(held, member)
    elif isinstance(value, list):
        for held in value:
            yield from every(held, member)


def models(of: type[Body] = Body) -> Iterator[type[Body]]:
    """Every model of a request body, and of its parts."""
    for model in of.__subclasses__():
        yield model
        yield from models(model)


def examples(model: type[BaseModel]) -> list[dict[str, Any]]:
    found = model.model_config.get("json_schema_extra")
    held = found.get("examples", []) if isinstance(found, dict) else []
    assert isinstance(held, list)
    return [each for each in held if isinstance(each, dict)]


def request_model(operation: dict[str, Any]) -> str:
    reference: str = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    return reference.rpartition("/")[2]


def test_the_document_says_which_openapi_it_is_and_whose() -> None:
    """What every tool reads first."""
    assert DOCUMENT["openapi"].startswith("3.1.")
    assert DOCUMENT["info"]["title"] == "Netral"
    assert DOCUMENT["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_every_reference_leads_somewhere() -> None:
    """A dangling one makes client generators fail on the whole document."""
    found = set(every(DOCUMENT, "$ref"))
    assert found
    for reference in found:
        assert reference.removeprefix("#/components/schemas/") in DOCUMENT["components"]["schemas"], reference


def test_operation_ids_are_unique() -> None:
    """They become the names of functions in generated clients."""
    ids = list(every(DOCUMENT["paths"], "operationId"))
    assert len(ids) == len(OPERATIONS) == len(set(ids))


def test_the_commands_and_the_readings_are_all_there() -> None:
    """As the issue lists them."""
    assert len(COMMANDS) == 40 + 18 + len(STEP_COMMANDS)
    assert {path for method, path in OPERATIONS if method == "get"} == {
        "/healthz",
        "/readyz",
        "/v1/cases",
        "/v1/cases/{complaint}",
        "/v1/cases/{complaint}/confidential",
        "/v1/cases/{complaint}/disclosures",
        "/v1/cases/{complaint}/deadlines",
        "/v1/cases/{complaint}/duplicates",
        "/v1/deadlines",
        "/v1/cases/{complaint}/openings",
        "/v1/cases/{complaint}/timeline",
        "/v1/codes",
        "/v1/elections",
        "/v1/feed",
        "/v1/figures",
        "/v1/handovers",
        "/v1/handovers/{handover}",
        "/v1/offices",
        "/v1/offices/ended",
        "/v1/offices/{office}/desk",
        "/v1/officials/{official}",
        "/v1/receipts/{position}",
        "/v1/receipts/{position}/values",
        "/v1/regions/{region}",
        "/v1/schemas",
        "/v1/schemas/{topic}",
        "/v1/trail/checkpoint",
        "/v1/trail/entries/{position}",
        "/v1/trail/proofs/inclusion",
        "/v1/trail/proofs/consistency",
        "/v1/trail/proofs/{position}",
        "/v1/trail/tile/entries/{path}",
        "/v1/trail/tile/{level}/{path}",
    }


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda operation: operation["operationId"])
def test_every_operation_is_described_and_says_what_it_answers(operation: dict[str, Any]) -> None:
    """A sentence, a success with its content, problems as problem documents."""
    assert operation["description"].strip()
    assert "200" in operation["responses"]
    for status, response in operation["responses"].items():
        assert response["description"]
        if status == "304":
            assert "content" not in response
            continue
        assert (set(response["content"]) == {"application/problem+json"}) is (status >= "400")


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_the_parameters_of_a_path_are_declared(method: str, path: str) -> None:
    """Exactly those between its braces, all required."""
    declared = {
        each["name"]: each["required"]
        for each in OPERATIONS[method, path].get("parameters", [])
        if each["in"] == "path"
    }
    assert declared == dict.fromkeys(re.findall(r"\{(\w+)\}", path), True)


@pytest.mark.parametrize("path", sorted(COMMANDS.keys() - READ_BY_POST - {"/v1/erasures"} - SEVERAL_STREAMS))
def test_a_command_documents_the_headers_that_make_it_safe(path: str) -> None:
    """And 428 exactly where the command must name a version, so that neither can forget the other."""
    operation = COMMANDS[path]
    headers = {each["name"].lower() for each in operation["parameters"] if each["in"] == "header"}
    assert headers == {"idempotency-key", "if-match", "prefer"}
    (command,) = {made for route in ROUTES if route.path == path.removeprefix("/v1") and (made := command_of(route))}
    assert ("428" in operation["responses"]) is command.NEEDS_MATCH


@pytest.mark.parametrize("path", sorted(SEVERAL_STREAMS))
def test_an_act_on_several_streams_documents_what_makes_a_retry_safe(path: str) -> None:
    """Its commands are worked out from the request; none of them needs a version."""
    headers = {each["name"].lower() for each in COMMANDS[path]["parameters"] if each["in"] == "header"}
    assert headers == {"idempotency-key", "if-match", "prefer"}
    assert "428" not in COMMANDS[path]["responses"]


def test_an_erasure_documents_its_second_person_too() -> None:
    """Two protection officers ask it, so two tokens come with it."""
    headers = {each["name"].lower() for each in COMMANDS["/v1/erasures"]["parameters"] if each["in"] == "header"}
    assert headers == {"idempotency-key", "if-match", "netral-second", "prefer"}


def test_every_status_that_a_problem_can_have_is_documented_somewhere() -> None:
    """The table of problems and the document are two lists of the same thing."""
    documented = {status for operation in OPERATIONS.values() for status in operation["responses"]}
    assert {str(status) for status, _ in problems.STATUSES.values()} <= documented


def test_every_request_has_an_example() -> None:
    """Whoever tries a command begins from one that works."""
    named = {request_model(operation) for operation in COMMANDS.values()}
    assert {model.__name__ for model in models() if examples(model)} == named


@pytest.mark.parametrize(
    ("model", "example"),
    [(model, example) for model in models() for example in examples(model)],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_every_example_is_what_its_model_reads(model: type[Body], example: dict[str, Any]) -> None:
    """No member missing, misspelt or of another type; and the document shows the same one."""
    model.model_validate(example)
    assert DOCUMENT["components"]["schemas"][model.__name__]["examples"] == [example]


def test_each_example_that_is_sent_below_is_one_of_a_complaints_commands() -> None:
    """K4 has no turn for the others: those are read by their models only."""
    of_complaints = {request_model(operation) for path, operation in COMMANDS.items() if "/complaints" in path}
    assert of_complaints >= set(BEFORE)
    assert len(BEFORE) >= 14


@pytest.mark.parametrize("name", BEFORE)
def test_an_example_is_recorded_where_its_turn_has_come(town: Town, name: str) -> None:
    """Posted to a ledger that stands where the chronicle stood, with the streams of that ledger: 201."""
    (example,) = examples(next(model for model in models() if model.__name__ == name))
    turn, path = BEFORE[name]
    asked = k4.asked_as(town, turn)
    complaint = None if turn == "filing" else k4.play(town, before=turn)
    body = example | {"election": town.offices.election_jambi} if "election" in example else example
    body = body | {"to": town.offices.kasn} if "to" in example else body
    town.now(asked.at)
    where = (path or asked.path) if complaint is None else f"/v1/complaints/{complaint}{path or asked.path}"
    seen = None if complaint is None else town.version(complaint)
    answer = town[asked.who].post(where, body, seen=seen)
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("path", ["/v1/offices", "/v1/elections", "/v1/offices/{office}/end"])
def test_an_example_of_the_register_is_recorded(town: Town, path: str) -> None:
    """By the registry, on the day that the example names."""
    (example,) = examples(next(each for each in models() if each.__name__ == request_model(COMMANDS[path])))
    town.now("2024-08-24T03:00:00")
    answer = town["registry"].post(path.format(office=town.offices.kasn), example)
    assert answer.status_code == 201, answer.text


def test_the_document_is_served_as_it_is(told: Told) -> None:
    """With the page that draws it, which the demo names as where to look next."""
    assert told.town.window.http.get("/openapi.json").json() == DOCUMENT
    assert told.town.window.http.get("/docs").status_code == 200


def test_every_router_is_part_of_the_application() -> None:
    """A module of routes that nobody included would be a window that nobody can open."""
    modules = [importlib.import_module(f"api.routes.{each.name}") for each in pkgutil.iter_modules(api.routes.__path__)]
    routes = {
        each.path.replace(":path}", "}")
        for module in modules
        for each in getattr(module, "router", APIRouter()).routes
        if isinstance(each, APIRoute)
    }
    assert routes == {path.removeprefix("/v1") for path in DOCUMENT["paths"]}
