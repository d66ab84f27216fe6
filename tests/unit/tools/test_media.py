import io
from pathlib import Path

import av
import numpy as np
import pytest

from agent.errors import BadClipError
from tests.support import clips
from tools import media
from tools.media import Limits

FRAMES = 30


@pytest.fixture(scope="module")
def index_last() -> bytes:
    return clips.encode(clips.film(clips.leaves(1), frames=FRAMES))


@pytest.fixture(scope="module")
def index_first() -> bytes:
    return clips.encode(clips.film(clips.leaves(1), frames=FRAMES), options={"movflags": "faststart"})


def _stored(folder: Path, content: bytes) -> Path:
    path = folder / "clip.mp4"
    path.write_bytes(content)
    return path


def test_a_clip_is_decoded_whole_with_its_size_rate_and_length(tmp_path: Path, index_last: bytes) -> None:
    reel = media.decode(_stored(tmp_path, index_last))

    assert (reel.width, reel.height, reel.count, reel.lines) == (640, 480, FRAMES, 480)
    assert reel.fps == pytest.approx(24)
    assert reel.seconds == pytest.approx(1.25)


def test_samples_are_spread_evenly_and_carry_their_place(tmp_path: Path, index_last: bytes) -> None:
    reel = media.decode(_stored(tmp_path, index_last), samples=6)

    assert [frame.index for frame in reel.frames] == [2, 7, 12, 17, 22, 27]
    assert reel.frames[1].at_s == pytest.approx(7 / 24)
    assert reel.frames[0].luma.shape == (480, 640)


def test_a_sample_shows_the_frame_of_its_index(tmp_path: Path) -> None:
    shades = np.arange(24, dtype=np.uint8)[:, None, None, None] * 8 + np.full((24, 96, 128, 3), 20, dtype=np.uint8)

    reel = media.decode(_stored(tmp_path, clips.encode(shades)))

    for frame in reel.frames:
        assert frame.rgb.mean() == pytest.approx(20 + 8 * frame.index, abs=3)
        assert reel.small[frame.index].mean() == pytest.approx(20 + 8 * frame.index, abs=3)


def test_a_clip_shorter_than_the_number_of_samples_gives_each_frame_once(tmp_path: Path, index_last: bytes) -> None:
    few = clips.encode(clips.film(clips.leaves(1), frames=3))

    assert [frame.index for frame in media.decode(_stored(tmp_path, few)).frames] == [0, 1, 2]


def test_the_rate_is_read_from_the_time_stamps(tmp_path: Path) -> None:
    reel = media.decode(_stored(tmp_path, clips.encode(clips.film(clips.leaves(1), frames=30), fps=30)))

    assert reel.fps == pytest.approx(30)
    assert reel.seconds == pytest.approx(1.0)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
@pytest.mark.parametrize("place", ["index_last", "index_first"])
def test_a_truncated_file_is_refused(share: float, place: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    whole: bytes = request.getfixturevalue(place)

    with pytest.raises(BadClipError, match="fetch it again"):
        media.decode(_stored(tmp_path, whole[: int(len(whole) * share)]))


def test_a_file_that_plays_fewer_frames_than_its_index_lists_is_refused(tmp_path: Path, index_first: bytes) -> None:
    at = index_first.index(b"elst") + 12  # the edit's duration follows version and count: ISO 14496-12, 8.6.6
    halved = int.from_bytes(index_first[at : at + 4], "big") // 2
    edited = index_first[:at] + halved.to_bytes(4, "big") + index_first[at + 4 :]

    with pytest.raises(BadClipError, match=f"lists {FRAMES} frames"):
        media.decode(_stored(tmp_path, edited))


def test_a_file_with_a_frame_overwritten_by_zeros_is_refused(tmp_path: Path, index_first: bytes) -> None:
    half = len(index_first) // 2

    with pytest.raises(BadClipError, match="does not decode"):
        media.decode(_stored(tmp_path, index_first[:half] + bytes(len(index_first) - half)))


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><html><body>404 Not Found</body></html>" * 20,
        b"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/segment.ts\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile '/etc/hostname'\n",
        b"\x00\x00\x00\x18moov" + bytes(64),
        b"short",
    ],
    ids=["page", "playlist", "concat list", "no ftyp", "five bytes"],
)
def test_what_is_no_mp4_is_refused_before_it_is_opened(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(BadClipError, match=r"not an MP4|cut short"):
        media.decode(_stored(tmp_path, content))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadClipError, match="empty"):
        media.decode(_stored(tmp_path, b""))


def test_a_missing_file_is_a_bad_clip(tmp_path: Path) -> None:
    with pytest.raises(BadClipError):
        media.decode(tmp_path / "nowhere.mp4")


def test_a_clip_without_frames_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with av.open(out, mode="w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 128, 96, "yuv420p"
        container.start_encoding()

    with pytest.raises(BadClipError, match=r"no frames|no picture"):
        media.decode(_stored(tmp_path, out.getvalue()))


def test_a_file_with_sound_only_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with av.open(out, mode="w", format="mp4") as container:
        stream = container.add_stream("aac", rate=44100, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), dtype=np.float32), format="fltp", layout="mono")
        frame.sample_rate = 44100
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))

    with pytest.raises(BadClipError, match="no picture"):
        media.decode(_stored(tmp_path, out.getvalue()))


@pytest.mark.parametrize(
    "limits",
    [
        Limits(most_bytes=1000),
        Limits(most_pixels=640 * 480 - 1),
        Limits(most_frames=FRAMES - 1),
        Limits(longest_seconds=1.0),
    ],
    ids=["bytes", "pixels", "frames", "seconds"],
)
def test_a_clip_past_a_limit_is_not_decoded(limits: Limits, tmp_path: Path, index_last: bytes) -> None:
    with pytest.raises(BadClipError, match="not"):
        media.decode(_stored(tmp_path, index_last), limits=limits)


def test_a_fragmented_file_is_counted_by_its_packets(tmp_path: Path) -> None:
    options = {"movflags": "frag_keyframe+empty_moov"}
    content = clips.encode(clips.film(clips.leaves(1), frames=FRAMES), options=options)

    assert media.decode(_stored(tmp_path, content)).count == FRAMES


def test_an_upright_clip_keeps_its_shape_when_shrunk(tmp_path: Path) -> None:
    upright = clips.film(clips.leaves(1), frames=4).transpose(0, 2, 1, 3)

    reel = media.decode(_stored(tmp_path, clips.encode(upright)))

    assert reel.small.shape == (4, 120, 90, 3)
    assert reel.lines == 480


@pytest.mark.parametrize(("lines", "as_written"), [(480, True), (720, False)])
def test_an_untagged_stream_is_read_as_its_height_suggests(*, lines: int, as_written: bool, tmp_path: Path) -> None:
    green = np.tile(np.array([20, 180, 40], dtype=np.uint8), (2, lines, lines, 1))  # written as BT.601, untagged

    reel = media.decode(_stored(tmp_path, clips.encode(green)))

    off = int(np.abs(reel.frames[0].rgb.astype(int) - [20, 180, 40]).max())
    assert (off <= 4) is as_written
