"""A hand-over in one transaction: the manifest in a stream of its own, and each file's referral in its complaint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.command import Command
from ledger.complaint.commands import HandOverFile
from ledger.complaint.state import Nothing
from ledger.errors import Missing
from ledger.handover.commands import OfferHandover
from ledger.handover.facts import Item
from ledger.registrar import Receipt, Registrar
from ledger.speech import Said
from ledger.values import Act, Actor, Name, Number, StreamId


@dataclass(frozen=True, slots=True)
class Files:
    """Which files pass from where to where: allegations, each by its complaint and number."""

    from_: StreamId
    to: StreamId
    files: tuple[tuple[StreamId, Number], ...]
    legal_basis: Name | None = None


def hand_over(registrar: Registrar, files: Files, *, act: Act, by: Actor, key: str | None = None) -> Receipt:
    """Record manifest and referrals, all or none; errors as for `submit`, Missing for a complaint that is not there."""
    stream = registrar.draw("handover", key, by)
    items = _items(registrar, files.files)
    manifest = OfferHandover(
        act=act, stream=stream, from_=files.from_, to=files.to, items=items, legal_basis=files.legal_basis
    )
    commands: list[Command] = [manifest]
    commands += [
        HandOverFile(
            act=act,
            stream=item.complaint,
            allegation=item.allegation,
            referral=item.referral,
            from_=files.from_,
            to=files.to,
            handover=stream,
        )
        for item in items
    ]
    return registrar.submit_together(commands, by=by, key=key, drawn=stream, asked=[act, files])


def _items(registrar: Registrar, files: Sequence[tuple[StreamId, Number]]) -> tuple[Item, ...]:
    """The manifest's lines: each file gets the next referral number of its complaint."""
    next_of: dict[StreamId, int] = {}
    items = []
    for complaint, allegation in files:
        if complaint not in next_of:
            state = registrar.load(complaint).state
            if isinstance(state, Nothing):
                raise Missing(Said(f"no case {complaint} is known", f"perkara {complaint} tidak dikenal"))
            next_of[complaint] = len(state.file.referrals)
        next_of[complaint] += 1
        items.append(Item(complaint, allegation, Number(next_of[complaint])))
    return tuple(items)
