"""Stand-in for fal's queue: apps by path, a request that is over before anybody knows whether it succeeded.

Wire read from the official client 1.0.3 [S] and the vendor's pages on queue, errors, models and billing [D]; the words
for a locked account from users' reports [T], the answers to an unknown request or key inferred [U], 2026-11-20. A body
that an app does not take is refused at once; the vendor may say so only with the result. The vendor has its models,
balance and public keys at addresses of their own; here they lie below this one. Left out: streamed status, logs,
priorities, uploads, what a request time-out does to a waiting request.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from pydantic import ValidationError
from starlette.responses import Response
from starlette.routing import BaseRoute

from tools.sandbox import callbacks, fal_apps, fal_callbacks, fal_results, wire
from tools.sandbox.callbacks import AddressError
from tools.sandbox.fal_apps import APPS, VENDOR
from tools.sandbox.fal_results import Result, Results, breakdown
from tools.sandbox.faultplan import Mishap, Rule
from tools.sandbox.records import Accepted, Standing
from tools.sandbox.stage import Order, Stage
from tools.sandbox.wire import Asked, Refusal, StandIn, json_answer

KEYS = {"api_key": "sandbox-fal-key-id:sandbox-fal-key-secret"}
FUNDS_MICRO_USD = 1_000_000_000
LEAST_TIMEOUT_S = 1.0  # [S]


def refusal(status: int, detail: object, *, headers: Mapping[str, str] | None = None) -> Refusal:
    """The vendor's error body."""
    return Refusal(json_answer({"detail": detail}, status=status, headers=headers))


LOCKED = "User is locked. Reason: "
REFUSALS: Mapping[Mishap, Mapping[str, tuple[int, str]]] = {  # the usual one, and the rows a plan may name
    Mishap.WRONG_KEY: {"": (401, "The key is not valid."), "403": (403, "The key has no access to this app.")},
    Mishap.OUT_OF_CREDIT: {
        "": (403, f"{LOCKED}Exhausted balance."),
        "TOP_UP": (403, f"{LOCKED}TOP_UP."),
        "402": (402, "Payment required"),
    },
    Mishap.RATE: {"": (429, "Too many requests.")},
    Mishap.RETIRED: {"": (404, "Application not found")},
}
UNAVAILABLE = breakdown("runner_scheduling_failure", "No runner could be allocated", status=503)
BROKE_OFF = breakdown("internal_error", "An unexpected internal error occurred", status=500, retryable=False)


