"""Values of the board with all but the fact under test left to their usual."""

from dataclasses import replace

from agent.film import Decision, ShotStatus
from agent.findings import Sight
from interfaces.board.values import BoardShot, BoardTake, Chip

TAKE = BoardTake(
    id="take_1",
    job_id="job_1",
    number=1,
    model="kling",
    vendor="kling",
    cost_micro_usd=420_000,
    seconds=5,
    sandbox=True,
    picked=False,
    stale=False,
    revision=1,
    created_us=0,
    decision=Decision.PASS,
    reason="",
    why=("it is able",),
    reroute=False,
    chips=(),
)
SHOT = BoardShot(
    id="shot_1",
    number=1,
    revision=1,
    conversation_id="talk",
    action="a boat leaves",
    fields=(("lens", "35mm"),),
    status=ShotStatus.DELIVERED,
    because="",
    exempt=(),
    omitted=False,
    under_way=False,
    question=None,
    progress=None,
    spent_micro_usd=420_000,
    steps=(),
    takes=(TAKE,),
)


def a_chip(sight: Sight, *, term: str = "lens flare", provoked: bool = False) -> Chip:
    """One chip."""
    return Chip(place=0, term=term, layer="quality", sight=sight, sentence="as told", provoked=provoked)


def a_shot(*takes: BoardTake) -> BoardShot:
    """A shot with these takes."""
    return replace(SHOT, takes=takes)


def a_take(*chips: Chip, picked: bool = False, stale: bool = False, drift: float | None = None) -> BoardTake:
    """A take with these chips."""
    return replace(TAKE, chips=chips, picked=picked, stale=stale, drift=drift)
