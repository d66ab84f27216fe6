"""Letters anywhere in the picture."""

from agent.findings import Grade
from tools import letters
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

LEAST_LETTERS = 3
"""Branches, windows and brush strokes read as one or two."""

BAND = Band(unsure_past=0.5, seen_past=0.7)
"""Of 39 pictures without text (photographs, animation, textures) none reached .5 once a line needs three different
signs, roof tiles read as AAA at .64 before that; of the same with letters of 5 % of the height, 95 % pass .8 at an
opacity of 60 %, 63 % at 30 %, 29 % at 15 % (AUC .97, .81, .63)."""


def _measure(viewing: Viewing) -> Measure:
    frames = viewing.reel.frames  # all of them: a line that is up for an eighth of the clip is met
    found = [
        (line.score, at, line)
        for at, frame in enumerate(frames)
        for line in letters.read(frame.rgb)
        if line.letters >= LEAST_LETTERS
    ]
    if not found:
        told = f"no line of {LEAST_LETTERS} letters or more in {len(frames)} frames"
        return measured(BAND, 0.0, told=told, frame=frames[0].index, at_s=frames[0].at_s)
    score, at, line = max(found, key=lambda each: each[:2])
    told = f'reads "{line.text[:60]}" with a confidence of {score:.2f} (seen past {BAND.seen_past:.2f})'
    return measured(BAND, score, told=told, frame=frames[at].index, at_s=frames[at].at_s, box=line.box)


CHECK = Check(
    name="text",
    terms=("text",),
    grade=Grade.B,
    meaning="the reader's confidence in its best line of three letters or more, 0..1",
    rates="AUC 1.00 for captions and for letters at 30 % opacity (all seen), 8 takes each; none of 44 sound takes "
    "accused; a sign counts as text (set: docs/benchmarks.md)",
    measure=_measure,
    needs=Needs(lines=240, extra=letters.EXTRA),
)
