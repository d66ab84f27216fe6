"""What is cut to fit a limit, and what is not."""

from dataclasses import replace

import pytest

from prompts import fitting
from prompts.dialect import Channel, Dialect, Unit
from prompts.errors import TooLongError
from prompts.render import render
from prompts.rendering import Change
from tests.unit.prompts import makers
from tests.unit.prompts.test_render import BLOCK, FULL

CLAUSE = Dialect(channel=Channel.CLAUSE)
PROMPT = makers.prompt(FULL, negative=BLOCK)
WHOLE = len(render(PROMPT, CLAUSE, model="m").text)


def _cuts(limit: int) -> list[str]:
    notes = render(PROMPT, replace(CLAUSE, limit=limit), model="m").notes
    return [note.part for note in notes if note.change is Change.CUT]


def test_nothing_is_cut_from_a_text_that_just_fits() -> None:
    assert _cuts(WHOLE) == []


def test_a_part_is_shortened_by_clauses_before_it_is_left_out() -> None:
    rendering = render(PROMPT, replace(CLAUSE, limit=WHOLE - 1), model="m")

    assert "Mood: lonely. " in rendering.text
    assert "'patient' of the mood was cut" in rendering.notes[-1].sentence


def test_parts_go_in_a_fixed_order_until_blocks_and_action_are_left() -> None:
    least = (
        len(makers.PAINTED) + len(FULL.action) + len("\nAvoid: live action, extra fingers, lens flare, watermark.") + 3
    )

    assert _cuts(least) == list(fitting.CUT_ORDER)
    text = render(PROMPT, replace(CLAUSE, limit=least), model="m").text
    assert len(text) == least
    assert text.startswith(f"{makers.PAINTED}. {FULL.action}.\n")


def test_blocks_and_action_that_do_not_fit_are_refused() -> None:
    with pytest.raises(TooLongError, match="choose another model") as caught:
        render(PROMPT, replace(CLAUSE, limit=160), model="m")

    assert caught.value.needed == 169


def test_spoken_words_are_whole_or_not_there() -> None:
    sheet = replace(FULL, mood="", atmosphere="", attribution="", composition="", palette="", lighting="", lens="")
    sheet = replace(sheet, dialogue="one, two, three", on_screen_text="")
    prompt = makers.prompt(replace(sheet, camera=type(sheet.camera)()), negative=BLOCK)
    limit = len(render(prompt, CLAUSE, model="m").text) - 1

    assert "Spoken" not in render(prompt, replace(CLAUSE, limit=limit), model="m").text


def test_utf16_units_are_counted_exactly() -> None:
    assert fitting.measure("a🦊é", Unit.UTF16) == 4


def test_tokens_are_estimated_from_above() -> None:
    sentence = "A lighthouse keeper climbs the wet stairs with a brass lamp while the storm breaks on the rocks."

    assert fitting.measure(sentence, Unit.TOKENS) >= len(sentence) / 4  # the vendor's own rule of thumb
    assert fitting.measure("灯台守", Unit.TOKENS) >= 3
    assert fitting.measure("", Unit.TOKENS) == 0
