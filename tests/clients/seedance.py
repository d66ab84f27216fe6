"""The Ark client, `volcengine-ark-runtime`, driven with our orders."""

import hashlib
from collections.abc import Mapping
from typing import Any

from volcenginesdkarkruntime import Ark  # type: ignore[import-untyped]  # it ships no types
from volcenginesdkarkruntime._exceptions import ArkAuthenticationError  # type: ignore[import-untyped]  # the same

from agent.jobs import Order
from agent.profiles import Profile
from tests.clients.driver import Driver, address, download


class Seedance(Driver):
    """The client, sending nothing twice."""

    refuses_key: type[Exception] = ArkAuthenticationError

    def __init__(self, address: str, keys: Mapping[str, str], settings: Mapping[str, str]) -> None:
        self._client: Any = Ark(base_url=address, api_key=keys["api_key"], max_retries=0)

    def submit(self, order: Order, profile: Profile) -> str:
        images = [
            *((still, "reference_image") for still in order.references),
            *((still, role) for still, role in _frames(order) if still is not None),
        ]
        task = self._client.content_generation.tasks.create(
            model=profile.upstream_id,
            content=[
                {"type": "text", "text": order.rendering.text},
                *(
                    {"type": "image_url", "image_url": {"url": address(still, vendor=profile.vendor)}, "role": role}
                    for still, role in images
                ),
            ],
            resolution=profile.offers[order.material].resolution,
            ratio=order.ratio,
            duration=order.seconds,
            seed=order.seed,
            generate_audio=False,
            watermark=False,
            callback_url=order.callback,
            execution_expires_after=round(profile.longest_wait_s),
            safety_identifier=_mark(order),
        )
        return str(task.id)

    def clip(self, job: str, profile: Profile) -> bytes | None:
        task = self._client.content_generation.tasks.get(task_id=job)
        return download(task.content.video_url) if task.status == "succeeded" else None

    def refusal(self, job: str, profile: Profile) -> str:
        return str(self._client.content_generation.tasks.get(task_id=job).error.code)

    def cancel(self, job: str, profile: Profile) -> None:
        self._client.content_generation.tasks.delete(task_id=job)

    def look_up(self, order: Order, profile: Profile) -> str | None:
        page = self._client.content_generation.tasks.list(page_num=1, page_size=500)
        return next((str(task.id) for task in page.items if task.safety_identifier == _mark(order)), None)

    def account(self) -> None:
        self._client.content_generation.tasks.list(page_num=1, page_size=1)

    def close(self) -> None:
        self._client.close()


def _frames(order: Order) -> tuple[tuple[Any, str], ...]:
    return (order.first_frame, "first_frame"), (order.last_frame, "last_frame")


def _mark(order: Order) -> str:
    """Our key, as long as the vendor takes one and echoes it."""
    return hashlib.sha256(order.key.encode()).hexdigest()
