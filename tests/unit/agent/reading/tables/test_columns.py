"""Which column means what."""

import pytest

from agent.reading.tables.meanings import Column
from tests.unit.agent.reading.tables.building import only, read


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        ("Shot | Size | Move | Action | Sec", "3 | CU | pan left | a red kettle | 4"),
        ("Sec | Action | Move | Size | Shot", "4 | a red kettle | pan left | CU | 3"),
        ("Plano | Tipo de plano | Movimiento | Acción | Duración", "3 | PP | pan left | a red kettle | 4"),
        ("N° | Valeur de plan | Mouvement | Action | Durée", "3 | gros plan | pan left | a red kettle | 4"),
        (
            "Nr. | Einstellungsgröße | Kamerabewegung | Handlung | Dauer",
            "3 | Großaufnahme | pan left | a red kettle | 4",
        ),
        ("カット | サイズ | カメラワーク | 内容 | 秒数", "3 | アップ | pan left | a red kettle | 4"),
        ("镜号 | 景别 | 运镜 | 画面内容 | 时长", "3 | 特写 | pan left | a red kettle | 4秒"),
        ("शॉट | शॉट प्रकार | कैमरा गति | विवरण | अवधि", "3 | CU | pan left | a red kettle | 4"),
        (
            "shotNumber | shotSize | cameraMovement | shotDescription | durationSeconds",
            "3 | CU | pan left | a red kettle | 4",
        ),
    ],
)
def test_columns_are_found_by_what_they_mean_in_any_order_and_language(headings: str, cells: str) -> None:
    shot = only(headings, cells)

    assert (shot.number, shot.draft.camera.shot_size, shot.draft.camera.movement) == ("3", "close-up", "pan left")
    assert (shot.draft.action, shot.draft.seconds) == ("a red kettle", 4.0)


def test_one_heading_means_a_number_or_a_size_by_what_stands_below_it() -> None:
    numbered = read("Frame | Action", "1 | rain on tin roofs", "2 | the dog shakes itself").heads[0]
    sized = read("No | Frame | Action", "1 | WS | rain on tin roofs", "2 | CU | the dog shakes itself").heads[1]

    assert (numbered.column, sized.column) == (Column.NUMBER, Column.SIZE)


def test_time_is_a_length_or_a_time_of_day_by_its_cells() -> None:
    assert only("Shot | Action | Time", "1 | a ferry docks slowly | 0:06").draft.seconds == 6
    assert only("Shot | Action | Time", "1 | a ferry docks slowly | dusk").draft.notes == "dusk"


@pytest.mark.parametrize(
    ("heading", "cells", "column"),
    [
        ("Glas", ("85mm", "24mm"), Column.LENS),
        ("Lgd", ("00:04", "2 s"), Column.SECONDS),
        ("Kadr", ("WS", "CU"), Column.SIZE),
        ("Ruch", ("pan left", "static"), Column.MOVEMENT),
        ("Uwagi", ("4", "85"), Column.UNKNOWN),
    ],
)
def test_cells_that_mean_one_thing_only_make_up_for_a_strange_heading(
    heading: str, cells: tuple[str, str], column: Column
) -> None:
    listing = read(
        f"Shot | Action | {heading}", *(f"{at} | a ferry docks slowly | {cell}" for at, cell in enumerate(cells))
    )

    assert listing.heads[2].column is column
    assert any(heading in told for told in listing.told)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Brennw.", Column.LENS),
        ("Beschr.", Column.ACTION),
        ("Kamerabew.", Column.MOVEMENT),
        ("Lichtst.", Column.LIGHTING),
    ],
)
def test_an_abbreviated_heading_means_what_begins_so(heading: str, column: Column) -> None:
    shots = read(f"Nr. | {heading} | Dauer", "1 | 85 mm | 4", "2 | 24 mm | 2")

    assert shots.heads[1].column is column


def test_a_heading_of_two_words_means_the_plainer_of_them() -> None:
    heads = read("Shot | Action | camera lens | camera framing", "1 | a ferry docks slowly | 35mm | wide").heads

    assert [head.column for head in heads[2:]] == [Column.LENS, Column.SIZE]


def test_a_heading_means_what_it_means_in_the_language_of_its_table() -> None:
    german = read("Einstellung | Handlung | Ton", "1 | Ein Schuh tritt in die Pfütze | Regen")
    french = read("Plan | Durée | Action | Ton", "1 | 3 | Aline traverse la cour | grave")

    assert (german.heads[2].column, french.heads[3].column) == (Column.PRODUCTION, Column.MOOD)


@pytest.mark.parametrize(("cells", "seconds"), [(("0:08", "3"), 8), (("20 min", "45 min"), None)])
def test_estimated_time_is_a_length_where_a_shot_can_be_so_long(cells: tuple[str, str], seconds: float | None) -> None:
    shots = read(
        "Shot | Action | Est. time", *(f"{at} | a ferry docks | {cell}" for at, cell in enumerate(cells))
    ).shots

    assert shots[0].draft.seconds == seconds


def test_a_column_nobody_understands_is_kept_aside_and_said() -> None:
    listing = read("Shot | Action | Zorb", "1 | a ferry docks slowly | purple")

    assert listing.shots[0].aside == (("Zorb", "purple"),)
    assert "purple" not in listing.shots[0].draft.notes + listing.shots[0].draft.action
    assert any("Zorb" in told for told in listing.told)


def test_an_abbreviation_two_languages_share_is_read_in_the_language_of_its_table() -> None:
    spanish = only("Plano | Encuadre | Acción", "1 | PM | Lucía cruza el patio")
    french = only("Plan | Valeur de plan | Durée | Action", "1 | PM | 3 | Aline traverse la cour")

    assert (spanish.draft.camera.shot_size, french.draft.camera.shot_size) == ("medium shot", "full shot")


def test_a_table_without_headings_is_guessed_and_said() -> None:
    listing = read(
        "1 | WS | static | 24 | an orchard in frost | 5", "2 | CU | static | 85 | one apple does not drop | 2"
    )

    assert [shot.draft.lens for shot in listing.shots] == ["24mm", "85mm"]
    assert [shot.draft.seconds for shot in listing.shots] == [5.0, 2.0]
    assert any("guessed" in told for told in listing.told)


def test_what_is_no_list_of_shots_gives_none() -> None:
    assert read("Name | Phone", "Otto | 555 0100", "Bea | 555 0101").shots == ()
