import base64
import hashlib
import json

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.unit.tools.sandbox.rig import Rig, png
from tools.sandbox import fal_apps, google_bodies, kling_models, seedance_models
from tools.sandbox.faultplan import Mishap, Rule
from tools.sandbox.records import Accepted

KEY = {"authorization": "Key sandbox-fal-key-id:sandbox-fal-key-secret"}
KLING = "/fal-ai/kling-video/v3/pro/text-to-video"
KLING_IMAGE = "/fal-ai/kling-video/v3/pro/image-to-video"
VEO = "/fal-ai/veo3.1"
SEEDANCE = "/bytedance/seedance-2.0"
PICTURE = "data:image/png;base64," + base64.b64encode(png()).decode()
HOOK = "http://127.0.0.1:9/hook?t=1"


def shot(**fields: object) -> dict[str, object]:
    return {"prompt": "A fox at night.", **fields}


async def post(rig: Rig, path: str, content: object, **query: str) -> httpx.Response:
    return await rig.client.post(path, json=content, headers=KEY, params=query)


async def submitted(rig: Rig, path: str = KLING, **fields: object) -> str:
    """The path of the request's result."""
    reply = (await post(rig, path, shot(**fields))).json()
    return str(reply["response_url"]).removeprefix("http://sandbox/fal")


async def get(rig: Rig, path: str) -> httpx.Response:
    return await rig.client.get(path, headers=KEY)


def only(rig: Rig) -> Accepted:
    (job,) = rig.sandbox.records.accepted("fal")
    return job


async def test_a_requests_addresses_keep_only_owner_and_app() -> None:
    rig = Rig("fal")
    reply = (await post(rig, KLING, shot())).json()
    address = f"http://sandbox/fal/fal-ai/kling-video/requests/{only(rig).id}"
    assert reply == {
        "status": "IN_QUEUE",
        "queue_position": 0,
        "request_id": only(rig).id,
        "response_url": address,
        "status_url": f"{address}/status",
        "cancel_url": f"{address}/cancel",
    }
    assert (await get(rig, f"/fal-ai/veo3.1/requests/{only(rig).id}/status")).status_code == 404


async def test_a_request_waits_runs_and_is_over_and_its_result_holds_the_clip() -> None:
    rig = Rig("fal")
    path = await submitted(rig, SEEDANCE + "/text-to-video", seed=7)
    waiting = await get(rig, f"{path}/status")
    assert (waiting.status_code, waiting.json()["status"], waiting.json()["queue_position"]) == (202, "IN_QUEUE", 0)
    assert (await get(rig, path)).status_code == 400
    rig.clock.pass_s(only(rig).starts_s - only(rig).created_s)
    assert (await get(rig, f"{path}/status")).json()["status"] == "IN_PROGRESS"
    rig.finish()
    over = await get(rig, f"{path}/status")
    assert (over.status_code, over.json()["status"], over.json()["error"]) == (200, "COMPLETED", None)
    result = (await get(rig, path)).json()
    assert (result["seed"], result["video"]["content_type"]) == (7, "video/mp4")
    assert len((await rig.client.get(result["video"]["url"])).content) == 10_000


async def test_the_account_takes_five_and_lets_the_sixth_wait_in_line() -> None:
    rig = Rig("fal", slots=1)
    await submitted(rig)
    second = await submitted(rig)
    rig.clock.pass_s(0.01)
    assert (await get(rig, f"{second}/status")).json()["queue_position"] == 1


