"""What a route is given: who asks, the ledger, and how an answer is presented. HTTP's headers are read here once.

What waits for nothing is `async`: the framework would hand anything else to another thread and back, five times for a
command, and that took longer than the work.
"""

from __future__ import annotations

import re
import time
from dataclasses import asdict, dataclass
from typing import Annotated, Final, cast

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel, Field

from api import auth
from api.bodies.handovers import HandoverReceipt, NewHandover
from api.bodies.law import Joining as JoiningBody
from api.bodies.parts import plain
from api.confidential import Confidant
from api.health import Health
from api.preferring import Preference, PreferenceDep
from api.reading import Reader
from api.wiring import House
from ledger.command import Command
from ledger.complaint.commands import AdmitComplaint, JoinComplaint
from ledger.erasing import Erasure, erase
from ledger.errors import Busy, Denied, Invalid, Missing
from ledger.handing_over import hand_over, receive_files
from ledger.registrar import Receipt
from ledger.speech import Said
from ledger.values import MAX_INTEGER, Act, Actor, Role, Staff, StreamId

ETAG = re.compile(r'"([1-9][0-9]{0,15})"', re.ASCII)
WAIT_SECONDS: Final = 10
"""How long a reading waits for a position."""
WAIT_STEP: Final = 0.02
MIN_PURPOSE: Final = 5
IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,200}", re.ASCII)


class ReceiptEntryOut(BaseModel):
    """Where one fact stands in the trail."""

    stream: str
    version: int
    position: int
    topic: str
    at: str
    leaf_digest: str


class ReceiptOut(BaseModel):
    """What a command recorded: a claim ticket at once, provable once sealed."""

    origin: str
    first: int
    last: int
    entries: list[ReceiptEntryOut]
    proof: str | None = Field(
        default=None,
        description="The proof of the last entry as a file for keeping (c2sp.org/tlog-proof@v1), for who preferred to "
        "wait for it; those of others: /v1/trail/proofs/{position}.",
    )


async def house_of(request: Request) -> House:
    """The ledger that the application was made for."""
    return cast("House", request.app.state.house)


HouseDep = Annotated[House, Depends(house_of)]


async def actor_of(
    request: Request, house: HouseDep, authorization: Annotated[str | None, Header(include_in_schema=False)] = None
) -> Actor:
    """Who asks."""
    return auth.read(house.keys, authorization, request.client.host if request.client else None)


ActorDep = Annotated[Actor, Depends(actor_of)]


async def optional_actor_of(
    request: Request, house: HouseDep, authorization: Annotated[str | None, Header(include_in_schema=False)] = None
) -> Actor | None:
    """Who asks, where nobody needs to say."""
    return None if authorization is None else await actor_of(request, house, authorization)


OptionalActorDep = Annotated[Actor | None, Depends(optional_actor_of)]


@dataclass(frozen=True, slots=True)
class Asking:
    """One command's request: who, and the two headers that make retries and decisions safe."""

    house: House
    actor: Actor
    key: str | None
    seen: int | None
    preference: Preference

    def submit(self, command: Command, response: Response) -> ReceiptOut:
        """Submit a command; 201 with its receipt, 200 with the first receipt for a retry."""
        return self.present(self.house.registrar.submit(command, by=self.actor, key=self.key, seen=self.seen), response)

    def present(self, receipt: Receipt, response: Response) -> ReceiptOut:
        """A receipt with its headers."""
        last = receipt.entries[-1]
        response.status_code = 200 if receipt.replayed else 201
        response.headers["ETag"] = f'"{last.version}"'
        response.headers["Netral-Position"] = str(receipt.last)
        response.headers["Location"] = f"/v1/trail/entries/{receipt.first}"
        return receipt_out(receipt, self.preference.proof(self.house, receipt.last, response))


def receipt_out(receipt: Receipt, proof: str | None) -> ReceiptOut:
    """A receipt as it is sent."""
    return ReceiptOut(
        origin=receipt.origin,
        first=receipt.first,
        last=receipt.last,
        entries=[ReceiptEntryOut(**asdict(each)) for each in receipt.entries],
        proof=proof,
    )


async def asking(
    house: HouseDep,
    actor: ActorDep,
    preference: PreferenceDep,
    idempotency_key: Annotated[
        str | None, Header(description="Makes a retry safe: the same key and command answer with the first receipt.")
    ] = None,
    if_match: Annotated[str | None, Header(description="The version that you decided on, as the ETag gave it.")] = None,
) -> Asking:
    """The request of a command."""
    return Asking(house, actor, _key(idempotency_key), _version(if_match), preference)


def _key(text: str | None) -> str | None:
    if text is not None and not IDEMPOTENCY_KEY.fullmatch(text):
        raise Invalid(
            "Idempotency-Key",
            Said(
                "1 to 200 printable ASCII characters without spaces are expected",
                "seharusnya 1 sampai 200 karakter ASCII yang dapat dicetak, tanpa spasi",
            ),
        )
    return text


def _version(text: str | None) -> int | None:
    if text is None:
        return None
    found = ETAG.fullmatch(text)
    if found is None:
        raise Invalid(
            "If-Match",
            Said(
                'one version in quotes is expected, such as "5"',
                'seharusnya satu versi dalam tanda kutip, seperti "5"',
            ),
        )
    return int(found[1])


AskingDep = Annotated[Asking, Depends(asking)]


