"""Places nobody built: hills and a shore."""

import numpy as np

from tools.sandbox.drawing.canvas import Cel, Plate
from tools.sandbox.drawing.colour import Floats
from tools.sandbox.drawing.stage import Place, Stage, disc, ground, ridge, sign, sky, wet


def landscape(stage: Stage) -> Place:
    """Ridges fading into haze, conifers, a path through a meadow."""
    chance, u = stage.chance(80), stage.unit
    sun = (stage.span * float(chance.uniform(0.2, 0.75)), stage.height * float(chance.uniform(0.2, 0.4)))
    heavens = disc(stage, sky(stage, clouds=0.2), at=sun, radius=u * 4.5)
    far = _hills(stage, base=0.50, swing=13, tone=0.52, seed=81, depth=0.12)
    middle = _hills(stage, base=0.60, swing=9, tone=0.38, seed=82, depth=0.35)
    near = stage.cel()
    line = ridge(stage, base=stage.height * 0.74, swing=u * 4, seed=83, rough=0.8)
    meadow = ground(line, stage)
    near.polygon(meadow, stage.ramp.at(0.27), ink=stage.ink, ink_px=u * 0.3)
    near.shade(meadow, stage.ramp.at(0.09), strength=0.9)
    _path(stage, near)
    _forest(stage, near, line=line)
    _tufts(stage, near)
    sign(stage, near)
    return Place(plates=(heavens, far, middle, near.plate(depth=1.0)), weather="snow" if stage.seed % 2 else "dust")


def shoreline(stage: Stage) -> Place:
    """Sun or moon over water, a headland with a lighthouse, foam on the sand."""
    chance, u = stage.chance(90), stage.unit
    sun = (stage.span * float(chance.uniform(0.25, 0.7)), stage.height * float(chance.uniform(0.18, 0.36)))
    horizon = round(stage.height * 0.52)
    sea = _sea(stage, disc(stage, sky(stage, clouds=0.18), at=sun, radius=u * 5), horizon=horizon, sun=sun[0])
    head = stage.cel()
    _headland(stage, head, foot=horizon + u * 2)
    shore = stage.cel()
    _beach(stage, shore)
    sign(stage, shore)
    weather = "rain" if stage.seed % 4 == 0 else "dust"
    return Place(plates=(sea, head.plate(depth=0.3), shore.plate(depth=1.0)), weather=weather)


def _hills(stage: Stage, *, base: float, swing: float, tone: float, seed: int, depth: float) -> Plate:
    cel, u = stage.cel(), stage.unit
    line = ground(ridge(stage, base=stage.height * base, swing=u * swing, seed=seed), stage)
    dimmed = tone * (0.62 if stage.night else 1.0)
    cel.polygon(line, stage.ramp.at(dimmed), ink=stage.ink, ink_px=u * 0.2)
    cel.shade(line, stage.ramp.at(dimmed + 0.2), strength=0.9)
    return cel.plate(depth=depth)


def _path(stage: Stage, cel: Cel) -> None:
    u, middle = stage.unit, stage.span * 0.45
    turns = np.linspace(0, 1, 14)
    left = [
        (float(middle + np.sin(t * 4) * u * 9 - u * 14 * t**1.4), float(stage.height * (0.75 + 0.26 * t)))
        for t in turns
    ]
    right = [(x + u * (2 + 34 * t**1.5), y) for (x, y), t in zip(left, turns, strict=True)]
    cel.polygon([*left, *right[::-1]], stage.ramp.at(0.44), ink=stage.ink, ink_px=u * 0.2)


def _forest(stage: Stage, cel: Cel, *, line: list[tuple[float, float]]) -> None:
    chance, u = stage.chance(84), stage.unit
    for x, y in line[::3]:
        if chance.uniform() < 0.5:
            _conifer(stage, cel, x=x, foot=y + u * float(chance.uniform(1, 7)), high=u * float(chance.uniform(12, 34)))


def _conifer(stage: Stage, cel: Cel, *, x: float, foot: float, high: float) -> None:
    u, tone = stage.unit, 0.10 + 0.0012 * high / stage.unit
    cel.line([(x, foot), (x, foot - high * 0.3)], stage.ramp.at(0.05), px=u * 0.8)
    for tier in range(4):
        top = foot - high * (0.46 + 0.18 * tier)
        half = high * (0.25 - 0.052 * tier)
        branch = [
            (x - half, foot - high * (0.10 + 0.19 * tier)),
            (x, top),
            (x + half, foot - high * (0.10 + 0.19 * tier)),
        ]
        cel.polygon(branch, stage.ramp.at(tone + 0.02 * tier), ink=stage.ink, ink_px=u * 0.18)
        cel.shade(branch, stage.ramp.at(0.02), strength=0.8, angle=10)


def _tufts(stage: Stage, cel: Cel) -> None:
    chance, u = stage.chance(85), stage.unit
    for x, y in zip(chance.uniform(0, stage.span, 240), chance.uniform(0.80, 1.02, 240) * stage.height, strict=True):
        lean, high = float(chance.normal(0, 1.0)) * u, u * float(chance.uniform(1.5, 4))
        cel.line(
            [(float(x), float(y)), (float(x) + lean, float(y) - high)],
            stage.ramp.at(float(chance.uniform(0.12, 0.42))),
            px=u * 0.28,
        )


