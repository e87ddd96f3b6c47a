"""A chronicle's steps as a client sends them: the request of each command, with a token of the actor's own office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast

from api.chronicles.play import HandOver, Many, ReceiveFiles, Step, Submit, instant
from ledger.clock import SimulatedClock
from ledger.command import Command
from ledger.complaint import commands
from ledger.election.commands import AnnounceElection, FixPair, OrderRevote
from ledger.errors import Refused
from ledger.handing_over import FileOf
from ledger.handover.commands import TallyHandover
from ledger.office.commands import EndOffice, EstablishOffice
from ledger.official.commands import RecordOfficial
from ledger.registrar import Receipt, ReceiptEntry
from ledger.shape import instant_text
from ledger.speech import Said
from ledger.values import Act, Actor, Person, Plain, StreamId
from tests.api.window import Desk, Window

HERE = "/v1/complaints/{0.stream}"
PATHS: dict[type[Command], str] = {
    EstablishOffice: "/v1/offices",
    EndOffice: "/v1/offices/{0.stream}/end",
    AnnounceElection: "/v1/elections",
    RecordOfficial: "/v1/officials",
    TallyHandover: "/v1/handovers/{0.stream}/tallies",
    commands.FileComplaint: "/v1/complaints",
    commands.NotePreliminary: "/v1/preliminary-information",
    commands.FixFinding: "/v1/findings",
    commands.RecordTracing: f"{HERE}/tracing",
    commands.ContinueAsFinding: f"{HERE}/finding",
    commands.NameRespondent: f"{HERE}/respondents",
    commands.MakeAllegation: f"{HERE}/allegations",
    commands.RecategoriseAllegation: f"{HERE}/allegations/{{0.allegation}}/category",
    commands.ReviewComplaint: f"{HERE}/review",
    commands.ReceiveCompletion: f"{HERE}/completion",
    commands.RefuseRegistration: f"{HERE}/registration-refusal",
    commands.RegisterComplaint: f"{HERE}/registration",
    commands.WithdrawComplaint: f"{HERE}/withdrawals",
    commands.CallHearing: f"{HERE}/hearings",
    commands.HoldHearing: f"{HERE}/hearings/{{0.hearing}}/held",
    commands.MissHearing: f"{HERE}/hearings/{{0.hearing}}/missed",
    commands.CompleteStudy: f"{HERE}/studies",
    commands.HoldPlenary: f"{HERE}/plenaries",
    commands.AnnounceStatus: f"{HERE}/status-notices",
    commands.AddEvidence: f"{HERE}/evidence",
    commands.RecordConflict: f"{HERE}/conflicts",
    commands.OfferReferral: f"{HERE}/referrals",
    commands.ReceiveReferral: f"{HERE}/referrals/{{0.referral}}/receipt",
    commands.AcceptReferral: f"{HERE}/referrals/{{0.referral}}/acceptance",
    commands.ReturnReferral: f"{HERE}/referrals/{{0.referral}}/return",
    commands.RetainAllegation: f"{HERE}/allegations/{{0.allegation}}/retention",
    commands.RecordOutcome: f"{HERE}/allegations/{{0.allegation}}/outcomes",
    commands.RecommendSanction: f"{HERE}/allegations/{{0.allegation}}/recommendation",
    FixPair: "/v1/elections/{0.stream}/pairs",
    OrderRevote: "/v1/elections/{0.stream}/revotes",
    **{
        step: f"{HERE}/allegations/{{0.allegation}}/steps/{topic.rpartition('.')[0]}"
        for topic, step in commands.STEP_COMMANDS.items()
    },
    commands.CloseComplaint: f"{HERE}/closing",
    commands.ReopenComplaint: f"{HERE}/reopening",
}
IN_PATH = {
    commands.RecategoriseAllegation: "allegation",
    commands.RetainAllegation: "allegation",
    commands.RecordOutcome: "allegation",
    commands.RecommendSanction: "allegation",
    **dict.fromkeys(commands.STEP_COMMANDS.values(), "allegation"),
    commands.HoldHearing: "hearing",
    commands.MissHearing: "hearing",
    commands.ReceiveReferral: "referral",
    commands.AcceptReferral: "referral",
    commands.ReturnReferral: "referral",
}


def over_http(window: Window, clock: SimulatedClock) -> Submit:
    """Submit steps over HTTP alone; refusals come back as the registrar would raise them."""

    def submit(step: Step) -> Receipt:
        clock.now = instant(step.at)
        asked = step.command
        if isinstance(asked, Many):
            receipts = [submit(replace(step, command=each)) for each in asked.commands]
            entries = tuple(entry for receipt in receipts for entry in receipt.entries)
            return Receipt(receipts[0].origin, receipts[0].first, receipts[-1].last, entries)
        desk = Desk(window, step.by)
        more = {"seen": version(desk, asked.stream)} if step.match and asked.stream else {}
        response = desk.post(*request_of(asked, step.by), **more)
        told = response.json()
        if response.status_code == 409:
            raise Refused(told["rule"], Said(told["detail"], ""), Said(told["allowed"], ""), told.get("basis", ""))
        assert response.status_code == 201, f"{step.en}: {response.text}"
        entries = tuple(ReceiptEntry(**each) for each in told["entries"])
        return Receipt(told["origin"], told["first"], told["last"], entries)

    return submit


def version(desk: Desk, complaint: StreamId) -> str:
    """The ETag that a client reads before it decides."""
    desk.window.settle()
    return desk.get(f"/v1/cases/{complaint}").headers["ETag"]


def request_of(asked: Command | HandOver | ReceiveFiles, by: Actor) -> tuple[str, dict[str, Any]]:
    """Where something is asked, and with which body."""
    if isinstance(asked, HandOver):
        files = asked.files
        body = {"from": files.from_, "to": files.to, "legal_basis": files.legal_basis, "files": files_of(files.files)}
        return "/v1/handovers", {"act": act_of(asked.act, by), **body}
    if isinstance(asked, ReceiveFiles):
        named = {} if asked.files is None else {"files": files_of(asked.files)}
        return f"/v1/handovers/{asked.stream}/receipt", {"act": act_of(asked.act, by), **named}
    return path_of(asked), body_of(asked, by)


def files_of(files: tuple[FileOf, ...]) -> list[dict[str, Any]]:
    """Files as a client names them."""
    return [{"complaint": each.complaint, "allegation": each.allegation} for each in files]


def path_of(command: Command) -> str:
    """Where a command is posted."""
    return PATHS[type(command)].format(command)


def body_of(command: Command, by: Actor) -> dict[str, Any]:
    """What is posted: the command's members as a client writes them."""
    left_out = {"stream", "by", "act", "official", IN_PATH.get(type(command))}
    return {"act": act_of(command.act, by), **members_of(command, left_out)}


