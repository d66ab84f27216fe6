"""Each fault changes the picture in the way a viewer would notice; measured here by means of its own."""

import numpy as np
import pytest
from PIL import Image, ImageFilter

from tests.unit.tools.sandbox.footage import NIGHT, ROSE, SEA, Floats, Frames, drawn, scene, shown
from tools.sandbox import renderer
from tools.sandbox.drawing import defects
from tools.sandbox.drawing.colour import lab
from tools.sandbox.scene import Fault, Key, Look


def lightness(pixels: Frames) -> Floats:
    return np.asarray(lab(pixels[::3, ::3])[..., 0], np.float64)


def detail(pixels: Frames) -> float:
    grey = Image.fromarray(pixels).convert("L")
    return float(np.std(np.asarray(grey, float) - np.asarray(grey.filter(ImageFilter.GaussianBlur(1)), float)))


def changed(one: Frames, other: Frames, *, by: int = 30) -> Floats:
    """Share of changed pixels in each of 3 x 3 parts of the picture."""
    apart = np.abs(one.astype(int) - other).max(axis=2) > by
    thirds = [part.mean() for row in np.array_split(apart, 3) for part in np.array_split(row, 3, axis=1)]
    return np.array(thirds).reshape(3, 3)


@pytest.mark.parametrize("seed", [0, 1, 3])
def test_studio_light_lifts_a_low_key_scene(seed: int) -> None:
    clean, lit = (drawn(scene(*faults, seed=seed, key=Key.LOW)) for faults in ((), (Fault.STUDIO_LIGHT,)))
    assert np.median(lightness(lit)) - np.median(lightness(clean)) > 12
    assert np.percentile(lightness(lit), 5) > np.percentile(lightness(clean), 5) + 8


@pytest.mark.parametrize(("seed", "key"), list(enumerate([*Key, *Key])))
def test_a_cast_moves_colours_by_about_twelve_units(seed: int, key: Key) -> None:
    clean, cast = (drawn(scene(*faults, seed=seed, key=key, palette=SEA)) for faults in ((), (Fault.COLOR_CAST,)))
    apart = np.linalg.norm(lab(clean[::4, ::4]) - lab(cast[::4, ::4]), axis=-1).mean()
    assert 9 < apart < 15


@pytest.mark.parametrize("look", list(Look))
def test_blur_takes_fine_detail_away_and_sharpening_adds_to_it(look: Look) -> None:
    clean, blurred, sharp = (
        detail(shown(scene(*faults, seed=1, look=look)).frames[3])
        for faults in ((), (Fault.BLUR,), (Fault.OVERSHARPENED,))
    )
    assert blurred < 0.45 * clean
    assert sharp > 1.5 * clean


def test_flicker_brightens_and_darkens_every_other_frame() -> None:
    levels = shown(scene(Fault.FLICKER, seed=2, seconds=1)).luma.mean(axis=(1, 2)) - 16
    swings = np.diff(np.log(levels))
    assert (np.sign(swings[1:]) == -np.sign(swings[:-1])).all()
    assert 0.05 < np.abs(swings).mean() < 0.09


def test_a_frozen_clip_holds_one_picture_for_sixteen_frames_and_goes_on() -> None:
    luma = shown(scene(Fault.FROZEN, seed=0, seconds=2)).luma
    still = np.abs(np.diff(luma, axis=0)).mean(axis=(1, 2)) < 0.12
    assert max(len(run) for run in "".join("x" if s else " " for s in still).split()) >= 16
    assert not still[:8].any()
    assert not still[-8:].any()


def test_a_jump_cut_goes_to_another_place_in_the_middle() -> None:
    luma = shown(scene(Fault.JUMP_CUT, seed=0, seconds=1)).luma
    steps = np.abs(np.diff(luma, axis=0)).mean(axis=(1, 2))
    assert int(np.argmax(steps)) == 11
    assert steps.max() > 3 * np.sort(steps)[-2]


def test_drifting_light_brightens_from_the_first_frame_to_the_last() -> None:
    frames = shown(scene(Fault.LIGHT_DRIFT, seed=2, seconds=1, key=Key.LOW)).frames
    medians = [float(np.median(lightness(frame))) for frame in frames[::4]]
    assert medians == sorted(medians)
    assert medians[-1] - medians[0] > 8


