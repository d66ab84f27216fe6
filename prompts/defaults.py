"""The blocks a new project starts from."""

import tomllib
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from prompts.blocks import NegativeBlock, StyleBlock


class _Style(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str


class _Negative(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    format: tuple[str, ...]
    anatomy: tuple[str, ...]
    quality: tuple[str, ...]


class _Defaults(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    style: _Style
    negative: _Negative


def style(*, version: int = 1) -> StyleBlock:
    """The hand-painted look."""
    return StyleBlock(text=_defaults().style.text.strip(), version=version)


def negative(*, version: int = 1) -> NegativeBlock:
    """Twelve terms in three layers."""
    given = _defaults().negative
    return NegativeBlock(format=given.format, anatomy=given.anatomy, quality=given.quality, version=version)


@cache
def _defaults() -> _Defaults:
    text = resources.files("prompts").joinpath("vocabulary", "defaults.toml").read_text(encoding="utf-8")
    return _Defaults.model_validate(tomllib.loads(text))
