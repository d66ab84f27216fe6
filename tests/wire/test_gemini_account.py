"""What a Gemini key is told of its account, and which calls are Google's own [D]; docs/wire/gemini.md."""

import json
from base64 import urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

from agent.errors import VendorError
from agent.troubles import Trouble
from tests.wire.line import NOW_US, Answer, Line, connect, says

NOW_S = NOW_US // 1_000_000
KEY = generate_private_key(public_exponent=65537, key_size=2048)
OTHER = generate_private_key(public_exponent=65537, key_size=2048)
SHORT = generate_private_key(public_exponent=65537, key_size=1024)


def part(content: object) -> str:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def token(*, key: RSAPrivateKey = KEY, kid: str = "k1", alg: str = "RS256", ends_s: int = NOW_S + 60) -> str:
    signed = f"{part({'alg': alg, 'kid': kid})}.{part({'exp': ends_s, 'type': 'interaction.completed'})}"
    return f"{signed}.{part(key.sign(signed.encode(), PKCS1v15(), SHA256()))}"


def number(value: int) -> str:
    return part(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def keys(*known: tuple[str, RSAPrivateKey]) -> Answer:
    numbers = [(kid, key.public_key().public_numbers()) for kid, key in known]
    return says({"keys": [{"kty": "RSA", "kid": kid, "n": number(one.n), "e": number(one.e)} for kid, one in numbers]})


def models(*names: str, then: str = "") -> Answer:
    return says({"models": [{"name": f"models/{name}"} for name in names], "nextPageToken": then})


async def test_a_call_with_the_vendors_signature_is_its_own_and_the_keys_are_asked_for_once() -> None:
    line = Line(keys(("k0", OTHER), ("k1", KEY)))
    adapter = connect("gemini", line)
    assert await adapter.signed({"Webhook-Signature": token()}, b"{}") is True
    assert await adapter.signed({"webhook-signature": token()}, b"{}") is True
    assert [str(request.url) for request in line.sent] == [
        "https://generativelanguage.googleapis.com/.well-known/jwks.json"
    ]
    assert "x-goog-api-key" not in line.sent[0].headers


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(token(key=OTHER), id="another's signature under a known key's name"),
        pytest.param(token(kid="k9"), id="an unknown key"),
        pytest.param(token(ends_s=NOW_S - 1), id="out of time"),
        pytest.param(token(alg="none"), id="no algorithm"),
        pytest.param(token(alg="HS256"), id="another algorithm"),
        pytest.param(token()[:-4] + "AAAA", id="a changed signature"),
        pytest.param(token(key=SHORT, kid="short"), id="a key that is too short"),
        pytest.param("a.b.c", id="no token"),
        pytest.param("", id="nothing"),
    ],
)
async def test_any_other_call_is_not(given: str) -> None:
    adapter = connect("gemini", Line(keys(("k1", KEY), ("short", SHORT))))
    assert await adapter.signed({"webhook-signature": given}, b"{}") is False


async def test_a_token_with_other_claims_than_were_signed_is_not_the_vendors() -> None:
    head, _, signature = token().split(".")
    forged = f"{head}.{part({'exp': NOW_S + 9_999})}.{signature}"
    assert await connect("gemini", Line(keys(("k1", KEY)))).signed({"webhook-signature": forged}, b"{}") is False


async def test_without_the_keys_nobody_can_tell() -> None:
    with pytest.raises(VendorError) as caught:
        await connect("gemini", Line(Answer(status=503))).signed({"webhook-signature": token()}, b"{}")
    assert caught.value.trouble is Trouble.PROVIDER_TRANSIENT


async def test_ids_that_are_on_no_page_of_the_models_are_gone() -> None:
    line = Line(models("gemini-omni-1.2-flash", then="p2"), models("gemini-3.5-flash"))
    checkup = await connect("gemini", line).check()
    assert checkup.signed_in is True
    assert checkup.gone == ("gemini-omni-1.1-flash", "veo-3.1-preview")
    assert [request.url.params.get("pageToken") for request in line.sent] == [None, "p2"]
    assert {request.method for request in line.sent} == {"GET"}


async def test_a_bad_key_is_told_without_an_error() -> None:
    detail = {"reason": "API_KEY_INVALID"}
    answer = says([{"error": {"code": 400, "message": "API key not valid.", "details": [detail]}}], status=400)
    checkup = await connect("gemini", Line(answer)).check()
    assert (checkup.signed_in, checkup.gone) == (False, ())
    assert "API key not valid." in checkup.remarks


async def test_a_part_of_the_models_is_no_answer() -> None:
    with pytest.raises(VendorError, match="goes on after 20 pages"):
        await connect("gemini", Line(*(models("a", then="more") for _ in range(20)))).check()
