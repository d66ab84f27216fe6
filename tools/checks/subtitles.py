"""Captions: a centred line of letters near the lower or upper edge."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

import numpy as np

from agent.findings import Grade, Sight
from tools import letters
from tools.letters import Line
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

LEAST_LETTERS = 3

BAND = Band(unsure_past=0.5, seen_past=0.7)
"""The reader's own confidence, as for any text."""

DRIFT = 0.02
"""Of the picture, between two frames with the same words: captions stand still, a sign drifts with the scene."""

SAME_WORDS = 0.6
"""Share of the letters that two readings have in common: a reader misreads some of them anew in every frame."""


def _measure(viewing: Viewing) -> Measure:
    frames = viewing.reel.frames  # all of them: a line that is up for an eighth of the clip is met
    read = [letters.read(frame.rgb) for frame in frames]
    found = [(line.score, at, line) for at, lines in enumerate(read) for line in _captions(lines)]
    if not found:
        told = f"no centred line of letters near the lower or upper edge in {len(frames)} frames"
        return measured(BAND, 0.0, told=told, frame=frames[0].index, at_s=frames[0].at_s)
    score, at, line = max(found, key=lambda each: each[:2])
    told = f'reads "{line.text[:60]}" where captions stand, confidence {score:.2f} (seen past {BAND.seen_past:.2f})'
    caption = measured(BAND, score, told=told, frame=frames[at].index, at_s=frames[at].at_s, box=line.box)
    if caption.sight is not Sight.SEEN or _drift(line, read) <= DRIFT:
        return caption
    return replace(caption, sight=Sight.UNSURE, guard=None, told=f"{told}, but it drifts: perhaps a sign in the scene")


def _captions(lines: tuple[Line, ...]) -> list[Line]:
    return [line for line in lines if line.letters >= LEAST_LETTERS and line.captions]


def _drift(caption: Line, read: Sequence[Sequence[Line]]) -> float:
    """How far the same words stand apart from frame to frame, as a share of the picture."""
    boxes = np.array([line.box for lines in read for line in lines if _alike(line.text, caption.text) >= SAME_WORDS])
    return float(np.ptp(boxes[:, :2] + boxes[:, 2:] / 2, axis=0).max())


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


CHECK = Check(
    name="subtitles",
    terms=("subtitles",),
    grade=Grade.A,
    meaning="the reader's confidence in its best line that stands where captions do, 0..1",
    rates="AUC 1.00 for captions (all seen), 8 takes; none of 54 sound takes accused; words that drift are left open "
    "(set: docs/benchmarks.md)",
    measure=_measure,
    needs=Needs(lines=240, extra=letters.EXTRA),
)
