"""fal's own client, `fal-client`, driven with our orders.

The client carries a model's input unread, so the inputs here are written from fal's model pages, 2026-11-20 [D].
"""

from collections.abc import Mapping
from typing import Any

import fal_client
from fal_client import client as library

from agent.jobs import Order
from agent.profiles import Material, Profile
from tests.clients.driver import Driver, address, download

START_WITHIN_S = 1800

APPS = {
    ("Kling", Material.WORDS): "fal-ai/kling-video/v3/pro/text-to-video",
    ("Kling", Material.FIRST): "fal-ai/kling-video/v3/pro/image-to-video",
    ("Kling", Material.ENDS): "fal-ai/kling-video/v3/pro/image-to-video",
    ("Veo", Material.WORDS): "fal-ai/veo3.1",
    ("Veo", Material.FIRST): "fal-ai/veo3.1/image-to-video",
    ("Veo", Material.ENDS): "fal-ai/veo3.1/first-last-frame-to-video",
    ("Veo", Material.LOOKS): "fal-ai/veo3.1/reference-to-video",
    ("Seedance", Material.WORDS): "bytedance/seedance-2.0/text-to-video",
    ("Seedance", Material.FIRST): "bytedance/seedance-2.0/image-to-video",
    ("Seedance", Material.ENDS): "bytedance/seedance-2.0/image-to-video",
    ("Seedance", Material.LOOKS): "bytedance/seedance-2.0/reference-to-video",
}

FRAMES = {
    ("Kling", Material.FIRST): ("start_image_url",),
    ("Kling", Material.ENDS): ("start_image_url", "end_image_url"),
    ("Veo", Material.FIRST): ("image_url",),
    ("Veo", Material.ENDS): ("first_frame_url", "last_frame_url"),
    ("Seedance", Material.FIRST): ("image_url",),
    ("Seedance", Material.ENDS): ("image_url", "end_image_url"),
}
"""Names of the fields for the first and the last frame."""


class Fal(Driver):
    """The client; its base address is a constant of its module, which the environment gives a host and no more."""

    refuses_key = fal_client.FalClientHTTPError

    def __init__(self, address: str, keys: Mapping[str, str], settings: Mapping[str, str]) -> None:
        self._address = f"{address}/"
        self._usual, library.QUEUE_URL_FORMAT = library.QUEUE_URL_FORMAT, self._address
        self._client = fal_client.SyncClient(key=keys["api_key"])
        self._settings = settings
        self._handles: dict[str, fal_client.SyncRequestHandle] = {}

    def submit(self, order: Order, profile: Profile) -> str:
        handle = self._client.submit(
            APPS[profile.family, order.material],
            _input(order, profile, settings=self._settings),
            webhook_url=order.callback,
            start_timeout=START_WITHIN_S,
        )
        job = handle.response_url.removeprefix(self._address)
        self._handles[job] = handle
        return job

    def clip(self, job: str, profile: Profile) -> bytes | None:
        handle = self._handles[job]
        if not isinstance(handle.status(), fal_client.Completed):
            return None
        return download(handle.get()["video"]["url"])

    def refusal(self, job: str, profile: Profile) -> str:
        try:
            self._handles[job].get()
        except fal_client.FalClientHTTPError as error:
            return f"{error.error_type} {error}"
        raise AssertionError("the client got a result")

    def cancel(self, job: str, profile: Profile) -> None:
        self._handles[job].cancel()

    def close(self) -> None:
        library.QUEUE_URL_FORMAT = self._usual
        # It has no way of its own to let go; every handle holds the one connection.
        self._client.get_handle(APPS["Veo", Material.WORDS], "none").client.close()


def _input(order: Order, profile: Profile, *, settings: Mapping[str, str]) -> dict[str, Any]:
    offer, family = profile.offers[order.material], profile.family
    stills = (order.first_frame, order.last_frame)
    frames = [address(still, vendor=profile.vendor) for still in stills if still is not None]
    wanted = {
        "prompt": order.rendering.text,
        "negative_prompt": order.rendering.negative_field,
        "duration": f"{order.seconds}s" if family == "Veo" else str(order.seconds),
        "aspect_ratio": order.ratio if offer.ratios else None,
        "resolution": None if family == "Kling" else offer.resolution,
        "cfg_scale": float(settings["cfg_scale"]) if "cfg_scale" in settings and family == "Kling" else None,
        "generate_audio": False,
        "auto_fix": False if family == "Veo" else None,
        "seed": order.seed,
        "image_urls": [address(still, vendor=profile.vendor) for still in order.references] or None,
        **dict(zip(FRAMES.get((family, order.material), ()), frames, strict=True)),
    }
    return {name: value for name, value in wanted.items() if value is not None}
