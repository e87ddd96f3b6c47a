"""The law's files, read: `rules/*.toml` one per regulation, `calendars/*.toml` one per year, in a folder of both.

A bad file is refused with its name, the key and the reason; nothing of a folder is taken when one file of it is bad.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Final

from ledger.codec import content_bytes, content_digest
from ledger.errors import Invalid
from ledger.rulebook.coherence import Problem, wrong_together, wrong_with_regulation, wrong_with_year
from ledger.rulebook.days import YearOfDays
from ledger.rulebook.law import Regulation
from ledger.rulebook.state import Rulebook
from ledger.shape import shape_of
from ledger.speech import Said
from ledger.values import Digest

SHIPPED: Final = Path(__file__).parent / "rulebook"
RULES: Final = "rules"
CALENDARS: Final = "calendars"
MAX_CONTENT: Final = 48 * 1024
LINE = re.compile(r"at line (\d+)")
ITEM = re.compile(r"([a-z_]+)\[([0-9]+)\]")


@dataclass(frozen=True, slots=True)
class Law:
    """The regulations and the calendars of a folder, by the order of their files' names."""

    regulations: tuple[Regulation, ...]
    years: tuple[YearOfDays, ...]

    @property
    def digests(self) -> frozenset[Digest]:
        """What the rulebook names when all of it is in force."""
        return frozenset(content_digest(each) for each in (*self.regulations, *self.years))

    def rulebook(self) -> Rulebook:
        """The rulebook as it would be if all of this were adopted."""
        digest = content_digest(self.digests)
        return Rulebook(
            regulations={content_digest(each): each for each in self.regulations},
            calendars={content_digest(each): each for each in self.years},
            lists={digest: self.digests},
            in_force=self.digests,
            digest=digest,
        )


@cache
def shipped_law() -> Law:
    """The law that this release brings with it."""
    return read_law(SHIPPED)


def read_law(folder: Path) -> Law:
    """The law of a folder; Invalid, with file, key and reason, for the first thing that is wrong with it."""
    files = {name: sorted((folder / name).glob("*.toml")) for name in (RULES, CALENDARS)}
    for name, found in files.items():
        if not found:
            raise Invalid(str(folder / name), Said("there is no .toml file", "tidak ada berkas .toml"))
    regulations = {path: read_regulation(path) for path in files[RULES]}
    years = tuple(read_year(path) for path in files[CALENDARS])
    if problem := wrong_together(regulations.values()):
        (path,) = (path for path, each in regulations.items() if each.code == problem.source)
        raise _refusal(path, problem, _table(path))
    return Law(tuple(regulations.values()), years)


def read_regulation(path: Path) -> Regulation:
    """One regulation, which is called as its file is."""
    told = _table(path)
    regulation: Regulation = _content(path, told, Regulation)
    if regulation.code != path.stem:
        raise Invalid(f"{path}: code", Said(f"the file's name says {path.stem}", f"nama berkas menyebut {path.stem}"))
    if problem := wrong_with_regulation(regulation):
        raise _refusal(path, problem, told)
    return regulation


def read_year(path: Path) -> YearOfDays:
    """The days off of one year, which is called as its file is."""
    told = _table(path)
    year: YearOfDays = _content(path, told, YearOfDays)
    if str(year.year) != path.stem:
        raise Invalid(f"{path}: year", Said(f"the file's name says {path.stem}", f"nama berkas menyebut {path.stem}"))
    if problem := wrong_with_year(year):
        raise _refusal(path, problem, told)
    return year


def _content(path: Path, told: Mapping[str, Any], declared: Any) -> Any:
    try:
        content = shape_of(declared).decode(_plain(told), "")
        size = len(content_bytes(content))
    except Invalid as error:
        raise Invalid(_where(path, error.member.removeprefix("."), told), error.because) from error
    if size > MAX_CONTENT:
        said = f"{size} bytes; at most {MAX_CONTENT}"
        raise Invalid(str(path), Said(f"holds {said} fit a fact", f"berisi {said} yang muat dalam satu fakta"))
    return content


def _table(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except UnicodeDecodeError as error:
        raise Invalid(str(path), Said("is not UTF-8", "bukan UTF-8")) from error
    except tomllib.TOMLDecodeError as error:
        key = _key_at(path.read_text("utf-8"), str(error))
        where = f"{path}: {key}" if key else str(path)
        raise Invalid(where, Said(f"is no TOML: {error}", f"bukan TOML: {error}")) from error


def _key_at(text: str, error: str) -> str:
    """The key on the line that a TOML error names; empty where there is none."""
    found = LINE.search(error)
    lines = text.splitlines()
    line = lines[int(found[1]) - 1] if found and int(found[1]) <= len(lines) else ""
    key, equals, _ = line.partition("=")
    return f"line {found[1]}, {key.strip()}" if found and equals else ""


def _plain(value: Any) -> Any:
    """A TOML value as JSON has it: its dates are texts there, and no instant stands in the law's files."""
    if isinstance(value, dict):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, datetime | time) else value


def _refusal(path: Path, problem: Problem, told: Mapping[str, Any]) -> Invalid:
    return Invalid(_where(path, problem.key, told), problem.because)


def _where(path: Path, key: str, told: Mapping[str, Any]) -> str:
    """File and key; and which rule, kind or day that is, where the key says only its number."""
    named = " ".join(_names(key, told))
    return f"{path}: {key} ({named})" if named else f"{path}: {key}"


def _names(key: str, told: Mapping[str, Any]) -> Iterator[str]:
    item = ITEM.match(key)
    if item is None:
        return
    held = told.get(item[1])
    if isinstance(held, list) and isinstance(held[int(item[2])], dict):
        yield from (str(held[int(item[2])][name]) for name in ("id", "code", "on") if name in held[int(item[2])])
