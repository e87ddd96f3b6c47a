"""The bytes of every topic, as they were first written: a release that makes or reads others has broken the trail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from ledger.codec import FACTS, decode, unframe
from ledger.trail.merkle import leaf_hash
from ledger.values import Act
from tests.unit.codec.golden import __main__ as by_hand
from tests.unit.codec.golden import add, golden, leaf, leaves, topics, written
from tests.unit.codec.golden.examples import BY_TOPIC, EXAMPLES

EVERY_TOPIC = pytest.mark.parametrize("topic", sorted(FACTS))


@EVERY_TOPIC
def test_every_topic_has_its_example_its_golden_bytes_and_its_leaf(topic: str) -> None:
    """A new topic lands together with the bytes that it will have for ever."""
    assert FACTS[topic] in EXAMPLES, f"{topic} has no example in golden/examples.py"
    assert topic in topics(), f"{topic} has no golden bytes: python -m tests.unit.codec.golden {topic}"
    assert topic in leaves(), f"{topic} has no leaf hash in golden/leaves.txt"


def test_no_golden_bytes_lie_there_for_a_topic_that_is_not_read() -> None:
    """A topic is never dropped: whoever drops one has trails that no release reads."""
    assert set(topics()) - set(FACTS) == set()
    assert set(leaves()) - set(FACTS) == set()
    assert set(BY_TOPIC) - set(FACTS) == set()


@EVERY_TOPIC
def test_the_golden_bytes_say_what_their_example_says(topic: str) -> None:
    """What was written once is read for ever, member by member."""
    assert decode(unframe(golden(topic))) == BY_TOPIC[topic]


@EVERY_TOPIC
def test_the_example_still_makes_the_golden_bytes(topic: str) -> None:
    """Two releases that write one act in two ways would have two leaves for it."""
    assert written(BY_TOPIC[topic]) == golden(topic)


@EVERY_TOPIC
def test_the_leaf_hash_of_the_golden_bytes_stands(topic: str) -> None:
    """The index tells when a golden file was changed; the tree hashes the same bytes in the same way."""
    assert leaf(golden(topic)) == leaves()[topic]
    assert leaf_hash(golden(topic)).hex() == leaves()[topic]


@EVERY_TOPIC
def test_a_golden_entry_shows_every_member(topic: str) -> None:
    """A member that no golden entry holds could change its form unseen."""
    example = BY_TOPIC[topic]
    assert list(absent(example.fact, "fact")) == []
    assert list(absent(example.by, "by")) == []


def absent(value: Any, path: str) -> Iterator[str]:
    """The members of a dataclass, and of those in it, that hold nothing."""
    if is_dataclass(value):
        for each in fields(value):
            yield from absent(getattr(value, each.name), f"{path}.{each.name}")
    elif value is None or value in ((), frozenset()):
        yield path
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from absent(item, f"{path}[{index}]")


def test_a_member_that_holds_nothing_is_told_by_its_path() -> None:
    """The check above can fail: at the top, in an item of an array, for an empty set."""
    filed = BY_TOPIC["complaint.filed.v1"].fact
    bare = replace(filed.complainants[1], email=None)
    changed = replace(filed, place=None, irregular=frozenset(), complainants=(filed.complainants[0], bare))
    assert list(absent(changed, "fact")) == ["fact.irregular", "fact.complainants[1].email", "fact.place"]


def test_the_golden_acts_are_dated_both_ways_and_known_in_every_way() -> None:
    """Whatever an act may hold stands in some golden entry."""
    acts: list[Act] = [example.act for example in EXAMPLES.values()]
    assert {act.at is None for act in acts} == {True, False}
    assert {act.source.value for act in acts} == {"own", "letter", "published"}


def test_the_nonces_and_positions_of_the_golden_entries_differ() -> None:
    """So that no golden file can stand in for another."""
    assert len({example.nonce for example in EXAMPLES.values()}) == len(EXAMPLES)
    assert len({example.position for example in EXAMPLES.values()}) == len(EXAMPLES)


def test_attack_golden_bytes_are_written_again(tmp_path: Path) -> None:
    """Whoever changed a form by mistake must not be able to make the test green by running the writer."""
    example = BY_TOPIC["office.ended.v1"]
    add(example, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(FileExistsError):
        add(replace(example, nonce="ab" * 16), tmp_path)
    (tmp_path / "leaves.txt").write_bytes(b"")
    with pytest.raises(FileExistsError):
        add(replace(example, nonce="ab" * 16), tmp_path)
    assert (tmp_path / "office.ended.v1.entry").read_bytes() == before["office.ended.v1.entry"]
    (tmp_path / "leaves.txt").write_bytes(before["leaves.txt"])
    (tmp_path / "office.ended.v1.entry").unlink()
    with pytest.raises(FileExistsError):
        add(replace(example, nonce="ab" * 16), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"leaves.txt": before["leaves.txt"]}


def test_what_the_writer_writes_for_a_new_topic_is_what_the_tests_read(tmp_path: Path) -> None:
    """The file and the line in the index, for one topic after another."""
    for topic in ("office.ended.v1", "complaint.filed.v1"):
        add(BY_TOPIC[topic], tmp_path)
    assert topics(tmp_path) == ["complaint.filed.v1", "office.ended.v1"]
    assert leaves(tmp_path) == {topic: leaves()[topic] for topic in topics(tmp_path)}
    assert golden("complaint.filed.v1", tmp_path) == golden("complaint.filed.v1")


def test_the_command_says_why_it_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a topic, for a topic that has its bytes, for one without an example."""
    assert by_hand.main([]) == 2
    assert by_hand.main(["office.ended.v1"]) == 1
    assert by_hand.main(["office.painted.v1"]) == 2
    said = capsys.readouterr().err
    assert re.search("usage.*TOPIC", said)
    assert "office.ended.v1 stands in leaves.txt already" in said
    assert "office.painted.v1 has no example" in said
