"""The selected takes as a CMX 3600 edit decision list: cuts alone, at one frame rate, never drop-frame.

Written here and not by OpenTimelineIO's adapter, which takes drop-frame from the rate; the adapter reads it back in the
tests. Form: https://xmil.biz/EDL-X/CMX3600.pdf, read 2026-11-21.
"""

import unicodedata
from collections.abc import Iterator
from itertools import accumulate

from interfaces.export import selects
from interfaces.export.selects import RATES, Cut, Hole, Select, UncuttableError

MOST_EVENTS = 999
LONGEST_TITLE = 70
LONGEST_COMMENT = 240
FIRST_HOUR = 1
"""Where the cut begins on its own time line, as is usual: 01:00:00:00."""

COUNTED = {rate: round(rate) for rate in RATES}
"""Frames that a second of time code has; what is not here has no time code."""


def text(cut: Cut) -> str:
    """The list; holes are missing record time, and said in comments, as all else that is known.

    Raises:
        UncuttableError: There are more takes than a list can number, or their rate has no time code.
    """
    if len(cut.selects) > MOST_EVENTS:
        raise UncuttableError(f"an EDL numbers {MOST_EVENTS} takes at most, and there are {len(cut.selects)}; use otio")
    if cut.rate not in COUNTED:
        raise UncuttableError(f"there is no time code for {cut.rate:.5g} frames per second; use otio")
    head = (f"TITLE: {_plain(cut.name)[:LONGEST_TITLE]}", "FCM: NON-DROP FRAME")
    return "\n".join((*head, "", *_events(cut))) + "\n"


def reel(shot: int, take: int) -> str:
    """A name of eight signs for a take: no two takes share one."""
    return f"S{shot:04}T{take:02}"[:8]


def _events(cut: Cut) -> Iterator[str]:
    lengths = [_length(part, cut.rate) for part in cut.parts]
    base, nth = COUNTED[cut.rate], 0
    start = FIRST_HOUR * 3600 * base
    for part, length, end in zip(cut.parts, lengths, accumulate(lengths, initial=start), strict=False):
        if isinstance(part, Hole):
            continue
        nth += 1
        source, record = (0, length), (end, end + length)
        times = " ".join(_timecode(frames, base) for frames in (*source, *record))
        yield f"{nth:03}  {reel(part.shot.number, part.take.number):<8} V     C        {times}"
        yield from _about(part, at=end, cut=cut)
        yield from _comments(cut.told if nth == 1 else ())  # readers take no comment before the first take
        yield ""


def _about(select: Select, *, at: int, cut: Cut) -> Iterator[str]:
    """The name, the file and the marks of a take, as comments that editing programs read."""
    base, take = COUNTED[cut.rate], select.take
    yield f"* FROM CLIP NAME: {select.file.rpartition('/')[2].removesuffix('.mp4')}"
    yield f"* FROM FILE: {select.file}"
    for mark in select.marks:
        spot = _timecode(at + round(mark.frame / select.rate * cut.rate), base)
        words = _plain(f"{mark.what}: {mark.term}")[:LONGEST_COMMENT]
        yield f"* LOC: {spot} {selects.COLOURS[mark.what]:<7} {words}"
    made = "sandbox" if take.sandbox else "live"
    seed = "" if take.seed is None else f", seed {take.seed}"
    yield from _comments(
        (
            f"{take.model}, {made}, verdict {select.verdict.decision.value}{seed}, prompt {take.prompt_digest}",
            "; ".join(f"{term}: {sight}" for term, sight in select.terms.items()),
        )
    )


def _length(part: Select | Hole, rate: float) -> int:
    seconds = part.seconds if isinstance(part, Hole) else part.frames / part.rate
    return max(1, round(seconds * rate))


def _timecode(frames: int, base: int) -> str:
    seconds, frame = divmod(frames, base)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}:{frame:02}"


def _comments(sentences: tuple[str, ...]) -> Iterator[str]:
    return (f"* COMMENT: {_plain(sentence)[:LONGEST_COMMENT]}" for sentence in sentences if sentence)


def _plain(words: str) -> str:
    """One line of ASCII, which is all that old readers take."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    return " ".join(plain.split())
