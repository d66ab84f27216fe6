"""Every vendor request that the shots of a film compile to, without sending one."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from agent import composing
from agent.errors import CountersteerError
from agent.events import Json
from agent.film import Shot
from agent.profiles import Profile
from agent.stills import Stills, stills
from agent.studio import Studio
from agent.writing import Written, write
from prompts.prompt import Prompt

LONGEST_TEXT = 20_000  # a string without a space that is longer is an image, not words

Request = dict[str, Any]


async def requests(studio: Studio, shots: Sequence[Shot]) -> list[Request]:
    """For each shot the request to each model that can take it: the body's own keys, and what the scorer asks of it."""
    found: list[Request] = []
    for shot in shots:
        prompt = await composing.compose(studio, shot)
        images = await stills(studio, shot)
        for profile in studio.profiles:
            request = await _request(studio, prompt, profile, images=images)
            if request is not None:
                found.append(request)
    return found


async def _request(studio: Studio, prompt: Prompt, profile: Profile, *, images: Stills) -> Request | None:
    """``None`` where the model cannot take the shot, which routing would have passed over too."""
    offer = profile.offer(images.material)
    ratio = prompt.sheet.aspect_ratio or "16:9"
    seconds = offer.fit(prompt.sheet.seconds or 5.0) if offer else None
    if offer is None or seconds is None or not offer.makes(ratio):
        return None
    try:
        written = await write(studio, prompt, profile, images=images, seconds=seconds, ratio=ratio, key="draft")
    except CountersteerError:
        return None
    return {**_body(written), "sent_to": profile.name, "duration_s": seconds, "carried": _carried(written)}


def _body(written: Written) -> Request:
    body: Request = {key: _shortened(value) for key, value in json.loads(written.receipt.body).items()}
    return body


def _shortened(value: Json) -> Json:
    """Images are left out: they are no words, and the scorer counts characters."""
    match value:
        case list():
            return [_shortened(each) for each in value]
        case dict():
            return {key: _shortened(each) for key, each in value.items()}
        case str() if value.startswith("data:") or (len(value) > LONGEST_TEXT and " " not in value):
            return "(an image)"
        case _:
            return value


def _carried(written: Written) -> Mapping[str, str]:
    """What stands for each term in the body, where that is not the term itself."""
    return {place.term: place.wording for place in written.receipt.terms if place.wording != place.term}
