"""The members that several requests share, read strictly: dates are dates, numbers are numbers, nothing is guessed."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    WithJsonSchema,
)

from ledger.codec import MAX_SEALED
from ledger.shape import DATE, INSTANT, instant_of
from ledger.values import Act, Actor, Plain, Source, StreamId


def _day(value: Any) -> date:
    if not isinstance(value, str) or not DATE.fullmatch(value):
        raise ValueError("a date such as 2024-09-22 is expected")
    return date.fromisoformat(value)


def _instant(value: Any) -> datetime:
    # What was sent is not repeated: it may be somebody's name.
    if not isinstance(value, str) or not INSTANT.fullmatch(value):
        raise ValueError("an instant such as 2024-12-04T03:15:07Z is expected")
    return instant_of(value)


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"}),
]
Text = Annotated[str, Field(min_length=1, max_length=MAX_SEALED)]
"""A value that will be sealed."""
Line = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\n]*$")]
"""A public line of text."""
Stream = Annotated[str, Field(pattern=r"^(office|election|complaint)-[0-9a-f]{32}$")]
RegionCode = Annotated[str, Field(pattern=r"^[0-9]{2}(\.[0-9]{2})?$")]
RespondentHandle = Annotated[str, Field(pattern=r"^r[1-9][0-9]{0,5}$")]
Nik = Annotated[str, Field(pattern=r"^[0-9]{16}$")]
Nip = Annotated[str, Field(pattern=r"^[0-9]{18}$")]
Account = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._@-]{0,99}$")]
Nth = Annotated[StrictInt, Field(ge=1, le=2**53 - 1)]
HowMany = Annotated[StrictInt, Field(ge=0, le=2**53 - 1)]
Flag = StrictBool


def _no_repeats(values: list[Any]) -> list[Any]:
    if len(set(values)) != len(values):
        raise ValueError("each value is given once")
    return values


NoRepeats = AfterValidator(_no_repeats)


def _written_one_way(value: Any) -> Any:
    """Numbers in a path are written one way: "1.0" and "+1" are none."""
    if isinstance(value, str) and not re.fullmatch(r"0|[1-9][0-9]{0,15}", value, re.ASCII):
        raise ValueError("a whole number without sign or leading zero is expected")
    return value


WrittenOneWay = BeforeValidator(_written_one_way)


class Body(BaseModel):
    """A request body: unknown members are refused, so that a misspelt one is never swallowed."""

    model_config = ConfigDict(extra="forbid")


class ActBody(Body):
    """Whose act it was, when, and how we know: `at` for filing, receipt, hearing and plenary, `on` for the rest."""

    office: Stream | None = Field(default=None, description="The acting office; left out, the token's own.")
    source: Source = Field(default=Source.OWN, description="own, or for another office's act letter or published.")
    on: Day | None = None
    at: Instant | None = None

    def to_act(self, actor: Actor) -> Act:
        """The act, with the asker's own office where none is named."""
        return Act(StreamId(self.office) if self.office else actor.office, self.source, self.on, self.at)


def plain(value: str | None) -> Plain | None:
    """A text that will be sealed, if one was given."""
    return None if value is None else Plain(value)
