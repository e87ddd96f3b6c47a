"""The states that projections keep are those that replaying from nothing gives, whoever asks for whichever fact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.codec import Recorded
from ledger.concepts import evolved
from ledger.store.store import Store
from ledger.values import StreamId
from projections import follow
from projections.follow import Folds
from tests.unit.projections.histories import THOROUGH, Ground, prepare, told


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return prepare(tmp_path_factory.mktemp("ground"))


@pytest.fixture(scope="module")
def store(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three complaints, interleaved, among the facts of offices and the ledger's own."""
    with told(ground, Path(tmp_path_factory.mktemp("told")) / "ledger", THOROUGH) as house:
        yield house.store


def replayed(store: Store, recorded: Recorded) -> object:
    """The state after a fact, from nothing."""
    history = store.history(recorded.stream, upto=recorded.version)
    return evolved(recorded.stream.partition("-")[0], history)


def test_states_in_the_order_of_the_trail_are_those_of_a_replay(store: Store) -> None:
    """As a follower asks, for facts of every kind of stream."""
    folds = Folds(store)
    facts = store.read_from(0)
    assert [folds.after(each) for each in facts] == [replayed(store, each) for each in facts]


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_states_that_were_let_go_are_found_again(store: Store, monkeypatch: pytest.MonkeyPatch, kept: int) -> None:
    """There are more streams than states to keep."""
    monkeypatch.setattr(follow, "KEPT_STATES", kept)
    folds = Folds(store)
    facts = store.read_from(0)
    assert [folds.after(each) for each in facts] == [replayed(store, each) for each in facts]
    assert len(folds._kept) <= kept


@settings(max_examples=30, deadline=None)
@given(data=st.data(), kept=st.integers(0, 4))
def test_states_asked_for_in_any_order_are_those_of_a_replay(store: Store, data: st.DataObject, kept: int) -> None:
    """Backwards, repeated, with gaps: never the state of another moment."""
    facts = store.read_from(0)
    asked = data.draw(st.lists(st.sampled_from(facts), min_size=1, max_size=40))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(follow, "KEPT_STATES", kept)
        folds = Folds(store)
        for each in asked:
            assert folds.after(each) == replayed(store, each)


def test_following_in_order_reads_no_history_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the cost of a fact would grow with its stream."""
    facts = store.read_from(0)
    read: list[StreamId] = []
    monkeypatch.setattr(Store, "history", lambda _store, stream, **_: read.append(stream))
    folds = Folds(store)
    for each in facts:
        folds.after(each)
    assert read == []


def test_a_batch_that_several_projections_are_given_is_evolved_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One projection after the other asks for the same facts, and each is given the very same states."""
    facts = store.read_from(0)
    read: list[StreamId] = []
    monkeypatch.setattr(Store, "history", lambda _store, stream, **_: read.append(stream))
    folds = Folds(store)
    first = [folds.after(each) for each in facts]
    second = [folds.after(each) for each in facts]
    assert all(one is other for one, other in zip(first, second, strict=True))
    assert read == []


def test_the_law_is_read_once_a_batch_and_anew_in_the_next(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a batch names was recorded before the batch was read."""
    read: list[int] = []
    history = Store.history

    def counted(self: Store, stream: StreamId, *, after: int = 0, upto: int | None = None) -> list[Recorded]:
        read.append(after)
        return history(self, stream, after=after, upto=upto)

    monkeypatch.setattr(Store, "history", counted)
    folds = Folds(store)
    assert folds.law() is folds.law()
    assert len(read) == 1
    folds.begin()
    folds.law()
    assert len(read) == 2
