"""The ledger's table and the drift line."""

from dataclasses import replace

from agent.ledger import Line
from interfaces.board.values import Board, BoardShot
from interfaces.page import plots
from prompts.blocks import Layer
from prompts.dialect import Channel
from tests.unit.interfaces.page.building import SHOT, a_shot, a_take

LINE = Line(
    term="text", layer=Layer.QUALITY, model="kling", channel=Channel.FIELD, sent=4, absent=2, ignored=1, unsure=1
)


def a_board(*shots: BoardShot) -> Board:
    """A film of these shots."""
    numbered = tuple(replace(shot, number=nth) for nth, shot in enumerate(shots, start=1))
    return Board(
        project_id="film",
        name="film",
        event=0,
        sandbox=True,
        spent_micro_usd=0,
        ceiling_micro_usd=1,
        terms=(),
        shots=numbered,
    )


def test_a_cell_adds_up_its_channels_and_its_bar_is_whole() -> None:
    table = plots.ledger((LINE, replace(LINE, channel=Channel.CLAUSE)))
    cell = table.rows[0][2][0]

    assert cell is not None
    assert (cell.sent, cell.bitten, cell.ignored, cell.told) == (8, 4, 2, 6)
    assert sum(width for _, width, _ in cell.bars) == 100


def test_a_model_a_term_never_went_to_has_no_cell_and_the_most_ignored_term_is_first() -> None:
    table = plots.ledger((LINE, replace(LINE, term="smoke", model="veo", ignored=3, sent=6)))

    assert [term for term, _, _ in table.rows] == ["smoke", "text"]
    assert table.models == ("kling", "veo")
    assert table.rows[0][2][0] is None


def test_what_was_only_looked_for_without_being_sent_says_nothing_about_a_negative() -> None:
    assert plots.ledger((replace(LINE, sent=0, absent=0, ignored=0, unsure=0, without=3),)).rows[0][2] == (None,)


def test_the_line_joins_circled_takes_and_takes_without_a_figure_are_counted() -> None:
    plot = plots.drift(a_board(a_shot(a_take(picked=True, drift=1.0), a_take(drift=3.0)), a_shot(a_take(picked=True))))

    assert len(plot.dots) == 2
    assert plot.line.count(",") == 1
    assert [dot.classes for dot in plot.dots] == ["picked", "far"]
    assert plot.unmeasured == 1


def test_a_film_without_takes_has_an_empty_plot() -> None:
    plot = plots.drift(a_board(replace(SHOT, takes=())))

    assert (plot.dots, plot.line, plot.unmeasured) == ((), "", 0)
