"""Turns of a fixed form: history, the list, takes, batches and what stands for the film."""

import pytest

from agent.intents import (
    Ask,
    ChangeNegatives,
    Intent,
    Pick,
    Reject,
    Retake,
    Revise,
    Scene,
    SetBudget,
    SetRouting,
    Shoot,
    Topic,
    Unclear,
)
from agent.reading.planner import understand
from agent.standing import ClearNegatives, ReplaceNegatives, SetProject, SetReferenceRule
from agent.steering import Borrow, Group, Narrow, Omit, Part, Preview, Redo, Reorder, Revert, Spot, Undo, Which
from prompts.references import Dimension

FILM = Scene(
    shots=((1, "the harbour at night"), (2, "the market"), (3, "an alley"), (4, "the quay")),
    looks=((3, "night, sodium light"),),
    current_shot=4,
    style="Gouache",
    negatives=("text", "watermark"),
    models=("Kling", "Veo"),
)


def only(text: str, *, scene: Scene = FILM) -> Intent:
    (intent,) = understand(text, scene=scene).intents
    return intent


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("undo", Undo()),
        ("undo the last two things", Undo(times=2)),
        ("go three steps back", Undo(times=3)),
        ("undo that twice", Undo(times=2)),
        ("Hmm, take that back please", Undo()),
        ("no, cancel that last one", Undo()),
        ("undo the change to shot 2", Undo(shot=2)),
        ("undo the undo", Redo()),
        ("back to the first version", Revert(version=1)),
        ("put shot 2 back to version 3", Revert(shot=2, version=3)),
        ("go back to the previous version of shot 3", Revert(shot=3)),
        ("bring back the old style", Revert(of="style")),
        ("preview shot 4", Preview(shot=4)),
        ("what would you send for shot 2?", Preview(shot=2)),
        ("delete shots 2 and 3", Omit(shots=(2, 3))),
        ("we don't need shot 3 anymore", Omit(shots=(3,))),
        ("swap shots 2 and 3", Reorder(shots=(2,), spot=Spot.SWAP, beside=3)),
        ("move shot 4 before shot 2", Reorder(shots=(4,), spot=Spot.BEFORE, beside=2)),
        ("end on shot 1", Reorder(shots=(1,), spot=Spot.LAST)),
        ("the kling one", Pick(model="Kling")),
        ("I like the second one", Pick(take=2)),
        ("shot 2: use take 3", Pick(take=3, shot=2)),
        ("reject take 2 because the hands melt", Reject(take=2, terms=("hands melt",))),
        ("shots 2 to 4 with the same lens as 1", Borrow(source=1, parts=(Part.LENS,), which=Which(numbers=(2, 3, 4)))),
        ("shoot 1 to 3", Retake(shots=(1, 2, 3))),
        ("do all the stale ones", Retake(which=Which(group=Group.STALE))),
        ("retry the failed shots", Retake(which=Which(group=Group.FAILED))),
        ("show me shot 3", Ask(topic=Topic.SHOT, shot=3)),
    ],
)
def test_a_turn_of_a_fixed_form_is_what_it_says(text: str, meant: Intent) -> None:
    assert only(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("clear the negative block", ClearNegatives()),
        ("replace the negatives with: live action, no captions", ReplaceNegatives(terms=("live action", "captions"))),
        ("swap watermark for logo in the negatives", ChangeNegatives(add=("logo",), remove=("watermark",))),
        ("cap it at $25", SetBudget(micro_usd=25_000_000)),
        ("raise the budget by $1,500", SetBudget(micro_usd=1_500_000_000, change=True)),
        ("only Kling from now on", SetRouting(only=("Kling",))),
        ("night shots on Kling only", SetRouting(only=("Kling",), which=Which(said="night"))),
        ("9:16 for the whole film", SetProject(aspect_ratio="9:16")),
        ("default length is 8 seconds", SetProject(seconds=8.0)),
        ("don't generate anything until I say go", SetProject(plan_first=True)),
    ],
)
def test_what_stands_for_the_film_is_set(text: str, meant: Intent) -> None:
    assert only(text) == meant


def test_a_reference_may_be_ruled_for_every_shot() -> None:
    rule = only("for every shot use ref 2 for palette only")
    assert isinstance(rule, SetReferenceRule)
    assert [(each.label, each.use) for each in rule.references] == [("2", (Dimension.PALETTE,))]


def test_a_kind_of_shots_is_found_by_what_their_sheets_say() -> None:
    edit = only("all the night shots: no moon")
    assert isinstance(edit, Revise)
    assert (edit.which, edit.change.negative) == (Which(said="night"), ("moon",))


@pytest.mark.parametrize(
    "text",
    [
        "wide shot, a harbour at night",
        "two shots of whisky on a bar, close-up, 85mm",
        "a woman swaps shots 2 and 3 on her desk, MCU",
        'he says "undo" and shuts the laptop, CU',
        "the night watch: a guard walks the wall, low angle",
        "Delete key pressed by a trembling finger, macro, 4s",
        "first one out of the tunnel, handheld, a boy runs",
    ],
)
def test_a_shot_is_never_taken_for_a_form(text: str) -> None:
    assert isinstance(only(text), Shoot)


def test_redo_is_another_take_unless_something_was_undone() -> None:
    assert only("redo") == Retake()
    assert only("redo", scene=Scene(shots=FILM.shots, current_shot=1, undone=True)) == Redo()


def test_only_some_of_the_shots_of_the_last_change_may_be_named() -> None:
    after = Scene(shots=FILM.shots, current_shot=4, changed=(1, 2, 3))
    assert only("just 1 and 2 then", scene=after) == Narrow(shots=(1, 2))


def test_an_edit_of_it_after_two_shots_is_asked_back_with_both() -> None:
    after = Scene(shots=FILM.shots, current_shot=3, recent=(2, 3))
    assert only("make it closer", scene=after) == Unclear(says=("shot 2: make it closer", "shot 3: make it closer"))
    assert isinstance(only("no rain", scene=after), Revise)


@pytest.mark.parametrize("answer", ["2", "the second one", "shot 3", "the latter", "I meant shot 3"])
def test_the_answer_to_two_readings_is_the_reading(answer: str) -> None:
    asked = Scene(shots=FILM.shots, current_shot=3, readings=("shot 2: make it closer", "shot 3: make it closer"))
    intent = only(answer, scene=asked)
    assert isinstance(intent, Revise)
    assert (intent.shot, intent.change.camera.shot_size) == (3, "closer")


def test_what_is_held_is_planned_and_the_words_that_hold_it_are_not_drawn() -> None:
    intent = only("hold off generating. a heron lifts off, wide", scene=Scene())
    assert isinstance(intent, Shoot)
    assert intent.plan_only
    assert "hold" not in f"{intent.drafts[0].action} {intent.drafts[0].notes}"
