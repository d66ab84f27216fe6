"""What a vendor or the line to it does to a shot, on a clock that moves by itself: money, jobs and what is told."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from agent.events import What
from agent.film import ShotStatus
from agent.jobs import JobState
from interfaces.doctor import files, ledgers, patient, rounds
from interfaces.doctor.patient import Patient
from tests.support.house import Set, limit, rule
from tests.support.hurried import Strike, Time, a_hurried_set
from tools.sandbox.clock import HandClock
from tools.sandbox.faultplan import Mishap

BOAT = "a boat on the river, wide, 5 s, with"
LAMP = "new shot: a lamp in a window, close-up, 5 s, with"


class Script:
    """Strikes for the requests that begin so, in their order; the others go through."""

    def __init__(self, beginning: str, strikes: Sequence[Strike | None]) -> None:
        self._beginning = beginning
        self._strikes = list(strikes)

    def __call__(self, request: str) -> Strike | None:
        return self._strikes.pop(0) if self._strikes and request.startswith(self._beginning) else None


def put_back(folder: Path) -> None:
    """Put the backup in the database's place, as the manual of any database says: without what the other one left."""
    for old in folder.glob("countersteer.db*"):
        old.unlink()
    shutil.copy(folder / "backup.db", folder / "countersteer.db")


async def wrong(film: Set, folder: Path) -> list[str]:
    """What must not be, with the stand-ins' own records at hand."""
    examined = Patient(
        studio=film.house.studio,
        films=await patient.films(film.house.studio),
        files=files.listed(folder / "clips"),
        billed=ledgers.of_stand_ins(film.sandbox.records),
        at_rest=True,
    )
    return [str(each) for held in await rounds.examine(examined) for each in held.broken]


async def test_a_vendor_that_is_not_reached_twice_is_sent_the_same_job_a_third_time(tmp_path: Path) -> None:
    async with a_hurried_set(tmp_path, fate=Script("POST /kling/", [Strike.UNREACHED] * 2)) as film:
        await film.say(f"{BOAT} Kling")

        (job,) = await film.house.studio.store.jobs()
        assert (job.state, job.tries) == (JobState.KEPT, 2)
        assert len(film.sandbox.records.accepted()) == 1


async def test_a_5xx_that_says_not_accepted_is_sent_again_and_any_other_is_unknown(tmp_path: Path) -> None:
    rules = [rule(Mishap.UNAVAILABLE, "kling", 1), rule(Mishap.ACCEPTED_THEN_5XX, "google", 1)]
    async with a_hurried_set(tmp_path, rules=rules) as film:
        await film.say(f"{BOAT} Kling")
        await film.say(f"{LAMP} Veo")

        assert [(await film.shot(n)).status for n in (1, 2)] == [ShotStatus.DELIVERED, ShotStatus.UNKNOWN]
        assert [len(film.sandbox.records.accepted(vendor)) for vendor in ("kling", "google")] == [1, 1]
        assert await wrong(film, tmp_path) == []


async def test_an_outage_closes_the_vendor_and_the_shot_goes_to_another_with_the_reason(tmp_path: Path) -> None:
    async with a_hurried_set(tmp_path, rules=[rule(Mishap.UNAVAILABLE, "kling")]) as film:
        await film.say(f"{BOAT} Kling or Veo, cheapest")
        await film.say(f"{LAMP} Kling or Veo, cheapest")

        assert [(await film.shot(n)).status for n in (1, 2)] == [ShotStatus.DELIVERED] * 2
        assert film.sandbox.records.accepted("kling") == ()
        reasons = [str(route.data["reasons"]) for route in await film.events(What.ROUTE)]
        assert any("kling" in reason and "gave no take" in reason for reason in reasons)
        assert await film.house.studio.store.trials(film.project.id) != ()


async def test_while_every_vendor_is_out_a_shot_waits_is_told_once_and_goes_on_by_itself(tmp_path: Path) -> None:
    time = Time(vendors=HandClock())
    back_s = time.vendors.now_s() + 200

    def out(_: str) -> Strike | None:
        return Strike.UNREACHED if time.vendors.now_s() < back_s else None

    async with a_hurried_set(tmp_path, fate=out, time=time) as film:
        await limit(film, ask_above_micro_usd=10**9, shot_worth_micro_usd=10**9)
        await film.say(BOAT.removesuffix(", with"))

        assert (await film.shot()).status is ShotStatus.DELIVERED
        assert len(await film.events(What.HOLD)) == 1
        assert len(film.sandbox.records.accepted()) == 1


