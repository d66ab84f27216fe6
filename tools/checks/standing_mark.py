"""A mark, with letters or without, that stands at one place while the picture moves under it."""

from dataclasses import replace

from agent.findings import Grade, Sight
from tools import letters, standing
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

BAND = Band(unsure_past=0.11, seen_past=0.40)
"""Of 42 sound takes that move none passes .10; a quick push into fine foliage would reach .40. Of marks of 5 to 14 % of
the height all 16 have .56 and more at an opacity of 60 %, at 30 % 9 of 10 have .25 to .72, one in foliage 0."""


FAR_OR_FOLLOWED = "something far away, or something the camera follows"
"""A moon stands still over a street that passes, as a mark does: that one is there, motion alone cannot tell."""


def _measure(viewing: Viewing) -> Measure:
    frames = viewing.reel.frames
    still = standing.still(frames)
    if still.share > standing.STANDS_STILL:
        told = f"{still.share:.0%} of the picture's edges stand still: a mark cannot be told from the scene"
        return Measure(sight=Sight.NOT_INSPECTABLE, told=told)
    value, box = still.most()
    told = f"edges that stand still while the picture moves crowd by {value:.2f} (seen past {BAND.seen_past:.2f})"
    shown = frames[len(frames) // 2]
    found = measured(BAND, value, told=told, frame=shown.index, at_s=shown.at_s, box=box)
    if found.sight is not Sight.SEEN:
        return found
    other = "a caption that is up all the time" if letters.where_captions_stand(box) else FAR_OR_FOLLOWED
    return replace(found, sight=Sight.UNSURE, guard=None, told=f"{told}: a mark, or {other}")


CHECK = Check(
    name="standing mark",
    terms=("watermark",),
    grade=Grade.B,
    meaning="how densely edges of all directions stand still while the picture moves, 0..1",
    rates="with or without letters: AUC .98 at 60 % opacity, .96 at 30 % (75, 62 % unsure; 0, 25 % absent), 8 marks "
    "each of 12 to 14 % of the height; never accuses, doubts 4 % of 53 sound takes (set: docs/benchmarks.md)",
    measure=_measure,
    needs=Needs(lines=240, frames=8),
)
