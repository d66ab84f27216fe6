"""What goes out to and comes back from Runway's own models, and what it means. Private to `tools.video.runway`.

Facts, sources and dates: `docs/wire/runway.md`.
"""

from collections.abc import Callable
from typing import Literal

from agent.jobs import Going, Order, Progress
from agent.troubles import Trouble
from tools.video.vendor import ReceivedCamel, SentCamel, VendorId, data_uri

MICRO_USD_PER_CREDIT = 10_000

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

SIZES = {
    "16:9": "1280:720",
    "9:16": "720:1280",
    "4:3": "1104:832",
    "3:4": "832:1104",
    "1:1": "960:960",
    "21:9": "1584:672",
}
"""The wire's pixel sizes by the ratio they come nearest to."""


class Frame(SentCamel):
    """The still that a clip starts from."""

    uri: str
    position: Literal["first"] = "first"


class Create(SentCamel):
    """Body of a submit, from words alone or from a still."""

    model: str
    prompt_image: tuple[Frame] | None
    prompt_text: str
    ratio: str
    duration: int
    seed: int | None


class Created(ReceivedCamel):
    """Answer to a submit."""

    id: VendorId


class Cost(ReceivedCamel):
    """What a task was charged."""

    credits: float


class Task(ReceivedCamel):
    """A task as a poll shows it."""

    status: str
    progress: float | None = None
    output: tuple[str, ...] = ()
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


def create(order: Order, *, model: str) -> Create:
    """The request for one clip; these models make no sound."""
    frame = (Frame(uri=data_uri(order.first_frame)),) if order.first_frame else None
    return Create(
        model=model,
        prompt_image=frame,
        prompt_text=order.rendering.text,
        ratio=SIZES[order.ratio],
        duration=order.seconds,
        seed=order.seed,
    )


def progress(task: Task, *, going: Going, tidy: Callable[[str], str]) -> Progress:
    """What a task says, once its status word is understood."""
    cost = round(task.cost.credits * MICRO_USD_PER_CREDIT) if task.cost else None
    if going is Going.FAILED:
        message = tidy(task.failure or "failed without a reason")
        return Progress(going=going, trouble=_trouble(task.failure_code), message=message, cost_micro_usd=cost)
    if going is not Going.DONE:
        return Progress(going=going, share=task.progress, cost_micro_usd=cost)
    if not task.output:
        message, trouble = "the task succeeded and holds no clip", Trouble.PROVIDER_PERMANENT
        return Progress(going=Going.FAILED, trouble=trouble, message=message, cost_micro_usd=cost)
    return Progress(going=going, media=task.output[0], cost_micro_usd=cost)


def told(said: ErrorReply) -> str:
    """The vendor's sentence with the fields it complains about."""
    issues = (f"{'/'.join(str(part) for part in issue.path)}: {issue.message}" for issue in said.issues)
    return "; ".join((said.error, *issues))


def _trouble(code: str | None) -> Trouble:
    for start, trouble in BY_FAILURE.items():
        if code is not None and (code == start or code.startswith(f"{start}.")):
            return trouble
    return Trouble.PROVIDER_PERMANENT
