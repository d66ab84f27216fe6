"""Style libraries from files of strangers."""

import codecs
from pathlib import Path

import pytest

from agent.errors import BadSheetError
from interfaces.styles.reading import MOST_BYTES, of_bytes, read_library

ROW = "name,prompt,negative_prompt\nNoir,hard shadows,colour\n"


@pytest.mark.parametrize(
    "data", [ROW.encode(), codecs.BOM_UTF8 + ROW.encode(), ROW.encode("utf-16"), ROW.replace("\n", "\r\n").encode()]
)
def test_the_usual_encodings_are_read(data: bytes) -> None:
    assert [preset.name for preset in of_bytes(data, name="styles.csv").presets] == ["Noir"]


def test_a_row_in_another_encoding_is_left_out_with_its_line() -> None:
    library = of_bytes(ROW.encode() + b"Caf\xe9,au lait,\n", name="styles.csv")

    assert [preset.name for preset in library.presets] == ["Noir"]
    assert [str(complaint)[:6] for complaint in library.complaints] == ["line 3"]


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"[]", b"hello"])
def test_a_file_without_a_style_says_what_is_understood(data: bytes) -> None:
    with pytest.raises(BadSheetError, match=r"styles\.csv of a web UI"):
        of_bytes(data, name="x")


async def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "styles.csv"
    with file.open("wb") as opened:
        opened.truncate(MOST_BYTES + 1)

    with pytest.raises(BadSheetError, match="nothing was read"):
        await read_library(file)


async def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadSheetError, match="cannot be read"):
        await read_library(tmp_path / "none.csv")
