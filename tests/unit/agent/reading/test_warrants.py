"""No turn without an order costs money, and an order is found in whatever words and language it is given."""

from pathlib import Path

import pytest

from agent.intents import (
    Ask,
    ChangeNegatives,
    Decide,
    Intent,
    Remark,
    Retake,
    Revise,
    Scene,
    SetRouting,
    Shoot,
    Topic,
    Unclear,
)
from agent.reading.planner import understand
from agent.steering import Omit, Revert
from tests.support import cases

SAID = Path(__file__).parents[3] / "data" / "turns_said"
FILM = Scene(
    shots=(
        (1, "a girl with a red umbrella waits on a bridge"),
        (2, "a woman in a coat walks a dog through the rain"),
        (3, "a boat drifts past a fence, a sign, an umbrella"),
        (4, "an old man holds a lantern by a pier"),
    ),
    looks=((1, "rain"), (2, "close-up, neon, rain"), (3, "fog, night"), (4, "night")),
    current_shot=2,
    style="hand-painted gouache",
    negatives=("text", "watermark", "lens flare", "photorealistic", "extra fingers"),
    models=("kling-v3", "veo-3.1", "seedance-1-pro", "runway-gen4"),
)
LEAST_EDITS = 0.97


def said(name: str) -> list[str]:
    """The turns of a file, one a line."""
    return (SAID / name).read_text(encoding="utf-8").splitlines()


def meant(turn: str) -> tuple[Intent, ...]:
    """What a turn means in that film."""
    return understand(turn, scene=FILM).intents


@pytest.mark.parametrize("turn", said("remarks.txt"))
def test_a_remark_costs_nothing(turn: str) -> None:
    assert not any(isinstance(intent, Shoot | Revise | Retake) for intent in meant(turn))


def test_edits_are_read_as_edits_in_every_voice() -> None:
    missed = [turn for turn in said("edits.txt") if "edit_shot" not in cases.intent_names(understand(turn, scene=FILM))]
    assert len(missed) <= (1 - LEAST_EDITS) * len(said("edits.txt")), missed


def test_a_complaint_is_asked_back_with_both_readings() -> None:
    (intent,) = meant("shot 3 feels a bit long doesn't it")
    assert isinstance(intent, Unclear)
    assert intent.says == ("change shot 3: feels a bit long doesn't it", "only a remark, leave it as it is")


@pytest.mark.parametrize(
    ("turn", "kind"),
    [
        ("shot 2: the coat flickers in the wind", Revise),
        ("the gulls dive into the water, wide shot, 6s", Shoot),
        ("the sign above the shop flickers, neon, close-up, night", Shoot),
        ("a boy runs past the bench", Shoot),
        ("new shot: the lamp flickers in the empty room", Shoot),
        ("the coat a little longer", Revise),
    ],
)
def test_what_something_does_is_done_where_a_shot_is_named_set_up_or_brought_in(
    turn: str, kind: type[Shoot | Revise]
) -> None:
    assert [type(intent) for intent in meant(turn)] == [kind]


def test_either_reading_of_a_complaint_can_be_chosen() -> None:
    change, remark = ("change shot 3: feels a bit long doesn't it", "only a remark, leave it as it is")
    assert isinstance(meant(change)[0], Revise)
    assert meant(remark) == (Remark(),)


@pytest.mark.parametrize(
    ("turn", "shot", "seconds"),
    [
        ("alarga la 3 a 7 segundos", 3, 7),
        ("rallonge la 2 à 7 secondes", 2, 7),
        ("Einstellung 3 auf 7 Sekunden verlängern", 3, 7),
        ("カット3を7秒に", 3, 7),
        ("doosra shot 7 second ka kar do", 2, 7),
        ("trim the second one down to 4 secs", 2, 4),
    ],
)
def test_a_length_reaches_the_shot_that_is_named(turn: str, shot: int | None, seconds: float) -> None:
    (intent,) = meant(turn)
    assert isinstance(intent, Revise)
    assert (intent.shot, intent.change.seconds) == (shot, seconds)


