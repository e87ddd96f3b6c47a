"""Every failure has a name in one tree, by whose fault it is, and a row in the one table of HTTP statuses."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest

import ledger
from api.problems import STATUSES
from ledger import errors
from ledger.errors import NetralError
from ledger.speech import Language
from tests.rules.sources import HOUSE, Module, Rule, all_of, breaks, keep, named

FAULTS: dict[type[NetralError], set[int]] = {
    errors.Refused: {409},
    errors.Invalid: {422},
    errors.Missing: {404},
    errors.Conflict: {412},
    errors.Stale: {412},
    errors.PreconditionMissing: {428},
    errors.Denied: {401, 403},
    errors.Busy: {503},
    errors.Broken: {500},
}
"""The tree's branches and what each is in HTTP (DESIGN, "Errors, by fault")."""


def tree(of: type[NetralError] = NetralError) -> Iterator[type[NetralError]]:
    """Every error below one, with all of the ledger imported."""
    for found in pkgutil.walk_packages(ledger.__path__, "ledger."):
        importlib.import_module(found.name)
    for each in of.__subclasses__():
        yield each
        yield from tree(each)


def place(error: type[NetralError]) -> str:
    return f"{inspect.getsourcefile(error)}:{inspect.getsourcelines(error)[1]}: {error.__name__}"


def raising_the_root(module: Module) -> Iterator[tuple[int, str]]:
    """Raising what says no fault, or what Python's own tree says."""
    for node in module.nodes:
        if isinstance(node, ast.Raise) and node.exc is not None:
            raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            name = raised.attr if isinstance(raised, ast.Attribute) else getattr(raised, "id", "")
            if name in {"NetralError", "Exception", "BaseException", "RuntimeError", "AssertionError"}:
                yield node.lineno, f"raises {name}"


def swallowing(module: Module) -> Iterator[tuple[int, str]]:
    """Catching everything, or anything without a word."""
    for node in module.nodes:
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "everything"
            rethrows = any(isinstance(each, ast.Raise) for each in ast.walk(node))
            if caught in {"everything", "Exception", "BaseException"} and not rethrows:
                yield node.lineno, f"catches {caught} and goes on"
            if all(isinstance(each, ast.Pass) for each in node.body):
                yield node.lineno, f"passes over {caught}"


TOLD = {"Missing": 0, "Denied": 0, "Unauthenticated": 0, "Conflict": 0, "PreconditionMissing": 0, "Busy": 0}
TOLD |= {"Invalid": 1, "KeyReused": 1}
"""What an asker is told, and where its sentence stands among the arguments."""


def saying_it_once(module: Module) -> Iterator[tuple[int, str]]:
    """An error of an asker's with a sentence in one language."""
    for node in module.nodes:
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = TOLD.get(name)
            given = node.args[place] if place is not None and len(node.args) > place else None
            if isinstance(given, ast.JoinedStr) or (isinstance(given, ast.Constant) and isinstance(given.value, str)):
                yield node.lineno, f"says {name} in one language"


STATUS: Rule = all_of(named("status_code", "HTTPStatus"))


def test_every_error_of_the_tree_has_a_row() -> None:
    """An error without one would be answered as its parent: a new fault under an old name."""
    declared = [each for each in tree() if each.__module__ == errors.__name__]
    assert len(declared) >= 14
    assert [place(each) for each in declared if each not in STATUSES] == []


def test_an_error_of_a_part_is_a_kind_of_one_in_the_tree() -> None:
    """What is wrong with a note or a proof is Invalid; no part of the ledger begins a branch of its own."""
    others = [each for each in tree() if each.__module__ != errors.__name__]
    assert [place(each) for each in others if not set(each.__mro__[1:]) & STATUSES.keys()] == []


def test_the_table_has_no_row_that_nothing_raises() -> None:
    """A row for what is not in the tree would promise an answer that nobody gets."""
    assert STATUSES.keys() <= set(tree())


@pytest.mark.parametrize("branch", FAULTS, ids=lambda branch: branch.__name__)
def test_a_branch_is_answered_by_whose_fault_it_is(branch: type[NetralError]) -> None:
    """The asker's faults are 4xx, the ledger's own are 500, in every leaf."""
    statuses = {status for error, (status, _) in STATUSES.items() if issubclass(error, branch)}
    assert statuses == FAULTS[branch]


def test_every_branch_is_one_of_the_design() -> None:
    """A new fault is a decision, not an afterthought."""
    assert set(NetralError.__subclasses__()) == FAULTS.keys()


def test_no_two_rows_read_the_same() -> None:
    """A title tells one fault from another."""
    for language in Language:
        titles = [title.in_language(language) for _, title in STATUSES.values()]
        assert len(set(titles)) == len(titles)


def test_what_an_asker_did_wrong_is_said_in_both_languages() -> None:
    """English is the API's default and Indonesian the law's; what only an operator meets may be English alone."""
    command_line = [
        "api/commands",
        "api/backing.py",
        "api/copying.py",
        "ledger/store/transfer.py",
        "api/fetching.py",
        "api/folders.py",
        "api/recovering.py",
        "api/registry.py",
    ]
    keep(saying_it_once, *HOUSE, but=["ledger/trail", "api/wiring.py", *command_line])


def test_nobody_raises_an_error_without_a_fault() -> None:
    """The root says nothing; Python's general ones say less. Its TypeError and ValueError mark a programmer's slip."""
    keep(raising_the_root, *HOUSE)


def test_nobody_swallows_an_error() -> None:
    """A record that is missing because somebody passed over an error is missed years later.

    The following thread keeps whatever stopped it for the readiness check.
    """
    keep(swallowing, *HOUSE, but=["projections/follow.py"])


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (raising_the_root, "raise NetralError('something')"),
        (raising_the_root, "raise errors.NetralError"),
        (raising_the_root, "raise RuntimeError('unreachable')"),
        (saying_it_once, "raise Missing('nobody is known here')"),
        (saying_it_once, "raise errors.Denied(f'{office} may not')"),
        (saying_it_once, "raise Invalid('act.on', 'a date is expected')"),
        (swallowing, "try:\n    seal()\nexcept Exception:\n    LOG.error('no')"),
        (swallowing, "try:\n    seal()\nexcept:\n    again = True"),
        (swallowing, "try:\n    seal()\nexcept OSError:\n    pass"),
    ],
)
def test_an_error_without_a_name_is_seen(rule: Rule, source: str) -> None:
    """Raised or swallowed."""
    assert breaks(rule, "ledger/registrar.py", source)
