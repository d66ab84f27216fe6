"""What a film costs per clean shot: the agent against other ways to make the same film, in the sandbox.

Run as ``python -m benchmarks.loop [--shots N] [--seed S] [--jobs N] [--keep FOLDER] [--rivals NAME ...]``. Every rival
makes the same shots in the same style with the same stand-ins, renderer, checks, judge, ceilings and takes per shot;
only the choice of the next model differs. Three more choose as the agent does, and somebody else looks: nobody,
chance, or one that knows what was drawn. A shot is *clean* when it was delivered and the stand-ins' own record says
that nothing the block forbids was drawn in it. The sandbox is a stated model (docs/sandbox.md): the figures compare
ways to choose inside it, and say nothing about real vendors.
"""

import os

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")  # read once, when langgraph is first imported

import argparse
import itertools
import json
import multiprocessing
import random
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from agent.acting.shots import sheet_of
from agent.film import Ceilings
from agent.intents import Scene, Shoot
from agent.reading.planner import understand
from benchmarks import loop_rivals, vbench
from benchmarks.loop_film import Made, make
from prompts import defaults
from prompts.lint import lint

SHOTS = 164
SECONDS = (3, 4)  # short, so that drawing stays quick
OTHER_LOOKS = ("style", "black and white", "animated", "painting")
"""Words of a public prompt that ask for another look than the film's; such prompts are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One rival's film.

    Attributes:
        clean: Delivered shots with nothing forbidden in them.
        asked_back: Shots that wait for the person, ``clean_asked`` of them with a clean take shown first.
    """

    shots: int
    delivered: int
    clean: int
    asked_back: int
    clean_asked: int
    takes: int
    usd: float

    @property
    def takes_per_clean(self) -> float:
        """Over all takes of the film, as is the cost; infinite where nothing is clean."""
        return self.takes / self.clean if self.clean else float("inf")

    @property
    def usd_per_clean(self) -> float:
        """Likewise."""
        return self.usd / self.clean if self.clean else float("inf")

    @property
    def clean_share(self) -> float:
        """Of the delivered shots."""
        return self.clean / self.delivered if self.delivered else 0.0

    @property
    def usd_and_worth(self) -> float:
        """The cost and, for each shot without a clean take delivered or shown first, what a finished shot is worth."""
        without = self.shots - self.clean - self.clean_asked
        return self.usd + without * Ceilings().shot_worth_micro_usd / 1e6


def shots(number: int, *, seed: int) -> list[str]:
    """Messages, each one shot: public prompts drawn by the seed, three or four seconds long.

    Prompts that ask for another look, or for something the block forbids, are left out: a person would be asked first.
    """
    texts = vbench.prompts()
    random.Random(seed).shuffle(texts)
    fitting = (text for text in texts if not any(look in text for look in OTHER_LOOKS) and not _contradicts(text))
    drawn = itertools.islice(fitting, number)
    return [f"new shot: {text.rstrip('.')}, {SECONDS[place % len(SECONDS)]} s" for place, text in enumerate(drawn)]


def figures(made: Sequence[Made]) -> Figures:
    """What the shots of one film add up to."""
    delivered, asked = ([shot for shot in made if shot.delivered is handed] for handed in (True, False))
    return Figures(
        shots=len(made),
        delivered=len(delivered),
        clean=sum(shot.clean for shot in delivered),
        asked_back=len(asked),
        clean_asked=sum(shot.clean for shot in asked),
        takes=sum(len(shot.models) for shot in made),
        usd=sum(shot.cost_micro_usd for shot in made) / 1e6,
    )


def films(names: Sequence[str], texts: Sequence[str], *, seed: int, jobs: int, kept: Path) -> dict[str, list[Made]]:
    """Every rival's film; ``jobs`` of them at once, with clips and looks shared in a folder."""
    one = partial(make, texts=texts, seed=seed, kept=kept)
    if jobs == 1:
        return {name: one(name) for name in names}
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        return dict(zip(names, pool.map(one, names), strict=True))


def missed(of: Mapping[str, Figures]) -> list[str]:
    """Where the agent does not win: takes or cost per clean shot against each other way to choose, or its eyes."""
    agent = of[loop_rivals.AGENT]
    seeing = {name: o for name, o in of.items() if name != loop_rivals.AGENT and name not in loop_rivals.INSPECTED}
    takes = [
        f"takes per clean shot: {name}" for name, o in seeing.items() if o.takes_per_clean <= agent.takes_per_clean
    ]
    cost = [f"cost per clean shot: {name}" for name, o in seeing.items() if o.usd_per_clean <= agent.usd_per_clean]
    return [*takes, *cost, *_eyes_worth_nothing(of)]


