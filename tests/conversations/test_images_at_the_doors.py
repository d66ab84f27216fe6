"""Images and the motion text at the command line and in scripts: what goes in, what is told, what is shown."""

from pathlib import Path

import anyio
import pytest

from agent.errors import BadSheetError
from interfaces import references
from interfaces.references import add_reference
from interfaces.script import reading, results, running
from interfaces.script.desk_door import DeskDoor
from interfaces.script.places import ScriptError
from interfaces.story import Line
from prompts.references import Role
from tests.conversations.test_doors import DONE, TOLD, Left, command
from tests.support.house import a_set
from tests.support.images import file, halves, picture, turned

SCRIPT = """
version: 1
name: frames
project: Frames
style: Hand-painted gouache
motion: "Slow drift,\\n ink breathes"
references:
  - {label: door, file: door.jpg, role: first frame}
  - {label: hero, file: door.jpg, known_as: {kling: "8936"}}
turns:
  - user: what is the style?
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    data = tmp_path / "data"
    assert command(data, "project", "new", "Zaun").code == DONE
    (tmp_path / "door.png").write_bytes(file(halves(size=(1280, 720))))
    return data


def added(folder: Path, *words: str) -> Left:
    return command(folder, "project", "reference", *words)


def test_a_first_frame_is_stored_and_how_to_name_it_is_said(folder: Path) -> None:
    left = added(folder, "door.png", "--label", "door", "--role", "first-frame")

    assert (left.code, left.out) == (DONE, "Reference door is stored; name it in a request: start on ref door\n")
    assert "reference door: a first frame; 1280x720\n" in command(folder, "project", "show").out


async def test_an_image_whose_name_is_no_unicode_is_taken_in_all_the_same(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await add_reference(film.house.studio, film.project.id, data=file(halves()), label="1", note="plate\udfff.png")
        assert len(await film.house.studio.store.references(film.project.id)) == 1


def test_ids_at_vendors_are_kept_with_the_image_and_shown(folder: Path) -> None:
    ids = ("--known-as", "kling=8936", "--known-as", "seedance=asset://a=b")
    left = added(folder, "door.png", "--label", "hero", "--use", "subject", *ids)

    assert left.code == DONE
    told = "reference hero: use subject; ignore nothing; 1280x720; at kling it is 8936; at seedance it is asset://a=b\n"
    assert told in command(folder, "project", "show").out


def test_an_address_is_not_fetched_unless_the_settings_allow_it(folder: Path) -> None:
    left = added(folder, "https://images.example.com/door.png", "--label", "door")

    assert (left.code, "nothing was fetched" in left.err) == (TOLD, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--role", "middle-frame"), "no such role of an image; there is look, first-frame, last-frame"),
        (("--known-as", "kling"), "say VENDOR=ID"),
        (("--known-as", "kling=1", "--known-as", "kling=2"), "once per vendor"),
        (("--known-as", "sora=1"), "no vendor is called sora; there is "),
        (("--known-as", "kling="), "is no id at kling"),
        (("--known-as", "kling=a b"), "is no id at kling"),
        (("--known-as", f"kling={'9' * 201}"), "is no id at kling"),
        (("--label", "\u200b"), "needs a label"),
        (("--label", "x" * 61), "needs a label of 1 to 60"),
    ],
)
def test_what_cannot_be_said_of_an_image_is_refused_and_nothing_is_stored(
    folder: Path, words: tuple[str, ...], told: str
) -> None:
    left = added(folder, "door.png", "--label", "door", *words)

    assert left.code == TOLD
    assert told in left.err
    assert "reference" not in command(folder, "project", "show").out


def test_everything_that_was_changed_of_an_image_is_told_line_by_line(folder: Path) -> None:
    lying = picture((3000, 4000), mode="CMYK", colour=(0, 255, 255, 0))
    Path("door.png").write_bytes(file(lying, "JPEG", exif=turned(6)))
    left = added(folder, "door.png", "--label", "door")

    assert left.out.splitlines()[:-1] == [
        "note: the file is called .png and holds a JPEG; it was taken as what it holds",
        "note: the image was turned upright, as its camera noted",
        "note: the image was in print colours (CMYK) without a profile; its colours are near, not exact",
        "note: the image was scaled down from 4000x3000 to 2048x1536 pixels",
    ]
    assert "2048x1536" in command(folder, "project", "show").out


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the image file is empty"),
        (b"GIF89a" + bytes(20), "this is a GIF"),
        (file(halves(), save_all=True, append_images=[picture()]), "the image moves: it holds 2 pictures"),
        (file(halves())[:90], "damaged or broken off"),
    ],
)
def test_an_image_that_is_none_is_refused_with_what_it_is(folder: Path, data: bytes, told: str) -> None:
    Path("bad.png").write_bytes(data)
    left = added(folder, "bad.png", "--label", "bad")

    assert left.code == TOLD
    assert told in left.err


def test_a_file_that_is_far_too_large_is_not_even_read(folder: Path) -> None:
    with Path("huge.png").open("wb") as huge:
        huge.truncate(10_000_000_000)
    left = added(folder, "huge.png", "--label", "huge")

    assert (left.code, "10000 MB, at most 50 MB" in left.err) == (TOLD, True)


def test_a_folder_or_a_file_that_is_not_there_is_no_image(folder: Path) -> None:
    for name in (".", "nothing.png"):
        left = added(folder, name, "--label", "x")
        assert (left.code, "cannot be read" in left.err) == (TOLD, True)


async def test_one_more_image_than_a_film_can_have_is_refused_but_may_replace_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(references, "MOST_REFERENCES", 2)
    async with a_set(tmp_path) as film:
        studio, data = film.house.studio, file(halves())
        for label in ("1", "2", "1"):
            await add_reference(studio, film.project.id, data=data, label=label)
        with pytest.raises(BadSheetError, match=r"2 reference images, which is the most.*replaces"):
            await add_reference(studio, film.project.id, data=data, label="3")
        assert len(await studio.store.references(film.project.id)) == 2


# the motion text


def test_a_motion_text_is_stored_shown_and_taken_away_again(folder: Path) -> None:
    style = command(folder, "project", "show").out.split("style (version 1): ")[1].splitlines()[0]

    first = command(folder, "project", "style", "--motion", "slow\n dri\u200bft")
    assert first.out.splitlines() == [
        "Style block, version 2:",
        "+ motion: slow drift",
        "note: the motion text held invisible characters; they were left out",
    ]
    shown = command(folder, "project", "show").out
    assert f"style (version 2): {style}\n" in shown
    assert "from a first frame where the vendor advises it: slow drift\n" in shown

    second = command(folder, "project", "style", "Gouache on paper")
    assert second.out.splitlines() == ["Style block, version 3:", f"- {style}", "+ Gouache on paper"]
    assert "slow drift" in command(folder, "project", "show").out

    third = command(folder, "project", "style", "--motion", "")
    assert third.out.splitlines() == ["Style block, version 4:", "- motion: slow drift"]
    assert "motion text" not in command(folder, "project", "show").out


def test_a_change_of_nothing_is_asked_back(folder: Path) -> None:
    left = command(folder, "project", "style")

    assert (left.code, "say what to change" in left.err) == (TOLD, True)
    assert "style (version 1)" in command(folder, "project", "show").out


async def test_a_changed_style_in_a_conversation_keeps_the_motion_text_and_says_so(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        store = film.house.studio.store
        style = await store.style(film.project.id)
        await store.put_style(film.project.id, style.text, motion="slow drift", by="Ada", why="", seen=1)
        reply = await film.say("change the style block to: gouache on paper")

        assert "Its motion text stays as it is: slow drift" in reply
        assert (await store.style(film.project.id)).motion == "slow drift"


# scripts


async def test_a_script_gives_frames_ids_and_a_motion_text_and_tells_what_was_changed(tmp_path: Path) -> None:
    await anyio.Path(tmp_path / "door.jpg").write_bytes(file(halves(size=(720, 1280)), "JPEG", exif=turned(6)))
    heard: list[Line] = []
    async with a_set(tmp_path / "data") as film:
        written = reading.parse(SCRIPT, name="s", folder=tmp_path)
        ran = await running.run(DeskDoor(film.house), results.begin(written), out=heard.append)
        store = film.house.studio.store
        kept = {reference.label: (reference, image) for reference, image in await store.references(ran.film_id)}
        style = await store.style(ran.film_id)

    assert style.motion == "Slow drift, ink breathes"
    assert (kept["door"][0].role, kept["door"][1].width) == (Role.FIRST_FRAME, 1280)
    assert (kept["hero"][0].role, kept["hero"][1].known_as) == (Role.LOOK, {"kling": "8936"})
    assert "reference door: the image was turned upright, as its camera noted" in [line.text for line in heard]


async def test_a_script_whose_image_cannot_be_used_says_which(tmp_path: Path) -> None:
    await anyio.Path(tmp_path / "door.jpg").write_bytes(b"GIF89a" + bytes(20))
    written = reading.parse(SCRIPT, name="s", folder=tmp_path)
    async with a_set(tmp_path / "data") as film:
        with pytest.raises(ScriptError, match=r"reference door: this is a GIF"):
            await running.run(DeskDoor(film.house), results.begin(written), out=lambda line: None)
