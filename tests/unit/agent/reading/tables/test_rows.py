"""Which rows are shots, and what carries from one to the next."""

import pytest

from tests.unit.agent.reading.tables.building import only, read

HEAD = "Scene | Shot | Size | Action | Sec"


def test_titles_spacers_totals_and_scene_headings_are_no_shots() -> None:
    listing = read(
        "NIGHT BUS | | | | ",
        "Director: M. Oduya | | | Draft 4 | ",
        HEAD,
        "SCENE 2 - DEPOT | | | | ",
        " | 1 | WS | buses asleep in rows | 4",
        " | | | | ",
        " | 2 | | | ",
        "Total | | | | 4",
    )

    assert [shot.where for shot in listing.shots] == ["line 5"]
    assert [row.kind for row in listing.left_out] == ["title", "title", "scene", "spacer", "total"]


@pytest.mark.parametrize(
    "row",
    [
        "Notes: | no lens flares at all | | | ",
        "00:07–00:12 | Detail: a drop | Camera | | ",
        "1 | Shot | Size | Action | 5",
    ],
)
def test_a_label_with_its_note_and_a_row_of_content_are_no_headings(row: str) -> None:
    listing = read(row, HEAD, "1 | 1 | WS | a field at dawn | 3")

    assert [head.heading for head in listing.heads] == HEAD.split(" | ")


@pytest.mark.parametrize(
    "total", ["TOTAL | 5 shots | | | 7", "| | | Total | 7", "Gesamtdauer | | | | 7", "TOTAL: 7 s | | | |", " | | | | 7"]
)
def test_a_sum_is_no_shot_wherever_it_stands(total: str) -> None:
    assert len(read(HEAD, "1 | 1 | WS | a field at dawn | 3", "1 | 2 | CU | a boot in mud | 4", total).shots) == 2


def test_a_shot_that_speaks_of_a_sum_is_a_shot() -> None:
    assert len(read("Shot | Action", "1 | a field at dawn", "2 | @SUM(1+1)*cmd").shots) == 2


def test_a_merged_scene_carries_down_and_stops_at_the_next() -> None:
    listing = read(
        "Scene | Location | Shot | Action",
        "1 | barn | 1 | hens scatter in dust",
        " | | 2 | a boot comes down",
        "2 | | 3 | the road is empty",
    )

    assert [(shot.scene, shot.draft.notes) for shot in listing.shots] == [("1", "barn"), ("1", "barn"), ("2", "")]


def test_a_look_that_is_filled_only_where_scenes_begin_is_a_merged_cell() -> None:
    merged = read(
        "Scene | Shot | Action | Light",
        "1 | 1 | hens scatter in dust | low sun",
        " | 2 | a boot comes down | ",
        "2 | 3 | the road is empty | moon",
        " | 4 | a gate swings open | ",
    )
    single = read(
        "Scene | Shot | Action | Light",
        "1 | 1 | hens scatter in dust | ",
        " | 2 | a boot | low sun",
        " | 3 | a gate | ",
    )

    assert [shot.draft.lighting for shot in merged.shots] == ["low sun", "low sun", "moon", "moon"]
    assert [shot.draft.lighting for shot in single.shots] == ["", "low sun", ""]


@pytest.mark.parametrize("mark", ['"', "〃", "ditto", "same as above", "idem"])
def test_a_ditto_mark_repeats_the_cell_above(mark: str) -> None:
    shots = read("Shot | Lens | Action", "1 | 50mm | a field at dawn", f"2 | {mark} | a boot in mud").shots

    assert shots[1].draft.lens == "50mm"


def test_a_row_of_text_without_a_number_goes_on_with_the_shot_above() -> None:
    shots = read("Shot | Size | Action", "1 | WS | a field at dawn", " | | then the first bird")

    assert len(shots.shots) == 1
    assert "first bird" in shots.shots[0].draft.action


def test_headings_that_are_repeated_on_a_new_page_begin_no_shot() -> None:
    assert len(read(HEAD, "1 | 1 | WS | a field | 3", HEAD, "1 | 2 | CU | a boot | 4").shots) == 2


def test_two_rows_with_one_number_in_one_scene_name_each_other() -> None:
    shots = read(HEAD, "1 | 1 | WS | a field | 3", "1 | 1 | CU | a boot | 4", "2 | 1 | CU | a hat | 4").shots

    assert ["line 3" in shots[0].problem, "line 2" in shots[1].problem, shots[2].problem] == [True, True, ""]


def test_numbers_may_begin_anew_under_each_heading() -> None:
    shots = read("Shot | Action", "Day one | ", "1 | a field at dawn", "Day two | ", "1 | a boot in mud").shots

    assert [shot.problem for shot in shots] == ["", ""]


def test_a_scene_that_comes_back_is_told_with_both_places() -> None:
    told = read(HEAD, "1 | 1 | WS | a field | 3", "2 | 2 | CU | a boot | 4", "1 | 3 | CU | a hat | 4").told

    assert any("scene 1" in line and "line 2" in line and "line 4" in line for line in told)


def test_a_row_without_anything_in_the_picture_says_what_is_missing() -> None:
    assert "what is in it" in only(HEAD, "1 | 1 | WS | | 3").problem
