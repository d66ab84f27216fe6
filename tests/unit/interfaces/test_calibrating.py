"""What ``countersteer calibrate`` shows and stores."""

import io
from pathlib import Path

import pytest

from agent.findings import Grade, Sight
from agent.learning import UNCALIBRATED, Label, Look, Score
from interfaces import learning
from interfaces.command import calibrating
from interfaces.settings import Settings
from memory.store import open_store
from tests.contract.store.building import Clock, Film, Ids, a_verdict


async def film_with(folder: Path, *, accepted: int, rejected: int = 0) -> None:
    """A film in that folder with as many labelled takes; every blur value is past the threshold."""
    async with open_store(f"sqlite:///{folder / 'countersteer.db'}", now_us=Clock(), new_id=Ids()) as store:
        film = await Film.started(store, ids=Ids("f"))
        for nth in range(accepted + rejected):
            take = await film.take()
            score = Score(
                take_id=take.id,
                check="blur",
                terms=("blurry",),
                grade=Grade.A,
                sight=Sight.SEEN,
                lines=720,
                value=3.0 + nth / 100,
                guard=1.0,
                threshold=2.0,
            )
            look = Look(take_id=take.id, kind="none", numbers=(0.0,))
            await store.keep_verdict(a_verdict(take), trial=None, entries=(), scores=[score], look=look)
            label = Label(take_id=take.id, shot_id=take.shot_id, accepted=nth < accepted, terms=())
            await store.label(film.project.id, label)


async def calibrate(folder: Path, *, apply: bool) -> int:
    return await calibrating.calibrate(Settings(folder=folder), "Zaun", apply=apply)


async def stored(folder: Path) -> tuple[int, int]:
    """Version and number of limits in force."""
    async with open_store(f"sqlite:///{folder / 'countersteer.db'}", now_us=Clock(), new_id=Ids()) as store:
        now = await store.calibration((await store.project_named("Zaun")).id)
    return now.version, len(now.limits)


async def test_with_eight_labels_it_says_what_is_lacking_and_stores_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await film_with(tmp_path, accepted=8)
    assert await calibrate(tmp_path, apply=True) == calibrating.DONE
    told = capsys.readouterr().out
    assert "8 takes accepted by you, 0 rejected." in told
    assert "9 accepted takes carry a threshold at 10 %, there are 8; it stays as it is" in told
    assert "learned style: needs 10 accepted takes and 10 rejected for their look" in told
    assert await stored(tmp_path) == (0, 0)


async def test_with_nine_it_shows_both_thresholds_with_their_error_rates_and_stores_on_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await film_with(tmp_path, accepted=9)
    assert await calibrate(tmp_path, apply=True) == calibrating.DONE
    told = capsys.readouterr().out
    assert "blur: threshold 2 to 3.08, guard 1 to 3.08; at 10% false alarms, by 9 accepted takes" in told
    assert "false alarms: 9 of 9 (100%, 86% to 100%) before, 0 of 9 (0%, 0% to 14%) after" in told
    assert "--back 0 takes it back" in told
    assert await stored(tmp_path) == (1, 1)


async def test_nothing_is_stored_where_nobody_agrees(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await film_with(tmp_path, accepted=9)
    monkeypatch.setattr("sys.stdin", io.StringIO())  # nobody is there to ask
    assert await calibrate(tmp_path, apply=False) == calibrating.DECLINED
    assert "Nothing was stored" in capsys.readouterr().out
    assert await stored(tmp_path) == (0, 0)


async def test_a_calibration_is_taken_back_as_a_new_version(tmp_path: Path) -> None:
    await film_with(tmp_path, accepted=9)
    await calibrate(tmp_path, apply=True)
    assert await calibrating.take_back(Settings(folder=tmp_path), "Zaun", version=0) == calibrating.DONE
    assert await stored(tmp_path) == (2, 0)


def test_version_nought_is_what_the_eyes_know_without_labels() -> None:
    assert learning.restored(UNCALIBRATED, UNCALIBRATED) == UNCALIBRATED
