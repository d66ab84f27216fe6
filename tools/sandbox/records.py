"""Every job the stand-ins accepted: what was ordered, what was drawn for it, where it stands. Outlives the process."""

import json
import sqlite3
import threading
import weakref
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from tools.sandbox.faultplan import Mishap
from tools.sandbox.scene import Fault, Scene

BUSY_S = 10.0
NEVER_S = 1e15  # an end that does not come

SCHEMA = """
CREATE TABLE IF NOT EXISTS accepted (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, vendor TEXT NOT NULL, model TEXT NOT NULL, take INTEGER NOT NULL,
    words TEXT NOT NULL, key TEXT, route TEXT NOT NULL, body BLOB NOT NULL, scene TEXT NOT NULL, reference BLOB,
    outcome TEXT NOT NULL, mishap TEXT, price_micro_usd INTEGER NOT NULL, created_s REAL NOT NULL,
    held_s REAL NOT NULL, starts_s REAL NOT NULL, ends_s REAL NOT NULL, cancelled_s REAL,
    deleted INTEGER NOT NULL DEFAULT 0, links INTEGER NOT NULL DEFAULT 0, UNIQUE (vendor, key)
)"""
CALLBACKS_SCHEMA = """
CREATE TABLE IF NOT EXISTS callbacks (
    job_id TEXT PRIMARY KEY, address TEXT NOT NULL, base TEXT NOT NULL,
    told INTEGER NOT NULL, tries INTEGER NOT NULL, not_before_s REAL NOT NULL
)"""
COLUMNS = (
    *("id", "vendor", "model", "take", "words", "key", "route", "body", "scene", "reference", "outcome", "mishap"),
    *("price_micro_usd", "created_s", "held_s", "starts_s", "ends_s", "cancelled_s", "deleted", "links"),
)
READ = f"SELECT {', '.join(COLUMNS)} FROM accepted"
KEEP = f"INSERT INTO accepted ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"


class Outcome(StrEnum):
    """How a job ends, fixed when it is accepted."""

    DONE = "done"
    REFUSED = "refused"  # its words, found out after acceptance
    WITHHELD = "withheld"  # its picture
    BROKEN = "broken"  # the vendor's own fault
    EXPIRED = "expired"  # not done within the time the order gave it


class Standing(StrEnum):
    """Where a job stands at one moment."""

    HELD = "held"  # accepted over the limit, waiting for a slot
    QUEUED = "queued"
    RUNNING = "running"
    OVER = "over"  # see the outcome
    CANCELLED = "cancelled"


class DuplicateKeyError(Exception):
    """The client's key was used before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """One accepted, and so billable, job.

    Attributes:
        words: Prompt text and negative field, as the model read them.
        key: The client's own, where the wire has one.
        route: Path the order came in by, below the vendor's base.
        body: Exactly the bytes that arrived.
        take: Running number of this model's accepted jobs with these words, from 1.
        scene: What is drawn for it; ``scene.faults`` is the truth about the clip.
        price_micro_usd: Of a clip; charged only when it comes to one.
        held_s: Until when it waits for a slot; ``starts_s`` and ``ends_s`` likewise, Unix seconds.
    """

    id: str
    vendor: str
    model: str
    take: int
    words: str
    key: str | None
    route: str
    body: bytes
    scene: Scene
    outcome: Outcome
    mishap: Mishap | None
    price_micro_usd: int
    created_s: float
    held_s: float
    starts_s: float
    ends_s: float
    cancelled_s: float | None = None
    deleted: bool = False
    links: int = 0

    @property
    def charged_micro_usd(self) -> int:
        """What it costs in the end: vendors charge clips, not failures."""
        return self.price_micro_usd if self.outcome is Outcome.DONE and self.cancelled_s is None else 0

    def standing(self, now_s: float) -> Standing:
        """Where it stands at that time."""
        if self.cancelled_s is not None:
            return Standing.CANCELLED
        if now_s < self.held_s:
            return Standing.HELD
        if now_s < self.starts_s:
            return Standing.QUEUED
        return Standing.RUNNING if now_s < self.ends_s else Standing.OVER

    def changes(self) -> tuple[tuple[float, Standing], ...]:
        """When its standing changes after the acceptance, and to what, in order."""
        waited = ((self.held_s, Standing.QUEUED),) if self.held_s > self.created_s else ()
        ahead = (*waited, (self.starts_s, Standing.RUNNING), (self.ends_s, Standing.OVER))
        if self.cancelled_s is None:
            return ahead
        before = (change for change in ahead if change[0] <= self.cancelled_s)
        return (*before, (self.cancelled_s, Standing.CANCELLED))

    def changed_s(self, now_s: float) -> float:
        """When its standing last changed."""
        reached = [moment for moment in (self.held_s, self.starts_s, self.ends_s) if moment <= now_s]
        return self.cancelled_s or max([self.created_s, *reached])


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """Where a job's changes of standing are told, and how far that has come.

    Attributes:
        base: Address that links in the message start with.
        told: How many of ``Accepted.changes`` are done with, delivered or given up.
        tries: Failed deliveries of the next one; it is not tried before ``not_before_s``.
    """

    job_id: str
    address: str
    base: str
    told: int = 0
    tries: int = 0
    not_before_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What was drawn for a job, for tests and benchmarks only: no wire tells it."""

    faults: frozenset[Fault]
    outcome: Outcome
    mishap: Mishap | None


