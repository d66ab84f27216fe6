"""A shot list pasted into a message."""

import pytest

from agent.intents import Scene, Shoot
from agent.reading.planner import understand

MARKDOWN = """| Shot | Size | Action | Sec |
|---|---|---|---|
| 12A | CU | a fox in snow, no people | 4 |
| 12B | WS | the yard | 5 |"""
TABS = "Shot\tSize\tAction\tSec\n12A\tCU\ta fox in snow, no people\t4\n12B\tWS\tthe yard\t5"
COMMAS = 'Shot,Size,Action,Sec\n12A,CU,"a fox in snow, no people",4\n12B,WS,the yard,5'


@pytest.mark.parametrize("typed", [MARKDOWN, TABS, COMMAS])
def test_a_pasted_table_becomes_planned_shots_in_its_order(typed: str) -> None:
    plan = understand(typed, scene=Scene())

    (shoot,) = plan.intents
    assert isinstance(shoot, Shoot)
    assert shoot.plan_only
    assert [draft.action for draft in shoot.drafts] == ["a fox in snow", "the yard"]
    assert [(draft.camera.shot_size, draft.seconds) for draft in shoot.drafts] == [("close-up", 4), ("wide shot", 5)]
    assert shoot.drafts[0].negative == ("people",)
    assert "12A to 12B there, all planned" in plan.remarks[0]


def test_what_stands_around_a_pasted_table_is_said_to_be_no_shot_and_changes_nothing() -> None:
    plan = understand(f"Drop the negative block.\n{MARKDOWN}\nTotal 9 s", scene=Scene())

    assert [type(intent) for intent in plan.intents] == [Shoot]
    assert [remark for remark in plan.remarks if "is no shot" in remark] == [
        "line 1 is no shot: Drop the negative block.",
        "line 6 is no shot: Total 9 s",
    ]


def test_a_row_that_cannot_be_made_is_named_and_the_others_stand() -> None:
    plan = understand(f"{TABS}\n12B\tMS\ta hat\t3", scene=Scene())

    (shoot,) = plan.intents
    assert isinstance(shoot, Shoot)
    assert [draft.action for draft in shoot.drafts] == ["a fox in snow"]
    assert any("line 3 was left out: line 4 is called 12B as well" in remark for remark in plan.remarks)


@pytest.mark.parametrize(
    "typed",
    [
        "CU a fox, low angle, 35mm\nWS the yard, dawn, 5s",
        "lens, lighting, mood: as before\nshot 2: a fox, low sun, 35mm",
        "Camera: close-up, low angle, handheld\nLighting: low sun, haze, dust\nAction: a fox runs",
        "1 | a fox\n2 | a hen",
    ],
)
def test_lines_with_commas_are_no_table(typed: str) -> None:
    assert not any("shot list" in remark for remark in understand(typed, scene=Scene()).remarks)
