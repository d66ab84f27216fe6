"""The story as it happens: every event once, in order, from wherever a caller left off."""

from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import anyio
import pytest

from agent.events import Event
from agent.intents import Draft
from interfaces.api.feed import Feed
from tests.support.house import Eyesight, Set, Shooting, a_set

ONE = Shooting((Draft(action="Vi walks through the rain"),))


@pytest.fixture
async def made(tmp_path: Path) -> AsyncIterator[Set]:
    """A film with one delivered shot."""
    async with a_set(tmp_path, eyes=Eyesight(), planner=ONE) as film:
        await film.say("the shot")
        yield film


async def heard(feed: Feed, film: Set, *, after: int = 0, count: int) -> list[Event]:
    """The first events that a follower hears."""
    found: list[Event] = []
    async for event in feed.follow(after=after, conversation_id=film.conversation_id):
        found.append(event)
        if len(found) == count:
            break
    return found


async def test_who_follows_late_hears_the_same_story(made: Set) -> None:
    story = await made.events()

    assert await heard(Feed(made.house.studio.store), made, count=len(story)) == story


async def test_who_comes_back_goes_on_behind_the_last_event_heard(made: Set) -> None:
    story = await made.events()

    assert await heard(Feed(made.house.studio.store), made, after=story[3].number, count=len(story) - 4) == story[4:]


async def test_what_happens_meanwhile_is_heard_by_all_who_follow_once_and_in_order(made: Set) -> None:
    feed = Feed(made.house.studio.store, every_s=0.001)
    before = len(await made.events())
    told: list[list[Event]] = []

    async def follow() -> None:
        told.append(await heard(feed, made, count=2 * before))

    async with anyio.create_task_group() as group:
        for _ in range(3):
            group.start_soon(follow)
        await made.say("the shot")

    story = await made.events()
    assert told == [story[: 2 * before]] * 3
    assert all(one.number < two.number for one, two in pairwise(told[0]))


async def test_who_falls_behind_what_is_held_reads_the_rest_from_the_store(made: Set) -> None:
    feed = Feed(made.house.studio.store, every_s=0.001, kept=2)
    story = await made.events()
    follower = feed.follow(after=0, conversation_id=made.conversation_id)
    first = await anext(follower)

    await made.say("the shot")
    await heard(feed, made, after=story[-1].number, count=2)  # somebody else looks meanwhile
    rest = [first] + [await anext(follower) for _ in range(2 * len(story) - 1)]

    assert rest == (await made.events())[: 2 * len(story)]


async def test_other_films_are_not_heard(made: Set) -> None:
    store = made.house.studio.store
    other = await made.house.project("other", create=True)
    talk = await store.open_conversation(other.id, door="test")
    feed = Feed(store, every_s=0.001)
    told: list[Event] = []

    async def follow() -> None:
        async for event in feed.follow(after=0, project_id=other.id):
            told.append(event)
            return

    async with anyio.create_task_group() as group:
        group.start_soon(follow)
        await made.say("the shot")
        await made.house.desk.say(talk, project_id=other.id, text="the shot")

    assert [event.project_id for event in told] == [other.id]


async def test_who_follows_comes_to_an_end_when_the_server_stops(made: Set) -> None:
    feed = Feed(made.house.studio.store, every_s=0.001)
    ended = anyio.Event()

    async def follow() -> None:
        async for _ in feed.follow(after=0, conversation_id=made.conversation_id):
            pass
        ended.set()

    async with anyio.create_task_group() as group:
        group.start_soon(follow)
        await heard(feed, made, count=1)
        feed.close()
        await ended.wait()
