"""Many files in one act, on a real store: all of them or none, once however often it is asked, and by name if not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.chronicles import people
from api.chronicles.k3 import FIRST
from api.chronicles.play import Desk
from api.wiring import House
from ledger.clock import SimulatedClock
from ledger.codec import content_digest
from ledger.errors import KeyReused, Missing, Refused, Stale
from ledger.handing_over import FileOf, hand_over
from ledger.handover.facts import Item, in_order
from ledger.handover.state import KnownHandover
from ledger.registrar import Receipt
from ledger.values import Number, Role, StreamId
from tests.flow.archive import Archive

NOWHERE = StreamId("complaint-" + "0" * 32)


@pytest.fixture
def archive(house: House, clock: SimulatedClock) -> Archive:
    return Archive.of(house, clock, 4)


def manifest_of(receipt: Receipt, house: House) -> KnownHandover:
    known = house.registrar.load(receipt.entries[0].stream).state
    assert isinstance(known, KnownHandover)
    return known


def test_manifest_and_referrals_are_one_group_of_entries(archive: Archive) -> None:
    """Contiguous positions, one instant, each in its own stream: one transaction."""
    receipt = archive.hand_over()
    assert [each.topic for each in receipt.entries] == ["handover.offered.v1", *["complaint.referral_offered.v1"] * 4]
    assert {each.stream for each in receipt.entries[1:]} == set(archive.complaints)
    assert [each.position for each in receipt.entries] == list(range(receipt.first, receipt.last + 1))
    assert len({each.at for each in receipt.entries}) == 1
    items = in_order(Item(each, FIRST, Number(2)) for each in archive.complaints)
    manifest = manifest_of(receipt, archive.house)
    assert (manifest.items, manifest.digest) == (items, content_digest(items))
    for each in archive.house.store.read_from(receipt.first + 1):
        assert each.fact.handover == receipt.entries[0].stream


def test_the_order_in_which_the_files_are_named_does_not_matter(archive: Archive) -> None:
    """The manifest has an order of its own."""
    receipt = archive.hand_over(archive.asked(archive.complaints[::-1]))
    assert manifest_of(receipt, archive.house).items == in_order(
        Item(each, FIRST, Number(2)) for each in archive.complaints
    )


def test_a_retry_with_the_same_key_answers_with_the_first_receipt(archive: Archive) -> None:
    """Also once the files have moved on; and another set with that key is refused as another command."""
    first = archive.hand_over(key="serah-terima-1")
    archive.receive(first.entries[0].stream)
    archive.accept(archive.complaints[0])
    again = archive.hand_over(key="serah-terima-1")
    assert again.replayed
    assert again.entries == first.entries
    with pytest.raises(KeyReused):
        archive.hand_over(archive.asked(archive.complaints[:2]), key="serah-terima-1")


def test_a_retry_without_a_key_finds_the_files_gone(archive: Archive) -> None:
    """Nothing is handed over twice."""
    archive.hand_over()
    with pytest.raises(Refused, match="lies at BKN, not at the office that hands it over"):
        archive.hand_over()


def test_a_file_that_moved_refuses_the_whole_and_every_one_of_them_is_named(archive: Archive) -> None:
    """Not one at a time: whoever hands four hundred over wants to know which three do not lie there."""
    gone = archive.complaints[1:3]
    archive.hand_over(archive.asked(gone))
    size = archive.house.store.size()
    with pytest.raises(Refused) as refusal:
        archive.hand_over()
    refused = [refusal.value, *refusal.value.others]
    assert {each.stream for each in refused} == set(gone)
    for each in refused:
        assert each.rule == "handover.holder"
        assert each.because.en == f"{each.stream}: allegation 1 lies at BKN, not at the office that hands it over"
        assert each.because.id.startswith(f"{each.stream}: dugaan 1 berada di BKN")
    assert archive.house.store.size() == size


def test_a_file_that_changed_since_it_was_read_refuses_the_whole_by_its_name(archive: Archive) -> None:
    """Where the asker says which version they read; what touches another allegation would not matter."""
    asked = archive.asked()
    versions = {each: archive.house.registrar.load(each).version for each in archive.complaints}
    named = tuple(FileOf(each.complaint, each.allegation, versions[each.complaint]) for each in asked.files)
    archive.hand_over(archive.asked(archive.complaints[:1]))
    archive.recall(archive.complaints[0])
    with pytest.raises(Stale, match=f"^{archive.complaints[0]}: version {versions[archive.complaints[0]]} was seen"):
        hand_over(
            archive.house.registrar,
            replace(asked, files=named),
            act=archive.bkn.on("2024-09-23"),
            by=archive.bkn.actor(Role.HOLDER, people.KASN_ARCHIVIST),
        )


def test_a_case_that_is_not_there_is_missing_by_its_name(archive: Archive) -> None:
    """Before anything is decided."""
    with pytest.raises(Missing, match=NOWHERE):
        archive.hand_over(archive.asked([*archive.complaints, NOWHERE]))


def test_all_files_of_a_hand_over_arrive_in_one_command(archive: Archive) -> None:
    """And once: what has arrived, was answered or recalled does not arrive again."""
    handover = archive.hand_over().entries[0].stream
    first, second, third, fourth = archive.complaints
    arrived = archive.receive(handover, [FileOf(first, FIRST)])
    assert [each.stream for each in arrived.entries] == [first]
    archive.accept(second)
    archive.recall(third)
    later = archive.receive(handover, act=archive.bkn.at("2024-09-23T02:30:00"))
    assert [each.stream for each in later.entries] == [fourth]
    with pytest.raises(Refused, match="received, answered or recalled already"):
        archive.receive(handover)


def test_what_arrives_is_of_the_hand_over_or_the_whole_is_refused(archive: Archive) -> None:
    """A file of no manifest would be nobody's."""
    receipt = archive.hand_over(archive.asked(archive.complaints[:2]))
    handover, stranger = receipt.entries[0].stream, archive.complaints[3]
    with pytest.raises(Refused, match=f"allegation 1 of {stranger} does not stand in the manifest"):
        archive.receive(handover, [FileOf(archive.complaints[0], FIRST), FileOf(stranger, FIRST)])
    with pytest.raises(Missing, match="no hand-over"):
        archive.receive(StreamId("handover-" + "0" * 32))


def test_a_retried_arrival_answers_with_the_first_receipt(archive: Archive) -> None:
    """Although nothing is under way any more."""
    handover = archive.hand_over().entries[0].stream
    first = archive.receive(handover, key="tiba-1")
    assert archive.receive(handover, key="tiba-1").entries == first.entries


def test_an_office_that_stands_hands_over_what_it_holds_itself(house: House, clock: SimulatedClock) -> None:
    """Succession is one reason among others; the files lie at KASN until BKN takes them."""
    archive = Archive.of(house, clock, 2, ended=False)
    with pytest.raises(Refused, match="BKN does not hand over the files of KASN"):
        archive.hand_over()
    kasn = Desk(archive.offices.kasn)
    receipt = hand_over(
        house.registrar,
        archive.asked(),
        act=kasn.on("2024-09-17"),
        by=kasn.actor(Role.HOLDER, people.KASN_ARCHIVIST),
    )
    assert manifest_of(receipt, house).offered_by == archive.offices.kasn
