import base64
from collections.abc import Mapping

import httpx
import pytest

from tests.unit.tools.sandbox.rig import Inbox, Rig, draw, png
from tools.sandbox.app import build
from tools.sandbox.faultplan import FaultPlan, Mishap, Rule

KEY = {"x-goog-api-key": "sandbox-gemini-api-key"}
MODEL = "/v1beta/models/veo-3.1-generate-preview"
IMAGE = {"bytesBase64Encoded": base64.b64encode(png()).decode(), "mimeType": "image/png"}


def body(instance: Mapping[str, object] = {}, **parameters: object) -> dict[str, object]:
    return {"instances": [{"prompt": "A fox at night.", **instance}], "parameters": parameters}


async def submit(rig: Rig, content: object, *, model: str = MODEL) -> httpx.Response:
    return await rig.client.post(f"{model}:predictLongRunning", json=content, headers=KEY)


async def poll(rig: Rig, name: str) -> httpx.Response:
    return await rig.client.get(f"/v1beta/{name}", headers=KEY)


async def test_an_operation_is_asked_for_by_get_and_its_clip_wants_the_key() -> None:
    rig = Rig("gemini")
    name = (await submit(rig, body(negativePrompt="watermark"))).json()["name"]
    assert name.startswith("models/veo-3.1-generate-preview/operations/")
    assert (await poll(rig, name)).json() == {"name": name}
    rig.finish()
    done = (await poll(rig, name)).json()
    uri = done["response"]["generateVideoResponse"]["generatedSamples"][0]["video"]["uri"]
    assert len((await rig.client.get(uri, headers=KEY)).content) == 10_000
    assert (await rig.client.get(uri)).status_code == 403


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(body(seed=7), id="no seed"),
        pytest.param(body(generateAudio=False), id="no switch for the sound"),
        pytest.param(body(storageUri="gs://b/a/"), id="no bucket"),
        pytest.param(body({"image": {"gcsUri": "gs://b/a.png", "mimeType": "image/png"}}), id="no address"),
        pytest.param(body(durationSeconds=5), id="no such length"),
        pytest.param(body({"lastFrame": IMAGE}), id="last without first"),
        pytest.param(body({"image": IMAGE, "lastFrame": IMAGE}, durationSeconds=4), id="ends are eight seconds"),
        pytest.param(
            body({"image": IMAGE, "referenceImages": [{"image": IMAGE, "referenceType": "ASSET"}]}), id="both"
        ),
    ],
)
async def test_a_body_that_this_wire_does_not_take_is_an_invalid_argument(content: object) -> None:
    rig = Rig("gemini")
    answer = await submit(rig, content)
    assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert rig.accepted == 0


async def test_a_withheld_clip_is_counted_inside_the_shell() -> None:
    rig = Rig("gemini", Mishap.MODERATE_OUTPUT)
    name = (await submit(rig, body())).json()["name"]
    rig.finish()
    response = (await poll(rig, name)).json()["response"]["generateVideoResponse"]
    assert response["raiMediaFilteredCount"] == 1
    assert "generatedSamples" not in response


@pytest.mark.parametrize(
    ("mishap", "status", "name"),
    [
        (Mishap.RATE, 429, "RESOURCE_EXHAUSTED"),
        (Mishap.UNAVAILABLE, 503, "UNAVAILABLE"),
        (Mishap.MODERATE_INPUT, 400, "INVALID_ARGUMENT"),
        (Mishap.RETIRED, 404, "NOT_FOUND"),
    ],
)
async def test_a_planned_refusal_bills_nothing(mishap: Mishap, status: int, name: str) -> None:
    rig = Rig("gemini", mishap)
    answer = await submit(rig, body())
    assert (answer.status_code, answer.json()["error"]["status"], rig.accepted) == (status, name, 0)


async def test_a_plan_can_retire_all_of_veo_and_take_it_off_the_list() -> None:
    names = [f"veo-3.1-{kind}generate-preview" for kind in ("", "fast-", "lite-")]
    plan = FaultPlan([Rule(vendor="gemini", model=name, mishap=Mishap.RETIRED) for name in names])
    sandbox = build(plan=plan, draw=draw, outward=Inbox())
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=sandbox), base_url="http://sandbox/gemini")
    listed = (await client.get("/v1beta/models", headers=KEY)).json()["models"]
    assert [model["name"] for model in listed] == ["models/gemini-omni-1.2-flash", "models/gemini-omni-1.1-flash"]
    for name in names:
        path = f"/v1beta/models/{name}"
        assert (await client.get(path, headers=KEY)).status_code == 404
        assert (await client.post(f"{path}:predictLongRunning", json=body(), headers=KEY)).status_code == 404


async def test_a_single_planned_retirement_leaves_the_model_on_the_list() -> None:
    rig = Rig("gemini", Mishap.RETIRED)
    assert (await rig.client.get(MODEL, headers=KEY)).status_code == 200


async def test_an_unknown_operation_is_not_found() -> None:
    rig = Rig("gemini")
    assert (await poll(rig, "models/veo-3.1-generate-preview/operations/none")).json()["error"]["status"] == "NOT_FOUND"
