"""Whether what a reference was told to leave out is found in a take, also recoloured and mirrored."""

from collections.abc import Sequence

import numpy as np
import pytest

from agent.findings import Reading, Sight
from prompts.references import Dimension, Role
from tests.support import clips, overlays, takes
from tools.checks import composition, copied_cast, copied_flare
from tools.pixels import Rgb
from tools.viewing import Check, ReferenceStill

AT = (0.22, 0.25)


def _look(check: Check, picture: Rgb, references: Sequence[ReferenceStill]) -> Reading:
    frames = np.repeat(picture[None, : clips.HEIGHT, : clips.WIDTH], 4, axis=0)
    return check.look(takes.viewing(frames, references))


@pytest.fixture(scope="module")
def flared() -> ReferenceStill:
    """A reference with a flare in it that is to be left out."""
    picture = overlays.flare(clips.leaves(3)[: clips.HEIGHT, : clips.WIDTH], at=AT)
    return takes.still(picture, ignore=[Dimension.LENS_FLARE])


@pytest.mark.parametrize("mirrored", [False, True], ids=["as it was", "mirrored"])
def test_the_flare_of_a_reference_is_found_in_another_picture_in_another_colour(
    flared: ReferenceStill, *, mirrored: bool
) -> None:
    other = overlays.flare(clips.clouds(5)[: clips.HEIGHT, : clips.WIDTH], at=AT, tint=(190, 215, 255))
    reading = _look(copied_flare.CHECK, other[:, ::-1] if mirrored else other, [flared])

    assert reading.sight is Sight.SEEN
    assert reading.evidence[0].reference == "ref-1"


@pytest.mark.parametrize("seed", range(6))
def test_a_picture_without_that_flare_is_never_cleared_of_others(flared: ReferenceStill, seed: int) -> None:
    reading = _look(copied_flare.CHECK, clips.SOURCES[seed % 4](20 + seed), [flared])

    assert reading.sight is Sight.NOT_INSPECTABLE
    assert reading.value is not None
    assert "any other one cannot be measured" in reading.reason


def _film(*, strange: Rgb, others: int = 3) -> list[ReferenceStill]:
    """References of one palette, and one with a cast that is to be left out."""
    own = [takes.still(clips.leaves(40 + at, look=1), str(at), use=[Dimension.PALETTE]) for at in range(others)]
    return [*own, takes.still(strange, "strange", ignore=[Dimension.COLOR_CAST])]


def _cast(picture: Rgb, share: float = 1.0) -> Rgb:
    return np.asarray(clips.tinted(picture[None], a=-12 * share, b=6 * share)[0], dtype=np.uint8)


def test_a_cast_that_came_over_is_seen_on_another_picture() -> None:
    references = _film(strange=_cast(clips.leaves(50, look=1)))
    reading = _look(copied_cast.CHECK, _cast(clips.leaves(51, look=1)), references)

    assert reading.sight is Sight.SEEN
    assert "strange" in reading.reason


@pytest.mark.parametrize("share", [0.0, -1.0], ids=["no cast", "the opposite cast"])
def test_a_take_that_did_not_go_that_way_is_not_accused(share: float) -> None:
    references = _film(strange=_cast(clips.leaves(50, look=1)))

    reading = _look(copied_cast.CHECK, _cast(clips.leaves(51, look=1), share), references)
    assert reading.sight is Sight.NOT_INSPECTABLE


def test_without_other_references_nobody_knows_what_the_colours_should_be() -> None:
    references = _film(strange=_cast(clips.leaves(50, look=1)), others=1)
    reading = _look(copied_cast.CHECK, _cast(clips.leaves(51, look=1)), references)

    assert reading.sight is Sight.NOT_INSPECTABLE
    assert "there are 1" in reading.reason


def test_a_reference_without_a_cast_has_none_to_give() -> None:
    reading = _look(copied_cast.CHECK, clips.leaves(51, look=1), _film(strange=clips.leaves(50, look=1)))

    assert reading.sight is Sight.NOT_INSPECTABLE
    assert "no cast to copy" in reading.reason


@pytest.mark.parametrize("mirrored", [False, True], ids=["as it was", "mirrored"])
def test_a_recoloured_copy_of_the_layout_is_seen(*, mirrored: bool) -> None:
    picture = clips.strokes(4)[: clips.HEIGHT, : clips.WIDTH]
    recoloured = np.ascontiguousarray(255 - picture[..., ::-1] // 2) // 2 + picture // 2
    taken = recoloured[:, ::-1] if mirrored else recoloured
    reference = takes.still(picture, ignore=[Dimension.BACKGROUND])

    assert _look(composition.CHECK, taken, [reference]).sight is Sight.SEEN


@pytest.mark.parametrize(
    "check", [composition.CHECK, copied_flare.CHECK, copied_cast.CHECK], ids=lambda check: check.name
)
def test_a_first_frame_is_in_the_shot_with_all_it_shows(check: Check) -> None:
    picture = clips.leaves(3)
    frame = takes.still(picture, ignore=list(check.bleeding), role=Role.FIRST_FRAME)

    assert _look(check, picture, [frame]).sight is Sight.NOT_INSPECTABLE
