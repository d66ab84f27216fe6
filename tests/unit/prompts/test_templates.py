"""Templates and their holes."""

import pytest

from prompts import templates
from prompts.errors import PromptError

HOLES = {
    "planner": frozenset({"kinds"}),
    "planner_turn": frozenset({"scene", "message"}),
    "judge": frozenset[str](),
    "judge_question": frozenset({"terms"}),
    "judge_question_again": frozenset({"terms"}),
    "schema": frozenset({"schema"}),
    "repair": frozenset({"problems"}),
}


def test_every_template_has_the_holes_its_value_fills() -> None:
    assert {name: templates.holes(name) for name in templates.names()} == HOLES


def test_an_open_hole_is_named() -> None:
    with pytest.raises(PromptError, match="scene is missing"):
        templates.fill("planner_turn", message="hello")


def test_a_value_without_a_hole_is_named() -> None:
    with pytest.raises(PromptError, match="style has no hole"):
        templates.fill("planner", style="painted")


def test_an_unknown_template_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(PromptError, match="no template 'editor'; there is judge"):
        templates.fill("editor")


def test_a_value_is_not_searched_for_holes() -> None:
    assert "$scene {" in templates.fill("planner_turn", scene="{}", message="$scene {")


def test_a_digest_tells_templates_apart() -> None:
    assert len({templates.digest(name) for name in templates.names()}) == len(HOLES)
