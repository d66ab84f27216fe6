"""The kinds of files a list comes in."""

import datetime
import json
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # its stubs are no need of the project
import pytest

from agent.reading.tables.listing import Listing
from interfaces.shotlists import decoding, sources

LIST = "Shot;Action;Sec\nA1;Café à l'aube, encore fermé;2,5\n"


def read(folder: Path, name: str, data: bytes | str) -> Listing:
    """A file of that name, read."""
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return sources.read(folder / name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"])
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    (shot,) = read(tmp_path, "list.csv", LIST.encode(encoding)).shots

    assert (shot.number, shot.draft.action, shot.draft.seconds) == ("A1", "Café à l'aube, encore fermé", 2.5)


def test_a_guessed_encoding_is_said_with_the_line(tmp_path: Path) -> None:
    assert any("line 2" in told and "1252" in told for told in read(tmp_path, "list.csv", LIST.encode("latin-1")).told)


@pytest.mark.parametrize(
    ("encoding", "head", "action"),
    [
        ("cp932", "カット,内容", "雨が屋根を打つ"),
        ("gb18030", "镜号,画面内容", "雨打在屋顶上，街上很静"),
        ("cp949", "Shot,Action", "비가 지붕을 때린다"),
        ("cp1251", "Shot,Action", "Дом у реки, туман"),
        ("cp1252", "Plan,Action", "Là-bas, où l’été brûle déjà"),
        ("cp1252", "Nr.,Handlung", "Größere Füße über süßem Öl"),
    ],
)
def test_old_encodings_are_told_apart_by_what_they_say(tmp_path: Path, encoding: str, head: str, action: str) -> None:
    text, told = decoding.text(f'{head}\n1,"{action}"\n'.encode(encoding))

    assert action in text
    assert "not UTF-8" in told[0]


def test_a_line_that_was_pasted_in_another_encoding_spoils_no_other(tmp_path: Path) -> None:
    data = "Shot,Action\n1,Café\n".encode() + "2,Bäcker\n".encode("cp1252")
    listing = read(tmp_path, "list.csv", data)

    assert [shot.draft.action for shot in listing.shots] == ["Café", "Bäcker"]
    assert any("line 3" in told for told in listing.told)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, mark: str) -> None:
    text = f"Shot{mark}Size{mark}Action\n1{mark}WS{mark}a field\n2{mark}CU{mark}a boot\n"

    assert [shot.draft.action for shot in read(tmp_path, "list.csv", text).shots] == ["a field", "a boot"]


def test_a_ditto_mark_between_tabs_opens_no_quotation(tmp_path: Path) -> None:
    text = 'Shot\tLens\tAction\n1\t50mm\ta field\n2\t"\ta boot\n3\t"\ta hat\n'

    assert [shot.draft.lens for shot in read(tmp_path, "list.tsv", text).shots] == ["50mm"] * 3


def test_lines_are_counted_as_the_file_has_them_also_after_a_cell_of_two_lines(tmp_path: Path) -> None:
    shots = read(tmp_path, "list.csv", 'sep=,\nShot,Action\n1,"a field\nat dawn"\n2,a boot\n').shots

    assert [shot.where for shot in shots] == ["line 3", "line 5"]


def test_a_formula_in_a_csv_is_text_and_said(tmp_path: Path) -> None:
    listing = read(tmp_path, "list.csv", 'Shot,Action\n1,a field\n2,"=HYPERLINK(""x"",""y"")"\n')

    assert any("line 3" in told and "formula" in told for told in listing.told)


def test_a_markdown_table_is_read_with_the_headings_between_tables(tmp_path: Path) -> None:
    text = "# Film\n\n## Scene 2: EXT. YARD\n\n| Shot | Action |\n|---|---|\n| **1** | a \\| b<br>c [d](http://x) |\n"
    (shot,) = read(tmp_path, "list.md", text).shots

    assert (shot.number, shot.scene, shot.draft.notes) == ("1", "2", "EXT. YARD")
    assert shot.draft.action == "a | b c d"


def test_the_rate_of_a_markdown_list_stands_above_its_table(tmp_path: Path) -> None:
    text = "# Film\n\n*30 s spot, 25 fps*\n\n| Shot | Action | Dur |\n|---|---|---|\n| 1 | a field | 75 frames |\n"
    (shot,) = read(tmp_path, "list.md", text).shots

    assert (shot.draft.seconds, shot.doubts) == (3.0, ())


