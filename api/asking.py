"""What a route is given: who asks, the ledger, and how an answer is presented. HTTP's headers are read here once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Annotated, cast

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel

from api import auth
from api.reading import Reader
from api.wiring import House
from ledger.command import Command
from ledger.errors import Invalid
from ledger.registrar import Receipt
from ledger.speech import Said
from ledger.values import Actor

ETAG = re.compile(r'"([1-9][0-9]{0,15})"', re.ASCII)
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


def house_of(request: Request) -> House:
    """The ledger that the application was made for."""
    return cast("House", request.app.state.house)


HouseDep = Annotated[House, Depends(house_of)]


def actor_of(
    request: Request, house: HouseDep, authorization: Annotated[str | None, Header(include_in_schema=False)] = None
) -> Actor:
    """Who asks."""
    return auth.read(house.keys, authorization, request.client.host if request.client else None)


ActorDep = Annotated[Actor, Depends(actor_of)]


def optional_actor_of(
    request: Request, house: HouseDep, authorization: Annotated[str | None, Header(include_in_schema=False)] = None
) -> Actor | None:
    """Who asks, where nobody needs to say."""
    return None if authorization is None else actor_of(request, house, authorization)


OptionalActorDep = Annotated[Actor | None, Depends(optional_actor_of)]


@dataclass(frozen=True, slots=True)
class Asking:
    """One command's request: who, and the two headers that make retries and decisions safe."""

    house: House
    actor: Actor
    key: str | None
    seen: int | None

    def submit(self, command: Command, response: Response) -> ReceiptOut:
        """Submit a command; 201 with its receipt, 200 with the first receipt for a retry."""
        receipt = self.house.registrar.submit(command, by=self.actor, key=self.key, seen=self.seen)
        last = receipt.entries[-1]
        response.status_code = 200 if receipt.replayed else 201
        response.headers["ETag"] = f'"{last.version}"'
        response.headers["Netral-Position"] = str(receipt.last)
        response.headers["Location"] = f"/v1/trail/entries/{receipt.first}"
        return receipt_out(receipt)


def receipt_out(receipt: Receipt) -> ReceiptOut:
    """A receipt as it is sent."""
    return ReceiptOut(
        origin=receipt.origin,
        first=receipt.first,
        last=receipt.last,
        entries=[ReceiptEntryOut(**asdict(each)) for each in receipt.entries],
    )


def asking(
    house: HouseDep,
    actor: ActorDep,
    idempotency_key: Annotated[
        str | None, Header(description="Makes a retry safe: the same key and command answer with the first receipt.")
    ] = None,
    if_match: Annotated[str | None, Header(description="The version that you decided on, as the ETag gave it.")] = None,
) -> Asking:
    """The request of a command."""
    return Asking(house, actor, _key(idempotency_key), _version(if_match))


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


def reader_of(house: HouseDep) -> Iterator[Reader]:
    """One consistent reading of the read side."""
    yield Reader(house.views)


ReaderDep = Annotated[Reader, Depends(reader_of)]
