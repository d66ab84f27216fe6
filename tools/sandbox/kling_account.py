"""What Kling's two API standards share: signing in, the envelope, error codes, and one space of external ids."""

import base64
import binascii
import hashlib
import hmac
import uuid
from collections.abc import Mapping

from pydantic import ValidationError
from starlette.responses import Response

from tools.sandbox import callbacks, reading, wire
from tools.sandbox.callbacks import AddressError
from tools.sandbox.faultplan import Mishap
from tools.sandbox.records import Accepted, DuplicateKeyError, Outcome, Standing
from tools.sandbox.stage import Order, SlotsBusyError, Stage
from tools.sandbox.wire import Asked, Refusal, json_answer

VENDOR = "kling"
KEYS = {
    "api_key": "sandbox-kling-api-key",
    "access_key": "sandbox-kling-access-key",
    "secret_key": "sandbox-kling-secret-key",
    "webhook_secret": "whsec_c2FuZGJveC1rbGluZy13ZWJob29rLXNlY3JldA==",  # `sandbox-kling-webhook-secret`
}
LINK_LIVES_S = 30 * 86_400  # [D]


def refusal(status: int, code: int, message: str) -> Refusal:
    """The vendor's error body."""
    return Refusal(json_answer({"code": code, "message": message, "request_id": str(uuid.uuid4())}, status=status))


REFUSALS = {
    Mishap.WRONG_KEY: (401, 1002, "Authorization invalid"),
    Mishap.OUT_OF_CREDIT: (429, 1102, "Resource pack exhausted or expired"),
    Mishap.RATE: (429, 1302, "API rate limit exceeded"),
    Mishap.THROTTLE: (429, 1303, "parallel task over resource pack limit"),
    Mishap.UNAVAILABLE: (503, 5001, "Server temporarily unavailable, under maintenance; the task was not accepted"),
    Mishap.RETIRED: (404, 1203, "The requested model does not exist"),
    Mishap.MODERATE_INPUT: (400, 1301, "Failure to pass the content security system"),
}


def invalid(what: str) -> Refusal:
    """An invalid parameter, named."""
    return refusal(400, 1201, what)


def wrong(error: ValidationError) -> Refusal:
    """A body of the wrong shape."""
    where, what = wire.reason(error)
    return invalid(f"{where}: {what}" if where else what)


def envelope(data: object) -> Response:
    """A successful answer."""
    return json_answer({"code": 0, "message": "SUCCEED", "request_id": str(uuid.uuid4()), "data": data})


def sign_in(asked: Asked, *, now_s: float, tokens: bool) -> None:
    """Check the API key or, where the standard takes one, the signed token.

    Raises:
        Refusal: 1000 to 1004.
    """
    if not asked.headers.get("authorization"):
        raise refusal(401, 1001, "Authorization is empty")
    if not asked.bearer:
        raise refusal(401, 1000, "Authentication failed")
    if wire.same(asked.bearer, KEYS["api_key"]):
        return
    claims = _claims(asked.bearer) if tokens else None
    if claims is None or claims.get("iss") != KEYS["access_key"]:
        raise refusal(*REFUSALS[Mishap.WRONG_KEY])
    if now_s < _moment(claims, "nbf"):
        raise refusal(401, 1003, "Authorization is not yet valid")
    if now_s >= _moment(claims, "exp"):
        raise refusal(401, 1004, "Authorization has expired")


def submit(stage: Stage, order: Order, *, mishap: Mishap | None, callback: str | None, base: str) -> Accepted:
    """Keep the order as a job that calls back where it is asked to, or refuse it as this vendor does.

    Raises:
        Refusal: A duplicate external id (1201, nothing charged), content (1301), or no free slot (1303).
    """
    _check_callback(callback)
    if reading.refused(order.text, vendor=VENDOR, after_rendering=False):
        raise refusal(*REFUSALS[Mishap.MODERATE_INPUT])
    try:
        job = stage.accept(order, mishap=mishap, new_id=lambda: str(uuid.uuid4().int)[:18])
    except DuplicateKeyError:
        raise invalid(f"external_task_id {order.key} already exists") from None
    except SlotsBusyError:
        raise refusal(*REFUSALS[Mishap.THROTTLE]) from None
    if callback:
        stage.callbacks.expect(job, callback, base=base)
    return job


def answer(reply: Response, *, mishap: Mishap | None) -> Response:
    """The reply to an accepted order, unless the plan has it lost or broken."""
    if mishap is Mishap.ACCEPTED_THEN_5XX:
        raise refusal(500, 5000, "Server internal error")
    return wire.Dropped() if mishap is Mishap.LOSE_RESPONSE else reply


def plan(stage: Stage, model: str) -> Mishap | None:
    """What the plan has for this submission.

    Raises:
        Refusal: It is not accepted.
    """
    mishap = stage.plan.next(vendor=VENDOR, model=model)
    if mishap and mishap in REFUSALS:
        raise refusal(*REFUSALS[mishap])
    return mishap


def status(job: Accepted, at_s: float, *, succeeded: str) -> tuple[str, str]:
    """Status word and message at that time; ``succeeded`` is spelled differently in the two standards."""
    match job.standing(at_s):
        case Standing.RUNNING:
            return "processing", ""
        case Standing.OVER if job.outcome is Outcome.DONE:
            return succeeded, ""
        case Standing.OVER if job.outcome is Outcome.BROKEN:
            return "failed", "Internal error, please try again"
        case Standing.OVER:
            return "failed", "Failure to pass the risk control system"
        case _:
            return "submitted", ""


def nowhere(_: Asked) -> Response:
    """The answer under a path or method that does not exist."""
    raise refusal(404, 1202, "The request method or path does not exist")


def milliseconds(seconds: float) -> int:
    """The vendor's times."""
    return int(seconds * 1000)


def _check_callback(address: str | None) -> None:
    try:
        if address:
            callbacks.check(address)
    except AddressError as error:
        raise invalid(f"callback_url: {error}") from None


def _moment(claims: Mapping[str, object], name: str) -> float:
    value = claims.get(name)
    if not isinstance(value, int | float):
        raise refusal(*REFUSALS[Mishap.WRONG_KEY])
    return value


def _claims(token: str) -> dict[str, object] | None:
    """The claims of an HS256 token signed with the sandbox's secret key; ``None`` for any other."""
    head, _, rest = token.partition(".")
    claims, _, signature = rest.partition(".")
    known = hmac.new(KEYS["secret_key"].encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
    if not hmac.compare_digest(_unpadded(signature) or b"", known):
        return None
    header = wire.json_object(_unpadded(head) or b"") or {}
    return wire.json_object(_unpadded(claims) or b"") if header.get("alg") == "HS256" else None


def _unpadded(text: str) -> bytes | None:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
