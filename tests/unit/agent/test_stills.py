"""The images of a shot as one model takes them."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from agent.errors import UnsupportedError
from agent.jobs import Still
from agent.policy import framing
from agent.profiles import Material, StillLimits
from agent.stills import Stills, prepare
from prompts.rendering import Change
from tests.support.images import file, picture
from tests.unit.agent.policy.builders import profile
from tools.darkroom import Darkroom

LIMITED = replace(profile("m"), vendor="kling", stills=StillLimits(most_px=400, least_px=100))


def still(label: str, size: tuple[int, int] = (800, 450), known_as: Mapping[str, str] | None = None) -> Still:
    return Still(label=label, data=file(picture(size)), media_type="image/png", known_as=known_as or {})


def taking(looks: int) -> Stills:
    return Stills(looks=tuple(still(str(n)) for n in range(looks)), first_frame=still("door"), last_frame=still("roof"))


async def test_every_image_that_goes_out_is_made_to_fit_and_noted() -> None:
    model = replace(LIMITED, dialect=replace(LIMITED.dialect, max_references=2))
    made, notes = await prepare(Darkroom(), taking(2), model)

    assert made.material is Material.ENDS_LOOKS
    assert [note.part for note in notes] == ["reference 0", "reference 1", "reference door", "reference roof"]
    assert {note.change for note in notes} == {Change.PREPARED}
    assert all("from 800x450 to 400x225" in note.sentence for note in notes)


async def test_an_image_that_the_model_has_no_room_for_is_not_looked_at() -> None:
    model = replace(LIMITED, dialect=replace(LIMITED.dialect, max_references=1))
    made, notes = await prepare(Darkroom(), Stills(looks=(still("0"), still("1", (10, 10))), first_frame=None), model)

    assert [each.label for each in made.looks] == ["0"]
    assert len(notes) == 1


async def test_a_look_that_goes_out_as_an_id_is_left_as_it_is_but_only_at_that_vendor() -> None:
    small = still("hero", (50, 50), known_as={"kling": "8936"})
    model = replace(LIMITED, dialect=replace(LIMITED.dialect, max_references=1))
    images = Stills(looks=(small,), first_frame=None)

    assert await prepare(Darkroom(), images, model) == (images, ())
    with pytest.raises(UnsupportedError, match="hero"):
        await prepare(Darkroom(), images, replace(model, vendor="seedance"))


async def test_images_that_are_too_heavy_together_get_an_equal_share_each() -> None:
    heavy = [replace(still(str(n)), data=file(_noise(n))) for n in range(3)]
    weight = max(len(each.data) for each in heavy)
    limits = StillLimits(most_bytes=weight, together_bytes=2 * weight)
    model = replace(LIMITED, stills=limits, dialect=replace(LIMITED.dialect, max_references=9))

    alone, _ = await prepare(Darkroom(), Stills(looks=tuple(heavy[:2]), first_frame=None), model)
    made, notes = await prepare(Darkroom(), Stills(looks=tuple(heavy), first_frame=None), model)

    assert alone.looks == tuple(heavy[:2])
    assert sum(len(each.data) for each in made.looks) <= 2 * weight
    assert [note.part for note in notes] == ["reference 0", "reference 1", "reference 2"]


async def test_a_frame_is_made_to_fit_even_where_its_image_is_registered() -> None:
    first = still("hero", known_as={"kling": "8936"})
    made, notes = await prepare(Darkroom(), Stills(looks=(), first_frame=first), LIMITED)

    assert made.first_frame != first
    assert len(notes) == 1


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (2048, 1152)])
@pytest.mark.parametrize("most_px", [1919, 1000, 333])
async def test_a_frame_that_fitted_its_shot_still_does_after_it_was_scaled_down(
    size: tuple[int, int], most_px: int
) -> None:
    model = replace(LIMITED, stills=StillLimits(most_px=most_px))
    made, _ = await prepare(Darkroom(), Stills(looks=(), first_frame=still("door", size)), model)

    assert made.first_frame is not None
    shape = _shape(made.first_frame)
    assert framing.same(shape, 16 / 9)


def _noise(seed: int) -> Image.Image:
    """A picture that cannot be packed tightly without loss."""
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (450, 800, 3), dtype=np.uint8))


def _shape(image: Still) -> float:
    width, height = int.from_bytes(image.data[16:20], "big"), int.from_bytes(image.data[20:24], "big")
    return width / height
