"""What a batch would come to before it is begun, in money and time, and how unsure that is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from agent.acting.pricing import Quote
from agent.jobs import JobState
from agent.lines import RUNS_AT_ONCE
from agent.money import usd
from agent.policy.forecasting import Forecast, Work, forecast
from agent.spans import lasting
from agent.studio import Studio

LOOKING_S = 8.0
"""How long one take is inspected where none was yet; a starting point, the film's own takes tell after a few."""

FEWEST = 3  # clips of a model whose waits say more than what its profile declares; takes whose inspections do

_HERE = frozenset({JobState.READY, JobState.KEPT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How long things take in a film.

    Attributes:
        measured_s: From sending a take to its clip, by model, where enough clips came.
        looking_s: How long one take is inspected.
    """

    measured_s: Mapping[str, float]
    looking_s: float

    def of(self, studio: Studio, model: str) -> float:
        """What a take of that model waits for its clip, measured or as its profile declares."""
        declared_s = studio.profile(model).usual_wait_s * studio.pace_of(model)
        return self.measured_s.get(model, declared_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What so many shots come to.

    Attributes:
        chance: That one take passes, on average.
        judged: Takes of this film that the chances rest on, besides the models' starting figures.
        measured: Whether every model's wait was measured in this film.
    """

    shots: int
    forecast: Forecast
    chance: float
    judged: int
    measured: bool

    @property
    def lines(self) -> tuple[str, ...]:
        """Money and time in words, with what makes them unsure."""
        cost = self.forecast
        chances = f"{self.judged} judged takes" if self.judged else "starting figures, no take was judged yet"
        waits = "render times measured here" if self.measured else "render times as declared, not yet measured here"
        return (
            f"With re-routes it comes to about {usd(_cents(cost.likely_micro_usd))}, nine times in ten to less than "
            f"{usd(_cents(cost.most_micro_usd))}. It takes about {lasting(cost.likely_s)}, or up to "
            f"{lasting(cost.most_s)}.",
            f"That rests on {chances}, and on {waits}.",
        )


async def estimate(studio: Studio, quotes: Sequence[Quote]) -> Estimate:
    """What the quoted takes, and those that are to be expected after them, come to; of shots of one film."""
    project = await studio.store.project(quotes[0].shot.project_id)
    known = await waits(studio, project.id)
    choices = [each.choice for each in quotes if each.choice is not None]
    works = [
        work(
            studio,
            choice.model,
            waits=known,
            chance=choice.chance,
            cost_micro_usd=choice.cost_micro_usd,
            most_takes=project.ceilings.takes_per_shot,
        )
        for choice in choices
    ]
    measured = all(choice.model in known.measured_s for choice in choices)
    return Estimate(
        shots=len(works),
        forecast=foresee(works, known, measured=measured),
        chance=fmean(choice.chance for choice in choices),
        judged=len(await studio.store.trials(project.id)),
        measured=measured,
    )


async def waits(studio: Studio, project_id: str) -> Waits:
    """How long things took so far."""
    by_model: dict[str, list[float]] = {}
    for job in await studio.store.film_jobs(project_id):
        if job.state in _HERE and job.sent_us is not None:
            by_model.setdefault(job.model, []).append((job.due_us - job.sent_us) / 1e6)
    looked_s = await studio.store.looked_s(project_id)
    return Waits(
        measured_s={model: median(took) for model, took in by_model.items() if len(took) >= FEWEST},
        looking_s=median(looked_s) if len(looked_s) >= FEWEST else LOOKING_S,
    )


def work(
    studio: Studio,
    model: str,
    *,
    waits: Waits,
    chance: float,
    cost_micro_usd: int,
    most_takes: int,
    gone_s: float = 0.0,
) -> Work:
    """One shot that is to be made on a model."""
    profile = studio.profile(model)
    return Work(
        line=studio.line_of(model)[0],
        slots=studio.lines.slots(profile) or profile.slots,
        wait_s=waits.of(studio, model),
        chance=chance,
        cost_micro_usd=cost_micro_usd,
        most_takes=most_takes,
        gone_s=min(gone_s, waits.of(studio, model)),
    )


def foresee(works: Iterable[Work], known: Waits, *, measured: bool) -> Forecast:
    """What these come to, with what looking at them takes."""
    return forecast(tuple(works), looking_s=known.looking_s, looks_at_once=RUNS_AT_ONCE, measured=measured)


def _cents(micro_usd: int) -> int:
    """An estimate told to the cent, and no finer."""
    return round(micro_usd, -4)
