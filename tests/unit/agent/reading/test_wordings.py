"""Requests as crews word them: labels and settings, slates, what would do no harm, and what a machine is not told."""

import pytest

from agent.film import Thrift
from agent.intents import Draft, Scene, Shoot, Unclear
from agent.reading.planner import understand
from prompts.references import Role


def drafts(typed: str) -> tuple[Draft, ...]:
    """The shots of a request to a film without any."""
    plan = understand(typed, scene=Scene())
    return tuple(draft for intent in plan.intents if isinstance(intent, Shoot) for draft in intent.drafts)


def only(typed: str) -> Draft:
    """The only shot of a request."""
    (found,) = drafts(typed)
    return found


@pytest.mark.parametrize(
    ("typed", "terms", "action"),
    [
        ("WS plaza at noon, cars: none", ("cars",), "plaza at noon"),
        ("Tourists: none. WS of the mill", ("Tourists",), "the mill"),
        ("WS of the mill; logos = none", ("logos",), "the mill"),
        ("WS of the mill, camera move: none", (), "the mill, none"),
    ],
)
def test_a_thing_that_is_set_to_none_is_absent(typed: str, terms: tuple[str, ...], action: str) -> None:
    assert (only(typed).negative, only(typed).action) == (terms, action)


def test_a_list_of_negatives_ends_before_a_length_and_a_ratio() -> None:
    read = only("MS of a potter, negative prompt: blurry, extra fingers, 5s, 16:9")

    assert (read.negative, read.seconds, read.aspect_ratio) == (("blurry", "extra fingers"), 5.0, "16:9")


@pytest.mark.parametrize(
    "typed",
    ["I don't mind grain", "I wouldn't say no to some lens flare", "I have nothing against a bit of haze"],
)
def test_what_would_do_no_harm_is_neither_forbidden_nor_a_shot(typed: str) -> None:
    (intent,) = understand(typed, scene=Scene()).intents
    beside = only(f"{typed}. WS, tractor on the ridge")

    assert isinstance(intent, Unclear)
    assert (beside.action, beside.negative, beside.notes) == ("tractor on the ridge", (), typed)


@pytest.mark.parametrize(
    ("typed", "actions"),
    [
        ("12A: WS harbour; 12B: CU rope on the bollard", ["harbour", "rope on the bollard"]),
        ("1A: WS harbour, 4s. 1B: CU rope, 3s. 2: MS captain", ["harbour", "rope", "captain"]),
    ],
)
def test_slates_on_one_line_are_shots(typed: str, actions: list[str]) -> None:
    assert [draft.action for draft in drafts(typed)] == actions


@pytest.mark.parametrize(
    "typed", ["style = null; WS a fox in snow", "reset the style block and negatives, then WS a fox in snow"]
)
def test_what_would_empty_a_block_leaves_no_word_in_the_picture(typed: str) -> None:
    plan = understand(typed, scene=Scene())

    assert any("was not followed" in remark for remark in plan.remarks)
    assert only(typed).action == "a fox in snow"


def test_images_by_letter_are_frames_and_either_speaks_of_both() -> None:
    read = only("first frame = ref A, last frame = ref B, she ages between them. Don't take the text from either.")

    assert [(each.role, each.ignore) for each in read.references] == [
        (Role.FIRST_FRAME, ("text",)),
        (Role.LAST_FRAME, ("text",)),
    ]
    assert read.action.rstrip(".") == "she ages between them"


def test_a_polite_question_opens_the_shot_it_asks_for() -> None:
    read = only(
        "hi it's for my thesis film, could I get like a medium shot of Ana on the night bus, head on the window?"
    )

    assert (read.camera.shot_size, read.camera.angle) == ("medium shot", "")


def test_a_rough_draft_whatever_draws_it_leaves_the_picture() -> None:
    read = only("quick cheap draft for timing only, seedance or kling idc: FS breakdancer freeze")

    assert (read.wishes.thrift, read.wishes.models) == (Thrift.FAST, ("Seedance", "Kling"))
    assert read.action == "breakdancer freeze"


