"""Keys for Kling: which open what, which are in the wrong place, clocks, and signed callbacks. From its pages [D]."""

import hashlib
import hmac
import json
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping

import httpx
import pytest

from agent.errors import VendorError
from agent.jobs import Body
from agent.ports import VideoModel
from agent.troubles import Trouble
from tests.wire.line import NOW_US, SECRETS, Answer, Line, account, connect, says
from tests.wire.test_kling import IMAGE_BODY, LEGACY_BODY, NEW_BODY, STRANGE, legacy, new, refused, task
from tools.video.kling import VENDOR

KEY = {"api_key": "kling-example-key"}
PAIR = {"access_key": "AbCdEfGhJk", "secret_key": "sk-example"}
LEGACY_NAMES = {"kling-v3-legacy", "kling-v2.5-turbo-legacy", "kling-v3-omni-legacy"}
NOBODY = "external_task_ids=countersteer-checks-its-key"


def adapter(secrets: Mapping[str, str], line: Line, *, now_us: int = NOW_US) -> VideoModel:
    return connect("kling", line, account_of=account("kling", secrets=secrets), now_us=now_us)


def names(secrets: Mapping[str, str]) -> set[str]:
    return {profile.name for profile in adapter(secrets, Line()).profiles}


def claims(request: httpx.Request) -> dict[str, object]:
    """What a token says, once its signature has been proved."""
    head, said, signature = request.headers["authorization"].removeprefix("Bearer ").split(".")
    assert json.loads(urlsafe_b64decode(head + "==")) == {"alg": "HS256", "typ": "JWT"}
    expected = hmac.new(b"sk-example", f"{head}.{said}".encode(), hashlib.sha256).digest()
    assert signature == urlsafe_b64encode(expected).decode().rstrip("=")
    return dict(json.loads(urlsafe_b64decode(said + "==")))


def test_an_api_key_opens_both_standards_and_an_access_key_pair_the_legacy_one_alone() -> None:
    everything = {profile.name for profile in VENDOR.profiles}
    assert names(PAIR) == LEGACY_NAMES
    assert names(KEY) == names(KEY | PAIR) == everything
    assert everything > LEGACY_NAMES


async def test_the_new_standard_is_signed_with_the_api_key_even_beside_a_pair() -> None:
    line = Line(new(task("submitted")))
    await adapter(KEY | PAIR, line).submit(NEW_BODY, key="take-0001")
    assert line.sent[0].headers["authorization"] == "Bearer kling-example-key"


@pytest.mark.parametrize("body", [LEGACY_BODY, IMAGE_BODY], ids=["text", "image"])
async def test_the_legacy_standard_is_signed_with_a_fresh_token_of_the_pair(body: Body) -> None:
    line = Line(legacy("submitted"))
    await adapter(KEY | PAIR, line).submit(body, key="take-0001")
    now_s = NOW_US // 1_000_000
    assert claims(line.sent[0]) == {"iss": "AbCdEfGhJk", "exp": now_s + 1800, "nbf": now_s - 5}


async def test_the_legacy_standard_is_signed_with_the_api_key_where_there_is_no_pair() -> None:
    line = Line(legacy("submitted"), legacy("processing"))
    opened = adapter(KEY, line)
    await opened.poll(await opened.submit(LEGACY_BODY, key="take-0001"), model="kling-v3-legacy")
    assert {request.headers["authorization"] for request in line.sent} == {"Bearer kling-example-key"}


TOKEN = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJhayJ9.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    ("secrets", "named"),
    [
        ({}, ("'api_key'", "'access_key'", "'secret_key'")),
        ({"api_key": "  "}, ("'api_key'",)),
        (PAIR | {"secret_key": " "}, ("'secret_key'",)),
        (KEY | {"access_key": "AbCdEfGhJk"}, ("'secret_key'",)),
        ({"api_key": "kling-example-key "}, ("'api_key'", "space")),
        ({"api_key": TOKEN}, ("'api_key'", "half an hour")),
        ({"api_key": "ak-0123456789"}, ("'api_key'", "'access_key'", "'secret_key'")),
        (PAIR | {"api_key": PAIR["access_key"]}, ("'api_key'", "'access_key'")),
        (PAIR | {"api_key": PAIR["secret_key"]}, ("'api_key'", "'secret_key'")),
    ],
)
def test_a_missing_or_misplaced_key_is_named_and_not_shown(secrets: Mapping[str, str], named: tuple[str, ...]) -> None:
    complaint = VENDOR.complaint(account("kling", secrets=secrets))
    assert complaint is not None
    assert all(name in complaint for name in named)
    assert not any(len(value) > 3 and value in complaint for value in secrets.values())


