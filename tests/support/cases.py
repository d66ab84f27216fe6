"""Plans put into the form that `tests/data/cases/score.py` reads, and the open cases."""

import importlib.util
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from agent.film import Wishes
from agent.intents import (
    Ask,
    ChangeNegatives,
    ChangeStyle,
    Decide,
    ExemptTerms,
    Intent,
    Pick,
    Plan,
    Reject,
    Remark,
    Retake,
    Revise,
    Scene,
    SetBudget,
    SetRouting,
    Shoot,
)
from agent.standing import ClearNegatives, ReplaceNegatives, SetProject, SetReferenceRule
from agent.steering import Borrow, Narrow, Omit, Preview, Redo, Reorder, Revert, Undo, Which

DATA = Path(__file__).parents[1] / "data"
NAMES: Mapping[type, str] = {
    Shoot: "new_shot",
    Revise: "edit_shot",
    Pick: "select_take",
    Reject: "reject_take",
    ChangeStyle: "style_set",
    ExemptTerms: "shot_negative_exempt",
    SetBudget: "budget_set",
    SetRouting: "routing_rule",
    ReplaceNegatives: "negative_replace",
    ClearNegatives: "negative_clear",
    SetProject: "project_set",
    SetReferenceRule: "reference_rule",
    Undo: "undo",
    Redo: "redo",
    Revert: "revert",
    Preview: "preview",
    Omit: "delete_shot",
    Reorder: "reorder",
    Narrow: "batch_edit",
    Ask: "question",
    Remark: "smalltalk",
}


def lines(path: Path) -> list[Any]:
    """The records of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def scorer() -> ModuleType:
    """The scorer of the open cases, as it was published with them."""
    spec = importlib.util.spec_from_file_location("score", DATA / "cases" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def intent_name(intent: Intent) -> str:
    """An intent by the name the cases give it."""
    match intent:
        case Retake():
            return "reroute" if intent.elsewhere or intent.wishes != Wishes() else "regenerate"
        case Decide():
            return "approve" if intent.approve else "cancel"
        case ChangeNegatives():
            return "negative_remove" if intent.remove else "negative_add"
        case Borrow():
            return "edit_shot" if intent.which is None else "batch_edit"
        case _:
            return NAMES.get(type(intent), "clarify")


def intent_names(plan: Plan) -> set[str]:
    """All names a plan goes by: several revisions at once are a batch, and what is said of one shot has finer names."""
    names = {name for intent in plan.intents for name in (intent_name(intent), *_finer(intent))}
    revisions = [intent for intent in plan.intents if isinstance(intent, Revise)]
    return names | {"batch_edit"} if len(revisions) > 1 else names


def _finer(intent: Intent) -> Iterable[str]:
    match intent:
        case Revise(which=Which()):
            yield "batch_edit"
        case Revise() if intent.change.negative:
            yield "shot_negative_add"
        case Retake() if intent.which is not None or len(intent.shots) > 1:
            yield "batch_generate"
        case Retake() if intent.wishes.models:
            yield "regenerate"
        case ChangeNegatives() if intent.add and intent.remove:
            yield "negative_replace"
        case _:
            return


def scene_of(setup: Mapping[str, Any]) -> Scene:
    """What a planner may know at the beginning of a case's conversation."""
    negatives = [term for layer in setup["project"]["negatives"].values() for term in layer]
    current = setup.get("current_shot")
    return Scene(
        shots=tuple((int(number), str(shot["action"])) for number, shot in setup["shots"].items()),
        current_shot=int(current) if current else None,
        open_question="ok?" if setup.get("pending") else "",
        style=setup["project"]["style"],
        negatives=tuple(negatives),
        models=(),
    )


def english(cases: Iterable[Any]) -> list[Any]:
    """The cases in English."""
    return [case for case in cases if case["lang"] == "en"]


def after(scene: Scene, plan: Plan) -> Scene:
    """The scene once a plan's new shots and block changes are done."""
    for intent in plan.intents:
        if isinstance(intent, Shoot):
            number = max((shot for shot, _ in scene.shots), default=0) + 1
            scene = replace(scene, shots=(*scene.shots, (number, intent.drafts[0].action)), current_shot=number)
        elif isinstance(intent, ChangeNegatives):
            kept = (term for term in (*scene.negatives, *intent.add) if term not in intent.remove)
            scene = replace(scene, negatives=tuple(kept))
    return scene
