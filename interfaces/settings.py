"""Settings, read once, here. With nothing set, everything runs in the sandbox."""

import os
import sys
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from agent.errors import CountersteerError

PREFIX = "COUNTERSTEER_"
SHORTEST_SECRET = 32


class BadSettingError(CountersteerError):
    """A setting cannot be used; the message names it and shows no value."""


def data_folder() -> Path:
    """Where a person's films are kept unless they say otherwise; a folder that can be found and copied."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "countersteer"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "countersteer"


class VendorSettings(BaseModel):
    """One vendor's account. ``countersteer models`` names what is missing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_url: str | None = Field(default=None, description="Another address than the vendor's own.")
    sandbox: bool | None = Field(default=None, description="Whether a stand-in answers there: its clips say sandbox.")
    secrets: dict[str, SecretStr] = Field(default_factory=dict, description="Keys, by the names `docs/wire/` gives.")
    options: dict[str, str] = Field(default_factory=dict, description="Such as Google's project and location.")
    ids: dict[str, str] = Field(default_factory=dict, description="Model name to the vendor's id, to override ours.")


class ModelSettings(BaseModel):
    """A language or vision model on an OpenAI-compatible server."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = Field(default="", description="The server's name for it; empty leaves it out.")
    usd_per_million_read: float | None = Field(default=None, ge=0, description="Its price for tokens it reads.")
    usd_per_million_written: float | None = Field(default=None, ge=0, description="Its price for tokens it writes.")


class SlackSettings(BaseModel):
    """A Slack app: the bot's token, and for each of the two doors what that one needs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bot_token: SecretStr | None = Field(default=None, description="Begins with xoxb-; both doors speak with it.")
    app_token: SecretStr | None = Field(default=None, description="Begins with xapp-; opens Socket Mode.")
    signing_secret: SecretStr | None = Field(default=None, description="Proves what arrives at /slack/events.")
    base_url: str = Field(default="https://slack.com/api/", description="Another address than Slack's own.")


class Settings(BaseSettings):
    """Everything that can be set, by environment (``COUNTERSTEER_...``, nested by ``__``) or ``.env``."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    folder: Path = Field(default_factory=data_folder, description="Where rows, clips and references are kept.")
    database_url: SecretStr | None = Field(
        default=None, description="postgresql://user@host/database, in place of the rows' file in the folder."
    )
    clips_folder: Path | None = Field(
        default=None, description="Where clips and references lie if not in the folder: one that all machines share."
    )
    workers_elsewhere: bool = Field(
        default=False, description="Page and Slack only store; `countersteer worker` processes do the work."
    )
    vendors: dict[str, VendorSettings] = Field(default_factory=dict, description="Accounts, by vendor name.")
    llm: ModelSettings = Field(default_factory=ModelSettings, description="Plans turns; the rules do without it.")
    vlm: ModelSettings = Field(default_factory=ModelSettings, description="Judges what cannot be measured.")
    openai_base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL", description="Its server.")
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY", description="Its key.")
    slack: SlackSettings = Field(default_factory=SlackSettings, description="A Slack app, as docs/slack.md makes one.")
    hooks_url: str | None = Field(default=None, description="Public address that reaches `countersteer worker`'s port.")
    hooks_secret: SecretStr | None = Field(
        default=None, description="Makes the addresses given to vendors unguessable."
    )
    token: SecretStr | None = Field(
        default=None, description="What whoever reaches `countersteer serve` from another machine must show."
    )
    references_by_url: bool = Field(
        default=False, description="Whether a reference image may be fetched from a public https address."
    )
    share_learning: bool = Field(
        default=False, description="Whether the choice of models learns from the takes of other films too."
    )
    sandbox_pace: float = Field(default=0.01, gt=0, le=1, description="Waits in the sandbox, against the vendors'.")
    sandbox_seed: int = Field(default=7, description="Another seed gives other sandbox clips.")
    log: Literal["lines", "json"] = Field(default="lines", description="Form of `countersteer.log`.")
    sandbox_url: str | None = Field(default=None, description="A running `countersteer sandbox` to use instead.")

    @model_validator(mode="after")
    def _hooks_are_whole(self) -> Self:
        if self.hooks_url is not None and len(_plain(self.hooks_secret)) < SHORTEST_SECRET:
            raise ValueError(
                f"{PREFIX}HOOKS_URL needs {PREFIX}HOOKS_SECRET beside it, {SHORTEST_SECRET} signs or more that nobody "
                "can guess"
            )
        return self

    @property
    def live(self) -> frozenset[str]:
        """Vendors that anything is set for; without any, the stand-ins answer."""
        return frozenset(self.vendors)


def read() -> Settings:
    """The settings of this process.

    Raises:
        BadSettingError: One cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        told = "; ".join(f"{_variable(each['loc'])}: {each['msg']}" for each in error.errors(include_input=False))
        raise BadSettingError(f"a setting cannot be used: {told}") from None  # the cause repeats the values
    except SettingsError as error:
        raise BadSettingError(f"a setting cannot be used: {error}; it is read as JSON") from None


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def _variable(path: tuple[int | str, ...]) -> str:
    """The environment variable behind a field."""
    name = "__".join(str(step) for step in path).upper()
    return name if name.startswith("OPENAI_") else f"{PREFIX}{name}"
