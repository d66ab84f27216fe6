import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from tests.unit.tools.sandbox.rig import Rig, png
from tools.sandbox.faultplan import Mishap, Rule

KEY = {"authorization": "Bearer sandbox-kling-api-key"}
PICTURE = base64.b64encode(png()).decode()


def token(*, now_s: float, iss: str = "sandbox-kling-access-key", secret: str = "sandbox-kling-secret-key") -> str:
    def part(content: Mapping[str, object] | bytes) -> str:
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        return base64.urlsafe_b64encode(data).decode().rstrip("=")

    signed = f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part({'iss': iss, 'exp': now_s + 1800, 'nbf': now_s - 5})}"
    return f"{signed}.{part(hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest())}"


def body(key: str | None = None, *, prompt: str = "A fox at night. Avoid: watermark.", **settings: object) -> object:
    return {"prompt": prompt, "settings": settings, "options": {"external_task_id": key} if key else {}}


async def submit(rig: Rig, content: object, *, path: str = "/text-to-video/kling-3.0") -> httpx.Response:
    return await rig.client.post(path, json=content, headers=KEY)


async def task(rig: Rig, **query: str) -> dict[str, Any]:
    found = (await rig.client.get("/tasks", params=query, headers=KEY)).json()["data"]
    assert len(found) == 1
    return dict(found[0])


async def test_a_job_goes_from_submitted_over_processing_to_succeeded() -> None:
    rig = Rig("kling")
    data = (await submit(rig, body("take-1"))).json()["data"]
    assert (data["status"], data["external_id"]) == ("submitted", "take-1")
    (job,) = rig.sandbox.records.accepted("kling")
    rig.clock.pass_s(job.starts_s - job.created_s)
    assert (await task(rig, task_ids=data["id"]))["status"] == "processing"
    rig.finish()
    done = await task(rig, external_task_ids="take-1")
    assert done["status"] == "succeeded"
    assert done["outputs"][0]["duration"] == "5"
    assert len((await rig.client.get(done["outputs"][0]["url"])).content) == 10_000


async def test_a_used_external_id_is_refused_with_1201_and_bills_nothing_also_across_the_standards() -> None:
    rig = Rig("kling")
    await submit(rig, body("take-1"))
    again = await submit(rig, body("take-1"))
    assert (again.status_code, again.json()["code"]) == (400, 1201)
    legacy = {"model_name": "kling-v3", "prompt": "A fox.", "external_task_id": "take-1"}
    assert (await submit(rig, legacy, path="/v1/videos/text2video")).json()["code"] == 1201
    assert rig.accepted == 1


