"""Loading a complaint: read anew, and read on from what is kept, against the library's repository and transcoder."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import UUID

import orjson
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate

from benchmarks.loaded import every, lengths, loaded
from benchmarks.measuring import Row, rates, repeated
from ledger.codec import Entry
from ledger.readings import Readings
from ledger.values import StreamId


class Complaint(Aggregate):
    """The stock aggregate: it keeps the last body of each topic, and judges nothing."""

    def __init__(self) -> None:
        self.facts: dict[str, dict[str, object]] = {}

    class Recorded(Aggregate.Event):
        """One fact of ours as an event of the library's."""

        name: str
        act: dict[str, object]
        by: dict[str, object]
        fact: dict[str, object]

        def apply(self, aggregate: Aggregate) -> None:
            """Keep it."""
            assert isinstance(aggregate, Complaint)  # noqa: S101
            aggregate.facts[self.name] = self.fact


def loading(folder: Path, *, quick: bool) -> Iterator[Row]:
    """Complaints of about 35 and of 100 facts."""
    house, _ = loaded(folder / "ledger", 40)
    app: Application[UUID] = Application(
        env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(folder / "stock.db")}
    )
    (longest, length), *_ = lengths(house).most_common(1)
    facts = [entry for entry in every(house) if entry.stream == longest]
    hundred = StreamId("complaint-" + "f" * 32)
    at, size = facts[-1].at, house.store.size()
    evidence = [each for each in facts if each.topic.startswith("complaint.evidence")] or facts[-1:]
    more = [*facts, *(evidence[0] for _ in range(100 - length))]
    house.store.put_back([Entry(size + n, hundred, n + 1, each.topic, at, each.body) for n, each in enumerate(more)])
    for stream, bodies in ((StreamId(longest), facts), (hundred, more)):
        peer = Complaint()
        for each in bodies:
            body = orjson.loads(each.body)
            peer.trigger_event(Complaint.Recorded, name=each.topic, act=body["act"], by=body["by"], fact=body["fact"])
        app.save(peer)
        kept = Readings(house.store)

        kept_rate, new_rate, stock_rate = rates(
            15 if quick else 60,
            repeated(20, partial(kept.load, stream)),
            repeated(3, lambda stream=stream: Readings(house.store).load(stream)),  # type: ignore[misc]
            repeated(3, partial(app.repository.get, peer.id)),
        )
        named = f"loading a complaint of {len(bodies)} facts"
        yield Row(f"{named}, read before: stock repository", kept_rate, stock_rate, 5.0)
        yield Row(f"{named}, for the first time: stock repository", new_rate, stock_rate, 5.0)
    house.close()
