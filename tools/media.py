"""Clips as pixels: decodes a stored file whole, in one pass, or says in what way it is not the clip it should be.

What is kept of it is bounded, however long or large it is: `tools.sampling` says which frames.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
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
from tools import boxes, pixels, sampling
from tools.pixels import Bytes, Plane, Rgb

CONTAINER = "mp4"
"""The only container the four vendors deliver; forcing it keeps playlists and pages from choosing their own reader."""

SHORT_SIDE_PX = 90
"""Of the small picture kept of every frame; 160x90 for 16:9."""

LONGEST_RGB_PX = 1280
"""Long side of the colour picture kept of a sampled frame."""

LONGEST_LUMA_PX = 1920
"""Long side of its luma. Fault sizes are given for 720 lines; of 4K nothing finer than 1080 lines is looked at."""

UNTAGGED = 2
"""FFmpeg's number for a stream that does not say which colour matrix it uses."""

BT709_FROM_LINES = 720
"""Untagged streams of this height and more are read as BT.709: reading one as the other costs up to 12.8 dE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a file is looked at before it is refused. The defaults hold ten minutes of 4K at 60 per second."""

    most_bytes: int = 4 << 30
    most_pixels: int = 4096 * 2304
    most_frames: int = 40_000
    longest_seconds: float = 660.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One sampled frame.

    Attributes:
        luma: (height, width), uint8, the size of the clip, long side at most 1920.
        rgb: (height, width, 3), uint8, long side at most 1280.
    """

    index: int
    at_s: float
    luma: Bytes
    rgb: Rgb


@dataclass(frozen=True, kw_only=True)  # no slots: a cached property needs a place
class Reel:
    """A decoded clip, upright.

    Attributes:
        fps: Frames per second as decoded, on the whole, not as the header claims.
        times_s: When each frame is shown, from the first on; rates may vary.
        frames: Evenly spaced samples at native size, at index ``(i + 0.5) * n / N``.
        moments: The frames in which most changes, besides.
        step: Of so many frames one is kept small: 1 unless the clip is longer than any vendor delivers.
        small: (n / step, ~90, ~160, 3), uint8: the kept frames, shrunk by area.
    """

    width: int
    height: int
    fps: float
    times_s: tuple[float, ...]
    frames: tuple[Frame, ...]
    moments: tuple[Frame, ...]
    step: int
    small: Bytes

    @cached_property
    def luma(self) -> Plane:
        """Luma 0..255 of the small pictures: (n / step, ~90, ~160)."""
        return pixels.luma(self.small)

    @property
    def count(self) -> int:
        """Frames in the clip."""
        return len(self.times_s)

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
        return tuple(self.small[frame.index // self.step] for frame in self.frames)

    def at_s(self, index: int) -> float:
        """Time code of a frame."""
        return self.times_s[index]


def decode(path: Path, *, samples: int = 8, limits: Limits | None = None) -> Reel:
    """Decode every frame of an MP4 file. Blocks; call it in a thread.

    Raises:
        BadClipError: Not an MP4, no picture track, cut short, no frames, damaged, or past a limit.
    """
    limits = limits or Limits()
    try:
        with path.open("rb") as file:
            boxes.check(file, size=path.stat().st_size, most_bytes=limits.most_bytes)
            with _opened(file) as (container, stream):
                expected = _expected_frames(container, stream, limits=limits)
                return _read(container, stream, expected=expected, samples=samples)
    except (FFmpegError, OSError, ValueError) as error:
        raise BadClipError(f"the clip does not decode ({_cause(error)}); fetch it again") from error


def small_size(width: int, height: int) -> tuple[int, int]:
    """Width and height of the small picture of a frame or reference."""
    shrink = SHORT_SIDE_PX / min(width, height)
    return max(2, round(width * shrink)), max(2, round(height * shrink))


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
    """Decode all of it; keep small, and whole, what `tools.sampling` says."""
    keeper = _Keeper(expected=expected, samples=samples, size=small_size(stream.width, stream.height))
    size = (stream.width, stream.height)
    for frame in container.decode(stream):
        if len(keeper.times_s) == expected or (frame.width, frame.height) != size:
            raise BadClipError(f"the index lists {expected} frames of one size and others decode; fetch it again")
        keeper.meet(frame, rate=float(stream.average_rate or 24))
    if len(keeper.times_s) != expected:
        raise BadClipError(f"the index lists {expected} frames and {len(keeper.times_s)} decode; fetch it again")
    return keeper.reel(size, rate=float(stream.average_rate or 24))


class _Keeper:
    """Meets every frame once and keeps what the checks will look at."""

    def __init__(self, *, expected: int, samples: int, size: tuple[int, int]) -> None:
        self.times_s: list[float] = []
        self._step = sampling.step(expected)
        self._spaced = sampling.spaced(expected, samples=samples)
        self._small = np.empty((len(range(0, expected, self._step)), size[1], size[0], 3), dtype=np.uint8)
        self._moments = sampling.Moments()
        self._held: dict[int, VideoFrame] = {}
        self._whole: list[Frame] = []
        self._scalers = _Scalers()
        self._turns = 0

    def meet(self, frame: VideoFrame, *, rate: float) -> None:
        """Take in the next frame."""
        index = len(self.times_s)
        self.times_s.append(float(frame.time) if frame.pts is not None else index / rate)
        self._turns = frame.rotation // 90 % 4
        if index in self._spaced:  # made at once: a frame held until the end would keep 12 MB at 4K
            self._whole.append(_frame(frame, self._scalers, index=index))
        if index % self._step == 0:
            small = self._small[index // self._step]
            small[:] = _rgb(frame, self._scalers.small, size=(small.shape[1], small.shape[0]))
            if self._moments.meet(index, small):
                self._held[index] = frame
                self._held = {at: self._held[at] for at in self._moments.indices}

    def reel(self, size: tuple[int, int], *, rate: float) -> Reel:
        """What was kept, upright, with its places in time."""
        times_s = tuple(at_s - self.times_s[0] for at_s in self.times_s)
        moments = [_frame(frame, self._scalers, index=index) for index, frame in self._held.items()]
        width, height = size[::-1] if self._turns % 2 else size
        return Reel(
            width=width,
            height=height,
            fps=(len(times_s) - 1) / times_s[-1] if times_s[-1] > 0 else rate,
            times_s=times_s,
            frames=tuple(_placed(frame, times_s, self._turns) for frame in self._whole),
            moments=tuple(_placed(frame, times_s, self._turns) for frame in moments),
            step=self._step,
            small=np.ascontiguousarray(np.rot90(self._small, self._turns, axes=(1, 2))),
        )


@dataclass(frozen=True, slots=True)
class _Scalers:
    """One for each size and format: a scaler that is asked for another one builds its filters anew."""

    small: VideoReformatter = field(default_factory=VideoReformatter)
    grey: VideoReformatter = field(default_factory=VideoReformatter)
    rgb: VideoReformatter = field(default_factory=VideoReformatter)


def _frame(frame: VideoFrame, scalers: _Scalers, *, index: int) -> Frame:
    """The frame whole, lying as it is stored."""
    width, height = _at_most(frame, LONGEST_LUMA_PX)
    grey = scalers.grey.reformat(frame, width=width, height=height, format="gray", interpolation="AREA")
    rgb = _rgb(frame, scalers.rgb, size=_at_most(frame, LONGEST_RGB_PX))
    return Frame(index=index, at_s=0.0, luma=np.asarray(grey.to_ndarray(), dtype=np.uint8), rgb=rgb)


def _at_most(frame: VideoFrame, longest: int) -> tuple[int, int]:
    shrink = min(1.0, longest / max(frame.width, frame.height))
    return round(frame.width * shrink), round(frame.height * shrink)


def _placed(frame: Frame, times_s: Sequence[float], turns: int) -> Frame:
    """The frame at its time, turned as a player turns it, who obeys the note on how the camera was held."""
    upright = [np.ascontiguousarray(np.rot90(plane, turns)) for plane in (frame.luma, frame.rgb)]
    return Frame(index=frame.index, at_s=times_s[frame.index], luma=upright[0], rgb=upright[1])


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
