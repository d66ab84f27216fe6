"""Finding words in a request's body: string leaves by JSON pointer, and the place of each negative in them."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
"""Any value of a JSON text."""

_SEPARATOR = ", "
"""Between two entries of a negative field."""


def leaves(body: str) -> Mapping[str, str]:
    """Every string in a JSON text by its pointer (RFC 6901), in document order.

    Raises:
        ValueError: It is no JSON.
    """
    return dict(_leaves(json.loads(body), ""))


def tail_start(text: str) -> int:
    """Where the last line begins, the only one negatives may stand in; the end of the text if it has one line."""
    newline = text.rfind("\n")
    return len(text) if newline < 0 else newline + 1


def in_tail(text: str, wordings: Sequence[str]) -> tuple[int | None, ...]:
    """Where each wording stands in the last line, or ``None``.

    No place is given twice, and the longest choose first: "text" is not found in the "text overlay" beside it.
    """
    found: dict[int, int] = {}
    free = text
    for number in sorted(range(len(wordings)), key=lambda number: -len(wordings[number])):
        wording = wordings[number]
        hit = re.compile(rf"(?<!\w){re.escape(wording)}(?!\w)").search(free, tail_start(text))
        if hit is not None:
            found[number] = hit.start()
            free = free[: hit.start()] + "_" * len(wording) + free[hit.end() :]
    return tuple(found.get(number) for number in range(len(wordings)))


def in_field(field: str, wording: str) -> int | None:
    """Where a wording stands in a negative field as an entry of its own, or ``None``."""
    start = 0
    for entry in field.split(_SEPARATOR):
        if entry == wording:
            return start
        start += len(entry) + len(_SEPARATOR)
    return None


def _leaves(node: Json, pointer: str) -> Iterator[tuple[str, str]]:
    match node:
        case str():
            yield pointer, node
        case dict():
            for name, value in node.items():
                yield from _leaves(value, f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}")
        case list():
            for number, value in enumerate(node):
                yield from _leaves(value, f"{pointer}/{number}")
        case _:
            return
