"""The confidential part: sealed values opened for those who may see them, with a purpose, and noted before they are.

A case is opened for its owner, for those who hold an allegation or were sent one, and for auditors; an official, for
the office that recorded them, auditors and protection officers. Whoever has a conflict of interest sees nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from pydantic import BaseModel

from api.wiring import House
from ledger.codec import Recorded
from ledger.complaint.facts import ValueDisclosed
from ledger.complaint.file import File
from ledger.complaint.state import Nothing
from ledger.errors import Denied, Missing
from ledger.grounds import Grounds
from ledger.journal import Opening
from ledger.office.competence import stands_for
from ledger.office.state import Office
from ledger.shape import instant_text
from ledger.speech import Said
from ledger.values import Actor, Role, SealedRef, StreamId, Zone, local_date
from ledger.vault import Opened, unseal


class OpenedOut(BaseModel):
    """One sealed value, opened: salt (hex) and payload let anybody check the commitment that stands in the entry."""

    version: int
    position: int
    office: str
    """Whose act the entry records: a case has one identity, and each body a number of its own beside it."""
    member: str
    number: bool
    """Whether it is a number of that body's, by which the case is found."""
    commitment: str
    value: str | None
    salt: str | None
    payload: str | None
    erased: bool
    """Whether its key was destroyed: then nobody can open it any more."""


class ConfidentialOut(BaseModel):
    """Every sealed value of a stream that can still be opened, as of a position."""

    stream: str
    values: list[OpenedOut]


class OpeningOut(BaseModel):
    """One look into the confidential part."""

    at: str
    office: str
    role: str
    account: str
    purpose: str


class OpeningsOut(BaseModel):
    """Who looked into the confidential part of a case, oldest first."""

    stream: str
    openings: list[OpeningOut]


@dataclass(frozen=True, slots=True)
class Confidant:
    """Opens sealed values for one asker with one purpose."""

    house: House
    actor: Actor
    purpose: str

    def case(self, complaint: StreamId) -> ConfidentialOut:
        """Every sealed value of a case; Denied for those who have no part in it."""
        loaded = self.house.registrar.load(complaint)
        if isinstance(loaded.state, Nothing):
            raise Missing(Said(f"no case {complaint} is known", f"tidak ada perkara {complaint}"))
        self._check_part(complaint, loaded.state.file)
        self._note(complaint)
        return self._opened(complaint, loaded.history)

    def official(self, official: StreamId) -> ConfidentialOut:
        """Every sealed value of an official."""
        history = self.house.store.history(official)
        if not history:
            raise Missing(Said(f"no official {official} is known", f"tidak ada pejabat {official}"))
        allowed = self.actor.role in (Role.AUDITOR, Role.PROTECTION_OFFICER)
        if not allowed and self.actor.office != history[0].act.office:
            raise Denied(
                Said(
                    "an official is shown to the office that recorded them, to auditors and protection officers",
                    "pejabat diperlihatkan kepada lembaga yang mencatatnya, auditor, dan petugas pelindungan data",
                )
            )
        self._note(official)
        return self._opened(official, history)

    def recorded_by(self, position: int) -> ConfidentialOut:
        """The sealed values of one entry, for the office that recorded it: what a filer is handed back."""
        found = self.house.store.read_from(position, 1)
        if not found:
            raise Missing(
                Said(f"nothing is recorded at position {position}", f"tidak ada yang dicatat di posisi {position}")
            )
        if found[0].stream.startswith("complaint-"):
            self._check_unconflicted(found[0].stream, self.house.registrar.load(found[0].stream).state.file)
        if self.actor.office != found[0].by.office:
            raise Denied(
                Said(
                    "an entry's own values are handed back by the office that recorded it",
                    "nilai sebuah entri diserahkan kembali hanya kepada lembaga yang mencatatnya",
                )
            )
        self._note(found[0].stream)
        return self._opened(found[0].stream, found)

    def _check_part(self, complaint: StreamId, file: File) -> None:
        self._check_unconflicted(complaint, file)
        if self.actor.role is Role.AUDITOR:
            return
        offices = {file.owner, *(referral.to for referral in file.referrals.values())}
        offices |= {file.holder(allegation) for allegation in file.allegations.values()}
        if self.actor.office not in offices and not any(self._followed(each) for each in offices):
            raise Denied(
                Said(
                    "the confidential part is opened for owner, holders, addressees and auditors",
                    "bagian rahasia dibuka untuk pemilik, penangan, tujuan penerusan, dan auditor",
                )
            )

    def _check_unconflicted(self, complaint: StreamId, file: File) -> None:
        """Whoever has a conflict of interest stays out in whatever role: by the complaint, or by the register."""
        handle = self.house.keys.known_handle(complaint, f"staff:{self.actor.staff.account}")
        today = local_date(self.house.clock(), Zone.WIB)
        related = self.house.registrar.relations.keep_away(complaint, file.respondents, self.actor, today)
        if related or (handle is not None and file.conflicted(handle)):
            raise Denied(
                Said(
                    "a recorded conflict of interest towards a respondent keeps the confidential part closed",
                    "benturan kepentingan yang tercatat terhadap seorang terlapor menutup bagian rahasia",
                )
            )

    def _followed(self, office: StreamId) -> bool:
        """Whether the asker's office acts for an office now: the last that followed it after each had ended."""
        offices: dict[StreamId, Office] = {}
        follower: StreamId | None = office
        while follower is not None and follower not in offices:
            offices[follower] = self.house.registrar.load(follower).state
            follower = getattr(offices[follower], "successor", None)
        day = local_date(self.house.clock(), Zone.WIB)
        return stands_for(self.actor.office, office, day, Grounds(offices=offices))

    def _note(self, stream: StreamId) -> None:
        self.house.journal.note(
            Opening(
                stream=stream,
                at=instant_text(self.house.clock()),
                office=self.actor.office,
                role=self.actor.role.value,
                account=self.actor.staff.account,
                purpose=self.purpose,
            )
        )

    def _opened(self, stream: StreamId, history: Sequence[Recorded]) -> ConfidentialOut:
        values = [
            opened_out(self.house, recorded, member, reference)
            for recorded in history
            for member, reference in sealed_members(recorded)
        ]
        return ConfidentialOut(stream=stream, values=values)


