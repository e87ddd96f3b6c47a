"""Witnesses that listen on this machine: true ones, which may be put into another state, and wrong ones.

A wrong one answers every connection with the same bytes, or not at all.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from api.cosigning import HttpWitnesses
from api.witnessing import make_witness
from ledger.trail.checkpoint import Verifier
from ledger.trail.cosignature import CosigningKey
from ledger.trail.policy import Member, Organisation, Policy
from ledger.trail.witness import Witness

NOW = 1_733_300_000


class Stand(Witness):
    """What stands at an address: the witness behind it may be exchanged while it listens."""

    def __init__(self, name: str, seed: int) -> None:
        self.key = CosigningKey.from_seed(name, bytes([seed]) * 32)
        self.behind: Witness | None = None
        self.bodies: list[bytes] = []
        self.now = NOW

    def begin(self, folder: Path, *logs: Verifier) -> Witness:
        """A witness with the state of a folder, as if its process had just been started."""
        self.end()
        folder.mkdir(parents=True, exist_ok=True)
        self.behind = Witness(folder, self.key, logs, lambda: self.now)
        return self.behind

    def end(self) -> None:
        """Its process is gone, and its address with it."""
        if self.behind is not None:
            self.behind.close()
        self.behind = None

    @property
    def vkey(self) -> str:
        return self.key.cosigner.vkey

    def add(self, body: bytes) -> bytes:
        self.bodies.append(body)
        assert self.behind is not None
        return self.behind.add(body)

    def latest(self, origin: str) -> bytes:
        assert self.behind is not None
        return self.behind.latest(origin)

    def known(self, port: int) -> Member:
        return Member(self.key.name, self.key.cosigner, f"http://127.0.0.1:{port}")


@dataclass(frozen=True)
class Listening:
    """An address, and who stands there."""

    stand: Stand
    port: int

    @property
    def known(self) -> Member:
        return self.stand.known(self.port)


@contextmanager
def listening(stand: Stand) -> Iterator[Listening]:
    """Serve a witness over HTTP in a thread until the block ends."""
    opened = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_witness(stand), log_level="critical"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True)
    thread.start()
    try:
        yield Listening(stand, opened.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join()
        opened.close()
        stand.end()


class Wrong:
    """Something that listens and is no witness: it answers with bytes, or, where there are none, keeps silent."""

    def __init__(self, name: str, answer: bytes | None) -> None:
        self.key = CosigningKey.from_seed(name, b"\xee" * 32)
        self.connections = 0
        self._answer = answer
        self._kept: list[socket.socket] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def known(self) -> Member:
        port = self._socket.getsockname()[1]
        return Member(self.key.name, self.key.cosigner, f"http://127.0.0.1:{port}")

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()
        for each in self._kept:
            each.close()

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            self._kept.append(connection)
            if self._answer is not None:
                with suppress(OSError):
                    connection.recv(1 << 16)
                    connection.sendall(self._answer)
                    connection.shutdown(socket.SHUT_WR)


@contextmanager
def wrong(name: str, answer: bytes | None) -> Iterator[Wrong]:
    """Let something wrong listen until the block ends."""
    made = Wrong(name, answer)
    try:
        yield made
    finally:
        made.close()


def asking(*known: Member, quorum: int = 0, seconds: float = 30, agency: bool = False) -> HttpWitnesses:
    """The client of a process that has just been started; patient, because the machine may be busy.

    Each witness is an organisation, or all of them are those of one agency.
    """
    groups = [Organisation("agency", known, 1)] if agency else [Organisation(each.name, (each,), 1) for each in known]
    return HttpWitnesses(Policy((), known, tuple(groups), quorum), seconds)
