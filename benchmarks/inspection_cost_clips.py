"""Clips whose cost is measured: a walk through a painted land in fresh grain, and what it becomes when it is long."""

import io
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

from agent.jobs import Still
from benchmarks import footage_drawn
from benchmarks.footage_filters import Pixels

FPS = 24
REFERENCES = 3


def write(clip: Path, *, lines: int, frames: int, bit_rate: int) -> Path:
    """H.264 in 16:9 at the bit rate of a vendor's clip."""
    drawings = footage_drawn.take(4, frames=frames // 4, painted=True)
    size = (lines * 16 // 9, lines)
    rng = np.random.default_rng(1)
    with av.open(str(clip), mode="w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = *size, "yuv420p", bit_rate
        for at in range(frames):
            whole = np.asarray(Image.fromarray(drawings[at // 4]).resize(size, Image.Resampling.BICUBIC))
            grained = np.clip(whole + rng.normal(0, 6, (*whole.shape[:2], 1)), 0, 255).astype(np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(grained, format="rgb24")))
        container.mux(stream.encode(None))
    return clip


def repeat(clip: Path, longer: Path, *, times: int) -> Path:
    """The same frames again and again, copied as they are encoded."""
    with av.open(str(longer), mode="w", format="mp4") as out:
        stream = None
        for turn in range(times):
            with av.open(str(clip)) as container:
                source = container.streams.video[0]
                stream = stream or out.add_stream_from_template(source)
                length = round(source.frames / FPS / (source.time_base or Fraction(1, FPS)))
                for packet in container.demux(source):
                    if packet.pts is None or packet.dts is None:  # what ends a stream, and holds nothing
                        continue
                    packet.pts, packet.dts, packet.stream = (
                        packet.pts + turn * length,
                        packet.dts + turn * length,
                        stream,
                    )
                    out.mux(packet)
    return longer


def references() -> tuple[Still, ...]:
    """Stills of the same hand."""
    return tuple(_still(footage_drawn.still(4 + 3 * at, painted=True), at) for at in range(REFERENCES))


def _still(rgb: Pixels, at: int) -> Still:
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, format="PNG")
    return Still(label=str(at), data=out.getvalue(), media_type="image/png")
