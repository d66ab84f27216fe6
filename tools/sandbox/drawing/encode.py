"""Frames to an MP4: H.264, 4:2:0, BT.709 tags, index first."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from tools.sandbox.drawing.colour import Bytes, Floats

BT709 = 1  # ITU-T H.273: colour primaries, transfer and matrix all use 1 for BT.709
LIMITED = 1  # FFmpeg's AVCOL_RANGE_MPEG
QUALITY = "20"  # x264 constant rate factor; paint texture survives it

_MATRIX = np.array(
    [[0.2126, 0.7152, 0.0722], [-0.1146, -0.3854, 0.5], [0.5, -0.4542, -0.0458]], dtype=np.float32
)  # ITU-R BT.709-6, item 3
_SCALE = np.array([219 / 255, 224 / 255, 224 / 255], dtype=np.float32)
_OFFSET = np.array([16, 128, 128], dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planes:
    """One frame: luma at full size, both chroma planes at half."""

    y: Bytes
    u: Bytes
    v: Bytes


def limited_range(rgb: Bytes) -> Floats:
    """``(height, width, 3)`` Y, Cb, Cr in video levels of full-range sRGB bytes."""
    return np.asarray((rgb.astype(np.float32) @ (_MATRIX * _SCALE[:, None]).T) + _OFFSET, dtype=np.float32)


def full_range(frame: Planes) -> Bytes:
    """The sRGB picture of a frame."""
    chroma = [np.repeat(np.repeat(plane, 2, axis=0), 2, axis=1) for plane in (frame.u, frame.v)]
    values = (np.stack([frame.y, *chroma], axis=2).astype(np.float32) - _OFFSET) / _SCALE
    return np.clip(np.rint(values @ np.linalg.inv(_MATRIX).T), 0, 255).astype(np.uint8)


def mp4(frames: Iterable[Planes], *, width: int, height: int, fps: int) -> bytes:
    """A finished file of the frames."""
    with tempfile.TemporaryDirectory() as folder:  # the index can only be moved to the front of a real file
        path = Path(folder) / "clip.mp4"
        with av.open(str(path), "w", options={"movflags": "faststart", "fflags": "+bitexact"}) as container:
            stream = _stream(container, width=width, height=height, fps=fps)
            for number, planes in enumerate(frames):
                container.mux(stream.encode(_frame(planes, number=number, fps=fps)))
            container.mux(stream.encode(None))
        return path.read_bytes()


def _stream(container: OutputContainer, *, width: int, height: int, fps: int) -> VideoStream:
    stream = container.add_stream("libx264", rate=fps)
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    stream.thread_count = 1  # the same bytes whatever machine it runs on
    stream.options = {"preset": "ultrafast", "crf": QUALITY, "bf": "0"}
    coding = stream.codec_context
    coding.color_primaries = coding.color_trc = coding.colorspace = BT709
    coding.color_range = LIMITED
    return stream


def _frame(planes: Planes, *, number: int, fps: int) -> VideoFrame:
    height, width = planes.y.shape
    stacked = np.concatenate([planes.y.ravel(), planes.u.ravel(), planes.v.ravel()]).reshape(height * 3 // 2, width)
    frame = VideoFrame.from_ndarray(stacked, format="yuv420p")
    frame.pts, frame.time_base = number, Fraction(1, fps)
    frame.colorspace, frame.color_range = BT709, LIMITED
    return frame
