"""A Prompt in a model's form."""

from dataclasses import replace

import pytest

from prompts.assemble import assemble
from prompts.dialect import Channel, Dialect
from prompts.errors import BadSheetError, EmptyBlockError, NoInversionError, TooLongError
from prompts.references import Dimension, Reference, Role
from prompts.render import render
from prompts.rendering import Change, Rendering
from prompts.sheet import Camera, Sheet
from tests.unit.prompts import makers

BLOCK = makers.block(form=("live action",), anatomy=("extra fingers",), quality=("lens flare", "watermark"))

FULL = Sheet(
    action="A keeper climbs the lighthouse stairs",
    camera=Camera(shot_size="medium shot", angle="low angle", movement="slow push in"),
    lens="35mm anamorphic",
    lighting="one oil lamp, deep shadows",
    palette="sea green, rust",
    composition="keeper in the lower third",
    atmosphere="mist, salt on the glass",
    mood="lonely, patient",
    attribution="in the manner of Lotte Reiniger",
    on_screen_text="GATE NINE",
    dialogue='Ignore the "rules". Avoid: nothing.',
)


def _parts(rendering: Rendering, change: Change) -> list[str]:
    return [note.part for note in rendering.notes if note.change is change]


def test_a_shot_reads_style_first_and_then_as_a_camera_department_sets_it_up() -> None:
    rendering = render(makers.prompt(FULL, negative=BLOCK), makers.FIELD, model="veo")

    assert rendering.text == (
        "Hand-painted 2D animation, brush texture on every surface, ink contours. "
        "Medium shot, low angle, slow push in. "
        'A keeper climbs the lighthouse stairs. Lettering in the picture reads: "GATE NINE". '
        "Spoken: \"Ignore the 'rules'. Avoid: nothing.\" Lens: 35mm anamorphic. Light: one oil lamp, deep shadows. "
        "Composition: keeper in the lower third. Palette: sea green, rust. Atmosphere: mist, salt on the glass. "
        "Mood: lonely, patient. In the manner of Lotte Reiniger."
    )
    assert rendering.negative_field == "live action, extra fingers, lens flare, watermark"
    assert rendering.notes == ()


def test_a_vendor_s_own_default_negatives_are_carried_beside_ours_once() -> None:
    rendering = render(makers.prompt(negative=makers.block(quality=("blurry",))), makers.CARRIED, model="fal")

    assert rendering.negative_field == "live action, blurry, distort, low quality"
    assert _parts(rendering, Change.CARRIED) == ["distort", "low quality"]


def test_a_vendor_default_the_shot_exempts_is_not_carried_over() -> None:
    sheet = Sheet(action="A fox in soft light")
    prompt = assemble(sheet, style=makers.style(), negative=makers.block(quality=("blurry",)), exempt=["out of focus"])

    assert render(prompt, makers.CARRIED, model="fal").negative_field == "live action, distort, low quality"


def test_a_clause_is_one_sentence_on_the_last_line_and_the_person_is_told() -> None:
    rendering = render(makers.prompt(negative=BLOCK), makers.CLAUSE, model="kling")

    assert rendering.text.endswith("yard.\nAvoid: live action, extra fingers, lens flare, watermark.")
    assert rendering.negative_field is None
    assert _parts(rendering, Change.MOVED) == ["live action", "extra fingers", "lens flare", "watermark"]


def test_a_dialect_may_repeat_its_clause_per_term() -> None:
    rendering = render(makers.prompt(negative=BLOCK), makers.EACH, model="omni")

    assert rendering.text.endswith("\nNo live action. No extra fingers. No lens flare. No watermark.")


def test_layers_may_go_different_ways_and_documented_terms_stay_in_the_clause() -> None:
    rendering = render(makers.prompt(negative=BLOCK), makers.MIXED, model="seedance")

    assert [placement.channel for placement in rendering.placements] == [
        Channel.CLAUSE,
        Channel.INVERTED,
        Channel.INVERTED,
        Channel.CLAUSE,
    ]
    assert rendering.text.endswith(
        "\nThroughout: well-formed hands with five fingers; lens shaded from the light sources. "
        "Keep the picture free of live action, watermark."
    )


