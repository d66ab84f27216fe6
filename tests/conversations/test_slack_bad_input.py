"""What nobody expects in a thread: bots, edits, deletions, files, walls of text, marks that would call everybody."""

from io import BytesIO
from pathlib import Path
from typing import Any

import anyio
import pytest
from PIL import Image

from agent.intents import Draft
from interfaces.slack import wording
from interfaces.slack.hearing import DELETED, EDITED
from tests.conversations.test_slack import told, turns
from tests.support.house import Eyesight, Shooting
from tests.support.slack.house import Filming, a_filming
from tests.support.slack.workspace import ADA, BOT, BOT_ID, CHANNEL, Message

ONE = Shooting((Draft(action="Vi walks through the rain"),))
HI = "<@U0STEER>"


def png() -> bytes:
    """A small image."""
    buffer = BytesIO()
    Image.new("RGB", (320, 180), (30, 60, 90)).save(buffer, "PNG")
    return buffer.getvalue()


async def told_of(filming: Filming, **event: Any) -> None:
    """An event that no message of a person is."""
    inner = {"type": "message", "channel": CHANNEL, "channel_type": "channel", **event}
    await filming.people.door.deliver("events_api", filming.people.event(inner))
    await filming.settle()


@pytest.mark.parametrize(
    "by",
    [
        {"user": "U0OTHER", "bot_id": "B0OTHER", "subtype": "bot_message"},
        {"user": "U0OTHER", "bot_id": "B0OTHER"},
        {"user": BOT, "bot_id": BOT_ID},
        {"user": "USLACKBOT"},
    ],
)
async def test_programs_are_not_answered(tmp_path: Path, by: dict[str, str]) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        root = await filming.say(f"{HI} the shot")
        before = told(filming, root)

        await told_of(filming, text=f"{HI} the shot again", ts=filming.workspace.next_ts(), thread_ts=root.ts, **by)

        assert await turns(filming) == ["the shot"]
        assert told(filming, root) == before


