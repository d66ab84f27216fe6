"""Whether a decoded clip is the one that was ordered: its length, its shape, and that it shows anything."""

from agent.findings import Footage
from agent.screening import Ordered
from tools import pixels
from tools.media import Reel

LENGTH_SLACK_S = 0.3
LENGTH_SLACK_SHARE = 0.06
"""Vendors round to their own frame grid (5 s as 121 frames of 24 per second)."""

RATIO_SLACK = 0.04
"""1104x832 is sold as 4:3 and 1584x672 as 21:9, 1 % off; the next ratio is 12 % away and more."""

BLACK = 8
"""Brightest luma at which a small picture holds nothing; video black is 0 after decoding, noise in it stays below 6."""


def footage(reel: Reel, *, ordered: Ordered | None) -> Footage:
    """What the clip is, with the complaint when it is not what was ordered, or shows nothing."""
    return Footage(
        frames=reel.count,
        seconds=reel.seconds,
        width=reel.width,
        height=reel.height,
        fps=reel.fps,
        complaint=(_misfit(reel, ordered) if ordered else "") or _darkness(reel),
    )


def unusable(reason: str) -> Footage:
    """A file that holds no clip."""
    return Footage(frames=0, seconds=0.0, width=0, height=0, fps=0.0, complaint=reason)


def _misfit(reel: Reel, ordered: Ordered) -> str:
    """In what the clip is not as ordered; empty when it is."""
    if abs(reel.seconds - ordered.seconds) > max(LENGTH_SLACK_S, LENGTH_SLACK_SHARE * ordered.seconds):
        return f"{ordered.seconds} s were ordered and {reel.seconds:.2f} s came"
    across, _, down = ordered.ratio.partition(":")
    expected, came = float(across) / float(down), reel.width / reel.height
    if abs(came / expected - 1) > RATIO_SLACK:
        return f"{ordered.ratio} was ordered and {reel.width}x{reel.height} came"
    return ""


def _darkness(reel: Reel) -> str:
    lit = (pixels.luma(picture).max() > BLACK for picture in reel.small)  # one by one: most often the first tells
    return "" if any(lit) else "every frame is black"
