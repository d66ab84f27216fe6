"""Holding, letting go on and calling off what is under way, and asking how far it is, in words."""

import pytest

from agent.intents import Ask, Decide, Intent, Retake, Scene, Shoot, Topic, Unclear
from agent.reading.planner import understand
from agent.steering import Act, Group, Pace, Which

FILM = Scene(shots=tuple((n, f"a baker, {n}") for n in range(1, 8)), current_shot=7, style="ink", negatives=("text",))


def read(said: str) -> Intent:
    (intent,) = understand(said, scene=FILM).intents
    return intent


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("pause", "pause"),
        ("hold everything", "pause"),
        ("please pause the batch for now", "pause"),
        ("stop sending", "pause"),
        ("mets tout en pause", "pause"),
        ("全部止めて", "pause"),
        ("resume", "go on"),
        ("go on with the batch", "go on"),
        ("lift the pause", "go on"),
        ("mach weiter", "go on"),
        ("cancel the rest", "cancel"),
        ("call off the remaining shots", "cancel"),
        ("cancela el resto", "cancel"),
    ],
)
def test_everything_under_way_is_held_let_go_on_and_called_off_in_words(said: str, act: Act) -> None:
    assert read(said) == Pace(act=act)


@pytest.mark.parametrize("said", ["how far are we?", "how much longer?", "eta?", "when will it be done?"])
def test_how_far_the_film_is_can_be_asked(said: str) -> None:
    assert read(said) == Ask(topic=Topic.STATUS)


@pytest.mark.parametrize(
    ("said", "group"),
    [("redo only the stale ones", Group.STALE), ("only the failed ones", Group.FAILED)],
)
def test_only_some_are_made_again(said: str, group: Group) -> None:
    assert read(said) == Retake(which=Which(group=group))


@pytest.mark.parametrize(("said", "approve"), [("stop", False), ("hold", False), ("go on", True), ("continue", True)])
def test_a_bare_stop_or_go_on_answers_what_was_asked(said: str, approve: bool) -> None:
    assert read(said) == Decide(approve=approve)


@pytest.mark.parametrize(
    "said", ["hold on her face, wide", "pause on her hands", "the crowd stops, everything freezes"]
)
def test_a_picture_of_somebody_who_pauses_holds_nothing(said: str) -> None:
    assert not isinstance(read(said), Pace)


@pytest.mark.parametrize(
    ("said", "order", "group"),
    [
        ("all of them", "generate all the shots", Group.ALL),
        ("the whole list please", "generate all the shots", Group.ALL),
        ("the rest", "generate the rest", Group.UNSHOT),
        ("the stale ones", "generate the stale ones", Group.STALE),
        ("the failed ones again", "generate the failed ones", Group.FAILED),
    ],
)
def test_who_only_names_shots_is_asked_whether_they_shall_be_made(said: str, order: str, group: Group) -> None:
    asked = read(said)
    assert isinstance(asked, Unclear)
    assert asked.says[0] == order
    assert read(order) == Retake(which=Which(group=group))


def test_shots_named_by_number_are_asked_about_too_and_a_picture_of_all_of_them_is_one() -> None:
    asked = read("shots 1-3")
    assert isinstance(asked, Unclear)
    assert read(asked.says[0]) == Retake(shots=(1, 2, 3))
    assert isinstance(read("wide shot of all of them running"), Shoot)
