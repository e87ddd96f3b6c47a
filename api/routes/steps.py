"""The steps of the tracks: one POST for each, made from the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Response

from api.asking import AskingDep, ReceiptOut
from api.bodies.steps import STEP_BODIES, StepBody
from api.documents import COMMAND
from api.routes.paths import Complaint, Nth
from ledger.complaint.commands import STEP_COMMANDS, StepCommand

router = APIRouter(tags=["steps"])


def _route(command: type[StepCommand], form: type[StepBody]) -> Callable[..., ReceiptOut]:
    """One step's endpoint; its body's type is the step's own."""

    def take_step(
        complaint: Complaint, allegation: Nth, body: StepBody, ask: AskingDep, response: Response
    ) -> ReceiptOut:
        return ask.submit(body.to_step(command, ask.actor, complaint, allegation), response)

    endpoint: Any = take_step
    endpoint.__annotations__ = {**take_step.__annotations__, "body": form}
    endpoint.__name__ = f"take_{command.FACT.TOPIC.rpartition('.')[0].replace('.', '_')}"
    endpoint.__doc__ = command.FACT.__doc__
    endpoint.COMMAND = command
    return take_step


for topic, command in STEP_COMMANDS.items():
    router.add_api_route(
        f"/complaints/{{complaint}}/allegations/{{allegation}}/steps/{topic.rpartition('.')[0]}",
        _route(command, STEP_BODIES[topic]),
        methods=["POST"],
        **COMMAND,
    )
