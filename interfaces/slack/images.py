"""An image in a message: left alone until somebody presses a button, then taken in as any reference is."""

from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from agent.acting.outcome import Outcome, Turn
from agent.errors import BadSheetError
from agent.studio import Studio
from agent.threads import Heard
from interfaces.references import LONGEST_LABEL, add_reference
from interfaces.slack import kit
from interfaces.slack.acts import Deed, by
from interfaces.slack.asking import answered
from interfaces.slack.kit import Block
from tools import scanner

ACTION = "reference"
KINDS = frozenset({"image/jpeg", "image/png", "image/webp"})
MOST_OFFERED = 20
LEFT = "A file was not taken in, because nobody asked for it: {names}."


def files_of(heard: Heard) -> tuple[dict[str, str], ...]:
    """What hung on a message: the id, name and type of each file."""
    files = heard.data.get("files")
    listed = files if isinstance(files, list) else []
    return tuple({name: str(value) for name, value in file.items()} for file in listed if isinstance(file, dict))


def left(heard: Heard) -> str:
    """The sentence about files that were not taken in; empty where there was none."""
    names = ", ".join(file["name"] for file in files_of(heard))
    return LEFT.format(names=names) if names else ""


def offered(heard: Heard) -> tuple[Block, ...]:
    """A button for each image among them."""
    images = [file for file in files_of(heard) if file["type"] in KINDS][:MOST_OFFERED]
    buttons = [kit.button(f"Use {file['name']} as reference", f"{ACTION}:{file['id']}", file["id"]) for file in images]
    return (kit.actions(*buttons),) if buttons else ()


class Images:
    """Fetches what people attached; the token goes to Slack and nowhere else."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def take_in(self, studio: Studio, heard: Heard) -> Deed:
        """The image as a reference of the film, called as its file is.

        Raises:
            BadSheetError: It is too large, or cannot be fetched.
        """
        file = (await answered(self._client.files_info(file=str(heard.data["value"])))).data["file"]
        label = PurePath(str(file["name"])).stem[:LONGEST_LABEL] or "image"
        scanner.refuse_size(int(file.get("size") or 0))
        data = await self._fetch(str(file["url_private_download"]))

        async def work(turn: Turn) -> Sequence[Outcome]:
            added = await add_reference(studio, turn.project_id, data=data, label=label, note=str(file["name"]))
            told = f"{added.reference.label} is a reference of the film now. Say what a shot takes of it by that name."
            return [Outcome(lines=(told, *added.told))]

        return Deed(text=by(heard, f"use {label} as a reference"), work=work)

    async def _fetch(self, url: str) -> bytes:
        if not self._is_slacks(urlsplit(url).hostname or ""):
            raise BadSheetError("that file does not lie at Slack; add it on the page instead")
        headers = {"Authorization": f"Bearer {self._client.token}"}
        pieces: list[bytes] = []
        try:
            async with (
                aiohttp.ClientSession(headers=headers) as session,
                session.get(url, allow_redirects=False) as answer,
            ):
                async for piece in answer.content.iter_any():
                    pieces.append(piece)
                    scanner.refuse_size(sum(map(len, pieces)))
        except (aiohttp.ClientError, TimeoutError) as error:
            raise BadSheetError(f"the file could not be fetched from Slack ({type(error).__name__})") from error
        return b"".join(pieces)

    def _is_slacks(self, host: str) -> bool:
        ours = urlsplit(self._client.base_url).hostname or ""
        return host == ours or host.endswith(".slack.com")
