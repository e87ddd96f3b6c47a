"""The page of a region: its neutrality cases beside the revotes that were ordered there or across its border.

Anybody may read it. Without a token, counts of 1 and 2 are not told, nor the totals that would give them away, and only
one table of each unit is shown; and a province is not shown at all, because it is the sum of its regencies. In a region
with one holder of an office, a count of one is that person (docs/security.md).
"""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel

from api.elections import ElectionOut, RevoteOut, elections, revotes
from api.figures import FIGURES, Asked, CountOut, FigureOut, figures
from api.reading import AsOfOut, At
from api.wiring import House
from ledger.errors import Denied
from ledger.speech import Said
from ledger.values import Actor

SMALL: Final = 3
"""The least count that is told to everybody."""
PUBLIC: Final = tuple(each for each in FIGURES if each.name in ("cases", "allegations_by_class"))
"""One table for each unit: two tables of one unit could be subtracted from one another."""


class RegionOut(BaseModel):
    """A region: elections held there, revotes ordered there, revotes with areas at its border, and its cases."""

    region: str
    as_of: AsOfOut
    rulebook: str | None
    elections: list[ElectionOut]
    revotes: list[RevoteOut]
    at_its_border: list[RevoteOut]
    suppressed_below: int | None
    figures: list[FigureOut]


def region_page(house: House, region: str, actor: Actor | None) -> At:
    """The page; Denied where a province is asked for without a token."""
    if actor is None and len(region) == len("PP"):
        raise Denied(
            Said(
                "a province's figures would give away its regencies' small counts: name a regency, or send a token",
                "angka provinsi akan membuka angka kecil kabupaten/kotanya: sebut kabupaten/kota, atau kirim token",
            )
        )
    found = figures(house, Asked(region=region), PUBLIC if actor is None else FIGURES)
    with house.views.read("registers") as reading:
        ordered = revotes(reading)
    page = RegionOut(
        region=region,
        as_of=found.answer.as_of,
        rulebook=found.answer.rulebook,
        elections=[
            each
            for each in elections(house.views).answer.elections
            if not each.regions or any(_meet(region, other) for other in each.regions)
        ],
        revotes=[each for each in ordered if any(_meet(region, other) for other in each.regions)],
        at_its_border=[each for each in ordered if any(_meet(region, other) for other in each.border)],
        suppressed_below=SMALL if actor is None else None,
        figures=[suppressed(each) for each in found.answer.figures] if actor is None else found.answer.figures,
    )
    return At(found.position, page)


def suppressed(figure: FigureOut) -> FigureOut:
    """A figure without its small counts; where one is left out, the total is too."""
    counts = [
        CountOut(key=each.key, count=None if each.count is not None and each.count < SMALL else each.count)
        for each in figure.counts
    ]
    hidden = any(each.count is None for each in counts)
    return figure.model_copy(update={"counts": counts, "total": None if hidden else figure.total})


def _meet(region: str, other: str) -> bool:
    """Whether two regions are the same, or one lies in the other."""
    return region == other or region.startswith(f"{other}.") or other.startswith(f"{region}.")