@pytest.mark.parametrize(
    ("path", "content"),
    [
        pytest.param("/text-to-video/kling-3.0", {"prompt": "x", "negative_prompt": "y"}, id="no negative field"),
        pytest.param("/text-to-video/kling-3.0", {"prompt": "x", "model_name": "kling-v3"}, id="legacy body"),
        pytest.param("/text-to-video/kling-3.0", body(duration="5"), id="length as text"),
        pytest.param("/text-to-video/kling-3.0", body(duration=16), id="too many seconds"),
        pytest.param("/text-to-video/kling-3.0", body(aspect_ratio="4:3"), id="no such ratio"),
        pytest.param("/text-to-video/kling-3.0", body(aspect_ratio="21:9"), id="ratio of 4.0 only"),
        pytest.param("/text-to-video/kling-3.0", body(prompt="x" * 3073), id="too long"),
        pytest.param("/text-to-video/kling-3.0-turbo", body(audio="off"), id="turbo has no audio field"),
        pytest.param("/text-to-video/kling-3.0-turbo", body(multi_shot=False), id="turbo has no multi_shot"),
        pytest.param("/text-to-video/kling-2.5-turbo", body(duration=6), id="five or ten"),
        pytest.param("/text-to-video/kling-3.0", {"contents": [{"type": "prompt", "text": "x"}]}, id="contents"),
        pytest.param("/image-to-video/kling-3.0", {"contents": [{"type": "prompt", "text": "x"}]}, id="no first frame"),
        pytest.param(
            "/omni-video/kling-3.0-omni", {"contents": [{"type": "prompt", "text": "x"}]}, id="omni needs a ratio"
        ),
        pytest.param(
            "/omni-video/kling-3.0-omni",
            {
                "contents": [
                    {"type": "prompt", "text": "x"},
                    {"type": "refer_image", "url": "data:image/png;base64," + PICTURE, "id": "a"},
                ],
                "settings": {"aspect_ratio": "16:9"},
            },
            id="data prefix",
        ),
        pytest.param(
            "/omni-video/kling-3.0-omni",
            {
                "contents": [
                    {"type": "prompt", "text": "x"},
                    {"type": "refer_image", "url": PICTURE, "id": "image_1"},
                    {"type": "refer_image", "url": PICTURE, "id": "image_10"},
                ],
                "settings": {"aspect_ratio": "16:9"},
            },
            id="ids inside one another",
        ),
    ],
)
async def test_a_body_that_kling_does_not_take_is_1201(path: str, content: object) -> None:
    rig = Rig("kling")
    answer = await submit(rig, content, path=path)
    assert (answer.status_code, answer.json()["code"]) == (400, 1201)
    assert "data" not in answer.json()
    assert rig.accepted == 0


async def test_references_arrive_by_value() -> None:
    rig = Rig("kling")
    contents = [
        {"type": "prompt", "text": "Use the palette of @image_1 only; ignore its background. A fox."},
        {"type": "refer_image", "url": PICTURE, "id": "image_1"},
    ]
    await submit(rig, {"contents": contents, "settings": {"aspect_ratio": "9:16"}}, path="/omni-video/kling-3.0-omni")
    (job,) = rig.sandbox.records.accepted("kling")
    assert job.scene.reference == png()
    assert (job.scene.width, job.scene.height) == (480, 854)


async def test_the_new_standard_takes_no_token_and_names_a_missing_one() -> None:
    rig = Rig("kling")
    signed = {"authorization": f"Bearer {token(now_s=rig.clock.now_s())}"}
    assert (await rig.client.post("/text-to-video/kling-3.0", json=body(), headers=signed)).json()["code"] == 1002
    assert (await rig.client.post("/text-to-video/kling-3.0", json=body())).json()["code"] == 1001
    basic = {"authorization": "Basic sandbox"}
    assert (await rig.client.post("/text-to-video/kling-3.0", json=body(), headers=basic)).json()["code"] == 1000


async def test_a_path_or_method_that_does_not_exist_is_1202() -> None:
    rig = Rig("kling")
    for answer in (await rig.client.get("/text-to-video/kling-3.0"), await rig.client.post("/v2/anything/at/all")):
        assert (answer.status_code, answer.json()["code"]) == (404, 1202)


async def test_the_list_goes_page_by_page_from_the_newest() -> None:
    rig = Rig("kling")
    ids = [(await submit(rig, body())).json()["data"]["id"] for _ in range(3)]
    first = (await submit(rig, {"limit": 2}, path="/tasks")).json()["data"]
    assert [one["id"] for one in first["result"]] == [ids[2], ids[1]]
    rest = (await submit(rig, {"limit": 2, "cursor": first["next_cursor"]}, path="/tasks")).json()["data"]
    assert ([one["id"] for one in rest["result"]], rest["has_more"]) == ([ids[0]], False)
    done = [{"key": "status", "values": ["succeeded"]}]
    assert (await submit(rig, {"filters": done}, path="/tasks")).json()["data"]["count"] == 0


async def test_more_open_jobs_than_slots_are_1303() -> None:
    rig = Rig("kling", slots=2)
    codes = [(await submit(rig, body())).json()["code"] for _ in range(3)]
    assert codes == [0, 0, 1303]
    rig.finish()
    assert (await submit(rig, body())).json()["code"] == 0


