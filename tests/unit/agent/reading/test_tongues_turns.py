"""Turns in other languages: yes and no, another take, which take, from now on, and questions about the film."""

from typing import Any

import pytest

from agent.intents import Scene
from agent.reading.planner import understand
from tests.support import cases

SCENE = Scene(shots=((1, "a pier"), (2, "a boat")), current_shot=2, style="ink wash", negatives=("text",))
TURNS: list[Any] = cases.lines(cases.DATA / "turns_tongues" / "turns.jsonl")


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: turn["id"])
def test_a_turn_means_the_same_in_every_language(turn: dict[str, str]) -> None:
    names = {cases.intent_name(intent) for intent in understand(turn["said"], scene=SCENE).intents}
    assert turn["intent"] in names