@pytest.mark.parametrize(
    ("path", "content", "at", "kind"),
    [
        pytest.param(KLING, shot(duration=5), ["body", "duration"], "string_type", id="length as a number"),
        pytest.param(KLING, shot(duration="16"), ["body", "duration"], "one_of", id="too long"),
        pytest.param(KLING, shot(cfg_scale=1.5), ["body", "cfg_scale"], "less_than_equal", id="cfg above 1"),
        pytest.param(KLING, shot(prompt="x" * 2501), ["body", "prompt"], "string_too_long", id="prompt too long"),
        pytest.param(KLING, shot(resolution="1080p"), ["body", "resolution"], "extra_forbidden", id="no resolution"),
        pytest.param(KLING, {}, ["body", "prompt"], "missing", id="no prompt"),
        pytest.param(KLING_IMAGE, shot(), ["body", "start_image_url"], "missing", id="no first frame"),
        pytest.param(
            KLING_IMAGE,
            shot(start_image_url=PICTURE, aspect_ratio="16:9"),
            ["body", "aspect_ratio"],
            "extra_forbidden",
            id="a still gives the proportions",
        ),
        pytest.param(
            VEO + "/image-to-video", shot(image_url="data:image/png;base64,AA=="), ["body", "image_url"], "value_error"
        ),
        pytest.param(VEO, shot(duration="5s"), ["body", "duration"], "one_of", id="no five seconds"),
        pytest.param(
            VEO + "/reference-to-video",
            shot(image_urls=[PICTURE], negative_prompt="x"),
            ["body", "negative_prompt"],
            "extra_forbidden",
            id="no negatives beside references",
        ),
        pytest.param(
            VEO + "/reference-to-video",
            shot(image_urls=[PICTURE], duration="4s"),
            ["body", "duration"],
            "one_of",
            id="references take eight seconds",
        ),
        pytest.param(
            SEEDANCE + "/text-to-video",
            shot(negative_prompt="x"),
            ["body", "negative_prompt"],
            "extra_forbidden",
            id="seedance has no negatives",
        ),
        pytest.param(
            SEEDANCE + "/reference-to-video",
            shot(image_urls=[PICTURE] * 10),
            ["body", "image_urls"],
            "too_long",
            id="ten references",
        ),
    ],
)
async def test_a_body_that_an_app_does_not_take_is_told_field_by_field(
    path: str, content: object, at: list[str], kind: str
) -> None:
    rig = Rig("fal")
    answer = await post(rig, path, content)
    assert answer.status_code == 422
    assert [(flaw["loc"], flaw["type"]) for flaw in answer.json()["detail"]] == [(at, kind)]
    assert rig.accepted == 0


@pytest.mark.parametrize(
    ("path", "fields", "price"),
    [
        (KLING, {"duration": "10", "generate_audio": False}, 1_120_000),
        (KLING, {"duration": "10"}, 1_680_000),
        (VEO, {"duration": "4s", "generate_audio": False}, 800_000),
        (VEO + "/first-last-frame-to-video", {"first_frame_url": PICTURE, "last_frame_url": PICTURE}, 3_200_000),
        (SEEDANCE + "/image-to-video", {"image_url": PICTURE, "end_image_url": PICTURE, "duration": "5"}, 1_515_000),
    ],
)
async def test_a_second_costs_what_the_app_says_with_and_without_sound(
    path: str, fields: dict[str, object], price: int
) -> None:
    rig = Rig("fal")
    await submitted(rig, path, **fields)
    assert only(rig).price_micro_usd == price


async def test_kling_reads_fals_own_negatives_where_none_are_sent_and_only_those_sent_otherwise() -> None:
    rig = Rig("fal")
    await submitted(rig)
    await submitted(rig, negative_prompt="lens flare")
    default, sent = rig.sandbox.records.accepted("fal")
    assert default.words == "A fox at night.\nblur, distort, and low quality"
    assert sent.words == "A fox at night.\nlens flare"


async def test_seedance_reads_nothing_after_a_double_hyphen() -> None:
    rig = Rig("fal")
    await submitted(rig, SEEDANCE + "/text-to-video", prompt="A fox -- no watermark")
    assert only(rig).words.strip() == "A fox"


async def test_a_references_colours_reach_the_scene() -> None:
    rig = Rig("fal")
    await submitted(rig, SEEDANCE + "/reference-to-video", image_urls=[PICTURE])
    assert only(rig).scene.reference == png()


