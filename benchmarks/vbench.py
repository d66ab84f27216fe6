"""Whether both blocks reach the wire: 946 public prompts, planned, assembled and written for every model there is.

Run as ``python -m benchmarks.vbench [PROMPTS]``. Two films: one with the default blocks, one in which every shot brings
the style and the negatives of another of 89 public styles. A body counts as covered when `prove` finds the style block
and every term in its final bytes and `audit` finds them again from the stored receipt. Nothing is sent.
"""

import io
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from PIL import Image

from agent.acting.shots import sheet_of
from agent.errors import UnsupportedError
from agent.intents import Draft, Scene, Shoot
from agent.jobs import Body, Order, Still
from agent.profiles import Material, Profile
from agent.reading.planner import understand
from interfaces import accounts
from prompts import defaults, pasted
from prompts.assemble import assemble
from prompts.blocks import NegativeBlock, StyleBlock
from prompts.errors import BlockMissingError, PromptError
from prompts.prompt import Prompt
from prompts.receipt import audit, prove
from prompts.references import Dimension, Reference
from prompts.render import render
from prompts.rendering import Rendering

DATA = Path(__file__).resolve().parents[1] / "tests" / "data"
SECONDS, RATIO = 5.0, "16:9"
REFERENCE = Reference(id="plate", label="1", use=(Dimension.PALETTE, Dimension.TEXTURE), ignore=(Dimension.BACKGROUND,))

Blocks = tuple[StyleBlock, NegativeBlock]
Pick = Callable[[int], Blocks]
"""The blocks of the shot of that number."""


class Composer(Protocol):
    """The half of `agent.ports.VideoModel` that needs no network."""

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """The variants it offers."""
        ...

    def compose(self, order: Order) -> Body:
        """The exact request for an order."""
        ...


