"""A turn that was heard is neither lost nor done twice when the process stops in the middle of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import anyio
import pytest

from agent.events import What
from agent.intents import Draft, Plan, Scene, SetBudget
from interfaces.desk import STOPPED
from memory.store import SqlStore
from tests.support.house import Set, Shooting, a_set

ONE = Shooting((Draft(action="Vi walks through the rain"),))
DOLLAR = 1_000_000


@dataclass(frozen=True)
class Saving:
    """A planner for which every message means another dollar for the film."""

    async def plan(self, message: str, *, scene: Scene) -> Plan:
        """The dollar, whatever was said."""
        return Plan(intents=(SetBudget(micro_usd=DOLLAR, change=True),), planner="test")


async def recovered(film: Set) -> None:
    """Take up what the last process left, and bring it to rest."""
    async with anyio.create_task_group() as group:
        await film.house.desk.recover()
        group.start_soon(film.house.desk.run)
        await film.house.desk.rest()
        group.cancel_scope.cancel()


async def replies(film: Set) -> list[str]:
    return [str(event.data["text"]) for event in await film.events(What.REPLY)]


async def test_a_message_that_was_only_kept_is_acted_on_at_the_next_start(tmp_path: Path) -> None:
    async with a_set(tmp_path, planner=ONE) as film:
        await film.house.desk.hear(film.conversation_id, project_id=film.project.id, text="the shot")

    async with a_set(tmp_path, planner=ONE) as film:
        await recovered(film)

        assert await replies(film) == ["Shot 1: Vi walks through the rain"]
        assert len(await film.events(What.REQUEST)) == 1


async def test_a_turn_that_was_acted_on_is_answered_and_not_acted_on_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_set(tmp_path, planner=Saving()) as film:
        before = film.project.ceilings.project_micro_usd
        with monkeypatch.context() as broken:
            broken.setattr(SqlStore, "finish_turn", _power_cut)
            with pytest.raises(RuntimeError, match="the power went"):
                await film.say("a dollar more")

    async with a_set(tmp_path, planner=Saving()) as film:
        await recovered(film)

        project = await film.house.studio.store.project(film.project.id)
        assert project.ceilings.project_micro_usd == before + DOLLAR
        assert len(await replies(film)) == 1


async def test_a_turn_that_may_be_half_done_is_said_to_be_and_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_set(tmp_path, planner=Saving()) as film:
        before = film.project.ceilings.project_micro_usd
        with monkeypatch.context() as broken:
            broken.setattr(SqlStore, "spent_micro_usd", _power_cut)  # after the ceiling was moved
            with pytest.raises(RuntimeError, match="the power went"):
                await film.say("a dollar more")

    async with a_set(tmp_path, planner=Saving()) as film:
        await recovered(film)

        project = await film.house.studio.store.project(film.project.id)
        assert project.ceilings.project_micro_usd == before + DOLLAR
        assert await replies(film) == [STOPPED]


async def test_a_button_that_was_stopped_is_not_pressed_again(tmp_path: Path) -> None:
    async with a_set(tmp_path, planner=ONE) as film:
        with pytest.raises(RuntimeError, match="the power went"):
            await film.house.desk.do(
                film.conversation_id, project_id=film.project.id, text="change the style block", work=_power_cut
            )

    async with a_set(tmp_path, planner=ONE) as film:
        await recovered(film)

        assert await replies(film) == [STOPPED]
        assert await film.house.studio.store.shots(film.project.id) == ()


async def test_a_turn_that_others_were_answered_behind_is_not_acted_on_any_more(tmp_path: Path) -> None:
    async with a_set(tmp_path, planner=ONE) as film:
        await film.house.desk.hear(film.conversation_id, project_id=film.project.id, text="long ago")
        await film.say("the shot")

    async with a_set(tmp_path, planner=ONE) as film:
        await recovered(film)

        assert await replies(film) == ["Shot 1: Vi walks through the rain", STOPPED]
        assert len(await film.house.studio.store.shots(film.project.id)) == 1


async def test_a_turn_that_fails_unexpectedly_is_told_and_stops_no_other(tmp_path: Path) -> None:
    @dataclass
    class Stumbling:
        asked: int = 0

        async def plan(self, message: str, *, scene: Scene) -> Plan:
            self.asked += 1
            if self.asked == 1:
                raise RuntimeError("stumbled")
            return await ONE.plan(message, scene=scene)

    async with a_set(tmp_path, planner=Stumbling()) as film, anyio.create_task_group() as group:
        group.start_soon(film.house.desk.run)
        for text in ("first", "second"):
            await film.house.desk.hear(film.conversation_id, project_id=film.project.id, text=text)
        await film.house.desk.rest()
        group.cancel_scope.cancel()

        assert await replies(film) == [
            "An unexpected RuntimeError; see the log. What was done of it stands.",
            "Shot 1: Vi walks through the rain",
        ]


async def _power_cut(*_: object, **__: object) -> NoReturn:
    raise RuntimeError("the power went")
