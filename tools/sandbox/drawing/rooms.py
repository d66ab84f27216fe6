"""Places indoors: a room with a window onto the town."""

import numpy as np

from tools.sandbox.drawing.canvas import Cel, Plate
from tools.sandbox.drawing.colour import mix
from tools.sandbox.drawing.skylines import box, moonlit, skyline
from tools.sandbox.drawing.stage import Place, Stage, sign


def interior(stage: Stage) -> Place:
    """A room: panelled wall, a tall window onto the town, a lamp on a table, light across the floor."""
    cel = stage.cel(fill=stage.ramp.at(0.30))
    _wall(stage, cel)
    panes = _window(stage, cel)
    _furniture(stage, cel)
    sign(stage, cel)
    wall = cel.plate(depth=1.0)
    rgba = wall.rgba.copy()
    for left, top, right, bottom in panes:
        rgba[top:bottom, left:right, 3] = 0
    outside = skyline(stage, base=0.56, tone=0.34, depth=0.45)
    return Place(plates=(moonlit(stage), outside, Plate(rgba=rgba, depth=1.0)), weather="dust")


def _wall(stage: Stage, cel: Cel) -> None:
    u, skirting = stage.unit, stage.height * 0.83
    cel.shade(box(0, 0, stage.span, skirting), stage.ramp.at(0.10), strength=0.75, angle=-90)
    for x in np.arange(u * 3, stage.span, u * 12):
        panel = box(float(x), stage.height * 0.60, float(x) + u * 9, skirting - u * 4)
        cel.polygon(panel, stage.ramp.at(0.22), ink=stage.ink or stage.ramp.at(0.12), ink_px=u * 0.25)
        cel.shade(panel, stage.ramp.at(0.36), strength=0.6, angle=60)
    cel.polygon(box(-2, skirting, stage.span + 2, stage.height + 2), stage.ramp.at(0.17), ink=stage.ink, ink_px=u * 0.3)
    for x in np.arange(-stage.span, stage.span * 2, u * 13):
        cel.line(
            [(float(x), skirting), (stage.span / 2 + (float(x) - stage.span / 2) * 1.9, stage.height + 2)],
            stage.ramp.at(0.10),
            px=u * 0.3,
        )


def _window(stage: Stage, cel: Cel) -> list[tuple[int, int, int, int]]:
    """A window of eight panes with curtains and its light on the floor; the panes' boxes."""
    chance, u = stage.chance(61), stage.unit
    left, top = round(stage.span * chance.uniform(0.18, 0.5)), round(stage.height * 0.10)
    wide, high = round(u * 46), round(u * 56)
    cel.polygon(
        box(left - u * 2, top - u * 2, left + wide + u * 2, top + high + u * 3),
        stage.ramp.at(0.46 if stage.night else 0.13),
        ink=stage.ink,
        ink_px=u * 0.4,
    )
    bars = round(u * 1.2)
    panes = [
        (
            left + wide * i // 4 + bars,
            top + high * j // 2 + bars,
            left + wide * (i + 1) // 4 - bars,
            top + high * (j + 1) // 2 - bars,
        )
        for i in range(4)
        for j in range(2)
    ]
    floor = stage.height * 0.84
    beam = [(left, floor), (left + wide, floor), (left + wide * 1.25, stage.height), (left + wide * 0.1, stage.height)]
    cel.shade([(float(x), float(y)) for x, y in beam], stage.ramp.at(0.72), strength=0.8, angle=-90)
    for side in (-1, 1):
        _curtain(stage, cel, x=left + (wide if side > 0 else 0) + side * u * 4, top=top - u * 4, foot=floor - u * 2)
    return panes


def _curtain(stage: Stage, cel: Cel, *, x: float, top: float, foot: float) -> None:
    u = stage.unit
    for i in range(-4, 5):
        fold = mix(stage.ramp.accent(light=24), stage.ramp.at(0.14 + 0.10 * (i % 2)), 0.5)
        cel.polygon(
            [
                (x + i * u - u * 0.6, top),
                (x + i * u + u * 0.6, top),
                (x + i * u * 1.5 + u, foot),
                (x + i * u * 1.5 - u, foot),
            ],
            fold,
            ink=stage.ink,
            ink_px=u * 0.14,
        )
    cel.line([(x - u * 8, top), (x + u * 8, top)], stage.ramp.at(0.06), px=u * 0.9)


def _furniture(stage: Stage, cel: Cel) -> None:
    """A table with a lamp, and pictures on the wall."""
    chance, u = stage.chance(62), stage.unit
    x, y = stage.span * float(chance.uniform(0.62, 0.9)), stage.height * 0.70
    for i in range(3):
        left, top = x - u * 22 + i * u * 15, stage.height * float(chance.uniform(0.14, 0.26))
        cel.polygon(box(left, top, left + u * 10, top + u * 13), stage.ramp.at(0.10), ink=stage.ink, ink_px=u * 0.3)
        cel.polygon(box(left + u, top + u, left + u * 9, top + u * 12), stage.ramp.accent(light=30 + 12 * i))
        cel.shade(box(left + u, top + u, left + u * 9, top + u * 12), stage.ramp.at(0.8), strength=0.5, angle=-50)
    cel.polygon(box(x - u * 18, y, x + u * 18, y + u * 2.5), stage.ramp.at(0.14), ink=stage.ink, ink_px=u * 0.3)
    for leg in (-16, 14):
        cel.polygon(
            box(x + u * leg, y + u * 2.5, x + u * (leg + 2), y + u * 22),
            stage.ramp.at(0.09),
            ink=stage.ink,
            ink_px=u * 0.25,
        )
    cel.line([(x, y), (x, y - u * 8)], stage.ramp.at(0.08), px=u)
    shade = stage.lamp(light=86)
    cel.polygon(
        [(x - u * 3, y - u * 15), (x + u * 3, y - u * 15), (x + u * 6, y - u * 7), (x - u * 6, y - u * 7)],
        shade,
        ink=stage.ink,
        ink_px=u * 0.25,
    )
    cel.glow((x, y - u * 9), u * 38, shade, strength=0.5)
