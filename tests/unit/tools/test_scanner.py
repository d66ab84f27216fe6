"""Images of every kind that a person may hand in."""

import io
import random
from contextlib import suppress

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from prompts.errors import BadSheetError
from tests.support.images import BLUE, PNG_START, RED, WHITE, file, halves, noise, picture, png, srgb, swapped, turned
from tools import scanner
from tools.scanner import Scan


def kept(scan: Scan) -> Image.Image:
    return Image.open(io.BytesIO(scan.png))


def colour(scan: Scan, x: int, y: int) -> tuple[int, ...]:
    found = kept(scan).getpixel((x, y))
    assert isinstance(found, tuple)
    return tuple(int(part) for part in found)


def near(found: tuple[int, ...], wanted: tuple[int, ...], *, by: int = 12) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_an_ordinary_picture_is_kept_as_it_is_and_nothing_is_told(kind: str) -> None:
    scan = scanner.scan(file(halves(), kind, quality=95))

    assert (scan.told, scan.width, scan.height) == ((), 64, 36)
    assert (kept(scan).format, kept(scan).mode) == ("PNG", "RGB")
    assert near(colour(scan, 5, 5), RED)


# what it is


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"not a picture at all", "no PNG, JPEG or WebP"),
        (file(picture(), "GIF"), "a GIF"),
        (file(picture(), "TIFF"), "a TIFF"),
        (file(picture(), "BMP"), "a BMP"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "a HEIC photo"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "a video"),
        (PNG_START + bytes(40), "damaged"),
    ],
)
def test_what_is_no_picture_of_a_known_kind_is_refused_by_its_name(data: bytes, told: str) -> None:
    with pytest.raises(BadSheetError, match=told):
        scanner.scan(data)


def test_a_picture_without_pixels_is_refused() -> None:
    for size in ((0, 0), (0, 8), (8, 0)):
        with pytest.raises(BadSheetError, match="damaged"):
            scanner.scan(png(size))


