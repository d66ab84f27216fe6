"""From sheet to Prompt."""

from dataclasses import replace

import pytest

from prompts.assemble import assemble
from prompts.blocks import Layer, Term
from prompts.errors import BadSheetError, EmptyBlockError
from prompts.references import Reference
from prompts.sheet import Camera, Sheet
from tests.unit.prompts import makers

FOX = Sheet(action="A fox crosses the yard")


def test_the_shot_s_own_negatives_come_after_the_block_s_in_their_guessed_layer() -> None:
    sheet = Sheet(action="A fox", negative=("six toes on a paw", "snow"))

    prompt = assemble(sheet, style=makers.style(), negative=makers.block(quality=("blurry",)))

    assert prompt.terms == (
        Term(text="live action", layer=Layer.FORMAT),
        Term(text="blurry", layer=Layer.QUALITY),
        Term(text="six toes on a paw", layer=Layer.ANATOMY),
        Term(text="snow", layer=Layer.FORMAT),
    )


def test_one_thing_named_twice_is_carried_once() -> None:
    sheet = Sheet(action="A fox", negative=("no live footage",))

    assert len(assemble(sheet, style=makers.style(), negative=makers.block()).terms) == 1


def test_an_exempted_term_is_left_out_under_any_of_its_names_and_kept_for_the_record() -> None:
    negative = makers.block(quality=("lens flare",))

    prompt = assemble(FOX, style=makers.style(), negative=negative, exempt=["Flares", "fog"])

    assert [term.text for term in prompt.terms] == ["live action"]
    assert prompt.exempt == ("lens flare",)


def test_exempting_every_term_is_refused() -> None:
    with pytest.raises(EmptyBlockError):
        assemble(FOX, style=makers.style(), negative=makers.block(), exempt=["live action"])


def test_a_block_of_nothing_but_foreign_syntax_is_refused() -> None:
    with pytest.raises(EmptyBlockError):
        assemble(FOX, style=makers.style(), negative=makers.block(form=("<lora:x:1>",)))


def test_a_style_of_invisible_characters_is_refused() -> None:
    with pytest.raises(EmptyBlockError):
        assemble(FOX, style=makers.style("\u200b\u200b"), negative=makers.block())


def test_no_prompt_can_be_built_without_both_blocks_by_whoever_makes_it() -> None:
    whole = makers.prompt()

    with pytest.raises(EmptyBlockError):
        replace(whole, style=replace(whole.style, text=" "))
    with pytest.raises(EmptyBlockError):
        replace(whole, terms=())


def test_an_action_of_invisible_characters_is_refused() -> None:
    with pytest.raises(BadSheetError):
        assemble(Sheet(action="\u200b"), style=makers.style(), negative=makers.block())


def test_every_text_is_cleaned_of_what_cannot_be_seen() -> None:
    dirty = "a\u200b\nb"
    sheet = Sheet(
        action=dirty,
        camera=Camera(shot_size=dirty, angle=dirty, movement=dirty),
        lens=dirty,
        lighting=dirty,
        palette=dirty,
        composition=dirty,
        atmosphere=dirty,
        mood=dirty,
        attribution=dirty,
        negative=(dirty,),
        on_screen_text=dirty,
        dialogue=dirty,
    )
    reference = Reference(id="1", label=dirty)

    prompt = assemble(
        sheet, style=makers.style(dirty), negative=makers.block(form=(f"c {dirty}",)), references=[reference]
    )

    assert "\u200b" not in repr(prompt)
    assert "\\n" not in repr(prompt)
    assert "\\u200b" not in repr(prompt)


def test_a_weighted_term_of_a_stored_block_is_carried_bare() -> None:
    prompt = assemble(FOX, style=makers.style(), negative=makers.block(form=("(anime:1.3), no cartoon",)))

    assert [term.text for term in prompt.terms] == ["anime", "cartoon"]


def test_the_same_shot_has_the_same_digest_and_another_block_version_another() -> None:
    assert makers.prompt().digest == makers.prompt().digest
    assert makers.prompt(negative=makers.block(form=("anime",))).digest != makers.prompt().digest


def test_a_motion_text_is_cleaned_like_the_style_and_may_come_to_nothing() -> None:
    drift = assemble(FOX, style=makers.style(motion="slow\n dri\u200bft"), negative=makers.block())
    nothing = assemble(FOX, style=makers.style(motion="\u200b"), negative=makers.block())

    assert (drift.style.motion, nothing.style.motion) == ("slow drift", "")
    assert drift.digest != nothing.digest
