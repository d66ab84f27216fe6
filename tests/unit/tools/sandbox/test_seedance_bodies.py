"""What the stand-in for Ark takes of an order and what it refuses, per model and platform."""

import base64
import io

import pytest
from PIL import Image

from tests.unit.tools.sandbox.rig import Rig, png
from tests.unit.tools.sandbox.test_seedance import KEY, PICTURE, TASKS, body, create, image, text
from tools.sandbox.faultplan import Mishap
from tools.sandbox.seedance import NARROW_KEY

FULL, FAST, MINI, NEWER = (
    ("dreamina-seedance-2-0-260128", "doubao-seedance-2-0-260128"),
    ("dreamina-seedance-2-0-fast-260128", "doubao-seedance-2-0-fast-260128"),
    ("dreamina-seedance-2-0-mini", "doubao-seedance-2-0-mini-260615"),
    ("dreamina-seedance-2-5-260628", "doubao-seedance-2-5-260628"),
)
CLIP = {"type": "video_url", "video_url": {"url": "https://film.example/a.mp4"}, "role": "reference_video"}
SOUND = {"type": "audio_url", "audio_url": {"url": "https://film.example/a.mp3"}, "role": "reference_audio"}
FIRST, LAST = image(role="first_frame"), image(role="last_frame")


def picture(width: int, height: int, kind: str = "PNG") -> dict[str, object]:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height)).save(buffer, kind)
    return image(f"data:image/{kind.lower()};base64,{base64.b64encode(buffer.getvalue()).decode()}")


async def code(rig: Rig, content: object) -> str:
    """The code an order is refused with; empty when it is taken."""
    answer = await create(rig, content)
    return "" if answer.status_code == 200 else str(answer.json()["error"]["code"])


@pytest.mark.parametrize("model", [*FULL, *FAST, *MINI, *NEWER])
async def test_the_ids_of_both_platforms_are_known(model: str) -> None:
    assert await code(Rig("seedance"), body() | {"model": model}) == ""


@pytest.mark.parametrize(
    ("model", "answer"),
    [
        ("doubao-seedance-1-5-pro-251215", "ModelNotOpen"),
        ("seedance-1-0-lite-i2v-250428", "ModelNotOpen"),
        ("doubao-seedance-2-0-mini", "InvalidEndpoint.NotFound"),
        ("ep-20261120-abcde", "InvalidEndpoint.NotFound"),
    ],
)
async def test_a_model_that_is_not_activated_is_told_from_one_that_does_not_exist(model: str, answer: str) -> None:
    assert await code(Rig("seedance"), body() | {"model": model}) == answer


@pytest.mark.parametrize(
    ("models", "takes", "refuses"),
    [
        (FULL, {"resolution": "4k", "duration": 15}, {"duration": 16}),
        (FAST, {"resolution": "720p", "duration": 4}, {"resolution": "1080p"}),
        (MINI, {"resolution": "480p", "duration": -1}, {"resolution": "4k"}),
        (NEWER, {"resolution": "1080p", "duration": 30}, {"duration": 31}),
        (NEWER, {"duration": 4}, {"resolution": "4k"}),
        (NEWER, {"output_format": "mp4"}, {"duration": 3}),
    ],
)
async def test_each_model_has_its_own_lengths_and_resolutions(
    models: tuple[str, ...], takes: dict[str, object], refuses: dict[str, object]
) -> None:
    for model in models:
        assert await code(Rig("seedance"), body() | {"model": model} | takes) == ""
        assert await code(Rig("seedance"), body() | {"model": model} | refuses) == "InvalidParameter"


