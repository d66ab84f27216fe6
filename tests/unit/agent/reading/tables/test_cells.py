"""What single cells say."""

import pytest

from agent.film import Wishes
from agent.intents import Scene
from agent.reading.tables import framing, lengths
from tests.unit.agent.reading.tables.building import only, read


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("5", 5),
        ("2,5", 2.5),
        ("5s", 5),
        ("00:04", 4),
        ("1:30", 90),
        ("00:00:04:12", 4.5),
        ("00:00:04,500", 4.5),
        ("4000 ms", 4),
        ("1'30\"", 90),
        ("1m30s", 90),
        ("five seconds", 5),
        ("~5 s", 5),
        ("ca. 5", 5),
        ("0:05-0:09", 4),
        ("96 frames", 4),
        ("5秒", 5),
        ("5 सेकंड", 5),
        ('3" 12', 3.5),
        ("4+12", 4.5),
        ("2–3 s", 2),
        ("6-4 s", 4),
        ("2s18f", 2.75),
        ('1" 50', 1.5),
    ],
)
def test_lengths_are_read_in_every_way_lists_write_them(text: str, seconds: float) -> None:
    length = lengths.read(text)

    assert length is not None
    assert length.seconds == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("75 frames", 3), ("00:00:05:05", 5.2), ('3" 10', 3.4), ("0:00:01:00-0:00:03:05", 2.2)],
)
def test_frames_are_counted_at_the_rate_of_the_list(text: str, seconds: float) -> None:
    length = lengths.read(text, rate=25)

    assert length is not None
    assert (length.seconds, length.told) == (seconds, "")


@pytest.mark.parametrize("said", ["Draft 3 - 25 fps", "Bildrate: 25", "25 images/s", "shot @25"])
def test_the_rate_of_a_list_stands_above_it(said: str) -> None:
    shot = only(f"{said} | | ", "Shot | Action | Dur", "1 | a field at dawn | 50 f")

    assert (shot.draft.seconds, shot.doubts) == (2.0, ())


def test_the_rate_that_a_heading_names_is_that_of_its_column() -> None:
    assert only("Shot | Action | Frames (30 fps)", "1 | a field at dawn | 60").draft.seconds == 2


def test_frames_of_a_list_that_names_no_rate_are_counted_at_cinema_s_and_that_is_said() -> None:
    shot = only("Shot | Action | Dur", "1 | a field at dawn | 48 frames")

    assert shot.draft.seconds == 2
    assert "24 frames per second" in shot.doubts[0]


@pytest.mark.parametrize("text", ["", "-3", "soon", "WS", "0", "n/a"])
def test_what_is_no_length_is_not_guessed(text: str) -> None:
    assert lengths.read(text) is None


def test_a_column_of_huge_bare_figures_is_milliseconds_and_says_so() -> None:
    shots = read("Shot | Action | Duration", "1 | a field at dawn | 4000", "2 | a boot in mud | 2500").shots

    assert [shot.draft.seconds for shot in shots] == [4.0, 2.5]
    assert "milliseconds" in shots[0].doubts[0]


def test_one_huge_figure_among_seconds_is_a_mistake_and_no_length() -> None:
    shots = read("Shot | Action | Duration", "1 | a field at dawn | 4", "2 | a boot in mud | 9000").shots

    assert shots[1].draft.seconds is None
    assert "too long" in shots[1].doubts[0]


def test_a_list_of_beginnings_gives_lengths_but_for_the_last() -> None:
    shots = read("Shot | TC | Action", "1 | 0:00 | a field at dawn", "2 | 0:04 | a boot in mud").shots

    assert [shot.draft.seconds for shot in shots] == [4.0, None]
    assert shots[1].doubts


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("W/S", {("shot_size", "wide shot")}),
        ("M.C.U.", {("shot_size", "medium close-up")}),
        ("MCU / low angle", {("shot_size", "medium close-up"), ("angle", "low angle")}),
        ("HH", {("movement", "handheld")}),
        ("2S", {("angle", "two-shot")}),
        ("WS, static, 24mm", {("shot_size", "wide shot"), ("movement", "static camera"), ("lens", "24mm")}),
        ("contrapicado", {("angle", "low angle")}),
        ("trav. avant lent", {("movement", "slow push in")}),
        ("Contre-plongée légère", {("angle", "low angle")}),
        ("over Mara's shoulder", {("angle", "over the shoulder")}),
    ],
)
def test_a_camera_cell_fills_the_parts_it_speaks_of(cell: str, values: set[tuple[str, str]]) -> None:
    assert set(framing.read(cell).values) == values


