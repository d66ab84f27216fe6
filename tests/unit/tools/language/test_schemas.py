"""The wire schemas: in the subset that most servers accept, and compiled by a real constrained decoder."""

import json
from collections.abc import Iterator

import pytest
from llguidance import LLMatcher

from agent.events import Json
from tools.language import wire
from tools.language.judge_wire import schema_for
from tools.language.schemas import KEYWORDS, Schema, schema_of

SCHEMAS = {"plan": schema_of(wire.plan()), "judge": schema_for(("lens flare", "text"))}


@pytest.fixture(params=list(SCHEMAS.values()), ids=list(SCHEMAS))
def schema(request: pytest.FixtureRequest) -> Schema:
    chosen: Schema = request.param
    return chosen


def nodes(node: Json) -> Iterator[dict[str, Json]]:
    """Every schema within a schema; names of properties and definitions are no keywords."""
    if isinstance(node, list):
        for each in node:
            yield from nodes(each)
    elif isinstance(node, dict):
        yield node
        for key, value in node.items():
            named = key in ("properties", "$defs")
            inner = list(value.values()) if named and isinstance(value, dict) else value
            yield from nodes(inner if named or key in ("items", "anyOf") else [])


def test_only_the_keywords_that_most_servers_know_are_used(schema: Schema) -> None:
    assert {key for node in nodes(schema) for key in node} <= KEYWORDS


def test_every_object_is_closed_and_requires_all_its_fields(schema: Schema) -> None:
    objects = [node for node in nodes(schema) if node.get("type") == "object"]
    assert objects
    for node in objects:
        assert node["additionalProperties"] is False
        fields = node["properties"]
        assert isinstance(fields, dict)
        assert node["required"] == list(fields)


def test_a_constrained_decoder_compiles_it(schema: Schema) -> None:
    grammar = LLMatcher.grammar_from_json_schema(json.dumps(schema))
    assert LLMatcher.validate_grammar(grammar) == ""
