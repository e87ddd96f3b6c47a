"""A witness policy: whose cosignatures a checkpoint needs before somebody believes it, counted by organisation.

The file is a C2SP tlog-policy in which groups have two levels: witnesses form organisations, organisations form the
quorum; `quorum none` asks for none of them. So two keys of one organisation never count twice.

    log VKEY [URL]                             a key of the operator's; again for one that was rotated
    witness NAME VKEY [URL]                    a witness, and where it answers
    group NAME any|all|NUMBER MEMBER...        an organisation of witnesses, or a group of organisations
    quorum NAME|none                           whose word is needed

Lines that begin with # and empty lines are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NoReturn

from ledger.errors import Invalid
from ledger.trail.checkpoint import Verifier
from ledger.trail.cosignature import Cosigner, cosignatures

UNFIT = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
ITEM = re.compile(r"[!-~]+", re.ASCII)
LEAST = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
MAX_BYTES: Final = 65_536


class PolicyInvalid(Invalid):
    """A policy file cannot be read: in which line, and why."""


@dataclass(frozen=True, slots=True)
class Log:
    """A key of the operator's, and where its trail is served, if the policy says so."""

    verifier: Verifier
    url: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One witness: its name in this policy, its key, and where it answers, if the policy says so."""

    name: str
    cosigner: Cosigner
    url: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """Witnesses of one hand, which count once: when at least so many of them cosigned."""

    name: str
    members: tuple[Member, ...]
    least: int


@dataclass(frozen=True, slots=True)
class Policy:
    """The operator's keys, the witnesses, and how many of their organisations must have cosigned; 0 needs none."""

    logs: tuple[Log, ...]
    members: tuple[Member, ...]
    organisations: tuple[Organisation, ...]
    least: int

    def verifiers(self, origin: str) -> tuple[Verifier, ...]:
        """The operator's keys for one trail."""
        return tuple(log.verifier for log in self.logs if log.verifier.name == origin)

    def organisations_of(self, names: Iterable[str]) -> tuple[Organisation, ...]:
        """The organisations whose word the members of these names give; each counts once, however many keys it has."""
        signed = set(names)
        return tuple(
            organisation
            for organisation in self.organisations
            if sum(each.name in signed for each in organisation.members) >= organisation.least
        )

    def satisfied_by(self, names: Iterable[str]) -> bool:
        """Whether enough organisations cosigned; the cosignatures must have been verified."""
        return len(self.organisations_of(names)) >= self.least

    def cosigned(self, note: bytes) -> dict[str, int]:
        """The members that cosigned a note, with their times; NoteInvalid when a line by one of them is false."""
        times = cosignatures(note, [each.cosigner for each in self.members])
        return {each.name: times[each.cosigner] for each in self.members if each.cosigner in times}


@dataclass(slots=True)
class _Reading:
    """What the lines so far have said."""

    logs: list[Log] = field(default_factory=list)
    keys: set[bytes] = field(default_factory=set)
    members: dict[str, Member] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    quorums: dict[str, tuple[tuple[Organisation, ...], int]] = field(default_factory=dict)
    unused: dict[str, int] = field(default_factory=dict)
    """Names that no line has used, each with its own line: a name is used once, by a group or as the quorum."""
    quorum: tuple[tuple[Organisation, ...], int] | None = None

    def take(self, number: int, words: list[str]) -> None:
        """Take one line that says something."""
        match words:
            case ["log", vkey, *url] if len(url) <= 1:
                self.logs.append(Log(Verifier.from_vkey(vkey), *url))
                self._key(self.logs[-1].verifier)
            case ["witness", name, vkey, *url] if len(url) <= 1:
                self._name(number, name)
                self.members[name] = Member(name, Cosigner.from_vkey(vkey), *url)
                self._key(self.members[name].cosigner)
            case ["group", name, least, *members] if members:
                self._name(number, name)
                self._group(name, least, members)
            case ["quorum", name] if self.quorum is None:
                self._quorum(name)
            case _:
                _refuse(
                    "it is none of: log VKEY [URL], witness NAME VKEY [URL], "
                    "group NAME all|any|NUMBER MEMBER..., and once: quorum NAME|none"
                )

    def _name(self, number: int, name: str) -> None:
        if name == "none" or name in self.members or name in self.organisations or name in self.quorums:
            _refuse(f"the name {name!a} is taken")
        self.unused[name] = number

    def _key(self, key: Verifier | Cosigner) -> None:
        if key.public in self.keys:
            _refuse("this key stands in an earlier line: a key has one owner and one use")
        self.keys.add(key.public)

    def _group(self, name: str, least: str, members: list[str]) -> None:
        for member in members:
            if member == name or self.unused.pop(member, None) is None:
                _refuse(f"{member!a} is no name of an earlier line, or is a member already")
        least = {"any": "1", "all": str(len(members))}.get(least, least)
        if not LEAST.fullmatch(least) or int(least) > len(members):
            _refuse(f"{least!a} is neither all, any, nor a number from 1 to {len(members)}")
        if all(member in self.members for member in members):
            self.organisations[name] = Organisation(name, tuple(self.members[each] for each in members), int(least))
        elif all(member in self.organisations for member in members):
            self.quorums[name] = (tuple(self.organisations[each] for each in members), int(least))
        else:
            _refuse("a group is an organisation of witnesses, or a group of organisations, and nothing else")

    def _quorum(self, name: str) -> None:
        if name == "none":
            self.quorum = tuple(self.organisations.values()), 0
            self.unused.clear()
        elif name in self.organisations:
            self.quorum = ((self.organisations[name],), 1)
        elif name in self.quorums:
            self.quorum = self.quorums[name]
        else:
            _refuse(f"{name!a} is no group of an earlier line")
        self.unused.pop(name, None)


def parse_policy(data: bytes) -> Policy:
    """Read a policy file; PolicyInvalid names the line."""
    if len(data) > MAX_BYTES:
        raise PolicyInvalid("policy", f"it is longer than {MAX_BYTES} bytes")
    *lines, rest = data.split(b"\n")
    reading = _Reading()
    for number, line in enumerate(lines, start=1):
        try:
            if words := _words(line):
                reading.take(number, words)
        except Invalid as error:
            raise PolicyInvalid(f"line {number}", error.because) from error
    last = f"line {len(lines) + 1}"
    if rest:
        raise PolicyInvalid(last, "it does not end in a newline: it may have been cut off")
    if not reading.logs:
        raise PolicyInvalid(last, "the end is here, and no line was a log")
    if reading.quorum is None:
        raise PolicyInvalid(last, "the end is here, and no line was the quorum")
    for name, number in reading.unused.items():
        raise PolicyInvalid(f"line {number}", f"{name!a} counts for nothing: no group and no quorum uses it")
    return Policy(tuple(reading.logs), tuple(reading.members.values()), *reading.quorum)


def _words(line: bytes) -> list[str]:
    """The words of a line; none where it is empty or a comment."""
    if UNFIT.search(line):
        _refuse("it holds a control character")
    words = re.split(rb"[ \t]+", line.strip(b" \t"))
    if not words[0] or words[0].startswith(b"#"):
        return []
    text = [word.decode("ascii", "replace") for word in words]
    if not all(ITEM.fullmatch(word) for word in text):
        _refuse("only a comment may hold other characters than printable ASCII")
    return text


def _refuse(because: str) -> NoReturn:
    raise PolicyInvalid("policy", because)
