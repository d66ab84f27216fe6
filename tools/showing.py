"""Small pictures of what a reading rests on: the place enlarged, before and after, or beside the reference."""

import base64
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from agent.findings import Evidence, Reading, Sight
from tools.media import Reel
from tools.pixels import Plane, Rgb
from tools.viewing import Viewing

Box = tuple[float, float, float, float]
"""Left, top, width, height as shares of the picture."""

HEIGHT_PX: Final = 180
GAP_PX: Final = 4
PANEL_WIDEST: Final = 2.4
"""Times its height: a caption's strip stays readable without growing past a page's column."""

MARGIN: Final = 0.15
OUTLINE: Final = "#ff8a70"
QUALITY: Final = 80
SHOWN_SIGHTS: Final = frozenset({Sight.SEEN, Sight.UNSURE})


def illustrated(reading: Reading, viewing: Viewing) -> Reading:
    """The reading with a picture of its first evidence; an all-clear needs none, and a check's own picture stays."""
    if reading.sight not in SHOWN_SIGHTS or not reading.evidence or reading.evidence[0].picture:
        return reading
    first, *rest = reading.evidence
    return replace(reading, evidence=(replace(first, picture=_drawn(first, viewing)), *rest))


def outlined(rgb: Rgb, *boxes: Box) -> str:
    """The frame with lines around places, and beside it each place enlarged."""
    frame = _panel(rgb)
    drawing = ImageDraw.Draw(frame)
    for left, top, width, height in boxes:
        corners = (left * frame.width, top * frame.height, (left + width) * frame.width, (top + height) * frame.height)
        drawing.rectangle(corners, outline=OUTLINE, width=2)
    return _joined([frame, *(_panel(_crop(rgb, box)) for box in boxes)])


def beside(rgb: Rgb, *others: Rgb) -> str:
    """Pictures side by side at one height: before and after, or the take and a reference."""
    return _joined([_panel(each) for each in (rgb, *others)])


def heated(rgb: Rgb, heat: Plane) -> str:
    """The frame beside itself in grey with places coloured by how strong they are; ``heat`` is 0..1, any size."""
    frame = _panel(rgb)
    share = Image.fromarray((np.clip(heat, 0, 1) * 200).astype(np.uint8)).resize(frame.size, Image.Resampling.BILINEAR)
    glowing = Image.composite(Image.new("RGB", frame.size, OUTLINE), frame.convert("L").convert("RGB"), share)
    return _joined([frame, glowing])


def _drawn(evidence: Evidence, viewing: Viewing) -> str:
    """What fits the evidence: its reference beside it, its place enlarged, or the frames around an event."""
    frame = _frame(evidence.frame, viewing.reel)
    named = (evidence.reference or "").split(", ")
    references = [still.rgb for still in viewing.stills if still.reference.id in named]
    if references:
        return beside(frame, *references[:2])
    if evidence.box:
        return outlined(frame, evidence.box)
    before = _frame(max(0, evidence.frame - 1), viewing.reel)
    return beside(before, frame) if evidence.frame else beside(frame)


def _frame(index: int, reel: Reel) -> Rgb:
    """The frame as large as it was kept."""
    whole = next((frame.rgb for frame in reel.frames if frame.index == index), None)
    return reel.small[min(index // reel.step, len(reel.small) - 1)] if whole is None else whole


def _crop(rgb: Rgb, box: Box) -> Rgb:
    """A place with some of what surrounds it."""
    height, width = rgb.shape[:2]
    left, top, across, down = box
    margin = MARGIN * max(across * width, down * height)
    rows = slice(max(0, int(top * height - margin)), max(1, int((top + down) * height + margin) + 1))
    columns = slice(max(0, int(left * width - margin)), max(1, int((left + across) * width + margin) + 1))
    cropped = rgb[rows, columns]
    return cropped if cropped.size else rgb


def _panel(rgb: Rgb) -> Image.Image:
    """One picture at the common height, or as wide as a panel may be."""
    height, width = rgb.shape[:2]
    factor = min(HEIGHT_PX / height, PANEL_WIDEST * HEIGHT_PX / width)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return Image.fromarray(np.ascontiguousarray(rgb)).resize(size, Image.Resampling.BICUBIC)


def _joined(panels: Sequence[Image.Image]) -> str:
    """The panels in one row, as base64 of a JPEG."""
    width = sum(panel.width for panel in panels) + GAP_PX * (len(panels) - 1)
    row = Image.new("RGB", (width, max(panel.height for panel in panels)))
    left = 0
    for panel in panels:
        row.paste(panel, (left, 0))
        left += panel.width + GAP_PX
    out = io.BytesIO()
    row.save(out, format="JPEG", quality=QUALITY)
    return base64.b64encode(out.getvalue()).decode("ascii")
