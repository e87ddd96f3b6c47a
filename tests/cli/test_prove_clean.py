"""`netral prove-clean` and `netral official relate`: 0 clean, 1 not clean, 2 where it cannot be said."""

from __future__ import annotations

import json
import secrets
import shutil
from datetime import date
from pathlib import Path

import pytest

from api.chronicles import k5, people, register
from api.chronicles.play import instant
from api.wiring import House, create_house, open_house
from ledger.clock import SimulatedClock
from ledger.codec import encode_body
from ledger.complaint.codes import RespondentClass
from ledger.complaint.facts import EvidenceAdded
from ledger.itself.facts import ClockKind
from ledger.official.commands import RecordOfficial
from ledger.store.rows import NewEvent
from ledger.values import Act, Actor, By, Number, Person, Role, Source, StreamId
from tests.api.commands import files_below
from tests.api.commands import netral as process
from tests.cli.conftest import Netral
from tests.scribes import Scribe, record_register

TEAM = people.SUNGAI_PENUH
CONFLICTED = TEAM.members[2]


def closed(house: House) -> None:
    house.sealer.seal()
    house.follower.catch_up()
    house.close()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, StreamId, StreamId]:
    """K5, in which a commissioner declares a conflict and is recused; and its second respondent in the register."""
    folder = tmp_path_factory.mktemp("k5") / "ledger"
    clock = SimulatedClock(instant("2024-05-02T01:00:00"))
    house = create_house(
        folder, domain="test.invalid", kind=ClockKind.SIMULATED, operator=register.OPERATOR, clock=clock
    )
    scribe = Scribe(house.registrar, clock, house.stream)
    offices = record_register(scribe)
    (complaint,) = scribe.play(k5.k5(offices))
    command = RecordOfficial(
        act=Act(offices.bawaslu_sungai_penuh, Source.OWN, on=date(2024, 10, 23)),
        official=Person("r", ("nik:1572000000000102",)),
        class_=RespondentClass.BAWASLU_ADHOC,
        since=date(2024, 1, 1),
    )
    by = Actor(offices.bawaslu_sungai_penuh, Role.EXAMINER, TEAM.examiner)
    official = house.registrar.submit(command, by=by).entries[0].stream
    closed(house)
    return folder, complaint, official


@pytest.fixture
def ledger(told: tuple[Path, StreamId, StreamId], tmp_path: Path) -> Path:
    return Path(shutil.copytree(told[0], tmp_path / "ledger"))


@pytest.fixture
def complaint(told: tuple[Path, StreamId, StreamId]) -> StreamId:
    return told[1]


def test_a_case_in_which_the_conflicted_was_recused_is_clean(netral: Netral, ledger: Path, complaint: StreamId) -> None:
    """K5: the conflict is listed with its version, no act is, and nothing is changed by asking."""
    before = files_below(ledger)
    done = netral("prove-clean", complaint, "--data", ledger)
    assert done.exit_code == 0
    assert "bersih" in done.output
    assert "clean: nobody" in done.output
    assert max(map(len, done.output.splitlines())) <= 110
    assert files_below(ledger) == before
    told = json.loads(netral("prove-clean", complaint, "--data", ledger, "--json").output)
    assert (told["complaint"], told["clean"], told["acts"]) == (complaint, True, [])
    assert [(each["respondent"], each["in_complaint"]) for each in told["conflicts"]] == [("r2", True)]


@pytest.mark.parametrize(("language", "said", "other"), [("id", "bersih", "clean:"), ("en", "clean:", "bersih")])
def test_it_speaks_one_language_when_asked(
    netral: Netral, ledger: Path, complaint: StreamId, language: str, said: str, other: str
) -> None:
    """Both otherwise."""
    done = netral("prove-clean", complaint, "--data", ledger, "--language", language)
    assert said in done.output
    assert other not in done.output


