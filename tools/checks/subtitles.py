"""Captions: a centred line of letters near the lower or upper edge."""

from agent.findings import Grade
from tools import letters
from tools.letters import Line
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

LEAST_LETTERS = 3

BAND = Band(unsure_past=0.5, seen_past=0.7)
"""The reader's own confidence, as for any text."""

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
    return [line for line in lines if line.letters >= LEAST_LETTERS and line.captions]


CHECK = Check(
    name="subtitles",
    terms=("subtitles",),
    grade=Grade.A,
    meaning="the reader's confidence in its best line that stands where captions do, 0..1",
    rates="AUC .95 at 60 % opacity, .85 at 30 %, .66 at 15 % for text anywhere, on 257 base clips, 480p-720p",
    measure=_measure,
    needs=Needs(lines=240, extra=letters.EXTRA),
)
