"""Stand-in for Seedance on Ark: tasks with typed content, no negative field, a clause for captions and watermarks.

One wire for both platforms, BytePlus and Volcengine, which differ in address and model ids only. Wire read from the
official client 5.0.54 [S] and the vendor's pages [D], errors from third parties [T], 2026-11-20. Inferred [U]: the
error of a refused DELETE, and the waits between the tries of a callback.
"""

import json
import uuid
from collections.abc import Mapping, Sequence

from pydantic import ValidationError
from starlette.responses import Response
from starlette.routing import BaseRoute

from tools.sandbox import reading, seedance_bodies, seedance_models, wire
from tools.sandbox.callbacks import Change, Message
from tools.sandbox.faultplan import Mishap
from tools.sandbox.records import Accepted, Outcome, Standing
from tools.sandbox.seedance_bodies import MOST_BODY_BYTES, VENDOR, Task
from tools.sandbox.seedance_models import FPS
from tools.sandbox.seedance_refusals import (
    BROKEN,
    BUSY,
    DENIED,
    NOT_OPEN,
    UNAUTHENTICATED,
    UNKNOWN_MODEL,
    Planned,
    bad_parameter,
    failure,
    refusal,
    sensitive_input,
    sensitive_words,
)
from tools.sandbox.stage import Order, SlotsBusyError, Stage
from tools.sandbox.wire import Asked, StandIn, json_answer

KEYS = {"api_key": "sandbox-seedance-api-key"}
NARROW_KEY = "sandbox-seedance-narrow-api-key"  # signs in and may use no model: keys can be narrowed to resources [D]
LINK_LIVES_S = 86_400  # [D]
KEPT_S = 7 * 86_400  # task records [D]
CANCELLED_KEPT_S = 86_400  # [D]
CALLED_AGAIN_S = (1.0, 2.0, 4.0)  # three tries more [D], how far apart is not said
TASKS = "/contents/generations/tasks"


