"""What a script may name: kinds of events with their fields, and what a shot and a film can be asked for."""

import difflib
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from agent.events import What

MICRO, DOLLARS = "_micro_usd", "_usd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of event.

    Attributes:
        words: What a person calls one.
    """

    words: str
    fields: tuple[str, ...]


@cache
def events() -> Mapping[What, Kind]:
    """Every kind of event with the fields its data may hold."""
    return {
        What(name): Kind(words=entry["words"], fields=(*_with_dollars(entry["fields"]), "shot"))
        for name, entry in _table()["events"].items()
    }


@cache
def shot_fields() -> Mapping[str, str]:
    """What a shot can be asked for, with what that is."""
    return dict(_table()["shot"])


@cache
def film_fields() -> Mapping[str, str]:
    """The same for a film."""
    return dict(_table()["film"])


def nearest(word: str, known: Collection[str]) -> str:
    """The known name most like a word; empty where none is."""
    return next(iter(difflib.get_close_matches(word, known, n=1)), "")


def _with_dollars(fields: Collection[str]) -> tuple[str, ...]:
    dollars = (name.removesuffix(MICRO) + DOLLARS for name in fields if name.endswith(MICRO))
    return (*fields, *dollars)


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    text = resources.files("interfaces").joinpath("script", "fields.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
