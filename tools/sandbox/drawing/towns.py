"""Streets and roofs: a wet row of shops, gables under a far skyline."""

import numpy as np

from tools.sandbox.drawing.canvas import Cel, Point
from tools.sandbox.drawing.colour import RGB, mix
from tools.sandbox.drawing.skylines import box, lots, moonlit, skyline
from tools.sandbox.drawing.stage import Place, Stage, sign, wet


def street(stage: Stage) -> Place:
    """Shop fronts under a dark or bright sky, lamps, a street that mirrors them."""
    line = round(stage.height * 0.80)
    cel = stage.cel()
    _pavement(stage, cel, line=line)
    for left, right in lots(stage, narrow=17, broad=31):
        _house(stage, cel, left=left, right=right, line=line)
    sign(stage, cel)
    for x in _spaced(stage, every=46, purpose=31):
        _street_lamp(stage, cel, x=x, line=line)
    near = wet(cel.plate(depth=1.0), line=line, dark=stage.ramp.at(0.10), strength=0.6)
    weather = "rain" if stage.night or stage.seed % 3 == 0 else "dust"
    return Place(plates=(moonlit(stage), skyline(stage, base=0.62, tone=0.24, depth=0.4), near), weather=weather)


def rooftops(stage: Stage) -> Place:
    """Gables, chimneys and tanks stepping down to a far skyline."""
    middle = stage.cel()
    _roofs(stage, middle, base=0.74, tone=0.26, purpose=41)
    near = stage.cel()
    _roofs(stage, near, base=0.94, tone=0.15, purpose=42)
    _cables(stage, near)
    sign(stage, near)
    plates = (
        moonlit(stage),
        skyline(stage, base=0.58, tone=0.36, depth=0.25),
        middle.plate(depth=0.5),
        near.plate(depth=1.0),
    )
    return Place(plates=plates, weather="snow" if stage.seed % 2 else "dust")


def _spaced(stage: Stage, *, every: float, purpose: int) -> list[float]:
    chance = stage.chance(purpose)
    return [float(x) for x in np.arange(stage.unit * chance.uniform(8, every), stage.span, stage.unit * every)]


def _house(stage: Stage, cel: Cel, *, left: float, right: float, line: float) -> None:
    """One front: cornice, rows of windows, a lit shop with an awning."""
    chance, u = stage.chance(500 + round(left)), stage.unit
    tone = float(chance.uniform(0.14, 0.34))
    top = line - u * float(chance.uniform(38, 70))
    wall = stage.ramp.at(tone)
    cel.polygon(box(left, top, right, line), wall, ink=stage.ink, ink_px=u * 0.3)
    cel.shade(box(left, top, right, line), stage.ramp.at(tone * 0.4), strength=0.7, angle=-90)
    cel.polygon(
        box(left - u * 0.8, top, right + u * 0.8, top + u * 2.2),
        stage.ramp.at(tone + 0.12),
        ink=stage.ink,
        ink_px=u * 0.25,
    )
    columns = max(2, round((right - left) / (u * 7.5)))
    pitch = (right - left) / columns
    for y in np.arange(top + u * 5, line - u * 24, u * 11):
        for column in range(columns):
            x = left + pitch * (column + 0.5)
            _sash(stage, cel, chance, x=x, y=float(y), half=pitch * 0.27)
    _shop(stage, cel, chance, left=left + u * 1.5, right=right - u * 1.5, line=line)


def _sash(stage: Stage, cel: Cel, chance: np.random.Generator, *, x: float, y: float, half: float) -> None:
    u = stage.unit
    lit = chance.uniform() < (0.5 if stage.night else 0.1)
    frame = box(x - half - u * 0.5, y - u * 0.5, x + half + u * 0.5, y + u * 7.5)
    pane = box(x - half, y, x + half, y + u * 7)
    cel.polygon(frame, stage.ramp.at(0.42 if not stage.night else 0.22), ink=stage.ink, ink_px=u * 0.2)
    cel.polygon(pane, stage.lamp(light=float(chance.uniform(62, 84))) if lit else stage.ramp.at(0.09))
    cel.shade(pane, stage.ramp.at(0.62), strength=0.30, angle=-60)
    cel.line([(x, y), (x, y + u * 7)], stage.ramp.at(0.12), px=u * 0.35)
    cel.line([(x - half, y + u * 3.2), (x + half, y + u * 3.2)], stage.ramp.at(0.12), px=u * 0.35)


def _shop(stage: Stage, cel: Cel, chance: np.random.Generator, *, left: float, right: float, line: float) -> None:
    u = stage.unit
    glass = box(left, line - u * 15, right, line - u * 2)
    glow = stage.lamp(light=float(chance.uniform(66, 86))) if stage.night else stage.ramp.at(0.5)
    cel.polygon(glass, glow, ink=stage.ink, ink_px=u * 0.3)
    cel.shade(glass, stage.ramp.at(0.10), strength=0.75, angle=90)
    for x in np.linspace(left, right, 4)[1:-1]:
        cel.line([(float(x), line - u * 15), (float(x), line - u * 2)], stage.ramp.at(0.10), px=u * 0.6)
    _awning(stage, cel, chance, left=left, right=right, y=line - u * 17.5)
    if stage.night:
        cel.glow(((left + right) / 2, line - u * 8), u * 22, glow, strength=0.35)


