"""Whatever bytes come in: no crash, nothing outside of the folder, no connection, and memory within a limit.

Run as ``python -m benchmarks.fuzz [--inputs N] [--seed S]``, or with ``--target NAME --nth N`` for one input again.
Inputs are samples of each kind, damaged: bits, runs, cuts, and words that parsers trip over. An input may be refused in
the project's own errors and in no other way. The process allows itself 512 MiB; what it connects to and writes is told
by the interpreter.
"""

import argparse
import json
import random
import resource
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import anyio

from benchmarks import fuzz_targets
from benchmarks.adversarial_watch import Deeds, watched
from benchmarks.fuzz_targets import Target

INPUTS = 200_000
MOST_MIB = 512


@dataclass(kw_only=True)
class Fuzzed:
    """What came of it.

    Attributes:
        taken: Inputs that were understood, by target; the rest was refused.
        crashes: What to run again, and what happened.
    """

    inputs: dict[str, int] = field(default_factory=dict[str, int])
    taken: dict[str, int] = field(default_factory=dict[str, int])
    crashes: list[str] = field(default_factory=list[str])
    escapes: list[str] = field(default_factory=list[str])


async def fuzz(inputs: int, *, seed: int, folder: Path) -> Fuzzed:
    """As many inputs, shared out among the targets by what each costs."""
    fuzzed = Fuzzed()
    targets = fuzz_targets.build(folder)
    whole = sum(target.share for target in targets.values())
    with watched() as deeds:
        for name, target in targets.items():
            count = round(inputs * target.share / whole)
            fuzzed.inputs[name] = count
            fuzzed.taken[name] = 0
            for nth in range(count):
                await _try(fuzzed, name, target, seed=seed, nth=nth)
    fuzzed.escapes += _escapes(deeds, folder)
    return fuzzed


def main() -> int:
    """Fuzz and print; fails on a crash, an escape, or too much memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=INPUTS)
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--target")
    parser.add_argument("--nth", type=int, default=0)
    given = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MIB << 20, MOST_MIB << 20))
    began_s = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="countersteer-") as folder:
        if given.target:
            return anyio.run(_again, Path(folder), given.target, given.seed, given.nth)
        fuzzed = anyio.run(_all, given.inputs, given.seed, Path(folder))
    held_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("target       inputs  understood")
    for name, count in fuzzed.inputs.items():
        print(f"{name:10} {count:8} {fuzzed.taken[name]:11}")
    print("\n".join((*fuzzed.crashes, *fuzzed.escapes)))
    print(json.dumps(_summary(fuzzed, held_mib) | {"minutes": round((time.monotonic() - began_s) / 60, 1)}))
    return 1 if fuzzed.crashes or fuzzed.escapes or held_mib > MOST_MIB else 0


def _summary(fuzzed: Fuzzed, held_mib: float) -> dict[str, float]:
    return {
        "inputs": sum(fuzzed.inputs.values()),
        "crashes": len(fuzzed.crashes),
        "escapes": len(fuzzed.escapes),
        "memory_mib": round(held_mib),
    }


async def _all(inputs: int, seed: int, folder: Path) -> Fuzzed:
    return await fuzz(inputs, seed=seed, folder=folder)


async def _again(folder: Path, name: str, seed: int, nth: int) -> int:
    """One input, its bytes shown and its error let out."""
    target = fuzz_targets.build(folder)[name]
    data = target.make(_chance(name, seed, nth))
    print(repr(data))
    await target.read(data)
    return 0


async def _try(fuzzed: Fuzzed, name: str, target: Target, *, seed: int, nth: int) -> None:
    data = target.make(_chance(name, seed, nth))
    try:
        await target.read(data)
    except target.refusals:
        return
    except Exception as error:  # what is looked for
        again = f"--seed {seed} --target {name} --nth {nth}"
        fuzzed.crashes.append(f"{again}: {type(error).__name__}: {str(error)[:200]}")
        return
    fuzzed.taken[name] += 1


def _chance(name: str, seed: int, nth: int) -> random.Random:
    return random.Random(f"{seed} {name} {nth}")


def _escapes(deeds: Deeds, folder: Path) -> list[str]:
    outside = [file for file in deeds.within(folder) if file.startswith("..")]
    return [*(f"connected to {host}" for host in deeds.hosts), *(f"wrote {file}" for file in outside)]


if __name__ == "__main__":
    raise SystemExit(main())
