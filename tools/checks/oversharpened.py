"""Halos beside edges, as sharpening leaves them."""

import numpy as np

from agent.findings import Grade
from prompts.references import Dimension
from tools import likeness, pixels
from tools.pixels import Plane
from tools.viewing import Band, Check, Measure, Needs, Viewing, measured

BAND = Band(unsure_past=0.70, seen_past=0.99)
"""Around .80, the 95 % quantile on 257 fault-free clips, 480p-720p (recall .30 at amount 1, .51 at 2). 90 % and 99 %
follow from it by a normal of median .34, that of 18 photographs; they were not measured."""

AGAINST_REFERENCES = Band(unsure_past=2.0, seen_past=3.7)
"""Around 2.6, the 95 % quantile against 5 references (recall .39 and .60), by a normal of median 0. Drawings with
outlines overshoot by 1.1 and more without any sharpening: only references can say so."""

FLOOR = 0.15
ENOUGH_REFERENCES = 3

LINES = 720
EDGE_STEEPNESS = 12.0
COHERENCE = 0.8
HANDFUL = 4000
MOST_HANDFULS = 64
ENOUGH_EDGES = 1000

TENSOR_PX = 4
FRAMES = 4
REACH = np.arange(-10, 11)

Places = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


def _measure(viewing: Viewing) -> Measure:
    frames = viewing.reel.frames[:: max(1, len(viewing.reel.frames) // FRAMES)]
    per_frame = [_halo(frame.luma.astype(np.float32)) for frame in frames]
    halo = float(np.median(per_frame))
    frame = frames[likeness.nearest_median(per_frame)]
    told = f"edges overshoot by {halo:.2f} of their height"
    stills = viewing.guiding(Dimension.TEXTURE)
    if len(stills) < ENOUGH_REFERENCES:
        told = f"{told} (seen past {BAND.seen_past:.2f})"
        return measured(BAND, halo, told=told, frame=frame.index, at_s=frame.at_s)
    own = np.array([_halo(pixels.luma(still.rgb)) for still in stills])
    value = (halo - float(np.median(own))) / float(np.hypot(own.std(), FLOOR))
    told = f"{told}, the references' by {np.median(own):.2f}: {value:+.1f} of their spreads"
    return measured(AGAINST_REFERENCES, value, told=told, frame=frame.index, at_s=frame.at_s, stills=stills)


def _halo(plane: Plane) -> float:
    """Median over edges of the overshoot on both sides, as a share of the step."""
    profiles = _profiles(plane, scale=max(min(plane.shape) / LINES, 0.5))
    before, after = np.median(profiles[:, :5], axis=1), np.median(profiles[:, 16:], axis=1)
    over = profiles[:, 11:16].max(axis=1) - after
    under = before - profiles[:, 5:10].min(axis=1)
    step = after - before
    steep = step > EDGE_STEEPNESS
    return float(np.median((over[steep] + under[steep]) / step[steep])) if steep.any() else 0.0


def _profiles(plane: Plane, *, scale: float) -> Plane:
    """Luma across edges, dark side first: (edges, 21)."""
    down, across = pixels.gradient(plane)
    squared = down * down
    squared += across * across  # a root of every pixel would cost as much as all the rest
    border = int(np.ceil(10 * scale)) + 1
    steep = np.nonzero(squared[border:-border, border:-border] > EDGE_STEEPNESS**2)
    rows, columns = _straight(down, across, steep[0] + border, steep[1] + border)
    towards = np.stack([down[rows, columns], across[rows, columns]]) / np.sqrt(squared[rows, columns])
    at = (np.stack([rows, columns])[:, :, None] + towards[:, :, None] * REACH * scale).round().astype(int)
    return np.asarray(plane[at[0], at[1]], dtype=np.float32)


def _straight(down: Plane, across: Plane, rows: Places, columns: Places) -> tuple[Places, Places]:
    """The first edges among steep places, looked through in evenly spread handfuls: in textures few are straight."""
    turns = max(1, -(-len(rows) // HANDFUL))
    found: list[tuple[Places, Places]] = []
    for turn in range(min(turns, MOST_HANDFULS)):
        down_here, across_here = rows[turn::turns], columns[turn::turns]
        straight = _coherence(down, across, down_here, across_here) > COHERENCE
        found.append((down_here[straight], across_here[straight]))
        if sum(len(places) for places, _ in found) >= ENOUGH_EDGES:
            break
    return np.concatenate([places for places, _ in found]), np.concatenate([places for _, places in found])


def _coherence(down: Plane, across: Plane, rows: Places, columns: Places) -> Plane:
    """How much one direction dominates around each place: 0..1, from the structure tensor, sigma 1.5."""
    reach = np.arange(-TENSOR_PX, TENSOR_PX + 1)
    weights = np.exp(-0.5 * (reach / 1.5) ** 2).astype(np.float32)
    around = (rows[:, None, None] + reach[:, None], columns[:, None, None] + reach)
    steep, wide = down[around], across[around]
    vertical, horizontal, mixed = (
        np.einsum("nij,i,j->n", part, weights, weights) for part in (steep**2, wide**2, steep * wide)
    )
    dominance = np.hypot(vertical - horizontal, 2 * mixed) / (vertical + horizontal + 1e-3)
    return np.asarray(dominance, dtype=np.float32)


CHECK = Check(
    name="oversharpened",
    terms=("oversharpened",),
    grade=Grade.C,
    meaning="overshoot beside edges as a share of the edge's own height, both sides together",
    rates="AUC .93 at amount 2, .83 at 1, .71 at .5; recall .51 at amount 2 with 5 % false alarms, on 257 base clips",
    measure=_measure,
    needs=Needs(lines=480),
)
