"""Cards, buttons and modals: what is asked in a thread, and who decides it."""

from dataclasses import replace
from pathlib import Path

import pytest

from agent.events import Json, What
from agent.film import ShotStatus
from agent.inquiries import Kind
from agent.intents import Decide, Draft
from agent.jobs import JobState
from agent.threads import Kind as Came
from agent.threads import Stage
from interfaces.slack.taking_up import STOPPED
from prompts.sheet import PARTS
from tests.conversations.test_slack import told
from tests.support.house import Eyesight, Shooting, limit
from tests.support.slack.house import Filming, a_filming, thread_of
from tests.support.slack.people import button_of, buttons, words
from tests.support.slack.workspace import ADA, JAY, Message

ONE = Shooting((Draft(action="Vi walks through the rain <!channel>"),))
HI = "<@U0STEER>"


async def a_card(filming: Filming) -> Message:
    """The card of a shot whose price is asked about."""
    await limit(filming.film, ask_above_micro_usd=0)
    root = await filming.say(f"{HI} the shot")
    return card_in(filming, root)


def card_in(filming: Filming, root: Message, label: str = "Approve") -> Message:
    cards = [
        each
        for each in filming.workspace.posted(root.thread_ts or root.ts)
        if any(button["text"]["text"] == label for button in buttons(each))
    ]
    assert len(cards) == 1
    return cards[0]


async def submitted(filming: Filming) -> int:
    return len(await filming.film.house.studio.store.jobs(states=tuple(JobState)))


