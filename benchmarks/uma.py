"""Appending beside UmaDB, an event store of its own in Rust: its server from its wheel, each append its own condition.

Without the wheel (pip install umadb) the family has no rows, and says so.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.commands import BODY, TOPIC, append, whole_command
from benchmarks.measuring import Row, in_threads, rates
from ledger.clock import real_clock
from ledger.store.opening import open_store

umadb: Any
try:
    import umadb
except ModuleNotFoundError:
    umadb = None


def appends(folder: Path, *, quick: bool) -> Iterator[Row]:
    """Whole commands of ours on SQLite against one event with one condition there; both durable when they answer."""
    if umadb is None:
        print("UmaDB is not measured: pip install umadb==0.7.8", file=sys.stderr)
        return
    store = open_store(folder / "ours.db", real_clock)
    with served(folder / "uma") as client:
        for threads, each in ((16, 10), (1, 20)):
            ours, theirs = rates(
                25 if quick else 80,
                in_threads(threads, each, lambda one: append(store, one), whole_command),
                in_threads(threads, each, lambda one: client.append(*one), one_event),
            )
            named = f"SQLite FULL append, whole command, {threads} thread{'s' if threads > 1 else ''}"
            yield Row(f"{named}: UmaDB, one event with a condition", ours, theirs, None)
    store.close()


def one_event() -> tuple[list[Any], Any]:
    """An event as large as ours in a stream of its own, and that the stream has none yet."""
    stream = f"complaint-{uuid4().hex}"
    nothing_yet = umadb.AppendCondition(umadb.Query([umadb.QueryItem(tags=[stream])]))
    return [umadb.Event(TOPIC, BODY, [stream])], nothing_yet


@contextmanager
def served(folder: Path) -> Iterator[Any]:
    """A client of a server that ends with the block."""
    folder.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [str(Path(sys.executable).with_name("umadb")), "--listen", address, "--db-path", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 (from its wheel)
    try:
        while True:
            try:
                client = umadb.Client(f"http://{address}")
                client.head()
                break
            except (umadb.TransportError, OSError):
                if server.poll() is not None:
                    raise
                time.sleep(0.05)
        yield client
    finally:
        server.terminate()
        server.wait()
