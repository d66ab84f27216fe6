"""Lines as a terminal or a pipe gets them."""

import io

import pytest
from rich.console import Console

from interfaces.command.terminal import count, printable, write
from interfaces.story import Line, Tone

LONG = "because this model has the best chance on format, at the lowest price among the able ones, and is quick"


def shown(line: Line | str, *, width: int = 80, piped: bool = False, colours: bool = False) -> list[str]:
    file = io.StringIO()
    out = Console(file=file, width=width, soft_wrap=piped, highlight=False, force_terminal=colours)
    write(out, line)
    return file.getvalue().splitlines()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_long_reason_is_wrapped_at_words_under_its_own_beginning(width: int) -> None:
    rows = shown(Line(text=LONG, shot=3), width=width)

    assert max(map(len, rows)) <= width
    assert rows[0].startswith("shot 3 | because")
    assert all(row.startswith("       | ") for row in rows[1:])
    assert " ".join(row[9:] for row in rows) == LONG


def test_what_explains_the_line_above_does_not_repeat_whose_it_is() -> None:
    assert shown(Line(text="why", shot=3, under=True)) == ["       |   why"]


def test_into_a_pipe_a_line_stays_whole_and_names_its_shot() -> None:
    assert shown(Line(text=LONG, shot=3, under=True), piped=True) == [f"shot 3 |   {LONG}"]


def test_a_word_longer_than_the_line_is_folded_and_nothing_lost() -> None:
    assert "".join(row.strip() for row in shown("a" * 200, width=60)) == "a" * 200


def test_an_empty_line_is_a_line() -> None:
    assert shown("") == [""]


def test_markup_in_a_text_from_outside_is_shown_as_it_is() -> None:
    assert shown("[red]Boat[/] [link=http://x]y[/link] [/nothing]") == [
        "[red]Boat[/] [link=http://x]y[/link] [/nothing]"
    ]


@pytest.mark.parametrize("piped", [True, False])
def test_a_text_from_outside_cannot_command_the_terminal(piped: bool) -> None:
    hostile = "a\x1b]0;title\x07b\x1b[2Jc\x9bd\u202ee\u200bf\udcffg\rh"
    (row,) = shown(Line(text=hostile, tone=Tone.QUIET), piped=piped)

    assert row == "a]0;titleb[2Jcdefg h"


def test_a_tone_is_a_colour_on_a_terminal_and_nothing_in_a_file() -> None:
    line = Line(text="DELIVERED", tone=Tone.GOOD)

    assert "\x1b[" in shown(line, colours=True)[0]
    assert shown(line) == ["DELIVERED"]


def test_printable_keeps_every_script() -> None:
    assert printable("Лодка 夜 é") == "Лодка 夜 é"


def test_one_shot_is_no_shots() -> None:
    assert [count(number, "shot") for number in (0, 1, 2)] == ["0 shots", "1 shot", "2 shots"]
    assert count(2, "body", "bodies") == "2 bodies"