class Queue:
    """The wire's handlers over one stage.

    Attributes:
        results: How its requests end.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.results = Results(stage)

    def submit(self, asked: Asked) -> Response:
        """Take a request; whether its words or its picture are refused shows when it is over."""
        _sign_in(asked)
        name = asked.route.strip("/")
        rule = self._planned(name)
        mishap = rule.mishap if rule else None
        order = _order(asked, name)
        address = _callback_address(asked)
        job = self._stage.accept(order, mishap=mishap)
        if rule and rule.row:
            self.results.plan(job, rule.row)
        if address is not None:
            self._stage.callbacks.expect(job, address, base=asked.base)
        if mishap is Mishap.ACCEPTED_THEN_5XX:
            raise Refusal(_answer(BROKE_OFF))
        reply = json_answer({"status": "IN_QUEUE", "queue_position": 0, **_addresses(job, base=asked.base)})
        return wire.Dropped() if mishap is Mishap.LOSE_RESPONSE else reply

    def status(self, asked: Asked) -> Response:
        """Where a request stands: 202 while it goes on, 200 when it is over [D]."""
        _sign_in(asked)
        job, now_s = self._job(asked), self._stage.clock.now_s()
        shown = _addresses(job, base=asked.base)
        match job.standing(now_s):
            case Standing.HELD | Standing.QUEUED:
                return json_answer(shown | {"status": "IN_QUEUE", "queue_position": self._ahead(job)}, status=202)
            case Standing.RUNNING:
                return json_answer(shown | {"status": "IN_PROGRESS", "logs": None}, status=202)
            case Standing.OVER | Standing.CANCELLED:
                failure = self.results.failure(job, at_s=now_s)
                told = {"logs": None, "metrics": {"inference_time": job.ends_s - job.starts_s}}
                why = {"error": failure and failure.error, "error_type": failure and failure.error_type}
                return json_answer(shown | {"status": "COMPLETED"} | told | why)

    def result(self, asked: Asked) -> Response:
        """What came of a request."""
        _sign_in(asked)
        return _answer(self.results.of(self._job(asked), base=asked.base, at_s=self._stage.clock.now_s()))

    def cancel(self, asked: Asked) -> Response:
        """Call a request back. A waiting one is taken from the queue; a running one is only asked to stop [D]."""
        _sign_in(asked)
        job, now_s = self._job(asked), self._stage.clock.now_s()
        match job.standing(now_s):
            case Standing.OVER | Standing.CANCELLED:
                return json_answer({"status": "ALREADY_COMPLETED"}, status=400)
            case Standing.HELD | Standing.QUEUED:
                self._stage.records.cancel(job.id, at_s=now_s)
            case Standing.RUNNING:
                pass
        return json_answer({"status": "CANCELLATION_REQUESTED"}, status=202)

    def balance(self, asked: Asked) -> Response:
        """What the account has left; the sandbox's key counts as an admin's."""
        _sign_in(asked)
        jobs = self._stage.records.accepted(VENDOR)
        left = FUNDS_MICRO_USD - sum(job.charged_micro_usd for job in jobs)
        funds = {"credits": {"current_balance": left / 1e6, "currency": "USD"}}
        return json_answer({"username": "sandbox"} | (funds if "credits" in asked.query.getlist("expand") else {}))

    def _planned(self, name: str) -> Rule | None:
        rule = self._stage.plan.next_rule(vendor=VENDOR, model=name)
        if rule and rule.mishap in REFUSALS:
            raise refusal(*REFUSALS[rule.mishap][rule.row])
        if rule and rule.mishap is Mishap.UNAVAILABLE:
            raise Refusal(_answer(UNAVAILABLE))
        return rule

    def _job(self, asked: Asked) -> Accepted:
        job = self._stage.records.get(asked.path["id"])
        if job is None or job.vendor != VENDOR or _owner_and_app(job) != f"{asked.path['owner']}/{asked.path['app']}":
            raise refusal(404, "Request not found")
        return job

    def _ahead(self, job: Accepted) -> int:
        """How many requests to the same app wait in front of it."""
        now_s = self._stage.clock.now_s()
        waiting = (Standing.HELD, Standing.QUEUED)
        others = (one for one in self._stage.records.accepted(VENDOR) if one.model == job.model)
        return sum(one.starts_s < job.starts_s and one.standing(now_s) in waiting for one in others)


def models(asked: Asked) -> Response:
    """The apps of the asked ids that exist; no key is needed [D]."""
    found = [name for name in APPS if name in asked.query.getlist("endpoint_id")]
    shown = [{"endpoint_id": name, "metadata": {"display_name": name, "status": "active"}} for name in found]
    return json_answer({"models": shown, "next_cursor": None, "has_more": False})


def keys(_: Asked) -> Response:
    """The public keys of callbacks."""
    return json_answer(fal_callbacks.keys())


def routes(stage: Stage) -> Sequence[BaseRoute]:
    """The routes of this wire."""
    queue = Queue(stage)
    stage.callbacks.teach(
        VENDOR,
        partial(fal_callbacks.tell, results=queue.results, clock=stage.clock),
        again_after_s=fal_callbacks.AGAIN_AFTER_S,
    )
    request = "/{owner}/{app}/requests/{id}"
    return [
        wire.route("/.well-known/jwks.json", keys),
        wire.route("/v1/models", models),
        wire.route("/v1/account/billing", queue.balance),
        wire.media(stage),
        wire.route(f"{request}/status", queue.status),
        wire.route(f"{request}/cancel", queue.cancel, method="PUT"),
        wire.route(request, queue.result),
        wire.route("/{path:path}", queue.submit, method="POST"),
    ]


STAND_IN = StandIn(vendor=VENDOR, keys=KEYS, routes=routes)


def _sign_in(asked: Asked) -> None:
    scheme, _, key = asked.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "key" or not wire.same(key.strip(), KEYS["api_key"]):
        raise refusal(*REFUSALS[Mishap.WRONG_KEY][""])


def _order(asked: Asked, name: str) -> Order:
    app = APPS.get(name)
    if app is None:
        raise refusal(*REFUSALS[Mishap.RETIRED][""])
    timeout = asked.headers.get("x-fal-request-timeout")
    if timeout is not None and not _is_timeout(timeout):
        raise Refusal(_answer(breakdown("bad_request", "Invalid timeout header", status=400, retryable=False)))
    return fal_apps.order(asked, name, wire.parsed(app.shape, asked.body, wrong=_wrong))


def _callback_address(asked: Asked) -> str | None:
    address = asked.query.get("fal_webhook")
    if address is not None:
        try:
            callbacks.check(address)
        except AddressError as error:
            raise Refusal(_answer(fal_results.flaw("value_error", str(error), at=("query", "fal_webhook")))) from error
    return address


def _wrong(error: ValidationError) -> Refusal:
    details = [
        {
            "loc": ["body", *one["loc"]],
            "msg": one["msg"],
            "type": one["type"],
            "url": fal_results.ERROR_PAGE + one["type"],
        }
        for one in error.errors(include_url=False)
    ]
    return refusal(422, details, headers={"x-fal-retryable": "false"})


def _answer(result: Result) -> Response:
    return json_answer(result.content, status=result.status, headers=result.headers)


def _addresses(job: Accepted, *, base: str) -> dict[str, object]:
    address = f"{base}/{_owner_and_app(job)}/requests/{job.id}"
    return {
        "request_id": job.id,
        "response_url": address,
        "status_url": f"{address}/status",
        "cancel_url": f"{address}/cancel",
    }


def _owner_and_app(job: Accepted) -> str:
    """All of an app's path that the addresses of a request keep [S]."""
    return "/".join(job.model.split("/")[:2])


def _is_timeout(text: str) -> bool:
    try:
        return float(text) > LEAST_TIMEOUT_S
    except ValueError:
        return False
