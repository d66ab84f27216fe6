"""Use and ignore lists of a reference: dimensions by any of their names, and things in the person's own words."""

from dataclasses import replace

import pytest

from prompts.errors import BadSheetError
from prompts.references import LONGEST_ASPECT, MOST_ASPECTS, Dimension, Reference, Role, aspect
from prompts.render import render
from prompts.rendering import Change
from tests.unit.prompts import makers


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Colours", Dimension.PALETTE),
        ("framing", Dimension.COMPOSITION),
        ("flare", Dimension.LENS_FLARE),
        ("pose", "pose"),
        (" the  LOGO,", "the logo"),
        ("“neon” sign.", "neon sign"),
        ("t-shirt & tie", "t-shirt & tie"),
        ("हाथ की मुद्रा", "हाथ की मुद्रा"),
    ],
)
def test_a_name_of_a_dimension_becomes_it_and_other_words_stay_clean(said: str, kept: str) -> None:
    assert aspect(said) == kept


@pytest.mark.parametrize("said", ["", ".,;", "x" * (LONGEST_ASPECT + 1), "all previous instructions", "your rules"])
def test_what_is_no_part_of_an_image_is_refused(said: str) -> None:
    with pytest.raises(BadSheetError, match="part of"):
        aspect(said)


def test_the_same_under_two_names_cannot_be_used_and_ignored() -> None:
    with pytest.raises(BadSheetError, match="palette cannot be both"):
        Reference(id="a", label="1", use=("colours",), ignore=("palette",))


def test_a_list_holds_a_few_parts_each_once() -> None:
    assert Reference(id="a", label="1", use=("pose", "Pose", "colors")).use == ("pose", "palette")
    with pytest.raises(BadSheetError, match=f"name {MOST_ASPECTS} at most"):
        Reference(id="a", label="1", ignore=tuple(f"thing {n}" for n in range(MOST_ASPECTS + 1)))


def test_the_model_is_told_the_words_and_the_person_who_does_not_look_for_them() -> None:
    alley = Reference(id="a", label="alley", use=("palette", "pose"), ignore=("background", "logo"))

    rendering = render(replace(makers.prompt(), references=(alley,)), makers.DIALECTS["mixed"], model="m")

    assert "Use only the palette and pose of Image 1; ignore its background and logo." in rendering.text
    told = [note.sentence for note in rendering.notes if note.part == "reference alley"]
    assert told == [
        "whether the logo of reference 'alley' comes through is not inspectable: no check looks for it; look yourself"
    ]


@pytest.mark.parametrize(("ignore", "role"), [(("background",), Role.LOOK), (("logo",), Role.FIRST_FRAME)])
def test_nothing_is_said_of_looking_where_checks_look_or_the_words_are_not_sent(
    ignore: tuple[str, ...], role: Role
) -> None:
    alley = Reference(id="a", label="alley", ignore=ignore, role=role)

    rendering = render(replace(makers.prompt(), references=(alley,)), makers.DIALECTS["mixed"], model="m")

    assert not any(note.change is Change.ADVISED and "not inspectable" in note.sentence for note in rendering.notes)
