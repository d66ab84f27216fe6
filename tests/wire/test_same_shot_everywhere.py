"""One shot sent to every variant: what channel each term takes, and where it stands in each body.

The stored tables in ``golden/`` are read by people as well: one file per variant, with the sources of its wire. After
a wanted change of the wording, ``python -m tests.wire.test_same_shot_everywhere`` writes them anew; read the
difference before it is committed.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from agent.profiles import Material, Profile
from prompts.dialect import Channel
from prompts.receipt import audit, prove
from tests.support import orders
from tests.wire.line import PNG, Line, connect

GOLDEN = Path(__file__).with_name("golden")
PAGE = Path(__file__).parents[2] / "docs" / "wire" / "channels.md"
HEADING = """# Channels per term

How each variant is told each term of one negative block: in a `field` of the wire, in a `clause` of the prompt, or
`inverted` into what is wanted instead. Made by `python -m tests.wire.test_same_shot_everywhere` from the bodies that
would leave (`tests/wire/golden/`); a test holds the page to them.

"""

VARIANTS = orders.VARIANTS
each_variant = pytest.mark.parametrize("profile", VARIANTS, ids=[profile.name for profile in VARIANTS])


def table(profile: Profile) -> dict[str, object]:
    """Where everything stands in the bodies for this variant, and the bodies themselves, by what goes out."""
    return {
        "model": profile.name,
        "sources": [f"{source.fact}: {source.where} [{source.evidence}], {source.read}" for source in profile.sources],
        "orders": {goes_out.value: sent(profile, goes_out) for goes_out in profile.offers},
    }


def sent(profile: Profile, goes_out: Material) -> dict[str, object]:
    """The body for one kind of material, and where it holds what."""
    seconds = profile.offers[goes_out].fit(8)
    assert seconds is not None
    order = orders.order(profile, goes_out, still=PNG, seconds=seconds)
    body = connect(profile.vendor, Line()).compose(order)
    receipt = prove(body.content, model=profile.name, path=body.path, rendering=order.rendering)
    assert audit(receipt, orders.prompt(goes_out)) == ()
    return {
        "path": body.path,
        "style": f"{receipt.style.pointer}+{receipt.style.start}",
        "terms": {
            place.term: {
                "channel": place.channel.value,
                "wording": place.wording,
                "at": f"{place.place.pointer}+{place.place.start}",
            }
            for place in receipt.terms
        },
        "notes": [note.sentence for note in order.rendering.notes],
        "body": json.loads(body.content),
    }


def stored(profile: Profile) -> Path:
    """The file with the table of a variant."""
    return GOLDEN / f"{profile.name.replace('/', ' ')}.json"


def channels() -> str:
    """Every variant's channel for every term, as the page `docs/wire/channels.md`."""
    tables = [(profile, next(iter(_orders(profile).values()))["terms"]) for profile in VARIANTS]
    names = list(tables[0][1])
    rows = [[f"`{profile.name}`", *(terms[name]["channel"] for name in names)] for profile, terms in tables]
    head = [["variant", *names], ["---"] * (len(names) + 1)]
    return HEADING + "".join(f"| {' | '.join(row)} |\n" for row in (*head, *rows))


def write() -> None:
    """Store the tables of all variants, and the page of their channels."""
    GOLDEN.mkdir(exist_ok=True)
    for profile in VARIANTS:
        text = json.dumps(table(profile), indent=2, ensure_ascii=False)
        stored(profile).write_text(text + "\n", encoding="utf-8")
    PAGE.write_text(channels(), encoding="utf-8")


@each_variant
def test_the_bodies_are_the_stored_ones(profile: Profile) -> None:
    assert table(profile) == json.loads(stored(profile).read_text(encoding="utf-8"))


def test_the_page_of_channels_says_what_the_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == channels()


def test_no_stored_table_is_left_over() -> None:
    assert set(GOLDEN.iterdir()) == {stored(profile) for profile in VARIANTS}


FIELD = {"Veo": True, "Kling": False, "Seedance": False, "Runway": False, "Gemini Omni": False}
"""Whether the family's own wire has a negative field."""

OTHERWISE = {
    **dict.fromkeys(("kling-v3-legacy", "kling-v2.5-turbo-legacy", "fal/kling-v3-pro"), True),
    "fal/veo3.1-reference": False,
}
"""Wires that differ from their family's: legacy Kling and Kling behind fal have the field, fal's Veo from references
has none."""

CLAUSES = {
    "Kling": {"photorealistic", "3d render", "extra fingers", "merged faces"}
    | {"lens flare", "subtitles", "watermark", "blurry"},
    "Gemini Omni": {"photorealistic", "3d render", "extra fingers", "merged faces"}
    | {"lens flare", "subtitles", "watermark", "blurry"},
    "Seedance": {"photorealistic", "3d render", "subtitles", "watermark"},
    "Runway": set[str](),
    "Veo": {"photorealistic", "3d render"},
}
"""What a family without the field is told as a clause; the rest is turned positive. [the vendors' own pages, D]"""


@each_variant
def test_each_term_takes_the_channel_its_model_is_known_for(profile: Profile) -> None:
    for order in _orders(profile).values():
        taken = {term: Channel(place["channel"]) for term, place in order["terms"].items()}
        if OTHERWISE.get(profile.name, FIELD[profile.family]):
            assert set(taken.values()) == {Channel.FIELD}
        else:
            clause = CLAUSES[profile.family]
            assert {term for term, channel in taken.items() if channel is Channel.CLAUSE} == clause
            assert {taken[term] for term in set(taken) - clause} <= {Channel.INVERTED}


def _orders(profile: Profile) -> dict[str, Any]:
    """The stored orders of a variant, by what goes out."""
    orders_of: dict[str, Any] = json.loads(stored(profile).read_text(encoding="utf-8"))["orders"]
    return orders_of


if __name__ == "__main__":
    write()
