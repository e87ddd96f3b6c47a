"""A decision is recorded on what it read, or made again: whatever moved between reading and recording."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from api.chronicles import register
from api.chronicles.play import instant
from api.chronicles.register import Register
from api.wiring import House, create_house
from ledger.clock import SimulatedClock
from ledger.codec import decode, encode_body
from ledger.errors import Conflict, Refused, Stale
from ledger.itself.facts import ClockKind
from ledger.office.commands import EndOffice
from ledger.registrar import ATTEMPTS
from ledger.store.rows import NewEvent
from ledger.values import Act, Name, Source, StreamId
from tests.builders import NOON
from tests.flow.asking import Jambi, registrar_of
from tests.scribes import Scribe, record_register
from tests.unit.store.stores import tables

Happening = Callable[[], Any]


class Between:
    """A clock that lets one thing happen each time that it is asked.

    The registrar asks it once for each attempt, when everything was read and nothing is decided or recorded yet.
    """

    def __init__(self, *happenings: Happening, now: datetime = NOON) -> None:
        self.asked = 0
        self.now = now
        self._happenings = list(happenings)

    def __call__(self) -> datetime:
        self.asked += 1
        if self._happenings:
            self._happenings.pop(0)()
        return self.now


class Drawn:
    """Random bytes, and how many were drawn at each time."""

    def __init__(self) -> None:
        self.every: list[bytes] = []

    def __call__(self, size: int) -> bytes:
        self.every.append(secrets.token_bytes(size))
        return self.every[-1]

    @property
    def sizes(self) -> list[int]:
        return [len(each) for each in self.every]


def end(jambi: Jambi, house: House, office: StreamId, on: date = date(2024, 6, 1)) -> None:
    """The registry says that an office may no longer act from a date on."""
    act = Act(house.stream, Source.OWN, on=date(2024, 6, 1))
    command = EndOffice(act=act, stream=office, on=on, legal_basis=Name("UU Contoh"))
    jambi.registrar.submit(command, by=register.by_registry(house.stream))


def repeat(house: House, stream: StreamId) -> None:
    """A stream's first fact once more, past the registrar: what it says is nothing new, but the stream has moved."""
    recorded = house.store.history(stream)
    first = recorded[0]
    body = encode_body(first.act, replace(first.by, who=None), first.fact, secrets.token_bytes(16).hex())
    house.store.append([NewEvent(stream, len(recorded) + 1, first.topic, body)], guards=[])


def test_attack_an_office_ends_between_deciding_and_recording(
    house: House, jambi: Jambi, neighbour: Jambi, offices: Register
) -> None:
    """The first decision read an office that could act; it is made again, and the law that stands refuses it."""
    clock = Between(lambda: end(neighbour, house, offices.bawaslu_jambi))
    before = tables(house.folder / "ledger.db")
    with pytest.raises(Refused, match="it ended on 2024-06-01"):
        jambi.through(registrar_of(house, clock=clock)).ask(jambi.filing(), key="k")
    after = tables(house.folder / "ledger.db")
    assert clock.asked == 2
    assert [row[3] for row in after["events"][len(before["events"]) :]] == ["office.ended.v1"]
    assert (after["vault"], after["idempotency"]) == (before["vault"], before["idempotency"])


def test_attack_the_addressee_ends_between_deciding_and_referring(
    house: House, jambi: Jambi, neighbour: Jambi, offices: Register
) -> None:
    """Every stream that a decision reads is guarded, not only the one that it writes and the office that acts."""
    complaint = jambi.decided()
    clock = Between(lambda: end(neighbour, house, offices.kasn))
    with pytest.raises(Refused, match="KASN could not act"):
        jambi.through(registrar_of(house, clock=clock)).read_and_ask(jambi.referral(complaint))
    assert clock.asked == 2


def test_two_allegations_at_once_get_a_number_each(house: House, jambi: Jambi, neighbour: Jambi) -> None:
    """Both decided on a case with none; the second to record decides again, and finds one."""
    complaint = jambi.accused(allegations=0)
    clock = Between(lambda: neighbour.ask(jambi.accusation(complaint)))
    jambi.through(registrar_of(house, clock=clock)).ask(jambi.accusation(complaint))
    facts = [recorded.fact for recorded in house.store.history(complaint)]
    assert [fact.allegation for fact in facts[-2:]] == [1, 2]
    assert clock.asked == 2


def test_threads_that_allege_at_once_get_a_number_each(house: House, jambi: Jambi, neighbour: Jambi) -> None:
    """Each acknowledged allegation is there once; whoever was overtaken five times asks again."""
    complaint = jambi.accused(allegations=0)

    def allege(number: int) -> int:
        while True:
            try:
                return (jambi, neighbour)[number % 2].ask(jambi.accusation(complaint)).entries[0].version
            except Conflict:
                continue

    with ThreadPoolExecutor(4) as pool:
        versions = list(pool.map(allege, range(20)))
    made = house.store.history(complaint)[2:]
    assert sorted(versions) == [recorded.version for recorded in made]
    assert [recorded.fact.allegation for recorded in made] == list(range(1, 21))


def test_what_moves_elsewhere_makes_nothing_decide_again(house: House, jambi: Jambi, neighbour: Jambi) -> None:
    """Another case, though its facts take the positions in between."""
    complaint = jambi.accused(allegations=0)
    clock = Between(neighbour.accused)
    jambi.through(registrar_of(house, clock=clock)).ask(jambi.accusation(complaint))
    assert clock.asked == 1


