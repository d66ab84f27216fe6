"""Stand-in for Kling: the new API standard here, the legacy one in `kling_legacy`. No negative field in this one.

Wire read from the vendor's pages of 2026-09-20 [D]; Kling 4.0 and its paths from third parties [T/U]. Left out: video
inputs, elements, voices, motion control, callbacks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field
from starlette.responses import Response
from starlette.routing import BaseRoute

from tools.sandbox import kling_account as account
from tools.sandbox import kling_legacy, wire
from tools.sandbox.bite import Heed
from tools.sandbox.kling_account import KEYS, VENDOR, Model, invalid
from tools.sandbox.records import Accepted
from tools.sandbox.stage import Order, Stage
from tools.sandbox.wire import Asked, StandIn, StrictSnake

MOST_IDS = 20  # per query [T]
MOST_LISTED = 500
TURBO_IMAGE_PROMPT = 2500

MODELS = {
    "kling-3.0": Model(
        temper=account.temper(Heed.CLAUSE),
        prices={
            "720p": 84_000,
            "1080p": 112_000,
            "4k": 420_000,
            "720p_audio": 126_000,
            "1080p_audio": 168_000,
            "4k_audio": 420_000,
        },
        prompt_limit=3072,
        audio=("native", "off"),
        shots=True,
    ),
    "kling-3.0-turbo": Model(
        temper=account.temper(Heed.CLAUSE, turbo=True),
        prices={"720p": 112_000, "1080p": 140_000},
        prompt_limit=3072,
        tail=False,
    ),
    "kling-3.0-omni": Model(
        temper=account.temper(Heed.CLAUSE),
        prices={
            "720p": 84_000,
            "1080p": 112_000,
            "4k": 420_000,
            "720p_audio": 112_000,
            "1080p_audio": 140_000,
            "4k_audio": 420_000,
        },
        prompt_limit=3072,
        audio=("native", "original", "off"),
        shots=True,
        references=7,
    ),
    "kling-2.5-turbo": Model(
        temper=account.temper(Heed.CLAUSE, turbo=True),
        prices={"720p": 42_000, "1080p": 70_000},
        durations=(5, 10),
    ),
    "kling-4.0": Model(
        temper=account.temper(Heed.CLAUSE),
        prices={"720p": 157_000, "1080p": 235_000},
        durations=range(3, 31),
        ratios=(*account.RATIOS, "21:9"),
        prompt_limit=26_000,
        references=10,
    ),
}
KINDS: Mapping[str, Sequence[str]] = {
    "text-to-video": ("kling-3.0", "kling-3.0-turbo", "kling-2.5-turbo", "kling-4.0"),
    "image-to-video": ("kling-3.0", "kling-3.0-turbo", "kling-2.5-turbo", "kling-4.0"),
    "omni-video": ("kling-3.0-omni", "kling-4.0"),
}


Digits = Annotated[str, Field(pattern=r"^\d+$")]


class Settings(StrictSnake):
    """How to make it; what a model does not take is refused after parsing."""

    resolution: Literal["720p", "1080p", "4k"] = "720p"
    aspect_ratio: Literal["16:9", "9:16", "1:1", "21:9"] | None = None
    duration: int = 5
    audio: Literal["native", "original", "off"] | None = None
    multi_shot: bool | None = None


class WatermarkInfo(StrictSnake):
    """Whether a marked copy is wanted too."""

    enabled: bool


class Options(StrictSnake):
    """How to hear of it."""

    callback_url: str | None = None
    external_task_id: str | None = None
    watermark_info: WatermarkInfo | None = None


class Words(StrictSnake):
    """The prompt among the contents."""

    type: Literal["prompt"]
    text: str


class Frame(StrictSnake):
    """A first or last frame."""

    type: Literal["first_frame", "last_frame"]
    url: str


class ReferImage(StrictSnake):
    """A look reference, named in the prompt as ``@id``."""

    type: Literal["refer_image"]
    url: str
    id: Annotated[str, Field(min_length=1)]


class Body(StrictSnake):
    """All three kinds of submission; text-to-video has ``prompt``, the others ``contents``."""

    prompt: str | None = None
    contents: list[Annotated[Words | Frame | ReferImage, Field(discriminator="type")]] | None = None
    settings: Settings = Settings()
    options: Options = Options()


class Filter(StrictSnake):
    """One condition of a list."""

    key: Literal["status", "product_type"]
    values: list[str]


class Listing(StrictSnake):
    """The body of the list call. Times come as numbers or strings; the vendor's pages disagree."""

    start_time: int | Digits | None = None
    end_time: int | Digits | None = None
    cursor: Annotated[str, Field(pattern=r"^\d*$")] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_LISTED)] = 100
    filters: list[Filter] = Field(default=[])


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """The inputs of a submission, whichever way it gave them."""

    text: str
    frames: Mapping[str, bytes | None]
    references: tuple[bytes, ...]


