"""Tasks on the stand-in for Ark: their way, the list, cancelling, callbacks."""

import base64
import json

import httpx
import pytest

from tests.unit.tools.sandbox.rig import Rig, png
from tools.sandbox.faultplan import Mishap

KEY = {"authorization": "Bearer sandbox-seedance-api-key"}
TASKS = "/contents/generations/tasks"
PICTURE = "data:image/png;base64," + base64.b64encode(png()).decode()


def text(words: str = "A fox at night.") -> dict[str, object]:
    return {"type": "text", "text": words}


def image(url: str = PICTURE, *, role: str | None = "reference_image") -> dict[str, object]:
    given: dict[str, object] = {"type": "image_url", "image_url": {"url": url}}
    return given | {"role": role} if role else given


def body(*content: object, **fields: object) -> dict[str, object]:
    return {"model": "dreamina-seedance-2-0-260128", "content": list(content) or [text()], **fields}


async def create(rig: Rig, content: object) -> httpx.Response:
    return await rig.client.post(TASKS, json=content, headers=KEY)


async def delete(rig: Rig, task_id: str) -> httpx.Response:
    return await rig.client.delete(f"{TASKS}/{task_id}", headers=KEY)


async def get(rig: Rig, task_id: str) -> httpx.Response:
    return await rig.client.get(f"{TASKS}/{task_id}", headers=KEY)


async def test_a_task_goes_from_queued_over_running_to_succeeded_with_tokens_by_the_formula() -> None:
    rig = Rig("seedance")
    task_id = (await create(rig, body(ratio="16:9", duration=5, resolution="720p", seed=7))).json()["id"]
    assert (await get(rig, task_id)).json()["status"] == "queued"
    (job,) = rig.sandbox.records.accepted("seedance")
    rig.clock.pass_s(job.starts_s - job.created_s)
    assert (await get(rig, task_id)).json()["status"] == "running"
    rig.finish()
    done = (await get(rig, task_id)).json()
    assert (done["status"], done["usage"]["completion_tokens"], done["seed"]) == ("succeeded", 108_000, 7)
    assert len((await rig.client.get(done["content"]["video_url"])).content) == 10_000


async def test_the_base_address_may_end_in_api_v3_as_the_vendors_does() -> None:
    rig = Rig("seedance")
    task_id = (await rig.client.post("/api/v3" + TASKS, json=body(), headers=KEY)).json()["id"]
    rig.finish()
    done = (await rig.client.get(f"/api/v3{TASKS}/{task_id}", headers=KEY)).json()
    assert (await rig.client.get(done["content"]["video_url"])).status_code == 200


async def test_nulls_are_as_good_as_nothing() -> None:
    rig = Rig("seedance")
    nulls = dict.fromkeys(("seed", "ratio", "duration", "frames", "draft", "camera_fixed", "tools", "callback_url"))
    assert (await create(rig, body(**nulls))).status_code == 200


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(body(negative_prompt="x"), id="no negative field"),
        pytest.param(body(frames=48), id="no frames on 2.x"),
        pytest.param(body(camera_fixed=True), id="no camera_fixed on 2.x"),
        pytest.param(body(service_tier="flex"), id="no flex on 2.x"),
        pytest.param(body(duration="5"), id="length as text"),
        pytest.param(body(ratio="2:1"), id="no such ratio"),
        pytest.param(body(execution_expires_after=60), id="expires too soon"),
        pytest.param(body(safety_identifier="x" * 65), id="identifier too long"),
        pytest.param(body(text(), image("cmF3IGJhc2U2NA==")), id="raw base64"),
        pytest.param(body(text(" ")), id="no words"),
        pytest.param([], id="not an object"),
    ],
)
async def test_a_body_that_ark_does_not_take_is_a_bad_parameter(content: object) -> None:
    rig = Rig("seedance")
    answer = await create(rig, content)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] in ("InvalidParameter", "MissingParameter")
    assert rig.accepted == 0


