"""Figures: how many, of which unit, in which population, as of when, by which law. No number stands without these.

The units differ on purpose: one case has several respondents, one respondent several allegations, one allegation
several outcomes and sanctions. So 151 outcomes of 130 registered cases are no contradiction, and units are never added
to one another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel, Field

from api.asof import as_of
from api.reading import AsOfOut, At, ToldOut
from api.wiring import House
from ledger.speech import Said
from projections import counting
from projections.counting import Counts, Population
from projections.views import Reading


class CountOut(BaseModel):
    """How many of one key; a member of the key is absent where nothing is known of it.

    `count` is null where it would be small enough to point at somebody.
    """

    key: dict[str, str]
    count: int | None


class FigureOut(BaseModel):
    """One table of numbers of one unit; its counts add up to the total, which is null where a count is."""

    figure: str
    unit: str
    told: ToldOut
    by: list[str]
    counts: list[CountOut]
    total: int | None


class PopulationOut(BaseModel):
    """Of which cases and allegations the figures speak; null: of all."""

    election: str | None
    region: str | None
    class_: str | None = Field(serialization_alias="class")


class FiguresOut(BaseModel):
    """Figures with all that makes them reproducible: unit, population, time, position, and the digest of the law."""

    as_of: AsOfOut
    rulebook: str | None
    population: PopulationOut
    figures: list[FigureOut]


Question = Callable[[Reading, Population, Sequence[str]], Counts]


@dataclass(frozen=True, slots=True)
class Figure:
    """A table that can be asked for: which unit is counted, by which columns, and what the columns are called."""

    name: str
    unit: str
    told: Said
    ask: Question
    by: tuple[str, ...]
    only_known: bool = False
    """Whether what has no key is left out, because the question does not concern it."""


FIGURES: Final = (
    Figure(
        "cases",
        "case",
        Said("Cases by how they began and whether they came to the register", "Perkara menurut asal dan registrasi"),
        counting.cases,
        ("origin", "registration"),
    ),
    Figure(
        "respondents",
        "respondent",
        Said("Respondents by class, each once in a case", "Terlapor menurut kelas, sekali dalam tiap perkara"),
        counting.respondents,
        ("class",),
    ),
    Figure(
        "allegations_by_class",
        "allegation",
        Said("Allegations by the respondent's class", "Dugaan menurut kelas terlapor"),
        counting.allegations,
        ("class",),
    ),
    Figure(
        "allegations_by_decision",
        "allegation",
        Said("Allegations by what the plenary decided, and category", "Dugaan menurut putusan pleno dan kategori"),
        counting.allegations,
        ("decision", "category"),
    ),
    Figure(
        "allegations_by_standing",
        "allegation",
        Said("Allegations by track and where they stand", "Dugaan menurut jalur dan keadaannya"),
        counting.allegations,
        ("track", "standing"),
    ),
    Figure(
        "asn_by_status",
        "allegation",
        Said(
            "Allegations on the ASN track by what they wait for or how they ended; they wait for the authority until "
            "the sanction is entered in I'DIS",
            "Dugaan jalur ASN menurut yang ditunggu atau cara berakhirnya; menunggu PPK sampai sanksi tercatat di "
            "I'DIS",
        ),
        counting.allegations,
        ("status",),
        only_known=True,
    ),
    Figure(
        "asn_by_data",
        "allegation",
        Said(
            "Allegations over which personnel data were suspended: still, or no more",
            "Dugaan yang menyebabkan pemblokiran data kepegawaian: masih, atau sudah dibuka",
        ),
        counting.allegations,
        ("data",),
        only_known=True,
    ),
    Figure(
        "outcomes",
        "outcome",
        Said(
            "Outcomes that the offices of the tracks recorded, all that stand side by side",
            "Hasil yang dicatat lembaga pada tiap jalur, semua yang berdampingan",
        ),
        counting.outcomes,
        ("outcome", "level"),
    ),
    Figure(
        "sanctions",
        "sanction",
        Said(
            "Sanctions imposed and not annulled, by class and kind",
            "Sanksi yang dijatuhkan dan tidak dibatalkan, menurut tingkat dan jenis",
        ),
        counting.sanctions,
        ("sanction_class", "kind"),
    ),
)
"""Every figure, in the order in which they are answered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which population is asked about, as of when."""

    as_of: str | None = None
    election: str | None = None
    region: str | None = None
    class_: str | None = None


def figures(house: House, asked: Asked, wanted: Sequence[Figure] = FIGURES) -> At:
    """The figures of a population; Missing for a position that is not known yet."""
    with house.views.read("figures") as reading:
        last = reading.next_position - 1
        when = AsOfOut(day=None, position=last) if asked.as_of is None else as_of(asked.as_of, last).out
        population = Population(when.position, when.day, asked.election, asked.region, asked.class_)
        answer = FiguresOut(
            as_of=when,
            rulebook=house.states.rulebook(when.position).digest,
            population=PopulationOut(election=asked.election, region=asked.region, class_=asked.class_),
            figures=[_figure(reading, population, each) for each in wanted],
        )
        return At(when.position, answer)


def _figure(reading: Reading, population: Population, figure: Figure) -> FigureOut:
    found = figure.ask(reading, population, figure.by)
    told = [(key, count) for key, count in found if any(key) or not figure.only_known]
    return FigureOut(
        figure=figure.name,
        unit=figure.unit,
        told=ToldOut(id=figure.told.id, en=figure.told.en),
        by=list(figure.by),
        counts=[
            CountOut(key={name: held for name, held in zip(figure.by, key, strict=True) if held}, count=count)
            for key, count in told
        ],
        total=sum(count for _, count in told),
    )
