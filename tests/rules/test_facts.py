"""What every fact and every command must say of itself, so that none is recorded half-declared for ever."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from types import ModuleType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from ledger.codec import FACTS, MAX_TOPIC, TOPIC
from ledger.command import Command
from ledger.complaint import commands as complaint_commands
from ledger.complaint import facts as complaint_facts
from ledger.complaint.codes import Stage
from ledger.election import commands as election_commands
from ledger.election import facts as election_facts
from ledger.handover import commands as handover_commands
from ledger.handover import facts as handover_facts
from ledger.itself import commands as ledger_commands
from ledger.itself import facts as ledger_facts
from ledger.office import commands as office_commands
from ledger.office import facts as office_facts
from ledger.official import commands as official_commands
from ledger.official import facts as official_facts
from ledger.parties import Party
from ledger.registrar import CONCEPTS
from ledger.rulebook import commands as rulebook_commands
from ledger.rulebook import facts as rulebook_facts
from ledger.values import Act, By, Handle, SealedRef, Somebody, Subject
from tests.rules.sources import ROOT

OF_FACTS: dict[ModuleType, tuple[Any, tuple[type, ...]]] = {
    complaint_facts: (complaint_facts.ComplaintFact, complaint_facts.COMPLAINT_FACTS),
    election_facts: (election_facts.ElectionFact, election_facts.ELECTION_FACTS),
    handover_facts: (handover_facts.HandoverFact, handover_facts.HANDOVER_FACTS),
    ledger_facts: (ledger_facts.LedgerFact, ledger_facts.LEDGER_FACTS),
    office_facts: (office_facts.OfficeFact, office_facts.OFFICE_FACTS),
    official_facts: (official_facts.OfficialFact, official_facts.OFFICIAL_FACTS),
    rulebook_facts: (rulebook_facts.RulebookFact, rulebook_facts.RULEBOOK_FACTS),
}
OF_COMMANDS: dict[ModuleType, Any] = {
    complaint_commands: complaint_commands.AnyComplaintCommand,
    election_commands: election_commands.ElectionCommand,
    handover_commands: handover_commands.HandoverCommand,
    ledger_commands: ledger_commands.LedgerCommand,
    office_commands: office_commands.OfficeCommand,
    official_commands: official_commands.OfficialCommand,
    rulebook_commands: rulebook_commands.RulebookCommand,
}


OF_A_COMPLAINT = ("complaint.", "asn.", "dkpp.", "adhoc.", "admin.", "crime.")
"""How the topics of a complaint's stream begin: its own course, and the tracks."""


def place(cls: type) -> str:
    """Where a class stands, as an editor takes it."""
    file, line = inspect.getsourcefile(cls), inspect.getsourcelines(cls)[1]
    return f"{file}:{line}: {cls.__name__}".removeprefix(f"{ROOT}/")


def of_union(union: Any) -> set[type]:
    """The classes of a union, or the one class that stands for it."""
    return set(get_args(union)) if isinstance(union, UnionType) else {union}


def declared(module: ModuleType) -> Iterator[type]:
    """The dataclasses that a module itself declares, or a module of its folder."""
    for each in (module, *parts_in(module)):
        for name, value in vars(each).items():
            if (
                isinstance(value, type)
                and is_dataclass(value)
                and (value.__module__, value.__name__) == (each.__name__, name)
            ):
                yield value


def parts_in(module: ModuleType) -> Iterator[ModuleType]:
    """The modules of a package's folder; a single module has none."""
    for found in pkgutil.iter_modules(getattr(module, "__path__", ())):
        yield importlib.import_module(f"{module.__name__}.{found.name}")


def concept_of(cls: type, name: str) -> ModuleType:
    """The module or package, called `name`, of the concept that a class belongs to."""
    return importlib.import_module(".".join([*cls.__module__.split(".")[:2], name]))


EVERY_FACT: list[type[Any]] = [cls for module in OF_FACTS for cls in declared(module) if hasattr(cls, "TOPIC")]
EVERY_COMMAND: list[type[Any]] = [
    cls for module in OF_COMMANDS for cls in declared(module) if issubclass(cls, Command) and "FACT" in vars(cls)
] + [*complaint_commands.STEP_COMMANDS.values()]
"""Those that stand in a module, and those that are made from the tracks' steps."""


