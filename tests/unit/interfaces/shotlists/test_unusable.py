"""Files that cannot be read as a list, and what is said of them; nothing harmful is opened."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import NoReturn

import openpyxl  # type: ignore[import-untyped]  # its stubs are no need of the project
import pytest

from interfaces.shotlists import opening, sources, zipped
from interfaces.shotlists.opening import UnreadableListError

LIST = "Shot,Action\n1,a field at dawn\n"


def refusal(path: Path) -> str:
    """What is said when it is read."""
    with pytest.raises(UnreadableListError) as refused:
        sources.read(path)
    assert "nothing was imported" in str(refused.value)
    return str(refused.value)


def workbook(parts: Mapping[str, bytes]) -> bytes:
    """A small workbook with parts put in or replaced."""
    book, changed = BytesIO(), BytesIO()
    made = openpyxl.Workbook()
    for row in (["Shot", "Action"], [1, "a field at dawn"]):
        made.worksheets[0].append(row)
    made.save(book)
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        whole = {name: old.read(name) for name in old.namelist()} | dict(parts)
        for name, data in whole.items():
            new.writestr(name, data)
    return changed.getvalue()


def never(*_: object, **__: object) -> NoReturn:
    """In the place of what must not happen."""
    pytest.fail("it was opened")


def test_a_list_of_200_megabytes_is_refused_by_its_size_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    monkeypatch.setattr(Path, "open", never)

    assert "200 MB" in refusal(path)
    assert f"{opening.MOST_BYTES // 1_000_000} MB is the most" in refusal(path)


def test_a_device_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "endless.csv").symlink_to("/dev/zero")

    assert "is no file" in refusal(tmp_path / "endless.csv")


def test_a_zip_bomb_is_known_by_its_directory_and_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bomb.xlsx").write_bytes(workbook({"xl/media/bomb.bin": bytes(40_000_000)}))
    monkeypatch.setattr(zipfile.ZipExtFile, "read", never)

    assert "not unpacked" in refusal(tmp_path / "bomb.xlsx")


def test_a_workbook_of_far_too_many_bytes_is_refused_however_well_it_packs(tmp_path: Path) -> None:
    with pytest.raises(UnreadableListError, match="would unpack to"):
        zipped.inspect_directory(workbook({"xl/media/large.bin": bytes(zipped.MOST_INFLATED_BYTES + 1)}))


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (b"<row>" * 5_001, "more than 5,000 rows"),
        (b"<row>" + b"<c/>" * 500 + b"<c r='A1'/>" * 501, "1,001 cells, merged ones counted"),
        (b'</sheetData><mergeCells><mergeCell ref="A1:ZZ4000"/><mergeCell ref="A2:B3"/>', "2,808,004 cells"),
    ],
)
def test_a_sheet_that_would_be_huge_in_memory_is_counted_and_not_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: bytes, said: str
) -> None:
    sheet = b"<worksheet><sheetData>" + inside + b"</sheetData></worksheet>"
    (tmp_path / "vast.xlsx").write_bytes(workbook({"xl/worksheets/sheet1.xml": sheet}))
    monkeypatch.setattr(zipped, "MOST_CELLS", 1_000)
    monkeypatch.setattr(openpyxl, "load_workbook", never)

    assert said in refusal(tmp_path / "vast.xlsx")


def test_an_entity_bomb_in_a_workbook_is_not_expanded(tmp_path: Path) -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 2 if n else "lol"}">' for n in range(3))
    cell = '<c r="A1" t="inlineStr"><is><t>&l2;</t></is></c>'
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = f'<sheetData><row r="1">{cell}</row></sheetData>'
    sheet = f'<?xml version="1.0"?><!DOCTYPE x [{lol}]><worksheet xmlns="{space}">{rows}</worksheet>'
    (tmp_path / "lol.xlsx").write_bytes(workbook({"xl/worksheets/sheet1.xml": sheet.encode()}))

    assert "damaged" in refusal(tmp_path / "lol.xlsx")


def test_macros_are_left_alone_and_said(tmp_path: Path) -> None:
    (tmp_path / "macro.xlsm").write_bytes(workbook({"xl/vbaProject.bin": b"macro"}))

    listing = sources.read(tmp_path / "macro.xlsm")
    assert [shot.draft.action for shot in listing.shots] == ["a field at dawn"]
    assert any("macros" in told for told in listing.told)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("old.xlsx", b"\xd0\xcf\x11\xe0rest", "old Excel workbook"),
        ("list.csv", b"%PDF-1.7", "a PDF"),
        ("list.csv", b"", "is empty"),
        ("list.exe", b"MZ", "is none of .csv"),
        ("list.xlsx", b"Shot,Action", "is none; save it"),
        ("list.xlsx", b"PK\x03\x04broken", "damaged"),
        ("list.csv", b"\x00\x01\x02\x03" * 50, "no text"),
        ("list.csv", "\ufeffShot".encode("utf-16-le") + b"\x00\xd8\x41", "near line 1"),
        ("list.json", b'{"shots": [', "line 1"),
        ("list.json", b"[" * 100_000, "nested too deeply"),
        ("list.json", b'{"shots": []}', "no list of shots"),
        ("list.json", b'[{"shot": NaN}]', "NaN"),
        ("list.csv", b"Name,Phone\nOtto,555\n", "no shots"),
        ("list.md", b"# A film\n\nNo table here.\n", "no shots"),
        ("list.fountain", b"INT. BARN - DAY\n\nHens.\n", "no shots"),
        ("list.csv", b"Shot,Action\n1,\"a field\n2,a boot\n3,a hat\n", "line 2 is never closed"),
        ("list.csv", b"Shot,Action\n" + b"1,a\n" * 6_000, "more than 5,000 rows"),
        ("list.csv", b"Shot,Action\n1," + b"a" * 30_000, "line 2 has a cell"),
        ("list.csv", b"Shot,Action" + b"," * 200 + b"\n", "line 1 has 202 cells"),
    ],
)  # fmt: skip
def test_an_unusable_file_is_refused_in_a_sentence(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)

    assert said in refusal(tmp_path / name)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "gone.csv")
