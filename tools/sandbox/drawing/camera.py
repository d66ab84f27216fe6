"""How a shot moves: plates passing at their own speeds, a slow push, figures that sway, weather in front."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from PIL import Image

from tools.sandbox.drawing.canvas import Plate
from tools.sandbox.drawing.colour import Bytes
from tools.sandbox.drawing.encode import Planes, limited_range
from tools.sandbox.drawing.weather import Weather

PUSH_SHARE = 0.10  # how much nearer a push comes over the clip
TRACK_SPEED = 0.0042  # picture heights per frame: two pixels at 480 lines
LONGEST_TRACK = 0.75  # picture heights a near plate travels at most; longer clips travel slower

Offset = tuple[int, int]


class Move(StrEnum):
    """What the camera does: travels along, comes nearer, or lets the background come nearer behind moving people."""

    TRACK = "track"
    PUSH = "push"
    DRIFT = "drift"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reel:
    """One plate in video planes.

    Travelling by an odd number of luma pixels shifts chroma by half a sample, so chroma is sampled once for even and
    once for odd positions, across and down.

    Attributes:
        origin: Where in the plate the part lies that holds anything; even.
        cover: Its opacity; ``None`` when it covers all.
    """

    origin: Offset
    luma: Image.Image
    cover: Image.Image | None
    chroma: dict[Offset, tuple[Image.Image, Image.Image, Image.Image | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One set-up, ready to be filmed.

    Attributes:
        back: Plates from far to near, all of one size.
        people: Plates of the frame's size that sway, body first.
        frames: Length of the whole clip.
    """

    width: int
    height: int
    move: Move
    back: tuple[Plate, ...]
    people: tuple[Plate, ...]
    weather: Weather
    frames: int
    seed: int


def room(move: Move, *, height: int, frames: int) -> int:
    """Pixels a near plate needs beyond the frame's width."""
    if move is not Move.TRACK:
        return 0
    return round(min(TRACK_SPEED * frames, LONGEST_TRACK) * height / 2) * 2


def reel(plate: Plate, *, still: bool = False) -> Reel:
    """A plate in video planes; a ``still`` one is never moved by an odd step."""
    left, top, right, bottom = _filled(plate)
    rgba = plate.rgba[top:bottom, left:right]
    coded = np.rint(limited_range(rgba[..., :3])).astype(np.uint8)
    alpha = rgba[..., 3]
    opaque = bool(alpha.min() == 255)
    steps = [(0, 0)] if still else [(0, 0), (1, 0), (0, 1), (1, 1)]
    chroma = {
        step: (_halved(coded[..., 1], step), _halved(coded[..., 2], step), None if opaque else _halved(alpha, step))
        for step in steps
    }
    return Reel(
        origin=(left, top),
        luma=Image.fromarray(coded[..., 0].copy()),
        cover=None if opaque else Image.fromarray(alpha.copy()),
        chroma=chroma,
    )


