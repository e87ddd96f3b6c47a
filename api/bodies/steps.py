"""The requests of the tracks' steps, each made from its fact: a member of the fact is a member of the request.

What stands sealed in the fact is a text here; nothing else differs, so a new step needs no request written for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final, get_args, get_type_hints

from pydantic import Field

from api.bodies.intake import example
from api.bodies.parts import ActBody, Body, Day, Nth, Text, plain
from ledger.complaint.commands import NOT_ASKED, STEP_COMMANDS, StepCommand
from ledger.values import Actor, Code, Number, SealedRef, StreamId

CodeText = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
FORMS: Final[Mapping[Any, Any]] = {SealedRef: Text, Number: Nth, Code: CodeText, date: Day}
"""How a member's declared type stands in a request."""
EXAMPLES: Final[Mapping[Any, Any]] = {Text: "Keterangan.", Nth: 1, CodeText: "pp_94_2021", Day: "2024-11-12"}


class StepBody(Body):
    """A step of a track, of the allegation that the path names."""

    act: ActBody

    def to_step(self, command: type[StepCommand], actor: Actor, complaint: StreamId, allegation: int) -> StepCommand:
        """The step's command."""
        members = {
            name: plain(value) if _is_sealed(command, name) else value
            for name, value in ((each, getattr(self, each)) for each in type(self).model_fields if each != "act")
        }
        made: Any = command
        step: StepCommand = made(act=self.act.to_act(actor), stream=complaint, allegation=Number(allegation), **members)
        return step


def _is_sealed(command: type[StepCommand], name: str) -> bool:
    return _declared(get_type_hints(command.FACT)[name]) is SealedRef


def _declared(hint: Any) -> Any:
    """A member's type without the None of what may be absent."""
    return next((each for each in get_args(hint) if each is not type(None)), hint)


def _body_of(command: type[StepCommand]) -> type[StepBody]:
    fact: Any = command.FACT
    hints = get_type_hints(fact)
    declared: dict[str, Any] = {}
    members: dict[str, Any] = {}
    shown: dict[str, Any] = {"act": {"on": "2024-11-12"}}
    for each in fields(fact):
        if each.name in NOT_ASKED:
            continue
        of_fact = _declared(hints[each.name])
        form = FORMS.get(of_fact, of_fact)
        public = each.name.rstrip("_")
        optional = each.default is not MISSING
        declared[each.name] = form | None if optional else form
        members[each.name] = Field(default=None if optional else ..., alias=public if public != each.name else None)
        is_code = isinstance(of_fact, type) and issubclass(of_fact, StrEnum)
        shown[public] = next(iter(of_fact)).value if is_code else EXAMPLES.get(form, 1)
    said = {
        "__doc__": fact.__doc__,
        "__module__": __name__,
        "__annotations__": declared,
        "model_config": example(**shown),
    }
    metaclass: Any = type(StepBody)
    made: type[StepBody] = metaclass(f"{fact.__name__}Step", (StepBody,), said | members)
    return made


STEP_BODIES: Final[Mapping[str, type[StepBody]]] = {
    topic: _body_of(command) for topic, command in STEP_COMMANDS.items()
}
"""The request of each step, by its topic."""
