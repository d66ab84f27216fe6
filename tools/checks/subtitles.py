"""Captions: a centred line of letters near the lower or upper edge."""

from agent.findings import Grade
from tools import letters
from tools.letters import Line
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

LEAST_LETTERS = 3

BAND = Band(unsure_past=0.5, seen_past=0.7)
"""The reader's own confidence, as for any text."""

LOWEST, HIGHEST = 0.62, 0.18
"""Middle of the line, as a share of the height. Subtitles are set in the lower third or, over a lower third that is in
use, at the top (EBU-TT-D guidance, BBC Subtitle Guidelines 1.2.1: within the central 90 % of the height)."""

OFF_CENTRE = 0.16
"""A caption is centred, or wide enough that its middle is; a mark in a corner is not."""

NARROWEST = 0.06

FRAMES = 4


def _measure(viewing: Viewing) -> Measure:
    frames = viewing.reel.frames[:: max(1, len(viewing.reel.frames) // FRAMES)]
    found = [(line.score, at, line) for at, frame in enumerate(frames) for line in _captions(letters.read(frame.rgb))]
    if not found:
        told = f"no centred line of letters near the lower or upper edge in {len(frames)} frames"
        return measured(BAND, 0.0, told=told, frame=frames[0].index, at_s=frames[0].at_s)
    score, at, line = max(found, key=lambda each: each[:2])
    told = f'reads "{line.text[:60]}" where captions stand, confidence {score:.2f} (seen past {BAND.seen_past:.2f})'
    return measured(BAND, score, told=told, frame=frames[at].index, at_s=frames[at].at_s, box=line.box)


def _captions(lines: tuple[Line, ...]) -> list[Line]:
    return [line for line in lines if line.letters >= LEAST_LETTERS and _stands_as_a_caption(line)]


def _stands_as_a_caption(line: Line) -> bool:
    left, top, width, height = line.box
    middle = top + height / 2
    return (middle > LOWEST or middle < HIGHEST) and abs(left + width / 2 - 0.5) < OFF_CENTRE and width > NARROWEST


CHECK = Check(
    name="subtitles",
    terms=("subtitles",),
    grade=Grade.A,
    meaning="the reader's confidence in its best line that stands where captions do, 0..1",
    rates="AUC .95 at 60 % opacity, .85 at 30 %, .66 at 15 % for text anywhere, on 257 base clips, 480p-720p",
    measure=_measure,
    needs=Needs(lines=360, extra=letters.EXTRA),
)
