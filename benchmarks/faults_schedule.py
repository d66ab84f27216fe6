"""What goes wrong in one schedule, drawn from its seed and from nothing else."""

import random
from dataclasses import dataclass

from tools.sandbox.faultplan import Mishap, Rule

VENDORS = ("Kling", "Veo", "Seedance", "Runway", "fal", "Gemini")
SHOTS = ("a boat on the river, wide, 4 s", "a lamp in a window, close-up, 5 s", "rain on a tin roof, 5 s")
LOWERED = "budget is $2"
MOVES = (
    *("yes", "no", "shot 1 again", "cancel shot 1", "cancel shot 2", "shot 2: closer, and no smoke"),
    *("add 'smoke' to the negative block", LOWERED, "budget is $50", "delete shot 2", "undo"),
)
WIRES = ("google", "kling", "seedance", "runway", "fal", "gemini", "*")
FAILPOINTS = ("submit.intent_saved", "submit.sending", "submit.sent", "submit.accepted")
SEEN = (frozenset[str](), frozenset({"live action"}), frozenset({"blurry"}), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """One life of the program, from its start to its crash or rest.

    Attributes:
        says: What the person says in it, in order.
        crash_at: Failpoint it dies at, and at which passing; ``None`` for none.
        crash_before_commit: Which transaction is the last it does not finish; 0 for none.
        full_at: From which transaction on the disk is full; ``full_for``: for how many; 0 for none.
        clip_full_at: Which clip finds no room; 0 for none.
        jump_s: What the wall clock jumps by when that many jobs were asked for (``jump_at``).
    """

    says: tuple[str, ...] = ()
    crash_at: tuple[str, int] | None = None
    crash_before_commit: int = 0
    full_at: int = 0
    full_for: int = 0
    clip_full_at: int = 0
    jump_s: float = 0.0
    jump_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Everything that goes wrong with one small batch.

    Attributes:
        strikes: Share of requests that something happens to.
        lives: The last one is quiet: nothing new goes wrong in it.
        seen: What the eyes see in the first, second, ... take; ``None`` where looking itself fails.
        side_by_side: Whether shots move at the same time; then a seed need not replay to the letter.
    """

    seed: int
    rules: tuple[Rule, ...]
    strikes: float
    lives: tuple[Life, ...]
    seen: tuple[frozenset[str] | None, ...]
    skew_s: float
    side_by_side: bool

    @property
    def lowers_a_ceiling(self) -> bool:
        """Whether the person lowers one, under what may have been spent by then."""
        return any(LOWERED in life.says for life in self.lives)


def drawn(seed: int) -> Schedule:
    """The schedule of a seed."""
    chance = random.Random(seed)
    lives = [_life(chance, first=nth == 0) for nth in range(chance.choice((1, 1, 2, 2, 3)))]
    return Schedule(
        seed=seed,
        rules=tuple(_rule(chance) for _ in range(chance.choice((0, 0, 1, 2, 3)))),
        strikes=chance.choice((0.0, 0.0, 0.05, 0.15, 0.3)),
        lives=(*lives, Life()),
        seen=tuple(chance.choices(SEEN, weights=(5, 2, 1, 1), k=6)),
        skew_s=chance.choice((0.0, 0.0, 600.0, -600.0)),
        side_by_side=chance.random() < 0.25,
    )


def _life(chance: random.Random, *, first: bool) -> Life:
    shots = [f"{words}, with {chance.choice(VENDORS)}" for words in SHOTS[: chance.randint(1, 3)]] if first else []
    moves = chance.choices(MOVES, k=chance.choice((0, 1, 2)))
    ends = chance.random()
    return Life(
        says=(*shots, *moves),
        crash_at=(chance.choice(FAILPOINTS), chance.randint(1, 3)) if ends < 0.35 else None,
        crash_before_commit=chance.randint(1, 90) if 0.35 <= ends < 0.7 else 0,
        full_at=chance.randint(1, 90) if chance.random() < 0.3 else 0,
        full_for=chance.choice((1, 1, 3, 10)),
        clip_full_at=chance.randint(1, 2) if chance.random() < 0.15 else 0,
        jump_s=chance.choice((-600.0, 600.0, -7200.0)),
        jump_at=chance.randint(1, 20) if chance.random() < 0.2 else 0,
    )


def _rule(chance: random.Random) -> Rule:
    nth = tuple(sorted(chance.sample(range(1, 5), chance.randint(0, 2))))
    return Rule(mishap=chance.choice(tuple(Mishap)), vendor=chance.choice(WIRES), nth=nth)
