"""Requests as the scorer wants them: each message parsed on its own, before blocks and defaults are added."""

from collections.abc import AsyncGenerator, Iterable, Sequence
from pathlib import Path
from typing import Any

from agent.intents import Ask, Draft, Intent, Plan, Revise, Scene, Shoot
from agent.ports import Planner
from benchmarks.cases import Case, Prediction

TEXTS = ("lens", "lighting", "palette", "composition", "atmosphere", "mood", "attribution")
ASIDE = ("on_screen_text", "dialogue", "notes")


async def predict(cases: Sequence[Case], *, planner: Planner, folder: Path) -> AsyncGenerator[Prediction, None]:
    """What the planner makes of each message in an empty film."""
    for case in cases:
        yield prediction(str(case["id"]), await planner.plan(str(case["text"]), scene=Scene()))


def prediction(case_id: str, plan: Plan) -> dict[str, Any]:
    """A plan as the scorer wants a request: its shots and whether it asks something; and who read it."""
    drafts = list(_drafts(plan.intents))
    asks = any(isinstance(intent, Ask) for intent in plan.intents)
    shots = [shot(draft) for draft in drafts]
    return {"id": case_id, "planner": plan.planner, "n_shots": len(drafts), "has_question": asks, "shots": shots}


def shot(draft: Draft) -> dict[str, Any]:
    """A draft as the scorer wants a shot."""
    thrift = [draft.wishes.thrift.value] if draft.wishes.thrift else []
    return {
        "action": draft.action,
        "shot_size": draft.camera.shot_size,
        "angle": draft.camera.angle,
        "movement": draft.camera.movement,
        **{name: getattr(draft, name) for name in (*TEXTS, *ASIDE)},
        "duration_s": draft.seconds,
        "aspect_ratio": draft.aspect_ratio,
        "negatives_add": list(draft.negative),
        "model_preference": [*draft.wishes.models, *thrift],
        "model_exclusion": list(draft.wishes.exclude),
        "references": [
            {"ref": item.label, "use": [*item.use, *_frame(item.role.value)], "ignore": list(item.ignore)}
            for item in draft.references
        ],
    }


def _frame(role: str) -> tuple[str, ...]:
    return (role,) if role.endswith(" frame") else ()


def _drafts(intents: Sequence[Intent]) -> Iterable[Draft]:
    for intent in intents:
        if isinstance(intent, Shoot):
            yield from intent.drafts
        elif isinstance(intent, Revise):
            yield intent.change
