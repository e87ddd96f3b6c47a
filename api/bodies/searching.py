"""What is looked for among the cases: a number or a person, in the body because it may identify somebody."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, model_validator

from api.bodies.parts import Body, Nik, Nip


class Search(Body):
    """What is looked for: exactly one of a register or letter number, a NIP, a NIK."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "001/Reg/LP/PW/Kota/05.01/VI/2024"}]})

    number: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    nip: Nip | None = None
    nik: Nik | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Search:
        if sum(each is not None for each in (self.number, self.nip, self.nik)) != 1:
            raise ValueError("exactly one of number, nip and nik is expected")
        return self