@dataclass(frozen=True, slots=True)
class Erasing:
    """A request to erase somebody, by two protection officers."""

    asking: Asking
    second: Staff

    @property
    def actor(self) -> Actor:
        """The officer who asks; the second one confirms."""
        return self.asking.actor

    def erase(self, act: Act, erasure: Erasure, response: Response) -> ReceiptOut:
        """Erase, and present the receipt."""
        house = self.asking.house
        receipt = erase(house.registrar, house.store, house.keys, erasure, act=act, by=self.actor)
        return self.asking.present(receipt, response)


async def erasing(
    request: Request,
    ask: AskingDep,
    netral_second: Annotated[str | None, Header(description="The token of the second protection officer.")] = None,
) -> Erasing:
    """The request, with the second officer's own token."""
    second = auth.read(
        ask.house.keys,
        None if netral_second is None else f"Bearer {netral_second}",
        request.client.host if request.client else None,
    )
    if second.role is not Role.PROTECTION_OFFICER or second.office != ask.actor.office:
        raise Denied(
            Said(
                "the second token is not that of a protection officer of the same office",
                "token kedua bukan milik petugas pelindungan data lembaga yang sama",
            )
        )
    return Erasing(ask, second.staff)


ErasingDep = Annotated[Erasing, Depends(erasing)]


@dataclass(frozen=True, slots=True)
class Joining:
    """A request to join a case to another one: both streams say so."""

    asking: Asking

    def join(self, body: JoiningBody, complaint: StreamId, response: Response) -> ReceiptOut:
        """Record both sides in one transaction, and present the receipt."""
        act, into = body.act.to_act(self.asking.actor), StreamId(body.into)
        commands = [
            JoinComplaint(act=act, stream=complaint, into=into, text=plain(body.text)),
            AdmitComplaint(act=act, stream=into, joined=complaint),
        ]
        registrar = self.asking.house.registrar
        receipt = registrar.submit_together(commands, by=self.asking.actor, key=self.asking.key)
        return self.asking.present(receipt, response)


async def joining(ask: AskingDep) -> Joining:
    """The request."""
    return Joining(ask)


JoiningDep = Annotated[Joining, Depends(joining)]


@dataclass(frozen=True, slots=True)
class Handing:
    """A request about many files of one hand-over at once."""

    asking: Asking

    def hand_over(self, body: NewHandover, response: Response) -> ReceiptOut:
        """Record manifest and referrals in one transaction, and present the receipt."""
        ask = self.asking
        receipt = hand_over(
            ask.house.registrar, body.to_files(), act=body.act.to_act(ask.actor), by=ask.actor, key=ask.key
        )
        return ask.present(receipt, response)

    def receive(self, body: HandoverReceipt, handover: StreamId, response: Response) -> ReceiptOut:
        """Record that files arrived, in one transaction, and present the receipt."""
        ask = self.asking
        receipt = receive_files(
            ask.house.registrar,
            handover,
            body.to_files(),
            act=body.act.to_act(ask.actor),
            by=ask.actor,
            key=ask.key,
        )
        return ask.present(receipt, response)


async def handing(ask: AskingDep) -> Handing:
    """The request."""
    return Handing(ask)


HandingDep = Annotated[Handing, Depends(handing)]


def current(
    house: HouseDep,
    netral_min_position: Annotated[
        int | None,
        Header(
            ge=0, le=MAX_INTEGER, description="Wait until the answer knows this position, as one's own write gave it."
        ),
    ] = None,
) -> House:
    """The ledger, once its read side knows the position that the asker has seen; Busy when that takes too long."""
    until = time.monotonic() + WAIT_SECONDS
    while netral_min_position is not None and house.views.known() < netral_min_position:
        if netral_min_position >= house.store.size():
            raise Missing(
                Said(
                    f"nothing is recorded at position {netral_min_position} yet",
                    f"belum ada yang dicatat di posisi {netral_min_position}",
                )
            )
        if time.monotonic() > until:
            raise Busy(
                Said(
                    f"the read side has not reached position {netral_min_position} yet",
                    f"sisi baca belum mencapai posisi {netral_min_position}",
                )
            )
        time.sleep(WAIT_STEP)
    return house


CurrentDep = Annotated[House, Depends(current)]


async def reader_of(house: CurrentDep) -> Reader:
    """Readings of the read side."""
    return Reader(house.views, house.states)


ReaderDep = Annotated[Reader, Depends(reader_of)]


async def confidant_of(
    house: HouseDep,
    actor: ActorDep,
    netral_purpose: Annotated[
        str | None, Header(max_length=300, description="Why the sealed values are opened; it is noted.")
    ] = None,
) -> Confidant:
    """Opens sealed values for the asker, who says what for."""
    if netral_purpose is None or len(netral_purpose.strip()) < MIN_PURPOSE:
        raise Invalid(
            "Netral-Purpose",
            Said(
                f"the purpose of opening is expected, in at least {MIN_PURPOSE} characters",
                f"seharusnya tujuan pembukaan, sedikitnya {MIN_PURPOSE} karakter",
            ),
        )
    return Confidant(house, actor, netral_purpose.strip())


ConfidantDep = Annotated[Confidant, Depends(confidant_of)]


async def health_of(request: Request, house: HouseDep) -> Health:
    """How the process is."""
    return Health(house, getattr(request.app.state, "following", ()))


HealthDep = Annotated[Health, Depends(health_of)]
