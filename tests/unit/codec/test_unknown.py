"""What a release does not know stops it by name: a later format, a later topic. It never guesses and never skips."""

from __future__ import annotations

from datetime import date

import pytest

from api.chronicles.register import Register, by_registry
from api.wiring import House, open_house
from ledger.clock import SimulatedClock
from ledger.codec import Entry, decode, frame, unframe
from ledger.errors import Broken, Unreadable
from ledger.office.commands import EstablishOffice
from ledger.office.facts import Level, OfficeKind
from ledger.store.rows import Guard, NewEvent
from ledger.values import Act, Name, Source, StreamId, Zone
from projections.follow import FollowingThread
from tests.scribes import Scribe
from tests.unit.codec.entries import ESTABLISHED, refuse, spelled, with_header

TOPIC = "complaint.painted.v1"


@pytest.mark.parametrize(
    "first",
    ["netral-entry/v2", "netral-entry/v10", "netral-entry/v1 ", "Netral-Entry/v1", "netral-entry", "other/v1", ""],
)
def test_attack_a_false_entry_of_another_format(first: str) -> None:
    """The refusal says what the first line was and what this release reads."""
    said = refuse(ESTABLISHED.replace(b"netral-entry/v1", first.encode(), 1), "unknown entry format")
    assert repr(first.encode()) in said
    assert "netral-entry/v1" in said


@pytest.mark.parametrize("rest", [b"", b"\n", b"\nposition 2\n\n\xff\x00", b"\n\n{}", b"\n" + bytes(range(256))])
def test_a_later_format_may_have_any_other_shape(rest: bytes) -> None:
    """The first line alone decides, so that a v2 is refused as a v2 and not as a broken v1."""
    refuse(b"netral-entry/v2" + rest, "unknown entry format b'netral-entry/v2'")


def test_attack_a_first_line_without_end() -> None:
    """The refusal stays short."""
    assert len(refuse(b"x" * 100_000)) < 200


@pytest.mark.parametrize("topic", [TOPIC, "office.established.v9999", "zebra.seen.v1"])
def test_an_unknown_topic_is_named_with_its_position(topic: str) -> None:
    """It is framed all the same: sealing, serving and restoring need no catalogue."""
    data = with_header(with_header(ESTABLISHED, "topic", topic), "position", "41")
    assert frame(unframe(data)) == data
    refuse(data, f"unknown topic {topic} at position 41")


def test_an_unknown_topic_is_named_whatever_its_body_holds() -> None:
    """The body of a topic that nobody here knows is not looked into."""
    with pytest.raises(Unreadable, match=f"unknown topic {TOPIC} at position 7"):
        decode(Entry(7, "complaint-" + "ab" * 16, 1, TOPIC, "2024-06-11T02:20:00Z", b"\xff"))


def test_unreadable_means_stop() -> None:
    """It is the ledger's own fault, not the asker's: 500, and nothing more is written."""
    assert issubclass(Unreadable, Broken)


def record_what_a_newer_release_knows(house: House) -> None:
    """A well-formed entry of a topic that this release does not know."""
    stream = StreamId("complaint-" + "ab" * 16)
    office = f"office-{'0f' * 16}"
    body = {
        "act": {"office": office, "on": "2024-05-02", "source": "own"},
        "by": {"actor": "a1", "office": office, "role": "examiner"},
        "fact": {"colour": "red"},
        "nonce": "cd" * 16,
    }
    house.store.append([NewEvent(stream, 1, TOPIC, spelled(body))], guards=[Guard(stream, 0)])


@pytest.fixture
def unknown(house: House, offices: Register) -> int:
    """The position of an unknown topic behind known ones."""
    del offices
    record_what_a_newer_release_knows(house)
    return house.store.size() - 1


def test_attack_a_reading_loop_passes_over_an_unknown_topic(house: House, scribe: Scribe, unknown: int) -> None:
    """However often it is asked and whatever follows, no projection gets past the entry."""
    for _ in range(3):
        with pytest.raises(Unreadable, match=f"unknown topic {TOPIC} at position {unknown}"):
            house.follower.catch_up()
        assert set(house.views.stands().values()) <= set(range(unknown + 1))
        house.registrar.submit(one_more(scribe.ledger), by=by_registry(scribe.ledger))
    assert house.store.size() == unknown + 4
    for name in house.views.projections:
        with pytest.raises(Unreadable, match=f"position {unknown}"):
            house.follower.rebuild(name)


def one_more(ledger: StreamId) -> EstablishOffice:
    """A command to which the unknown topic is nothing."""
    return EstablishOffice(
        act=Act(ledger, Source.OWN, on=date(2024, 5, 2)),
        kind=OfficeKind.OTHER,
        level=Level.NATIONAL,
        zone=Zone.WIB,
        from_=date(2014, 1, 1),
        name=Name("Kantor Contoh"),
    )


def test_the_following_thread_ends_at_an_unknown_topic(house: House, unknown: int) -> None:
    """The failure is kept for the readiness check, with the topic and the position."""
    thread = FollowingThread(house.store, [house.follower.catch_up], 0.01)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
    assert isinstance(thread.failure, Unreadable)
    assert str(thread.failure).startswith(f"unknown topic {TOPIC} at position {unknown}")


def test_a_stream_with_an_unknown_fact_takes_no_command(house: House, unknown: int) -> None:
    """Its state cannot be known, so nothing is decided on it."""
    row = house.store.entry(unknown)
    assert row is not None
    with pytest.raises(Unreadable, match=TOPIC):
        house.registrar.load(StreamId(row.stream))


def test_an_unknown_topic_still_stops_after_a_restart(house: House, unknown: int, clock: SimulatedClock) -> None:
    """Starting again is no way around it; the trail itself is sealed on, because it is true."""
    again = open_house(house.folder, clock=clock)
    try:
        assert again.sealer.seal().size == unknown + 1
        with pytest.raises(Unreadable, match=f"at position {unknown}"):
            again.follower.catch_up()
    finally:
        again.close()
