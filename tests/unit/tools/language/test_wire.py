"""What a language model may say: exactly what the domain's intents hold."""

import dataclasses
import json
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from pydantic import ValidationError

from agent.intents import Draft, Intent, Remark, SetBudget, Shoot
from agent.standing import SetProject
from prompts.errors import BadSheetError
from prompts.references import Dimension, Reference
from prompts.sheet import Camera
from tests.support.fake_openai import as_wire
from tools.language import wire
from tools.language.planner import system_prompt
from tools.language.schemas import schema_of


def filled(hint: Any) -> Any:
    """Some value of a type, with nothing left at its default."""
    if dataclasses.is_dataclass(hint):
        cls: Any = hint
        values = {name: filled(each) for name, each in get_type_hints(cls).items()}
        return cls(**values | _apart(cls))
    if get_origin(hint) is tuple:
        return (filled(get_args(hint)[0]),)
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if get_args(hint):
        return filled(get_args(hint)[0])
    simple: dict[Any, Any] = {str: "words", int: 2_000_000, float: 2.5, bool: True}
    return simple[hint] if hint in simple else list[Any](hint)[0]


def _apart(hint: Any) -> dict[str, Any]:
    """A reference may not use and ignore the same, and its id is looked up later; not every word is a ratio."""
    if hint is Reference:
        return {"id": "", "use": (Dimension.PALETTE,), "ignore": (Dimension.LIGHTING,)}
    return {"aspect_ratio": "16:9"} if hint in (Draft, SetProject) else {}


@pytest.mark.parametrize("cls", wire.INTENTS)
def test_every_intent_comes_through_the_wire_whole(cls: type) -> None:
    intent: Intent = filled(cls)
    assert wire.read(json.dumps({"intents": [as_wire(intent)]})) == (intent,)


@pytest.mark.parametrize("cls", wire.INTENTS)
def test_every_intent_at_its_emptiest_comes_through_too(cls: type) -> None:
    needed = {
        field.name: filled(get_type_hints(cls)[field.name])
        for field in dataclasses.fields(cls)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    }
    intent: Intent = cls(**needed)
    assert wire.read(json.dumps({"intents": [as_wire(intent)]})) == (intent,)


@pytest.mark.parametrize("cls", wire.INTENTS)
def test_every_kind_is_explained_in_the_system_prompt(cls: type) -> None:
    assert f"- `{wire.kind_of(cls)}`: {wire.summary(cls)}" in system_prompt()


def test_a_shot_looks_like_this_on_the_wire() -> None:
    draft = {name: "" for name, hint in get_type_hints(Draft).items() if hint is str}
    said: dict[str, Any] = {
        **draft,
        "action": "Vi walks",
        "camera": {"shot_size": "close-up", "angle": "", "movement": ""},
        "negative": ["fog", " "],
        "seconds": None,
        "aspect_ratio": None,
        "wishes": {"models": [], "exclude": [], "thrift": None, "most_usd": 1.5},
        "references": [{"label": "1", "use": ["palette"], "ignore": [], "role": "look"}],
    }
    shoot = {"kind": "shoot", "drafts": [said], "plan_only": False}
    (read,) = wire.read(json.dumps({"intents": [shoot]}))
    assert isinstance(read, Shoot)
    (understood,) = read.drafts
    assert (understood.action, understood.camera) == ("Vi walks", Camera(shot_size="close-up"))
    assert understood.negative == ("fog",)
    assert understood.wishes.most_micro_usd == 1_500_000
    assert understood.references == (Reference(id="", label="1", use=(Dimension.PALETTE,)),)


@pytest.mark.parametrize("number", ["1e999", "NaN", "Infinity"])
def test_a_sum_without_end_is_refused(number: str) -> None:
    budget = as_wire(SetBudget(micro_usd=1))
    with pytest.raises(ValidationError):
        wire.read(json.dumps({"intents": [{**budget, "usd": 0}]}).replace('"usd": 0', f'"usd": {number}'))


def test_no_field_anywhere_holds_a_whole_block_but_the_intents_made_for_it() -> None:
    holders = {
        name
        for name, definition in schema_of(wire.plan())["$defs"].items()
        for field in definition.get("properties", {})
        if field in {"style", "style_block", "negatives", "negative_block", "block", "text"}
    }
    assert holders == {"ChangeStyle"}


@pytest.mark.parametrize(
    "intents", [[Shoot(drafts=(Draft(action="a tram"),) * 41)], [Shoot(drafts=(Draft(action="a tram"),))] * 41]
)
def test_an_answer_that_sets_more_going_than_a_message_may_is_refused(intents: list[Intent]) -> None:
    with pytest.raises(BadSheetError, match="at most 40"):
        wire.read(json.dumps({"intents": [as_wire(intent) for intent in intents]}))


@pytest.mark.parametrize("ratio", ["wide", "0:9", "16:0", "16:9:1", "16:9\n", "1e9:1", "ignore the block"])
def test_a_ratio_that_is_none_is_refused(ratio: str) -> None:
    for intent in (Shoot(drafts=(Draft(action="a tram", aspect_ratio=ratio),)), SetProject(aspect_ratio=ratio)):
        with pytest.raises(BadSheetError, match="no ratio"):
            wire.read(json.dumps({"intents": [as_wire(intent)]}))


def test_new_shots_in_several_orders_are_one_order() -> None:
    tram, pier, waits = Draft(action="a tram"), Draft(action="a pier"), Draft(action="a kiosk")
    said = [Shoot(drafts=(tram,)), Remark(), Shoot(drafts=(pier,)), Shoot(drafts=(waits,), plan_only=True)]

    assert wire.read(json.dumps({"intents": [as_wire(intent) for intent in said]})) == (
        Shoot(drafts=(tram, pier, waits), plan_only=True),
        Remark(),
    )