def test_the_last_of_five_attempts_is_recorded(house: House, jambi: Jambi, neighbour: Jambi) -> None:
    complaint = jambi.accused(allegations=0)
    clock = Between(*[lambda: neighbour.ask(jambi.accusation(complaint))] * (ATTEMPTS - 1))
    receipt = jambi.through(registrar_of(house, clock=clock)).ask(jambi.accusation(complaint))
    assert clock.asked == ATTEMPTS == 5
    assert receipt.entries[0].version == jambi.version(complaint)


def test_a_guard_that_moves_five_times_is_a_conflict(house: House, jambi: Jambi, neighbour: Jambi) -> None:
    """The asker hears it, with nothing recorded, rather than waiting for ever."""
    complaint = jambi.accused(allegations=0)
    clock = Between(*[lambda: neighbour.ask(jambi.accusation(complaint))] * 99)
    with pytest.raises(Conflict):
        jambi.through(registrar_of(house, clock=clock)).ask(jambi.accusation(complaint), key="k")
    assert clock.asked == ATTEMPTS
    facts = [recorded.fact for recorded in house.store.history(complaint)]
    assert [fact.allegation for fact in facts[-ATTEMPTS:]] == [1, 2, 3, 4, 5]
    assert tables(house.folder / "ledger.db")["idempotency"] == []


def test_what_moves_in_the_asker_s_own_scope_is_stale_at_the_second_attempt(
    house: House, jambi: Jambi, neighbour: Jambi
) -> None:
    """If-Match is asked at every attempt: the version was right when the command came, and is no longer."""
    complaint = jambi.accused()
    clock = Between(lambda: neighbour.ask(jambi.accusation(complaint)))
    seen = jambi.version(complaint)
    with pytest.raises(Stale):
        jambi.through(registrar_of(house, clock=clock)).ask(jambi.review(complaint), seen=seen)


@pytest.mark.parametrize("midnight", ["2024-07-08T15:00:00", "2024-07-08T16:00:00", "2024-07-08T17:00:00"])
def test_a_legal_day_that_turns_makes_the_command_decide_again(
    house: House, jambi: Jambi, clock: SimulatedClock, midnight: str
) -> None:
    """Midnight in Jayapura, Makassar and Jakarta: what was decided at 23:59:59 and recorded at 00:00:00."""
    turn = instant(midnight)
    asked: list[datetime] = []

    def deciding() -> datetime:
        asked.append(turn - timedelta(seconds=1) if not asked else turn)
        clock.now = turn
        return asked[-1]

    receipt = jambi.through(registrar_of(house, clock=deciding)).ask(jambi.filing())
    assert len(asked) == 2
    assert receipt.entries[0].at == f"{midnight}Z"


def test_attack_an_office_s_last_day_ends_between_deciding_and_recording(
    house: House, jambi: Jambi, offices: Register, clock: SimulatedClock
) -> None:
    """No guard moved; the date did, and with it who may record."""
    end(jambi, house, offices.bawaslu_jambi, on=date(2024, 7, 9))
    midnight = datetime(2024, 7, 8, 17, tzinfo=UTC)

    def deciding() -> datetime:
        before, clock.now = clock.now, midnight
        return midnight - timedelta(seconds=1) if before < midnight else midnight

    with pytest.raises(Refused, match="could not act on 2024-07-09"):
        jambi.through(registrar_of(house, clock=deciding)).ask(jambi.filing())


def test_the_ledger_s_own_stream_is_a_guard_of_every_command(tmp_path: Path, clock: SimulatedClock) -> None:
    """A ledger that was closed, or got another key, between deciding and recording is another ledger.

    This ledger is nobody's fixture: the only fact of its stream yet is its opening, and no auditor takes that twice.
    """
    made = create_house(
        tmp_path, domain="test.invalid", kind=ClockKind.SIMULATED, operator=register.OPERATOR, clock=clock
    )
    with closing(made) as house:
        deciding = Between(lambda: repeat(house, house.stream), now=clock.now)
        scribe = Scribe(registrar_of(house, clock=deciding), clock, house.stream)
        record_register(scribe)
    assert deciding.asked == 9, "eight commands, the first of them decided twice"


@pytest.mark.parametrize("attempts", [1, 3])
def test_one_submission_draws_each_salt_nonce_and_stream_once(
    house: House, jambi: Jambi, offices: Register, attempts: int
) -> None:
    """A second attempt uses what the first one drew, so that no value is committed to twice and no stream is lost."""
    drawn = Drawn()
    clock = Between(*[lambda: repeat(house, offices.election_jambi)] * (attempts - 1))
    receipt = jambi.through(registrar_of(house, clock=clock, random=drawn)).ask(jambi.filing())
    assert clock.asked == attempts
    entry = house.store.entry(receipt.first) or pytest.fail("no entry")
    # A stream; salt and AES nonce of two names, the narrative and who records; the entry's nonce.
    assert drawn.sizes == [16, *[32, 12] * 4, 16]
    assert entry.stream == f"complaint-{drawn.every[0].hex()}"
    assert decode(entry).nonce == drawn.every[-1].hex()
