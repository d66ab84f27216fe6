"""Runway's own client, `runwayml`, driven with our orders.

What a model can be told is read from the client's own types, one per model, so that nothing our adapter knows decides
what is said here.
"""

from collections.abc import Mapping
from typing import Any, get_args, get_type_hints

from runwayml import AuthenticationError, RunwayML
from runwayml.types import ImageToVideoCreateParams, TextToVideoCreateParams
from runwayml.types.task_retrieve_response import Failed, Succeeded

from agent.jobs import Order
from agent.profiles import Offer, Profile
from tests.clients.driver import Driver, address, download

SHORT_SIDES = {"720p": 720, "1080p": 1080}


class Runway(Driver):
    """The client with its own strict reading of answers switched on."""

    refuses_key = AuthenticationError

    def __init__(self, address: str, keys: Mapping[str, str], settings: Mapping[str, str]) -> None:
        self._client = RunwayML(
            base_url=address, api_key=keys["api_key"], max_retries=0, _strict_response_validation=True
        )
        self._settings = settings

    def submit(self, order: Order, profile: Profile) -> str:
        if order.first_frame is None:
            return self._client.text_to_video.create(**self._said(order, profile, TextToVideoCreateParams)).id
        return self._client.image_to_video.create(**self._said(order, profile, ImageToVideoCreateParams)).id

    def clip(self, job: str, profile: Profile) -> bytes | None:
        task = self._client.tasks.retrieve(job)
        return download(task.output[0]) if isinstance(task, Succeeded) else None

    def refusal(self, job: str, profile: Profile) -> str:
        task = self._client.tasks.retrieve(job)
        assert isinstance(task, Failed)
        return task.failure_code or ""

    def cancel(self, job: str, profile: Profile) -> None:
        self._client.tasks.delete(job)

    def account(self) -> None:
        self._client.organization.retrieve()

    def close(self) -> None:
        self._client.close()

    def _said(self, order: Order, profile: Profile, bodies: Any) -> dict[str, Any]:
        taken, offer = _fields(bodies, model=profile.upstream_id), profile.offers[order.material]
        frames = {"first": order.first_frame, "last": order.last_frame}
        scale = self._settings.get("cfg_scale") if "cfg_scale" in taken else None
        wanted = {
            "model": profile.upstream_id,
            "prompt_text": order.rendering.text,
            "negative_prompt": order.rendering.negative_field,
            "prompt_image": [
                {"uri": address(still, vendor=profile.vendor), "position": name}
                for name, still in frames.items()
                if still
            ]
            or None,
            "references": [{"uri": address(still, vendor=profile.vendor)} for still in order.references] or None,
            "ratio": _size(get_args(taken.get("ratio")), offer),
            "duration": order.seconds,
            "audio": False if "audio" in taken else None,
            "cfg_scale": float(scale) if scale else None,
            "seed": order.seed,
        }
        return {name: value for name, value in wanted.items() if value is not None}


def _fields(bodies: Any, *, model: str) -> Mapping[str, Any]:
    for body in get_args(bodies):
        hints = get_type_hints(body)
        if model in get_args(hints["model"]):
            return hints
    raise LookupError(f"the client knows no {model}")


def _size(sizes: tuple[str, ...], offer: Offer) -> str | None:
    """The widescreen size of the class that is ordered; every order here is in 16:9 unless it keeps the frame's."""
    short_px = SHORT_SIDES[offer.resolution]
    wanted = f"{short_px * 16 // 9}:{short_px}" if offer.ratios else f"auto_{offer.resolution}"
    return wanted if wanted in sizes else None
