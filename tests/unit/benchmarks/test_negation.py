"""The measure of absences: what it counts as found, missed and false."""

import json
from pathlib import Path

import pytest

from benchmarks import negation
from benchmarks.negation import Prompt


def test_a_thing_under_any_of_its_wordings_is_found_and_another_is_false() -> None:
    prompt = Prompt(id="1", text="a beach with no folks, no shells", absent=(("people", "folks"), ("gulls",)))
    reading = negation.judge(prompt)
    assert (reading.found, reading.missed, reading.false) == (1, ("gulls",), ("shells",))


def test_an_optional_term_is_neither_found_nor_false() -> None:
    reading = negation.judge(Prompt(id="1", text="a dog with no energy", optional=("energy",)))
    assert (reading.found, reading.missed, reading.false) == (0, (), ())


def test_the_figures_count_things_and_prompts() -> None:
    prompts = (
        Prompt(id="1", text="a pier, no boats", absent=(("boats",),)),
        Prompt(id="2", text="a pier, no boats"),
        Prompt(id="3", text="a pier", absent=(("gulls",),)),
    )
    figures = negation.figures([negation.judge(prompt) for prompt in prompts])
    assert (figures["precision"], figures["recall"]) == (0.5, 0.5)
    assert (figures["prompts_with_false_negatives"], figures["share"]) == (1, 0.33333)


def test_labels_go_by_id_and_controls_have_their_own(tmp_path: Path) -> None:
    record = json.dumps({"id": "00186", "prompt": "a girl"})
    (tmp_path / "some.jsonl").write_text(record)
    (tmp_path / "controls.jsonl").write_text(record)
    assert negation.read(tmp_path / "some.jsonl")[0].absent == (("glasses",),)
    assert negation.read(tmp_path / "controls.jsonl")[0].absent == ()


def test_public_prompts_without_a_negation_get_no_negative() -> None:
    path = negation.LABELS.parent / "vbench" / "all_dimension.txt"
    figures = negation.figures([negation.judge(prompt) for prompt in negation.read(path)])
    assert figures["prompts"] == 946
    assert figures["share"] == pytest.approx(0.0)
