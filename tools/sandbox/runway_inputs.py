"""What the fields of Runway's bodies hold: texts counted in UTF-16 units, images and their places.

As the official client 5.24.0 types them [S]; sizes of data URIs from the vendor's page on inputs [D], 2026-11-20.
"""

from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from tools.sandbox import stills
from tools.sandbox.wire import Strict

MOST_DATA_URI = 5 * 1024 * 1024  # characters, once encoded [D]
ENDS = (["first"], ["first", "last"])


def _utf16(limit: int) -> AfterValidator:
    def check(text: str) -> str:
        if len(text.encode("utf-16-le", "surrogatepass")) // 2 > limit:
            raise PydanticCustomError("too_big", "String must contain at most {limit} character(s)", {"limit": limit})
        return text

    return AfterValidator(check)


def _reachable(uri: str) -> str:
    if uri.startswith("data:") and (len(uri) >= MOST_DATA_URI or stills.from_data_uri(uri) is None):
        raise PydanticCustomError("custom", "Data URI must hold an image and be under 5MB")
    return uri


Uri = Annotated[str, Field(pattern=r"(?s)^(https://|runway://|data:image/).+"), AfterValidator(_reachable)]
Seed = Annotated[int, Field(ge=0, lt=2**32)]
Scale = Annotated[float, Field(ge=0, le=1)]
Short = Annotated[str, Field(min_length=1), _utf16(1000)]
Long = Annotated[str, Field(min_length=1), _utf16(3500)]
Longest = Annotated[str, Field(min_length=1), _utf16(15_000)]
Endless = Annotated[str, Field(min_length=1)]  # no limit is published
Negative = Annotated[str, _utf16(1000)]  # the limit is reported, not typed [T]


class Reference(Strict):
    """A look reference."""

    uri: Uri


class First(Strict):
    """The frame a clip starts from."""

    uri: Uri
    position: Literal["first"]


class Frame(Strict):
    """The frame at one of a clip's ends."""

    uri: Uri
    position: Literal["first", "last"]


class Placed(Strict):
    """A frame; a look reference where it has no place."""

    uri: Uri
    position: Literal["first", "last"] | None = None


Image = TypeVar("Image", Frame, Placed)


def _alone(value: object) -> object:
    """A single address stands for the first frame."""
    return [{"uri": value, "position": "first"}] if isinstance(value, str) else value


def _at_the_ends(images: list[Image]) -> list[Image]:
    if sorted(image.position or "" for image in images) not in ENDS:
        raise PydanticCustomError("custom", "Keyframes are one first and at most one last, and no reference among them")
    return images


def _at_the_ends_or_nowhere(images: list[Placed]) -> list[Placed]:
    return _at_the_ends(images) if any(image.position for image in images) else images


FirstFrame = Annotated[list[First], Field(min_length=1, max_length=1), BeforeValidator(_alone)]
Frames = Annotated[list[Frame], AfterValidator(_at_the_ends), BeforeValidator(_alone)]
FramesOrLooks = Annotated[
    list[Placed], Field(min_length=1), AfterValidator(_at_the_ends_or_nowhere), BeforeValidator(_alone)
]
