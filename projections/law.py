"""The law: what the rulebook in force says that the outcomes of a track mean."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Boolean, Column, MetaData, String, Table

from ledger.codec import Recorded
from ledger.rulebook.facts import RulebookAdopted
from ledger.rulebook.state import Rulebook
from projections.projection import Put, States

METADATA = MetaData()

MEANINGS = Table(
    "meanings",
    METADATA,
    Column("edition", String, primary_key=True),
    Column("track", String, primary_key=True),
    Column("outcome", String, primary_key=True),
    Column("regulation", String, nullable=False),
    Column("category", String, nullable=False),
    Column("title_id", String, nullable=False),
    Column("title_en", String, nullable=False),
    Column("verified", Boolean, nullable=False),
    Column("in_force", Boolean, nullable=False),
)


class Law:
    """The read model of what outcomes mean, by the edition of the regulation that says so."""

    name = "law"
    version = 1
    tables = (MEANINGS,)

    def apply(self, position: int, recorded: Recorded, states: States) -> Iterable[Put]:
        """The outcomes of every edition, and whether it is in force, after a rulebook was."""
        del position
        rulebook = states.after(recorded) if recorded.stream.startswith("rulebook-") else None
        if not isinstance(rulebook, Rulebook) or not isinstance(recorded.fact, RulebookAdopted):
            return
        for digest, regulation in rulebook.regulations.items():
            for outcome in regulation.outcomes:
                yield Put(
                    "meanings",
                    {
                        "edition": digest,
                        "track": outcome.track.value,
                        "outcome": outcome.code,
                        "regulation": regulation.code,
                        "category": outcome.category.value,
                        "title_id": outcome.title_id,
                        "title_en": outcome.title_en,
                        "verified": outcome.verified,
                        "in_force": digest in rulebook.in_force,
                    },
                )
