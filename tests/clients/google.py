"""Google's own client, `google-genai`, driven with our orders for Veo on Vertex AI."""

from collections.abc import Mapping

from google import genai
from google.genai import errors, types
from google.oauth2.credentials import Credentials

from agent.jobs import Order, Still
from agent.profiles import Profile
from tests.clients.driver import Driver

SWITCH = {"on": True, "off": False, None: None}
PROJECT, LOCATION = "sandbox", "us-central1"


class Google(Driver):
    """The client on the enterprise platform, signed in with a token that is already there."""

    refuses_key = errors.ClientError

    def __init__(self, address: str, keys: Mapping[str, str], settings: Mapping[str, str]) -> None:
        # The class is annotated nowhere in google-auth.
        credentials = Credentials(keys["token"])  # type: ignore[no-untyped-call]
        self._settings = settings
        self._client = genai.Client(
            enterprise=True,
            project=PROJECT,
            location=LOCATION,
            credentials=credentials,
            http_options=types.HttpOptions(base_url=address),
        )

    def submit(self, order: Order, profile: Profile) -> str:
        looks = [
            types.VideoGenerationReferenceImage(
                image=_image(still), reference_type=types.VideoGenerationReferenceType.ASSET
            )
            for still in order.references
        ]
        first, last = order.first_frame, order.last_frame
        bucket, people = self._settings.get("storage_uri"), self._settings.get("person_generation")
        operation = self._client.models.generate_videos(
            model=profile.upstream_id,
            source=types.GenerateVideosSource(prompt=order.rendering.text, image=_image(first) if first else None),
            config=types.GenerateVideosConfig(
                number_of_videos=1,
                duration_seconds=order.seconds,
                aspect_ratio=order.ratio,
                resolution=profile.offers[order.material].resolution,
                negative_prompt=order.rendering.negative_field,
                seed=order.seed,
                generate_audio=False,
                last_frame=_image(last) if last else None,
                resize_mode=types.ImageResizeMode.CROP if first else None,
                reference_images=looks or None,
                output_gcs_uri=f"{bucket}/{order.key}/" if bucket else None,
                person_generation=people,
                enhance_prompt=SWITCH[self._settings.get("enhance_prompt")],
            ),
        )
        assert operation.name
        return operation.name

    def clip(self, job: str, profile: Profile) -> bytes | None:
        operation = self._client.operations.get(types.GenerateVideosOperation.model_validate({"name": job}))
        if not operation.done:
            return None
        assert operation.result
        assert operation.result.generated_videos
        video = operation.result.generated_videos[0].video
        assert video
        return video.video_bytes

    def refusal(self, job: str, profile: Profile) -> str:
        result = self._client.operations.get(types.GenerateVideosOperation.model_validate({"name": job})).result
        assert result
        assert not result.generated_videos
        return " ".join(result.rai_media_filtered_reasons or ())

    def close(self) -> None:
        self._client.close()


def _image(still: Still) -> types.Image:
    return types.Image(image_bytes=still.data, mime_type=still.media_type)
