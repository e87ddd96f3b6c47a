"""Decisions are pure: clock, random, environment and I/O are arguments; and every fact is accounted for."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from ledger.concepts import EVOLVE
from tests.rules.sources import ROOT, Module, Rule, breaks, calling, imports, is_within, keep, modules

CONCEPTS = tuple(
    sorted(
        f"ledger/{each.name}"
        for each in (ROOT / "ledger").iterdir()
        if (each / "facts.py").exists() or (each / "facts").is_dir()
    )
)
WORDS = (
    "ledger/command.py",
    "ledger/erasure.py",
    "ledger/errors.py",
    "ledger/grounds.py",
    "ledger/parties.py",
    "ledger/refusals",
    "ledger/scopes.py",
    "ledger/speech.py",
    "ledger/values.py",
)
LANGUAGE = ("__future__", "collections.abc", "dataclasses", "enum", "re", "typing")
COPYING = "ledger.changing"
"""`dataclasses.replace`, quicker: what it keeps between calls is a class's own fields."""
DATES = ("datetime.date", "datetime.datetime", "datetime.timedelta", "datetime.timezone")


def impure_imports(module: Module) -> Iterator[tuple[int, str]]:
    """Anything but the language, dates as values, and the other pure modules."""
    ours = [each.removesuffix(".py").replace("/", ".") for each in (*CONCEPTS, *WORDS)]
    for line, name in imports(module):
        if not is_within(name, *LANGUAGE, *DATES, COPYING, *ours):
            yield line, f"imports {name}"


CLOCKS = calling("now", "today", "utcnow", "fromtimestamp", "time_ns", "perf_counter")
OUTSIDE = calling("open", "input", "print", "hash", "id", "globals", "vars", "setattr", "__setattr__")


def remembering(module: Module) -> Iterator[tuple[int, str]]:
    """A function that changes what the next call will see."""
    for node in module.nodes:
        if isinstance(node, ast.Global | ast.Nonlocal):
            yield node.lineno, f"keeps {', '.join(node.names)} between calls"


def refusing(module: Module) -> Iterator[tuple[int, str]]:
    """A state that judges a fact."""
    for line, name in imports(module):
        if is_within(name, "ledger.errors", "ledger.refusals"):
            yield line, f"imports {name}"


def functions(module: Module) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in module.tree.body if isinstance(node, ast.FunctionDef)}


def matches_on(function: ast.FunctionDef, subject: str) -> Iterator[ast.Match]:
    for node in ast.walk(function):
        if isinstance(node, ast.Match) and isinstance(node.subject, ast.Name) and node.subject.id == subject:
            yield node


def is_the_rest(case: ast.match_case) -> bool:
    """`case _:`, with or without a name."""
    return isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None and case.guard is None


def ends_in_assert_never(function: str, subject: str, *, required: bool = True) -> Rule:
    """The rule that a function's matches on a subject name every case, or hand the rest on to a function that does."""

    def rule(module: Module) -> Iterator[tuple[int, str]]:
        known = functions(module)
        todo, done = [function], set()
        found = False
        while todo:
            here = known[todo.pop()]
            done.add(here.name)
            for match in matches_on(here, subject):
                found = True
                if not is_the_rest(match.cases[-1]):
                    yield match.lineno, f"{here.name} has no last case for the rest of {subject}"
                    continue
                calls = [node for each in match.cases[-1].body for node in ast.walk(each) if isinstance(node, ast.Call)]
                given = {
                    call.func.id
                    for call in calls
                    if isinstance(call.func, ast.Name)
                    and any(isinstance(argument, ast.Name) and argument.id == subject for argument in call.args)
                }
                handed_on = given & known.keys()
                todo += sorted(handed_on - done)
                if "assert_never" not in given and not handed_on:
                    yield match.cases[-1].pattern.lineno, f"{here.name} lets the rest of {subject} pass in silence"
        if required and not found:
            yield known[function].lineno, f"{function} does not match on {subject}"

    return rule


def handing_out(module: Module) -> Iterator[tuple[int, str]]:
    """A decide, or the part of it that hands on, that does not end with the rest of the commands named."""
    known = functions(module)
    function = known.get("_decided", known["decide"])
    match function.body[-1]:
        case ast.Expr(value=ast.Call(func=ast.Name(id="assert_never"), args=[ast.Name(id="command")])):
            pass
        case last:
            yield last.lineno, "_decided lets the rest of command pass in silence"


def narrowing(module: Module) -> Iterator[tuple[int, str]]:
    """A match of scopes whose rest is anything but the whole."""
    for node in module.nodes:
        if isinstance(node, ast.Match):
            last = node.cases[-1]
            if not is_the_rest(last) or [ast.unparse(each) for each in last.body] != ["return WHOLE"]:
                yield last.pattern.lineno, "the rest is not the whole"


EVOLVES = ends_in_assert_never("evolve", "fact")
DECIDES = ends_in_assert_never("decide", "command")


HANDS_ON = """\
def evolve(c, fact, act):
 match fact:
  case _:
   return rest(c, fact)
def rest(c, fact):
 match fact:
  case Filed():
   return 1
"""


def test_there_are_concepts_to_look_at() -> None:
    """So that the rules below cannot pass over nothing; and the registrar knows the same ones."""
    assert {each.removeprefix("ledger/") for each in CONCEPTS} == {"itself", *EVOLVE} - {"ledger"}


def test_a_decision_imports_words_dates_and_other_decisions() -> None:
    """An allow-list: whatever else there is to import, a decision that could reach it would not be a function."""
    keep(impure_imports, *CONCEPTS, *WORDS)


