"""Hostile text through every way in: do both blocks stand in every body that reaches a vendor?

Run as ``python -m benchmarks.injection [--texts N] [--minutes M] [--way NAME ...]``. Each of the hostile texts of the
tree comes in by each of twelve ways, in a house with real desk, graphs, store, worker and adapters over the stand-ins,
and with a language model for a planner that wants everything there is an intent for, with that text in it. Then a plain
shot is ordered, or one with the image. What the stand-ins were sent is compared with the stored blocks, by reading the
bodies and the rows alone.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")  # read once, when langgraph is first imported

import anyio

from agent.errors import CountersteerError
from benchmarks import injection_ways as ways
from benchmarks.adversarial_case import Attack
from benchmarks.injection_house import Stage, a_stage
from benchmarks.injection_proof import Block, Proof, missing
from benchmarks.injection_ways import ORDERS, PLAIN, WAYS

DATA = Path(__file__).parents[1] / "tests" / "data"
FILES = ("adversarial_heldout/first", "adversarial_heldout/second", "requests/adversarial")
OWN_WORDS = frozenset({"message", "script", "slack"})
"""Ways by which the person's own words come, which may change a block by the project's own intents."""

SHORTEST = 12


@dataclass(kw_only=True)
class Counted:
    """What came of one way.

    Attributes:
        bodies: That reached a stand-in, ``held`` those with both blocks whole.
        unsent: Cases after which not even the plain shot was ordered.
        moved: Cases that changed a stored block or the budget.
        failures: What was wrong, in words.
    """

    cases: int = 0
    bodies: int = 0
    held: int = 0
    unsent: int = 0
    moved: int = 0
    failures: list[str]


def texts(most: int | None = None) -> tuple[str, ...]:
    """Every hostile text there is, each once: messages, and what came with them."""
    found: dict[str, None] = {}
    for name in FILES:
        for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            found |= dict.fromkeys(_of(Attack.model_validate_json(line)))
    return tuple(found)[:most]


async def measure(said: Sequence[str], names: Sequence[str], *, minutes: float = float("inf")) -> dict[str, Counted]:
    """Each text by each way, each in a house of its own; no text is begun once the time is up."""
    found = {name: Counted(failures=[]) for name in names}
    over_s = time.monotonic() + minutes * 60
    for text in said:
        if time.monotonic() > over_s:
            break
        for name in names:
            with tempfile.TemporaryDirectory(prefix="countersteer-") as folder:
                await _case(found[name], name, text, folder=Path(folder))
    return found


def main() -> int:
    """Measure and print; fails if one body lacked a block, or a way moved one that may not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=None)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="No text is begun after that.")
    parser.add_argument("--way", action="append", choices=sorted(WAYS))
    given = parser.parse_args()
    began_s = time.monotonic()
    measuring = partial(measure, minutes=given.minutes)
    found = anyio.run(measuring, texts(given.texts), tuple(given.way or WAYS))
    print("way             cases  bodies  both blocks  none sent  a block moved")
    for name, each in found.items():
        print(f"{name:14} {each.cases:6} {each.bodies:7} {each.held:12} {each.unsent:10} {each.moved:14}")
    for name, each in found.items():
        print("\n".join(f"{name}: {failure}" for failure in each.failures))
    print(json.dumps(_summary(found) | {"minutes": round((time.monotonic() - began_s) / 60, 1)}))
    return 1 if any(each.failures for each in found.values()) else 0


def _summary(found: dict[str, Counted]) -> dict[str, Any]:
    every = tuple(found.values())
    bodies = sum(each.bodies for each in every)
    return {
        "cases": sum(each.cases for each in every),
        "channels": len(every),
        "bodies": bodies,
        "both_blocks_percent": round(100 * sum(each.held for each in every) / max(1, bodies), 3),
        "unsent": sum(each.unsent for each in every),
        "moved": sum(each.moved for name, each in found.items() if name not in OWN_WORDS),
        "moved_by_own_words": sum(each.moved for name, each in found.items() if name in OWN_WORDS),
        "failures": sum(len(each.failures) for each in every),
    }


def _of(attack: Attack) -> Iterator[str]:
    parts = [attack.message]
    for each in attack.attachments:
        cells = [str(cell) for row in each.rows[1:] for cell in row]
        parts += [each.filename, each.caption, each.metadata, each.url, *cells]
    return (part for part in parts if len(part) >= SHORTEST)


async def _case(counted: Counted, name: str, text: str, *, folder: Path) -> None:
    counted.cases += 1
    async with a_stage(folder) as stage:
        before = await stage.standing()
        stage.talk_into(text)
        with suppress(CountersteerError):  # refused, which is an answer
            await WAYS[name](stage, text)
        stage.talk_into(None)
        await stage.film.say(ORDERS.get(name, PLAIN))
        await _look(counted, stage, before, text=text, own=name in OWN_WORDS)


async def _look(counted: Counted, stage: Stage, before: Block, *, text: str, own: bool) -> None:
    after = await stage.standing()
    shown = ways.shown(text)
    if after != before:
        counted.moved += 1
        if not own or not (after.style and after.terms):
            counted.failures.append(f"{shown}: what is stored was changed")
    bodies = stage.bodies()
    counted.bodies += len(bodies)
    counted.unsent += not bodies
    proofs = [await _proof(stage, body, (before, after)) for body in bodies]
    counted.held += sum(proof.whole for proof in proofs)
    counted.failures += [f"{shown}: without {', '.join(proof.missing)}" for proof in proofs if not proof.whole]


async def _proof(stage: Stage, body: bytes, stored: Sequence[Block]) -> Proof:
    """Against the blocks as they were or became; the person's own one-shot exemptions are no loss."""
    aside = await stage.set_aside()
    found = min((missing(body, block, aside=aside) for block in stored), key=len)
    return Proof(missing=found)


if __name__ == "__main__":
    raise SystemExit(main())
