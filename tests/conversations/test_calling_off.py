"""Calling off what is under way: at the vendor where it can be done, with the money told, and nothing paid lost."""

from pathlib import Path

import anyio
import anyio.lowlevel

from agent.acting import calling_off
from agent.events import What
from agent.film import ShotStatus
from agent.jobs import Job, JobState
from agent.money import usd
from tests.support.house import Eyesight, Set, a_set, limit, rule
from tools.sandbox.faultplan import Mishap

ON_RUNWAY = "a fox crosses the snow, wide, 5 s, with Runway"
ON_KLING = "a fox crosses the snow, wide, 5 s, with Kling"


async def jobs(film: Set) -> tuple[Job, ...]:
    return await film.house.studio.store.jobs(shot_id=(await film.shot()).id)


async def said_while_made(film: Set, message: str, *words: str) -> str:
    """The answer to the last of the words that are said once the vendor has the job."""
    replies: list[str] = []
    async with anyio.create_task_group() as group:
        group.start_soon(film.house.worker.run)
        await film.say(message, rest=False)
        while not await film.events(What.ACCEPTED):
            await anyio.lowlevel.checkpoint()
        replies = [await film.say(each, rest=False) for each in words]
        group.cancel_scope.cancel()
    return replies[-1]


async def test_cancel_stops_a_clip_at_a_vendor_that_can_and_tells_what_stays_counted(tmp_path: Path) -> None:
    async with a_set(tmp_path, rules=[rule(Mishap.NEVER_ENDS)]) as film:
        reply = await said_while_made(film, ON_RUNWAY, "cancel")
        await film.house.worker.run(until_rest=True)
        (job,) = await jobs(film)
        assert job.state is JobState.CANCELLED
        assert (await film.shot()).status is ShotStatus.CANCELLED
        spent = await film.house.studio.store.spent_micro_usd(film.project.id)
        assert spent == job.reserved_micro_usd
        assert f"{usd(spent)} stays counted as spent" in reply


async def test_a_clip_that_no_vendor_stops_comes_home_and_no_other_is_bought(tmp_path: Path) -> None:
    async with a_set(tmp_path, rules=[rule(Mishap.SLOW)]) as film:
        reply = await said_while_made(film, ON_KLING, "cancel")
        assert "comes home" in reply
        await film.house.worker.recover(film.project.id)
        await film.house.worker.run(until_rest=True)
        assert len(await jobs(film)) == 1
        assert len(await film.takes()) == 1


async def test_a_bad_clip_of_a_shot_that_was_called_off_is_not_made_again(tmp_path: Path) -> None:
    eyes = Eyesight([{"lens flare"}])
    async with a_set(tmp_path, rules=[rule(Mishap.SLOW)], eyes=eyes) as film:
        await said_while_made(film, ON_KLING, "cancel")
        await film.house.worker.recover(film.project.id)
        await film.house.worker.run(until_rest=True)
        assert len(await jobs(film)) == 1
        assert (await film.shot()).status is ShotStatus.CHOICE


async def test_what_was_not_sent_yet_costs_nothing_once_it_is_called_off(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say(ON_KLING, rest=False)
        reply = await film.say("cancel")
        assert "nothing is spent" in reply
        assert await jobs(film) == ()
        assert (await film.shot()).status is ShotStatus.CANCELLED
        assert await film.house.studio.store.spent_micro_usd(film.project.id) == 0


async def test_a_shot_that_was_called_off_is_made_when_it_is_asked_for_again(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say(ON_KLING, rest=False)
        await film.say("cancel")
        await film.say("again")
        assert len(await film.takes()) == 1


async def test_a_held_shot_is_called_off_and_stays_so_when_there_is_money_again(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await limit(film, project_micro_usd=1)
        await film.say(ON_KLING)
        assert calling_off.can_be(await film.shot())
        await film.say("cancel")
        await film.say("set the budget to $40")
        assert (await film.shot()).status is ShotStatus.CANCELLED
        assert await jobs(film) == ()


async def test_cancel_with_nothing_under_way_says_so(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say(ON_KLING)
        assert "Nothing is waiting" in await film.say("cancel")
        assert (await film.shot()).status is ShotStatus.DELIVERED
