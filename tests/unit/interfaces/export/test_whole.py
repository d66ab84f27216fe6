"""Files that are there whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from interfaces.export import whole
from interfaces.export.whole import ExportError


def test_a_file_is_written_with_its_folder(tmp_path: Path) -> None:
    whole.write(tmp_path / "a" / "b.edl", b"x", replace=False)

    assert (tmp_path / "a" / "b.edl").read_bytes() == b"x"
    assert [file.name for file in (tmp_path / "a").iterdir()] == ["b.edl"]


def test_a_file_that_is_there_is_not_written_over_unasked(tmp_path: Path) -> None:
    goal = tmp_path / "b.edl"
    goal.write_bytes(b"mine")

    with pytest.raises(ExportError, match="is there already; nothing was written"):
        whole.write(goal, b"theirs", replace=False)
    assert goal.read_bytes() == b"mine"
    whole.write(goal, b"theirs", replace=True)
    assert goal.read_bytes() == b"theirs"
    assert [file.name for file in tmp_path.iterdir()] == ["b.edl"]


def test_what_was_there_survives_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    goal = tmp_path / "b.edl"
    goal.write_bytes(b"mine")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="No space left on device"):
        whole.write(goal, b"theirs", replace=True)

    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("b.edl", b"mine")]


def test_a_name_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")

    with pytest.raises(ExportError, match="cannot be written"):
        whole.write(tmp_path / "file" / "b.edl", b"x", replace=False)
