"""People by their scarves and wrist cords: faces that stand alone, fingers on a hand, figures that are copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from tools.sandbox.drawing import conventions
from tools.sandbox.drawing.colour import lab
from tools.sandbox.sights.view import Floats, View

SCARF_DROP = (conventions.SCARF_TOP + conventions.SCARF_BOTTOM) / 2
MARKER_PURITY = 0.37  # how far green lies below red and blue; the marker has .7, washed out by light and a cast .4
MOST_MARKED = 0.06  # share of the picture; the scarves and cords of five figures take up less than half of that
SMALLEST_MARK = 14  # pixels; less is too small to be followed to a face or a hand
ARM_REACH = 4.6  # head radii from a face to the cord of its own hand, at most
BLEEDING = 0.93
SMALLEST_PALM = 5.0  # pixels; on a smaller palm fingers run into one another
SCARF_SHAPE = (1.35, 4.4)  # length over thickness; the scarf is drawn at 3.2
SCARF_TILT = 0.2  # sine; a scarf lies level, a cord never does
CORD_SHAPE = (2.2, 8.0)  # drawn at 4.1
MERGED_WIDTH = 1.85  # head radii of skin across the cheeks; one face has 1.45, two merged ones 2.5
ALIKE = 0.80  # correlation of face and coat front; copies had .84 and more under every fault
SAME_COLOUR = 3.0  # CIELAB; copies had at most 1.3, different people 4.5 and more

Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One patch of the marker colour.

    Attributes:
        x, y: Its middle, pixels.
        length, thickness: Along and across its long axis, pixels.
        angle: Of the long axis, radians.
    """

    x: float
    y: float
    length: float
    thickness: float
    angle: float

    def shaped(self, between: tuple[float, float]) -> bool:
        """Whether its length over its thickness lies between two bounds."""
        return between[0] <= self.length / max(self.thickness, 1.0) <= between[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A face found above a scarf: its middle and head radius in pixels, and how wide its skin is in head radii."""

    x: float
    y: float
    radius: float
    skin: float


def flooded(view: View) -> bool:
    """Whether the picture itself is of the marker's colour: a purple film, in which no scarf can be made out."""
    return float(_marked(view).mean()) > MOST_MARKED


def marks(view: View) -> tuple[Mark, ...]:
    """Every patch of the marker colour that is large enough to follow."""
    return tuple(_measured(ys, xs) for ys, xs in _patches(_marked(view)) if len(ys) >= SMALLEST_MARK)


def heads(view: View, seen: tuple[Mark, ...]) -> tuple[Head, ...]:
    """The faces above the scarves."""
    found = (_head(view, mark) for mark in seen if mark.shaped(SCARF_SHAPE) and abs(np.sin(mark.angle)) < SCARF_TILT)
    return tuple(head for head in found if head)


def hands(view: View, seen: tuple[Mark, ...], found: tuple[Head, ...]) -> tuple[int, ...]:
    """How many fingers, the thumb included, each hand beyond a wrist cord has; scarves under a head are no cords."""
    scarves = [(head.x, head.y + head.radius * SCARF_DROP) for head in found]
    cords = [
        mark
        for mark in seen
        if mark.shaped(CORD_SHAPE) and all(np.hypot(mark.x - x, mark.y - y) > mark.thickness for x, y in scarves)
    ]
    return tuple(count for count in (_fingers(view, cord, palm=_palm(cord, found)) for cord in cords) if count)


def copied(view: View, found: tuple[Head, ...]) -> bool:
    """Whether two of the figures are the same picture twice."""
    return any(_alike(view, one, other) for one, other in combinations(found, 2))


def _marked(view: View) -> Marks:
    red, green, blue = (view.rgb[..., i] for i in range(3))
    bright = np.maximum(red, blue)
    return np.asarray((np.minimum(red, 1.15 * blue) - green > MARKER_PURITY * bright) & (bright > 50))


def _patches(mask: Marks) -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """Connected patches, diagonal neighbours included: rows and columns of each."""
    left = {(int(y), int(x)) for y, x in np.argwhere(mask)}
    patches: list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]] = []
    while left:
        front: list[tuple[int, int]] = [left.pop()]
        patch: list[tuple[int, int]] = []
        while front:
            y, x = front.pop()
            patch.append((y, x))
            near = {(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)} & left
            left -= near
            front.extend(near)
        places = np.array(patch, dtype=np.intp)
        patches.append((places[:, 0], places[:, 1]))
    return patches


