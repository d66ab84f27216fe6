"""Four turns at once in each of sixty conversations, said in one process and in two: is any lost, or answered twice?

Run as ``python -m benchmarks.turns [CONVERSATIONS]``. Every process says its share to every conversation at once; all
share one file. A turn is lost that is not stored, has no answer, or whose answer was not told; it is out of order if
it was answered before one that was stored earlier in its conversation. Two processes that each act on their own turns
take a conversation by turns, in the order they come; two pages and two workers keep the order of all.
"""

import os

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")  # read once, when langgraph is first imported

import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import anyio

from agent.events import What
from benchmarks import crews
from interfaces.crew import Crew
from interfaces.wiring import House

CONVERSATIONS = 60
AT_ONCE = 4
QUESTION = "what have I spent?"
HOUSES = {"1 process": (1, 0), "2 processes": (2, 0), "2 pages and 2 workers": (2, 2)}
"""Processes that hear turns, and workers that act on them where those do not."""

BAD = ("lost", "twice", "out_of_order")


async def begin(folder: Path, *, conversations: int) -> list[str]:
    """A film and its conversations."""
    async with crews.house(folder, url=None) as house:
        project, _ = await crews.film(house, folder.name)
        return [await house.studio.store.open_conversation(project.id, door="benchmark") for _ in range(conversations)]


async def say(folder: Path, talks: Sequence[str], *, share: int, elsewhere: bool) -> None:
    """Say that many turns to every conversation, all at once, and act on them unless workers do."""
    async with crews.house(folder, url=None, elsewhere=elsewhere) as house:
        project = await house.studio.store.project_named(folder.name)
        async with anyio.create_task_group() as running:
            running.start_soon(house.desk.run)
            async with anyio.create_task_group() as group:
                for talk in [*talks] * share:
                    group.start_soon(partial(house.desk.hear, talk, project_id=project.id, text=QUESTION))
            await house.desk.rest()
            running.cancel_scope.cancel()


async def work(folder: Path) -> None:
    """Act on what pages have stored."""
    async with crews.house(folder, url=None, elsewhere=True) as house:
        await Crew(house).run(until_rest=True)


async def outcome(folder: Path, talks: Sequence[str]) -> Counter[str]:
    """What became of the turns."""
    found = Counter[str]()
    async with crews.house(folder, url=None) as house:
        for talk in talks:
            found += await _of(house, talk)
    return found


def run(folder: Path, *, conversations: int, pages: int, workers: int) -> Counter[str]:
    """Turns and what became of them; ``seconds`` are rounded."""
    talks = asyncio.run(begin(folder, conversations=conversations))
    started_s = time.perf_counter()
    _all_end([partial(say, folder, talks, share=AT_ONCE // pages, elsewhere=workers > 0)] * pages)
    _all_end([partial(work, folder)] * workers)
    took_s = round(time.perf_counter() - started_s)
    return asyncio.run(outcome(folder, talks)) + Counter(seconds=took_s)


def main() -> None:
    """Run and print."""
    conversations = int(sys.argv[1]) if len(sys.argv) > 1 else CONVERSATIONS
    crews.ready()
    columns = ("turns", *BAD, "seconds")
    figures: dict[str, dict[str, int]] = {}
    print(f"{f'{AT_ONCE} at once x {conversations}':24}" + "".join(f"{name:>14}" for name in columns))
    for name, (pages, workers) in HOUSES.items():
        with tempfile.TemporaryDirectory() as folder:
            found = run(Path(folder), conversations=conversations, pages=pages, workers=workers)
        print(f"{name:24}" + "".join(f"{found[column]:>14}" for column in columns))
        figures[name] = {column: found[column] for column in columns}
    missed = [f"{bad}, {name}" for name, found in figures.items() for bad in ("lost", "twice") if found[bad]]
    print(json.dumps({"benchmark": "turns", "conversations": conversations, "figures": figures, "missed": missed}))


def _all_end(lives: Sequence[Callable[[], Coroutine[Any, Any, None]]]) -> None:
    codes = [crews.ended(child) for child in [crews.forked(life) for life in lives]]
    if any(codes):
        raise RuntimeError(f"the processes ended with {codes}")


async def _of(house: House, talk: str) -> Counter[str]:
    said = await house.studio.store.turns(talk)
    replies = [event.turn_id for event in await house.desk.story(talk) if event.what is What.REPLY]
    told = Counter(replies)
    answered = [turn.id for turn in said if turn.reply and told[turn.id]]
    in_order = [turn for turn in replies if turn in answered]
    return Counter(
        turns=len(said),
        lost=AT_ONCE - len(answered),
        twice=sum(count > 1 for count in told.values()),
        out_of_order=sum(one != other for one, other in zip(in_order, answered, strict=False)),
    )


if __name__ == "__main__":
    main()
