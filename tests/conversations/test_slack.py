"""A film directed from Slack's threads, through both doors, with the same story everywhere."""

from pathlib import Path

import anyio
import pytest

from agent.events import What
from agent.film import ShotStatus
from agent.intents import Draft, Plan, Scene
from tests.support.house import Eyesight, Shooting, a_set
from tests.support.slack.house import Filming, Way, a_filming, thread_of
from tests.support.slack.people import words
from tests.support.slack.talk import a_talk
from tests.support.slack.workspace import ADA, CHANNEL, DIRECT, JAY, TEAM, Message

ONE = Shooting((Draft(action="Vi walks through the rain"),))
HI = "<@U0STEER>"


def told(filming: Filming, there: Message) -> str:
    """All that the app says in the thread of a message."""
    root = there.thread_ts or there.ts
    return "\n".join(words(each) for each in filming.workspace.posted(root, channel=there.channel))


async def turns(filming: Filming) -> list[str]:
    """What became turns, in all conversations of the film."""
    store = filming.film.house.studio.store
    talks = await store.conversations(filming.film.project.id)
    return [said.text for talk in talks for said in await store.turns(talk)]


@pytest.mark.parametrize("way", list(Way))
async def test_a_film_is_directed_in_threads(tmp_path: Path, way: Way) -> None:
    eyes = Eyesight(seen=[set(), {"lens flare"}])
    async with a_filming(tmp_path, way=way, eyes=eyes) as filming:
        first = await filming.say(f"{HI} low angle of Vi walking through the rain, 5 s")
        second = await filming.say(f"{HI} wide shot of Jinx on the roof at night, 5 s", user=JAY)
        await filming.say("shot 1 again", thread=first.ts)
        await filming.say("circle take 2 of shot 1", thread=first.ts)

        shots = await filming.film.house.studio.store.shots(filming.film.project.id)
        assert [shot.status for shot in shots] == [ShotStatus.DELIVERED] * 2
        assert len(await filming.film.house.studio.store.conversations(filming.film.project.id)) == 3
        clips = [file["title"] for each in filming.workspace.posted(first.ts) for file in each.files]
        assert clips == [f"Shot 1, take {n}, kling-v3-legacy [sandbox]" for n in (1, 2)]
        assert "SEEN: lens flare" in told(filming, second)
        takes = await filming.film.house.studio.store.takes(project_id=filming.film.project.id)
        made = [await filming.film.house.studio.clips.read(take.clip) for take in takes]
        assert sorted(file["data"] for file in filming.workspace.files.values()) == sorted(made)


async def test_how_a_shot_is_getting_on_is_one_message_that_ends_at_the_last_state(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        root = await filming.people.say(f"{HI} the shot")
        async with anyio.create_task_group() as group:
            for work in (filming.door.run, filming.film.house.worker.run):
                group.start_soon(work)
            await filming.workspace.until(lambda: "*Shot 1*  delivered: take 1" in told(filming, root))
            group.cancel_scope.cancel()

        heads = [each.text for each in filming.workspace.posted(root.ts) if each.text.startswith("*Shot 1*  delivered")]
        assert heads == ["*Shot 1*  delivered: take 1"]
        assert told(filming, root).count("goes to kling-v3-legacy [sandbox]") == 1


@pytest.mark.parametrize("way", list(Way))
async def test_the_same_event_four_times_is_one_turn(tmp_path: Path, way: Way) -> None:
    async with a_filming(tmp_path, way=way, planner=ONE, eyes=Eyesight()) as filming:
        message = filming.workspace.add(a_message(filming, f"{HI} the shot"))
        (plain, mention) = filming.people.events_of(message)
        for retry in range(4):
            for event in (mention, plain):
                assert (await filming.people.door.deliver("events_api", event, retry=retry)).status == 200
        await filming.settle()

        assert await turns(filming) == ["the shot"]
        assert len(await filming.film.takes()) == 1


@pytest.mark.parametrize("way", list(Way))
async def test_only_the_retry_arrives_and_is_one_turn(tmp_path: Path, way: Way) -> None:
    async with a_filming(tmp_path, way=way, planner=ONE, eyes=Eyesight()) as filming:
        message = filming.workspace.add(a_message(filming, f"{HI} the shot"))
        await filming.people.door.deliver("events_api", filming.people.events_of(message)[1], retry=1)
        await filming.settle()

        assert await turns(filming) == ["the shot"]


async def test_a_message_is_acknowledged_while_the_turn_before_it_is_still_being_thought_about(tmp_path: Path) -> None:
    thinking = anyio.Event()

    class Slow:
        async def plan(self, message: str, *, scene: Scene) -> Plan:
            await thinking.wait()
            return await ONE.plan(message, scene=scene)

    async with a_filming(tmp_path, planner=Slow(), eyes=Eyesight()) as filming:
        root = await filming.people.say(f"{HI} the shot")
        await filming.door.take_up()

        await filming.people.say("and another", thread=root.ts)  # returns with its acknowledgement

        thinking.set()
        await filming.settle()
        assert await turns(filming) == ["the shot", "and another"]


async def test_what_is_said_in_slack_is_at_once_in_the_film_that_everybody_sees(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight(), host="http://127.0.0.1") as filming:
        root = await filming.people.say(f"{HI} the shot")
        await filming.door.take_up()
        bound = await filming.film.house.threads.bound(thread_of(root))
        assert bound is not None

        at = f"/api/films/{filming.film.project.id}/conversations/{bound.conversation_id}"
        story = (await filming.http.http.get(f"{at}/story")).json()
        assert (story[0]["what"], story[0]["data"]["text"]) == ("request", "the shot")


async def test_what_is_said_on_the_page_is_told_in_the_thread(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        root = await filming.say(f"{HI} the shot")
        bound = await filming.film.house.threads.bound(thread_of(root))
        assert bound is not None
        await filming.film.house.desk.hear(
            bound.conversation_id, project_id=bound.project_id, text="one <!channel> more"
        )
        await filming.settle()

        assert "_Said at another door:_\none &lt;!channel&gt; more" in told(filming, root)
        assert "the shot" not in [each.text for each in filming.workspace.posted(root.ts)]


async def test_a_direct_message_needs_no_mention(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        await filming.film.house.threads.choose_film(TEAM, DIRECT, project_id=filming.film.project.id, by=ADA)
        root = await filming.say("the shot", channel=DIRECT)

        assert "DELIVERED" in told(filming, root)


async def test_talk_in_a_channel_that_is_not_meant_for_it_is_left_alone(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        lunch = await filming.say("lunch at one?")
        await filming.say("sure", thread=lunch.ts, user=JAY)

        assert (await turns(filming), filming.workspace.posted(lunch.ts)) == ([], [])


async def test_a_script_can_be_said_in_a_thread(tmp_path: Path) -> None:
    async with a_set(tmp_path, planner=ONE) as film, a_talk(film.house, film.project.id) as talk:
        await talk.say("the shot")
        await film.house.worker.run(until_rest=True)
        story = await film.house.desk.story(talk.conversation_id)

        assert (story[0].what, story[-1].what) == (What.REQUEST, What.DELIVER)
        assert any(each.files for each in await talk.tell())


def a_message(filming: Filming, text: str) -> Message:
    return Message(ts=filming.workspace.next_ts(), channel=CHANNEL, user=ADA, text=text)