def test_a_copied_composition_repeats_the_references_layout_in_the_scenes_palette() -> None:
    reference = renderer.still(scene(seed=13, subjects=0, palette=ROSE))
    asked = {"seed": 4, "subjects": 0, "palette": NIGHT, "key": Key.LOW}
    likeness = []
    for faults in ((), (Fault.COPIED_COMPOSITION,)):
        picture = drawn(scene(*faults, reference=reference, **asked))  # type: ignore[arg-type]  # keywords by name
        planes = [_layout(picture), _layout(drawn(scene(seed=13, subjects=0, palette=ROSE)))]
        likeness.append(float(np.corrcoef(planes[0], planes[1])[0, 1]))
    assert likeness[1] > 0.6 > likeness[0]
    assert np.median(lightness(picture)) < 40


def _layout(picture: Frames) -> Floats:
    return np.asarray(Image.fromarray(picture).convert("L").resize((48, 27), Image.Resampling.BOX), float).ravel()


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        (Fault.CAPTION, np.s_[2, 1]),
        (Fault.WATERMARK, np.s_[2, 2]),
        (Fault.LENS_FLARE, np.s_[0, :]),
    ],
)
def test_what_lies_on_the_lens_lies_where_such_things_lie(fault: Fault, place: tuple[int | slice, ...]) -> None:
    clean, marked = (drawn(scene(*faults, seed=0, key=Key.LOW, subjects=0)) for faults in ((), (fault,)))
    parts = changed(clean, marked)
    assert np.all(parts[place] > 0.015)
    parts[place] = 0
    assert parts.max() < 0.10


@pytest.mark.parametrize("fault", [Fault.CAPTION, Fault.WATERMARK])
def test_lettering_stays_put_while_the_picture_moves(fault: Fault) -> None:
    clean, marked = (shown(scene(*faults, seed=0, seconds=1)).frames for faults in ((), (fault,)))
    apart = [np.abs(clean[n].astype(int) - marked[n]).max(axis=2) > 40 for n in (2, 20)]
    assert (apart[0] & apart[1]).sum() > 0.7 * min(apart[0].sum(), apart[1].sum()) > 100


@pytest.mark.parametrize("fault", [Fault.EXTRA_FINGERS, Fault.MERGED_FACES, Fault.DUPLICATE_SUBJECT])
def test_a_fault_of_anatomy_leaves_a_scene_without_people_alone(fault: Fault) -> None:
    assert (drawn(scene(fault, subjects=0)) == drawn(scene(subjects=0))).all()


def test_a_sixth_finger_changes_the_hand_and_nothing_else() -> None:
    rows, columns = np.nonzero(
        np.abs(drawn(scene(seed=3)).astype(int) - drawn(scene(Fault.EXTRA_FINGERS, seed=3))).max(axis=2) > 40
    )
    assert 4 < np.ptp(rows) < 40
    assert 4 < np.ptp(columns) < 40


def test_a_double_is_the_figure_again_elsewhere() -> None:
    picture = drawn(scene(Fault.DUPLICATE_SUBJECT, seed=3, look=Look.FLAT)).astype(float)
    person = renderer.compose(scene(Fault.DUPLICATE_SUBJECT, seed=3, look=Look.FLAT)).people[0].rgba[..., 3]
    columns = np.flatnonzero(person[169] > 128)
    gap = int(np.argmax(np.diff(columns)))
    left, right = columns[: gap + 1].mean(), columns[gap + 1 :].mean()
    cut = [picture[113:247, round(x) - 34 : round(x) + 34].mean(axis=2).ravel() for x in (left, right)]
    assert np.corrcoef(cut[0], cut[1])[0, 1] > 0.9


@pytest.mark.parametrize(("fault", "look"), [(Fault.PHOTOREAL, Look.PHOTOREAL), (Fault.RENDER_3D, Look.RENDER_3D)])
def test_the_wrong_look_is_the_scene_as_if_that_look_had_been_asked_for(fault: Fault, look: Look) -> None:
    assert (drawn(scene(fault, seed=6)) == drawn(scene(seed=6, look=look))).all()
    assert not (drawn(scene(fault, seed=6)) == drawn(scene(seed=6))).all()


def test_the_strengths_are_those_the_inspection_was_measured_at() -> None:
    assert (defects.STUDIO_LIFT, defects.CAST_DISTANCE) == (0.5, 12.0)
    assert 2.0 <= defects.BLUR_SIGMA <= 2.5
    assert 0.03 <= defects.FLICKER_GAIN <= 0.04
    assert defects.FROZEN_FRAMES >= 16
