"""How the Gemini Developer API signs in and refuses, in the stand-in.

The key's header from the official client 2.34.0 and 3.4.0 [S], its place in the query from the vendor's examples [D].
The front end answers bad keys with a JSON array, the interactions with words for codes, the models with google.rpc ones
[T]; texts of refusals about keys and billing from the vendor's troubleshooting page [D], read 2026-11-20.
"""

from collections.abc import Mapping

from pydantic import ValidationError

from tools.sandbox import wire
from tools.sandbox.faultplan import Mishap
from tools.sandbox.wire import Asked, Refusal, json_answer

VENDOR = "gemini"
KEYS = {"api_key": "sandbox-gemini-api-key"}
KEY_HEADER = "x-goog-api-key"

PLANNED: Mapping[Mishap, tuple[int, str, str]] = {
    Mishap.OUT_OF_CREDIT: (429, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted."),  # [T]
    Mishap.RATE: (429, "RESOURCE_EXHAUSTED", "You exceeded your current quota."),
    Mishap.THROTTLE: (429, "RESOURCE_EXHAUSTED", "You exceeded your current quota for concurrent requests."),
    Mishap.UNAVAILABLE: (503, "UNAVAILABLE", "The model is overloaded; the request was not accepted."),
    Mishap.ACCEPTED_THEN_5XX: (500, "INTERNAL", "An internal error has occurred."),
}
"""Refusals that both wires word alike; their code differs."""


def sign_in(asked: Asked) -> None:
    """Let pass whoever shows the key.

    Raises:
        Refusal: There is none, or another; both come from the front end, as an array.
    """
    given = asked.headers.get(KEY_HEADER) or asked.query.get("key", "")
    if not given:
        raise _front_end(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers.", reason="")
    if not wire.same(given, KEYS["api_key"]):
        raise wrong_key()


def wrong_key() -> Refusal:
    """What a bad key gets."""
    return _front_end(400, "INVALID_ARGUMENT", "API key not valid.", reason="API_KEY_INVALID")


def rpc(status: int, name: str, message: str) -> Refusal:
    """A refusal of the models: the HTTP status as code, google.rpc's name beside it."""
    return Refusal(json_answer({"error": {"code": status, "message": message, "status": name}}, status=status))


def worded(status: int, code: str, message: str) -> Refusal:
    """A refusal of the interactions, whose code is a word."""
    return Refusal(json_answer({"error": {"code": code, "message": message}}, status=status))


def place(error: ValidationError) -> str:
    """What is wrong with a body, in a sentence."""
    where, what = wire.reason(error)
    return f"Invalid value at '{where}': {what}"


def _front_end(status: int, name: str, message: str, *, reason: str) -> Refusal:
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": "googleapis.com"}]
    error = {"code": status, "message": message, "status": name, "details": details if reason else []}
    return Refusal(json_answer([{"error": error}], status=status))
