"""Our own source as data: modules with their trees, what they import and call, and offences that name file and line.

A rule is a function from a module to its offences. Each is applied to the house, where it must find nothing, and to a
line that breaks it, where it must find that line.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import api

ROOT = Path(api.__file__).parents[1]
HOUSE = ("ledger", "projections", "api")


@dataclass(frozen=True)
class Module:
    """One source file: its path from the repository's root, its syntax tree, and every node of that."""

    path: str
    tree: ast.Module
    nodes: tuple[ast.AST, ...]

    @property
    def package(self) -> str:
        """The package that a relative import of this module begins from."""
        return ".".join(Path(self.path).parent.parts)


Rule = Callable[[Module], Iterable[tuple[int, str]]]
"""What is wrong in a module: line and words."""


def parsed(path: str, source: str) -> Module:
    """A module from its text."""
    tree = ast.parse(source, path)
    return Module(path, tree, tuple(ast.walk(tree)))


def modules(*below: str) -> list[Module]:
    """The modules of folders, or single ones, by their paths from the repository's root."""
    files = [
        file
        for name in below
        for file in (sorted((ROOT / name).rglob("*.py")) if (ROOT / name).is_dir() else [ROOT / name])
    ]
    return [_read(file) for file in files]


@cache
def _read(file: Path) -> Module:
    return parsed(file.relative_to(ROOT).as_posix(), file.read_text("utf-8"))


def offences(rule: Rule, found: Iterable[Module]) -> list[str]:
    """Each offence as `file:line: what`."""
    return [f"{module.path}:{line}: {what}" for module in found for line, what in rule(module)]


def keep(rule: Rule, *below: str, but: Iterable[str] = ()) -> None:
    """Assert that modules keep a rule, except those below `but`; an assertion error lists every offending line."""
    excepted = tuple(but)
    looked_at = [module for module in modules(*below) if not is_below(module.path, *excepted)]
    assert looked_at, f"nothing to look at below {below}"
    broken = offences(rule, looked_at)
    assert not broken, "\n" + "\n".join(broken)
    for name in excepted:
        assert offences(rule, modules(name)), f"{name} needs no exception from this rule any more"


def breaks(rule: Rule, path: str, source: str) -> bool:
    """Whether a rule finds something in a module that was made to break it."""
    return bool(offences(rule, [parsed(path, source)]))


def is_below(path: str, *tops: str) -> bool:
    """Whether a path is one of some files, or lies in one of some folders."""
    return any(path == top or path.startswith(f"{top}/") for top in tops)


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Each import as a line and a dotted name, wherever in the module it stands."""
    for node in module.nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = module.package.split(".")[: len(module.package.split(".")) - node.level + 1] if node.level else []
            origin = ".".join([*parts, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)


def is_within(name: str, *packages: str) -> bool:
    """Whether a dotted name is one of some packages, or something in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def importing(*packages: str) -> Rule:
    """The rule that nothing of some packages is imported."""

    def rule(module: Module) -> Iterator[tuple[int, str]]:
        for line, name in imports(module):
            if is_within(name, *packages):
                yield line, f"imports {name}"

    return rule


def importing_other_than(*packages: str, of: tuple[str, ...] = HOUSE) -> Rule:
    """The rule that of our own packages only some are imported."""

    def rule(module: Module) -> Iterator[tuple[int, str]]:
        for line, name in imports(module):
            if is_within(name, *of) and not is_within(name, *packages):
                yield line, f"imports {name}"

    return rule


def named(*names: str) -> Rule:
    """The rule that some names stand nowhere: not as a variable, an attribute, a keyword or an import."""

    def rule(module: Module) -> Iterator[tuple[int, str]]:
        for node in module.nodes:
            match node:
                case ast.Name(id=found) | ast.Attribute(attr=found) | ast.keyword(arg=found) | ast.alias(name=found):
                    if found in names:
                        yield node.lineno, f"names {found}"
                case _:
                    pass

    return rule


def calling(*names: str) -> Rule:
    """The rule that some functions or methods are not called, whoever they belong to."""

    def rule(module: Module) -> Iterator[tuple[int, str]]:
        for node in module.nodes:
            match node:
                case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called)) if called in names:
                    yield node.lineno, f"calls {called}"
                case _:
                    pass

    return rule


def all_of(*rules: Rule) -> Rule:
    """Several rules as one."""
    return lambda module: [offence for rule in rules for offence in rule(module)]