def test_attack_an_administrator_writes_an_act_in_the_conflicted_members_name(
    netral: Netral, ledger: Path, complaint: StreamId
) -> None:
    """Past the registrar, which would have refused it: the replay finds it after the conflict, with its position."""
    house = open_house(ledger, clock=SimulatedClock(instant("2024-11-01T01:00:00")))
    history = house.store.history(complaint)
    conflict = next(each for each in history if each.topic == "complaint.conflict_recorded.v1")
    office = history[0].act.office
    fact, act = EvidenceAdded(Number(9)), Act(office, Source.OWN, on=date(2024, 10, 30))
    body = encode_body(act, By(office, Role.EXAMINER, conflict.fact.actor), fact, secrets.token_bytes(16).hex())
    added = house.store.append([NewEvent(complaint, len(history) + 1, fact.TOPIC, body)], guards=[])
    closed(house)
    done = netral("prove-clean", complaint, "--data", ledger, "--json")
    told = json.loads(done.output)
    assert done.exit_code == 1
    (found,) = told["acts"]
    assert found["position"] == added.rows[0].position
    assert (found["version"], found["topic"], found["acted"], found["when"]) == (
        len(history) + 1,
        fact.TOPIC,
        "recorder",
        "after",
    )
    shown = netral("prove-clean", complaint, "--data", ledger, "--language", "en")
    assert shown.exit_code == 1
    assert "conflict of interest: 1" in shown.output


def test_a_relation_declared_later_shows_what_was_done_before(
    netral: Netral, ledger: Path, told: tuple[Path, StreamId, StreamId]
) -> None:
    """The examiner declares on the command line, after the case was closed; the register alone says so."""
    _, complaint, official = told
    done = netral(
        *("official", "relate", official, ledger, "--as", "Bawaslu Kota Sungai Penuh", "--kind", "kin"),
        *("--source", "declared", "--account", TEAM.examiner.account, "--on", "2024-10-23"),
        *("--operator-account", TEAM.examiner.account, "--operator-name", TEAM.examiner.name),
    )
    assert done.exit_code == 0
    assert "the relation (kin, declared) stands" in done.output
    proved = netral("prove-clean", complaint, "--data", ledger, "--json")
    found = json.loads(proved.output)
    assert proved.exit_code == 1
    assert {each["when"] for each in found["acts"]} == {"before"}
    assert "complaint.studied.v1" in {each["topic"] for each in found["acts"]}
    uncopied = [each for each in found["conflicts"] if not each["in_complaint"]]
    assert [each["respondent"] for each in uncopied] == ["r2"]
    assert official not in proved.output


def test_an_office_is_related_by_name(netral: Netral, ledger: Path, told: tuple[Path, StreamId, StreamId]) -> None:
    """The office declares its own member; it decided on them before."""
    _, complaint, official = told
    office = "Bawaslu Kota Sungai Penuh"
    done = netral(
        *("official", "relate", official, ledger, "--as", office, "--office", office, "--kind", "member"),
        *("--source", "declared", "--on", "2024-10-23"),
        *("--operator-account", TEAM.examiner.account, "--operator-name", TEAM.examiner.name),
    )
    assert done.exit_code == 0
    found = json.loads(netral("prove-clean", complaint, "--data", ledger, "--json").output)
    assert {"office"} == {each["acted"] for each in found["acts"]}


@pytest.mark.parametrize(
    "arguments",
    [
        ("complaint-" + "0" * 32,),
        ("office-" + "0" * 32,),
        ("nothing",),
        (),
        ("complaint-" + "0" * 32, "--data", "nowhere"),
        ("complaint-" + "0" * 32, "--colour"),
    ],
)
def test_what_cannot_be_said_is_neither_clean_nor_unclean(ledger: Path, arguments: tuple[str, ...]) -> None:
    """Exit 2, a sentence on stderr, nothing on stdout: a script that asks for the verdict is not misled."""
    done = process(ledger.parent, "prove-clean", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_the_verdict_is_the_exit_code_of_the_process(ledger: Path, complaint: StreamId) -> None:
    """As a script runs it, for the folder that a variable names."""
    done = process(ledger.parent, "prove-clean", complaint, "--json", NETRAL_DATA=str(ledger))
    assert (done.returncode, json.loads(done.stdout)["clean"]) == (0, True)
