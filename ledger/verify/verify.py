"""Verify a Netral trail offline: python -I verify.py and one of (exit 0: verified, 1: refused, 2: misuse)
    BUNDLE --key VKEY                     a trail as it is exported, every byte of it; and, if asked, also
        [--since FILE]... [--proof FILE]...   that it holds the checkpoints and the proven entries that you kept,
        [--opened FILE]... [--case STREAM [--upto SIZE]]  sealed values that you were shown, all events of one case
    --proof FILE --entry FILE --key VKEY  one entry by its receipt alone [--opened FILE]...
    --evidence FILE --key VKEY            two checkpoints of one trail that contradict each other
Each takes --policy FILE (whose cosignatures are needed) and --key @FILE. STEPS are the checks, FORMAT.md the formats.
"""

import base64
import io
import json
import re
import sys
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

STEPS = """ 1 key: the verifier key is well formed, and its id {0.key_id} follows from its name and its bytes
 2 checkpoint: {0.origin} at size {0.size}, in the strict form, signed by the key; {0.others} other lines not checked
 3 bundle: all {0.bundles} entry bundles that this size implies are there, and hold exactly {0.size} entries
 4 header: {0.count} headers are netral-entry/v1 and keep its grammar
 5 order: positions have no gap from 0, versions none from 1 in {0.streams} streams; clock corrected: {0.when}
 6 body: {0.count} bodies are canonical JSON of the allowed values; sealed references stand alone
 7 act: {0.count} acts say whose, when, how known and who recorded them; none is later than its entry
 8 once: {0.count} nonces and {0.sealed} commitments, none of them twice in the trail
 9 ledger: the genesis names {0.home}, clock {0.clock}; of its {0.known} keys the one given is current at this size
10 tile: all {0.tiles} hash tiles that this size implies are there, and hold what is recomputed from the entries
11 root: recomputed from the entries, it is the one signed: {0.root}
12 extra: nothing else is in tile/ but {0.older} older partial tiles, true beginnings; not looked at: {0.beside}"""
LIMITS = """What this cannot show:
- {0.alone}
- the key is as good as its channel: it must have come by another one than what it verifies
- what came after this checkpoint: an older bundle verifies too; compare with the checkpoints that you kept
- acts lost before they were sealed, acts never recorded, acts that an administrator submitted in another's name
- the truth of claimed times (the clock is {0.clock}) and of what was said; sealed values that you were not shown"""
NAMES = [*re.findall(r"(?m)^[ 1]\d (\w+):", STEPS), "witness", "since", "proof", "opened", "case", "evidence"]
DAY, SIZE, WORD, H32, H64 = r"\d{4}-\d\d-\d\d", "[1-9][0-9]{0,15}", "[a-z][a-z0-9_]*", "[0-9a-f]{32}", "[0-9a-f]{64}"
TEXT, B64, END, HEADER = r"[^\ud800-\udfff]*", "[A-Za-z0-9+/]", "[AEIMQUYcgkosw048]", "position stream version topic at"
RULES = {"position": f"0|{SIZE}", "version": SIZE, "size": SIZE, "on": DAY, "role": WORD, "actor": "a[1-9][0-9]*"}
RULES |= {"nonce": H32, "ledger": H32, "sealed": H64, "root": H64, "salt": H64, "from_size": SIZE, "vkey": "[!-~]+"}
RULES |= {"office": f"(ledger|office)-{H32}", "source": "own|letter|published", "clock": "real|simulated"}
RULES |= {"stream": f"(ledger|complaint|official|office|election|rulebook|handover)-{H32}", "kind": TEXT, "of": TEXT}
RULES |= {"topic": rf"(?=.{{1,100}}(\n|\Z)){WORD}(\.{WORD})+\.v[1-9][0-9]{{0,3}}", "payload": TEXT, "value": TEXT}
RULES |= {"at": rf"{DAY}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ", "origin": r"[a-z0-9-]+(\.[a-z0-9-]+)+/[0-9a-f]{16}"}
GRAMMAR = {name: re.compile(rule, re.ASCII) for name, rule in RULES.items()}
CALL = f"--bundle (?P<case>--case {RULES['stream']} )?--key( --opened)*( --policy)?( --proof)*( --since)*"  # sorted
CALL += f"(?(case)( --upto {SIZE})?)|--entry --key( --opened)*( --policy)? --proof|--evidence --key( --policy)?"
POLICY = "(#.*|(log|witness I) I( I)?|group I (any|all|[1-9][0-9]{0,3})( I)+|quorum I)?".replace("I", "[!-~]+")
HASH, BASE64 = f"{B64}{{42}}{END}=", f"(?:{B64}{{4}})*(?:{B64}{{4}}|{B64}{{2}}{END}=|{B64}[AQgw]==)"
KEY, SIGNATURE = rf"([^\s+]+)\+([0-9a-f]{{8}})\+({B64}{{44}})", f"\u2014 ([^\\s+]+) ((?=.{{6}}[^=]){BASE64})\n"
PROOF = f"c2sp\\.org/tlog-proof@v1\n(?:extra {BASE64}\n)?index (0|{SIZE})((?:\n{HASH}){{0,63}})"
ENTRY = r"""netral-entry/v1\nposition (<size>)\nstream ((?!ledger|office|election)<stream>)\nversion (<version>)\n\
topic (?!ledger\.)<topic>\nat (<at>)\n\n{"act":{(?:"at":"(<at>)",)?"office":"<office>",(?(5)|"on":"(<on>)",)"source":\
"<source>"},"by":{"actor":"<actor>","office":"<office>","role":"<role>"(?:,"who":({"sealed":"<sealed>"}))?},"fact":\
({[ -~]*}),"nonce":"(<nonce>)"}""".replace("\\\n", "")
EVIDENCE, GROWN = rb"netral-evidence/v1\ncheckpoint [1-9][0-9]{0,6}\n", f"root {HASH}\n(?:{HASH}\n){{1,63}}"
COMMON = re.compile(re.sub("<(.+?)>", lambda of: re.sub(r"\((?!\?)", "(?:", f"({RULES[of[1]]})"), ENTRY), re.ASCII)
SEALED, PLAIN = re.compile(rf'{{"sealed":"({H64})"}}'), re.compile(r':"[ !#-+\--\[^-|~]*"')
FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class VerificationError(Exception):
    """What any untrusted bytes end in, if not in a Report: which check failed, at which entry, what was expected."""

    def __init__(self, check: str, expected: str, found: object, position: int | None = None) -> None:
        self.check, self.expected, self.found, self.position = check, expected, ascii(found)[:200], position


