import base64

import httpx
import pytest

from tests.unit.tools.sandbox.rig import Rig, png
from tests.unit.tools.sandbox.test_kling import token

TEXT, IMAGE, OMNI = (f"/v1/videos/{kind}" for kind in ("text2video", "image2video", "omni-video"))
PICTURE = base64.b64encode(png()).decode()
FIRST = {"image_url": PICTURE, "type": "first_frame"}
END = {"image_url": PICTURE, "type": "end_frame"}
LOOK = {"image_url": PICTURE}


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


async def test_a_last_frame_goes_with_a_first_and_on_some_models_only_in_pro() -> None:
    rig = Rig("kling")
    ends = {"image": PICTURE, "image_tail": PICTURE}
    assert (await submit(rig, body(**ends), path=IMAGE)).json()["code"] == 0
    assert (await submit(rig, body(image_tail=PICTURE), path=IMAGE)).json()["code"] == 1201
    for model in ("kling-v2-5-turbo", "kling-v2-6"):
        for mode, code in (("std", 1201), ("pro", 0)):
            sent = body(model_name=model, mode=mode, **ends)
            assert (await submit(rig, sent, path=IMAGE)).json()["code"] == code


async def test_a_small_picture_is_1201() -> None:
    small = base64.b64encode(png(size=(200, 400))).decode()
    answer = await submit(Rig("kling"), body(image=small), path=IMAGE)
    assert (answer.json()["code"], "300px" in answer.json()["message"]) == (1201, True)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"aspect_ratio": "16:9"}, 0, id="words"),
        pytest.param({}, 1201, id="no ratio and no first frame"),
        pytest.param({"image_list": [FIRST]}, 0, id="first frame"),
        pytest.param({"image_list": [FIRST, END]}, 0, id="first and last frame"),
        pytest.param({"image_list": [END], "aspect_ratio": "16:9"}, 1201, id="last frame alone"),
        pytest.param({"image_list": [FIRST, FIRST]}, 1201, id="two first frames"),
        pytest.param({"image_list": [LOOK] * 7, "aspect_ratio": "1:1"}, 0, id="seven looks"),
        pytest.param({"image_list": [LOOK] * 8, "aspect_ratio": "1:1"}, 1201, id="eight looks"),
        pytest.param(
            {"image_list": [LOOK] * 7, "element_list": [{"element_id": 1}], "aspect_ratio": "1:1"}, 1201, id="eight"
        ),
        pytest.param({"image_list": [FIRST], "element_list": [{"element_id": "160"}]}, 0, id="element"),
        pytest.param({"aspect_ratio": "16:9", "negative_prompt": "x"}, 1201, id="no negative field"),
        pytest.param({"aspect_ratio": "16:9", "multi_shot": False}, 1201, id="no shots"),
        pytest.param({"model_name": "kling-video-o1", "image_list": [FIRST], "duration": "7"}, 1201, id="o1, 7 s"),
        pytest.param({"model_name": "kling-video-o1", "image_list": [FIRST, LOOK], "duration": "7"}, 0, id="o1, look"),
        pytest.param({"model_name": "kling-video-o1", "aspect_ratio": "1:1", "mode": "4k"}, 1201, id="o1 has no 4k"),
        pytest.param({"model_name": "kling-v3", "aspect_ratio": "16:9"}, 1203, id="not an omni model"),
    ],
)
async def test_omni_video_takes_frames_and_references_and_no_negative(fields: dict[str, object], code: int) -> None:
    rig = Rig("kling")
    sent = {"model_name": "kling-v3-omni", "prompt": "The fox of <<<image_1>>> runs.", **fields}
    assert (await submit(rig, sent, path=OMNI)).json()["code"] == code
    assert rig.accepted == (code == 0)


async def test_each_kind_looks_up_its_own_tasks_by_the_external_id() -> None:
    rig = Rig("kling")
    omni = {"model_name": "kling-v3-omni", "prompt": "A fox.", "aspect_ratio": "16:9", "external_task_id": "take-3"}
    await submit(rig, body(external_task_id="take-1"))
    await submit(rig, body(image=PICTURE, external_task_id="take-2"), path=IMAGE)
    await submit(rig, omni, path=OMNI)
    for path, key in ((TEXT, "take-1"), (IMAGE, "take-2"), (OMNI, "take-3")):
        found = [(await rig.client.get(f"{path}/take-{n}", headers=signed(rig))).json()["code"] for n in (1, 2, 3)]
        assert found == [0 if f"take-{n}" == key else 1203 for n in (1, 2, 3)]


async def test_the_new_standard_tells_nothing_of_legacy_tasks() -> None:
    rig = Rig("kling")
    await submit(rig, body(external_task_id="take-1"))
    key = {"authorization": "Bearer sandbox-kling-api-key"}
    assert (await rig.client.get("/tasks", params={"external_task_ids": "take-1"}, headers=key)).json()["data"] == []
    assert (await rig.client.post("/tasks", json={}, headers=key)).json()["data"]["count"] == 0


async def test_the_list_holds_its_own_kind_only_newest_first() -> None:
    rig = Rig("kling")
    ids = [(await submit(rig, body())).json()["data"]["task_id"] for _ in range(2)]
    listed = (await rig.client.get(TEXT, params={"pageNum": "1", "pageSize": "30"}, headers=signed(rig))).json()["data"]
    assert [one["task_id"] for one in listed] == ids[::-1]
    other = (await rig.client.get("/v1/videos/image2video", headers=signed(rig))).json()["data"]
    assert other == []
    assert (await rig.client.get(TEXT, params={"pageSize": "501"}, headers=signed(rig))).json()["code"] == 1201
