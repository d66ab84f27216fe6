"""A Prompt in one model's form, and what happened to it on the way."""

from dataclasses import dataclass
from enum import StrEnum

from prompts.blocks import Layer
from prompts.dialect import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where one negative term went.

    Attributes:
        wording: What stands in the text or field for it: the term itself, or its registered inversion.
    """

    term: str
    layer: Layer
    channel: Channel
    wording: str


class Change(StrEnum):
    """What may be done to a prompt and its images on the way to a model; each is told to the person before spending."""

    CUT = "cut"
    MOVED = "moved"
    STRIPPED = "stripped"
    LEFT_OUT = "left out"
    CARRIED = "carried over"
    SWAPPED = "swapped"  # the motion text stands for the whole style
    ADVISED = "advised"  # nothing was changed, but something could be
    PREPARED = "prepared"  # an image was made to fit


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One change, in a sentence for the person."""

    change: Change
    part: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """What a model will be told.

    Attributes:
        text: The positive text with style, clauses and inversions in it.
        negative_field: Content of the vendor's negative field; ``None`` where the model has none.
        style: The style block exactly as it stands in ``text``: the whole one, or its motion text.
        placements: One per term of the prompt, in its order.
        notes: All that was cut, moved or left out.
    """

    text: str
    negative_field: str | None
    style: str
    placements: tuple[Placement, ...]
    notes: tuple[Note, ...] = ()
