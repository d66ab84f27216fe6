"""Kling's new standard: the model in the path, images and words side by side. Private to `tools.video.kling`.

Facts, sources and dates: `docs/wire/kling.md`.
"""

from collections.abc import Iterable, Iterator
from typing import Literal
from urllib.parse import quote

from agent.errors import UnsupportedError
from agent.jobs import Body, Going, Order, Progress
from agent.troubles import Trouble
from tools.http import Reply
from tools.video.kling_kinds import Kind, Variant
from tools.video.kling_wire import Exchange, Output, Watermark, bare, progress
from tools.video.vendor import Received, Sent, VendorId, encode, going_of

STATUS = {
    "submitted": Going.WAITING,
    "processing": Going.RENDERING,
    "succeeded": Going.DONE,
    "failed": Going.FAILED,
}
"""Status words of the new standard."""

MOST_ELEMENTS_BESIDE_FRAMES = 3
"""Of the omni page and of the image-to-video page alike [D]."""

NOBODY = "countersteer-checks-its-key"
"""An external id that no order of ours has."""


class Settings(Sent):
    """Picture and sound; ``audio`` and ``multi_shot`` only where the model has the switch."""

    resolution: str
    aspect_ratio: str | None
    duration: int
    audio: Literal["off"] | None
    multi_shot: Literal[False] | None


class Options(Sent):
    """Everything about the task."""

    callback_url: str | None
    external_task_id: str
    watermark_info: Watermark = Watermark()


class Content(Sent):
    """One item of a request: the words, a frame, or a look with the name that the words call it by."""

    type: Literal["prompt", "first_frame", "last_frame", "refer_image", "element"]
    text: str | None = None
    url: str | None = None
    element_id: str | None = None
    id: str | None = None


class Create(Sent):
    """Body of a submit: ``prompt`` where only words are taken, ``contents`` everywhere else."""

    prompt: str | None = None
    contents: tuple[Content, ...] | None = None
    settings: Settings
    options: Options


class Task(Received):
    """A task. Asked for as ``external_task_id``, answered as ``external_id``."""

    id: VendorId
    status: str
    message: str | None = None
    external_id: str | None = None
    outputs: tuple[Output, ...] | None = None


class Created(Received):
    """Answer to a submit."""

    data: Task


class Tasks(Received):
    """Answer to a look-up."""

    data: tuple[Task, ...] | None = None


class Current:
    """Speaks the new standard."""

    def __init__(self, exchange: Exchange) -> None:
        """Ask over this exchange."""
        self.exchange = exchange
        self._http = exchange.http

    def compose(self, order: Order, variant: Variant) -> Body:
        """The request for an order that the variant takes.

        Raises:
            UnsupportedError: The words use an image's name for something else, or too many elements come with frames.
        """
        kind, upstream_id = variant.kinds[order.material], variant.profile.upstream_id
        settings, options = _settings(order, variant), _options(order)
        if kind is Kind.TEXT:
            body = Create(prompt=order.rendering.text, settings=settings, options=options)
        else:
            body = Create(contents=tuple(_contents(order, variant)), settings=settings, options=options)
        return Body(method="POST", path=_path(kind, upstream_id), content=encode(body))

    def accepted(self, reply: Reply, body: Body) -> str:
        """The task's id in the answer to a submit."""
        return self._http.read(reply, Created, sending=True).data.id

    async def poll(self, vendor_id: str) -> Progress:
        """Where a task stands."""
        task = next((task for task in await self._tasks(task_ids=vendor_id) if task.id == vendor_id), None)
        if task is None:
            raise self._http.error(Trouble.NOT_FOUND, f"no task {vendor_id}")
        going = going_of(task.status, STATUS, http=self._http)
        return progress(going, message=task.message, outputs=task.outputs or (), tidy=self._http.tidy)

    async def find(self, key: str, *, kinds: Iterable[Kind]) -> str | None:
        """The id of the task that carries our key; this standard looks through all kinds at once."""
        return next((task.id for task in await self._tasks(external_task_ids=key) if task.external_id == key), None)

    async def probe(self) -> None:
        """Ask for a task that is not there: only a key that is taken gets an answer."""
        await self._tasks(external_task_ids=NOBODY)

    async def _tasks(self, **params: str) -> tuple[Task, ...]:
        reply = await self.exchange.ask("/tasks", params=params)
        return () if reply is None else self._http.read(reply, Tasks).data or ()


def _path(kind: Kind, upstream_id: str) -> str:
    """The endpoint, and the model behind it.

    An id with a slash is a whole path of its own, with ``{kind}`` for the endpoint's name: the paths of 4.0 are not
    documented [U], so settings can put them right.
    """
    if "/" in upstream_id:
        return "/" + quote(upstream_id.strip("/").replace("{kind}", kind.value))
    return f"/{kind.value}/{quote(upstream_id, safe='')}"


def _settings(order: Order, variant: Variant) -> Settings:
    offer = variant.profile.offers[order.material]
    return Settings(
        resolution=offer.resolution,
        # With a first frame the picture keeps its proportions, and image-to-video has no such field.
        aspect_ratio=order.ratio if offer.ratios else None,
        duration=order.seconds,
        audio="off" if variant.silences else None,
        # The vendor's default is several shots in one clip; ours is one take.
        multi_shot=False if variant.splits else None,
    )


def _options(order: Order) -> Options:
    return Options(callback_url=order.callback, external_task_id=order.key)


def _contents(order: Order, variant: Variant) -> Iterator[Content]:
    """The words, the frames, then the looks in the order the words number them."""
    yield Content(type="prompt", text=order.rendering.text)
    if order.first_frame:
        yield Content(type="first_frame", url=bare(order.first_frame))
    if order.last_frame:
        yield Content(type="last_frame", url=bare(order.last_frame))
    yield from _looks(order, variant)


def _looks(order: Order, variant: Variant) -> Iterator[Content]:
    """Each look as the element it is registered as, otherwise as an image."""
    vendor, naming = variant.profile.vendor, variant.profile.dialect.names_reference or ""
    registered = [still for still in order.references if vendor in still.known_as]
    if order.first_frame and len(registered) > MOST_ELEMENTS_BESIDE_FRAMES:
        what = f"{len(registered)} registered references beside a first frame (it takes {MOST_ELEMENTS_BESIDE_FRAMES})"
        raise UnsupportedError(model=variant.profile.name, what=what)
    for number, still in enumerate(order.references, start=1):
        name = naming.replace("$n", str(number)).removeprefix("@")
        _refuse_overlap(name, order=order, model=variant.profile.name)
        element_id = still.known_as.get(vendor)
        if element_id is None:
            yield Content(type="refer_image", url=bare(still), id=name)
        else:
            yield Content(type="element", element_id=element_id, id=name)


def _refuse_overlap(name: str, *, order: Order, model: str) -> None:
    """Let no word of the shot be read as the name of an image: Kling matches names inside of words [D]."""
    text = order.rendering.text
    if text.count(name) != text.count(f"@{name}"):
        raise UnsupportedError(model=model, what=f"{name!r} as a word of the shot: it is what its image is called")
