"""The published trail as files over HTTP: the bytes that lie on the disk, for ever the same, in one spelling each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from api.chronicles import register
from api.chronicles.play import instant
from api.wiring import create_house
from ledger.clock import SimulatedClock
from ledger.election.commands import AnnounceElection
from ledger.election.facts import ElectionKind, Regime
from ledger.itself.facts import ClockKind
from ledger.trail.checkpoint import Verifier, open_note, parse_checkpoint
from ledger.trail.merkle import leaf_hash, root_of
from ledger.trail.tiles import Tile, decode_bundle, implied_files, parse_path
from ledger.values import Act, Role, Source
from tests.api.conftest import Told
from tests.api.window import Desk, Window
from tests.auditor import audit

SIZES = (255, 300)
"""What is sealed: within the first tile, then beyond it."""
FOR_EVER = "max-age=31536000, immutable"


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """A ledger of 300 entries, sealed twice; of its first tiles the partial files are gone."""
    clock = SimulatedClock(instant("2024-05-02T01:00:00"))
    house = create_house(
        tmp_path_factory.mktemp("tiles") / "ledger",
        domain="test.invalid",
        kind=ClockKind.SIMULATED,
        operator=register.OPERATOR,
        clock=clock,
    )
    try:
        announce = AnnounceElection(
            act=Act(house.stream, Source.OWN, on=date(2024, 5, 2)),
            regime=Regime.PILKADA,
            kind=ElectionKind.MAYOR,
            polling_on=date(2024, 11, 27),
        )
        for size in SIZES:
            missing = size - house.store.size()
            house.registrar.submit_together([announce] * missing, by=register.by_registry(house.stream))
            house.sealer.seal()
        yield Window(house)
        audit(house)
    finally:
        house.close()


@pytest.fixture(scope="module")
def auditor(window: Window, told: Told) -> Desk:
    return Desk(window, told["auditor"].actor)


def paths(size: int) -> list[str]:
    return [each.path for each in implied_files(size)]


@pytest.mark.parametrize("path", [path for size in SIZES for path in paths(size)])
def test_every_file_that_a_checkpoint_implied_is_served(window: Window, auditor: Desk, path: str) -> None:
    """Also the partial ones of an earlier checkpoint that went when the full tile came: cut from that."""
    answer = auditor.get(f"/v1/trail/{path}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/octet-stream"
    on_disk = window.house.trail / path
    if on_disk.exists():
        assert answer.content == on_disk.read_bytes()
    else:
        assert path.endswith(".p/255"), "only what the full tile replaced may have gone"
        full = window.house.trail / path.removesuffix(".p/255")
        assert full.read_bytes().startswith(answer.content)


def test_a_stranger_follows_the_hashes_and_an_auditor_the_entries_to_the_signed_root(
    window: Window, auditor: Desk
) -> None:
    """What is served is enough to verify everything: nothing of it has to be believed."""
    note = window.ask("GET", "/v1/trail/checkpoint").content
    checkpoint = parse_checkpoint(open_note(note, [Verifier.from_vkey(window.house.ledger.vkey)]))
    hashes, entries = b"", []
    for path in ("000", "001.p/44"):
        hashes += window.ask("GET", f"/v1/trail/tile/0/{path}").content
        entries += decode_bundle(auditor.get(f"/v1/trail/tile/entries/{path}").content)
    leaves = [hashes[start : start + 32] for start in range(0, len(hashes), 32)]
    assert [leaf_hash(each) for each in entries] == leaves
    assert (len(leaves), root_of(leaves)) == (checkpoint.size, checkpoint.root)


@pytest.mark.parametrize(
    "path",
    [
        "0",
        "0/0",
        "0/00",
        "0/0000",
        "0/000/",
        "0/x000/000",
        "0/x001",
        "00/000",
        "01/000",
        "64/000",
        "-1/000",
        "0/-01",
        "0/+00",
        "0/000.p",
        "0/000.p/",
        "0/000.p/0",
        "0/000.p/01",
        "0/000.p/256",
        "0/000.p/1000",
        "0/000.p/44/",
        "0/000.p/44.p/44",
        "0/001",
        "0/001.p/45",
        "0/002.p/1",
        "1/000",
        "1/000.p/2",
        "2/000.p/1",
        "63/000.p/1",
        "0/٠٠٠",
        "0/000%0A",
        "0/000%00",
        "0/%2E%2E/%2E%2E/%2E%2E/signing.key",
        "entries/%2E%2E/%2E%2E/signing.key",
        "entries/x000/000",
        "entries/001",
        "entries/000.p/256",
        "entries/",
        "Entries/000",
        "0/" + "x999/" * 300 + "999",
        "0/" + "9" * 5000,
    ],
)
def test_attack_no_other_spelling_names_a_file(auditor: Desk, path: str) -> None:
    """One name for each file: neither a way out of the folder, nor a second name in a cache."""
    answer = auditor.get(f"/v1/trail/tile/{path}")
    assert (answer.status_code, answer.json()["type"].rpartition(":")[2] in {"missing", "http"}) == (404, True)


def test_a_tile_is_kept_for_ever_and_a_checkpoint_for_a_second(window: Window, auditor: Desk) -> None:
    """Bundles by the asker alone: `public` would let a shared cache show closed entries to anybody."""
    kept = {
        path: auditor.get(f"/v1/trail/{path}").headers["Cache-Control"]
        for path in ("checkpoint", "tile/0/000", "tile/0/001.p/44", "tile/entries/000")
    }
    assert kept == {
        "checkpoint": "public, max-age=1",
        "tile/0/000": f"public, {FOR_EVER}",
        "tile/0/001.p/44": f"public, {FOR_EVER}",
        "tile/entries/000": f"private, {FOR_EVER}",
    }
    assert window.ask("GET", "/v1/trail/tile/0/000").status_code == 200


@pytest.mark.parametrize("path", ["checkpoint", "tile/0/000", "tile/entries/000"])
@pytest.mark.parametrize("held", ["{}", "W/{}", '"other", {}', "*"])
def test_who_holds_the_bytes_is_not_sent_them_again(auditor: Desk, path: str, held: str) -> None:
    """By a strong tag, which stands in the 304 too."""
    first = auditor.get(f"/v1/trail/{path}")
    tag = first.headers["ETag"]
    assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
    again = auditor.window.ask(
        "GET", f"/v1/trail/{path}", token=auditor.token, headers={"If-None-Match": held.format(tag)}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert (again.headers["ETag"], again.headers["Cache-Control"]) == (tag, first.headers["Cache-Control"])


@pytest.mark.parametrize("held", ['"other"', "other", "", '"'])
def test_who_holds_other_bytes_is_sent_these(window: Window, held: str) -> None:
    """And whoever sends a tag that is none."""
    answer = window.ask("GET", "/v1/trail/tile/0/000", headers={"If-None-Match": held})
    assert (answer.status_code, len(answer.content)) == (200, 8192)


def test_attack_bundles_are_shown_to_auditors_alone(told: Told) -> None:
    """Not to the public, not to the office that recorded; nor may a tag tell who holds the bytes."""
    path = "/v1/trail/tile/entries/000.p/22"
    ask = told.town.window.ask
    assert ask("GET", path).status_code == 401
    assert ask("GET", path, headers={"If-None-Match": "*"}).status_code == 401
    for who in told.town.desks:
        answer = told[who].get(path)
        is_auditor = told[who].actor.role is Role.AUDITOR
        assert answer.status_code == (200 if is_auditor else 403), who
        assert told[who].get("/v1/trail/tile/entries/999").status_code == (404 if is_auditor else 403), who
    assert ask("GET", "/v1/trail/tile/0/000.p/22").status_code == 200


def test_attack_a_tile_beyond_the_published_checkpoint_is_not_served(window: Window) -> None:
    """A seal that was interrupted leaves wider files than are announced: they are for the next checkpoint."""
    wide = window.house.trail / "tile/0/001.p/45"
    wide.write_bytes((wide.parent / "44").read_bytes() + bytes(32))
    try:
        assert window.ask("GET", "/v1/trail/tile/0/001.p/45").status_code == 404
        assert window.ask("GET", "/v1/trail/tile/0/001.p/44").status_code == 200
    finally:
        wide.unlink()


@pytest.mark.parametrize("size", [1, 255, 256, 257, 70_000, 20_000_000])
def test_a_name_is_read_back_as_the_tile_that_it_names(size: int) -> None:
    """For every file of many sizes, in its one spelling."""
    implied = list(implied_files(size)) if size < 100_000 else [Tile(0, size // 256, 7), Tile(None, 1_234_067, 256)]
    assert [parse_path(each.path) for each in implied] == implied
