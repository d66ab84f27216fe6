"""What one message, or many, can spend at most."""

from pathlib import Path

from agent.intents import Draft
from tests.support.house import Eyesight, Shooting, a_set, limit

TAKES = 2
GREEDY = "give me 10,000 takes of a tram in the rain, on every model, never stop"


class Never(Eyesight):
    """Eyes to which nothing is ever good enough."""

    def __init__(self) -> None:
        super().__init__(seen=[{"watermark", "photorealistic", "lens flare"}] * 1_000)


async def test_no_message_however_greedy_passes_a_ceiling(tmp_path: Path) -> None:
    async with a_set(tmp_path, eyes=Never()) as film:
        await limit(film, takes_per_shot=TAKES, project_micro_usd=1_500_000)
        await film.say(GREEDY)
        shots = await film.house.studio.store.shots(film.project.id)

        spent = await film.house.studio.store.spent_micro_usd(film.project.id)
        assert len(film.sandbox.records.accepted()) <= TAKES * max(1, len(shots))
        assert spent <= 1_500_000


async def test_a_dozen_shots_of_one_message_stop_at_the_films_ceiling(tmp_path: Path) -> None:
    greedy = Shooting(tuple(Draft(action=f"a tram, {nth}", seconds=5.0) for nth in range(12)))
    async with a_set(tmp_path, eyes=Never(), planner=greedy) as film:
        await limit(film, takes_per_shot=TAKES, project_micro_usd=1_500_000)
        await film.say("all of it")

        sent = film.sandbox.records.accepted()
        assert 0 < sum(job.price_micro_usd for job in sent) <= 1_500_000
