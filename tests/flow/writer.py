"""A process that files cases and says each receipt once it has it; arguments: its number, FOLDER, how many, how.

How many 0 means until it is killed. How is `write`, `seal` to seal after each command and say what was sealed, or
`together` to write in eight threads, whose commands share transactions.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import count
from pathlib import Path

from api.chronicles.register import Register
from api.opened import database_of
from api.wiring import House, open_house
from ledger.clock import SimulatedClock
from ledger.command import Command
from ledger.registrar import Receipt
from ledger.settings import read_settings
from ledger.values import StreamId
from tests.builders import NOON
from tests.flow.asking import Jambi
from tests.processes import await_go


class Writer:
    """One writer over a house that others may write to as well."""

    def __init__(self, house: House, name: str, *, seals: bool) -> None:
        self._house = house
        self._name = name
        self._seals = seals
        self._jambi = Jambi(house.registrar, register_of(house))

    def write_cases(self, many: int) -> None:
        """So many cases, or one after the other for ever."""
        for number in range(many) if many else count():
            self.write_case(number)

    def write_case(self, number: int) -> None:
        """File a case and refuse to register it: commands of one and of two facts, each under a key of its own."""
        complaint = self._ask(f"{self._name}.{number}.filing", self._jambi.filing())
        self._ask(f"{self._name}.{number}.naming", self._jambi.naming(complaint))
        self._ask(f"{self._name}.{number}.accusation", self._jambi.accusation(complaint))
        self._ask(f"{self._name}.{number}.refusal", self._jambi.refusal(complaint), seen=3)

    def _ask(self, key: str, command: Command, seen: int | None = None) -> StreamId:
        receipt = self._jambi.ask(command, key=key, seen=seen)
        say({"key": key, "first": receipt.first, "leaves": leaves(receipt)})
        if self._seals:
            sealed = self._house.sealer.seal()
            say({"size": sealed.size, "root": sealed.root.hex()})
        return receipt.entries[0].stream


def leaves(receipt: Receipt) -> list[str]:
    """What a receipt promises: the leaf at each position from its first on."""
    return [entry.leaf_digest for entry in receipt.entries]


def say(what: dict[str, object]) -> None:
    """One line in one piece, which is on its way when this returns."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def register_of(house: House) -> Register:
    """The register, which was recorded first of all."""
    return Register(house.stream, *(recorded.stream for recorded in house.store.read_from(1, 8)))


def main() -> None:
    number, folder, many, how = sys.argv[1:]
    place = Path(folder)
    with closing(open_house(place, clock=SimulatedClock(NOON), database=database_of(read_settings(place)))) as house:
        name, threads = f"{number}.{house.store.size()}", 8 if how == "together" else 1
        writers = [Writer(house, f"{name}.{thread}", seals=how == "seal") for thread in range(threads)]
        await_go()
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda writer: writer.write_cases(int(many)), writers))


if __name__ == "__main__":
    main()