def wrong_with_fact(fact: type[Any], union: Any, listed: tuple[type, ...]) -> str | None:
    """What a fact's declaration lacks, if anything."""
    said = vars(fact)
    wanted = {"TOPIC": str, "OPEN": bool, "BY": frozenset}
    if fact.TOPIC is not None and fact.TOPIC.startswith(OF_A_COMPLAINT):
        wanted["FROM"] = frozenset
    for name, kind in wanted.items():
        if type(said.get(name)) is not kind:
            return f"says no {name}"
    params = said["__dataclass_params__"]
    problems = {
        "stands not in the union of its concept": fact not in of_union(union),
        "stands not in the tuple of its concept": fact not in listed,
        "has a topic outside the grammar": len(fact.TOPIC) > MAX_TOPIC or not TOPIC.fullmatch(fact.TOPIC),
        "is recorded by nobody": not fact.BY or not all(type(party) is Party for party in fact.BY),
        "follows from nothing": "FROM" in wanted
        and not (fact.FROM and all(type(stage) is Stage for stage in fact.FROM)),
        "is not frozen": not params.frozen,
        "has no slots": "__slots__" not in said,
        "compares by identity": not params.eq,
    }
    return next((problem for problem, holds in problems.items() if holds), None)


def wrong_with_command(command: type[Any], union: Any) -> str | None:
    """What a command's declaration lacks, if anything."""
    params = vars(command)["__dataclass_params__"]
    problems = {
        "stands not in the union of its concept": not issubclass(command, tuple(of_union(union))),
        "names a fact that nobody records": getattr(command.FACT, "TOPIC", None) not in FACTS,
        "writes to a kind of stream that takes no commands": command.KIND not in CONCEPTS,
        "says itself who may ask": "BY" in vars(command) or "ROLES" in vars(command),
        "may be asked at a stage that its fact does not follow from": not (
            getattr(command, "FROM", None) or frozenset()
        )
        <= getattr(command.FACT, "FROM", frozenset()),
        "is not frozen": not params.frozen,
        "has no slots": "__slots__" not in vars(command),
        "takes members by position": any(not each.kw_only for each in fields(command)),
    }
    return next((problem for problem, holds in problems.items() if holds), None)


def test_every_module_of_facts_and_commands_is_looked_at() -> None:
    """A new concept makes these lists longer."""
    for name, known in (("facts", OF_FACTS), ("commands", OF_COMMANDS)):
        modules = [each.parent for each in ROOT.glob(f"ledger/*/{name}.py")]
        packages = [each.parents[1] for each in ROOT.glob(f"ledger/*/{name}/__init__.py")]
        found = {importlib.import_module(f"ledger.{each.name}.{name}") for each in (*modules, *packages)}
        assert found == set(known)


@pytest.mark.parametrize("fact", EVERY_FACT, ids=lambda fact: fact.__name__)
def test_a_fact_says_its_topic_its_mark_and_who_records_it(fact: type[Any]) -> None:
    """Permissions, documents and schemas read this table; what is missing in it now is missing for ever."""
    union, listed = OF_FACTS[concept_of(fact, "facts")]
    problem = wrong_with_fact(fact, union, listed)
    assert problem is None, f"{place(fact)} {problem}"


def test_no_topic_is_used_twice() -> None:
    """A topic is a name for ever: two facts under one could not be told apart."""
    assert len({fact.TOPIC for fact in EVERY_FACT}) == len(EVERY_FACT)
    assert {fact.TOPIC: fact for fact in EVERY_FACT} == dict(FACTS)


def test_a_topic_belongs_to_its_concept() -> None:
    """`complaint.filed.v1` stands in a complaint's stream: the registrar finds the concept by the stream's kind."""
    for fact in EVERY_FACT:
        folder = fact.__module__.split(".")[1]
        several = {"itself": ("ledger.",), "rulebook": ("rulebook.", "calendar."), "complaint": OF_A_COMPLAINT}
        kinds = several.get(folder, (f"{folder}.",))
        assert fact.TOPIC.startswith(kinds), place(fact)


def parts_of(declared_type: Any) -> Iterator[type[Any]]:
    """A dataclass, and every dataclass that its members are made of."""
    if get_origin(declared_type) is not None or isinstance(declared_type, UnionType):
        for argument in get_args(declared_type):
            yield from parts_of(argument)
    elif isinstance(declared_type, type) and is_dataclass(declared_type):
        yield declared_type
        for hint in get_type_hints(declared_type).values():
            yield from parts_of(hint)


EVERY_PART = sorted(
    {part for fact in (*EVERY_FACT, Act, By) for part in parts_of(fact)}, key=lambda part: part.__name__
)


