"""Computing time of one examination, part by part; run in the process whose cost is told."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from agent.jobs import Still
from benchmarks import inspection_cases
from prompts.references import Dimension, Reference
from tools import media, stills, stylistics
from tools.checks import registry
from tools.viewing import Check, Viewing

BOUGHT = ("copied cast", "copied flare", "duplicates", "subtitles", "text", "watermark")

Answer = TypeVar("Answer")


def base() -> tuple[Check, ...]:
    """The checks that need nothing but the clip and references."""
    return tuple(check for check in registry.discover() if check.name not in BOUGHT)


def spent(clip: Path, references: Sequence[Still], trials: int) -> list[dict[str, float]]:
    """Seconds for plain decoding, for decoding as the checks need it, and for each of them, some times over.

    A judge is shown frames that no check looks at; they are left out, as they are where nobody is to be asked.
    """
    told = [Reference(id="0", label="0", ignore=(Dimension.COMPOSITION,))]  # one is barred from lending its layout
    decoded, _ = stills.read(references, references=told)
    rows: list[dict[str, float]] = []
    for _ in range(trials):
        plain_s = inspection_cases.decoding_s(clip)
        decode_s, reel = _timed(partial(media.decode, clip, moments=0))
        viewing = Viewing(reel=reel, stills=decoded)
        checks = {check.name: _timed(partial(check.look, viewing))[0] for check in base()}
        look_s, _ = _timed(partial(stylistics.look, reel))
        rows.append({"plain": plain_s, "decode": decode_s, **checks, "look": look_s})
    return rows


def _timed(work: Callable[[], Answer]) -> tuple[float, Answer]:
    started_s = time.process_time()
    answer = work()
    return time.process_time() - started_s, answer
