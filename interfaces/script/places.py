"""Where the parts of a script stand: YAML as nodes that know their file, line and column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import yaml
from yaml.composer import ComposerError

from agent.errors import CountersteerError

Path = Sequence[int | str]

HELPS = {
    "mapping values are not allowed": "put a text with ': ' in it into quotes",
    "found character '\\t'": "indent with blanks, not with tabs",
    "could not find expected ':'": "write a key as name: value",
    "expected <block end>": "indent what belongs together alike",
}
"""What to write instead, by what PyYAML says."""


class ScriptError(CountersteerError):
    """The script cannot be read; the message names file, line, column and path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A spot in a file, counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Loader(yaml.SafeLoader):
    """Plain YAML without repeats: they could blow a small file up, and variables do what they are for."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node."""
        if self.check_event(yaml.AliasEvent):
            event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]  # of PyYAML's stubs
            why = "found *name, and repeats are not read here; use variables"
            raise ComposerError(None, None, why, cast(yaml.Mark, event.start_mark))
        return super().compose_node(parent, index)


def compose(text: str, *, name: str) -> yaml.MappingNode:
    """The text as nodes.

    Raises:
        ScriptError: It is no YAML, no keys with values, or says a key twice.
    """
    try:
        root = _root(text, name)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        wanted = " ".join(str(part) for part in (error.context, error.problem) if part)
        helps = "".join(f"; {advice}" for problem, advice in HELPS.items() if problem in wanted)
        raise ScriptError(f"{_place(mark, name)}: no YAML: {wanted}{helps}") from error
    except (yaml.YAMLError, RecursionError) as error:
        told = "it is nested too deeply" if isinstance(error, RecursionError) else " ".join(str(error).split())
        raise ScriptError(f"{name}:1:1: no YAML: {told}") from error
    if not isinstance(root, yaml.MappingNode):
        raise ScriptError(f"{_place(root.start_mark if root else None, name)}: a script must be keys with values")
    for key in _said_twice(root):
        raise ScriptError(f"{place(key)}: {key.value} is there twice, and only one of them could count")
    return root


def _root(text: str, name: str) -> yaml.Node | None:
    loader = Loader(text)
    loader.name = name  # every mark carries it, also after files are joined
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def construct(root: yaml.MappingNode) -> object:
    """The nodes as plain values.

    Raises:
        ScriptError: A value is none that YAML knows.
    """
    loader = Loader("")
    try:
        return loader.construct_document(root)
    except (yaml.MarkedYAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None) or root.start_mark
        raise ScriptError(f"{_place(mark, '')}: no YAML: {getattr(error, 'problem', error)}") from error
    finally:
        loader.dispose()


def place(node: yaml.Node) -> Place:
    """Where a node begins."""
    return _place(node.start_mark, "")


def find(root: yaml.Node, path: Path) -> yaml.Node:
    """The innermost part of a path that is there at all; of a key its name, since that is where one looks."""
    node = shown = root
    for step in path:
        found = _child(node, step)
        if found is None:
            break
        shown, node = found
    return shown


def _place(mark: yaml.Mark | None, name: str) -> Place:
    if mark is None:
        return Place(file=name, line=1, column=1)
    return Place(file=mark.name or name, line=mark.line + 1, column=mark.column + 1)


def _child(node: yaml.Node, step: int | str) -> tuple[yaml.Node, yaml.Node] | None:
    """What to point at for a step, and where to go on from."""
    if isinstance(node, yaml.MappingNode):
        return next((pair for pair in node.value if pair[0].value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _said_twice(node: yaml.Node) -> Iterator[yaml.Node]:
    """Every key that its mapping has already."""
    if isinstance(node, yaml.MappingNode):
        known: set[str] = set()
        for key, value in node.value:
            if str(key.value) in known:
                yield key
            known.add(str(key.value))
            yield from _said_twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _said_twice(child)
