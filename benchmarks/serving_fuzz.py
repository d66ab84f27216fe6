"""Whatever is sent, no answer is a fault of the server's: Schemathesis over the API's own OpenAPI document.

Run as ``python -m benchmarks.serving_fuzz [--examples N] [--seed S]``. Every operation gets as many generated calls,
half of them naming a film, conversation, shot and take that there are, so that more is met than 404. Each answer is
also held against what the document says of it.
"""

import argparse
import json
import random
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import checks as general
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks

from benchmarks.serving_house import a_film, a_server

EXAMPLES = 100
MESSAGE = "low angle, Vi in the rain, neon, 35mm, 5 s"
KNOWN = 0.5  # share of the calls that name what there is
CHECKS: Any = (  # Schemathesis is typed in part
    general.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
)
STREAMS = "/events"
WAIT_S = 30
A_MOMENT_S = 0.2  # of an event stream, which has no end


@dataclass
class Fuzzed:
    """What came back.

    Attributes:
        faults: Operation and what was wrong, once each.
    """

    calls: Counter[int] = field(default_factory=Counter[int])
    operations: int = 0
    faults: dict[str, str] = field(default_factory=dict[str, str])


def fuzz(address: str, ids: Mapping[str, str], *, examples: int, seed_: int) -> Fuzzed:
    """Call every operation of the document."""
    schema: Any = schemathesis.openapi.from_url(f"{address}/api/openapi.json")
    fuzzed = Fuzzed()
    for found in schema.get_all_operations():
        _probe(found.ok(), ids, fuzzed, examples=examples, seed_=seed_)
        fuzzed.operations += 1
    return fuzzed


def main() -> int:
    """Fuzz a server of its own and print what came back; fails on any fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=EXAMPLES)
    parser.add_argument("--seed", type=int, default=7)
    given_ = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="countersteer-") as folder, a_server(Path(folder)) as address:
        with httpx.Client(base_url=address, trust_env=False, timeout=WAIT_S) as http:
            ids = a_film(http, MESSAGE)
        fuzzed = fuzz(address, ids, examples=given_.examples, seed_=given_.seed)
    for operation, fault in fuzzed.faults.items():
        print(f"{operation}: {fault}")
    statuses = {str(status): count for status, count in sorted(fuzzed.calls.items())}
    print(f"{sum(fuzzed.calls.values())} calls to {fuzzed.operations} operations: {statuses}")
    faulty = sum(count for status, count in fuzzed.calls.items() if status >= 500)
    calls = sum(fuzzed.calls.values())
    print(json.dumps({"operations": fuzzed.operations, "calls": calls, "5xx": faulty, "faults": len(fuzzed.faults)}))
    return 1 if fuzzed.faults else 0


def _probe(operation: Any, ids: Mapping[str, str], fuzzed: Fuzzed, *, examples: int, seed_: int) -> None:
    chance = random.Random(f"{seed_} {operation.label}")
    streams = operation.path.endswith(STREAMS)

    @seed(seed_)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @given(case=operation.as_strategy())
    def call(case: Any) -> None:
        if chance.random() < KNOWN:
            case.path_parameters = _named(case.path_parameters, ids)
            case.query = _named(case.query or {}, {"conversation": ids["conversation_id"]})
        _call(case, fuzzed, streams=streams)

    call()


def _named(parameters: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    """The same parameters, naming what there is."""
    return {name: known.get(name, value) for name, value in parameters.items()}


def _call(case: Any, fuzzed: Fuzzed, *, streams: bool) -> None:
    try:
        response = case.call(timeout=A_MOMENT_S if streams else WAIT_S)
    except Exception as error:
        if streams and "timed out" in str(error).lower():
            fuzzed.calls[200] += 1
            return
        fuzzed.faults.setdefault(case.operation.label, f"no answer ({error})")
        return
    fuzzed.calls[response.status_code] += 1
    try:
        case.validate_response(response, checks=CHECKS)
    except FailureGroup as failures:
        fuzzed.faults.setdefault(case.operation.label, str(failures.exceptions[0])[:600])
    except AssertionError as failure:
        fuzzed.faults.setdefault(case.operation.label, str(failure)[:600])


if __name__ == "__main__":
    raise SystemExit(main())