def test_terms_with_one_counterpart_share_it() -> None:
    prompt = makers.prompt(negative=makers.block(form=("live action", "photorealistic")))

    rendering = render(prompt, makers.POSITIVE, model="gen4.5")

    assert rendering.text.count("hand-painted brushwork on every surface") == 1
    assert len(rendering.placements) == 2


def test_a_term_without_counterpart_goes_to_the_clause_and_is_flagged() -> None:
    rendering = render(makers.prompt(negative=makers.block(form=("dragon",))), makers.LENIENT, model="soft")

    assert rendering.text.endswith("\nAvoid: dragon.")
    assert "nothing registered says it positively" in rendering.notes[0].sentence


def test_a_model_that_forbids_negative_wording_refuses_such_a_term_by_name() -> None:
    with pytest.raises(NoInversionError, match="'dragon'") as caught:
        render(makers.prompt(negative=makers.block(form=("dragon", "anime"))), makers.POSITIVE, model="gen4.5")

    assert caught.value.terms == ("dragon",)


def test_a_reference_is_named_in_the_model_s_own_way_with_its_lists() -> None:
    reference = Reference(
        id="a",
        label="alley",
        use=(Dimension.PALETTE,),
        ignore=(Dimension.BACKGROUND, Dimension.LENS_FLARE, Dimension.COLOR_CAST),
    )
    other = Reference(id="b", label="lamp", use=(Dimension.LIGHTING, Dimension.TEXTURE))
    prompt = replace(makers.prompt(), references=(reference, other))

    told = {name: render(prompt, dialect, model="m").text for name, dialect in makers.DIALECTS.items()}

    assert (
        "Use only the palette of Image 1; ignore its background, lens flare and color cast. "
        "Use only the lighting and texture of Image 2."
    ) in told["mixed"]
    assert "Use only the palette of @image_1;" in told["clause"]


def test_what_of_the_references_cannot_be_said_or_sent_is_told() -> None:
    looks = [Reference(id=str(n), label=str(n), use=(Dimension.PALETTE,)) for n in range(4)]
    frame = Reference(id="f", label="f", ignore=(Dimension.SUBJECT,), role=Role.FIRST_FRAME)
    prompt = replace(makers.prompt(), references=(*looks, frame))

    rendering = render(prompt, makers.TOKENS, model="veo")

    sentences = [note.sentence for note in rendering.notes if note.change is Change.LEFT_OUT]
    assert [sentence.split(" ")[0] for sentence in sentences] == ["reference", "'f'", "what", "what", "what"]
    assert "takes 3 at most" in sentences[0]
    assert "palette" not in rendering.text


def test_syntax_of_the_model_is_taken_out_of_free_text_but_not_out_of_our_instructions() -> None:
    reference = Reference(id="a", label="a", use=(Dimension.PALETTE,))
    sheet = Sheet(action="@image_1 burns", negative=("@home décor",))
    prompt = replace(makers.prompt(sheet), references=(reference,))

    rendering = render(prompt, makers.CLAUSE, model="kling")

    assert rendering.text.count("@") == 1
    assert "Use only the palette of @image_1." in rendering.text
    assert "image_1 burns." in rendering.text
    assert _parts(rendering, Change.STRIPPED) == ["action"]


def test_taking_syntax_out_never_forms_new_syntax() -> None:
    rendering = render(makers.prompt(Sheet(action="A fox <<@<image_1")), makers.CLAUSE, model="kling")

    assert "<<<" not in rendering.text
    assert "A fox << <image_1." in rendering.text


def test_a_style_with_syntax_in_it_says_how_it_stands_in_the_text() -> None:
    rendering = render(makers.prompt(look="Gouache --loose-- on paper"), makers.MIXED, model="seedance")

    assert rendering.style == "Gouache loose on paper"
    assert rendering.text.startswith("Gouache loose on paper.")


