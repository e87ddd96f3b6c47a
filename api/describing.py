"""The documentation of the command routes, from the catalogue: what is recorded, by whom, from which stages."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any, get_type_hints

from fastapi import APIRouter
from fastapi.routing import APIRoute

from ledger.catalogue import CATALOGUE, Row
from ledger.command import Command


def describe_commands(router: APIRouter) -> None:
    """Add to each command's route what the catalogue says of its fact; saying it twice changes nothing."""
    for route in router.routes:
        command = command_of(route)
        if command is not None and isinstance(route, APIRoute):
            route.description = f"{cleandoc(route.endpoint.__doc__ or '')}\n\n{_told(CATALOGUE[command.FACT.TOPIC])}"


def _told(row: Row) -> str:
    stages = f" From: {', '.join(sorted(row.stages))}." if row.stages else ""
    return (
        f"Recorded as `{row.topic}` ({'open' if row.open else 'closed'}): {row.rule} "
        f"By: {', '.join(sorted(row.by))}.{stages} The act carries `{'at' if row.at_an_instant else 'on'}`."
    )


def command_of(route: Any) -> type[Command] | None:
    """The command that a route's body becomes, if it becomes one."""
    step: type[Command] | None = getattr(getattr(route, "endpoint", None), "COMMAND", None)
    if step is not None:
        return step
    for hint in get_type_hints(route.endpoint).values() if isinstance(route, APIRoute) else ():
        to_command = getattr(hint, "to_command", None)
        if to_command is not None:
            made = get_type_hints(to_command)["return"]
            if isinstance(made, type) and issubclass(made, Command):
                return made
    return None