@pytest.mark.parametrize("secrets", [KEY, PAIR, KEY | PAIR, SECRETS["kling"], {"api_key": "api-key-kling-Ab3"}])
def test_keys_in_their_places_are_not_complained_of(secrets: Mapping[str, str]) -> None:
    assert VENDOR.complaint(account("kling", secrets=secrets)) is None


@pytest.mark.parametrize(
    ("secrets", "body", "code", "advice"),
    [
        (PAIR, LEGACY_BODY, 1003, "this machine's clock says 2026-11-20 12:00:00 UTC, ahead of Kling's by more than"),
        (PAIR, LEGACY_BODY, 1004, "this machine's clock says 2026-11-20 12:00:00 UTC, behind Kling's by more than"),
        (PAIR, LEGACY_BODY, 1000, "'secret_key' belongs to 'access_key'"),
        (PAIR, LEGACY_BODY, 1002, "'access_key' and 'secret_key'"),
        (KEY, NEW_BODY, 1002, "not an access key"),
        (KEY, LEGACY_BODY, 1004, "'api_key' has expired"),
        (KEY, NEW_BODY, 1003, "'api_key' is not valid yet"),
        (KEY, NEW_BODY, 1000, "check secret 'api_key'"),
        (KEY, NEW_BODY, 1001, "no key arrived"),
        (KEY, NEW_BODY, 1103, "no access to that model"),
        (PAIR, LEGACY_BODY, 1304, "IP whitelist"),
    ],
)
async def test_a_refused_key_says_in_words_what_to_check(
    secrets: Mapping[str, str], body: Body, code: int, advice: str
) -> None:
    with pytest.raises(VendorError, match=advice) as caught:
        await adapter(secrets, Line(refused(401, code, "Authentication error"))).submit(body, key="take-0001")
    assert caught.value.trouble is Trouble.AUTH
    assert "Authentication error" in caught.value.message


def packs(*bought: tuple[str, str]) -> Answer:
    """The answer to what is left; ``bought`` names packs and how each stands."""
    infos = [
        {"resource_pack_name": name, "total_quantity": 200.0, "remaining_quantity": 118.5, "status": status}
        for name, status in bought
    ]
    return says({"code": 0, "message": "SUCCEED", "data": {"code": 0, "resource_pack_subscribe_infos": infos}})


NONE_LISTED = says({"code": 0, "message": "SUCCEED", "data": []})


async def test_a_checkup_asks_each_standard_once_and_orders_nothing() -> None:
    line = Line(new([]), NONE_LISTED, packs())
    checkup = await adapter(KEY | PAIR, line).check()
    assert checkup.signed_in is True
    assert [(request.method, request.url.path) for request in line.sent] == [
        ("GET", "/tasks"),
        ("GET", "/v1/videos/text2video"),
        ("GET", "/account/costs"),
    ]
    now_s = NOW_US // 1_000_000
    queries = [request.url.query.decode() for request in line.sent]
    assert queries[:2] == [NOBODY, "pageNum=1&pageSize=1"]
    assert queries[2] == f"start_time={now_s - 365 * 86_400}000&end_time={now_s}000"


async def test_a_checkup_tells_what_is_left_of_the_packs_in_use_and_takes_units_for_no_money() -> None:
    line = Line(new([]), NONE_LISTED, packs(("Video 200", "online"), ("Trial", "expired")))
    checkup = await adapter(KEY, line).check()
    assert checkup.credit_micro_usd is None
    assert [remark for remark in checkup.remarks if remark.startswith("pack")] == [
        "pack 'Video 200': 118.5 of 200 units left, as Kling counted them up to 12 hours ago"
    ]


async def test_a_checkup_stands_where_what_is_left_is_not_told() -> None:
    for answer in (refused(404, 1202), httpx.ReadTimeout("slow"), new([])):
        checkup = await adapter(KEY, Line(new([]), NONE_LISTED, answer)).check()
        assert checkup.signed_in is True
        assert any("could not be asked" in remark for remark in checkup.remarks)


async def test_a_checkup_takes_an_unknown_task_for_an_answer() -> None:
    assert (await adapter(KEY, Line(STRANGE, STRANGE, packs())).check()).signed_in is True


async def test_a_checkup_names_the_standard_whose_keys_are_refused() -> None:
    checkup = await adapter(KEY | PAIR, Line(new([]), refused(401, 1002), packs())).check()
    assert checkup.signed_in is False
    assert any(remark.startswith("legacy standard: check secrets 'access_key'") for remark in checkup.remarks)


