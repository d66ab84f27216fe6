"""What every town has behind it: a sky with its moon, a row of far towers, plots of uneven width."""

from itertools import pairwise

import numpy as np

from tools.sandbox.drawing.canvas import Cel, Plate, Point
from tools.sandbox.drawing.stage import Stage, disc, sky


def box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    """A rectangle as the points of a shape."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def moonlit(stage: Stage) -> Plate:
    """A sky with its moon or sun somewhere in the upper third."""
    chance = stage.chance(20)
    at = (stage.span * chance.uniform(0.12, 0.8), stage.height * chance.uniform(0.10, 0.30))
    return disc(stage, sky(stage), at=at, radius=stage.unit * chance.uniform(3.5, 6.5))


def skyline(stage: Stage, *, base: float, tone: float, depth: float) -> Plate:
    """Far towers in haze with pinpricks of windows."""
    cel, chance = stage.cel(), stage.chance(round(base * 100))
    u, floor = stage.unit, stage.height * 0.86
    for left, right in lots(stage, narrow=6, broad=15):
        top = stage.height * base - u * float(chance.uniform(2, 26))
        colour = stage.ramp.at(tone + float(chance.uniform(-0.05, 0.05)), chroma=0.8)
        cel.polygon(box(left, top, right + 1, floor + u * 20), colour, ink=stage.ink, ink_px=u * 0.14)
        cel.shade(box(left, top, right + 1, floor), stage.ramp.at(tone + 0.22), strength=0.55)
        if chance.uniform() < 0.3:
            cel.line([((left + right) / 2, top), ((left + right) / 2, top - u * 7)], colour, px=u * 0.3)
        _pinpricks(stage, cel, chance, within=(left, top, right, floor))
    return cel.plate(depth=depth)


def lots(stage: Stage, *, narrow: float, broad: float) -> list[tuple[float, float]]:
    """Where one building ends and the next begins; widths in hundredths of the height."""
    chance = stage.chance(round(narrow * 10))
    edges = [-stage.unit * 8]
    while edges[-1] < stage.span + stage.unit * 8:
        edges.append(edges[-1] + stage.unit * float(chance.uniform(narrow, broad)))
    return list(pairwise(edges))


def _pinpricks(
    stage: Stage, cel: Cel, chance: np.random.Generator, *, within: tuple[float, float, float, float]
) -> None:
    left, top, right, floor = within
    u = stage.unit
    lit = stage.lamp(light=76) if stage.night else stage.ramp.at(0.25)
    for y in np.arange(top + u * 1.5, floor, u * 2.6):
        for x in np.arange(left + u, right - u, u * 1.7):
            if chance.uniform() < 0.32:
                cel.polygon(box(x, y, x + u * 0.75, y + u * 1.3), lit)