def require(true: object, check: str, expected: str, found: object) -> None:
    if not true:
        raise VerificationError(check, expected, found)


def attempt(check: str, expected: str, parse: Any, *given: Any) -> Any:
    """Let another's code read what is given: what it cannot read is the giver's fault, never a crash of ours."""
    try:
        return parse(*given)
    except (ValueError, OSError, RecursionError, InvalidSignature) as error:
        raise VerificationError(check, expected, given[0] if given else str(error)) from None


def shape(value: Any, check: str, *forms: str) -> Any:
    """Return an object, if it has exactly the members of one form (in the alphabet's order), each of its grammar."""
    require(isinstance(value, dict) and " ".join(sorted(value)) in forms, f"{check}.members", " or ".join(forms), value)
    for name in sorted(value.keys() & GRAMMAR.keys()):
        good = type(value[name]) is (int if "size" in name else str) and GRAMMAR[name].fullmatch(str(value[name]))
        require(good, f"{check}.{name}", GRAMMAR[name].pattern, value[name])
        if name in ("at", "on"):  # the grammar lets 30 February pass
            attempt(f"{check}.{name}", "a day of the calendar", date.fromisoformat, value[name][:10])
    return value


def walk(value: Any, depth: int, path: str, sealed: list[tuple[str, str]]) -> None:
    """Admit what a body may hold, within its limits, and collect each commitment with the names that lead to it."""
    require(isinstance(value, (str, int, list, dict)), "body.type", "string, integer, boolean, array or object", value)
    require(depth <= 8 or isinstance(value, (str, int)), "body.depth", "objects and arrays at most 8 deep", depth)
    require(not isinstance(value, str) or not FORBIDDEN.search(value), "body.characters", "no forbidden one", value)
    require(not isinstance(value, int) or abs(value) < 2**53, "body.number", "between -2^53 and 2^53", value)
    keys = list(value) if isinstance(value, dict) else []
    for name, item in (value if keys else dict(enumerate(value if isinstance(value, list) else ()))).items():
        walk(item, depth + 1, f"{path}.{name}" if keys else path, sealed)
    require(all(map(GRAMMAR["role"].fullmatch, keys)), "body.key", WORD, keys)
    if "sealed" in keys:  # a sealed reference has no other member
        sealed.append((shape(value, "body.sealed", "sealed")["sealed"], path))