def lay(onto: list[Image.Image], picture: Reel, *, at: Offset) -> None:
    """Paste a reel on three planes with its top left corner at ``at``, which may lie outside."""
    x, y = at[0] + picture.origin[0], at[1] + picture.origin[1]
    onto[0].paste(picture.luma, (x, y), picture.cover)
    u, v, cover = picture.chroma[x % 2, y % 2]
    half = (x // 2, y // 2)
    onto[1].paste(u, half, cover)
    onto[2].paste(v, half, cover)


def film(shot: Shot, *, clock: Sequence[int]) -> Iterator[list[Image.Image]]:
    """The Y, U and V planes of every frame; ``clock`` gives the moment shown in each, in frames."""
    back = [reel(plate) for plate in shot.back] if shot.move is Move.TRACK else [_flattened(shot)]
    people = [] if shot.move is Move.PUSH else [reel(plate) for plate in shot.people]
    for moment in clock:
        planes = _tracked(shot, back, moment) if shot.move is Move.TRACK else _pushed(shot, back[0], moment)
        for number, person in enumerate(people):
            lay(planes, person, at=_sway(shot, moment, part=number))
        shot.weather.fall(planes, moment)
        yield planes


def planes(images: Sequence[Image.Image]) -> Planes:
    """Three images as the arrays the encoder takes."""
    y, u, v = (np.asarray(image) for image in images)
    return Planes(y=y, u=u, v=v)


def blank(width: int, height: int) -> list[Image.Image]:
    """Three empty planes."""
    half = (width // 2, height // 2)
    return [Image.new("L", (width, height)), Image.new("L", half), Image.new("L", half)]


def _filled(plate: Plate) -> tuple[int, int, int, int]:
    """The part of a plate that holds anything, out to even pixels, with a rim for the shifted chroma."""
    left, top, right, bottom = Image.fromarray(plate.rgba[..., 3]).getbbox() or (0, 0, 2, 2)
    height, width = plate.rgba.shape[:2]
    return (
        max(0, left // 2 * 2 - 2),
        max(0, top // 2 * 2 - 2),
        min(width, right // 2 * 2 + 4),
        min(height, bottom // 2 * 2 + 4),
    )


def _halved(plane: Bytes, step: Offset) -> Image.Image:
    """A plane at half size, sampled as it falls when the plate lies at an odd position."""
    right, down = step
    shifted = np.roll(plane, (down, right), axis=(0, 1)) if step != (0, 0) else plane
    return Image.fromarray(np.ascontiguousarray(shifted)).reduce(2)


def _tracked(shot: Shot, back: Sequence[Reel], moment: int) -> list[Image.Image]:
    frame = blank(shot.width, shot.height)
    travel = room(shot.move, height=shot.height, frames=shot.frames)
    share = moment / max(1, shot.frames - 1)
    share = 1 - share if shot.seed % 2 else share
    for plate, picture in zip(shot.back, back, strict=True):
        lay(frame, picture, at=(-round(plate.depth * travel * share), 0))
    return frame


def _flattened(shot: Shot) -> Reel:
    """Everything that comes nearer on one plate: in a push the people too."""
    size = (shot.back[0].rgba.shape[1], shot.back[0].rgba.shape[0])
    whole = Image.new("RGBA", size)
    for plate in (*shot.back, *(shot.people if shot.move is Move.PUSH else ())):
        whole.alpha_composite(Image.fromarray(plate.rgba).crop((0, 0, *size)))
    return reel(Plate(rgba=np.asarray(whole), depth=0.0), still=True)


def _pushed(shot: Shot, picture: Reel, moment: int) -> list[Image.Image]:
    share = moment / max(1, shot.frames - 1)
    near = PUSH_SHARE / (1 + PUSH_SHARE) * (1 - share if shot.seed % 2 else share)
    u, v, _ = picture.chroma[(0, 0)]
    return [
        plane.resize(size, Image.Resampling.BICUBIC, box=_window(plane, near))
        for plane, size in (
            (picture.luma, (shot.width, shot.height)),
            *(((c, (shot.width // 2, shot.height // 2))) for c in (u, v)),
        )
    ]


def _window(plane: Image.Image, near: float) -> tuple[float, float, float, float]:
    """The part of a plane that fills the frame when the camera has come nearer by a share."""
    across, down = plane.width * near / 2, plane.height * near * 0.42
    return across, down, plane.width - across, plane.height - plane.height * near + down


def _sway(shot: Shot, moment: int, *, part: int) -> Offset:
    """Where a body (part 0) or its raised arm (part 1) is: a slow walk with a wave of the hand."""
    phase, unit = shot.seed % 7, shot.height / 480
    walk = (moment - shot.frames / 2) * (0.4 if shot.move is Move.DRIFT else 0.06) * (1 if shot.seed % 2 else -1)
    x = walk + 1.5 * np.sin(moment * 0.13 + phase)
    y = 1.6 * np.sin(moment * 0.26 + phase) + 2.0
    if part:
        x, y = x + 3.0 * np.sin(moment * 0.35 + phase), y + 2.2 * np.cos(moment * 0.31)
    spare = shot.people[part].rgba.shape
    return round(x * unit) - (spare[1] - shot.width) // 2, round(y * unit) - (spare[0] - shot.height)
