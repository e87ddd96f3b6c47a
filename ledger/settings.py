"""Every setting: NETRAL_* variables, then a TOML file, then the default; nothing else reads the environment.

docs/settings.md is made from this file: `python -m ledger.settings > docs/settings.md`.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any, Final

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from ledger.errors import Misconfigured

PREFIX: Final = "NETRAL_"
CONFIG: Final = f"{PREFIX}CONFIG"
FILE: Final = "netral.toml"
LEDGER: Final = Path("var/ledger")
DEMO: Final = Path("var/demo")
URL: Final = re.compile(r"postgres(ql)?://")
PASSWORD: Final = re.compile(r"//[^/@]*:[^/@]*@|[?&]password=")
OFF: Final = ("", "0", "n", "no", "f", "false", "off")
LIBRARY_FUNCTIONS: Final = "POSTGRES_ENABLE_DB_FUNCTIONS"
"""A variable of the event store library, which its own recorders obey."""
ABOUT: Final = f"""\
# Settings

Made from `ledger/settings.py`; a test fails when this table is not current.

A setting is an environment variable `{PREFIX}…`, or a key of a TOML file. The file is the one that `{CONFIG}` names, or
else `{FILE}` in the ledger's folder. A variable wins over the file, and what a command is told (`--port`) wins over
both. A key that is not in this table is an error. `{PREFIX}SIGNING_KEY` is a secret, and so is `{PREFIX}DATABASE`
where it holds a password: these are refused in a file. Other keys lie in files of their own.

