"""An official as their facts tell it: a class since a date, and who was erased here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from ledger.complaint.codes import RespondentClass
from ledger.official.facts import OfficialClassChanged, OfficialErased, OfficialFact, OfficialRecorded
from ledger.values import Act, Subject


@dataclass(frozen=True, slots=True)
class NoOfficial:
    """Nothing has been recorded of such an official."""


@dataclass(frozen=True, slots=True)
class KnownOfficial:
    """An official of the register."""

    class_: RespondentClass
    since: date
    erased: frozenset[Subject] = frozenset()
    """Whose keys in this stream were destroyed: the official's, or those of the staff who recorded."""


Official = NoOfficial | KnownOfficial


def evolve(official: Official, fact: OfficialFact, act: Act) -> Official:
    """The official after one more fact."""
    del act
    match fact:
        case OfficialRecorded():
            return KnownOfficial(fact.class_, fact.since)
        case OfficialClassChanged():
            return replace(_known(official), class_=fact.class_, since=fact.since)
        case OfficialErased():
            known = _known(official)
            return replace(known, erased=known.erased | {fact.of})
        case _:
            assert_never(fact)


def _known(official: Official) -> KnownOfficial:
    if isinstance(official, NoOfficial):
        raise TypeError("a fact of an official who was never recorded")
    return official
