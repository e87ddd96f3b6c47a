"""How the law of this release reads a kind of act on a day, and whom the article on crime reached on that day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.complaint.codes import Kind, Phase, RespondentClass
from ledger.complaint.track.codes import SanctionClass
from ledger.election.facts import Regime
from ledger.rulebook.kinds import crime_subject_on, kind_on
from ledger.rulebook.law import Reading
from ledger.rulebook.state import Rulebook
from ledger.rulefiles import shipped_law

BOOK = shipped_law().rulebook()
MK_136 = date(2024, 11, 14)
DECREE = date(2022, 9, 22)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_read_by_the_joint_decree_since_its_day_and_says_that_it_is_not_verified(kind: Kind) -> None:
    """The numbering is ours, and only parts of the annex were read: every place that shows it shows that mark."""
    found = kind_on(BOOK, kind, DECREE)
    assert found is not None
    assert found.basis == "SKB lima lembaga 2/2022, Lampiran II"
    assert not found.verified
    assert found.kind.note_en
    assert kind_on(BOOK, kind, DECREE - timedelta(days=1)) is None


def test_one_act_is_ethics_before_the_pairs_are_fixed_and_discipline_after() -> None:
    """A gesture in a photo: a moral sanction towards those who want to stand, a heavy one towards candidates."""
    photo = kind_on(BOOK, Kind.N05, date(2024, 8, 17))
    assert photo is not None
    assert photo.read_in(Phase.BEFORE_PAIRS) == (Reading.ETHICS, frozenset({SanctionClass.MORAL}))
    assert photo.read_in(Phase.AFTER_PAIRS) == (Reading.DISCIPLINE, frozenset({SanctionClass.HEAVY}))


def test_an_act_that_the_annex_names_in_one_phase_only_has_no_reading_in_the_other() -> None:
    """Approaching parties is a matter of the time before; what state facilities serve, of the time after."""
    approach, facilities = (kind_on(BOOK, each, MK_136) for each in (Kind.N08, Kind.N11))
    assert approach is not None
    assert facilities is not None
    assert approach.read_in(Phase.AFTER_PAIRS) == (None, frozenset())
    assert facilities.read_in(Phase.BEFORE_PAIRS) == (None, frozenset())
    assert facilities.kind.crime == "UU 10/2016 Pasal 71 dan Pasal 188"


@pytest.mark.parametrize("class_", [RespondentClass.TNI, RespondentClass.POLRI])
def test_members_of_tni_and_polri_are_reached_by_article_188_from_14_november_2024_on(class_: RespondentClass) -> None:
    """MK 136/PUU-XXII/2024: an act of the day before stays what it was, whenever it is decided."""
    assert crime_subject_on(BOOK, Regime.PILKADA, class_, MK_136 - timedelta(days=1)) is None
    found = crime_subject_on(BOOK, Regime.PILKADA, class_, MK_136)
    assert found is not None
    assert found.basis.startswith("Putusan MK 136/PUU-XXII/2024")
    assert found.verified


def test_civil_servants_were_reached_before_the_decision_too_and_by_the_statute() -> None:
    """The decision added classes and took none away."""
    for day in (date(2024, 9, 1), date(2024, 12, 1)):
        found = crime_subject_on(BOOK, Regime.PILKADA, RespondentClass.ASN, day)
        assert found is not None
        assert found.regulation.code == "uu_10_2016"
    assert crime_subject_on(BOOK, Regime.PILKADA, RespondentClass.STATE_COMPANY, date(2024, 12, 1)) is None


def test_the_decision_speaks_of_regional_elections_only() -> None:
    """General elections have a law of their own, under which soldiers were reached all along."""
    found = crime_subject_on(BOOK, Regime.PEMILU, RespondentClass.TNI, date(2024, 2, 1))
    assert found is not None
    assert found.regulation.code == "uu_7_2017"


@given(st.sampled_from(RespondentClass), st.sampled_from(Regime), st.dates(date(2018, 1, 1), date(2027, 1, 1)))
def test_who_was_reached_on_a_day_is_reached_on_every_later_one_by_what_is_shipped(
    class_: RespondentClass, regime: Regime, day: date
) -> None:
    """Nothing that is shipped ever let a class out; a law that does will change this sentence."""
    if crime_subject_on(BOOK, regime, class_, day) is not None:
        assert crime_subject_on(BOOK, regime, class_, day + timedelta(days=1)) is not None


def test_an_empty_rulebook_reads_nothing() -> None:
    """Before a ledger adopts a law there is none to go by, and nothing is guessed."""
    assert kind_on(Rulebook(), Kind.N01, MK_136) is None
    assert crime_subject_on(Rulebook(), Regime.PILKADA, RespondentClass.ASN, MK_136) is None