async def test_a_card_shows_the_nine_fields_both_blocks_the_model_why_and_the_price(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        card = await a_card(filming)

        text = words(card)
        assert all(
            f"*{'film attribution' if part == 'attribution' else part}*" in text for part in (*PARTS, "negative")
        )
        assert "$0.42 for 5 s" in text
        assert "kling-v3-legacy" in text
        assert "_[sandbox]_" in text
        assert "to pass every layer" in text
        runs = [
            run for block in card.blocks if block["type"] == "rich_text" for run in block["elements"][0]["elements"]
        ]
        style = await filming.film.house.studio.store.style(filming.film.project.id)
        negative = await filming.film.house.studio.store.negative(filming.film.project.id)
        assert [run["text"] for run in runs if run.get("style") == {"bold": True}] == [style.text]
        code = " ".join(run["text"] for run in runs if run.get("style") == {"code": True})
        assert all(term.text in code for term in negative.terms)
        assert [each["text"]["text"] for each in buttons(card)] == ["Approve", "Other model", "Cancel", "Both blocks"]
        assert "<!channel>" not in "".join(block["text"]["text"] for block in card.blocks if block["type"] == "section")


async def test_a_card_that_is_too_long_for_slack_still_asks(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        store, film = filming.film.house.studio.store, filming.film.project.id
        await store.put_style(film, "gouache " * 1_600, by="owner", why="", seen=1)
        await store.save_project(replace(await store.project(film), excluded=("kling", "seedance", "runway")))
        card = await a_card(filming)

        assert "too long to be shown here" in words(card)
        assert buttons(card)[0]["text"]["text"] == "Approve"


async def test_who_approved_stands_where_the_buttons_were(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        card = await a_card(filming)

        await filming.press(card, "Approve", user=JAY)

        assert buttons(card) == []
        assert f"approved by <@{JAY}>" in words(card)
        assert (await filming.film.shot()).status is ShotStatus.DELIVERED


@pytest.mark.parametrize(
    ("first", "second"), [("Approve", "Cancel"), ("Cancel", "Approve"), ("Approve", "Other model")]
)
async def test_of_two_who_press_at_once_one_decides_and_the_other_is_told(
    tmp_path: Path, first: str, second: str
) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        card = await a_card(filming)

        await filming.people.press(card, first, user=ADA)
        await filming.people.press(card, second, user=JAY)
        await filming.settle()

        assert await submitted(filming) == (1 if first == "Approve" else 0)
        assert len(await filming.film.house.studio.store.conversations(filming.film.project.id)) == 2
        answers = [words(each) for each in filming.workspace.posted(card.thread_ts or "")]
        assert sum("That is decided already." in each for each in answers) == 1
        decided = [await filming.film.house.studio.store.answered(each) for each in await decisions(filming)]
        loser = JAY if decided[0] is not None and decided[0]["by"] == ADA else ADA
        assert f"<@{loser}> That is decided already." in answers


async def test_another_model_is_taken_instead_of_the_one_that_was_asked_about(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        card = await a_card(filming)

        await filming.press(card, "Other model")

        routes = await filming.film.house.studio.store.routes((await filming.film.shot()).id)
        assert len({route.model.split("-")[0] for route in routes}) == 2
        assert "another model was asked for" in words(card)
        assert await submitted(filming) == 0


async def test_what_was_decided_on_the_page_takes_the_buttons_away(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        card = await a_card(filming)

        await filming.film.house.desk.act(
            filming.film.conversation_id,
            project_id=filming.film.project.id,
            text="approve shot 1",
            intents=[Decide(approve=True, shot=1)],
        )
        await filming.settle()

        assert buttons(card) == []
        assert "approved at another door" in words(card)


async def test_a_choice_among_takes_is_made_by_button(tmp_path: Path) -> None:
    eyes = Eyesight(seen=[{"lens flare"}] * 9)
    async with a_filming(tmp_path, planner=ONE, eyes=eyes) as filming:
        root = await filming.say(f"{HI} the shot")
        choice = card_in(filming, root, label="Another model")

        await filming.press(choice, "Circle take 1")

        shot = await filming.film.shot()
        takes = await filming.film.takes()
        assert shot.picked_take_id == takes[0].id
        assert f"<@{ADA}>" in told(filming, root)


async def test_what_is_asked_back_is_answered_by_button_and_only_once(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        root = await filming.say(f"{HI} the shot")
        bound = await filming.film.house.threads.bound(thread_of(root))
        assert bound is not None
        shot = await filming.film.shot()
        store = filming.film.house.studio.store
        question: dict[str, Json] = {"shots": [shot.id], "cost_micro_usd": 0}
        inquiry = await store.inquire(bound.conversation_id, kind=Kind.SPEND, question=question)
        await store.tell(
            What.INQUIRY,
            {"inquiry_id": inquiry, "kind": Kind.SPEND.value},
            project_id=bound.project_id,
            conversation_id=bound.conversation_id,
        )
        await filming.settle()
        asked = card_in(filming, root, label="Yes")

        await filming.press(asked, "No", user=JAY)
        await filming.press(asked, "Yes", user=ADA)

        assert f"<@{JAY}> Left as it was; nothing is changed." in told(filming, root)
        assert f"<@{ADA}> That is decided already." in told(filming, root)


async def test_a_channel_is_about_one_film_chosen_once_and_what_was_said_before_is_done_then(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight(), chosen=False) as filming:
        root = await filming.say(f"{HI} the shot")
        asked = filming.workspace.posted(root.ts)[0]
        assert [each["text"]["text"] for each in buttons(asked)] == ["film", "New film, named as the channel"]
        assert await filming.film.house.studio.store.shots(filming.film.project.id) == ()

        await filming.people.press(asked, "film", user=ADA)
        await filming.people.press(asked, "New film", user=JAY)
        await filming.settle()

        assert len(await filming.film.takes()) == 1
        assert buttons(asked) == []
        assert f"about *film*, chosen by <@{ADA}>" in words(asked)
        assert f"<@{JAY}> The channel is about film already; nothing was changed." in told(filming, root)


async def test_a_new_film_is_named_as_its_channel(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight(), chosen=False) as filming:
        root = await filming.say(f"{HI} the shot")
        await filming.press(filming.workspace.posted(root.ts)[0], "New film")

        film = await filming.film.house.studio.store.project_named("shots")
        assert len(await filming.film.house.studio.store.shots(film.id)) == 1


async def test_both_blocks_are_changed_in_a_modal(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        card = await a_card(filming)
        store, film = filming.film.house.studio.store, filming.film.project.id
        await filming.people.press(card, "Both blocks")
        await filming.workspace.until(lambda: bool(filming.workspace.views))
        [view] = filming.workspace.views

        done = await filming.people.submit(view, {"style": "ink on wet paper", "quality": "lens flare\nhaze"})
        await filming.settle()

        assert done.payload == {}
        assert (await store.style(film)).text == "ink on wet paper"
        assert (await store.negative(film)).quality == ("lens flare", "haze")
        assert "+ style: ink on wet paper" in told(filming, card)


async def test_a_modal_filled_in_from_an_older_version_is_given_back_with_the_difference(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        card = await a_card(filming)
        store, film = filming.film.house.studio.store, filming.film.project.id
        await filming.people.press(card, "Both blocks")
        await filming.workspace.until(lambda: bool(filming.workspace.views))
        [view] = filming.workspace.views
        await store.put_style(film, "chalk", by="owner", why="meanwhile", seen=1)

        late = await filming.people.submit(view, {"style": "ink"})
        again = late.payload["view"]

        assert late.payload["response_action"] == "update"
        assert "- chalk\n+ ink" in words(Message(ts="", channel="", user="", text="", blocks=again["blocks"]))
        assert (await store.style(film)).text == "chalk"

        await filming.people.submit({**again, "id": "V1", "hash": "2"}, {})
        await filming.settle()
        assert (await store.style(film)).text == "ink"


async def test_a_block_is_not_emptied_in_a_modal(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        card = await a_card(filming)
        await filming.people.press(card, "Both blocks")
        await filming.workspace.until(lambda: bool(filming.workspace.views))
        await filming.people.submit(filming.workspace.views[0], {"format": "", "anatomy": "", "quality": ""})
        await filming.settle()

        assert (await filming.film.house.studio.store.negative(filming.film.project.id)).version == 1
        assert "negative block" in told(filming, card).casefold()


async def test_a_button_that_was_being_done_when_the_power_went_is_told_and_not_done_again(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        card = await a_card(filming)
        await filming.people.press(card, "Approve")
        [heard] = await filming.film.house.threads.unfinished()
        assert heard == replace(heard, kind=Came.PRESS, stage=Stage.NEW)
        await filming.film.house.threads.claim(heard.key)

        await filming.door.recover()
        await filming.settle()

        assert STOPPED in told(filming, card)
        assert button_of(card, "Approve")
        assert await submitted(filming) == 0


async def decisions(filming: Filming) -> list[str]:
    story = await filming.film.house.studio.store.events(project_id=filming.film.project.id)
    return [str(event.data["decision_id"]) for event in story if event.what is What.ASK]


async def test_how_far_a_batch_is_stands_in_one_message_of_its_thread_that_changes(tmp_path: Path) -> None:
    async with a_filming(tmp_path, eyes=Eyesight()) as filming:
        await limit(filming.film, ask_above_micro_usd=50_000_000)
        root = await filming.say(f"{HI} plan only: a fox crosses the snow, wide, 5 s")
        await filming.say("plan only: a crow lands on a fence, wide, 5 s", thread=root.ts)
        await filming.people.say("generate all", thread=root.ts)
        await filming.door.take_up()
        await filming.film.house.desk.rest()
        await filming.door.tell()
        await filming.settle()

        (batch,) = [each for each in filming.workspace.posted(root.ts) if each.text.startswith("*Batch*")]
        assert "2 of 2 shots done" in batch.text
        assert batch.edits == 1
