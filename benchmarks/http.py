"""Filing a complaint over HTTP on 32 connections: ours, a plain application of the library's, and a POST of nothing."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson

from api import auth
from api.generating import generate
from benchmarks.loaded import loaded
from benchmarks.measuring import Row, Work, rates
from benchmarks.postgres import on_disk
from benchmarks.served import DATABASE
from ledger.store.database import Database
from ledger.values import Actor, Role, Staff, StreamId

CONNECTIONS = 32


def http(folder: Path, *, quick: bool) -> Iterator[Row]:
    """On SQLite and on PostgreSQL."""
    yield from _against(folder / "sqlite", "SQLite", 2.0, None, None, quick=quick)
    with on_disk() as databases:
        own, peer = databases.new(), databases.new()
        yield from _against(
            folder / "postgresql",
            "PostgreSQL",
            3.0,
            databases.server.url("writer", own),
            databases.server.url("owner", peer),
            quick=quick,
        )


def _against(folder: Path, named: str, goal: float, own: str | None, peer: str | None, *, quick: bool) -> Iterator[Row]:
    """Slices of requests in turn; all servers run all the time."""
    house, importer = loaded(folder / "ledger", 0, database=Database(own) if own else None)
    filing = next(line for line in generate(1, 1) if line["path"] == "/v1/complaints")
    text = orjson.dumps(filing["body"]).decode()
    for name, stream in importer.streams.items():
        text = text.replace(f'"{{{name}}}"', f'"{stream}"')
    office = StreamId(importer.streams[filing["by"]["office"][1:-1]])
    token = auth.issue(house.keys, Actor(office, Role.INTAKE, Staff("intake.contoh", "Petugas Contoh")))
    house.close()
    repeats, each = (8, 4) if quick else (30, 8)
    with served("ours", folder / "ledger", own) as mine, served("stock", folder, peer) as theirs:
        ours, nothing, stock = rates(
            repeats,
            posting(mine, "/v1/complaints", token, text.encode(), each),
            posting(mine, "/v1/nothing", token, text.encode(), each),
            posting(theirs, "/v1/complaints", token, text.encode(), each),
        )
    told = f"{named}: a command over HTTP, 32 connections"
    yield Row(f"{told}: plain FastAPI app of the stock library", ours, stock, goal)
    yield Row(f"{told}: a POST of nothing on the same stack", ours, nothing, 0.4)


@contextmanager
def served(which: str, folder: Path, database: str | None = None) -> Iterator[int]:
    """A server's port, while it runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "benchmarks.served", which, str(folder), str(port)]
    environment = os.environ | ({DATABASE: database} if database else {})
    with subprocess.Popen(command, env=environment) as process:  # noqa: S603
        try:
            until = time.monotonic() + 60
            while socket.socket().connect_ex(("127.0.0.1", port)) != 0:
                if time.monotonic() > until or process.poll() is not None:
                    raise TimeoutError(f"{which} does not serve")
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()


def posting(port: int, path: str, token: str, body: bytes, each: int) -> Work:
    """So many requests on each connection, one after the other; every answer must be 201."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    request = head.encode() + body

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(each):
            writer.write(request)
            answer = await reader.readuntil(b"\r\n\r\n")
            length = next(line for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            told = await reader.readexactly(int(length.split(b":")[1]))
            if not answer.startswith(b"HTTP/1.1 201"):
                raise ValueError(f"{path} answered {answer.splitlines()[0]!r}: {told[:300]!r}")
        writer.close()

    async def all_of_them() -> None:
        await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))

    def work() -> int:
        asyncio.run(all_of_them())
        return CONNECTIONS * each

    return lambda: work
