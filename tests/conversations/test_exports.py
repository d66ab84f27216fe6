"""A film taken over into the edit, on the command line, and read back there."""

import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import anyio
import opentimelineio as otio  # type: ignore[import-untyped]  # it ships no types
import pytest

from tests.conversations.test_doors import DONE, TOLD, command
from tests.support.house import Eyesight, a_set
from tests.support.served import a_service

library: Any = otio
SHOT = "low angle, Vi in the rain, neon, 35mm, 5 s"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of a shot delivered after a re-route, one that is held for money, and one with a hostile name."""
    folder = tmp_path_factory.mktemp("made")

    async def make() -> None:
        async with a_set(folder, eyes=Eyesight([{"live action"}])) as film:
            await film.say(SHOT)
            await film.say("plan only: the harbour at night, wide, 4 s")
            await film.say('close-up of ../../"<b>Jinx</b>" & 飛行船, 5 s')

    anyio.run(make)
    return folder


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


EXPORTS = ("otio film.otio", "edl film.edl", "clips film.zip", "record film.json", "contact-sheet --out sheet")


@pytest.mark.parametrize("words", EXPORTS)
def test_no_export_names_a_place_of_this_machine_or_is_written_over_unasked(
    made: Path, tmp_path: Path, words: str
) -> None:
    first, again = command(made, "export", *words.split()), command(made, "export", *words.split())
    replaced = command(made, "export", *words.split(), "--replace")
    files = [file for file in tmp_path.rglob("*") if file.is_file()]

    assert (first.code, again.code, replaced.code) == (DONE, TOLD, DONE), first.err
    assert "is there already; nothing was written" in again.err
    for file in files:
        data = file.read_bytes()
        assert [place for place in (str(made), str(tmp_path), str(Path.home())) if place.encode() in data] == []
    assert not [file for file in files if file.name.endswith(".part")]


def test_timeline_list_and_package_name_the_same_clips(made: Path, tmp_path: Path) -> None:
    for words in EXPORTS[:3]:
        command(made, "export", *words.split())
    read = [library.adapters.read_from_file(str(tmp_path / name)) for name in ("film.otio", "film.edl")]
    named = [
        [part.media_reference.target_url for part in each.tracks[0] if isinstance(part, library.schema.Clip)]
        for each in read
    ]
    with zipfile.ZipFile(tmp_path / "film.zip") as package:
        packed = [name for name in package.namelist() if name.startswith("clips/")]

    assert named == [packed, packed]
    assert [name[:9] for name in packed] == ["clips/001", "clips/003"]
    assert all(name.isascii() and ".." not in name for name in packed)


def test_a_shot_without_a_selected_take_is_told_and_left_as_a_gap(made: Path, tmp_path: Path) -> None:
    left = command(made, "export", "otio", "film.otio")
    read = library.adapters.read_from_file(str(tmp_path / "film.otio"))

    assert "Shot 2 is a gap of 4 s: no take is selected (planned)." in left.out
    assert [type(part).__name__ for part in read.tracks[0]] == ["Clip", "Gap", "Clip"]


def test_every_take_is_packed_when_asked_for(made: Path, tmp_path: Path) -> None:
    command(made, "export", "clips", "film.zip", "--all-takes")

    with zipfile.ZipFile(tmp_path / "film.zip") as package:
        assert sum(name.endswith(".mp4") for name in package.namelist()) == 3


def test_the_record_is_the_one_the_api_sends(made: Path, tmp_path: Path) -> None:
    command(made, "export", "record", "film.json")
    record = json.loads((tmp_path / "film.json").read_bytes())

    assert {"film", "styles", "negatives", "board", "takes", "verdicts", "receipts", "ledger", "story"} == set(record)
    assert len(record["receipts"]) == len(record["takes"]) == 3


def test_a_contact_sheet_has_all_three_forms(made: Path, tmp_path: Path) -> None:
    command(made, "export", "contact-sheet", "--out", "sheet")

    starts = {file.suffix: file.read_bytes()[:5] for file in (tmp_path / "sheet").iterdir()}
    assert (starts[".pdf"], starts[".png"], starts[".html"][:1]) == (b"%PDF-", b"\x89PNG\r", b"<")


def test_a_film_without_a_take_has_nothing_to_cut(tmp_path: Path) -> None:
    command(tmp_path, "project", "new", "film")

    left = command(tmp_path, "export", "edl", "film.edl")
    assert (left.code, "no selected take yet" in left.err, list(tmp_path.glob("*.edl"))) == (TOLD, True, [])


async def test_the_api_sends_the_same_exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "passing"))
    async with a_service(tmp_path / "data", eyes=Eyesight()) as service:
        names = ("film.otio", "film.edl", "contact-sheet.pdf", "clips.zip", "record.json")
        empty = [(await service.http.get(f"{service.at}/export/{name}")).status_code for name in names]
        await service.film.say(SHOT)
        sent = {name: await service.http.get(f"{service.at}/export/{name}") for name in names}

    assert empty == [422, 422, 200, 422, 200]
    assert {name: answer.status_code for name, answer in sent.items()} == dict.fromkeys(names, 200)
    assert "001_vi-in-the-rain" in sent["film.edl"].text
    with zipfile.ZipFile(io.BytesIO(sent["clips.zip"].content)) as package:
        assert package.read("timeline.otio") == sent["film.otio"].content
    assert [file async for file in anyio.Path(tmp_path / "passing").iterdir()] == []


async def test_whether_a_film_rests_and_is_covered_is_said_over_http(tmp_path: Path) -> None:
    async with a_service(tmp_path, eyes=Eyesight()) as service:
        await service.film.say(SHOT, rest=False)
        moving = (await service.http.get(f"{service.at}/going")).json()
        await service.film.house.worker.run(until_rest=True)
        resting = (await service.http.get(f"{service.at}/going")).json()
        coverage = (await service.http.get(f"{service.at}/coverage")).json()

    assert (moving["going"], moving["shots"]) == (True, [1])
    assert (resting["going"], resting["shots"]) == (False, [])
    assert (coverage["coverage"], coverage["audit"]["receipts"]) == (1.0, 1)
