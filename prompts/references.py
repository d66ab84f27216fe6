"""Reference images and what to take from them."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from prompts.errors import BadSheetError
from prompts.normal import clean

MOST_ASPECTS = 8
"""In one use or ignore list; a model that is told more of one image follows none of it."""

LONGEST_ASPECT = 40
"""Letters of one entry: the name of a thing, no sentence about it."""

_MARKS = re.compile(r"[!-%(-,./:-@\[-`{-~“”«»„、。・，！？：；（）।]")  # all but & ' -; vowel signs are no marks


class Dimension(StrEnum):
    """What of a reference image can be used or ignored, and is looked for in a take where a check can."""

    PALETTE = "palette"
    LIGHTING = "lighting"
    TEXTURE = "texture"
    COMPOSITION = "composition"
    BACKGROUND = "background"
    SUBJECT = "subject"
    WARDROBE = "wardrobe"
    LENS_FLARE = "lens flare"
    COLOR_CAST = "color cast"


class Role(StrEnum):
    """Whether the image guides the look or is a frame of the shot."""

    LOOK = "look"
    FIRST_FRAME = "first frame"
    LAST_FRAME = "last frame"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One image of the project with its use and ignore lists.

    An entry is a dimension (palette, lighting, texture, ...), or a few words for any other thing seen in it ("logo").

    Attributes:
        id: The stored image, by content.
        label: What the person calls it (``"1"``, ``"the alley"``).
        use: As `aspect` gives them, each once; ``ignore`` likewise. What is no `Dimension` is told to the video model
            and looked for by nobody.

    Raises:
        BadSheetError: Something is both used and ignored, is no thing of an image, or a list is too long.
    """

    id: str
    label: str
    use: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    role: Role = Role.LOOK

    def __post_init__(self) -> None:
        for name in ("use", "ignore"):
            object.__setattr__(self, name, _aspects(getattr(self, name), label=self.label))
        both = sorted(set(self.use) & set(self.ignore))
        if both:
            raise BadSheetError(f"reference {self.label}: {', '.join(both)} cannot be both used and ignored; say which")


def aspect(text: str) -> str:
    """The dimension that words for a part of an image mean, else the words themselves, cleaned.

    Raises:
        BadSheetError: There are no words or too many, or they are an instruction.
    """
    words = " ".join(_MARKS.sub(" ", clean(text).text).lower().split())
    if not words or len(words) > LONGEST_ASPECT:
        raise BadSheetError(f"{text[:80]!r}: name a part of the image in 1 to {LONGEST_ASPECT} letters")
    if words in _synonyms():
        return _synonyms()[words]
    if not _instructing().isdisjoint(words.split()):
        raise BadSheetError(f"{words!r} is no part of an image; name what is seen in it, such as 'logo'")
    return words


def own_words(aspects: Sequence[str]) -> tuple[str, ...]:
    """Those that are no dimension: no check looks for them."""
    known = {dimension.value for dimension in Dimension}
    return tuple(each for each in aspects if each not in known)


def _aspects(given: Sequence[str], *, label: str) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(aspect(each) for each in given))
    if len(named) > MOST_ASPECTS:
        raise BadSheetError(f"reference {label}: {len(named)} parts in one list; name {MOST_ASPECTS} at most")
    return named


@cache
def _synonyms() -> Mapping[str, Dimension]:
    entries = _vocabulary()["dimensions"]
    return {phrase: Dimension(name) for name, phrases in entries.items() for phrase in phrases}


@cache
def _instructing() -> frozenset[str]:
    return frozenset(_vocabulary()["instructing"]["words"])


@cache
def _vocabulary() -> dict[str, Any]:
    path = files("prompts") / "vocabulary" / "references.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
