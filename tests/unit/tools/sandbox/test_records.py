"""The accepted jobs: what is kept, by whom it can be written at once, and that it outlives the process."""

import multiprocessing
import os
import signal
import threading
from pathlib import Path

import pytest

from tools.sandbox.faultplan import Mishap
from tools.sandbox.records import Accepted, DuplicateKeyError, Outcome, Records, Standing
from tools.sandbox.scene import Fault, Key, Look, Scene

SCENE = Scene(
    seconds=5,
    width=854,
    height=480,
    seed=1,
    look=Look.PAINTERLY,
    key=Key.LOW,
    palette=((1, 2, 3), (4, 5, 6)),
    faults=frozenset({Fault.FLICKER, Fault.PHOTOREAL}),
    reference=b"png",
)


def job(job_id: str, *, key: str | None = None, take: int = 1, words: str = "w") -> Accepted:
    return Accepted(
        id=job_id,
        vendor="kling",
        model="m",
        take=take,
        words=words,
        key=key,
        route="/x",
        body=b'{"a": 1}',
        scene=SCENE,
        outcome=Outcome.DONE,
        mishap=Mishap.SLOW,
        price_micro_usd=420_000,
        created_s=100.0,
        held_s=100.0,
        starts_s=101.0,
        ends_s=105.0,
    )


def accept(records: Records, job_id: str, *, key: str | None = None, words: str = "w") -> Accepted:
    return records.accept(
        vendor="kling",
        model="m",
        words=words,
        key=key,
        draft=lambda take, ends: job(job_id, key=key, take=take, words=words),
    )


def test_what_was_accepted_comes_back_as_it_was() -> None:
    records = Records()
    kept = accept(records, "1", key="take-1")
    assert records.accepted("kling") == (kept,)
    assert records.by_key("kling", "take-1") == kept == records.get("1")
    assert records.accepted("google") == ()
    assert records.truth("1").faults == {Fault.FLICKER, Fault.PHOTOREAL}
    with pytest.raises(KeyError):
        records.truth("2")


def test_takes_are_numbered_per_words() -> None:
    records = Records()
    assert [accept(records, name, words=words).take for name, words in (("1", "a"), ("2", "a"), ("3", "b"))] == [
        1,
        2,
        1,
    ]


def test_a_used_key_keeps_nothing() -> None:
    records = Records()
    accept(records, "1", key="take-1")
    with pytest.raises(DuplicateKeyError):
        accept(records, "2", key="take-1")
    assert len(records.accepted()) == 1


def test_a_draft_that_fails_keeps_nothing_and_the_next_is_accepted() -> None:
    records = Records()

    def refuse(take: int, ends: list[float]) -> Accepted:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        records.accept(vendor="kling", model="m", words="w", key=None, draft=refuse)
    assert accept(records, "1").take == 1


def test_another_process_finds_the_jobs_of_one_that_was_killed(tmp_path: Path) -> None:
    file = tmp_path / "accepted.sqlite3"
    process = multiprocessing.get_context("spawn").Process(target=_accept_and_die, args=(file,))
    process.start()
    process.join()
    assert process.exitcode != 0
    assert [one.id for one in Records(file).accepted()] == ["before the kill"]


def test_many_threads_and_two_connections_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "accepted.sqlite3"
    both = (Records(file), Records(file))
    threads = [threading.Thread(target=accept, args=(both[n % 2], str(n))) for n in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.take for one in both[0].accepted()) == list(range(1, 41))


def test_a_job_stands_where_its_times_say_and_a_cancelled_one_is_free() -> None:
    one = job("1")
    standings = [one.standing(now_s) for now_s in (99.0, 100.5, 102.0, 105.0)]
    assert standings == [Standing.HELD, Standing.QUEUED, Standing.RUNNING, Standing.OVER]
    records = Records()
    accept(records, "1")
    records.cancel("1", at_s=100.5)
    (cancelled,) = records.accepted()
    assert (cancelled.standing(200.0), cancelled.charged_micro_usd) == (Standing.CANCELLED, 0)


def _accept_and_die(file: Path) -> None:
    accept(Records(file), "before the kill")
    os.kill(os.getpid(), signal.SIGKILL)
