"""What leaves for Kling, byte for byte, in both standards. From the vendor's pages of 2026-09-20 [D] unless marked."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from agent.errors import UnsupportedError
from agent.jobs import Body, Order, Still
from agent.profiles import Material
from prompts import defaults
from prompts.assemble import assemble
from prompts.render import render
from prompts.rendering import Change
from prompts.sheet import Sheet
from tests.wire.line import PNG, PNG_BASE64, Line, account, connect, order
from tools.video.kling_kinds import Variant
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


CURRENT = [
    ("kling-3.0", asked("kling-3.0"), "/text-to-video/kling-3.0", None, settings(BOTH_OFF, ratio="16:9")),
    ("kling-3.0", asked("kling-3.0", first=PNG), "/image-to-video/kling-3.0", [WORDS, FIRST], settings(BOTH_OFF)),
    (
        "kling-3.0",
        asked("kling-3.0", first=PNG, last=JPEG),
        "/image-to-video/kling-3.0",
        [WORDS, FIRST, LAST],
        settings(BOTH_OFF),
    ),
    (
        "kling-3.0",
        asked("kling-3.0", first=PNG, looks=[FOX]),
        "/image-to-video/kling-3.0",
        [WORDS, FIRST, FOX_1],
        settings(BOTH_OFF),
    ),
    (
        "kling-3.0",
        asked("kling-3.0", first=PNG, last=JPEG, looks=[FOX]),
        "/image-to-video/kling-3.0",
        [WORDS, FIRST, LAST, FOX_1],
        settings(BOTH_OFF),
    ),
    ("turbo", asked("kling-3.0-turbo"), "/text-to-video/kling-3.0-turbo", None, settings("", ratio="16:9")),
    (
        "turbo",
        asked("kling-3.0-turbo", first=PNG),
        "/image-to-video/kling-3.0-turbo",
        [WORDS, FIRST],
        settings(""),
    ),
    (
        "omni",
        asked("kling-3.0-omni"),
        "/omni-video/kling-3.0-omni",
        [WORDS],
        settings(BOTH_OFF, ratio="16:9"),
    ),
    (
        "omni",
        asked("kling-3.0-omni", looks=[PNG, JPEG]),
        "/omni-video/kling-3.0-omni",
        [WORDS, LOOK_1, LOOK_2],
        settings(BOTH_OFF, ratio="16:9"),
    ),
    (
        "omni",
        asked("kling-3.0-omni", looks=[FOX, JPEG]),
        "/omni-video/kling-3.0-omni",
        [WORDS, FOX_1, LOOK_2],
        settings(BOTH_OFF, ratio="16:9"),
    ),
    (
        "omni",
        asked("kling-3.0-omni", first=PNG),
        "/omni-video/kling-3.0-omni",
        [WORDS, FIRST],
        settings(BOTH_OFF),
    ),
    (
        "omni",
        asked("kling-3.0-omni", first=PNG, last=JPEG),
        "/omni-video/kling-3.0-omni",
        [WORDS, FIRST, LAST],
        settings(BOTH_OFF),
    ),
    (
        "omni",
        asked("kling-3.0-omni", first=PNG, looks=[PNG]),
        "/omni-video/kling-3.0-omni",
        [WORDS, FIRST, LOOK_1],
        settings(BOTH_OFF),
    ),
    (
        "omni",
        asked("kling-3.0-omni", first=PNG, last=JPEG, looks=[PNG]),
        "/omni-video/kling-3.0-omni",
        [WORDS, FIRST, LAST, LOOK_1],
        settings(BOTH_OFF),
    ),
    ("o1", asked("kling-o1"), "/omni-video/kling-o1", [WORDS], settings(MUTE, ratio="16:9")),
    ("o1", asked("kling-o1", looks=[PNG]), "/omni-video/kling-o1", [WORDS, LOOK_1], settings(MUTE, ratio="16:9")),
    ("o1", asked("kling-o1", first=PNG), "/omni-video/kling-o1", [WORDS, FIRST], settings(MUTE)),
    (
        "o1",
        asked("kling-o1", first=PNG, last=JPEG, seconds=8),
        "/omni-video/kling-o1",
        [WORDS, FIRST, LAST],
        settings(MUTE, seconds=8),
    ),
    (
        "o1",
        asked("kling-o1", first=PNG, looks=[PNG], seconds=8),
        "/omni-video/kling-o1",
        [WORDS, FIRST, LOOK_1],
        settings(MUTE, seconds=8),
    ),
    ("2.6", asked("kling-2.6"), "/text-to-video/kling-2.6", None, settings(MUTE, ratio="16:9")),
    ("2.6", asked("kling-2.6", first=PNG), "/image-to-video/kling-2.6", [WORDS, FIRST], settings(MUTE)),
    (
        "2.6",
        asked("kling-2.6", first=PNG, last=JPEG),
        "/image-to-video/kling-2.6",
        [WORDS, FIRST, LAST],
        settings(MUTE, resolution="1080p"),
    ),
    ("2.5", asked("kling-2.5-turbo"), "/text-to-video/kling-2.5-turbo", None, settings("", ratio="16:9")),
    ("2.5", asked("kling-2.5-turbo", first=PNG), "/image-to-video/kling-2.5-turbo", [WORDS, FIRST], settings("")),
    (
        "2.5",
        asked("kling-2.5-turbo", first=PNG, last=JPEG),
        "/image-to-video/kling-2.5-turbo",
        [WORDS, FIRST, LAST],
        settings("", resolution="1080p"),
    ),
    # 4.0: names and limits [T], paths [U].
    ("4.0", asked("kling-4.0"), "/text-to-video/kling-4.0", None, settings("", ratio="16:9")),
    (
        "4.0",
        asked("kling-4.0", looks=[PNG], seconds=30),
        "/omni-video/kling-4.0",
        [WORDS, f'{{"type":"refer_image","url":"{PNG_BASE64}","id":"image_1_"}}'],
        settings("", ratio="16:9", seconds=30),
    ),
    ("4.0", asked("kling-4.0", first=PNG), "/image-to-video/kling-4.0", [WORDS, FIRST], settings("")),
    (
        "4.0",
        asked("kling-4.0", first=PNG, last=JPEG),
        "/image-to-video/kling-4.0",
        [WORDS, FIRST, LAST],
        settings(""),
    ),
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


def named(asked_for: Order) -> str:
    return f"{asked_for.model} from {asked_for.material}"


@pytest.mark.parametrize(
    ("asked_for", "path", "contents", "picture"),
    [row[1:] for row in CURRENT],
    ids=[f"{named(row[1])} {number}" for number, row in enumerate(CURRENT)],
)
def test_the_new_standard_byte_for_byte(asked_for: Order, path: str, contents: list[str] | None, picture: str) -> None:
    body = compose(asked_for)
    words = '"prompt":"A fox."' if contents is None else f'"contents":[{",".join(contents)}]'
    assert (body.method, body.path) == ("POST", path)
    assert body.content.decode() == f"{{{words},{picture},{OPTIONS}}}"


@pytest.mark.parametrize(("asked_for", "kind", "content"), LEGACY, ids=[named(row[0]) for row in LEGACY])
def test_the_legacy_standard_byte_for_byte(asked_for: Order, kind: str, content: str) -> None:
    body = compose(asked_for)
    assert (body.method, body.path) == ("POST", f"/v1/videos/{kind}")
    assert body.content.decode() == content


def test_each_material_of_each_variant_stands_above_byte_for_byte() -> None:
    shown = {(row[1].model, row[1].material) for row in CURRENT} | {(row[0].model, row[0].material) for row in LEGACY}
    offered = {(variant.profile.name, goes_out) for variant in VARIANTS for goes_out in variant.profile.offers}
    assert shown == offered


def test_a_callback_goes_along_where_each_standard_has_its_place() -> None:
    new = json.loads(compose(asked("kling-3.0", callback=CALLBACK)).content)
    old = json.loads(compose(asked("kling-v3-legacy", callback=CALLBACK)).content)
    assert new["options"]["callback_url"] == old["callback_url"] == CALLBACK


def test_no_request_of_any_variant_takes_what_only_the_discontinued_v1_took() -> None:
    for row in (*[row[1] for row in CURRENT], *[row[0] for row in LEGACY]):
        assert {"cfg_scale", "camera_control", "seed"}.isdisjoint(json.loads(compose(row).content))


def test_both_ends_cost_the_size_they_are_made_in() -> None:
    prices = {
        variant.profile.name: {
            goes_out: (offer.resolution, offer.price_micro_usd(10))
            for goes_out, offer in variant.profile.offers.items()
        }
        for variant in VARIANTS
    }
    for name in ("kling-2.5-turbo", "kling-v2.5-turbo-legacy", "kling-2.6"):
        assert prices[name][Material.FIRST] == ("720p", 420_000)
        assert prices[name][Material.ENDS] == ("1080p", 700_000)
    assert prices["kling-3.0"][Material.ENDS] == ("720p", 840_000)


def test_the_names_of_ten_images_do_not_stand_inside_one_another() -> None:
    body = json.loads(compose(asked("kling-4.0", looks=[PNG] * 10)).content)
    names = [item["id"] for item in body["contents"] if item["type"] == "refer_image"]
    assert len(names) == 10
    assert all(one == other or one not in other for one in names for other in names)


def test_an_image_keeps_the_number_the_words_give_it_beside_frames() -> None:
    new = json.loads(compose(asked("kling-3.0-omni", first=PNG, looks=[JPEG])).content)
    assert [item["id"] for item in new["contents"] if item["type"] == "refer_image"] == ["image_1"]


def test_the_path_of_a_model_can_be_put_right_by_settings() -> None:
    ids = {"kling-4.0": "v2/{kind}/kling-4.0-260115", "kling-3.0": "kling/3"}
    adapter = connect("kling", Line(), account_of=account("kling", ids=ids | {"kling-2.6": "kling 2.6?"}))
    assert adapter.compose(asked("kling-4.0")).path == "/v2/text-to-video/kling-4.0-260115"
    assert adapter.compose(asked("kling-4.0", looks=[PNG])).path == "/v2/omni-video/kling-4.0-260115"
    assert adapter.compose(asked("kling-3.0")).path == "/kling/3"
    assert adapter.compose(asked("kling-2.6")).path == "/text-to-video/kling%202.6%3F"


STRANGER = replace(FOX, known_as={"runway": "runway://fox"})


@pytest.mark.parametrize(
    ("asked_for", "why"),
    [
        (asked("kling-3.0", negatives="lens flare"), "a negative field"),
        (asked("kling-v3-omni-legacy", negatives="lens flare"), "a negative field"),
        (asked("kling-3.0", looks=[FOX]), "kling-3.0 cannot take look references"),
        (asked("kling-3.0", first=PNG, looks=[STRANGER]), "not registered at kling: fox"),
        (asked("kling-3.0", first=PNG, looks=[FOX] * 4), "4 look references"),
        (asked("kling-3.0-turbo", first=PNG, last=JPEG), "a first and a last frame"),
        (asked("kling-3.0-turbo", last=JPEG), "a last frame without a first"),
        (asked("kling-3.0-omni", looks=[PNG] * 8), "8 look references"),
        (asked("kling-3.0-omni", first=PNG, looks=[FOX] * 4), "4 registered references beside a first frame"),
        (asked("kling-o1", first=PNG, seconds=8), "8 s with a first frame"),
        (asked("kling-o1", first=PNG, last=JPEG, looks=[PNG]), "and look references"),
        (asked("kling-2.5-turbo", seconds=8), "8 s"),
        (replace(asked("kling-3.0"), ratio="21:9"), "21:9"),
        (asked("kling-3.0", first=replace(PNG, media_type="image/webp")), "the image '1' as image/webp"),
        (asked("kling-3.0-omni", looks=[PNG], text="The image_1 tattoo of @image_1."), "'image_1' as a word"),
    ],
)
def test_what_kling_cannot_say_is_refused_by_name(asked_for: Order, why: str) -> None:
    with pytest.raises(UnsupportedError, match=re.escape(why)):
        compose(asked_for)


@pytest.mark.parametrize(("model", "most"), [("kling-3.0", 50), ("kling-v3-legacy", 10), ("kling-4.0", 30)])
def test_an_image_beyond_the_size_of_its_standard_is_refused_by_name(model: str, most: int) -> None:
    just = replace(PNG, data=bytes(most * 1_000_000))
    assert len(compose(asked(model, first=just)).content) > most * 1_000_000
    with pytest.raises(UnsupportedError, match=f"the image '1' with {most}000001 bytes"):
        compose(asked(model, first=replace(just, data=just.data + b"x")))


def test_seven_elements_go_out_where_no_frame_stands_beside_them() -> None:
    body = json.loads(compose(asked("kling-3.0-omni", looks=[FOX] * 7)).content)
    assert [item["type"] for item in body["contents"]] == ["prompt"] + ["element"] * 7


@pytest.mark.parametrize(
    ("model", "typed", "left"),
    [
        ("kling-3.0-turbo", "shot 1, 3, a fox; shot 2, 2, a hare;", "3, a fox; shot 2, 2, a hare;"),
        ("kling-v3-omni-legacy", "a fox as in <<<image_2>>>", "a fox as in image_2"),
    ],
)
def test_what_a_model_would_read_as_syntax_is_taken_out_of_free_text_and_told(
    model: str, typed: str, left: str
) -> None:
    dialect = next(variant.profile.dialect for variant in VARIANTS if variant.profile.name == model)
    prompt = assemble(Sheet(action=typed), style=defaults.style(), negative=defaults.negative())
    rendering = render(prompt, dialect, model=model)
    assert left in rendering.text
    assert typed not in rendering.text
    assert any(note.change is Change.STRIPPED for note in rendering.notes)


@pytest.mark.parametrize("variant", VARIANTS, ids=[variant.profile.name for variant in VARIANTS])
def test_each_profile_tells_what_its_deadline_price_and_images_rest_on(variant: Variant) -> None:
    profile = variant.profile
    assert profile.longest_wait_s == 12 * profile.usual_wait_s
    told = " ".join(source.fact for source in profile.sources)
    for fact in ("wire", "offers", "price", "stills", "limit", "findable", "calls_back", "longest_wait_s", "priors"):
        assert fact in told
    guesses = {source.evidence for source in profile.sources if "longest_wait_s" in source.fact}
    assert guesses == {"U"}
