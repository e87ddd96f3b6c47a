"""Every topic has a sentence and every code a word, in both languages."""

from __future__ import annotations

import importlib
import pkgutil
from enum import StrEnum
from string import Formatter

import pytest

import ledger
from api.telling import SENTENCES, told
from api.track_words import STATES
from api.words import CODES
from ledger.catalogue import CATALOGUE
from ledger.complaint.codes import Kind, Stage
from ledger.complaint.track.procedures import PROCEDURES
from ledger.shape import shape_of

UNTRANSLATED = {Kind: "n01 to n13 are numbers of the joint decree's annex, and told as they are"}
"""Codes that are deliberately told as they are written, and why."""
SAME_IN_BOTH = {"media"}
"""Words that are the same in both languages."""


def _codes_of_entries() -> list[type[StrEnum]]:
    """Every list of codes that a public member of some fact is drawn from."""
    found: dict[str, type[StrEnum]] = {}
    for module in pkgutil.walk_packages(ledger.__path__, "ledger."):
        for held in vars(importlib.import_module(module.name)).values():
            if isinstance(held, type) and issubclass(held, StrEnum) and held is not StrEnum:
                found[held.__name__] = held
    schemas = [member.schema for row in CATALOGUE.values() for member in row.members]
    drawn = [schema.get("enum") or schema.get("items", {}).get("enum") for schema in schemas]
    return [enum for enum in found.values() if [code.value for code in enum] in drawn]


ENUMS = _codes_of_entries()


def test_the_lists_of_codes_are_found() -> None:
    """The search below finds what it searches; a stage stands in no entry."""
    assert len(ENUMS) > 25
    assert Stage not in ENUMS


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_every_code_has_a_word(enum: type[StrEnum]) -> None:
    """A code without a word would be told in English to everybody."""
    missing = {code.value for code in enum} - set(CODES)
    assert missing == ({code.value for code in enum} if enum in UNTRANSLATED else set())


def test_every_topic_has_a_sentence_and_no_sentence_is_idle() -> None:
    """A case is told in words from its first fact to its last."""
    assert set(SENTENCES) == set(CATALOGUE)


@pytest.mark.parametrize("topic", CATALOGUE)
def test_a_sentence_names_required_public_members_in_both_languages(topic: str) -> None:
    """A sealed or an absent member would break the telling."""
    row = CATALOGUE[topic]
    required = {member.name for member in row.members if member.required and not member.sealed}
    en, id_ = (
        {name for _, name, _, _ in Formatter().parse(getattr(SENTENCES[topic], language)) if name}
        for language in ("en", "id")
    )
    assert en == id_
    assert en <= required
    assert SENTENCES[topic].en != SENTENCES[topic].id


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_word_is_filled_in_both_languages(code: str) -> None:
    """A word in one language only is no translation."""
    word = CODES[code]
    assert word.en.strip()
    assert word.id.strip()
    assert (word.en == word.id) is (code in SAME_IN_BOTH)


def test_every_state_of_a_track_has_a_name_in_both_languages_and_no_name_is_idle() -> None:
    """A case's page tells where each allegation stands."""
    states = {state.value for procedure in PROCEDURES.values() for state in procedure.states}
    assert states == set(STATES)
    assert all(said.en.strip() and said.id.strip() and said.en != said.id for said in STATES.values())


def test_a_sentence_tells_codes_by_their_words() -> None:
    """Arrays are told one after another."""
    said = told("complaint.completion_requested.v1", {"items": ["signature", "time"]})
    assert said.en == "Completion was requested: signature, time"
    assert said.id == "Perbaikan diminta: tanda tangan, waktu kejadian"
    assert shape_of(Kind).schema["enum"][11] == "n12"
