"""Turns, questions and events."""

import asyncio

import pytest

from agent.errors import ConflictError, NotFoundError, StoreError
from agent.events import Json, What
from memory import tables
from memory.engine import queue_up
from memory.rows import EVENT_NUMBERS, lock
from tests.contract.store.building import Film, Ids


async def test_a_turn_keeps_its_words(film: Film) -> None:
    turn_id = await film.store.add_turn(film.conversation_id, "low angle, no lens flare\n手描き")
    assert await film.store.turn_text(turn_id) == "low angle, no lens flare\n手描き"


async def test_a_turn_has_one_reply(film: Film) -> None:
    turn_id = await film.store.add_turn(film.conversation_id, "again")
    await film.store.finish_turn(turn_id, reply="done")
    await film.store.finish_turn(turn_id, reply="done")
    with pytest.raises(ConflictError, match="reply"):
        await film.store.finish_turn(turn_id, reply="something else")


async def test_conversations_are_listed_per_project_oldest_first(film: Film) -> None:
    second = await film.store.open_conversation(film.project.id, door="slack")
    await Film.started(film.store, ids=film.ids, name="Piltover")
    assert await film.store.conversations(film.project.id) == (film.conversation_id, second)


async def test_a_shot_has_one_open_question_at_a_time(film: Film) -> None:
    shot = await film.shot()
    first = await film.store.ask(shot, kind="spend", question={"micro_usd": 7})
    assert await film.store.ask(shot, kind="spend", question={"micro_usd": 8}) == first
    assert await film.store.open_questions(film.project.id) == ((first, shot.id, {"micro_usd": 7, "kind": "spend"}),)


async def test_questions_asked_at_once_are_one_question(film: Film) -> None:
    shot = await film.shot()
    asked = await asyncio.gather(*(film.store.ask(shot, kind="spend", question={"n": n}) for n in range(8)))
    assert len(set(asked)) == 1


async def test_a_question_is_closed_once_and_keeps_the_first_answer(film: Film) -> None:
    shot = await film.shot()
    question = await film.store.ask(shot, kind="spend", question={})
    assert await film.store.answered(question) is None
    answers = await asyncio.gather(*(film.store.answer(question, {"approve": n == 0}) for n in range(4)))
    assert sorted(answers) == [False, False, False, True]
    assert await film.store.answered(question) == {"approve": answers.index(True) == 0}
    assert await film.store.open_questions(film.project.id) == ()


async def test_a_closed_question_makes_room_for_the_next(film: Film) -> None:
    shot = await film.shot()
    first = await film.store.ask(shot, kind="spend", question={})
    await film.store.answer(first, {})
    assert await film.store.ask(shot, kind="spend", question={}) != first


async def test_an_empty_answer_is_an_answer(film: Film) -> None:
    question = await film.store.ask(await film.shot(), kind="spend", question={})
    await film.store.answer(question, {})
    assert await film.store.answered(question) == {}


async def test_an_unknown_question_or_turn_is_not_found(film: Film) -> None:
    for asked in (
        film.store.answer("decision-0", {}),
        film.store.answered("decision-0"),
        film.store.turn_text("turn-0"),
        film.store.finish_turn("turn-0", reply=""),
        film.store.add_turn("conversation-0", ""),
    ):
        with pytest.raises(NotFoundError):
            await asked


async def test_events_rise_and_can_be_resumed(film: Film) -> None:
    async def tell(text: str) -> int:
        event = await film.store.tell(
            What.REMARK, {"text": text}, project_id=film.project.id, conversation_id=film.conversation_id
        )
        return event.number

    numbers = [await tell(str(n)) for n in range(3)]
    assert numbers == sorted(set(numbers))
    rest = await film.store.events(conversation_id=film.conversation_id, after=numbers[0])
    assert [(event.number, event.data) for event in rest] == [(numbers[1], {"text": "1"}), (numbers[2], {"text": "2"})]


async def test_an_event_keeps_all_it_was_told_with(film: Film) -> None:
    shot = await film.shot()
    turn_id = await film.store.add_turn(film.conversation_id, "shoot")
    data: dict[str, Json] = {
        "model": "kling-3.0",
        "channels": {"lens flare": "field"},
        "chance": 0.5,
        "notes": [],
        "why": None,
    }
    told = await film.store.tell(
        What.ROUTE,
        data,
        project_id=film.project.id,
        conversation_id=film.conversation_id,
        shot_id=shot.id,
        turn_id=turn_id,
    )
    assert await film.store.events(conversation_id=film.conversation_id) == (told,)
    assert (told.data, told.shot_id, told.turn_id, told.what) == (data, shot.id, turn_id, What.ROUTE)


async def test_events_told_at_once_have_no_gap_a_reader_could_miss(film: Film) -> None:
    seen: list[int] = []

    async def follow() -> None:
        while len(seen) < 30:
            news = await film.store.events(conversation_id=film.conversation_id, after=seen[-1] if seen else 0)
            seen.extend(event.number for event in news)

    async def tell() -> None:
        await film.store.tell(What.REMARK, {}, project_id=film.project.id, conversation_id=film.conversation_id)

    await asyncio.gather(follow(), *(tell() for _ in range(30)))
    assert len(set(seen)) == 30


async def test_an_event_waits_for_the_one_before_it_to_be_readable(film: Film) -> None:
    async def tell() -> None:
        await film.store.tell(What.REMARK, {}, project_id=film.project.id, conversation_id=film.conversation_id)

    async with film.store.database.writing() as connection:
        await queue_up(connection, line=EVENT_NUMBERS)
        second = asyncio.create_task(tell())
        done, _ = await asyncio.wait([second], timeout=0.2)
        assert not done
    await second


async def test_an_event_cannot_point_into_another_project(film: Film) -> None:
    other = await Film.started(film.store, ids=Ids("other"), name="Piltover")
    shot = await other.shot()
    with pytest.raises(StoreError, match="does not fit"):
        await film.store.tell(
            What.SHOT, {}, project_id=film.project.id, conversation_id=film.conversation_id, shot_id=shot.id
        )
    assert await film.store.events(conversation_id=film.conversation_id) == ()


@pytest.mark.parametrize("address", ["postgres"], indirect=True)  # SQLite has one writer anyway
async def test_a_story_goes_on_while_somebody_changes_its_film(film: Film) -> None:
    async with film.store.database.writing() as changing:
        await lock(changing, tables.projects, film.project.id, what="project")
        event = await film.store.tell(What.REMARK, {}, project_id=film.project.id, conversation_id=film.conversation_id)
    assert event.number
