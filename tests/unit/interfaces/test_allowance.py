"""How much is heard in a stretch of time."""

from functools import partial
from pathlib import Path

import pytest

from interfaces.allowance import MOST_KNOWN, Allowance, TooManyError
from tests.support.served import a_service


class Clock:
    def __init__(self) -> None:
        self.us = 0

    def __call__(self) -> int:
        return self.us


def test_a_thousand_messages_at_once_are_heard_as_far_as_the_allowance_goes_and_then_one_by_one() -> None:
    clock = Clock()
    allowance = Allowance(now_us=clock, at_once=300, per_s=1.0)
    heard = 0
    for _ in range(1_000):
        try:
            allowance.take("film")
            heard += 1
        except TooManyError:
            pass
    assert heard == 300

    clock.us += 1_000_000
    allowance.take("film")
    with pytest.raises(TooManyError, match="not stored; send it again in 1 s"):
        allowance.take("film")
    allowance.take("another film")


def test_what_is_remembered_of_who_spoke_is_bounded_and_time_that_runs_back_gives_nothing() -> None:
    clock = Clock()
    allowance = Allowance(now_us=clock, at_once=1)
    for number in range(MOST_KNOWN):
        allowance.take(str(number))
    clock.us = -1_000_000_000
    with pytest.raises(TooManyError):
        allowance.take("5")
    allowance.take("one more")
    allowance.take("0")  # forgotten, and so like new


async def test_a_film_that_is_told_too_much_at_once_answers_429_and_stores_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interfaces.desk.Allowance", partial(Allowance, at_once=2, per_s=1e-6))
    async with a_service(tmp_path) as service:
        at = f"{service.at}/conversations/{service.film.conversation_id}/turns"
        said = [await service.http.post(at, json={"text": "status"}) for _ in range(3)]
        kept = await service.http.get(at)

    assert [answer.status_code for answer in said] == [202, 202, 429]
    assert len(kept.json()) == 2
