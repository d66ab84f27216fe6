"""The Web API over a workspace: the methods the app may use, with the errors that Slack's documents name."""

import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.support.slack.blocks import complaint, view_complaint
from tests.support.slack.workspace import BOT, BOT_ID, CHANNEL, DIRECT, TEAM, Json, Message, Workspace

BOT_TOKEN, APP_TOKEN = "xoxb-loopback", "xapp-loopback"
LONGEST_TEXT = 40_000

NEEDS = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.replies": "channels:history",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
}


class Refused(Exception):
    """The method answers ``ok: false``."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.answer = {"ok": False, "error": error, **more}


class WebApi:
    """Answers under ``/api/``, and takes uploads under ``/upload/``."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.origin = ""
        self._methods: dict[str, Callable[[Json], Json]] = {
            "auth.test": self._auth,
            "apps.connections.open": self._connect,
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "conversations.replies": self._replies,
            "files.getUploadURLExternal": self._upload_url,
            "files.completeUploadExternal": self._complete,
            "files.info": self._file,
            "views.open": self._view,
        }

    def routes(self) -> list[web.RouteDef]:
        """Where it answers."""
        return [
            web.route("*", "/api/{method}", self._call),
            web.post("/upload/{file}", self._take),
            web.get("/download/{file}", self._give),
        ]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        given = await _given(request)
        return await self._troubled(request, method, lambda: self._answer(method, given, request), given)

    async def _troubled(
        self, request: web.Request, method: str, work: Callable[[], web.Response], given: Json
    ) -> web.StreamResponse:
        mishap = self.workspace.mishap(method)
        answer = work() if mishap is None or mishap.done else None
        self.workspace.record(method, given)
        if mishap is None:
            assert answer is not None
            return answer
        if mishap.status == 0 and request.transport is not None:
            request.transport.close()
        if mishap.status == 429:
            limited = {"ok": False, "error": "ratelimited"}
            return web.json_response(limited, status=429, headers={"Retry-After": str(mishap.retry_after_s)})
        return web.Response(text="<html>Server Error</html>", content_type="text/html", status=500)

    def _answer(self, method: str, given: Json, request: web.Request) -> web.Response:
        scopes = ",".join(sorted(self.workspace.scopes))
        try:
            self._refuse(method, request)
            answer = {"ok": True, **self._methods[method](given)}
        except Refused as refused:
            answer = refused.answer
        return web.json_response(answer, headers={"x-oauth-scopes": scopes})

    def _refuse(self, method: str, request: web.Request) -> None:
        wanted = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        if request.headers.get("Authorization") != f"Bearer {wanted}":
            raise Refused("invalid_auth")
        needed = NEEDS.get(method)
        if needed and needed not in self.workspace.scopes:
            raise Refused("missing_scope", needed=needed, provided=",".join(sorted(self.workspace.scopes)))

    def _auth(self, given: Json) -> Json:
        return {"url": self.origin, "team_id": TEAM, "team": "film", "user": "steer", "user_id": BOT, "bot_id": BOT_ID}

    def _connect(self, given: Json) -> Json:
        return {"url": f"{self.origin.replace('http', 'ws', 1)}/link"}

    def _post(self, given: Json) -> Json:
        channel = _channel(given)
        if given.get("thread_ts") and self.workspace.find(given["thread_ts"], channel=channel) is None:
            raise Refused("thread_not_found")
        metadata: Json = _parsed(given.get("metadata", {}))
        if metadata and set(metadata) != {"event_type", "event_payload"}:
            raise Refused("invalid_metadata_format")
        message = Message(
            ts=self.workspace.next_ts(),
            channel=channel,
            user=BOT,
            text=_text(given),
            thread_ts=given.get("thread_ts"),
            blocks=_blocks(given),
            metadata=metadata,
        )
        self.workspace.add(message)
        return {"channel": channel, "ts": message.ts, "message": message.wire()}

    def _update(self, given: Json) -> Json:
        message = self.workspace.find(given["ts"], channel=_channel(given))
        if message is None:
            raise Refused("message_not_found")
        if not message.ours:
            raise Refused("cant_update_message")
        message.text, message.blocks, message.edits = _text(given), _blocks(given), message.edits + 1
        return {"channel": message.channel, "ts": message.ts, "text": message.text}

    def _replies(self, given: Json) -> Json:
        found = self.workspace.thread(given["ts"], channel=_channel(given))
        if not found:
            raise Refused("thread_not_found")
        start = int(given.get("cursor") or 0)
        end = start + int(given.get("limit", 1000))
        page = [each.wire() for each in found[start:end]]
        if str(given.get("include_all_metadata", "")).lower() not in ("1", "true"):
            page = [{name: value for name, value in each.items() if name != "metadata"} for each in page]
        more = end < len(found)
        return {"messages": page, "has_more": more, "response_metadata": {"next_cursor": str(end) if more else ""}}

    def _upload_url(self, given: Json) -> Json:
        file = f"F{len(self.workspace.files) + 1:06d}"
        self.workspace.files[file] = {"id": file, "name": given["filename"], "length": int(given["length"])}
        return {"upload_url": f"{self.origin}/upload/{file}", "file_id": file}

    def _complete(self, given: Json) -> Json:
        files: list[Json] = _parsed(given["files"])
        for each in files:
            held = self.workspace.files.get(each["id"])
            if held is None or len(held.get("data", b"")) != held["length"]:
                raise Refused("file_not_found")
            held["title"] = each.get("title", "")
        shown = [{name: self.workspace.files[each["id"]][name] for name in ("id", "name", "title")} for each in files]
        if given.get("channel_id"):
            self.workspace.add(
                Message(
                    ts=self.workspace.next_ts(),
                    channel=given["channel_id"],
                    user=BOT,
                    text=given.get("initial_comment", ""),
                    thread_ts=given.get("thread_ts"),
                    files=shown,
                )
            )
        return {"files": shown}

    def _file(self, given: Json) -> Json:
        held = self.workspace.files.get(given["file"])
        if held is None:
            raise Refused("file_not_found")
        file = {name: value for name, value in held.items() if name != "data"}
        return {"file": {**file, "url_private_download": f"{self.origin}/download/{held['id']}"}}

    def _view(self, given: Json) -> Json:
        view: Json = _parsed(given["view"])
        told = view_complaint(view)
        if told:
            raise Refused("invalid_arguments", response_metadata={"messages": [told]})
        self.workspace.views.append({**view, "id": f"V{len(self.workspace.views) + 1}"})
        return {"view": self.workspace.views[-1]}

    async def _take(self, request: web.Request) -> web.StreamResponse:
        data = await request.read()
        held = self.workspace.files[request.match_info["file"]]

        def store() -> web.Response:
            held["data"] = data
            return web.Response(text=f"OK - {len(data)}")

        return await self._troubled(request, "upload", store, {"file": held["id"]})

    async def _give(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {BOT_TOKEN}":
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        return web.Response(body=self.workspace.files[request.match_info["file"]]["data"])


async def _given(request: web.Request) -> Json:
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        given.update(await request.json())
    elif request.method == "POST":
        given.update({name: value for name, value in (await request.post()).items() if isinstance(value, str)})
    return given


def _parsed(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _channel(given: Json) -> str:
    if given.get("channel") not in (CHANNEL, DIRECT):
        raise Refused("channel_not_found")
    return str(given["channel"])


def _text(given: Json) -> str:
    text = str(given.get("text") or "")
    if len(text) > LONGEST_TEXT:
        raise Refused("msg_too_long")
    if not text and not given.get("blocks"):
        raise Refused("no_text")
    return text


def _blocks(given: Json) -> list[Json]:
    blocks: list[Json] = _parsed(given.get("blocks") or [])
    told = complaint(blocks)
    if told:
        raise Refused("invalid_blocks", response_metadata={"messages": [told]})
    return blocks
