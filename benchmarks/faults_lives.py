"""Plays one schedule: the lives of the program over one folder, on a clock that moves only while nothing does."""

import random
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from anyio import Semaphore
from sqlalchemy import event
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent.errors import CountersteerError, StoreError
from agent.graphs.shot import Graph
from agent.ports import Clips
from agent.studio import Studio
from benchmarks.faults_schedule import Life, Schedule, Strike
from interfaces.doctor import files, ledgers, money, patient, rounds
from interfaces.doctor.patient import Patient
from interfaces.settings import Settings
from interfaces.times import Clock
from interfaces.wiring import House, Parts, open_house
from interfaces.worker import Worker
from memory.store import SqlStore
from tests.support.house import Eyesight, blank
from tools.sandbox import app
from tools.sandbox.app import Sandbox
from tools.sandbox.clock import REHEARSAL_FACTOR, HandClock, Pace
from tools.sandbox.faultplan import FaultPlan

LONGEST_S = 3 * 3600.0
"""How long a life goes on where a vendor never ends a job."""


class Crashed(BaseException):
    """The program dies here: no error of its own, so that nothing catches it."""


@dataclass(kw_only=True)
class Time:
    """A wall clock that may be wrong, over the vendors' own."""

    vendors: HandClock
    skew_s: float = 0.0

    def now_us(self) -> int:
        """What this machine's wall clock says."""
        return int((self.vendors.now_s() + self.skew_s) * 1e6)

    async def sleep(self, seconds: float) -> None:
        """Waiting passes at once."""
        self.vendors.pass_s(seconds)


@dataclass(kw_only=True)
class Weather:
    """What happens to requests, transactions, clips and the clock of one life."""

    life: Life
    strikes: float
    chance: random.Random
    time: Time
    requests: int = 0
    commits: int = 0
    clips: int = 0
    passed: dict[str, int] = field(default_factory=dict[str, int])

    async def reach(self, name: str) -> None:
        """Die at the failpoint the life ends at."""
        self.passed[name] = self.passed.get(name, 0) + 1
        if self.life.crash_at == (name, self.passed[name]):
            raise Crashed(name)

    def strike(self) -> Strike | None:
        """What happens to the next request."""
        self.requests += 1
        if self.life.jump_at == self.requests:
            self.time.skew_s += self.life.jump_s
        struck = self.chance.random() < self.strikes
        kind = self.chance.choice(tuple(Strike))
        return kind if struck else None

    def commit(self, _connection: object) -> None:
        """Let a transaction through, or not."""
        self.commits += 1
        if self.life.crash_before_commit == self.commits:
            raise Crashed(f"commit {self.commits}")
        if self.life.full_at and 0 <= self.commits - self.life.full_at < self.life.full_for:
            raise sqlite3.OperationalError("database or disk is full")

    def clip(self) -> None:
        """Let a clip be stored, or not."""
        self.clips += 1
        if self.life.clip_full_at == self.clips:
            raise StoreError("clips: no space left on device; free some space and do it again")


