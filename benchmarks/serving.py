"""Many conversations at once over HTTP, each following its own stream: is a turn lost, doubled, or late?

Run as ``python -m benchmarks.serving [--talks N] [--turns N] [--think S] [--seed S]``. The server runs in a process of
its own as ``countersteer serve`` runs it, with stand-ins that need no time and draw two grey frames, and eyes that see
nothing: what is measured is the house, not the drawing. Every conversation says its turns one after the other: it waits
for the answer, then thinks for a while (exponentially distributed), as a person does. One turn in six orders a clip,
which goes through its whole loop; the others ask, set and change. A turn takes from the POST until its answer arrives
on the stream, so the stream's own look every 0.1 s is in it. *Idle* is one conversation alone on the same server.
"""

import argparse
import json
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio
import httpx

from benchmarks.serving_house import a_server

TALKS, TURNS, THINK_S = 200, 6, 30.0
TALKS_PER_FILM = 10
IDLE_TURNS = 30
ANSWER_WITHIN_S = 120.0
REST_WITHIN_S = 300.0
LATE = 10.0  # times the idle median that the 99th percentile may take
CLIP = "low angle, Vi in the rain, neon, 35mm, 5 s"
OTHERS = (
    "what have I spent?",
    "what's in my negative block?",
    "status",
    "which takes are stale?",
    "budget is $150",
    "no Runway on this film",
    "hello",
    "add 'film grain' to the negative block",
)


@dataclass
class Talking:
    """One conversation, its stream, and what was heard on it."""

    at: str
    http: httpx.AsyncClient
    chance: random.Random
    said: dict[str, str] = field(default_factory=dict[str, str])
    heard: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    took_ms: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    errors: list[str] = field(default_factory=list[str])
    last: int = 0
    clips: int = 0
    _answered: dict[str, anyio.Event] = field(default_factory=dict[str, anyio.Event])

    async def follow(self) -> None:
        """Hear the stream until cancelled; a number that does not rise is an error."""
        async with self.http.stream("GET", f"{self.at}/events", timeout=None) as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data: "):
                    self._hear(json.loads(line.removeprefix("data: ")))

    async def say(self, text: str, *, kind: str) -> None:
        """Say it and wait for its answer on the stream."""
        begun = time.perf_counter()
        answer = await self.http.post(f"{self.at}/turns", json={"text": text})
        if answer.status_code != 202:
            self.errors.append(f"{answer.status_code}: {answer.text[:200]}")
            return
        turn_id = answer.json()["turn_id"]
        self.said[turn_id] = text
        with anyio.move_on_after(ANSWER_WITHIN_S):
            await self._answered.setdefault(turn_id, anyio.Event()).wait()
            self.took_ms.setdefault(kind, []).append((time.perf_counter() - begun) * 1e3)

    async def converse(self, turns: int, think_s: float) -> None:
        """Say several turns, thinking before each."""
        for _ in range(turns):
            await anyio.sleep(self.chance.expovariate(1 / think_s))
            if self.chance.random() < 1 / 6:
                self.clips += 1
                await self.say(CLIP, kind="clip")
            else:
                await self.say(self.chance.choice(OTHERS), kind="other")

    def count(self, what: str) -> Counter[int]:
        """How often turns were told so: once each is right."""
        return Counter(self.heard[what, turn_id] for turn_id in self.said)

    def _hear(self, event: dict[str, Any]) -> None:
        if event["number"] <= self.last:
            self.errors.append(f"event {event['number']} came after {self.last}")
        self.last = event["number"]
        turn_id = event["turn_id"]
        if event["what"] in ("request", "reply") and turn_id:
            self.heard[event["what"], turn_id] += 1
            if event["what"] == "reply":
                self._answered.setdefault(turn_id, anyio.Event()).set()


@asynccontextmanager
async def talking(http: httpx.AsyncClient, count: int, seed: int) -> AsyncGenerator[list[Talking]]:
    """So many conversations, ten to a film, each with its stream open."""
    talks: list[Talking] = []
    film = ""
    for nth in range(count):
        if nth % TALKS_PER_FILM == 0:
            name = f"film {seed} {nth} of {count}"
            film = (await http.post("/api/films", json={"name": name})).json()["id"]
        opened = (await http.post(f"/api/films/{film}/conversations")).json()["id"]
        at = f"/api/films/{film}/conversations/{opened}"
        talks.append(Talking(at=at, http=http, chance=random.Random(f"{seed} {nth}")))
    async with anyio.create_task_group() as group:
        for talk in talks:
            group.start_soon(talk.follow)
        yield talks
        group.cancel_scope.cancel()


