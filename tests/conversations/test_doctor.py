"""The doctor's list on a film that was made: nothing is wrong with it, and whatever is made wrong is found."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from agent.film import Shot, ShotStatus
from agent.jobs import JobState
from interfaces.doctor import files, ledgers, patient, rounds, times
from interfaces.doctor.patient import Film, Patient, Weight
from tests.support.house import Set, a_set, rule
from tools.sandbox.faultplan import Mishap

BOAT, LAMP = "a boat on the river, wide, 5 s, with Kling", "new shot: a lamp in a window, close-up, 5 s, with Veo"


def kept(film: Film, **changes: object) -> Film:
    """The film with its first shot's job changed."""
    first, *rest = film.jobs
    return replace(film, jobs=(replace(first, **changes), *rest))  # type: ignore[arg-type]  # as each test names it


def moved(film: Film, **changes: object) -> Film:
    """The film with its first shot changed."""
    first, *rest = film.shots.values()
    shots = (replace(first, **changes), *rest)  # type: ignore[arg-type]  # likewise
    return replace(film, shots={shot.id: shot for shot in shots})


def shown_as(film: Film, status: ShotStatus) -> dict[str, Shot]:
    """The shots, each at that."""
    return {shot.id: replace(shot, status=status) for shot in film.shots.values()}


WRONG: Sequence[tuple[Callable[[Film], Film], str]] = (
    (lambda film: replace(film, takes=()), "there is no take"),
    (lambda film: kept(film, state=JobState.READY), "its job is ready"),
    (lambda film: kept(film, vendor_id=None), "without the vendor's id"),
    (lambda film: kept(film, vendor_id="nobody's"), "no row here knows it"),
    (lambda film: kept(film, state=JobState.FAILED), "without a reason"),
    (lambda film: kept(film, id="job-of-nobody"), "there is no proof"),
    (lambda film: replace(film, shots=shown_as(film, ShotStatus.DELIVERED)), "its shot does not show it"),
    (lambda film: replace(film, shots=shown_as(film, ShotStatus.APPROVAL), asked=frozenset()), "was answered"),
    (lambda film: moved(film, picked_take_id=None), "delivered without a take"),
    (lambda film: moved(film, status=ShotStatus.RENDERING), "nothing moves it"),
    (lambda film: moved(film, status=ShotStatus.HELD, because=""), "nobody said why"),
    (lambda film: replace(film, takes=(replace(film.takes[0], clip="other/x.mp4"),)), "belongs to another film"),
    (lambda film: replace(film, takes=(replace(film.takes[0], sha256="0" * 64),)), "is gone or changed"),
    (lambda film: replace(film, takes=(replace(film.takes[0], cost_micro_usd=1),)), "its jobs come to"),
)


async def examined(film: Set, folder: Path) -> Patient:
    return Patient(
        studio=film.house.studio,
        films=await patient.films(film.house.studio),
        files=files.listed(folder / "clips"),
        billed=ledgers.of_stand_ins(film.sandbox.records),
        at_rest=True,
    )


async def found(ill: Patient, *weights: Weight) -> list[str]:
    return [
        str(complaint)
        for held in await rounds.examine(ill)
        for complaint in held.complaints
        if complaint.weight in weights
    ]


async def test_a_whole_film_is_found_whole_and_each_wrong_thing_is_found_with_what_to_do(tmp_path: Path) -> None:
    async with a_set(tmp_path, rules=[rule(Mishap.LOSE_RESPONSE, "google", 1)]) as film:
        await film.say(BOAT)
        await film.say(LAMP)
        well = await examined(film, tmp_path)

        assert await found(well, Weight.BROKEN, Weight.MENDABLE) == []
        (unknown,) = await found(well, Weight.OPEN)
        assert "may have been billed" in unknown
        assert "'shot 2 again' sets it aside" in unknown
        for alter, told in WRONG:
            complaints = await found(replace(well, films=(alter(well.films[0]),)), Weight.BROKEN)
            assert any(told in complaint for complaint in complaints), (told, complaints)

        (stray := tmp_path / "clips" / "stray.mp4").write_bytes(b"")
        stray.with_suffix(".part").write_bytes(b"")
        strays = await found(await examined(film, tmp_path), Weight.OPEN, Weight.MENDABLE)
        assert any("stray.mp4: no row knows it" in complaint for complaint in strays)
        assert any("half-written" in complaint for complaint in strays)


async def test_a_plan_that_a_clock_set_back_left_behind_is_put_right(tmp_path: Path) -> None:
    async with a_set(tmp_path, rules=[rule(Mishap.LOSE_RESPONSE, "google", 1)]) as film:
        await film.say(LAMP)
        store = film.house.studio.store
        (job,) = await store.jobs()
        far = replace(job, state=JobState.ACCEPTED, vendor_id="x", due_us=job.due_us + 86_400_000_000)
        await store.save_job(far, was=job.state)

        late = await examined(film, tmp_path)
        assert any("a clock was set back" in complaint for complaint in await found(late, Weight.MENDABLE))
        assert await times.look_now(late) == 1
        assert not any("a clock" in each for each in await found(await examined(film, tmp_path), Weight.MENDABLE))
