"""Slack refuses, limits, breaks and forgets to answer; people forge and replay: nothing is lost, nothing is doubled."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from agent.intents import Draft
from interfaces.slack.door import open_door
from interfaces.slack.http_door import Replays
from interfaces.slack.posting import DOUBT
from interfaces.slack.rights import NoRightsError
from tests.support.house import Eyesight, Shooting, limit
from tests.support.slack.doors import signed
from tests.support.slack.house import Filming, a_filming, a_workspace
from tests.support.slack.people import buttons, words
from tests.support.slack.workspace import CHANNEL, Message, Mishap, Workspace

ONE = Shooting((Draft(action="Vi walks through the rain"),))
HI = "<@U0STEER>"
METHODS = ("chat.postMessage", "chat.update", "files.completeUploadExternal", "files.getUploadURLExternal", "upload")


def posts(filming: Filming, root: Message) -> list[str]:
    """What the app says in a thread, as it reads without the names that differ from run to run."""
    return [words(each).split("take_")[0] for each in filming.workspace.posted(root.ts, channel=root.channel)]


async def undisturbed(folder: Path) -> list[str]:
    """The same thread when nothing goes wrong."""
    async with a_filming(folder, planner=ONE, eyes=Eyesight()) as filming:
        return posts(filming, await step_by_step(filming))


async def step_by_step(filming: Filming) -> Message:
    """One shot, told when its message was acted on and again at the end, so that a message of ours changes."""
    root = await filming.people.say(f"{HI} the shot")
    await filming.door.take_up()
    await filming.film.house.desk.rest()
    await limit(filming.film, ask_above_micro_usd=0)
    await filming.settle()
    await filming.press(asking(filming, root), "Approve")
    return root


def asking(filming: Filming, root: Message) -> Message:
    return next(each for each in filming.workspace.posted(root.ts) if buttons(each))


@pytest.mark.parametrize(
    ("status", "done"),
    [(429, False), (500, False), (500, True), (0, False), (0, True)],
    ids=["limited", "broken", "broken after it was done", "cut", "cut after it was done"],
)
async def test_what_slack_failed_at_stands_in_the_thread_once(tmp_path: Path, status: int, *, done: bool) -> None:
    workspace = Workspace()
    workspace.mishaps = [Mishap(method=method, status=status, done=done, times=2) for method in METHODS]
    async with a_filming(tmp_path / "troubled", planner=ONE, eyes=Eyesight(), workspace=workspace) as filming:
        root = await step_by_step(filming)

        assert posts(filming, root) == await undisturbed(tmp_path / "quiet")
        assert all(mishap.times < 2 for mishap in workspace.mishaps)


async def test_slack_is_waited_for_as_long_as_it_asks(tmp_path: Path) -> None:
    workspace = Workspace()
    workspace.mishaps = [Mishap(method="chat.postMessage", status=429, retry_after_s=37)]
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight(), workspace=workspace) as filming:
        await filming.say(f"{HI} the shot")

        assert filming.naps.taken == [37.0]


async def test_where_the_thread_may_not_be_read_a_post_that_may_be_there_twice_says_so(tmp_path: Path) -> None:
    workspace = Workspace()
    workspace.scopes.remove("channels:history")
    workspace.mishaps = [Mishap(method="chat.postMessage", status=500, done=True)]
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight(), workspace=workspace) as filming:
        root = await filming.say(f"{HI} the shot")

        assert Counter(DOUBT in each for each in posts(filming, root))[True] == 1


class PowerCut(BaseException):
    """What no handler catches."""


class Cut:
    """The power goes the first time a place is reached."""

    def __init__(self, at: str) -> None:
        self._at = at

    async def reach(self, name: str) -> None:
        """Go, if this is the place."""
        if name == self._at:
            self._at = ""
            raise PowerCut


async def plainly(folder: Path) -> list[str]:
    """The thread of a shot that asks nothing."""
    async with a_filming(folder, planner=ONE, eyes=Eyesight()) as filming:
        return posts(filming, await filming.say(f"{HI} the shot"))


async def test_what_was_posted_when_the_power_went_is_not_posted_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace()

    async with a_filming(tmp_path / "cut", planner=ONE, eyes=Eyesight(), workspace=workspace) as filming:
        root = await filming.people.say(f"{HI} the shot")
        await filming.door.take_up()
        await filming.film.house.desk.rest()
        await filming.film.house.worker.run(until_rest=True)
        for _ in range(4):
            monkeypatch.setattr(filming.film.house.studio.fail, "reach", Cut("slack.posted").reach)
            with pytest.raises(PowerCut):
                await filming.door.tell()

    async with a_filming(tmp_path / "cut", planner=ONE, eyes=Eyesight(), workspace=workspace) as filming:
        await filming.settle()

        assert posts(filming, root) == await plainly(tmp_path / "quiet")


async def test_what_was_stored_and_not_posted_when_the_power_went_is_posted_at_the_next_start(tmp_path: Path) -> None:
    workspace = Workspace()
    async with a_filming(tmp_path / "cut", planner=ONE, eyes=Eyesight(), workspace=workspace) as filming:
        root = await filming.people.say(f"{HI} the shot")  # only stored: nobody has acted on it

    async with a_filming(tmp_path / "cut", planner=ONE, eyes=Eyesight(), workspace=workspace) as filming:
        await filming.settle()

        assert posts(filming, root) == await plainly(tmp_path / "quiet")


@pytest.mark.parametrize(
    ("forged", "why"),
    [({"secret": "another"}, "the wrong secret"), ({"age_s": 400}, "too old"), ({"age_s": -400}, "from the future")],
)
async def test_what_slack_did_not_sign_now_is_refused(tmp_path: Path, forged: dict[str, object], why: str) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        door = filming.http
        [event, _] = filming.people.events_of(a_message(filming))

        answer = await door.send(signed("events_api", event, **forged))  # type: ignore[arg-type]  # either is one of its arguments

        assert answer.status == 401, why
        assert await filming.film.house.threads.unfinished() == ()


async def test_an_altered_or_unsigned_request_is_refused(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        door = filming.http
        request = signed("events_api", filming.people.events_of(a_message(filming))[0])

        altered = await door.send(replace(request, body=request.body.replace(b"the shot", b"ten more")))
        unsigned = await door.send(replace(request, headers={"content-type": "application/json"}))

        assert (altered.status, unsigned.status) == (401, 401)
        assert await filming.film.house.threads.unfinished() == ()


async def test_a_request_that_was_taken_in_is_refused_when_it_is_replayed(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        door = filming.http
        request = signed("events_api", filming.people.events_of(a_message(filming))[0])

        assert [(await door.send(request)).status for _ in range(2)] == [200, 401]
        assert len(await filming.film.house.threads.unfinished()) == 1


def test_a_signature_is_remembered_for_as_long_as_it_would_be_taken() -> None:
    now = [0.0]
    replays = Replays(now_s=lambda: now[0])
    replays.keep("v0=a")
    now[0] = 599.0
    assert replays.knows("v0=a")
    now[0] = 601.0
    assert not replays.knows("v0=a")


async def test_a_request_is_not_acknowledged_before_it_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        door = filming.http
        with monkeypatch.context() as full:
            full.setattr(type(filming.film.house.threads), "hear", disk_full)
            request = signed("events_api", filming.people.events_of(a_message(filming))[0])
            assert (await door.send(request)).status == 500

        assert (await door.send(request)).status == 200
        assert len(await filming.film.house.threads.unfinished()) == 1


async def test_an_app_that_may_not_speak_is_not_started_and_told_which_scope_it_lacks(tmp_path: Path) -> None:
    workspace = Workspace()
    workspace.scopes -= {"chat:write", "files:write"}
    async with a_filming(tmp_path) as filming, a_workspace(workspace) as (settings, _):
        with pytest.raises(NoRightsError, match=r"chat:write \(to answer\); files:write \(to show clips\)"):
            await open_door(filming.film.house, settings)


async def test_a_scope_that_is_taken_away_in_the_middle_is_named_and_the_words_still_come(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight()) as filming:
        filming.workspace.scopes.remove("files:write")
        root = await filming.say(f"{HI} the shot")

        told = "\n".join(posts(filming, root))
        assert "the app lacks the scope files:write" in told
        assert "take 1: PASS" in told
        assert "DELIVERED" in told


def a_message(filming: Filming) -> Message:
    return Message(ts=filming.workspace.next_ts(), channel=CHANNEL, user="U0ADA", text=f"{HI} the shot")


async def disk_full(*_: object, **__: object) -> bool:
    raise OSError("no space left on device")
