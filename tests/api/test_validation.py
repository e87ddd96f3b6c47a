"""Every error that a request's members can meet has a sentence in both languages, and none repeats what was sent."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError

import api.bodies
import api.routes
from api.bodies.parts import Body
from api.validation import MOST_TOLD, OF_VALIDATORS, OTHERWISE, SENTENCES, because, misread
from tests.api.test_document import examples, models
from tests.rules.sources import modules

for found in pkgutil.iter_modules(api.bodies.__path__):
    importlib.import_module(f"api.bodies.{found.name}")
MODELS = list(dict.fromkeys(models()))

RAISES: dict[str, set[str]] = {
    "str": {"string_type"},
    "int": {"int_type", "int_parsing", "int_parsing_size", "int_from_float"},
    "bool": {"bool_type", "bool_parsing"},
    "any": set(),  # the body of an import's line, which is read again as its command's
    "enum": {"enum"},
    "literal": {"literal_error"},
    "list": {"list_type"},
    "dict": {"dict_type"},
    "model": {"model_type", "model_attributes_type"},
    "model-fields": {"missing", "extra_forbidden"},
    "function-before": {"value_error"},
    "function-after": {"value_error"},
    "model-field": {"missing"},
    "nullable": set(),
    "default": set(),
    "definitions": set(),
    "definition-ref": set(),
}
"""What each kind of schema can find wrong; a kind that does not stand here makes the test ask for its errors."""
CONSTRAINTS: dict[tuple[str, str], str] = {
    ("str", "min_length"): "string_too_short",
    ("str", "max_length"): "string_too_long",
    ("str", "pattern"): "string_pattern_mismatch",
    ("int", "ge"): "greater_than_equal",
    ("int", "le"): "less_than_equal",
    ("list", "min_length"): "too_short",
    ("list", "max_length"): "too_long",
}
ALWAYS = {"json_invalid", "string_unicode", "missing"}
"""What the framework finds by itself."""


def kinds(schema: Any, within: str = "") -> Iterator[dict[str, Any]]:
    """Each schema within a schema, but what a validator of ours has read before pydantic sees it."""
    if isinstance(schema, dict):
        kind = schema.get("type")
        if isinstance(kind, str) and kind != "no-info":
            yield schema
        for name, held in schema.items():
            if name not in {"metadata", "serialization", "function"} and not (
                kind == "function-before" and name == "schema" and held["type"] in {"date", "datetime"}
            ):
                yield from kinds(held, str(kind))
    elif isinstance(schema, list | tuple):
        for held in schema:
            yield from kinds(held, within)


def parameters() -> Iterator[Any]:
    """The schema of every parameter in a path, a query or a header."""
    for each in pkgutil.iter_modules(api.routes.__path__):
        router = getattr(importlib.import_module(f"api.routes.{each.name}"), "router", None)
        for route in router.routes if router else ():
            if isinstance(route, APIRoute):
                flat = route.dependant
                for field in (*flat.path_params, *flat.query_params, *flat.header_params):
                    info = field.field_info
                    declared: Any = Annotated[info.annotation, info]
                    yield TypeAdapter(declared).core_schema


def raised_by(schema: dict[str, Any]) -> set[str]:
    """The types of error that one schema can find, its own constraints included."""
    kind = schema["type"]
    assert kind in RAISES, f"a schema of the kind {kind}: say here which errors it can find"
    return RAISES[kind] | {error for (of, member), error in CONSTRAINTS.items() if of == kind and member in schema}


def test_every_error_that_a_request_can_meet_has_a_sentence() -> None:
    """Read off the schemas of all bodies and parameters."""
    schemas = [model.__pydantic_core_schema__ for model in MODELS] + list(parameters())
    needed = ALWAYS.union(*(raised_by(each) for schema in schemas for each in kinds(schema)))
    assert len(needed) > 15
    assert needed - SENTENCES.keys() == set()


def test_what_our_own_validators_say_is_said_in_both_languages() -> None:
    """They raise ValueError with a plain sentence; each of those has a row, and no row is left over."""
    raised = set()
    for module in modules("api/bodies"):
        for node in module.nodes:
            assert not isinstance(node, ast.Assert), f"{module.path}:{node.lineno}: asserts"
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ValueError":
                (sentence,) = node.args
                assert isinstance(sentence, ast.Constant), f"{module.path}:{node.lineno}: a sentence without row"
                raised.add(sentence.value)
    assert raised == OF_VALIDATORS.keys()


CANARY = "Rahasia 1571000000009999"
JUNK: list[Any] = [
    *(None, True, -1, 0, 1.5, 2**63, 10**30, float("inf"), float("nan")),
    *("", CANARY, CANARY * 20_000, f"{CANARY}\n", "2024-02-30", "9999-99-99", "2024-02-30T00:00:00Z", "0" * 16),
    *([], [CANARY], [1, 1], [CANARY] * 600, {}, {CANARY: CANARY}),
]


def spoilt(value: Any, junk: Any) -> Iterator[Any]:
    """Every copy of a body with junk for one value, or in an unknown member, or with a member left out."""
    yield junk
    if isinstance(value, dict):
        yield {**value, "stranger": junk}
        for name, held in value.items():
            yield {other: kept for other, kept in value.items() if other != name}
            yield from ({**value, name: changed} for changed in spoilt(held, junk))
    elif isinstance(value, list):
        for index, held in enumerate(value):
            yield from ([*value[:index], changed, *value[index + 1 :]] for changed in spoilt(held, junk))


@pytest.mark.parametrize("model", [each for each in MODELS if examples(each)], ids=lambda model: model.__name__)
def test_attack_junk_in_any_member_is_told_without_repeating_it(model: type[Body]) -> None:
    """In both languages, in other words than the fallback's."""
    (example,) = examples(model)
    wrong = 0
    for junk in JUNK:
        for body in spoilt(example, junk):
            try:
                model.model_validate(body)
            except ValidationError as error:
                for each in error.errors():
                    said = because(dict(each))
                    assert said != OTHERWISE
                    assert said.en != said.id, each["type"]
                    assert CANARY not in said.en + said.id
                    wrong += 1
    assert wrong > len(JUNK)


def test_of_a_thousand_errors_the_first_are_told() -> None:
    """An answer does not grow with what was sent."""
    errors = [{"type": "missing", "loc": ("body", "allegations", index), "msg": ""} for index in range(1_000)]
    told = misread(errors)
    assert [each["member"] for each in told] == [f"allegations.{index}" for index in range(MOST_TOLD)]
    assert MOST_TOLD == 20


def test_a_type_of_error_that_nobody_foresaw_is_told_all_the_same() -> None:
    """After an upgrade of pydantic, before somebody gives it a sentence."""
    assert because({"type": "of_tomorrow", "loc": ("body", "act"), "ctx": {"secret": CANARY}}) == OTHERWISE
