"""Gemini Omni Flash over the Interactions API: the body of an order, and what an interaction says.

Private to `tools.video.gemini`. Facts, sources and dates: `docs/wire/gemini.md`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal
from urllib.parse import quote

from agent.jobs import Body, Going, Order, Progress, Still
from agent.profiles import Material, Profile
from agent.troubles import Trouble
from tools.http import Http, Reply
from tools.video.gemini_wire import Failure, base64_of, inline, trouble_of_job
from tools.video.vendor import Received, Sent, encode, going_of, refuse_field

PATH = "/v1/interactions"
ONE_SHOT = "In a single continuous shot."
NO_SPEECH = "No dialogue."

STATUS = {
    "queued": Going.WAITING,
    "in_progress": Going.RENDERING,
    "completed": Going.DONE,
    "cancelled": Going.CANCELLED,
    "failed": Going.FAILED,
    "incomplete": Going.FAILED,
    "budget_exceeded": Going.FAILED,
    "requires_action": Going.FAILED,
    "requires_continuation": Going.FAILED,
}
ENDED = {
    "incomplete": (Trouble.PROVIDER_PERMANENT, "the interaction stopped before its clip was whole"),
    "budget_exceeded": (Trouble.PAYMENT, "the interaction ran out of its budget"),
    "requires_action": (Trouble.PROVIDER_PERMANENT, "the interaction waits for an action that nobody offered it"),
    "requires_continuation": (Trouble.PROVIDER_PERMANENT, "the interaction wants to be continued, which no clip can"),
}
"""Status words that end a job without an error of their own."""

TASK: dict[Material, Literal["text_to_video", "image_to_video", "reference_to_video"]] = {
    Material.WORDS: "text_to_video",
    Material.FIRST: "image_to_video",
    Material.LOOKS: "reference_to_video",
}
"""What kind of work it is. Two kinds of image, or two frames, have no task of their own: marks in the text say it."""


class Content(Sent):
    """Words, or an image with its bytes in it."""

    type: Literal["image", "text"]
    data: str | None = None
    mime_type: str | None = None
    text: str | None = None


class UserInput(Sent):
    """What is said and shown, as the step it is."""

    type: Literal["user_input"] = "user_input"
    content: tuple[Content, ...]


class Format(Sent):
    """What the clip is to be."""

    type: Literal["video"] = "video"
    delivery: Literal["uri"] = "uri"
    aspect_ratio: str
    resolution: str
    duration: str


class VideoConfig(Sent):
    """What kind of work it is."""

    task: str | None


class GenerationConfig(Sent):
    """Everything else about the clip."""

    video_config: VideoConfig


class Hook(Sent):
    """Whom to call when the interaction is over; our key comes back with the call."""

    uris: tuple[str]
    user_metadata: dict[str, str]


class Create(Sent):
    """Body of a submit. Without ``background`` the answer would take as long as the clip."""

    model: str
    background: Literal[True] = True
    input: str | tuple[UserInput]
    response_format: Format
    generation_config: GenerationConfig | None
    webhook_config: Hook | None
    store: Literal[True] = True


class Part(Received):
    """One item of a step."""

    type: str = ""
    text: str = ""
    data: str = ""
    uri: str = ""


class Step(Received):
    """One step of an interaction; the words of the order are one too."""

    type: str = ""
    content: tuple[Part, ...] = ()
    error: Failure | None = None


class Interaction(Received):
    """Answer to a poll or a cancel."""

    status: str
    steps: tuple[Step, ...] = ()
    errors: tuple[Failure, ...] = ()


class Omni:
    """The wire of Gemini Omni Flash."""

    base = PATH
    headers: Mapping[str, str] = MappingProxyType({"api-revision": "2026-05-20"})

    def compose(self, order: Order, profile: Profile) -> Body:
        """The words, with the images in front of them where there are any."""
        refuse_field(order, profile)
        offer, task = profile.offers[order.material], TASK.get(order.material)
        body = Create(
            model=profile.upstream_id,
            input=_input(order),
            response_format=Format(aspect_ratio=order.ratio, resolution=offer.resolution, duration=f"{order.seconds}s"),
            generation_config=GenerationConfig(video_config=VideoConfig(task=task)) if task else None,
            webhook_config=_hook(order),
        )
        return Body(method="POST", path=PATH, content=encode(body))

    def path(self, vendor_id: str) -> str:
        """Where the interaction is asked for."""
        return f"{PATH}/{quote(vendor_id, safe='')}"

    def cancelling(self, vendor_id: str) -> str | None:
        """Where it is called back."""
        return f"{self.path(vendor_id)}/cancel"

    def progress(self, reply: Reply, http: Http) -> Progress:
        """What an interaction says."""
        interaction = http.read(reply, Interaction)
        going = going_of(interaction.status, STATUS, http=http)
        if going is Going.DONE:
            return _made(interaction, tidy=http.tidy)
        if going is Going.FAILED:
            return _ended(interaction, tidy=http.tidy)
        return Progress(going=going)


def _input(order: Order) -> str | tuple[UserInput]:
    text = " ".join((*_marks(order), ONE_SHOT, *_speech(order), order.rendering.text))
    # Looks first, so that the text counts them from one; the frames behind them.
    frames = (order.first_frame, order.last_frame)
    stills = (*order.references, *(frame for frame in frames if frame is not None))
    if not stills:
        return text
    return (UserInput(content=(*map(_image, stills), Content(type="text", text=text))),)


def _marks(order: Order) -> tuple[str, ...]:
    """What tells the model which image is a frame."""
    match order.material:
        case Material.FIRST:
            return ("<FIRST_FRAME>",)
        case Material.ENDS:
            return ("<FIRST_FRAME> <LAST_FRAME>",)
        case Material.FIRST_LOOKS:
            looks = len(order.references)
            named = " ".join(f"<IMAGE_REF_{number}>@Image{number + 1}" for number in range(looks))
            return (f"[# Sources <FIRST_FRAME>@Image{looks + 1}]", f"[# References {named}]")
        case _:
            return ()


def _speech(order: Order) -> tuple[str, ...]:
    """No speech, unless the shot quotes something: sound cannot be off, and a quoted line may be meant to be said."""
    return () if '"' in order.rendering.text else (NO_SPEECH,)


def _image(still: Still) -> Content:
    return Content(type="image", data=base64_of(still), mime_type=still.media_type)


def _hook(order: Order) -> Hook | None:
    return Hook(uris=(order.callback,), user_metadata={"take": order.key}) if order.callback else None


def _made(interaction: Interaction, *, tidy: Callable[[str], str]) -> Progress:
    """The clip of a completed interaction. One that holds words alone was refused, although nothing else says so."""
    shown = [part for step in interaction.steps if step.type == "model_output" for part in step.content]
    media = next((link for link in map(_media, shown) if link), None)
    if media is not None:
        return Progress(going=Going.DONE, media=media)
    failure = _failure(interaction)
    if failure is not None:
        return Progress(going=Going.FAILED, trouble=trouble_of_job(failure), message=tidy(failure.message))
    words = " ".join(part.text for part in shown if part.text)
    if words:
        return Progress(going=Going.FAILED, trouble=Trouble.MODERATION_OUTPUT, message=tidy(words))
    message = "the interaction is completed and holds neither a clip nor a word"
    return Progress(going=Going.FAILED, trouble=Trouble.PROVIDER_PERMANENT, message=message)


def _ended(interaction: Interaction, *, tidy: Callable[[str], str]) -> Progress:
    failure = _failure(interaction)
    if interaction.status in ENDED:
        trouble, message = ENDED[interaction.status]
        told = f"{message}: {failure.message}" if failure else message
        return Progress(going=Going.FAILED, trouble=trouble, message=tidy(told))
    failure = failure or Failure(message="failed without a reason")
    return Progress(going=Going.FAILED, trouble=trouble_of_job(failure), message=tidy(failure.message))


def _failure(interaction: Interaction) -> Failure | None:
    told = (*interaction.errors, *(step.error for step in interaction.steps if step.error is not None))
    return next(iter(told), None)


def _media(part: Part) -> str | None:
    if part.type != "video":
        return None
    return part.uri or (inline(part.data) if part.data else None)
