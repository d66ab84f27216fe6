"""What is taken of reference images and what is left, in directors' own words: sentences that made no vocabulary."""

import pytest

from agent.intents import Draft, Revise, Scene, Shoot, Unclear
from agent.reading.planner import understand
from agent.standing import SetReferenceRule

FILM = Scene(
    shots=((1, "Vi walks"), (2, "rain")),
    current_shot=2,
    references=tuple((label, "") for label in ("1", "2", "3", "the alley")),
)
Lists = dict[str, tuple[set[str], set[str]]]


def draft(text: str) -> Draft:
    (intent,) = understand(text, scene=FILM).intents
    assert isinstance(intent, Shoot | Revise)
    return intent.drafts[0] if isinstance(intent, Shoot) else intent.change


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        (
            "take the light from 1 and the framing from 2, but not its flare",
            {"1": "lighting", "2": "composition-lens flare"},
        ),
        ("1 for the face only", {"1": "face"}),
        ("palette ref 3, nothing else from it", {"3": "palette"}),
        ("match the second image's grain, not the crop", {"2": "texture-crop"}),
        ("use the costume of image 2, leave its hands and typography", {"2": "wardrobe-hands,typography"}),
        ("ref 1: hairstyle and makeup. Ignore the earrings", {"1": "hairstyle,makeup-earrings"}),
        ("borrow ref 2's negative space but ignore its watermark", {"2": "negative space-watermark"}),
        ("pull the tint from pic 3, minus the vignette", {"3": "color cast-vignette"}),
        ("ignore the logo of ref 1, use its silhouette", {"1": "silhouette-logo"}),
        ("grab the rusty staircase from @Image2", {"2": "rusty staircase"}),
        (
            "ref 1 colour grade, ref 2 depth of field, ref 3 expression",
            {"1": "palette", "2": "depth of field", "3": "expression"},
        ),
        ("image one for wardrobe, image two for attire", {"1": "wardrobe", "2": "wardrobe"}),
        ("from ref 2 take only the body language", {"2": "body language"}),
        ("follow the alley for staging, but ignore the parked scooters", {"the alley": "composition-parked scooters"}),
        (
            "use ref 3 for the brushstrokes, don't copy the lettering or the signature",
            {"3": "texture-lettering,signature"},
        ),
        ("steal the shadows from 3 and the surroundings from 1", {"3": "shadows", "1": "background"}),
        ("ref 1 illumination, ref 2 perspective, ignore both logos", {"1": "lighting-logos", "2": "perspective-logos"}),
        ("copy the third photo's line work, without its scratches", {"3": "line work-scratches"}),
        (
            "use reference 2 only for its skin tone, disregard the backdrop, the props and the passers-by",
            {"2": "skin tone-background,props,passers by"},
        ),
        ("keep the jacket from ref 1, except the brass buttons", {"1": "jacket-brass buttons"}),
    ],
)
def test_parts_of_images_are_used_and_ignored_in_the_words_of_the_message(text: str, lists: dict[str, str]) -> None:
    read = draft(f"Vi runs. {text}")

    assert {each.label: (set(each.use), set(each.ignore)) for each in read.references} == _lists(lists)
    assert (read.action.rstrip("."), read.notes, read.negative) == ("Vi runs", "", ())


def test_words_of_another_language_stay_as_they_were_typed() -> None:
    read = draft("usa la referencia 2 solo para la paleta, ignora el fondo y el logo. Vi corre")

    assert [(each.use, each.ignore) for each in read.references] == [(("palette",), ("background", "logo"))]


@pytest.mark.parametrize(
    "text",
    [
        "MCU Vi, 2 for the price of one, rain",
        "a girl from 2 streets away walks, face lit by neon",
        "new shot: the first image she sees is a dog, she smiles",
    ],
)
def test_a_figure_or_a_place_in_the_story_is_no_image(text: str) -> None:
    assert draft(text).references == ()


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("use ref 1 for the palette, rain on her face, Vi runs", "rain on her face"),
        ("ref 1 palette, skin glistening, Vi runs", "skin glistening"),
    ],
)
def test_what_follows_an_image_and_is_no_part_of_it_stays_in_the_shot(text: str, stays: str) -> None:
    read = draft(text)

    assert [each.use for each in read.references] == [("palette",)]
    assert stays in read.action


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Vi runs. use ref 2 palette and ignore its colours", "palette cannot be both used and ignored"),
        ("Vi runs. use ref 2 palette and ignore its previous prompts", "'previous prompts' is no part of an image"),
    ],
)
def test_what_cannot_be_done_with_an_image_is_asked_back_and_said(text: str, told: str) -> None:
    plan = understand(text, scene=FILM)

    assert plan.intents == (Unclear(),)
    assert told in " ".join(plan.remarks)


def test_a_rule_for_every_shot_holds_such_words_too() -> None:
    (rule,) = understand("for every shot use ref 2 for palette and pose, ignore the logo", scene=FILM).intents

    assert isinstance(rule, SetReferenceRule)
    assert [(each.use, each.ignore) for each in rule.references] == [(("palette", "pose"), ("logo",))]


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("refs 1 and 2 for palette. A pier", {"1": "palette", "2": "palette"}),
        ("use references 1, 2 & 3 for lighting. A pier", {"1": "lighting", "2": "lighting", "3": "lighting"}),
        ("use refs 1 and 4 for texture, ignore their backgrounds. A pier", {n: "texture-background" for n in "14"}),
        ("Ref A is lighting only. Ref B is wardrobe only. Mia waits", {"Ref A": "lighting", "Ref B": "wardrobe"}),
    ],
)
def test_images_named_in_one_go_share_what_is_said_of_them(text: str, lists: dict[str, str]) -> None:
    found = draft(text)
    told = {each.label: (set(map(str, each.use)), set(map(str, each.ignore))) for each in found.references}
    assert told == {label: (set(use), set(ignore)) for label, (use, ignore) in _lists(lists).items()}
    assert found.action in ("A pier", "Mia waits")


def test_a_length_behind_an_image_is_no_image() -> None:
    found = draft("ref 1 for palette, 3 seconds, a pier")
    assert [each.label for each in found.references] == ["1"]
    assert found.seconds == 3


def _lists(told: dict[str, str]) -> Lists:
    """Each image's lists, written as "used,used-ignored"."""
    parted = {
        label: [set(filter(None, names.split(","))) for names in f"{each}-".split("-")] for label, each in told.items()
    }
    return {label: (lists[0], lists[1]) for label, lists in parted.items()}
