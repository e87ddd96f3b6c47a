"""Dataclasses <-> plain JSON objects, by the types that the dataclasses declare.

Makes no bytes and knows no topic. A shape refuses what it does not know, in both directions: an unknown member, a
missing one, a value of another type, an array that should be a sorted set. Absent = omitted; null never stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache, lru_cache
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from ledger import values
from ledger.errors import Invalid
from ledger.speech import Said


@dataclass(frozen=True, slots=True)
class Shape:
    """How one declared type stands in JSON; both functions take the member's path for their errors.

    `schema` says the same to others (JSON Schema 2020-12).
    """

    encode: Callable[[Any, str], Any]
    decode: Callable[[Any, str], Any]
    schema: dict[str, Any]


DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
# Hours end at 23 here and not in the library: later versions of it take 24:00 for the next day's midnight.
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z", re.ASCII)

_TEXTS: dict[Any, tuple[re.Pattern[str], Said]] = {
    values.StreamId: (
        values.STREAM,
        Said("a stream such as complaint- and 32 hex digits", "aliran seperti complaint- dan 32 digit heksadesimal"),
    ),
    values.Handle: (re.compile(r"[rkwa][1-9][0-9]{0,5}", re.ASCII), Said("a handle such as r1", "sebutan seperti r1")),
    values.Region: (
        re.compile(r"[0-9]{2}(\.[0-9]{2})?", re.ASCII),
        Said("a Kemendagri code, PP or PP.KK", "kode Kemendagri, PP atau PP.KK"),
    ),
    values.Digest: (
        re.compile(r"[0-9a-f]{64}", re.ASCII),
        Said("64 lowercase hex digits", "64 digit heksadesimal huruf kecil"),
    ),
    values.LedgerId: (
        re.compile(r"[0-9a-f]{32}", re.ASCII),
        Said("32 lowercase hex digits", "32 digit heksadesimal huruf kecil"),
    ),
    values.Origin: (
        re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+/[0-9a-f]{16}", re.ASCII),
        Said("<domain>/<16 hex digits>", "<domain>/<16 digit heksadesimal>"),
    ),
    values.Vkey: (
        re.compile(r"[^+\s]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+={0,2}", re.ASCII),
        Said("name+keyid+base64", "nama+idkunci+base64"),
    ),
    values.KeyId: (
        re.compile(r"[0-9a-f]{8}", re.ASCII),
        Said("8 lowercase hex digits", "8 digit heksadesimal huruf kecil"),
    ),
    values.OutcomeCode: (
        re.compile(r"[a-z_]{1,60}", re.ASCII),
        Said("a code of lowercase letters and _", "kode dari huruf kecil dan _"),
    ),
    values.Subject: (
        re.compile(r"case|[rkwa][1-9][0-9]{0,5}", re.ASCII),
        Said("a handle such as r1, or case", "sebutan seperti r1, atau case"),
    ),
    values.MemberPath: (
        re.compile(r"[a-z_]{1,40}(\[(0|[1-9][0-9]{0,2})\]\.[a-z_]{1,40})?", re.ASCII),
        Said(
            "a member such as narrative or complainants[0].name", "anggota seperti narrative atau complainants[0].name"
        ),
    ),
    values.PublicValue: (
        re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}(\.[0-9]{2})?", re.ASCII),
        Said("a date or a region", "tanggal atau wilayah"),
    ),
    values.Audience: (
        re.compile(r"public|office-[0-9a-f]{32}", re.ASCII),
        Said("an office, or public", "lembaga, atau public"),
    ),
    values.Code: (
        re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII),
        Said("a code of lowercase letters, digits and _", "kode dari huruf kecil, angka, dan _"),
    ),
    values.RuleId: (
        re.compile(r"[a-z]{2,20}\.[a-z][a-z_]{0,39}", re.ASCII),
        Said("a rule's id such as pk.handle", "kode aturan seperti pk.handle"),
    ),
    values.TopicName: (
        re.compile(r"[a-z][a-z0-9_]{0,40}\.[a-z][a-z0-9_]{0,40}\.v[1-9][0-9]{0,3}", re.ASCII),
        Said("a topic such as complaint.filed.v1", "topik seperti complaint.filed.v1"),
    ),
    values.Name: (
        re.compile(r"[^\n]{1,300}"),
        Said("a line of 1 to 300 characters", "satu baris berisi 1 sampai 300 karakter"),
    ),
}

REQUIRED: Final = Said("is required", "wajib ada")


def instant_text(instant: datetime) -> str:
    """An instant as it stands in an entry: UTC, whole seconds, `2024-12-04T03:15:07Z`."""
    if instant.tzinfo is None or instant.microsecond or instant.utcoffset():
        raise ValueError(f"not an instant in UTC with whole seconds: {instant!r}")
    return instant.replace(tzinfo=None).isoformat() + "Z"


@lru_cache(maxsize=256)
def instant_of(text: str) -> datetime:
    """The instant that a text states; ValueError when it states none."""
    if not INSTANT.fullmatch(text):
        raise ValueError(f"not an instant such as 2024-12-04T03:15:07Z: {text!r}")
    return datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC)


def instant_asked(where: str, text: str) -> datetime:
    """The instant that an asker wrote; Invalid names the place and what would be right."""
    try:
        return instant_of(text)
    except ValueError:
        raise _expected(
            where, Said("an instant such as 2024-12-04T03:15:07Z", "waktu seperti 2024-12-04T03:15:07Z"), text
        ) from None


@cache
def shape_of(declared: Any) -> Shape:
    """The shape of a declared type; TypeError for a type that has no form in an entry."""
    if declared in _TEXTS:
        return _text(*_TEXTS[declared])
    if declared is values.Number:
        return _integer(1)
    if declared is values.Count:
        return _integer(0)
    if declared is bool:
        return _exactly(bool, Said("true or false", "true atau false"))
    if declared is date:
        return _parsed(
            DATE,
            date.fromisoformat,
            date.isoformat,
            date,
            Said("a date such as 2024-09-22", "tanggal seperti 2024-09-22"),
        )
    if declared is datetime:
        return _parsed(
            INSTANT,
            instant_of,
            instant_text,
            datetime,
            Said("an instant such as 2024-12-04T03:15:07Z", "waktu seperti 2024-12-04T03:15:07Z"),
        )
    if isinstance(declared, type) and issubclass(declared, StrEnum):
        return _code(declared)
    if get_origin(declared) in (Union, UnionType):
        codes, other = get_args(declared)
        return _code_or(_code(codes), shape_of(other), codes)
    if get_origin(declared) is frozenset:
        return _set(shape_of(get_args(declared)[0]))
    if get_origin(declared) is tuple:
        return _list(shape_of(get_args(declared)[0]))
    if isinstance(declared, type) and is_dataclass(declared):
        return _object(declared)
    raise TypeError(f"{declared!r} has no form in an entry")


def _text(pattern: re.Pattern[str], right: Said) -> Shape:
    def check(value: Any, path: str) -> str:
        if type(value) is not str or not pattern.fullmatch(value):
            raise _expected(path, right, value)
        return value

    return Shape(check, check, {"type": "string", "pattern": f"^({pattern.pattern})$", "description": right.en})


def _integer(least: int) -> Shape:
    right = Said(f"a whole number from {least}", f"bilangan bulat mulai {least}")

    def check(value: Any, path: str) -> int:
        if type(value) is not int or not least <= value <= values.MAX_INTEGER:
            raise _expected(path, right, value)
        return value

    return Shape(check, check, {"type": "integer", "minimum": least, "maximum": values.MAX_INTEGER})


def _exactly(wanted: type, right: Said) -> Shape:
    def check(value: Any, path: str) -> Any:
        if type(value) is not wanted:
            raise _expected(path, right, value)
        return value

    return Shape(check, check, {"type": "boolean"})


def _parsed(
    pattern: re.Pattern[str], parse: Callable[[str], Any], write: Callable[[Any], str], wanted: type, right: Said
) -> Shape:
    def encode(value: Any, path: str) -> str:
        if type(value) is not wanted:
            raise _expected(path, right, value)
        try:
            return write(value)
        except ValueError as error:
            raise Invalid(path, Said(str(error), f"seharusnya {right.id}")) from error

    def decode(value: Any, path: str) -> Any:
        if type(value) is not str or not pattern.fullmatch(value):
            raise _expected(path, right, value)
        try:
            return parse(value)
        except ValueError as error:
            raise _expected(path, right, value) from error

    return Shape(encode, decode, {"type": "string", "pattern": f"^({pattern.pattern})$", "description": right.en})


def _code(codes: type[StrEnum]) -> Shape:
    members = {code.value: code for code in codes}
    right = Said(f"one of {', '.join(members)}", f"salah satu dari {', '.join(members)}")

    def encode(value: Any, path: str) -> str:
        if type(value) is not codes:
            raise _expected(path, right, value)
        return str(value.value)

    def decode(value: Any, path: str) -> StrEnum:
        if type(value) is not str or value not in members:
            raise _expected(path, right, value)
        return members[value]

    return Shape(encode, decode, {"type": "string", "enum": list(members)})


def _code_or(code: Shape, other: Shape, codes: type[StrEnum]) -> Shape:
    """One of a few codes, or a text of another form."""
    known = [each.value for each in codes]

    def encode(value: Any, path: str) -> Any:
        return (code if type(value) is codes else other).encode(value, path)

    def decode(value: Any, path: str) -> Any:
        return (code if value in known else other).decode(value, path)

    return Shape(encode, decode, {"anyOf": [code.schema, other.schema]})


def _set(item: Shape) -> Shape:
    def encode(value: Any, path: str) -> list[Any]:
        if type(value) is not frozenset:
            raise _expected(path, Said("a set", "himpunan"), value)
        return sorted(item.encode(each, f"{path}[]") for each in value)

    def decode(value: Any, path: str) -> frozenset[Any]:
        decoded = _items(item, value, path)  # items of a set are integers or strings, so they sort
        if value != sorted(value) or len(set(value)) != len(value):
            raise Invalid(
                path, Said("a sorted array without repeats is expected", "seharusnya larik terurut tanpa ulangan")
            )
        return frozenset(decoded)

    schema = {"type": "array", "items": item.schema, "minItems": 1, "uniqueItems": True}
    return Shape(encode, decode, {**schema, "description": "sorted"})


def _list(item: Shape) -> Shape:
    def encode(value: Any, path: str) -> list[Any]:
        if type(value) is not tuple:
            raise _expected(path, Said("a list", "daftar"), value)
        return [item.encode(each, f"{path}[{index}]") for index, each in enumerate(value)]

    schema = {"type": "array", "items": item.schema, "minItems": 1}
    return Shape(encode, lambda value, path: tuple(_items(item, value, path)), schema)


def _items(item: Shape, value: Any, path: str) -> list[Any]:
    if type(value) is not list or not value:
        raise _expected(
            path,
            Said(
                "an array with at least one item (or none at all)",
                "larik dengan sedikitnya satu butir (atau tanpa larik)",
            ),
            value,
        )
    return [item.decode(each, f"{path}[{index}]") for index, each in enumerate(value)]


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    attribute: str
    shape: Shape
    required: bool


def _object(declared: type) -> Shape:
    members = tuple(_members(declared))
    known = {member.name for member in members}

    def encode(value: Any, path: str) -> dict[str, Any]:
        if type(value) is not declared:
            raise _expected(path, Said(declared.__name__, declared.__name__), value)
        made = {}
        for member in members:
            held = getattr(value, member.attribute)
            if held is None or held == () or held == frozenset():
                if member.required:
                    raise Invalid(f"{path}.{member.name}", REQUIRED)
                continue
            made[member.name] = member.shape.encode(held, f"{path}.{member.name}")
        return made

    def decode(value: Any, path: str) -> Any:
        if type(value) is not dict:
            raise _expected(path, Said("an object", "objek"), value)
        if unknown := sorted(value.keys() - known):
            listed = ", ".join(sorted(known))
            raise Invalid(
                f"{path}.{unknown[0]}",
                Said(f"is not known; known here: {listed}", f"tidak dikenal; yang dikenal di sini: {listed}"),
            )
        held = {}
        for member in members:
            if member.name in value:
                held[member.attribute] = member.shape.decode(value[member.name], f"{path}.{member.name}")
            elif member.required:
                raise Invalid(f"{path}.{member.name}", REQUIRED)
        return declared(**held)

    schema = {
        "type": "object",
        "properties": {member.name: member.shape.schema for member in members},
        "required": [member.name for member in members if member.required],
        "additionalProperties": False,
    }
    return Shape(encode, decode, schema)


def _members(declared: type) -> list[_Member]:
    hints = get_type_hints(declared)
    made = []
    for each in fields(declared):
        hint = hints[each.name]
        required = each.default is MISSING and each.default_factory is MISSING
        if get_origin(hint) is UnionType or type(None) in get_args(hint):
            (hint,) = (part for part in get_args(hint) if part is not type(None))
        # `class` and `from` are the law's words and Python's: the attribute has an underscore, the member has none.
        made.append(_Member(each.name.rstrip("_"), each.name, shape_of(hint), required))
    return made


def _expected(path: str, right: Said, value: Any) -> Invalid:
    shown = _shown(value)
    return Invalid(path, Said(f"{right.en} is expected, not {shown}", f"seharusnya {right.id}, bukan {shown}"))


def _shown(value: Any) -> str:
    """A value as an error shows it: short, and never a whole secret."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
