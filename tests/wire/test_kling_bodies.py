"""What leaves for Kling, byte for byte, in both standards. From the vendor's pages of 2026-09-20 [D] unless marked."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from agent.jobs import Body, Order, Still
from tests.wire.line import PNG, PNG_BASE64, Line, connect, order
from tools.video.kling_variants import VARIANTS

JPEG = Still(label="2", data=b"\xff\xd8\xff still", media_type="image/jpeg")
JPEG_BASE64 = "/9j/IHN0aWxs"
FOX = Still(label="fox", data=b"\x89PNG fox", media_type="image/png", known_as={"kling": "858477278396170315"})
CALLBACK = "https://film.example/hooks/kling/job-1?token=t"

WORDS = '{"type":"prompt","text":"A fox."}'
FIRST = f'{{"type":"first_frame","url":"{PNG_BASE64}"}}'
LAST = f'{{"type":"last_frame","url":"{JPEG_BASE64}"}}'
LOOK_1 = f'{{"type":"refer_image","url":"{PNG_BASE64}","id":"image_1"}}'
LOOK_2 = f'{{"type":"refer_image","url":"{JPEG_BASE64}","id":"image_2"}}'
FOX_1 = '{"type":"element","element_id":"858477278396170315","id":"image_1"}'
OPTIONS = '"options":{"external_task_id":"take-0001","watermark_info":{"enabled":false}}'
END = '"external_task_id":"take-0001","watermark_info":{"enabled":false}}'

BOTH_OFF = ',"audio":"off","multi_shot":false'
MUTE = ',"audio":"off"'


def asked(
    model: str,
    *,
    seconds: int = 5,
    looks: Sequence[Still] = (),
    first: Still | None = None,
    last: Still | None = None,
    text: str = "A fox.",
    negatives: str | None = None,
    callback: str | None = None,
) -> Order:
    plain = order(model, text=text, negatives=negatives, seconds=seconds, references=looks, first_frame=first)
    return replace(plain, last_frame=last, callback=callback)


def compose(asked_for: Order) -> Body:
    return connect("kling", Line()).compose(asked_for)


def settings(switches: str, *, resolution: str = "720p", ratio: str = "", seconds: int = 5) -> str:
    shape = f',"aspect_ratio":"{ratio}"' if ratio else ""
    return f'"settings":{{"resolution":"{resolution}"{shape},"duration":{seconds}{switches}}}'


THIRD, TURBO, OMNI, O1 = "kling-3.0", "kling-3.0-turbo", "kling-3.0-omni", "kling-o1"
SECOND, QUICK, FOURTH = "kling-2.6", "kling-2.5-turbo", "kling-4.0"
NAMED_IN_4 = f'{{"type":"refer_image","url":"{PNG_BASE64}","id":"image_1_"}}'

Row = tuple[Order, str, list[str] | None, str]
CURRENT: list[Row] = [
    (asked(THIRD), "text-to-video", None, settings(BOTH_OFF, ratio="16:9")),
    (asked(THIRD, first=PNG), "image-to-video", [WORDS, FIRST], settings(BOTH_OFF)),
    (asked(THIRD, first=PNG, last=JPEG), "image-to-video", [WORDS, FIRST, LAST], settings(BOTH_OFF)),
    (asked(THIRD, first=PNG, looks=[FOX]), "image-to-video", [WORDS, FIRST, FOX_1], settings(BOTH_OFF)),
    (
        asked(THIRD, first=PNG, last=JPEG, looks=[FOX]),
        "image-to-video",
        [WORDS, FIRST, LAST, FOX_1],
        settings(BOTH_OFF),
    ),
    (asked(TURBO), "text-to-video", None, settings("", ratio="16:9")),
    (asked(TURBO, first=PNG), "image-to-video", [WORDS, FIRST], settings("")),
    (asked(OMNI), "omni-video", [WORDS], settings(BOTH_OFF, ratio="16:9")),
    (asked(OMNI, looks=[PNG, JPEG]), "omni-video", [WORDS, LOOK_1, LOOK_2], settings(BOTH_OFF, ratio="16:9")),
    (asked(OMNI, looks=[FOX, JPEG]), "omni-video", [WORDS, FOX_1, LOOK_2], settings(BOTH_OFF, ratio="16:9")),
    (asked(OMNI, first=PNG), "omni-video", [WORDS, FIRST], settings(BOTH_OFF)),
    (asked(OMNI, first=PNG, last=JPEG), "omni-video", [WORDS, FIRST, LAST], settings(BOTH_OFF)),
    (asked(OMNI, first=PNG, looks=[PNG]), "omni-video", [WORDS, FIRST, LOOK_1], settings(BOTH_OFF)),
    (asked(OMNI, first=PNG, last=JPEG, looks=[PNG]), "omni-video", [WORDS, FIRST, LAST, LOOK_1], settings(BOTH_OFF)),
    (asked(O1), "omni-video", [WORDS], settings(MUTE, ratio="16:9")),
    (asked(O1, looks=[PNG]), "omni-video", [WORDS, LOOK_1], settings(MUTE, ratio="16:9")),
    (asked(O1, first=PNG), "omni-video", [WORDS, FIRST], settings(MUTE)),
    (asked(O1, first=PNG, last=JPEG, seconds=8), "omni-video", [WORDS, FIRST, LAST], settings(MUTE, seconds=8)),
    (asked(O1, first=PNG, looks=[PNG], seconds=8), "omni-video", [WORDS, FIRST, LOOK_1], settings(MUTE, seconds=8)),
    (asked(SECOND), "text-to-video", None, settings(MUTE, ratio="16:9")),
    (asked(SECOND, first=PNG), "image-to-video", [WORDS, FIRST], settings(MUTE)),
    (asked(SECOND, first=PNG, last=JPEG), "image-to-video", [WORDS, FIRST, LAST], settings(MUTE, resolution="1080p")),
    (asked(QUICK), "text-to-video", None, settings("", ratio="16:9")),
    (asked(QUICK, first=PNG), "image-to-video", [WORDS, FIRST], settings("")),
    (asked(QUICK, first=PNG, last=JPEG), "image-to-video", [WORDS, FIRST, LAST], settings("", resolution="1080p")),
    # 4.0: names and limits [T], paths [U].
    (asked(FOURTH), "text-to-video", None, settings("", ratio="16:9")),
    (asked(FOURTH, looks=[PNG], seconds=30), "omni-video", [WORDS, NAMED_IN_4], settings("", ratio="16:9", seconds=30)),
    (asked(FOURTH, first=PNG), "image-to-video", [WORDS, FIRST], settings("")),
    (asked(FOURTH, first=PNG, last=JPEG), "image-to-video", [WORDS, FIRST, LAST], settings("")),
]

V3 = '{"model_name":"kling-v3","prompt":"A fox.","negative_prompt":"lens flare"'
V25 = '{"model_name":"kling-v2-5-turbo","prompt":"A fox.","negative_prompt":"lens flare"'
O3 = '{"model_name":"kling-v3-omni","prompt":"A fox."'
TAIL = f',"image":"{PNG_BASE64}","image_tail":"{JPEG_BASE64}"'

LEGACY = [
    (
        asked("kling-v3-legacy", negatives="lens flare"),
        "text2video",
        f'{V3},"mode":"std","sound":"off","aspect_ratio":"16:9","duration":"5","multi_shot":false,{END}',
    ),
    (
        asked("kling-v3-legacy", negatives="lens flare", first=PNG),
        "image2video",
        f'{V3},"image":"{PNG_BASE64}","mode":"std","sound":"off","duration":"5","multi_shot":false,{END}',
    ),
    (
        asked("kling-v3-legacy", negatives="lens flare", first=PNG, last=JPEG),
        "image2video",
        f'{V3}{TAIL},"mode":"std","sound":"off","duration":"5","multi_shot":false,{END}',
    ),
    (
        asked("kling-v2.5-turbo-legacy", negatives="lens flare"),
        "text2video",
        f'{V25},"mode":"std","aspect_ratio":"16:9","duration":"5",{END}',
    ),
    (
        asked("kling-v2.5-turbo-legacy", negatives="lens flare", first=PNG),
        "image2video",
        f'{V25},"image":"{PNG_BASE64}","mode":"std","duration":"5",{END}',
    ),
    (
        asked("kling-v2.5-turbo-legacy", negatives="lens flare", first=PNG, last=JPEG),
        "image2video",
        f'{V25}{TAIL},"mode":"pro","duration":"5",{END}',
    ),
    (
        asked("kling-v3-omni-legacy"),
        "omni-video",
        f'{O3},"mode":"std","sound":"off","aspect_ratio":"16:9","duration":"5",{END}',
    ),
    (
        # An image without a type is a reference [T].
        asked("kling-v3-omni-legacy", looks=[PNG, JPEG]),
        "omni-video",
        f'{O3},"image_list":[{{"image_url":"{PNG_BASE64}"}},{{"image_url":"{JPEG_BASE64}"}}],'
        f'"mode":"std","sound":"off","aspect_ratio":"16:9","duration":"5",{END}',
    ),
    (
        asked("kling-v3-omni-legacy", first=PNG),
        "omni-video",
        f'{O3},"image_list":[{{"image_url":"{PNG_BASE64}","type":"first_frame"}}],'
        f'"mode":"std","sound":"off","duration":"5",{END}',
    ),
    (
        asked("kling-v3-omni-legacy", first=PNG, last=JPEG),
        "omni-video",
        f'{O3},"image_list":[{{"image_url":"{PNG_BASE64}","type":"first_frame"}},'
        f'{{"image_url":"{JPEG_BASE64}","type":"end_frame"}}],"mode":"std","sound":"off","duration":"5",{END}',
    ),
]


ORDERS = [row[0] for row in CURRENT] + [row[0] for row in LEGACY]


def named(asked_for: Order) -> str:
    return f"{asked_for.model} from {asked_for.material}"


@pytest.mark.parametrize("row", CURRENT, ids=[f"{number} {named(row[0])}" for number, row in enumerate(CURRENT)])
def test_the_new_standard_byte_for_byte(row: Row) -> None:
    asked_for, kind, contents, picture = row
    body = compose(asked_for)
    words = '"prompt":"A fox."' if contents is None else f'"contents":[{",".join(contents)}]'
    # Each model's own id is the last part of its path, and the name it goes by here.
    assert (body.method, body.path) == ("POST", f"/{kind}/{asked_for.model}")
    assert body.content.decode() == f"{{{words},{picture},{OPTIONS}}}"


@pytest.mark.parametrize(("asked_for", "kind", "content"), LEGACY, ids=[named(row[0]) for row in LEGACY])
def test_the_legacy_standard_byte_for_byte(asked_for: Order, kind: str, content: str) -> None:
    body = compose(asked_for)
    assert (body.method, body.path) == ("POST", f"/v1/videos/{kind}")
    assert body.content.decode() == content


def test_each_material_of_each_variant_stands_above_byte_for_byte() -> None:
    shown = {(asked_for.model, asked_for.material) for asked_for in ORDERS}
    offered = {(variant.profile.name, goes_out) for variant in VARIANTS for goes_out in variant.profile.offers}
    assert shown == offered


def test_a_callback_goes_along_where_each_standard_has_its_place() -> None:
    new = json.loads(compose(asked("kling-3.0", callback=CALLBACK)).content)
    old = json.loads(compose(asked("kling-v3-legacy", callback=CALLBACK)).content)
    assert new["options"]["callback_url"] == old["callback_url"] == CALLBACK


def test_no_request_of_any_variant_takes_what_only_the_discontinued_v1_took() -> None:
    for asked_for in ORDERS:
        assert {"cfg_scale", "camera_control", "seed"}.isdisjoint(json.loads(compose(asked_for).content))