def _eyes_worth_nothing(of: Mapping[str, Figures]) -> list[str]:
    """Where worse eyes give as clean a film, or better ones no cheaper one."""
    agent = of[loop_rivals.AGENT]
    worse = (loop_rivals.BLIND, loop_rivals.GUESSING)
    clean = [f"clean share: {name}" for name in worse if name in of and of[name].clean_share >= agent.clean_share]
    knowing = of.get(loop_rivals.KNOWING)
    dearer = knowing is not None and knowing.usd_per_clean >= agent.usd_per_clean
    return [*clean, *([f"cost per clean shot: {loop_rivals.KNOWING}"] if dearer else [])]


def main() -> None:
    """Make all films and print."""
    asked = _arguments()
    texts = shots(asked.shots, seed=asked.seed)
    started_s = time.monotonic()
    with tempfile.TemporaryDirectory() as fresh:
        kept = asked.keep or Path(fresh)
        kept.mkdir(parents=True, exist_ok=True)
        made = films(asked.rivals, texts, seed=asked.seed, jobs=asked.jobs, kept=kept)
    of = {name: figures(shots) for name, shots in made.items()}
    _print_table(of)
    for name, film in made.items():
        models = Counter(model for shot in film for model in shot.models)
        faults = Counter(str(fault) for shot in film if shot.delivered for fault in shot.faults or ())
        print(f"{name}: takes by model {dict(models.most_common())}; in delivered takes {dict(faults.most_common())}")
    summary = {
        "benchmark": "loop",
        "shots": asked.shots,
        "seed": asked.seed,
        "seconds": round(time.monotonic() - started_s),
        "figures": {name: _rounded(one) for name, one in of.items()},
        "bars": "fewer takes and less money per clean shot than any other way to choose; cleaner than with blind or "
        "guessing eyes, cheaper with all-seeing ones",
        "missed": missed(of),
    }
    print(f"\n{json.dumps(summary)}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Takes and cost per clean shot, against other ways to choose.")
    parser.add_argument("--shots", type=int, default=SHOTS)
    parser.add_argument("--rivals", nargs="+", default=loop_rivals.names(), metavar="NAME", help="the agent among them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="films made at once")
    parser.add_argument("--keep", type=Path, help="where clips and looks stay for another run of the same code")
    return parser.parse_args()


def _contradicts(text: str) -> bool:
    intents = understand(text, scene=Scene()).intents
    drafts = [draft for intent in intents if isinstance(intent, Shoot) for draft in intent.drafts]
    sheets = [sheet_of(draft) for draft in drafts]
    return any(lint(sheet, style=defaults.style(), negative=defaults.negative()) for sheet in sheets)


def _print_table(of: Mapping[str, Figures]) -> None:
    print(
        f"{'':22}{'delivered':>10}{'clean':>7}{'of them':>9}{'asked back':>12}{'clean':>7}{'takes':>7}"
        f"{'takes/clean':>13}{'$':>8}{'$/clean':>9}{'$ + worth':>11}"
    )
    for name, one in of.items():
        print(
            f"{name:22}{one.delivered:>10}{one.clean:>7}{one.clean_share:>9.1%}{one.asked_back:>12}"
            f"{one.clean_asked:>7}{one.takes:>7}{one.takes_per_clean:>13.2f}{one.usd:>8.2f}"
            f"{one.usd_per_clean:>9.2f}{one.usd_and_worth:>11.2f}"
        )
    print()


def _rounded(one: Figures) -> dict[str, float]:
    return {
        "delivered": one.delivered,
        "clean": one.clean,
        "clean_share": round(one.clean_share, 4),
        "asked_back": one.asked_back,
        "clean_asked": one.clean_asked,
        "takes": one.takes,
        "takes_per_clean": round(one.takes_per_clean, 3),
        "usd": round(one.usd, 2),
        "usd_per_clean": round(one.usd_per_clean, 3),
        "usd_and_worth": round(one.usd_and_worth, 2),
    }


if __name__ == "__main__":
    main()
