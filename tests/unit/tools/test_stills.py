import io

import numpy as np
import pytest
from PIL import Image

from agent.jobs import Still
from tools import stills
from tools.viewing import ReferenceStill

GREEN = (40, 160, 60)


def _still(picture: Image.Image, form: str, **options: object) -> Still:
    out = io.BytesIO()
    picture.save(out, format=form, **options)
    return Still(label="1", data=out.getvalue(), media_type=f"image/{form.lower()}")


def _read(still: Still) -> ReferenceStill:
    (read,), unreadable = stills.read([still], references=[])
    assert unreadable == ()
    return read


def _green(mode: str = "RGB") -> Image.Image:
    return Image.new("RGB", (160, 120), GREEN).convert(mode)


@pytest.mark.parametrize(
    "still", [_still(_green("CMYK"), "JPEG"), _still(_green().quantize(4), "PNG")], ids=["CMYK", "palette"]
)
def test_inks_and_palettes_are_read_as_the_colours_they_stand_for(still: Still) -> None:
    assert np.abs(_read(still).rgb.astype(int) - GREEN).max() <= 12


def test_what_is_transparent_is_white() -> None:
    clear = Image.new("RGBA", (160, 120), (*GREEN, 0))

    assert _read(_still(clear, "PNG")).rgb.min() == 255


def test_a_picture_is_turned_upright_as_its_camera_noted() -> None:
    noted = Image.Exif()
    noted[0x0112] = 6  # "turn me to the right": Exif 2.3, 4.6.4

    assert _read(_still(_green(), "JPEG", exif=noted)).rgb.shape == (160, 120, 3)


def test_a_picture_that_moves_is_left_out_and_named() -> None:
    moving = _still(_green(), "WEBP", save_all=True, append_images=[Image.new("RGB", (160, 120), "red")])

    read, unreadable = stills.read([moving], references=[])

    assert read == ()
    assert unreadable == ("reference 1 cannot be decoded (it moves: it holds 2 pictures, and a reference is one)",)
