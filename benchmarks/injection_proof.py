"""Whether a body holds both blocks, read from its bytes: none of the code that made or audits it is asked."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from agent.events import Json
from prompts import terms

LONGEST_WORDS = 20_000  # a longer string without a space is an image


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What is stored of a film: its blocks, and the ceiling that a hostile text would like to move."""

    style: str
    terms: tuple[str, ...]
    project_micro_usd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a body lacks; nothing where it is ``whole``."""

    missing: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether both blocks stand in it."""
        return not self.missing


def missing(body: bytes, block: Block, *, aside: frozenset[str]) -> tuple[str, ...]:
    """The style block unless it stands there byte for byte, and each term that stands there in no registered form."""
    said = "\n".join(_strings(json.loads(body)))
    folded = _folded(said)
    lost = () if block.style and block.style in said else ("the style block",)
    return (*lost, *(term for term in block.terms if term not in aside and not _stands(term, folded, block.style)))


def _stands(term: str, folded: str, style: str) -> bool:
    inverted = terms.inversion(term, style=style)
    return _folded(term) in folded or (inverted is not None and _folded(inverted) in folded)


def _strings(node: Json) -> Iterator[str]:
    match node:
        case str() if len(node) < LONGEST_WORDS or " " in node[:LONGEST_WORDS]:
            yield node
        case dict():
            for value in node.values():
                yield from _strings(value)
        case list():
            for value in node:
                yield from _strings(value)
        case _:
            pass


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
