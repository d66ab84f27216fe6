import base64
from collections.abc import Mapping

import httpx
import pytest

from tests.unit.tools.sandbox.rig import Rig, png
from tools.sandbox.faultplan import Mishap, Rule

TOKEN = {"authorization": "Bearer sandbox-google-token"}
MODEL = "/v1beta1/projects/p/locations/us-central1/publishers/google/models/veo-3.1-generate-001"
LITE = MODEL.replace("veo-3.1-generate", "veo-3.1-lite-generate")
IMAGE = {"bytesBase64Encoded": base64.b64encode(png()).decode(), "mimeType": "image/png"}

LARGE = IMAGE | {"bytesBase64Encoded": base64.b64encode(png(size=(2600, 2600), form="BMP")).decode()}


def body(instance: Mapping[str, object] = {}, **parameters: object) -> dict[str, object]:
    return {"instances": [{"prompt": "A fox at night.", **instance}], "parameters": parameters}


async def submit(rig: Rig, content: object, *, model: str = MODEL) -> httpx.Response:
    return await rig.client.post(f"{model}:predictLongRunning", json=content, headers=TOKEN)


async def poll(rig: Rig, name: str, *, model: str = MODEL) -> httpx.Response:
    return await rig.client.post(f"{model}:fetchPredictOperation", json={"operationName": name}, headers=TOKEN)


async def test_a_running_operation_has_no_done_and_a_finished_one_carries_the_clip() -> None:
    rig = Rig("google")
    name = (await submit(rig, body(negativePrompt="watermark"))).json()["name"]
    assert (await poll(rig, name)).json() == {"name": name}
    rig.finish()
    done = (await poll(rig, name)).json()
    assert done["done"] is True
    assert len(base64.b64decode(done["response"]["videos"][0]["bytesBase64Encoded"])) == 10_000


async def test_with_a_bucket_the_clip_lies_there_for_whoever_holds_the_token() -> None:
    rig = Rig("google")
    name = (await submit(rig, body(storageUri="gs://film/take-1/"))).json()["name"]
    rig.finish()
    uri = (await poll(rig, name)).json()["response"]["videos"][0]["gcsUri"]
    assert uri.startswith("gs://film/take-1/")
    path = "/storage/v1/b/film/o/" + uri.removeprefix("gs://film/")
    assert len((await rig.client.get(path, params={"alt": "media"}, headers=TOKEN)).content) == 10_000
    assert (await rig.client.get(path, params={"alt": "media"})).status_code == 401


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(body(negative_prompt="x"), id="unknown parameter"),
        pytest.param(body({"negativePrompt": "x"}), id="field in the wrong place"),
        pytest.param(body(durationSeconds="8"), id="length as text"),
        pytest.param(body(durationSeconds=5), id="no such length"),
        pytest.param(body(aspectRatio="1:1"), id="no such ratio"),
        pytest.param(body(resolution="8k"), id="no such resolution"),
        pytest.param(body(resolution="1080p", durationSeconds=4), id="1080p is eight seconds"),
        pytest.param(body(seed=-1), id="negative seed"),
        pytest.param(body({"prompt": "word " * 1025}), id="too long"),
        pytest.param(body({"prompt": ""}), id="no prompt"),
        pytest.param(
            body({"image": IMAGE, "referenceImages": [{"image": IMAGE, "referenceType": "ASSET"}]}), id="both"
        ),
        pytest.param(body({"referenceImages": [{"image": IMAGE, "referenceType": "STYLE"}]}), id="style reference"),
        pytest.param(body({"referenceImages": [{"image": IMAGE, "referenceType": "ASSET"}] * 4}), id="four references"),
        pytest.param(body({"image": {"bytesBase64Encoded": "nope", "mimeType": "image/png"}}), id="no image"),
        pytest.param(body({"lastFrame": IMAGE}), id="last frame alone"),
        pytest.param(body({"image": IMAGE, "lastFrame": IMAGE}, durationSeconds=6), id="two frames are eight seconds"),
        pytest.param(
            body({"referenceImages": [{"image": IMAGE, "referenceType": "ASSET"}]}, durationSeconds=4),
            id="references are eight seconds",
        ),
        pytest.param(body({"image": IMAGE | {"mimeType": "image/webp"}}), id="no such media type"),
        pytest.param(body({"image": LARGE}), id="more than 20 MB"),
        pytest.param(body(resizeMode="CROP"), id="nothing to resize"),
        pytest.param(body({"image": IMAGE}, resizeMode="crop"), id="no such way to resize"),
        pytest.param(body(personGeneration="everybody"), id="no such people"),
        pytest.param(body(storageUri="s3://film/x/"), id="no bucket"),
        pytest.param({"instances": []}, id="no instance"),
        pytest.param([], id="not an object"),
    ],
)
async def test_a_body_that_veo_does_not_take_is_an_invalid_argument(content: object) -> None:
    rig = Rig("google")
    answer = await submit(rig, content)
    assert answer.status_code == 400
    assert answer.json()["error"]["status"] == "INVALID_ARGUMENT"
    assert rig.accepted == 0


LOOKS = {"referenceImages": [{"image": IMAGE, "referenceType": "ASSET"}] * 3}
ENDS = {"image": IMAGE, "lastFrame": IMAGE}


