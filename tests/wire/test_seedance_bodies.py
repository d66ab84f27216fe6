"""What leaves for Seedance on Ark, byte for byte, per material and platform; docs/wire/seedance.md."""

import hashlib
import json
from dataclasses import replace

import pytest

from agent.errors import UnsupportedError
from agent.jobs import Order, Still
from agent.profiles import Material
from prompts.blocks import Layer
from prompts.dialect import Channel, Unit
from tests.wire.line import PNG, PNG_BASE64, Line, account, connect, order
from tools.video.seedance import VENDOR

MODEL = "seedance-2.0"
MARK = hashlib.sha256(b"take-0001").hexdigest()
HEAD = '{"model":"dreamina-seedance-2-0-260128","content":[{"type":"text","text":"A fox. Keep free of subtitles."}'
TAIL = (
    '],"resolution":"720p","ratio":"16:9","duration":8,"generate_audio":false,"watermark":false,'
    f'"execution_expires_after":3600,"safety_identifier":"{MARK}"}}'
)
JPEG = Still(label="2", data=b"\x02", media_type="image/jpeg")
ACTRESS = replace(PNG, known_as={"seedance": "asset://asset-20261120-abcde", "kling": "8012345678"})


def shot(**more: object) -> Order:
    return replace(order(MODEL, text="A fox. Keep free of subtitles."), **more)  # type: ignore[arg-type]  # by name


def image(url: str, role: str) -> str:
    return f',{{"type":"image_url","image_url":{{"url":"{url}"}},"role":"{role}"}}'


PNG_URI, JPEG_URI = f"data:image/png;base64,{PNG_BASE64}", "data:image/jpeg;base64,Ag=="


@pytest.mark.parametrize(
    ("asked", "material", "images"),
    [
        (shot(), Material.WORDS, ""),
        (shot(first_frame=PNG), Material.FIRST, image(PNG_URI, "first_frame")),
        (
            shot(first_frame=PNG, last_frame=JPEG),
            Material.ENDS,
            image(PNG_URI, "first_frame") + image(JPEG_URI, "last_frame"),
        ),
        (
            shot(references=(PNG, JPEG)),
            Material.LOOKS,
            image(PNG_URI, "reference_image") + image(JPEG_URI, "reference_image"),
        ),
    ],
)
def test_words_go_first_and_each_image_in_its_role_in_the_order_of_the_prompt(
    asked: Order, material: Material, images: str
) -> None:
    body = connect("seedance", Line()).compose(asked)
    assert asked.material is material
    assert (body.method, body.path) == ("POST", "/contents/generations/tasks")
    assert body.content.decode() == HEAD + images + TAIL


def test_every_material_on_offer_has_its_body_above() -> None:
    above = {Material.WORDS, Material.FIRST, Material.ENDS, Material.LOOKS}
    assert {material for profile in VENDOR.profiles for material in profile.offers} == above


def test_a_seed_and_a_callback_go_out_where_the_order_has_them() -> None:
    asked = shot(seed=7, callback="https://film.example/hooks/ark?take=t-1&token=a_b")
    content = connect("seedance", Line()).compose(asked).content
    assert b'"duration":8,"seed":7,"generate_audio":false' in content
    assert b'"watermark":false,"callback_url":"https://film.example/hooks/ark?take=t-1&token=a_b","exec' in content


def test_our_key_is_as_long_as_the_identifier_may_be() -> None:
    assert len(MARK) == 64


def test_a_verified_face_goes_out_as_the_accounts_asset_and_without_its_bytes() -> None:
    adapter = connect("seedance", Line())
    for asked, role in ((shot(references=(ACTRESS,)), "reference_image"), (shot(first_frame=ACTRESS), "first_frame")):
        assert adapter.compose(asked).content.decode() == HEAD + image("asset://asset-20261120-abcde", role) + TAIL


def test_an_asset_is_not_held_to_the_limits_of_an_upload() -> None:
    huge = replace(ACTRESS, data=bytes(30_000_000), media_type="image/x-raw")
    assert len(connect("seedance", Line()).compose(shot(references=(huge,) * 9)).content) < 2000


