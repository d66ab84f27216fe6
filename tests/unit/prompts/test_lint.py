"""Remarks on the blocks of a shot before money is spent."""

from dataclasses import replace

import pytest

from prompts.lint import LONGEST_BLOCK, lint
from prompts.remarks import Kind, Remark
from prompts.sheet import Camera, Sheet
from tests.unit.prompts import makers

FOX = Sheet(action="A fox crosses the yard")


def _told(
    sheet: Sheet = FOX,
    *,
    form: tuple[str, ...] = ("live action",),
    look: str = makers.PAINTED,
    exempt: tuple[str, ...] = (),
) -> tuple[Remark, ...]:
    return lint(sheet, style=makers.style(look), negative=makers.block(form=form), exempt=exempt)


def _kinds(remarks: tuple[Remark, ...]) -> list[Kind]:
    return [remark.kind for remark in remarks]


def test_a_sound_shot_gives_no_remark() -> None:
    assert _told() == ()


def test_every_remark_is_a_sentence_with_advice() -> None:
    sheet = Sheet(
        action="Snow on a sign reading HALT\u200b", negative=("snow", "(text:1.2)", "no anime", "8k", "<lora:x:1>")
    )

    remarks = _told(sheet, form=("hand painted", "painting", "painted", *(f"thing {n}" for n in range(13))))

    assert set(_kinds(remarks)) >= set(Kind) - {Kind.EMPTY_ENTRY}
    assert all(remark.sentence and remark.advice for remark in remarks)


def test_a_block_is_called_long_from_the_thirteenth_thing_on() -> None:
    things = tuple(f"thing {number}" for number in range(LONGEST_BLOCK + 1))

    assert _kinds(_told(form=things)) == [Kind.OVERLONG]
    assert _told(form=things[:-1]) == ()
    assert _told(form=(*things[:-2], "cartoon")) == ()


def test_the_same_thing_twice_counts_once_towards_the_length() -> None:
    things = tuple(f"thing {number}" for number in range(LONGEST_BLOCK))

    assert _kinds(_told(form=(*things, "Things 3"))) == [Kind.DUPLICATE]


@pytest.mark.parametrize(
    ("term", "look", "told"),
    [
        ("photorealistic", "Live-action 35mm film", True),
        ("stop motion", "Claymation, felt sets", True),
        ("halftone", "Comic panels with halftone", True),
        ("grainy", "35mm, fine grain", True),
        ("cartoon", "Live-action 35mm film", False),
        ("photorealistic", "gouache, never photorealistic", False),
        ("studio lighting", "high-key, white on white", True),
    ],
)
def test_a_term_that_the_style_asks_for_is_told(term: str, look: str, *, told: bool) -> None:
    assert (Kind.CONTRADICTION_STYLE in _kinds(_told(form=(term,), look=look))) is told


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        (replace(FOX, on_screen_text="GATE NINE"), True),
        (replace(FOX, action="Insert: a ticket that reads GATE NINE"), True),
        (replace(FOX, action='A sign over the door says "Closed"'), True),
        (replace(FOX, action="A title card fades up"), True),
        (replace(FOX, action="She reads a letter by the window"), False),
        (replace(FOX, action='He says "no text, no signs"'), False),
        (replace(FOX, dialogue="The headline was a lie"), False),
        (FOX, False),
    ],
)
def test_a_ban_on_text_is_told_where_the_shot_needs_readable_lettering(sheet: Sheet, *, told: bool) -> None:
    assert (Kind.CONTRADICTION_SHOT in _kinds(_told(sheet, form=("text",)))) is told


def test_a_ban_on_captions_does_not_speak_against_a_sign() -> None:
    assert _told(replace(FOX, on_screen_text="GATE NINE"), form=("subtitles",)) == ()


def test_a_term_that_any_part_of_the_shot_asks_for_is_told_with_the_words() -> None:
    (remark,) = _told(replace(FOX, lighting="low sun, flares on the lens"), form=("lens flare",))

    assert remark.kind is Kind.CONTRADICTION_SHOT
    assert remark.terms == ("lens flare",)
    assert "'flare'" in remark.sentence


def test_an_exempted_term_is_no_longer_told() -> None:
    sheet = replace(FOX, action="Snow falls on the yard")

    assert _kinds(_told(sheet, form=("snow", "anime"))) == [Kind.CONTRADICTION_SHOT]
    assert _told(sheet, form=("snow", "anime"), exempt=("Snow",)) == ()


def test_the_shot_s_own_negatives_are_looked_at_as_well() -> None:
    assert _kinds(_told(replace(FOX, negative=("no fog", "fog")))) == [Kind.NEGATION_PREFIX, Kind.DUPLICATE]


def test_a_shot_that_repeats_a_term_of_the_film_is_no_oddity() -> None:
    assert _told(replace(FOX, negative=("lens flares",)), form=("lens flare",)) == ()


def test_the_motion_text_is_read_like_the_style() -> None:
    style = makers.style(motion="drifting\u200b film grain")

    remarks = lint(Sheet(action="A fox"), style=style, negative=makers.block(quality=("film grain",)))

    assert {(remark.kind, remark.terms) for remark in remarks} == {
        (Kind.INVISIBLE_TEXT, ("motion text",)),
        (Kind.CONTRADICTION_STYLE, ("film grain",)),
    }


def test_invisible_characters_in_style_or_shot_are_told_once_per_kind() -> None:
    remarks = _told(replace(FOX, action="A\u200b fox", dialogue="\u200bhush"), look="Gouache\u202e")

    assert _kinds(remarks) == [Kind.INVISIBLE_TEXT, Kind.INVISIBLE_TEXT]
    assert remarks[0].terms == ("style block",)


@pytest.mark.parametrize(
    ("term", "movement"),
    [("handheld shake", "handheld"), ("camera movement", "slow push in"), ("zoom", "crash zoom")],
)
def test_a_movement_that_the_shot_asks_for_and_the_block_forbids_is_told(term: str, movement: str) -> None:
    sheet = replace(FOX, camera=Camera(movement=movement))

    assert Kind.CONTRADICTION_SHOT in _kinds(_told(sheet, form=(term,)))
    assert _told(replace(FOX, camera=Camera(movement="static camera")), form=(term,)) == ()
