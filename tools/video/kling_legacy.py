"""Kling's legacy standard: the model in the body, a path per kind of task. Private to `tools.video.kling`.

Facts, sources and dates: `docs/wire/kling.md`.
"""

from collections.abc import Iterable, Iterator
from typing import Literal
from urllib.parse import quote

from agent.jobs import Body, Going, Order, Progress
from agent.troubles import Trouble
from tools.http import Reply
from tools.video.kling_kinds import Kind, Variant
from tools.video.kling_wire import Exchange, Output, Watermark, bare, progress
from tools.video.vendor import Received, Sent, VendorId, encode, going_of

VIDEOS = "/v1/videos/"

STATUS = {
    "submitted": Going.WAITING,
    "processing": Going.RENDERING,
    "succeed": Going.DONE,
    "failed": Going.FAILED,
}
"""Status words of the legacy standard."""

MODES: dict[str, Literal["std", "pro"]] = {"720p": "std", "1080p": "pro"}


class ListedImage(Sent):
    """One image of an omni request: a frame by its ``type``, a reference without one."""

    image_url: str
    type: Literal["first_frame", "end_frame"] | None = None


class Create(Sent):
    """Body of a submit of any kind; what a kind has no place for stays unset. ``duration`` is a string."""

    model_name: str
    prompt: str
    negative_prompt: str | None
    image: str | None = None
    image_tail: str | None = None
    image_list: tuple[ListedImage, ...] | None = None
    mode: Literal["std", "pro"]
    sound: Literal["off"] | None
    aspect_ratio: str | None
    duration: str
    multi_shot: Literal[False] | None
    callback_url: str | None
    external_task_id: str
    watermark_info: Watermark = Watermark()


class Videos(Received):
    """The files that a task made."""

    videos: tuple[Output, ...] = ()


class Task(Received):
    """A task."""

    task_id: VendorId
    task_status: str
    task_status_msg: str | None = None
    task_result: Videos | None = None


class Answer(Received):
    """Answer to a submit or a look-up."""

    data: Task


class Legacy:
    """Speaks the legacy standard.

    A task is only found under the kind it was made as, so the id that is kept is kind and task: ``image2video/8319``.
    """

    def __init__(self, exchange: Exchange) -> None:
        """Ask over this exchange."""
        self.exchange = exchange
        self._http = exchange.http

    def compose(self, order: Order, variant: Variant) -> Body:
        """The request for an order that the variant takes."""
        kind = variant.kinds[order.material]
        return Body(method="POST", path=f"/{kind.value}", content=encode(_create(order, variant, kind=kind)))

    def accepted(self, reply: Reply, body: Body) -> str:
        """Kind and task in the answer to a submit."""
        return f"{_name(body.path)}/{self._http.read(reply, Answer, sending=True).data.task_id}"

    async def poll(self, vendor_id: str) -> Progress:
        """Where a task stands."""
        kind, _, task_id = vendor_id.partition("/")
        task = await self._task(kind, task_id)
        if task is None:
            raise self._http.error(Trouble.NOT_FOUND, f"no task {vendor_id}")
        going = going_of(task.task_status, STATUS, http=self._http)
        outputs = task.task_result.videos if task.task_result else ()
        return progress(going, message=task.task_status_msg, outputs=outputs, tidy=self._http.tidy)

    async def find(self, key: str, *, kinds: Iterable[Kind]) -> str | None:
        """Kind and task that carry our key, looked for under each of these kinds."""
        for kind in kinds:
            name = _name(f"/{kind.value}")
            task = await self._task(name, key)
            if task is not None:
                return f"{name}/{task.task_id}"
        return None

    async def probe(self) -> None:
        """Ask for one line of the account's list: only keys that are taken get an answer."""
        await self.exchange.ask(f"/{Kind.LEGACY_TEXT.value}", params={"pageNum": "1", "pageSize": "1"})

    async def _task(self, kind: str, name: str) -> Task | None:
        """A task by the vendor's id or by ours; both go into the path."""
        reply = await self.exchange.ask(f"{VIDEOS}{quote(kind, safe='')}/{quote(name, safe='')}")
        return None if reply is None else self._http.read(reply, Answer).data


def _name(path: str) -> str:
    """A kind by the last part of its path, as it stands in the id of a task."""
    return path.removeprefix(VIDEOS)


def _create(order: Order, variant: Variant, *, kind: Kind) -> Create:
    offer = variant.profile.offers[order.material]
    framed = kind is Kind.LEGACY_IMAGE
    return Create(
        model_name=variant.profile.upstream_id,
        prompt=order.rendering.text,
        negative_prompt=order.rendering.negative_field,
        image=bare(order.first_frame) if framed and order.first_frame else None,
        image_tail=bare(order.last_frame) if framed and order.last_frame else None,
        image_list=(tuple(_listed(order)) or None) if kind is Kind.LEGACY_OMNI else None,
        mode=MODES[offer.resolution],
        sound="off" if variant.silences else None,
        aspect_ratio=order.ratio if offer.ratios else None,
        duration=str(order.seconds),
        multi_shot=False if variant.splits else None,
        callback_url=order.callback,
        external_task_id=order.key,
    )


def _listed(order: Order) -> Iterator[ListedImage]:
    """The looks first: the words count images in the order of this list, frames included."""
    for still in order.references:
        yield ListedImage(image_url=bare(still))
    if order.first_frame:
        yield ListedImage(image_url=bare(order.first_frame), type="first_frame")
    if order.last_frame:
        yield ListedImage(image_url=bare(order.last_frame), type="end_frame")
