"""One round of the turn benchmark."""

from pathlib import Path

from benchmarks import turn


async def test_the_bare_graph_makes_as_many_steps_as_a_turn_and_its_shot(tmp_path: Path) -> None:
    with turn.counting() as written:
        timed = await turn.time_turns(tmp_path, rounds=1)

    assert len(timed.ours) == len(timed.theirs) == 1
    assert all(ms > 0 for ms in timed.floor.values())
    of_ours, of_theirs = written.values()
    assert of_ours == of_theirs > 0


def test_the_ratio_is_the_median_of_the_pairs() -> None:
    assert turn.ratio([2.0, 3.0, 40.0], [1.0, 1.0, 4.0]) == 3.0


def test_both_processes_are_run_and_timed() -> None:
    shown, imported = turn.time_processes(rounds=1)

    assert len(shown) == len(imported) == 1
    assert min(*shown, *imported) > 0
