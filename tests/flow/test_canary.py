"""Nothing personal and no free words stand in clear in a ledger's folder: every byte of every file is looked through.

What to look for is collected from the commands themselves, so whatever a chronicle learns to tell is looked for too.
"""

from __future__ import annotations

import base64
import io
import os
import stat
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest
from rich.console import Console

from api import auditing, demo
from api.chronicles import people, register
from api.chronicles.play import Submit, by_registrar
from api.chronicles.register import Register
from api.wiring import KEYS_DB, LEDGER_DB, SIGNING_KEY, House, create_house
from ledger.clock import SimulatedClock
from ledger.itself.facts import ClockKind
from ledger.registrar import Registrar
from ledger.rulefiles import SHIPPED
from ledger.values import StreamId
from tests.listening import Heard, Listener, listening, person_keys, plain_values
from tests.scribes import Scribe, record_k4
from tests.short_demo import short_demo as short_demo

IN_CLEAR = (demo.TOKENS,)
"""The demo's development tokens: their holders are meant to read the account and the name in them. They stand in for an
identity provider, are taken on loopback only, and no ledger but the demo's has such a file."""
PUBLIC = "Bawaslu Kota Jambi"
"""An institution's name, which stands in clear: a look that finds it would find the others too."""


def said(heard: Iterable[Heard]) -> set[str]:
    """Every personal value and every free text that was told, and who told it; a text line by line.

    A word of the law's own texts is no secret: the class of a position stands there whoever holds one.
    """
    law = "".join(path.read_text("utf-8") for path in SHIPPED.rglob("*.toml"))
    told = {register.OPERATOR.name, register.OPERATOR.account}
    for each in heard:
        told |= {each.by.staff.name, each.by.staff.account, *plain_values(each.command), *person_keys(each.command)}
    return {line for value in told for line in value.splitlines() if line not in law}


def forms(value: str) -> Iterator[bytes]:
    """How a value may stand somewhere for whoever looks: in three encodings, in hex, in base64 at any offset."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = value.encode(encoding)
        yield from (raw, raw.hex().encode())
        for offset in range(3):
            whole = base64.b64encode(bytes(offset) + raw)[(8 * offset + 5) // 6 : 8 * (offset + len(raw)) // 6]
            yield from (whole, whole.translate(bytes.maketrans(b"+/", b"-_")))


def found(folder: Path, values: Iterable[str]) -> set[tuple[str, str]]:
    """Which file below a folder holds which value, in any form and any case of letters."""
    files = {path: path.read_bytes().lower() for path in folder.rglob("*") if path.is_file()}
    return {
        (path.relative_to(folder).as_posix(), value)
        for value in values
        for form in {form.lower() for form in forms(value)}
        for path, data in files.items()
        if form in data
    }


def in_secret(findings: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(name, value) for name, value in findings if name not in IN_CLEAR}


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Heard]:
    """What any scribe is told from now on."""
    everything: list[Heard] = []

    def by_registrar_and_tell(registrar: Registrar, clock: SimulatedClock) -> Submit:
        listener = Listener(registrar, clock, StreamId(""), heard=everything)
        return listening(by_registrar(registrar, clock), listener)

    monkeypatch.setattr(demo, "by_registrar", by_registrar_and_tell)
    return everything


def test_nothing_that_the_demo_tells_stands_in_clear_in_its_folder(heard: list[Heard], tmp_path: Path) -> None:
    """Ledger, keys, views, trail, bundle and lock store; while it is open, with its write-ahead logs, and closed."""
    folder = tmp_path / "demo"
    house = demo.run_demo(folder, Console(file=io.StringIO()))
    try:
        values = said(heard)
        assert in_secret(found(folder, values)) == set()
    finally:
        house.close()
    assert in_secret(found(folder, values)) == set()
    assert len(values) > 35
    assert {"nik:1571000000000001", "198001012005011001", "Sari Pelapor", "Rekaman suara dilampirkan."} <= values
    assert {name.rpartition("/")[0] for name, _ in found(folder, [PUBLIC])} >= {"", "bundle/tile/entries/000.p"}
    assert {name for name, _ in found(folder, [people.JAMBI.examiner.name])} == {demo.TOKENS}


def test_nothing_that_the_demo_tells_is_printed(heard: list[Heard], tmp_path: Path) -> None:
    """A screen is a window too. What the verifier's own words hold is nobody's class of position."""
    printed = io.StringIO()
    demo.run_demo(tmp_path / "demo", Console(file=printed)).close()
    shown = " ".join(printed.getvalue().split())
    assert PUBLIC in shown
    explained = auditing.VERIFIER.read_text()
    assert [value for value in said(heard) if value in shown and value not in explained] == []


def test_nothing_stands_in_clear_after_any_step(house: House, scribe: Scribe, offices: Register) -> None:
    """Not for a moment: the write-ahead logs keep what was overwritten since."""
    findings: list[set[tuple[str, str]]] = []

    def look() -> None:
        findings.append(found(house.folder, said(listener.heard)))

    listener = Listener(scribe.registrar, scribe.clock, scribe.ledger, look=look)
    record_k4(listener, offices)
    house.follower.catch_up()
    house.sealer.seal()
    findings.append(found(house.folder, said(listener.heard)))
    assert findings == [set()] * (len(listener.heard) + 1)
    assert {name for name, _ in found(house.folder, [PUBLIC])} >= {f"{LEDGER_DB}-wal"}


@pytest.mark.parametrize("index", range(24))
def test_attack_a_value_was_left_in_clear(index: int, tmp_path: Path) -> None:
    """The look finds it in each of its forms, in the middle of a file in a folder of a folder."""
    value = "Sari Pelapor"
    form = list(forms(value))[index]
    (tmp_path / "trail/tile").mkdir(parents=True)
    (tmp_path / "trail/tile/000").write_bytes(b"\x00before" + form.swapcase() + b"after")
    (tmp_path / "other").write_bytes(b"Sari and Pelapor")
    assert found(tmp_path, [value, "Joko Saksi"]) == {("trail/tile/000", value)}


@pytest.mark.parametrize("offset", range(3))
def test_attack_a_value_was_left_in_base64(offset: int, tmp_path: Path) -> None:
    """Whatever stands before and after it."""
    (tmp_path / "file").write_bytes(base64.b64encode(b"{" * offset + b"Sari Pelapor" + b"}}"))
    assert found(tmp_path, ["Sari Pelapor"]) == {("file", "Sari Pelapor")}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_keys_are_readable_by_their_owner_only(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Whatever the process's mask allows, and with the key store's own logs."""
    request.addfinalizer(partial(os.umask, os.umask(0)))
    house = create_house(tmp_path / "a", domain="a.invalid", kind=ClockKind.REAL, operator=register.OPERATOR)
    files = [SIGNING_KEY, *(path.name for path in house.folder.glob(f"{KEYS_DB}*"))]
    modes = {name: mode(house.folder / name) for name in files}
    house.close()
    assert set(modes) == {SIGNING_KEY, KEYS_DB, f"{KEYS_DB}-wal", f"{KEYS_DB}-shm"}
    assert set(modes.values()) == {0o600}


def test_the_demos_keys_and_tokens_are_readable_by_their_owner_only(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """A demo may run on a machine that others use."""
    request.addfinalizer(partial(os.umask, os.umask(0)))
    demo.run_demo(tmp_path / "demo", Console(file=io.StringIO())).close()
    assert {mode(tmp_path / "demo" / name) for name in (KEYS_DB, SIGNING_KEY, demo.TOKENS)} == {0o600}
