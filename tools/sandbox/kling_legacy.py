"""Kling's legacy API standard (``/v1``): model in the body, signed token, status ``succeed``, a native negative field.

Wire read from the vendor's pages of 2026-09-20 [D], limits partly from third parties [T].
"""

from collections.abc import Sequence

from starlette.responses import Response
from starlette.routing import BaseRoute

from tools.sandbox import kling_account as account
from tools.sandbox import kling_legacy_bodies as bodies
from tools.sandbox import wire
from tools.sandbox.callbacks import Change
from tools.sandbox.kling_account import VENDOR, invalid
from tools.sandbox.kling_legacy_bodies import FromImage, FromText, Omni
from tools.sandbox.records import Accepted
from tools.sandbox.stage import Order, Stage
from tools.sandbox.wire import Asked

PREFIX = "/v1/videos/"


class Legacy:
    """The legacy standard's handlers over one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def submit(self, asked: Asked) -> Response:
        """A video from text, from frames, or from all that omni-video takes."""
        kind = self._enter(asked)
        rule = account.plan(self._stage, str((wire.json_object(asked.body) or {}).get("model_name", "")))
        body = wire.parsed(bodies.KINDS[kind], asked.body, wrong=account.wrong)
        order = _order(asked, body)
        job = account.submit(self._stage, order, rule=rule, callback=body.callback_url, base=asked.base)
        return account.answer(account.envelope(self._task(job, base=asked.base)), rule=rule)

    def query(self, asked: Asked) -> Response:
        """One task, by its id or by the external id."""
        kind, wanted = self._enter(asked), asked.path["id"]
        job = self._stage.records.get(wanted) or self._stage.records.by_key(VENDOR, wanted)
        if job is None or not _of_kind(job, kind):
            raise account.refusal(1203, f"task {wanted} does not exist")
        return account.envelope(self._task(job, base=asked.base))

    def list(self, asked: Asked) -> Response:
        """Tasks of one kind, newest first, by page."""
        kind = self._enter(asked)
        page, size = _number(asked, "pageNum", default=1, most=1000), _number(asked, "pageSize", default=30, most=500)
        jobs = [job for job in reversed(self._stage.records.accepted(VENDOR)) if _of_kind(job, kind)]
        return account.envelope([self._task(job, base=asked.base) for job in jobs[(page - 1) * size : page * size]])

    def told(self, change: Change) -> dict[str, object]:
        """The task as a callback shows it."""
        return self._task(change.job, base=change.base, at_s=change.at_s)

    def _enter(self, asked: Asked) -> str:
        account.sign_in(asked, now_s=self._stage.clock.now_s(), tokens=True)
        kind: str = asked.path["kind"]
        if kind not in bodies.KINDS:
            account.nowhere(asked)
        return kind

    def _task(self, job: Accepted, *, base: str, at_s: float | None = None) -> dict[str, object]:
        at_s = self._stage.clock.now_s() if at_s is None else at_s
        word, message = account.status(job, at_s, succeeded="succeed")
        task: dict[str, object] = {
            "task_id": job.id,
            "task_status": word,
            "task_status_msg": message,
            "task_info": {"external_task_id": job.key or ""},
            "created_at": account.milliseconds(job.created_s),
            "updated_at": account.milliseconds(job.changed_s(at_s)),
        }
        if word == "succeed":
            address = wire.link(self._stage, job, base=base, lives_s=account.LINK_LIVES_S)
            video = {"id": f"v-{job.id}", "url": address, "duration": f"{job.scene.seconds:.1f}", "watermark_url": ""}
            task |= {"task_result": {"videos": [video]}, "final_unit_deduction": f"{job.price_micro_usd / 100_000:.1f}"}
        return task


def routes(legacy: Legacy) -> Sequence[BaseRoute]:
    """The routes of this standard."""
    return [
        wire.route(PREFIX + "{kind}", legacy.submit, method="POST"),
        wire.route(PREFIX + "{kind}", legacy.list),
        wire.route(PREFIX + "{kind}/{id}", legacy.query),
    ]


def _order(asked: Asked, body: FromText | FromImage | Omni) -> Order:
    variant = bodies.model(body)
    bodies.check(body, variant)
    first, _ = bodies.frames(body)
    seen = first.ratio if first else None
    named = None if isinstance(body, FromImage) else body.aspect_ratio
    return Order(
        vendor=VENDOR,
        model=body.model_name,
        temper=variant.temper,
        route=asked.route,
        body=asked.body,
        text=body.prompt,
        negative_field="" if isinstance(body, Omni) else body.negative_prompt,
        seconds=int(body.duration),
        ratio=wire.proportion(named) if named else seen or wire.proportion("16:9"),
        price_micro_usd=variant.prices[bodies.price(body)] * int(body.duration),
        key=body.external_task_id,
        references=tuple(one.data for one in bodies.references(body) if one.data),
    )


def _of_kind(job: Accepted, kind: str) -> bool:
    return job.vendor == VENDOR and job.route == PREFIX + kind


def _number(asked: Asked, name: str, *, default: int, most: int) -> int:
    text = asked.query.get(name, str(default))
    if not text.isdigit() or not 1 <= int(text) <= most:
        raise invalid(f"{name}: must be 1 to {most}")
    return int(text)
