"""Whether a decoded clip is the one that was ordered: its length, its shape, and that it shows anything."""

from agent.findings import Footage
from tools import pixels
from tools.media import Reel

LENGTH_SLACK_S = 0.3
LENGTH_SLACK_SHARE = 0.06
"""Vendors round to their own frame grid (5 s as 121 frames of 24 per second)."""

RATIO_SLACK = 0.04
"""1104x832 is sold as 4:3 and 1584x672 as 21:9, 1 % off; the next ratio is 12 % away and more."""

BLACK = 8
"""Brightest luma at which a small picture holds nothing; video black is 0 after decoding, noise in it stays below 6."""


def footage(reel: Reel, *, seconds: int, ratio: str) -> Footage:
    """What the clip is, with the complaint when it is not what was ordered."""
    return Footage(
        frames=reel.count,
        seconds=reel.seconds,
        width=reel.width,
        height=reel.height,
        fps=reel.fps,
        complaint=_complaint(reel, seconds=seconds, ratio=ratio),
    )


def unusable(reason: str) -> Footage:
    """A file that holds no clip."""
    return Footage(frames=0, seconds=0.0, width=0, height=0, fps=0.0, complaint=reason)


def _complaint(reel: Reel, *, seconds: int, ratio: str) -> str:
    if abs(reel.seconds - seconds) > max(LENGTH_SLACK_S, LENGTH_SLACK_SHARE * seconds):
        return f"{seconds} s were ordered and {reel.seconds:.2f} s came"
    across, _, down = ratio.partition(":")
    expected, came = float(across) / float(down), reel.width / reel.height
    if abs(came / expected - 1) > RATIO_SLACK:
        return f"{ratio} was ordered and {reel.width}x{reel.height} came"
    if pixels.luma(reel.small).max() <= BLACK:
        return "every frame is black"
    return ""
