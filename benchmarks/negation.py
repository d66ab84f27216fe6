"""Whether the rules find what a prompt says is absent, and nothing else: public prompts with and without negations.

Run as ``python -m benchmarks.negation IN...``. A JSON-lines file holds prompts with ids (``{"id": .., "prompt": ..}``);
those that are labelled in ``tests/data/negation/absences.jsonl`` are scored by thing. A file of controls is one whose
name says so; any negative in it is false. A text file holds a prompt per line (VBench); a negative in it is false
unless ``tests/data/negation/stated.jsonl`` says that the prompt states it. The last line is one JSON object.
"""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.intents import Scene, Shoot
from agent.reading.planner import understand
from agent.reading.words import singular, words

LABELS = Path(__file__).resolve().parents[1] / "tests" / "data" / "negation"
BARS = {"precision": 0.90, "recall": 0.90, "controls_with_negatives": 0, "unstated_share": 0.003}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A prompt, and what it says is absent.

    Attributes:
        absent: Groups of accepted wordings, one group per thing.
        optional: Wordings that may be named without being asked for.
    """

    id: str
    text: str
    absent: tuple[tuple[str, ...], ...] = ()
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was found in a prompt: things rightly, things missed, terms that nobody said."""

    prompt: Prompt
    found: int
    missed: tuple[str, ...]
    false: tuple[str, ...]


def read(path: Path) -> list[Prompt]:
    """The prompts of a file with their labels; an unlabelled prompt has none absent."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if path.suffix != ".jsonl":
        stated = _records("stated.jsonl")
        return [_stated(line.strip(), stated) for line in lines]
    labels = {record["id"]: record for record in _records("absences.jsonl")}
    prefix = "control-" if "control" in path.stem else ""
    return [_labelled(json.loads(line), labels, prefix=prefix) for line in lines]


def judge(prompt: Prompt) -> Reading:
    """The rules' reading of a prompt, against its labels."""
    terms = [term for draft in _drafts(prompt.text) for term in draft]
    hit = [group for group in prompt.absent if any(_names(term, name) for term in terms for name in group)]
    accepted = [*prompt.optional, *(name for group in prompt.absent for name in group)]
    return Reading(
        prompt=prompt,
        found=len(hit),
        missed=tuple(group[0] for group in prompt.absent if group not in hit),
        false=tuple(term for term in terms if not any(_names(term, name) for name in accepted)),
    )


def figures(readings: Sequence[Reading]) -> dict[str, Any]:
    """Precision and recall over things, and the share of prompts with a term that nobody said."""
    found = sum(reading.found for reading in readings)
    missed = sum(len(reading.missed) for reading in readings)
    false = sum(len(reading.false) for reading in readings)
    wrong = sum(bool(reading.false) for reading in readings)
    return {
        "prompts": len(readings),
        "things": found + missed,
        "precision": round(found / (found + false), 4) if found + false else None,
        "recall": round(found / (found + missed), 4) if found + missed else None,
        "prompts_with_false_negatives": wrong,
        "share": round(wrong / len(readings), 5) if readings else None,
    }


def main() -> None:
    """Read every file, print what went wrong, a table, and the figures."""
    rows: dict[str, dict[str, Any]] = {}
    for name in sys.argv[1:]:
        path = Path(name)
        readings = [judge(prompt) for prompt in read(path)]
        _print_faults(readings)
        rows[path.name] = figures(readings)
    print(f"{'file':32} {'prompts':>8} {'things':>7} {'precision':>10} {'recall':>8} {'false in':>9}")
    for name, row in rows.items():
        shown = (row["prompts"], row["things"], row["precision"] or "-", row["recall"] or "-")
        print(
            f"{name:32} {shown[0]:8} {shown[1]:7} {shown[2]:>10} {shown[3]:>8} {row['prompts_with_false_negatives']:9}"
        )
    print(json.dumps({"bars": BARS, "files": rows}))


def _drafts(text: str) -> list[tuple[str, ...]]:
    intents = understand(text, scene=Scene()).intents
    return [draft.negative for intent in intents if isinstance(intent, Shoot) for draft in intent.drafts]


def _names(term: str, name: str) -> bool:
    """Whether a term holds the name, word for word, plurals aside."""
    return f" {_folded(name)} " in f" {_folded(term)} "


def _folded(text: str) -> str:
    return " ".join(singular(word.text) for word in words(re.sub(r"[-_]", " ", text)))


def _records(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (LABELS / name).read_text(encoding="utf-8").splitlines()]


def _labelled(record: Mapping[str, Any], labels: Mapping[str, Mapping[str, Any]], *, prefix: str) -> Prompt:
    label = labels.get(f"{prefix}{record['id']}", {})
    absent = tuple(tuple(group) for group in label.get("absent", ()))
    return Prompt(id=record["id"], text=record["prompt"], absent=absent, optional=tuple(label.get("optional", ())))


def _stated(text: str, stated: Sequence[Mapping[str, str]]) -> Prompt:
    terms = tuple(record["term"] for record in stated if text.startswith(record["begins"]))
    return Prompt(id=text[:40], text=text, optional=terms)


def _print_faults(readings: Sequence[Reading]) -> None:
    for reading in readings:
        if reading.missed or reading.false:
            print(f"{reading.prompt.id}: missed {list(reading.missed)}, false {list(reading.false)}")


if __name__ == "__main__":
    main()
