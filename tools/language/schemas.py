"""The JSON schema of a wire model in the subset that most servers accept."""

from typing import Any

from pydantic import BaseModel

from agent.events import Json

KEYWORDS = frozenset(
    {"type", "properties", "required", "additionalProperties", "enum", "items", "anyOf", "$defs", "$ref", "title"}
    | {"description"}
)
"""Structured output of OpenAI, vLLM, llama.cpp and Ollama has these in common; run against llguidance 1.9."""

Schema = dict[str, Any]


def schema_of(wire: type[BaseModel]) -> Schema:
    """The model's schema with constants as enums of one and tagged unions as plain ones."""
    schema: dict[str, Json] = wire.model_json_schema()
    return {key: _plain(value) for key, value in schema.items()}


def _plain(node: Json) -> Json:
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {_RENAMED.get(key, key): _plain(value) for key, value in node.items() if key != "discriminator"}
    if "const" in kept:
        kept["enum"] = [kept.pop("const")]
    return kept


_RENAMED = {"oneOf": "anyOf"}
