"""The injection matrix: what it sees of a body that lacks a block, and a cross-section of it."""

import json

from benchmarks import injection
from benchmarks.injection_proof import Block, missing

STORED = Block(style="Gouache on board, soft edges.", terms=("watermark", "lens flare"), project_micro_usd=1)


def lacks(*said: str, aside: frozenset[str] = frozenset()) -> tuple[str, ...]:
    return missing(json.dumps({"prompt": {"text": list(said)}}).encode(), STORED, aside=aside)


def test_a_body_is_read_for_the_style_byte_for_byte_and_for_each_term() -> None:
    assert lacks("a tram. Gouache on board, soft edges.", "Watermark, lens  flare") == ()
    assert lacks("a tram. gouache on board, soft edges.", "watermark") == ("the style block", "lens flare")
    assert lacks("Gouache on board, soft edges.", "watermark", aside=frozenset({"lens flare"})) == ()
    assert missing(b'{"prompt": "a tram"}', Block(style="", terms=(), project_micro_usd=1), aside=frozenset()) == (
        "the style block",
    )


async def test_a_cross_section_of_the_matrix_holds() -> None:
    texts = injection.texts()
    found = await injection.measure(texts[:1], ("message", "vendor", "planner"))

    assert len(texts) * 12 >= 1_200
    assert {name: (each.held, each.moved, each.failures) for name, each in found.items()} == {
        name: (each.bodies, 0, []) for name, each in found.items()
    }
    assert all(each.bodies >= each.cases for each in found.values())