def parse_key(vkey: str, kind: bytes = b"\x01") -> tuple[str, str, bytes]:
    """Return name, id and bytes of an Ed25519 verifier key, or nothing where its id does not fit (C2SP signed-note)."""
    name, key_id, encoded = match.groups() if (match := re.fullmatch(KEY, vkey)) else ("", "", "")
    blob = base64.b64decode(encoded)  # 44 characters without padding have one spelling only
    true_id = sha256(name.encode("utf-8", "replace") + b"\n" + blob).hexdigest()[:8]
    return (name, key_id, blob[1:]) if blob[:1] == kind and key_id == true_id else ("", "", b"")


def open_note(note: bytes, *vkeys: str, check: str = "checkpoint") -> tuple[int, bytes, str, list[str], list[Any]]:
    """Return size, root and text of a checkpoint, which of the keys signed it, and the lines by others (C2SP)."""
    text, _, signatures = note.decode("utf-8", "replace").rpartition("\n\n")  # the LAST empty line parts them
    found = re.findall(SIGNATURE, signatures) if re.fullmatch(f"({SIGNATURE}){{1,100}}", signatures) else []
    clean = f"{text}\n\n{signatures}".encode() == note and not re.search(r"[\x00-\x09\x0b-\x1f]", text + signatures)
    require(found and clean, f"{check}.note", "UTF-8 text, an empty line, 1 to 100 signatures, no controls", note)
    lines = [(f"{name}+{(blob := base64.b64decode(text64))[:4].hex()}", blob[4:]) for name, text64 in found]
    mine = [(vkey, blob) for who, blob in lines for vkey in vkeys if vkey.startswith(f"{who}+")]
    require(mine, f"{check}.signature", f"a line by {', '.join(map(ascii, vkeys))}", signatures)
    for vkey, blob in mine:  # one false line of a known key condemns the whole note
        key = Ed25519PublicKey.from_public_bytes(parse_key(vkey)[2])
        attempt(f"{check}.signature", f"a signature by {vkey!a}", key.verify, blob, f"{text}\n".encode())
    origin, match = vkeys[0].split("+")[0], re.fullmatch(f"(.+)\n({SIZE})\n({HASH})", text)
    name, size, root = match.groups() if match else ("", "0", "")
    require(name == origin and int(size) < 2**53, f"{check}.text", f"{origin!a}, a size, 32 bytes in base64", text)
    others = [line for line in lines if not any(vkey.startswith(f"{line[0]}+") for vkey in vkeys)]
    return int(size), base64.b64decode(root), f"{text}\n", [vkey for vkey, _ in mine], others