async def test_an_edit_is_no_turn_and_says_so_once(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        root = await filming.say(f"{HI} the shot")
        edited = {"user": ADA, "ts": root.ts, "text": f"{HI} ten shots", "edited": {"user": ADA, "ts": "1"}}
        for _ in range(2):
            await told_of(filming, subtype="message_changed", message=edited, ts="9.0", event_ts="9.0", hidden=True)

        assert await turns(filming) == ["the shot"]
        assert told(filming, root).count(EDITED) == 1


async def test_an_edit_is_answered_while_the_door_runs_by_itself(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        root = await filming.say(f"{HI} the shot")
        edited = {"user": ADA, "ts": root.ts, "text": f"{HI} ten shots"}
        inner = {"type": "message", "channel": CHANNEL, "subtype": "message_changed", "message": edited, "ts": "9.0"}
        async with anyio.create_task_group() as group:
            group.start_soon(filming.door.run)
            await filming.people.door.deliver("events_api", filming.people.event(inner))
            await filming.workspace.until(lambda: EDITED in told(filming, root))
            group.cancel_scope.cancel()


async def test_a_preview_that_slack_adds_to_a_message_is_no_edit(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        root = await filming.say(f"{HI} the shot")
        same = {"user": ADA, "ts": root.ts, "text": root.text, "attachments": [{"title": "a page"}]}
        await told_of(filming, subtype="message_changed", message=same, ts="9.0", event_ts="9.0", hidden=True)

        assert EDITED not in told(filming, root)


async def test_what_was_done_of_a_deleted_message_stays_and_is_said_to(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        root = await filming.say(f"{HI} the shot")
        await told_of(filming, subtype="message_deleted", deleted_ts=root.ts, ts="9.0", event_ts="9.0", hidden=True)

        assert len(await filming.film.takes()) == 1
        assert told(filming, root).count(DELETED) == 1


async def test_joining_a_channel_and_other_peoples_edits_are_left_alone(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        await told_of(filming, subtype="channel_join", user=ADA, text=f"<@{ADA}> has joined", ts="9.0")
        other = {"user": ADA, "ts": "8.0", "text": "lunch at two"}
        await told_of(filming, subtype="message_changed", message=other, ts="9.0", event_ts="9.0")

        assert await filming.film.house.threads.all_threads() == ()


async def test_files_nobody_asked_for_are_not_taken_in_and_said_to_be_left(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        file = {"id": "F9", "name": "plan <b>.pdf", "mimetype": "application/pdf"}
        root = await filming.people.say(f"{HI} the shot", subtype="file_share", files=[file])
        await filming.settle()

        assert await turns(filming) == ["the shot"]
        assert "A file was not taken in, because nobody asked for it: plan &lt;b&gt;.pdf" in told(filming, root)
        assert filming.workspace.called("files.info") == []
        assert await filming.film.house.studio.store.references(filming.film.project.id) == ()


async def test_an_image_becomes_a_reference_when_somebody_asks_for_it(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        data = png()
        filming.workspace.files["F9"] = {"id": "F9", "name": "alley.png", "size": len(data), "data": data}
        file = {"id": "F9", "name": "alley.png", "mimetype": "image/png"}
        root = await filming.people.say(f"{HI} the shot", subtype="file_share", files=[file])
        await filming.settle()
        offer = next(each for each in filming.workspace.posted(root.ts) if "alley.png" in each.text)

        await filming.press(offer, "Use alley.png")

        [(reference, _)] = await filming.film.house.studio.store.references(filming.film.project.id)
        assert reference.label == "alley"
        assert f"<@{ADA}> alley is a reference of the film now." in told(filming, root)


async def test_a_message_of_forty_thousand_characters_is_a_turn(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        text = "rain " * 8_000
        await filming.say(f"{HI} {text}")

        assert [len(said) for said in await turns(filming)] == [len(text.strip())]


@pytest.mark.parametrize(("text", "reason"), [("a" * 100_001, "100,000 is the most"), ("", "That was empty")])
async def test_what_cannot_be_a_turn_is_answered_with_the_reason(tmp_path: Path, text: str, reason: str) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        root = await filming.say(f"{HI} {text}")

        assert await turns(filming) == []
        assert reason in told(filming, root)


async def test_the_events_of_another_workspace_are_refused(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        message = Message(ts=filming.workspace.next_ts(), channel=CHANNEL, user=ADA, text=f"{HI} the shot")
        foreign = {**filming.people.events_of(message)[1], "team_id": "T0OTHER"}
        foreign["authorizations"] = [{"team_id": "T0OTHER", "user_id": BOT, "is_bot": True}]
        await filming.people.door.deliver("events_api", foreign)

        assert await filming.film.house.threads.unfinished() == ()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<@U0STEER> low angle, 5 s", "low angle, 5 s"),
        ("as in <https://a.b/c|the plate> &amp; <#C1|refs>", "as in https://a.b/c & #refs"),
        ("<!here> ask <@U0JAY|jay> &lt;b&gt;", "@here ask @jay <b>"),
        ("&amp;lt;b&amp;gt; stays", "&lt;b&gt; stays"),
    ],
)
def test_slacks_marks_are_read_as_what_the_person_saw(written: str, read: str) -> None:
    assert wording.plain(written, bot="U0STEER") == read


def test_what_we_write_calls_nobody() -> None:
    assert wording.escaped("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"


@pytest.mark.parametrize("text", ["line\n" * 3_000, "x" * 12_000, "&amp;" * 2_000])
def test_a_long_text_is_cut_into_parts_that_fit_and_lose_nothing(text: str) -> None:
    found = list(wording.parts(text))
    assert all(len(part) <= wording.LONGEST_POST for part in found)
    assert "".join(found).replace("\n", "") == text.replace("\n", "")
    assert not any(part.startswith(("amp;", "mp;", "p;", ";")) for part in found)
