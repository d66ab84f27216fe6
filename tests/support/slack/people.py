"""What people do in a workspace, as the events and interactions that Slack makes of it."""

import itertools
import json
from typing import Any, cast

from tests.support.slack.doors import Ack, Door
from tests.support.slack.workspace import ADA, APP, BOT, CHANNEL, DIRECT, TEAM, Json, Message, Workspace


class People:
    """Everybody in the workspace, at the doors of the app."""

    def __init__(self, workspace: Workspace, door: Door) -> None:
        self.workspace = workspace
        self.door = door
        self._events = itertools.count(1)

    async def say(
        self, text: str, *, thread: str | None = None, user: str = ADA, channel: str = CHANNEL, **more: Any
    ) -> Message:
        """Write a message, in a thread where one is named; ``more`` are further fields of its event."""
        message = Message(ts=self.workspace.next_ts(), channel=channel, user=user, text=text, thread_ts=thread)
        self.workspace.add(message)
        for event in self.events_of(message, **more):
            await self.door.deliver("events_api", event)
        return message

    def events_of(self, message: Message, **more: Any) -> list[Json]:
        """What the app is told of a message: also as a mention, where it is one."""
        thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
        said = {"user": message.user, "text": message.text, "ts": message.ts, "channel": message.channel, **thread}
        of = "im" if message.channel == DIRECT else "channel"
        plain = {"type": "message", "channel_type": of, "event_ts": message.ts, **said, **more}
        mention = {"type": "app_mention", "event_ts": message.ts, **said, **more}
        mentioned = f"<@{BOT}>" in message.text and of == "channel"
        return [self.event(each) for each in ([plain, mention] if mentioned else [plain])]

    def event(self, inner: Json) -> Json:
        """The envelope of the Events API around an event, under a name of its own."""
        outer = {"token": "unused", "team_id": TEAM, "api_app_id": APP, "type": "event_callback"}
        authorized = [{"team_id": TEAM, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}]
        return {**outer, "event": inner, "event_id": f"Ev{next(self._events):08d}", "authorizations": authorized}

    async def press(self, message: Message, label: str, *, user: str = ADA) -> Ack:
        """Press the button that reads so."""
        return await self.door.deliver("interactive", self.pressed(message, label, user=user))

    def pressed(self, message: Message, label: str, *, user: str = ADA) -> Json:
        """What the app is told of it."""
        return {
            "type": "block_actions",
            **self._who(user),
            "container": {"type": "message", "message_ts": message.ts, "channel_id": message.channel},
            "channel": {"id": message.channel, "name": "shots"},
            "message": message.wire(),
            "actions": [{**button_of(message, label), "action_ts": self.workspace.next_ts()}],
        }

    async def submit(self, view: Json, values: dict[str, str], *, user: str = ADA) -> Ack:
        """Send a modal whose fields, by their block, now read so; the others stay as they were."""
        held: Json = {}
        for block in view["blocks"]:
            if block["type"] == "input":
                text = values.get(block["block_id"], block["element"].get("initial_value", ""))
                field = {"type": block["element"]["type"], "value": text or None}
                held[block["block_id"]] = {block["element"]["action_id"]: field}
        sent = {"type": "view_submission", **self._who(user), "view": {**view, "state": {"values": held}}}
        return await self.door.deliver("interactive", sent)

    def _who(self, user: str) -> Json:
        name = user.removeprefix("U0").lower()
        return {
            "user": {"id": user, "username": name, "name": name, "team_id": TEAM},
            "team": {"id": TEAM, "domain": "film"},
            "api_app_id": APP,
            "token": "unused",
            "trigger_id": f"{self.workspace.next_ts()}.trigger",
        }


def buttons(message: Message) -> list[Json]:
    """The buttons of a message."""
    actions = [block for block in message.blocks if block["type"] == "actions"]
    return [element for block in actions for element in block["elements"]]


def button_of(message: Message, label: str) -> Json:
    """The button that begins so."""
    found = next((each for each in buttons(message) if each["text"]["text"].startswith(label)), None)
    assert found is not None, f"no button {label!r} on {json.dumps(message.blocks)}"
    return {"block_id": "b", **found}


def words(message: Message) -> str:
    """Everything a person reads of a message."""
    return "\n".join([message.text, *(_words(block) for block in message.blocks)])


def _words(part: Any) -> str:
    if not isinstance(part, dict):
        return "\n".join(_words(each) for each in part or ())
    held = cast(Json, part)
    text = held.get("text")
    own = text if isinstance(text, str) else _words(text)
    return own + "".join(_words(held[name]) for name in ("elements", "fields") if name in held)