@dataclass(frozen=True, kw_only=True)
class Stormy:
    """The stand-ins behind a bad line."""

    inner: ASGIApp
    weather: Weather

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request and what happens to it."""
        strike = self.weather.strike() if scope["type"] == "http" else None
        match strike:
            case None:
                await self.inner(scope, receive, send)
            case Strike.UNREACHED:
                raise httpx.ConnectError("nobody answers")
            case Strike.DROPPED:
                await self.inner(scope, receive, _nowhere)
                raise httpx.ReadError("the connection was reset")
            case Strike.BUSY:
                await PlainTextResponse("slow down", 429, {"retry-after": "7"})(scope, receive, send)
            case Strike.GATEWAY:
                await PlainTextResponse("<html>bad gateway</html>", 502)(scope, receive, send)
            case Strike.PAGE:
                await PlainTextResponse("<html>sign in</html>")(scope, receive, send)
            case Strike.CUT:
                await self.inner(scope, receive, _halved(send))


@dataclass(frozen=True, kw_only=True)
class FullClips:
    """The clips of a folder whose disk may be full."""

    inner: Clips
    weather: Weather

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)

    async def put(self, name: str, pieces: AsyncIterator[bytes], *, most_bytes: int) -> tuple[str, int]:
        """Store it, if there is room."""
        self.weather.clip()
        return await self.inner.put(name, pieces, most_bytes=most_bytes)


class Hurried(Worker):
    """Lets time pass whenever it would only wait, and stops where nothing but waiting is left."""

    time: Time
    until_s: float

    def _until_next_s(self) -> float:
        wait_s = super()._until_next_s()
        if self._due and not (self._busy or self._fresh):
            self.time.vendors.pass_s(wait_s)
            return 0.0
        return wait_s

    def _resting(self) -> bool:
        return super()._resting() or self.time.vendors.now_s() > self.until_s


@dataclass(kw_only=True)
class Played:
    """What came of a schedule."""

    schedule: Schedule
    wrong: list[str] = field(default_factory=list[str])
    accepted: int = 0
    takes: int = 0
    unknown: int = 0
    crashes: int = 0
    requests: int = 0
    story: list[str] = field(default_factory=list[str])


async def play(schedule: Schedule, folder: Path) -> Played:
    """Live every life, and examine what is left."""
    vendors = HandClock()
    pace = Pace(factor=REHEARSAL_FACTOR)
    plan = FaultPlan(schedule.rules)
    sandbox = app.build(folder=folder / "sandbox", clock=vendors, seed=schedule.seed, pace=pace, plan=plan, draw=blank)
    time = Time(vendors=vendors, skew_s=schedule.skew_s)
    eyes = Eyesight([set(seen) if seen is not None else None for seen in schedule.seen])
    played = Played(schedule=schedule)
    chance = random.Random(schedule.seed)
    try:
        for life in schedule.lives:
            quiet = life is schedule.lives[-1]
            weather = Weather(life=life, strikes=0.0 if quiet else schedule.strikes, chance=chance, time=time)
            parts = Parts(
                fail=weather,
                sandbox=Stormy(inner=sandbox, weather=weather),
                eyes=eyes,
                clock=Clock(now_us=time.now_us, now_s=vendors.now_s, sleep=time.sleep),
                worker=_hurried(time, side_by_side=schedule.side_by_side),
            )
            await _live(folder, life, parts, weather, played, sandbox=sandbox if quiet else None)
            played.requests += weather.requests
    finally:
        sandbox.records.close()
    return played


async def _live(
    folder: Path, life: Life, parts: Parts, weather: Weather, played: Played, *, sandbox: Sandbox | None
) -> None:
    """One life; the last one ends with an examination."""
    try:
        async with open_house(Settings(folder=folder, sandbox_pace=1.0), parts=parts) as house:
            _spoil(house, weather)
            await _work(house, life)
            if sandbox is not None:
                await _examine(house, folder, sandbox, played)
    except BaseException as ended:
        if not _crashed(ended):
            raise
        played.crashes += 1


def _spoil(house: House, weather: Weather) -> None:
    """Let the disk be full when the weather says so."""
    store = house.studio.store
    assert isinstance(store, SqlStore)
    event.listen(store.database.engine.sync_engine, "commit", weather.commit)
    object.__setattr__(house.studio, "clips", FullClips(inner=house.studio.clips, weather=weather))


async def _work(house: House, life: Life) -> None:
    with suppress(CountersteerError):  # what cannot be stored is told to whoever asked; nothing was taken on
        project = await house.project("film", create=True)
        known = await house.studio.store.conversations(project.id)
        conversation_id = known[0] if known else await house.studio.store.open_conversation(project.id, door="test")
        await house.worker.recover()
        await house.worker.run(until_rest=True)
        for text in life.says:
            with suppress(CountersteerError):
                await house.desk.say(conversation_id, project_id=project.id, text=text)
        await house.worker.run(until_rest=True)


async def _examine(house: House, folder: Path, sandbox: Sandbox, played: Played) -> None:
    films = await patient.films(house.studio)
    examined = Patient(
        studio=house.studio,
        films=films,
        files=files.listed(folder / "clips"),
        billed=ledgers.of_stand_ins(sandbox.records),
        at_rest=True,
    )
    broken = [complaint for held in await rounds.examine(examined) for complaint in held.broken]
    played.wrong = [str(complaint) for complaint in (*broken, *await money.within_ceilings(examined))]
    played.story = [f"{each.at_us / 1e6:.0f} {each.what} {dict(each.data)}" for each in await house.studio.store.events()]
    played.accepted = len(sandbox.records.accepted())
    played.takes = sum(len(film.takes) for film in films)
    played.unknown = sum(job.state.value == "unknown" for film in films for job in film.jobs)


def _hurried(time: Time, *, side_by_side: bool) -> Callable[[Studio, Graph], Worker]:
    def hired(studio: Studio, graph: Graph) -> Worker:
        worker = Hurried(studio, graph)
        worker.time = time
        worker.until_s = time.vendors.now_s() + LONGEST_S
        if not side_by_side:
            worker._at_once = Semaphore(1)
        return worker

    return hired


def _crashed(ended: BaseException) -> bool:
    if isinstance(ended, BaseExceptionGroup):
        inner: Sequence[BaseException] = ended.exceptions
        return any(_crashed(each) for each in inner)
    return isinstance(ended, Crashed)


async def _nowhere(_: Message) -> None:
    """An answer that nobody gets."""


def _halved(send: Send) -> Send:
    async def sent(message: Message) -> None:
        body: bytes = message.get("body", b"")
        await send({**message, "body": body[: len(body) // 2]} if body else message)

    return sent
