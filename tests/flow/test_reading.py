"""What the store gives back: by stream and version, by position, decoded by the codec or as it was recorded."""

from __future__ import annotations

import pytest

from api.wiring import House
from ledger.codec import encode_body, frame
from ledger.complaint.facts import StatusAnnounced
from ledger.errors import Unreadable
from ledger.store.rows import NewEvent
from ledger.trail.merkle import leaf_hash
from ledger.values import By, Handle, Role
from ledger.vault import unseal
from tests.flow.asking import Jambi


@pytest.mark.parametrize(
    ("after", "upto", "versions"), [(0, None, [1, 2, 3]), (1, None, [2, 3]), (1, 2, [2]), (0, 0, []), (3, None, [])]
)
def test_a_history_is_read_between_versions(
    house: House, jambi: Jambi, after: int, upto: int | None, versions: list[int]
) -> None:
    """The one after `after` to the one at `upto`."""
    complaint = jambi.accused(allegations=1)
    assert [each.version for each in house.store.history(complaint, after=after, upto=upto)] == versions


def test_the_trail_is_read_from_a_position_on(house: House, jambi: Jambi) -> None:
    """Some at a time, over all streams, and nothing beyond the end."""
    jambi.filed()
    every = house.store.read_from(0)
    assert [each.position for each in every] == list(range(house.store.size()))
    assert house.store.read_from(2, 3) == every[2:5]
    assert house.store.read_from(len(every)) == []


def test_a_receipt_tells_where_its_facts_stand_and_their_leaves(house: House, jambi: Jambi) -> None:
    """Whoever keeps it can prove later that each fact is in the trail."""
    complaint = jambi.accused()
    receipt = jambi.read_and_ask(jambi.refusal(complaint))
    entries = [house.store.entry(position) for position in range(receipt.first, receipt.last + 1)]
    assert receipt.origin == house.ledger.origin
    assert [
        (each.stream, each.version, each.position, each.topic, each.at, leaf_hash(frame(each)).hex())
        for each in entries
        if each is not None
    ] == [(told.stream, told.version, told.position, told.topic, told.at, told.leaf_digest) for told in receipt.entries]


def test_a_sealed_value_is_found_by_its_commitment(house: House, jambi: Jambi) -> None:
    complaint = jambi.filed()
    (filed,) = house.store.history(complaint)
    row = house.store.sealed_value(filed.fact.narrative.sealed)
    assert row is not None
    assert unseal(house.keys, row).value == "Terlapor mengajak bawahannya memilih."
    assert house.store.sealed_value("0" * 64) is None


def test_an_unknown_topic_stops_the_reader_with_its_name_and_position(house: House, jambi: Jambi) -> None:
    """A newer release wrote it; an older one that went on would decide on half a history."""
    complaint = jambi.filed()
    notice = jambi.notice(complaint)
    by = By(jambi.offices.bawaslu_jambi, Role.EXAMINER, Handle("a1"))
    body = encode_body(notice.act, by, StatusAnnounced(notice.what), "0" * 32)
    later = house.store.append([NewEvent(complaint, 2, "complaint.foretold.v1", body)], guards=[])
    told = rf"complaint\.foretold\.v1 at position {later.rows[0].position}"
    with pytest.raises(Unreadable, match=told):
        house.store.read_from(0)
    with pytest.raises(Unreadable, match=told):
        jambi.ask(jambi.naming(complaint))