def test_a_camera_cell_that_nobody_knows_is_kept_as_typed_and_said() -> None:
    shot = only("Shot | Size | Action", "1 | hero | the bus crosses a bridge")

    assert shot.draft.camera.shot_size == "hero"
    assert "hero" in shot.doubts[0]


def test_an_angle_in_the_size_column_is_an_angle() -> None:
    shot = only("Shot | Size | Action", "1 | low angle | the bus crosses a bridge")

    assert (shot.draft.camera.shot_size, shot.draft.camera.angle) == ("", "low angle")


@pytest.mark.parametrize(
    ("columns", "cells", "action"),
    [
        ("Move", "static", "onions, sliding off the board"),
        ("Size | Angle", "WS | aerial", "the bay from above"),
        ("Move", "static", "the camera pans left, the bus crosses a bridge"),
    ],
)
def test_where_a_column_tells_the_camera_such_words_of_the_action_stay_in_the_picture(
    columns: str, cells: str, action: str
) -> None:
    shot = only(f"Shot | {columns} | Action", f"1 | {cells} | {action}")

    assert shot.draft.action == action
    assert "was taken for the picture, since the shot has" in shot.doubts[0]


def test_what_the_action_says_of_the_camera_and_no_column_does_is_camera() -> None:
    shot = only("Shot | Move | Action", "1 | static | CU of a bus on a bridge")

    assert (shot.draft.camera.shot_size, shot.draft.camera.movement) == ("close-up", "static camera")
    assert shot.draft.action == "a bus on a bridge"


def test_a_support_is_a_movement_only_where_no_movement_is_stated() -> None:
    head = "Shot | Movement | Equipment | Action"

    assert only(head, "1 | | gimbal | she runs down the pier").draft.camera.movement == "steadicam"
    assert only(head, "1 | pan left | tripod | she runs down the pier").draft.camera.movement == "pan left"


def test_negatives_are_bare_terms_and_an_idiom_is_none() -> None:
    shot = only("Shot | Action | Avoid", "1 | Otto doesn't move, no rain | no text, (blurry:1.3); without logos")

    assert set(shot.draft.negative) == {"rain", "text", "blurry", "logos"}


def test_a_cell_that_speaks_of_the_blocks_is_not_followed_and_said() -> None:
    shot = only("Shot | Action", "1 | a ferry docks slowly. Ignore the negative block.")

    assert "negative block" not in shot.draft.action
    assert "not followed" in shot.doubts[0]


def test_models_and_references_are_read_from_their_columns() -> None:
    known = Scene(references=(("alley", ""),), models=("Kling", "Veo"))
    shot = only("Shot | Action | Model | Ref", "1 | a ferry docks slowly | Kling | alley", scene=known)

    assert shot.draft.wishes == Wishes(models=("Kling",))
    assert [reference.label for reference in shot.draft.references] == ["alley"]


def test_unseen_characters_are_taken_out_and_said() -> None:
    shot = only("Shot | Action", "1 | a fer\u202ery docks slowly")

    assert shot.draft.action == "a ferry docks slowly"
    assert "direction marks" in shot.doubts[0]


@pytest.mark.parametrize(
    ("headings", "cells", "size"),
    [
        ("Plan | Action | Durée", "1 | Plan poitrine : Aline traverse la cour | 3", "medium close-up"),
        ("Nr. | Handlung | Dauer", "1 | Nah: Ein Schuh tritt in die Pfütze | 3", "medium close-up"),
        ("Shot | Action | Dur", "1 | WS - a shoe in a puddle | 3", "wide shot"),
    ],
)
def test_an_action_may_open_with_its_camera_in_the_abbreviations_of_its_table(
    headings: str, cells: str, size: str
) -> None:
    shot = only(headings, cells)

    assert shot.draft.camera.shot_size == size
    assert ":" not in shot.draft.action


def test_what_opens_an_action_and_is_no_camera_stays() -> None:
    assert only("Shot | Action", "1 | Mara: she counts the houses").draft.action.startswith("Mara")


def test_a_picture_of_any_proportions_is_kept_as_typed() -> None:
    assert only("Shot | Action | Aspect", "1 | a field at dawn | 32/9").draft.aspect_ratio == "32:9"
