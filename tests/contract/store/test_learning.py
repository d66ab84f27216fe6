"""Labels, scores, looks and calibrations."""

from dataclasses import replace

import pytest

from agent.errors import ConflictError
from agent.film import Take
from agent.findings import Grade, Sight
from agent.history import Act, Cause, Subject
from agent.learning import UNCALIBRATED, Axis, Calibration, Label, Limit, Look, Mistakes, Score
from prompts.blocks import Layer
from tests.contract.store.building import Film, a_verdict

AXIS = Axis(
    kind="v1",
    centre=(0.5, 1.0),
    spread=(1.0, 2.0),
    weights=(0.25, -0.5),
    offset=0.125,
    guard=0.5,
    threshold=1.5,
    accepted=11,
    rejected=10,
    auc=0.875,
)


def a_score(take: Take, *, value: float | None = 0.25) -> Score:
    return Score(
        take_id=take.id,
        check="blur",
        terms=("blurry", "soft"),
        grade=Grade.A,
        sight=Sight.ABSENT,
        lines=720,
        value=value,
        guard=0.5,
        threshold=0.75,
    )


def a_label(take: Take, *, accepted: bool = True) -> Label:
    return Label(take_id=take.id, shot_id=take.shot_id, accepted=accepted, terms=() if accepted else ("blurry",))


async def a_cause(film: Film) -> Cause:
    return Cause(turn_id=await film.store.add_turn(film.conversation_id, "circle it"))


async def test_what_a_check_read_is_kept_with_the_verdict(film: Film) -> None:
    take = await film.take()
    look = Look(take_id=take.id, kind="v1", numbers=(0.5, -1.25))
    await film.store.keep_verdict(a_verdict(take), trial=None, entries=(), scores=[a_score(take)], look=look)
    assert await film.store.scores(film.project.id) == (a_score(take),)
    assert await film.store.looks(film.project.id) == (look,)


async def test_a_second_look_takes_the_place_of_the_first(film: Film) -> None:
    take = await film.take()
    for value in (0.25, 0.5):
        look = Look(take_id=take.id, kind="v1", numbers=(value,))
        scores = [a_score(take, value=value)]
        await film.store.keep_verdict(a_verdict(take), trial=None, entries=(), scores=scores, look=look)
    assert [score.value for score in await film.store.scores(film.project.id)] == [0.5]
    assert [look.numbers for look in await film.store.looks(film.project.id)] == [(0.5,)]


async def test_no_project_learns_from_another(film: Film) -> None:
    other = await Film.started(film.store, ids=film.ids, name="Piltover")
    take = await other.take()
    look = Look(take_id=take.id, kind="v1", numbers=())
    await film.store.keep_verdict(a_verdict(take), trial=None, entries=(), scores=[a_score(take)], look=look)
    await film.store.label(other.project.id, a_label(take))
    await film.store.put_calibration(other.project.id, UNCALIBRATED, by="owner", why="")
    mine = film.project.id
    found = (await film.store.scores(mine), await film.store.looks(mine), await film.store.labels(mine))
    assert found == ((), (), ())
    assert await film.store.calibration(mine) == UNCALIBRATED


async def test_a_later_word_on_a_take_replaces_the_earlier_one_and_both_are_in_the_history(film: Film) -> None:
    take, cause = await film.take(), await a_cause(film)
    await film.store.label(film.project.id, a_label(take), cause=cause)
    await film.store.label(film.project.id, a_label(take, accepted=False), cause=cause)
    assert await film.store.labels(film.project.id) == (a_label(take, accepted=False),)
    first, second = [change for change in await film.store.changes(film.project.id) if change.subject is Subject.LABEL]
    assert (first.subject_id, first.before) == (take.shot_id, None)
    assert second.before is not None
    assert (second.before["accepted"], second.after["accepted"]) == (True, False)


async def test_a_word_can_be_taken_back_once(film: Film) -> None:
    take, cause = await film.take(), await a_cause(film)
    await film.store.label(film.project.id, a_label(take), cause=cause)
    for _ in range(2):
        await film.store.unlabel(film.project.id, take.id, cause=replace(cause, act=Act.UNDO, of=cause.turn_id))
    assert await film.store.labels(film.project.id) == ()
    assert [change.act for change in await film.store.changes(film.project.id)] == [Act.DO, Act.UNDO]


async def test_calibrations_are_versions_of_the_project(film: Film) -> None:
    limit = Limit(check="blur", guard=0.5, threshold=0.75, accepted=19, alpha=0.05, lines=720, blind=True)
    learned = Calibration(limits=(limit,), mistakes={Layer.QUALITY: Mistakes(misses=0.25)}, style=AXIS)
    first = await film.store.put_calibration(film.project.id, learned, by="owner", why="calibrate")
    second = await film.store.put_calibration(film.project.id, replace(first, style=None), by="owner", why="again")
    assert (first.version, second.version) == (1, 2)
    assert await film.store.calibration(film.project.id) == second
    assert await film.store.calibration(film.project.id, version=1) == replace(learned, version=1)
    assert await film.store.calibration(film.project.id, version=0) == UNCALIBRATED


async def test_a_calibration_made_from_an_older_one_is_refused(film: Film) -> None:
    await film.store.put_calibration(film.project.id, UNCALIBRATED, by="owner", why="")
    with pytest.raises(ConflictError, match=r"at version 1 by now.*calibrate again"):
        await film.store.put_calibration(film.project.id, UNCALIBRATED, by="owner", why="")
