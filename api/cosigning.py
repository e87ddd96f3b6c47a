"""The trail's witnesses, reached over HTTP: all are asked at once, each within its time (C2SP tlog-witness).

Nothing that a witness answers is believed but a signature that verifies, and a size in a 409 of the one content type.
Whatever else comes back costs that witness its line. No proxy and no redirect is followed.
"""

from __future__ import annotations

import queue
import re
import ssl
import threading
import time
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

from ledger.errors import Broken, Misconfigured
from ledger.settings import Settings
from ledger.trail.checkpoint import Checkpoint, NoteInvalid, parse_checkpoint, read_note, split_note
from ledger.trail.cosignature import Cosigner
from ledger.trail.cosigning import Ahead, Answer, Cosigned, Failed, ProofFrom
from ledger.trail.policy import Member, Policy, PolicyInvalid, parse_policy
from ledger.trail.witness import Request

SIZE_TYPE: Final = "text/x.tlog.size"
SIZE_BODY = re.compile(rb"(0|[1-9][0-9]{0,15})\n")
MAX_ANSWER: Final = 1 << 16
PAUSE: Final = 60.0
"""Seconds for which a witness that did not answer in time is not waited for again, while the quorum is there."""
AGAIN: Final = 2.0
"""Seconds after which a witness that gave no line is asked again."""


class HttpWitnesses:
    """The witnesses of one trail that its operator's policy names."""

    def __init__(self, policy: Policy, seconds: float) -> None:
        """`seconds` is how long one round of asking may take. Misconfigured for a quorum out of reach."""
        self.policy = policy
        self._known = {each.name: each for each in policy.members if each.url}
        for each in self._known.values():
            _require_address(each)
        if self.organisations(list(self._known)) < policy.least:
            raise Misconfigured(
                f"the policy asks for {policy.least} organisations, and gives the addresses of "
                f"{self.organisations(list(self._known))}: nothing would ever be published"
            )
        self._seconds = seconds
        self._sizes: dict[str, int] = {}
        """Where each witness stands, as far as it told us."""
        self._asked_again: dict[str, float] = {}
        self._waited_for: dict[str, float] = {}
        self._at_work: dict[str, threading.Thread] = {}

    @property
    def quorum(self) -> int:
        return self.policy.least

    def organisations(self, names: Sequence[str]) -> int:
        return len(self.policy.organisations_of(names))

    def holds(self, name: str, note: bytes) -> bool:
        return _line_of(self._known[name].cosigner, note) is not None

    def ask(self, note: bytes, proof_from: ProofFrom) -> dict[str, Answer]:
        shown = parse_checkpoint(split_note(note)[0])
        told: queue.Queue[tuple[str, Answer]] = queue.Queue()
        asked = self._due()
        for name in asked:
            # A thread of its own, and none that the process waits for: a witness may keep a connection open for ever.
            self._at_work[name] = threading.Thread(
                target=self._one, args=(name, note, shown, proof_from, told), name=f"witness {name}", daemon=True
            )
            self._at_work[name].start()
        answers = _collected(told, len(asked), self._seconds)
        now = time.monotonic()
        for name in asked:
            if name not in answers:
                answers[name] = Failed(f"did not answer within {self._seconds:g} seconds")
                self._waited_for[name] = now + PAUSE
            if not isinstance(answers[name], Cosigned):
                self._asked_again[name] = now + AGAIN
        return answers

    def _due(self) -> list[str]:
        """Whom to ask: nobody who is still at an earlier question; the slow ones only where they are needed."""
        now = time.monotonic()
        ready = [
            name
            for name in self._known
            if now >= self._asked_again.get(name, 0) and not (name in self._at_work and self._at_work[name].is_alive())
        ]
        quick = [name for name in ready if now >= self._waited_for.get(name, 0)]
        return quick if self.organisations(quick) >= max(self.quorum, 1) else ready

    def _one(
        self,
        name: str,
        note: bytes,
        shown: Checkpoint,
        proof_from: ProofFrom,
        told: queue.Queue[tuple[str, Answer]],
    ) -> None:
        try:
            answer = self._answer(name, note, shown, proof_from)
        except (OSError, HTTPException, ValueError, Broken) as error:
            answer = Failed(f"could not be asked: {error}")
        told.put((name, answer))

    def _answer(self, name: str, note: bytes, shown: Checkpoint, proof_from: ProofFrom) -> Answer:
        """Ask one witness, and once more from where it says that it stands."""
        known = self._known[name]
        for _ in range(2):
            old = min(self._sizes.get(name, 0), shown.size)
            request = Request(old, tuple(proof_from(old)), note)
            status, kind, body = self._call(known.url, "POST", "/add-checkpoint", request.encoded())
            if status == 200:
                line = _line_of(known.cosigner, split_note(note)[0] + b"\n" + body)
                if line is None:
                    return Failed("its answer holds no true signature of its own")
                self._sizes[name] = shown.size
                return Cosigned(line)
            size = SIZE_BODY.fullmatch(body) if (status, kind) == (409, SIZE_TYPE) else None
            if size is None:
                return Failed(f"answered {status}", self._held(known, shown.origin) if status == 422 else None)
            if int(size[1]) > shown.size:
                return Ahead(int(size[1]), self._held(known, shown.origin))
            self._sizes[name] = int(size[1])
        return Failed("keeps saying that it stands elsewhere")

    def _held(self, known: Member, origin: str) -> bytes | None:
        """What a witness says that it cosigned last; None if it does not say."""
        status, _, body = self._call(known.url, "GET", f"/checkpoint/{origin}", None)
        return body if status == 200 else None

    def _call(self, url: str, method: str, path: str, body: bytes | None) -> tuple[int, str, bytes]:
        parts = urlsplit(url)
        host = parts.hostname or ""
        connection = (
            HTTPSConnection(host, parts.port, timeout=self._seconds, context=ssl.create_default_context())
            if parts.scheme == "https"
            else HTTPConnection(host, parts.port, timeout=self._seconds)
        )
        try:
            connection.request(method, parts.path.rstrip("/") + path, body, {"Content-Type": "text/plain"})
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Content-Type", ""), answer.read(MAX_ANSWER)
        finally:
            connection.close()


