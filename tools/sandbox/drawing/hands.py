"""An open hand, palm towards us, fingers spread."""

from dataclasses import dataclass

import numpy as np

from tools.sandbox.drawing.canvas import Cel, Point
from tools.sandbox.drawing.colour import RGB, mix
from tools.sandbox.drawing.conventions import FINGER_HALF_WIDTH, THUMB_ANGLE, Finger, fingers


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """One hand to draw.

    Attributes:
        at: Middle of the palm, picture pixels.
        palm: Its radius, pixels.
        pointing: Degrees, 0 to the right, -90 up.
        side: 1 with the thumb on the left of the pointing direction, -1 on the right.
    """

    at: Point
    palm: float
    pointing: float
    side: int
    skin: RGB
    fingers: int

    def point(self, angle: float, distance: float) -> Point:
        """A place at an angle from where the hand points, ``distance`` palm radii out."""
        turned = np.deg2rad(self.pointing + self.side * angle)
        reach = self.palm * distance
        return self.at[0] + float(np.cos(turned)) * reach, self.at[1] + float(np.sin(turned)) * reach


def draw_hand(cel: Cel, hand: Hand, *, ink: RGB | None) -> None:
    """Draw it: contour first, so that neighbouring fingers stay apart, then skin, then creases and light."""
    shadow = ink or mix(hand.skin, (0, 0, 0), 0.75)
    edge = hand.palm * (0.10 if ink else 0.05)
    drawn = fingers(hand.fingers)
    for outline in (True, False):
        colour, more = (shadow, edge) if outline else (hand.skin, 0.0)
        for finger in drawn:
            _draw_finger(cel, hand, finger, colour, more=more)
        cel.ellipse(hand.at, (hand.palm * 0.92 + more, hand.palm * 0.92 + more), colour)
    crease = mix(hand.skin, (40, 10, 10), 0.35)
    cel.line([hand.point(-60, 0.25), hand.point(150, 0.35), hand.point(170, 0.7)], crease, px=hand.palm * 0.06)
    cel.line([hand.point(-35, 0.6), hand.point(20, 0.5), hand.point(60, 0.62)], crease, px=hand.palm * 0.05)
    light = mix(hand.skin, (255, 255, 255), 0.35)
    for finger in drawn:
        nail = hand.point(finger.angle - 2, finger.reach - 0.16)
        cel.ellipse(nail, (hand.palm * 0.07, hand.palm * 0.07), light)


def _draw_finger(cel: Cel, hand: Hand, finger: Finger, colour: RGB, *, more: float) -> None:
    """A finger from inside the palm to its round tip; the thumb starts lower."""
    thick = FINGER_HALF_WIDTH * (1.12 if finger.angle == THUMB_ANGLE else 1.0)
    root = 0.35 if finger.angle == THUMB_ANGLE else 0.55
    tip = finger.reach - thick
    cel.line(
        [hand.point(finger.angle, root), hand.point(finger.angle, tip)], colour, px=2 * thick * hand.palm + 2 * more
    )
