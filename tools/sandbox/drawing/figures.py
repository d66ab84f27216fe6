"""The people in a scene: half-length, facing us, a scarf at the neck and one open hand before the coat."""

from dataclasses import dataclass, replace

import numpy as np

from tools.sandbox.drawing.canvas import Cel, Plate, Point
from tools.sandbox.drawing.colour import RGB, as_rgb, lab, mix, rgb
from tools.sandbox.drawing.conventions import (
    CORD_DISTANCE,
    CORD_HALF_WIDTH,
    MARKER_BY_KEY,
    MERGED_OFFSET,
    PALM_RADIUS,
    SCARF_BOTTOM,
    SCARF_HALF_WIDTH,
    SCARF_TOP,
)
from tools.sandbox.drawing.hands import Hand, draw_hand
from tools.sandbox.drawing.heads import Face, draw_face, draw_hair_behind
from tools.sandbox.drawing.stage import Stage
from tools.sandbox.scene import Key

MOST_SUBJECTS = 5

_SKINS: tuple[RGB, ...] = ((236, 190, 160), (214, 160, 124), (176, 122, 88), (226, 176, 148))
_HAIRS: tuple[RGB, ...] = ((34, 26, 28), (52, 32, 24), (24, 24, 34), (66, 38, 24))
_SKIN_LIGHT = {Key.LOW: 52.0, Key.MID: 64.0, Key.HIGH: 74.0}
_COAT_LIGHT = {Key.LOW: 11.0, Key.MID: 19.0, Key.HIGH: 27.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One person to draw.

    Attributes:
        at: Middle of the face, picture pixels.
        radius: Head radius, pixels.
        side: 1 when the raised hand is on the right of the picture, -1 on the left.
        faces: 2 when two faces have grown into one head.
    """

    at: Point
    radius: float
    side: int
    skin: RGB
    hair: RGB
    coat: RGB
    collar: RGB
    style: int
    fingers: int = 5
    faces: int = 1

    def point(self, x: float, y: float) -> Point:
        """A place on the figure in head radii, as picture pixels."""
        return self.at[0] + self.side * x * self.radius, self.at[1] + y * self.radius


def cast(stage: Stage, *, subjects: int, extra_fingers: bool, merged: bool, doubled: bool) -> tuple[Figure, ...]:
    """The figures of a scene, standing apart, no two alike unless one is a double."""
    chance = stage.chance(100)
    count = min(subjects, MOST_SUBJECTS)
    shown = count + (1 if doubled and count else 0)
    first = int(chance.integers(4))
    people = [_person(stage, chance, number=i, shown=shown, kind=first + i) for i in range(count)]
    if extra_fingers and people:
        people[0] = replace(people[0], fingers=6)
    if merged and people:
        people[-1] = replace(people[-1], faces=2)
    if doubled and people:
        people.append(replace(people[0], at=(_stand(stage, number=count, shown=shown), people[0].at[1])))
    return tuple(people)


def plates(stage: Stage, people: tuple[Figure, ...]) -> tuple[Plate, ...]:
    """The bodies, and the raised arms before them, on two plates of the frame's size; none without people."""
    if not people:
        return ()
    bodies, arms = Cel(stage.width, stage.height), Cel(stage.width, stage.height)
    for figure in people:
        _draw_body(stage, bodies, figure)
        _draw_arm(stage, arms, figure)
    return bodies.plate(depth=0.0), arms.plate(depth=0.0)


def marker(key: Key) -> RGB:
    """The scarf's colour under a key of light."""
    return MARKER_BY_KEY[key.value]


def _person(stage: Stage, chance: np.random.Generator, *, number: int, shown: int, kind: int) -> Figure:
    room = stage.width / max(shown, 1)
    size = float(chance.uniform(0.088, 0.104))
    radius = min(stage.height * size, room * 0.21)
    x = _stand(stage, number=number, shown=shown) + float(chance.uniform(-0.05, 0.05)) * room
    y = stage.height - radius * float(chance.uniform(5.0, 5.5))
    return Figure(
        at=(x, y),
        radius=radius,
        side=1 if chance.uniform() < 0.5 else -1,
        skin=_lit(_SKINS[kind % 4], light=_SKIN_LIGHT[stage.key] - 6 * (number % 2)),
        hair=_lit(_HAIRS[kind % 4], light=6 + 2 * (number % 3)),
        coat=_lit(stage.ramp.at(0.2 + 0.1 * number), light=_COAT_LIGHT[stage.key] + 6 * (number % 3)),
        collar=_lit(stage.ramp.accent(light=50), light=_COAT_LIGHT[stage.key] + 14),
        style=kind % 4,
    )


def _stand(stage: Stage, *, number: int, shown: int) -> float:
    """Where the figure of a number stands; a single one keeps to one side of the middle."""
    if shown == 1:
        return stage.width * (0.36 if stage.chance(101).uniform() < 0.5 else 0.64)
    return stage.width * (number + 0.5) / shown


def _lit(colour: RGB, *, light: float) -> RGB:
    """The colour at another lightness."""
    values = lab(np.array(colour, np.uint8))
    return as_rgb(rgb([light, values[1] * 0.9, values[2] * 0.9]))


def _draw_body(stage: Stage, cel: Cel, figure: Figure) -> None:
    faces = _faces(figure, key=stage.key)
    for face in faces:
        draw_hair_behind(cel, face, ink=stage.ink)
    _draw_coat(stage, cel, figure)
    _draw_neck(stage, cel, figure)
    for face in faces:
        draw_face(cel, face, ink=stage.ink)


def _faces(figure: Figure, *, key: Key) -> tuple[Face, ...]:
    offsets = (-MERGED_OFFSET, MERGED_OFFSET) if figure.faces == 2 else (0.0,)
    return tuple(
        Face(
            at=(figure.at[0] + offset * figure.radius, figure.at[1]),
            radius=figure.radius,
            skin=figure.skin,
            hair=figure.hair,
            style=figure.style,
            bright=key is not Key.LOW,
            joined=0 if offset == 0 else (1 if offset < 0 else -1),
        )
        for offset in offsets
    )


def _draw_coat(stage: Stage, cel: Cel, figure: Figure) -> None:
    at, floor = figure.point, (stage.height - figure.at[1]) / figure.radius + 0.4
    shoulders = [
        (-0.5, 1.0),
        (-1.25, 1.42),
        (-1.9, 1.75),
        (-2.15, 2.5),
        (-2.35, floor),
        (2.35, floor),
        (2.15, 2.5),
        (1.9, 1.75),
        (1.25, 1.42),
        (0.5, 1.0),
    ]
    coat = [at(x, y) for x, y in shoulders]
    px = figure.radius * 0.045
    cel.polygon(coat, figure.coat, ink=stage.ink, ink_px=px)
    cel.shade(coat, mix(figure.coat, stage.lamp(), 0.30), strength=0.55, angle=-150)
    dark = mix(figure.coat, (0, 0, 0), 0.45)
    for lapel in (-1, 1):
        edge = [at(0.45 * lapel, 1.3), at(1.05 * lapel, 1.5), at(0.75 * lapel, 2.35), at(0.1 * lapel, 3.3)]
        cel.polygon(edge, mix(figure.coat, figure.collar, 0.45), ink=stage.ink or dark, ink_px=px)
    cel.line([at(0.06, 3.3), at(0.0, floor)], dark, px=px)
    for y in (3.7, 4.5, 5.3):
        cel.ellipse(at(-0.22, y), (figure.radius * 0.07, figure.radius * 0.07), figure.collar)
    cel.line([at(-1.6, 2.3), at(-1.72, floor)], dark, px=px)


def _draw_neck(stage: Stage, cel: Cel, figure: Figure) -> None:
    """The neck, and the scarf over it."""
    at, red = figure.point, marker(stage.key)
    cel.polygon([at(-0.3, 0.6), at(0.3, 0.6), at(0.36, 1.3), at(-0.36, 1.3)], mix(figure.skin, (0, 0, 0), 0.3))
    w, top, low = SCARF_HALF_WIDTH, SCARF_TOP, SCARF_BOTTOM
    scarf = [
        (-w * 0.86, top + 0.06),
        (-w * 0.4, top + 0.02),
        (0, top + 0.10),
        (w * 0.4, top + 0.02),
        (w * 0.86, top + 0.06),
        (w, top + 0.34),
        (w * 0.7, low),
        (0, low + 0.06),
        (-w * 0.7, low),
        (-w, top + 0.34),
    ]
    wrap = [at(x, y) for x, y in scarf]
    cel.polygon(wrap, red, ink=stage.ink, ink_px=figure.radius * 0.045)
    cel.shade(wrap, mix(red, (40, 0, 40), 0.55), strength=0.7, angle=80)
    fold = mix(red, (0, 0, 0), 0.35)
    cel.line([at(-w * 0.8, top + 0.22), at(-0.2, top + 0.36), at(w * 0.7, top + 0.26)], fold, px=figure.radius * 0.05)
    cel.line([at(-w * 0.7, top + 0.42), at(0.1, low - 0.1), at(w * 0.8, top + 0.40)], fold, px=figure.radius * 0.04)


def _draw_arm(stage: Stage, cel: Cel, figure: Figure) -> None:
    """A sleeve rising before the coat to an open hand with a cord at its wrist."""
    at = figure.point
    palm, away = (0.92, 3.05), -68.0
    hand = Hand(
        at=at(*palm),
        palm=PALM_RADIUS * figure.radius,
        pointing=away if figure.side > 0 else -180 - away,
        side=figure.side,
        skin=figure.skin,
        fingers=figure.fingers,
    )
    sleeve = mix(figure.coat, stage.lamp(), 0.12)
    towards = np.deg2rad(away)
    back = (float(np.cos(towards)), float(np.sin(towards)))
    along = (-back[1], back[0])

    def place(distance: float, across: float) -> Point:
        return at(palm[0] - back[0] * distance - along[0] * across, palm[1] - back[1] * distance - along[1] * across)

    forearm = [place(0.62, -0.40), place(0.62, 0.40), place(2.6, 0.66), place(3.3, 0.2), place(2.6, -0.62)]
    cel.polygon(forearm, sleeve, ink=stage.ink, ink_px=figure.radius * 0.045)
    cel.shade(forearm, (0, 0, 0), strength=0.5, angle=30)
    wrist = CORD_HALF_WIDTH * PALM_RADIUS * 0.86
    cel.polygon([place(0.2, -wrist), place(0.2, wrist), place(0.66, wrist), place(0.66, -wrist)], figure.skin)
    near, half = CORD_DISTANCE * PALM_RADIUS, CORD_HALF_WIDTH * PALM_RADIUS
    cord = [
        place(near - 0.085, -half),
        place(near - 0.085, half),
        place(near + 0.085, half),
        place(near + 0.085, -half),
    ]
    draw_hand(cel, hand, ink=stage.ink)
    cel.polygon(cord, marker(stage.key), ink=stage.ink, ink_px=figure.radius * 0.03)
