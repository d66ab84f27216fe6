"""Kling's legacy API standard (``/v1``): model in the body, signed token, status ``succeed``, a native negative field.

Wire read from the vendor's pages of 2026-09-20 [D], limits partly from third parties [T]. Left out: omni-video, the
v1 models with ``cfg_scale`` and ``camera_control`` (refused as the later models refuse them), callbacks.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field
from starlette.responses import Response
from starlette.routing import BaseRoute

from tools.sandbox import kling_account as account
from tools.sandbox import wire
from tools.sandbox.bite import Heed
from tools.sandbox.kling_account import VENDOR, Model, invalid
from tools.sandbox.records import Accepted
from tools.sandbox.stage import Order, Stage
from tools.sandbox.wire import Asked, StrictSnake

MODES = {"std": "720p", "pro": "1080p", "4k": "4k"}
SOUND = ("on", "off")
LIMIT = 2500  # prompt and negative prompt each [D/T]

MODELS = {
    "kling-v3": Model(
        temper=account.temper(Heed.NATIVE),
        prices={
            "720p": 84_000,
            "1080p": 112_000,
            "4k": 420_000,
            "720p_audio": 126_000,
            "1080p_audio": 168_000,
            "4k_audio": 420_000,
        },
        audio=SOUND,
        shots=True,
    ),
    "kling-v2-6": Model(
        temper=account.temper(Heed.NATIVE),
        prices={"720p": 42_000, "1080p": 70_000, "1080p_audio": 140_000},
        durations=(5, 10),
        audio=SOUND,
    ),
    "kling-v2-5-turbo": Model(
        temper=account.temper(Heed.NATIVE, turbo=True),
        prices={"720p": 42_000, "1080p": 70_000},
        durations=(5, 10),
    ),
}


class WatermarkInfo(StrictSnake):
    """Whether a marked copy is wanted too."""

    enabled: bool


class Body(StrictSnake):
    """What both kinds take."""

    model_name: str
    negative_prompt: Annotated[str, Field(max_length=LIMIT)] = ""
    mode: Literal["std", "pro", "4k"] = "std"
    sound: Literal["on", "off"] | None = None
    duration: Annotated[str, Field(pattern=r"^\d+$")] = "5"
    multi_shot: bool | None = None
    callback_url: str | None = None
    external_task_id: str | None = None
    watermark_info: WatermarkInfo | None = None


class FromText(Body):
    """The body of ``text2video``."""

    prompt: Annotated[str, Field(min_length=1, max_length=LIMIT)]
    aspect_ratio: Literal["16:9", "9:16", "1:1"] = "16:9"


class FromImage(Body):
    """The body of ``image2video``; the ratio is the image's."""

    prompt: Annotated[str, Field(max_length=LIMIT)] = ""
    image: str
    image_tail: str | None = None


KINDS: Mapping[str, type[FromText] | type[FromImage]] = {"text2video": FromText, "image2video": FromImage}


class Legacy:
    """The legacy standard's handlers over one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def submit(self, asked: Asked) -> Response:
        """A video from text or from an image."""
        kind = self._enter(asked)
        mishap = account.plan(self._stage, str((wire.json_object(asked.body) or {}).get("model_name", "")))
        order = _order(asked, wire.parsed(KINDS[kind], asked.body, wrong=account.wrong))
        job = account.submit(self._stage, order, mishap=mishap)
        return account.answer(account.envelope(self._task(job, base=asked.base)), mishap=mishap)

    def query(self, asked: Asked) -> Response:
        """One task, by its id or by the external id."""
        kind, wanted = self._enter(asked), asked.path["id"]
        job = self._stage.records.get(wanted) or self._stage.records.by_key(VENDOR, wanted)
        if job is None or not _of_kind(job, kind):
            raise account.refusal(404, 1203, f"task {wanted} does not exist")
        return account.envelope(self._task(job, base=asked.base))

    def list(self, asked: Asked) -> Response:
        """Tasks of one kind, newest first, by page."""
        kind = self._enter(asked)
        page, size = _number(asked, "pageNum", default=1, most=1000), _number(asked, "pageSize", default=30, most=500)
        jobs = [job for job in reversed(self._stage.records.accepted(VENDOR)) if _of_kind(job, kind)]
        return account.envelope([self._task(job, base=asked.base) for job in jobs[(page - 1) * size : page * size]])

    def _enter(self, asked: Asked) -> str:
        account.sign_in(asked, now_s=self._stage.clock.now_s(), tokens=True)
        kind: str = asked.path["kind"]
        if kind not in KINDS:
            raise account.refusal(404, 1202, "The request method or path does not exist")
        return kind

    def _task(self, job: Accepted, *, base: str) -> dict[str, object]:
        word, message = account.status(self._stage, job, succeeded="succeed")
        task: dict[str, object] = {
            "task_id": job.id,
            "task_status": word,
            "task_status_msg": message,
            "task_info": {"external_task_id": job.key or ""},
            "created_at": account.milliseconds(job.created_s),
            "updated_at": account.milliseconds(job.changed_s(self._stage.clock.now_s())),
        }
        if word == "succeed":
            address = wire.link(self._stage, job, base=base, lives_s=account.LINK_LIVES_S)
            video = {"id": f"v-{job.id}", "url": address, "duration": f"{job.scene.seconds:.1f}", "watermark_url": ""}
            task |= {"task_result": {"videos": [video]}, "final_unit_deduction": f"{job.price_micro_usd / 100_000:.1f}"}
        return task


def routes(stage: Stage) -> Sequence[BaseRoute]:
    """The routes of this standard."""
    legacy = Legacy(stage)
    return [
        wire.route("/v1/videos/{kind}", legacy.submit, method="POST"),
        wire.route("/v1/videos/{kind}", legacy.list),
        wire.route("/v1/videos/{kind}/{id}", legacy.query),
    ]


def _order(asked: Asked, body: FromText | FromImage) -> Order:
    model = MODELS.get(body.model_name)
    if model is None:
        raise account.refusal(404, 1203, f"model {body.model_name} does not exist")
    _check(body, model)
    sound = "_audio" if body.sound == "on" else ""
    if isinstance(body, FromImage):
        account.image(body.image)
    return Order(
        vendor=VENDOR,
        model=body.model_name,
        temper=model.temper,
        route=asked.route,
        body=asked.body,
        text=body.prompt,
        negative_field=body.negative_prompt,
        seconds=int(body.duration),
        ratio=wire.proportion(body.aspect_ratio if isinstance(body, FromText) else "16:9"),
        price_micro_usd=model.prices[MODES[body.mode] + sound] * int(body.duration),
        key=body.external_task_id,
    )


def _check(body: FromText | FromImage, model: Model) -> None:
    sound = "_audio" if body.sound == "on" else ""
    problems = {
        "duration": int(body.duration) not in model.durations,
        "sound": body.sound is not None and body.sound not in model.audio,
        "mode": MODES[body.mode] + sound not in model.prices,
        "multi_shot": body.multi_shot is not None and not model.shots,
    }
    for field, bad in problems.items():
        if bad:
            raise invalid(f"{field}: not taken by {body.model_name}")


def _of_kind(job: Accepted, kind: str) -> bool:
    return job.vendor == VENDOR and job.route == f"/v1/videos/{kind}"


def _number(asked: Asked, name: str, *, default: int, most: int) -> int:
    text = asked.query.get(name, str(default))
    if not text.isdigit() or not 1 <= int(text) <= most:
        raise invalid(f"{name}: must be 1 to {most}")
    return int(text)
