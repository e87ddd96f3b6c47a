"""`netral open`, `serve`, `token`, `office` and `election`: a ledger of one's own, as an operator has it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import subprocess
import time
from pathlib import Path

import pytest
from httpx2 import Client, TransportError

from api import auth
from api.registry import known_elections, known_offices
from api.wiring import open_house
from ledger.errors import Invalid, Misconfigured, Missing, Refused
from ledger.itself.facts import ClockKind
from ledger.trail.checkpoint import parse_checkpoint
from tests.api.commands import NETRAL, environment, files_below, free_port
from tests.api.commands import netral as run_netral
from tests.api.window import eventually
from tests.auditor import verify
from tests.cli.conftest import Netral

WHO = ("--operator-account", "sari", "--operator-name", "Sari Contoh")
OFFICE = (
    *("--office-name", "Bawaslu Kota Contoh", "--office-kind", "bawaslu", "--region", "15.71", "--zone", "wib"),
    *("--seats", "5", "--office-from", "2018-08-15"),
)


@pytest.fixture
def mine(netral: Netral, tmp_path: Path) -> Path:
    """A ledger of one's own with its first office."""
    assert netral("open", "--domain", "trail.contoh.id", "mine", *WHO, *OFFICE).exit_code == 0
    return tmp_path / "mine"


def test_an_operators_first_day(tmp_path: Path) -> None:
    """Open, enter an election, take a token, serve, file a complaint over HTTP, print its receipt, stop, verify."""
    settings = {"NETRAL_OPERATOR_ACCOUNT": "sari", "NETRAL_OPERATOR_NAME": "Sari Contoh", "NETRAL_DATA": "mine"}
    mirror, entries = tmp_path / "mirror", tmp_path / "entries"
    settings |= {"NETRAL_MIRROR": mirror.as_uri(), "NETRAL_MIRROR_ENTRIES": entries.as_uri()}
    opened = run_netral(tmp_path, "open", "--domain", "trail.contoh.id", *OFFICE, **settings)
    assert (opened.returncode, opened.stderr) == (0, "")
    announced = run_netral(
        tmp_path, "election", "add", "--regime", "pilkada", "--kind", "mayor", "--polling-on", "2024-11-27", **settings
    )
    (election,) = re.findall(r"election-[0-9a-f]{32}", announced.stdout)
    asked = ("--account", "ratna", "--name", "Ratna Contoh", "--office", "bawaslu kota contoh", "--role", "intake")
    token = run_netral(tmp_path, "token", *asked, **settings)
    assert token.stdout.count("\n") == 1
    port = free_port()
    server = subprocess.Popen(
        [NETRAL, "serve", "--port", str(port)],
        cwd=tmp_path,
        env=environment(**settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        headers = {"Authorization": f"Bearer {token.stdout.strip()}"}
        with Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, headers=headers) as http:
            while True:
                assert server.poll() is None, server.communicate()
                try:
                    http.get("/v1/trail/checkpoint")
                    break
                except TransportError:
                    time.sleep(0.05)
            filed = http.post(
                "/v1/complaints",
                json={
                    "act": {"at": "2024-11-05T02:15:00Z"},
                    "election": election,
                    "region": "15.71",
                    "occurred_from": "2024-11-03",
                    "occurred_until": "2024-11-03",
                    "known_on": "2024-11-04",
                    "channel": "in_person",
                    "complainants": [{"name": "Budi Pelapor"}],
                    "narrative": "Terlapor membagikan kalender bergambar pasangan calon.",
                },
            )
            assert filed.status_code == 201, filed.text
        published = tmp_path / "mine" / "trail" / "checkpoint"
        assert eventually(lambda: all(same_bytes(each / "checkpoint", published) for each in (mirror, entries)))
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=600)
    finally:
        server.kill()
    assert (server.returncode, err) == (0, "")
    assert f"http://127.0.0.1:{port}/docs" in out
    receipt = run_netral(tmp_path, "receipt", str(filed.json()["first"]), **settings)
    assert filed.json()["entries"][0]["leaf_digest"] in receipt.stdout
    assert "DISEGEL" in receipt.stdout
    assert "Budi" not in receipt.stdout
    status = run_netral(tmp_path, "status", **settings)
    assert (status.returncode, status.stdout.splitlines()[-1]) == (0, "healthy")
    assert run_netral(tmp_path, "export", "bundle", **settings).returncode == 0
    shutil.copytree(mirror, entries, dirs_exist_ok=True)
    for bundle in (tmp_path / "bundle", entries):
        assert verify(bundle, f"@{tmp_path / 'mine' / 'trail.vkey'}").returncode == 0


