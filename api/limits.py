"""How much of a request's body is read, however it comes."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY: Final = 4 * 1024 * 1024
"""What a request may hold; many times the largest body that can be recorded."""


class BodyLimit:
    """Refuses a body beyond a number of bytes where it is read: 413, nothing parsed, nothing held.

    A length that the request declares is believed at once; bytes are counted in any case, because chunks declare
    nothing. The rest of what the client sends is read past by the server, and the connection goes on. (The framework's
    own limit answers in plain text, over the head of whoever answers problems.)
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with its body behind the limit."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = _declared(scope)
        taken = 0
        answering = False

        async def counted() -> Message:
            nonlocal taken
            if declared > self._most and not answering:
                raise HTTPException(413)
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._most and not answering:
                raise HTTPException(413)
            return message

        async def sent(message: Message) -> None:
            nonlocal answering
            answering = True
            await send(message)

        await self._app(scope, counted, sent)


def _declared(scope: Scope) -> int:
    """The Content-Length, or 0: the server has refused one that is no number."""
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0
