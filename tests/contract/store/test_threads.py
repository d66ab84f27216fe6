"""Threads of a chat service: what is heard once, bound once, chosen once and posted once."""

from dataclasses import replace

import anyio

from agent.threads import Heard, Kind, Posted, Stage, Thread
from tests.contract.store.building import Film

HERE = Thread(team="T1", channel="C1", ts="1.0")
SAID = Heard(key="message/C1/1.0", thread=HERE, user="U1", kind=Kind.MESSAGE, data={"text": "a shot"})


async def test_what_comes_twice_is_heard_once(film: Film) -> None:
    assert [await film.store.hear(SAID), await film.store.hear(replace(SAID, user="U2"))] == [True, False]
    assert await film.store.unfinished() == (SAID,)


async def test_only_one_takes_up_what_was_heard(film: Film) -> None:
    await film.store.hear(SAID)
    assert [await film.store.claim(SAID.key), await film.store.claim(SAID.key)] == [True, False]
    assert await film.store.unfinished() == (replace(SAID, stage=Stage.TAKEN),)


async def test_a_note_is_to_be_told_until_it_was(film: Film) -> None:
    await film.store.hear(SAID)
    await film.store.finish(SAID.key, note="it was empty")
    assert [each.note for each in await film.store.to_tell(HERE)] == ["it was empty"]
    await film.store.finish(SAID.key)
    assert (await film.store.to_tell(HERE), await film.store.unfinished()) == ((), ())


async def test_a_turn_knows_who_said_it(film: Film) -> None:
    turn_id = await film.store.add_turn(film.conversation_id, "a shot")
    await film.store.hear(SAID)
    await film.store.became(SAID.key, turn_id=turn_id)
    found = await film.store.of_turn(turn_id)
    assert found is not None
    assert found.user == "U1"


async def test_the_first_choice_of_a_film_stands(film: Film) -> None:
    other = await Film.started(film.store, ids=film.ids, name="Piltover")
    assert await film.store.choose_film("T1", "C1", project_id=film.project.id, by="U1") == (film.project.id, "U1")
    assert await film.store.choose_film("T1", "C1", project_id=other.project.id, by="U2") == (film.project.id, "U1")
    assert await film.store.film_of("T1", "C1") == (film.project.id, "U1")


async def test_a_thread_is_one_conversation_however_many_ask(film: Film) -> None:
    found: list[str] = []

    async def ask() -> None:
        found.append((await film.store.bind(HERE, project_id=film.project.id, door="slack")).conversation_id)

    async with anyio.create_task_group() as group:
        for _ in range(4):
            group.start_soon(ask)
    assert len(set(found)) == 1
    assert len(await film.store.conversations(film.project.id)) == 2


async def test_a_post_is_begun_once_and_known_by_its_name(film: Film) -> None:
    await film.store.posting(HERE, Posted(key="event:7", living=True))
    await film.store.drawn(HERE, "event:7", ts="2.0", event=7, living=True)
    await film.store.posting(HERE, Posted(key="event:7"))
    assert await film.store.living(HERE) == (Posted(key="event:7", ts="2.0", drawn=7, living=True),)
    await film.store.drawn(HERE, "event:7", ts="2.0", event=9, living=False)
    assert await film.store.living(HERE) == ()


async def test_how_far_a_thread_was_told_survives(film: Film) -> None:
    await film.store.bind(HERE, project_id=film.project.id, door="slack")
    await film.store.told(HERE, event=12)
    found = await film.store.bound(HERE)
    assert found is not None
    assert found.told == 12
    assert await film.store.bound_to(found.conversation_id) == found
