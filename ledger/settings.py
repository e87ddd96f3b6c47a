"""Every setting, from NETRAL_* variables; nothing else reads the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ledger.errors import Misconfigured


class Settings(BaseSettings):
    """What an operator may set without touching code."""

    model_config = SettingsConfigDict(env_prefix="NETRAL_", extra="ignore")

    data: Path = Field(default=Path("var/demo"), description="The folder of the ledger.")
    port: int = Field(default=8000, ge=1, le=65535, description="The loopback port of the API.")
    follow_seconds: float = Field(
        default=0.2, gt=0, description="How often to look for new entries to project and to seal, in seconds."
    )
    max_body: int = Field(
        default=4 * 1024 * 1024,
        ge=64 * 1024,
        le=64 * 1024 * 1024,
        description="The largest body of a request, in bytes; a larger one is refused unread (413).",
    )


def read_settings() -> Settings:
    """The settings as the environment has them; Misconfigured names the variable that cannot be read."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        variable = f"{Settings.model_config['env_prefix']}{first['loc'][0]}".upper()
        raise Misconfigured(f"the setting {variable} cannot be read: {first['msg']}") from error
