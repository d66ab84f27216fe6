"""Kling's new standard with images: what each variant takes of frames, references and elements, and what it refuses."""

import base64

import httpx
import pytest

from tests.unit.tools.sandbox.rig import Rig, png
from tests.unit.tools.sandbox.test_kling import submit

WORDS = {"type": "prompt", "text": "A fox runs."}
PICTURE = base64.b64encode(png()).decode()
FIRST = {"type": "first_frame", "url": PICTURE}
MIDDLE = {"type": "middle_frame", "url": PICTURE}
LAST = {"type": "last_frame", "url": PICTURE}
FRAMES, OMNI = "/image-to-video", "/omni-video"


def look(name: str) -> dict[str, str]:
    return {"type": "refer_image", "url": PICTURE, "id": name}


def element(name: str) -> dict[str, str]:
    return {"type": "element", "element_id": "160", "id": name}


def sent(*contents: dict[str, str], text: str = "A fox runs.", **settings: object) -> dict[str, object]:
    return {"contents": [{"type": "prompt", "text": text}, *contents], "settings": settings}


def picture(size: tuple[int, int], form: str = "PNG") -> dict[str, str]:
    return {"type": "first_frame", "url": base64.b64encode(png(size=size, form=form)).decode()}


def code(answer: httpx.Response) -> object:
    return answer.json()["code"]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        pytest.param(f"{FRAMES}/kling-3.0", sent(FIRST), id="first"),
        pytest.param(f"{FRAMES}/kling-3.0", sent(FIRST, LAST, audio="off", multi_shot=False), id="first and last"),
        pytest.param(f"{FRAMES}/kling-3.0", sent(FIRST, *map(element, "abc"), text="@a, @b, @c."), id="elements"),
        pytest.param(f"{FRAMES}/kling-3.0-turbo", sent(FIRST), id="turbo, first only"),
        pytest.param(f"{FRAMES}/kling-2.6", sent(FIRST, LAST, resolution="1080p"), id="2.6, both at 1080p"),
        pytest.param(f"{FRAMES}/kling-2.6", sent(FIRST, audio="native", resolution="1080p"), id="2.6 with sound"),
        pytest.param(f"{FRAMES}/kling-2.5-turbo", sent(FIRST, LAST, resolution="1080p"), id="2.5, both at 1080p"),
        pytest.param(f"{FRAMES}/kling-4.0", sent(FIRST, MIDDLE, LAST, duration=30), id="4.0 with a frame between"),
        pytest.param(
            f"{OMNI}/kling-3.0-omni",
            sent(FIRST, LAST, look("i1"), element("e1"), text="@i1 and @e1."),
            id="omni, all at once",
        ),
        pytest.param(f"{OMNI}/kling-o1", sent(FIRST, duration=10), id="o1, first frame alone"),
        pytest.param(f"{OMNI}/kling-o1", sent(FIRST, look("i1"), duration=7), id="o1, frame and look"),
        pytest.param(f"{OMNI}/kling-4.0", sent(look("i1"), aspect_ratio="21:9"), id="4.0 omni"),
        pytest.param(f"{FRAMES}/kling-3.0", sent(picture((750, 300))), id="2.5:1"),
        pytest.param(f"{FRAMES}/kling-3.0", sent(picture((400, 400), "JPEG")), id="jpg"),
        pytest.param(
            f"{FRAMES}/kling-3.0", sent({"type": "first_frame", "url": "https://example.com/1.png"}), id="address"
        ),
    ],
)
async def test_what_a_variant_takes_is_accepted(path: str, content: object) -> None:
    rig = Rig("kling")
    answer = await submit(rig, content, path=path)
    assert (code(answer), rig.accepted) == (0, 1), answer.text


