"""The form a video model takes its words in: limits, channels, wording. Facts only; one per model profile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from prompts.blocks import Layer


class Channel(StrEnum):
    """How a negative term reaches a model."""

    FIELD = "field"
    CLAUSE = "clause"
    INVERTED = "inverted"


class Unit(StrEnum):
    """What a model counts its prompt limit in."""

    CHARACTERS = "characters"
    UTF16 = "UTF-16 units"
    TOKENS = "tokens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How to write for one model.

    Attributes:
        channels: Channel per layer. Layers left out take ``channel``.
        clause: The sentence a clause is written as, with ``$terms``, e.g. ``"Avoid: $terms."``.
        each: Repeat the clause per term (``"No $terms."``) instead of once for the list.
        always_clause: Canonical ids that go to the clause even where their layer is inverted, because the vendor
            documents a wording for them.
        forbids_negative: No negative wording at all in the text: a term without an inversion is an error to show
            before spending, not a clause.
        limit: Longest prompt text in ``unit``; ``None`` where none is published.
        field_limit: Longest negative field in characters.
        carried: The vendor's own default negatives, which a field of ours would replace.
        names_reference: How the text names image n, e.g. ``"Image $n"`` or ``"the $ordinal image"``; ``None`` where it
            cannot be addressed. Looks are counted by themselves, whatever frames there are.
        max_references: How many look references the model's body takes.
        motion_only: Whether the vendor advises words about movement alone beside a first frame.
        drops: Character runs the model would read as syntax (``"--"``); removed from free text, and reported.
    """

    channel: Channel
    channels: Mapping[Layer, Channel] = field(default_factory=dict[Layer, Channel])
    clause: str = "Avoid: $terms."
    each: bool = False
    always_clause: frozenset[str] = frozenset()
    forbids_negative: bool = False
    limit: int | None = None
    unit: Unit = Unit.CHARACTERS
    field_limit: int | None = None
    carried: tuple[str, ...] = ()
    names_reference: str | None = None
    max_references: int = 0
    motion_only: bool = False
    drops: tuple[str, ...] = ()