def _measured(ys: npt.NDArray[np.intp], xs: npt.NDArray[np.intp]) -> Mark:
    x, y = float(xs.mean()), float(ys.mean())
    spread = np.cov(np.stack([xs - x, ys - y])) if len(xs) > 2 else np.eye(2)
    strengths, axes = np.linalg.eigh(spread)
    long = axes[:, int(np.argmax(strengths))]
    along = (xs - x) * long[0] + (ys - y) * long[1]
    across = (ys - y) * long[0] - (xs - x) * long[1]
    return Mark(
        x=x,
        y=y,
        length=float(np.ptp(np.percentile(along, [1, 99]))) + 1,
        thickness=float(np.ptp(np.percentile(across, [4, 96]))) + 1,
        angle=float(np.arctan2(long[1], long[0])),
    )


def _head(view: View, scarf: Mark) -> Head | None:
    """The face above a scarf; ``None`` when there is no skin between dark hair there."""
    radius = scarf.length / (2 * conventions.SCARF_HALF_WIDTH)
    x, y = scarf.x, scarf.y - radius * SCARF_DROP
    offsets = np.linspace(-2.2, 2.2, 177, dtype=np.float32)
    rows = [view.at(x + offsets * radius, np.full_like(offsets, y + line * radius)) for line in (0.24, 0.30, 0.36)]
    profile = np.median(rows, axis=0)
    skin = float(np.median(profile[np.abs(offsets) < 0.62]))
    hair = float(np.percentile(profile[np.abs(offsets) < 1.7], 8))
    if skin - hair < 18:
        return None
    across = _run(profile > hair + 0.42 * (skin - hair), offsets)
    return Head(x=x, y=y, radius=radius, skin=across) if across > 0.9 else None


