"""How well the inspector sees: any folder of clips whose faults are known, inspected and counted.

Run as ``python -m benchmarks.inspection MANIFEST.jsonl --out FINDINGS.jsonl``. A line of the manifest is a case:
``{id, clip, references: [paths], style, references_ignore: [...], terms: [...], expect: {term: seen | absent}}``; paths
count from the manifest, and all but ``clip`` may be left out. Two more keys are read where they are there: ``fault`` (a
name to count by) and ``noticed`` (false where a viewer would not notice it). Only the checks are asked, no judge.

It prints tables and, last, one JSON object. FINDINGS gets a line per case as soon as the case is done.
"""

import argparse
import asyncio
import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import anyio

from benchmarks import inspection_cases, inspection_figures
from benchmarks.inspection_cases import Case, Outcome
from benchmarks.inspection_figures import Row
from tools.checks import registry
from tools.eyes import Inspector


async def run(cases: Sequence[Case], *, folder: Path, out: Path, without: Collection[str] = ()) -> list[Outcome]:
    """Every case, one after the other, so that computing time is its own; without the checks of those names."""
    inspector = Inspector([check for check in registry.discover() if check.name not in without])
    outcomes: list[Outcome] = []
    async with await anyio.open_file(out, "w", encoding="utf-8") as findings:
        for case in cases:
            outcome = await inspection_cases.inspect(case, folder=folder, inspector=inspector)
            outcomes.append(outcome)
            await findings.write(f"{outcome.as_line()}\n")
            await findings.flush()
    return outcomes


def main() -> None:
    """Inspect a manifest and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="where the findings go, a line per case")
    parser.add_argument("--without", nargs="*", default=[], metavar="CHECK", help="checks that are not asked")
    given = parser.parse_args()
    cases = inspection_cases.read(given.manifest)
    outcomes = asyncio.run(run(cases, folder=given.manifest.parent, out=given.out, without=given.without))
    terms, checks = inspection_figures.by_term(outcomes), inspection_figures.by_check(outcomes)
    faults = inspection_figures.by_fault(outcomes)
    accused, overall = inspection_figures.accused(outcomes), inspection_figures.overall(outcomes)
    _print_table("term", terms)
    _print_table("fault: term", faults)
    _print_table("check: fault", checks)
    for name, found in accused.items():
        print(f"accused without a fault: {name}: {', '.join(found)}")
    tables = {"terms": terms, "faults": faults, "checks": checks}
    figures = {name: inspection_figures.as_json(rows) for name, rows in tables.items()}
    print(
        json.dumps(
            {"benchmark": "inspection", "manifest": given.manifest.name, **overall, "accused": accused, **figures}
        )
    )


def _print_table(what: str, rows: Iterable[Row]) -> None:
    heads = ("faulty", "sound", "AUC", "precis.", "seen", "unsure", "absent", "blind", "f.alarm", "doubted")
    print(f"\n{what:42}" + "".join(f"{head:>9}" for head in heads))
    for row in rows:
        counts = f"{row.faulty:>9}{row.sound:>9}{_number(row.auc, '.3f')}"
        shares = (row.precision, row.recall, row.unsure, row.missed, row.blind, row.false_seen, row.doubted)
        print(f"{row.name:42}{counts}" + "".join(_number(share, ".0%") for share in shares))


def _number(value: float | None, form: str) -> str:
    return f"{'-' if value is None else format(value, form):>9}"


if __name__ == "__main__":
    main()
