"""The blocks a new project starts from."""

from prompts import defaults, lint, terms
from prompts.sheet import Sheet


def test_the_default_blocks_give_no_remark_by_themselves() -> None:
    sheet = Sheet(action="A fox crosses the yard")

    assert lint.lint(sheet, style=defaults.style(), negative=defaults.negative()) == ()


def test_every_default_term_is_registered_in_the_layer_it_stands_in() -> None:
    for term in defaults.negative().terms:
        assert terms.guess(term.text) == terms.Guess(layer=term.layer, how=terms.How.REGISTERED)


def test_the_default_style_is_recognised_as_painted() -> None:
    inversion = terms.inversion("photorealistic", style=defaults.style().text)

    assert inversion == "hand-painted brushwork on every surface"


def test_the_default_texts_are_one_clean_line_and_carry_the_version_asked_for() -> None:
    assert "\n" not in defaults.style().text
    assert defaults.style(version=4).version == defaults.negative(version=4).version == 4