def test_a_screenplay_s_usual_ways_to_name_a_shot_are_known(tmp_path: Path) -> None:
    text = (
        "EXT. HILL - NIGHT\n\nWIDE ANGLE ON THE HILL\n\nIt burns.\n\nINSERT - MATCHBOX\nThe label reads LUCKY.\n\n"
        "BACK TO SCENE\n\nMEDIUM SHOT, MARA\nShe counts.\n\nMARA\nEleven.\n\nMARA'S POV\n\nThe road.\n\n"
        "OVER MARA'S SHOULDER: a cradle.\n"
    )
    shots = read(tmp_path, "hill.fountain", text).shots

    told = [(shot.draft.camera.shot_size or shot.draft.camera.angle, shot.draft.action) for shot in shots]
    assert told == [
        ("wide shot", "THE HILL. It burns."),
        ("insert", "MATCHBOX. The label reads LUCKY."),
        ("medium shot", "MARA. She counts."),
        ("MARA'S POV", "The road."),
        ("over the shoulder", "a cradle."),
    ]
    assert [shot.draft.dialogue for shot in shots] == ["", "", "Eleven.", "", ""]


def test_camera_lines_of_a_screenplay_are_shots_and_names_are_not(tmp_path: Path) -> None:
    text = (
        "INT. BARN - DAY #7#\n\nHens.\n\nWIDE SHOT - Dust in the beams.\n\nA hen lands.\n\nMS. PARK\nShoo.\n\n"
        "CLOSE ON: a boot.\n\nCLOSE THE DOOR, somebody shouts.\n\nCUT TO:\n"
    )
    first, second = read(tmp_path, "barn.fountain", text).shots

    assert (first.scene, first.draft.camera.shot_size, first.draft.dialogue) == ("7", "wide shot", "Shoo.")
    assert "A hen lands" in first.draft.action
    assert second.draft.action.startswith("a boot")


def test_boards_of_storyboarder_are_read_with_their_milliseconds(tmp_path: Path) -> None:
    board = {"uid": "A", "newShot": True, "shot": "1A", "action": "a moth at a bulb", "time": 0}
    file = {"defaultBoardTiming": 2000, "boards": [{**board, "duration": 350}, {**board, "shot": "1B"}]}
    shots = read(tmp_path, "moth.storyboarder", json.dumps(file)).shots

    assert [(shot.number, shot.draft.seconds) for shot in shots] == [("1A", 0.35), ("1B", 2.0)]


def test_shots_within_scenes_know_their_scene(tmp_path: Path) -> None:
    shot = {"shot_number": 4, "description": "a moth at a bulb", "camera": {"angle": "low angle"}}
    file = {"scenes": [{"scene_number": 9, "heading": "INT. ATTIC", "shots": [shot]}]}
    (found,) = read(tmp_path, "moth.json", json.dumps(file)).shots

    assert (found.number, found.scene, found.draft.camera.angle) == ("4", "9", "low angle")
    assert found.draft.notes == "INT. ATTIC"


def test_shots_that_stand_under_their_numbers_are_read(tmp_path: Path) -> None:
    shots = {"1A": {"size": "WS", "desc": "an owl on a beam"}, "1B": {"size": "CU", "desc": "the owl blinks"}}
    found = read(tmp_path, "owl.json", json.dumps({"scenes": {"1": {"slug": "INT. BARN", "shots": shots}}})).shots

    assert [(shot.number, shot.scene) for shot in found] == [("1A", "1"), ("1B", "1")]


def test_frames_of_a_json_list_are_counted_at_its_rate(tmp_path: Path) -> None:
    shots = [{"shot": 1, "description": "an owl on a beam", "duration_frames": 60}]
    (found,) = read(tmp_path, "owl.json", json.dumps({"fps": 30, "shots": shots})).shots

    assert (found.draft.seconds, found.doubts) == (2.0, ())


def test_a_sheet_that_is_no_list_goes_on_no_table_of_another_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title, rows in (
        ("Scene 4", [["Shot", "Size", "Action"], [1, "WS", "a field at dawn"]]),
        ("Cast", [[7, "CU", "Otto"]]),
    ):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "list.xlsx")
    listing = sources.read(tmp_path / "list.xlsx")

    assert [(shot.number, shot.scene) for shot in listing.shots] == [("1", "4")]
    assert "row 1 of 'Cast'" in [row.where for row in listing.left_out]


def test_a_workbook_is_read_by_value_with_merged_cells_and_without_hidden_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Scene", "Shot", "Light", "Action", "Sec"],
        [1, 1, "low sun", "a field at dawn", datetime.time(0, 4)],
        [None, 2, None, "a boot in mud", 2.5],
        [None, 3, None, "not this one", 2],
        [2, 4, "moon", "the road is empty", "=1+1"],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("C2:C4")
    sheet.row_dimensions[4].hidden = True
    sheet["E2"].number_format = "h:mm"
    book.save(tmp_path / "list.xlsx")
    listing = sources.read(tmp_path / "list.xlsx")

    told = [(shot.where, shot.scene, shot.draft.lighting, shot.draft.seconds) for shot in listing.shots]
    assert told == [("row 2", "1", "low sun", 4.0), ("row 3", "1", "low sun", 2.5), ("row 5", "2", "moon", None)]
    assert any("row 4" in line and "hidden" in line for line in listing.told)
    assert any("E5" in line and "formula" in line for line in listing.told)
