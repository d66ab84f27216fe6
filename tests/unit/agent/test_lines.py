"""How many go to a vendor at once."""

from dataclasses import replace

from agent.lines import FORGETS_AFTER_S, Lines
from tests.unit.agent.policy.builders import profile

THREE = replace(profile("three"), slots=3)


def test_a_line_is_as_wide_as_its_profile_says() -> None:
    assert Lines(now_s=lambda: 0).slots(THREE) == 3


def test_each_refusal_takes_one_slot_away_and_never_the_last() -> None:
    lines = Lines(now_s=lambda: 0)
    widths: list[int] = []
    for _ in range(4):
        lines.refused(THREE)
        widths.append(lines.slots(THREE))
    assert widths == [2, 1, 1, 1]


def test_a_refusal_is_forgotten_after_a_while() -> None:
    now_s = 0.0
    lines = Lines(now_s=lambda: now_s)
    lines.refused(THREE)
    now_s = FORGETS_AFTER_S + 1
    assert lines.slots(THREE) == 3


def test_models_that_share_their_slots_are_narrowed_together_and_others_not() -> None:
    lines = Lines(now_s=lambda: 0)
    shared = replace(THREE, pooled=True)
    lines.refused(shared)
    assert lines.slots(replace(shared, name="its sister")) == 2
    assert lines.slots(replace(THREE, name="by itself")) == 3
