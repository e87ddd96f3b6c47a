"""One concept, one file; and the tests keep to the house's own rules."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.rules.sources import HOUSE, ROOT, Module, Rule, all_of, breaks, importing, keep, named

LINES = 450


def silent(module: Module) -> Iterator[tuple[int, str]]:
    """A file that does not say what it is."""
    if module.tree.body and ast.get_docstring(module.tree) is None:
        yield 1, "the file says nothing of itself"


def nameless(module: Module) -> Iterator[tuple[int, str]]:
    """A class whose name says that it does something, and not what."""
    for node in module.nodes:
        if isinstance(node, ast.ClassDef) and node.name.endswith(
            ("Manager", "Helper", "Util", "Utils", "Service", "Base")
        ):
            yield node.lineno, f"{node.name} has a name that names nothing"


MOCKS = all_of(importing("unittest.mock", "mock", "pytest_mock"), named("MagicMock", "mocker"))


@pytest.mark.parametrize("folder", HOUSE)
def test_no_file_needs_scrolling_for_its_idea(folder: str) -> None:
    """A file of more lines holds two ideas: the second one gets a file of its own."""
    long = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in (ROOT / folder).rglob("*.py")
    }
    assert long
    assert {path: lines for path, lines in long.items() if lines > LINES} == {}


def test_every_file_says_what_it_is() -> None:
    """The first line is what a reader who looks for something reads."""
    keep(silent, *HOUSE, "tests")


def test_no_class_is_named_after_nothing() -> None:
    """A manager, helper, util or service becomes the place for everything that has none."""
    keep(nameless, *HOUSE)


def test_the_tests_do_not_mock_our_own_code() -> None:
    """A mock agrees with whoever wrote the test; the house is fast enough to be used itself."""
    keep(MOCKS, "tests", *HOUSE)


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (silent, "import re"),
        (nameless, "class CaseManager:\n    pass"),
        (MOCKS, "from unittest.mock import patch"),
        (MOCKS, "from unittest import mock"),
        (MOCKS, "def test(mocker):\n    mocker.patch('api.auth.read')"),
    ],
)
def test_a_file_that_breaks_a_habit_is_seen(rule: Rule, source: str) -> None:
    """Each rule finds it."""
    assert breaks(rule, "ledger/manager.py", source)
