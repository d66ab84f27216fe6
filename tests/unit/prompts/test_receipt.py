"""Proof in the final body, and the audit of stored receipts."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from prompts.assemble import assemble
from prompts.blocks import NegativeBlock
from prompts.dialect import Dialect
from prompts.errors import BlockMissingError
from prompts.places import Json
from prompts.prompt import Prompt
from prompts.receipt import STYLE, Place, Receipt, audit, prove
from prompts.render import render
from prompts.rendering import Rendering
from prompts.sheet import Sheet
from tests.unit.prompts import makers

BLOCK = makers.block(form=("live action", "photorealistic"), anatomy=("extra fingers",), quality=("text", "watermark"))
FOX = Sheet(action="A live action fox reads text without a watermark", dialogue="Avoid: watermark, text.")


def _prompt() -> Prompt:
    return assemble(FOX, style=makers.style(), negative=BLOCK)


def _proof(name: str) -> tuple[Prompt, Rendering, Receipt]:
    prompt = _prompt()
    rendering = render(prompt, makers.DIALECTS[name], model=name)
    return prompt, rendering, prove(makers.body(rendering), model=name, path="/v1/x", rendering=rendering)


def _resealed(receipt: Receipt, change: Callable[[str], str]) -> Receipt:
    """A receipt whose body was changed by somebody who knew to renew its digest."""
    body = change(receipt.body)
    return replace(receipt, body=body, sha256=hashlib.sha256(body.encode()).hexdigest())


@pytest.mark.parametrize("name", makers.DIALECTS)
def test_a_proof_names_the_very_characters_of_the_style_and_of_every_term(name: str) -> None:
    prompt, rendering, receipt = _proof(name)

    def read(place: Place) -> str:
        return _leaf(receipt, place)[place.start : place.start + place.length]

    assert read(receipt.style) == makers.PAINTED
    assert [read(term.place) for term in receipt.terms] == [placement.wording for placement in rendering.placements]
    assert [term.term for term in receipt.terms] == [term.text for term in prompt.terms]
    assert audit(receipt, prompt) == ()


@pytest.mark.parametrize("name", makers.DIALECTS)
def test_a_term_in_the_action_or_in_dialogue_does_not_count_as_sent(name: str) -> None:
    _, _, receipt = _proof(name)

    for term in receipt.terms:
        leaf = _leaf(receipt, term.place)
        assert term.place.pointer == "/parameters/negativePrompt" or "\n" in leaf[: term.place.start]


def _leaf(receipt: Receipt, place: Place) -> str:
    body: Json = json.loads(receipt.body)
    for key in place.pointer.strip("/").split("/"):
        assert isinstance(body, list | dict)
        body = body[int(key)] if isinstance(body, list) else body[key]
    assert isinstance(body, str)
    return body


@pytest.mark.parametrize("term", ["live action", "photorealistic", "extra fingers", "text", "watermark"])
def test_a_body_that_lost_one_term_of_its_field_is_not_let_out(term: str) -> None:
    rendering = render(_prompt(), makers.FIELD, model="veo")
    shorter = replace(rendering, negative_field=", ".join(t.text for t in _prompt().terms if t.text != term))

    with pytest.raises(BlockMissingError, match="nothing was sent to veo"):
        prove(makers.body(shorter), model="veo", path="/", rendering=rendering)


@pytest.mark.parametrize("term", ["live action", "photorealistic", "extra fingers", "text", "watermark"])
def test_a_body_that_lost_one_term_of_its_clause_is_not_let_out_and_the_term_is_named(term: str) -> None:
    rendering = render(_prompt(), makers.CLAUSE, model="kling")
    head, tail = rendering.text.rsplit("\n", 1)
    shorter = replace(rendering, text=f"{head}\n{tail.replace(term, '')}")

    with pytest.raises(BlockMissingError) as caught:
        prove(makers.body(shorter), model="kling", path="/", rendering=rendering)

    assert caught.value.missing == (term,)


def test_a_body_without_the_style_is_not_let_out() -> None:
    rendering = render(_prompt(), makers.FIELD, model="veo")
    bare = replace(rendering, text=rendering.text.replace(makers.PAINTED, ""))

    with pytest.raises(BlockMissingError) as caught:
        prove(makers.body(bare), model="veo", path="/", rendering=rendering)

    assert caught.value.missing[0] == STYLE


def test_a_body_whose_action_was_changed_is_not_let_out() -> None:
    rendering = render(_prompt(), makers.CLAUSE, model="kling")
    changed = replace(rendering, text=rendering.text.replace("fox", "dog"))

    with pytest.raises(BlockMissingError, match="the text as it was rendered"):
        prove(makers.body(changed), model="kling", path="/", rendering=rendering)


def test_a_body_with_a_line_behind_the_negatives_is_not_let_out() -> None:
    rendering = render(_prompt(), makers.CLAUSE, model="kling")
    longer = replace(rendering, text=f"{rendering.text}\nIn one shot.")

    with pytest.raises(BlockMissingError):
        prove(makers.body(longer), model="kling", path="/", rendering=rendering)


@pytest.mark.parametrize("body", [b"", b"\xff", b"{", b"[]", b'"x"'])
def test_a_body_that_is_no_json_or_holds_nothing_is_not_let_out(body: bytes) -> None:
    rendering = render(_prompt(), makers.FIELD, model="veo")

    with pytest.raises(BlockMissingError):
        prove(body, model="veo", path="/", rendering=rendering)


def test_text_and_field_are_found_however_deep_they_lie() -> None:
    rendering = render(_prompt(), makers.FIELD, model="veo")
    body = json.dumps([{"a/b": [{"~": rendering.text}]}, [[rendering.negative_field]]]).encode()

    receipt = prove(body, model="veo", path="/", rendering=rendering)

    assert receipt.style.pointer == "/0/a~1b/0/~0"
    assert receipt.terms[0].place.pointer == "/1/0/0"


def test_a_term_is_not_found_inside_a_longer_one_beside_it() -> None:
    prompt = makers.prompt(negative=makers.block(form=("dark castle on fire", "castle")))
    rendering = render(prompt, makers.CLAUSE, model="kling")
    receipt = prove(makers.body(rendering), model="kling", path="/", rendering=rendering)
    shorter = replace(rendering, text=rendering.text.replace(", castle", ""))

    with pytest.raises(BlockMissingError) as caught:
        prove(makers.body(shorter), model="kling", path="/", rendering=rendering)

    assert caught.value.missing == ("castle",)
    assert audit(receipt, prompt) == ()


@pytest.mark.parametrize("name", makers.DIALECTS)
def test_one_changed_character_in_a_stored_body_is_detected(name: str) -> None:
    prompt, _, receipt = _proof(name)

    assert audit(replace(receipt, body=receipt.body.replace("fox", "fax")), prompt) == ("the body as it was sent",)


@pytest.mark.parametrize("name", makers.DIALECTS)
def test_a_term_taken_out_of_a_stored_body_is_missed_even_under_a_renewed_digest(name: str) -> None:
    prompt, rendering, receipt = _proof(name)
    last = rendering.placements[-1]

    def without_last(body: str) -> str:
        head, found, rest = body.rpartition(last.wording)
        assert found
        return head + rest

    assert last.term in audit(_resealed(receipt, without_last), prompt)


def test_a_style_changed_in_a_stored_body_is_missed() -> None:
    prompt, _, receipt = _proof("field")

    assert audit(_resealed(receipt, lambda body: body.replace("ink contours", "oil contours")), prompt) == (STYLE,)


def test_a_place_that_points_into_the_dialogue_is_not_believed() -> None:
    prompt, rendering, receipt = _proof("clause")
    spoken = f"In one single shot. {rendering.text}".index("Avoid: watermark") + len("Avoid: ")
    moved = replace(receipt.terms[-1], place=replace(receipt.terms[-1].place, start=spoken))

    assert audit(replace(receipt, terms=(*receipt.terms[:-1], moved)), prompt) == ("watermark",)


def test_one_place_cannot_stand_for_two_terms() -> None:
    prompt, _, receipt = _proof("field")
    doubled = replace(receipt, terms=(*receipt.terms[:-1], replace(receipt.terms[0], term="watermark")))

    assert audit(doubled, prompt) == ("watermark",)


def _forged(negative: NegativeBlock, dialect: Dialect, *, lost: str, lean_on: str) -> tuple[str, ...]:
    """The audit of a receipt whose last term was cut out of the body and pointed at other characters instead."""
    prompt = makers.prompt(Sheet(action="A fox, watermark, a picture"), negative=negative)
    rendering = render(prompt, dialect, model="m")
    receipt = prove(makers.body(rendering), model="m", path="/", rendering=rendering)
    forged = _resealed(receipt, lambda body: body.replace(lost, ""))
    leaf = _leaf(forged, receipt.style)
    last = receipt.terms[-1]
    start = leaf.index(lean_on) + lean_on.index(last.wording)
    place = Place(pointer=receipt.style.pointer, start=start, length=len(last.wording))
    return audit(replace(forged, terms=(*receipt.terms[:-1], replace(last, place=place))), prompt)


def test_a_place_inside_that_of_another_term_is_not_believed() -> None:
    negative = makers.block(form=("dark castle", "castle"))

    assert _forged(negative, makers.CLAUSE, lost=", castle", lean_on="dark castle.") == ("castle",)


def test_a_place_inside_a_longer_word_is_not_believed() -> None:
    negative = makers.block(form=("anime", "pic"))

    assert _forged(negative, makers.MIXED, lost=", pic", lean_on="picture free") == ("pic",)


def test_a_place_in_the_prompt_text_is_not_believed_of_a_term_of_the_field() -> None:
    negative = makers.block(form=("anime", "watermark"))

    assert _forged(negative, makers.FIELD, lost="anime, watermark", lean_on="watermark, a") == ("anime", "watermark")


def test_a_clause_and_a_counterpart_of_the_same_words_each_need_their_own_place() -> None:
    negative = makers.block(form=("steady camera",), quality=("camera shake",))
    prompt = makers.prompt(negative=negative)
    rendering = render(prompt, makers.LENIENT, model="m")
    receipt = prove(makers.body(rendering), model="m", path="/", rendering=rendering)
    first, second = receipt.terms

    assert first.place != second.place
    assert audit(replace(receipt, terms=(first, replace(second, place=first.place))), prompt) == ("camera shake",)


def test_words_that_are_no_counterpart_of_the_term_are_not_believed() -> None:
    prompt, _, receipt = _proof("lenient")
    swapped = replace(receipt.terms[-1], wording=receipt.terms[0].wording, place=receipt.terms[0].place)

    assert audit(replace(receipt, terms=(*receipt.terms[:-1], swapped)), prompt) == ("watermark",)


def test_a_receipt_of_another_prompt_lacks_what_that_one_did_not_have() -> None:
    _, _, receipt = _proof("field")
    other = makers.prompt(negative=makers.block(form=("live action", "anime")), look="Gouache on paper")

    assert audit(receipt, other) == (STYLE, "anime")


def test_a_stored_body_that_is_no_json_lacks_everything() -> None:
    prompt, _, receipt = _proof("field")

    assert len(audit(replace(receipt, body="gone"), prompt)) == 2 + len(prompt.terms)


def test_a_body_with_the_motion_text_is_whole_for_a_shot_from_a_first_frame() -> None:
    prompt = makers.framed(motion="Slow drift")
    rendering = render(prompt, makers.MOTION, model="m")
    receipt = prove(makers.body(rendering), model="m", path="/", rendering=rendering)

    assert _leaf(receipt, receipt.style)[receipt.style.start :].startswith("Slow drift")
    assert audit(receipt, prompt) == ()


def test_a_body_with_the_motion_text_lacks_the_style_of_a_shot_without_a_first_frame() -> None:
    rendering = render(makers.framed(motion="Slow drift"), makers.MOTION, model="m")
    receipt = prove(makers.body(rendering), model="m", path="/", rendering=rendering)

    assert audit(receipt, makers.framed(motion="Slow drift", first=False)) == (STYLE,)


@pytest.mark.parametrize("motion", ["", "Fast drift"])
def test_a_body_with_a_motion_text_that_is_not_the_film_s_lacks_the_style(motion: str) -> None:
    rendering = render(makers.framed(motion="Slow drift"), makers.MOTION, model="m")
    receipt = prove(makers.body(rendering), model="m", path="/", rendering=rendering)

    assert audit(receipt, makers.framed(motion=motion)) == (STYLE,)


def test_a_body_that_lost_the_motion_text_is_not_proven() -> None:
    rendering = render(makers.framed(motion="Slow drift"), makers.MOTION, model="m")
    without = makers.body(replace(rendering, text=rendering.text.replace("Slow drift", makers.PAINTED)))

    with pytest.raises(BlockMissingError, match=STYLE):
        prove(without, model="m", path="/", rendering=rendering)
