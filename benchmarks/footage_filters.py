"""Clips in and out of FFmpeg: read, filtered, written. Shares no code with what inspects them."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import numpy as np
from av.error import BlockingIOError as NothingYet
from av.error import EOFError as AtTheEnd
from av.filter import Graph
from av.video.reformatter import Colorspace, VideoReformatter

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
"""(n, height, width, 3), sRGB; a picture has no n."""

FPS = 24
CRF = 21
BT709 = 1
CHANGE_OF_SCENE = 0.15
"""FFmpeg's own score of a change of scene, 0..1. Its manual calls 0.3 to 0.5 sane; that left a cut in a sound take."""


def read(path: Path, *, lines: int, span: tuple[int, int]) -> Pixels:
    """The frames of a span of a film, at most so many lines high, sides even."""
    scale = f"scale=w='trunc(iw*min(1,{lines}/min(iw,ih))/2)*2':h='trunc(ih*min(1,{lines}/min(iw,ih))/2)*2':flags=area"
    with av.open(str(path)) as container:
        frames = islice(container.decode(video=0), *span)
        return np.stack([_rgb(frame) for frame in _through(frames, scale)])


def changes(path: Path, *, span: tuple[int, int]) -> list[int]:
    """The frames of a span at which another shot begins."""
    with av.open(str(path)) as container:
        frames = list(islice(container.decode(video=0), *span))
    places = {frame.pts: index for index, frame in enumerate(frames)}
    selected = _through(iter(frames), f"select='gt(scene,{CHANGE_OF_SCENE})'")
    return [places[frame.pts] for frame in selected if frame.pts in places]


def filtered(frames: Pixels, chain: str) -> Pixels:
    """The frames through a chain of FFmpeg's filters."""
    given = (_numbered(frame, index) for index, frame in enumerate(frames))
    return np.stack([_rgb(frame) for frame in _through(given, f"{chain},format=rgb24")])


def write(frames: Pixels, path: Path, *, crf: int = CRF, fps: int = FPS) -> None:
    """The frames as H.264, tagged BT.709 as they are converted."""
    reformatter = VideoReformatter()
    with av.open(str(path), mode="w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=Fraction(fps), options={"crf": str(crf), "preset": "veryfast"})
        stream.height, stream.width = frames.shape[1:3]
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.thread_count = 1
        context.colorspace = context.color_primaries = context.color_trc = BT709
        for picture in frames:
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            coded = reformatter.reformat(frame, format="yuv420p", dst_colorspace=Colorspace.ITU709)
            container.mux(stream.encode(coded))
        container.mux(stream.encode(None))


def _rgb(frame: av.VideoFrame) -> Pixels:
    return np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8)


def _numbered(picture: Pixels, index: int) -> av.VideoFrame:
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
    frame.pts, frame.time_base = index, Fraction(1, FPS)
    return frame


def _through(frames: Iterator[av.VideoFrame], chain: str) -> Iterator[av.VideoFrame]:
    graph: Graph | None = None
    for frame in frames:
        graph = graph or _graph(frame, chain)
        graph.vpush(frame)
        yield from _ready(graph)
    if graph:
        graph.vpush(None)
        yield from _ready(graph)


def _graph(frame: av.VideoFrame, chain: str) -> Graph:
    graph = Graph()
    source = graph.add_buffer(
        width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base or Fraction(1, FPS)
    )
    nodes = [source]
    for step in _steps(chain):
        name, _, given = step.partition("=")
        nodes.append(graph.add(name, given or None))
    graph.link_nodes(*nodes, graph.add("buffersink")).configure()
    return graph


def _steps(chain: str) -> list[str]:
    """The chain at its commas, but not at those inside quotes or brackets."""
    steps, depth, quoted = [""], 0, False
    for sign in chain:
        quoted ^= sign == "'"
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not quoted and not depth:
            steps.append("")
        else:
            steps[-1] += sign
    return steps


def _ready(graph: Graph) -> Iterator[av.VideoFrame]:
    while True:
        try:
            yield graph.vpull()
        except (NothingYet, AtTheEnd):
            return