async def idle_median_ms(http: httpx.AsyncClient) -> float:
    """A turn without vendors, on a server that does nothing else."""
    async with talking(http, 1, seed=0) as (alone,):
        for nth in range(IDLE_TURNS):
            await alone.say(OTHERS[nth % len(OTHERS)], kind="other")
    return statistics.median(alone.took_ms["other"])


async def load(http: httpx.AsyncClient, *, talks: int, turns: int, think_s: float, seed: int) -> Sequence[Talking]:
    """All conversations at once, until every clip is home."""
    async with talking(http, talks, seed=seed) as all_talks:
        async with anyio.create_task_group() as group:
            for talk in all_talks:
                group.start_soon(talk.converse, turns, think_s)
        with anyio.move_on_after(REST_WITHIN_S):
            while await _under_way(http, all_talks):  # noqa: ASYNC110 - the server is another process
                await anyio.sleep(1)
        await anyio.sleep(1)  # what was told last is on its way
    return all_talks


def figures(idle_ms: float, talks: Sequence[Talking], made: int) -> dict[str, float]:
    """What came of it."""
    other = sorted(took for talk in talks for took in talk.took_ms.get("other", []))
    clip = sorted(took for talk in talks for took in talk.took_ms.get("clip", []))
    told = [talk.count(what) for talk in talks for what in ("request", "reply")]
    p99 = other[int(len(other) * 0.99)]
    return {
        "talks": len(talks),
        "turns": sum(len(talk.said) for talk in talks),
        "errors": sum(len(talk.errors) for talk in talks),
        "lost": sum(count[0] for count in told),
        "doubled": sum(times for count in told for often, times in count.items() if often > 1),
        "clips_ordered": sum(talk.clips for talk in talks),
        "clips_made": made,
        "idle_median_ms": round(idle_ms, 1),
        "median_ms": round(statistics.median(other), 1),
        "p99_ms": round(p99, 1),
        "p99_of_idle": round(p99 / idle_ms, 2),
        "clip_turn_median_ms": round(statistics.median(clip), 1) if clip else 0.0,
    }


def main() -> int:
    """Run it and print; fails on an error, a lost or doubled turn, or one that is too late."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--talks", type=int, default=TALKS)
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--think", type=float, default=THINK_S)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="countersteer-") as folder, a_server(Path(folder)) as address:
        found, errors = anyio.run(_run, address, given.talks, given.turns, given.think, given.seed)
    for error in errors[:10]:
        print(error)
    for name, figure in found.items():
        print(f"{name:>20}  {figure:10,g}")
    print(json.dumps(found))
    right = not (found["errors"] or found["lost"] or found["doubled"])
    return int(not right or found["clips_made"] < found["clips_ordered"] or found["p99_of_idle"] > LATE)


async def _run(address: str, talks: int, turns: int, think_s: float, seed: int) -> tuple[dict[str, float], list[str]]:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=ANSWER_WITHIN_S, trust_env=False) as http:
        idle_ms = await idle_median_ms(http)
        done = await load(http, talks=talks, turns=turns, think_s=think_s, seed=seed)
        made = len([shot for shot in await _shots(http, done) if shot["takes"]])
    return figures(idle_ms, done, made), [error for talk in done for error in talk.errors]


async def _under_way(http: httpx.AsyncClient, talks: Sequence[Talking]) -> bool:
    return any(shot["status"] in ("open", "rendering") for shot in await _shots(http, talks))


async def _shots(http: httpx.AsyncClient, talks: Sequence[Talking]) -> list[dict[str, Any]]:
    films = dict.fromkeys(talk.at.split("/conversations")[0] for talk in talks)
    return [shot for film in films for shot in (await http.get(f"{film}/shots")).json()]


if __name__ == "__main__":
    raise SystemExit(main())
