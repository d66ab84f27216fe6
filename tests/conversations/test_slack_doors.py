"""Both doors as a person starts them, and what the app's manifest asks for."""

from pathlib import Path

import anyio
import httpx
import pytest
import yaml
from starlette.applications import Starlette

from agent.errors import CountersteerError
from agent.intents import Draft
from interfaces.command import slack_door
from interfaces.settings import Settings, SlackSettings
from interfaces.slack import door as opening
from interfaces.slack.door import NoTokenError, open_door, socket
from interfaces.slack.late import LateDoor
from interfaces.slack.rights import SCOPES, UnreachableError
from interfaces.wiring import Parts
from tests.conversations.test_slack import turns
from tests.support.house import Eyesight, Shooting, a_set, blank
from tests.support.slack.doors import HttpDoor, signed
from tests.support.slack.house import HOST, Naps, a_filming, a_workspace
from tests.support.slack.people import People
from tests.support.slack.workspace import ADA, CHANNEL, TEAM, Message, Mishap, Workspace
from tools.sandbox import app
from tools.sandbox.clock import Pace
from tools.sandbox.faultplan import FaultPlan

ONE = Shooting((Draft(action="Vi walks through the rain"),))
HI = "<@U0STEER>"
MANIFEST = Path(__file__).parents[2] / "docs" / "slack-manifest.yaml"


async def test_the_command_listens_acts_and_tells_until_it_is_stopped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = Workspace()
    async with a_set(tmp_path) as film:
        await film.house.threads.choose_film(TEAM, CHANNEL, project_id=film.project.id, by="U0ADA")
    stand_ins = app.build(folder=tmp_path / "sandbox", seed=1, pace=Pace(factor=0.05), plan=FaultPlan(), draw=blank)
    parts = Parts(sandbox=stand_ins, eyes=Eyesight(), planner=ONE)
    async with a_workspace(workspace) as (slack, far_end), anyio.create_task_group() as group:
        settings = Settings(folder=tmp_path, sandbox_pace=0.001, slack=slack)

        async def listen() -> None:
            await slack_door.listen(settings, parts=parts)

        group.start_soon(listen)
        root = await People(workspace, far_end).say(f"{HI} the shot")
        await workspace.until(lambda: ends_well(workspace.posted(root.ts)))
        group.cancel_scope.cancel()

    assert "Listening to Slack." in capsys.readouterr().out


async def test_slack_may_call_under_the_public_name_of_the_service_and_nobody_else(tmp_path: Path) -> None:
    async with a_filming(tmp_path, planner=ONE, eyes=Eyesight(), host="https://films.example") as filming:
        await filming.say(f"{HI} the shot")

        assert await turns(filming) == ["the shot"]
        assert (await filming.http.http.get("/api/films")).status_code == 421


async def test_slack_goes_on_where_its_connection_is_let_go(tmp_path: Path) -> None:
    workspace = Workspace()
    async with a_set(tmp_path) as film, a_workspace(workspace) as (slack, far_end):
        door = await open_door(film.house, slack)
        await film.house.threads.choose_film(TEAM, CHANNEL, project_id=film.project.id, by="U0ADA")
        async with socket(door, slack):
            people = People(workspace, far_end)
            await people.say(f"{HI} the shot")
            await far_end.refresh()
            await people.say(f"{HI} another")

        heard = await film.house.threads.unfinished()
        assert [each.data["text"] for each in heard] == ["the shot", "another"]


def ends_well(posted: list[Message]) -> bool:
    """Whether a shot is delivered in the story's words, and in the message that changes."""
    texts = "\n".join(each.text for each in posted)
    return "*Shot 1*  DELIVERED: take 1" in texts and "*Shot 1*  delivered: take 1" in texts


@pytest.mark.parametrize("missing", ["bot_token", "app_token"])
async def test_a_token_that_is_not_set_is_named(tmp_path: Path, missing: str) -> None:
    async with a_workspace(Workspace()) as (slack, _):
        settings = Settings(folder=tmp_path, slack=slack.model_copy(update={missing: None}))
        with pytest.raises(BaseExceptionGroup) as stopped:
            await slack_door.listen(settings)
    assert stopped.group_contains(NoTokenError, match=f"COUNTERSTEER_SLACK__{missing.upper()}")


async def test_a_token_that_slack_refuses_is_told(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film, a_workspace(Workspace()) as (slack, _):
        wrong = SlackSettings(bot_token=slack.app_token, base_url=slack.base_url)
        with pytest.raises(CountersteerError, match="invalid_auth"):
            await open_door(film.house, wrong)


async def test_a_slack_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    async with a_workspace(Workspace()) as (slack, _):
        pass
    async with a_set(tmp_path) as film:
        with pytest.raises(UnreachableError, match=f"cannot be reached at {slack.base_url}"):
            await open_door(film.house, slack)


async def test_a_served_house_opens_without_slack_and_hears_it_once_slack_answers(tmp_path: Path) -> None:
    workspace, naps, told = Workspace(), Naps(), list[str]()
    workspace.mishaps.append(Mishap(method="auth.test", status=500, times=3))
    async with a_set(tmp_path) as film, a_workspace(workspace) as (slack, _), anyio.create_task_group() as group:
        opened = anyio.Event()
        late = LateDoor(
            film.house, slack, opened=lambda _: opened.set(), tell=told.append, pace=opening.Pace(sleep=naps)
        )
        transport = httpx.ASGITransport(app=Starlette(routes=[late.route]))
        async with httpx.AsyncClient(transport=transport, base_url=HOST) as http:
            people, door = People(workspace, HttpDoor(http)), HttpDoor(http)
            message = Message(ts=workspace.next_ts(), channel=CHANNEL, user=ADA, text=f"{HI} the shot")
            said = signed("events_api", people.events_of(message)[1])

            assert (await door.send(said)).status == 503
            group.start_soon(late.run)
            await opened.wait()
            assert (await door.send(said)).status == 200
        group.cancel_scope.cancel()

    assert naps.taken[:3] == [2, 4, 8]
    assert [line.startswith("Slack: Slack cannot be reached at") for line in told] == [True]


async def test_libraries_that_are_not_installed_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def nothing(name: str) -> None:
        return None

    monkeypatch.setattr(slack_door, "find_spec", nothing)
    with pytest.raises(CountersteerError, match=r"pip install 'countersteer\[slack\]'"):
        await slack_door.listen(Settings(folder=tmp_path))


def test_the_manifest_asks_for_the_scopes_that_are_used_and_no_others() -> None:
    manifest = yaml.safe_load(MANIFEST.read_text())
    assert manifest["oauth_config"]["scopes"]["bot"] == sorted(SCOPES)
    assert manifest["settings"]["socket_mode_enabled"] is True


def test_every_scope_is_explained_where_the_app_is_made() -> None:
    page = (MANIFEST.parent / "slack.md").read_text()
    assert all(f"`{scope}`" in page for scope in SCOPES)