def test_the_verb_of_another_language_is_no_note() -> None:
    (intent,) = meant("rallonge à 7 secondes")
    assert isinstance(intent, Revise)
    assert (intent.change.seconds, intent.change.notes) == (7, "")


def test_an_act_alone_is_what_it_means_in_its_language() -> None:
    assert meant("supprime la 3") == (Omit(shots=(3,)),)
    assert meant("lösch die 3") == (Omit(shots=(3,)),)
    assert meant("3を撮り直して") == (Retake(shots=(3,)),)


def test_several_shots_in_one_turn_are_edited_each_in_its_way() -> None:
    edits = meant("shot 2 needs to be longer, say 9 secs, and shot 1 should be on a 75")
    assert [edit.shot for edit in edits if isinstance(edit, Revise)] == [2, 1]


def test_what_was_is_brought_back_by_no_edit() -> None:
    assert meant("zurück zur ersten Version von 2") == (Revert(shot=2, version=1),)
    assert not any(isinstance(intent, Revise | Shoot) for intent in meant("put the change back in"))


@pytest.mark.parametrize(
    ("turn", "terms"),
    [
        ("why does every clip have lens flare?? keep those out", ("lens flare",)),
        ("every shot keeps getting subtitles, forbid that", ("subtitles",)),
        ("From now on, in every shot, I never want to see halos or bokeh balls.", ("halos", "bokeh balls")),
        ("stop giving me six fingers", ("six fingers",)),
    ],
)
def test_what_is_complained_of_in_every_shot_is_kept_out_of_the_film(turn: str, terms: tuple[str, ...]) -> None:
    assert meant(turn) == (ChangeNegatives(add=terms),)


@pytest.mark.parametrize(
    "turn", ["make it longer and shorter", "approve it and cancel it", "make it 5 seconds and 8 seconds"]
)
def test_orders_that_cannot_both_be_are_asked_back(turn: str) -> None:
    (intent,) = meant(turn)
    assert isinstance(intent, Unclear)
    assert "cannot both be" in intent.because


def test_an_edit_of_a_shot_that_is_not_there_changes_no_other() -> None:
    assert meant("make shot 9 warmer") == (
        Unclear(because="There is no shot 9; the film has shots 1 to 4. Nothing is changed."),
    )


def test_asking_in_the_same_breath_agrees_to_nothing() -> None:
    assert not any(isinstance(intent, Decide) for intent in meant("fine, then just tell me what's in there"))


@pytest.mark.parametrize("turn", ["und ab jetzt nie wieder Runway", "plus jamais Runway", "nunca uses Runway"])
def test_a_model_is_kept_out_in_every_language(turn: str) -> None:
    assert meant(turn) == (SetRouting(exclude=("Runway",)),)


@pytest.mark.parametrize(
    ("turn", "topic"),
    [
        ("is lens flare doing anything on kling", Topic.TERM),
        ("did shot 4 fail", Topic.FAILED),
        ("which models are off limits now?", Topic.BARRED),
        ("Wie viel haben wir bisher ausgegeben?", Topic.SPENT),
    ],
)
def test_a_question_is_answered_without_its_mark_and_in_its_language(turn: str, topic: Topic) -> None:
    (intent,) = meant(turn)
    assert isinstance(intent, Ask)
    assert intent.topic is topic


def test_what_stands_before_a_new_shot_is_no_part_of_its_picture() -> None:
    (shoot,) = meant("add a shot: rain barrel overflowing, low angle, 4s")
    assert isinstance(shoot, Shoot)
    assert [draft.action for draft in shoot.drafts] == ["rain barrel overflowing"]


@pytest.mark.parametrize("turn", ["love it but warmer", "great but closer", "nice but make it darker"])
def test_an_order_after_praise_is_still_an_order(turn: str) -> None:
    assert isinstance(meant(turn)[0], Revise)


def test_words_about_the_negatives_edit_no_shot() -> None:
    assert not any(isinstance(each, Revise) for each in meant("project ke negatives mein 'film scratches' bhi daal do"))
