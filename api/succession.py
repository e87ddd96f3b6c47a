"""Offices that ended, who acts for them, and the files that lie there still.

Succession moves competence, the hand-over moves files; between the two lies a gap, and files that were never handed
over are a visible loss.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import RowMapping, select

from ledger.values import Zone, local_date
from projections.views import Views


@dataclass(frozen=True, slots=True)
class Offices:
    """The register as of an instant: an office has ended once that day has come where its clocks stand."""

    rows: Mapping[str, RowMapping]
    now: datetime

    def ended_on(self, office: str) -> str | None:
        """The first day on which an office could no longer act, once it has come."""
        row = self.rows.get(office)
        if row is None or row["ended_on"] is None:
            return None
        ended = date.fromisoformat(row["ended_on"])
        return row["ended_on"] if ended <= local_date(self.now, Zone(row["zone"])) else None

    def competent_for(self, office: str) -> str:
        """The office that acts for another now: itself, or the last that followed it after each had ended."""
        line = [office]
        while self.ended_on(line[-1]) is not None:
            follower = self.rows[line[-1]]["successor"]
            if follower is None or follower in line:
                break
            line.append(follower)
        return line[-1]

    def followed_by(self, office: str) -> list[str]:
        """The offices that ended and for which an office acts now, itself left out."""
        return sorted(other for other in self.rows if other != office and self.competent_for(other) == office)

    def ended(self) -> list[str]:
        """Every office that ended, the latest first."""
        ended = [(day, office) for office in self.rows if (day := self.ended_on(office)) is not None]
        return [office for _, office in sorted(ended, reverse=True)]


def offices_on(views: Views, now: datetime) -> Offices:
    """The register, as of an instant."""
    with views.read("registers") as reading:
        offices = reading.tables["offices"]
        rows = reading.connection.execute(select(offices)).mappings()
        return Offices({row["office"]: row for row in rows}, now)
