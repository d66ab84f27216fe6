"""What the official Runway client (runwayml 5.24.0) types of each model's body: the authority on its fields [S]."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Required, get_args, get_origin, get_type_hints

from pydantic.alias_generators import to_camel
from runwayml.types import image_to_video_create_params, text_to_video_create_params

UNIONS = {
    "text_to_video": text_to_video_create_params.TextToVideoCreateParams,
    "image_to_video": image_to_video_create_params.ImageToVideoCreateParams,
}


@dataclass(frozen=True, kw_only=True)
class Typed:
    """One model's body of one kind, spelled as on the wire.

    Attributes:
        choices: Field to the values it is closed to; a field of open type is no key.
    """

    fields: frozenset[str]
    required: frozenset[str]
    choices: dict[str, frozenset[object]]


@cache
def typed(kind: str, model: str) -> Typed | None:
    """What the client types for that model; ``None`` where it has no such request."""
    for shape in get_args(UNIONS[kind]):
        hints: dict[str, Any] = get_type_hints(shape, include_extras=True)
        if model in _literals(hints["model"]):
            return Typed(
                fields=frozenset(map(to_camel, hints)),
                required=frozenset(to_camel(name) for name, hint in hints.items() if get_origin(hint) is Required),
                choices={
                    to_camel(name): frozenset(values) for name, hint in hints.items() if (values := _closed(hint))
                },
            )
    return None


def _closed(hint: Any) -> list[object]:
    """The values of a type that is nothing but a list of values."""
    if get_origin(hint) is Literal:
        return _literals(hint)
    wrapped = get_origin(hint) is Required or hasattr(hint, "__metadata__")
    return _closed(get_args(hint)[0]) if wrapped else []


def _literals(hint: Any) -> list[object]:
    inner = get_args(hint)
    return [value for each in inner for value in _literals(each)] if inner else [hint]
