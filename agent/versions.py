"""Versions of a block as they are stored: the words, and who wrote them, why and when."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from prompts.blocks import NegativeBlock, StyleBlock

Block = TypeVar("Block", StyleBlock, NegativeBlock)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version(Generic[Block]):
    """One version of a block."""

    block: Block
    by: str
    why: str
    written_us: int