async def test_an_empty_account_is_signed_in() -> None:
    checkup = await adapter(KEY, Line(new([]), refused(429, 1102, "balance not enough"), packs())).check()
    assert checkup.signed_in is True
    assert any("balance not enough" in remark for remark in checkup.remarks)


async def test_a_checkup_that_gets_no_answer_is_an_error_and_not_a_refusal() -> None:
    with pytest.raises(VendorError) as caught:
        await adapter(KEY, Line(httpx.ConnectError("refused"))).check()
    assert caught.value.trouble is Trouble.PROVIDER_TRANSIENT


async def test_a_checkup_says_what_the_settings_keep_closed() -> None:
    closed = await adapter(PAIR | {"webhook_secret": "hunter2"}, Line(NONE_LISTED, packs())).check()
    open_ = await adapter(KEY | {"webhook_secret": SECRET}, Line(new([]), NONE_LISTED, packs())).check()
    assert any("without secret 'api_key'" in remark for remark in closed.remarks)
    assert any("'webhook_secret'" in remark for remark in closed.remarks)
    assert len(open_.remarks) == len(closed.remarks) - 2


# The vendor's own example of a signed callback [D, recomputed and equal].
SECRET = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI="
SENT_S = 1_781_080_794
CALL = b'{"id":"1234567890","status":"succeeded","message":"","create_time":1781080778802,"update_time":1781080794151}'
SIGNED = {
    "webhook-id": "9876543210",
    "webhook-timestamp": str(SENT_S),
    "webhook-signature": "v1,UsKlJP00XoQyOn410NM9xv34sP+Gl0jnOO9Lcpr7NJ4=",
}


async def signed(headers: Mapping[str, str], body: bytes = CALL, *, secret: str = SECRET, skew_s: int = 0) -> object:
    opened = adapter(KEY | {"webhook_secret": secret}, Line(), now_us=(SENT_S + skew_s) * 1_000_000)
    return await opened.signed(headers, body)


async def test_the_vendors_own_example_of_a_signed_callback_is_valid() -> None:
    assert await signed(SIGNED) is True
    assert await signed({name.title(): value for name, value in SIGNED.items()}) is True
    others = f"v1,{b64encode(b'another').decode()} {SIGNED['webhook-signature']} v1a,asymmetric"
    assert await signed(SIGNED | {"webhook-signature": others}) is True


@pytest.mark.parametrize(
    "headers",
    [
        {},
        SIGNED | {"webhook-signature": "v1,UsKlJP00XoQyOn410NM9xv34sP+Gl0jnOO9Lcpr7NJ5="},
        SIGNED | {"webhook-signature": "UsKlJP00XoQyOn410NM9xv34sP+Gl0jnOO9Lcpr7NJ4="},
        SIGNED | {"webhook-signature": "v2,UsKlJP00XoQyOn410NM9xv34sP+Gl0jnOO9Lcpr7NJ4="},
        SIGNED | {"webhook-id": "9876543211"},
        SIGNED | {"webhook-timestamp": str(SENT_S + 1)},
        SIGNED | {"webhook-timestamp": "soon"},
        SIGNED | {"webhook-timestamp": "9" * 5000},
        {name: value for name, value in SIGNED.items() if name != "webhook-signature"},
    ],
)
async def test_a_callback_with_anything_changed_is_not_signed(headers: Mapping[str, str]) -> None:
    assert await signed(headers) is False


async def test_a_callback_with_another_body_or_of_another_secret_is_not_signed() -> None:
    assert await signed(SIGNED, CALL + b" ") is False
    assert await signed(SIGNED, secret="whsec_" + b64encode(b"another").decode()) is False


@pytest.mark.parametrize(("skew_s", "valid"), [(-301, False), (-300, True), (300, True), (301, False)])
async def test_a_callback_is_good_for_five_minutes_to_either_side(skew_s: int, valid: bool) -> None:
    assert await signed(SIGNED, skew_s=skew_s) is valid


@pytest.mark.parametrize("secrets", [KEY, KEY | {"webhook_secret": " "}])
async def test_without_a_secret_kling_signs_nothing(secrets: Mapping[str, str]) -> None:
    assert await adapter(secrets, Line()).signed(SIGNED, CALL) is None


@pytest.mark.parametrize("secret", ["hunter2", "whsec_", "whsec_not base64!", SECRET.removeprefix("whsec_")])
async def test_a_webhook_secret_of_another_form_is_an_error_and_no_answer(secret: str) -> None:
    with pytest.raises(VendorError, match="'webhook_secret'") as caught:
        await signed(SIGNED, secret=secret)
    assert caught.value.trouble is Trouble.AUTH
