"""What leaves for Runway, per variant and material, held against runwayml 5.24.0's types [S]; docs/wire/runway.md."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from agent.errors import UnsupportedError
from agent.jobs import Order, Still
from agent.profiles import Material, Profile
from prompts.blocks import Layer
from prompts.dialect import Channel, Unit
from tests.support import orders
from tests.support.runway_types import typed
from tests.wire.line import PNG, PNG_BASE64, Line, account, connect, order
from tools.video.runway import VENDOR

PAIRS = [(profile, goes_out) for profile in VENDOR.profiles for goes_out in profile.offers]
PNG_URI = f"data:image/png;base64,{PNG_BASE64}"
JPEG = Still(label="2", data=b"\x02", media_type="image/jpeg")
JPEG_URI = "data:image/jpeg;base64,Ag=="
FIRST = f'{{"uri":"{PNG_URI}","position":"first"}}'
LAST = f'{{"uri":"{JPEG_URI}","position":"last"}}'
LOOKS = f'[{{"uri":"{PNG_URI}"}},{{"uri":"{JPEG_URI}"}}]'
PARTS: Mapping[Material, Mapping[str, Any]] = {
    Material.WORDS: {},
    Material.LOOKS: {"references": (PNG, JPEG)},
    Material.FIRST: {"first_frame": PNG},
    Material.ENDS: {"first_frame": PNG, "last_frame": JPEG},
    Material.FIRST_LOOKS: {"first_frame": PNG, "references": (PNG, JPEG)},
    Material.ENDS_LOOKS: {"first_frame": PNG, "last_frame": JPEG, "references": (PNG, JPEG)},
}


def shot(model: str, goes_out: Material = Material.WORDS, **more: Any) -> Order:
    plain = order(model, text="A fox runs.", seconds=8)
    return replace(plain, **PARTS[goes_out], **more)


def sent(asked: Order, **options: str) -> dict[str, Any]:
    adapter = connect("runway", Line(), account_of=account("runway", options=options))
    return dict(json.loads(adapter.compose(asked).content))


def profile_of(model: str) -> Profile:
    return next(profile for profile in VENDOR.profiles if profile.name == model)


@pytest.mark.parametrize(
    ("asked", "path", "content"),
    [
        (
            shot("runway-gen4.5", seed=7),
            "text_to_video",
            '{"model":"gen4.5","promptText":"A fox runs.","ratio":"1280:720","duration":8,"seed":7}',
        ),
        (
            shot("runway-gen4-turbo", Material.FIRST, ratio="21:9"),
            "image_to_video",
            f'{{"model":"gen4_turbo","promptImage":[{FIRST}],"promptText":"A fox runs.","ratio":"1584:672",'
            '"duration":8}',
        ),
        (
            replace(order("runway/veo3.1", text="A fox runs.", negatives="lens flare, subtitles"), seed=7),
            "text_to_video",
            '{"model":"veo3.1","promptText":"A fox runs.","negativePrompt":"lens flare, subtitles",'
            '"ratio":"1280:720","duration":8,"audio":false,"seed":7}',
        ),
        (
            shot("runway/veo3.1_fast", Material.ENDS),
            "image_to_video",
            f'{{"model":"veo3.1_fast","promptImage":[{FIRST},{LAST}],"promptText":"A fox runs.",'
            '"ratio":"1280:720","duration":8,"audio":false}',
        ),
        (
            shot("runway/kling3.0_pro"),
            "text_to_video",
            '{"model":"kling3.0_pro","promptText":"A fox runs.","ratio":"1920:1080","duration":8,"audio":false}',
        ),
        (
            shot("runway/kling3.0_standard", Material.ENDS),
            "image_to_video",
            f'{{"model":"kling3.0_standard","promptImage":[{FIRST},{LAST}],"promptText":"A fox runs.",'
            '"duration":8,"audio":false}',
        ),
        (
            shot("runway/klingO3_pro", Material.FIRST_LOOKS, ratio="1:1"),
            "image_to_video",
            f'{{"model":"klingO3_pro","promptImage":[{FIRST}],"references":{LOOKS},"promptText":"A fox runs.",'
            '"ratio":"1440:1440","duration":8,"audio":false}',
        ),
        (
            shot("runway/kling2.5_turbo_pro", Material.FIRST, seconds=10),
            "image_to_video",
            f'{{"model":"kling2.5_turbo_pro","promptImage":[{FIRST}],"promptText":"A fox runs.","duration":10}}',
        ),
        (
            shot("runway/kling_4", Material.LOOKS, ratio="21:9"),
            "text_to_video",
            f'{{"model":"kling_4","references":{LOOKS},"promptText":"A fox runs.","ratio":"1460:624","duration":8}}',
        ),
        (
            shot("runway/kling_4", Material.ENDS_LOOKS),
            "image_to_video",
            f'{{"model":"kling_4","promptImage":[{FIRST},{LAST}],"references":{LOOKS},"promptText":"A fox runs.",'
            '"ratio":"auto_720p","duration":8}',
        ),
        (
            shot("runway/seedance2", Material.LOOKS, seed=7),
            "text_to_video",
            f'{{"model":"seedance2","references":{LOOKS},"promptText":"A fox runs.","ratio":"1280:720",'
            '"duration":8,"audio":false,"seed":7}',
        ),
        (
            shot("runway/seedance2_5", Material.ENDS, ratio="21:9"),
            "image_to_video",
            f'{{"model":"seedance2_5","promptImage":[{FIRST},{LAST}],"promptText":"A fox runs.","ratio":"1470:630",'
            '"duration":8,"audio":false}',
        ),
        (
            shot("runway/gemini_omni_flash_1.1", Material.ENDS),
            "image_to_video",
            f'{{"model":"gemini_omni_flash_1.1","promptImage":[{FIRST},{LAST}],"promptText":"A fox runs.",'
            '"ratio":"1280:720","duration":8}',
        ),
    ],
    ids=lambda value: f"{value.model} from {value.material}" if isinstance(value, Order) else "",
)
def test_each_family_has_a_body_of_its_own(asked: Order, path: str, content: str) -> None:
    body = connect("runway", Line()).compose(asked)
    assert (body.method, body.path) == ("POST", f"/v1/{path}")
    assert body.content.decode() == content


@pytest.mark.parametrize(("profile", "goes_out"), PAIRS, ids=[f"{p.name} from {m}" for p, m in PAIRS])
def test_every_body_has_only_fields_and_values_that_the_official_client_types(
    profile: Profile, goes_out: Material
) -> None:
    plain, offer = orders.order(profile, goes_out, still=PNG), profile.offers[goes_out]
    for ratio in offer.ratios or ("16:9", "5:3"):
        for seconds in offer.durations:
            asked = replace(plain, ratio=ratio, seconds=seconds)
            kind = "image_to_video" if asked.first_frame else "text_to_video"
            client, content = typed(kind, profile.upstream_id), sent(asked, cfg_scale="0.7")
            assert client is not None
            assert client.required <= content.keys() <= client.fields
            assert all(content.get(name) in {*values, None} for name, values in client.choices.items())


@pytest.mark.parametrize(("profile", "goes_out"), PAIRS, ids=[f"{p.name} from {m}" for p, m in PAIRS])
def test_sound_is_off_wherever_the_client_types_a_switch_for_it(profile: Profile, goes_out: Material) -> None:
    asked = orders.order(profile, goes_out, still=PNG)
    client = typed("image_to_video" if asked.first_frame else "text_to_video", profile.upstream_id)
    assert client is not None
    assert sent(asked).get("audio") == (False if "audio" in client.fields else None)
    assert profile.seed == ("seed" in client.fields)


def test_every_size_has_nearly_the_proportions_of_its_ratio() -> None:
    for profile, goes_out in PAIRS:
        for ratio in profile.offers[goes_out].ratios:
            wide, tall = map(int, ratio.split(":"))
            asked = replace(orders.order(profile, goes_out, still=PNG), ratio=ratio)
            width, height = map(int, sent(asked)["ratio"].split(":"))
            assert width / height == pytest.approx(wide / tall, rel=0.03), profile.name


def test_a_first_frame_widens_what_gen4_5_can_frame() -> None:
    offers = profile_of("runway-gen4.5").offers
    assert offers[Material.WORDS].ratios == ("16:9", "9:16")
    assert set(offers[Material.FIRST].ratios) == {"16:9", "9:16", "4:3", "3:4", "1:1", "21:9"}
    assert {*profile_of("runway-gen4-turbo").offers} == {Material.FIRST}


@pytest.mark.parametrize("model", ["runway/kling3.0_pro", "runway/kling3.0_standard", "runway/kling2.5_turbo_pro"])
def test_how_closely_kling_keeps_to_the_words_goes_out_only_where_the_account_says_it(model: str) -> None:
    asked = shot(model, seconds=10)
    assert "cfgScale" not in sent(asked)
    assert sent(asked, cfg_scale="0.7")["cfgScale"] == 0.7
    assert sent(asked, cfg_scale=" 1 ")["cfgScale"] == 1


@pytest.mark.parametrize("model", ["runway/klingO3_pro", "runway/kling_4", "runway/seedance2", "runway-gen4.5"])
def test_models_without_the_scale_never_get_it(model: str) -> None:
    assert "cfgScale" not in sent(shot(model), cfg_scale="0.7")


@pytest.mark.parametrize("given", ["given", "-0.1", "1.1", "nan"])
def test_a_scale_that_is_none_is_named(given: str) -> None:
    assert "option 'cfg_scale'" in (VENDOR.complaint(account("runway", options={"cfg_scale": given})) or "")


def test_an_uploaded_image_goes_out_by_its_address_whatever_its_size() -> None:
    uploaded = Still(
        label="1", data=bytes(9_000_000), media_type="image/tiff", known_as={"runway": "runway://abc", "kling": "8"}
    )
    body = sent(shot("runway/kling_4", first_frame=uploaded, references=(uploaded,)))
    assert body["promptImage"] == [{"uri": "runway://abc", "position": "first"}]
    assert body["references"] == [{"uri": "runway://abc"}]


@pytest.mark.parametrize(
    ("model", "goes_out", "most"),
    [
        ("runway/kling_4", Material.ENDS_LOOKS, 8),  # ten images in all
        ("runway/klingO3_standard", Material.FIRST_LOOKS, 7),
        ("runway/seedance2", Material.LOOKS, 9),
        ("runway/seedance2_mini", Material.LOOKS, 9),
        ("runway/seedance2_5", Material.LOOKS, 30),
        ("runway/gemini_omni_flash_1.1", Material.LOOKS, 3),
    ],
)
def test_as_many_references_go_out_as_the_variant_takes_and_no_more(model: str, goes_out: Material, most: int) -> None:
    asked = shot(model, goes_out)
    assert len(sent(replace(asked, references=(PNG,) * most))["references"]) == most
    with pytest.raises(UnsupportedError, match=f"{most + 1} look references"):
        sent(replace(asked, references=(PNG,) * (most + 1)))


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (order("runway-gen4.5", negatives="lens flare"), "a negative field"),
        (order("runway/kling3.0_pro", negatives="lens flare"), "a negative field"),
        (order("runway/seedance2", negatives="lens flare"), "a negative field"),
        (shot("runway-gen4.5", Material.LOOKS), "look references"),
        (shot("runway-gen4.5", Material.ENDS), "a first and a last frame"),
        (shot("runway-gen4.5", ratio="1:1"), "1:1"),
        (shot("runway-gen4.5", seconds=11), "11 s"),
        (shot("runway-gen4-turbo"), "words alone"),
        (shot("runway/veo3.1", Material.LOOKS), "look references"),
        (shot("runway/veo3.1", seconds=5), "5 s"),
        (shot("runway/kling3.0_pro", Material.FIRST_LOOKS), "a first frame and look references"),
        (shot("runway/klingO3_pro", Material.LOOKS), "look references"),
        (shot("runway/seedance2", Material.FIRST_LOOKS), "a first frame and look references"),
        (shot("runway/seedance2", last_frame=PNG), "a last frame without a first"),
        (shot("runway/seedance2", callback="https://film.example/hook"), "a callback"),
        (shot("runway-gen4.5", first_frame=replace(PNG, data=bytes(3_700_001))), "image 1 of 3700001 bytes"),
        (shot("runway/seedance2", references=(replace(PNG, media_type="image/gif"),)), "image 1 of type image/gif"),
        (shot("runway/kling_4", references=(replace(PNG, media_type="image/webp"),)), "image 1 of type image/webp"),
        (shot("runway/kling_4", first_frame=replace(PNG, known_as={"runway": "up-1"})), "no runway://"),
    ],
    ids=lambda value: f"{value.model} from {value.material}" if isinstance(value, Order) else value,
)
def test_what_a_model_behind_runway_cannot_say_is_refused_by_name(asked: Order, named: str) -> None:
    with pytest.raises(UnsupportedError, match=named):
        sent(asked)


def test_the_largest_image_makes_a_data_uri_below_five_million_characters() -> None:
    largest = Still(label="1", data=bytes(3_700_000), media_type="image/jpeg")
    assert len(sent(shot("runway-gen4-turbo", first_frame=largest))["promptImage"][0]["uri"]) < 5_000_000


def test_each_family_is_written_to_by_its_own_rule() -> None:
    rules = {
        profile.family: (profile.dialect.channel, profile.dialect.clause if profile.family != "Veo" else "")
        for profile in VENDOR.profiles
    }
    assert rules == {
        "Runway": (Channel.INVERTED, "Avoid: $terms."),
        "Veo": (Channel.FIELD, ""),
        "Kling": (Channel.CLAUSE, "Avoid: $terms."),
        "Seedance": (Channel.CLAUSE, "Keep free of $terms."),
        "Gemini Omni": (Channel.CLAUSE, "No $terms."),
    }
    for profile in VENDOR.profiles:
        assert profile.dialect.forbids_negative == profile.dialect.motion_only == (profile.family == "Runway")


def test_prompts_are_limited_in_utf16_units_where_a_limit_is_known() -> None:
    limits = {profile.name: profile.dialect.limit for profile in VENDOR.profiles}
    assert limits["runway-gen4.5"] == limits["runway-gen4-turbo"] == limits["runway/veo3.1"] == 1000
    assert limits["runway/seedance2"] == limits["runway/seedance2_fast"] == limits["runway/seedance2_mini"] == 3500
    assert limits["runway/seedance2_5"] == 15_000
    assert limits["runway/kling3.0_pro"] == limits["runway/kling_4"] == 2500
    assert limits["runway/gemini_omni_flash_1.1"] is None
    assert all(p.dialect.unit is Unit.UTF16 for p in VENDOR.profiles if p.dialect.limit)
    assert {p.dialect.field_limit for p in VENDOR.profiles if p.dialect.channel is Channel.FIELD} == {1000}


def test_seedance_is_told_anatomy_and_quality_positively() -> None:
    for profile in VENDOR.profiles:
        inverted = {Layer.ANATOMY: Channel.INVERTED, Layer.QUALITY: Channel.INVERTED}
        assert profile.dialect.channels == (inverted if profile.family == "Seedance" else {})


def test_no_clip_is_so_short_that_a_minimum_charge_would_count() -> None:
    for name, least_micro_usd in (("runway/seedance2_mini", 640_000), ("runway/seedance2_5", 800_000)):  # [T]
        for offer in profile_of(name).offers.values():
            assert offer.price_micro_usd(offer.durations[0]) >= least_micro_usd


def test_what_is_only_guessed_of_klings_price_is_marked_so() -> None:
    for profile in VENDOR.profiles:
        marks = {source.evidence for source in profile.sources if source.fact == "price"}
        assert marks == ({"U"} if profile.family == "Kling" else {"T"})
