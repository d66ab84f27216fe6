"""Two requests for the same job, field by field."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from pydantic import JsonValue

from tests.clients.door import Asked

ABSENT = "absent"
SOMETHING = "something"
FOLLOWS = ("host", "content-length")
"""Headers that say nothing of their own: they follow from the address and the body."""

Fields = Mapping[str, str]
"""Name to value as JSON text; ``body.content.0.role`` and the like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One field that is not the same in both requests.

    Attributes:
        client: The value the vendor's client sends as JSON text, or `ABSENT`; ``ours`` likewise.
    """

    operation: str
    field: str
    client: str
    ours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A difference that is meant.

    Attributes:
        client: JSON text, `ABSENT`, or `SOMETHING` for any value but null; ``ours`` likewise.
        why: A sentence for the document.
    """

    fields: tuple[str, ...]
    client: str
    ours: str
    why: str

    def explains(self, gap: Gap) -> bool:
        """Whether this is the difference that was found."""
        return gap.field in self.fields and _is(gap.client, self.client) and _is(gap.ours, self.ours)


def gaps(operation: str, client: Asked, ours: Asked) -> tuple[Gap, ...]:
    """Every field that differs, the body's unset ones and the headers included."""
    theirs, mine = fields(client), fields(ours)
    return tuple(
        Gap(operation=operation, field=name, client=theirs.get(name, ABSENT), ours=mine.get(name, ABSENT))
        for name in sorted({*theirs, *mine})
        if theirs.get(name) != mine.get(name)
    )


def fields(asked: Asked) -> Fields:
    """Everything a request says."""
    return {
        "method": json.dumps(asked.method),
        "path": json.dumps(asked.path),
        **{
            f"query.{name}": ", ".join(values) for name, values in parse_qs(asked.query, keep_blank_values=True).items()
        },
        **{f"header.{name}": json.dumps(value) for name, value in asked.headers.items() if name not in FOLLOWS},
        **(dict(_leaves("body", json.loads(asked.body))) if asked.body else {}),
    }


def _leaves(name: str, value: JsonValue) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _leaves(f"{name}.{key}", inner)
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value):
            yield from _leaves(f"{name}.{number}", inner)
    else:
        yield name, json.dumps(value, ensure_ascii=False)


def _is(value: str, wanted: str) -> bool:
    return value not in (ABSENT, "null") if wanted == SOMETHING else value == wanted
