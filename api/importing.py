"""Recording a file of requests: each line is a command as a client would send it, recorded once however often it runs.

The lines of one case are recorded in their order, several cases at the same time, so that their commands share
transactions. A line without a case is recorded alone, after all before it. Its id is its idempotency key.
"""

from __future__ import annotations

import inspect
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, get_type_hints

import orjson
from fastapi import APIRouter, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from starlette.routing import Match

from api.asking import Asking, ReceiptOut
from api.bodies.parts import Account, Body
from api.preferring import Preference
from api.routes import elections, examination, intake, keeping, officials, registers, steps, tracks
from api.strict import check
from api.validation import misread
from api.wiring import House
from ledger.errors import Broken, Busy, Invalid, NetralError
from ledger.speech import Said
from ledger.values import Actor, Role, Staff, StreamId

THREADS: Final = 32
AHEAD: Final = 2_000
"""Lines that are read before those before them are recorded: memory stays flat."""
PATIENCE: Final = 0.05
REFERENCE = re.compile(r"\{([A-Za-z0-9._-]{1,100})\}", re.ASCII)
PREFIX: Final = "/v1"
ROUTERS: Final[tuple[APIRouter, ...]] = (
    registers.router,
    elections.router,
    officials.router,
    intake.router,
    examination.router,
    tracks.router,
    steps.router,
    keeping.router,
)
"""What a line may ask: every command of a case and of the registers."""


class ByLine(Body):
    """Who asked: an account of an office, in a role."""

    office: str
    role: Role
    account: Account
    name: str = Field(min_length=1, max_length=300)


class CommandLine(Body):
    """One line of the file."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^[A-Za-z0-9._-]{1,100}$", description="Names the line for ever: its idempotency key.")
    case: str | None = Field(default=None, max_length=100, description="Lines of one case are recorded in their order.")
    path: str = Field(description="Where a client would post it; {id} is the stream that an earlier line began.")
    by: ByLine
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that was not recorded, why, and what it was."""

    number: int
    line: bytes
    reason: str

    def as_line(self) -> bytes:
        """As it stands in the file of rejects."""
        shown = self.line.decode("utf-8", "replace").rstrip("\n")
        return orjson.dumps({"line": self.number, "reason": self.reason, "was": shown}) + b"\n"


@dataclass
class Tally:
    """How far an import came; told to whoever shows it."""

    recorded: int = 0
    known: int = 0
    rejected: int = 0
    facts: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def lines(self) -> int:
        return self.recorded + self.known + self.rejected


