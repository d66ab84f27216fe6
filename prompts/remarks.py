"""What is odd about a block before any money is spent: one remark per oddity, with advice."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a remark is about."""

    DUPLICATE = "duplicate"
    OVERLONG = "overlong"
    CONTRADICTION_STYLE = "contradiction_style"
    CONTRADICTION_SHOT = "contradiction_shot"
    WEIGHT_SYNTAX = "weight_syntax"
    NEGATION_PREFIX = "negation_prefix"
    FOREIGN_SYNTAX = "foreign_syntax"
    INVERTED = "inverted"
    EMPTY_ENTRY = "empty_entry"
    INVISIBLE_TEXT = "invisible_text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One oddity.

    Attributes:
        terms: The entries it is about, as they stand in the block.
        sentence: What was noticed.
        advice: What to do about it.
    """

    kind: Kind
    terms: tuple[str, ...]
    sentence: str
    advice: str