class Ark:
    """The wire's handlers over one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._planned = Planned()
        stage.callbacks.teach(VENDOR, self._told, again_after_s=CALLED_AGAIN_S)

    def create(self, asked: Asked) -> Response:
        """Start a task."""
        _sign_in(asked)
        body = _without_nulls(asked.body)
        mishap = self._stage.plan.next(vendor=VENDOR, model=str(body.get("model", "")))
        self._planned.check(mishap)
        task = _task(body)
        order = _order(asked, task)
        if mishap is Mishap.MODERATE_INPUT:
            raise sensitive_input(task)
        if reading.refused(order.text, vendor=VENDOR, after_rendering=False):
            raise sensitive_words()
        try:
            job = self._stage.accept(order, mishap=mishap, new_id=self._new_id)
        except SlotsBusyError:
            raise refusal(*BUSY) from None
        if task.callback_url is not None:
            self._stage.callbacks.expect(job, task.callback_url, base=asked.base)
        if mishap is Mishap.ACCEPTED_THEN_5XX:
            raise refusal(*BROKEN)
        return wire.Dropped() if mishap is Mishap.LOSE_RESPONSE else json_answer({"id": job.id})

    def get(self, asked: Asked) -> Response:
        """One task."""
        _sign_in(asked)
        return json_answer(self._shown(self._job(asked), base=asked.base))

    def list(self, asked: Asked) -> Response:
        """Tasks of the last seven days, newest first, by page and filters."""
        _sign_in(asked)
        page, size = _number(asked, "page_num", default=1), _number(asked, "page_size", default=20)
        kept = filter(self._kept, reversed(self._stage.records.accepted(VENDOR)))
        jobs = [job for job in kept if self._listed(job, asked)]
        shown = [self._shown(job, base=asked.base) for job in jobs[(page - 1) * size : page * size]]
        return json_answer({"total": len(jobs), "items": shown})

    def delete(self, asked: Asked) -> Response:
        """Cancel a waiting task or delete a finished one; a running and a cancelled one are refused [D]."""
        _sign_in(asked)
        job = self._job(asked)
        match status := _status(job, now_s=self._stage.clock.now_s()):
            case "queued":
                self._stage.records.cancel(job.id, at_s=self._stage.clock.now_s())
            case "running" | "cancelled":
                raise refusal(409, "OperationDenied", f"A task that is {status} can be neither cancelled nor deleted.")
            case _:
                self._stage.records.delete(job.id)
        return json_answer({})

    def _job(self, asked: Asked) -> Accepted:
        job = self._stage.records.get(asked.path["id"])
        if job is None or not self._kept(job):
            raise refusal(404, "ResourceNotFound", f"The task {asked.path['id']} does not exist.")
        return job

    def _kept(self, job: Accepted) -> bool:
        now_s = self._stage.clock.now_s()
        if job.vendor != VENDOR or job.deleted or job.created_s < now_s - KEPT_S:
            return False
        return job.cancelled_s is None or job.cancelled_s >= now_s - CANCELLED_KEPT_S

    def _listed(self, job: Accepted, asked: Asked) -> bool:
        ids, query = asked.query.getlist("filter.task_ids"), asked.query
        return (
            (not ids or job.id in ids)
            and query.get("filter.model") in (None, job.model)
            and query.get("filter.service_tier") in (None, _kept_task(job).service_tier)
            and query.get("filter.status") in (None, _status(job, now_s=self._stage.clock.now_s()))
        )

    def _shown(self, job: Accepted, *, base: str, now_s: float | None = None) -> dict[str, object]:
        """The task as it stands, or as it stood at ``now_s``."""
        at_s = self._stage.clock.now_s() if now_s is None else now_s
        task, status = _kept_task(job), _status(job, now_s=at_s)
        shown: dict[str, object] = {
            "id": job.id,
            "model": job.model,
            "status": status,
            "created_at": int(job.created_s),
            "updated_at": int(job.changed_s(at_s)),
            "service_tier": task.service_tier,
            "execution_expires_after": task.execution_expires_after,
            "priority": task.priority,
        }
        if task.safety_identifier is not None:
            shown["safety_identifier"] = task.safety_identifier
        match status:
            case "succeeded":
                return shown | self._result(job, task, base=base)
            case "failed":
                return shown | {"error": failure(job.outcome, sound=task.generate_audio)}
            case _:
                return shown

    def _result(self, job: Accepted, task: Task, *, base: str) -> dict[str, object]:
        return {
            "content": {"video_url": wire.link(self._stage, job, base=base, lives_s=LINK_LIVES_S)},
            "usage": {"completion_tokens": task.tokens, "total_tokens": task.tokens},
            "seed": job.scene.seed if task.seed == -1 else task.seed,
            "resolution": task.resolution,
            "ratio": task.shown_ratio,
            "duration": task.seconds,
            "framespersecond": FPS,
            "generate_audio": task.generate_audio,
            "draft": False,
        }

    def _told(self, change: Change) -> Message:
        """The task object on each change [D], unsigned."""
        shown = self._shown(change.job, base=change.base, now_s=change.at_s)
        return Message(body=json.dumps(shown).encode(), headers={})

    def _new_id(self) -> str:
        return f"cgt-{int(self._stage.clock.now_s())}-{uuid.uuid4().hex[:10]}"


def routes(stage: Stage) -> Sequence[BaseRoute]:
    """The routes of this wire, with and without the ``/api/v3`` that ends the base address of both platforms."""
    ark = Ark(stage)
    return [
        one
        for base in ("", "/api/v3")
        for one in (
            wire.route(f"{base}{TASKS}", ark.create, method="POST"),
            wire.route(f"{base}{TASKS}", ark.list),
            wire.route(f"{base}{TASKS}/{{id}}", ark.get),
            wire.route(f"{base}{TASKS}/{{id}}", ark.delete, method="DELETE"),
        )
    ] + [wire.media(stage)]


STAND_IN = StandIn(vendor=VENDOR, keys=KEYS, routes=routes)


def _sign_in(asked: Asked) -> None:
    if wire.same(asked.bearer, NARROW_KEY):
        raise refusal(*DENIED)
    if not wire.same(asked.bearer, KEYS["api_key"]):
        raise refusal(*UNAUTHENTICATED)


def _without_nulls(body: bytes) -> dict[str, object]:
    """The body's fields less those that are null: the official client sends null for every unset field [S]."""
    content = wire.json_object(body)
    if content is None:
        raise bad_parameter("body", "is not a JSON object")
    return {name: value for name, value in content.items() if value is not None}


def _task(body: Mapping[str, object]) -> Task:
    try:
        return Task.model_validate(body)
    except ValidationError as error:
        where, what = wire.reason(error)
        if "required" in what.lower():
            raise refusal(400, "MissingParameter", f"The parameter {where} is missing.", param=where) from None
        raise bad_parameter(where, f"is not valid: {what}") from None


def _kept_task(job: Accepted) -> Task:
    return _task(_without_nulls(job.body))


def _order(asked: Asked, task: Task) -> Order:
    if len(asked.body) > MOST_BODY_BYTES:
        raise bad_parameter("body", "is larger than 64 MB")
    if task.model in seedance_models.NOT_OPEN:
        raise refusal(*NOT_OPEN)
    model = seedance_models.MODELS.get(task.model)
    if model is None:
        raise refusal(*UNKNOWN_MODEL)
    wrong = seedance_bodies.problem(task, model)
    if wrong is not None:
        raise bad_parameter(*wrong)
    return seedance_bodies.order(asked, task, model)


def _status(job: Accepted, *, now_s: float) -> str:
    match job.standing(now_s):
        case Standing.CANCELLED:
            return "cancelled"
        case Standing.RUNNING:
            return "running"
        case Standing.OVER:
            return {Outcome.DONE: "succeeded", Outcome.EXPIRED: "expired"}.get(job.outcome, "failed")
        case Standing.HELD | Standing.QUEUED:
            return "queued"


def _number(asked: Asked, name: str, *, default: int) -> int:
    text = asked.query.get(name, str(default))
    if not text.isdigit() or not 1 <= int(text) <= 500:
        raise bad_parameter(name, "must be 1 to 500")
    return int(text)
