"""The conflict report over a film and over a list that is not stored yet, and the command that shows it."""

from collections.abc import Sequence
from pathlib import Path

import anyio
import pytest
from typer.testing import CliRunner

from agent.conflicts import report, report_film
from agent.film import Wishes
from agent.intents import Draft
from agent.money import usd
from agent.reading.tables.listing import Listed
from interfaces.command import main
from interfaces.shotlists import importing
from prompts.conflicts import Between, Conflict
from tests.support.house import Set, a_set


async def _reported(folder: Path, *drafts: Draft, names: Sequence[str] = ()) -> tuple[Conflict, ...]:
    """What is told of shots as a list makes them, none of which is stored."""
    listed = [Listed(where=f"line {nth}", number="", scene="", draft=draft) for nth, draft in enumerate(drafts, 1)]
    async with a_set(folder) as film:
        studio, film_id = film.house.studio, film.project.id
        shots = [importing.as_shot(each, shot_id=each.where, project_id=film_id, stored={}) for each in listed]
        found = await report(studio, film_id, shots, names=names or [each.where for each in listed])
        assert await studio.store.shots(film_id) == ()
        return found


async def test_a_list_that_every_model_can_shoot_has_no_conflict(tmp_path: Path) -> None:
    assert await _reported(tmp_path, Draft(action="A fox"), Draft(action="A hen", seconds=8)) == ()


@pytest.mark.parametrize(
    ("draft", "what", "advice"),
    [
        (Draft(action="A fox", seconds=45), "the shot has 45 s", "30 s"),
        (Draft(action="A fox", aspect_ratio="32:9"), "the shot is 32:9", "nearest on offer"),
        (Draft(action="A fox", seconds=20, wishes=Wishes(models=("Veo",))), "the shot has 20 s", "another model can"),
        (Draft(action="A fox", wishes=Wishes(models=("Sora",))), "you asked for Sora", "another model can"),
    ],
)
async def test_a_shot_that_would_surely_fail_is_told_with_a_way_out(
    tmp_path: Path, draft: Draft, what: str, advice: str
) -> None:
    (conflict,) = await _reported(tmp_path, Draft(action="A hen"), draft)

    assert (conflict.between, conflict.shots, conflict.sure) == (Between.SHOT_MODELS, ("line 2",), True)
    assert what in conflict.sentence
    assert advice in conflict.advice


async def test_shots_with_one_barrier_are_one_conflict(tmp_path: Path) -> None:
    (conflict,) = await _reported(tmp_path, *[Draft(action="A fox", seconds=45)] * 3, Draft(action="A hen"))

    assert conflict.shots == ("line 1", "line 2", "line 3")
    assert "3 of 4" in conflict.sentence


async def test_a_term_that_cannot_be_said_positively_names_the_models_it_keeps_off(tmp_path: Path) -> None:
    (conflict,) = await _reported(tmp_path, Draft(action="A fox", negative=("a dragon",)), Draft(action="A hen"))

    assert (conflict.terms, conflict.shots, conflict.sure) == (("a dragon",), ("line 1",), False)
    assert "runway-gen4.5" in conflict.sentence


async def test_a_list_that_the_ceiling_cannot_pay_is_told_before_the_first_second(tmp_path: Path) -> None:
    found = await _reported(tmp_path, *[Draft(action="A fox", seconds=30)] * 120)

    (money,) = [conflict for conflict in found if conflict.between is Between.MONEY]
    assert money.sure
    assert usd(200_000_000) in money.sentence


async def test_shots_have_the_list_s_names_and_advice_the_numbers_they_will_have(tmp_path: Path) -> None:
    hen, owl = Draft(action="A hen"), Draft(action="A photorealistic owl")
    (conflict,) = await _reported(tmp_path, hen, owl, names=("12A", "12B"))

    assert conflict.shots == ("12B",)
    assert "for shot 2" in conflict.advice


async def _say_a_shot_that_is_too_long(film: Set) -> None:
    await film.say("low angle, Vi reads the sign that says OPEN, 45 s", rest=False)


async def test_the_film_s_open_shots_are_looked_at(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await _say_a_shot_that_is_too_long(film)
        found = await report_film(film.house.studio, film.project.id)

    assert [conflict.between for conflict in found] == [Between.SHOT_MODELS]


def test_the_command_prints_the_table_and_fails_where_a_shot_would(tmp_path: Path) -> None:
    async def make() -> None:
        async with a_set(tmp_path) as film:
            await _say_a_shot_that_is_too_long(film)

    anyio.run(make)
    done = CliRunner().invoke(main.app, ["shots", "check"], env={"COUNTERSTEER_FOLDER": str(tmp_path)})

    assert done.exit_code == 1
    assert "1 of 1 cannot be shot by any model in reach" in done.stdout
    assert "do: the nearest on offer is 30 s" in done.stdout
    assert "1 conflict, 1 of them sure to fail" in done.stdout


def test_a_film_behind_the_group_s_name_is_not_passed_over(tmp_path: Path) -> None:
    done = CliRunner().invoke(main.app, ["shots", "-p", "X", "check"], env={"COUNTERSTEER_FOLDER": str(tmp_path)})

    assert done.exit_code == 2
    assert "--project" in done.stderr
