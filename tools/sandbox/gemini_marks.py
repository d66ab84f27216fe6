"""How a prompt for Gemini Omni gives images their roles: the marks its text may carry, and what is left without them.

From the vendor's page on Omni of 2026-08-30 [D], read 2026-11-20: ``<FIRST_FRAME>``, ``<LAST_FRAME>`` (never without
the first), ``<IMAGE_REF_0>``, and declarations such as ``[# Sources <FIRST_FRAME>@Image1] [# References
<IMAGE_REF_0>@Image2]`` that count images from 1. What happens to marks that point nowhere is not documented; here they
are refused [U].
"""

import re
from dataclasses import dataclass

DECLARATION = re.compile(r"\[#\s*(?:Sources|References)\b([^\]]*)\]")
DECLARED = re.compile(r"<([A-Z_]+?)(?:_(\d+))?>@Image(\d+)")
MARK = re.compile(r"<(FIRST_FRAME|LAST_FRAME|IMAGE_REF_(\d+))>")
ONE_SHOT = re.compile(r"(?i)\b(single|one|continuous|unbroken)[\w, ]{0,30} (shot|take)\b|\bno scene cuts\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Which image is what, by its place from 0.

    Attributes:
        words: The prompt without its marks.
        fault: What is wrong with the marks; empty where nothing is.
    """

    words: str
    first: int | None
    last: int | None
    looks: tuple[int, ...]
    fault: str = ""


def marked(text: str, *, images: int, task: str | None) -> Roles:
    """The roles of so many images."""
    words = MARK.sub("", DECLARATION.sub("", text))
    named = _declared(text) or _inline(text)
    first = named.get("FIRST_FRAME", 0 if task == "image_to_video" and images else None)
    last = named.get("LAST_FRAME")
    frames = {place for place in (first, last) if place is not None}
    looks = tuple(place for place in range(images) if place not in frames)
    return Roles(
        words=words, first=first, last=last, looks=looks, fault=_fault(named, images=images, task=task, first=first)
    )


def _declared(text: str) -> dict[str, int]:
    declared = "".join(DECLARATION.findall(text))
    return {
        name if number == "" else f"{name}_{number}": int(image) - 1
        for name, number, image in DECLARED.findall(declared)
    }


def _inline(text: str) -> dict[str, int]:
    """Marks without a declaration: the frames come first, in the order of the images."""
    names = dict.fromkeys(mark.group(1) for mark in MARK.finditer(text))
    frames = [name for name in ("FIRST_FRAME", "LAST_FRAME") if name in names]
    looks = {name: len(frames) + int(name.rpartition("_")[2]) for name in names if name.startswith("IMAGE_REF")}
    return {name: place for place, name in enumerate(frames)} | looks


def _fault(named: dict[str, int], *, images: int, task: str | None, first: int | None) -> str:
    if any(not 0 <= place < images for place in named.values()):
        return "a mark of the prompt points to an image that is not there"
    if "LAST_FRAME" in named and first is None:
        return "LAST_FRAME needs FIRST_FRAME"
    if task == "text_to_video" and images:
        return "text_to_video takes no image"
    return f"{task} needs an image" if task not in (None, "text_to_video") and not images else ""
