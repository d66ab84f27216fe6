"""How the Gemini Developer API calls back: thin events, each with a token signed by a key that anybody can read.

Events, envelope and signature from the vendor's page on webhooks of 2026-06-22 [D], read 2026-11-20: a request's own
``webhook_config`` is signed with RS256 as a token in ``Webhook-Signature``, and its public key stands in a key set
below the vendor's address. Which claims the token holds and where ``user_metadata`` stands in the event is inferred
[U].
"""

import hashlib
import json
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, datetime

from tools.sandbox.callbacks import Change, Message
from tools.sandbox.gemini_models import Creation
from tools.sandbox.records import Outcome, Standing

KEY_ID = "sandbox-1"
TOKEN_LIVES_S = 300
AGAIN_AFTER_S = (5.0, 60.0, 600.0, 3600.0, 86_400.0)  # "for 24 hours, exponentially" [D]; the steps are ours

# A key pair made for this file. It is public, like every credential of the sandbox, and protects nothing.
MODULUS = int(
    "c044c4e5031c4a65d1087ff914a56fb22e65ebc73890bddeabeee7656d67021fffc671d499caa8dfa04b5c5b50d2f5035a98"
    "d9cb32c018afc5385fc63d46fd2afa7764b3f1923d363077d3ecd4a2730692cbb602a3385a9ed5f02e422d95e6d981900d24"
    "c102dfdd279448ee6748424a6e7f7ca212d9233a79857f082e07d578ea5c8b7936fbd500d0cb3d4e0fb3674a23fcdb9fa539"
    "f5fe163df05308812bc7644abcd9ca3c3de1a4d79e831beabb64ce4bdcaf1b824b28d1d7aa3ed86d701fc3a8c5c947907b66"
    "dffd33fe2c36fe170e3ac38e434fc3fad7dafb6414240d7c4ef7f183554398b6cf5a8208b804fa960ba7f9bd37e375abd6f9"
    "3de606124207",
    16,
)
PRIVATE_EXPONENT = int(
    "558ac32738f90f48b975d4aa173b7bb484dc27c89d2c18adc745258284e83d93cb129976836e1d30517af5fe52b968f5330b"
    "aa6ab38baff01408fee38e43d54397e822cfc47cd1eb1829580a989826211892b5c9faa08a00fd223d1288819711d2892aaf"
    "dd87cfddef4c141eada902856720256d5e8169210d0c0df6afb4208f4395ebad9e4116008cca836c35b82eb34b335fd343eb"
    "3cbc78fba9da160cf4b8d1c50e9bc06cb506c16d1f7215d058c4567007a4ba6965b3cc05aeff921647ea377ee2150e678887"
    "3512763b0406df1abbd826e16dcc3b78fbc4c3ab821042f1bb77f6ded2209d43e43479871b65172d012f53cc1ce4824471b7"
    "ee8fc7d182f1",
    16,
)
PUBLIC_EXPONENT = 65537
SIZE = (MODULUS.bit_length() + 7) // 8
SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")  # RFC 8017, EMSA-PKCS1-v1_5

EVENTS = {
    Outcome.DONE: "interaction.completed",
    Outcome.REFUSED: "interaction.completed",  # a refusal is a completed interaction without a clip [T]
    Outcome.WITHHELD: "interaction.completed",
    Outcome.BROKEN: "interaction.failed",
}


def tell(change: Change) -> Message | None:
    """The event of a finished or cancelled interaction; of anything else there is none."""
    if change.standing not in (Standing.OVER, Standing.CANCELLED):
        return None
    over = change.standing is Standing.OVER
    kind = EVENTS[change.job.outcome] if over else "interaction.cancelled"
    data = {"id": change.job.id}
    if kind == "interaction.failed":
        data |= {"error_code": "internal", "error_message": "The generation failed."}
    hook = Creation.model_validate_json(change.job.body).webhook_config
    event = {
        "type": kind,
        "version": "v1",
        "timestamp": datetime.fromtimestamp(change.at_s, tz=UTC).isoformat().replace("+00:00", "Z"),
        "data": data,
        "user_metadata": hook.user_metadata if hook else None,
    }
    return Message(body=json.dumps(event).encode(), headers=_headers(event, at_s=int(change.at_s)))


def key_set() -> dict[str, object]:
    """The public keys, as ``/.well-known/jwks.json`` shows them."""
    numbers = {"n": _integer(MODULUS), "e": _integer(PUBLIC_EXPONENT)}
    return {"keys": [{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": KEY_ID, **numbers}]}


def token(claims: Mapping[str, object], *, key_id: str = KEY_ID) -> str:
    """Claims as a token signed with RS256."""
    head = _part(json.dumps({"alg": "RS256", "kid": key_id, "typ": "JWT"}).encode())
    signed = f"{head}.{_part(json.dumps(claims).encode())}"
    return f"{signed}.{_part(_sign(signed.encode()))}"


def _headers(event: Mapping[str, object], *, at_s: int) -> dict[str, str]:
    claims = {"iss": "https://generativelanguage.googleapis.com", "iat": at_s, "exp": at_s + TOKEN_LIVES_S, **event}
    return {
        "webhook-id": f"msg_{uuid.uuid4().hex}",
        "webhook-timestamp": str(at_s),
        "webhook-signature": token(claims),
    }


def _sign(message: bytes) -> bytes:
    digest = SHA256_PREFIX + hashlib.sha256(message).digest()
    padded = b"\x00\x01" + b"\xff" * (SIZE - len(digest) - 3) + b"\x00" + digest
    return pow(int.from_bytes(padded, "big"), PRIVATE_EXPONENT, MODULUS).to_bytes(SIZE, "big")


def _integer(number: int) -> str:
    return _part(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def _part(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
