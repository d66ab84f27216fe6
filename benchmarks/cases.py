"""Predictions for any file of evaluation cases, in the form that its scorer reads.

Run as ``python -m benchmarks.cases {requests|turns|adversarial|shotlists|negatives} IN [--planner rules|model]
--out PREDICTIONS``. IN holds one JSON object per line, each with an ``id``; nothing else about it is assumed here. One
prediction is written per case, as soon as it is there, so that a run that is broken off keeps what it has.

How a set joins: ``benchmarks/cases_<set>.py`` offers an async generator of the shape of `Predict`. It is imported only
when its set is asked for. It yields one prediction per case, in the order of the cases, each with the case's ``id``;
it starts whatever it needs (a house, a sandbox, fakes) itself, and it never reads the case's ``expect``.

With ``--planner model`` the language model of the settings (``COUNTERSTEER_LLM__MODEL``, ``OPENAI_BASE_URL``) reads the
messages, and the rules take over where it fails, as in the product. The line that ends a run says how many messages
each of them read, and what asking took; in US dollars where ``COUNTERSTEER_LLM__USD_PER_MILLION_READ`` and
``COUNTERSTEER_LLM__USD_PER_MILLION_WRITTEN`` name the model's prices.
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, TextIO, TypeAlias

from pydantic import TypeAdapter, ValidationError

from agent.ports import Planner
from agent.reading.planner import RulePlanner
from benchmarks.cases_asked import Counted
from interfaces.settings import Settings
from tools.language.client import LanguageModel
from tools.language.metering import Price
from tools.language.planner import FallbackPlanner, ModelPlanner

SETS = ("requests", "turns", "adversarial", "shotlists", "negatives")

Case: TypeAlias = Mapping[str, Any]
"""One line of a file of cases, as it was read: a border."""

Prediction: TypeAlias = Mapping[str, Any]
"""What the project makes of a case, as JSON values."""


_CASE: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])


class Predict(Protocol):
    """What ``benchmarks/cases_<set>.py`` offers under the name ``predict``."""

    def __call__(self, cases: Sequence[Case], *, planner: Planner, folder: Path) -> AsyncGenerator[Prediction, None]:
        """Predictions in the order of the cases; ``folder`` is where their file lies, for files that they name."""
        ...


def read(path: Path) -> list[Case]:
    """The cases of a file.

    Raises:
        SystemExit: A line is no JSON object with an id; the message names it.
    """
    cases: list[Case] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            cases.append(_parsed(line, where=f"{path}, line {number}"))
    return cases


def predictor(name: str) -> Predict:
    """The predictor of a set, imported now."""
    predict: Predict = import_module(f"benchmarks.cases_{name}").predict
    return predict


@asynccontextmanager
async def planner_named(name: str) -> AsyncGenerator[Planner]:
    """The rule-based planner, or the settings' language model with the rules behind it.

    Raises:
        SystemExit: A model is asked for and the settings name none.
    """
    if name == "rules":
        yield RulePlanner()
        return
    settings = Settings()
    if not settings.llm.model:
        raise SystemExit("no language model is set; name one in COUNTERSTEER_LLM__MODEL, or use --planner rules")
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else "none"
    address = settings.openai_base_url or "https://api.openai.com/v1"
    read, written = settings.llm.usd_per_million_read, settings.llm.usd_per_million_written
    price = None if read is None or written is None else Price(read=read, written=written)
    model = LanguageModel(base_url=address, api_key=key, model=settings.llm.model, price=price)
    try:
        yield FallbackPlanner(ModelPlanner(model), RulePlanner())
    finally:
        await model.close()


async def write(predict: Predict, cases: Sequence[Case], *, planner: Planner, folder: Path, out: TextIO) -> int:
    """Predict every case, a line each; returns how many were written."""
    written = 0
    async for prediction in predict(cases, planner=planner, folder=folder):
        out.write(json.dumps(prediction, ensure_ascii=False) + "\n")
        out.flush()
        written += 1
    return written


def main() -> None:
    """Read the arguments, predict, and say what was written."""
    arguments = _arguments()
    source: Path = arguments.source
    cases = read(source)
    started_s = time.perf_counter()
    written, asked = asyncio.run(_run(arguments, cases, source.parent))
    elapsed = round(time.perf_counter() - started_s, 3)
    told = {"set": arguments.set, "planner": arguments.planner, "cases": len(cases), "written": written, "s": elapsed}
    print(json.dumps({**told, **asked}, ensure_ascii=False))
    sys.exit(0 if written == len(cases) else 1)


async def _run(arguments: argparse.Namespace, cases: Sequence[Case], folder: Path) -> tuple[int, dict[str, Any]]:
    """How many predictions were written, and who read what for how much."""
    predict = predictor(arguments.set)
    async with planner_named(arguments.planner) as planner:
        counted = Counted(planner)
        with arguments.out.open("w", encoding="utf-8") as out:
            return await write(predict, cases, planner=counted, folder=folder, out=out), counted.told()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cases", description="Predict a file of cases.")
    parser.add_argument("set", choices=SETS)
    parser.add_argument("source", metavar="IN", type=Path)
    parser.add_argument("--planner", choices=("rules", "model"), default="rules")
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


def _parsed(line: str, *, where: str) -> Case:
    try:
        case = _CASE.validate_json(line)
    except ValidationError as error:
        raise SystemExit(f"{where}: {error.errors()[0]['msg']}; one JSON object per line is wanted") from error
    if "id" not in case:
        raise SystemExit(f"{where}: a case is a JSON object with an id")
    return case


if __name__ == "__main__":
    main()
