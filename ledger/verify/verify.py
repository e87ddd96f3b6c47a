"""Verify a Netral trail offline: `python -I verify.py BUNDLE --key VKEY` (exit 0: true, 1: false, 2: misuse).

STEPS is what is checked and what success prints, with the numbers that the code carries; FORMAT.md gives the formats.
Bundles are untrusted: whatever they hold ends in a Report or a VerificationError, never in memory for a claimed size.
"""

import base64
import hashlib
import io
import json
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

STEPS = """\
 1 key: the verifier key is well formed, and its id {0.key_id} follows from its name and its bytes
 2 checkpoint: {0.origin} at size {0.size}, in the strict form, signed by the key; {0.others} other lines not checked
 3 bundle: all {0.bundles} entry bundles that this size implies are there, and hold exactly {0.size} entries
 4 header: {0.size} headers are netral-entry/v1 and keep its grammar
 5 order: positions have no gap from 0, versions none from 1 in {0.streams} streams; clock corrected: {0.when}
 6 body: {0.size} bodies are canonical JSON of the allowed values; sealed references stand alone
 7 act: {0.size} acts say whose, when, how known and who recorded them; none is later than its entry
 8 once: {0.size} nonces and {0.sealed} commitments, none of them twice in the trail
 9 ledger: the genesis names {0.home}, clock {0.clock}; of its {0.known} keys the one given is current at this size
10 tile: all {0.tiles} hash tiles that this size implies are there, and hold what is recomputed from the entries
11 root: recomputed from the entries, it is the one signed: {0.root}
12 extra: nothing else is in tile/ but {0.older} older partial tiles, true beginnings; not looked at: {0.beside}
What this cannot show:
- operator's key only, not witnessed: another trail under the same key may have been shown to others
- the key is as good as its channel: it must have come by another one than this bundle
- what came after this checkpoint: an older bundle verifies too; compare with the checkpoints that you kept
- acts lost before they were sealed, and acts never recorded: no proof shows what is not there
- acts that an administrator submitted in another's name: entries carry no signature of their actor
- the truth of claimed times (the clock is {0.clock}) and of what was said; the values behind sealed references"""
DAY, SIZE, WORD, HEX = "[0-9]{4}-[0-9]{2}-[0-9]{2}", "[1-9][0-9]{0,15}", "[a-z][a-z0-9_]*", "[0-9a-f]"
GRAMMAR = {"position": f"0|{SIZE}", "version": SIZE, "size": SIZE, "on": DAY, "role": WORD, "actor": "a[1-9][0-9]*"}
GRAMMAR |= {"nonce": f"{HEX}{{32}}", "ledger": f"{HEX}{{32}}", "sealed": f"{HEX}{{64}}", "root": f"{HEX}{{64}}"}
GRAMMAR |= {"office": f"(ledger|office)-{HEX}{{32}}", "source": "own|letter|published", "clock": "real|simulated"}
GRAMMAR |= {"stream": f"(ledger|complaint|official|office|election|rulebook|handover)-{HEX}{{32}}"}
GRAMMAR |= {"topic": rf"(?=.{{1,100}}\Z){WORD}(\.{WORD})+\.v[1-9][0-9]{{0,3}}", "vkey": "[!-~]+", "from_size": SIZE}
GRAMMAR |= {"at": rf"{DAY}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ", "origin": rf"[a-z0-9-]+(\.[a-z0-9-]+)+/{HEX}{{16}}"}
KEY = re.compile(rf"([^\s+]+)\+({HEX}{{8}})\+([A-Za-z0-9+/]{{44}})")
SIGNATURE = "\u2014 ([^\\s+]+) ((?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)\n"
FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class VerificationError(Exception):
    """The bundle is not what the key vouches for: which check, at which entry if one, what was expected and found."""

    def __init__(self, check: str, expected: str, found: object, position: int | None = None) -> None:
        self.check, self.expected, self.found, self.position = check, expected, ascii(found)[:200], position