async def test_an_image_without_a_role_is_a_first_frame_and_no_reference() -> None:
    rig = Rig("seedance")
    await create(rig, body(text(), image(role=None)))
    await create(rig, body(text(), image()))
    without, with_one = rig.sandbox.records.accepted("seedance")
    assert (without.scene.reference, with_one.scene.reference) == (None, png())


async def test_words_after_a_double_hyphen_are_cut_off() -> None:
    rig = Rig("seedance")
    await create(rig, body(text("A fox -- no watermark")))
    assert rig.sandbox.records.accepted("seedance")[0].words.strip() == "A fox"


async def test_only_a_waiting_task_can_be_cancelled_and_only_an_ended_one_deleted() -> None:
    rig = Rig("seedance")
    waiting = (await create(rig, body())).json()["id"]
    assert (await delete(rig, waiting)).status_code == 200
    assert (await get(rig, waiting)).json()["status"] == "cancelled"
    assert (await delete(rig, waiting)).status_code == 409
    running = (await create(rig, body())).json()["id"]
    rig.clock.pass_s(0.3)
    assert (await delete(rig, running)).status_code == 409
    rig.finish()
    assert (await delete(rig, running)).status_code == 200
    assert (await get(rig, running)).status_code == 404


async def test_a_cancelled_task_is_kept_for_a_day_and_any_other_for_seven() -> None:
    rig = Rig("seedance")
    cancelled, kept = [(await create(rig, body())).json()["id"] for _ in range(2)]
    await delete(rig, cancelled)
    rig.clock.pass_s(86_401)
    assert [(await get(rig, one)).status_code for one in (cancelled, kept)] == [404, 200]
    rig.clock.pass_s(6 * 86_400)
    assert (await get(rig, kept)).status_code == 404


async def test_a_task_that_never_ends_expires_at_its_limit() -> None:
    rig = Rig("seedance", Mishap.NEVER_ENDS)
    task_id = (await create(rig, body(execution_expires_after=3600))).json()["id"]
    rig.clock.pass_s(3599)
    assert (await get(rig, task_id)).json()["status"] == "running"
    rig.clock.pass_s(1)
    assert (await get(rig, task_id)).json()["status"] == "expired"
    assert (await delete(rig, task_id)).status_code == 200


async def test_the_list_filters_and_echoes_the_identifier() -> None:
    rig = Rig("seedance")
    first = (await create(rig, body(safety_identifier="take-1"))).json()["id"]
    rig.finish()
    second = (await create(rig, body())).json()["id"]

    async def listed(**query: str | list[str]) -> list[str]:
        return [one["id"] for one in (await rig.client.get(TASKS, params=query, headers=KEY)).json()["items"]]

    assert await listed() == [second, first]
    assert await listed(**{"filter.status": "succeeded"}) == [first]
    assert await listed(**{"filter.task_ids": second}) == [second]
    assert await listed(**{"filter.task_ids": [first, second]}) == [second, first]
    assert await listed(**{"filter.model": "dreamina-seedance-2-0-260128"}) == [second, first]
    assert await listed(**{"filter.model": "another"}) == []
    assert await listed(**{"filter.service_tier": "default"}) == [second, first]
    assert await listed(**{"filter.service_tier": "flex"}) == []
    assert await listed(page_num="2", page_size="1") == [first]
    assert (await get(rig, first)).json()["safety_identifier"] == "take-1"
    rig.clock.pass_s(8 * 86_400)
    assert await listed() == []


async def test_wrong_keys_and_unknown_models_are_told_apart() -> None:
    rig = Rig("seedance")
    assert (await rig.client.post(TASKS, json=body())).json()["error"]["code"] == "AuthenticationError"
    unknown = await create(rig, body() | {"model": "dreamina-seedance-9"})
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "InvalidEndpoint.NotFound")


