"""The two blocks as the settings show them: lint, length, history, and what a change would make stale."""

from collections.abc import Iterator
from dataclasses import dataclass

from agent.acting.by_hand import terms_between
from agent.film import Take
from agent.studio import Studio
from prompts import lint
from prompts.blocks import Layer, NegativeBlock, StyleBlock
from prompts.remarks import Remark

VERSIONS_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What a block would be worth if it were stored.

    Attributes:
        stale: Circled takes that would be stale then, and ``redo_micro_usd`` what they were bought for.
    """

    remarks: tuple[Remark, ...]
    terms: int
    longest: int
    stale: int
    redo_micro_usd: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a block.

    Attributes:
        takes: How many takes were made with it.
    """

    number: int
    diff: tuple[str, ...]
    takes: int
    now: bool


async def weigh(studio: Studio, project_id: str, *, style: StyleBlock, negative: NegativeBlock) -> Weighed:
    """What is odd about the blocks, and what storing them would make stale; nothing is stored."""
    texts = tuple(term.text for term in negative.terms)
    circled = await _circled(studio, project_id)
    return Weighed(
        remarks=(*lint.lint_entries(texts), *lint.against_style(texts, style)),
        terms=len(texts),
        longest=lint.LONGEST_BLOCK,
        stale=len(circled),
        redo_micro_usd=sum(take.cost_micro_usd for take in circled),
    )


async def styles(studio: Studio, project_id: str) -> tuple[Version, ...]:
    """The style block's latest versions, newest first."""
    now = await studio.store.style(project_id)
    takes = await studio.store.takes(project_id=project_id)
    known = {number: await studio.store.style(project_id, version=number) for number in _numbers(now.version)}
    return tuple(
        Version(
            number=number,
            diff=_text_diff(known.get(number - 1), block),
            takes=_made(takes, style=number),
            now=block.version == now.version,
        )
        for number, block in known.items()
    )[:VERSIONS_SHOWN]


async def negatives(studio: Studio, project_id: str) -> tuple[Version, ...]:
    """The negative block's latest versions, newest first."""
    now = await studio.store.negative(project_id)
    takes = await studio.store.takes(project_id=project_id)
    known = {number: await studio.store.negative(project_id, version=number) for number in _numbers(now.version)}
    return tuple(
        Version(
            number=number,
            diff=terms_between(known[number - 1], block) if number - 1 in known else _listed(block),
            takes=_made(takes, negative=number),
            now=block.version == now.version,
        )
        for number, block in known.items()
    )[:VERSIONS_SHOWN]


async def _circled(studio: Studio, project_id: str) -> tuple[Take, ...]:
    wanted = {shot.picked_take_id for shot in await studio.store.shots(project_id) if not shot.omitted}
    return tuple(take for take in await studio.store.takes(project_id=project_id) if take.id in wanted)


def _numbers(newest: int) -> Iterator[int]:
    """The versions to show, and one before them to compare the oldest with."""
    yield from range(newest, max(0, newest - VERSIONS_SHOWN - 1), -1)


def _made(takes: tuple[Take, ...], *, style: int | None = None, negative: int | None = None) -> int:
    return sum(style in (None, take.style_version) and negative in (None, take.negative_version) for take in takes)


def _text_diff(before: StyleBlock | None, after: StyleBlock) -> tuple[str, ...]:
    return (f"- {before.text}", f"+ {after.text}") if before else (f"+ {after.text}",)


def _listed(block: NegativeBlock) -> tuple[str, ...]:
    return tuple(f"+ {layer.value}: {', '.join(_of(block, layer))}" for layer in Layer if _of(block, layer))


def _of(block: NegativeBlock, layer: Layer) -> tuple[str, ...]:
    return tuple(term.text for term in block.terms if term.layer is layer)
