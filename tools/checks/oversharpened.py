"""Halos beside edges, as sharpening leaves them."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from agent.findings import Grade
from prompts.references import Dimension
from tools import likeness, pixels
from tools.pixels import Bytes, Plane
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

STRIP = 48
"""Rows that are searched for edges at once."""

Luma = Bytes | Plane
Places = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


def _measure(viewing: Viewing) -> Measure:
    frames = viewing.reel.frames[:: max(1, len(viewing.reel.frames) // FRAMES)]
    per_frame = [_halo(frame.luma) for frame in frames]
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


def _halo(luma: Luma) -> float:
    """Median over edges of the overshoot on both sides, as a share of the step."""
    profiles = _profiles(luma, scale=max(min(luma.shape) / LINES, 0.5))
    before, after = np.median(profiles[:, :5], axis=1), np.median(profiles[:, 16:], axis=1)
    over = profiles[:, 11:16].max(axis=1) - after
    under = before - profiles[:, 5:10].min(axis=1)
    step = after - before
    steep = step > EDGE_STEEPNESS
    return float(np.median((over[steep] + under[steep]) / step[steep])) if steep.any() else 0.0


def _profiles(luma: Luma, *, scale: float) -> Plane:
    """Luma across edges, dark side first: (edges, 21)."""
    border = int(np.ceil(10 * scale)) + 1
    rows, columns = np.divmod(_straight(luma, _steep(luma, border)), luma.shape[1])
    down, across = _slopes(_around(luma, rows, columns, reach=1))
    towards = np.stack([down, across]) / np.sqrt(down**2 + across**2)
    at = (np.stack([rows, columns])[:, :, None] + towards[..., 0] * REACH * scale).round().astype(int)
    return np.asarray(luma[at[0], at[1]], dtype=np.float32)


def _steep(luma: Luma, border: int) -> Places:
    """Where luma changes fast, but at the border; places count row by row through the picture.

    Looked for in strips: what one takes stays near the processor, and the whole as floats takes four times the luma.
    """
    height, width = luma.shape
    found: list[Places] = [np.empty(0, dtype=np.int64)]
    for top in range(border, height - border, STRIP):
        end = min(top + STRIP, height - border)
        down, across = _slopes(luma[top - 1 : end + 1, border - 1 : width - border + 1].astype(np.float32))
        squared = down * down
        squared += across * across  # a root of every pixel would cost as much as all the rest
        row, column = np.divmod(np.flatnonzero(squared > EDGE_STEEPNESS**2), width - 2 * border)
        found.append((row + top) * width + column + border)
    return np.concatenate(found)


def _straight(luma: Luma, steep: Places) -> Places:
    """The first edges among steep places, looked through in evenly spread handfuls: in textures few are straight."""
    turns = max(1, -(-len(steep) // HANDFUL))
    found: list[Places] = []
    for turn in range(min(turns, MOST_HANDFULS)):
        handful = steep[turn::turns]
        found.append(handful[_coherence(luma, handful) > COHERENCE])
        if sum(map(len, found)) >= ENOUGH_EDGES:
            break
    return np.concatenate(found)


def _coherence(luma: Luma, places: Places) -> Plane:
    """How much one direction dominates around each place: 0..1, from the structure tensor, sigma 1.5."""
    around = _around(luma, *np.divmod(places, luma.shape[1]), reach=TENSOR_PX + 1)
    down, across = (slope.reshape(len(places), (2 * TENSOR_PX + 1) ** 2) for slope in _slopes(around))
    weights = np.exp(-0.5 * (np.arange(-TENSOR_PX, TENSOR_PX + 1) / 1.5) ** 2)
    tensor = np.outer(weights, weights).ravel().astype(np.float32)
    vertical, horizontal, mixed = (part @ tensor for part in (down**2, across**2, down * across))
    dominance = np.hypot(vertical - horizontal, 2 * mixed) / (vertical + horizontal + 1e-3)
    return np.asarray(dominance, dtype=np.float32)


def _around(luma: Luma, rows: Places, columns: Places, *, reach: int) -> Plane:
    """What lies around each place: (places, 2 * reach + 1, 2 * reach + 1)."""
    side = 2 * reach + 1
    if not len(rows):  # a picture may be smaller than what lies around one place
        return np.empty((0, side, side), dtype=np.float32)
    return sliding_window_view(luma, (side, side))[rows - reach, columns - reach].astype(np.float32)


def _slopes(plane: Plane) -> tuple[Plane, Plane]:
    """Central differences down and across, of all but the outermost pixels."""
    down, across = plane[..., 2:, 1:-1] - plane[..., :-2, 1:-1], plane[..., 1:-1, 2:] - plane[..., 1:-1, :-2]
    down *= np.float32(0.5)
    across *= np.float32(0.5)
    return down, across


CHECK = Check(
    name="oversharpened",
    terms=("oversharpened",),
    grade=Grade.C,
    meaning="overshoot beside edges as a share of the edge's own height, both sides together",
    rates="AUC .93 at amount 2, .83 at 1, .71 at .5; recall .51 at amount 2 with 5 % false alarms, on 257 base clips",
    measure=_measure,
    needs=Needs(lines=480),
)
