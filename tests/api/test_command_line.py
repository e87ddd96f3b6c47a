"""`netral demo` and `netral export`, run as a user runs them."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import signal
import socket
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from httpx2 import Client, TransportError

from ledger.trail.checkpoint import parse_checkpoint, split_note
from tests.api.commands import ROOT, environment, files_below, free_port, netral, serving
from tests.api.window import eventually
from tests.auditor import verify

SIZE = 1015
"""How many entries a demo makes."""


@dataclass(frozen=True)
class Demo:
    """A demo that was run once: what it said, and the folder that it left."""

    out: str
    folder: Path

    @property
    def checkpoint(self) -> bytes:
        return (self.folder / "trail" / "checkpoint").read_bytes()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """One run of `netral demo --once` in an empty folder; exit 0, and nothing on stderr."""
    folder = tmp_path_factory.mktemp("demo")
    done = netral(folder, "demo", "--once")
    assert (done.returncode, done.stderr) == (0, "")
    return Demo(done.stdout, folder / "var" / "demo")


def test_the_demo_shows_each_step_in_both_languages(demo: Demo) -> None:
    """Each command of the chronicles at its position and day; what was in the register before has none."""
    steps = re.findall(r"^ *(\d+|–)  (\d{4}-\d\d-\d\d)  (.+?) · (.+)$", demo.out, re.MULTILINE)
    assert steps[1] == (
        "–",
        "2024-05-02",
        "Bawaslu Provinsi Jambi masuk daftar lembaga",
        "Bawaslu Provinsi Jambi enters the register",
    )
    positions = [int(position) for position, *_ in steps if position != "–"]
    assert positions == sorted(set(positions))
    assert positions[0] == 1, "the law, right after the genesis"
    assert len(positions) > 80
    assert "returns the file: no study" in demo.out


def test_the_demo_ends_with_the_cases_allegation_by_allegation(demo: Demo) -> None:
    """Standing, holder and K4's both referrals are there on 80 columns; streams alone are shortened."""
    _, _, summary = demo.out.partition("perkara · cases")
    for told in (
        "decided",
        "r1 asn",
        "on_track",
        "settled (#1)",
        "sanctioned",
        "closed",
        "KASN",
        "2024-07-05",
        "no_study",
        "returned",
        "accepted",
    ):
        assert told in summary
    assert set(re.findall(r"[^\s(]*…", summary)) <= set(re.findall(r"complaint-[0-9a-f]{8}…", summary)), (
        "a cell was cut off"
    )
    assert max(len(line) for line in summary.splitlines() if line.startswith(("│", "┃"))) <= 80


def test_the_demo_says_the_trails_size_and_root_and_that_the_clock_was_simulated(demo: Demo) -> None:
    """Those of the checkpoint that it published."""
    checkpoint = parse_checkpoint(split_note(demo.checkpoint)[0])
    (size, root), *others = re.findall(r"Sealed: (\d+) entri/entries, akar/root\s+([0-9a-f]+)", demo.out)
    assert (size, root, others) == (str(checkpoint.size), checkpoint.root.hex(), [])
    assert checkpoint.size == SIZE
    assert checkpoint.origin in demo.out
    assert "simulated clock" in demo.out


def test_the_demo_verified_its_bundle_and_rebuilt_its_projections(demo: Demo) -> None:
    """The verifier's own words, and one line for each projection."""
    assert "TRUE: trail demo.invalid/" in demo.out
    assert [name for name in ("cases", "timeline") if f"Projection {name}: " in demo.out] == ["cases", "timeline"]


def test_the_demo_says_where_to_look_next(demo: Demo) -> None:
    """The files are there, and the case has the printed address."""
    assert "var/demo/" in demo.out
    assert re.search(r"GET /v1/cases/complaint-[0-9a-f]{32}", demo.out)
    for name in ("ledger.db", "keys.db", "lock", "trail", "bundle", "trail.vkey", "tokens.json"):
        assert (demo.folder / name).exists(), name
        assert name in demo.out


