"""Pictures as a chat message carries them: a line that says which one it is, then the picture itself."""

import base64
from collections.abc import Sequence

from openai.types.chat import ChatCompletionContentPartParam

from agent.findings import Picture
from agent.jobs import Still

Parts = list[ChatCompletionContentPartParam]


def frames(pictures: Sequence[Picture]) -> Parts:
    """Frames and crops of a clip, each after its number and time."""
    return [part for picture in pictures for part in _labelled(_label(picture), picture.jpeg, "image/jpeg")]


def references(stills: Sequence[Still]) -> Parts:
    """Pictures that show the intended look and are not part of the clip."""
    return [part for still in stills for part in _labelled(f"reference {still.label}", still.data, still.media_type)]


def text(words: str) -> ChatCompletionContentPartParam:
    """A piece of text between pictures."""
    return {"type": "text", "text": words}


def _labelled(label: str, data: bytes, media_type: str) -> Parts:
    url = f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"
    return [text(label), {"type": "image_url", "image_url": {"url": url}}]


def _label(picture: Picture) -> str:
    label = f"frame {picture.frame}, {picture.at_s:.2f} s"
    if picture.crop is None:
        return label
    left, top, width, height = (round(share * 100) for share in picture.crop)
    return f"{label}, crop: from {left} % across and {top} % down, {width} x {height} % of the frame"
