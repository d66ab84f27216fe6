"""The data folder before anything is opened in it."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.errors import StoreError
from interfaces.folder import make_folder

NOBODY = 65534


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")

    assert (tmp_path / "a" / "b").is_dir()


def test_a_file_in_its_place_is_named_with_the_setting(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")

    with pytest.raises(StoreError, match=r"a file is in its place.*COUNTERSTEER_FOLDER"):
        make_folder(file)
    assert file.read_text() == "mine"


def test_a_folder_below_a_file_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")

    with pytest.raises(StoreError, match="Not a directory"):
        make_folder(tmp_path / "file" / "deep")


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A folder that may be read by anybody and written by nobody, met as somebody who is not root."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    yield folder
    os.seteuid(was)
    folder.rmdir()


def test_a_folder_that_may_not_be_written_is_told(read_only: Path) -> None:
    with pytest.raises(StoreError, match="may not be written"):
        make_folder(read_only)
