"""Every failure has a name in one tree, by whose fault it is.

What an asker can meet is said in both languages where it is raised; what only an operator meets (Broken, and what the
command line alone raises) in English. `str` of an error is English. The HTTP status of each leaf stands in
api/problems.py and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass

from ledger.speech import Said, both


class NetralError(Exception):
    """The root of the tree; never raised itself."""

    @property
    def said(self) -> Said:
        """What happened, in one sentence."""
        return both(self.args[0] if self.args else "")

    def __str__(self) -> str:
        return str(self.said)


@dataclass
class Refused(NetralError):
    """The domain says no: which rule, on what legal basis, and what would be allowed now."""

    rule: str
    because: Said
    allowed: Said
    basis: str = ""
    stream: str = ""
    """Which stream it is about, where a command spans several."""
    others: tuple[Refused, ...] = ()
    """What else was refused of the same command, at most once for each stream."""

    @property
    def said(self) -> Said:
        basis = f" ({self.basis})" if self.basis else ""
        return Said(
            f"{self.because.en}{basis}; {self.allowed.en}",
            f"{self.because.id}{basis}; {self.allowed.id}",
        )


@dataclass
class Invalid(NetralError):
    """The asker sent something that cannot be read: where, what was wrong, what would be right."""

    member: str
    because: Said | str

    @property
    def said(self) -> Said:
        because = both(self.because)
        where = f"{self.member}: " if self.member else ""
        return Said(f"{where}{because.en}", f"{where}{because.id}")


class KeyReused(Invalid):
    """The same idempotency key came with another command; the first one stands."""


@dataclass
class Missing(NetralError):
    """What was asked for does not exist, or not for this asker."""

    what: Said | str

    @property
    def said(self) -> Said:
        return both(self.what)


class Conflict(NetralError):
    """Something that the decision read has moved; load, decide and append again."""


@dataclass
class Stale(NetralError):
    """The asker decided on a version that a later fact has overtaken in the command's own scope."""

    seen: int
    now: int
    stream: str = ""
    """Which stream moved, where a command spans several."""

    @property
    def said(self) -> Said:
        where = f"{self.stream}: " if self.stream else ""
        return Said(
            f"{where}version {self.seen} was seen, but a fact of version {self.now} touches what this command "
            "decides; read again",
            f"{where}versi {self.seen} yang dibaca, tetapi fakta versi {self.now} menyentuh apa yang diputuskan "
            "perintah ini; baca kembali",
        )


class PreconditionMissing(NetralError):
    """This act decides on what was read: it must name the version that was read."""


class Denied(NetralError):
    """The asker may not do this."""


class Unauthenticated(Denied):
    """The asker has not said who they are, or not in a way that can be checked."""


class Busy(NetralError):
    """Not now: what was asked is not there yet, or others are at work; nothing was recorded, ask again shortly."""


class Broken(NetralError):
    """The ledger's own fault: stop, write nothing more, call somebody."""


class Unreadable(Broken):
    """Stored bytes are not an entry of a known format and topic; going on would guess."""


class Diverged(Broken):
    """Two places that must agree about the trail do not; signing on would fork history."""


class ClockBehind(Broken):
    """The machine's clock is more than a minute behind the last recorded instant."""


class Misconfigured(Broken):
    """A setting or a file that the ledger needs is missing or wrong."""
