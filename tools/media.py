"""Clips as pixels: decodes a stored file whole, in one pass, or says in what way it is not the clip it should be.

What is kept of it is bounded, however long or large it is: `tools.sampling` says which frames.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from agent.errors import BadClipError
from tools import boxes, sampling
from tools.pixels import Bytes, Rgb
from tools.scaling import Scalers, small_size

CONTAINER = "mp4"
"""The only container the four vendors deliver; forcing it keeps playlists and pages from choosing their own reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a file is looked at before it is refused. The defaults hold ten minutes of 4K at 60 per second."""

    most_bytes: int = 4 << 30
    most_pixels: int = 4096 * 2304
    most_frames: int = 40_000
    longest_seconds: float = 660.0


@dataclass(frozen=True, kw_only=True, eq=False)  # no slots: what is made of it once needs a place
class Frame:
    """One frame that was kept whole; its luma and its colours are made when first asked for.

    Attributes:
        turns: Quarter turns to the left until it stands upright, as a player turns it.
    """

    index: int
    at_s: float
    held: VideoFrame
    turns: int
    scalers: Scalers

    @cached_property
    def luma(self) -> Bytes:
        """(height, width), the size of the clip, long side at most 1920."""
        return self._upright(self.scalers.luma(self.held))

    @cached_property
    def rgb(self) -> Rgb:
        """(height, width, 3), long side at most 1280."""
        return self._upright(self.scalers.rgb(self.held))

    def _upright(self, picture: Bytes) -> Bytes:
        return np.ascontiguousarray(np.rot90(picture, self.turns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reel:
    """A decoded clip, upright.

    Attributes:
        fps: Frames per second as decoded, on the whole, not as the header claims.
        times_s: When each frame is shown, from the first on; rates may vary.
        kinds: A letter for each frame, ``I``, ``P`` or ``B``: how its encoder made it.
        frames: Evenly spaced samples at native size, at index ``(i + 0.5) * n / N``.
        moments: The frames in which most changes, besides.
        step: Of so many frames one is kept small: 1 unless the clip is longer than any vendor delivers.
        small: (n / step, ~90, ~160, 3), uint8: the kept frames, shrunk by area.
    """

    width: int
    height: int
    fps: float
    times_s: tuple[float, ...]
    kinds: str
    frames: tuple[Frame, ...]
    moments: tuple[Frame, ...]
    step: int
    small: Bytes

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


def decode(path: Path, *, samples: int = 8, moments: int = sampling.MOMENTS, limits: Limits | None = None) -> Reel:
    """Decode every frame of an MP4 file. Blocks; call it in a thread. ``moments`` are for a judge; checks need none.

    Raises:
        BadClipError: Not an MP4, no picture track, cut short, no frames, damaged, or past a limit.
    """
    limits = limits or Limits()
    try:
        with path.open("rb") as file:
            boxes.check(file, size=path.stat().st_size, most_bytes=limits.most_bytes)
            with _opened(file) as (container, stream):
                expected = _expected_frames(container, stream, limits=limits)
                return _read(container, stream, expected=expected, keep=(samples, moments))
    except (FFmpegError, OSError, ValueError) as error:
        raise BadClipError(f"the clip does not decode ({_cause(error)}); fetch it again") from error


@contextmanager
def _opened(file: BinaryIO) -> Generator[tuple[InputContainer, VideoStream]]:
    """The container and its picture track. Read through our file, so no name in it can open another."""
    file.seek(0)
    with av.open(file, mode="r", format=CONTAINER) as container:
        if not container.streams.video:
            raise BadClipError("the file has no picture track; it was not accepted as a take")
        stream = container.streams.video[0]
        if not stream.codec_context:  # none where nobody here knows the codec, whatever its types say
            raise BadClipError("the picture track is of an unknown kind; it was not accepted as a take")
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


def _read(container: InputContainer, stream: VideoStream, *, expected: int, keep: tuple[int, int]) -> Reel:
    """Decode all of it; keep small, and whole, what `tools.sampling` says."""
    size = (stream.width, stream.height)
    keeper = _Keeper(expected=expected, keep=keep, size=size)
    for frame in container.decode(stream):
        if len(keeper.times_s) == expected or (frame.width, frame.height) != size:
            raise BadClipError(f"the index lists {expected} frames of one size and others decode; fetch it again")
        keeper.meet(frame, rate=float(stream.average_rate or 24))
        del frame  # 12 MB at 4K that the decoder may use for the next one
    if len(keeper.times_s) != expected:
        raise BadClipError(f"the index lists {expected} frames and {len(keeper.times_s)} decode; fetch it again")
    return keeper.reel(size, rate=float(stream.average_rate or 24))


class _Keeper:
    """Meets every frame once and keeps what the checks will look at."""

    def __init__(self, *, expected: int, keep: tuple[int, int], size: tuple[int, int]) -> None:
        """``keep`` is how many spaced frames and how many moments are kept whole; ``size`` is the clip's."""
        width, height = small_size(*size)
        self.times_s: list[float] = []
        self._kinds: list[str] = []
        self._step = sampling.step(expected)
        self._spaced = sampling.spaced(expected, samples=keep[0])
        self._moments = sampling.Moments(keep[1])
        self._small = np.empty((len(range(0, expected, self._step)), height, width, 3), dtype=np.uint8)
        self._whole: dict[int, VideoFrame] = {}
        self._scalers = Scalers(lines=size[1])
        self._turns = 0

    def meet(self, frame: VideoFrame, *, rate: float) -> None:
        """Take in the next frame."""
        index = len(self.times_s)
        self.times_s.append(float(frame.time) if frame.pts is not None else index / rate)
        self._kinds.append(PictureType(frame.pict_type).name[0])
        self._turns = frame.rotation // 90 % 4
        moving = index % self._step == 0 and self._moves(frame, index)
        if moving or index in self._spaced:
            self._whole[index] = self._scalers.held(frame)
            wanted = self._spaced.union(self._moments.indices)
            self._whole = {at: held for at, held in self._whole.items() if at in wanted}

    def reel(self, size: tuple[int, int], *, rate: float) -> Reel:
        """What was kept, upright, with its places in time."""
        times_s = tuple(at_s - self.times_s[0] for at_s in self.times_s)
        width, height = size[::-1] if self._turns % 2 else size
        return Reel(
            width=width,
            height=height,
            fps=(len(times_s) - 1) / times_s[-1] if times_s[-1] > 0 else rate,
            times_s=times_s,
            kinds="".join(self._kinds),
            frames=tuple(self._frame(at, times_s) for at in sorted(self._spaced)),
            moments=tuple(self._frame(at, times_s) for at in self._moments.indices),
            step=self._step,
            small=np.ascontiguousarray(np.rot90(self._small, self._turns, axes=(1, 2))),
        )

    def _moves(self, frame: VideoFrame, index: int) -> bool:
        """Keep the frame small; whether it is one of those with most change, as far as is known now."""
        small = self._small[index // self._step]
        small[:] = self._scalers.small(frame, size=(small.shape[1], small.shape[0]))
        return self._moments.meet(index, small)

    def _frame(self, index: int, times_s: Sequence[float]) -> Frame:
        return Frame(
            index=index, at_s=times_s[index], held=self._whole[index], turns=self._turns, scalers=self._scalers
        )


def _cause(error: Exception) -> str:
    """The library's own words, without a file name."""
    return str(getattr(error, "strerror", None) or error)[:120]