def witnesses_of(settings: Settings, origin: str | None) -> HttpWitnesses | None:
    """The witnesses of the policy that an operator set; None where there is none. Misconfigured says what is wrong.

    `origin` is the trail that the policy must name, where it is known.
    """
    path = settings.policy
    if path is None:
        return None
    try:
        policy = parse_policy(path.read_bytes())
    except OSError as error:
        raise Misconfigured(f"the policy {path} cannot be read: {error.strerror}") from error
    except PolicyInvalid as error:
        raise Misconfigured(f"the policy {path} cannot be read: {error}") from error
    if origin is not None and not policy.verifiers(origin):
        raise Misconfigured(f"the policy {path} is that of another log: none of its keys is named {origin}")
    return HttpWitnesses(policy, settings.witness_seconds)


def _require_address(member: Member) -> None:
    parts = urlsplit(member.url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise Misconfigured(f"the witness {member.name} has no address: {member.url!a} is neither https:// nor http://")


def _line_of(cosigner: Cosigner, note: bytes) -> bytes | None:
    """The first true line of a witness in a note."""
    try:
        text, lines = read_note(note)
    except NoteInvalid:
        return None
    for line in lines:
        if (line.name, line.key_id) == (cosigner.name, cosigner.key_id):
            return line.line() if cosigner.time_of(text, line.signature) is not None else None
    return None


def _collected(told: queue.Queue[tuple[str, Answer]], count: int, seconds: float) -> dict[str, Answer]:
    """As many answers as come in time."""
    answers: dict[str, Answer] = {}
    until = time.monotonic() + seconds
    while len(answers) < count:
        try:
            name, answer = told.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            break
        answers[name] = answer
    return answers