def act_of(act: Act, by: Actor) -> dict[str, Any]:
    """An act, with its office and source only where they are not the asker's own."""
    said: dict[str, Any] = {"on": act.on.isoformat()} if act.on else {"at": instant_text(cast("datetime", act.at))}
    return said if act.office == by.office else {**said, "office": act.office, "source": act.source.value}


def members_of(value: Any, left_out: set[str | None]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for each in fields(value):
        held = getattr(value, each.name)
        if each.name in left_out or held is None or held == () or held == frozenset():
            continue
        if isinstance(held, Person):
            members |= person(held, value)
        else:
            members[each.name.rstrip("_")] = said(held)
    return members


def person(held: Person, owner: Any) -> dict[str, Any]:
    """Somebody as a client names them: by account, NIP or NIK; a complainant's NIK is told with the rest of them."""
    found = dict(key.split(":", 1) for key in held.keys)
    if "staff" in found:
        return {"account": found["staff"]}
    return {} if hasattr(owner, "id_number") else found


PLAIN: list[tuple[type, Callable[[Any], Any]]] = [
    (Plain, lambda held: held.value),
    (StrEnum, lambda held: held.value),
    (date, lambda held: held.isoformat()),
    (frozenset, lambda held: sorted(map(said, held))),
    (tuple, lambda held: [said(each) for each in held]),
]


def said(held: Any) -> Any:
    """One value as JSON."""
    for kind, says in PLAIN:
        if isinstance(held, kind):
            return says(held)
    if isinstance(held, commands.Attendee):
        return {**person(held.handle, held), "name": said(held.who)} if isinstance(held.handle, Person) else {}
    if isinstance(held, Person):
        return person(held, held)["account"]
    return members_of(held, set()) if is_dataclass(held) else held
