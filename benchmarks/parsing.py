"""How long the rules take to read a message, and how that grows with its length.

Run as ``python -m benchmarks.parsing``. Typical messages are read in an empty film and in one with shots, each reading
with another subject in it, so that none was read before; then messages of up to 100,000 characters, each repeating
words that some reader looks for, once as the product reads them (it stops at `planner.MOST_CHARACTERS` and says so) and
once with that cap taken away, so that the readers' own growth shows. Times are of the processor, not of the wall, since
other programs may run beside it. The last line is one JSON object.
"""

import json
import statistics
import time
from collections.abc import Sequence

from agent.intents import Scene
from agent.reading import planner

SUBJECTS = (
    "Mara", "the harbour", "a heron", "Ansel", "two divers", "the old mill", "her left hand", "a chess board",
    "the choir", "Vi and Oskar", "a red tram", "the lighthouse", "his boots", "a loaf of bread",
    "the referee", "an empty pool",
)  # fmt: skip
LENGTHS = (1_000, 10_000, 100_000)
BARS = {"typical_ms": 5.0, "longest_s": 1.0, "growth": 2.0}

TYPICAL = (
    "CU {}, rain, 35mm, dolly in, 5s",
    "Wide of {} at dawn, mist, locked off, no people, no text, 8 seconds, 16:9, cheapest model",
    'Medium close-up of {} by the radio, cold light from the left, he says "not tonight", 50mm, slow push in, 6s',
    "1) ECU {} 2) MS he lights the stove 3) WS the hut glows in the snow. All handheld, 3s each, no flare",
    "use ref 2 for palette only, ignore its background; two-shot of {}, dusk, not Runway, avoid: text, blur",
    "shot 1: warmer on {}, and lose the fog",
)
PIECES = (
    "no cars, ", "without a hat ", "snow falls, ", '"', "cut to a ", "wide ", "- x\n", "use veo, ", "5s ", "(",
    "one a ", "not a ", "keep the x out ", "Shot 1: a. ", "is not visible ", "No A ", "avoid: a, ", "a sign says ",
    "she says: ", "A",
)  # fmt: skip

FILM = Scene(shots=((1, "a girl walks"),), current_shot=1, negatives=("text",), references=(("1", ""), ("2", "")))


def parse_ms(texts: Sequence[str], *, scene: Scene) -> float:
    """The median time of a parse in milliseconds, after the first, which reads the word lists."""
    times: list[float] = []
    for text in texts:
        started_s = time.process_time()
        planner.understand(text, scene=scene)
        times.append((time.process_time() - started_s) * 1000)
    return statistics.median(times[1:])


def typical() -> dict[str, float]:
    """Milliseconds by message, the slower of an empty film and a film with shots."""
    halves = (Scene(), SUBJECTS[::2]), (FILM, SUBJECTS[1::2])
    return {
        text: max(parse_ms([text.format(each) for each in subjects], scene=scene) for scene, subjects in halves)
        for text in TYPICAL
    }


def long_s(piece: str, *, lengths: Sequence[int] = LENGTHS) -> list[float]:
    """Seconds for a message that repeats a piece, by length."""
    return [parse_ms([piece, piece * (length // len(piece))], scene=FILM) / 1000 for length in lengths]


def growth(times: Sequence[float]) -> float:
    """How much slower a character of the longest message is than one of the message before; 1 is linear."""
    per_character = [seconds / length for seconds, length in zip(times, LENGTHS, strict=True)]
    return per_character[-1] / per_character[-2]


def main() -> None:
    """Measure, print a table, and the figures."""
    short = typical()
    for text, taken in short.items():
        print(f"{taken:8.2f} ms  {text[:90]}")
    capped_s = max(long_s(piece, lengths=LENGTHS[-1:])[0] for piece in PIECES)
    planner.MOST_CHARACTERS = max(LENGTHS)
    worst: dict[str, list[float]] = {}
    print(f"{'piece':18}" + "".join(f"{length:>10}" for length in LENGTHS) + "    growth")
    for piece in PIECES:
        worst[piece] = long_s(piece)
        print(f"{piece!r:18}" + "".join(f"{taken:9.3f}s" for taken in worst[piece]) + f"{growth(worst[piece]):10.2f}")
    print(json.dumps({"bars": BARS, **_figures(short, worst), "longest_s": round(capped_s, 3)}))


def _figures(short: dict[str, float], worst: dict[str, list[float]]) -> dict[str, float]:
    return {
        "typical_ms": round(max(short.values()), 3),
        "uncapped_s": round(max(times[-1] for times in worst.values()), 3),
        "growth": round(max(growth(times) for times in worst.values()), 2),
    }


if __name__ == "__main__":
    main()
