"""Stand-in for Runway: tasks with per-model bodies, its own models and those of others it hosts.

Wire and types read from the official client 5.24.0 [S], error bodies and credits from third parties [T], 2026-11-20.
Left out: video and audio inputs, uploads, the model router, drafts, output formats other than MP4, the effect of
moderation settings, and the hosted models of other families.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from pydantic import ValidationError
from starlette.responses import Response
from starlette.routing import BaseRoute

from tools.sandbox import runway_models, runway_orders, wire
from tools.sandbox.faultplan import Mishap
from tools.sandbox.records import Accepted, Outcome, Standing
from tools.sandbox.runway_models import IMAGE, TEXT
from tools.sandbox.runway_orders import MICRO_USD_PER_CREDIT, VENDOR
from tools.sandbox.stage import Order, Stage
from tools.sandbox.wire import Asked, Refusal, StandIn, json_answer

KEYS = {"api_key": "sandbox-runway-api-key"}
VERSION = "2024-11-06"  # [S]
DAY_S = 86_400
LINK_LIVES_S = DAY_S  # 24-48 h [S]
DOCS = "https://docs.dev.runwayml.com/api"
RETRY_AFTER_S = 5
MONTHLY_CREDITS = 1_000_000


def refusal(status: int, message: str, *, headers: Mapping[str, str] | None = None) -> Refusal:
    """The vendor's plain error body."""
    return Refusal(json_answer({"error": message}, status=status, headers=headers))


def invalid(issues: list[dict[str, object]]) -> Refusal:
    """A body that does not validate, issue by issue."""
    return Refusal(json_answer({"error": "Validation of body failed", "issues": issues, "docUrl": DOCS}, status=400))


UNKNOWN_MODEL: dict[str, object] = {
    "code": "invalid_union_discriminator",
    "message": "Invalid discriminator value",
    "path": ["model"],
}
REFUSALS = {
    Mishap.WRONG_KEY: (401, "The API key provided is not valid."),
    Mishap.OUT_OF_CREDIT: (400, "You do not have enough credits to run this task."),
    Mishap.UNAVAILABLE: (503, "The service is temporarily unavailable; the task was not created."),
}
ISSUE_CODES = {  # the checker's own words for what is wrong, to the vendor's [T]
    "extra_forbidden": "unrecognized_keys",
    "greater_than_equal": "too_small",
    "string_too_short": "too_small",
    "less_than_equal": "too_big",
    "less_than": "too_big",
    "too_long": "too_big",
    "too_big": "too_big",
    "literal_error": "invalid_enum_value",
    "string_pattern_mismatch": "invalid_string",
    "custom": "custom",
}
BRANCHES = {"int", "literal['auto']"}  # marks of a union's branches, which the vendor does not show
FAILURES = {  # outcome to texts for humans and failureCodes [S], one after the other over the takes of the same words
    Outcome.REFUSED: (
        ("The text of the request was refused by content moderation.", "SAFETY.INPUT.TEXT"),
        ("The request was refused while it was prepared.", "INPUT_PREPROCESSING.SAFETY.TEXT"),
        ("An image of the request was refused by content moderation.", "SAFETY.INPUT.IMAGE"),
    ),
    Outcome.WITHHELD: (("The generated video was withheld by content moderation.", "SAFETY.OUTPUT.VIDEO"),),
    Outcome.BROKEN: (
        ("An unexpected error occurred.", "INTERNAL.BAD_OUTPUT.01"),
        ("An unexpected error occurred.", "INTERNAL"),
        ("The provider of this model is not available.", "THIRD_PARTY.UNAVAILABLE"),
        ("The request could not be prepared.", "INPUT_PREPROCESSING.INTERNAL"),
        ("An unexpected error occurred.", None),
        ("An input could not be used.", "ASSET.INVALID"),
    ),
}


