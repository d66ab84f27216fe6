"""Images named as the frame a shot starts or ends on."""

import time

import pytest

from agent.intents import Draft, Revise, Scene, Shoot
from agent.reading import frames
from agent.reading.planner import understand
from prompts.references import Dimension, Role

FIRST, LAST, LOOK = Role.FIRST_FRAME, Role.LAST_FRAME, Role.LOOK
FILM = Scene(
    shots=((1, "Vi walks"), (3, "rain")),
    current_shot=3,
    references=tuple((label, "") for label in ("1", "2", "3", "door", "The Roof")),
)


def draft(text: str) -> Draft:
    (intent,) = understand(text, scene=FILM).intents
    assert isinstance(intent, Shoot | Revise)
    return intent.drafts[0] if isinstance(intent, Shoot) else intent.change


def roles(read: Draft) -> dict[str, Role]:
    return {reference.label: reference.role for reference in read.references}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("first frame is ref 2, last frame is ref 3. Vi walks", {"2": FIRST, "3": LAST}),
        ("Vi walks, start on ref 2 and end on ref 3", {"2": FIRST, "3": LAST}),
        ("Vi walks, starting on ref 2, ending on ref 3", {"2": FIRST, "3": LAST}),
        ("Vi walks from ref 2 to ref 3", {"2": FIRST, "3": LAST}),
        ("Vi walks, ref 2 as last frame", {"2": LAST}),
        ("use ref 1 as first frame and ref 2 as last frame, Vi walks", {"1": FIRST, "2": LAST}),
        ("first frame: ref 2. last frame: ref 3. Vi walks", {"2": FIRST, "3": LAST}),
        ("Vi walks (first frame: @Image1, last frame: @Image2)", {"1": FIRST, "2": LAST}),
        ("@Image1 is the first frame, @Image2 the last. Vi walks", {"1": FIRST, "2": LAST}),
        ("the last frame should be ref 2, Vi walks", {"2": LAST}),
        ("The shot starts on ref 2 and ends on ref 3: Vi walks", {"2": FIRST, "3": LAST}),
        ("begin with ref 2, finish with ref 3, Vi walks", {"2": FIRST, "3": LAST}),
        ("start on ref door and end on the the roof still, Vi walks", {"door": FIRST, "The Roof": LAST}),
        ("first frame is door, Vi walks", {"door": FIRST}),
        ("Vi walks, door as the first frame", {"door": FIRST}),
        ("start on https://a.b/c1.png, Vi walks", {"https://a.b/c1.png": FIRST}),
    ],
)
def test_an_image_named_as_a_frame_is_that_frame_and_its_words_leave_the_action(
    text: str, named: dict[str, Role]
) -> None:
    read = draft(text)

    assert roles(read) == named
    assert (read.action.rstrip("."), read.notes) == ("Vi walks", "")


@pytest.mark.parametrize(
    "text",
    [
        "Vi starts on the ladder and ends on the roof",
        "start on door, Vi walks",
        "in the last frame she smiles",
        "Vi looks at the first image on the wall",
        "the first frame of a film strip, burning",
    ],
)
def test_words_that_name_no_image_stay_in_the_action(text: str) -> None:
    read = draft(text)

    assert read.references == ()
    assert read.action == text


def test_a_frame_and_looks_are_told_apart() -> None:
    read = draft("start on ref 2. palette of ref 3, ignore its background. Vi sits")
    first, look = read.references

    assert (first.label, first.role) == ("2", FIRST)
    assert (look.label, look.role, look.use, look.ignore) == (
        "3",
        LOOK,
        (Dimension.PALETTE,),
        (Dimension.BACKGROUND,),
    )


def test_each_of_two_images_in_one_breath_keeps_its_own_list() -> None:
    read = draft("ref 2 palette and composition and ref 3 lighting, Vi runs")

    assert [(each.label, each.use) for each in read.references] == [
        ("2", (Dimension.PALETTE, Dimension.COMPOSITION)),
        ("3", (Dimension.LIGHTING,)),
    ]


def test_a_frame_is_added_to_a_shot_that_is_there() -> None:
    (intent,) = understand("shot 1: end on ref 3", scene=FILM).intents

    assert isinstance(intent, Revise)
    assert (intent.shot, intent.change.action, roles(intent.change)) == (1, "", {"3": LAST})


@pytest.mark.parametrize("text", ["shot 3: 4:3", "shoot it 4:3", "shoot it in 4:3", "make it 4:3", "4:3"])
def test_another_picture_for_a_shot_is_said_in_few_words(text: str) -> None:
    (intent,) = understand(text, scene=FILM).intents

    assert isinstance(intent, Revise)
    assert intent.change == Draft(aspect_ratio="4:3")
    assert intent.shot in (None, 3)


@pytest.mark.parametrize("piece", ["start on ref 1 and ", "ref 2 as last frame, ", "@a ", "from ref 1 to "])
def test_very_many_frames_take_no_very_long_time(piece: str) -> None:
    started = time.process_time()
    frames.read(piece * (100_000 // len(piece)), labels=("door", "alley"))

    assert time.process_time() - started < 3.0
