"""The data folder before anything is opened in it."""

import os
from pathlib import Path

import pytest

from agent.errors import StoreError
from interfaces.folder import make_folder


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


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(StoreError, match="may not be written"):
        make_folder(tmp_path)