class Runway:
    """The wire's handlers over one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def create(self, asked: Asked, *, kind: str) -> Response:
        """Start a task; over the limit it waits as THROTTLED. Refused text shows up as a failed task."""
        _sign_in(asked)
        name = str((wire.json_object(asked.body) or {}).get("model", ""))
        mishap = self._planned(name)
        job = self._stage.accept(_order(asked, name, kind=kind), mishap=mishap)
        if mishap is Mishap.ACCEPTED_THEN_5XX:
            raise refusal(500, "An unexpected error occurred.")
        reply = json_answer({"id": job.id, "estimatedCost": _credits(job.price_micro_usd)})
        return wire.Dropped() if mishap is Mishap.LOSE_RESPONSE else reply

    def get(self, asked: Asked) -> Response:
        """One task, with a fresh link each time."""
        _sign_in(asked)
        return json_answer(self._shown(self._job(asked), base=asked.base))

    def delete(self, asked: Asked) -> Response:
        """Call back a task that waits; one that runs is no longer shown, but goes on and is charged [S]."""
        _sign_in(asked)
        job, now_s = self._job(asked), self._stage.clock.now_s()
        if job.standing(now_s) in (Standing.HELD, Standing.QUEUED):
            self._stage.records.cancel(job.id, at_s=now_s)
        self._stage.records.delete(job.id)
        return Response(status_code=204)

    def organization(self, asked: Asked) -> Response:
        """Limits and use of the account."""
        _sign_in(asked)
        jobs = self._stage.records.accepted(VENDOR)
        spent = sum(job.charged_micro_usd for job in jobs) // MICRO_USD_PER_CREDIT
        limits = {"maxConcurrentGenerations": self._stage.slots, "maxDailyGenerations": None}
        since_s = self._stage.clock.now_s() - DAY_S
        used = Counter(job.model for job in jobs if job.created_s > since_s)
        return json_answer(
            {
                "creditBalance": MONTHLY_CREDITS - spent,
                "tier": {
                    "maxMonthlyCreditSpend": MONTHLY_CREDITS,
                    "models": dict.fromkeys(runway_models.MODELS, limits),
                },
                "usage": {"models": {name: {"dailyGenerations": used[name]} for name in runway_models.MODELS}},
            }
        )

    def _planned(self, model: str) -> Mishap | None:
        mishap = self._stage.plan.next(vendor=VENDOR, model=model)
        match mishap:
            case Mishap.RATE:
                raise refusal(429, "Too many tasks were created today.", headers={"retry-after": str(RETRY_AFTER_S)})
            case Mishap.RETIRED:
                raise invalid([UNKNOWN_MODEL])
            case None:
                return None
            case _ if mishap in REFUSALS:
                raise refusal(*REFUSALS[mishap])
            case _:
                return mishap

    def _job(self, asked: Asked) -> Accepted:
        job = self._stage.records.get(asked.path["id"])
        if job is None or job.vendor != VENDOR or job.deleted:
            raise refusal(404, "Task not found.")
        return job

    def _shown(self, job: Accepted, *, base: str) -> dict[str, object]:
        now_s = self._stage.clock.now_s()
        task: dict[str, object] = {"id": job.id, "createdAt": _moment(job.created_s)}
        estimated = {"estimatedCost": _credits(job.price_micro_usd)}
        match job.standing(now_s):
            case Standing.HELD:
                return task | estimated | {"status": "THROTTLED"}
            case Standing.QUEUED:
                return task | estimated | {"status": "PENDING"}
            case Standing.RUNNING:
                share = round((now_s - job.starts_s) / (job.ends_s - job.starts_s), 2)
                return task | estimated | {"status": "RUNNING", "progress": share}
            case Standing.CANCELLED:
                return task | {"status": "CANCELLED", "cost": _credits(0)}
            case Standing.OVER:
                return task | {"cost": _credits(job.charged_micro_usd)} | self._ended(job, base=base)

    def _ended(self, job: Accepted, *, base: str) -> dict[str, object]:
        if job.outcome is Outcome.DONE:
            output = [wire.link(self._stage, job, base=base, lives_s=LINK_LIVES_S)]
            return {"status": "SUCCEEDED", "output": output}
        rows = FAILURES[job.outcome]
        failure, code = rows[(job.take - 1) % len(rows)]
        return {"status": "FAILED", "failure": failure, "failureCode": code}


def routes(stage: Stage) -> Sequence[BaseRoute]:
    """The routes of this wire."""
    runway = Runway(stage)
    return [
        wire.route("/v1/tasks/{id}", runway.get),
        wire.route("/v1/tasks/{id}", runway.delete, method="DELETE"),
        wire.route("/v1/organization", runway.organization),
        wire.media(stage),
        *(wire.route(f"/v1/{kind}", partial(runway.create, kind=kind), method="POST") for kind in (TEXT, IMAGE)),
    ]


STAND_IN = StandIn(vendor=VENDOR, keys=KEYS, routes=routes)


def _sign_in(asked: Asked) -> None:
    if not wire.same(asked.bearer, KEYS["api_key"]):
        raise refusal(*REFUSALS[Mishap.WRONG_KEY])
    if asked.headers.get("x-runway-version") != VERSION:
        raise refusal(400, f"The X-Runway-Version header must be {VERSION}.")


def _order(asked: Asked, name: str, *, kind: str) -> Order:
    model = runway_models.MODELS.get(name)
    shape = model.shapes.get(kind) if model else None
    if model is None or shape is None:
        raise invalid([UNKNOWN_MODEL])
    wanted = wire.parsed(shape, asked.body, wrong=_wrong)
    issues = runway_orders.issues(wanted, model, kind=kind)
    if issues:
        raise invalid(issues)
    return runway_orders.order(asked, name, model, wanted)


def _wrong(error: ValidationError) -> Refusal:
    return invalid(
        [
            {
                "code": ISSUE_CODES.get(one["type"], "invalid_type"),
                "message": one["msg"],
                "path": [part for part in one["loc"] if part not in BRANCHES],
            }
            for one in error.errors(include_url=False)
        ]
    )


def _credits(micro_usd: int) -> dict[str, int]:
    return {"credits": -(-micro_usd // MICRO_USD_PER_CREDIT)}


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
