"""A command as it was asked -> a command that `decide` may see: persons have handles, plain values are sealed.

Salts, stream ids and nonces are drawn once for each submitted command; a second attempt after a moved guard reuses all
of them, so that one submission never leaves two commitments to one value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from ledger.codec import content_digest, topic_stem
from ledger.command import Command
from ledger.keystore import CASE, KeyStore
from ledger.store.rows import VaultRow
from ledger.values import Actor, By, Handle, Person, Plain, Sealed, SealedRef, StreamId
from ledger.vault import Random, seal

C = TypeVar("C", bound=Command)


class Preparation:
    """Everything that one submission draws."""

    def __init__(
        self, keys: KeyStore, random: Random, stream: StreamId, recorded: Callable[[StreamId], bool] = bool
    ) -> None:
        """`recorded` says whether a stream has facts: the key store may know one whose recording failed."""
        self._keys = keys
        self._random = random
        self._stream = stream
        self._recorded = recorded
        self._rows: dict[str, VaultRow] = {}
        self._nonces: list[str] = []
        self._subjects: dict[str, bytes] = {}

    def prepare(self, command: C, actor: Actor) -> C:
        """The command with its stream, its recorder, handles and sealed values; its keys are asked for anew."""
        self._subjects.clear()
        kind = topic_stem(type(command).FACT.TOPIC)
        prepared: C = self._object(command, type(command).FACT, kind, "")
        return replace(prepared, stream=self._stream, by=self._recorder(actor, kind))

    def _recorder(self, actor: Actor, kind: str) -> By:
        handle = self._keys.handle(self._stream, Person("a", (f"staff:{actor.staff.account}",)))
        who = self._seal(actor.staff.name, f"{kind}.by.who", handle)
        return By(actor.office, actor.role, handle, who.reference)

    def nonce(self, index: int) -> str:
        """The nonce of the command's n-th fact."""
        while len(self._nonces) <= index:
            self._nonces.append(self._random(16).hex())
        return self._nonces[index]

    def rows_for(self, references: Iterable[SealedRef]) -> list[VaultRow]:
        """The vault rows of the sealed values that the decided facts really carry."""
        return [self._rows[each.sealed] for each in references]

    def _object(self, asked: Any, fact: Any, kind: str, path: str) -> Any:
        """One dataclass of a command, beside the dataclass of the fact whose members its secrets become."""
        held = {
            each.name: self._keys.handle(self._stream, value) if isinstance(value, Person) else value
            for each in fields(asked)
            for value in (getattr(asked, each.name),)
        }
        changed: dict[str, Any] = {}
        for each in fields(asked):
            value = held[each.name]
            if "digest_of" in each.metadata:
                value = content_digest(getattr(asked, each.metadata["digest_of"]))
            elif value is None and "official_of" in each.metadata:
                value = self._official(getattr(asked, each.metadata["official_of"]))
            if isinstance(value, Plain):
                member = _declared(fact, each.name)
                if member.get("indexed"):
                    self._keys.index_number(self._stream, value.value)
                changed[each.name] = self._seal(
                    value.value, f"{kind}{path}.{each.name.rstrip('_')}", _subject(member, held)
                )
            elif isinstance(value, tuple):
                changed[each.name] = tuple(self._item(item, fact, each.name, kind, path) for item in value)
            elif is_dataclass(value) and (hasattr(type(value), "FACT") or hasattr(value, "who")) and each.name != "by":
                changed[each.name] = self._item(value, fact, each.name, kind, path)
            elif value is not getattr(asked, each.name):
                changed[each.name] = value
        return replace(asked, **changed)

    def _official(self, somebody: Any) -> Plain | None:
        """The stream of an official who is in the register already, to be sealed as the link to it."""
        for key in somebody.keys if isinstance(somebody, Person) else ():
            for stream, _ in self._keys.streams_of(key):
                if stream.startswith("official-") and self._recorded(stream):
                    return Plain(stream)
        return None

    def _item(self, item: Any, fact: Any, name: str, kind: str, path: str) -> Any:
        if isinstance(item, Person):
            return self._keys.handle(self._stream, item)
        if not is_dataclass(item):
            return item
        own_fact = getattr(type(item), "FACT", None)
        if own_fact is not None:
            return self._object(item, own_fact, topic_stem(own_fact.TOPIC), "")
        declared = _hints(fact)[name]
        (part, *_) = get_args(declared) or (declared,)
        return self._object(item, part, kind, f"{path}.{name}")

    def _seal(self, value: str, kind: str, of: str) -> Sealed:
        if of not in self._subjects:
            self._subjects[of] = self._keys.new_subject_key(self._stream, of)
        sealed, row = seal(self._subjects[of], self._random, kind=kind, of=of, stream=self._stream, value=value)
        self._rows[row.commitment] = row
        return sealed


@cache
def _hints(fact: Any) -> Mapping[str, Any]:
    """What a fact declares of its members' types."""
    return get_type_hints(fact)


@cache
def _declared(fact: Any, member: str) -> Mapping[Any, Any]:
    """What a fact's declaration says of one of its sealed members; nothing of what only `decide` reads."""
    return next((each.metadata for each in fields(fact) if each.name == member), {})


def _subject(declared: Mapping[Any, Any], held: dict[str, Any]) -> str:
    """Whom a sealed member is about: the handle in the sibling that its declaration names, or the case."""
    sibling = declared.get("about")
    return CASE if sibling is None else str(held[sibling])


def introduce_once(command: C, known: frozenset[Handle]) -> C:
    """The command without the names of staff whom the stream knows, or whom the command itself names before."""
    if command.by is None:
        raise TypeError("a command without a recorder is not prepared")
    seen = set(known)
    by = replace(command.by, who=None) if command.by.actor in seen else command.by
    seen.add(by.actor)
    changed: dict[str, Any] = {"by": by}
    for each in fields(command):
        value = getattr(command, each.name)
        if isinstance(value, tuple):
            changed[each.name] = tuple(_introduced(item, seen) for item in value)
        elif each.name != "by" and is_dataclass(value) and hasattr(value, "who"):
            changed[each.name] = _introduced(value, seen)
    return replace(command, **changed)


def _introduced(item: Any, seen: set[Handle]) -> Any:
    if not is_dataclass(item) or isinstance(item, type) or not hasattr(item, "who"):
        return item
    handle = item.handle  # type: ignore[attr-defined]  # whatever has `who` has the handle that it names
    if handle in seen:
        return replace(item, who=None)
    seen.add(handle)
    return item
