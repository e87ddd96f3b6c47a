"""A witness over HTTP, to the byte; and its process, killed while it is asked."""

from __future__ import annotations

import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from httpx2 import Client, Response, TransportError
from starlette.testclient import TestClient

from api.witnessing import make_witness
from ledger.trail.checkpoint import SigningKey, open_note, parse_checkpoint
from ledger.trail.cosignature import Cosigner, cosignatures
from ledger.trail.merkle import consistency_proof
from ledger.trail.tiles import TileFolder
from ledger.trail.witness import Request, Witness
from tests.api.commands import NETRAL, environment, netral
from tests.unit.trail.trails import ORIGIN, Trail
from tests.unit.witness.served import NOW, Stand

STAND = Stand("witness.invalid/w1", 1)


@pytest.fixture(scope="module")
def trail(tmp_path_factory: pytest.TempPathFactory) -> Trail:
    return Trail(tmp_path_factory.mktemp("log")).sealed(*range(1, 41))


@pytest.fixture
def http(tmp_path: Path, trail: Trail) -> Iterator[TestClient]:
    witness = Witness(tmp_path, STAND.key, [trail.key.verifier], lambda: NOW)
    yield TestClient(make_witness(witness))
    witness.close()


def request(trail: Trail, old: int, size: int) -> bytes:
    hash_at = TileFolder(trail.folder).hash_at(trail.storage.size())
    text = next(each for each in trail.key.signed if parse_checkpoint(each).size == size)
    proof = consistency_proof(old, size, hash_at) if old else []
    return Request(old, tuple(proof), SigningKey(ORIGIN, trail.key.private).sign(text)).encoded()


def post(http: TestClient, body: bytes) -> tuple[int, str, bytes]:
    answer = http.post("/add-checkpoint", content=body)
    return answer.status_code, answer.headers["Content-Type"], answer.content


def test_a_cosignature_is_answered_as_one_line(http: TestClient, trail: Trail) -> None:
    """200, and nothing but the line."""
    body = request(trail, 0, 5)
    status, kind, line = post(http, body)
    assert (status, kind) == (200, "text/plain; charset=utf-8")
    note = body.partition(b"\n\n")[2]
    assert cosignatures(note + line, [STAND.key.cosigner]) == {STAND.key.cosigner: NOW}


def test_who_stands_elsewhere_is_told_where_in_the_one_content_type(http: TestClient, trail: Trail) -> None:
    """409 with exactly this type, the size, and a newline: at first 0."""
    assert post(http, request(trail, 3, 5)) == (409, "text/x.tlog.size", b"0\n")
    post(http, request(trail, 0, 5))
    assert post(http, request(trail, 3, 7)) == (409, "text/x.tlog.size", b"5\n")


@pytest.mark.parametrize(
    ("status", "old", "new"),
    [
        (404, ORIGIN.encode(), b"demo.invalid/ffffffffffffffff"),
        (403, b"\n5\n", b"\n6\n"),
        (400, b"old 0", b"old 6"),
        (400, b"old 0", b"old 00"),
        (400, b"old 0\n", b""),
        (400, b"\xe2\x80\x94", b"-"),
        (400, b"\n\n\xe2", b"\n\xe2"),
        (422, b"old 0\n", b"old 0\n" + b"A" * 43 + b"=\n"),
    ],
)
def test_each_refusal_has_its_status(http: TestClient, trail: Trail, status: int, old: bytes, new: bytes) -> None:
    """And no witness's line in it."""
    body = request(trail, 0, 5)
    assert old in body
    found, kind, told = post(http, body.replace(old, new))
    assert (found, kind) == (status, "text/plain; charset=utf-8")
    assert "\u2014 witness" not in told.decode()


def test_a_proof_that_is_bad_is_422_and_so_is_another_root_at_the_same_size(http: TestClient, trail: Trail) -> None:
    """And none of them moves the witness."""
    post(http, request(trail, 0, 5))
    text = f"{ORIGIN}\n5\n{'A' * 43}=\n".encode()
    other = Request(5, (), SigningKey(ORIGIN, trail.key.private).sign(text)).encoded()
    good = request(trail, 5, 9)
    first = good.split(b"\n")[1]
    for body in (other, good.replace(first, b"A" * 43 + b"="), good.replace(first + b"\n", b"")):
        assert post(http, body)[0] == 422
    assert post(http, good)[0] == 200


def test_attack_a_body_without_an_end_is_not_read_to_its_end(http: TestClient) -> None:
    """Beyond the longest request nothing is held."""
    assert post(http, b"old 0\n\n" + b"x" * (1 << 20))[0] == 400


