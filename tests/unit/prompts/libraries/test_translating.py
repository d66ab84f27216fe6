"""Presets as blocks of a film."""

import pytest

from prompts.libraries.library import Preset
from prompts.libraries.translating import cut, translate


def _preset(positive: str = "oil painting", negative: str = "photo") -> Preset:
    return Preset(name="A", positive=positive, negative=negative)


@pytest.mark.parametrize(
    ("positive", "style"),
    [
        ("film still {prompt} . bokeh, moody", "film still, bokeh, moody"),
        ("concept artwork of a {prompt}. glazed brushstrokes", "concept artwork, glazed brushstrokes"),
        ("{prompt}. photography. f/2.8 macro photo", "photography. f/2.8 macro photo"),
        ("{prompt} in the style of stained glass", "in the style of stained glass"),
        ("(oil painting:1.3), ((impasto)), <lora:x:1>", "oil painting, impasto"),
        ("(oil painting of {prompt}:1.2), impasto", "oil painting, impasto"),
        ("naked lights, ({prompt}:1.15), glossy", "naked lights, glossy"),
        ("clay\n\nfelt sets", "clay, felt sets"),
        ("{prompt}", ""),
    ],
)
def test_a_style_is_what_is_left_without_hole_weights_and_syntax(positive: str, style: str) -> None:
    assert translate(_preset(positive)).style == style


@pytest.mark.parametrize(
    ("preset", "word"),
    [
        (_preset("art of {prompt}"), "'of {prompt}'"),
        (_preset("(oil paint:1.3)"), "'(oil paint:1.3)'"),
        (_preset("<lora:x:1>, oil"), "'<lora:x:1>'"),
        (_preset("oil\u200b"), "invisible characters"),
        (_preset(negative="photo, no text"), "'no text'"),
        (_preset(negative="{prompt}, photo"), "'{prompt},'"),
        (_preset(negative="cgi, 3d"), "'cgi', '3d' are one thing"),
    ],
)
def test_everything_that_was_changed_has_a_line(preset: Preset, word: str) -> None:
    assert any(word in line for line in translate(preset).told)


def test_a_clean_preset_has_nothing_to_tell() -> None:
    assert translate(_preset()).told == ()


def test_full_stops_divide_a_negative_as_invokeai_writes_it() -> None:
    translated = translate(_preset(negative="(photo)+++. greyscale, digital art. sketch. (cgi, 3d.)++"))

    assert [term.text for term in translated.negative.terms] == ["photo", "greyscale", "digital art", "sketch", "cgi"]


def test_a_preset_without_negatives_has_no_terms_and_no_remarks() -> None:
    translated = translate(_preset(negative=" , "))

    assert (translated.negative.terms, translated.negative.remarks) == ((), ())


def test_a_long_list_is_whole_until_it_is_cut_and_then_names_what_went() -> None:
    translated = translate(_preset(negative=", ".join(f"thing {number}" for number in range(15))))

    assert translated.long
    assert len(translated.negative.terms) == 15
    shorter = cut(translated, 12)
    assert [term.text for term in shorter.negative.terms] == [f"thing {number}" for number in range(12)]
    assert all(repr(f"thing {number}") in shorter.told[-1] for number in (12, 13, 14))


def test_a_cut_beyond_the_list_changes_nothing() -> None:
    translated = translate(_preset())

    assert cut(translated, 5) is translated
