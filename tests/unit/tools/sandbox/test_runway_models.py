"""The stand-in's models: their bodies held against the official client's types [S], their rules and their prices."""

import base64

import httpx
import pytest

from tests.support.runway_types import typed
from tests.unit.tools.sandbox.rig import Rig, png
from tools.sandbox.runway_models import MODELS

HEADERS = {"authorization": "Bearer sandbox-runway-api-key", "x-runway-version": "2024-11-06"}
PICTURE = "data:image/png;base64," + base64.b64encode(png()).decode()
FIRST, LAST = {"uri": PICTURE, "position": "first"}, {"uri": PICTURE, "position": "last"}
LOOK = {"uri": PICTURE}
TEXT, IMAGE = "text_to_video", "image_to_video"
LEFT_OUT = {
    *("referenceVideos", "referenceAudio", "draft", "draftTaskId"),
    *("outputFormat", "proresProfile"),  # MP4 may be named
}
SHAPES = [(name, kind) for name, model in MODELS.items() for kind in model.shapes]


async def create(rig: Rig, kind: str, model: str, **fields: object) -> httpx.Response:
    content = {"model": model, "promptText": "A fox at night.", "duration": 5, **fields}
    return await rig.client.post(f"/v1/{kind}", json=content, headers=HEADERS)


async def refused(kind: str, model: str, **fields: object) -> list[object]:
    """Paths of the issues of a body that is not taken."""
    rig = Rig("runway")
    answer = await create(rig, kind, model, **fields)
    assert answer.status_code == 400
    assert rig.accepted == 0
    return [issue["path"] for issue in answer.json()["issues"]]


async def price(kind: str, model: str, **fields: object) -> int:
    answer = await create(Rig("runway"), kind, model, **fields)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["estimatedCost"]["credits"])


@pytest.mark.parametrize(("name", "kind"), SHAPES)
def test_a_body_has_the_fields_and_sizes_that_the_client_types(name: str, kind: str) -> None:
    shape, ratios, client = MODELS[name].shapes[kind], MODELS[name].ratios[kind], typed(kind, name)
    assert client is not None
    aliases = {info.alias: info for info in shape.model_fields.values()}
    assert aliases.keys() - LEFT_OUT == client.fields - LEFT_OUT
    assert {alias for alias, info in aliases.items() if info.is_required()} == client.required
    assert set(ratios) == client.choices.get("ratio", frozenset())
    if "duration" in client.choices:
        assert set(MODELS[name].durations) == client.choices["duration"]


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("kind", [TEXT, IMAGE])
def test_a_kind_that_the_client_does_not_type_does_not_exist(name: str, kind: str) -> None:
    assert (kind in MODELS[name].shapes) == (typed(kind, name) is not None)


@pytest.mark.parametrize(
    ("model", "images"),
    [
        pytest.param("gen4.5", [FIRST, LAST], id="a last frame on an own model"),
        pytest.param("gen4.5", [LOOK], id="no place"),
        pytest.param("veo3.1", [LAST], id="a last frame alone"),
        pytest.param("veo3.1", [FIRST, FIRST], id="two first frames"),
        pytest.param("seedance2", [FIRST, LOOK], id="frames and references mixed"),
        pytest.param("seedance2", [LAST], id="a last frame alone on Seedance"),
        pytest.param("seedance2", [], id="nothing"),
        pytest.param("seedance2", [LOOK] * 10, id="ten references"),
        pytest.param("seedance2_5", [LOOK] * 31, id="thirty-one references"),
    ],
)
async def test_images_that_a_model_does_not_take_are_an_issue(model: str, images: list[object]) -> None:
    (path,) = await refused(IMAGE, model, ratio="1280:720", duration=8, promptImage=images)
    assert isinstance(path, list)
    assert path[0] == "promptImage"


@pytest.mark.parametrize(
    ("model", "kind", "frames", "most"),
    [
        ("kling_4", TEXT, {}, 10),
        ("kling_4", IMAGE, {"promptImage": [FIRST, LAST]}, 8),  # ten in all, frames included
        ("klingO3_standard", IMAGE, {"promptImage": [FIRST, LAST]}, 7),
        ("seedance2", TEXT, {}, 9),
        ("seedance2_5", TEXT, {}, 30),
        ("gemini_omni_flash_1.1", TEXT, {}, 3),
    ],
)
async def test_as_many_references_as_a_model_takes_and_no_more(
    model: str, kind: str, frames: dict[str, object], most: int
) -> None:
    assert await price(kind, model, references=[LOOK] * most, **frames) > 0
    assert await refused(kind, model, references=[LOOK] * (most + 1), **frames) == [["references"]]