class Kling:
    """The new standard's handlers over one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def submit(self, asked: Asked) -> Response:
        """One of the three kinds of video."""
        account.sign_in(asked, now_s=self._stage.clock.now_s(), tokens=False)
        kind, name = asked.path["kind"], asked.path["model"]
        mishap = account.plan(self._stage, name)
        if name not in KINDS.get(kind, ()):
            raise account.refusal(404, 1203, f"{kind} {name} does not exist")
        job = account.submit(self._stage, _order(asked, kind, name), mishap=mishap)
        return account.answer(account.envelope(self._task(job)), mishap=mishap)

    def query(self, asked: Asked) -> Response:
        """Tasks by id or by external id, one of the two."""
        account.sign_in(asked, now_s=self._stage.clock.now_s(), tokens=False)
        ids, keys = asked.query.get("task_ids"), asked.query.get("external_task_ids")
        if (ids is None) == (keys is None):
            raise invalid("exactly one of task_ids and external_task_ids is required")
        wanted = (ids or keys or "").split(",")
        if len(wanted) > MOST_IDS:
            raise invalid(f"at most {MOST_IDS} ids")
        found = [self._stage.records.get(one) if ids else self._stage.records.by_key(VENDOR, one) for one in wanted]
        return account.envelope([self._task(job, base=asked.base) for job in found if job and job.vendor == VENDOR])

    def list(self, asked: Asked) -> Response:
        """Tasks by time and status, newest first, by cursor."""
        account.sign_in(asked, now_s=self._stage.clock.now_s(), tokens=False)
        how = wire.parsed(Listing, asked.body, wrong=account.wrong)
        jobs = [job for job in reversed(self._stage.records.accepted(VENDOR)) if self._listed(job, how)]
        first = int(how.cursor or 0)
        shown, more = jobs[first : first + how.limit], len(jobs) > first + how.limit
        result = [self._task(job, base=asked.base) for job in shown]
        cursor = str(first + how.limit) if more else ""
        return account.envelope({"result": result, "count": len(shown), "next_cursor": cursor, "has_more": more})

    def _listed(self, job: Accepted, how: Listing) -> bool:
        created_ms = account.milliseconds(job.created_s)
        if not int(how.start_time or 0) <= created_ms <= int(how.end_time or created_ms):
            return False
        facts = {"status": account.status(self._stage, job, succeeded="succeeded")[0], "product_type": "video"}
        return all(facts[condition.key] in condition.values for condition in how.filters)

    def _task(self, job: Accepted, *, base: str = "") -> dict[str, object]:
        word, message = account.status(self._stage, job, succeeded="succeeded")
        task: dict[str, object] = {
            "id": job.id,
            "status": word,
            "message": message,
            "create_time": account.milliseconds(job.created_s),
            "update_time": account.milliseconds(job.changed_s(self._stage.clock.now_s())),
            "external_id": job.key or "",
        }
        if word == "succeeded":
            address = wire.link(self._stage, job, base=base, lives_s=account.LINK_LIVES_S)
            video = {"type": "video", "id": f"v-{job.id}", "url": address, "watermark_url": ""}
            task["outputs"] = [video | {"duration": f"{job.scene.seconds:g}"}]
            task["billing"] = [{"charge_type": "unit", "amount": f"{_units(job):.1f}", "package_type": "video"}]
        return task


def routes(stage: Stage) -> Sequence[BaseRoute]:
    """The routes of both standards."""
    kling = Kling(stage)
    return [
        wire.route("/tasks", kling.query),
        wire.route("/tasks", kling.list, method="POST"),
        *kling_legacy.routes(stage),
        wire.media(stage),
        wire.route("/{kind}/{model}", kling.submit, method="POST"),
    ]


STAND_IN = StandIn(vendor=VENDOR, keys=KEYS, routes=routes)


def _order(asked: Asked, kind: str, name: str) -> Order:
    model, body = MODELS[name], wire.parsed(Body, asked.body, wrong=account.wrong)
    asks, how = _asks(body, kind), body.settings
    _check_settings(how, model, kind=kind, asks=asks)
    _check_asks(asks, model, kind=kind, turbo=name == "kling-3.0-turbo")
    sound = "_audio" if how.audio in ("native", "original") else ""
    return Order(
        vendor=VENDOR,
        model=name,
        temper=model.temper,
        route=asked.route,
        body=asked.body,
        text=asks.text,
        seconds=how.duration,
        ratio=wire.proportion(how.aspect_ratio or "16:9"),
        price_micro_usd=model.prices[how.resolution + sound] * how.duration,
        key=body.options.external_task_id,
        references=asks.references,
    )


def _asks(body: Body, kind: str) -> Asks:
    if (kind == "text-to-video") != (body.prompt is not None) or (body.prompt is None) == (body.contents is None):
        raise invalid("prompt is for text-to-video, contents for image-to-video and omni-video")
    contents = body.contents or []
    images = [one for one in contents if isinstance(one, ReferImage)]
    names = [one.id for one in images]
    if any(a in b for i, a in enumerate(names) for j, b in enumerate(names) if i != j):
        raise invalid("contents.id: ids must not be contained in one another")
    given = [account.image(one.url) for one in images]
    return Asks(
        text=body.prompt or " ".join(one.text for one in contents if isinstance(one, Words)),
        frames={one.type: account.image(one.url) for one in contents if isinstance(one, Frame)},
        references=tuple(data for data in given if data),
    )


def _check_settings(how: Settings, model: Model, *, kind: str, asks: Asks) -> None:
    wants_ratio = kind == "omni-video" and not asks.frames
    problems = {
        "resolution": how.resolution not in model.prices,
        "duration": how.duration not in model.durations,
        "audio": how.audio is not None and how.audio not in model.audio,
        "multi_shot": how.multi_shot is not None and not model.shots,
        "aspect_ratio": (
            (how.aspect_ratio is None and wants_ratio)
            or (how.aspect_ratio is not None and (kind == "image-to-video" or how.aspect_ratio not in model.ratios))
        ),
    }
    for field, bad in problems.items():
        if bad:
            raise invalid(f"settings.{field}: not taken by this model")


def _check_asks(asks: Asks, model: Model, *, kind: str, turbo: bool) -> None:
    limit = TURBO_IMAGE_PROMPT if turbo and kind == "image-to-video" else model.prompt_limit
    if not asks.text.strip() or len(asks.text) > limit:
        raise invalid(f"prompt: must have 1 to {limit} characters")
    if kind == "image-to-video" and "first_frame" not in asks.frames:
        raise invalid("contents: a first_frame is required")
    if "last_frame" in asks.frames and not model.tail:
        raise invalid("contents: this model takes no last_frame")
    if len(asks.references) > (model.references if kind == "omni-video" else 0):
        raise invalid("contents: too many refer_image for this model")


def _units(job: Accepted) -> float:
    return job.price_micro_usd / 100_000