@pytest.mark.parametrize(("models", "most"), [(FULL, 9), (NEWER, 30)])
async def test_each_model_takes_its_own_number_of_references(models: tuple[str, ...], most: int) -> None:
    for model in models:
        looks = [image("asset://asset-1")] * most
        assert await code(Rig("seedance"), body(text(), *looks) | {"model": model}) == ""
        too_many = body(text(), *looks, image("asset://asset-1")) | {"model": model}
        assert await code(Rig("seedance"), too_many) == "InvalidParameter"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param([FIRST], id="a first frame needs no words"),
        pytest.param([text(), FIRST, LAST], id="both ends"),
        pytest.param([text(), image(), CLIP, SOUND], id="references of all kinds"),
        pytest.param([text(), *[CLIP] * 3], id="three clips"),
        pytest.param([text(), image("asset://asset-1", role="first_frame")], id="an asset"),
        pytest.param([text(), picture(300, 300)], id="as small as can be"),
        pytest.param([text(), picture(750, 300, "JPEG")], id="as wide as can be"),
        pytest.param([text(), picture(320, 800, "WEBP")], id="as tall as can be"),
        pytest.param([text(), picture(320, 320, "GIF")], id="a GIF"),
    ],
)
async def test_frames_or_references_are_taken(content: list[dict[str, object]]) -> None:
    assert await code(Rig("seedance"), body(*content)) == ""


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ([text(), FIRST, image()], "mixes frames and references"),
        ([text(), LAST, image()], "mixes frames and references"),
        ([text(), FIRST, CLIP], "mixes frames and references"),
        ([text(), image(role=None), image()], "mixes frames and references"),
        ([text(), LAST], "a last one only beside it"),
        ([text(), FIRST, FIRST], "a first frame once"),
        ([text(), FIRST, LAST, LAST], "a first frame once"),
        ([text(), *[CLIP] * 4], "3 clips"),
        ([text(), SOUND], "sounds alone"),
        ([text(" -- a fox")], "words"),
        ([text(), picture(299, 400)], "300 to 6000 px"),
        ([text(), picture(6001, 3000)], "300 to 6000 px"),
        ([text(), picture(800, 319)], "0.4 to 2.5"),
        ([text(), picture(319, 800)], "0.4 to 2.5"),
        ([text(), image("data:image/png;base64,bm8gaW1hZ2U=")], "no image"),
        ([text(), image(PICTURE[:-9])], "no image"),
        ([text(), picture(400, 400, "ICO")], "no image"),
    ],
)
async def test_what_is_refused_of_images_is_told_in_words(content: list[dict[str, object]], why: str) -> None:
    answer = await create(Rig("seedance"), body(*content))
    assert answer.status_code == 400
    assert why in answer.json()["error"]["message"]


async def test_an_image_of_thirty_megabytes_and_a_body_of_more_than_64_are_too_large() -> None:
    def padded(size: int) -> dict[str, object]:
        return image("data:image/png;base64," + base64.b64encode(png().ljust(size, b"\0")).decode())

    rig = Rig("seedance")
    assert "30 MB" in (await create(rig, body(text(), padded(30_000_000)))).json()["error"]["message"]
    assert await code(rig, body(text(), padded(29_999_999))) == ""
    assert "64 MB" in (await create(rig, body(text(), *[padded(26_000_000)] * 2))).json()["error"]["message"]


async def test_a_missing_field_and_a_wrong_one_have_codes_of_their_own() -> None:
    assert await code(Rig("seedance"), {"content": [text()]}) == "MissingParameter"
    assert await code(Rig("seedance"), body(ratio="2:1")) == "InvalidParameter"


@pytest.mark.parametrize("address", ["ftp://host/x", "/hook", "", "http:///x"])
async def test_a_callback_goes_to_an_http_address_or_the_order_is_not_taken(address: str) -> None:
    rig = Rig("seedance")
    assert await code(rig, body(callback_url=address)) == "InvalidParameter"
    assert rig.accepted == 0


@pytest.mark.parametrize(
    ("mishap", "codes"),
    [
        (Mishap.RATE, ["RateLimitExceeded.EndpointRPMExceeded", "ModelAccountRpmRateLimitExceeded"]),
        (Mishap.THROTTLE, ["QuotaExceeded", "SetLimitExceeded"]),
        (Mishap.UNAVAILABLE, ["InternalServiceError", "ServerOverloaded", "ModelLoadingError"]),
    ],
)
async def test_where_ark_has_several_codes_for_one_thing_they_take_turns(mishap: Mishap, codes: list[str]) -> None:
    rig = Rig("seedance", *[mishap] * (len(codes) + 1))
    assert [await code(rig, body()) for _ in range(len(codes) + 1)] == [*codes, codes[0]]


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ([text()], "InputTextSensitiveContentDetected"),
        ([text(), FIRST], "InputImageSensitiveContentDetected.PrivacyInformation"),
        ([text(), image(), CLIP], "InputVideoSensitiveContentDetected.PolicyViolation"),
        ([text(), image(), SOUND], "InputAudioSensitiveContentDetected"),
    ],
)
async def test_a_planned_refusal_names_the_heaviest_material(content: list[dict[str, object]], answer: str) -> None:
    rig = Rig("seedance", Mishap.MODERATE_INPUT)
    assert (await code(rig, body(*content)), rig.accepted) == (answer, 0)


async def test_a_key_that_is_narrowed_to_other_resources_is_denied() -> None:
    answer = await Rig("seedance").client.get(TASKS, headers=KEY | {"authorization": f"Bearer {NARROW_KEY}"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "AccessDenied")