def test_an_establishing_shot_goes_by_its_letters() -> None:
    assert only("EST of the cathedral square").camera.shot_size == "establishing shot"


@pytest.mark.parametrize(
    ("typed", "movement"),
    [
        ("Panorámica de izquierda a derecha por la feria", "pan right"),
        ("Panoramique de droite à gauche sur le marché", "pan left"),
        ("Schwenk von links nach rechts über den Markt", "pan right"),
        ("Travelling de derecha a izquierda por el mercado", "truck left"),
    ],
)
def test_a_move_between_two_sides_goes_to_the_second(typed: str, movement: str) -> None:
    assert only(typed).camera.movement == movement


@pytest.mark.parametrize("typed", ["Ein Kran hebt Container, Totale", "Primer plano de Alba, 5s"])
def test_a_machine_and_a_name_are_part_of_the_picture(typed: str) -> None:
    read = only(typed)

    assert read.camera.movement == read.lighting == ""
    assert any(word in read.action for word in ("Kran", "Alba"))


def test_a_ratio_may_have_a_decimal_comma() -> None:
    assert only("Drohnenflug über das Watt, 10 s, 2,39:1").aspect_ratio == "2.39:1"


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("sin drones ni zepelines, plano general de la plaza", ("drones", "zepelines")),
        ("plan large du quai, sans gros plan", ("gros plan",)),
        ("Plano medio de Vi, sin zoom ni paneo", ("zoom", "paneo")),
    ],
)
def test_a_camera_word_behind_a_negator_is_forbidden_and_asked_of_nobody(typed: str, terms: tuple[str, ...]) -> None:
    read = only(typed)

    assert (read.negative, read.camera.angle, read.camera.movement) == (terms, "", "")


def test_a_small_word_of_hindi_stays_between_the_words_it_joins() -> None:
    assert only("राम का घर, वाइड शॉट").action == "राम का घर"


def test_a_shot_beside_a_list_of_negatives_stays_a_shot() -> None:
    read = only("negative prompt: blurry, extra fingers. MS of a dancer")

    assert (read.action, read.negative) == ("a dancer", ("blurry", "extra fingers"))


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("three shots: 1 wide of the station 2 close-up of a glove 3 medium shot of the guard. 4s each", 3),
        ("3カットお願い：1 駅のロングショット、雪 2 手袋のアップ 3 駅員のミディアムショット。全部4秒", 3),
        ("Trois plans : plan d'ensemble du phare ; gros plan de la lampe ; plan large du quai. 4 s chacun", 3),
        ("Drei Einstellungen: Totale vom Hafen; Nahaufnahme vom Seil; Halbnahe vom Lotsen. Je 4 s", 3),
    ],
)
def test_an_announced_list_is_its_shots_without_labels(typed: str, count: int) -> None:
    found = drafts(typed)

    assert len(found) == count
    assert all(draft.camera.shot_size and draft.seconds == 4.0 and not draft.notes for draft in found)


def test_figures_after_a_colon_that_count_things_divide_nothing() -> None:
    assert len(drafts("two shots of coffee: 1 cup and 2 spoons on a table")) == 1


def test_lengths_by_the_names_of_the_shots_divide_what_is_told_in_turn() -> None:
    found = drafts(
        "First a slow pull back from the needle, then a whip pan to the window; second one 2s, first one 6s."
    )

    assert [(draft.camera.movement, draft.seconds) for draft in found] == [("slow pull out", 6.0), ("whip pan", 2.0)]


@pytest.mark.parametrize(
    "typed",
    [
        "primer plano de los labios de Inés, que no parpadee la imagen",
        "Totale vom Hafen, das Bild darf nicht flackern",
        "港のロングショット、ちらつかないで",
    ],
)
def test_what_a_picture_must_not_do_is_the_fault_by_name(typed: str) -> None:
    assert only(typed).negative == ("flicker",)
