"""Processes of their own that the tests start, talk to line by line, and kill."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]


class Started:
    """A running module of the tests; it says `ready` when it may be told to go."""

    def __init__(self, module: str, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", module, *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        said = self.out.readline()
        assert said == "ready\n", f"{module} said {said!r}"

    @property
    def out(self) -> IO[str]:
        assert self.process.stdout is not None
        return self.process.stdout

    def go(self) -> None:
        """Let it begin."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def lines(self) -> list[str]:
        """What it says from now on until it ends; a line that it did not finish does not count."""
        return [line[:-1] for line in self.out if line.endswith("\n")]

    def done(self) -> list[str]:
        """What it says until it ends of itself, without an error."""
        said = self.lines()
        assert self.process.wait(timeout=600) == 0
        return said

    def kill(self) -> None:
        """SIGKILL: it can neither finish nor tidy up anything."""
        self.process.kill()
        self.process.wait()


@contextmanager
def started(count: int, module: str, *arguments: str) -> Iterator[list[Started]]:
    """Several processes of one module, the number of each as its first argument; none outlives the test."""
    running: list[Started] = []
    try:
        for number in range(count):
            running.append(Started(module, str(number), *arguments))  # noqa: PERF401 (each one started is ended below)
        yield running
    finally:
        for each in running:
            each.kill()
            each.out.close()
            if each.process.stdin is not None:
                each.process.stdin.close()


def await_go() -> None:
    """In such a process: say that it is ready, and wait to be told to go."""
    print("ready", flush=True)
    sys.stdin.readline()
