"""The form of a conversation script: YAML, parsed strictly, with errors that name the line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StrictStr, ValidationError, model_validator

from agent.errors import CountersteerError
from agent.events import What
from prompts.references import Role
from tools.sandbox.faultplan import Rule

MOST_PROBLEMS = 5  # of one file in one message; the rest shows once these are mended


class ScriptError(CountersteerError):
    """The script cannot be read; the message names file, line and path."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Negatives(_Part):
    """The negative block, layer by layer."""

    format: tuple[StrictStr, ...] = ()
    anatomy: tuple[StrictStr, ...] = ()
    quality: tuple[StrictStr, ...] = ()


class ReferenceFile(_Part):
    """A reference image beside the script, or a plate the sandbox draws.

    Attributes:
        plate: Numbers differ in what they show; plates exist for rehearsals only.
        known_as: Vendor to the id the image is registered under there.
    """

    label: StrictStr
    file: StrictStr | None = None
    plate: int | None = Field(default=None, ge=1)
    use: tuple[StrictStr, ...] = ()
    ignore: tuple[StrictStr, ...] = ()
    role: Role = Role.LOOK
    known_as: dict[StrictStr, StrictStr] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_picture(self) -> "ReferenceFile":
        if (self.file is None) == (self.plate is None):
            raise ValueError("give either a file or a plate")
        return self


class Money(_Part):
    """Ceilings in US dollars; what is left out keeps the default."""

    shot_usd: float | None = Field(default=None, ge=0)
    project_usd: float | None = Field(default=None, ge=0)
    ask_above_usd: float | None = Field(default=None, ge=0)
    shot_worth_usd: float | None = Field(default=None, ge=0)
    takes_per_shot: int | None = Field(default=None, ge=1)


class Expectation(_Part):
    """One event that must come, after those named before it; others may come between.

    Attributes:
        where: Values the event's data must hold: equal, or contained where the value is a text or list. ``key.max`` and
            ``key.min`` bound a figure.
    """

    event: What
    where: dict[str, Any] = Field(default_factory=dict)


class Turn(_Part):
    """One message and what must follow; without ``user`` it only waits.

    Attributes:
        wait: Whether the next turn waits until every shot has come to rest.
    """

    user: StrictStr | None = None
    wait: bool = True
    expect: tuple[Expectation, ...] = ()


class Script(_Part):
    """A conversation from first word to last."""

    version: Literal[1]
    name: StrictStr
    project: StrictStr
    style: StrictStr | None = None
    motion: StrictStr = ""
    negatives: Negatives | None = None
    references: tuple[ReferenceFile, ...] = ()
    money: Money = Money()
    seed: int | None = None
    faults: tuple[Rule, ...] = ()
    turns: tuple[Turn, ...]
    always: tuple[Literal["blocks_on_every_prompt"], ...] = ("blocks_on_every_prompt",)

    @model_validator(mode="after")
    def _says_something(self) -> "Script":
        if not self.turns:
            raise ValueError("a script needs at least one turn")
        return self


def read(file: Path) -> Script:
    """The script in a file.

    Raises:
        ScriptError: It is missing, no YAML, or not of this form.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise ScriptError(f"{file} cannot be read ({reason}); name a YAML file") from error
    return parse(text, name=str(file))


def parse(text: str, *, name: str) -> Script:
    """The script in a text.

    Raises:
        ScriptError: It is no YAML, or not of this form.
    """
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ScriptError(f"{name} is no YAML: {' '.join(str(error).split())}") from error
    for line, key in _said_twice(tree):
        raise ScriptError(f"{name}:{line}: {key} is there twice, and only one of them could count")
    try:
        return Script.model_validate(data)
    except ValidationError as error:
        told = "; ".join(
            f"{name}:{_line(tree, detail['loc'])}: {_path(detail['loc'])}{_WORDS.get(detail['type'], detail['msg'])}"
            for detail in error.errors(include_input=False)[:MOST_PROBLEMS]
        )
        raise ScriptError(told) from error


def _said_twice(node: yaml.Node | None) -> Iterator[tuple[int, str]]:
    """Line and name of every key that its mapping has already."""
    if isinstance(node, yaml.MappingNode):
        known: set[str] = set()
        for key, value in node.value:
            if key.value in known:
                yield key.start_mark.line + 1, str(key.value)
            known.add(str(key.value))
            yield from _said_twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _said_twice(child)


_WORDS = {
    "extra_forbidden": "there is no such key",
    "missing": "is missing",
    "model_type": "must be keys with values",
}


def _path(steps: tuple[int | str, ...]) -> str:
    return f"{'.'.join(map(str, steps))}: " if steps else ""


def _line(tree: yaml.Node | None, path: tuple[int | str, ...]) -> int:
    """The line on which the innermost part of a path stands that is there at all."""
    node, line = tree, 1
    for step in path:
        node = _child(node, step)
        if node is None:
            break
        line = node.start_mark.line + 1
    return line


def _child(node: yaml.Node | None, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        pairs: list[tuple[yaml.Node, yaml.Node]] = node.value
        return next((value for key, value in pairs if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        children: list[yaml.Node] = node.value
        return children[step]
    return None
