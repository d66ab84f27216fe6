import base64

import httpx
import pytest

from tests.unit.tools.sandbox.rig import Rig, png
from tools.sandbox.faultplan import Mishap

HEADERS = {"authorization": "Bearer sandbox-runway-api-key", "x-runway-version": "2024-11-06"}
PICTURE = "data:image/png;base64," + base64.b64encode(png()).decode()


def body(**fields: object) -> dict[str, object]:
    return {"model": "gen4.5", "promptText": "A fox at night.", "ratio": "1280:720", "duration": 5, **fields}


def hosted(model: str, **fields: object) -> dict[str, object]:
    return {"model": model, "promptText": "A fox at night.", "ratio": "1280:720", "duration": 8, **fields}


async def create(rig: Rig, content: object, *, kind: str = "text_to_video") -> httpx.Response:
    return await rig.client.post(f"/v1/{kind}", json=content, headers=HEADERS)


async def get(rig: Rig, task_id: str) -> httpx.Response:
    return await rig.client.get(f"/v1/tasks/{task_id}", headers=HEADERS)


async def test_a_task_goes_from_pending_over_running_to_succeeded_with_a_fresh_link_each_time() -> None:
    rig = Rig("runway")
    created = (await create(rig, body())).json()
    assert created["estimatedCost"] == {"credits": 60}
    assert (await get(rig, created["id"])).json()["status"] == "PENDING"
    (job,) = rig.sandbox.records.accepted("runway")
    rig.clock.pass_s((job.starts_s + job.ends_s) / 2 - job.created_s)
    running = (await get(rig, created["id"])).json()
    assert (running["status"], running["progress"]) == ("RUNNING", 0.5)
    rig.finish()
    links = [(await get(rig, created["id"])).json()["output"][0] for _ in range(2)]
    assert links[0] != links[1]
    for link in links:
        assert len((await rig.client.get(link)).content) == 10_000


@pytest.mark.parametrize(
    ("content", "path", "code"),
    [
        pytest.param(body(negativePrompt="x"), ["negativePrompt"], "unrecognized_keys", id="no negative field"),
        pytest.param(body(audio=True), ["audio"], "unrecognized_keys", id="no sound"),
        pytest.param(body(duration="5"), ["duration"], "invalid_type", id="length as text"),
        pytest.param(body(duration=11), ["duration"], "invalid_literal", id="too many seconds"),
        pytest.param(body(ratio="960:960"), ["ratio"], "invalid_enum_value", id="ratio of image-to-video only"),
        pytest.param(body(promptText=""), ["promptText"], "too_small", id="no words"),
        pytest.param(body(promptText="x" * 1001), ["promptText"], "too_big", id="too long"),
        pytest.param(body(promptText="😀" * 501), ["promptText"], "too_big", id="counted in UTF-16 units"),
        pytest.param(body(seed=2**32), ["seed"], "too_big", id="seed too large"),
        pytest.param(body(model="gen9"), ["model"], "invalid_union_discriminator", id="unknown model"),
        pytest.param(body(model="gen4_turbo"), ["model"], "invalid_union_discriminator", id="turbo needs an image"),
        pytest.param(hosted("veo3.1", duration=5), ["duration"], "invalid_literal", id="veo length"),
        pytest.param(hosted("kling3.0_pro"), ["ratio"], "invalid_enum_value", id="kling pro is 1080p"),
        pytest.param(hosted("kling3.0_standard", cfgScale=2), ["cfgScale"], "too_big", id="cfg above one"),
        pytest.param(
            hosted("seedance2", references=[{"uri": "ftp://x"}]), ["references", 0, "uri"], "invalid_string", id="uri"
        ),
    ],
)
async def test_a_body_that_does_not_validate_is_answered_issue_by_issue(
    content: object, path: list[object], code: str
) -> None:
    rig = Rig("runway")
    answer = await create(rig, content)
    assert (answer.status_code, answer.json()["error"]) == (400, "Validation of body failed")
    assert [(issue["path"], issue["code"]) for issue in answer.json()["issues"]] == [(path, code)]
    assert rig.accepted == 0


async def test_a_thousand_units_fit() -> None:
    rig = Rig("runway")
    assert (await create(rig, body(promptText="😀" * 500))).status_code == 200


async def test_the_version_header_is_required_and_the_key_comes_first() -> None:
    rig = Rig("runway")
    without = {name: value for name, value in HEADERS.items() if name != "x-runway-version"}
    assert (await rig.client.post("/v1/text_to_video", json=body(), headers=without)).status_code == 400
    assert (await rig.client.post("/v1/text_to_video", json=body())).status_code == 401


async def test_hosted_veo_has_the_negative_field_and_its_own_price() -> None:
    rig = Rig("runway")
    silent = await create(rig, hosted("veo3.1", negativePrompt="watermark", audio=False))
    assert silent.json()["estimatedCost"] == {"credits": 160}
    assert rig.sandbox.records.accepted("runway")[0].words.endswith("\nwatermark")


async def test_seedance_takes_references_with_text_and_frames_or_references_with_images() -> None:
    rig = Rig("runway")
    await create(rig, hosted("seedance2", references=[{"uri": PICTURE}]))
    await create(rig, hosted("seedance2", promptImage=[{"uri": PICTURE}]), kind="image_to_video")
    await create(rig, hosted("seedance2", promptImage=[{"uri": PICTURE, "position": "first"}]), kind="image_to_video")
    jobs = rig.sandbox.records.accepted("runway")
    assert [job.scene.reference is not None for job in jobs] == [True, True, False]