@pytest.mark.parametrize(
    ("mishap", "status", "code"),
    [
        (Mishap.THROTTLE, 429, "QuotaExceeded"),
        (Mishap.RATE, 429, "RateLimitExceeded.EndpointRPMExceeded"),
        (Mishap.UNAVAILABLE, 500, "InternalServiceError"),
        (Mishap.MODERATE_INPUT, 400, "InputTextSensitiveContentDetected"),
        (Mishap.RETIRED, 404, "InvalidEndpoint.NotFound"),
        (Mishap.WRONG_KEY, 401, "AuthenticationError"),
        (Mishap.OUT_OF_CREDIT, 403, "AccountOverdueError"),
    ],
)
async def test_a_planned_refusal_carries_arks_code_and_bills_nothing(mishap: Mishap, status: int, code: str) -> None:
    rig = Rig("seedance", mishap)
    answer = await create(rig, body())
    assert (answer.status_code, answer.json()["error"]["code"], rig.accepted) == (status, code, 0)


@pytest.mark.parametrize(
    ("mishap", "code"),
    [
        (Mishap.MODERATE_OUTPUT, "OutputVideoSensitiveContentDetected.PolicyViolation"),
        (Mishap.FAIL_TRANSIENT, "InternalServiceError"),
    ],
)
async def test_a_task_that_fails_says_why(mishap: Mishap, code: str) -> None:
    rig = Rig("seedance", mishap)
    task_id = (await create(rig, body(generate_audio=False))).json()["id"]
    rig.finish()
    failed = (await get(rig, task_id)).json()
    assert (failed["status"], failed["error"]["code"]) == ("failed", code)


async def test_blood_is_rendered_first_and_then_withheld() -> None:
    rig = Rig("seedance")
    task_id = (await create(rig, body(text("Blood on the snow.")))).json()["id"]
    rig.finish()
    assert (await get(rig, task_id)).json()["status"] == "failed"


async def test_of_a_clip_with_sound_the_sound_is_withheld() -> None:
    rig = Rig("seedance", Mishap.MODERATE_OUTPUT)
    task_id = (await create(rig, body())).json()["id"]
    rig.finish()
    assert (await get(rig, task_id)).json()["error"]["code"] == "OutputAudioSensitiveContentDetected"


HOOK = "https://film.example/hooks/ark?take=t-1&token=a_b"


async def told(rig: Rig) -> list[dict[str, object]]:
    """What is called back by now, and not before."""
    rig.inbox.got.clear()
    await rig.sandbox.call_back()
    assert {str(request.url) for request in rig.inbox.got} <= {HOOK}
    return [json.loads(request.content) for request in rig.inbox.got]


@pytest.mark.parametrize(
    ("mishap", "words"),
    [
        (None, ["running", "succeeded"]),
        (Mishap.FAIL_TRANSIENT, ["running", "failed"]),
        (Mishap.NEVER_ENDS, ["running", "expired"]),
    ],
)
async def test_each_change_is_called_back_as_the_task_object_it_made(mishap: Mishap | None, words: list[str]) -> None:
    rig = Rig("seedance", *([mishap] if mishap else []))
    task_id = (await create(rig, body(callback_url=HOOK, execution_expires_after=3600))).json()["id"]
    assert await told(rig) == []
    rig.clock.pass_s(3600)
    first, last = await told(rig)
    assert [first["status"], last["status"]] == words
    assert {first["id"], last["id"]} == {task_id}
    assert ("content" in first, "content" in last) == (False, mishap is None)
    assert await told(rig) == []


async def test_a_cancelled_task_is_called_back_and_carries_no_signature() -> None:
    rig = Rig("seedance")
    task_id = (await create(rig, body(callback_url=HOOK))).json()["id"]
    await delete(rig, task_id)
    assert [one["status"] for one in await told(rig)] == ["cancelled"]
    assert not [name for name in rig.inbox.got[0].headers if "sign" in name]


async def test_a_callback_that_is_not_taken_is_tried_three_times_more() -> None:
    rig = Rig("seedance")
    await create(rig, body(callback_url=HOOK))
    rig.clock.pass_s(0.3)
    rig.inbox.answers = [500] * 4
    for _ in range(10):
        await rig.sandbox.call_back()
        rig.clock.pass_s(0.1 if len(rig.inbox.got) > 4 else 5.0)
    words = [json.loads(request.content)["status"] for request in rig.inbox.got]
    assert words == ["running"] * 4 + ["succeeded"]
