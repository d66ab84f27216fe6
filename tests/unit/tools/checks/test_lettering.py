"""What the checks of letters say of captions, marks and signs that Pillow wrote over textures."""

from dataclasses import replace

import numpy as np
import pytest

from agent.findings import Sight
from tests.support import clips, overlays, takes
from tools import letters
from tools.checks import subtitles, text, watermark
from tools.pixels import Bytes
from tools.viewing import Check, Extra

reads = pytest.mark.skipif(bool(letters.EXTRA.missing), reason=letters.EXTRA.missing)

CAPTION = (0.5, 0.88)
CORNER = (0.83, 0.09)


@pytest.fixture(scope="module")
def shot() -> Bytes:
    """A take without letters whose camera moves."""
    return clips.film(clips.clouds(2), frames=8)


def _moving(picture: Bytes) -> Bytes:
    """Eight frames of a quicker pan, so that what lies over the picture stays and the picture goes."""
    return np.stack([picture[40 : 40 + clips.HEIGHT, 10 * at : 10 * at + clips.WIDTH] for at in range(8)])


@reads
@pytest.mark.parametrize("check", [text.CHECK, subtitles.CHECK], ids=lambda check: check.name)
def test_a_take_without_letters_is_cleared(check: Check, shot: Bytes) -> None:
    assert check.look(takes.viewing(shot)).sight is Sight.ABSENT


@reads
def test_a_take_without_letters_may_have_a_mark_all_the_same(shot: Bytes) -> None:
    reading = watermark.CHECK.look(takes.viewing(shot))

    assert reading.sight is Sight.NOT_INSPECTABLE
    assert "a mark may have none" in reading.reason


@reads
def test_a_caption_is_seen_with_its_words_and_its_place(shot: Bytes) -> None:
    view = takes.viewing(overlays.lettered(shot, "He never came back.", at=CAPTION))
    reading = subtitles.CHECK.look(view)

    assert reading.sight is Sight.SEEN
    assert "never" in reading.reason
    box = reading.evidence[0].box
    assert box is not None
    assert box[1] < CAPTION[1] < box[1] + box[3]
    assert text.CHECK.look(view).sight is Sight.SEEN


@reads
def test_a_mark_in_a_corner_is_no_caption(shot: Bytes) -> None:
    view = takes.viewing(overlays.lettered(shot, "© STOCKHOUSE", at=CORNER, size=0.05))

    assert subtitles.CHECK.look(view).sight is Sight.ABSENT
    assert text.CHECK.look(view).sight is Sight.SEEN


@reads
def test_a_half_transparent_mark_over_a_moving_picture_is_a_watermark() -> None:
    view = takes.viewing(overlays.lettered(_moving(clips.clouds(2)), "© STOCKHOUSE", at=CORNER, opacity=0.6))

    assert watermark.CHECK.look(view).sight is Sight.SEEN


@reads
def test_letters_over_a_picture_that_stands_still_may_be_a_sign_in_the_scene() -> None:
    still = np.repeat(clips.film(clips.clouds(2), frames=1), 8, axis=0)
    reading = watermark.CHECK.look(takes.viewing(overlays.lettered(still, "BAKERY", at=(0.4, 0.4))))

    assert reading.sight is Sight.UNSURE
    assert "sign in the scene" in reading.reason


@reads
def test_a_sign_that_moves_with_the_scene_is_no_watermark() -> None:
    picture = overlays.lettered(clips.clouds(2)[None], "BAKERY", at=(0.5, 0.5))[0]
    view = takes.viewing(_moving(picture))

    assert watermark.CHECK.look(view).sight is Sight.NOT_INSPECTABLE
    assert text.CHECK.look(view).sight is Sight.SEEN


@reads
def test_a_large_sign_under_a_slow_pan_is_not_accused() -> None:
    picture = overlays.lettered(clips.clouds(2)[None], "BAKERY", at=(0.5, 0.5), size=0.2)[0]
    slow = np.stack([picture[40 : 40 + clips.HEIGHT, 4 * at : 4 * at + clips.WIDTH] for at in range(8)])

    assert watermark.CHECK.look(takes.viewing(slow)).sight is not Sight.SEEN


@reads
def test_a_sign_where_captions_stand_that_moves_with_the_scene_is_not_accused() -> None:
    picture = overlays.lettered(clips.clouds(2)[None], "BAKERY", at=(0.5, 0.75), size=0.1)[0]
    slow = np.stack([picture[40 : 40 + clips.HEIGHT, 6 * at : 6 * at + clips.WIDTH] for at in range(8)])
    reading = subtitles.CHECK.look(takes.viewing(slow))

    assert reading.sight is Sight.UNSURE
    assert "it drifts" in reading.reason


@reads
def test_a_caption_that_is_up_all_the_time_is_not_called_a_mark() -> None:
    captioned = overlays.lettered(_moving(clips.clouds(2)), "He never came back.", at=CAPTION)

    assert watermark.CHECK.look(takes.viewing(captioned)).sight is Sight.UNSURE


@reads
def test_a_caption_that_comes_and_goes_is_no_watermark() -> None:
    shot = _moving(clips.clouds(2))
    captioned = np.concatenate([overlays.lettered(shot[:3], "He never came back.", at=CAPTION), shot[3:]])

    assert watermark.CHECK.look(takes.viewing(captioned)).sight is Sight.NOT_INSPECTABLE


@reads
def test_one_sign_again_and_again_is_texture_and_no_word(shot: Bytes) -> None:
    assert text.CHECK.look(takes.viewing(overlays.lettered(shot[:4], "X X X", at=CAPTION))).sight is Sight.ABSENT


@pytest.mark.parametrize("check", [text.CHECK, subtitles.CHECK, watermark.CHECK], ids=lambda check: check.name)
def test_without_the_extra_nothing_is_claimed(check: Check, shot: Bytes) -> None:
    without = replace(check, needs=replace(check.needs, extra=Extra(name="ocr", modules=("no_such_module",))))
    reading = without.look(takes.viewing(shot))

    assert reading.sight is Sight.NOT_INSPECTABLE
    assert "countersteer[ocr]" in reading.reason


@reads
def test_a_frame_is_read_once_for_all_checks(shot: Bytes) -> None:
    again = letters.read(shot[0])

    assert letters.read(shot[0].copy()) is again