class Records:
    """The accepted jobs of all stand-ins, in a file or in memory. Safe for several threads and processes."""

    def __init__(self, file: Path | None = None) -> None:
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(
            file or ":memory:", timeout=BUSY_S, check_same_thread=False, isolation_level=None
        )
        weakref.finalize(self, self._connection.close)
        if file is not None:
            self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute(SCHEMA)
        self._connection.execute(CALLBACKS_SCHEMA)

    def accept(
        self, *, vendor: str, model: str, words: str, key: str | None, draft: Callable[[int, list[float]], Accepted]
    ) -> Accepted:
        """Keep one more job. ``draft`` gets its take number and when this model's jobs end, ascending.

        Raises:
            DuplicateKeyError: The key was used before.
        """
        with self._writing() as connection:
            if key is not None and self.by_key(vendor, key) is not None:
                raise DuplicateKeyError(key)
            rows = connection.execute(
                "SELECT words = ?, ends_s, cancelled_s IS NULL FROM accepted WHERE vendor = ? AND model = ?",
                (words, vendor, model),
            ).fetchall()
            ends = sorted(ends_s for _, ends_s, runs in rows if runs)
            job = draft(1 + sum(alike for alike, _, _ in rows), ends)
            connection.execute(KEEP, _row(job))
        return job

    def accepted(self, vendor: str | None = None) -> tuple[Accepted, ...]:
        """All of a vendor's accepted jobs, or everyone's, oldest first; deleted ones too."""
        return self._select("WHERE ? IS NULL OR vendor = ?", vendor, vendor)

    def get(self, job_id: str) -> Accepted | None:
        """One job by the vendor's id."""
        return next(iter(self._select("WHERE id = ?", job_id)), None)

    def by_key(self, vendor: str, key: str) -> Accepted | None:
        """One job by the client's key."""
        return next(iter(self._select("WHERE vendor = ? AND key = ?", vendor, key)), None)

    def truth(self, job_id: str) -> Truth:
        """What was drawn for a job.

        Raises:
            KeyError: No such job.
        """
        job = self.get(job_id)
        if job is None:
            raise KeyError(job_id)
        return Truth(faults=job.scene.faults, outcome=job.outcome, mishap=job.mishap)

    def cancel(self, job_id: str, *, at_s: float) -> None:
        """The job was called back."""
        self._change("SET cancelled_s = ? WHERE id = ?", at_s, job_id)

    def delete(self, job_id: str) -> None:
        """The client no longer sees the job; the record stays."""
        self._change("SET deleted = 1 WHERE id = ?", job_id)

    def count_link(self, job_id: str) -> int:
        """One more link was given out; how many that makes."""
        with self._writing() as connection:
            connection.execute("UPDATE accepted SET links = links + 1 WHERE id = ?", (job_id,))
            (links,) = connection.execute("SELECT links FROM accepted WHERE id = ?", (job_id,)).fetchone()
        return int(links)

    def keep_callback(self, callback: Callback) -> None:
        """The job's changes are to be told, from this point on."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO callbacks VALUES (?, ?, ?, ?, ?, ?)", astuple(callback))

    def callbacks(self) -> tuple[Callback, ...]:
        """What is still to be told."""
        names = [field.name for field in fields(Callback)]
        with self._lock:
            rows = self._connection.execute(f"SELECT {', '.join(names)} FROM callbacks").fetchall()
        return tuple(Callback(**dict(zip(names, row, strict=True))) for row in rows)

    def drop_callback(self, job_id: str) -> None:
        """Nothing of the job is told any more."""
        with self._writing() as connection:
            connection.execute("DELETE FROM callbacks WHERE job_id = ?", (job_id,))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def _select(self, clause: str, *values: object) -> tuple[Accepted, ...]:
        with self._lock:
            rows = self._connection.execute(f"{READ} {clause} ORDER BY number", values).fetchall()
        return tuple(_job(row) for row in rows)

    def _change(self, clause: str, *values: object) -> None:
        with self._writing() as connection:
            connection.execute(f"UPDATE accepted {clause}", values)

    @contextmanager
    def _writing(self) -> Generator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")


def _row(job: Accepted) -> tuple[object, ...]:
    scene = TypeAdapter(Scene).dump_python(job.scene, mode="json", exclude={"reference"})
    apart = {"scene": json.dumps(scene), "reference": job.scene.reference}
    return tuple(apart[name] if name in apart else getattr(job, name) for name in COLUMNS)


def _job(row: tuple[object, ...]) -> Accepted:
    values = dict(zip(COLUMNS, row, strict=True))
    scene = json.loads(str(values["scene"])) | {"reference": values.pop("reference")}
    return _accepted().validate_python(values | {"scene": scene})


@cache
def _accepted() -> TypeAdapter[Accepted]:
    return TypeAdapter(Accepted)
