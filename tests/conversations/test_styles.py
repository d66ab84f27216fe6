"""Style libraries from the command line into a film."""

from pathlib import Path

import anyio
import pytest
from typer.testing import CliRunner, Result

from interfaces.command import main
from interfaces.settings import Settings
from interfaces.wiring import new_project, open_house

LONG = ", ".join(f"thing {number}" for number in range(15))
LIBRARY = f"""name,prompt,negative_prompt
Oil,"(oil painting of {{prompt}}:1.2), impasto","photo, no text"
Long,ink wash,"{LONG}"
Look,"charcoal, {{prompt}}",
Ban,,"glitch"
Bare,{{prompt}},
Bad,=1+1,
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    library = tmp_path / "styles.csv"
    library.write_text(LIBRARY, encoding="utf-8")

    async def make() -> None:
        async with open_house(Settings(folder=tmp_path / "films")) as house:
            await new_project(house.studio.store, "Film")

    anyio.run(make)
    return library


def _command(file: Path, *words: str, said: str = "") -> Result:
    environment = {"COUNTERSTEER_FOLDER": str(file.parent / "films"), "COLUMNS": "1000"}
    return CliRunner().invoke(main.app, list(words), input=said, env=environment)


def _blocks(file: Path) -> tuple[str, list[str]]:
    async def read() -> tuple[str, list[str]]:
        async with open_house(Settings(folder=file.parent / "films")) as house:
            project = await house.project("Film")
            style = await house.studio.store.style(project.id)
            return style.text, [term.text for term in (await house.studio.store.negative(project.id)).terms]

    return anyio.run(read)


def test_the_list_names_every_style_and_every_line_that_is_none(file: Path) -> None:
    done = _command(file, "styles", "list", str(file))

    assert done.exit_code == 0
    assert "Oil: 2 negatives" in done.stdout
    assert "more than 12" in done.stdout
    assert "line 7: the prompt is a spreadsheet formula" in done.stdout
    assert "5 styles" in done.stdout


def test_a_style_is_stored_after_its_change_was_shown_and_agreed_to(file: Path) -> None:
    done = _command(file, "styles", "use", str(file), "oil", said="y\n")

    assert done.exit_code == 0
    assert "+ oil painting, impasto" in done.stdout
    assert "- live action (format)" in done.stdout
    assert "'no text' is already a negation" in done.stdout
    assert _blocks(file) == ("oil painting, impasto", ["photo", "text"])


@pytest.mark.parametrize("said", ["n\n", ""])
def test_without_a_yes_nothing_is_stored(file: Path, said: str) -> None:
    before = _blocks(file)

    done = _command(file, "styles", "use", str(file), "Oil", said=said)

    assert done.exit_code == 1
    assert "Nothing was stored" in done.stdout
    assert _blocks(file) == before


@pytest.mark.parametrize(
    ("words", "said", "kept"),
    [
        (("--cut", "5"), "y\n", 5),
        ((), "4\ny\n", 4),
        ((), "\ny\n", 15),
        (("--yes",), "", 15),
        (("--yes", "--cut", "12"), "", 12),
    ],
)
def test_a_long_list_is_cut_only_as_agreed(file: Path, words: tuple[str, ...], said: str, kept: int) -> None:
    done = _command(file, "styles", "use", str(file), "Long", *words, said=said)

    assert done.exit_code == 0
    assert _blocks(file)[1] == [f"thing {number}" for number in range(kept)]
    assert ("left out" in done.stdout) is (kept < 15)


def test_a_block_that_the_style_has_no_words_for_stays_as_it_is(file: Path) -> None:
    style, negative = _blocks(file)

    assert "the film keeps those it has" in _command(file, "styles", "use", str(file), "Look", "--yes").stdout
    assert _blocks(file) == ("charcoal", negative)
    assert "the film keeps the one it has" in _command(file, "styles", "use", str(file), "Ban", "--yes").stdout
    assert _blocks(file) == ("charcoal", ["glitch"])
    assert style != "charcoal"


@pytest.mark.parametrize(("name", "why"), [("Bare", "holds no words"), ("Oi", "did you mean Oil")])
def test_a_style_that_cannot_be_used_changes_nothing(file: Path, name: str, why: str) -> None:
    before = _blocks(file)

    done = _command(file, "styles", "use", str(file), name, "--yes")

    assert done.exit_code == 1
    assert why in done.stderr
    assert _blocks(file) == before


def test_the_first_of_two_styles_of_one_name_is_said_to_be_the_first(file: Path) -> None:
    file.write_text("name,prompt,negative_prompt\nOil,oil,photo\nOIL,chalk,glitch\n", encoding="utf-8")
    done = _command(file, "styles", "use", str(file), "oil", "--yes")

    assert "2 styles of the library are called 'Oil'; this is the first of them" in done.stdout
    assert _blocks(file) == ("oil", ["photo"])
