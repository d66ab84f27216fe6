"""The darkroom: an image prepared to what one model takes. It shrinks and re-encodes, and never enlarges or crops.

The same image and limits always give the same bytes, so that a body can be written a second time and be the same.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from PIL import Image

from agent.errors import UnsupportedError
from agent.jobs import Still
from agent.profiles import StillLimits

PNG, JPEG = "image/png", "image/jpeg"
QUALITIES: Final = (92, 85, 78, 70)
"""Of a JPEG, best first. Below 70 the blocks show in flat areas, which a model would take for texture: smaller pixels
are the lesser loss, so the picture shrinks instead (own judgement, no vendor says a number)."""

SHRINK: Final = 0.8
SMALLEST_PX: Final = 256  # of the shorter side, where a model names no least: what is left says little by then

_KEPT: Final = 64
"""Prepared images held in memory: those of a few shots, for the models that agree on limits."""


class Darkroom:
    """Prepares images with Pillow, and remembers the latest."""

    def __init__(self) -> None:
        self._fitted = lru_cache(maxsize=_KEPT)(_fitted)

    def fit(self, still: Still, limits: StillLimits, *, model: str) -> tuple[Still, tuple[str, ...]]:
        """The image within the limits, and a sentence if it had to be changed.

        Raises:
            UnsupportedError: It is too small, too long, or cannot be made to fit.
        """
        fitted = self._fitted(still.data, still.media_type, limits)
        if fitted.refusal:
            raise UnsupportedError(model=model, what=f"the image {still.label!r}: {fitted.refusal}")
        if not fitted.changes:
            return still, ()
        told = f"the image {still.label!r} goes to {model} {', '.join(fitted.changes)}"
        return replace(still, data=fitted.data, media_type=fitted.media_type), (told,)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Print:
    """What came of one image.

    Attributes:
        changes: What was done to it, each to follow "the image goes to the model".
        refusal: Why it cannot go; empty when it can.
    """

    data: bytes = b""
    media_type: str = ""
    changes: tuple[str, ...] = ()
    refusal: str = ""


def _fitted(data: bytes, media_type: str, limits: StillLimits) -> _Print:
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            return _print(image, _Print(data=data, media_type=media_type), limits)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        return _Print(refusal=f"its file cannot be read ({str(error)[:80]}); add it again")


def _print(image: Image.Image, whole: _Print, limits: StillLimits) -> _Print:
    size = _within(image.size, limits)
    refusal = _unfit(image.size, size, limits)
    if refusal:
        return _Print(refusal=refusal)
    scaled = size != image.size
    if not scaled and whole.media_type in limits.media_types and _light(whole.data, limits):
        return whole
    tried: _Print | None = None
    for tried in _tries(image, size, limits):
        if _light(tried.data, limits):
            return tried
    if tried is None:
        return _Print(refusal=f"it takes {', '.join(limits.media_types)} only, and none of them can be made here")
    return _Print(refusal=f"it cannot be brought below the {_mb(limits.most_bytes or 0)} it takes without ruining it")


def _within(size: tuple[int, int], limits: StillLimits) -> tuple[int, int]:
    """The size it goes out with: its own, or smaller in the same proportions."""
    longest = max(size)
    if limits.most_px is None or longest <= limits.most_px:
        return size
    return _scaled(size, limits.most_px / longest)


def _unfit(size: tuple[int, int], goes_out: tuple[int, int], limits: StillLimits) -> str:
    """Why no smaller or re-encoded picture would do either."""
    stretch = max(size) / min(size)
    if limits.most_stretch is not None and stretch > limits.most_stretch:
        return f"its sides are {stretch:.2f} to 1 and may be {limits.most_stretch:g} to 1; crop it and add it again"
    if limits.least_px is not None and min(goes_out) < limits.least_px:
        return (
            f"its shorter side would have {min(goes_out)} pixels and needs {limits.least_px}; "
            "nothing is enlarged here, so add a larger image"
        )
    return ""


def _tries(image: Image.Image, size: tuple[int, int], limits: StillLimits) -> Iterator[_Print]:
    """Ever lighter prints: without loss, with more and more of it, then smaller."""
    picture = image.convert("RGB")
    for each in _sizes(size, least=limits.least_px or SMALLEST_PX):
        small = picture if each == image.size else picture.resize(each, Image.Resampling.LANCZOS)
        shrunk = () if each == image.size else (f"scaled down from {_px(image.size)} to {_px(each)} pixels",)
        if PNG in limits.media_types:
            yield _Print(data=_encoded(small, "PNG"), media_type=PNG, changes=shrunk or ("as a PNG",))
        for quality in QUALITIES if JPEG in limits.media_types else ():
            changes = (*shrunk, f"as a JPEG of quality {quality}")
            yield _Print(data=_encoded(small, "JPEG", quality=quality), media_type=JPEG, changes=changes)


def _sizes(size: tuple[int, int], *, least: int) -> Iterator[tuple[int, int]]:
    yield size
    while min(size := _scaled(size, SHRINK)) >= least:
        yield size


def _light(data: bytes, limits: StillLimits) -> bool:
    return limits.most_bytes is None or len(data) <= limits.most_bytes


def _scaled(size: tuple[int, int], share: float) -> tuple[int, int]:
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def _encoded(picture: Image.Image, kind: str, *, quality: int = 0) -> bytes:
    buffer = io.BytesIO()
    if kind == "PNG":
        picture.save(buffer, "PNG")
    else:
        picture.save(buffer, "JPEG", quality=quality, subsampling=0)  # full colour: palettes are what it is for
    return buffer.getvalue()


def _px(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


def _mb(count: int) -> str:
    return f"{count / 1e6:.3g} MB"
