"""Several processes that serve one ledger on one socket: started, started again when killed, ended together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Final

from ledger.errors import Broken

AGAIN: Final = 1.0
"""Seconds before a worker that was killed is replaced, so that one that cannot live does not fill the log."""
GRACE: Final = 30.0
"""Seconds that workers have to finish what they are at."""


def serve_with_workers(folder: Path, listening: socket.socket, count: int, ready: Callable[[], None]) -> None:
    """Serve until interrupted, with so many workers; Broken when one of them finds that the ledger must stop.

    A worker ends when this process does, however that ends: it holds one end of a pipe, and the other closes.
    """
    reader, writer = os.pipe()
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    before = {each: signal.signal(each, stop) for each in (signal.SIGINT, signal.SIGTERM)}
    running: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "api", "serve-worker", str(folder), str(listening.fileno()), str(reader)]
        return subprocess.Popen(command, pass_fds=(listening.fileno(), reader), start_new_session=True)  # noqa: S603 (our own)

    failed = False
    try:
        running += [start() for _ in range(count)]
        ready()
        while not stopping.wait(0.1) and not failed:
            for each in [each for each in running if each.poll() is not None]:
                running.remove(each)
                if (each.returncode or 0) < 0:
                    time.sleep(AGAIN)
                    running.append(start())
                else:
                    failed = True  # it ended by itself: what it found, the others find too
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(writer)
        os.close(reader)
        _end(running)
    if failed:
        raise Broken("serving stopped, because a worker did: what it said stands above")


def _end(running: list[subprocess.Popen[bytes]]) -> None:
    """The pipe is closed, so each is ending; whoever does not in time is killed."""
    end = time.monotonic() + GRACE
    for each in running:
        with suppress(subprocess.TimeoutExpired):
            each.wait(max(0.0, end - time.monotonic()))
        if each.poll() is None:
            each.kill()
            each.wait()


def watch(alive: int, stop: Callable[[], None]) -> None:
    """In a worker: call `stop` when the process that started it is gone."""

    def wait() -> None:
        with suppress(OSError):
            os.read(alive, 1)
        stop()

    threading.Thread(target=wait, name="netral-parent", daemon=True).start()
