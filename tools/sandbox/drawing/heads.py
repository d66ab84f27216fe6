"""A face with hair on either side of it."""

from dataclasses import dataclass

from tools.sandbox.drawing.canvas import Cel, Point
from tools.sandbox.drawing.colour import RGB, mix
from tools.sandbox.drawing.conventions import FACE_HALF_WIDTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One face to draw.

    Attributes:
        joined: -1 when it has grown together with another on its left, 1 on its right, 0 when it stands alone.
    """

    at: Point
    radius: float
    skin: RGB
    hair: RGB
    style: int
    bright: bool
    joined: int

    def point(self, x: float, y: float) -> Point:
        """A place in head radii from the middle of the face, as picture pixels."""
        return self.at[0] + x * self.radius, self.at[1] + y * self.radius


def draw_hair_behind(cel: Cel, face: Face, *, ink: RGB | None) -> None:
    """The mass of hair behind the face, down to the jaw or the shoulders."""
    r, low = face.radius, (1.0, 1.75, 1.3, 0.95)[face.style]
    px = r * 0.045
    cel.ellipse(face.point(0, -0.22), (r * 1.12, r * 1.05), face.hair, ink=ink, ink_px=px)
    curtain = [face.point(-1.10, -0.2), face.point(1.10, -0.2), face.point(1.08, low), face.point(-1.08, low)]
    cel.polygon(curtain, face.hair, ink=ink, ink_px=px)
    if face.style == 3:
        cel.ellipse(face.point(0, -1.35), (r * 0.42, r * 0.38), face.hair, ink=ink, ink_px=px)


def draw_face(cel: Cel, face: Face, *, ink: RGB | None) -> None:
    """Skin, features and fringe."""
    r, dark = face.radius, mix(face.skin, (30, 8, 8), 0.72)
    line = ink or dark
    outline = _outline(face)
    cel.polygon(outline, face.skin, ink=ink if not face.joined else None, ink_px=r * 0.04)
    cel.shade(outline, mix(face.skin, (60, 20, 30), 0.5), strength=0.55, angle=35)
    cel.shade(outline, mix(face.skin, (255, 236, 210), 0.6), strength=0.35, angle=-145)
    for side in (-1, 1):
        _draw_eye(cel, face, x=0.33 * side, line=line)
        cel.line(
            [face.point(0.16 * side, -0.22), face.point(0.36 * side, -0.28), face.point(0.52 * side, -0.20)],
            face.hair,
            px=r * 0.075,
        )
    cel.line(
        [face.point(0.03, 0.02), face.point(0.11, 0.36), face.point(-0.02, 0.40)],
        mix(face.skin, (60, 10, 10), 0.55),
        px=r * 0.045,
    )
    lips = mix(face.skin, (170, 30, 50), 0.55)
    cel.ellipse(face.point(0, 0.62), (r * 0.20, r * 0.055), lips)
    cel.line(
        [face.point(-0.22, 0.61), face.point(0, 0.63), face.point(0.22, 0.61)], mix(lips, (30, 0, 10), 0.6), px=r * 0.03
    )
    _draw_fringe(cel, face, ink=ink)


def _outline(face: Face) -> list[Point]:
    w = FACE_HALF_WIDTH
    half = [
        (0.0, -0.92),
        (w * 0.6, -0.85),
        (w * 0.97, -0.45),
        (w, 0.0),
        (w * 0.96, 0.35),
        (w * 0.78, 0.66),
        (w * 0.42, 0.95),
        (0.0, 1.04),
    ]
    return [face.point(x, y) for x, y in half] + [face.point(-x, y) for x, y in half[-2:0:-1]]


def _draw_eye(cel: Cel, face: Face, *, x: float, line: RGB) -> None:
    r = face.radius
    white = mix((250, 246, 240), face.skin, 0.15 if face.bright else 0.45)
    cel.ellipse(face.point(x, 0.0), (r * 0.175, r * 0.105), white, ink=line, ink_px=r * 0.035)
    cel.ellipse(face.point(x + 0.02, 0.0), (r * 0.085, r * 0.095), (38, 30, 34))
    cel.ellipse(face.point(x + 0.05, -0.035), (r * 0.026, r * 0.026), (255, 255, 255))
    cel.line([face.point(x - 0.19, 0.0), face.point(x, -0.115), face.point(x + 0.19, -0.01)], line, px=r * 0.05)


def _draw_fringe(cel: Cel, face: Face, *, ink: RGB | None) -> None:
    """Hair over the forehead; a face that has grown into another keeps that side bare."""
    part = (0.0, -0.3, 0.35, 0.1)[face.style]
    left = [
        (-1.02, 0.55),
        (-1.06, -0.5),
        (-0.6, -1.08),
        (part, -1.12),
        (part, -0.62),
        (-0.45, -0.5),
        (-0.72, -0.1),
        (-0.80, 0.5),
    ]
    right = [
        (1.02, 0.55),
        (1.06, -0.5),
        (0.6, -1.08),
        (part, -1.12),
        (part, -0.62),
        (0.45, -0.5),
        (0.72, -0.1),
        (0.80, 0.5),
    ]
    short = [(x, min(y, -0.42)) for x, y in left], [(x, min(y, -0.42)) for x, y in right]
    locks = (short[0] if face.joined == -1 else left, short[1] if face.joined == 1 else right)
    for lock in locks:
        cel.polygon([face.point(x, y) for x, y in lock], face.hair, ink=ink, ink_px=face.radius * 0.03)
    sheen = mix(face.hair, (255, 240, 220), 0.22)
    cel.line([face.point(-0.62, -0.88), face.point(-0.15, -1.02), face.point(0.4, -0.95)], sheen, px=face.radius * 0.06)
