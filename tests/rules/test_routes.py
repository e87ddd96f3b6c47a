"""Routes declare; they do not think."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.rules.sources import Module, Rule, all_of, breaks, importing, keep, named

THINKING = (
    ast.If,
    ast.IfExp,
    ast.BoolOp,
    ast.Try,
    ast.TryStar,
    ast.For,
    ast.While,
    ast.Match,
    ast.With,
    ast.Raise,
    ast.Assert,
    ast.Lambda,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.BinOp,
    ast.Compare,
    ast.Await,
)
VERBS = {"get", "post", "put", "patch", "delete", "head", "options", "api_route"}


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module of routes, with what it is declared by."""
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def is_route(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr in VERBS
        for each in function.decorator_list
    )


def thinking(module: Module) -> Iterator[tuple[int, str]]:
    """A branch, a loop, a try, an operator in the body of a function."""
    for function in functions(module):
        for statement in function.body:
            for node in ast.walk(statement):
                if isinstance(node, THINKING):
                    yield getattr(node, "lineno", function.lineno), f"{function.name} thinks: {type(node).__name__}"


def undescribed(module: Module) -> Iterator[tuple[int, str]]:
    """A route without the sentence that becomes its description, or that returns from more than one place."""
    for function in functions(module):
        if is_route(function):
            if ast.get_docstring(function) is None:
                yield function.lineno, f"{function.name} says nothing of itself"
            if not isinstance(function.body[-1], ast.Return) or len(function.body) > 4:
                yield function.lineno, f"{function.name} does more than one call and its presentation"


def waiting(module: Module) -> Iterator[tuple[int, str]]:
    """An async route: it would run a database call on the loop that serves everybody."""
    for function in functions(module):
        if is_route(function) and isinstance(function, ast.AsyncFunctionDef):
            yield function.lineno, f"{function.name} is async"


SQL = all_of(importing("sqlalchemy", "sqlite3", "ledger.store"), named("execute", "select", "text"))


def test_a_route_does_not_think() -> None:
    """No `if`, no `try`, no loop: what a route decided would be decided for HTTP alone, and tested over HTTP alone."""
    keep(thinking, "api/routes")


def test_a_route_says_what_it_is_for_and_makes_one_call() -> None:
    """Its docstring is its description in the document; its body fits under it at a glance."""
    keep(undescribed, "api/routes")


def test_a_route_knows_no_database() -> None:
    """Questions are put to a reader or a prover, commands to the registrar."""
    keep(SQL, "api/routes")


def test_a_route_does_not_block_the_loop() -> None:
    """The store is synchronous on purpose: plain functions run on threads."""
    keep(waiting, "api/routes")


def test_the_rules_see_the_routes() -> None:
    """So that none of them can pass over nothing."""
    assert breaks(lambda module: [(f.lineno, f.name) for f in functions(module) if is_route(f)], "x", ROUTE.format("1"))


ROUTE = '@router.get("/cases")\ndef list_cases(reader):\n    """The cases."""\n    return {}\n'


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (thinking, ROUTE.format("reader.all() if reader else []")),
        (thinking, ROUTE.format("reader.all() or []")),
        (thinking, ROUTE.format("[each for each in reader.all()]")),
        (thinking, ROUTE.format("1\n    try:\n        reader.all()\n    except ValueError:\n        raise")),
        (thinking, "def _told(found):\n    while found:\n        found.pop()"),
        (undescribed, '@router.post("/cases")\ndef make(reader):\n    return reader.make()'),
        (undescribed, ROUTE.format("1\n    reader.close()")),
        (SQL, "from sqlalchemy import select"),
        (SQL, ROUTE.format("reader.connection.execute('SELECT 1')")),
        (waiting, ROUTE.format("1").replace("def ", "async def ")),
    ],
)
def test_a_route_that_thinks_is_seen(rule: Rule, source: str) -> None:
    """In each of the ways in which one could begin to."""
    assert breaks(rule, "api/routes/cases.py", source)