def test_without_a_terminal_the_demo_sends_no_colour_and_no_cursor_codes(demo: Demo) -> None:
    """What is piped into a file can be read there."""
    assert "\x1b" not in demo.out
    assert "\r" not in demo.out


def test_the_secrets_of_a_demo_are_its_owners_alone(demo: Demo) -> None:
    """Keys and tokens have mode 0600 from their first byte on."""
    for name in ("keys.db", "signing.key", "tokens.json"):
        assert stat.S_IMODE((demo.folder / name).stat().st_mode) == 0o600, name


def test_the_bundle_of_a_demo_satisfies_the_auditor(demo: Demo) -> None:
    """With the key beside it, as the summary says."""
    assert verify(demo.folder / "bundle", f"@{demo.folder / 'trail.vkey'}").returncode == 0


def test_an_export_can_be_made_again_and_says_how_to_verify_it(demo: Demo, tmp_path: Path) -> None:
    """The printed command works as it stands from the repository's root, also for a path with spaces and brackets."""
    bundle = tmp_path / "for [the] auditor"
    shutil.copytree(demo.folder / "bundle", bundle)
    done = netral(tmp_path, "export", str(bundle), "--data", str(demo.folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert files_below(bundle) == files_below(demo.folder / "bundle")
    command = next(line.partition(": ")[2] for line in done.stdout.splitlines() if line.startswith("verify: "))
    verified = subprocess.run(shlex.split(command), cwd=ROOT, env=environment(), capture_output=True, check=False)
    assert verified.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def again(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A second run over the first one's folder, whose path is in brackets, on a terminal that knows ASCII only."""
    folder, data = tmp_path_factory.mktemp("again"), "a [bold] path [/x]"
    shutil.copytree(demo.folder, folder / data)
    done = netral(folder, "demo", "--once", "--data", data, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    return Demo(done.stdout, folder / data)


def test_a_second_run_makes_another_ledger_in_the_same_folder(demo: Demo, again: Demo) -> None:
    """New origin, new key, a trail of its own; nothing of the first run is left."""
    assert files_below(again.folder).keys() == files_below(demo.folder).keys()
    for name in ("trail.vkey", "ledger.db", "keys.db", "trail/checkpoint", "lock/checkpoint"):
        assert (again.folder / name).read_bytes() != (demo.folder / name).read_bytes(), name
    assert verify(again.folder / "bundle", f"@{again.folder / 'trail.vkey'}").returncode == 0
    assert verify(again.folder / "bundle", f"@{demo.folder / 'trail.vkey'}").returncode == 1


def test_a_path_in_brackets_is_a_path_and_no_markup(again: Demo) -> None:
    """`[/x]` would close a tag that nobody opened, `[bold]` would vanish from what is printed."""
    assert "a [bold] path [/x]/" in again.out
    assert "'a [bold] path [/x]/bundle' --key '@a [bold] path [/x]/trail.vkey'" in again.out


def test_a_terminal_without_our_letters_shows_others_in_their_place(again: Demo) -> None:
    """The demo runs to its end where the encoding knows neither ticks nor boxes."""
    assert again.out.isascii()
    assert f"Sealed: {SIZE}" in again.out


def fails_in_one_sentence(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Exit code not zero, one line on stderr with these words, no traceback."""
    assert done.returncode != 0
    assert done.stderr.startswith("netral: ")
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    for word in words:
        assert word in done.stderr


def test_attack_a_folder_that_no_demo_made_is_left_alone(tmp_path: Path) -> None:
    """Remaking removes; only what a demo made may be removed."""
    thesis = tmp_path / "thesis"
    thesis.mkdir()
    (thesis / "chapter1.txt").write_text("years of work")
    before = files_below(tmp_path)
    fails_in_one_sentence(netral(tmp_path, "demo", "--once", "--data", "thesis"), "thesis", "no demo made", "--data")
    assert files_below(tmp_path) == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """Nothing can be made below a file."""
    (tmp_path / "file").write_text("mine")
    done = netral(tmp_path, "demo", "--once", "--data", "file/far/below")
    fails_in_one_sentence(done, "file/far", "Not a directory")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_taken_port_is_said_before_anything_is_made(tmp_path: Path) -> None:
    """And which option helps."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        fails_in_one_sentence(netral(tmp_path, "demo", "--port", port), port, "taken", "--port")
        fails_in_one_sentence(netral(tmp_path, "demo", NETRAL_PORT=port), port, "taken")
    assert files_below(tmp_path) == {}


@pytest.mark.parametrize(
    ("command", "setting", "value"),
    [
        ("demo --once", "NETRAL_PORT", "eight thousand"),
        ("export bundle", "NETRAL_FOLLOW_SECONDS", "0"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(tmp_path: Path, command: str, setting: str, value: str) -> None:
    """By the variable that the operator set."""
    fails_in_one_sentence(netral(tmp_path, *command.split(), **{setting: value}), setting)
    assert files_below(tmp_path) == {}


def test_an_export_of_nothing_says_so(tmp_path: Path) -> None:
    """No trail was sealed there."""
    fails_in_one_sentence(netral(tmp_path, "export", "bundle"), "no sealed trail", "var/demo")
    assert not (tmp_path / "bundle").exists()


def test_attack_an_export_overwrites_nobodys_files(demo: Demo, tmp_path: Path) -> None:
    """A destination that holds anything else is refused and left as it was."""
    (tmp_path / "bundle").mkdir()
    (tmp_path / "bundle" / "notes.txt").write_text("mine")
    done = netral(tmp_path, "export", "bundle", "--data", str(demo.folder))
    fails_in_one_sentence(done, "notes.txt")
    assert files_below(tmp_path) == {"bundle/notes.txt": b"mine"}


def test_misuse_is_explained_with_another_exit_code(tmp_path: Path) -> None:
    """2, as the verifier's: what was asked cannot be understood."""
    done = netral(tmp_path, "demo", "--port", "0")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_demo_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    """A command over real HTTP is recorded, sealed and projected; an interrupt ends it with exit 0 and no trace."""
    port = free_port()
    process = serving(tmp_path, port)
    try:
        with Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
            wait_for(http, process)
            assert http.get("/v1/trail/checkpoint").text.split("\n")[1] == str(SIZE)
            tokens = json.loads((tmp_path / "var" / "demo" / "tokens.json").read_text())
            cases = http.get("/v1/cases?limit=200", headers={"Authorization": f"Bearer {tokens['auditor']}"}).json()[
                "cases"
            ]
            (case,) = [each for each in cases if any(one["return_reason"] == "no_study" for one in each["referrals"])]
            notice = {"act": {"on": "2024-07-08"}, "what": "referred", "allegations": [1]}
            examiner = {"Authorization": f"Bearer {tokens['examiner']}"}
            path = f"/v1/complaints/{case['complaint']}/status-notices"
            assert http.post(path, json=notice, headers=examiner).status_code == 201
            assert eventually(lambda: http.get("/v1/trail/checkpoint").text.split("\n")[1] == str(SIZE + 1))
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=600)
    finally:
        process.kill()
    assert (process.returncode, err) == (0, "")
    assert f"http://127.0.0.1:{port}/docs" in out
    assert netral(tmp_path, "export", "bundle").returncode == 0
    assert verify(tmp_path / "bundle", f"@{tmp_path / 'var' / 'demo' / 'trail.vkey'}").returncode == 0


def wait_for(http: Client, process: subprocess.Popen[str]) -> None:
    """Until the API answers; a process that ended instead says why."""
    while True:
        assert process.poll() is None, process.communicate()
        try:
            http.get("/v1/trail/checkpoint")
        except TransportError:
            continue
        return