class Policy:
    """Whose cosignatures are needed: witnesses form groups, each an organisation that counts once, and groups more."""

    def __init__(self, data: bytes | None) -> None:
        lines = [re.sub("[ \t]+", " ", line.strip(" \t")) for line in (data or b"").decode("latin-1").split("\n")]
        text = "\n".join(line for line in lines if re.fullmatch(POLICY, line))
        self.logs, [*quorum] = re.findall(r"(?m)^log (\S+)", text), re.findall(r"(?m)^quorum (.+)", text)
        found = [(name, *parse_key(vkey, b"\x04")) for name, vkey in re.findall(r"(?m)^witness (\S+) (\S+)", text)]
        self.witnesses = {f"{who}+{key_id}": (name, public) for name, who, key_id, public in found}
        groups = [(name, least, has.split()) for name, least, has in re.findall(r"(?m)^group (\S+) (\S+) (.+)", text)]
        self.groups = {name: (int({"any": 1, "all": len(has)}.get(least, least)), has) for name, least, has in groups}
        self.quorum, names = "".join(quorum) or "none", ["none", *(each[0] for each in (*found, *groups))]
        uses = [*quorum, *(member for each in groups for member in each[2])]
        keys = [*(parse_key(vkey)[2] for vkey in self.logs), *(each[3] for each in found), b""]
        single = all(len(each) == len({*each}) for each in (names, uses, keys))  # one meaning, use and owner
        whole = text == "\n".join(lines) and len(quorum) == 1 and self.logs and {*uses} <= {*names}
        if data is not None and not (single and whole):
            raise ValueError("the policy is not as FORMAT.md has it, or not in one way only")

    def cosigned(self, text: str, lines: list[tuple[str, bytes]]) -> dict[str, str]:
        """Return which witnesses cosigned a text, and when; one false line condemns it (C2SP tlog-cosignature)."""
        seen = dict[str, str]()
        for name, public, blob in [(*self.witnesses[who], blob) for who, blob in lines if who in self.witnesses]:
            time, key = int.from_bytes(blob[:8], "big"), Ed25519PublicKey.from_public_bytes(public)
            require(len(blob) == 72 and time < 2**63, "witness.form", "a time below 2^63, 64 bytes", blob.hex())
            signed = f"cosignature/v1\ntime {time}\n{text}".encode()
            attempt("witness.signature", f"a cosignature by {name!a}", key.verify, blob[8:], signed)
            when = datetime.fromtimestamp(min(time, 253_402_300_799), UTC)  # at most the end of the year 9999
            seen[name] = max(seen.get(name, ""), f"{when:%Y-%m-%dT%H:%M:%SZ}")
        return seen


def fold(row: list[bytes]) -> bytes:
    """Hash neighbours together until one is left, an odd last one rising unhashed (RFC 9162 section 2.1.1)."""
    while len(row) > 1:
        row = [sha256(b"\1" + a + b).digest() for a, b in zip(row[::2], row[1::2], strict=False)] + row[len(row) & ~1 :]
    return row[0] if row else sha256().digest()


def climb(node: bytes, index: int, size: int, proof: list[bytes], check: str = "proof") -> tuple[bytes, bytes]:
    """Return the roots of index + 1 leaves and of all to which a proof leads from leaf index (RFC 9162 section 2.1)."""
    require(index < size and (size > 1) == (proof != []), f"{check}.length", "index < size, hashes to the root", size)
    if size == 1:
        return node, node
    left = 1 << (size - 1).bit_length() - 1
    old, new = climb(node, index % left, left if index < left else size - left, proof[:-1], check)
    return (old, fold([new, proof[-1]])) if index < left else (fold([proof[-1], old]), fold([proof[-1], new]))


def read_proof(data: bytes) -> tuple[int, list[bytes], bytes]:
    """Return index, hashes and signed checkpoint of a proof file; `extra` is nobody's word (C2SP tlog-proof)."""
    head, _, note = data.partition(b"\n\n")
    index, hashes = match.groups() if (match := re.fullmatch(PROOF, head.decode("ascii", "replace"))) else ("", "")
    require(index, "proof.form", "c2sp.org/tlog-proof@v1, an index, up to 63 hashes of 32 bytes, a checkpoint", head)
    return int(index), [base64.b64decode(line) for line in hashes.split()], note


def tile_name(kind: str, index: int, width: int) -> str:
    """Name a tile: its index in groups of three digits, all but the last after an x; `.p/W` if partial (tlog-tiles)."""
    *high, low = f"{index:,}".split(",")
    return f"tile/{kind}/" + "".join(f"x{group:0>3}/" for group in high) + f"{low:0>3}" + f".p/{width}" * (width < 256)