async def test_a_single_address_is_the_first_frame() -> None:
    rig = Rig("runway")
    for model in ("gen4.5", "veo3.1", "seedance2"):
        answer = await create(rig, IMAGE, model, ratio="1280:720", duration=8, promptImage=PICTURE)
        assert answer.status_code == 200


async def test_where_the_order_names_no_size_the_picture_keeps_the_frames_proportions() -> None:
    rig = Rig("runway")
    square = [FIRST, LAST]  # the rig's picture is square
    await create(rig, IMAGE, "kling2.5_turbo_pro", promptImage=square)
    await create(rig, IMAGE, "kling_4", promptImage=square, ratio="auto_720p")
    await create(rig, IMAGE, "kling3.0_pro", promptImage=square)
    sizes = {(job.scene.width, job.scene.height) for job in rig.sandbox.records.accepted("runway")}
    assert sizes == {(480, 480)}


@pytest.mark.parametrize(
    ("model", "path", "fields"),
    [
        pytest.param("kling2.5_turbo_pro", ["ratio"], {"ratio": "1280:720"}, id="no ratio beside frames"),
        pytest.param("kling_4", ["ratio"], {"ratio": "1280:720"}, id="only adaptive sizes beside frames"),
        pytest.param("klingO3_pro", ["cfgScale"], {"cfgScale": 0.5}, id="no scale on O3"),
        pytest.param("kling_4", ["audio"], {"audio": False}, id="no switch for sound on Kling 4"),
        pytest.param("gemini_omni_flash_1.1", ["seed"], {"seed": 7}, id="no seed on Omni"),
        pytest.param("kling3.0_pro", ["negativePrompt"], {"negativePrompt": "x"}, id="no negative on Kling"),
        pytest.param(
            "kling3.0_pro",
            ["providerSettings", "shotType"],
            {"providerSettings": {"shotType": "x"}},
            id="an unknown kind of shots",
        ),
        pytest.param("seedance2", ["negativePrompt"], {"negativePrompt": "x"}, id="no negative on Seedance"),
        pytest.param("seedance2_5", ["promptText"], {"promptText": "x" * 15_001}, id="2.5 takes 15000 units"),
        pytest.param("seedance2", ["promptText"], {"promptText": "x" * 3501}, id="2.0 takes 3500 units"),
        pytest.param("veo3.1", ["negativePrompt"], {"negativePrompt": "x" * 1001}, id="the field takes 1000"),
    ],
)
async def test_each_hosted_model_has_its_own_rules(model: str, path: list[str], fields: dict[str, object]) -> None:
    usual = {} if model.startswith("kling") else {"ratio": "1280:720"}
    seconds = 8 if model == "veo3.1" else 5
    assert path in await refused(IMAGE, model, promptImage=[FIRST], duration=seconds, **usual | fields)


async def test_a_data_uri_of_five_megabytes_is_too_long_and_one_that_is_no_image_is_refused() -> None:
    padded = base64.b64encode(png() + bytes(4_000_000)).decode()
    for uri in (f"data:image/png;base64,{padded}", "data:image/png;base64,AAAA"):
        assert await refused(IMAGE, "gen4_turbo", ratio="1280:720", promptImage=uri) == [["promptImage", 0, "uri"]]


@pytest.mark.parametrize(
    ("model", "fields", "credits_"),
    [
        ("gen4.5", {"ratio": "1280:720"}, 60),
        ("veo3.1_fast", {"ratio": "1280:720", "duration": 4, "audio": False}, 40),
        ("veo3.1_fast", {"ratio": "1280:720", "duration": 4}, 60),
        ("kling2.5_turbo_pro", {"ratio": "1280:720"}, 35),
        ("kling3.0_standard", {"ratio": "1280:720", "audio": True}, 65),
        ("kling_4", {"ratio": "1280:720"}, 80),
        ("kling_4", {"ratio": "1920:1080"}, 120),
        ("seedance2", {"ratio": "3840:2160"}, 750),
        ("seedance2_mini", {"duration": 4}, 64),
        ("seedance2_mini", {"duration": 5}, 80),
        ("seedance2_5", {"ratio": "854:480", "duration": 4}, 80),
        ("seedance2_5", {"ratio": "1280:720", "duration": 5}, 150),
        ("seedance2_5", {"ratio": "1920:1080", "duration": 5}, 340),
        ("gemini_omni_flash_1.1", {}, 50),
    ],
)
async def test_a_clip_costs_what_the_model_the_size_and_the_minimum_say(
    model: str, fields: dict[str, object], credits_: int
) -> None:
    assert await price(TEXT, model, **fields) == credits_
