"""A shot list from the file to the film: shown first, made on a yes, and paid for by nobody until a go."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from agent.events import What
from agent.film import ShotStatus
from interfaces.command import shotlisting
from interfaces.settings import Settings
from interfaces.wiring import Parts, new_project, open_house
from tests.support.house import Eyesight, a_set

GOOD = """Shot;Frame;Camera;mm;Action;Sec
A1;wide;static;24;an orchard at rest;5
A2;CU;static;85;one apple does not drop;2
"""
TORN = "Shot;Frame;Action\n1;CU;a boot in mud\n1;WS;a field at dawn\n2;MS;a hat on a peg\n"


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """A data folder with one film in it."""
    async with open_house(Settings(folder=tmp_path)) as house:
        await new_project(house.studio.store, "film")
    return tmp_path


async def bring_in(folder: Path, text: str, *, answer: str = "", yes: bool = False, valid_only: bool = False) -> int:
    """The exit code of an import, the person's answer given."""
    (folder / "list.csv").write_text(text)
    settings = Settings(folder=folder)
    ask = _answering(answer)
    return await shotlisting.bring_in(settings, None, folder / "list.csv", yes=yes, valid_only=valid_only, ask=ask)


def _answering(answer: str) -> Callable[[str], Awaitable[bool]]:
    async def ask(question: str) -> bool:
        assert answer, f"nobody was to be asked: {question}"
        return answer == "yes"

    return ask


async def actions(folder: Path) -> list[str]:
    """What happens in the film's shots."""
    async with open_house(Settings(folder=folder)) as house:
        project = await house.project(None)
        return [shot.sheet.action for shot in await house.studio.store.shots(project.id)]


async def test_a_list_is_shown_with_its_price_and_made_on_a_yes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await bring_in(folder, GOOD, answer="yes") == 0

    told = capsys.readouterr().out
    assert "wide shot, static camera; 24mm; 5 s" in told
    assert "$" in told
    assert await actions(folder) == ["an orchard at rest", "one apple does not drop"]


async def test_a_no_makes_nothing(folder: Path) -> None:
    assert await bring_in(folder, GOOD, answer="no") == 1
    assert await actions(folder) == []


async def test_a_list_that_was_imported_before_is_told_before_it_is_made_again(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await bring_in(folder, GOOD, yes=True)
    assert "2 of them are in the film already" not in capsys.readouterr().out

    await bring_in(folder, GOOD, answer="no")
    assert "2 of them are in the film already" in capsys.readouterr().out


async def test_what_speaks_against_the_whole_list_is_told_before_anybody_is_asked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ("12A;a photorealistic owl;4;", "12B;a hen;45;", "12B;a fox;4;32:9")
    await bring_in(
        folder, "\n".join(("Shot;Action;Sec;Ratio", "# Scene 1;;;", *rows[:2], "# Scene 2;;;", rows[2])), answer="no"
    )

    told = capsys.readouterr().out
    assert "'photorealistic' is forbidden, and 1 of 3 ask for it: 12A" in told
    assert "do: say: exempt 'photorealistic' for shot 1" in told
    assert "the shot has 45 s" in told
    assert "[12B (line 4)]" in told
    assert "the shot is 32:9" in told
    assert "Imported, these are shots 1 to 3" in told
    assert told.index("is forbidden") < told.index("Nothing was imported")


async def test_a_cell_that_no_shot_can_be_made_of_is_named_and_the_other_rows_stand(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = "use ref 2 for palette, ignore its palette"
    rows = ("1;a field;", f"2;{both};", f"3;a boot;{both}", "4;a hat;")
    assert await bring_in(folder, "\n".join(("Shot;Action;Notes", *rows)), yes=True, valid_only=True) == 0

    told = capsys.readouterr().out
    assert "not ready: Action: reference 2: palette cannot be both used and ignored" in told
    assert "not ready: Notes: reference 2: palette cannot be both used and ignored" in told
    assert await actions(folder) == ["a field", "a hat"]


async def test_without_a_terminal_nobody_is_taken_to_have_said_yes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "list.csv").write_text(GOOD)

    assert await shotlisting.bring_in(Settings(folder=folder), None, folder / "list.csv") == 1
    assert "--yes" in capsys.readouterr().out
    assert await actions(folder) == []


async def test_rows_that_contradict_each_other_stop_a_yes_in_advance(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await bring_in(folder, TORN, yes=True) == 1

    told = capsys.readouterr().out
    assert "line 2" in told
    assert "line 3" in told
    assert "--valid-only" in told
    assert await actions(folder) == []


async def test_the_rows_that_can_be_made_are_kept_when_the_person_says_so(folder: Path) -> None:
    assert await bring_in(folder, TORN, yes=True, valid_only=True) == 0
    assert await actions(folder) == ["a hat on a peg"]


async def test_a_list_of_which_nothing_can_be_made_is_refused(folder: Path) -> None:
    assert await bring_in(folder, "Shot;Frame;Action\n1;CU;a boot\n1;WS;a field\n", yes=True) == 1
    assert await actions(folder) == []


async def test_a_reference_the_film_does_not_have_is_named_with_its_row(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await bring_in(folder, "Shot;Action;Ref\n1;a boot in mud;ref 7\n2;a hat on a peg;\n", yes=True) == 1
    assert "no reference 7" in capsys.readouterr().out


async def test_nothing_is_ordered_for_imported_shots_before_a_go(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(GOOD)
    async with a_set(tmp_path) as film:
        pass
    settings = Settings(folder=tmp_path)
    parts = Parts(sandbox=film.sandbox, eyes=Eyesight())
    assert await shotlisting.bring_in(settings, "film", tmp_path / "list.csv", yes=True, parts=parts) == 0

    async with a_set(tmp_path) as film:
        await film.house.worker.recover()
        await film.house.worker.run(until_rest=True)
        assert {shot.status for shot in await film.house.studio.store.shots(film.project.id)} == {ShotStatus.PLANNED}
        assert await film.house.studio.store.jobs() == ()
        assert await film.events(What.SUBMIT) == []


async def test_a_list_pasted_into_the_chat_is_planned_and_nothing_is_sent(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        reply = await film.say(GOOD)
        shots = await film.house.studio.store.shots(film.project.id)
        assert await film.house.studio.store.jobs() == ()

    assert [(shot.sheet.action, shot.status) for shot in shots] == [
        ("an orchard at rest", ShotStatus.PLANNED),
        ("one apple does not drop", ShotStatus.PLANNED),
    ]
    assert "read as a shot list, A1 to A2 there" in reply
    assert "$" in reply


async def test_one_undo_takes_a_whole_import_back(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(GOOD)
    async with a_set(tmp_path) as film:
        pass
    parts = Parts(sandbox=film.sandbox, eyes=Eyesight())
    await shotlisting.bring_in(Settings(folder=tmp_path), "film", tmp_path / "list.csv", yes=True, parts=parts)

    async with a_set(tmp_path) as film:
        await film.say("undo")
        shots = await film.house.studio.store.shots(film.project.id)
        assert [shot.omitted for shot in shots] == [True, True]


async def test_an_export_is_not_written_over_a_file_unless_told(folder: Path) -> None:
    await bring_in(folder, GOOD, yes=True)
    settings, out = Settings(folder=folder), folder / "film.csv"
    await shotlisting.write_out(settings, None, out)
    before = out.read_bytes()

    with pytest.raises(Exception, match="there already"):
        await shotlisting.write_out(settings, None, out)
    await shotlisting.write_out(settings, None, out, replace=True)
    assert out.read_bytes() == before
