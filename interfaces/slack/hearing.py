"""What comes from Slack, stored under a key of its own; whoever sends it again finds it there."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from agent.events import Json
from agent.threads import Heard, Kind, Stage, Thread, Threads
from interfaces.slack.modals import Sent
from interfaces.slack.rights import Identity
from interfaces.slack.wording import plain

Body = Mapping[str, Any]

SPOKEN = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""Subtypes of what a person wrote; each other one tells of something else (docs.slack.dev/reference/events/message)."""

EDITED = "You changed a message that I had acted on. Say what is to change as a new message; nothing was done again."
DELETED = "A message that I had acted on was deleted. What was done of it stays; say undo to take it back."


class Hearing:
    """Stores, and does nothing else: what is kept here is acted on afterwards, whatever happens in between.

    Args:
        ring: Told of each thread in which something was stored.
    """

    def __init__(self, threads: Threads, me: Identity, *, ring: Callable[[Thread], None]) -> None:
        self._threads = threads
        self._me = me
        self._ring = ring

    async def event(self, event: Body) -> None:
        """A message, a mention, an edit, a deletion: each kept once, if it is meant for us.

        A mention arrives as two events, and each of them again where Slack had no answer in time: they are one message.
        """
        subtype = event.get("subtype", "")
        if subtype == "message_changed":
            await self._changed(event, event["message"], EDITED)
        elif subtype == "message_deleted":
            await self._changed(event, event.get("previous_message") or {}, DELETED)
        elif subtype in SPOKEN and not self._by_a_program(event):
            await self._spoken(event)

    async def press(self, body: Body) -> None:
        """A button: who pressed which, and where."""
        action, user, thread = body["actions"][0], body["user"], self.thread_of(body)
        data: dict[str, Json] = {
            "action": action["action_id"].partition(":")[0],
            "nth": action["action_id"].partition(":")[2],
            "value": action.get("value", ""),
            "name": user.get("name", ""),
            "channel": body["channel"].get("name", ""),
        }
        key = f"press/{thread.team}/{thread.channel}/{body['message']['ts']}/{user['id']}/{action['action_ts']}"
        await self._keep(Heard(key=key, thread=thread, user=user["id"], kind=Kind.PRESS, data=data))

    def thread_of(self, pressed: Body) -> Thread:
        """Where the message of a button stands."""
        message = pressed["message"]
        return self._thread(pressed["channel"]["id"], message.get("thread_ts") or message["ts"])

    async def form(self, body: Body, sent: Sent) -> None:
        """A modal that was filled in."""
        user, view = body["user"], body["view"]
        key = f"form/{sent.thread.team}/{view['id']}/{user['id']}/{view.get('hash', '')}"
        data: dict[str, Json] = {
            **sent.texts,
            "seen": {**sent.seen},
            "forms": [*sent.forms],
            "name": user.get("name", ""),
        }
        await self._keep(Heard(key=key, thread=sent.thread, user=user["id"], kind=Kind.FORM, data=data))

    def _by_a_program(self, event: Body) -> bool:
        """Whether we wrote it, or another bot: two that answer each other would never end."""
        return bool(event.get("bot_id")) or event.get("user") in (None, self._me.user, "USLACKBOT")

    async def _spoken(self, event: Body) -> None:
        thread = self._thread(event["channel"], event.get("thread_ts") or event["ts"])
        text = str(event.get("text", ""))
        if not await self._meant_for_us(event, thread, text):
            return
        names: list[Json] = [*_files(event)]
        data: dict[str, Json] = {"text": plain(text, bot=self._me.user), "files": names}
        key = self._key(event["channel"], event["ts"])
        await self._keep(Heard(key=key, thread=thread, user=event["user"], kind=Kind.MESSAGE, data=data))

    async def _meant_for_us(self, event: Body, thread: Thread, text: str) -> bool:
        """Whether it was said to us: directly, by name, or in a thread that is a conversation already."""
        if event.get("channel_type") == "im" or f"<@{self._me.user}>" in text or event["type"] == "app_mention":
            return True
        return "thread_ts" in event and await self._threads.spoken(thread)

    async def _changed(self, event: Body, message: Body, told: str) -> None:
        """An edit or deletion of what became a turn is answered once; one that only gained a preview is not."""
        ts = str(message.get("ts") or event.get("deleted_ts", ""))
        before = await self._threads.heard(self._key(event["channel"], ts))
        if before is None or (
            told is EDITED and plain(message.get("text", ""), bot=self._me.user) == before.data["text"]
        ):
            return
        key = f"{before.key}/{event.get('event_ts') or event.get('ts', '')}"
        note = Heard(key=key, thread=before.thread, user=before.user, kind=Kind.NOTE, stage=Stage.TELL, note=told)
        await self._keep(note)

    async def _keep(self, heard: Heard) -> None:
        await self._threads.hear(heard)
        self._ring(heard.thread)

    def _thread(self, channel: str, ts: str) -> Thread:
        return Thread(team=self._me.team, channel=channel, ts=ts)

    def _key(self, channel: str, ts: str) -> str:
        return f"message/{self._me.team}/{channel}/{ts}"


def _files(event: Body) -> Iterator[Json]:
    for file in event.get("files") or ():
        yield {"id": file.get("id", ""), "name": file.get("name") or "a file", "type": file.get("mimetype", "")}
