"""The JSON Schema of scripts, made from the form; ``python -m interfaces.script.schema`` writes the published file."""

import json
from pathlib import Path
from typing import Any

from agent.events import What
from interfaces.script import vocabulary
from interfaces.script.form import Script

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "script.schema.json"
HEAD = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A scripted conversation of Countersteer",
    "description": "Name this file in the first line of a script: # yaml-language-server: $schema=PATH",
}
HOLE = {"type": "string", "pattern": r"\$\{[^}]+\}"}
"""Where a figure or a choice stands, a variable may stand instead."""


def text() -> str:
    """The schema as it is published."""
    return json.dumps(document(), ensure_ascii=False, indent=2) + "\n"


def document() -> dict[str, Any]:
    """The form, with the fields that each kind of event, a shot and the film can be asked for."""
    form = Script.model_json_schema(mode="validation")
    parts: dict[str, Any] = form["$defs"]
    parts["Came"]["allOf"] = [_fields_of(what) for what in What]
    parts["ShotStands"]["properties"]["where"] |= _asked(vocabulary.shot_fields())
    parts["FilmStands"]["properties"]["film"] |= _asked(vocabulary.film_fields())
    for part in (form, *parts.values()):
        part["properties"] = {name: _or_hole(rule) for name, rule in part.get("properties", {}).items()}
    return {**HEAD, **{key: value for key, value in form.items() if key not in HEAD}}


def _fields_of(what: What) -> dict[str, Any]:
    """Which fields an expectation of that kind of event may name."""
    known = dict.fromkeys(vocabulary.events()[what].fields, "")
    return {
        "if": {"properties": {"event": {"const": what.value}}},
        "then": {"properties": {"where": {"properties": {name: {} for name in known}, **_names(known)}}},
    }


def _asked(fields: Any) -> dict[str, Any]:
    return {"properties": {name: {"description": words} for name, words in fields.items()}, **_names(fields)}


def _names(fields: Any) -> dict[str, Any]:
    return {"propertyNames": {"pattern": rf"^({'|'.join(fields)})(\..+)?$"}}


def _or_hole(rule: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {name: rule[name] for name in ("title", "description", "default") if name in rule}
    kinds = rule.get("anyOf") or [{name: value for name, value in rule.items() if name not in told}]
    if not any(kind.get("type") in ("integer", "number", "boolean") for kind in kinds):
        return rule
    return {**told, "anyOf": [*kinds, HOLE]}


if __name__ == "__main__":
    PUBLISHED.write_text(text(), encoding="utf-8")
