"""The Bolt app: each handler stores, and only then lets Slack know that it came."""

import re
import secrets
from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from agent.threads import Thread
from interfaces.slack import modals
from interfaces.slack.hearing import Hearing
from interfaces.slack.rights import Identity
from interfaces.wiring import House

Body = dict[str, Any]


def build(
    house: House, client: AsyncWebClient, me: Identity, *, signing_secret: str | None, ring: Callable[[Thread], None]
) -> AsyncApp:
    """The handlers of both doors.

    What is not stored is not acknowledged, so Slack sends it again. The events of another workspace are refused.
    """

    async def authorize(team_id: str | None) -> AuthorizeResult | None:
        if team_id != me.team:
            return None
        return AuthorizeResult(
            enterprise_id=None, team_id=team_id, bot_token=client.token, bot_id=me.bot, bot_user_id=me.user
        )

    app = AsyncApp(
        name="countersteer",
        client=AsyncWebClient(base_url=client.base_url, retry_handlers=[]),
        authorize=authorize,  # type: ignore[arg-type]  # None is how Bolt is told that it is not installed
        signing_secret=signing_secret or secrets.token_hex(),  # without one nothing signed can be ours
        process_before_response=True,
    )
    _Handlers(house, client, Hearing(house.threads, me, ring=ring)).join(app)
    return app


class _Handlers:
    """Slack's names for what comes, each led to where it is stored."""

    def __init__(self, house: House, client: AsyncWebClient, hearing: Hearing) -> None:
        self._house = house
        self._client = client
        self._hearing = hearing

    def join(self, app: AsyncApp) -> None:
        """Hear what the manifest subscribes to."""
        for kind in ("message", "app_mention"):
            app.event(kind)(self.event)
        app.action(modals.CALLBACK)(ack=_acknowledge, lazy=[self.open])
        app.action(re.compile(".*"))(self.press)
        app.view(modals.CALLBACK)(self.send)

    async def event(self, event: Body) -> None:
        """A message or a mention."""
        await self._hearing.event(event)

    async def press(self, ack: AsyncAck, body: Body) -> None:
        """A button."""
        await self._hearing.press(body)
        await ack()

    async def open(self, body: Body) -> None:
        """Both blocks; Slack gives three seconds for it, and it keeps nothing."""
        thread = self._hearing.thread_of(body)
        film = await self._house.threads.film_of(thread.team, thread.channel)
        if film is not None:
            view = await modals.view(self._house.studio.store, film[0], thread)
            await self._client.views_open(trigger_id=body["trigger_id"], view=view)

    async def send(self, ack: AsyncAck, body: Body) -> None:
        """A modal: stored to be done; or given back with the difference, where it was filled in from an old version."""
        store = self._house.studio.store
        sent = await modals.read(store, body["view"])
        again = await modals.again(store, sent)
        if again is not None:
            await ack(response_action="update", view=again)
            return
        if sent.forms:
            await self._hearing.form(body, sent)
        await ack()


async def _acknowledge(ack: AsyncAck) -> None:
    await ack()
