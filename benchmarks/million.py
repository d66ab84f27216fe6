"""How long lists, filters and the ledger take in a house of a million takes, and what the database does for each.

Run as ``python -m benchmarks.million [FILMS [POSTGRES_URL]]``: a thousand films of 250 shots with four takes each,
every take inspected for six terms, on a file or in an empty database. Rows are written past the store, in its own
tables; the questions are the store's own methods, each asked of films all over the house, and their plans are printed.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, event, insert, text

from agent.jobs import JobState
from benchmarks.million_rows import Film, rows_of
from memory.errands import ErrandRows
from memory.store import SqlStore, open_store

FILMS = 1000
ASKED = 7  # films that each question is asked of
BAR_MS = 100.0
FILMS_AT_ONCE = 20

Ask = Callable[[SqlStore, Film], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How long a question took, in milliseconds, and what the database was asked for it."""

    median_ms: float
    worst_ms: float
    statements: tuple[tuple[str, Any], ...]


QUESTIONS: dict[str, Ask] = {
    "takes of a film": lambda store, film: store.takes(project_id=film.id),
    "takes of a shot": lambda store, film: store.takes(shot_id=film.shots[0]),
    "one take": lambda store, film: store.take(film.takes[0]),
    "shots of a film": lambda store, film: store.shots(film.id),
    "jobs of a film": lambda store, film: store.film_jobs(film.id),
    "jobs of a shot": lambda store, film: store.jobs(shot_id=film.shots[0]),
    "jobs at vendors": lambda store, _: store.jobs(states=(JobState.SENDING, JobState.ACCEPTED)),
    "verdicts of a shot": lambda store, film: store.film_verdicts(film.id, shot_id=film.shots[0]),
    "verdicts of a film": lambda store, film: store.film_verdicts(film.id),
    "trials of a film": lambda store, film: store.trials(film.id),
    "ledger of a film": lambda store, film: store.ledger(film.id),
    "spent on a film": lambda store, film: store.spent_micro_usd(film.id),
    "spent by shot": lambda store, film: store.spent_by_shot(film.id),
    "events after a number": lambda store, film: store.events(project_id=film.id, after=film.last_event - 20),
    "last event of a film": lambda store, film: store.last_event(film.id),
    "turns not answered": lambda store, _: store.unanswered(),
    "open questions": lambda store, film: store.open_questions(film.id),
    "what is adrift": lambda store, _: _errands(store).adrift(late_s=15),
    "whether all is quiet": lambda store, _: _errands(store).quiet(),
}


async def fill(store: SqlStore, *, films: int) -> list[Film]:
    """Write that many films; those that are asked about."""
    known: list[Film] = []
    for first in range(0, films, FILMS_AT_ONCE):
        batch = [Film.numbered(nth) for nth in range(first, min(first + FILMS_AT_ONCE, films))]
        async with store.database.writing() as connection:
            for table, rows in _together(batch):
                await connection.execute(insert(table), rows)
        known += batch
    if store.database.file is None:  # as Postgres does by itself, and SQLite does not
        async with store.database.engine.begin() as connection:
            await connection.execute(text("ANALYZE"))
    return known[:: max(1, films // ASKED)][:ASKED]


async def ask(store: SqlStore, question: Ask, films: list[Film]) -> Asked:
    """Ask it of each of the films, once before the clock runs."""
    await question(store, films[0])
    times: list[float] = []
    with _statements(store) as seen:
        for film in films:
            started_s = time.perf_counter()
            await question(store, film)
            times.append((time.perf_counter() - started_s) * 1000)
    once = dict.fromkeys(statement for statement, _ in seen)
    given = tuple((statement, next(values for each, values in seen if each == statement)) for statement in once)
    return Asked(median_ms=statistics.median(times), worst_ms=max(times), statements=given)


async def measure(url: str, *, films: int) -> dict[str, Asked]:
    """Fill, ask everything and print the plans."""
    async with open_store(url, now_us=lambda: 0, new_id=str) as store:
        started_s = time.perf_counter()
        asked_of = await fill(store, films=films)
        print(
            f"{films} films, {films * len(asked_of[0].takes)} takes written in {time.perf_counter() - started_s:.0f} s"
        )
        found = {name: await ask(store, question, asked_of) for name, question in QUESTIONS.items()}
        for name, asked in found.items():
            print(f"\n{name}")
            for statement, values in asked.statements:
                await _print_plan(store, statement, values)
    return found


def main() -> None:
    """Measure and print."""
    films = int(sys.argv[1]) if len(sys.argv) > 1 else FILMS
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/million.db"
        found = asyncio.run(measure(url, films=films))
    print(f"\n{'':26}{'median':>10}{'worst':>10}")
    for name, asked in found.items():
        print(f"{name:26}{asked.median_ms:>7.1f} ms{asked.worst_ms:>7.1f} ms")
    figures = {name: round(asked.median_ms, 1) for name, asked in found.items()}
    missed = [name for name, figure in figures.items() if figure > BAR_MS]
    print(json.dumps({"benchmark": "million", "films": films, "figures": figures, "bar_ms": BAR_MS, "missed": missed}))


def _errands(store: SqlStore) -> ErrandRows:
    return ErrandRows(store.database, now_us=lambda: 0, new_id=str)


def _together(films: list[Film]) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """The rows of several films, table by table."""
    each = [rows_of(film) for film in films]
    for nth, (table, _) in enumerate(each[0]):
        yield table, [row for film in each for row in film[nth][1]]


@contextmanager
def _statements(store: SqlStore) -> Generator[list[tuple[str, Any]]]:
    seen: list[tuple[str, Any]] = []

    def note(_connection: Connection, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append((statement, parameters))

    engine = store.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def _print_plan(store: SqlStore, statement: str, values: Any) -> None:
    explain = "EXPLAIN" if store.database.file is None else "EXPLAIN QUERY PLAN"
    async with store.database.engine.connect() as connection:
        plan = await connection.exec_driver_sql(f"{explain} {statement}", values)
        for row in plan:
            print(f"    {row[-1]}")


if __name__ == "__main__":
    main()
