"""What a turn is expected to lead to: events in their order, how it was understood, how a shot and the film stand."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, cast, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StrictInt,
    StrictStr,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from agent.events import What
from agent.intents import Intent
from interfaces.script import vocabulary

INTENTS = tuple(sorted(str(kind.__dataclass_fields__["kind"].default) for kind in get_args(get_args(Intent)[0])))

Where = Annotated[
    dict[StrictStr, Any],
    Field(
        description="Values it must have: equal, or contained where it is a text or a list. `name.max` and `name.min` "
        "bound a figure; `name.key` looks into a table."
    ),
]


class Part(BaseModel):
    """What every part of a script has in common: nothing in it changes, and nothing else may stand in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Came(Part):
    """One event that must come, after those named before it; others may come between."""

    event: What = Field(description="Kind of the event.")
    where: Where = Field(default_factory=dict)

    @model_validator(mode="after")
    def _names_what_is_told(self) -> "Came":
        _refuse_strangers(self.where, vocabulary.events()[self.event].fields, of=self.event, under="where")
        return self


def _intent(name: str) -> str:
    if name not in INTENTS:
        raise PydanticCustomError("enum", "no such intent", {"expected": ", ".join(map(repr, INTENTS))})
    return name


class Understood(Part):
    """What the turn must have been understood as, among other things."""

    intent: Annotated[StrictStr, AfterValidator(_intent), WithJsonSchema({"enum": list(INTENTS)})]


class ShotStands(Part):
    """How a shot must stand after the turn."""

    shot: StrictInt | StrictStr = Field(description="Its number, or words that its action, and no other's, contains.")
    where: Where

    @model_validator(mode="after")
    def _names_what_it_has(self) -> "ShotStands":
        _refuse_strangers(self.where, vocabulary.shot_fields(), of="shot", under="where")
        return self


class FilmStands(Part):
    """How the film must stand after the turn."""

    film: Where

    @model_validator(mode="after")
    def _names_what_it_has(self) -> "FilmStands":
        _refuse_strangers(self.film, vocabulary.film_fields(), of="film", under="film")
        return self


KINDS = {"event": "<event>", "intent": "<intent>", "shot": "<shot>", "film": "<film>"}
"""Key to the tag of its kind; tags stand in the paths of errors and are taken out of them again."""


def _kind(value: object) -> str:
    keys = list(cast(Mapping[str, object], value)) if isinstance(value, Mapping) else []
    return next((KINDS[key] for key in keys if key in KINDS), KINDS["event"])


Expectation = Annotated[
    Annotated[Came, Tag(KINDS["event"])]
    | Annotated[Understood, Tag(KINDS["intent"])]
    | Annotated[ShotStands, Tag(KINDS["shot"])]
    | Annotated[FilmStands, Tag(KINDS["film"])],
    Discriminator(_kind),
]
"""Any of them, told apart by its first key, so that one slip is reported once."""


def _refuse_strangers(where: Mapping[str, Any], known: Iterable[str], *, of: str, under: str) -> None:
    names = tuple(known)
    for key in where:
        if key.partition(".")[0] not in names:
            raise PydanticCustomError(
                "unknown_field", "unknown field", {"of": of, "key": key, "under": under, "expected": repr(names)}
            )