def _awning(stage: Stage, cel: Cel, chance: np.random.Generator, *, left: float, right: float, y: float) -> None:
    u, stripes = stage.unit, 7
    bright, dark = stage.ramp.accent(light=float(chance.uniform(38, 58))), stage.ramp.at(0.62, chroma=0.6)
    for i in range(stripes):
        a, b = (left + (right - left) * k / stripes for k in (i, i + 1))
        flare_a, flare_b = (u * 1.6 * (2 * k / stripes - 1) for k in (i, i + 1))
        colour: RGB = mix(bright if i % 2 else dark, stage.ramp.at(0.1), 0.45 if stage.night else 0.1)
        cel.polygon(
            [(a, y), (b, y), (b + flare_b, y + u * 4.6), (a + flare_a, y + u * 4.6)],
            colour,
            ink=stage.ink,
            ink_px=u * 0.2,
        )


def _pavement(stage: Stage, cel: Cel, *, line: int) -> None:
    cel.polygon(box(-2, line, stage.span + 2, stage.height + 2), stage.ramp.at(0.24))


def _street_lamp(stage: Stage, cel: Cel, *, x: float, line: float) -> None:
    u, dark = stage.unit, stage.ramp.at(0.05)
    top = line - u * 47
    cel.line([(x, line + u * 3), (x, top), (x + u * 3, top - u * 2), (x + u * 6, top)], dark, px=u * 0.9)
    cel.line([(x, line + u * 3), (x, line - u * 8)], dark, px=u * 1.7)
    lamp = stage.lamp(light=93) if stage.night else stage.ramp.at(0.8)
    cel.polygon(
        [(x + u * 4.4, top), (x + u * 7.6, top), (x + u * 7, top + u * 2.6), (x + u * 5, top + u * 2.6)],
        lamp,
        ink=stage.ink,
        ink_px=u * 0.2,
    )
    if stage.night:
        cel.glow((x + u * 6, top + u * 2), u * 26, lamp, strength=0.6)


def _roofs(stage: Stage, cel: Cel, *, base: float, tone: float, purpose: int) -> None:
    chance, u = stage.chance(purpose), stage.unit
    for left, right in lots(stage, narrow=26 + purpose % 2, broad=44):
        eaves = stage.height * base - u * float(chance.uniform(2, 16))
        peak = eaves - u * float(chance.uniform(9, 19))
        shade = tone + float(chance.uniform(-0.05, 0.07))
        top = left + (right - left) * float(chance.uniform(0.3, 0.7))
        cel.polygon(
            box(left, eaves, right, stage.height + 4), stage.ramp.at(shade * 0.7), ink=stage.ink, ink_px=u * 0.3
        )
        gable = [(left - u * 2, eaves + u), (top, peak), (right + u * 2, eaves + u)]
        cel.polygon(gable, stage.ramp.at(shade + 0.10), ink=stage.ink, ink_px=u * 0.35)
        cel.shade(gable, stage.ramp.at(shade * 0.3), strength=0.7, angle=20)
        _tiles(stage, cel, gable, colour=stage.ramp.at(shade * 0.55))
        _chimney(stage, cel, x=left + (right - left) * 0.22, foot=(eaves + peak) / 2 + u * 2, tone=shade)
        _sash(stage, cel, chance, x=(left + right) / 2, y=eaves + u * 5, half=u * 2.4)
        _sash(stage, cel, chance, x=(left + right) / 2 + u * 9, y=eaves + u * 5, half=u * 2.4)


def _tiles(stage: Stage, cel: Cel, gable: list[Point], *, colour: RGB) -> None:
    """Courses of tiles across a gable."""
    (left, foot), (top, peak), (right, _) = gable
    for share in (0.25, 0.45, 0.63, 0.80):
        y = peak + (foot - peak) * share
        cel.line([(top + (left - top) * share, y), (top + (right - top) * share, y)], colour, px=stage.unit * 0.28)


def _chimney(stage: Stage, cel: Cel, *, x: float, foot: float, tone: float) -> None:
    u = stage.unit
    cel.polygon(
        box(x - u * 2, foot - u * 13, x + u * 2, foot), stage.ramp.at(tone + 0.04), ink=stage.ink, ink_px=u * 0.3
    )
    cel.shade(box(x - u * 2, foot - u * 13, x + u * 2, foot), stage.ramp.at(0.03), strength=0.7, angle=0)
    cel.polygon(
        box(x - u * 2.6, foot - u * 13.8, x + u * 2.6, foot - u * 12.2),
        stage.ramp.at(tone + 0.1),
        ink=stage.ink,
        ink_px=u * 0.2,
    )


def _cables(stage: Stage, cel: Cel) -> None:
    chance, u = stage.chance(77), stage.unit
    for _ in range(3):
        y, sag = stage.height * chance.uniform(0.12, 0.4), u * chance.uniform(4, 12)
        xs = np.linspace(-5, stage.span + 5, 24)
        bow = [(float(x), float(y + sag * (1 - (2 * x / stage.span - 1) ** 2))) for x in xs]
        cel.line(bow, stage.ramp.at(0.04), px=u * 0.25)