class Importer:
    """Records the lines of one file in a ledger."""

    def __init__(self, house: House, reject: Callable[[Rejected], None], *, threads: int = THREADS) -> None:
        self._house = house
        self._reject = reject
        self.streams: dict[str, str] = {"ledger": house.stream}
        self._threads = threads
        self.tally = Tally()

    def run(self, lines: Iterable[bytes]) -> Tally:
        """Record every line; a failure of the ledger itself stops, and what was recorded stays recorded."""
        with ThreadPoolExecutor(self._threads) as pool:
            lanes = _Lanes(pool, AHEAD)
            for number, line in enumerate(lines, 1):
                if lanes.failure is not None:
                    break
                if not line.strip():
                    continue
                try:
                    check(line)
                    told = CommandLine.model_validate_json(line)
                except ValidationError as error:
                    self._rejected(Rejected(number, line, _misread(error)))
                    continue
                except Invalid as error:
                    self._rejected(Rejected(number, line, str(error)))
                    continue
                if told.case is None:
                    lanes.drain()
                    self._record(number, line, told)
                else:
                    lanes.put(told.case, lambda n=number, raw=line, each=told: self._record(n, raw, each))  # type: ignore[misc]
            lanes.drain()
        if lanes.failure is not None:
            raise lanes.failure
        return self.tally

    def _record(self, number: int, line: bytes, told: CommandLine) -> None:
        try:
            receipt, again = self._posted(told)
        except Broken:
            raise
        except ValidationError as error:
            self._rejected(Rejected(number, line, _misread(error)))
        except NetralError as error:
            self._rejected(Rejected(number, line, str(error)))
        else:
            self.streams[told.id] = receipt.entries[0].stream
            with self.tally.lock:
                self.tally.known += again
                self.tally.recorded += not again
                self.tally.facts += 0 if again else len(receipt.entries)

    def _posted(self, told: CommandLine) -> tuple[ReceiptOut, bool]:
        """The receipt of a line, and whether an earlier run recorded it."""
        path = self._resolved(told.path)
        endpoint, asked = _endpoint(path)
        arguments: dict[str, Any] = {}
        for name, hint in _hints(endpoint).items():
            if name in asked:
                arguments[name] = _reader(endpoint, name).validate_python(asked[name])
            elif name == "body":
                arguments[name] = hint.model_validate_json(orjson.dumps(self._filled(told.body)))
        actor = Actor(StreamId(self._resolved(told.by.office)), told.by.role, Staff(told.by.account, told.by.name))
        response = Response()
        while True:
            ask = Asking(self._house, actor, f"import:{told.id}", self._seen(asked), NOTHING_PREFERRED)
            try:
                receipt: ReceiptOut = endpoint(**arguments, ask=ask, response=response)
            except Busy:
                time.sleep(PATIENCE)
            else:
                return receipt, response.status_code == 200

    def _seen(self, asked: Mapping[str, str]) -> int | None:
        """The version that a line is decided on: what stands before it, for it comes in its order."""
        stream = next((each for each in asked.values() if "-" in each), None)
        return None if stream is None else self._house.registrar.load(StreamId(stream)).version or None

    def _filled(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._filled(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self._filled(each) for each in value]
        return self._resolved(value) if isinstance(value, str) and REFERENCE.fullmatch(value) else value

    def _resolved(self, text: str) -> str:
        def stream(found: re.Match[str]) -> str:
            if found[1] not in self.streams:
                raise Invalid(
                    found[0],
                    Said("no line before this one began that", "tidak ada baris sebelumnya yang memulainya"),
                )
            return self.streams[found[1]]

        return REFERENCE.sub(stream, text)

    def _rejected(self, rejected: Rejected) -> None:
        with self.tally.lock:
            self.tally.rejected += 1
            self._reject(rejected)


NOTHING_PREFERRED: Final = Preference(None)


@cache
def _hints(endpoint: Callable[..., Any]) -> dict[str, Any]:
    """The parameters of a route by name, with what each must be."""
    hints = get_type_hints(endpoint, include_extras=True)
    return {name: hints[name] for name in inspect.signature(endpoint).parameters}


@cache
def _reader(endpoint: Callable[..., Any], name: str) -> TypeAdapter[Any]:
    """What reads a parameter that stands in a route's path."""
    return TypeAdapter(_hints(endpoint)[name])


def _endpoint(path: str) -> tuple[Callable[..., ReceiptOut], Mapping[str, str]]:
    """The route of a path, with what stands in it."""
    scope = {"type": "http", "method": "POST", "path": path.removeprefix(PREFIX), "root_path": ""}
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, APIRoute) and path.startswith(PREFIX):
                match, found = route.matches(scope)
                if match is Match.FULL and "ask" in _hints(route.endpoint) and _is_command(route.endpoint):
                    return route.endpoint, {name: str(value) for name, value in found["path_params"].items()}
    raise Invalid("path", Said(f"{path} takes no command", f"{path} tidak menerima perintah"))


def _is_command(endpoint: Callable[..., Any]) -> bool:
    body = _hints(endpoint).get("body")
    return isinstance(body, type) and issubclass(body, BaseModel) and _hints(endpoint)["ask"].__origin__ is Asking


def _misread(error: ValidationError) -> str:
    found = [each["member"] or "the line" for each in misread(error.errors())]
    because = [each["because"].en for each in misread(error.errors())]
    return "; ".join(f"{where}: {what}" for where, what in zip(found, because, strict=True))


class _Lanes:
    """Jobs of one name in their order, of several names at the same time, and only so many of them waiting."""

    def __init__(self, pool: ThreadPoolExecutor, most: int) -> None:
        self._pool = pool
        self._room = threading.Semaphore(most)
        self._changed = threading.Condition()
        self._waiting: dict[str, deque[Callable[[], None]]] = {}
        self.failure: Exception | None = None

    def put(self, name: str, job: Callable[[], None]) -> None:
        """Queue a job behind those of its name; waits while there are too many."""
        self._room.acquire()
        with self._changed:
            if name in self._waiting:
                self._waiting[name].append(job)
                return
            self._waiting[name] = deque([job])
        self._pool.submit(self._work, name)

    def drain(self) -> None:
        """Wait until nothing is left to do."""
        with self._changed:
            self._changed.wait_for(lambda: not self._waiting)

    def _work(self, name: str) -> None:
        while True:
            with self._changed:
                if not self._waiting[name]:
                    del self._waiting[name]
                    self._changed.notify_all()
                    return
                job = self._waiting[name].popleft()
            try:
                if self.failure is None:
                    job()
            except Exception as error:
                self.failure = error
                with self._changed:
                    self._room.release()
                    self._waiting.pop(name, None)
                    self._changed.notify_all()
                raise
            self._room.release()
