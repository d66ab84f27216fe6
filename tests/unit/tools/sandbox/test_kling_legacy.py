import base64

import httpx
import pytest

from tests.unit.tools.sandbox.rig import Rig, png
from tests.unit.tools.sandbox.test_kling import token

TEXT = "/v1/videos/text2video"


def body(**fields: object) -> dict[str, object]:
    return {"model_name": "kling-v3", "prompt": "A fox at night.", "negative_prompt": "watermark", **fields}


def signed(rig: Rig, *, skew_s: float = 0.0, iss: str = "sandbox-kling-access-key") -> dict[str, str]:
    return {"authorization": f"Bearer {token(now_s=rig.clock.now_s() + skew_s, iss=iss)}"}


async def submit(rig: Rig, content: object, *, path: str = TEXT) -> httpx.Response:
    return await rig.client.post(path, json=content, headers=signed(rig))


async def test_a_signed_order_succeeds_with_the_older_word_and_is_found_by_its_external_id() -> None:
    rig = Rig("kling")
    data = (await submit(rig, body(external_task_id="take-2"))).json()["data"]
    assert (data["task_status"], data["task_info"]["external_task_id"]) == ("submitted", "take-2")
    rig.finish()
    for handle in (data["task_id"], "take-2"):
        found = (await rig.client.get(f"{TEXT}/{handle}", headers=signed(rig))).json()["data"]
        assert found["task_status"] == "succeed"
        assert len((await rig.client.get(found["task_result"]["videos"][0]["url"])).content) == 10_000


async def test_the_api_key_is_good_for_the_legacy_standard_too() -> None:
    rig = Rig("kling")
    key = {"authorization": "Bearer sandbox-kling-api-key"}
    assert (await rig.client.post(TEXT, json=body(), headers=key)).json()["code"] == 0


async def test_a_token_is_checked_for_signature_issuer_and_time() -> None:
    rig = Rig("kling")
    forged = {"authorization": f"Bearer {token(now_s=rig.clock.now_s(), secret='another')}"}
    cases = {
        1002: [forged, signed(rig, iss="another"), {"authorization": "Bearer a.b.c"}],
        1003: [signed(rig, skew_s=60)],
        1004: [signed(rig, skew_s=-1801)],
    }
    for code, headers in cases.items():
        for header in headers:
            answer = await rig.client.post(TEXT, json=body(), headers=header)
            assert (answer.status_code, answer.json()["code"]) == (401, code)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"duration": 5}, id="length as a number"),
        pytest.param({"duration": "16"}, id="too many seconds"),
        pytest.param({"negative_prompt": "x" * 2501}, id="negative too long"),
        pytest.param({"prompt": "x" * 2501}, id="prompt too long"),
        pytest.param({"prompt": ""}, id="no prompt"),
        pytest.param({"cfg_scale": 0.5}, id="cfg_scale is for v1"),
        pytest.param({"camera_control": {"type": "simple"}}, id="camera_control is for v1"),
        pytest.param({"settings": {}}, id="new standard's body"),
        pytest.param({"model_name": "kling-v2-5-turbo", "mode": "4k"}, id="no 4k"),
        pytest.param({"model_name": "kling-v2-5-turbo", "sound": "on"}, id="no sound"),
        pytest.param({"model_name": "kling-v2-6", "sound": "on", "mode": "std"}, id="sound needs pro"),
    ],
)
async def test_a_body_the_legacy_standard_does_not_take_is_1201(fields: dict[str, object]) -> None:
    rig = Rig("kling")
    answer = await submit(rig, body(**fields))
    assert (answer.status_code, answer.json()["code"], rig.accepted) == (400, 1201, 0)


async def test_an_unknown_model_is_1203_and_an_unknown_kind_1202() -> None:
    rig = Rig("kling")
    assert (await submit(rig, body(model_name="kling-3.0"))).json()["code"] == 1203
    assert (await submit(rig, body(), path="/v1/videos/song2video")).json()["code"] == 1202


async def test_image_to_video_takes_raw_base64_and_no_ratio() -> None:
    rig = Rig("kling")
    picture = base64.b64encode(png()).decode()
    path = "/v1/videos/image2video"
    assert (await submit(rig, body(image=picture), path=path)).json()["code"] == 0
    assert (await submit(rig, body(image="data:image/png;base64," + picture), path=path)).json()["code"] == 1201
    assert (await submit(rig, body(image=picture, aspect_ratio="16:9"), path=path)).json()["code"] == 1201


async def test_the_list_holds_its_own_kind_only_newest_first() -> None:
    rig = Rig("kling")
    ids = [(await submit(rig, body())).json()["data"]["task_id"] for _ in range(2)]
    listed = (await rig.client.get(TEXT, params={"pageNum": "1", "pageSize": "30"}, headers=signed(rig))).json()["data"]
    assert [one["task_id"] for one in listed] == ids[::-1]
    other = (await rig.client.get("/v1/videos/image2video", headers=signed(rig))).json()["data"]
    assert other == []
    assert (await rig.client.get(TEXT, params={"pageSize": "501"}, headers=signed(rig))).json()["code"] == 1201
