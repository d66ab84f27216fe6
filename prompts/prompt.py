"""The Prompt: sheet, both blocks and reference instructions, frozen, with a digest; knows no vendor."""

import hashlib
import json
from dataclasses import asdict, dataclass

from prompts.blocks import StyleBlock, Term
from prompts.errors import EmptyBlockError
from prompts.references import Reference, Role
from prompts.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """Everything one shot says, for any model. Built by `prompts.assemble.assemble` only.

    Attributes:
        terms: Every negative in force: the block's, then the shot's own, less the exempted.
        negative_version: Version of the negative block the terms were read from.
        exempt: Terms of the block set aside for this one shot, kept for the record.

    Raises:
        EmptyBlockError: No style, or no negative left in force.
    """

    sheet: Sheet
    style: StyleBlock
    terms: tuple[Term, ...]
    negative_version: int
    exempt: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

    def __post_init__(self) -> None:
        if not self.style.text.strip():
            raise EmptyBlockError(block="style")
        if not self.terms:
            raise EmptyBlockError(block="negative", what="has no term left in force for this shot")

    @property
    def starts_on_a_frame(self) -> bool:
        """Whether the shot has a first frame."""
        return any(reference.role is Role.FIRST_FRAME for reference in self.references)

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of all of it; a re-route keeps it.

        What is empty is left out, so a field that is added one day does not change the digests of earlier prompts.
        """
        said = asdict(self, dict_factory=lambda pairs: {name: value for name, value in pairs if value})
        canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
