"""Images prepared to what a model takes."""

import io
from typing import Any

import pytest
from PIL import Image

from agent.errors import UnsupportedError
from agent.jobs import Still
from agent.ports import Darkroom as Port
from agent.profiles import StillLimits
from tests.support.images import file, halves, noise, picture
from tools.darkroom import Darkroom

BOTH = ("image/png", "image/jpeg")
DARKROOM: Port = Darkroom()


def still(image: Image.Image, kind: str = "PNG") -> Still:
    return Still(
        label="alley", data=file(image, kind), media_type=f"image/{kind.lower()}", known_as={"kling": "element 7"}
    )


def fit(image: Still, **limits: Any) -> tuple[Still, tuple[str, ...]]:
    return DARKROOM.fit(image, StillLimits(**limits), model="m")


def size(image: Still) -> tuple[int, int]:
    return Image.open(io.BytesIO(image.data)).size


def test_an_image_within_the_limits_goes_out_as_it_is() -> None:
    image = still(halves())

    assert fit(image, most_bytes=len(image.data), least_px=36, most_px=64, most_stretch=64 / 36) == (image, ())
    assert fit(image) == (image, ())


def test_one_pixel_too_many_is_scaled_down_in_the_same_proportions_and_told() -> None:
    image, told = fit(still(picture((1601, 900))), most_px=1600)

    assert (size(image), image.media_type) == ((1600, 899), "image/png")
    assert told == ("the image 'alley' goes to m scaled down from 1601x900 to 1600x899 pixels",)


def test_what_the_vendor_knows_an_image_as_stays_with_it() -> None:
    image, _ = fit(still(picture((400, 400))), most_px=200)

    assert (image.label, image.known_as) == ("alley", {"kling": "element 7"})


@pytest.mark.parametrize(("kind", "taken"), [("PNG", "image/jpeg"), ("JPEG", "image/png")])
def test_a_kind_that_the_model_does_not_take_is_re_encoded_and_told(kind: str, taken: str) -> None:
    image, told = fit(still(halves(), kind), media_types=(taken,))

    assert (image.media_type, size(image)) == (taken, (64, 36))
    assert Image.open(io.BytesIO(image.data)).format == taken.removeprefix("image/").upper()
    assert told[0].startswith("the image 'alley' goes to m as a ")


def test_too_many_bytes_cost_quality_before_they_cost_pixels() -> None:
    loud = still(noise((300, 300)))
    image, told = fit(loud, most_bytes=len(loud.data) - 1)

    assert (image.media_type, size(image)) == ("image/jpeg", (300, 300))
    assert told == ("the image 'alley' goes to m as a JPEG of quality 92",)


def test_where_quality_is_not_enough_pixels_go_as_well_and_both_are_told() -> None:
    loud = still(noise((600, 600)))
    image, told = fit(loud, most_bytes=150_000)

    assert len(image.data) <= 150_000
    assert 256 <= min(size(image)) < 600
    assert "scaled down from 600x600" in told[0]
    assert "JPEG of quality" in told[0]


def test_bytes_that_no_shrinking_brings_down_are_refused_with_the_limit() -> None:
    with pytest.raises(UnsupportedError, match=r"m cannot take the image 'alley'.*below the 0\.002 MB"):
        fit(still(noise((600, 600))), most_bytes=2_000)


@pytest.mark.parametrize("shape", [(299, 900), (900, 299)])
def test_an_image_with_too_few_pixels_is_refused_with_both_numbers_and_not_enlarged(shape: tuple[int, int]) -> None:
    with pytest.raises(UnsupportedError, match="299 pixels and needs 300; nothing is enlarged"):
        fit(still(picture(shape)), least_px=300)
    assert size(fit(still(picture((300, 900))), least_px=300)[0]) == (300, 900)


def test_an_image_that_would_be_too_small_once_it_is_scaled_down_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="would have 250 pixels and needs 300"):
        fit(still(picture((2000, 500))), least_px=300, most_px=1000)


@pytest.mark.parametrize("shape", [(1004, 400), (400, 1004)])
def test_sides_too_unlike_are_refused_with_both_ratios(shape: tuple[int, int]) -> None:
    with pytest.raises(UnsupportedError, match=r"2\.51 to 1 and may be 2\.5 to 1"):
        fit(still(picture(shape)), most_stretch=2.5)


def test_kinds_that_cannot_be_made_are_refused_by_name() -> None:
    with pytest.raises(UnsupportedError, match="image/avif only"):
        fit(still(halves()), media_types=("image/avif",))


def test_a_file_that_is_no_longer_an_image_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="'alley': its file cannot be read"):
        fit(Still(label="alley", data=b"gone", media_type="image/png"))


@pytest.mark.parametrize(
    "limits",
    [StillLimits(most_px=280), StillLimits(most_bytes=150_000), StillLimits(media_types=("image/jpeg",))],
)
def test_the_same_image_and_limits_give_the_same_bytes(limits: StillLimits) -> None:
    once, _ = Darkroom().fit(still(noise((300, 300))), limits, model="m")
    again, _ = Darkroom().fit(still(noise((300, 300))), limits, model="m")

    assert once.data == again.data


def test_a_model_that_agrees_on_limits_costs_no_second_print() -> None:
    loud = still(noise((300, 300)))
    first, told = DARKROOM.fit(loud, StillLimits(most_px=200, media_types=BOTH), model="m")
    second, again = DARKROOM.fit(loud, StillLimits(most_px=200, media_types=BOTH), model="n")

    assert first.data is second.data
    assert "goes to m" in told[0]
    assert "goes to n" in again[0]
