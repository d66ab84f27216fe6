"""What the eyes learn while a film is made: labels of circled and rejected takes, and takes made without a term."""

from pathlib import Path

from agent.findings import Sight
from agent.learning import Calibration, Limit
from tests.support.house import Eyesight, Set, a_set

FOX = "a fox crosses the snow, wide, 35mm, 5 s, with Kling"


async def labels(film: Set) -> list[tuple[int, bool, tuple[str, ...]]]:
    store = film.house.studio.store
    numbers = {take.id: take.number for take in await store.takes(project_id=film.project.id)}
    return [(numbers[each.take_id], each.accepted, each.terms) for each in await store.labels(film.project.id)]


async def test_circling_a_take_labels_it_and_undo_takes_the_label_back(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say(FOX)
        assert await labels(film) == []  # a delivery is the machine's word, not the person's
        await film.say("circle take 1")
        assert await labels(film) == [(1, True, ())]
        assert "counts neither as accepted nor as rejected now" in await film.say("undo")
        assert await labels(film) == []
        await film.say("redo")
        assert await labels(film) == [(1, True, ())]


async def test_rejecting_a_take_labels_it_with_what_was_wrong_and_undo_brings_the_earlier_word_back(
    tmp_path: Path,
) -> None:
    async with a_set(tmp_path) as film:
        await film.say(FOX)
        await film.say("circle take 1")
        await film.say("reject take 1, extra fingers")
        ((number, accepted, terms),) = await labels(film)
        assert (number, accepted) == (1, False)
        assert terms == ("extra fingers",)
        assert "counts as accepted again" in await film.say("undo")
        assert await labels(film) == [(1, True, ())]


async def test_every_reading_of_an_inspected_take_is_kept_with_its_verdict(tmp_path: Path) -> None:
    async with a_set(tmp_path, eyes=Eyesight([{"live action"}])) as film:
        await film.say(FOX)
        scores = await film.house.studio.store.scores(film.project.id)
        first = (await film.takes())[0]
        assert {score.sight for score in scores if score.take_id == first.id} == {Sight.SEEN, Sight.ABSENT}


async def test_a_calibration_of_the_film_reaches_the_eyes_and_the_routing_rule(tmp_path: Path) -> None:
    eyes = Eyesight()
    async with a_set(tmp_path, eyes=eyes) as film:
        limit = Limit(check="blur", guard=1.0, threshold=2.0, accepted=9)
        store = film.house.studio.store
        stored = await store.put_calibration(film.project.id, Calibration(limits=(limit,)), by="owner", why="")
        await film.say(FOX)
        assert eyes.calibration == stored


async def test_a_term_set_aside_for_a_shot_is_looked_for_all_the_same_and_counts_as_made_without(
    tmp_path: Path,
) -> None:
    async with a_set(tmp_path, eyes=Eyesight([set(), {"lens flare"}])) as film:
        await film.say(FOX)
        await film.say("shot 1: allow the lens flare")
        (line,) = [each for each in await film.house.studio.store.ledger(film.project.id) if each.term == "lens flare"]
        assert (line.sent, line.absent, line.without, line.seen_without) == (1, 1, 1, 1)
        verdict = await film.house.studio.store.verdict((await film.takes())[-1].id)
        assert verdict is not None
        assert "lens flare" not in verdict.reason  # it decides nothing
        assert verdict.hints == ()
        answer = await film.say("is 'lens flare' doing anything on Kling?")
        assert "without it seen in 1 of 1" in answer
        assert "too few takes to say whether naming it does anything" in answer