def same_bytes(one: Path, other: Path) -> bool:
    """Whether both are there and hold the same."""
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()


def test_a_ledger_that_was_opened_says_what_to_keep_and_what_to_publish(netral: Netral, tmp_path: Path) -> None:
    """Its name, its key, the three stores; on 80 columns but for the key."""
    done = netral("open", "--domain", "trail.contoh.id", "mine", *WHO, *OFFICE)
    vkey = (tmp_path / "mine" / "trail.vkey").read_text().strip()
    for told in ("trail.contoh.id/", vkey, "ledger.db", "keys.db", "signing.key", "lock/", "2 entries", "real clock"):
        assert told in done.output
    assert [line for line in done.output.splitlines() if len(line) > 80 and vkey not in line] == []


def test_a_ledger_is_opened_on_the_real_clock_with_its_first_operator_and_office(mine: Path) -> None:
    """Sealed; its operator is a person whose name opens, its office acts since when it was told to."""
    house = open_house(mine)
    try:
        assert house.ledger.clock is ClockKind.REAL
        ((_, office),) = known_offices(house).items()
        assert (office.name, office.region, office.seats, str(office.established_on)) == (
            "Bawaslu Kota Contoh",
            "15.71",
            5,
            "2018-08-15",
        )
        assert house.stream in dict(house.keys.streams_of("staff:sari"))
        latest = house.sealer.latest()
        assert latest is not None
        assert latest.size == 2
    finally:
        house.close()


def test_a_new_ledgers_folder_is_its_owners_alone(mine: Path) -> None:
    """Whoever may look into it sees who recorded what."""
    assert stat.S_IMODE(mine.stat().st_mode) == 0o700


def test_a_ledger_without_an_office_says_how_to_add_one(netral: Netral) -> None:
    """The first office may come later."""
    done = netral("open", "--domain", "trail.contoh.id", "mine", *WHO)
    assert "netral office add" in done.output
    assert netral("office", "list", "mine").output.startswith("no office is in the register")
    assert netral("election", "list", "mine").output.startswith("no election is in the register")


