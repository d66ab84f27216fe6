"""A whole film at one look says the same as shot by shot, and leaves out what nobody looks at on a board."""

from dataclasses import replace

import pytest

from agent.errors import ConflictError, NotFoundError
from agent.events import What
from agent.film import PassedOver, Shot, Take
from agent.jobs import JobState
from memory.store import SqlStore
from prompts.blocks import StyleBlock
from tests.contract.store.building import Film, Ids, a_verdict

PICTURE = "/9j/4AAQ+SkZJRg=="


async def a_judged_take(film: Film, shot: Shot) -> Take:
    """A take whose verdict holds a picture."""
    take = await film.take(shot)
    verdict = a_verdict(take)
    finding = verdict.findings[0]
    tricky = replace(finding.evidence[0], picture=PICTURE, sentence='says "picture": "no" on a sign')
    shown = replace(finding, evidence=(tricky,))
    await film.store.keep_verdict(replace(verdict, findings=(shown,)), trial=None, entries=())
    return take


async def test_verdicts_come_without_their_pictures_and_otherwise_as_they_are(film: Film) -> None:
    take = await a_judged_take(film, await film.shot())

    found = await film.store.film_verdicts(film.project.id)

    whole = await film.store.verdict(take.id)
    assert whole is not None
    evidence = whole.findings[0].evidence[0]
    bare = replace(whole.findings[0], evidence=(replace(evidence, picture=""),))
    assert evidence.picture == PICTURE
    assert found == {take.id: replace(whole, findings=(bare,))}


async def test_routes_of_a_film_leave_out_the_models_passed_over(film: Film) -> None:
    shot = await film.shot()
    route = replace(await film.route(shot), id="route-2", passed_over=(PassedOver(model="veo", why="dear"),))
    await film.store.keep_route(film.project.id, route)

    board = await film.store.film_routes(film.project.id)
    one = await film.store.film_routes(film.project.id, shot_id=shot.id)

    assert board[1] == replace(route, passed_over=())
    assert one[1] == route


async def test_each_look_is_at_one_film_or_one_shot(store: SqlStore, film: Film, ids: Ids) -> None:
    other = await Film.started(store, ids=ids, name="other")
    first, second = await film.shot(), await film.shot()
    for owner, shot in ((film, first), (film, second), (other, await other.shot())):
        await a_judged_take(owner, shot)

    film_id = film.project.id
    assert [job.shot_id for job in await store.film_jobs(film_id)] == [first.id, second.id]
    assert [job.shot_id for job in await store.film_jobs(film_id, shot_id=second.id)] == [second.id]
    assert [route.shot_id for route in await store.film_routes(film_id, shot_id=first.id)] == [first.id]
    assert (len(await store.film_verdicts(film_id)), len(await store.film_verdicts(film_id, shot_id=first.id))) == (
        2,
        1,
    )


async def test_money_by_shot_counts_what_the_ceilings_count(film: Film) -> None:
    taken, waiting, failed = await film.shot(), await film.shot(), await film.shot()
    await film.take(taken, cost_micro_usd=350_000)
    await film.accepted(waiting, micro_usd=400_000)
    await film.move(await film.accepted(failed), JobState.FAILED)

    by_shot = await film.store.spent_by_shot(film.project.id)

    assert by_shot == {taken.id: 350_000, waiting.id: 400_000}
    assert sum(by_shot.values()) == await film.store.spent_micro_usd(film.project.id)


async def test_progress_is_the_last_that_was_told_of_a_shot(film: Film) -> None:
    shot, silent = await film.shot(), await film.shot()
    told = ((shot.id, 0.25), (shot.id, 0.5), (silent.id, None))
    for shot_id, share in told:
        await film.store.tell(
            What.PROGRESS,
            {"share": share},
            project_id=film.project.id,
            conversation_id=film.conversation_id,
            shot_id=shot_id,
        )

    found = await film.store.progress(film.project.id)

    assert {shot_id: share for shot_id, (_, share) in found.items()} == {shot.id: 0.5}


async def test_events_of_a_film_and_of_all_are_read_after_a_number(store: SqlStore, film: Film, ids: Ids) -> None:
    other = await Film.started(store, ids=ids, name="other")
    told = [
        await store.tell(What.REMARK, {}, project_id=each.project.id, conversation_id=each.conversation_id)
        for each in (film, other, film)
    ]

    assert [event.number for event in await store.events(project_id=film.project.id)] == [
        told[0].number,
        told[2].number,
    ]
    assert await store.events(after=told[0].number) == tuple(told[1:])
    assert (await store.last_event(other.project.id), await store.last_event()) == (told[1].number, told[2].number)


async def test_a_film_where_nothing_happened_has_no_last_event(film: Film) -> None:
    assert await film.store.last_event(film.project.id) == 0


async def test_every_version_of_a_block_is_read_with_who_wrote_it_and_why(film: Film) -> None:
    await film.store.put_style(film.project.id, "chalk", by="owner", why="a change of heart", seen=1)

    first, second = await film.store.styles(film.project.id)

    assert (second.block, second.by, second.why) == (StyleBlock(text="chalk", version=2), "owner", "a change of heart")
    assert first.block.version == 1
    assert [version.block.version for version in await film.store.negatives(film.project.id)] == [1]


async def test_a_turn_is_kept_once_under_its_id(film: Film) -> None:
    await film.store.add_turn(film.conversation_id, "a shot", turn_id="turn-7")

    with pytest.raises(ConflictError, match="turn-7"):
        await film.store.add_turn(film.conversation_id, "a shot", turn_id="turn-7")

    assert [said.text for said in await film.store.turns(film.conversation_id)] == ["a shot"]


async def test_turns_that_nobody_answered_can_be_found(film: Film) -> None:
    answered = await film.store.add_turn(film.conversation_id, "one")
    waiting = await film.store.add_turn(film.conversation_id, "two")
    await film.store.finish_turn(answered, reply="done")

    assert [said.id for said in await film.store.unanswered()] == [waiting]
    assert (await film.store.turn(answered)).reply == "done"


async def test_conversations_are_read_with_their_door(film: Film) -> None:
    talk = await film.store.conversation(film.conversation_id)

    assert (talk.project_id, talk.door) == (film.project.id, "script")
    assert await film.store.talks(film.project.id) == (talk,)
    with pytest.raises(NotFoundError):
        await film.store.conversation("nowhere")
