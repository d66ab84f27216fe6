"""Includes and variables: the files of a script as one tree, whose nodes still know where each of them stands."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from interfaces.script import vocabulary
from interfaces.script.places import Loader, ScriptError, compose, find, place

JOINED = frozenset({"references", "faults", "turns"})
MERGED = frozenset({"variables", "money"})
MOST_FILES = 100
MOST_BYTES = 1 << 20

_HOLE = re.compile(r"(\$?)\$\{([^}\n]*)\}")


def read(file: Path) -> yaml.MappingNode:
    """A file with all that it includes.

    Raises:
        ScriptError: One cannot be read, lies outside of the first one's folder, or includes itself.
    """
    return _Files(file).read(file, chain=())


def fill(root: yaml.MappingNode, given: Mapping[str, str]) -> None:
    """Put the variables in where they are named: what is given from outside first, then what the script says.

    Raises:
        ScriptError: One is unknown, or has no value.
    """
    values = dict(_pairs(root, "variables"))
    strangers = given.keys() - values.keys()
    if strangers:
        there = ", ".join(values) or "none"
        raise ScriptError(f"there is no variable {', '.join(sorted(strangers))} to set; the script has: {there}")
    values |= {name: _said(name, text) for name, text in given.items()}
    for key, value in root.value:
        if key.value != "variables":
            _fill(value, values)


class _Files:
    """The files of one script."""

    def __init__(self, first: Path) -> None:
        self._folder = first.resolve().parent
        self._first = first
        self._count = 0

    def read(self, file: Path, *, chain: tuple[Path, ...], named: str = "") -> yaml.MappingNode:
        self._count += 1
        if self._count > MOST_FILES:
            raise ScriptError(f"{self._first} includes more than {MOST_FILES} files; join some of them")
        chain = (*chain, file.resolve())
        root = compose(_text(file, named=named), name=str(file))
        include = _value(root, "include")
        for each in include.value if isinstance(include, yaml.SequenceNode) else ():
            theirs = self.read(self._named(each, file, chain), chain=chain, named=f"{place(each)}: include: ")
            _join(root, theirs)
        return root

    def _named(self, node: yaml.Node, file: Path, chain: tuple[Path, ...]) -> Path:
        """The included file, if it may be."""
        name = node.value if isinstance(node, yaml.ScalarNode) else ""
        wanted = file.parent / name
        if not name or Path(name).is_absolute() or not wanted.resolve().is_relative_to(self._folder):
            raise ScriptError(f"{place(node)}: include: {name!r} is no file below the script's own folder")
        if wanted.resolve() in chain:
            names = [each.name for each in (*chain[chain.index(wanted.resolve()) :], wanted.resolve())]
            raise ScriptError(f"{place(node)}: include: it would never end: {' -> '.join(names)}")
        return self._at_home(wanted)

    def _at_home(self, file: Path) -> Path:
        """The shortest name for it, without ways up and down again."""
        return self._first.parent / file.resolve().relative_to(self._folder)


def _join(root: yaml.MappingNode, theirs: yaml.MappingNode) -> None:
    """Add what an included file says; what the including one says wins."""
    _bring_home(root, theirs)
    for key, value in theirs.value:
        own = _value(root, key.value)
        if key.value == "include":
            continue
        if own is None:
            root.value.append((key, value))
        elif key.value in JOINED and isinstance(own, yaml.SequenceNode) and isinstance(value, yaml.SequenceNode):
            own.value[:0] = value.value
        elif key.value in MERGED and isinstance(own, yaml.MappingNode) and isinstance(value, yaml.MappingNode):
            known = {mine.value for mine, _ in own.value}
            own.value += [pair for pair in value.value if pair[0].value not in known]


def _bring_home(root: yaml.MappingNode, theirs: yaml.MappingNode) -> None:
    """Name the pictures of an included file from the folder of the including one."""
    way = os.path.relpath(Path(place(theirs).file).parent, Path(place(root).file).parent)
    references = _value(theirs, "references")
    for each in references.value if isinstance(references, yaml.SequenceNode) and way != "." else ():
        file = _value(each, "file")
        if isinstance(file, yaml.ScalarNode):
            file.value = str(Path(way) / file.value)


def _text(file: Path, *, named: str) -> str:
    """What is in a file; where it cannot be read, where it was named is told."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ScriptError(f"{named}{file} cannot be read ({error.strerror}); name a YAML file") from error
    if len(data) > MOST_BYTES:
        raise ScriptError(f"{named}{file} has more than {MOST_BYTES:,} bytes; a script is a conversation, no data set")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScriptError(f"{named}{file} cannot be read (it is no UTF-8 text); name a YAML file") from error


def _value(node: yaml.Node, name: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for key, value in pairs if key.value == name), None)


def _pairs(root: yaml.MappingNode, name: str) -> list[tuple[str, yaml.Node]]:
    node = _value(root, name)
    return [(str(key.value), value) for key, value in node.value] if isinstance(node, yaml.MappingNode) else []


def _said(name: str, text: str) -> yaml.Node:
    """A value given from outside, read as it would be in the script."""
    node = find(compose(f"value: {text}", name=f"--set {name}"), ())
    value = _value(node, "value")
    if not isinstance(value, yaml.ScalarNode):
        raise ScriptError(f"--set {name}: {text!r} is no single value; put it in quotes")
    return value


def _fill(node: yaml.Node, values: Mapping[str, yaml.Node]) -> None:
    if isinstance(node, yaml.ScalarNode):
        _fill_scalar(node, values)
    for child in node.value if isinstance(node, yaml.SequenceNode) else ():
        _fill(child, values)
    for _, child in node.value if isinstance(node, yaml.MappingNode) else ():
        _fill(child, values)


def _fill_scalar(node: yaml.ScalarNode, values: Mapping[str, yaml.Node]) -> None:
    """A text that is nothing but a variable becomes its value, whatever that is; in a longer one it is text."""
    if _HOLE.search(node.value) is None:
        return
    whole = _HOLE.fullmatch(node.value)
    if whole and not whole[1]:
        value = _known(node, whole[2], values)
        node.tag, node.value = value.tag, value.value
        return
    node.value = _HOLE.sub(lambda hole: _word(node, hole, values), node.value)
    node.tag = Loader.DEFAULT_SCALAR_TAG


def _word(node: yaml.Node, hole: re.Match[str], values: Mapping[str, yaml.Node]) -> str:
    return f"${{{hole[2]}}}" if hole[1] else str(_known(node, hole[2], values).value)


def _known(node: yaml.Node, name: str, values: Mapping[str, yaml.Node]) -> yaml.ScalarNode:
    value = values.get(name)
    if not isinstance(value, yaml.ScalarNode):
        near = vocabulary.nearest(name, values)
        hint = f"; nearest: {near}" if near else f"; write $${{{name}}} for the words themselves"
        raise ScriptError(f"{place(node)}: there is no variable {name!r}{hint}")
    if value.tag == "tag:yaml.org,2002:null":
        raise ScriptError(f"{place(node)}: the variable {name} has no value; give it one with --set {name}=...")
    return value
