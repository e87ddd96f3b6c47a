"""The catalogue: every fact with its mark, members, codes, who may record it and from which stages, in one table.

The rows are read off the facts' own declarations, so nothing here can differ from what is decided and recorded. The
schemas, docs/facts.md and the permission tests are made from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from ledger.codec import FACTS
from ledger.complaint.codes import Stage
from ledger.complaint.facts import FACTS_AT_AN_INSTANT
from ledger.parties import Party
from ledger.shape import shape_of
from ledger.values import Act, By, SealedRef


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a fact: its name in an entry, its schema, and, where it is sealed, whom it is about."""

    name: str
    schema: Mapping[str, Any]
    required: bool
    sealed: bool
    about: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of the catalogue."""

    topic: str
    fact: Any
    open: bool
    by: frozenset[Party]
    stages: frozenset[Stage]
    at_an_instant: bool
    correctable: frozenset[str]
    members: tuple[Member, ...]

    @property
    def rule(self) -> str:
        """What the fact means, in one sentence."""
        return (self.fact.__doc__ or "").strip()

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the whole body of such an entry."""
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.topic,
            "description": self.rule,
            "type": "object",
            "properties": {
                "act": shape_of(Act).schema,
                "by": shape_of(By).schema,
                "fact": shape_of(self.fact).schema,
                "nonce": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            },
            "required": ["act", "by", "fact", "nonce"],
            "additionalProperties": False,
        }


def _row(fact: Any) -> Row:
    described = shape_of(fact).schema
    return Row(
        topic=fact.TOPIC,
        fact=fact,
        open=fact.OPEN,
        by=fact.BY,
        stages=getattr(fact, "FROM", frozenset()),
        at_an_instant=fact in FACTS_AT_AN_INSTANT,
        correctable=getattr(fact, "CORRECTABLE", frozenset()),
        members=tuple(
            Member(
                name=each.name.rstrip("_"),
                schema=described["properties"][each.name.rstrip("_")],
                required=each.name.rstrip("_") in described["required"],
                sealed=described["properties"][each.name.rstrip("_")] == shape_of(SealedRef).schema,
                about=each.metadata.get("about"),
            )
            for each in fields(fact)
        ),
    )


CATALOGUE: Final[Mapping[str, Row]] = {topic: _row(fact) for topic, fact in FACTS.items()}
"""Every topic that this release reads and writes."""