@dataclass(slots=True, kw_only=True)
class Tally:
    """What became of the orders to one vendor.

    Attributes:
        bodies: Requests that were composed; ``covered`` of them with both blocks proven in them.
        refused: Orders that were refused before there was a body, by the error's name.
        channels: Terms by the channel they took.
    """

    bodies: int = 0
    covered: int = 0
    refused: Counter[str] = field(default_factory=Counter[str])
    channels: Counter[str] = field(default_factory=Counter[str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One film's bodies, by vendor.

    Attributes:
        unread: Prompts that were not understood as one shot; they reach no model.
        seconds: For all of it, planning included.
    """

    prompts: int
    unread: int
    seconds: float
    vendors: Mapping[str, Tally]

    @property
    def bodies(self) -> int:
        """Over all vendors."""
        return sum(tally.bodies for tally in self.vendors.values())

    @property
    def refused(self) -> int:
        """Likewise."""
        return sum(tally.refused.total() for tally in self.vendors.values())

    @property
    def coverage(self) -> float:
        """Share of the bodies with both blocks in them; 0 where there is no body."""
        return sum(tally.covered for tally in self.vendors.values()) / self.bodies if self.bodies else 0.0


def prompts() -> list[str]:
    """VBench's prompts, in their order."""
    return (DATA / "vbench" / "all_dimension.txt").read_text(encoding="utf-8").splitlines()


def default_blocks(number: int) -> Blocks:
    """What a new project starts from, for every shot."""
    return defaults.style(), defaults.negative()


def public_blocks() -> Pick:
    """Style and negatives of the public library, one after the other, read as a person's paste is read."""
    styles = json.loads((DATA / "styles" / "sdxl_styles_twri.json").read_text(encoding="utf-8"))
    blocks = [_blocks(style) for style in styles if style["negative_prompt"].strip()]
    return lambda number: blocks[number % len(blocks)]


def adapters() -> Mapping[str, Composer]:
    """The real adapters of every vendor, with the accounts of their stand-ins."""
    return accounts.stand_ins(base_url="http://sandbox", transport=None)


def run(texts: Sequence[str], pick: Pick, *, vendors: Mapping[str, Composer]) -> Run:
    """Every prompt for every model."""
    tallies = {name: Tally() for name in vendors}
    unread = 0
    started_s = time.perf_counter()
    for number, text in enumerate(texts):
        draft = _draft(text)
        if draft is None:
            unread += 1
            continue
        style, negative = pick(number)
        prompt = assemble(sheet_of(draft), style=style, negative=negative, references=(REFERENCE,))
        for name, vendor in vendors.items():
            for profile in vendor.profiles:
                _order(prompt, profile, vendor, tallies[name], key=f"job-{number}")
    return Run(prompts=len(texts), unread=unread, seconds=time.perf_counter() - started_s, vendors=tallies)


def main() -> None:
    """Measure both films and print."""
    texts = prompts()[: int(sys.argv[1]) if len(sys.argv) > 1 else None]
    picks = {"default blocks": default_blocks, "89 public styles": public_blocks()}
    films = {name: run(texts, pick, vendors=adapters()) for name, pick in picks.items()}
    for name, film in films.items():
        _print_table(name, film)
    print(json.dumps(_summary(films)))


def _blocks(style: Mapping[str, str]) -> Blocks:
    words = " ".join(style["prompt"].replace("{prompt}", " ").replace(" . ", ", ").split())
    return StyleBlock(text=words, version=1), pasted.read(style["negative_prompt"]).block(version=1)


def _draft(text: str) -> Draft | None:
    intents = understand(text, scene=Scene()).intents
    shoots = [intent for intent in intents if isinstance(intent, Shoot)]
    return shoots[0].drafts[0] if len(intents) == len(shoots) == 1 and len(shoots[0].drafts) == 1 else None


def _order(prompt: Prompt, profile: Profile, vendor: Composer, tally: Tally, *, key: str) -> None:
    try:
        rendering = render(prompt, profile.dialect, model=profile.name)
        body = vendor.compose(_as_order(prompt, profile, rendering, key=key))
    except (PromptError, UnsupportedError) as error:
        tally.refused[type(error).__name__] += 1
        return
    tally.bodies += 1
    tally.covered += _covered(body, prompt, rendering, model=profile.name)
    tally.channels.update(placement.channel.value for placement in rendering.placements)


def _as_order(prompt: Prompt, profile: Profile, rendering: Rendering, *, key: str) -> Order:
    """An order as the agent places it: a look reference where the model takes one, a first frame where it must."""
    goes_out = next((each for each in (Material.LOOKS, Material.WORDS) if each in profile.offers), Material.FIRST)
    looks = (_still(),) if goes_out is Material.LOOKS else ()
    seconds = profile.offers[goes_out].fit(prompt.sheet.seconds or SECONDS)
    if seconds is None:
        raise UnsupportedError(model=profile.name, what=f"{prompt.sheet.seconds} s")
    return Order(
        key=key,
        model=profile.name,
        rendering=rendering,
        seconds=seconds,
        ratio=prompt.sheet.aspect_ratio or RATIO,
        references=looks,
        first_frame=_still() if goes_out is Material.FIRST else None,
    )


def _covered(body: Body, prompt: Prompt, rendering: Rendering, *, model: str) -> bool:
    try:
        receipt = prove(body.content, model=model, path=body.path, rendering=rendering)
    except BlockMissingError:
        return False
    return not audit(receipt, prompt)


def _still() -> Still:
    buffer = io.BytesIO()
    Image.new("RGB", (2, 2), (90, 60, 40)).save(buffer, format="PNG")
    return Still(label=REFERENCE.label, data=buffer.getvalue(), media_type="image/png")


def _print_table(name: str, film: Run) -> None:
    print(f"{name}: {film.prompts} prompts, {film.unread} not read as one shot, {film.seconds:.1f} s")
    print(f"{'vendor':10}{'bodies':>8}{'covered':>9}{'refused':>9}{'field':>8}{'clause':>8}{'inverted':>10}")
    for vendor, tally in film.vendors.items():
        channels = [tally.channels[channel] for channel in ("field", "clause", "inverted")]
        share = tally.covered / tally.bodies if tally.bodies else 0.0
        print(
            f"{vendor:10}{tally.bodies:>8}{share:>9.1%}{tally.refused.total():>9}"
            f"{channels[0]:>8}{channels[1]:>8}{channels[2]:>10}"
        )
    reasons = sum((tally.refused for tally in film.vendors.values()), Counter[str]())
    print(f"refused before there was a body: {dict(reasons) or 'none'}\n")


def _summary(films: Mapping[str, Run]) -> dict[str, object]:
    """The figures with their bars: every body carries both blocks, whatever the blocks are."""
    figures = {
        name: {
            "prompts": film.prompts,
            "unread": film.unread,
            "bodies": film.bodies,
            "refused": film.refused,
            "coverage": round(film.coverage, 6),
            "seconds": round(film.seconds, 1),
            "ms_per_body": round(film.seconds * 1000 / film.bodies, 2) if film.bodies else None,
        }
        for name, film in films.items()
    }
    return {
        "benchmark": "vbench",
        "figures": figures,
        "bars": {"coverage": 1.0},
        "missed": [name for name, film in films.items() if film.coverage < 1.0],
    }


if __name__ == "__main__":
    main()
