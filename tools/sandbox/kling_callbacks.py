"""Kling's callbacks: the bare task object, signed by Standard Webhooks [D, 2026-09-20].

An account chooses whether it signs; the sandbox's does. Nothing is said of retries, so none are made. That the legacy
standard posts its own task object and signs it in the same way is inferred [U].
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping

from tools.sandbox.callbacks import Change, Message
from tools.sandbox.clock import Clock
from tools.sandbox.kling_account import KEYS

TaskAt = Callable[[Change], Mapping[str, object]]


def message(change: Change, task: TaskAt, *, clock: Clock) -> Message:
    """The callback for a change. Each changes Kling's status word: it refuses an order rather than let it wait."""
    body = json.dumps(task(change), separators=(",", ":")).encode()
    return Message(body=body, headers=signed(body, number=_number(change), at_s=clock.now_s()))


def signed(body: bytes, *, number: str, at_s: float, secret: str = KEYS["webhook_secret"]) -> dict[str, str]:
    """The three headers: the message's number, the time of sending, and the signature over both and the body."""
    sent = str(int(at_s))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{number}.{sent}.".encode() + body, hashlib.sha256).digest()
    signature = f"v1,{base64.b64encode(digest).decode()}"
    return {"webhook-id": number, "webhook-timestamp": sent, "webhook-signature": signature}


def _number(change: Change) -> str:
    """The same for each try of one message, so that a receiver can tell a repetition."""
    digest = hashlib.sha256(f"{change.job.id} {change.standing}".encode()).digest()
    return str(int.from_bytes(digest[:8], "big"))
