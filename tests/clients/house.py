"""The whole service behind a real port, for other people's clients; and a film's rows as they can be compared."""

import re
import socket
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, cast

import anyio
import httpx
import uvicorn

from agent.ports import Eyes, Planner
from interfaces import service
from interfaces.api.access import Access
from interfaces.api.feed import Feed
from interfaces.settings import Settings
from interfaces.unfolding import Unfolding
from tests.support.house import Set, a_set
from tools.sandbox.faultplan import Rule

LOOPBACK = "127.0.0.1"
SHOT = "low angle, Vi in the rain, neon, 35mm, 5 s"
LONGEST_S = 100  # of a machine that has much else to do
BY_THE_CLOCK = ("progress", "overdue")
"""Kinds of events that depend on how long things take."""

APART = ("number", "event", "sha256", "vendor_id", "message")
"""Numbers of events, digests of bodies, which may name their job, what the vendor calls it and says while it lasts."""

_ID = re.compile(r"\b(project|conversation|turn|shot|route|job|take|decision|inquiry)_[0-9a-f]{16,}")


@dataclass(frozen=True, kw_only=True)
class AHouse:
    """A film, and where its house is served."""

    film: Set
    url: str
    feed: Feed


@asynccontextmanager
async def a_house(
    folder: Path,
    *,
    rules: Iterable[Rule] = (),
    eyes: Eyes | None = None,
    planner: Planner | None = None,
    access: Access | None = None,
) -> AsyncGenerator[AHouse]:
    """A film in that folder, with worker, desk and server at work."""
    async with a_set(folder, rules=rules, eyes=eyes, planner=planner) as film:
        app = service.build(film.house, Settings(folder=folder), access=access or Access())
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on", timeout_graceful_shutdown=1))
        with socket.create_server((LOOPBACK, 0)) as opened:
            async with anyio.create_task_group() as group:
                group.start_soon(film.house.desk.run)
                group.start_soon(film.house.worker.run)
                async with anyio.create_task_group() as serving:
                    serving.start_soon(server.serve, [opened])
                    yield AHouse(film=film, url=f"http://{LOOPBACK}:{opened.getsockname()[1]}", feed=app.state.feed)
                    server.should_exit = True
                group.cancel_scope.cancel()


async def said_over_http(house: AHouse, text: str) -> None:
    """A message through the API, followed until its shots rest."""
    film = house.film
    async with httpx.AsyncClient(base_url=house.url, trust_env=False, timeout=LONGEST_S) as http:
        at = f"/api/films/{film.project.id}/conversations/{film.conversation_id}/turns"
        turn_id = (await http.post(at, json={"text": text})).json()["turn_id"]
    unfolding = Unfolding(house=film.house, said=await film.house.studio.store.turn(turn_id))
    async for _ in unfolding.follow(until_us=film.house.studio.now_us() + LONGEST_S * 1_000_000):
        pass
    assert unfolding.over


async def rows(house: AHouse) -> Any:
    """All that is stored of the film; ids by the order in which they come, times and what hangs on them left out."""
    async with httpx.AsyncClient(base_url=house.url, trust_env=False, timeout=LONGEST_S) as http:
        at = f"/api/films/{house.film.project.id}"
        record = (await http.get(f"{at}/export/record.json")).json()
        turns = (await http.get(f"{at}/conversations/{house.film.conversation_id}/turns")).json()
    record["story"] = [each for each in record["story"] if each["what"] not in BY_THE_CLOCK]
    return _plain({**record, "turns": turns}, names={}, numbers=count(1))


def _plain(value: Any, *, names: dict[str, str], numbers: Iterable[int]) -> Any:
    following = iter(numbers)
    if isinstance(value, dict):
        pairs = cast(Mapping[str, Any], value).items()
        kept = {key: each for key, each in pairs if not key.endswith("_us") and key not in APART}
        return {key: _plain(each, names=names, numbers=following) for key, each in kept.items()}
    if isinstance(value, list):
        return [_plain(each, names=names, numbers=following) for each in cast(Sequence[Any], value)]
    if isinstance(value, str):
        return _ID.sub(lambda found: names.setdefault(found[0], f"{found[1]} {next(following)}"), value)
    return value
