"""Plays one schedule: the lives of the program over one folder, on a clock that moves only while nothing does."""

import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from anyio import Semaphore
from sqlalchemy import event

from agent.errors import CountersteerError, StoreError
from agent.graphs.shot import Graph
from agent.ports import Clips
from agent.studio import Studio
from benchmarks.faults_schedule import Life, Schedule
from interfaces.doctor import files, ledgers, money, patient, rounds
from interfaces.doctor.patient import Patient
from interfaces.settings import Settings
from interfaces.wiring import House, Parts, open_house
from memory.store import SqlStore
from tests.support.house import Eyesight
from tests.support.hurried import Hurried, Strike, Struck, Time, stand_ins
from tools.sandbox.app import Sandbox
from tools.sandbox.clock import HandClock


class Crashed(BaseException):
    """The program dies here: no error of its own, so that nothing catches it."""


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

    def strike(self, _request: str) -> Strike | None:
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


class OneByOne(Hurried):
    """Moves one shot after another, so that a seed replays to the letter."""

    def __init__(self, studio: Studio, graph: Graph) -> None:
        super().__init__(studio, graph)
        self._at_once = Semaphore(1)


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
    time = Time(vendors=HandClock(), skew_s=schedule.skew_s)
    sandbox = stand_ins(folder, clock=time.vendors, rules=schedule.rules, seed=schedule.seed)
    eyes = Eyesight([set(seen) if seen is not None else None for seen in schedule.seen])
    played = Played(schedule=schedule)
    chance = random.Random(schedule.seed)
    try:
        for life in schedule.lives:
            quiet = life is schedule.lives[-1]
            weather = Weather(life=life, strikes=0.0 if quiet else schedule.strikes, chance=chance, time=time)
            parts = Parts(
                fail=weather,
                sandbox=Struck(inner=sandbox, fate=weather.strike),
                eyes=eyes,
                clock=time.clock,
                worker=(Hurried if schedule.side_by_side else OneByOne).on(time),
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
    store = house.threads
    assert isinstance(store, SqlStore)
    event.listen(store.database.engine.sync_engine, "commit", weather.commit)
    # Nothing but a test wants clips that find no room, so a house offers no place to put them.
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
    if not played.schedule.lowers_a_ceiling:
        broken += await money.within_ceilings(examined)
    played.wrong = [str(complaint) for complaint in broken]
    played.story = [
        f"{each.at_us / 1e6:.0f} {each.what} {dict(each.data)}" for each in await house.studio.store.events()
    ]
    played.accepted = len(sandbox.records.accepted())
    played.takes = sum(len(film.takes) for film in films)
    played.unknown = sum(job.state.value == "unknown" for film in films for job in film.jobs)


def _crashed(ended: BaseException) -> bool:
    return ended.subgroup(Crashed) is not None if isinstance(ended, BaseExceptionGroup) else isinstance(ended, Crashed)