def test_a_file_that_is_not_what_its_name_says_is_taken_by_its_content_and_told() -> None:
    scan = scanner.scan(file(picture(), "JPEG"), name="door.png")

    assert scan.told == ("the file is called .png and holds a JPEG; it was taken as what it holds",)
    assert scanner.scan(file(picture(), "JPEG"), name="door.JPG").told == ()
    assert scanner.scan(file(picture(), "JPEG"), name="door").told == ()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_that_breaks_off_is_refused(kind: str) -> None:
    whole = file(noise((64, 64)), kind)

    with pytest.raises(BadSheetError, match="export it again"):
        scanner.scan(whole[: len(whole) // 2])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_damaged_file_is_a_picture_or_a_refusal_and_never_a_crash(kind: str) -> None:
    chance = random.Random(7)
    whole = file(halves(), kind, exif=turned(6).tobytes())
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(BadSheetError):
            scan = scanner.scan(bytes(data))
            assert kept(scan).size == (scan.width, scan.height)


def test_damage_beside_the_picture_is_told() -> None:
    whole = file(picture(), "JPEG", exif=turned(6))
    scan = scanner.scan(whole.replace(b"MM\x00*\x00\x00\x00\x08\x00\x01", b"MM\x00*\x00\x00\x00\x08\x00\x09"))

    assert any("damaged beside the picture" in sentence for sentence in scan.told)


# how large it is


def test_a_file_of_too_many_bytes_is_refused_with_both_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "MOST_BYTES", 2_000_000)

    with pytest.raises(BadSheetError, match="3 MB, at most 2 MB"):
        scanner.scan(bytes(3_000_000))


@pytest.mark.parametrize("size", [(8000, 5001), (12_000, 9_000), (60_000, 60_000)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(BadSheetError, match="40 million pixels"):
        scanner.scan(png(size))


def test_a_large_picture_is_scaled_down_and_told_with_both_sizes() -> None:
    scan = scanner.scan(file(picture((4096, 2304))))

    assert (scan.width, scan.height) == (2048, 1152)
    assert scan.told == ("the image was scaled down from 4096x2304 to 2048x1152 pixels",)


# what moves


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_that_moves_is_refused_because_one_of_its_pictures_is_meant(kind: str) -> None:
    data = file(halves(), kind, save_all=True, append_images=[halves(BLUE, RED)], duration=100)

    with pytest.raises(BadSheetError, match=r"it holds 2 pictures.*save the one you mean"):
        scanner.scan(data)


def test_of_a_camera_s_several_pictures_in_one_jpeg_the_first_is_taken_and_told() -> None:
    scan = scanner.scan(file(picture(), "MPO", save_all=True, append_images=[picture(colour=BLUE)]), name="a.jpg")

    assert near(colour(scan, 5, 5), RED)
    assert [sentence for sentence in scan.told if "the first was taken" in sentence]


# how it lies, and what is written in it


def test_a_picture_that_its_camera_noted_as_lying_is_turned_upright() -> None:
    scan = scanner.scan(file(halves(), "JPEG", exif=turned(6), quality=95))

    assert (scan.width, scan.height) == (36, 64)
    assert near(colour(scan, 5, 5), RED, by=25)
    assert near(colour(scan, 5, 60), BLUE, by=25)
    assert scan.told == ("the image was turned upright, as its camera noted",)


def test_nothing_written_in_a_file_is_kept_and_that_is_told() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Ada Lovelace")
    exif = turned(1)
    exif[0x013B] = "Ada Lovelace"
    for data in (
        file(picture(), pnginfo=notes),
        file(picture(), "JPEG", exif=exif),
        file(picture(), "WEBP", exif=exif),
    ):
        scan = scanner.scan(data)

        assert b"Lovelace" in data
        assert b"Lovelace" not in scan.png
        assert scan.told == ("what was written inside the file, such as camera, place and author, was left out",)


# its colours


def test_sixteen_bits_of_grey_keep_their_bright_end() -> None:
    ramp = Image.fromarray(np.linspace(0, 65535, 64, dtype=np.uint16).reshape(1, 64).repeat(36, axis=0))
    scan = scanner.scan(file(ramp))

    assert [colour(scan, x, 5)[0] for x in (0, 32, 63)] == [0, 130, 255]
    assert scan.told == ("the image had 16 bits per colour; 8 of them are kept",)


def test_sixteen_bits_of_colour_are_told() -> None:
    rows = b"".join(b"\0" + bytes([200, 1, 100, 1, 50, 1]) * 4 for _ in range(3))
    scan = scanner.scan(png((4, 3), depth=16, rows=rows))

    assert colour(scan, 1, 1) == (200, 100, 50)
    assert scan.told == ("the image had 16 bits per colour; 8 of them are kept",)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA"])
def test_grey_and_palette_pictures_come_in_as_colour_and_look_the_same(mode: str) -> None:
    white = picture((8, 8), colour=WHITE).convert(mode)
    scan = scanner.scan(file(white))

    assert (colour(scan, 3, 3), scan.told) == (WHITE, ())


def test_print_colours_without_a_profile_come_in_near_and_that_is_told() -> None:
    scan = scanner.scan(file(picture(mode="CMYK", colour=(0, 255, 255, 0)), "JPEG", quality=95))

    assert near(colour(scan, 5, 5), (255, 0, 0), by=20)
    assert [sentence for sentence in scan.told if "print colours (CMYK)" in sentence]


def test_a_picture_with_another_colour_profile_is_converted_and_told() -> None:
    scan = scanner.scan(file(picture(), icc_profile=swapped()))

    assert near(colour(scan, 5, 5), BLUE, by=6)
    assert scan.told == ("the colours of the image were converted to sRGB from 'Swap built-in'",)
    assert scanner.scan(file(picture(), icc_profile=srgb())).told == ()


def test_a_colour_profile_that_cannot_be_used_is_told() -> None:
    scan = scanner.scan(file(picture(), icc_profile=b"no profile"))

    assert colour(scan, 5, 5) == RED
    assert scan.told == ("the colour profile in the image does not fit it; its colours are taken as sRGB",)


def test_what_can_be_seen_through_is_white_and_that_is_told() -> None:
    glass = picture(mode="RGBA", colour=(*RED, 255))
    glass.paste((0, 0, 0, 0), (32, 0, 64, 36))
    scan = scanner.scan(file(glass))

    assert (colour(scan, 5, 5), colour(scan, 60, 5)) == (RED, WHITE)
    assert scan.told == ("the image was transparent in places; these are white now",)
    assert scanner.scan(file(picture(mode="RGBA", colour=(*RED, 255)))).told == ()


def test_a_palette_with_a_clear_colour_counts_as_transparent() -> None:
    image = halves().quantize(2)
    clear = image.getpixel((60, 5))
    scan = scanner.scan(file(image, transparency=clear))

    assert colour(scan, 60, 5) == WHITE
    assert scan.told == ("the image was transparent in places; these are white now",)


def test_a_picture_that_is_transparent_all_over_is_refused() -> None:
    with pytest.raises(BadSheetError, match="shows nothing"):
        scanner.scan(file(picture(mode="RGBA", colour=(*RED, 0))))


def test_what_lies_hidden_under_full_transparency_does_not_come_in() -> None:
    hidden = picture(mode="RGBA", colour=(1, 2, 3, 0))
    hidden.paste((*RED, 255), (0, 0, 32, 36))
    scan = scanner.scan(file(hidden))

    assert (1, 2, 3) not in [colour for _, colour in kept(scan).getcolors() or []]
