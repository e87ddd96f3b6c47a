"""Every refusal in the code has its sentences, in both languages, with all their details; and no sentence is idle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from ledger.refusals import REFUSALS, refused
from ledger.refusals.complaint import COMPLAINT
from ledger.refusals.law import LAW
from ledger.refusals.registers import REGISTERS
from ledger.refusals.tracks import TRACKS
from ledger.refusals.words import STEPS
from ledger.speech import Said

ROOT = Path(__file__).parents[2]
SOURCES = [path for folder in ("ledger", "api", "projections") for path in sorted((ROOT / folder).rglob("*.py"))]


def _calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function by its bare name, with its place."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


CALLS = list(_calls("refused"))


def _rule(call: ast.Call) -> str:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def _details(said: Said, language: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(getattr(said, language)) if name}


def test_there_are_refusals_to_look_at() -> None:
    """The search below finds what it searches."""
    assert len(CALLS) > 80


@pytest.mark.parametrize(("place", "call"), CALLS, ids=[place for place, _ in CALLS])
def test_a_refusal_names_a_rule_with_sentences_and_gives_their_details(place: str, call: ast.Call) -> None:
    """A rule is written out where it is refused, so that a search finds it; a missing detail would be a crash."""
    rule = _rule(call)
    assert rule in REFUSALS, f"{place}: {rule or 'not a literal'}"
    given = {keyword.arg for keyword in call.keywords} - {"basis"}
    words = REFUSALS[rule]
    for said in (words.because, words.allowed):
        for language in ("en", "id"):
            missing = _details(said, language) - given
            assert not missing, f"{place}: {rule} says {missing} in {language}"


def test_every_rule_with_sentences_is_refused_somewhere() -> None:
    """Sentences without a rule are forgotten ones."""
    assert set(REFUSALS) - {_rule(call) for _, call in CALLS} == set()


def test_no_rule_stands_in_two_tables() -> None:
    """The later one would hide the earlier."""
    assert len(REFUSALS) == len(REGISTERS) + len(COMPLAINT) + len(TRACKS) + len(LAW)


@pytest.mark.parametrize("rule", REFUSALS)
def test_both_languages_are_filled_and_differ(rule: str) -> None:
    """English and Indonesian, of why and of what would be allowed, naming the same details."""
    words = REFUSALS[rule]
    for said in (words.because, words.allowed):
        assert said.en.strip()
        assert said.id.strip()
        assert said.en != said.id
    told = [_details(words.because, language) | _details(words.allowed, language) for language in ("en", "id")]
    assert told[0] == told[1]


def test_every_step_that_an_act_may_not_precede_has_its_words() -> None:
    """`check_order` names a step; one without words would be told by its code."""
    steps = {
        part.value
        for _, call in _calls("check_order")
        for part in ast.walk(call.args[2])
        if isinstance(part, ast.Constant)
    }
    assert steps == set(STEPS)
    assert all(said.en != said.id for said in STEPS.values())


def test_a_refusal_puts_its_details_into_both_sentences() -> None:
    """The name of a step is said in the sentence's own language."""
    told = refused("act.order", day="2024-06-01", since="2024-06-02", what="receipt")
    assert told.because.en == "the act of 2024-06-01 would precede the receipt of 2024-06-02"
    assert told.because.id == "tindakan tanggal 2024-06-01 mendahului penerimaan laporan tanggal 2024-06-02"
    with pytest.raises(KeyError):
        refused("act.order", day="2024-06-01")
