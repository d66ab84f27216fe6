"""The zip of the clips, its names and its manifest."""

import csv
import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from interfaces.export import bundle, whole
from interfaces.export.selects import Select
from interfaces.export.whole import ExportError
from tests.unit.interfaces.export.building import CLIP, a_cut, a_select


def packed(folder: Path, *takes: Select) -> zipfile.ZipFile:
    (folder / "clip.mp4").write_bytes(CLIP)
    out = io.BytesIO()
    bundle.write(out, a_cut(*takes), takes, path=folder.joinpath)
    return zipfile.ZipFile(out)


def test_clips_are_packed_under_names_that_sort_by_shot_and_take(tmp_path: Path) -> None:
    takes = (a_select(2), a_select(10, take=2, action="The ferryman's pipe!"), a_select(10, take=11))
    names = [name for name in packed(tmp_path, *takes).namelist() if name.endswith(".mp4")]

    assert names == sorted(names)
    assert "clips/010_the-ferryman-s-pipe_t02_kling-3-0.mp4" in names


def test_every_clip_is_in_the_manifest_with_its_checksum(tmp_path: Path) -> None:
    package = packed(tmp_path, a_select(1, seen=("lens flare",), seed=7), a_select(2, sandbox=False))
    rows = list(csv.DictReader(io.StringIO(package.read("manifest.csv").decode("utf-8-sig"))))

    for row in rows:
        assert hashlib.sha256(package.read(row["file"])).hexdigest() == row["sha256"]
    assert [(row["seen"], row["seed"], row["made by"]) for row in rows] == [
        ("lens flare", "7", "sandbox"),
        ("", "", "live"),
    ]
    assert package.read("sha256sums.txt").decode().splitlines() == [f"{row['sha256']}  {row['file']}" for row in rows]


def test_the_same_film_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (packed(tmp_path, a_select()) for _ in range(2))

    assert one.fp is not None
    assert two.fp is not None
    assert one.fp.read() == two.fp.read()


def test_a_manifest_runs_nothing_in_a_spreadsheet(tmp_path: Path) -> None:
    text = packed(tmp_path, a_select(action="=HYPERLINK(1)")).read("manifest.csv").decode("utf-8-sig")

    assert "'=HYPERLINK(1)" in text


def test_a_clip_that_is_gone_or_changed_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(CLIP + b"x")
    goal = tmp_path / "film.zip"

    for folder, why in ((tmp_path, "no longer the clip"), (tmp_path / "none", "gone")):
        with pytest.raises(ExportError, match=why), whole.opened(goal, replace=False) as out:
            bundle.write(out, a_cut(a_select()), (a_select(),), path=folder.joinpath)
    assert [file.name for file in tmp_path.iterdir()] == ["clip.mp4"]


@pytest.mark.parametrize(
    "hostile",
    [
        "../../etc/passwd",
        "a/b\\c:d*e?f",
        "<script>",
        "\u202egnp.exe",
        "🌫🚢",
        "CON",
        "com1",
        ".hidden",
        "x" * 300,
        "a\x00b",
    ],
)
def test_no_action_makes_a_name_that_a_file_system_refuses(hostile: str) -> None:
    name = a_select(action=hostile).file.removeprefix("clips/")

    assert name.isascii()
    assert len(name) < 100
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.")
    assert name.startswith("001_")
    assert whole.slug(hostile, otherwise="shot") not in ("con", "com1", "")
