"""A hand-over in one transaction: the manifest in a stream of its own, and each file's referral in its complaint.

What is planned here is decided again by each complaint: a file that moved in between refuses the whole, by its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.command import Command
from ledger.complaint.allegations import Offered
from ledger.complaint.codes import ShownBy
from ledger.complaint.commands import HandOverFile, ReceiveReferral
from ledger.complaint.file import File
from ledger.complaint.state import Nothing
from ledger.errors import Missing
from ledger.handover.commands import OfferHandover
from ledger.handover.facts import Item, in_order
from ledger.handover.state import KnownHandover
from ledger.refusals import refused
from ledger.registrar import Receipt, Registrar
from ledger.speech import Said
from ledger.values import Act, Actor, Name, Number, StreamId


@dataclass(frozen=True, slots=True)
class FileOf:
    """One file: an allegation of a complaint, and the version of it that the asker has read, if they say."""

    complaint: StreamId
    allegation: Number
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Files:
    """Which files pass from where to where."""

    from_: StreamId
    to: StreamId
    files: tuple[FileOf, ...]
    legal_basis: Name | None = None


def hand_over(registrar: Registrar, asked: Files, *, act: Act, by: Actor, key: str | None = None) -> Receipt:
    """Record manifest and referrals, all or none.

    Errors: as for `submit`; Missing for a complaint that is not there; Refused and Stale name the file.
    """
    said = ["hand over", act, asked]
    if (earlier := registrar.earlier(said, by=by, key=key)) is not None:
        return earlier
    stream = registrar.draw("handover", key, by)
    items = _items(registrar, asked.files)
    commands: list[Command] = [
        OfferHandover(
            act=act, stream=stream, from_=asked.from_, to=asked.to, items=items, legal_basis=asked.legal_basis
        )
    ]
    commands += [
        HandOverFile(
            act=act,
            stream=item.complaint,
            allegation=item.allegation,
            referral=item.referral,
            from_=asked.from_,
            to=asked.to,
            handover=stream,
        )
        for item in items
    ]
    seen: dict[StreamId, int] = {}
    for each in asked.files:
        if each.seen is not None:
            seen[each.complaint] = min(each.seen, seen.get(each.complaint, each.seen))
    return registrar.submit_together(commands, by=by, key=key, seen=seen, drawn=stream, asked=said)


def receive_files(
    registrar: Registrar,
    handover: StreamId,
    files: Sequence[FileOf] | None,
    *,
    act: Act,
    by: Actor,
    key: str | None = None,
) -> Receipt:
    """Record that files of a hand-over arrived: those that are named, or all that are under way; all or none.

    Errors: as for `submit`; Missing for an unknown hand-over; Refused for a file that is not of it, and when none is
    under way.
    """
    said = ["receive", handover, act, files]
    if (earlier := registrar.earlier(said, by=by, key=key)) is not None:
        return earlier
    known = registrar.load(handover).state
    if not isinstance(known, KnownHandover):
        raise Missing(Said(f"no hand-over {handover} is known", f"tidak ada serah terima {handover}"))
    items = _under_way(registrar, known) if files is None else _named(known, files)
    if not items:
        raise refused("handover.arrived")
    commands = [
        ReceiveReferral(act=act, stream=item.complaint, referral=item.referral, shown_by=ShownBy.RECEIVER)
        for item in items
    ]
    return registrar.submit_together(commands, by=by, key=key, asked=said)


def _items(registrar: Registrar, files: Sequence[FileOf]) -> tuple[Item, ...]:
    """The manifest's lines: each file gets the next referral number of its complaint."""
    next_of: dict[StreamId, int] = {}
    items = []
    for each in sorted(files, key=lambda file: (file.complaint, file.allegation)):  # as `in_order`
        if each.complaint not in next_of:
            next_of[each.complaint] = len(_file(registrar, each.complaint).referrals)
        next_of[each.complaint] += 1
        items.append(Item(each.complaint, each.allegation, Number(next_of[each.complaint])))
    return tuple(items)


def _under_way(registrar: Registrar, handover: KnownHandover) -> list[Item]:
    """The files that nobody has received, answered, recalled or passed on."""
    return [item for item in handover.items if _waits(_file(registrar, item.complaint), item)]


def _waits(file: File, item: Item) -> bool:
    offered = file.allegations[item.allegation].standing == Offered(item.referral)
    return offered and not file.referrals[item.referral].received


def _named(handover: KnownHandover, files: Sequence[FileOf]) -> tuple[Item, ...]:
    of = {(item.complaint, item.allegation): item for item in handover.items}
    for each in files:
        if (each.complaint, each.allegation) not in of:
            raise refused("handover.file", allegation=each.allegation, complaint=each.complaint)
    return in_order(of[each.complaint, each.allegation] for each in files)


def _file(registrar: Registrar, complaint: StreamId) -> File:
    state = registrar.load(complaint).state
    if isinstance(state, Nothing):
        raise Missing(Said(f"no case {complaint} is known", f"tidak ada perkara {complaint}"))
    file: File = state.file
    return file
