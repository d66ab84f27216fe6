"""A script from its files: parsed strictly, with every slip named by file, line and column, and once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from interfaces.script import joining, places, vocabulary
from interfaces.script.expecting import KINDS, Part
from interfaces.script.form import NAMED, PAUSE, TAGS, Script
from interfaces.script.places import Place, ScriptError

MOST_PROBLEMS = 5  # of one script in one message; the rest shows once these are mended
FEW = 4  # known names that can be told in one breath

_TAGS = frozenset({*KINDS.values(), *TAGS.values(), PAUSE, NAMED})
_PLAIN = {
    "missing": "is missing",
    "model_type": "must be keys with values",
    "dict_type": "must be keys with values",
    "tuple_type": "must be a list",
}
_QUOTED = re.compile(r"'([^']*)'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A script, and where each part of it stands.

    Attributes:
        folder: What its files are named from.
    """

    script: Script
    folder: Path
    tree: yaml.MappingNode = field(repr=False)

    def place(self, *path: int | str) -> Place:
        """Where a part stands, or the innermost part around it that does."""
        return places.place(places.find(self.tree, path))


def read(file: Path, *, given: Mapping[str, str] | None = None) -> Written:
    """The script in a file, with what it includes and its variables filled in.

    Raises:
        ScriptError: It is missing, no YAML, or not of this form.
    """
    return _written(joining.read(file), folder=file.parent, given=given or {})


def parse(text: str, *, name: str, folder: Path = Path(), given: Mapping[str, str] | None = None) -> Written:
    """The script in a text, which can include nothing.

    Raises:
        ScriptError: It is no YAML, or not of this form.
    """
    return _written(places.compose(text, name=name), folder=folder, given=given or {})


def _written(tree: yaml.MappingNode, *, folder: Path, given: Mapping[str, str]) -> Written:
    joining.fill(tree, given)
    data = places.construct(tree)
    try:
        return Written(script=Script.model_validate(data), folder=folder, tree=tree)
    except ValidationError as error:
        found = sorted((_told(detail, tree) for detail in error.errors()), key=lambda slip: slip[0].line)
        raise ScriptError("\n".join(f"{spot}: {told}" for spot, told in found[:MOST_PROBLEMS])) from error


def _told(detail: ErrorDetails, tree: yaml.MappingNode) -> tuple[Place, str]:
    """One slip: where, and of what with what was expected."""
    context: dict[str, Any] = detail.get("ctx", {})
    path = [step for step in detail["loc"] if step not in _TAGS]
    if detail["type"] == "unknown_field":
        path += [context["under"], context["key"]]
    spot = places.place(places.find(tree, path))
    name = ".".join(map(str, path))
    return spot, f"{f'{name}: ' if name else ''}{_wanted(detail, context)}"


def _wanted(detail: ErrorDetails, context: Mapping[str, Any]) -> str:
    """What was expected in the place of what is there."""
    match detail["type"]:
        case "extra_forbidden":
            key = str(detail["loc"][-1])
            return f"there is no such key{_near(key, _keys())}"
        case "unknown_field":
            key = context["key"].partition(".")[0]
            return f"{context['of']} has no {key!r}{_near(key, _QUOTED.findall(context['expected']))}"
        case "enum" | "literal_error":
            return _one_of(str(detail["input"]), str(context["expected"]))
        case "string_type":
            return f"must be text, and YAML reads {detail['input']!r} there; put it in quotes"
        case "value_error":
            return str(context["error"])
        case kind:
            return _PLAIN.get(kind, detail["msg"])


def _one_of(word: str, expected: str) -> str:
    known = _QUOTED.findall(expected)
    if len(known) <= FEW:
        return f"must be {expected}, not {word!r}"
    return f"there is no {word!r}" + (_near(word, known) or f"; there is {', '.join(known)}")


def _near(word: str, known: list[str]) -> str:
    near = vocabulary.nearest(word, known)
    return f"; nearest: {near}" if near else ""


def _keys() -> list[str]:
    """Every key that some part of a script may have."""
    return list(dict.fromkeys(name for part in _parts(Part) for name in part.model_fields))


def _parts(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for each in kind.__subclasses__():
        yield each
        yield from _parts(each)