async def test_over_the_limit_tasks_wait_as_throttled_and_start_when_a_slot_is_free() -> None:
    rig = Rig("runway", slots=1)
    ids = [(await create(rig, body())).json()["id"] for _ in range(2)]
    assert (await get(rig, ids[1])).json()["status"] == "THROTTLED"
    first, second = rig.sandbox.records.accepted("runway")
    rig.clock.pass_s(first.ends_s - first.created_s)
    assert (await get(rig, ids[0])).json()["status"] == "SUCCEEDED"
    assert (await get(rig, ids[1])).json()["status"] == "PENDING"
    assert second.held_s == first.ends_s


async def test_a_planned_throttle_is_accepted_and_waits() -> None:
    rig = Rig("runway", Mishap.THROTTLE)
    task_id = (await create(rig, body())).json()["id"]
    assert (await get(rig, task_id)).json()["status"] == "THROTTLED"


async def test_a_task_called_back_while_it_waits_is_gone_and_costs_nothing() -> None:
    rig = Rig("runway")
    task_id = (await create(rig, body())).json()["id"]
    assert (await rig.client.delete(f"/v1/tasks/{task_id}", headers=HEADERS)).status_code == 204
    assert (await get(rig, task_id)).status_code == 404
    assert rig.sandbox.records.accepted("runway")[0].charged_micro_usd == 0


async def test_a_task_called_back_while_it_runs_is_gone_and_charged_all_the_same() -> None:
    rig = Rig("runway")
    task_id = (await create(rig, body())).json()["id"]
    (job,) = rig.sandbox.records.accepted("runway")
    rig.clock.pass_s((job.starts_s + job.ends_s) / 2 - job.created_s)
    assert (await rig.client.delete(f"/v1/tasks/{task_id}", headers=HEADERS)).status_code == 204
    assert (await get(rig, task_id)).status_code == 404
    assert rig.sandbox.records.accepted("runway")[0].charged_micro_usd == 600_000


async def test_a_task_called_back_by_somebody_else_is_shown_as_cancelled() -> None:
    rig = Rig("runway")
    task_id = (await create(rig, body())).json()["id"]
    rig.sandbox.records.cancel(task_id, at_s=rig.clock.now_s())
    shown = (await get(rig, task_id)).json()
    assert (shown["status"], shown["cost"]) == ("CANCELLED", {"credits": 0})


@pytest.mark.parametrize(
    ("mishap", "status", "error"),
    [
        (Mishap.RATE, 429, "Too many"),
        (Mishap.UNAVAILABLE, 503, "unavailable"),
        (Mishap.RETIRED, 400, "Validation"),
        (Mishap.WRONG_KEY, 401, "not valid"),
        (Mishap.OUT_OF_CREDIT, 400, "enough credits"),
    ],
)
async def test_a_planned_refusal_is_worded_as_runway_does_and_bills_nothing(
    mishap: Mishap, status: int, error: str
) -> None:
    rig = Rig("runway", mishap)
    answer = await create(rig, body())
    assert (answer.status_code, rig.accepted) == (status, 0)
    assert error in answer.json()["error"]
    assert ("retry-after" in answer.headers) == (mishap is Mishap.RATE)


@pytest.mark.parametrize(
    ("mishap", "code"),
    [
        (Mishap.MODERATE_INPUT, "SAFETY.INPUT.TEXT"),
        (Mishap.MODERATE_OUTPUT, "SAFETY.OUTPUT.VIDEO"),
        (Mishap.FAIL_TRANSIENT, "INTERNAL.BAD_OUTPUT.01"),
    ],
)
async def test_a_task_that_fails_carries_its_failure_code_and_costs_nothing(mishap: Mishap, code: str) -> None:
    rig = Rig("runway", mishap)
    task_id = (await create(rig, body())).json()["id"]
    rig.finish()
    failed = (await get(rig, task_id)).json()
    assert (failed["status"], failed["failureCode"], failed["cost"]) == ("FAILED", code, {"credits": 0})


@pytest.mark.parametrize(
    ("mishap", "codes"),
    [
        (Mishap.MODERATE_INPUT, ["SAFETY.INPUT.TEXT", "INPUT_PREPROCESSING.SAFETY.TEXT", "SAFETY.INPUT.IMAGE"]),
        (
            Mishap.FAIL_TRANSIENT,
            [
                *("INTERNAL.BAD_OUTPUT.01", "INTERNAL", "THIRD_PARTY.UNAVAILABLE", "INPUT_PREPROCESSING.INTERNAL"),
                *(None, "ASSET.INVALID"),
            ],
        ),
    ],
)
async def test_failing_again_with_the_same_words_goes_through_all_failure_codes(
    mishap: Mishap, codes: list[str | None]
) -> None:
    rig = Rig("runway", *[mishap] * len(codes))
    ids = [(await create(rig, body())).json()["id"] for _ in codes]
    for _ in codes:
        rig.finish()
    assert [(await get(rig, task_id)).json()["failureCode"] for task_id in ids] == codes


async def test_yesterdays_tasks_do_not_count_as_todays() -> None:
    rig = Rig("runway")
    await create(rig, body())
    rig.clock.pass_s(86_401)
    told = (await rig.client.get("/v1/organization", headers=HEADERS)).json()
    assert told["usage"]["models"]["gen4.5"]["dailyGenerations"] == 0


async def test_the_organization_tells_limits_and_use() -> None:
    rig = Rig("runway", slots=3)
    await create(rig, body())
    told = (await rig.client.get("/v1/organization", headers=HEADERS)).json()
    assert told["tier"]["models"]["gen4.5"]["maxConcurrentGenerations"] == 3
    assert told["usage"]["models"]["gen4.5"]["dailyGenerations"] == 1