def require(true: object, check: str, expected: str, found: object) -> None:
    if not true:
        raise VerificationError(check, expected, found)


def attempt(check: str, expected: str, parse: Callable[..., Any], *given: Any) -> Any:
    """Let another's code read what is given: what it cannot read is the bundle's fault, never a crash of ours."""
    try:
        return parse(*given)
    except (ValueError, OSError, RecursionError, InvalidSignature) as error:
        raise VerificationError(check, expected, given[0] if given else str(error)) from None


def shape(value: Any, check: str, *forms: str) -> None:
    """Require an object of exactly the members of one form (in the alphabet's order), each keeping its grammar."""
    require(isinstance(value, dict) and " ".join(sorted(value)) in forms, f"{check}.members", " or ".join(forms), value)
    for name in sorted(value.keys() & GRAMMAR.keys()):
        good = type(value[name]) is (int if name in ("size", "from_size") else str)
        good = good and re.fullmatch(GRAMMAR[name], str(value[name]), re.ASCII) is not None
        require(good, f"{check}.{name}", GRAMMAR[name], value[name])
        if name in ("at", "on"):  # the grammar lets 30 February pass
            attempt(f"{check}.{name}", "a day of the calendar", date.fromisoformat, value[name][:10])


def walk(value: Any, depth: int, sealed: list[str]) -> None:
    """Admit strings, integers, booleans, arrays and objects within their limits, and collect all commitments."""
    require(isinstance(value, str | int | list | dict), "body.type", "string, integer, boolean, array or object", value)
    require(depth <= 8 or isinstance(value, str | int), "body.depth", "objects and arrays at most 8 deep", depth)
    require(not isinstance(value, str) or not FORBIDDEN.search(value), "body.characters", "no forbidden one", value)
    require(not isinstance(value, int) or abs(value) < 2**53, "body.number", "between -2^53 and 2^53", value)
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        walk(item, depth + 1, sealed)
    if isinstance(value, dict):
        require(all(re.fullmatch(WORD, name) for name in value), "body.key", WORD, list(value))
        if "sealed" in value:  # a sealed reference has no other member
            shape(value, "body.sealed", "sealed")
            sealed.append(value["sealed"])


def parse_key(vkey: str) -> tuple[str, str, bytes]:
    """Return name, id and bytes of an Ed25519 verifier key, or nothing where its id does not fit (C2SP signed-note)."""
    name, key_id, encoded = match.groups() if (match := KEY.fullmatch(vkey)) else ("", "", "")
    blob = base64.b64decode(encoded)  # 44 characters without padding have one spelling only
    true_id = hashlib.sha256(name.encode("utf-8", "replace") + b"\n" + blob).hexdigest()[:8]
    return (name, key_id, blob[1:]) if blob[:1] == b"\x01" and key_id == true_id else ("", "", b"")


def open_note(note: bytes, vkey: str) -> tuple[str, int]:
    """Return the text that the key signed and the number of lines by other keys (C2SP signed-note)."""
    (known, key_id, public), mine = parse_key(vkey), 0
    text, _, signatures = note.decode("utf-8", "replace").rpartition("\n\n")  # the LAST empty line parts them
    lines = re.findall(SIGNATURE, signatures) if re.fullmatch(f"({SIGNATURE}){{1,100}}", signatures) else []
    clean = f"{text}\n\n{signatures}".encode() == note and not re.search(r"[\x00-\x09\x0b-\x1f]", text + signatures)
    require(lines and clean, "checkpoint.note", "UTF-8 text, an empty line, 1 to 100 signatures, no controls", note)
    for name, encoded in lines:
        blob = base64.b64decode(encoded)
        canonical = len(blob) > 4 and base64.b64encode(blob).decode() == encoded
        require(canonical, "checkpoint.note", "a key id and a signature in canonical base64", encoded)
        if (name, blob[:4].hex()) == (known, key_id):  # one false line of the known key condemns the whole note
            key, mine = Ed25519PublicKey.from_public_bytes(public), mine + 1
            attempt("checkpoint.signature", f"a signature by {key_id}", key.verify, blob[4:], f"{text}\n".encode())
    require(mine, "checkpoint.signature", f"a line by {known!a} with key id {key_id}", signatures)
    return f"{text}\n", len(lines) - mine


