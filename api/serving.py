"""Serving the API on loopback, with development tokens for whoever sits at this machine.

The routes are imported by the process that serves them: not by one that finds its port taken, or has workers serve.
"""

from __future__ import annotations

import contextlib
import socket
from pathlib import Path
from typing import Final

from rich.console import Console

from api.beside import Beside
from api.wiring import House
from api.workers import watch
from ledger.errors import Broken, Misconfigured
from ledger.settings import Settings
from ledger.trail.mirror import Mirror, is_closed, is_public, open_mirror

HOST: Final = "127.0.0.1"
BACKLOG: Final = 2048


def require_free_port(port: int) -> None:
    """Misconfigured when something listens on a loopback port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise Misconfigured(
                f"port {port} of {HOST} is taken: stop what listens there, or choose another: --port"
            ) from None


def listening_on(port: int) -> socket.socket:
    """A socket of a loopback port that several processes may serve; Misconfigured when the port is taken."""
    require_free_port(port)
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((HOST, port))
    made.listen(BACKLOG)
    return made


def serve(
    house: House, port: int, settings: Settings, console: Console, shared: tuple[socket.socket, int] | None = None
) -> None:
    """Serve until interrupted; `shared` are the socket and the sign of life of a process that serves by several."""
    import uvicorn

    from api.app import make_app

    if shared is None:
        console.print(f"API: http://{HOST}:{port}/docs  (Ctrl-C to stop)", soft_wrap=True)
    beside = Beside(
        follow=settings.follow_seconds,
        seal=settings.seal_seconds,
        rehash=settings.rehash_seconds,
        mirrors=mirrors_of(house.trail, settings),
    )
    app = make_app(
        house, beside, settings.max_body, lambda: setattr(server, "should_exit", True), settings.max_requests
    )
    server = uvicorn.Server(uvicorn.Config(app, host=HOST, port=port, log_level="warning"))
    # The server has stopped in order when it passes the interrupt on: that is how serving ends.
    with contextlib.suppress(KeyboardInterrupt):
        if shared is None:
            server.run()
        else:
            watch(shared[1], lambda: setattr(server, "should_exit", True))
            server.run(sockets=[shared[0]])
    failure = next((each.failure for each in getattr(app.state, "following", ()) if each.failure is not None), None)
    if failure is not None:
        raise Broken(f"serving stopped, because the trail can be followed no further: {failure}") from failure


def mirrors_of(trail: Path, settings: Settings) -> list[Mirror]:
    """The object stores into which a trail is put, as the settings name them; Misconfigured for what cannot be used."""
    public, closed = settings.mirror, settings.mirror_entries
    if public and public == closed:
        raise Misconfigured("NETRAL_MIRROR_ENTRIES names the public mirror: entries belong where only auditors read")
    named = ((public, is_public), (closed, is_closed))
    return [open_mirror(trail, url, wanted) for url, wanted in named if url]
