"""Marks in what was sent."""

import json

from interfaces.page import marking
from interfaces.page.marking import LONGEST_ASIDE, Piece
from prompts.dialect import Channel
from prompts.receipt import Place, Receipt, TermPlace

TEXT = "Painted. A fox. Avoid: text, smoke."


def receipt(*terms: TermPlace, **more: str) -> Receipt:
    """One whose prompt begins with its style."""
    return Receipt(
        model="kling",
        path="/v1",
        body=json.dumps({"prompt": TEXT, **more}),
        sha256="",
        style=Place(pointer="/prompt", start=0, length=8),
        terms=terms,
    )


def at(start: int, length: int) -> TermPlace:
    """A term that stands there."""
    place = Place(pointer="/prompt", start=start, length=length)
    return TermPlace(term="text", channel=Channel.CLAUSE, wording="text", place=place)


def test_the_pieces_are_the_text_as_it_was_sent_with_both_blocks_marked() -> None:
    leaf = marking.leaves(receipt(at(29, 5), at(23, 4)))[0]

    assert "".join(piece.text for piece in leaf.pieces) == TEXT
    assert [piece for piece in leaf.pieces if piece.mark] == [
        Piece("Painted.", "style"),
        Piece("text", "negative"),
        Piece("smoke", "negative"),
    ]


def test_one_counterpart_that_stands_for_two_terms_is_shown_once() -> None:
    leaf = marking.leaves(receipt(at(23, 4), at(23, 4)))[0]

    assert "".join(piece.text for piece in leaf.pieces) == TEXT


def test_an_image_in_a_body_is_cut_and_that_is_said() -> None:
    leaf = marking.leaves(receipt(image="A" * (LONGEST_ASIDE + 7)))[1]

    assert (len(leaf.pieces[0].text), leaf.left_out, leaf.marked) == (LONGEST_ASIDE, 7, False)