def _sea(stage: Stage, heavens: Plate, *, horizon: int, sun: float) -> Plate:
    """The sky mirrored in the water, broken by waves and a glittering road under the sun."""
    rgba = heavens.rgba.copy()
    rgba[horizon:, :, :3] = stage.ramp.at(0.3)
    mirrored = wet(Plate(rgba=rgba, depth=0.0), line=horizon, dark=stage.ramp.at(0.14), strength=0.75)
    cel = Cel(stage.span, stage.height)
    chance = stage.chance(91)
    for share in np.linspace(0.01, 1, 46) ** 1.6:
        y = horizon + float(share) * stage.height * 0.36
        _wave_row(stage, cel, chance, y=y, near=float(share), sun=sun)
    return Plate(rgba=_over(mirrored.rgba, cel.plate(depth=0.0).rgba, strength=0.75), depth=0.06)


def _wave_row(stage: Stage, cel: Cel, chance: np.random.Generator, *, y: float, near: float, sun: float) -> None:
    u = stage.unit
    for x in chance.uniform(0, stage.span, 16):
        half = u * float(chance.uniform(1, 5)) * (0.4 + near * 2)
        tone = float(chance.choice([0.16, 0.34, 0.5]))
        cel.line([(float(x) - half, y), (float(x) + half, y)], stage.ramp.at(tone), px=u * (0.15 + 0.3 * near))
    for x in chance.normal(sun, u * (3 + 10 * near), 9):
        half = u * float(chance.uniform(0.4, 2.2)) * (0.5 + near)
        cel.line([(float(x) - half, y), (float(x) + half, y)], stage.ramp.at(0.96), px=u * (0.2 + 0.3 * near))


def _over(under: Floats | np.ndarray, above: np.ndarray, *, strength: float) -> np.ndarray:
    share = above[..., 3:].astype(np.float32) / 255 * strength
    mixed = under[..., :3] * (1 - share) + above[..., :3] * share
    return np.concatenate([mixed.astype(np.uint8), under[..., 3:]], axis=2)


def _headland(stage: Stage, cel: Cel, *, foot: float) -> None:
    chance, u = stage.chance(92), stage.unit
    x = stage.span * float(chance.uniform(0.6, 0.85))
    cliff = [
        (x - u * 34, foot),
        (x - u * 22, foot - u * 5),
        (x - u * 8, foot - u * 12),
        (x + u * 12, foot - u * 15),
        (stage.span + 4, foot - u * 20),
        (stage.span + 4, foot),
    ]
    cel.polygon(cliff, stage.ramp.at(0.20), ink=stage.ink, ink_px=u * 0.25)
    cel.shade(cliff, stage.ramp.at(0.42), strength=0.6, angle=-120)
    tower = [
        (x - u * 1.6, foot - u * 12),
        (x - u * 1.1, foot - u * 28),
        (x + u * 1.1, foot - u * 28),
        (x + u * 1.6, foot - u * 12),
    ]
    cel.polygon(tower, stage.ramp.at(0.66), ink=stage.ink, ink_px=u * 0.25)
    cel.shade(tower, stage.ramp.at(0.1), strength=0.8, angle=0)
    cel.polygon(
        [(x - u * 1.7, foot - u * 28), (x, foot - u * 32.5), (x + u * 1.7, foot - u * 28)],
        stage.ramp.accent(light=34),
        ink=stage.ink,
        ink_px=u * 0.2,
    )
    cel.glow((x, foot - u * 29.2), u * 13, stage.lamp(), strength=0.9 if stage.night else 0.3)


def _beach(stage: Stage, cel: Cel) -> None:
    u = stage.unit
    edge = ridge(stage, base=stage.height * 0.83, swing=u * 2.2, seed=93, rough=0.5)
    sand = ground(edge, stage)
    cel.polygon(sand, stage.ramp.at(0.48 if not stage.night else 0.3))
    cel.shade(sand, stage.ramp.at(0.15), strength=0.8)
    for step, tone in ((0.0, 0.95), (1.3, 0.6), (2.4, 0.85)):
        cel.line([(x, y + u * step) for x, y in edge], stage.ramp.at(tone, chroma=0.4), px=u * (0.9 - 0.25 * step))
    chance = stage.chance(94)
    for x in chance.uniform(0, stage.span, 7):
        _rock(
            stage,
            cel,
            x=float(x),
            y=stage.height * float(chance.uniform(0.84, 0.97)),
            size=u * float(chance.uniform(3, 8)),
        )


def _rock(stage: Stage, cel: Cel, *, x: float, y: float, size: float) -> None:
    shape = [
        (x - size, y),
        (x - size * 0.7, y - size * 0.6),
        (x - size * 0.1, y - size * 0.9),
        (x + size * 0.7, y - size * 0.5),
        (x + size, y),
    ]
    cel.polygon(shape, stage.ramp.at(0.22), ink=stage.ink, ink_px=stage.unit * 0.25)
    cel.shade(shape, stage.ramp.at(0.03), strength=0.9, angle=40)
