"""One shot sent to every variant: what channel each term takes, and where it stands in each body.

The stored tables in ``golden/`` are read by people as well: one file per variant, with the sources of its wire. After
a wanted change of the wording, ``python -m tests.wire.test_same_shot_everywhere`` writes them anew; read the
difference before it is committed.
"""

import json
from pathlib import Path

import pytest

from agent.jobs import Order
from agent.profiles import FirstFrame, Profile
from prompts.assemble import assemble
from prompts.blocks import NegativeBlock, StyleBlock
from prompts.dialect import Channel
from prompts.receipt import audit, prove
from prompts.references import Dimension, Reference
from prompts.render import render
from prompts.sheet import Camera, Sheet
from tests.wire.line import PNG, Line, connect
from tools.video import registry

GOLDEN = Path(__file__).with_name("golden")

PROMPT = assemble(
    Sheet(
        action="a girl with blue hair walks through the rain towards a neon sign",
        camera=Camera(shot_size="medium shot", angle="low angle", movement="slow push-in"),
        lens="35mm anamorphic",
        lighting="low-key, wet reflections",
        palette="teal and magenta",
    ),
    style=StyleBlock(text="Hand-painted gouache, visible brush strokes, inked contours.", version=1),
    negative=NegativeBlock(
        format=("photorealistic", "3d render"),
        anatomy=("extra fingers", "merged faces"),
        quality=("lens flare", "subtitles", "watermark", "blurry"),
        version=1,
    ),
    references=(Reference(id="alley", label="1", use=(Dimension.PALETTE,), ignore=(Dimension.BACKGROUND,)),),
)

VARIANTS = [profile for vendor in registry.vendors() for profile in vendor.profiles]
each_variant = pytest.mark.parametrize("profile", VARIANTS, ids=[profile.name for profile in VARIANTS])


def table(profile: Profile) -> dict[str, object]:
    """Where everything stands in the body for this variant, and the body itself."""
    looks = (PNG,)[: profile.dialect.max_references]
    seconds = profile.fit(8, references=len(looks))
    assert seconds is not None
    rendering = render(PROMPT, profile.dialect, model=profile.name)
    order = Order(
        key="job-0001",
        model=profile.name,
        rendering=rendering,
        seconds=seconds,
        ratio="16:9",
        references=looks,
        first_frame=PNG if profile.first_frame is FirstFrame.REQUIRED else None,
        seed=7 if profile.seed else None,
    )
    body = connect(profile.vendor, Line()).compose(order)
    receipt = prove(body.content, model=profile.name, path=body.path, rendering=rendering)
    assert audit(receipt, PROMPT) == ()
    return {
        "model": profile.name,
        "sources": [f"{source.fact}: {source.where} [{source.evidence}], {source.read}" for source in profile.sources],
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
        "notes": [note.sentence for note in rendering.notes],
        "body": json.loads(body.content),
    }


def write() -> None:
    """Store the tables of all variants."""
    GOLDEN.mkdir(exist_ok=True)
    for profile in VARIANTS:
        text = json.dumps(table(profile), indent=2, ensure_ascii=False)
        (GOLDEN / f"{profile.name}.json").write_text(text + "\n", encoding="utf-8")


@each_variant
def test_the_body_is_the_stored_one(profile: Profile) -> None:
    stored = json.loads((GOLDEN / f"{profile.name}.json").read_text(encoding="utf-8"))
    assert table(profile) == stored


def test_no_stored_table_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {profile.name for profile in VARIANTS}


@each_variant
def test_each_term_takes_the_channel_its_model_is_known_for(profile: Profile) -> None:
    """Native: Veo and legacy Kling. Clause: Kling. Mixed: Seedance. Positive only: Runway. [providers' own pages, D]"""
    terms = json.loads((GOLDEN / f"{profile.name}.json").read_text(encoding="utf-8"))["terms"]
    channels = {term: Channel(place["channel"]) for term, place in terms.items()}
    every_term = set(channels)
    clause = {
        "Veo": set[str](),
        "Kling": set[str]() if profile.name.endswith("-legacy") else every_term,
        "Seedance": {"photorealistic", "3d render", "subtitles", "watermark"},
        "Runway": set[str](),
    }[profile.family]
    rest = Channel.INVERTED if profile.family in ("Seedance", "Runway") else Channel.FIELD
    assert channels == {term: Channel.CLAUSE if term in clause else rest for term in every_term}


if __name__ == "__main__":
    write()
