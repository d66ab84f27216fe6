"""Letters in a picture: lines of text with their places, read by a detector and a recogniser inside a package.

The package is the extra ``ocr`` (rapidocr on onnxruntime); its models lie in its wheel, so nothing is fetched.
"""

import hashlib
import importlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from tools.pixels import Rgb
from tools.viewing import Extra

EXTRA = Extra(name="ocr", modules=("rapidocr", "onnxruntime"))

LOWEST, HIGHEST = 0.62, 0.18
"""Middle of a caption, as a share of the height. Subtitles are set in the lower third or, over a lower third that is in
use, at the top (EBU-TT-D guidance, BBC Subtitle Guidelines 1.2.1: within the central 90 % of the height)."""

OFF_CENTRE = 0.16
"""A caption is centred, or wide enough that its middle is; a mark in a corner is not."""

NARROWEST = 0.06

LEAST_SIDE_PX = 608
"""Of a picture that is read at its own size; a smaller one is enlarged to it. The detector's own 736 took 1.7 times as
long at 480p; with 480 the places of letters are too rough to tell a sign that moves from a mark that stands."""

REMEMBERED = 16
"""Pictures whose lines are kept: several checks read the same frames, and a reading takes about half a second."""

Box = tuple[float, float, float, float]
"""Left, top, width, height as shares of the picture."""

_read: OrderedDict[bytes, tuple["Line", ...]] = OrderedDict()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text.

    Attributes:
        score: The recogniser's own confidence, 0..1.
    """

    text: str
    score: float
    box: Box

    @property
    def letters(self) -> int:
        """Different letters and digits of any script: a stray stroke reads as one, a row of tiles as ``AAA``."""
        return len({sign for sign in self.text.casefold() if sign.isalnum()})

    @property
    def captions(self) -> bool:
        """Whether it stands where captions do."""
        return where_captions_stand(self.box)


def where_captions_stand(box: Box) -> bool:
    """Whether a place is centred and near the lower or the upper edge."""
    left, top, width, height = box
    middle = top + height / 2
    centred = abs(left + width / 2 - 0.5) < OFF_CENTRE and width > NARROWEST
    return centred and (middle > LOWEST or middle < HIGHEST)


def read(rgb: Rgb) -> tuple[Line, ...]:
    """Every line found. Needs the extra; about half a second for 1280x720. Blocks."""
    key = hashlib.blake2b(rgb.tobytes(), digest_size=16).digest()
    if key not in _read:
        _read[key] = _lines(rgb)
        if len(_read) > REMEMBERED:
            _read.popitem(last=False)
    return _read[key]


def _lines(rgb: Rgb) -> tuple[Line, ...]:
    found = _engine()(rgb[..., ::-1])
    if found.boxes is None:
        return ()
    height, width = rgb.shape[:2]
    return tuple(
        Line(text=str(text), score=float(score), box=_box(corners, width=width, height=height))
        for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
    )


def _box(corners: Any, *, width: int, height: int) -> Box:
    """The upright box around four corners, inside the picture."""
    left, right = (min(max(float(x), 0.0), width) / width for x in (corners[:, 0].min(), corners[:, 0].max()))
    top, bottom = (min(max(float(y), 0.0), height) / height for y in (corners[:, 1].min(), corners[:, 1].max()))
    return (left, top, right - left, bottom - top)


@cache
def _engine() -> Callable[[Any], Any]:
    """The two models, loaded once a process. One thread: several clips are inspected at once."""
    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    quiet = {"Global.log_level": "critical", "Global.use_cls": False}
    size = {"Det.limit_side_len": LEAST_SIDE_PX}
    engine: Callable[[Any], Any] = importlib.import_module("rapidocr").RapidOCR(params={**threads, **quiet, **size})
    return engine