| variable | key | default | what it sets |
|---|---|---|---|
"""


class Settings(BaseSettings):
    """What an operator may set without touching code."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore")

    data: Path | None = Field(
        default=None,
        description=f"The ledger's folder, where a command is not told one: else `{LEDGER}`, and `{DEMO}` for `demo` "
        f"and `export`. Not in the `{FILE}` of a ledger's folder, which is found by it.",
    )
    port: int = Field(default=8000, ge=1, le=65535, description="The loopback port of the API.")
    follow_seconds: float = Field(
        default=0.2, gt=0, description="How often to look for new entries to project, in seconds."
    )
    seal_seconds: float = Field(
        default=0.2, gt=0, le=60, description="How often to look for new entries to seal, in seconds."
    )
    publish_seconds: float = Field(
        default=0.0,
        ge=0,
        description="How long a published checkpoint stands at least before the next one, in seconds: what is sealed "
        "sooner waits, and so do its proofs. With 0 every seal is published, and tells when a small office is at work.",
    )
    renew_seconds: float = Field(
        default=3600.0,
        ge=0,
        description="After how many seconds without anything new the witnesses cosign the published checkpoint again, "
        "so that readers see that nothing newer is kept from them; 0 for never.",
    )
    rehash_seconds: float = Field(
        default=86400.0,
        ge=0,
        description="How often a serving process reads and hashes every entry again and compares the root with the "
        "sealed one, in seconds; 0 for never. It finds an old row that was edited. `netral status` says when it last "
        "succeeded.",
    )
    max_body: int = Field(
        default=4 * 1024 * 1024,
        ge=64 * 1024,
        le=64 * 1024 * 1024,
        description="The largest body of a request, in bytes; a larger one is refused unread (413).",
    )
    max_requests: int = Field(
        default=256,
        ge=1,
        description="How many requests one process has at work at once; the next is answered 503 with Retry-After, and "
        "nothing of it is recorded.",
    )
    operator_account: str | None = Field(
        default=None,
        description="The account of whoever works at this command line, such as `sari`: with it they are found again "
        "as the one who recorded.",
    )
    operator_name: str | None = Field(
        default=None, description="Their name, which is sealed: it stands in no entry and can be erased."
    )
    signing_key: SecretStr = Field(
        default=SecretStr(""),
        description="The key that signs checkpoints, as 64 hexadecimal digits, where it shall lie in no file: a "
        "variable of the environment only. Several with spaces between: one that waits for its rotation, retired ones.",
    )
    database: SecretStr = Field(
        default=SecretStr(""),
        description="The PostgreSQL database that the ledger is recorded in, as `postgresql://user@host/name` "
        "(docs/postgresql.md); without it, a SQLite file in the ledger's folder. With a password in it, a variable of "
        "the environment only; better none, and a `~/.pgpass`.",
    )
    policy: Path | None = Field(
        default=None,
        description="A policy file: the witnesses with their addresses, their organisations, and the quorum that must "
        "have cosigned a checkpoint before it is published (docs/witnesses.md).",
    )
    witness_seconds: float = Field(
        default=2.0, gt=0, le=60, description="How long all witnesses together are waited for, in seconds."
    )

    mirror: str | None = Field(
        default=None,
        description="Where the published checkpoint and hash tiles are put too, for others to serve: `file:///FOLDER`, "
        "`s3://BUCKET/PREFIX`, `gs://…`, `az://…` (docs/mirrors.md).",
    )
    mirror_entries: str | None = Field(
        default=None,
        description="Where the checkpoint and the bundles of entries are put too: another place, which only auditors "
        "read.",
    )

    @property
    def secret(self) -> str:
        """The signing keys that lie in no file; empty where there are none."""
        return self.signing_key.get_secret_value()

    @property
    def database_url(self) -> str:
        """The URL of the PostgreSQL database; empty where the ledger is a file."""
        return self.database.get_secret_value()

    def in_file(self) -> Settings:
        """The same settings for a ledger that is a file in its folder, wherever else it will go."""
        return self.model_copy(update={"database": SecretStr("")})

    @field_validator("database")
    @classmethod
    def _is_a_postgresql_url(cls, told: SecretStr) -> SecretStr:
        if told.get_secret_value() and not URL.match(told.get_secret_value()):
            raise ValueError("a URL such as postgresql://user@host/name is meant")
        return told

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Variables win over what is handed in, which is what the file says."""
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings


def read_settings(folder: Path | None = None) -> Settings:
    """The settings for a ledger's folder, or for the one that they name themselves; Misconfigured says which is wrong.

    No value is repeated in an error: what was put in the wrong place may be a secret.
    """
    named = os.environ.get(CONFIG)
    if named:
        file = Path(named)
        if not file.is_file():
            raise Misconfigured(f"{CONFIG} names {file}, and there is no such file")
        return _settings(file)
    home = folder or _settings(None).data or LEDGER
    file = home / FILE
    if not file.is_file():
        return _settings(None)
    if "data" in _table(file):
        raise Misconfigured(f"{file}: data says where the ledger lies, and this file is found by it: set {PREFIX}DATA")
    return _settings(file)


def _settings(file: Path | None) -> Settings:
    told = {} if file is None else _table(file)
    if file is not None and (unknown := sorted(told.keys() - Settings.model_fields)):
        known = ", ".join(Settings.model_fields)
        raise Misconfigured(f"{file}: there is no setting {unknown[0]!r}; there are: {known} (docs/settings.md)")
    if "signing_key" in told:
        raise Misconfigured(f"{file}: a secret does not belong into a file of settings: set {PREFIX}SIGNING_KEY")
    if PASSWORD.search(str(told.get("database", ""))):
        raise Misconfigured(
            f"{file}: a password does not belong into a file of settings: set {PREFIX}DATABASE, or keep it in ~/.pgpass"
        )
    try:
        made = Settings(**told)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        variable = f"{PREFIX}{name}".upper()
        where = variable if file is None or variable in os.environ else f"{name} in {file}"
        raise Misconfigured(f"the setting {where} cannot be read: {first['msg']}") from error
    if made.database_url and os.environ.get(LIBRARY_FUNCTIONS, "").lower() not in OFF:
        raise Misconfigured(
            f"{LIBRARY_FUNCTIONS} is set: with it the event store library writes by functions of its own, which take "
            "no lock and keep no order; unset it"
        )
    return made


def _table(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as opened:
            return tomllib.load(opened)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{file} is no TOML file: {error}") from error


def document() -> str:
    """The whole of docs/settings.md."""
    rows = [(CONFIG, "", "", "The TOML file to read instead of the one in the ledger's folder.")]
    for name, field in Settings.model_fields.items():
        default = "" if field.default in (None, SecretStr("")) else f"`{field.default}`"
        rows.append((f"{PREFIX}{name}".upper(), f"`{name}`", default, field.description or ""))
    return ABOUT + "".join(
        f"| `{variable}` | {key} | {default} | {what} |\n" for variable, key, default, what in sorted(rows)
    )


if __name__ == "__main__":
    print(document(), end="")