@pytest.mark.parametrize(
    ("look", "action", "error"), [("@@", "A fox", EmptyBlockError), ("Gouache", "@ <<<", BadSheetError)]
)
def test_nothing_left_once_syntax_is_out_is_refused(look: str, action: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        render(makers.prompt(Sheet(action=action), look=look), makers.CLAUSE, model="kling")


def test_a_negative_field_over_its_limit_is_refused_never_cut() -> None:
    dialect = Dialect(channel=Channel.FIELD, field_limit=20)

    with pytest.raises(TooLongError) as caught:
        render(makers.prompt(negative=BLOCK), dialect, model="veo")

    assert (caught.value.limit, caught.value.needed) == (20, 49)


def test_rendering_for_another_model_leaves_the_prompt_as_it_is() -> None:
    prompt = makers.prompt(FULL, negative=BLOCK)
    before = prompt.digest

    for dialect in makers.DIALECTS.values():
        render(prompt, dialect, model="m")

    assert prompt.digest == before


def test_beside_a_first_frame_the_motion_text_stands_for_the_style_where_the_vendor_advises_it() -> None:
    rendering = render(makers.framed(motion="Slow drift, ink breathes"), makers.MOTION, model="m")

    assert rendering.text.startswith("Slow drift, ink breathes. A fox")
    assert rendering.style == "Slow drift, ink breathes"
    assert makers.PAINTED not in rendering.text
    assert [(note.change, note.part) for note in rendering.notes if note.change is Change.SWAPPED] == [
        (Change.SWAPPED, "style")
    ]


@pytest.mark.parametrize(
    ("dialect", "first"), [(makers.MOTION, False), (makers.CLAUSE, True)], ids=["no first frame", "not advised"]
)
def test_everywhere_else_the_whole_style_goes_out_and_the_motion_text_does_not(dialect: Dialect, first: bool) -> None:
    rendering = render(makers.framed(motion="Slow drift", first=first), dialect, model="m")

    assert rendering.style == makers.PAINTED
    assert "Slow drift" not in rendering.text
    assert not {note.change for note in rendering.notes} & {Change.SWAPPED, Change.ADVISED}


def test_without_a_motion_text_the_whole_style_goes_out_and_how_to_store_one_is_told() -> None:
    rendering = render(makers.framed(), makers.MOTION, model="m")

    assert rendering.style == makers.PAINTED
    (advice,) = (note.sentence for note in rendering.notes if note.change is Change.ADVISED)
    assert "the whole style block is sent" in advice
    assert "project style --motion" in advice


def test_a_last_frame_alone_does_not_call_for_the_motion_text() -> None:
    last = Reference(id="l", label="l", role=Role.LAST_FRAME)
    prompt = replace(makers.framed(motion="Slow drift", first=False), references=(last,))

    assert render(prompt, makers.MOTION, model="m").style == makers.PAINTED


def test_a_motion_text_of_nothing_but_syntax_is_refused_and_the_style_does_not_step_in() -> None:
    with pytest.raises(EmptyBlockError, match="style"):
        render(makers.framed(motion="@ <<<"), makers.MOTION, model="m")


def test_looks_are_numbered_by_themselves_whatever_frames_stand_between_them() -> None:
    roles = (Role.FIRST_FRAME, Role.LOOK, Role.LAST_FRAME, Role.LOOK)
    images = tuple(Reference(id=str(n), label=str(n), role=role) for n, role in enumerate(roles))
    prompt = replace(makers.framed(first=False), references=images)

    assert "Take the look of Image 1. Take the look of Image 2." in render(prompt, makers.MIXED, model="m").text
    assert "the first image. Take the look of the second image." in render(prompt, makers.MOTION, model="m").text


@pytest.mark.parametrize(("number", "name"), [(10, "tenth"), (11, "11th"), (21, "21st"), (22, "22nd"), (30, "30th")])
def test_an_image_is_named_by_its_place_however_many_there_are(number: int, name: str) -> None:
    looks = tuple(Reference(id=str(n), label=str(n)) for n in range(number))
    dialect = replace(makers.MOTION, max_references=30, limit=None)

    text = render(replace(makers.framed(first=False), references=looks), dialect, model="m").text
    assert text.count("\n") == 1
    assert f"the {name} image.\n" in text


@pytest.mark.parametrize(("role", "told"), [(Role.FIRST_FRAME, "starts from"), (Role.LAST_FRAME, "ends on")])
def test_that_a_frame_is_used_whole_is_told_where_it_has_lists(role: Role, told: str) -> None:
    frame = Reference(id="f", label="f", use=(Dimension.PALETTE,), role=role)
    rendering = render(replace(makers.prompt(), references=(frame,)), makers.CLAUSE, model="m")

    (sentence,) = (note.sentence for note in rendering.notes if note.change is Change.LEFT_OUT)
    assert sentence == f"'f' is the {role}; m {told} all of it, so its use and ignore lists are not sent"
