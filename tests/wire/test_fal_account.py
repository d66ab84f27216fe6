"""What fal tells without charge, and whether a call is fal's: pages of 2026 [D]; docs/wire/fal.md."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.errors import VendorError
from tests.wire.line import NOW_US, Answer, Line, account, connect, says
from tools.video import registry

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
CALL = b'{ "request_id": "0199-a1",  "status": "OK" }'
NOW_S = NOW_US // 1_000_000
UNKNOWN = says({"detail": "Request not found"}, status=404)
BALANCE = says({"username": "film", "credits": {"current_balance": 24.5, "currency": "USD"}})


def jwk(key: Ed25519PrivateKey) -> dict[str, str]:
    raw = key.public_key().public_bytes_raw()
    return {"kty": "OKP", "crv": "Ed25519", "x": urlsafe_b64encode(raw).decode().rstrip("=")}


def keys(*held: object) -> Answer:
    return says({"keys": list(held)})


def signature(
    key: Ed25519PrivateKey = KEY, *, body: bytes = CALL, sent_s: int = NOW_S, user: str = "user-1"
) -> dict[str, str]:
    text = "\n".join(("0199-a1", user, str(sent_s), hashlib.sha256(body).hexdigest()))
    return {
        "X-Fal-Webhook-Request-Id": "0199-a1",
        "X-Fal-Webhook-User-Id": user,
        "X-Fal-Webhook-Timestamp": str(sent_s),
        "X-Fal-Webhook-Signature": key.sign(text.encode()).hex(),
    }


async def test_a_call_signed_with_one_of_the_published_keys_is_fals() -> None:
    line = Line(keys({"kty": "RSA", "n": "x"}, jwk(OTHER_KEY), jwk(KEY)))
    assert await connect("fal", line).signed(signature(), CALL) is True
    assert str(line.sent[0].url) == "https://rest.fal.ai/.well-known/jwks.json"
    assert "authorization" not in line.sent[0].headers


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        pytest.param(signature(OTHER_KEY), CALL, id="another key"),
        pytest.param(signature(), CALL.replace(b"  ", b" "), id="another body"),
        pytest.param(signature() | {"X-Fal-Webhook-User-Id": "user-2"}, CALL, id="another user"),
        pytest.param(signature() | {"X-Fal-Webhook-Request-Id": "0199-a2"}, CALL, id="another request"),
        pytest.param(signature() | {"X-Fal-Webhook-Timestamp": str(NOW_S + 1)}, CALL, id="another time"),
        pytest.param(signature(sent_s=NOW_S - 301), CALL, id="stale"),
        pytest.param(signature(sent_s=NOW_S + 301), CALL, id="from the future"),
        pytest.param(signature() | {"X-Fal-Webhook-Signature": "zz"}, CALL, id="no hexadecimal"),
        pytest.param(signature() | {"X-Fal-Webhook-Signature": ""}, CALL, id="empty"),
        pytest.param(signature() | {"X-Fal-Webhook-Timestamp": "now"}, CALL, id="no number"),
        pytest.param({}, CALL, id="unsigned"),
    ],
)
async def test_any_other_call_is_not(headers: Mapping[str, str], body: bytes) -> None:
    assert await connect("fal", Line(keys(jwk(KEY)))).signed(headers, body) is False


@pytest.mark.parametrize("skew_s", [-300, 300])
async def test_five_minutes_of_skew_are_borne(skew_s: int) -> None:
    line = Line(keys(jwk(KEY)))
    assert await connect("fal", line).signed(signature(sent_s=NOW_S + skew_s), CALL) is True


async def test_a_stale_or_unsigned_call_costs_no_request() -> None:
    line = Line()
    adapter = connect("fal", line)
    assert await adapter.signed(signature(sent_s=NOW_S - 999), CALL) is False
    assert await adapter.signed({}, CALL) is False
    assert line.sent == []


async def test_the_keys_are_fetched_once_an_hour() -> None:
    line, now_us = Line(keys(jwk(OTHER_KEY)), keys(jwk(KEY))), [NOW_US]

    async def sleep(_: float) -> None:
        return None

    adapter = registry.vendor("fal").make(account("fal"), transport=line, now_us=lambda: now_us[0], sleep=sleep)
    for _ in range(2):
        assert await adapter.signed(signature(), CALL) is False
    assert len(line.sent) == 1
    now_us[0] += 3_601_000_000
    assert await adapter.signed(signature(sent_s=NOW_S + 3601), CALL) is True
    assert len(line.sent) == 2


@pytest.mark.parametrize("answer", [Answer(status=503), says([]), httpx.ConnectError("refused")])
async def test_keys_that_cannot_be_had_are_no_verdict(answer: Answer | Exception) -> None:
    with pytest.raises(VendorError):
        await connect("fal", Line(answer)).signed(signature(), CALL)


async def test_the_address_of_the_keys_can_be_set_and_is_the_stand_ins_in_the_sandbox() -> None:
    for given, address in (
        (account("fal", options={"jwks_url": "https://keys.example/set"}), "https://keys.example/set"),
        (account("fal", base_url="http://s.example/fal", sandbox=True), "http://s.example/fal/.well-known/jwks.json"),
    ):
        line = Line(keys(jwk(KEY)))
        assert await connect("fal", line, account_of=given).signed(signature(), CALL) is True
        assert str(line.sent[0].url) == address


ENDPOINTS = (
    "fal-ai/kling-video/v3/pro/text-to-video",
    "fal-ai/kling-video/v3/pro/image-to-video",
    "fal-ai/veo3.1",
    "fal-ai/veo3.1/image-to-video",
    "fal-ai/veo3.1/first-last-frame-to-video",
    "fal-ai/veo3.1/reference-to-video",
    "bytedance/seedance-2.0/text-to-video",
    "bytedance/seedance-2.0/image-to-video",
    "bytedance/seedance-2.0/reference-to-video",
)


def existing(*, but: str = "", deprecated: str = "") -> tuple[Answer, ...]:
    """The answers about the four variants."""
    models = [
        {"endpoint_id": one, "metadata": {"status": "deprecated" if one == deprecated else "active"}}
        for one in ENDPOINTS
        if one != but
    ]
    return (says({"models": models, "next_cursor": None, "has_more": False}),) * 4


async def test_a_checkup_asks_for_nothing_that_costs_and_sends_the_key_only_where_it_is_needed() -> None:
    line = Line(UNKNOWN, *existing(), BALANCE)
    checkup = await connect("fal", line).check()
    assert (checkup.signed_in, checkup.gone, checkup.credit_micro_usd, checkup.remarks) == (True, (), 24_500_000, ())
    assert {request.method for request in line.sent} == {"GET"}
    queue, *models, billing = line.sent
    assert queue.url.path.endswith("/requests/00000000-0000-0000-0000-000000000000/status")
    assert str(billing.url) == "https://api.fal.ai/v1/account/billing?expand=credits"
    assert [("authorization" in request.headers) for request in (queue, *models, billing)] == [True, *[False] * 4, True]
    asked = [one for request in models for one in request.url.params.get_list("endpoint_id")]
    assert sorted(asked) == sorted(ENDPOINTS)


@pytest.mark.parametrize(
    ("answers", "gone"),
    [
        (existing(but="fal-ai/veo3.1/first-last-frame-to-video"), ("fal/veo3.1",)),
        (existing(deprecated="fal-ai/veo3.1/reference-to-video"), ("fal/veo3.1-reference",)),
        ((says({"error": {}}, status=404), *existing()[1:]), ("fal/kling-v3-pro",)),
    ],
)
async def test_a_variant_of_which_an_endpoint_is_missing_or_deprecated_is_gone(
    answers: tuple[Answer, ...], gone: tuple[str, ...]
) -> None:
    assert (await connect("fal", Line(UNKNOWN, *answers, BALANCE)).check()).gone == gone


@pytest.mark.parametrize("status", [401, 403])
async def test_a_key_that_the_queue_refuses_is_not_signed_in(status: int) -> None:
    line = Line(says({"detail": "no such key"}, status=status))
    checkup = await connect("fal", line).check()
    assert (checkup.signed_in, checkup.remarks) == (False, ("no such key",))
    assert len(line.sent) == 1


@pytest.mark.parametrize(
    "answer", [UNKNOWN, says({"status": "IN_QUEUE"}, status=202), says({"detail": "no id"}, status=422)]
)
async def test_whatever_the_queue_says_of_the_request_the_key_is_taken(answer: Answer) -> None:
    checkup = await connect("fal", Line(answer, *existing(), BALANCE)).check()
    assert (checkup.signed_in, checkup.remarks) == (True, ())


async def test_a_locked_account_is_signed_in_and_says_so() -> None:
    locked = says({"detail": "User is locked. Reason: Exhausted balance."}, status=403)
    checkup = await connect("fal", Line(locked, *existing(), BALANCE)).check()
    assert (checkup.signed_in, checkup.remarks) == (True, ("User is locked. Reason: Exhausted balance.",))


@pytest.mark.parametrize(
    ("billing", "remark"),
    [
        (says({"error": {"type": "authorization_error"}}, status=403), "admin's key"),
        (says({"username": "film"}), "no balance in US dollars"),
        (says({"credits": {"current_balance": 20, "currency": "EUR"}}), "no balance in US dollars"),
        (Answer(status=503), "HTTP 503"),
    ],
)
async def test_a_balance_that_cannot_be_had_is_a_remark(billing: Answer, remark: str) -> None:
    checkup = await connect("fal", Line(UNKNOWN, *existing(), billing)).check()
    assert (checkup.signed_in, checkup.credit_micro_usd) == (True, None)
    assert remark in checkup.remarks[0]


@pytest.mark.parametrize("answer", [Answer(status=502), says({"detail": "slow down"}, status=429)])
async def test_a_queue_that_says_nothing_of_the_key_is_an_error(answer: Answer) -> None:
    with pytest.raises(VendorError):
        await connect("fal", Line(answer)).check()
