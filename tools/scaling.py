"""Decoded frames at the sizes that are looked at: small ones of all, luma and colour of those that are kept whole."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter

from tools.pixels import Bytes, Rgb

SHORT_SIDE_PX: Final = 90
"""Of the small picture kept of every frame; 160x90 for 16:9."""

LONGEST_RGB_PX: Final = 1280
"""Long side of the colour picture made of a sampled frame."""

LONGEST_LUMA_PX: Final = 1920
"""Long side of its luma. Fault sizes are given for 720 lines; of 4K nothing finer than 1080 lines is looked at."""

UNTAGGED: Final = 2
"""FFmpeg's number for a stream that does not say which colour matrix it uses."""

BT709_FROM_LINES: Final = 720
"""Untagged streams of this height and more are read as BT.709: reading one as the other costs up to 12.8 dE."""

MEANS: Final = Interpolation.AREA | Interpolation.FULL_CHR_H_INT
"""Every pixel the mean of the area it covers. Without the second flag a smaller picture takes the quick way to RGB,
which leaves its colours two levels too dark at most sizes."""

HALVED: Final = {"yuv420p": "yuv422p", "yuvj420p": "yuvj422p"}
"""Formats with half as many rows of colour as of luma, and the same with as many: what vendors send, in 8 bits."""


def small_size(width: int, height: int) -> tuple[int, int]:
    """Width and height of the small picture of a frame or reference."""
    shrink = SHORT_SIDE_PX / min(width, height)
    return max(2, round(width * shrink)), max(2, round(height * shrink))


@dataclass(frozen=True, slots=True)
class Scalers:
    """Makes the pictures of one clip's frames, lying as they are stored, every pixel the mean of the area it covers.

    One scaler for each size and format: one that is asked for another builds its filters anew.

    Attributes:
        lines: Height of the clip, which decides how an untagged stream is read.
    """

    lines: int
    _small: VideoReformatter = field(default_factory=VideoReformatter)
    _held: VideoReformatter = field(default_factory=VideoReformatter)
    _luma: VideoReformatter = field(default_factory=VideoReformatter)
    _rgb: VideoReformatter = field(default_factory=VideoReformatter)

    def small(self, frame: VideoFrame, *, size: tuple[int, int]) -> Rgb:
        """The frame in colour, far smaller."""
        return self._colour(_flattened(frame, rows=size[1]), self._small, size=size)

    def held(self, frame: VideoFrame) -> VideoFrame:
        """The frame as it is kept until somebody asks for its luma or colours: 4K would take four times the room."""
        width, height = _at_most(frame, LONGEST_LUMA_PX)
        return self._held.reformat(frame, width=width, height=height, interpolation="AREA")

    def luma(self, frame: VideoFrame) -> Bytes:
        """Its luma, 0..255, long side at most 1920: (height, width)."""
        width, height = _at_most(frame, LONGEST_LUMA_PX)
        grey = self._luma.reformat(frame, width=width, height=height, format="gray", interpolation="AREA")
        return np.asarray(grey.to_ndarray(), dtype=np.uint8)

    def rgb(self, frame: VideoFrame) -> Rgb:
        """Its colours, long side at most 1280: (height, width, 3)."""
        return self._colour(frame, self._rgb, size=_at_most(frame, LONGEST_RGB_PX))

    def _colour(self, frame: VideoFrame, scaler: VideoReformatter, *, size: tuple[int, int]) -> Rgb:
        """The frame in sRGB at a size."""
        untagged = int(frame.colorspace) == UNTAGGED
        matrix = Colorspace.ITU709 if untagged and self.lines >= BT709_FROM_LINES else None
        shrunk = scaler.reformat(
            frame, width=size[0], height=size[1], format="rgb24", src_colorspace=matrix, interpolation=MEANS
        )
        return np.asarray(shrunk.to_ndarray(), dtype=np.uint8)


def _flattened(frame: VideoFrame, *, rows: int) -> VideoFrame:
    """As many rows as are wanted, at full width, where they divide evenly: the scaler itself takes twice as long."""
    flat_format = HALVED.get(frame.format.name)
    if flat_format is None or frame.height % (2 * rows):
        return frame
    flat = VideoFrame(frame.width, rows, flat_format)
    flat.colorspace, flat.color_range = frame.colorspace, frame.color_range
    for plane, place in zip(frame.planes, flat.planes, strict=True):
        _rows(place)[:] = _mean_of_rows(_rows(plane).reshape(rows, -1, plane.width))
    return flat


def _rows(plane: VideoPlane) -> Bytes:
    """The samples of a plane, seen where they lie: (height, width)."""
    whole = np.frombuffer(memoryview(plane), dtype=np.uint8)
    return whole.reshape(plane.height, plane.line_size)[:, : plane.width]


def _mean_of_rows(stacks: Bytes) -> Bytes:
    """Rounded means over the middle axis, of at most 257 rows: (rows, each, width) to (rows, width)."""
    total = np.asarray(stacks.sum(axis=1, dtype=np.uint16), dtype=np.uint16)
    total += stacks.shape[1] // 2
    total //= stacks.shape[1]
    return total.astype(np.uint8)


def _at_most(frame: VideoFrame, longest: int) -> tuple[int, int]:
    shrink = min(1.0, longest / max(frame.width, frame.height))
    return round(frame.width * shrink), round(frame.height * shrink)