def test_attack_a_folder_that_holds_anything_is_refused(netral: Netral, mine: Path, tmp_path: Path) -> None:
    """A ledger, or somebody's work."""
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter1.txt").write_text("years of work")
    before = files_below(tmp_path)
    for folder in (mine, tmp_path / "thesis"):
        with pytest.raises(Invalid, match=r"not empty.*new or empty"):
            netral("open", "--domain", "trail.contoh.id", folder, *WHO)
    assert files_below(tmp_path) == before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "say who records this"),
        (("--operator-account", "Sari!", "--operator-name", "Sari"), "is no account"),
        ((*WHO, "--office-name", "Kantor"), "--office-kind"),
        ((*WHO, "--office-kind", "kpu"), "--office-name"),
        ((*WHO, "--office-name", "K", "--office-kind", "kpu", "--region", "15.71"), "--zone"),
        ((*WHO, "--office-name", "K", "--office-kind", "kpu", "--region", "15.7", "--zone", "wib"), "Kemendagri"),
        ((*WHO, "--office-name", "K", "--office-kind", "kpu", "--office-from", "2018-02-30"), "--office-from"),
        ((*WHO[:3], "Sa\u202eri"), "U\\+202E"),
    ],
)
def test_a_ledger_that_cannot_be_opened_leaves_nothing(
    netral: Netral, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    """Half a ledger would be in the way of a whole one; and what is missing is named."""
    with pytest.raises((Invalid, Misconfigured), match=words):
        netral("open", "--domain", "trail.contoh.id", "mine", *options)
    assert files_below(tmp_path) == {}


@pytest.mark.parametrize("domain", ["contoh", "Trail.contoh.id", "https://contoh.id", "trail.contoh.id/x"])
def test_a_ledger_is_named_by_a_domain(netral: Netral, tmp_path: Path, domain: str) -> None:
    """For ever, so it is read strictly."""
    with pytest.raises(Invalid, match="is no domain"):
        netral("open", "--domain", domain, "mine", *WHO)
    assert files_below(tmp_path) == {}


def test_a_ledger_can_continue_another(netral: Netral, mine: Path) -> None:
    """Its genesis names the last checkpoint of the one before."""
    last = parse_checkpoint((mine / "lock" / "checkpoint").read_bytes())
    assert netral("open", "--domain", "next.contoh.id", "next", *WHO, "--predecessor", mine / "trail").exit_code == 0
    house = open_house(Path("next"))
    try:
        (genesis,) = house.store.read_from(0, 1)
        before = genesis.fact.predecessor
        assert (before.origin, before.size, before.root) == (last.origin, last.size, last.root.hex())
    finally:
        house.close()


def test_the_registry_keeps_the_offices(netral: Netral, mine: Path) -> None:
    """Added under an office above, ended with a successor; all of it sealed, in a list without colour."""
    add = ("office", "add", "--kind", "bawaslu", *WHO)
    assert netral(*add, "Bawaslu Provinsi Contoh", mine, "--region", "15", "--zone", "wib").exit_code == 0
    above = ("--parent", "bawaslu provinsi contoh", "--region", "15.72", "--zone", "wib")
    assert netral(*add, "Bawaslu Kota [Baru]", mine, *above).exit_code == 0
    ended = ("office", "end", "Bawaslu Kota Contoh", mine, "--on", "2030-01-01", "--legal-basis", "UU 1/2029", *WHO)
    assert netral(*ended, "--successor", "Bawaslu Provinsi Contoh").exit_code == 0
    listed = netral("office", "list", mine).output
    house = open_house(mine)
    try:
        offices = known_offices(house)
        latest = house.sealer.latest()
        assert latest is not None
        assert latest.size == house.store.size() == 5
    finally:
        house.close()
    for stream, office in offices.items():
        assert stream in listed
        assert office.name in listed
    old, province, new = offices
    assert (offices[old].successor, offices[new].parent) == (province, province)
    assert "– 2030-01-01" in listed
    assert "\x1b" not in listed
    assert max(map(len, listed.splitlines())) <= 80


def test_the_registry_keeps_the_elections(netral: Netral, mine: Path) -> None:
    """With their regions; none of them means the whole country."""
    add = ("election", "add", mine, "--polling-on", "2024-11-27", *WHO)
    netral(*add, "--regime", "pilkada", "--kind", "mayor", "--region", "15.71", "--region", "15.72")
    netral(*add, "--regime", "pemilu", "--kind", "president")
    house = open_house(mine)
    try:
        mayor, president = known_elections(house).values()
    finally:
        house.close()
    assert (sorted(mayor.regions), president.regions) == (["15.71", "15.72"], frozenset())
    listed = netral("election", "list", mine).output
    assert "15.71 15.72" in listed
    assert "nasional" in listed


def test_the_registry_keeps_stages_pairs_and_revotes(netral: Netral, mine: Path) -> None:
    """And the list tells them below the elections; an election that is not there is missing."""
    netral("election", "add", mine, "--polling-on", "2024-11-27", "--regime", "pilkada", "--kind", "mayor", *WHO)
    house = open_house(mine)
    try:
        (election,) = known_elections(house)
    finally:
        house.close()
    days = ("--from", "2024-09-25", "--until", "2024-11-23")
    netral("election", "stage", election, mine, "--stage", "campaign", *days, *WHO)
    netral("election", "pairs", election, mine, "--region", "15.71", "--on", "2024-09-22", *WHO)
    order = ("--on", "2025-02-24", "--ordered-by", "constitutional_court", "--basis", "Putusan Contoh")
    netral("election", "revote", election, mine, "--region", "15.71", "--border", "15.05", *order, *WHO)
    listed = netral("election", "list", mine).output
    assert "stage campaign: 2024-09-25 … 2024-11-23" in listed
    assert "pairs fixed, 15.71: 2024-09-22" in listed
    assert "revote, 15.71: 2025-02-24 (Putusan Contoh)" in listed
    with pytest.raises(Missing, match="netral election list"):
        netral("election", "pairs", f"election-{'0' * 32}", mine, "--region", "15.71", "--on", "2024-09-22", *WHO)


def test_the_register_refuses_as_the_domain_does(netral: Netral, mine: Path) -> None:
    """The command line has no rule of its own: what ended does not end again."""
    end = ("office", "end", "Bawaslu Kota Contoh", mine, "--on", "2030-01-01", "--legal-basis", "UU 1/2029", *WHO)
    netral(*end)
    with pytest.raises(Refused, match="2030-01-01"):
        netral(*end)


def test_a_token_names_its_holder_office_and_role(netral: Netral, mine: Path) -> None:
    """By the office's name or stream, or the ledger itself; the token alone is on the standard output."""
    house = open_house(mine)
    try:
        (office,) = known_offices(house)
        for told, meant in (("Bawaslu Kota Contoh", office), (office, office), ("ledger", house.stream)):
            done = netral(
                "token", mine, "--account", "budi", "--name", "Budi Contoh", "--office", told, "--role", "examiner"
            )
            actor = auth.read(house.keys, f"Bearer {done.stdout.strip()}", "127.0.0.1")
            assert (actor.office, actor.role.value, actor.staff.account) == (meant, "examiner", "budi")
    finally:
        house.close()


@pytest.mark.parametrize("office", ["KPU", f"office-{'0' * 32}"])
def test_an_office_that_is_not_there_is_answered_with_those_that_are(netral: Netral, mine: Path, office: str) -> None:
    """A newcomer does not know how it is written in the register."""
    with pytest.raises(Missing, match=r"there is no office.*There are: Bawaslu Kota Contoh"):
        netral("token", mine, "--account", "budi", "--name", "Budi", "--office", office, "--role", "intake")


def test_a_role_that_is_none_is_answered_with_the_roles(netral: Netral, mine: Path) -> None:
    """Exit 2: what was asked cannot be understood."""
    done = netral("token", mine, "--account", "budi", "--name", "Budi", "--office", "ledger", "--role", "boss")
    assert done.exit_code == 2
    for role in ("intake", "examiner", "auditor", "protection_officer"):
        assert role in done.output


def test_attack_the_api_is_served_on_loopback_only(netral: Netral, mine: Path) -> None:
    """Whoever reaches another address could bring a development token."""
    with pytest.raises(Invalid, match=r"only 127\.0\.0\.1"):
        netral("serve", mine, "--host", "0.0.0.0")  # noqa: S104 (which is what is refused)


def test_every_command_says_what_it_does(tmp_path: Path) -> None:
    """On a terminal of 80 columns, with nothing of it lost to markup."""
    said = run_netral(tmp_path, "--help").stdout
    for command in ("demo", "export", "open", "serve", "token", "status", "receipt", "backup", "restore", "office"):
        assert f"│ {command} " in said
    assert "NETRAL_DATA, else" in run_netral(tmp_path, "open", "--help").stdout


def test_errors_end_in_one_sentence(tmp_path: Path) -> None:
    """Exit 1, one line on stderr, no traceback."""
    done = run_netral(tmp_path, "status", "nowhere")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"netral: there is no ledger in nowhere: name its folder, or make one with `netral open`{os.linesep}"
    )
