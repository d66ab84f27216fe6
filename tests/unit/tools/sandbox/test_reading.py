import pytest

from tests.unit.tools.sandbox.rig import png
from tools.sandbox import stills
from tools.sandbox.phrases import Way
from tools.sandbox.reading import read, refused
from tools.sandbox.scene import Fault, Key, Look


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("Hand-painted animation, gouache skies.", Look.PAINTERLY),
        ("Hand-inked cel animation, two-tone shadows.", Look.FLAT),
        ("Stop-motion claymation, thumbprints in the clay.", Look.RENDER_3D),
        ("Live-action 35mm film, fine grain.", Look.PHOTOREAL),
        ("A fox on a bridge.", Look.PHOTOREAL),
        ("A fox, hand-painted. Avoid: photorealistic, live action, documentary.", Look.PAINTERLY),
    ],
)
def test_the_look_is_read_from_what_is_wanted(text: str, look: Look) -> None:
    assert read(text).look is look


@pytest.mark.parametrize(
    ("text", "key"),
    [("A street at night, low-key.", Key.LOW), ("Blazing noon on the salt flats.", Key.HIGH), ("A street.", None)],
)
def test_the_key_is_read_or_left_open(text: str, key: Key | None) -> None:
    assert read(text).key is key


def test_colours_come_in_the_order_they_are_named() -> None:
    assert read("Muted teal and rust, a touch of #ff00ff. No green.").palette == (
        (0, 128, 128),
        (183, 65, 14),
        (255, 0, 255),
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [("Two dancers meet.", 2), ("A crowd gathers.", 5), ("Two-tone shadows on a fox.", 1), ("Three riders.", 3)],
)
def test_subjects_are_counted_in_words(text: str, count: int) -> None:
    assert read(text).subjects == count


def test_quoted_words_are_lettering_after_a_sign_and_nothing_otherwise() -> None:
    assert read('A sign reads "OPEN" over the door.').lettering == "OPEN"
    spoken = read('She whispers "no watermark, no lens flare".')
    assert spoken.lettering == ""
    assert not spoken.said


@pytest.mark.parametrize(
    ("text", "fielded", "fault", "ways"),
    [
        ("A fox.", "watermark, lens flare", Fault.WATERMARK, {Way.FIELD}),
        ("A fox.", "no watermark", Fault.WATERMARK, set[Way]()),
        ("A fox. Avoid: lens flare, watermark.", "", Fault.WATERMARK, {Way.CLAUSE}),
        ("A fox. No lens flare. No watermark.", "", Fault.WATERMARK, {Way.CLAUSE}),
        ("A fox, no watermark, hand-painted.", "", Fault.WATERMARK, {Way.CLAUSE}),
        ("Keep free of subtitles, avoid generating captions; no logo.", "", Fault.CAPTION, {Way.CLAUSE}),
        ("A fox, frame free of lettering.", "", Fault.CAPTION, {Way.POSITIVE}),
        ("A fox, hands with five fingers.", "", Fault.EXTRA_FINGERS, {Way.POSITIVE}),
        ("Hand-painted brushwork on every surface.", "photorealistic", Fault.PHOTOREAL, {Way.POSITIVE, Way.FIELD}),
        ("Constant light from first frame to last.", "", Fault.LIGHT_DRIFT, {Way.POSITIVE}),
        ("A fox without a watermark, in hand-painted colour on every surface.", "", Fault.PHOTOREAL, {Way.POSITIVE}),
        ("A fox with a watermark.", "", Fault.WATERMARK, set[Way]()),
        ("Use the palette of Image 1; ignore its lens flare.", "", Fault.LENS_FLARE, set[Way]()),
    ],
)
def test_how_a_fault_was_forbidden_is_told_apart(text: str, fielded: str, fault: Fault, ways: set[Way]) -> None:
    assert read(text, negative_field=fielded).said.get(fault, frozenset()) == ways


def test_a_list_is_as_long_as_the_things_in_it() -> None:
    wish = read("A fox. Avoid: text, logo and watermark. No blur.", negative_field="a, b, no c")
    assert (wish.counts[Way.CLAUSE], wish.counts[Way.FIELD]) == (4, 2)


@pytest.mark.parametrize(
    ("text", "guided"),
    [
        ("Use only the palette of @image_1. A fox.", True),
        ("Use the palette of Image 1; ignore its background. A fox.", True),
        ("Take the look of Image 1. A fox.", False),
        ("A fox.", False),
    ],
)
def test_a_reference_is_guided_when_the_text_says_what_to_leave_in_it(text: str, guided: bool) -> None:
    assert read(text).guided is guided


def test_a_flare_asked_for_is_wanted_and_a_flare_forbidden_is_not() -> None:
    assert read("An anamorphic lens flare crosses the frame.").asked == {Fault.LENS_FLARE}
    assert read("A fox. No lens flare.").asked == frozenset()


def test_vendors_refuse_different_words_at_different_times() -> None:
    blood = "Blood on the snow."
    assert refused(blood, vendor="kling", after_rendering=False) == "blood"
    assert refused(blood, vendor="seedance", after_rendering=False) is None
    assert refused(blood, vendor="seedance", after_rendering=True) == "blood"
    assert refused("Snow. Avoid: blood.", vendor="kling", after_rendering=False) is None


def test_a_picture_gives_its_key_and_its_colours() -> None:
    assert (stills.key(png((12, 14, 20))), stills.key(png((240, 240, 240)))) == (Key.LOW, Key.HIGH)
    assert stills.palette(png((12, 14, 20))) == ((12, 14, 20),)
    assert stills.from_data_uri("https://example.com/a.png") is None
    assert stills.from_base64("bm8gcGljdHVyZQ==") is None
