"""How often each check finds a fault of a known size, and how often it finds one that is not there.

24 fault-free takes (four kinds of texture, six seeds) and 12 with each fault. The sizes are those a viewer notices, for
720 lines. Nothing here comes from the stand-ins' renderer: a check tuned to its own generator would find only that.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from agent.findings import Reading, Sight
from tests.support import clips, takes
from tools.checks import blur, cast_drift, color_cast, cut, flicker, frozen, light, light_drift, oversharpened, palette
from tools.pixels import Bytes
from tools.viewing import Check, ReferenceStill, Viewing

Fault = Callable[[Bytes], Bytes]

STANDALONE = (cut.CHECK, frozen.CHECK, flicker.CHECK, light_drift.CHECK, cast_drift.CHECK)
COMPARED = (light.CHECK, palette.CHECK, color_cast.CHECK)
FINE = (blur.CHECK,)


PAIRS = [(source, seed) for seed in range(6) for source in clips.SOURCES]
LOOKS = 3


@pytest.fixture(scope="module")
def pictures() -> list[Bytes]:
    """What is filmed; the first 12 hold three of each texture."""
    return [source(seed, look=seed % LOOKS) for source, seed in PAIRS]


@pytest.fixture(scope="module")
def shots(pictures: list[Bytes]) -> list[Bytes]:
    """24 takes of 40 frames at 320x240."""
    return [clips.film(takes.halved(picture), frames=40, seed=at) for at, picture in enumerate(pictures)]


@pytest.fixture(scope="module")
def sharp(pictures: list[Bytes]) -> list[Bytes]:
    """24 takes of 4 frames at 640x480."""
    return [clips.film(picture, frames=4, seed=at) for at, picture in enumerate(pictures)]


@pytest.fixture(scope="module")
def projects() -> list[tuple[ReferenceStill, ...]]:
    """The references of each of those takes."""
    made = {(source, look): takes.project(source, look) for source in clips.SOURCES for look in range(LOOKS)}
    return [made[source, seed % LOOKS] for source, seed in PAIRS]


def _name(value: object) -> str:
    return value.name if isinstance(value, Check) else value if isinstance(value, str) else ""


def _share(readings: Sequence[Reading], *sights: Sight) -> float:
    return sum(reading.sight in sights for reading in readings) / len(readings)


@pytest.fixture(scope="module")
def fault_free(shots: list[Bytes], projects: list[tuple[ReferenceStill, ...]], sharp: list[Bytes]) -> list[Reading]:
    """Every reading of every fault-free take."""
    small = [takes.viewing(shot, references) for shot, references in zip(shots, projects, strict=True)]
    large = [takes.viewing(shot) for shot in sharp]
    return [check.look(view) for check in STANDALONE + COMPARED for view in small] + [
        check.look(view) for check in FINE for view in large
    ]


@pytest.mark.parametrize("check", STANDALONE + COMPARED + FINE, ids=lambda check: check.name)
def test_a_fault_free_take_is_not_accused(check: Check, fault_free: list[Reading]) -> None:
    readings = [reading for reading in fault_free if reading.check == check.name]

    assert len(readings) == 24
    assert _share(readings, Sight.SEEN) <= 2 / 24
    assert _share(readings, Sight.UNSURE) <= (14 if check is flicker.CHECK else 6) / 24  # quick pans over fine texture


def _cut(frames: Bytes) -> Bytes:
    return clips.cut_to(frames, clips.film(takes.halved(clips.shapes(77, look=5)), frames=len(frames)), at=22)


TEMPORAL: list[tuple[str, Check, Fault, float]] = [
    ("another scene", cut.CHECK, _cut, 0.9),
    ("16 frames held", frozen.CHECK, lambda frames: clips.frozen(frames, start=12, length=16), 0.9),
    ("4 % flicker", flicker.CHECK, lambda frames: clips.flickering(frames, 0.04), 0.75),  # dark ones stay unsure
    ("light lifted by .3", light_drift.CHECK, lambda frames: clips.fading(frames, _lift(0.3)), 0.9),
    ("green dE 8", cast_drift.CHECK, lambda frames: clips.fading(frames, _tint(-8, 0)), 0.9),
]


def _lift(lift: float) -> Fault:
    return lambda frames: clips.lifted(frames, lift)


def _tint(a: float, b: float) -> Fault:
    return lambda frames: clips.tinted(frames, a=a, b=b)


@pytest.mark.parametrize(("name", "check", "fault", "recall"), TEMPORAL, ids=_name)
def test_a_fault_inside_the_clip_is_seen(
    name: str, check: Check, fault: Fault, recall: float, shots: list[Bytes]
) -> None:
    readings = [check.look(takes.viewing(fault(shot))) for shot in shots[:12]]

    assert _share(readings, Sight.SEEN) >= recall, name


LASTING: list[tuple[str, Check, Fault, float]] = [
    ("lifted by .5", light.CHECK, _lift(0.5), 0.9),
    ("green dE 11", palette.CHECK, _tint(-10.8, 0), 0.75),
    ("warm dE 13", palette.CHECK, _tint(4, 12), 0.75),
    ("green dE 14", color_cast.CHECK, _tint(-14, 0), 0.8),
    ("warm dE 13 as a cast", color_cast.CHECK, _tint(4, 12), 0.5),
]


@pytest.mark.parametrize(("name", "check", "fault", "recall"), LASTING, ids=_name)
def test_a_fault_against_the_references_is_seen(
    *,
    name: str,
    check: Check,
    fault: Fault,
    recall: float,
    shots: list[Bytes],
    projects: list[tuple[ReferenceStill, ...]],
) -> None:
    views = [
        Viewing(reel=takes.reel(fault(shot[::5])), stills=p) for shot, p in zip(shots[:12], projects, strict=False)
    ]
    readings = [check.look(view) for view in views]

    assert _share(readings, Sight.SEEN) >= recall, name


SOFT: list[tuple[str, Fault, float, float]] = [
    ("sigma 2", lambda frames: clips.blurred(frames, 2.0), 0.9, 1.0),
    ("sigma 1.2", lambda frames: clips.blurred(frames, 1.2), 0.6, 1.0),
    ("enlarged threefold", lambda frames: clips.enlarged(frames, 3), 0.9, 1.0),
]


@pytest.mark.parametrize(("name", "fault", "seen", "noticed"), SOFT, ids=_name)
def test_a_soft_take_is_seen(name: str, fault: Fault, seen: float, noticed: float, sharp: list[Bytes]) -> None:
    readings = [blur.CHECK.look(takes.viewing(fault(shot))) for shot in sharp[:12]]

    assert _share(readings, Sight.SEEN) >= seen, name
    assert _share(readings, Sight.SEEN, Sight.UNSURE) >= noticed, name


def test_a_take_a_little_softer_than_its_references_is_not_cleared(pictures: list[Bytes], sharp: list[Bytes]) -> None:
    clouds = [takes.still(picture, str(at)) for at, picture in enumerate(pictures[1:12:4])]
    softer = clips.blurred(sharp[1], 0.8)

    assert blur.CHECK.look(takes.viewing(sharp[1], clouds)).sight is Sight.ABSENT
    assert blur.CHECK.look(takes.viewing(softer)).sight is Sight.ABSENT
    assert blur.CHECK.look(takes.viewing(softer, clouds)).sight is Sight.UNSURE


def test_a_take_far_softer_than_its_references_is_seen_where_it_alone_would_be_doubted(
    pictures: list[Bytes], sharp: list[Bytes]
) -> None:
    clouds = [takes.still(picture, str(at)) for at, picture in enumerate(pictures[1:12:4])]
    soft = clips.blurred(sharp[1], 1.1)

    assert blur.CHECK.look(takes.viewing(soft)).sight is Sight.UNSURE
    assert blur.CHECK.look(takes.viewing(soft, clouds)).sight is Sight.SEEN


def test_even_light_is_not_cleared_although_it_is_no_brighter(
    shots: list[Bytes], projects: list[tuple[ReferenceStill, ...]]
) -> None:
    takes_in_light = [shot[::5] for shot in shots[:12]]
    even = [np.asarray(shot * 0.3 + shot.mean() * 0.6, dtype=np.uint8) for shot in takes_in_light]
    views = [Viewing(reel=takes.reel(shot), stills=p) for shot, p in zip(even, projects, strict=False)]

    assert _share([light.CHECK.look(view) for view in views], Sight.ABSENT) == 0


@pytest.mark.parametrize("sigma", [4.0, 8.0, 16.0])
def test_a_take_without_any_detail_left_is_never_called_sharp(sigma: float, sharp: list[Bytes]) -> None:
    readings = [blur.CHECK.look(takes.viewing(clips.blurred(shot[:2], sigma))) for shot in sharp[:4]]

    assert _share(readings, Sight.SEEN, Sight.UNSURE) == 1.0


def test_a_jump_inside_the_same_scene_is_not_called_one_take(shots: list[Bytes]) -> None:
    jumps = [np.concatenate([shot[:22], np.roll(shot[22:], 24, axis=2)]) for shot in shots[:12]]
    readings = [cut.CHECK.look(takes.viewing(jump)) for jump in jumps]

    assert _share(readings, Sight.SEEN, Sight.UNSURE) >= 0.7


def test_halos_rank_by_the_strength_of_sharpening(sharp: list[Bytes]) -> None:
    photographic = [shot for at, shot in enumerate(sharp[:12]) if at % 4 < 2]
    by_amount = [
        [oversharpened.CHECK.look(takes.viewing(clips.sharpened(shot, amount))).value or 0.0 for shot in photographic]
        for amount in (0.0, 1.0, 2.0)
    ]

    assert all(low < middle < high for low, middle, high in zip(*by_amount, strict=True))


def test_a_look_whose_references_are_sharpened_too_is_not_accused_of_it() -> None:
    crisp = clips.sharpened(clips.film(clips.clouds(1), frames=4), 3.0)
    references = [takes.still(picture, str(at)) for at, picture in enumerate(crisp)]

    alone = oversharpened.CHECK.look(takes.viewing(crisp))
    beside_references = oversharpened.CHECK.look(takes.viewing(crisp, references))

    assert alone.sight is Sight.SEEN
    assert beside_references.sight is Sight.ABSENT
