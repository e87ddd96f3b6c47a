"""What is wrong with a request's members, in both languages: a sentence for each type of error that pydantic finds.

What was sent is never repeated: it may be somebody's name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ledger.speech import Said

MOST_TOLD: Final = 20
"""How many of a request's errors are told; whoever mends these learns the next."""

_OBJECT = Said("an object is expected", "seharusnya objek")
_WHOLE = Said("a whole number is expected", "seharusnya bilangan bulat")
_TRUE_OR_FALSE = Said("true or false is expected", "seharusnya true atau false")
_CODE = Said("one of {expected} is expected", "seharusnya salah satu dari {expected}")

SENTENCES: Final[Mapping[str, Said]] = {
    "json_invalid": Said("is not JSON from character {position} on", "bukan JSON sejak karakter {position}"),
    "missing": Said("is required", "wajib ada"),
    "extra_forbidden": Said("is not known here", "tidak dikenal di sini"),
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dict_type": _OBJECT,
    "list_type": Said("an array is expected", "seharusnya larik"),
    "too_short": Said("at least {min_length} items are expected", "seharusnya sedikitnya {min_length} butir"),
    "too_long": Said("at most {max_length} items are expected", "seharusnya paling banyak {max_length} butir"),
    "string_type": Said("a text is expected", "seharusnya teks"),
    "string_sub_type": Said("a text is expected", "seharusnya teks"),
    "string_unicode": Said("is no Unicode text", "bukan teks Unicode"),
    "string_too_short": Said(
        "at least {min_length} characters are expected", "seharusnya sedikitnya {min_length} karakter"
    ),
    "string_too_long": Said(
        "at most {max_length} characters are expected", "seharusnya paling banyak {max_length} karakter"
    ),
    "string_pattern_mismatch": Said("does not fit the pattern {pattern}", "tidak sesuai dengan pola {pattern}"),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": Said("is too large a number", "bilangannya terlalu besar"),
    "greater_than_equal": Said("{ge} or more is expected", "seharusnya {ge} atau lebih"),
    "less_than_equal": Said("{le} or less is expected", "seharusnya {le} atau kurang"),
    "bool_type": _TRUE_OR_FALSE,
    "bool_parsing": _TRUE_OR_FALSE,
    "enum": _CODE,
    "literal_error": _CODE,
    "value_error": Said("there is no such value", "nilai itu tidak ada"),
}
"""A sentence for each type of error; members in braces are the error's context."""

OTHERWISE: Final = Said("cannot be read", "tidak dapat dibaca")
"""For a type that has no sentence: a test sees that no request can meet it."""

OF_VALIDATORS: Final[Mapping[str, Said]] = {
    said.en: said
    for said in (
        Said("a date such as 2024-09-22 is expected", "seharusnya tanggal seperti 2024-09-22"),
        Said("an instant such as 2024-12-04T03:15:07Z is expected", "seharusnya waktu seperti 2024-12-04T03:15:07Z"),
        Said(
            "a whole number without sign or leading zero is expected",
            "seharusnya bilangan bulat tanpa tanda dan tanpa nol di depan",
        ),
        Said("exactly one of number, nip and nik is expected", "seharusnya tepat satu dari number, nip dan nik"),
        Said("each value is given once", "setiap nilai disebut satu kali"),
        Said(
            "head and member name an office and no account, all other kinds an account",
            "head dan member menyebut lembaga tanpa akun, jenis lain menyebut akun",
        ),
    )
}
"""What our own validators say (api/bodies), by its English. Python's, of a date that no calendar has, is not here."""


def misread(found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each error as the member's path and a sentence; the first `MOST_TOLD` of them."""
    return [{"member": _member(each), "because": because(each)} for each in found[:MOST_TOLD]]


def because(found: Mapping[str, Any]) -> Said:
    """One error in both languages."""
    context = dict(found.get("ctx", {}))
    if found["type"] == "value_error" and str(context.get("error")) in OF_VALIDATORS:
        return OF_VALIDATORS[str(context["error"])]
    sentence = SENTENCES.get(found["type"], OTHERWISE)
    context["position"] = found["loc"][-1] if found["loc"] else 0
    context_id = context | {"expected": str(context.get("expected")).replace("' or '", "' atau '")}
    return Said(sentence.en.format_map(context), sentence.id.format_map(context_id))


def _member(found: Mapping[str, Any]) -> str:
    """The member that an error is about, as a path; where a text stops being JSON is no member."""
    return "" if found["type"] == "json_invalid" else ".".join(str(part) for part in found["loc"] if part != "body")