@pytest.mark.parametrize(
    ("path", "content", "named"),
    [
        pytest.param(f"{FRAMES}/kling-3.0", sent(LAST), "a first_frame", id="last alone"),
        pytest.param(f"{OMNI}/kling-3.0-omni", sent(LAST, aspect_ratio="16:9"), "a first_frame", id="omni, last alone"),
        pytest.param(f"{FRAMES}/kling-3.0", sent(FIRST, FIRST), "at most one", id="two first frames"),
        pytest.param(f"{FRAMES}/kling-3.0-turbo", sent(FIRST, LAST), "no last_frame", id="turbo has no last"),
        pytest.param(f"{FRAMES}/kling-3.0", sent(FIRST, MIDDLE), "no middle_frame", id="only 4.0 has a middle"),
        pytest.param(f"{FRAMES}/kling-2.5-turbo", sent(FIRST, LAST), "resolution", id="2.5, both at 720p"),
        pytest.param(f"{FRAMES}/kling-2.6", sent(FIRST, LAST), "resolution", id="2.6, both at 720p"),
        pytest.param(f"{FRAMES}/kling-2.6", sent(FIRST, audio="native"), "resolution", id="2.6, sound at 720p"),
        pytest.param(f"{FRAMES}/kling-3.0", sent(FIRST, aspect_ratio="16:9"), "aspect_ratio", id="ratio with a frame"),
        pytest.param(f"{FRAMES}/kling-3.0", sent(FIRST, look("i1")), "refer_image", id="look beside a frame"),
        pytest.param(
            f"{FRAMES}/kling-3.0", sent(FIRST, *map(element, "wxyz"), text="B."), "at most 3", id="4 elements"
        ),
        pytest.param(f"{FRAMES}/kling-3.0-turbo", sent(FIRST, element("e1")), "at most 0", id="turbo has no elements"),
        pytest.param(f"{FRAMES}/kling-3.0-turbo", sent(FIRST, text="x" * 2501), "2500", id="turbo's shorter prompt"),
        pytest.param(f"{OMNI}/kling-o1", sent(FIRST, duration=7), "duration", id="o1, first frame alone, 7 s"),
        pytest.param(f"{OMNI}/kling-o1", sent(FIRST, multi_shot=False), "multi_shot", id="o1 has no shots"),
        pytest.param(f"{OMNI}/kling-o1", sent(FIRST, resolution="4k"), "resolution", id="o1 has no 4k"),
        pytest.param(f"{OMNI}/kling-4.0", sent(FIRST, audio="off"), "audio", id="4.0 is never silent"),
        pytest.param(f"{OMNI}/kling-4.0", sent(FIRST, text="ä" * 11_001), "11000", id="4.0, foreign words"),
        pytest.param(
            f"{OMNI}/kling-3.0-omni",
            sent(FIRST, *(look(f"i{n}x") for n in range(4)), *(element(f"e{n}x") for n in range(4))),
            "at most 7",
            id="eight together",
        ),
        pytest.param(
            f"{FRAMES}/kling-3.0",
            sent(FIRST, element("hero"), element("heroine"), text="@hero meets her."),
            "one another",
            id="element in element",
        ),
        pytest.param(
            f"{FRAMES}/kling-3.0",
            sent(FIRST, element("fox"), text="@fox the fox."),
            "the prompt",
            id="id in the prompt",
        ),
        pytest.param(f"{FRAMES}/kling-3.0", sent(picture((299, 400))), "300px", id="too small"),
        pytest.param(f"{FRAMES}/kling-3.0", sent(picture((760, 300))), "2.5:1", id="too stretched"),
        pytest.param(f"{FRAMES}/kling-3.0", sent(picture((400, 400), "WEBP")), "jpg or png", id="webp"),
        pytest.param(
            f"{FRAMES}/kling-3.0",
            sent({"type": "first_frame", "url": "A" * (70 * 1024 * 1024)}),
            "larger than 50 MB",
            id="too large",
        ),
    ],
)
async def test_what_a_variant_does_not_take_is_1201_and_named(path: str, content: object, named: str) -> None:
    rig = Rig("kling")
    answer = await submit(rig, content, path=path)
    assert (answer.status_code, code(answer), rig.accepted) == (400, 1201, 0)
    assert named in answer.json()["message"]


@pytest.mark.parametrize(
    "path", [f"{FRAMES}/kling-3.0-omni", f"{OMNI}/kling-3.0", "/motion-control/kling-3.0", "/text-to-video/kling-o1"]
)
async def test_a_variant_under_another_kind_is_1203(path: str) -> None:
    rig = Rig("kling")
    answer = await submit(rig, sent(FIRST), path=path)
    assert (answer.status_code, code(answer)) == (404, 1203)


async def test_a_clip_from_a_frame_has_the_frames_proportions() -> None:
    rig = Rig("kling")
    await submit(rig, sent(picture((360, 640))), path=f"{FRAMES}/kling-3.0")
    (job,) = rig.sandbox.records.accepted("kling")
    assert (job.scene.width, job.scene.height) == (480, 854)


@pytest.mark.parametrize(
    ("path", "content", "per_second"),
    [
        (f"{FRAMES}/kling-2.6", sent(FIRST, resolution="1080p", audio="native"), 140_000),
        (f"{FRAMES}/kling-2.5-turbo", sent(FIRST, LAST, resolution="1080p"), 70_000),
        (f"{OMNI}/kling-3.0-omni", sent(FIRST, audio="native"), 112_000),
        (f"{OMNI}/kling-o1", sent(FIRST), 84_000),
        (f"{OMNI}/kling-4.0", sent(FIRST), 157_000),
    ],
)
async def test_a_clip_costs_what_the_variants_price_list_says(path: str, content: object, per_second: int) -> None:
    rig = Rig("kling")
    await submit(rig, content, path=path)
    assert rig.sandbox.records.accepted("kling")[0].price_micro_usd == 5 * per_second
