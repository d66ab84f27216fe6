"""Whether a shot's first and last frame can open and close it: how many there are, and their proportions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from agent.profiles import Offer
from prompts.references import Role

MOST_OFF = 0.02
"""How far apart two proportions may be and still count as the same: 1920x1088, which encoders make of 1920x1080, is
0.7 % off 16:9. What a vendor stretches or crops of it is then no more than what nobody sees (own choice)."""

USUAL = ("16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9", "1.85:1", "2.39:1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """One image that a shot names as a frame.

    Attributes:
        width: In pixels, like ``height``; 0 where nobody knows.
    """

    label: str
    role: Role
    width: int
    height: int


def mismatch(frames: Sequence[Framed], *, ratio: str, offers: Collection[Offer], shot: int) -> str | None:
    """Why the shot cannot be sent with these frames, and what to say or do; ``None`` when it can.

    Args:
        frames: Every image the shot names as a frame.
        ratio: The shot's picture, as ``"16:9"``.
        offers: What models make of frames, to name what is on offer near a frame's own proportions.
        shot: Its number, for the words to answer with.
    """
    firsts = [frame for frame in frames if frame.role is Role.FIRST_FRAME]
    lasts = [frame for frame in frames if frame.role is Role.LAST_FRAME]
    for same in (firsts, lasts):
        if len(same) > 1:
            return _several(same)
    if lasts and not firsts:
        return f"{lasts[0].label!r} is named as the last frame, and a last frame needs a first frame; name that as well"
    unknown = [frame for frame in frames if not (frame.width and frame.height)]
    if unknown:
        return f"the size of {_names(unknown)} was not kept when it was added; add the image again"
    return _unlike(firsts, lasts) or _against_the_shot(firsts, ratio=ratio, offers=offers, shot=shot)


def same(one: float, other: float) -> bool:
    """Whether two proportions, width over height, count as one."""
    return max(one, other) / min(one, other) <= 1 + MOST_OFF


def proportion(ratio: str) -> float:
    """Width over height of ``"16:9"``."""
    width, _, height = ratio.partition(":")
    return float(width) / float(height)


def _several(frames: Sequence[Framed]) -> str:
    return f"a shot has one {frames[0].role}, and this one names {_names(frames)}; say which of them it is"


def _unlike(firsts: Sequence[Framed], lasts: Sequence[Framed]) -> str | None:
    for first, last in zip(firsts, lasts, strict=False):
        if not same(_shape(first), _shape(last)):
            return (
                f"{_described(first)} and {_described(last)}; both must have the same proportions: "
                "crop one of them and add it again"
            )
    return None


def _against_the_shot(firsts: Sequence[Framed], *, ratio: str, offers: Collection[Offer], shot: int) -> str | None:
    off = [frame for frame in firsts if not same(_shape(frame), proportion(ratio))]
    if not off:
        return None
    crop = f"crop the image to {ratio} and add it again"
    told = f"{_described(off[0])} and the shot is {ratio}; neither is changed unasked"
    nearest = _nearest(off[0], offers)
    if nearest is None or same(proportion(nearest), proportion(ratio)):
        return f"{told}: {crop}"
    if same(proportion(nearest), _shape(off[0])):
        return f"{told}: say 'shot {shot}: {nearest}' to shoot it like the frame, or {crop}"
    other = f"crop it to {nearest}, the nearest on offer, and say 'shot {shot}: {nearest}' as well"
    return f"{told}: {crop}, or {other}"


def _nearest(frame: Framed, offers: Collection[Offer]) -> str | None:
    """The picture on offer that is most like the frame; where the picture follows the frame, every usual one is."""
    ratios = {ratio for offer in offers for ratio in offer.ratios or USUAL}
    shape = _shape(frame)
    return min(ratios, key=lambda ratio: (_apart(proportion(ratio), shape), ratio), default=None)


def _described(frame: Framed) -> str:
    return f"the {frame.role} {frame.label!r} is {_named(frame)} ({frame.width}x{frame.height})"


def _named(frame: Framed) -> str:
    """Its proportions by their usual name, or as a figure."""
    shape = _shape(frame)
    usual = min(USUAL, key=lambda ratio: _apart(proportion(ratio), shape))
    return usual if same(proportion(usual), shape) else f"{shape:.2f}:1"


def _names(frames: Sequence[Framed]) -> str:
    return " and ".join(repr(frame.label) for frame in frames)


def _shape(frame: Framed) -> float:
    return frame.width / frame.height


def _apart(one: float, other: float) -> float:
    """How unlike two proportions are; twice as wide and half as wide are equally far off."""
    return max(one, other) / min(one, other)
