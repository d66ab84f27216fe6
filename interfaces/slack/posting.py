"""What goes out to Slack: written down before it is sent, asked about where nobody knows, and so sent once."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from slack_sdk.web.async_client import AsyncWebClient

from agent.ports import Failpoints
from agent.threads import Posted, Thread, Threads
from interfaces.slack import kit
from interfaces.slack.asking import LimitedError, LostError, RefusedError, answered
from interfaces.slack.kit import Block

EVENT_TYPE = "countersteer_post"
"""Our messages carry their key as metadata under this type; Slack hands it back when asked."""

FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 60.0
PAGE = 200
GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "is_archived"})
DOUBT = "_Slack did not say whether this arrived before; it may stand here twice._"

Sleep = Callable[[float], Awaitable[None]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A file that goes with a message; its name is no other's."""

    data: bytes
    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One message of ours.

    Attributes:
        key: Names it within its thread: it is posted once.
        about: What it shows, for drawing it again.
        living: Whether it changes later.
    """

    key: str
    text: str
    blocks: tuple[Block, ...] = ()
    about: str = ""
    living: bool = False
    clip: Clip | None = None


class Poster:
    """Sends to one workspace, as often as it takes. Only what was refused for good raises."""

    def __init__(self, client: AsyncWebClient, threads: Threads, *, sleep: Sleep, fail: Failpoints) -> None:
        self._client = client
        self._threads = threads
        self._sleep = sleep
        self._fail = fail

    async def post(self, thread: Thread, piece: Piece, *, event: int = 0) -> None:
        """Have it stand in the thread once, whatever happened before.

        Raises:
            RefusedError: It cannot be, and its row waits as begun.
        """
        known = await self._threads.post(thread, piece.key)
        if known is not None and known.ts:
            return
        if known is None:
            await self._threads.posting(thread, Posted(key=piece.key, about=piece.about, living=piece.living))
        sending = _Sending(self._client, thread, piece, unsure=known is not None)
        ts = await self._patiently(sending.attempt)
        await self._fail.reach("slack.posted")
        await self._threads.drawn(thread, piece.key, ts=ts, event=event, living=piece.living)

    async def redraw(self, thread: Thread, post: Posted, piece: Piece, *, event: int) -> None:
        """Show its new state. Twice changes nothing, so nothing is asked; what people took away stays away."""

        async def attempt() -> bool:
            try:
                await answered(
                    self._client.chat_update(
                        channel=thread.channel, ts=post.ts, text=piece.text, blocks=list(piece.blocks)
                    )
                )
            except RefusedError as error:
                if error.error not in GONE:
                    raise
                return False
            return piece.living

        living = await self._patiently(attempt)
        await self._threads.drawn(thread, post.key, ts=post.ts, event=event, living=living)

    async def _patiently(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """What an attempt gives in the end: as late as Slack asks for, and ever less often where it is silent."""
        wait_s = FIRST_WAIT_S
        while True:
            try:
                return await attempt()
            except LimitedError as error:
                await self._sleep(error.after_s)
            except LostError:
                await self._sleep(wait_s)
                wait_s = min(2 * wait_s, LONGEST_WAIT_S)


class _Sending:
    """One message on its way.

    Where nobody knows whether it arrived, the thread is asked first. Where the thread may not be read, it is sent again
    and says so: told twice is a nuisance, a question nobody hears stops a film.
    """

    def __init__(self, client: AsyncWebClient, thread: Thread, piece: Piece, *, unsure: bool) -> None:
        self._client = client
        self._thread = thread
        self._piece = piece
        self._unsure = unsure

    async def attempt(self) -> str:
        """Its name in Slack."""
        piece = self._piece
        if self._unsure:
            try:
                there = await self._there()
            except RefusedError:
                there, piece = "", _doubtful(piece)
            if there:
                return there
        self._unsure = True
        try:
            return await self._send(piece)
        except LimitedError:
            self._unsure = False
            raise

    async def _there(self) -> str:
        """The name of the message in Slack, if it arrived."""
        async for message in self._replies():
            if self._is_it(message):
                return str(message["ts"])
        return ""

    def _is_it(self, message: Mapping[str, Any]) -> bool:
        files: list[str] = [file["name"] for file in message.get("files") or ()]
        clip = self._piece.clip
        return _within(message, "metadata", "event_payload", "key") == self._piece.key or (
            clip is not None and clip.name in files
        )

    async def _replies(self) -> AsyncGenerator[Mapping[str, Any]]:
        cursor = ""
        while True:
            page = await answered(
                self._client.conversations_replies(
                    channel=self._thread.channel,
                    ts=self._thread.ts,
                    limit=PAGE,
                    cursor=cursor,
                    include_all_metadata=True,
                )
            )
            for message in page.data["messages"]:
                yield message
            cursor = _within(page.data, "response_metadata", "next_cursor")
            if not cursor:
                return

    async def _send(self, piece: Piece) -> str:
        if piece.clip is not None:
            return await self._upload(piece.clip, piece.text)
        answer = await answered(
            self._client.chat_postMessage(
                channel=self._thread.channel,
                thread_ts=self._thread.ts,
                text=piece.text,
                blocks=list(piece.blocks) or None,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"key": piece.key}},
                unfurl_links=False,
                unfurl_media=False,
            )
        )
        return str(answer.data["ts"])

    async def _upload(self, clip: Clip, text: str) -> str:
        """The file with its words; Slack names no message for it, so the file's own id stands for it."""
        answer = await answered(
            self._client.files_upload_v2(
                channel=self._thread.channel,
                thread_ts=self._thread.ts,
                content=clip.data,
                filename=clip.name,
                title=clip.title,
                alt_txt=clip.title,
                initial_comment=text,
            )
        )
        return str(answer.data["file"]["id"])


def _doubtful(piece: Piece) -> Piece:
    """The same, saying so; where a message has blocks they are all that is shown of it."""
    blocks = (*piece.blocks, *kit.context(DOUBT)) if piece.blocks else ()
    return replace(piece, text=f"{piece.text}\n{DOUBT}", blocks=blocks)


def _within(data: Mapping[str, Any], *path: str) -> str:
    """A text inside of objects, any of which may be missing."""
    *outer, last = path
    for step in outer:
        data = cast(Mapping[str, Any], data.get(step) or {})
    return str(data.get(last) or "")
