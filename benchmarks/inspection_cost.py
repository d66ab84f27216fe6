"""What looking costs: computing time over plain decoding, and memory, for 8 s at 24 per second.

Run as ``python -m benchmarks.inspection_cost``: one thread, H.264 at 3.7 Mbit/s (1080p) and 2.2 Mbit/s (720p), three
references, every base check. A table with the checks, then one JSON object. The base checks are those of cuts, freezes,
flicker, sharpness, halos, light, palette and cast, style and copied layouts; checks that read letters or look for
copies are bought extra, with the terms that need them. The process that an examination runs in is counted apart.
"""

import io
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

import anyio
import av
import numpy as np
from PIL import Image

from agent.jobs import Still
from benchmarks import footage_drawn, inspection_cases
from benchmarks.footage_filters import Pixels
from prompts.references import Dimension, Reference
from tools import confined, media, stills
from tools.checks import registry
from tools.confined import Bounds
from tools.examining import Task
from tools.viewing import Check, Viewing

BASE = (
    *("blur", "cast drift", "color cast", "composition", "cut", "flicker", "frozen", "light", "light drift"),
    *("oversharpened", "palette", "style"),
)
RATES = {1080: 3_700_000, 720: 2_200_000}
BARS = {1080: 1.5, 720: 1.9}
MEMORY_BAR_MIB = 200
FRAMES, FPS, REFERENCES = 192, 24, 3
TRIALS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One size in figures; times are the least of some trials, memory is the most of one examination."""

    plain_s: float
    decode_s: float
    checks_s: float
    over_plain: float
    memory_mib: float
    by_check: dict[str, float]


def main() -> None:
    """Measure both sizes and print."""
    with tempfile.TemporaryDirectory() as folder:
        costs = {lines: measure(lines, Path(folder)) for lines in RATES}
    for lines, cost in costs.items():
        print(
            f"{lines}p: plain decoding {cost.plain_s:.2f} s, with the base checks {cost.over_plain:.2f} times as much"
        )
        for name, spent_s in sorted(cost.by_check.items(), key=lambda pair: -pair[1]):
            print(f"  {name:16}{spent_s:8.3f} s")
    missed = [f"{lines}p" for lines, cost in costs.items() if cost.over_plain > BARS[lines]]
    missed += ["memory"] if costs[1080].memory_mib > MEMORY_BAR_MIB else []
    figures = {f"{lines}p": asdict(cost) for lines, cost in costs.items()}
    bars = {**{f"{lines}p": bar for lines, bar in BARS.items()}, "memory_mib": MEMORY_BAR_MIB}
    print(json.dumps({"benchmark": "inspection_cost", "figures": figures, "bars": bars, "missed": missed}))


def measure(lines: int, folder: Path) -> Cost:
    """The cost of one clip of that height."""
    clip = folder / f"{lines}.mp4"
    references = _write(clip, lines=lines)
    plain_s = _least_s(partial(_plain, clip))
    decode_s = _least_s(partial(_decode, clip))
    viewing = _viewing(clip, references)
    by_check = {check.name: _least_s(partial(check.look, viewing)) for check in _base()}
    checks_s = sum(by_check.values())
    return Cost(
        plain_s=round(plain_s, 3),
        decode_s=round(decode_s, 3),
        checks_s=round(checks_s, 3),
        over_plain=round((decode_s + checks_s) / plain_s, 2),
        memory_mib=anyio.run(_memory_mib, clip, references),
        by_check={name: round(spent_s, 3) for name, spent_s in by_check.items()},
    )


def _base() -> list[Check]:
    return [check for check in registry.discover() if check.name in BASE]


def _write(clip: Path, *, lines: int) -> tuple[Still, ...]:
    """A walk through a painted land in fresh grain, at the bit rate of a vendor's clip; stills of the same hand."""
    drawings = footage_drawn.take(4, frames=FRAMES // 4, painted=True)
    size = (lines * 16 // 9, lines)
    rng = np.random.default_rng(1)
    with av.open(str(clip), mode="w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = *size, "yuv420p", RATES[lines]
        for at in range(FRAMES):
            whole = np.asarray(Image.fromarray(drawings[at // 4]).resize(size, Image.Resampling.BICUBIC))
            grained = np.clip(whole + rng.normal(0, 6, (*whole.shape[:2], 1)), 0, 255).astype(np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(grained, format="rgb24")))
        container.mux(stream.encode(None))
    return tuple(_still(footage_drawn.still(4 + 3 * at, painted=True), at) for at in range(REFERENCES))


def _still(rgb: Pixels, at: int) -> Still:
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, format="PNG")
    return Still(label=str(at), data=out.getvalue(), media_type="image/png")


def _viewing(clip: Path, references: tuple[Still, ...]) -> Viewing:
    """The clip with its references, of which one is barred from lending its layout."""
    told = [Reference(id="0", label="0", ignore=(Dimension.COMPOSITION,))]
    decoded, _ = stills.read(references, references=told)
    return Viewing(reel=media.decode(clip), stills=decoded)


def _plain(clip: Path) -> None:
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        for _ in container.decode(stream):
            pass


def _decode(clip: Path) -> None:
    media.decode(clip).luma.sum()  # what the checks share is made on the way


def _least_s(work: Callable[[], object]) -> float:
    """Computing time of the quickest of some trials: others share the machine."""
    spent: list[float] = []
    for _ in range(TRIALS):
        started_s = time.process_time()
        work()
        spent.append(time.process_time() - started_s)
    return min(spent)


async def _memory_mib(clip: Path, references: tuple[Still, ...]) -> float:
    """The most memory that a whole examination holds, in the process that it has for itself."""
    task = Task(
        clip=clip, terms=(), checks=tuple(replace(check, always=True) for check in _base()), references=references
    )
    return await confined.run(inspection_cases.held_mib, task, bounds=Bounds())


if __name__ == "__main__":
    main()
