"""What the Kling variants offer, what they refuse by name, and what a shot's words may not hold."""

import json
import re
from dataclasses import replace

import pytest

from agent.errors import UnsupportedError
from agent.jobs import Order
from agent.profiles import Material
from prompts import defaults
from prompts.assemble import assemble
from prompts.render import render
from prompts.rendering import Change
from prompts.sheet import Sheet
from tests.wire.line import PNG, Line, account, connect
from tests.wire.test_kling_bodies import FOX, JPEG, asked, compose
from tools.video.kling_kinds import Variant
from tools.video.kling_variants import VARIANTS


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
        (asked("kling-3.0", first=replace(PNG, media_type="image/webp")), "image 1 of type image/webp"),
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
    with pytest.raises(UnsupportedError, match=f"image 1 of {most}000001 bytes"):
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
