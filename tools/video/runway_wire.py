"""What goes out to and comes back from Runway, and what it means. Private to `tools.video.runway`.

Facts, sources and dates: `docs/wire/runway.md`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from agent.jobs import Checkup, Going, Order, Progress, Still
from agent.profiles import Profile
from agent.troubles import Trouble
from tools.video.runway_variants import MICRO_USD_PER_CREDIT, Variant
from tools.video.vendor import ReceivedCamel, SentCamel, VendorId, data_uri

STATUS = {
    "PENDING": Going.WAITING,
    "THROTTLED": Going.WAITING,  # over the account's limit; it waits for its turn and is no error
    "RUNNING": Going.RENDERING,
    "SUCCEEDED": Going.DONE,
    "FAILED": Going.FAILED,
    "CANCELLED": Going.CANCELLED,
}

BY_FAILURE = {
    "SAFETY.INPUT": Trouble.MODERATION_INPUT,
    "INPUT_PREPROCESSING.SAFETY": Trouble.MODERATION_INPUT,
    "SAFETY.OUTPUT": Trouble.MODERATION_OUTPUT,
    "ASSET.INVALID": Trouble.VALIDATION,
    "INTERNAL": Trouble.PROVIDER_TRANSIENT,
    "INPUT_PREPROCESSING.INTERNAL": Trouble.PROVIDER_TRANSIENT,
    "THIRD_PARTY.UNAVAILABLE": Trouble.PROVIDER_TRANSIENT,
}
"""By the start of the failure code, up to a dot; any other, and none, is final."""


class Frame(SentCamel):
    """The still at one of a clip's ends."""

    uri: str
    position: Literal["first", "last"]


class Look(SentCamel):
    """A look reference."""

    uri: str


class Create(SentCamel):
    """Body of a submit; which fields a model has is its variant's to say."""

    model: str
    prompt_image: tuple[Frame, ...] | None
    references: tuple[Look, ...] | None
    prompt_text: str
    negative_prompt: str | None
    ratio: str | None
    duration: int
    audio: Literal[False] | None
    cfg_scale: float | None
    seed: int | None


class Created(ReceivedCamel):
    """Answer to a submit."""

    id: VendorId


class Cost(ReceivedCamel):
    """What a task was charged, or may be charged at most."""

    credits: float


class Task(ReceivedCamel):
    """A task as a poll shows it."""

    status: str
    progress: float | None = None
    output: tuple[str, ...] = ()
    estimated_cost: Cost | None = None
    cost: Cost | None = None
    failure: str | None = None
    failure_code: str | None = None


class Issue(ReceivedCamel):
    """One field that is not taken."""

    message: str = ""
    path: tuple[str | int, ...] = ()


class ErrorReply(ReceivedCamel):
    """Body of an HTTP error."""

    error: str
    issues: tuple[Issue, ...] = ()


class Limits(ReceivedCamel):
    """What the account may do with one model; ``None`` is no limit."""

    max_concurrent_generations: int | None = None
    max_daily_generations: int | None = None


class Tier(ReceivedCamel):
    """The models the account may use."""

    models: Mapping[str, Limits]


class Used(ReceivedCamel):
    """What was made with one model in the past day."""

    daily_generations: int = 0


class Usage(ReceivedCamel):
    """What was made with each model."""

    models: Mapping[str, Used] = {}


class Organization(ReceivedCamel):
    """The account."""

    credit_balance: int
    tier: Tier
    usage: Usage = Usage()


def create(order: Order, variant: Variant, *, model: str, cfg_scale: float | None) -> Create:
    """The request for one clip, silent where that can be had."""
    frames = (*_at("first", order.first_frame), *_at("last", order.last_frame))
    return Create(
        model=model,
        prompt_image=frames or None,
        references=tuple(Look(uri=uri(still)) for still in order.references) or None,
        prompt_text=order.rendering.text,
        negative_prompt=order.rendering.negative_field,
        ratio=variant.takes[order.material].get(order.ratio, variant.keeps),
        duration=order.seconds,
        audio=False if variant.silent else None,
        cfg_scale=cfg_scale if variant.scaled else None,
        seed=order.seed,
    )


def registered(still: Still) -> str | None:
    """The address of an image that is uploaded already."""
    return still.known_as.get("runway")


def uri(still: Still) -> str:
    """The image by its address at Runway, or itself."""
    return registered(still) or data_uri(still)


def progress(task: Task, *, going: Going, tidy: Callable[[str], str]) -> Progress:
    """What a task says, once its status word is understood; until it is over, its cost is the most it may be."""
    credits_ = task.cost or task.estimated_cost
    cost = round(credits_.credits * MICRO_USD_PER_CREDIT) if credits_ else None
    if going is Going.FAILED:
        message = tidy(task.failure or "failed without a reason")
        return Progress(going=going, trouble=_trouble(task.failure_code), message=message, cost_micro_usd=cost)
    if going is not Going.DONE:
        return Progress(going=going, share=task.progress, cost_micro_usd=cost)
    if not task.output:
        message, trouble = "the task succeeded and holds no clip", Trouble.PROVIDER_PERMANENT
        return Progress(going=Going.FAILED, trouble=trouble, message=message, cost_micro_usd=cost)
    return Progress(going=going, media=task.output[0], cost_micro_usd=cost)


def checkup(told: Organization, profiles: Sequence[Profile]) -> Checkup:
    """What the account may use, how much at once, and what is left to spend."""
    listed = {profile.name: told.tier.models.get(profile.upstream_id) for profile in profiles}
    limits = {name: limit for name, limit in listed.items() if limit is not None}
    used = {profile.name: told.usage.models.get(profile.upstream_id, Used()).daily_generations for profile in profiles}
    return Checkup(
        signed_in=True,
        gone=tuple(name for name, limit in listed.items() if limit is None),
        slots={
            name: limit.max_concurrent_generations
            for name, limit in limits.items()
            if limit.max_concurrent_generations is not None
        },
        credit_micro_usd=told.credit_balance * MICRO_USD_PER_CREDIT,
        remarks=tuple(
            f"{name}: {used[name]} of {limit.max_daily_generations} clips of the past day are made"
            for name, limit in limits.items()
            if limit.max_daily_generations is not None
        ),
    )


def told(said: ErrorReply) -> str:
    """The vendor's sentence with the fields it complains about."""
    issues = (f"{'/'.join(str(part) for part in issue.path)}: {issue.message}" for issue in said.issues)
    return "; ".join((said.error, *issues))


def meant(said: ErrorReply) -> Trouble | None:
    """What the words of a refusal mean beyond its status."""
    if "enough credits" in said.error:
        return Trouble.PAYMENT
    # The set of models is closed, so one that is gone is a wrong value of that field.
    return Trouble.MODEL_RETIRED if any(issue.path == ("model",) for issue in said.issues) else None


def _at(position: Literal["first", "last"], still: Still | None) -> Iterator[Frame]:
    if still is not None:
        yield Frame(uri=uri(still), position=position)


def _trouble(code: str | None) -> Trouble:
    for start, trouble in BY_FAILURE.items():
        if code is not None and (code == start or code.startswith(f"{start}.")):
            return trouble
    return Trouble.PROVIDER_PERMANENT
