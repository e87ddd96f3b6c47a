"""Serving the API on loopback, with development tokens for whoever sits at this machine."""

from __future__ import annotations

import contextlib
import socket
from typing import Final

import uvicorn
from rich.console import Console

from api.app import make_app
from api.limits import MAX_BODY
from api.wiring import House

HOST: Final = "127.0.0.1"


def port_is_free(port: int) -> bool:
    """Whether something could listen on a loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def serve(house: House, port: int, follow_seconds: float, console: Console, max_body: int = MAX_BODY) -> None:
    """Serve until interrupted."""
    console.print(f"API: http://{HOST}:{port}/docs  (Ctrl-C to stop)", soft_wrap=True)
    config = uvicorn.Config(make_app(house, follow_seconds, max_body), host=HOST, port=port, log_level="warning")
    # The server has stopped in order when it passes the interrupt on: that is how serving ends.
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run()
