"""The sandbox's clips as files, and what they show when nothing is wrong."""

from dataclasses import replace
from io import BytesIO

import av
import numpy as np
import pytest
from PIL import Image

from tests.unit.tools.sandbox.footage import PALETTES, drawn, rendered, scene, shown
from tools.sandbox import renderer
from tools.sandbox.drawing.camera import Move
from tools.sandbox.drawing.colour import MEDIAN_LIGHTNESS, lab
from tools.sandbox.scene import Fault, Key, Look

BT709 = 1


@pytest.mark.parametrize(("width", "height", "seconds"), [(854, 480, 0.25), (480, 854, 0.25), (480, 270, 1.5)])
def test_a_clip_has_the_size_the_length_and_the_rate_that_were_asked_for(
    width: int, height: int, seconds: float
) -> None:
    with av.open(BytesIO(rendered(scene(width=width, height=height, seconds=seconds))), "r") as container:
        stream = container.streams.video[0]
        frames = list(container.decode(video=0))
    assert (stream.codec_context.name, stream.pix_fmt, str(stream.average_rate)) == ("h264", "yuv420p", "24")
    assert {(frame.width, frame.height) for frame in frames} == {(width, height)}
    assert len(frames) == round(seconds * 24)


def test_a_clip_says_that_its_colours_are_bt709() -> None:
    with av.open(BytesIO(rendered(scene())), "r") as container:
        frame = next(container.decode(video=0))
    assert (frame.colorspace, frame.color_primaries, frame.color_trc) == (BT709, BT709, BT709)


def test_the_index_comes_before_the_pictures() -> None:
    data = rendered(scene())
    assert 0 < data.index(b"moov") < data.index(b"mdat")


def test_the_same_scene_gives_the_same_bytes() -> None:
    assert renderer.render(scene(seed=11)) == renderer.render(scene(seed=11))


def test_another_seed_gives_another_picture() -> None:
    apart = np.abs(drawn(scene(seed=3)).astype(int) - drawn(scene(seed=8)))
    assert apart.mean() > 5


def test_a_still_is_the_frame_of_the_clip_at_its_time() -> None:
    asked = scene(seconds=0.5)
    frame = shown(asked).frames[6].astype(int)
    assert np.abs(drawn(asked, at_s=0.25) - frame).mean() < 4
    assert Image.open(BytesIO(renderer.still(asked))).size == (480, 270)


@pytest.mark.parametrize(("seed", "key"), list(enumerate([*Key, *Key])))
def test_the_key_sets_how_light_the_picture_is(key: Key, seed: int) -> None:
    light = lab(drawn(scene(seed=seed, key=key, palette=PALETTES[seed % 3]))[::4, ::4])[..., 0]
    assert abs(float(np.median(light)) - MEDIAN_LIGHTNESS[key]) < 7


@pytest.mark.parametrize("palette", PALETTES)
def test_the_palette_sets_the_colours(palette: tuple[tuple[int, int, int], ...]) -> None:
    wanted = lab(np.array(palette, np.uint8))[:, 1:]
    seen = lab(drawn(scene(seed=3, palette=palette, subjects=0))[::4, ::4])[..., 1:].reshape(-1, 1, 2)
    nearest = np.linalg.norm(seen - wanted, axis=-1).min(axis=1)
    assert float(np.median(nearest)) < 14


@pytest.mark.parametrize("seed", range(0, 15, 2))
def test_a_clip_without_faults_moves_in_every_frame_and_keeps_its_light(seed: int) -> None:
    luma = shown(scene(seed=seed, seconds=0.5, key=Key.LOW)).luma
    changes = np.abs(np.diff(luma, axis=0)).mean(axis=(1, 2))
    assert changes.min() > 0.05
    assert changes.max() < 4 * np.median(changes) + 0.5
    levels = luma.mean(axis=(1, 2))
    assert levels.max() - levels.min() < 0.03 * levels.mean()


def test_seeds_lead_to_all_three_camera_moves() -> None:
    assert {renderer.compose(scene(seed=seed)).move for seed in (0, 5, 10)} == set(Move)


def test_seeds_lead_to_five_places_with_layouts_of_their_own() -> None:
    pictures = [Image.fromarray(drawn(scene(seed=seed, subjects=0))).convert("L") for seed in range(5)]
    layouts = [np.asarray(picture.resize((32, 18), Image.Resampling.BOX), float).ravel() for picture in pictures]
    alike = np.corrcoef(layouts) - np.eye(5)
    assert alike.max() < 0.8


def test_the_looks_differ_in_texture() -> None:
    fine: dict[Look, float] = {}
    for look in Look:
        luma = drawn(scene(seed=3, look=look, subjects=0)).mean(axis=2)
        fine[look] = float(np.median(np.abs(np.diff(luma[:110], axis=1))))
    assert min(fine[Look.PAINTERLY], fine[Look.PHOTOREAL]) > 2 * max(fine[Look.RENDER_3D], fine[Look.FLAT])


def test_lettering_stands_in_the_scene_and_moves_with_it() -> None:
    plain, lettered = scene(seed=0), scene(seed=0, lettering="HOTEL")
    apart = np.abs(drawn(plain).astype(int) - drawn(lettered)).max(axis=2) > 60
    rows, columns = np.nonzero(apart)
    assert len(rows) > 130
    assert np.percentile(rows, 95) < 270 * 0.3
    later = np.abs(
        drawn(replace(lettered, seconds=2), at_s=1.5).astype(int) - drawn(replace(plain, seconds=2), at_s=1.5)
    )
    assert abs(np.nonzero(later.max(axis=2) > 60)[1].mean() - columns.mean()) > 10


def test_a_copied_composition_without_a_reference_is_refused() -> None:
    with pytest.raises(ValueError, match=r"needs scene\.reference"):
        renderer.render(scene(Fault.COPIED_COMPOSITION))


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_can_be_drawn_in_a_picture_of_any_shape(fault: Fault) -> None:
    reference = renderer.still(scene(seed=9))
    clip = shown(scene(fault, width=270, height=480, seconds=0.25, subjects=2, reference=reference))
    assert clip.frames.shape == (6, 480, 270, 3)