@pytest.mark.parametrize(
    ("instance", "lite"),
    [
        pytest.param({}, 200, id="words"),
        pytest.param({"image": IMAGE}, 200, id="first frame"),
        pytest.param(ENDS, 400, id="first and last frame"),
        pytest.param(LOOKS, 400, id="three looks"),
    ],
)
async def test_lite_takes_a_first_frame_and_nothing_more(instance: Mapping[str, object], lite: int) -> None:
    rig = Rig("google")
    assert (await submit(rig, body(instance))).status_code == 200
    assert (await submit(rig, body(instance), model=LITE)).status_code == lite


async def test_the_catalogue_tells_whether_there_is_a_model_and_counts_as_no_submission() -> None:
    rig = Rig("google", Mishap.RATE)
    path = "/v1beta1/publishers/google/models/veo-3.1-generate-001"
    assert (await rig.client.get(path, headers=TOKEN)).json()["name"] == path.removeprefix("/v1beta1/")
    gone = await rig.client.get(path.replace("3.1", "3.0"), headers=TOKEN)
    assert (gone.status_code, gone.json()["error"]["status"]) == (404, "NOT_FOUND")
    assert (await rig.client.get(path)).status_code == 401
    assert (await submit(rig, body())).status_code == 429


async def test_a_model_that_a_plan_retires_is_gone_from_the_catalogue_too() -> None:
    rig = Rig("google", Rule(mishap=Mishap.RETIRED, vendor="google", model="veo-3.1-generate-001"))
    codes = [
        (await rig.client.get(f"/v1/publishers/google/models/{name}", headers=TOKEN)).status_code
        for name in ("veo-3.1-generate-001", "veo-3.1-fast-generate-001")
    ]
    assert codes == [404, 200]
    assert (await submit(rig, body())).json()["error"]["status"] == "NOT_FOUND"


async def test_without_the_token_nothing_is_answered() -> None:
    rig = Rig("google")
    answer = await rig.client.post(f"{MODEL}:predictLongRunning", json=body())
    assert (answer.status_code, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize(
    ("authorization", "reason"),
    [
        ("", "CREDENTIALS_MISSING"),
        ("Bearer sandbox-google-old-token", "ACCESS_TOKEN_EXPIRED"),
        ("Bearer AIzaSyExample", "ACCESS_TOKEN_TYPE_UNSUPPORTED"),
    ],
)
async def test_a_token_that_is_not_taken_is_refused_with_the_reason(authorization: str, reason: str) -> None:
    answer = await Rig("google").client.post(
        f"{MODEL}:predictLongRunning", json=body(), headers={"authorization": authorization}
    )
    error = answer.json()["error"]
    assert (answer.status_code, error["status"], error["details"][0]["reason"]) == (401, "UNAUTHENTICATED", reason)


async def test_an_unknown_model_and_an_unknown_operation_are_not_found() -> None:
    rig = Rig("google")
    assert (await submit(rig, body(), model=MODEL + "x")).json()["error"]["status"] == "NOT_FOUND"
    name = (await submit(rig, body())).json()["name"]
    for other in ("projects/p/operations/none", name.replace("projects/p", "projects/q")):
        assert (await poll(rig, other)).json()["error"]["status"] == "NOT_FOUND"


@pytest.mark.parametrize(
    ("mishap", "status", "name"),
    [
        (Mishap.THROTTLE, 429, "RESOURCE_EXHAUSTED"),
        (Mishap.RATE, 429, "RESOURCE_EXHAUSTED"),
        (Mishap.UNAVAILABLE, 503, "UNAVAILABLE"),
        (Mishap.MODERATE_INPUT, 400, "INVALID_ARGUMENT"),
        (Mishap.RETIRED, 404, "NOT_FOUND"),
        (Mishap.WRONG_KEY, 401, "UNAUTHENTICATED"),
        (Mishap.OUT_OF_CREDIT, 403, "PERMISSION_DENIED"),
    ],
)
async def test_a_planned_refusal_is_worded_as_google_does_and_bills_nothing(
    mishap: Mishap, status: int, name: str
) -> None:
    rig = Rig("google", mishap)
    answer = await submit(rig, body())
    assert (answer.status_code, answer.json()["error"]["status"], rig.accepted) == (status, name, 0)
    assert (await submit(rig, body())).status_code == 200


async def test_a_withheld_clip_is_done_without_videos() -> None:
    rig = Rig("google", Mishap.MODERATE_OUTPUT)
    name = (await submit(rig, body())).json()["name"]
    rig.finish()
    response = (await poll(rig, name)).json()["response"]
    assert response["raiMediaFilteredCount"] == 1
    assert "videos" not in response


async def test_a_broken_operation_is_done_with_an_error() -> None:
    rig = Rig("google", Mishap.FAIL_TRANSIENT)
    name = (await submit(rig, body())).json()["name"]
    rig.finish()
    assert (await poll(rig, name)).json()["error"]["code"] == 14


async def test_an_internal_error_may_hide_an_accepted_order() -> None:
    rig = Rig("google", Mishap.ACCEPTED_THEN_5XX)
    assert (await submit(rig, body())).status_code == 500
    assert rig.accepted == 1


async def test_words_google_refuses_are_refused_before_rendering_unless_they_are_quoted_or_forbidden() -> None:
    rig = Rig("google")
    assert (await submit(rig, body({"prompt": "A field of gore."}))).status_code == 400
    assert (await submit(rig, body({"prompt": 'She says "gore".'}))).status_code == 200
    assert (await submit(rig, body({"prompt": "A field. Avoid: gore."}))).status_code == 200
