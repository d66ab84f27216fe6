"""Google's own client, `google-genai`, driven with our orders for Gemini Omni over the Interactions API."""

from collections.abc import Mapping
from typing import Any

from google import genai
from google.genai import types
from google.genai._gaos.lib.compat_errors import BadRequestError
from google.genai.interactions import Interaction

from agent.jobs import Order
from agent.profiles import Material, Profile
from tests.clients.driver import Driver, base64_of

TASKS = {
    Material.WORDS: "text_to_video",
    Material.FIRST: "image_to_video",
    Material.LOOKS: "reference_to_video",
}
"""Kinds of work as the client's types name them; first and last frame together are told by marks alone."""

MARKS = {
    Material.FIRST: "<FIRST_FRAME> ",
    Material.ENDS: "<FIRST_FRAME> <LAST_FRAME> ",
    Material.FIRST_LOOKS: "[# Sources <FIRST_FRAME>@Image2] [# References <IMAGE_REF_0>@Image1] ",
}
"""How the vendor's page on Omni, 2026-08-30 [D], has a prompt say which image is what, for one look reference."""

MANNER = "In a single continuous shot. No dialogue. "


class Gemini(Driver):
    """The client with a key of the Gemini Developer API."""

    refuses_key = BadRequestError  # the vendor's front end answers a bad key with 400 [T]

    def __init__(self, address: str, keys: Mapping[str, str], settings: Mapping[str, str]) -> None:
        self._client = genai.Client(api_key=keys["api_key"], http_options=types.HttpOptions(base_url=address))

    @staticmethod
    def speaks(profile: Profile) -> bool:
        """All but Veo, whose Gemini wire the client dropped in 3.0.0."""
        return not profile.upstream_id.startswith("veo-")

    def traces(self, job: str) -> tuple[str, ...]:
        return job, job.removeprefix("v1_")  # the second is its file's name at the stand-in

    def submit(self, order: Order, profile: Profile) -> str:
        stills = [*order.references, *(still for still in (order.first_frame, order.last_frame) if still)]
        text = MARKS.get(order.material, "") + MANNER + order.rendering.text
        images = [{"type": "image", "data": base64_of(still), "mime_type": still.media_type} for still in stills]
        more: dict[str, Any] = {
            "webhook_config": {"uris": [order.callback], "user_metadata": {"take": order.key}}
            if order.callback
            else None,
            "generation_config": {"video_config": {"task": TASKS[order.material]}} if order.material in TASKS else None,
        }
        interaction = self._client.interactions.create(
            model=profile.upstream_id,
            background=True,
            store=True,
            input=[*images, {"type": "text", "text": text}] if images else text,
            response_format={
                "type": "video",
                "delivery": "uri",
                "aspect_ratio": order.ratio,
                "resolution": profile.offers[order.material].resolution,
                "duration": f"{order.seconds}s",
            },
            **{name: value for name, value in more.items() if value is not None},
        )
        assert isinstance(interaction, Interaction)
        return str(interaction.id)

    def clip(self, job: str, profile: Profile) -> bytes | None:
        interaction = self._client.interactions.get(job)
        if interaction.status != "completed":
            return None
        assert interaction.output_video
        assert interaction.output_video.uri
        # The client reads a file's name out of a link only behind https.
        name = interaction.output_video.uri.rpartition("/")[2].partition(":")[0]
        return self._client.files.download(file=f"files/{name}")

    def refusal(self, job: str, profile: Profile) -> str:
        interaction = self._client.interactions.get(job)
        assert interaction.output_video is None
        return interaction.output_text or ""

    def cancel(self, job: str, profile: Profile) -> None:
        self._client.interactions.cancel(job)

    def account(self) -> None:
        self._client.models.list()

    def close(self) -> None:
        self._client.close()
