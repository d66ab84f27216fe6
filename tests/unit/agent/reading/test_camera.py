"""The camera of a clause: verbs in all their forms, words in between, and stories that only sound like it."""

import pytest

from agent.reading import camera


def parts(clause: str, *, opens: bool = False) -> dict[str, str]:
    return dict(camera.read(clause, opens=opens).values)


@pytest.mark.parametrize(
    ("clause", "movement"),
    [
        ("pans slowly left", "slowly pan left"),
        ("panning to the right", "pan right"),
        ("tilt gently up", "gently tilt up"),
        ("the camera just drifts in on him", "push in"),
        ("we track left with the train", "truck left"),
        ("dollying very slowly towards the door", "very slowly push in"),
        ("Arc round the sculptor", "orbit"),
        ("the camera do not move", "static camera"),
        ("the camera pulls out of the keyhole", "pull out"),
        ("camera trucks right along the bar", "truck right"),
    ],
)
def test_a_movement_is_read_in_any_form_and_with_words_in_between(clause: str, movement: str) -> None:
    assert parts(clause) == {"movement": movement}


@pytest.mark.parametrize(
    ("clause", "part", "said"),
    [
        ("medium close", "shot_size", "medium close-up"),
        ("medium full of the father", "shot_size", "medium wide shot"),
        ("half-body shot of the chef", "shot_size", "medium shot"),
        ("from over Lena's shoulder", "angle", "over the shoulder"),
        ("front-facing", "angle", "frontal view"),
        ("back of the head", "angle", "from behind"),
        ("drone rising over the ridge", "angle", "aerial view"),
    ],
)
def test_sizes_and_angles_are_read_as_people_write_them(clause: str, part: str, said: str) -> None:
    assert parts(clause, opens=True)[part] == said


@pytest.mark.parametrize(
    ("clause", "movement"),
    [
        ("following the goalkeeper through the tunnel", "tracking shot"),
        ("push through the beaded curtain", "push in"),
        ("handheld following the goalkeeper", "tracking shot"),
    ],
)
def test_what_opens_a_shot_may_be_the_camera_and_is_the_story_further_on(clause: str, movement: str) -> None:
    assert parts(clause, opens=True)["movement"] == movement
    assert parts(f"a boy {clause}").get("movement") != movement


@pytest.mark.parametrize(
    "clause",
    [
        "she pulls back the curtain",
        "an old truck in the rain",
        "a running track in the snow",
        "CU drummer's sticks",
        "the train pulls out of the station",
        "leading man enters",
        "fog creeps in over the moor",
        "Circling gulls over the pier",
    ],
)
def test_what_somebody_does_is_no_movement_of_the_camera(clause: str) -> None:
    assert "movement" not in parts(clause, opens=True)


def test_a_movement_that_is_ruled_out_is_none() -> None:
    assert parts("instead of a slow pan left") == {}