@pytest.mark.parametrize(
    ("mishap", "status", "code"),
    [
        (Mishap.THROTTLE, 429, 1303),
        (Mishap.RATE, 429, 1302),
        (Mishap.UNAVAILABLE, 503, 5001),
        (Mishap.MODERATE_INPUT, 400, 1301),
        (Mishap.RETIRED, 404, 1203),
        (Mishap.WRONG_KEY, 401, 1002),
        (Mishap.OUT_OF_CREDIT, 429, 1102),
    ],
)
async def test_a_planned_refusal_carries_klings_code_and_bills_nothing(mishap: Mishap, status: int, code: int) -> None:
    rig = Rig("kling", mishap)
    answer = await submit(rig, body())
    assert (answer.status_code, answer.json()["code"], rig.accepted) == (status, code, 0)


@pytest.mark.parametrize(
    ("mishap", "row", "status"),
    [
        (Mishap.WRONG_KEY, 1000, 401),
        (Mishap.WRONG_KEY, 1103, 403),
        (Mishap.WRONG_KEY, 1304, 429),
        (Mishap.OUT_OF_CREDIT, 1100, 429),
        (Mishap.OUT_OF_CREDIT, 1101, 429),
        (Mishap.MODERATE_INPUT, 1300, 400),
        (Mishap.RETIRED, 1200, 400),
        (Mishap.UNAVAILABLE, 5000, 500),
    ],
)
async def test_a_plan_can_name_any_row_of_the_vendors_table(mishap: Mishap, row: int, status: int) -> None:
    rig = Rig("kling", Rule(mishap=mishap, row=str(row)))
    answer = await submit(rig, body())
    assert (answer.status_code, answer.json()["code"], rig.accepted) == (status, row, 0)


@pytest.mark.parametrize(("row", "status"), [("", 500), ("5002", 504)])
async def test_an_internal_error_may_hide_an_accepted_order(row: str, status: int) -> None:
    rig = Rig("kling", Rule(mishap=Mishap.ACCEPTED_THEN_5XX, row=row))
    answer = await submit(rig, body())
    assert (answer.status_code, answer.json()["code"], rig.accepted) == (status, int(row or 5000), 1)


async def test_an_order_accepted_before_the_connection_dropped_is_found_by_its_external_id() -> None:
    rig = Rig("kling", Mishap.LOSE_RESPONSE)
    with pytest.raises(httpx.ReadError):
        await submit(rig, body("take-1"))
    rig.finish()
    assert (await task(rig, external_task_ids="take-1"))["status"] == "succeeded"
    assert rig.accepted == 1


async def test_a_withheld_clip_fails_with_the_risk_control_message_and_costs_nothing() -> None:
    rig = Rig("kling", Mishap.MODERATE_OUTPUT)
    await submit(rig, body("take-1"))
    rig.finish()
    failed = await task(rig, external_task_ids="take-1")
    assert failed["status"] == "failed"
    assert "risk control" in str(failed["message"])
    assert rig.sandbox.records.accepted("kling")[0].charged_micro_usd == 0


async def test_a_job_that_never_ends_is_still_processing_a_day_later() -> None:
    rig = Rig("kling", Mishap.NEVER_ENDS)
    await submit(rig, body("take-1"))
    rig.clock.pass_s(86_400)
    assert (await task(rig, external_task_ids="take-1"))["status"] == "processing"


async def test_a_slow_job_takes_ten_times_as_long() -> None:
    rig = Rig("kling", Mishap.SLOW)
    await submit(rig, body("take-1"))
    rig.finish()
    assert (await task(rig, external_task_ids="take-1"))["status"] != "succeeded"
    rig.clock.pass_s(15)
    assert (await task(rig, external_task_ids="take-1"))["status"] == "succeeded"
