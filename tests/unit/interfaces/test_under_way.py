"""The line that says what is going on."""

from agent.events import Event, Json, What
from interfaces.command.under_way import UnderWay


def under_way(*events: tuple[What, int, dict[str, Json]], now_s: float = 10) -> UnderWay:
    line = UnderWay(now_us=lambda: round(now_s * 1e6), cost="$1.00 (sandbox)")
    for what, shot, data in events:
        at_us = data.pop("at_us", 0)
        assert isinstance(at_us, int)
        line.hear(
            Event(number=1, project_id="p", conversation_id="c", what=what, data=data, at_us=at_us, shot_id="s"), shot
        )
    return line


def submit(shot: int, at_us: int = 0) -> tuple[What, int, dict[str, Json]]:
    return What.SUBMIT, shot, {"model": "kling-3.0", "sandbox": True, "at_us": at_us}


def test_it_says_where_a_shot_renders_and_for_how_long() -> None:
    assert under_way(submit(2, 4_000_000)).line() == "$1.00 (sandbox) · shot 2 renders on kling-3.0 [sandbox], 6 s"


def test_the_clock_of_a_phase_starts_once() -> None:
    assert under_way(submit(2, 4_000_000), submit(2, 9_000_000)).line().endswith("6 s")


def test_a_take_is_inspected_until_its_verdict() -> None:
    assert "take 1 is inspected" in under_way(submit(2), (What.TAKE, 2, {"number": 1})).line()


def test_a_shot_at_rest_is_not_under_way() -> None:
    for what in (What.DELIVER, What.CHOOSE, What.ASK, What.HOLD, What.PICK):
        assert under_way(submit(2), (what, 2, {})).line() == "$1.00 (sandbox)"


def test_a_no_puts_a_shot_to_rest_and_a_yes_sets_it_going() -> None:
    assert "shot 2" not in under_way(submit(2), (What.DECIDED, 2, {"approve": False})).line()
    assert "shot 2 looks for a model" in under_way((What.DECIDED, 2, {"approve": True})).line()


def test_the_cost_stays_in_sight_however_many_shots_there_are() -> None:
    line = under_way(*(submit(number) for number in range(1, 9))).line()

    assert line.startswith("$1.00")
    assert line.endswith("and 5 more")