def test_a_decision_asks_no_clock() -> None:
    """`at` is an argument: the same command, state and instant give the same facts, also in a court in ten years."""
    keep(CLOCKS, *CONCEPTS, *WORDS)


def test_a_decision_reads_and_writes_nothing_outside() -> None:
    """And does not depend on an address or a hash, which differ from process to process."""
    keep(OUTSIDE, *CONCEPTS, *WORDS)


def test_a_decision_remembers_nothing() -> None:
    """Two replays in one process must not differ from two in two."""
    keep(remembering, *CONCEPTS, *WORDS)


def test_a_state_refuses_no_fact() -> None:
    """A fact was judged once, when it was asked for; a state that judged it again would stop a replay."""
    keep(refusing, *(f"{concept}/state.py" for concept in CONCEPTS), *COMPLAINT_STATE)


COMPLAINT_STATE = ("ledger/complaint/file.py", "ledger/complaint/allegations.py")
EVOLVING = {
    "ledger/itself": ("state.py", "evolve"),
    "ledger/office": ("state.py", "evolve"),
    "ledger/official": ("state.py", "evolve"),
    "ledger/rulebook": ("state.py", "evolve"),
    "ledger/election": ("state.py", "evolve"),
    "ledger/handover": ("state.py", "evolve"),
    "ledger/complaint": ("file.py", "_grown"),
}
"""Where each concept names its facts; the complaint's stage follows from few of them, its file from every one."""
DECIDING = (
    ("ledger/itself/decisions.py", "decide"),
    ("ledger/office/decisions.py", "decide"),
    ("ledger/official/decisions.py", "decide"),
    ("ledger/rulebook/decisions.py", "decide"),
    ("ledger/election/decisions.py", "decide"),
    ("ledger/handover/decisions.py", "decide"),
    ("ledger/complaint/bylaw.py", "decide_by_law"),
    ("ledger/complaint/intake.py", "decide_intake"),
    ("ledger/complaint/examination.py", "decide_examination"),
    ("ledger/complaint/tracks.py", "decide_track"),
    ("ledger/complaint/keeping.py", "decide_keeping"),
    ("ledger/complaint/bylaw.py", "decide_by_law"),
)


@pytest.mark.parametrize("concept", EVOLVING)
def test_evolve_names_every_fact(concept: str) -> None:
    """A fact that evolve let pass in silence would be recorded for ever and change nothing; mypy sees one forgotten."""
    file, function = EVOLVING[concept]
    keep(ends_in_assert_never(function, "fact"), f"{concept}/{file}")


@pytest.mark.parametrize(("path", "function"), DECIDING)
def test_decide_names_every_command(path: str, function: str) -> None:
    """A command that decide let pass in silence would be answered with nothing."""
    keep(ends_in_assert_never(function, "command"), path)


def test_the_complaint_hands_every_command_to_one_of_its_parts() -> None:
    """Each part names its own commands; the rest of them all is nothing."""
    keep(handing_out, "ledger/complaint/decisions.py")


def test_a_fact_or_command_without_a_scope_of_its_own_is_about_the_whole() -> None:
    """One that was forgotten disturbs everybody, who then read again; it never disturbs nobody."""
    keep(narrowing, "ledger/complaint/scope.py")
    assert len([node for node in modules("ledger/complaint/scope.py")[0].nodes if isinstance(node, ast.Match)]) == 2


def test_every_concept_is_listed() -> None:
    """A new one makes these lists, and with them the tests above, longer."""
    assert EVOLVING.keys() == set(CONCEPTS)


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (impure_imports, "import time"),
        (impure_imports, "from datetime import UTC, datetime, tzinfo"),
        (impure_imports, "from uuid import uuid4"),
        (impure_imports, "from ledger.clock import real_clock"),
        (impure_imports, "from ledger.store.store import Store"),
        (impure_imports, "def decide():\n    import random"),
        (CLOCKS, "at = datetime.now(zone)"),
        (CLOCKS, "day = date.today()"),
        (OUTSIDE, "law = open('law.txt').read()"),
        (remembering, "def decide():\n    global seen\n    seen = 1"),
        (refusing, "from ledger.errors import Refused"),
        (refusing, "from ledger.refusals import refused"),
        (EVOLVES, "def evolve(c, fact, act):\n match fact:\n  case Filed():\n   return 1\n  case _:\n   return c"),
        (EVOLVES, f"{HANDS_ON}  case _:\n   return c"),
        (EVOLVES, "def evolve(c, fact, act):\n return c"),
        (EVOLVES, "def evolve(c, fact, act):\n match fact:\n  case Filed():\n   return 1"),
        (DECIDES, "def decide(command, c):\n match command:\n  case _:\n   return ()"),
        (
            handing_out,
            (
                "def decide(command, c):\n return _decided(command, c)\n"
                "def _decided(command, c):\n if c:\n  assert_never(command)\n return ()"
            ),
        ),
        (narrowing, "def scope(command):\n match command:\n  case Plenary():\n   return WHOLE"),
        (narrowing, "def touches(fact):\n match fact:\n  case _:\n   return NOTHING"),
    ],
)
def test_what_is_not_pure_is_seen(rule: Rule, source: str) -> None:
    """Each rule finds the line that breaks it."""
    assert breaks(rule, "ledger/complaint/decisions.py", source)


def test_a_rest_that_is_handed_on_and_named_there_is_accepted() -> None:
    """As the complaint's evolve does, which is two functions long."""
    assert not breaks(EVOLVES, "ledger/complaint/state.py", f"{HANDS_ON}  case _:\n   assert_never(fact)")
