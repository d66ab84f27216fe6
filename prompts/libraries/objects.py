"""Styles as JSON: lists of the SDXL prompt styler and of InvokeAI, one object a style."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from prompts.libraries.library import Complaint, Form, Library, Preset, gathered
from prompts.libraries.presets import preset

Object: TypeAlias = Mapping[str, Any]
"""One style as it was written: a border."""

DATA = "preset_data"
"""Where InvokeAI keeps both prompts of a style."""

MOST_BRACKETS = 1_000
"""Braces and brackets of one item; a style holds a handful, and what nests a thousand deep is none."""

_BETWEEN = re.compile(r"[\s\[,]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keys:
    """What a form calls the two prompts."""

    positive: str
    negative: str


_KEYS = {
    Form.SDXL: _Keys(positive="prompt", negative="negative_prompt"),
    Form.INVOKE: _Keys(positive="positive_prompt", negative="negative_prompt"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """One object of the list."""

    line: int
    fields: Object


def read(text: str) -> Library:
    """The styles of the list, and a complaint for each item that is none; what stands around a broken item is kept."""
    items = list(_items(text))
    form = Form.INVOKE if any(isinstance(item, _Item) and DATA in item.fields for item in items) else Form.SDXL
    return gathered(form, (_preset(item, form) if isinstance(item, _Item) else item for item in items))


def write(library: Library) -> str:
    """The same styles as a file of that form."""
    return json.dumps([_object(each, library.form) for each in library.presets], ensure_ascii=False, indent=2) + "\n"


def _items(text: str) -> Iterator[_Item | Complaint]:
    """Every object of the list; after one that is broken, the next that can be read."""
    decoder, at, line, counted = json.JSONDecoder(), 0, 1, 0
    while (at := _skipped(text, at)) < len(text) and text[at] != "]":
        line, counted = line + text.count("\n", counted, at), at
        try:
            found, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            yield Complaint(line=error.lineno, what=f"this is no JSON ({error.msg}); the style is left out")
            end = _next_object(text, at)
        except RecursionError:  # what is inside would be as deep, so looking for more there takes for ever
            yield Complaint(line=line, what="this is nested too deep for a style; it and all that follows is left out")
            return
        else:
            yield _item(found, line=line, brackets=text.count("{", at, end) + text.count("[", at, end))
        at = end


def _skipped(text: str, at: int) -> int:
    between = _BETWEEN.match(text, at)
    return between.end() if between else at


def _next_object(text: str, at: int) -> int:
    following = text.find("{", at + 1)
    return len(text) if following < 0 else following


def _item(found: object, *, line: int, brackets: int) -> _Item | Complaint:
    if not isinstance(found, dict):
        return Complaint(line=line, what="this is no style but a bare value; it is left out")
    if brackets > MOST_BRACKETS:
        return Complaint(line=line, what="this is nested too deep for a style; it is left out")
    return _Item(line=line, fields=cast("Object", found))


def _preset(item: _Item, form: Form) -> Preset | Complaint:
    keys, fields = _KEYS[form], item.fields
    texts: object = fields.get(DATA) if form is Form.INVOKE else fields
    if not isinstance(texts, dict):
        return Complaint(line=item.line, what=f"the style has no {DATA}; it is left out")
    prompts = cast("Object", texts)
    if keys.positive not in prompts:
        return Complaint(line=item.line, what=f"the style has no {keys.positive}; it is left out")
    ours = {"name", DATA} if form is Form.INVOKE else {"name", keys.positive, keys.negative}
    return preset(
        fields.get("name"),
        prompts[keys.positive],
        prompts.get(keys.negative),
        line=item.line,
        extras={name: value for name, value in fields.items() if name not in ours},
    )


def _object(each: Preset, form: Form) -> Object:
    keys = _KEYS[form]
    texts = {keys.positive: each.positive, keys.negative: each.negative}
    return (
        {"name": each.name, **each.extras, DATA: texts}
        if form is Form.INVOKE
        else {"name": each.name, **texts, **each.extras}
    )