def disclosures(house: House, complaint: StreamId, actor: Actor | None) -> ConfidentialOut:
    """The values of a case that were disclosed to the public, or to the asker's office; nobody notes who reads them."""
    office = None if actor is None else actor.office
    history = house.store.history(complaint)
    by_version = {recorded.version: recorded for recorded in history}
    values = []
    for recorded in history:
        fact = recorded.fact
        if isinstance(fact, ValueDisclosed) and fact.to in ("public", office):
            source = by_version[fact.version]
            reference = dict(sealed_members(source))[fact.member]
            values.append(opened_out(house, source, fact.member, reference))
    return ConfidentialOut(stream=complaint, values=values)


def openings(house: House, actor: Actor, stream: StreamId) -> OpeningsOut:
    """Who looked; for auditors and protection officers."""
    if actor.role not in (Role.AUDITOR, Role.PROTECTION_OFFICER):
        raise Denied(
            Said(
                "the journal of openings is read by auditors and protection officers",
                "jurnal pembukaan dibaca oleh auditor dan petugas pelindungan data",
            )
        )
    lines = [
        OpeningOut(at=each.at, office=each.office, role=each.role, account=each.account, purpose=each.purpose)
        for each in house.journal.of(stream)
    ]
    return OpeningsOut(stream=stream, openings=lines)


def sealed_members(recorded: Recorded) -> list[tuple[str, SealedRef]]:
    """Every sealed reference of an entry, by its member's path as corrections and disclosures name it."""
    found = list(_sealed(recorded.fact, ""))
    if recorded.by.who is not None:
        found.append(("by.who", recorded.by.who))
    return found


def opened_out(house: House, recorded: Recorded, member: str, reference: SealedRef) -> OpenedOut:
    """One value as it is sent; erased when its key is gone."""
    opened = _open(house, reference)
    return OpenedOut(
        version=recorded.version,
        position=recorded.position,
        office=recorded.act.office,
        member=member,
        number=_is_number(recorded.fact, member),
        commitment=reference.sealed,
        value=None if opened is None else opened.value,
        salt=None if opened is None else opened.salt.hex(),
        payload=None if opened is None else opened.payload.decode(),
        erased=opened is None,
    )


def _is_number(fact: Any, member: str) -> bool:
    return any(each.name == member and each.metadata.get("indexed", False) for each in fields(fact))


def _open(house: House, reference: SealedRef) -> Opened | None:
    row = house.store.sealed_value(reference.sealed)
    if row is None:
        return None
    try:
        return unseal(house.keys, row)
    except Missing:
        return None


def _sealed(value: Any, path: str) -> Iterator[tuple[str, SealedRef]]:
    for each in fields(value):
        held = getattr(value, each.name)
        name = f"{path}{each.name.rstrip('_')}"
        if isinstance(held, SealedRef):
            yield name, held
        elif isinstance(held, tuple):
            for index, item in enumerate(held):
                if is_dataclass(item):
                    yield from _sealed(item, f"{name}[{index}].")
        elif is_dataclass(held):
            yield from _sealed(held, f"{name}.")
