"""The Slack door, opened: who hears, who acts, and who tells, over one workspace."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import anyio
from pydantic import SecretStr
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from agent.errors import CountersteerError
from agent.threads import Thread
from interfaces.settings import PREFIX, SlackSettings
from interfaces.slack import app as bolt
from interfaces.slack import http_door, images
from interfaces.slack.acts import ACTS
from interfaces.slack.asking import answered
from interfaces.slack.posting import Poster
from interfaces.slack.rights import Identity, identify
from interfaces.slack.taking_up import TakingUp
from interfaces.slack.telling import CHANGES_EVERY_S, Telling
from interfaces.times import sleep
from interfaces.wiring import House


class NoTokenError(CountersteerError):
    """A token is not set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How the door waits.

    Attributes:
        changes_every_s: Between two changes of one message.
    """

    changes_every_s: float = CHANGES_EVERY_S
    sleep: Callable[[float], Awaitable[None]] = field(default=sleep)


class Door:
    """One workspace. What it hears and what it has told are rows: nothing is lost when it closes."""

    def __init__(self, house: House, client: AsyncWebClient, me: Identity, *, secret: str | None, pace: Pace) -> None:
        self.me = me
        poster = Poster(client, house.threads, sleep=pace.sleep, fail=house.studio.fail)
        self._telling = Telling(house, poster, every_s=pace.changes_every_s, sleep=pace.sleep)
        acts = {**ACTS, images.ACTION: images.Images(client).take_in}
        self._taking_up = TakingUp(house, acts=acts, ring=self._telling.ring)
        self.app: AsyncApp = bolt.build(house, client, me, signing_secret=secret, ring=self._heard)

    def _heard(self, thread: Thread) -> None:
        self._taking_up.wake()
        self._telling.ring(thread)

    def called(self) -> http_door.Called:
        """What answers where Slack calls by HTTP."""
        return http_door.called(self.app)

    async def run(self) -> None:
        """Act on what is heard and tell what happens, until cancelled; first what the last process left."""
        await self.recover()
        async with anyio.create_task_group() as group:
            group.start_soon(self._taking_up.run)
            group.start_soon(self._telling.run)

    async def recover(self) -> None:
        """Tell what the last process was in the middle of."""
        await self._taking_up.recover()

    async def take_up(self) -> None:
        """Have all that was heard said at the desk."""
        await self._taking_up.all()

    async def tell(self) -> None:
        """Tell every thread all that has happened."""
        await self._telling.all()


async def open_door(house: House, settings: SlackSettings, *, pace: Pace | None = None) -> Door:
    """The door of the workspace that the bot's token belongs to.

    Raises:
        NoTokenError: No token is set.
        CountersteerError: Slack refuses the token, or the app may not speak.
    """
    token = _needed(settings.bot_token, "BOT_TOKEN")
    # The library's own retries would post twice where a connection broke after a message had arrived.
    client = AsyncWebClient(token=token, base_url=settings.base_url, retry_handlers=[])
    secret = settings.signing_secret.get_secret_value() if settings.signing_secret else None
    return Door(house, client, await identify(client), secret=secret, pace=pace or Pace())


def refuse_without_token(settings: SlackSettings) -> None:
    """Say so early where the bot's token is not set.

    Raises:
        NoTokenError: It is not.
    """
    _needed(settings.bot_token, "BOT_TOKEN")


@asynccontextmanager
async def socket(door: Door, settings: SlackSettings) -> AsyncGenerator[None]:
    """Socket Mode: we call Slack, so no address of ours has to be public.

    Raises:
        NoTokenError: No token for it is set.
        CountersteerError: Slack refuses it.
    """
    token = _needed(settings.app_token, "APP_TOKEN")
    await answered(door.app.client.apps_connections_open(app_token=token))  # its own client would try for ever
    handler = AsyncSocketModeHandler(door.app, token)
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]
        yield
    finally:
        with anyio.CancelScope(shield=True):  # who is stopped closes all the same
            await handler.close_async()  # type: ignore[no-untyped-call]


def _needed(secret: SecretStr | None, name: str) -> str:
    if secret is None:
        raise NoTokenError(f"set {PREFIX}SLACK__{name}; docs/slack.md says where it is found; nothing was started")
    return secret.get_secret_value()