def _run(bright: Marks, offsets: Floats) -> float:
    """Length of the bright stretch around the middle, short dark gaps (a nose, a lock) overlooked."""
    step = float(offsets[1] - offsets[0])
    gap = round(0.16 / step)
    edges: list[float] = []
    for way in (bright[len(bright) // 2 :], bright[len(bright) // 2 :: -1]):
        lit = np.flatnonzero(way)
        reach = 0
        for place in lit:
            if place - reach > gap:
                break
            reach = int(place)
        edges.append(reach * step)
    return 2 * min(edges)  # a face lies evenly above its scarf; light spilt on one side is not skin


def _palm(cord: Mark, found: tuple[Head, ...]) -> float:
    """A palm's radius in pixels: from the head it belongs to, or from its cord, which colour bleeding lengthens."""
    near = min(found, key=lambda head: float(np.hypot(head.x - cord.x, head.y - cord.y)), default=None)
    if near and np.hypot(near.x - cord.x, near.y - cord.y) < ARM_REACH * near.radius:
        return conventions.PALM_RADIUS * near.radius
    return BLEEDING * cord.length / (2 * conventions.CORD_HALF_WIDTH)


def _fingers(view: View, cord: Mark, *, palm: float) -> int:
    """Fingers above a cord (hands are held up); 0 when there is no hand or its fingers cannot be told apart."""
    if palm < SMALLEST_PALM:
        return 0
    pointing = cord.angle + (np.pi / 2 if np.cos(cord.angle) < 0 else -np.pi / 2)
    reach = palm * conventions.CORD_DISTANCE
    return _counted(view, cord.x + np.cos(pointing) * reach, cord.y + np.sin(pointing) * reach, palm, pointing)


def _counted(view: View, x: float, y: float, palm: float, pointing: float) -> int:
    """Fingers on arcs around a palm; 0 unless two arcs agree on a hand's number of them."""
    turned = pointing + np.deg2rad(np.arange(-125, 126, 1.0))
    inner = np.linspace(-0.45, 0.45, 9, dtype=np.float32) * palm
    skin = float(np.median(view.at((x + inner[None, :]).repeat(9, 0), (y + inner[:, None]).repeat(9, 1))))
    counts: list[int] = []
    for radius in conventions.COUNTING_RADII:
        arc = view.at(_single(x + np.cos(turned) * radius * palm), _single(y + np.sin(turned) * radius * palm))
        counts.append(_on_a_hand(_bright_runs(arc, skin=skin)))
    agreed = int(np.median(counts))
    return agreed if counts.count(agreed) >= 2 and 5 <= agreed <= 7 else 0


def _single(values: npt.NDArray[np.float64]) -> Floats:
    return values.astype(np.float32)


def _bright_runs(arc: Floats, *, skin: float) -> list[float]:
    """Middles, in degrees, of stretches brighter than their surroundings and about as bright as skin."""
    coat = float(np.median(arc))  # fingers cover a third of the arc at most
    if skin - coat < 14:
        return []
    local = np.convolve(np.pad(arc, 12, mode="edge"), np.ones(25) / 25, mode="valid")
    lit = (arc > local) & (arc > coat + 0.34 * (skin - coat))
    steps = np.flatnonzero(np.diff(np.concatenate([[0], lit.astype(int), [0]])))
    runs = zip(steps[::2], steps[1::2], strict=True)
    return [float(start + end) / 2 for start, end in runs if 5 <= end - start <= 24]


def _on_a_hand(middles: Sequence[float]) -> int:
    """How many of the stretches are a hand: the longest row a finger's step apart, and a thumb further off."""
    best = 0
    for first in range(len(middles)):
        last = first
        while last + 1 < len(middles) and abs(middles[last + 1] - middles[last] - conventions.FINGER_STEP) < 8:
            last += 1
        beyond = [abs(middles[first] - m) for m in middles[:first]] + [m - middles[last] for m in middles[last + 1 :]]
        thumb = any(abs(gap - (conventions.FIRST_FINGER_ANGLE - conventions.THUMB_ANGLE)) < 12 for gap in beyond)
        best = max(best, last - first + 1 + thumb)
    return best


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """A figure to compare with others: the light on its face and coat, and the colour of its skin and its coat."""

    light: Floats
    skin: Floats
    coat: Floats


def _portrait(view: View, head: Head) -> Portrait:
    """Face, hair and the front of the coat, sampled in head radii; the background beside them is left out."""
    face = _sampled(view, head, x=(-0.95, 0.95), y=(-1.0, 0.95))
    front = _sampled(view, head, x=(-1.5, 1.5), y=(1.75, 3.3))
    parts = [part.mean(axis=2) - part.mean() for part in (face, front)]
    return Portrait(
        light=np.concatenate([part.ravel() for part in parts]),
        skin=np.asarray(lab(np.median(_sampled(view, head, x=(-0.55, 0.55), y=(0.2, 0.5)), axis=(0, 1)))),
        coat=np.asarray(lab(np.median(front, axis=(0, 1)))),
    )


def _sampled(view: View, head: Head, *, x: tuple[float, float], y: tuple[float, float]) -> Floats:
    """``(36, 36, 3)``: a box of the picture given in head radii from a face."""
    down, right = np.meshgrid(np.linspace(*y, 36), np.linspace(*x, 36), indexing="ij")
    rows = np.clip(np.rint(head.y + down * head.radius), 0, view.luma.shape[0] - 1).astype(int)
    columns = np.clip(np.rint(head.x + right * head.radius), 0, view.luma.shape[1] - 1).astype(int)
    return np.asarray(view.rgb[rows, columns], dtype=np.float32)


def _alike(view: View, one: Head, other: Head) -> bool:
    """Whether two heads belong to the same figure drawn twice: same size, same colours, same shapes."""
    if abs(np.log(one.radius / other.radius)) > 0.05:
        return False
    here = _portrait(view, one)
    best, there = max(
        ((float(np.corrcoef(here.light, p.light)[0, 1]), p) for p in _jittered(view, other)), key=lambda pair: pair[0]
    )
    apart = max(float(np.linalg.norm(here.skin - there.skin)), float(np.linalg.norm(here.coat - there.coat)))
    return best > ALIKE and apart < SAME_COLOUR


def _jittered(view: View, head: Head) -> list[Portrait]:
    """Portraits of a head a pixel or two around where its scarf says it is."""
    return [
        _portrait(view, Head(x=head.x + x, y=head.y + y, radius=head.radius, skin=head.skin))
        for x in (-2, -1, 0, 1, 2)
        for y in (-2, -1, 0, 1, 2)
    ]
