"""Rows of films that are long made: shots, jobs, receipts, takes, verdicts, and what was learned of each take."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Table

from agent.events import What
from agent.film import Route, Take
from agent.findings import Sight
from agent.jobs import Job, JobState
from agent.ledger import Entry, Trial
from memory import production, stored, tables
from prompts.blocks import Layer
from prompts.dialect import Channel
from tests.contract.store.building import NOON_US, a_prompt, a_sheet, a_verdict

SHOTS, TAKES_PER_SHOT = 250, 4
MODELS = ("kling-v3", "veo-3.1", "seedance-1.5-pro", "gen4.5")
TERMS = (
    ("photorealistic", "format"),
    ("live action", "format"),
    ("six fingers", "anatomy"),
    ("extra limbs", "anatomy"),
    ("lens flare", "quality"),
    ("watermark", "quality"),
)
EVENTS_PER_TAKE = 2

Rows = list[tuple[Table, list[dict[str, Any]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A film's ids.

    Attributes:
        last_event: Number of its last event.
    """

    id: str
    nth: int
    shots: tuple[str, ...]
    takes: tuple[str, ...]
    last_event: int

    @classmethod
    def numbered(cls, nth: int) -> "Film":
        """The film of that number."""
        shots = tuple(f"shot_{nth:05}_{number:03}" for number in range(SHOTS))
        takes = tuple(f"{shot}_{take}" for shot in shots for take in range(1, TAKES_PER_SHOT + 1))
        return cls(
            id=f"film_{nth:05}", nth=nth, shots=shots, takes=takes, last_event=(nth + 1) * len(takes) * EVENTS_PER_TAKE
        )


def rows_of(film: Film) -> Rows:
    """All rows of a film, tables that others point at first."""
    return [*_frame(film), *_shots(film), *_production(film)]


def _frame(film: Film) -> Rows:
    mine = {"project_id": film.id}
    project: dict[str, Any] = {
        "id": film.id,
        "name": film.id,
        "ceilings": {},
        "ratio": "16:9",
        "seconds": 5.0,
        "excluded": [],
        "reference_rules": [],
        "created_us": NOON_US,
    }
    talk = {**mine, "id": f"talk_{film.nth:05}", "door": "benchmark", "created_us": NOON_US}
    prompt = {**mine, "digest": a_prompt().digest, "prompt": stored.dump(a_prompt()), "created_us": NOON_US}
    return [(tables.projects, [project]), (tables.conversations, [talk]), (production.prompts, [prompt])]


def _shots(film: Film) -> Rows:
    sheet = stored.dump(a_sheet())
    fixed: dict[str, Any] = {
        "project_id": film.id,
        "conversation_id": f"talk_{film.nth:05}",
        "revision": 1,
        "sheet": sheet,
        "status": "delivered",
        "wishes": {"models": []},
        "exempt": [],
        "references": [],
        "because": "",
        "created_us": NOON_US,
    }
    turn = {
        "conversation_id": f"talk_{film.nth:05}",
        "text": "a boat",
        "reply": "done",
        "created_us": NOON_US,
        "finished_us": NOON_US,
    }
    return [
        (tables.turns, [{**turn, "id": f"turn_{shot}"} for shot in film.shots]),
        (tables.shots, [{**fixed, "id": shot, "number": nth} for nth, shot in enumerate(film.shots, 1)]),
    ]


def _production(film: Film) -> Rows:
    """A route, a job, a take with its verdict, a trial, and one entry per term; each under the take's own name."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in _KINDS}
    for nth, take_id in enumerate(film.takes):
        its = {"project_id": film.id, "shot_id": take_id.rsplit("_", 1)[0], "model": MODELS[nth % len(MODELS)]}
        number = 1 + nth % TAKES_PER_SHOT
        its["conversation_id"] = f"talk_{film.nth:05}"
        name = {"id": take_id, "take_id": take_id, "job_id": take_id, "route_id": take_id, "attempt": number}
        for kind, table in _KINDS.items():
            columns = {**its, **name} if kind == "event" else {**its, **name, "number": number}  # events are counted
            rows[kind] += [{**row, **{key: columns[key] for key in columns if key in table.c}} for row in _like(kind)]
    return [(table, rows[kind]) for kind, table in _KINDS.items()]


_KINDS = {
    "route": production.routes,
    "job": production.jobs,
    "take": production.takes,
    "verdict": production.verdicts,
    "trial": production.trials,
    "entry": production.entries,
    "event": tables.events,
}


@cache
def _like(kind: str) -> tuple[dict[str, Any], ...]:
    """Rows of that kind for one take, but for its own ids."""
    match kind:
        case "route":
            route = Route(id="", shot_id="", model="", chance=0.8, cost_micro_usd=400_000, seconds=5, reasons=("best",))
            return ({**stored.dump(route), "created_us": NOON_US},)
        case "job":
            return (stored.dump(_job()),)
        case "take":
            return (stored.dump(_take()),)
        case "verdict":
            return ({**stored.dump(a_verdict(_take())), "decided_us": NOON_US},)
        case "trial":
            layers = {Layer(layer): True for _, layer in TERMS}
            return (stored.dump(Trial(shot_id="", model="", nth_here=1, layers=layers, features={})),)
        case "entry":
            return tuple(stored.dump(_entry(term, Layer(layer))) for term, layer in TERMS)
        case _:
            said = {"data": {"share": 0.5}, "at_us": NOON_US, "turn_id": None}
            return tuple({**said, "what": what.value} for what in (What.PROGRESS, What.TAKE))


def _job() -> Job:
    return Job(
        id="",
        project_id="",
        shot_id="",
        route_id="",
        model="",
        attempt=1,
        seconds=5,
        state=JobState.KEPT,
        reserved_micro_usd=400_000,
        created_us=NOON_US,
        due_us=NOON_US,
    )


def _take() -> Take:
    return Take(
        id="",
        project_id="",
        shot_id="",
        job_id="",
        number=1,
        model="",
        prompt_digest=a_prompt().digest,
        style_version=1,
        negative_version=1,
        clip="film/take.mp4",
        sha256="cd" * 32,
        bytes=3_000_000,
        sandbox=True,
        created_us=NOON_US,
        cost_micro_usd=400_000,
        revision=1,
        seed=7,
    )


def _entry(term: str, layer: Layer) -> Entry:
    return Entry(take_id="", shot_id="", model="", term=term, layer=layer, channel=Channel.FIELD, sight=Sight.ABSENT)
