"""Reading a served trail from outside: its checkpoint and its tiles, over one connection that is kept open.

No proxy and no redirect is followed: what another address says is not what was asked. Nothing that is read is believed.
"""

from __future__ import annotations

import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

from ledger.errors import Broken, Denied, Invalid
from ledger.trail.tiles import Tile, TileFolder

MAX_ANSWER: Final = 32 << 20
"""Bytes; more than a bundle of 256 entries of the largest size."""
HELD: Final = 8
"""Tiles that are kept in memory."""


class Unreachable(Broken):
    """The address does not answer, or not as a trail does."""


class NotServed(Broken):
    """A file is not served there, although the checkpoint implies it."""


class NotAllowed(Denied):
    """The token does not let us read entries."""


class Source(Protocol):
    """Where a trail can be read; an address, or a folder as a file server would serve it."""

    url: str

    def get(self, path: str) -> tuple[int, bytes]:
        """The status and the body; Unreachable when there is no answer."""
        ...


class Address:
    """Something that is served over HTTP below an address."""

    def __init__(self, url: str, token: str | None = None, seconds: float = 30.0) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise Invalid("URL", f"{url!a} is no address: https://HOST/PATH or http://HOST/PATH is expected")
        self.url = url
        self._https = parts.scheme == "https"
        self._host = parts.hostname
        self._port = parts.port
        self._path = parts.path.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._seconds = seconds
        self._connection: HTTPConnection | None = None

    def get(self, path: str) -> tuple[int, bytes]:
        """The status and the body; Unreachable when there is no answer."""
        for fresh in (False, True):
            connection, kept = self._opened(fresh=fresh)
            try:
                connection.request("GET", f"{self._path}/{path}", headers=self._headers)
                answer = connection.getresponse()
                body = answer.read(MAX_ANSWER)
                if not answer.isclosed():
                    self.close()
                return answer.status, body
            except (OSError, HTTPException) as error:
                self.close()
                if not kept:  # one that was kept open may have been closed meanwhile: once more, on a fresh one
                    raise Unreachable(f"{self.url} cannot be read: {error}") from error
        raise Unreachable(f"{self.url} closes each connection")

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _opened(self, *, fresh: bool) -> tuple[HTTPConnection, bool]:
        if self._connection is not None and not fresh:
            return self._connection, True
        self.close()
        self._connection = (
            HTTPSConnection(self._host, self._port, timeout=self._seconds, context=ssl.create_default_context())
            if self._https
            else HTTPConnection(self._host, self._port, timeout=self._seconds)
        )
        return self._connection, False


class ServedTiles(TileFolder):
    """Tiles as another serves them."""

    def __init__(self, address: Source) -> None:
        super().__init__(Path())
        self._address = address
        self._newest: dict[Tile, bytes] = {}

    def _wide_enough(self, tile: Tile) -> tuple[Tile, bytes]:
        if tile not in self._newest:
            data = self._fetched(tile)
            if len(self._newest) == HELD:
                self._newest.pop(next(iter(self._newest)))
            self._newest[tile] = data
        return tile, self._newest[tile]

    def _fetched(self, tile: Tile) -> bytes:
        status, body = self._address.get(tile.path)
        if status in (401, 403):
            raise NotAllowed(f"{tile.path} is not shown to us ({status}): is the token an auditor's, and still valid?")
        if status != 200:
            raise NotServed(f"{tile.path} is not served ({status}), although the checkpoint implies it")
        return body
