"""How fal calls back: one signed message when a request is over, and the public key to check it with.

Message, headers and ten tries in two hours from the vendor's webhook page [D]; the signed text, request id, user id,
timestamp and the body's SHA-256 in hexadecimal, one per line, from that page as several of its readers wrote it down
[D via T], 2026-11-20.
"""

import base64
import hashlib
import json
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tools.sandbox.callbacks import Change, Message
from tools.sandbox.clock import Clock
from tools.sandbox.fal_results import Results
from tools.sandbox.records import Standing

SIGNS_WITH = b"sandbox-fal-callbacks-not-secret"  # 32 bytes that make a key; it protects nothing, so it stands here
USER_ID = "sandbox"
AGAIN_AFTER_S = (720.0,) * 10  # ten times over two hours [D]; how they are spread is not documented


def keys() -> Mapping[str, object]:
    """The public key as a JSON Web Key Set."""
    public = Ed25519PrivateKey.from_private_bytes(SIGNS_WITH).public_key().public_bytes_raw()
    return {"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "sandbox", "x": _base64url(public)}]}


def tell(change: Change, results: Results, clock: Clock) -> Message | None:
    """The signed message about a request that is over; the vendor tells of nothing else."""
    if change.standing is not Standing.OVER:
        return None
    job = change.job
    result = results.of(job, base=change.base, at_s=change.at_s)
    went_well = result.status == 200
    content = {
        "request_id": job.id,
        "gateway_request_id": job.id,
        "status": "OK" if went_well else "ERROR",
        "payload": result.content,
        "error": None if went_well else f"Invalid status code: {result.status}",
    }
    body = json.dumps(content).encode()
    return Message(body=body, headers=_signed(job.id, body, at_s=clock.now_s()))


def _signed(request_id: str, body: bytes, *, at_s: float) -> dict[str, str]:
    timestamp = str(int(at_s))
    text = "\n".join((request_id, USER_ID, timestamp, hashlib.sha256(body).hexdigest()))
    return {
        "x-fal-webhook-request-id": request_id,
        "x-fal-webhook-user-id": USER_ID,
        "x-fal-webhook-timestamp": timestamp,
        "x-fal-webhook-signature": Ed25519PrivateKey.from_private_bytes(SIGNS_WITH).sign(text.encode()).hex(),
    }


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
