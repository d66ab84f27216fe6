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
from tools.sandbox.faultplan import Mishap, Rule
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

ROWS = {
    1000: (401, "Authentication failed"),
    1001: (401, "Authorization is empty"),
    1002: (401, "Authorization invalid"),
    1003: (401, "Authorization is not yet valid"),
    1004: (401, "Authorization has expired"),
    1100: (429, "Account exception"),
    1101: (429, "Account in arrears"),
    1102: (429, "Resource pack exhausted or expired"),
    1103: (403, "No access to the requested API or model"),
    1200: (400, "Invalid request parameters"),
    1201: (400, "Invalid parameter key or value"),
    1202: (404, "The request method or path does not exist"),
    1203: (404, "The requested model does not exist"),
    1300: (400, "The platform policy was triggered"),
    1301: (400, "Failure to pass the content security system"),
    1302: (429, "API rate limit exceeded"),
    1303: (429, "parallel task over resource pack limit"),
    1304: (429, "The request is outside the IP whitelist"),
    5000: (500, "Server internal error"),
    5001: (503, "Server temporarily unavailable, under maintenance; the task was not accepted"),
    5002: (504, "Server internal timeout, backlog"),
}
"""The vendor's table: the status of each code [D] and words to that effect."""

USUAL = {
    Mishap.WRONG_KEY: 1002,
    Mishap.OUT_OF_CREDIT: 1102,
    Mishap.RATE: 1302,
    Mishap.THROTTLE: 1303,
    Mishap.UNAVAILABLE: 5001,
    Mishap.RETIRED: 1203,
    Mishap.MODERATE_INPUT: 1301,
}


def refusal(code: int, message: str = "") -> Refusal:
    """The vendor's error body; the message is the table's where none is given."""
    status, words = ROWS[code]
    content = {"code": code, "message": message or words, "request_id": str(uuid.uuid4())}
    return Refusal(json_answer(content, status=status))


def invalid(what: str) -> Refusal:
    """An invalid parameter, named."""
    return refusal(1201, what)


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
        raise refusal(1001)
    if not asked.bearer:
        raise refusal(1000)
    if wire.same(asked.bearer, KEYS["api_key"]):
        return
    claims = _claims(asked.bearer) if tokens else None
    if claims is None or claims.get("iss") != KEYS["access_key"]:
        raise refusal(1002)
    if now_s < _moment(claims, "nbf"):
        raise refusal(1003)
    if now_s >= _moment(claims, "exp"):
        raise refusal(1004)


def submit(stage: Stage, order: Order, *, rule: Rule | None, callback: str | None, base: str) -> Accepted:
    """Keep the order as a job that calls back where it is asked to, or refuse it as this vendor does.

    Raises:
        Refusal: A duplicate external id (1201, nothing charged), content (1301), or no free slot (1303).
    """
    _check_callback(callback)
    if reading.refused(order.text, vendor=VENDOR, after_rendering=False):
        raise refusal(1301)
    try:
        mishap = rule.mishap if rule else None
        job = stage.accept(order, mishap=mishap, new_id=lambda: str(uuid.uuid4().int)[:18])
    except DuplicateKeyError:
        raise invalid(f"external_task_id {order.key} already exists") from None
    except SlotsBusyError:
        raise refusal(1303) from None
    if callback:
        stage.callbacks.expect(job, callback, base=base)
    return job


def answer(reply: Response, *, rule: Rule | None) -> Response:
    """The reply to an accepted order, unless the plan has it lost or broken."""
    match rule and rule.mishap:
        case Mishap.ACCEPTED_THEN_5XX:
            raise refusal(int(rule.row) if rule and rule.row else 5000)
        case Mishap.LOSE_RESPONSE:
            return wire.Dropped()
        case _:
            return reply


def plan(stage: Stage, model: str) -> Rule | None:
    """What the plan has for this submission.

    Raises:
        Refusal: It is not accepted.
    """
    rule = stage.plan.next_rule(vendor=VENDOR, model=model)
    if rule and rule.mishap in USUAL:
        raise refusal(int(rule.row) if rule.row else USUAL[rule.mishap])
    return rule


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
    raise refusal(1202)


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
        raise refusal(1002)
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
