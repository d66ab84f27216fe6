"""The form a language model answers in, made from the domain's own dataclasses.

There is no second list of intents or fields to keep in step: what `agent.intents` holds is what a model may say, and
nothing else. Every field is required, and an object with a field too many is refused.
"""

import types
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from agent.intents import Intent, Shoot
from prompts.errors import BadSheetError
from prompts.references import Reference
from tools.language import bounds

INTENTS: tuple[type, ...] = get_args(get_args(Intent)[0])

_LOOKED_UP = {(Reference, "id"): ""}
"""Fields that no message states, with what they hold until the program fills them."""

_MICRO_USD = "micro_usd"


class Wire(BaseModel):
    """What all parts of an answer have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


@cache
def plan() -> type[Wire]:
    """The form of the whole answer: a list of intents, told apart by their ``kind``."""
    each: Any = Annotated[_either(form(kind) for kind in INTENTS), Field(discriminator="kind")]
    return create_model("Plan", __base__=Wire, __doc__="The whole answer.", intents=(_list(each), ...))


@cache
def form(cls: type) -> type[Wire]:
    """The form of one dataclass; ``kind`` comes first, so that a model writes the rest knowing it."""
    stated = sorted(_stated(cls).items(), key=lambda field: field[0] != "kind")
    columns: dict[str, Any] = {_said(field): (_form_of(hint, field), ...) for field, hint in stated}
    return create_model(cls.__name__, __base__=Wire, __doc__=summary(cls), **columns)


def summary(cls: type) -> str:
    """The first paragraph of its docstring, as a language model may read it."""
    first = (cls.__doc__ or "").strip().split("\n\n")[0]
    return " ".join(first.split()).replace("``None``", "null").replace("``", '"')


def read(answer: str) -> tuple[Intent, ...]:
    """The intents of an answer.

    Raises:
        ValidationError: It does not have the form.
        BadSheetError: There is no intent in it, or one holds a value that cannot be.
    """
    said = plan().model_validate_json(answer).model_dump()["intents"]
    if not said:
        raise BadSheetError("intents is empty; answer `unclear` when the message asks for nothing")
    kinds = {kind_of(cls): cls for cls in INTENTS}
    understood: tuple[Intent, ...] = tuple(_built(kinds[each["kind"]], each) for each in said)
    bounds.refuse_many(understood)
    return _together(understood)


def kind_of(cls: type) -> str:
    """What an intent is called on the wire."""
    return str(get_args(get_type_hints(cls)["kind"])[0])


def _together(intents: tuple[Intent, ...]) -> tuple[Intent, ...]:
    """New shots as one order in the place of the first, for shots are named by it. One that waits makes all wait."""
    orders = [intent for intent in intents if isinstance(intent, Shoot)]
    if len(orders) < 2:
        return intents
    drafts = tuple(draft for order in orders for draft in order.drafts)
    whole = Shoot(drafts=drafts, plan_only=any(order.plan_only for order in orders))
    return tuple(
        whole if intent is orders[0] else intent
        for intent in intents
        if intent is orders[0] or not isinstance(intent, Shoot)
    )


def _stated(cls: type) -> Mapping[str, Any]:
    """Names and types of the fields that a message may state."""
    hints = get_type_hints(cls)
    return {field.name: hints[field.name] for field in fields(cls) if (cls, field.name) not in _LOOKED_UP}


def _said(field: str) -> str:
    """A field's name on the wire: money is said in dollars."""
    return field.removesuffix(_MICRO_USD) + "usd" if field.endswith(_MICRO_USD) else field


def _form_of(hint: Any, field: str) -> Any:
    """A type on the wire."""
    if is_dataclass(hint):
        return form(hint)  # type: ignore[arg-type]  # it is a class here, never an instance
    match _origin(hint):
        case "tuple":
            return _list(_form_of(_item(hint), field))
        case "union":
            return _either(_form_of(each, field) for each in get_args(hint))
        case _:
            return float if hint is int and field.endswith(_MICRO_USD) else hint


def _built(hint: Any, said: Any, field: str = "") -> Any:
    """The domain's value for what was said; what it holds has the form already."""
    if said is None:
        return None
    if is_dataclass(hint):
        cls: Any = hint
        values = {name: _built(each, said[_said(name)], name) for name, each in _stated(cls).items()}
        unsaid = {name: value for (owner, name), value in _LOOKED_UP.items() if owner is cls}
        return bounds.checked(cls(**values, **unsaid))
    match _origin(hint):
        case "tuple":
            return tuple(_built(_item(hint), each, field) for each in said if each != "" and str(each).strip())
        case "union":
            return _built(next(each for each in get_args(hint) if each is not types.NoneType), said, field)
        case _:
            return bounds.micro_usd(said) if field.endswith(_MICRO_USD) else said


def _origin(hint: Any) -> Literal["tuple", "union", "plain"]:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return "union"
    return "tuple" if origin is tuple else "plain"


def _item(hint: Any) -> Any:
    return get_args(hint)[0]


def _list(of: Any) -> Any:
    return types.GenericAlias(list, (of,))


def _either(hints: Iterable[Any]) -> Any:
    return Union[tuple(hints)]  # noqa: UP007 - there is no other way to spell one made while running
