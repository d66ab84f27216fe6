"""How lists say where a shot stands."""

from agent.film import Shot, ShotStatus, Wishes
from prompts.sheet import Sheet


def a_shot(*, omitted: bool) -> Shot:
    return Shot(
        id="shot-1",
        project_id="film",
        conversation_id="talk",
        number=1,
        revision=1,
        sheet=Sheet(action="a fox crosses the snow"),
        status=ShotStatus.CANCELLED,
        wishes=Wishes(),
        omitted=omitted,
    )


def test_a_shot_that_was_taken_out_of_the_list_is_omitted_and_one_that_was_called_off_is_cancelled() -> None:
    assert (a_shot(omitted=True).stands, a_shot(omitted=False).stands) == ("omitted", "cancelled")
