"""Stand-in for Seedance on Ark: tasks with typed content, no negative field, a clause for captions and watermarks.

Wire read from the official client 5.0.54 [S] and the vendor's pages [D], errors from third parties [T], 2026-11-20.
The error of a refused DELETE is inferred [U]. Left out: callbacks.
"""

import uuid
from collections.abc import Mapping, Sequence

from pydantic import ValidationError
from starlette.responses import Response
from starlette.routing import BaseRoute

from tools.sandbox import reading, seedance_models, wire
from tools.sandbox.faultplan import Mishap
from tools.sandbox.records import Accepted, Outcome, Standing
from tools.sandbox.seedance_models import FPS, VENDOR, Task
from tools.sandbox.stage import Order, SlotsBusyError, Stage
from tools.sandbox.wire import Asked, Refusal, StandIn, json_answer

KEYS = {"api_key": "sandbox-seedance-api-key"}
LINK_LIVES_S = 86_400  # [D]
KEPT_S = 7 * 86_400  # task records [D]
TASKS = "/contents/generations/tasks"


def refusal(status: int, code: str, message: str, *, param: str = "") -> Refusal:
    """The vendor's error body."""
    text = f"{message} Request id: {uuid.uuid4().hex}"
    error = {"code": code, "message": text, "param": param, "type": "BadRequest" if status == 400 else "Error"}
    return Refusal(json_answer({"error": error}, status=status))


REFUSALS = {
    Mishap.WRONG_KEY: (401, "AuthenticationError", "The API key in the request is missing or invalid."),
    Mishap.OUT_OF_CREDIT: (403, "AccountOverdueError", "Your account has an overdue balance."),
    Mishap.RATE: (429, "RateLimitExceeded.EndpointRPMExceeded", "The requests per minute limit was exceeded."),
    Mishap.THROTTLE: (429, "QuotaExceeded", "The limit of concurrent tasks for this model was reached."),
    Mishap.UNAVAILABLE: (500, "InternalServiceError", "The service is unavailable; the task was not accepted."),
    Mishap.RETIRED: (404, "InvalidEndpoint.NotFound", "The model or endpoint does not exist or you have no access."),
    Mishap.MODERATE_INPUT: (400, "InputTextSensitiveContentDetected", "The input text may contain sensitive content."),
}