class Report:
    """What has been verified under one key and policy, and what later entries are held against."""

    def __init__(self, folder: Path, vkey: str, policy: bytes | None = None, **asked: Any) -> None:
        self.folder, self.vkey, (self.origin, self.key_id, _) = folder, vkey, parse_key(vkey)
        self.policy, self.asked, self.done, self.leaves = Policy(policy), asked, NAMES[:1], list[bytes]()
        if not self.origin or (policy is not None and vkey not in self.policy.logs):  # 1 key
            raise ValueError("the key must read NAME+ID+BASE64, Ed25519, with the id that follows from the rest")
        self.seen, self.versions, self.once, self.usual = set[Path](), dict[str, int](), set[str](), set[str]()
        self.last, self.home, self.clock, self.what = "", "", "not known from here", ("jejak", "trail")
        self.keys, self.corrected, self.wanted = dict[str, int](), list[str](), dict[str, Any]()  # keys: since when
        self.told, self.size, self.count = dict.fromkeys(NAMES, ""), 0, 1  # told: of the steps that were asked for
        for data in asked.get("opened", ()):  # payloads that were handed over, each by the commitment that it leads to
            given = attempt("opened.form", "JSON", json.loads, data)
            many = given["values"] if isinstance(given, dict) and isinstance(given.get("values"), list) else [given]
            for value in [{n: v[n] for n in ("payload", "salt") if n in v} if isinstance(v, dict) else v for v in many]:
                text, salt = shape(value, "opened", "payload salt").values()
                what = shape(attempt("opened.form", "JSON", json.loads, text), "opened.payload", "kind of stream value")
                require(CANONICAL.encode(what) == text, "opened.form", "canonical JSON", text)
                self.wanted[sha256(b"netral-sealed/v1\n" + bytes.fromhex(salt) + text.encode()).hexdigest()] = what
        self.alone = "operator's key only, not witnessed: another trail under it may have been shown to others"

    def read(self, name: str, check: str, limit: int = 256 * 65_537) -> bytes:
        """Read a regular file no longer than its kind can be; links, pipes and devices are no part of a bundle."""
        self.seen.add(path := self.folder / name)
        sound = not path.is_symlink() and path.is_file() and path.stat().st_size <= limit
        require(sound, f"{check}.file", f"{name}, a regular file of at most {limit} bytes", "nothing like it")
        return path.read_bytes()

    def compare(self, kind: str, index: int, pieces: list[bytes], data: bytes = b"") -> None:
        """Hold a tile against its true pieces, and the older partial ones beside it against their beginning."""
        check, held = "bundle" if kind == "entries" else "tile", len(pieces)
        older = range(1, held) if (self.folder / tile_name(kind, index, 1)).parent.is_dir() else ()
        for name, width in [(tile_name(kind, index, width), width) for width in (*older, held)]:
            if width == held or (self.folder / name).exists():
                same = (data if data and width == held else self.read(name, check)) == b"".join(pieces[:width])
                require(same, f"{check}.bytes", f"{name} of exactly its {width} entries or hashes", "other bytes")

    def take(self, position: int, entry: bytes) -> None:
        """Check one entry by the steps 4 to 9, and find in it what was asked for: at a glance if its form is common."""
        match = COMMON.fullmatch(entry.decode("latin-1"))
        number, stream, version, at, moment, day, who, fact, nonce = match.groups("") if match else [""] * 9
        count, when, found = self.versions.get(stream, 0) + 1, moment or day, SEALED.findall(sealed := who + fact)
        fresh = len(found) == sealed.count('{"sealed":"') < len(marks := {nonce, *found}) and not marks & self.once
        known = {at[:10], when[:10], PLAIN.sub(':""', fact)} <= self.usual and self.last <= at >= when
        if known and fresh and number == str(position) and version == str(count) and len(entry) <= 65_023:
            self.versions[stream], self.last = count, at
            self.once |= marks
            return
        head, _, body = entry.partition(b"\n\n")  # 4 header: an unknown format is refused by its name
        first, *lines = head.decode("ascii", "replace").split("\n")
        require(first == "netral-entry/v1", "header.format", "netral-entry/v1", first)
        fields = [line.partition(" ")[::2] for line in lines]
        require(" ".join(name for name, _ in fields) == HEADER, "header.lines", f"{HEADER}, then an empty line", head)
        number, stream, version, topic, at = shape(dict(fields), "header", " ".join(sorted(HEADER.split()))).values()
        require(number == str(position), "order.position", f"position {position}", number)
        alone = "entry" in self.asked  # 5 order: of an entry by itself, all that came before is taken for granted
        self.versions[stream] = self.versions.get(stream, int(version) - 1 if alone else 0) + 1
        require(version == str(self.versions[stream]), "order.version", f"version {self.versions[stream]}", version)
        self.corrected += [f"{self.last} to {at} at entry {number}"] * (topic == "ledger.clock_corrected.v1")
        require(at >= self.last or topic == "ledger.clock_corrected.v1", "order.at", f"not before {self.last}", at)
        self.last, latest = at, date.fromisoformat(at[:10]).toordinal() + (at[11:13] >= "15")  # the date at UTC+9
        require(len(body) <= 65_023, "body.length", "at most 65023 bytes", len(body))  # 6 body
        value, seals = attempt("body.json", "one JSON value in UTF-8", json.loads, body), list[tuple[str, str]]()
        walk(value, 1, "", seals)  # what follows also catches repeated members, escapes, white space, -0
        require(CANONICAL.encode(value).encode() == body, "body.canonical", "the canonical form of its value", body)
        act, by, fact, nonce = shape(value, "body", "act by fact nonce").values()
        require(isinstance(fact, dict), "body.fact", "an object", fact)
        shape(act, "act", "at office source", "office on source")  # 7 act
        if not {"opened", "case"} & self.asked.keys() and len(self.usual) < 10_000 and len(body) < 4_000:  # at a glance
            self.usual |= {at[:10], act.get("at", act.get("on"))[:10], PLAIN.sub(':""', CANONICAL.encode(fact))}
        late = act["at"] > at if "at" in act else date.fromisoformat(act["on"]).toordinal() > latest
        require(not late, "act.later", f"not later than {at}", act)
        shape(by, "act.by", "actor office role", "actor office role who")
        shape(by.get("who", {"sealed": "0" * 64}), "act.by.who", "sealed")
        for check, mark in [("nonce", nonce), *(("commitment", mark) for mark, _ in seals)]:  # 8 once
            require(mark not in self.once, f"once.{check}", "a fresh one", mark)
            self.once.add(mark)
        for commitment, path in [each for each in seals if each[0] in self.wanted]:  # 16 opened: sealed for its place
            payload, kind = self.wanted.pop(commitment), f"{topic.rpartition('.')[0]}.{path[1:].removeprefix('fact.')}"
            same = (payload["kind"], payload["stream"]) == (kind, stream)
            require(same, "opened.place", f"{payload['kind']} of {payload['stream']}", f"{kind} of {stream}")
            self.told["opened"] += f"\n   entry {number}, {kind} of {payload['of']!a}: {payload['value']!a}"
        if [stream] == self.asked.get("case") and position < int(*self.asked.get("upto", [2**53])):  # 17 case
            what = json.dumps({"act": act, "by": by, "fact": fact}, indent=2).replace("\n", "\n      ")
            self.told["case"] += f"\n   {version}. {topic}, entry {number}, {at}\n      {what}"
        if alone:
            return
        opened, kind = topic == "ledger.opened.v1", stream.split("-")[0]  # 9 ledger
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

    def begin(self, note: bytes) -> bytes:
        """Check who signed and who cosigned a checkpoint (2, 13), and return its root."""
        self.size, root, text, _, others = open_note(note, self.vkey)  # 2 checkpoint
        seen, quorum = self.policy.cosigned(text, others), self.policy.quorum  # 13 witness: a group counts once
        need, met = f"{quorum}: {self.policy.groups.get(quorum)}", {*seen}
        for name, (least, members) in self.policy.groups.items():
            met |= {name} if len(met & {*members}) >= least else set()
        require(quorum in {*met, "none"}, "witness.quorum", f"cosignatures that make {need}", seen)
        self.others = sum(who not in self.policy.witnesses for who, _ in others)
        if quorum != "none":
            self.told["witness"] = f"{sorted(met - {*seen})}; asked for was {need}; cosigned: {seen}"
            self.alone = "another trail under the same key, if enough of the same organisations cosigned it too"
        return root

    def trail(self) -> None:
        """Check the checkpoint, the entries one after another, what follows from them, and what else was asked."""
        root = self.begin(self.read("checkpoint", "checkpoint", 1 << 20))
        self.tiles, self.bundles = sum(-(-(self.size >> 8 * n) // 256) for n in range(7)), -(-self.size // 256)
        for index in range(self.bundles):  # 3 bundle: a lie about the size ends at the first file that is not there
            width = min(256, self.size - index * 256)
            raw = io.BytesIO(self.read(tile_name("entries", index, width), "bundle"))
            entries = [raw.read(int.from_bytes(raw.read(2), "big")) for _ in range(width)]
            self.compare("entries", index, [len(entry).to_bytes(2, "big") + entry for entry in entries], raw.getvalue())
            for position, entry in enumerate(entries, index * 256):
                try:
                    self.take(position, entry)
                except VerificationError as error:
                    error.position = position
                    raise
                self.leaves.append(sha256(b"\x00" + entry).digest())
        current, row = [vkey for vkey, since in self.keys.items() if since <= self.size][-1], self.leaves
        require(current == self.vkey, "ledger.current", current, self.vkey)
        for level in range(7):  # 10 tile: only full tiles rise
            for index in range(0, len(row), 256):
                self.compare(str(level), index // 256, row[index : index + 256])
            row = [fold(row[index : index + 256]) for index in range(0, len(row) - 255, 256)]
        require((true := fold(self.leaves)) == root, "root.hash", true.hex(), root.hex())  # 11 root
        for path in (self.folder / "tile").rglob("*"):  # 12 extra
            known = path in self.seen or (path.is_dir() and not path.is_symlink())
            require(known, "extra.file", "only what the checkpoint implies", str(path.relative_to(self.folder)))
        beside = {ascii(path.name) for path in self.folder.iterdir()} - {"'checkpoint'", "'tile'"}
        self.beside, self.when = ", ".join(sorted(beside)) or "nothing", "; ".join(self.corrected) or "never"
        self.root, self.streams, self.sealed = root.hex(), len(self.versions), len(self.once) - self.size
        self.older, self.known, self.count = len(self.seen) - 1 - self.bundles - self.tiles, len(self.keys), self.size
        for check, data in [(name, data) for name in ("since", "proof") for data in self.asked.get(name, ())]:  # 14, 15
            index, hashes, note = read_proof(data) if check == "proof" else (0, [], data)
            size, root, _, signers, _ = open_note(note, *self.keys, check=check)
            require(size <= self.size, f"{check}.size", f"at most {self.size}: this trail is older, or cut off", size)
            current = [vkey for vkey, since in self.keys.items() if since <= size][-1]
            require(current in signers, f"{check}.key", f"{current}, which signs at size {size}", signers)
            true, leaf = fold(self.leaves[:size]), self.leaves[min(index, size - 1)]
            require(root == true, f"{check}.root", f"{true.hex()} at {size}; two histories: keep both", root.hex())
            require(check == "since" or climb(leaf, index, size, hashes)[1] == root, "proof.hash", root.hex(), hashes)
            self.told[check] += f"\n   size {size} begins this trail" + f", entry {index} is in it" * (check == "proof")
        upto, self.done = int(*self.asked.get("upto", [self.size])), NAMES[:12]  # 17 case
        require(upto <= self.size, "case.upto", f"at most {self.size}", upto)
        self.told["case"] += f"\n   and no other events among the first {upto} entries" * ("case" in self.asked)

    def receipt(self) -> None:
        """Check one entry by its proof file alone."""
        (index, hashes, note), entry = read_proof(self.asked["proof"][0]), self.asked["entry"][0]
        root, leaf = self.begin(note), sha256(b"\x00" + entry).digest()
        self.take(index, entry)
        require(climb(leaf, index, self.size, hashes)[1] == root, "proof.hash", root.hex(), hashes)
        self.told["proof"] = f"{len(hashes)} hashes lead from the entry at {index} to the signed root {root.hex()}"
        self.what, self.done = (f"entri {index}, jejak", f"entry {index}, trail"), [NAMES[at] for at in (0, 1, 3, 5, 6)]

    def clash(self) -> None:
        """Explain two checkpoints that contradict each other, signed by the trail's key: of one size, or by a proof."""
        raw, told, root, seen = io.BytesIO(self.asked["evidence"][0]), "", b"", dict[str, str]()
        head, keys = raw.readline(), [key for key in (self.vkey, *self.policy.logs) if key.split("+")[0] == self.origin]
        for _ in range(2):  # 18 evidence
            line, first, held, before = raw.readline(), self.size, root, seen
            require(re.fullmatch(EVIDENCE, head + line), "evidence.form", "netral-evidence/v1, two checkpoints", line)
            self.size, root, text, signers, others = open_note(raw.read(int(line[11:])), *keys, check="evidence")
            seen = self.policy.cosigned(text, others)
            told += f"\n   {root.hex()} at {self.size}, signed by {signers}, cosigned: {seen}"
        true, rest = root, raw.read().decode("latin-1")
        if first != self.size:  # what the longer trail was at the shorter one's size, and the proof (section 2.1.4)
            require(first < self.size and re.fullmatch(GROWN, rest), "evidence.size", "one size, else a proof", rest)
            (true, *hashes), rest = [base64.b64decode(each) for each in re.findall(HASH, rest)], ""
            step = first & -first  # leaves below the first hash, which is left out where it is all of the shorter trail
            node, *path = hashes if step < first else [true, *hashes]
            both = climb(node, first // step - 1, -(-self.size // step), path, "evidence")
            require(both == (true, root), "evidence.hash", f"{true.hex()}, {root.hex()}", [*map(bytes.hex, both)])
            told += f"\n   {true.hex()} at {first} in the trail of {self.size}, as {len(hashes)} hashes prove"
        require(true != held and not rest, "evidence.root", "two roots: these contradict nothing", rest or held.hex())
        self.told["evidence"] = f"at one size, {first}, this key signed two roots:{told}\n   two histories were told; "
        self.told["evidence"] += f"witnesses that cosigned both: {sorted(before.keys() & seen.keys()) or 'none'}"
        self.what = "bukti terhadap", "evidence against"

    def text(self) -> str:
        """Tell the steps that were done, and what they cannot show."""
        verdict = "SAH ({0} {2}, {3} entri)\nTRUE: {1} {2}, {3} entries".format(*self.what, self.origin, self.size)
        lines = [line.format(self) for line in STEPS.split("\n") if line[3:].split(":")[0] in self.done]
        lines += [f"{number} {name}: {self.told[name]}" for number, name in enumerate(NAMES, 1) if self.told[name]]
        return "\n".join([verdict, *lines, LIMITS.format(self)]).encode("ascii", "backslashreplace").decode()


def verify(bundle: Path | None, vkey: str, policy: bytes | None = None, **asked: Any) -> Report:
    """Verify what was handed over by a key that came another way; ValueError is misuse, all else VerificationError."""
    report = Report(bundle or Path(), vkey, policy, **asked)
    if bundle and not bundle.is_dir():
        raise ValueError(f"there is no folder {str(bundle)!a}")
    mode = report.trail if bundle else report.receipt if "entry" in asked else report.clash
    attempt("bundle.file", "readable files", mode)
    require(not report.wanted, "opened.commitment", "the commitment of each value, in an entry", report.wanted)
    return report


def main(words: list[str]) -> int:
    """Verify what a call asks for, print the verdict, in Indonesian first, and return the exit status."""
    words, asked = words if words[:1] and words[0][:2] == "--" else ["--bundle", *words], dict[str, list[Any]]()
    texts, pairs = ("--bundle", "--key", "--case", "--upto"), list(zip(words[::2], words[1::2], strict=False))
    call = " ".join(sorted(f"{name} {value}" if name in texts[2:] else name for name, value in pairs))
    try:
        if len(words) % 2 or not re.fullmatch(CALL, call):
            raise ValueError("usage: python -I verify.py BUNDLE --key VKEY; its first lines tell what else is possible")
        for name, value in pairs:
            asked.setdefault(name[2:], []).append(value if name in texts else Path(value).read_bytes())
        bundle, key, policy = asked.pop("bundle", None), asked.pop("key")[0], asked.pop("policy", [None])[0]
        key = Path(key[1:]).read_text("utf-8", "replace").strip() if key[:1] == "@" else key
        print(verify(Path(bundle[0]) if bundle else None, key, policy, **asked).text())
    except (OSError, ValueError) as error:
        print(f"verify.py: {ascii(str(error))[1:-1]}", file=sys.stderr)
        return 2
    except VerificationError as bad:
        step, at = NAMES.index(bad.check.split(".")[0]) + 1, f", entry {bad.position}" * (bad.position is not None)
        print(f"TIDAK SAH (langkah {step})\nFALSE: step {step}, check {bad.check}{at}")
        print(f"  expected: {ascii(bad.expected)[1:-1]}\n  found:    {bad.found}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