def fold(row: list[bytes]) -> bytes:
    """Hash neighbours together until one is left, an odd last one rising unhashed (RFC 9162 section 2.1.1)."""
    while len(row) > 1:
        pairs = zip(row[::2], row[1::2], strict=False)
        row = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs] + row[len(row) // 2 * 2 :]
    return row[0] if row else hashlib.sha256().digest()


def tile_name(kind: str, index: int, width: int) -> str:
    """Name a tile: its index in groups of three digits, all but the last after an x; `.p/W` if partial (tlog-tiles)."""
    *high, low = f"{index:,}".split(",")
    groups = "".join(f"x{group:0>3}/" for group in high) + f"{low:0>3}"
    return f"tile/{kind}/{groups}" + (f".p/{width}" if width < 256 else "")


class Report:
    """One bundle under one key: what has been verified of it so far, and what later entries are held against."""

    def __init__(self, folder: Path, vkey: str) -> None:
        self.folder, self.vkey, (self.origin, self.key_id, _) = folder, vkey, parse_key(vkey)
        self.seen, self.versions, self.once = set[Path](), dict[str, int](), set[str]()
        self.last = self.home = self.clock = ""
        self.keys, self.corrected = dict[str, int](), list[str]()  # each key with the size from which on it signs

    def read(self, name: str, check: str, limit: int = 256 * 65_537) -> bytes:
        """Read a regular file no longer than its kind can be; links, pipes and devices are no part of a bundle."""
        path = self.folder / name
        sound = not path.is_symlink() and path.is_file() and path.stat().st_size <= limit
        require(sound, f"{check}.file", f"{name}, a regular file of at most {limit} bytes", "nothing like it")
        self.seen.add(path)
        return path.read_bytes()

    def compare(self, kind: str, index: int, pieces: list[bytes]) -> None:
        """Hold a tile against its true pieces, and the older partial ones beside it against their beginning."""
        check, held = "bundle" if kind == "entries" else "tile", len(pieces)
        older = range(1, held) if (self.folder / tile_name(kind, index, 1)).parent.is_dir() else ()
        for name, width in [(tile_name(kind, index, width), width) for width in (*older, held)]:
            if width == held or (self.folder / name).exists():
                same = self.read(name, check) == b"".join(pieces[:width])
                require(same, f"{check}.bytes", f"{name} of exactly its {width} entries or hashes", "other bytes")

    def take(self, position: int, entry: bytes) -> None:
        """Check one entry by the steps 4 to 9."""
        # 4 header: the first line says how to read the rest, and an unknown one is refused by its name
        head, _, body = entry.partition(b"\n\n")
        first, *lines = head.decode("ascii", "replace").split("\n")
        require(first == "netral-entry/v1", "header.format", "netral-entry/v1", first)
        fields = [line.partition(" ")[::2] for line in lines]
        ordered = " ".join(name for name, _ in fields) == "position stream version topic at"
        require(ordered, "header.lines", "position, stream, version, topic, at, then an empty line", head)
        shape(dict(fields), "header", "at position stream topic version")
        number, stream, version, topic, at = dict(fields).values()
        # 5 order
        require(number == str(position), "order.position", f"position {position}", number)
        self.versions[stream] = self.versions.get(stream, 0) + 1
        require(version == str(self.versions[stream]), "order.version", f"version {self.versions[stream]}", version)
        if topic == "ledger.clock_corrected.v1":
            self.corrected.append(f"{self.last} to {at} at entry {number}")
        require(at >= self.last or topic == "ledger.clock_corrected.v1", "order.at", f"not before {self.last}", at)
        self.last, latest = at, date.fromisoformat(at[:10]).toordinal() + (at[11:13] >= "15")  # the date at UTC+9
        # 6 body: encoding again also catches repeated members, escapes, white space and -0
        require(len(body) <= 65_023, "body.length", "at most 65023 bytes", len(body))
        value, sealed = attempt("body.json", "one JSON value in UTF-8", json.loads, body), list[str]()
        walk(value, 1, sealed)
        require(CANONICAL.encode(value).encode() == body, "body.canonical", "the canonical form of its value", body)
        shape(value, "body", "act by fact nonce")
        act, by, fact = value["act"], value["by"], value["fact"]
        require(isinstance(fact, dict), "body.fact", "an object", fact)
        # 7 act: a date is judged where it is latest in the country, at UTC+9
        shape(act, "act", "at office source", "office on source")
        late = act["at"] > at if "at" in act else date.fromisoformat(act["on"]).toordinal() > latest
        require(not late, "act.later", f"not later than {at}", act)
        shape(by, "act.by", "actor office role", "actor office role who")
        shape(by.get("who", {"sealed": "0" * 64}), "act.by.who", "sealed")
        # 8 once
        for mark in (value["nonce"], *sealed):
            require(mark not in self.once, "once.nonce" if len(mark) == 32 else "once.commitment", "a fresh one", mark)
            self.once.add(mark)
        # 9 ledger
        opened, kind = topic == "ledger.opened.v1", stream.split("-")[0]
        require(opened == (position == 0), "ledger.opened", "ledger.opened.v1 at 0 and only there", topic)
        if opened:
            shape(fact, "ledger", "clock ledger origin vkey", "clock ledger origin predecessor vkey")
            self.home, self.clock = f"ledger-{fact['ledger']}", fact["clock"]
            named = fact["origin"] == self.origin and self.origin[-16:] == fact["ledger"][:16]
            require(named, "ledger.origin", f"{self.origin!a}, which ends as the ledger begins", fact["origin"])
            past = fact.get("predecessor", {"origin": fact["origin"], "root": "0" * 64, "size": 1})
            shape(past, "ledger.predecessor", "origin root size")
        inside = stream == self.home or not (kind == "ledger" or topic.startswith("ledger."))
        require(inside, "ledger.stream", f"{self.home} for what the ledger says of itself", f"{topic} in {stream}")
        if kind in ("ledger", "office", "election"):
            own = (act["office"], by["office"], act["source"]) == (self.home, self.home, "own")
            require(own and by["role"] in ("operator", "registry"), "ledger.keeper", f"its own act: {self.home}", value)
        if topic == "ledger.key_rotated.v1":
            shape(fact, "ledger", "from_size retired_key_id vkey")
            retired, since = list(self.keys.items())[-1]
            true = fact["retired_key_id"] == retired.split("+")[1] and fact["from_size"] > max(since, position)
            require(true, "ledger.rotation", f"retiring {retired} at a size above {max(since, position)}", fact)
        if topic in ("ledger.opened.v1", "ledger.key_rotated.v1"):
            fresh = parse_key(fact["vkey"])[0] == self.origin and fact["vkey"] not in self.keys
            require(fresh, "ledger.vkey", f"a fresh key named {self.origin!a}", fact["vkey"])
            self.keys[fact["vkey"]] = fact.get("from_size", 0)

    def run(self) -> None:
        """Check the checkpoint, the entries one after another, then the tiles and the root that follow from them."""
        text, self.others = open_note(self.read("checkpoint", "checkpoint", 1 << 20), self.vkey)  # 2 checkpoint
        match = re.fullmatch(f"(.+)\n(0|{SIZE})\n([A-Za-z0-9+/]{{43}}=)\n", text)
        name, size, root = (match[1], int(match[2]), base64.b64decode(match[3])) if match else ("", 0, b"")
        strict = name == self.origin and 0 < size < 2**53 and text.endswith(f"\n{base64.b64encode(root).decode()}\n")
        require(strict, "checkpoint.text", f"{self.origin!a}, a size, 32 bytes in canonical base64", text)
        leaves, self.tiles, self.bundles = list[bytes](), 0, -(-size // 256)
        for index in range(self.bundles):  # 3 bundle: a lie about the size ends at the first file that is not there
            width = min(256, size - index * 256)
            data = io.BytesIO(self.read(tile_name("entries", index, width), "bundle"))
            entries = [data.read(int.from_bytes(data.read(2), "big")) for _ in range(width)]
            self.compare("entries", index, [len(entry).to_bytes(2, "big") + entry for entry in entries])
            for position, entry in enumerate(entries, index * 256):
                try:
                    self.take(position, entry)
                except VerificationError as error:
                    error.position = position
                    raise
                leaves.append(hashlib.sha256(b"\x00" + entry).digest())
        current = [vkey for vkey, since in self.keys.items() if since <= size][-1]
        require(current == self.vkey, "ledger.current", current, self.vkey)
        row = leaves
        for level in range(7):  # 10 tile: only full tiles rise
            for index in range(0, len(row), 256):
                self.compare(str(level), index // 256, row[index : index + 256])
                self.tiles += 1
            row = [fold(row[index : index + 256]) for index in range(0, len(row) - 255, 256)]
        require(fold(leaves) == root, "root.hash", fold(leaves).hex(), root.hex())  # 11 root
        for path in (self.folder / "tile").rglob("*"):  # 12 extra
            known = path in self.seen or (path.is_dir() and not path.is_symlink())
            require(known, "extra.file", "only what the checkpoint implies", str(path.relative_to(self.folder)))
        beside = {ascii(path.name) for path in self.folder.iterdir()} - {"'checkpoint'", "'tile'"}
        self.beside, self.when = ", ".join(sorted(beside)) or "nothing", "; ".join(self.corrected) or "never"
        self.size, self.root, self.streams, self.sealed = size, root.hex(), len(self.versions), len(self.once) - size
        self.older, self.known = len(self.seen) - 1 - self.bundles - self.tiles, len(self.keys)


def verify(bundle: Path, vkey: str) -> Report:
    """Verify a bundle against a key that came by another channel; ValueError is misuse, all else VerificationError."""
    report = Report(bundle, vkey)
    if not report.origin:  # 1 key
        raise ValueError("the key must read NAME+ID+BASE64, Ed25519, with the id that follows from the rest")
    if not bundle.is_dir():
        raise ValueError(f"there is no folder {str(bundle)!a}")
    attempt("bundle.file", "readable files", report.run)
    return report


def main(arguments: list[str]) -> int:
    """Print the verdict, in Indonesian first, and return the exit status."""
    try:
        if len(arguments) != 3 or arguments[1] != "--key":
            raise ValueError("usage: python -I verify.py BUNDLE --key VKEY (or --key @FILE)")
        key = Path(arguments[2][1:]).read_text("utf-8", "replace").strip() if arguments[2][:1] == "@" else arguments[2]
        report = verify(Path(arguments[0]), key)
    except (OSError, ValueError) as error:
        print(f"verify.py: {error}", file=sys.stderr)
        return 2
    except VerificationError as error:
        step = STEPS.split(f" {error.check.split('.')[0]}:")[0][-2:].strip()
        place = "" if error.position is None else f", entry {error.position}"
        print(f"TIDAK SAH (langkah {step})\nFALSE: step {step}, check {error.check}{place}")
        print(f"  expected: {error.expected}\n  found:    {error.found}")
        return 1
    print(f"SAH (jejak {report.origin}, {report.size} entri)\nTRUE: trail {report.origin}, {report.size} entries")
    print(STEPS.format(report))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