@pytest.mark.parametrize(("model", "most"), [("seedance-2.0", 9), ("seedance-2.0-mini", 9), ("seedance-2.5", 30)])
def test_as_many_references_go_out_as_the_variant_takes_and_no_more(model: str, most: int) -> None:
    adapter = connect("seedance", Line())
    sent = json.loads(adapter.compose(replace(shot(references=(PNG,) * most), model=model)).content)
    assert [item.get("role") for item in sent["content"]] == [None] + ["reference_image"] * most
    with pytest.raises(UnsupportedError, match=f"{most + 1} look references"):
        adapter.compose(replace(shot(references=(PNG,) * (most + 1)), model=model))


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (order(MODEL, negatives="lens flare"), "a negative field"),
        (shot(references=(PNG,), first_frame=PNG), "first frame"),
        (shot(references=(PNG,), first_frame=PNG, last_frame=PNG), "frame"),
        (shot(last_frame=PNG), "last frame"),
        (shot(seconds=3), "3 s"),
        (shot(seconds=16), "16 s"),
        (shot(ratio="2:1"), "2:1"),
        (shot(references=(replace(PNG, data=bytes(26_000_000)),) * 2), "64 MB"),
        (shot(first_frame=replace(PNG, data=bytes(30_000_000))), "image 1 of 30000000 bytes"),
        (shot(references=(replace(PNG, media_type="image/heic"),)), "image 1 of type image/heic"),
        (shot(references=(replace(PNG, known_as={"seedance": "8012345678"}),)), "no asset://"),
    ],
)
def test_what_seedance_cannot_say_is_refused_by_name(asked: Order, named: str) -> None:
    with pytest.raises(UnsupportedError, match=named):
        connect("seedance", Line()).compose(asked)


def test_2_5_makes_thirty_seconds() -> None:
    body = connect("seedance", Line()).compose(replace(shot(seconds=30), model="seedance-2.5"))
    assert b'"model":"dreamina-seedance-2-5-260628"' in body.content
    assert b'"duration":30' in body.content


IDS = {
    "byteplus": (
        "dreamina-seedance-2-0-260128",
        "dreamina-seedance-2-0-fast-260128",
        "dreamina-seedance-2-0-mini",
        "dreamina-seedance-2-5-260628",
    ),
    "volcengine": (
        "doubao-seedance-2-0-260128",
        "doubao-seedance-2-0-fast-260128",
        "doubao-seedance-2-0-mini-260615",
        "doubao-seedance-2-5-260628",
    ),
}


@pytest.mark.parametrize(("platform", "ids"), IDS.items())
def test_each_platform_has_ids_of_its_own(platform: str, ids: tuple[str, ...]) -> None:
    adapter = connect("seedance", Line(), account_of=account("seedance", options={"platform": platform}))
    sent = [json.loads(adapter.compose(replace(shot(), model=one.name)).content)["model"] for one in adapter.profiles]
    assert tuple(sent) == ids


def test_without_a_word_the_platform_is_byteplus() -> None:
    adapter = connect("seedance", Line(), account_of=account("seedance", options={"platform": " "}))
    assert tuple(profile.upstream_id for profile in adapter.profiles) == IDS["byteplus"]


def test_an_id_in_the_settings_wins_over_the_platforms() -> None:
    settings = account("seedance", options={"platform": "Volcengine"}, ids={MODEL: "ep-20261120-abcde"})
    adapter = connect("seedance", Line(), account_of=settings)
    assert [profile.upstream_id for profile in adapter.profiles][:2] == ["ep-20261120-abcde", IDS["volcengine"][1]]


def test_format_is_a_clause_and_anatomy_and_quality_are_turned_positive() -> None:
    for profile in VENDOR.profiles:
        assert profile.dialect.channel is Channel.CLAUSE
        assert profile.dialect.channels == {Layer.ANATOMY: Channel.INVERTED, Layer.QUALITY: Channel.INVERTED}
        assert {"subtitles", "watermark", "logo"} <= profile.dialect.always_clause
        assert {"--", "【", "】"} <= set(profile.dialect.drops)


def test_only_2_5_has_a_prompt_limit() -> None:
    limits = {profile.name: (profile.dialect.limit, profile.dialect.unit) for profile in VENDOR.profiles}
    assert limits.pop("seedance-2.5") == (15_000, Unit.UTF16)
    assert {limit for limit, _ in limits.values()} == {None}


def test_a_deadline_is_one_that_the_vendor_takes() -> None:
    assert all(3600 <= profile.longest_wait_s <= 259_200 for profile in VENDOR.profiles)