def test_hosted_models_have_the_habits_of_their_families() -> None:
    assert fal_apps.KLING.leans == kling_models.LEANS
    assert fal_apps.VEO.leans == google_bodies.LEANS
    assert fal_apps.SEEDANCE.leans == seedance_models.LEANS
    assert fal_apps.SEEDANCE.documented == seedance_models.DOCUMENTED


@pytest.mark.parametrize(
    ("mishap", "status", "at", "told"),
    [
        (Mishap.MODERATE_INPUT, 422, ["body", "prompt"], None),
        (Mishap.MODERATE_OUTPUT, 422, ["body", "generated_video"], None),
        (Mishap.FAIL_TRANSIENT, 503, None, "runner_disconnected"),
    ],
)
async def test_what_went_wrong_shows_with_the_result_after_completed(
    mishap: Mishap, status: int, at: list[str] | None, told: str | None
) -> None:
    rig = Rig("fal", mishap)
    path = await submitted(rig)
    rig.finish()
    over = (await get(rig, f"{path}/status")).json()
    assert (over["status"], over["error_type"]) == ("COMPLETED", told)
    answer = await get(rig, path)
    assert answer.status_code == status
    assert answer.headers["x-fal-error-type"] == told or "content_policy_violation"
    detail = answer.json()["detail"]
    assert (detail[0]["loc"] if isinstance(detail, list) else None) == at


@pytest.mark.parametrize(
    ("mishap", "status"),
    [
        (Mishap.WRONG_KEY, 401),
        (Mishap.OUT_OF_CREDIT, 403),
        (Mishap.RATE, 429),
        (Mishap.RETIRED, 404),
        (Mishap.UNAVAILABLE, 503),
    ],
)
async def test_a_planned_refusal_bills_nothing(mishap: Mishap, status: int) -> None:
    rig = Rig("fal", mishap)
    answer = await post(rig, KLING, shot())
    assert (answer.status_code, rig.accepted) == (status, 0)
    assert answer.json()["detail"]


async def test_a_plan_may_name_the_row_of_the_table_that_ends_a_request() -> None:
    rig = Rig("fal", Rule(mishap=Mishap.FAIL_TRANSIENT, vendor="fal", row="generation_timeout", nth=(1,)))
    planned, usual = await submitted(rig), await submitted(rig)
    rig.finish()
    answer = await get(rig, planned)
    assert (answer.status_code, answer.json()["detail"][0]["type"]) == (504, "generation_timeout")
    assert (await get(rig, usual)).status_code == 200


async def test_a_plan_may_name_the_row_that_refuses_a_request() -> None:
    rig = Rig("fal", Rule(mishap=Mishap.OUT_OF_CREDIT, vendor="fal", row="402"))
    assert (await post(rig, KLING, shot())).status_code == 402


async def test_an_internal_error_may_follow_an_accepted_request() -> None:
    rig = Rig("fal", Mishap.ACCEPTED_THEN_5XX)
    answer = await post(rig, KLING, shot())
    assert (answer.status_code, answer.headers["x-fal-retryable"], rig.accepted) == (500, "false", 1)


async def test_a_waiting_request_is_cancelled_and_an_ended_one_is_not() -> None:
    rig = Rig("fal")
    path = await submitted(rig)
    answer = await rig.client.put(f"{path}/cancel", headers=KEY)
    assert (answer.status_code, answer.json()) == (202, {"status": "CANCELLATION_REQUESTED"})
    assert (await get(rig, f"{path}/status")).json()["error_type"] == "client_cancelled"
    assert (await get(rig, path)).status_code == 499
    again = await rig.client.put(f"{path}/cancel", headers=KEY)
    assert (again.status_code, again.json()) == (400, {"status": "ALREADY_COMPLETED"})
    assert only(rig).charged_micro_usd == 0


async def test_a_running_request_is_asked_to_stop_and_goes_on() -> None:
    rig = Rig("fal")
    path = await submitted(rig)
    rig.clock.pass_s(only(rig).starts_s - only(rig).created_s)
    assert (await rig.client.put(f"{path}/cancel", headers=KEY)).status_code == 202
    rig.finish()
    assert (await get(rig, path)).status_code == 200


