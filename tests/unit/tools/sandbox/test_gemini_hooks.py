import json
from base64 import urlsafe_b64decode

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from tests.unit.tools.sandbox.rig import Rig
from tools.sandbox.faultplan import Mishap

KEY = {"x-goog-api-key": "sandbox-gemini-api-key"}
ADDRESS = "https://film.example/h?token=t"
HOOK = {"uris": [ADDRESS], "user_metadata": {"take": "t-1"}}
BODY = {"model": "gemini-omni-1.2-flash", "input": "A fox.", "background": True, "webhook_config": HOOK}


async def called(rig: Rig) -> dict[str, object]:
    """The one event that was sent when all was over."""
    rig.finish()
    await rig.sandbox.call_back()
    (request,) = rig.inbox.got
    event: dict[str, object] = json.loads(request.content)
    return event


def decoded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


async def test_the_end_of_an_interaction_is_told_thinly_with_what_the_order_gave_along() -> None:
    rig = Rig("gemini")
    started = (await rig.client.post("/v1/interactions", json=BODY, headers=KEY)).json()
    event = await called(rig)
    assert (event["type"], event["version"], event["data"]) == ("interaction.completed", "v1", {"id": started["id"]})
    assert event["user_metadata"] == {"take": "t-1"}
    assert str(rig.inbox.got[0].url) == ADDRESS


async def test_a_failed_and_a_cancelled_interaction_are_told_as_that() -> None:
    broken = Rig("gemini", Mishap.FAIL_TRANSIENT)
    await broken.client.post("/v1/interactions", json=BODY, headers=KEY)
    assert (await called(broken))["type"] == "interaction.failed"
    rig = Rig("gemini")
    started = (await rig.client.post("/v1/interactions", json=BODY, headers=KEY)).json()
    await rig.client.post(f"/v1/interactions/{started['id']}/cancel", headers=KEY)
    assert (await called(rig))["type"] == "interaction.cancelled"


async def test_a_call_is_signed_with_a_key_that_anybody_can_read() -> None:
    rig = Rig("gemini")
    await rig.client.post("/v1/interactions", json=BODY, headers=KEY)
    await called(rig)
    head, claims, signature = rig.inbox.got[0].headers["webhook-signature"].split(".")
    (key,) = (await rig.client.get("/.well-known/jwks.json")).json()["keys"]
    assert (json.loads(decoded(head))["kid"], json.loads(decoded(head))["alg"]) == (key["kid"], "RS256")
    n, e = (int.from_bytes(decoded(key[name]), "big") for name in ("n", "e"))
    signed = f"{head}.{claims}".encode()
    RSAPublicNumbers(e, n).public_key().verify(decoded(signature), signed, PKCS1v15(), SHA256())