class Ark:
    """The wire's handlers over one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def create(self, asked: Asked) -> Response:
        """Start a task."""
        _sign_in(asked)
        body = _without_nulls(asked.body)
        mishap = self._stage.plan.next(vendor=VENDOR, model=str(body.get("model", "")))
        if mishap and mishap in REFUSALS:
            raise refusal(*REFUSALS[mishap])
        order = _order(asked, _task(body))
        if reading.refused(order.text, vendor=VENDOR, after_rendering=False):
            raise refusal(*REFUSALS[Mishap.MODERATE_INPUT])
        try:
            job = self._stage.accept(order, mishap=mishap, new_id=self._new_id)
        except SlotsBusyError:
            raise refusal(*REFUSALS[Mishap.THROTTLE]) from None
        if mishap is Mishap.ACCEPTED_THEN_5XX:
            raise refusal(500, "InternalServiceError", "The service encountered an unexpected internal error.")
        return wire.Dropped() if mishap is Mishap.LOSE_RESPONSE else json_answer({"id": job.id})

    def get(self, asked: Asked) -> Response:
        """One task."""
        _sign_in(asked)
        return json_answer(self._shown(self._job(asked), base=asked.base))

    def list(self, asked: Asked) -> Response:
        """Tasks, newest first, by page and filters."""
        _sign_in(asked)
        page, size = _number(asked, "page_num", default=1), _number(asked, "page_size", default=20)
        kept = filter(self._kept, reversed(self._stage.records.accepted(VENDOR)))
        tasks = [self._shown(job, base=asked.base) for job in kept if _listed(job, asked)]
        status = asked.query.get("filter.status")
        tasks = [task for task in tasks if status in (None, task["status"])]
        return json_answer({"total": len(tasks), "items": tasks[(page - 1) * size : page * size]})

    def delete(self, asked: Asked) -> Response:
        """Cancel a waiting task or delete a finished one; a running one is refused."""
        _sign_in(asked)
        job = self._job(asked)
        match self._status(job):
            case "queued":
                self._stage.records.cancel(job.id, at_s=self._stage.clock.now_s())
            case "running":
                raise refusal(409, "OperationDenied", "A running task can be neither cancelled nor deleted.")
            case _:
                self._stage.records.delete(job.id)
        return json_answer({})

    def _job(self, asked: Asked) -> Accepted:
        job = self._stage.records.get(asked.path["id"])
        if job is None or not self._kept(job):
            raise refusal(404, "ResourceNotFound", f"The task {asked.path['id']} does not exist.")
        return job

    def _kept(self, job: Accepted) -> bool:
        young = job.created_s >= self._stage.clock.now_s() - KEPT_S
        return job.vendor == VENDOR and young and not job.deleted

    def _status(self, job: Accepted) -> str:
        now_s = self._stage.clock.now_s()
        standing = job.standing(now_s)
        if standing is Standing.CANCELLED:
            return "cancelled"
        if standing is not Standing.OVER and now_s >= job.created_s + _kept_task(job).execution_expires_after:
            return "expired"
        if standing is Standing.OVER:
            return "succeeded" if job.outcome is Outcome.DONE else "failed"
        return "running" if standing is Standing.RUNNING else "queued"

    def _shown(self, job: Accepted, *, base: str) -> dict[str, object]:
        task, status = _kept_task(job), self._status(job)
        shown: dict[str, object] = {
            "id": job.id,
            "model": job.model,
            "status": status,
            "created_at": int(job.created_s),
            "updated_at": int(job.changed_s(self._stage.clock.now_s())),
            "service_tier": task.service_tier,
            "execution_expires_after": task.execution_expires_after,
        }
        if task.safety_identifier is not None:
            shown["safety_identifier"] = task.safety_identifier
        match status:
            case "succeeded":
                return shown | self._result(job, task, base=base)
            case "failed":
                return shown | {"error": _error(job)}
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

    def _new_id(self) -> str:
        return f"cgt-{int(self._stage.clock.now_s())}-{uuid.uuid4().hex[:10]}"


def routes(stage: Stage) -> Sequence[BaseRoute]:
    """The routes of this wire, with and without the ``/api/v3`` that ends the vendor's base address."""
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
    if not wire.same(asked.bearer, KEYS["api_key"]):
        raise refusal(*REFUSALS[Mishap.WRONG_KEY])


def _without_nulls(body: bytes) -> dict[str, object]:
    """The body's fields less those that are null: the official client sends null for every unset field [S]."""
    content = wire.json_object(body)
    if content is None:
        raise refusal(400, "InvalidParameter", "The request body is not a JSON object.")
    return {name: value for name, value in content.items() if value is not None}


def _task(body: Mapping[str, object]) -> Task:
    try:
        return Task.model_validate(body)
    except ValidationError as error:
        where, what = wire.reason(error)
        code = "MissingParameter" if "required" in what.lower() else "InvalidParameter"
        raise refusal(400, code, f"The parameter {where} is not valid: {what}.", param=where) from None


def _kept_task(job: Accepted) -> Task:
    return _task(_without_nulls(job.body))


def _order(asked: Asked, task: Task) -> Order:
    model = seedance_models.family(task.model)
    if model is None:
        raise refusal(*REFUSALS[Mishap.RETIRED])
    field = seedance_models.problem(task, model)
    if field is not None:
        raise refusal(400, "InvalidParameter", f"The parameter {field} is not valid for {task.model}.", param=field)
    return seedance_models.order(asked, task, model)


def _listed(job: Accepted, asked: Asked) -> bool:
    ids, model = asked.query.getlist("filter.task_ids"), asked.query.get("filter.model")
    tier = asked.query.get("filter.service_tier", "default")
    return (not ids or job.id in ids) and model in (None, job.model) and tier == "default"


def _number(asked: Asked, name: str, *, default: int) -> int:
    text = asked.query.get(name, str(default))
    if not text.isdigit() or not 1 <= int(text) <= 500:
        raise refusal(400, "InvalidParameter", f"The parameter {name} must be 1 to 500.", param=name)
    return int(text)


def _error(job: Accepted) -> dict[str, str]:
    if job.outcome is Outcome.BROKEN:
        return {"code": "InternalServiceError", "message": "The service encountered an unexpected internal error."}
    return {"code": "OutputVideoSensitiveContentDetected", "message": "The output video may contain sensitive content."}
