"""The palette against the references, as a distance between colour distributions."""

import numpy as np

from agent.findings import Grade
from prompts.references import Dimension
from tools import likeness, pixels
from tools.pixels import Plane, Rgb
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

BAND = Band(unsure_past=1.0, seen_past=1.6)
"""Of 52 sound takes 45 stay below 1.0 and the largest had 1.5; half of them have references of their own scene. Past
1.29 lay 5 % of 257 fault-free clips, 480p-720p."""

POINTS = 1600
DIRECTIONS = 24
QUANTILES = np.linspace(0, 1, 51)
LIGHTNESS_WEIGHT = 0.5


def _measure(viewing: Viewing) -> Measure:
    stills = viewing.guiding(Dimension.PALETTE)
    clouds = [_profile(_points(still.small)) for still in stills]
    pooled = _pooled(clouds)
    own = np.mean([_distance(cloud, _pooled(clouds[:i] + clouds[i + 1 :])) for i, cloud in enumerate(clouds)])
    per_frame = [_distance(_profile(_points(picture)), pooled) / (float(own) + 1) for picture in viewing.reel.sampled]
    value = float(np.median(per_frame))
    told = (
        f"the palette is {value:.2f} times as far from the references as they are from each other "
        f"(seen past {BAND.seen_past:.2f}; smallest shift that can be told here: dE {2 * own:.0f})"
    )
    frame = viewing.reel.frames[likeness.nearest_median(per_frame)]
    return measured(BAND, value, told=told, frame=frame.index, at_s=frame.at_s, stills=stills)


def _points(rgb: Rgb) -> Plane:
    """The same random pixels of every picture, in Lab with lightness at half weight: (points, 3)."""
    flat = rgb.reshape(-1, 3)
    picks = np.random.default_rng(7).integers(0, len(flat), POINTS)
    return pixels.lab(flat[picks]) * np.array([LIGHTNESS_WEIGHT, 1, 1], dtype=np.float32)


def _profile(points: Plane) -> Plane:
    """Sorted projections on fixed random directions: (points, directions)."""
    directions = np.random.default_rng(11).normal(size=(3, DIRECTIONS))
    directions /= np.linalg.norm(directions, axis=0)
    return np.asarray(np.sort(points @ directions, axis=0), dtype=np.float32)


def _pooled(profiles: list[Plane]) -> Plane:
    return np.asarray(np.sort(np.concatenate(profiles), axis=0), dtype=np.float32)


def _distance(one: Plane, other: Plane) -> float:
    """Sliced Wasserstein distance from sorted projections."""
    return float(np.abs(_quantiles(one) - _quantiles(other)).mean())


def _quantiles(profile: Plane) -> Plane:
    return np.asarray(profile[np.round(QUANTILES * (len(profile) - 1)).astype(int)], dtype=np.float32)


CHECK = Check(
    name="palette",
    terms=("palette drift",),
    grade=Grade.B,
    meaning="sliced Wasserstein distance to the pooled references over their own leave-one-out distance plus one",
    rates="AUC .97 for a green or warm cast (75 % seen), .91 for half of one (50 % seen), .92 for a hue turned by 30 "
    "degrees (75 % seen, 25 % absent), 8 takes each; 2 of 54 sound takes accused (set: docs/benchmarks.md)",
    measure=_measure,
    dimensions=(Dimension.PALETTE,),
    needs=Needs(references=3),
)