@pytest.mark.parametrize("key", ["", "Bearer sandbox-fal-key-id:sandbox-fal-key-secret", "Key another"])
async def test_only_the_key_under_its_own_scheme_opens_the_queue(key: str) -> None:
    rig = Rig("fal")
    assert (await rig.client.post(KLING, json=shot(), headers={"authorization": key})).status_code == 401
    assert (await rig.client.get("/v1/account/billing", headers={"authorization": key})).status_code == 401


@pytest.mark.parametrize(("seconds", "status"), [("1800", 200), ("1", 400), ("soon", 400)])
async def test_a_request_timeout_is_a_number_above_one(seconds: str, status: int) -> None:
    rig = Rig("fal")
    answer = await rig.client.post(KLING, json=shot(), headers={**KEY, "x-fal-request-timeout": seconds})
    assert answer.status_code == status


async def test_a_link_is_given_out_with_the_result_and_not_with_the_status() -> None:
    rig = Rig("fal", Mishap.EXPIRED_LINK)
    path = await submitted(rig)
    rig.finish()
    await get(rig, f"{path}/status")
    first, second = [(await get(rig, path)).json()["video"]["url"] for _ in range(2)]
    assert (await rig.client.get(first)).status_code == 403
    assert (await rig.client.get(second)).status_code == 200


async def test_the_signed_callback_tells_the_result_once_and_only_at_the_end() -> None:
    rig = Rig("fal")
    await post(rig, KLING, shot(), fal_webhook=HOOK)
    rig.clock.pass_s(only(rig).starts_s - only(rig).created_s)
    assert await rig.sandbox.call_back() == 0
    rig.finish()
    assert await rig.sandbox.call_back() == 1
    (call,) = rig.inbox.got
    told = json.loads(call.content)
    assert (str(call.url), told["status"], told["request_id"]) == (HOOK, "OK", only(rig).id)
    assert len((await rig.client.get(told["payload"]["video"]["url"])).content) == 10_000
    (key,) = (await rig.client.get("/.well-known/jwks.json")).json()["keys"]
    text = "\n".join(
        (
            call.headers["x-fal-webhook-request-id"],
            call.headers["x-fal-webhook-user-id"],
            call.headers["x-fal-webhook-timestamp"],
            hashlib.sha256(call.content).hexdigest(),
        )
    )
    public = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(key["x"] + "="))
    public.verify(bytes.fromhex(call.headers["x-fal-webhook-signature"]), text.encode())


async def test_a_callback_about_a_refusal_carries_its_details() -> None:
    rig = Rig("fal", Mishap.MODERATE_OUTPUT)
    await post(rig, KLING, shot(), fal_webhook=HOOK)
    rig.finish()
    await rig.sandbox.call_back()
    told = json.loads(rig.inbox.got[0].content)
    assert (told["status"], told["error"]) == ("ERROR", "Invalid status code: 422")
    assert told["payload"]["detail"][0]["type"] == "content_policy_violation"


async def test_an_address_that_cannot_be_called_is_refused() -> None:
    rig = Rig("fal")
    answer = await post(rig, KLING, shot(), fal_webhook="ftp://elsewhere")
    assert (answer.status_code, rig.accepted) == (422, 0)


async def test_models_and_balance_are_told_without_a_charge() -> None:
    rig = Rig("fal")
    asked = {"endpoint_id": ["fal-ai/veo3.1", "fal-ai/veo2"]}
    found = (await rig.client.get("/v1/models", params=asked)).json()["models"]
    assert [(one["endpoint_id"], one["metadata"]["status"]) for one in found] == [("fal-ai/veo3.1", "active")]
    await submitted(rig, duration="10", generate_audio=False)
    balance = (await rig.client.get("/v1/account/billing", params={"expand": "credits"}, headers=KEY)).json()
    assert balance["credits"] == {"current_balance": 998.88, "currency": "USD"}
