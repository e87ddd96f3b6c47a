"""The law becomes facts of a ledger, and a replay of those gives the same law back, without any file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from api.chronicles import register
from api.wiring import House
from ledger.adoption import adopt, commands_for
from ledger.codec import content_digest
from ledger.concepts import evolved
from ledger.errors import Invalid
from ledger.registrar import Receipt
from ledger.rulebook.commands import AdoptRegulation, rulebook_of
from ledger.rulebook.days import NamedDay
from ledger.rulebook.facts import RegulationAdopted
from ledger.rulebook.state import Rulebook
from ledger.rulefiles import Law, shipped_law
from ledger.values import Act, Digest, Name, Number, RuleId, Source

LAW = shipped_law()


def act_of(house: House) -> Act:
    return Act(house.stream, Source.OWN, on=date(2024, 5, 2))


def adopted(house: House, law: Law = LAW) -> Receipt | None:
    return adopt(house.registrar, law, act=act_of(house), by=register.by_registry(house.stream))


def rulebook(house: House) -> Rulebook:
    state: Rulebook = house.registrar.load(rulebook_of(house.stream)).state
    return state


def changed(law: Law) -> Law:
    """A law in which one rule has another limit, and one year another day off."""
    (first, *rest), (*years, last) = law.regulations, law.years
    rules = (replace(first.rules[0], limit=Number(99)), *first.rules[1:])
    leave = (*last.collective_leave, NamedDay(date(last.year, 12, 31), Name("Cuti")))
    return Law((replace(first, rules=rules), *rest), (*years, replace(last, collective_leave=leave)))


def test_a_replay_of_the_adopted_facts_gives_the_same_law(house: House) -> None:
    """Every rule and every day, member by member, and the same digests: the entries alone were read."""
    assert adopted(house) is not None
    replayed: Rulebook = evolved("rulebook", house.store.history(rulebook_of(house.stream)))
    assert replayed == LAW.rulebook()
    assert list(replayed.placed()) == list(LAW.rulebook().placed())
    assert replayed.calendar() == LAW.rulebook().calendar()


def test_adopting_is_one_transaction_that_ends_in_the_list(house: House) -> None:
    """A fact for each regulation and each year, contiguous, and one that names all their digests."""
    receipt = adopted(house)
    assert receipt is not None
    topics = [each.topic for each in receipt.entries]
    assert topics.count("rulebook.regulation_adopted.v1") == len(LAW.regulations)
    assert topics.count("calendar.adopted.v1") == len(LAW.years)
    assert topics[-1] == "rulebook.adopted.v1"
    assert topics.count("rulebook.adopted.v1") == 1
    assert [each.position for each in receipt.entries] == list(range(receipt.first, receipt.last + 1))


def test_adopting_the_same_law_again_adopts_nothing(house: House) -> None:
    """Same digests, same law: an operator may run it at every start."""
    adopted(house)
    size = house.store.size()
    assert adopted(house) is None
    assert house.store.size() == size


def test_a_changed_law_adopts_what_changed_and_a_new_list(house: House) -> None:
    """The old edition stays in the trail and can be read by its digest; going back to it takes a list alone."""
    adopted(house)
    receipt = adopted(house, changed(LAW))
    assert receipt is not None
    assert [each.topic.split(".")[0] for each in receipt.entries] == ["rulebook", "calendar", "rulebook"]
    book = rulebook(house)
    assert book.in_force == changed(LAW).digests
    assert book.regulations[content_digest(LAW.regulations[0])] == LAW.regulations[0]
    back = adopted(house)
    assert back is not None
    assert [each.topic for each in back.entries] == ["rulebook.adopted.v1"]
    assert rulebook(house).in_force == LAW.digests


def test_attack_a_digest_is_told_that_is_not_the_contents(house: House) -> None:
    """The registrar makes it, whatever was asked: a lying digest cannot be recorded."""
    command = AdoptRegulation(
        act=act_of(house),
        stream=rulebook_of(house.stream),
        regulation=LAW.regulations[0],
        digest=Digest("0" * 64),
    )
    house.registrar.submit(command, by=register.by_registry(house.stream))
    (recorded,) = house.store.history(rulebook_of(house.stream))
    assert isinstance(recorded.fact, RegulationAdopted)
    assert recorded.fact.digest == content_digest(recorded.fact.regulation) == content_digest(LAW.regulations[0])


def test_a_law_that_contradicts_itself_leaves_nothing_behind(house: House) -> None:
    """All of it or nothing: the regulations before the wrong one are not taken in either."""
    first, *rest = LAW.regulations
    wrong = replace(first, rules=(*first.rules, first.rules[0]))
    size = house.store.size()
    with pytest.raises(Invalid, match="overlaps"):
        adopted(house, Law((wrong, *rest), LAW.years))
    assert house.store.size() == size
    assert commands_for(LAW, rulebook(house), act_of(house))


def test_a_rule_is_found_by_its_day_in_a_real_ledger(house: House) -> None:
    """And none before the law is adopted."""
    assert rulebook(house).rule(RuleId("pk.handle"), date(2024, 5, 2)) is None
    adopted(house)
    found = rulebook(house).rule(RuleId("pk.handle"), date(2024, 5, 2))
    assert found is not None
    assert found.basis == "UU 1/2015 jo. UU 10/2016, Pasal 134 ayat (5)"
