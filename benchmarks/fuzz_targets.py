"""What reads bytes from outside, with samples to damage and the errors that are an answer."""

import random
import struct
import unicodedata
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
from pydantic import ValidationError

from agent.errors import BadClipError, CountersteerError, VendorError
from agent.ports import VideoModel
from benchmarks import fuzz_samples as samples
from interfaces import accounts
from interfaces.references import named_by
from interfaces.script import reading as scripts
from interfaces.shotlists import sources
from memory.clips import open_clips
from prompts.errors import PromptError
from prompts.normal import clean
from tools import media, scanner
from tools.language import wire
from tools.tidying import tidy, visible

Read = Callable[[bytes], Awaitable[None]]

STATUSES = (200, 200, 200, 201, 302, 400, 401, 404, 409, 429, 500, 503)
SIGNATURES = (
    *("webhook-id", "webhook-timestamp", "webhook-signature", "authorization"),
    *("x-fal-webhook-signature", "x-fal-webhook-request-id", "x-fal-webhook-user-id", "x-fal-webhook-timestamp"),
)
SUFFIXES = (".csv", ".tsv", ".txt", ".md", ".fountain", ".json", ".xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One reader of foreign bytes.

    Attributes:
        share: How many of the inputs are for it, against the others; dear ones get few.
        make: An input.
        read: Gives it to the project.
        refusals: Errors that are an answer.
    """

    share: int
    make: Callable[[random.Random], bytes]
    read: Read
    refusals: tuple[type[Exception], ...] = (CountersteerError, PromptError)


def build(folder: Path) -> Mapping[str, Target]:
    """All of them; what has to be written is written in the folder."""
    answers = _Answers()
    vendors = accounts.stand_ins(base_url="http://sandbox", transport=httpx.MockTransport(answers))
    return {
        "images": Target(share=12, make=_damaged(samples.images()), read=_image),
        "clips": Target(share=1, make=_damaged(samples.clips()), read=_clip(folder), refusals=(BadClipError,)),
        "names": Target(share=40, make=_damaged(samples.names()), read=_name(folder)),
        "webhooks": Target(share=25, make=_damaged(samples.answers()), read=_webhook(vendors)),
        "vendors": Target(share=40, make=_damaged(samples.answers()), read=_vendor(vendors, answers)),
        "scripts": Target(share=8, make=_damaged(samples.scripts()), read=_script),
        "lists": Target(share=8, make=_damaged(samples.lists()), read=_list(folder)),
        "planner": Target(
            share=12, make=_damaged(samples.plans()), read=_plan, refusals=(PromptError, ValidationError)
        ),
    }


class _Answers:
    """A vendor that answers with what it was given last."""

    def __init__(self) -> None:
        self.body = b""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        where = self.body[:40].decode("latin-1").replace("\n", "").replace("\r", "")
        status = STATUSES[len(self.body) % len(STATUSES)]
        headers = {b"location": where.encode("latin-1"), b"retry-after": where[:9].encode("latin-1")}
        return httpx.Response(status, content=self.body, headers=headers)


def _damaged(whole: Sequence[bytes]) -> Callable[[random.Random], bytes]:
    """A sample with some things wrong with it; now and then one as it is, or nothing but noise."""

    def make(chance: random.Random) -> bytes:
        data = bytearray(chance.choice(whole))
        for _ in range(chance.choice((0, 1, 1, 2, 3, 8))):
            _damage(data, chance)
        return chance.randbytes(chance.randrange(64)) if chance.random() < 0.02 else bytes(data)

    return make


def _damage(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    match chance.randrange(6):
        case 0 if data:
            data[at - 1] ^= 1 << chance.randrange(8)
        case 1:
            data[at:at] = chance.choice(samples.WORDS)
        case 2:
            del data[at : at + chance.randrange(1, 40)]
        case 3:
            data[at:at] = data[max(0, at - 60) : at] * chance.choice((1, 2, 40))
        case 4:
            data[at : at + 4] = struct.pack(">I", chance.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, chance.getrandbits(32))))
        case _:
            del data[at:]


async def _image(data: bytes) -> None:
    scanner.scan(data, name="a.png")


def _clip(folder: Path) -> Read:
    async def read(data: bytes) -> None:
        file = folder / "take.mp4"
        file.write_bytes(data)
        media.decode(file)

    return read


def _name(folder: Path) -> Read:
    clips = open_clips(folder / "clips")

    async def read(data: bytes) -> None:
        name = data.decode("utf-8", "surrogateescape")
        cleaned, shown, told = clean(name).text, visible(name), tidy(name)
        moving = any(unicodedata.category(sign) in ("Cc", "Cs") for sign in cleaned)
        if moving or not (shown.isprintable() and told.isascii() and "/" not in named_by(name)):
            raise AssertionError("a name is shown with what moves a cursor, or names a folder")
        path = clips.path(name)
        if not path.resolve().is_relative_to((folder / "clips").resolve()):
            raise AssertionError(f"{path} lies outside")

    return read


def _webhook(vendors: Mapping[str, VideoModel]) -> Read:
    async def read(data: bytes) -> None:
        said = data[:60].decode("latin-1")
        for vendor in vendors.values():
            if await vendor.signed(dict.fromkeys(SIGNATURES, said), data):
                raise AssertionError("a call that nobody signed was taken for the vendor's")

    return read


def _vendor(vendors: Mapping[str, VideoModel], answers: _Answers) -> Read:
    async def read(data: bytes) -> None:
        answers.body = data
        for vendor in vendors.values():
            try:
                await vendor.poll("job", model=vendor.profiles[len(data) % len(vendor.profiles)].name)
            except VendorError:
                continue

    return read


async def _script(data: bytes) -> None:
    scripts.parse(data.decode("utf-8", "replace"), name="a.yaml")


def _list(folder: Path) -> Read:
    async def read(data: bytes) -> None:
        file = folder / f"list{SUFFIXES[len(data) % len(SUFFIXES)]}"
        file.write_bytes(data)
        sources.read(file)

    return read


async def _plan(data: bytes) -> None:
    wire.read(data.decode("utf-8", "replace"))
