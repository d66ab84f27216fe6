"""How well looks part by a person's labels: ten accepted and ten rejected takes, tested on scenes not among them.

Run as ``python -m benchmarks.style_labels OUT --from FOLDER...``; the folders hold what `footage_sources.toml` names,
and OUT gets the clips, which are not made again. A pair plays a film: takes in its style are accepted, takes in the
other rejected, drawn again and again from half of the photographs and films; told apart are those of the other half.

It prints a line per pair and, last, one JSON object. ``seen`` and ``accused`` are shares of the rejected and of the
accepted style past the threshold that the twenty labels gave.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from agent.findings import Sight, read
from agent.learning import LOOK_KIND, Axis
from benchmarks import footage_sources, style_takes
from benchmarks.style_takes import FLAT, LIVE, PAINTED, SOLID, Styled
from tools import media, parting, stylistics
from tools.parting import Seen

DRAWS = 60
SIZES = (10, 20)
LABELS = 10
"""Of each kind that ``seen`` and ``accused`` are told for."""

HARD = (
    ("oil", LIVE),
    ("watercolour", LIVE),
    ("ink", LIVE),
    ("poster", LIVE),
    ("oil", "watercolour"),
    ("watercolour", "ink"),
    (SOLID, LIVE),
    (LIVE, SOLID),
)
EASY = ((FLAT, LIVE), (PAINTED, LIVE), (PAINTED, FLAT), (FLAT, SOLID))
"""Drawings of one generator are alike in more than their medium; they are told apart from what counts."""

Looks = Mapping[str, Mapping[str, tuple[float, ...]]]
"""By style, then by scene."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One pair: AUC by number of labels of each kind, and what the threshold did at ten."""

    pair: tuple[str, str]
    auc: Mapping[int, float]
    seen: float
    accused: float


def main() -> None:
    """Make the takes, draw the labels and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--from", dest="folders", type=Path, nargs="+", required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    looks = looked(style_takes.made(footage_sources.listed(given.folders), given.out))
    for style, scenes in looks.items():
        print(f"{style}: {len(scenes)} takes")
    hard, easy = ([result(looks, pair) for pair in pairs] for pairs in (HARD, EASY))
    for each in (*hard, *easy):
        told = "  ".join(f"{size}+{size} {value:.3f}" for size, value in each.auc.items())
        print(f"{' accepted, '.join(each.pair):42} rejected: {told}  seen {each.seen:.0%}, accused {each.accused:.0%}")
    figures = {" / ".join(each.pair): {"auc": each.auc, "seen": each.seen, "accused": each.accused} for each in hard}
    mean = {size: float(np.mean([each.auc[size] for each in hard if size in each.auc])) for size in SIZES}
    print(json.dumps({"benchmark": "style labels", "kind": LOOK_KIND, "hard_mean_auc": mean, "hard": figures}))


def looked(takes: Iterable[Styled]) -> Looks:
    """How every take looks."""
    looks: dict[str, dict[str, tuple[float, ...]]] = {}
    for take in takes:
        looks.setdefault(take.style, {})[take.scene] = stylistics.look(media.decode(take.clip))
    return looks


def result(looks: Looks, pair: tuple[str, str]) -> Result:
    """One pair, with labels drawn again and again."""
    rng = np.random.default_rng(len("".join(pair)))
    draws = {size: list(_draws(looks, pair, size, rng)) for size in SIZES}
    return Result(
        pair=pair,
        auc={size: float(np.mean([auc for auc, _, _ in found])) for size, found in draws.items() if found},
        seen=float(np.mean([seen for _, seen, _ in draws[LABELS]])),
        accused=float(np.mean([accused for _, _, accused in draws[LABELS]])),
    )


def _draws(
    looks: Looks, pair: tuple[str, str], size: int, rng: np.random.Generator
) -> Iterator[tuple[float, float, float]]:
    """AUC, share seen and share accused of each draw. Half the photographs and films give labels, the others the test;
    a split that leaves a style without labels enough is drawn anew, at most so often."""
    sources = sorted({_source(scene) for style in pair for scene in looks[style]})
    for _ in range(DRAWS):
        labelling = set(rng.permutation(sources)[: len(sources) // 2].tolist())
        given, left = ([_part(looks[style], labelling, inside=inside) for style in pair] for inside in (True, False))
        if min(map(len, given)) < size or min(map(len, left)) == 0:
            continue
        accepted, rejected = (_some(each, size, rng) for each in given)
        axis = parting.learn(accepted, rejected, kind=LOOK_KIND)
        assert axis is not None
        sound, faulty = ([parting.value(seen.look, axis) for seen in each] for each in left)
        yield parting.auc(sound, faulty), _past(faulty, axis), _past(sound, axis)


def _some(looks: Sequence[Seen], size: int, rng: np.random.Generator) -> list[Seen]:
    return [looks[int(nth)] for nth in rng.permutation(len(looks))[:size]]


def _part(looks: Mapping[str, tuple[float, ...]], sources: set[str], *, inside: bool) -> list[Seen]:
    return [
        Seen(shot=_source(scene), look=look) for scene, look in looks.items() if (_source(scene) in sources) is inside
    ]


def _source(scene: str) -> str:
    """The photograph, film or drawing a scene is of."""
    return scene.partition(" at ")[0]


def _past(values: Sequence[float], axis: Axis) -> float:
    sights = [read(value, guard=axis.guard, threshold=axis.threshold) for value in values]
    return sights.count(Sight.SEEN) / max(1, len(sights))


if __name__ == "__main__":
    main()
