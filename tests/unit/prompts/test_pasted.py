"""Pasted lists of negatives."""

import pytest

from prompts import pasted
from prompts.blocks import NegativeBlock
from prompts.errors import EmptyBlockError
from prompts.remarks import Kind


def _texts(text: str) -> list[str]:
    return [term.text for term in pasted.read(text).terms]


def _kinds(text: str) -> set[Kind]:
    return {remark.kind for remark in pasted.read(text).remarks}


def test_a_clean_list_becomes_a_block_by_layer_without_a_remark() -> None:
    read = pasted.read("live action, extra fingers, watermark, snow")

    assert read.remarks == ()
    assert read.block(version=3) == NegativeBlock(
        format=("live action", "snow"), anatomy=("extra fingers",), quality=("watermark",), version=3
    )


@pytest.mark.parametrize("written", ["(watermark:1.4)", "((watermark))", "[watermark]", "watermark++", "watermark::-1"])
def test_weights_and_brackets_are_taken_off_and_told(written: str) -> None:
    assert _texts(written) == ["watermark"]
    assert _kinds(written) == {Kind.WEIGHT_SYNTAX}


def test_a_group_under_one_weight_comes_apart() -> None:
    assert _texts("(blurry, noise:1.3), {cartoon|anime}") == ["blurry", "noise", "cartoon", "anime"]


@pytest.mark.parametrize(
    "written",
    [
        "no text",
        "don’t use any text",
        "without text",
        "please avoid text",
        "NO-text",
        "text-free",
        "no no text",
        "kein text",
    ],
)
def test_a_negation_in_front_is_taken_off_and_told(written: str) -> None:
    assert _texts(written) == ["text"]
    assert _kinds(written) == {Kind.NEGATION_PREFIX}


@pytest.mark.parametrize(
    "written",
    [
        "<lora:x:1>",
        "embedding:foo",
        "EasyNegative",
        "bad-hands-5",
        "ng_deepnegative_v1_75t",
        "BREAK",
        "--ar 16:9",
        "score_4",
    ],
)
def test_syntax_of_image_tools_is_left_out_and_told(written: str) -> None:
    assert _texts(f"cartoon, {written}") == ["cartoon"]
    assert _kinds(f"cartoon, {written}") == {Kind.FOREIGN_SYNTAX}


def test_a_switch_that_names_a_thing_leaves_the_thing() -> None:
    assert _texts("cartoon --no text") == ["cartoon", "text"]


@pytest.mark.parametrize(
    "written", ["half-timbered house", "top-10 list", "negative space", "16:9 bars", "f/2.8 bokeh"]
)
def test_ordinary_words_with_signs_in_them_are_left_alone(written: str) -> None:
    assert _texts(written) == [written]
    assert _kinds(written) == set()


def test_bullets_and_lines_divide_like_commas() -> None:
    assert _texts("Negative prompt: text\n- lens flare\n2. anime;\n• blurry") == [
        "text",
        "lens flare",
        "anime",
        "blurry",
    ]


def test_empty_entries_are_told_and_left_out() -> None:
    read = pasted.read(",cartoon,, () ,")

    assert [term.text for term in read.terms] == ["cartoon"]
    assert {remark.kind for remark in read.remarks} == {Kind.EMPTY_ENTRY}


def test_of_two_names_for_one_thing_the_vocabulary_s_own_stays() -> None:
    read = pasted.read("extra finger, captions, extra fingers, closed captions")

    assert [term.text for term in read.terms] == ["extra fingers", "captions"]
    assert [remark.terms for remark in read.remarks] == [
        ("extra finger", "extra fingers"),
        ("captions", "closed captions"),
    ]


def test_praise_is_kept_and_told_because_only_the_person_knows_what_was_meant() -> None:
    assert _texts("8k, masterpiece") == ["8k", "masterpiece"]
    assert _kinds("8k, masterpiece") == {Kind.INVERTED}


def test_invisible_characters_in_an_entry_are_told() -> None:
    assert _texts("water\u200bmark") == ["watermark"]
    assert _kinds("water\u200bmark") == {Kind.INVISIBLE_TEXT}


def test_a_list_of_nothing_is_no_block() -> None:
    with pytest.raises(EmptyBlockError):
        pasted.read(" , <lora:a:1>").block(version=1)
