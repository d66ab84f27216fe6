"""What is left of a film's checkpoints when it has come to rest."""

import sqlite3
from contextlib import closing
from pathlib import Path

from agent.events import What
from agent.film import ShotStatus
from memory.checkpoints import beside
from tests.support.house import Eyesight, Set, a_set, limit


def checkpoints(folder: Path) -> int:
    with closing(sqlite3.connect(beside(folder / "countersteer.db"))) as rows:
        return sum(rows.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("checkpoints", "writes"))


async def status(film: Set) -> ShotStatus:
    return (await film.shot()).status


async def test_a_delivered_shot_leaves_no_checkpoints_and_can_be_taken_again(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        for message in ("a fox crosses the snow, wide, 5 s", "again"):
            await film.say(message)
            assert await status(film) is ShotStatus.DELIVERED
            assert checkpoints(tmp_path) == 0
        assert len(await film.takes()) == 2


async def test_a_shot_that_waits_for_a_yes_keeps_its_checkpoints_until_it_is_made(tmp_path: Path) -> None:
    async with a_set(tmp_path, eyes=Eyesight()) as film:
        await limit(film, ask_above_micro_usd=0)
        await film.say("a fox crosses the snow, wide, 5 s")
        assert await status(film) is ShotStatus.APPROVAL
        assert checkpoints(tmp_path) > 0
        await film.say("yes")
        assert await status(film) is ShotStatus.DELIVERED
        assert checkpoints(tmp_path) == 0


async def test_a_yes_holds_for_the_next_take_though_its_checkpoints_are_gone(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await limit(film, ask_above_micro_usd=0)
        await film.say("a fox crosses the snow, wide, 5 s, with Kling")
        await film.say("yes")
        await film.say("again")
        assert len(await film.events(What.ASK)) == 1
        assert await status(film) is ShotStatus.DELIVERED