@pytest.mark.parametrize("part", EVERY_PART, ids=lambda part: part.__name__)
def test_a_part_of_an_entry_is_a_frozen_slotted_value(part: type[Any]) -> None:
    """A fact that could be changed after it was decided would not be the one that was encoded."""
    assert vars(part)["__dataclass_params__"].frozen, place(part)
    assert "__slots__" in vars(part), place(part)


@pytest.mark.parametrize("part", EVERY_PART, ids=lambda part: part.__name__)
def test_whom_a_sealed_member_is_about_stands_beside_it(part: type[Any]) -> None:
    """A value that is encrypted under nobody's key could not be erased with the person.

    Where the fact does not repeat whom it is about, every command that records it says so.
    """
    hints = get_type_hints(part)
    for each in fields(part):
        about = each.metadata.get("about")
        if about is not None:
            assert hints[each.name] in (SealedRef, SealedRef | None), f"{place(part)}.{each.name} is not sealed"
            told = [get_type_hints(command).get(about) for command in EVERY_COMMAND if command.FACT is part]
            whom = [hints[about]] if about in hints else told
            assert whom, f"{place(part)}.{each.name} is about {about}"
            assert all(each in (Handle, Somebody, Subject) for each in whom), f"{place(part)}.{each.name}: {whom}"


@pytest.mark.parametrize("part", EVERY_PART, ids=lambda part: part.__name__)
def test_a_member_that_may_be_absent_is_none_or_empty(part: type[Any]) -> None:
    """Absent is omitted: a default that says something would be read into old entries by every later release."""
    for each in fields(part):
        if each.default is not MISSING:
            assert each.default in (None, (), frozenset()), f"{place(part)}.{each.name} = {each.default!r}"
        assert each.default_factory is MISSING, f"{place(part)}.{each.name}"


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=lambda command: command.__name__)
def test_a_command_says_its_fact_and_its_stream_and_leaves_to_the_fact_who_may_ask(command: type[Any]) -> None:
    """Who may record, and from which stages, stands once; a command may only narrow the stages."""
    problem = wrong_with_command(command, OF_COMMANDS[concept_of(command, "commands")])
    assert problem is None, f"{place(command)} {problem}"


def test_every_fact_of_a_concept_is_recorded_by_some_command() -> None:
    """But for those that follow from another one's command, the genesis, and a key's rotation, which none asks yet."""
    asked = {command.FACT for command in EVERY_COMMAND}
    follow = {complaint_facts.CompletionRequested, complaint_facts.AllegationDecided}
    assert set(EVERY_FACT) - asked == follow | {ledger_facts.LedgerOpened, ledger_facts.KeyRotated}


def remade(cls: type[Any], **changes: Any) -> type[Any]:
    """A declaration with something of it changed."""
    said = {name: value for name, value in vars(cls).items() if name not in {"__dict__", "__weakref__"}}
    said.update(changes)
    return type(
        cls.__name__, (), {name: value for name, value in said.items() if name not in said.get("__slots__", ())}
    )


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({}, "union"),
        ({"OPEN": None}, "OPEN"),
        ({"TOPIC": None}, "TOPIC"),
        ({"BY": {Party.REGISTRY}}, "BY"),
    ],
    ids=str,
)
def test_a_fact_that_lacks_something_is_seen(changes: dict[str, Any], problem: str) -> None:
    """Also one that was written and entered nowhere."""
    fact = remade(office_facts.OfficeEnded, **changes)
    union, listed = OF_FACTS[office_facts]
    assert problem in (wrong_with_fact(fact, union, listed) or "")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"TOPIC": "office.ended"}, "grammar"),
        ({"TOPIC": "office.ended.v" + "1" * 90}, "grammar"),
        ({"BY": frozenset()}, "nobody"),
        ({"BY": frozenset({"registry"})}, "nobody"),
        ({"TOPIC": "complaint.ended.v1"}, "FROM"),
        ({"TOPIC": "complaint.ended.v1", "FROM": frozenset()}, "nothing"),
        ({"TOPIC": "complaint.ended.v1", "FROM": frozenset({"decided"})}, "nothing"),
    ],
    ids=str,
)
def test_a_fact_that_says_something_wrong_is_seen(changes: dict[str, Any], problem: str) -> None:
    """Entered in its concept's lists, and wrong all the same."""
    fact = remade(office_facts.OfficeEnded, **changes)
    assert problem in (wrong_with_fact(fact, fact, (fact,)) or "")


def test_a_fact_that_its_concept_does_not_list_is_seen() -> None:
    """Entered in the union, and nowhere else."""
    assert "tuple" in (wrong_with_fact(office_facts.OfficeEnded, office_facts.OfficeFact, ()) or "")
