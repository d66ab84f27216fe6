"""Answers from the records: every figure comes from a row, none from a language model."""

from collections.abc import Iterator
from typing import assert_never

from agent.acting import explaining, finding, records
from agent.acting.outcome import Turn
from agent.intents import Ask, Topic
from agent.ledger import Line
from agent.money import usd
from agent.policy import provoking
from agent.profiles import Material, Profile
from agent.studio import Studio
from prompts.terms import canonical

HELP = (
    "Describe a shot: low angle, Vi in the rain, neon, 35mm, 5 s, no lens flare.",
    "Change one: shot 3: closer, and no smoke. Again on another model: shot 3 again with Veo.",
    "Choose: circle take 2. Answer a question: approve, or no.",
    "Go back: undo, redo, back to the first version, go back to the old style. What you approve can be redone later.",
    "Many at once: shots 2 to 4: warmer; all the night shots: no moon; do all the stale ones. Prices come first.",
    "The list: delete shot 3, move shot 4 before shot 2. Look first: preview shot 4.",
    "For the whole film: add 'lens flare' to the negative block; style: ...; no Runway on this film; budget is $40.",
    "Ask: why Kling? what's in my negative block? what have I spent? which takes are stale?",
    "See what left for a vendor: what did you send for shot 7?",
)


async def answer(studio: Studio, turn: Turn, question: Ask) -> tuple[str, ...]:  # noqa: C901, PLR0912 - one line per topic
    """Lines that answer the question.

    Raises:
        NotFoundError: It names a shot there is not.
    """
    match question.topic:
        case Topic.STYLE:
            style = await studio.store.style(turn.project_id)
            return (f"Style block, version {style.version}: {style.text}",)
        case Topic.NEGATIVES:
            return await _negatives(studio, turn)
        case Topic.WHY_MODEL:
            return await _why(studio, turn, question)
        case Topic.SPENT:
            return await records.spent(studio, turn)
        case Topic.STALE:
            return await _stale(studio, turn)
        case Topic.SENT:
            return await _sent(studio, turn, question)
        case Topic.TERM:
            return await _term(studio, turn, question)
        case Topic.STATUS:
            return await records.status(studio, turn)
        case Topic.MODELS:
            return tuple(model_line(profile) for profile in studio.profiles)
        case Topic.BARRED:
            return await records.barred(studio, turn)
        case Topic.LEFT:
            return await records.left(studio, turn)
        case Topic.TAKES:
            return await records.takes(studio, turn, question.shot)
        case Topic.SHOT:
            return await records.shot(studio, turn, question.shot)
        case Topic.FAILED:
            return await records.failed(studio, turn)
        case Topic.HELP:
            return HELP
        case _:
            assert_never(question.topic)


def model_line(profile: Profile) -> str:
    """What a model does with a negative, its price, its limits and what it takes, on one line."""
    channels = {profile.dialect.channels.get(layer, profile.dialect.channel).value for layer in profile.priors}
    how = "/".join(sorted(channels or {profile.dialect.channel.value}))
    offer = profile.plain
    price = usd(offer.price_micro_usd_per_second)
    limit = f"{profile.dialect.limit} {profile.dialect.unit}" if profile.dialect.limit else "no published limit"
    span = f"{offer.lengths} s"
    takes = " + ".join(_takes(profile))
    return f"{profile.name}: negatives as {how}, {price} per second, {span}, prompt {limit}, {takes}, {profile.status}"


def _takes(profile: Profile) -> Iterator[str]:
    """What may go out with the words."""
    offers = profile.offers
    if Material.WORDS not in offers:
        yield f"only with {next(iter(offers))}"
    elif Material.FIRST in offers:
        yield "first frame"
    if Material.ENDS in offers:
        yield "last frame"
    if profile.dialect.max_references:
        registered = all(offer.registered_only for goes_out, offer in offers.items() if goes_out.guided)
        yield f"{profile.dialect.max_references} {'registered ' if registered else ''}references"
    if len(offers) == 1 and Material.WORDS in offers:
        yield "words alone"


async def _negatives(studio: Studio, turn: Turn) -> tuple[str, ...]:
    block = await studio.store.negative(turn.project_id)
    layers = (("format", block.format), ("anatomy", block.anatomy), ("quality", block.quality))
    told = tuple(f"  {name}: {', '.join(terms)}" for name, terms in layers if terms)
    return (f"Negative block, version {block.version}, {len(block.terms)} terms:", *told)


async def _why(studio: Studio, turn: Turn, question: Ask) -> tuple[str, ...]:
    """The routes of a shot with their reasons; of the latest shot that went to the model asked about."""
    shots = await studio.store.shots(turn.project_id)
    if question.shot is not None:
        shots = (await finding.shot(studio, turn, question.shot),)
    for shot in sorted(shots, key=lambda each: each.number, reverse=True):
        routes = await studio.store.routes(shot.id)
        if routes and (
            question.model is None or any(finding.named(studio, route.model, question.model) for route in routes)
        ):
            return await explaining.explain(studio, shot, figures=False)
    return (f"No shot of this film went to {question.model or 'any model'} yet.",)


async def _stale(studio: Studio, turn: Turn) -> tuple[str, ...]:
    stale = await finding.stale_takes(studio, turn.project_id)
    if not stale:
        return ("No circled take is stale.",)
    lines = tuple(
        f"  shot {shot.number}, take {take.number}: style {take.style_version}, negatives {take.negative_version}"
        for shot, take in stale
    )
    return (f"{len(stale)} circled takes were made with older blocks; they stay usable:", *lines)


async def _sent(studio: Studio, turn: Turn, question: Ask) -> tuple[str, ...]:
    """The receipt of the shot's latest job: the body as it left."""
    shot = await finding.shot(studio, turn, question.shot)
    jobs = await studio.store.jobs(shot_id=shot.id)
    if not jobs:
        return (f"Nothing was sent for shot {shot.number} yet.",)
    receipt = await studio.store.receipt(jobs[-1].id)
    style = await studio.store.rendering(jobs[-1].id)
    head = f"Shot {shot.number}, {receipt.model}, POST {receipt.path}:"
    marks = (f"  style block at {receipt.style.pointer}: {style.style!r}", "  negative block:")
    places = (f"    {each.term} as {each.channel}: {each.wording!r} at {each.place.pointer}" for each in receipt.terms)
    return (head, receipt.body, *marks, *places)


async def _term(studio: Studio, turn: Turn, question: Ask) -> tuple[str, ...]:
    """What the ledger knows of a term, per model and channel."""
    wanted = canonical(question.term or "") or question.term
    lines = [line for line in await studio.store.ledger(turn.project_id) if line.term == wanted]
    if question.model:
        lines = [line for line in lines if finding.named(studio, line.model, question.model)]
    if not lines:
        return (f"No take has been inspected for {question.term!r}{_on(question.model)} yet.",)
    return tuple(told for line in lines for told in (ledger_line(line), f"  {provoking.compare(line)}."))


def ledger_line(line: Line) -> str:
    """One row of the ledger in a sentence."""
    without = f"; without it seen in {line.seen_without} of {line.without}" if line.without else ""
    told = f"absent {line.absent}, seen {line.ignored}, unsure {line.unsure}, not inspectable {line.not_inspectable}"
    return f"{line.term} on {line.model} as {line.channel}: sent with {line.sent} takes, {told}{without}."


def _on(model: str | None) -> str:
    return f" on {model}" if model else ""
