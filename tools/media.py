"""Clips as pixels: decodes a stored file whole, in one pass, or says in what way it is not the clip it should be."""

import struct
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, VideoReformatter
from av.video.stream import VideoStream

from agent.errors import BadClipError
from tools.pixels import Bytes, Rgb

CONTAINER = "mp4"
"""The only container the four vendors deliver; forcing it keeps playlists and pages from choosing their own reader."""

SHORT_SIDE_PX = 90
"""Of the small picture kept of every frame; 160x90 for 16:9."""

LONGEST_RGB_PX = 1280
"""Long side of the colour picture kept of a sampled frame."""

UNTAGGED = 2
"""FFmpeg's number for a stream that does not say which colour matrix it uses."""

BT709_FROM_LINES = 720
"""Untagged streams of this height and more are read as BT.709: reading one as the other costs up to 12.8 dE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a file is looked at before it is refused. The defaults hold twice what any vendor delivers."""

    most_bytes: int = 256 << 20
    most_pixels: int = 4096 * 2304
    most_frames: int = 3600
    longest_seconds: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One sampled frame.

    Attributes:
        luma: (height, width), uint8, the size of the clip.
        rgb: (height, width, 3), uint8, long side at most 1280.
    """

    index: int
    at_s: float
    luma: Bytes
    rgb: Rgb


@dataclass(frozen=True, slots=True, kw_only=True)
class Reel:
    """A decoded clip.

    Attributes:
        fps: Frames per second as decoded, not as the header claims.
        frames: Evenly spaced samples at native size, at index ``(i + 0.5) * n / N``.
        small: (n, ~90, ~160, 3), uint8: every frame, shrunk by area.
    """

    width: int
    height: int
    fps: float
    frames: tuple[Frame, ...]
    small: Bytes

    @property
    def count(self) -> int:
        """Frames in the clip."""
        return len(self.small)

    @property
    def seconds(self) -> float:
        """Length as decoded."""
        return self.count / self.fps

    @property
    def lines(self) -> int:
        """The short side, which fault sizes are given for."""
        return min(self.width, self.height)

    @property
    def sampled(self) -> tuple[Rgb, ...]:
        """The small pictures of the sampled frames."""
        return tuple(self.small[frame.index] for frame in self.frames)

    def at_s(self, index: int) -> float:
        """Time code of a frame."""
        return index / self.fps


def decode(path: Path, *, samples: int = 8, limits: Limits | None = None) -> Reel:
    """Decode every frame of an MP4 file. Blocks; call it in a thread.

    Raises:
        BadClipError: Not an MP4, no picture track, cut short, no frames, damaged, or past a limit.
    """
    limits = limits or Limits()
    try:
        with path.open("rb") as file:
            _check_boxes(file, size=path.stat().st_size, limits=limits)
            with _opened(file) as (container, stream):
                expected = _expected_frames(container, stream, limits=limits)
                return _read(container, stream, expected=expected, samples=samples)
    except (FFmpegError, OSError, ValueError) as error:
        raise BadClipError(f"the clip does not decode ({_cause(error)}); fetch it again") from error


def small_size(width: int, height: int) -> tuple[int, int]:
    """Width and height of the small picture of a frame or reference."""
    shrink = SHORT_SIDE_PX / min(width, height)
    return max(2, round(width * shrink)), max(2, round(height * shrink))


def _check_boxes(file: BinaryIO, *, size: int, limits: Limits) -> None:
    """Walk the outermost boxes: an MP4 starts with ``ftyp`` and ends where its last box ends (ISO 14496-12, 4.2)."""
    if size == 0:
        raise BadClipError("the file is empty; fetch it again")
    if size > limits.most_bytes:
        raise BadClipError(f"the file has {size} bytes and at most {limits.most_bytes} are read; it was not opened")
    kinds: list[bytes] = []
    at = 0
    while at < size:
        length, kind = _box(file, at=at, size=size)
        kinds.append(kind)
        if kinds[0] != b"ftyp":
            raise BadClipError("the file is not an MP4 (a page, a playlist or something else); fetch it again")
        at += length
    if at != size:
        raise BadClipError(f"the file is cut short: {at} bytes were promised and {size} came; fetch it again")
    if b"moov" not in kinds:
        raise BadClipError("the file has no index (cut short before it was written); fetch it again")


def _box(file: BinaryIO, *, at: int, size: int) -> tuple[int, bytes]:
    """Length and kind of the box at an offset."""
    file.seek(at)
    head = file.read(16)
    if len(head) < 8:
        raise BadClipError("the file is cut short inside a box; fetch it again")
    length, kind = struct.unpack(">I4s", head[:8])
    if length == 0:  # reaches to the end of the file
        return size - at, kind
    if length == 1 and len(head) == 16:
        length = struct.unpack(">Q", head[8:])[0]
    if length < 8:
        raise BadClipError("the file is not an MP4 (a page, a playlist or something else); fetch it again")
    return length, kind


@contextmanager
def _opened(file: BinaryIO) -> Generator[tuple[InputContainer, VideoStream]]:
    """The container and its picture track. Read through our file, so no name in it can open another."""
    file.seek(0)
    with av.open(file, mode="r", format=CONTAINER) as container:
        if not container.streams.video:
            raise BadClipError("the file has no picture track; it was not accepted as a take")
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1  # several clips are inspected at once
        yield container, stream


def _expected_frames(container: InputContainer, stream: VideoStream, *, limits: Limits) -> int:
    """How many frames the index lists; counted from the packets where it does not say (fragmented files)."""
    if stream.width * stream.height > limits.most_pixels:
        raise BadClipError(f"{stream.width}x{stream.height} is more than {limits.most_pixels} pixels; not decoded")
    frames = stream.frames
    if not frames:
        frames = sum(1 for packet in container.demux(stream) if packet.size)
        container.seek(0)
    if not frames:
        raise BadClipError("the clip has no frames; fetch it again")
    seconds = frames / float(stream.average_rate or 24)
    if frames > limits.most_frames or seconds > limits.longest_seconds:
        raise BadClipError(f"{frames} frames ({seconds:.0f} s) are more than is inspected; not decoded")
    return frames


def _read(container: InputContainer, stream: VideoStream, *, expected: int, samples: int) -> Reel:
    """Decode all of it, keep every frame small and the samples whole."""
    wanted = {int((i + 0.5) * expected / samples) for i in range(samples)}
    reformatter = VideoReformatter()
    small: list[Rgb] = []
    sampled: list[tuple[int, VideoFrame]] = []
    last_pts = 0
    for frame in container.decode(stream):
        if len(small) in wanted:
            sampled.append((len(small), frame))
        small.append(_rgb(frame, reformatter, size=small_size(frame.width, frame.height)))
        last_pts = frame.pts if frame.pts is not None else last_pts
        if len(small) > expected:
            break
    if len(small) != expected or len({picture.shape for picture in small}) > 1:
        raise BadClipError(f"the index lists {expected} frames of one size and {len(small)} decode; fetch it again")
    fps = _rate(stream, frames=expected, last_pts=last_pts)
    frames = tuple(_frame(frame, reformatter, index=index, fps=fps) for index, frame in sampled)
    return Reel(width=stream.width, height=stream.height, fps=fps, frames=frames, small=np.stack(small))


def _rate(stream: VideoStream, *, frames: int, last_pts: int) -> float:
    """Frames per second from the last time stamp; from the header where there is a single frame."""
    start = stream.start_time or 0
    if frames > 1 and last_pts > start and stream.time_base:
        return (frames - 1) / float((last_pts - start) * stream.time_base)
    return float(stream.average_rate or 24)


def _frame(frame: VideoFrame, reformatter: VideoReformatter, *, index: int, fps: float) -> Frame:
    shrink = min(1.0, LONGEST_RGB_PX / max(frame.width, frame.height))
    size = (round(frame.width * shrink), round(frame.height * shrink))
    luma = np.asarray(reformatter.reformat(frame, format="gray").to_ndarray(), dtype=np.uint8)
    return Frame(index=index, at_s=index / fps, luma=luma, rgb=_rgb(frame, reformatter, size=size))


def _rgb(frame: VideoFrame, reformatter: VideoReformatter, *, size: tuple[int, int]) -> Rgb:
    """The frame in colour at a size, shrunk by area."""
    untagged = int(frame.colorspace) == UNTAGGED
    matrix = Colorspace.ITU709 if untagged and frame.height >= BT709_FROM_LINES else None
    shrunk = reformatter.reformat(
        frame, width=size[0], height=size[1], format="rgb24", src_colorspace=matrix, interpolation="AREA"
    )
    return np.asarray(shrunk.to_ndarray(), dtype=np.uint8)


def _cause(error: Exception) -> str:
    """The library's own words, without a file name."""
    return str(getattr(error, "strerror", None) or error)[:120]
