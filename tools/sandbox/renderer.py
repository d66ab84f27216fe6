"""Clips and stills of a scene: composed from its seed, drawn in its look, with its faults in the pixels."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from tools.sandbox.drawing import camera, colour, defects, encode, figures, lettering, rooms, surfaces, towns, wilds
from tools.sandbox.drawing.camera import Move, Shot
from tools.sandbox.drawing.canvas import Plate
from tools.sandbox.drawing.encode import Planes
from tools.sandbox.drawing.stage import Place, Stage
from tools.sandbox.drawing.weather import weather
from tools.sandbox.scene import Fault, Key, Look, Scene

PLACES: tuple[Callable[[Stage], Place], ...] = (
    towns.street,
    towns.rooftops,
    rooms.interior,
    wilds.landscape,
    wilds.shoreline,
)

_SPECK_LEVEL = {Key.LOW: 150, Key.MID: 205, Key.HIGH: 235}
_GRAIN = 2.6  # standard deviation of a photograph's sensor noise, luma levels


def render(scene: Scene) -> bytes:
    """The clip as MP4 (H.264, 4:2:0, BT.709, index first); the same scene gives the same bytes.

    Raises:
        ValueError: A copied composition was asked for without a reference to copy.
    """
    return encode.mp4(_frames(scene), width=scene.width, height=scene.height, fps=scene.fps)


def still(scene: Scene, *, at_s: float = 0.0) -> bytes:
    """One frame of the clip as PNG, before compression.

    Raises:
        ValueError: A copied composition was asked for without a reference to copy.
    """
    number = min(round(at_s * scene.fps), len(defects.clock(scene)) - 1)
    frame = next(_frames(scene, only=number))
    buffer = BytesIO()
    Image.fromarray(encode.full_range(frame)).save(buffer, format="PNG")
    return buffer.getvalue()


def _frames(scene: Scene, *, only: int | None = None) -> Iterator[Planes]:
    """Every frame of the clip, or one."""
    clock = defects.clock(scene)
    half = len(clock) // 2 if Fault.JUMP_CUT in scene.faults else len(clock)
    numbers = range(len(clock)) if only is None else [only]
    for part, elsewhere in (([n for n in numbers if n < half], False), ([n for n in numbers if n >= half], True)):
        if part:
            yield from _filmed(scene, part, moments=[clock[n] for n in part], elsewhere=elsewhere)


def _filmed(scene: Scene, numbers: list[int], *, moments: list[int], elsewhere: bool) -> Iterator[Planes]:
    """The frames of one set-up, with what lies on the lens and what the exposure does."""
    frames = len(defects.clock(scene))
    shot = compose(scene, elsewhere=elsewhere)
    lens = lettering.overlay(scene)
    burnt_in = camera.reel(lens, still=True) if lens else None
    for number, images in zip(numbers, camera.film(shot, clock=moments), strict=True):
        images[0] = defects.sharpened(images[0], scene)
        if burnt_in:
            camera.lay(images, burnt_in, at=(0, 0))
        if curve := defects.exposure(scene, number, frames=frames):
            images[0] = images[0].point(curve)
        planes = camera.planes(images)
        yield _grained(planes, moment=moments[number - numbers[0]]) if _grainy(scene) else planes


def compose(scene: Scene, *, elsewhere: bool = False) -> Shot:
    """The set-up of a scene: place, figures, light, surface, and how the camera moves.

    Args:
        elsewhere: The other set-up, that a jump cut goes to.
    """
    frames = len(defects.clock(scene))
    seed = scene.seed + (7919 if elsewhere else 0)
    number = (scene.seed + (2 if elsewhere else 0)) % len(PLACES)
    move = tuple(Move)[seed // len(PLACES) % len(Move)]
    stage = _stage(replace(scene, seed=seed), move=move, frames=frames)
    place = PLACES[number](stage)
    people = _people(stage, scene)
    back = (
        _lit(place.plates, people, key=scene.key)
        if Fault.COPIED_COMPOSITION not in scene.faults
        else _lit((_copy(stage, scene),), people, key=scene.key)
    )
    look = shown_look(scene)
    back = tuple(Plate(rgba=surfaces.finish(p.rgba, look, lines=_lines(scene)), depth=p.depth) for p in back)
    people = tuple(Plate(rgba=surfaces.finish(p.rgba, look, lines=_lines(scene), fine=True), depth=0.0) for p in people)
    spoilt = defects.spoilt((*back, *people), scene)
    return Shot(
        width=scene.width,
        height=scene.height,
        move=move,
        back=spoilt[: len(back)],
        people=spoilt[len(back) :],
        weather=weather(
            place.weather,
            width=scene.width,
            height=scene.height,
            level=_SPECK_LEVEL[scene.key],
            seed=seed,
            softness=defects.focus_loss(scene),
        ),
        frames=frames,
        seed=seed,
    )


def shown_look(scene: Scene) -> Look:
    """The look the surfaces are drawn in: the one asked for, unless that is what went wrong."""
    if Fault.PHOTOREAL in scene.faults:
        return Look.PHOTOREAL
    if Fault.RENDER_3D in scene.faults:
        return Look.RENDER_3D
    return scene.look


def _lines(scene: Scene) -> int:
    """What brushes and grain are sized by: the short side, so that a tall picture is painted with the same tools."""
    return min(scene.width, scene.height)


def _stage(scene: Scene, *, move: Move, frames: int) -> Stage:
    larger = 1 + camera.PUSH_SHARE if move is not Move.TRACK else 1.0
    return Stage(
        width=round(scene.width * larger / 2) * 2,
        height=round(scene.height * larger / 2) * 2,
        room=camera.room(move, height=scene.height, frames=frames),
        ramp=colour.ramp(scene.palette),
        key=scene.key,
        look=shown_look(scene),
        seed=scene.seed,
        lettering=scene.lettering,
    )


def _people(stage: Stage, scene: Scene) -> tuple[Plate, ...]:
    people = figures.cast(
        stage,
        subjects=scene.subjects,
        extra_fingers=Fault.EXTRA_FINGERS in scene.faults,
        merged=Fault.MERGED_FACES in scene.faults,
        doubled=Fault.DUPLICATE_SUBJECT in scene.faults,
    )
    return figures.plates(stage, people)


def _copy(stage: Stage, scene: Scene) -> Plate:
    if scene.reference is None:
        raise ValueError("a copied composition needs scene.reference; nothing was drawn")
    return defects.copied(stage, scene.reference)


def _lit(back: tuple[Plate, ...], people: tuple[Plate, ...], *, key: Key) -> tuple[Plate, ...]:
    """The plates brought to the key of light; figures are drawn in it already."""
    size = (back[0].rgba.shape[1], back[0].rgba.shape[0])
    whole = Image.new("RGBA", size)
    for plate in back:
        whole.alpha_composite(Image.fromarray(plate.rgba))
    ground = np.asarray(whole)[::6, ::6, :3].astype(np.float32).reshape(-1, 3)
    covered = [plate.rgba[::6, ::6][plate.rgba[::6, ::6, 3] > 128][:, :3] for plate in people]
    fixed = colour.lab(np.concatenate([np.zeros((0, 3), np.uint8), *covered]))[:, 0]
    gamma = colour.key_gamma(ground, fixed=fixed, key=key)
    curve = np.rint(255 * (np.arange(256) / 255) ** gamma).astype(np.uint8)
    return tuple(
        Plate(rgba=np.concatenate([curve[p.rgba[..., :3]], p.rgba[..., 3:]], axis=2), depth=p.depth) for p in back
    )


def _grainy(scene: Scene) -> bool:
    return shown_look(scene) is Look.PHOTOREAL and Fault.BLUR not in scene.faults


def _grained(planes: Planes, *, moment: int) -> Planes:
    """A frame with the sensor noise of its moment."""
    height, width = planes.y.shape
    chance = np.random.default_rng(moment)
    down, right = (int(v) for v in chance.integers(0, 64, 2))
    noise = _sensor(height, width)[down : down + height, right : right + width]
    return Planes(y=np.clip(planes.y + noise, 16, 235).astype(np.uint8), u=planes.u, v=planes.v)


@lru_cache(maxsize=4)
def _sensor(height: int, width: int) -> npt.NDArray[np.int16]:
    return np.random.default_rng(9).normal(0, _GRAIN, (height + 64, width + 64)).astype(np.int16)