async def test_an_account_out_of_credit_stops_its_vendor_for_all_shots_and_teaches_nothing(tmp_path: Path) -> None:
    async with a_hurried_set(tmp_path, rules=[rule(Mishap.OUT_OF_CREDIT, "kling")]) as film:
        await film.say(f"{BOAT} Kling or Veo, cheapest")
        await film.say(f"{LAMP} Kling or Veo, cheapest")

        assert film.sandbox.records.accepted("kling") == ()
        assert [(await film.shot(n)).status for n in (1, 2)] == [ShotStatus.DELIVERED] * 2
        assert len(await film.events(What.TROUBLE)) == 1, "the second shot knew already"
        trials = await film.house.studio.store.trials(film.project.id)
        assert [trial.model for trial in trials if trial.model.startswith("kling")] == []


async def test_a_poll_that_says_not_found_is_believed_only_after_a_while(tmp_path: Path) -> None:
    async with a_hurried_set(tmp_path, fate=Script("GET /seedance/", [Strike.GONE] * 3)) as film:
        await film.say(f"{BOAT} Seedance")

        (job,) = await film.house.studio.store.jobs()
        assert job.state is JobState.KEPT


async def test_a_job_that_its_vendor_never_finds_again_is_lost_and_its_money_stays_counted(tmp_path: Path) -> None:
    async with a_hurried_set(tmp_path, fate=Script("GET /runway/", [Strike.GONE] * 99)) as film:
        await limit(film, takes_per_shot=1)
        await film.say(f"{BOAT} Runway")

        (job,) = await film.house.studio.store.jobs()
        assert job.state is JobState.LOST
        assert await film.house.studio.store.spent_micro_usd(film.project.id) == job.reserved_micro_usd
        assert await wrong(film, tmp_path) == []


async def test_an_expired_link_and_a_rate_limit_while_fetching_buy_no_second_clip(tmp_path: Path) -> None:
    busy = Script("GET /seedance/", [None, *[Strike.BUSY] * 5])
    async with a_hurried_set(tmp_path, rules=[rule(Mishap.EXPIRED_LINK, "kling", 1)], fate=busy) as film:
        await film.say(f"{BOAT} Kling")
        await film.say(f"{LAMP} Seedance")

        assert [(await film.shot(n)).status for n in (1, 2)] == [ShotStatus.DELIVERED] * 2
        assert len(film.sandbox.records.accepted()) == 2


async def test_a_clock_that_is_wrong_or_set_back_loses_no_job_and_buys_none_twice(tmp_path: Path) -> None:
    time = Time(vendors=HandClock(), skew_s=600)
    asked = 0

    def set_back(_: str) -> None:
        nonlocal asked
        asked += 1
        time.skew_s = -600 if asked > 4 else 600

    async with a_hurried_set(tmp_path, fate=set_back, time=time) as film:
        for words, model in ((BOAT, "Kling"), (LAMP, "Seedance")):
            await film.say(f"{words} {model}")

        assert [(await film.shot(n)).status for n in (1, 2)] == [ShotStatus.DELIVERED] * 2
        assert len(film.sandbox.records.accepted()) == 2
        assert await wrong(film, tmp_path) == []


async def test_what_was_bought_after_a_backup_is_found_when_the_backup_is_put_in_place(tmp_path: Path) -> None:
    async with a_hurried_set(tmp_path) as film:
        await film.say(f"{BOAT} Kling")
    shutil.copy(tmp_path / "countersteer.db", tmp_path / "backup.db")
    async with a_hurried_set(tmp_path) as film:
        await film.say(f"{LAMP} Seedance")
    put_back(tmp_path)

    async with a_hurried_set(tmp_path) as film:
        (complaint,) = await wrong(film, tmp_path)
        assert complaint.startswith("seedance")
        assert "no row here knows it" in complaint