def test_what_was_cosigned_last_is_shown_to_whoever_watches(http: TestClient, trail: Trail) -> None:
    """Signed by the log, cosigned here: what an auditor compares with the trail that they were shown."""
    assert http.get(f"/checkpoint/{ORIGIN}").status_code == 404
    post(http, request(trail, 0, 5))
    post(http, request(trail, 5, 9))
    answer = http.get(f"/checkpoint/{ORIGIN}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert parse_checkpoint(open_note(answer.content, [trail.key.verifier])).size == 9
    assert cosignatures(answer.content, [STAND.key.cosigner]) == {STAND.key.cosigner: NOW}


def test_the_key_is_shown(http: TestClient) -> None:
    """For whoever compares it with the one that came by another way."""
    assert http.get("/vkey").text == f"{STAND.vkey}\n"
    assert (http.get("/add-checkpoint").status_code, http.get("/").status_code) == (405, 404)


@contextmanager
def process(folder: Path, trail: Trail) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """`netral witness serve` with its state in a folder: the process, its address and its key."""
    running = subprocess.Popen(
        [NETRAL, "witness", "serve", "--state", "state", "--port", "0", "--log", trail.key.vkey],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        assert running.stdout is not None
        key = running.stdout.readline().removeprefix("witness: ").strip()
        found = re.match(r"listening: (\S+)", running.stdout.readline())
        assert found
        yield running, found[1], key
    finally:
        running.kill()
        running.wait()
        if running.stdout is not None:
            running.stdout.close()


def asked(http: Client, url: str, body: bytes) -> Response:
    return http.post(f"{url}/add-checkpoint", content=body)


def test_a_witness_runs_alone_with_its_key_and_its_memory(tmp_path: Path, trail: Trail) -> None:
    """Its own folder and no ledger; it knows after a restart where it stood, and ends in order when interrupted."""
    printed = netral(tmp_path, "witness", "new", "--state", "state").stdout.strip()
    with Client() as http:
        with process(tmp_path, trail) as (running, url, key):
            assert key == printed == http.get(f"{url}/vkey").text.strip()
            line = asked(http, url, request(trail, 0, 5)).content
            assert cosignatures(request(trail, 0, 5).partition(b"\n\n")[2] + line, [Cosigner.from_vkey(key)])
            running.send_signal(signal.SIGINT)
            assert running.wait(60) == 0
        with process(tmp_path, trail) as (_, url, again):
            assert again == key
            assert asked(http, url, request(trail, 0, 5)).text == "5\n"
            assert asked(http, url, request(trail, 5, 6)).status_code == 200


def test_a_killed_witness_knows_everything_that_it_told(tmp_path: Path, trail: Trail) -> None:
    """SIGKILL while it is asked again and again: what was answered before stands, and nothing goes back."""
    told = 0
    with Client() as http:
        for _ in range(3):
            with process(tmp_path, trail) as (running, url, _):
                timer = threading.Timer(0.15, running.kill)
                timer.start()
                try:
                    at = int(asked(http, url, request(trail, 39, 40)).text or told)
                    assert at in (told, told + 1), "it forgot, or it went further than anybody asked"
                    told = at
                    while told < 39:
                        assert asked(
                            http, url, request(trail, told, told + 1) if told else request(trail, 0, 1)
                        ).is_success
                        told += 1
                except TransportError:
                    pass
                timer.join()
        with process(tmp_path, trail) as (_, url, _):
            at = int(asked(http, url, request(trail, 39 if told != 39 else 38, 40)).text)
            assert at in (told, told + 1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--log", "none"], "is not a name, a key id and a key"),
        (["--log", f"{ORIGIN}+00000000+AAAA"], "type is 01"),
    ],
)
def test_a_witness_that_cannot_begin_says_why_in_one_sentence(tmp_path: Path, arguments: list[str], words: str) -> None:
    """Without a trace."""
    done = netral(tmp_path, "witness", "serve", "--state", "state", "--port", "0", *arguments)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_named(tmp_path: Path, trail: Trail) -> None:
    """And what keeps it is left alone."""
    with process(tmp_path, trail) as (_, url, _):
        port = url.rpartition(":")[2]
        done = netral(tmp_path, "witness", "serve", "--state", "other", "--port", port, "--log", trail.key.vkey)
        assert (done.returncode, f"127.0.0.1:{port} cannot be listened at" in done.stderr) == (1, True)
