"""Files that no check was made for: each is inspected, or its fault is told; none breaks or accuses."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from agent.findings import Sight
from tools import media, sampling
from tools.checks import cut, flicker, frozen, registry
from tools.pixels import Bytes
from tools.viewing import Check, Viewing


def _at_its_tick(at: int) -> int:
    return at


def _written(
    path: Path,
    frames: Bytes,
    *,
    pix_fmt: str = "yuv420p",
    tick: Callable[[int], int] = _at_its_tick,
    turned: int = 0,
) -> Path:
    """The frames as H.264, each at its tick of 24 per second; ``turned`` is noted in the file, in degrees."""
    with av.open(str(path), mode="w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=Fraction(24), options={"preset": "ultrafast", "crf": "16"})
        stream.height, stream.width = frames.shape[1:3]
        stream.pix_fmt = pix_fmt
        stream.codec_context.time_base = Fraction(1, 24)
        stream.codec_context.thread_count = 1
        if turned:
            stream.set_display_rotation(turned)
        for at, picture in enumerate(frames):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame.pts, frame.time_base = tick(at), Fraction(1, 24)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _ramp(frames: int, *, width: int = 160, height: int = 96) -> Bytes:
    """Bright at the left, dark at the right, with a spot that wanders down."""
    picture = np.linspace(220, 30, width, dtype=np.uint8)[None, None, :, None].repeat(3, axis=3)
    moving = picture.repeat(frames, axis=0).repeat(height, axis=1)
    for at, each in enumerate(moving):
        each[at % (height - 8) : at % (height - 8) + 8, : width // 4] = (250, 40, 40)
    return moving


def test_frames_of_a_changing_rate_keep_their_own_times(tmp_path: Path) -> None:
    clip = _written(tmp_path / "a.mp4", _ramp(24), tick=lambda at: at if at < 12 else 12 + 3 * (at - 12))

    reel = media.decode(clip)

    assert reel.count == 24
    assert reel.at_s(12) == pytest.approx(0.5)
    assert reel.at_s(23) == pytest.approx((12 + 33) / 24)
    assert reel.seconds == pytest.approx(45 / 24, rel=0.1)


@pytest.mark.parametrize("degrees", [90, 180, -90])
def test_a_turned_clip_is_seen_as_a_player_shows_it(degrees: int, tmp_path: Path) -> None:
    reel = media.decode(_written(tmp_path / "a.mp4", _ramp(8), turned=degrees))
    lying = media.decode(_written(tmp_path / "b.mp4", _ramp(8)))

    assert (reel.width, reel.height) == ((160, 96) if degrees == 180 else (96, 160))
    upright = np.rot90(lying.frames[0].luma, degrees // 90)
    assert reel.frames[0].luma.shape == upright.shape
    assert np.abs(reel.frames[0].luma.astype(int) - upright).mean() < 3
    assert reel.small.shape[1:3] == (lying.small.shape[1:3] if degrees == 180 else lying.small.shape[2:0:-1])


@pytest.mark.parametrize("pix_fmt", ["yuv420p10le", "yuv444p", "yuvj420p"])
def test_another_depth_or_range_shows_the_same_picture(pix_fmt: str, tmp_path: Path) -> None:
    reel = media.decode(_written(tmp_path / "a.mp4", _ramp(8), pix_fmt=pix_fmt))

    assert np.abs(reel.frames[0].rgb.astype(int) - _ramp(8)[reel.frames[0].index]).mean() < 6


@pytest.mark.parametrize(("width", "height"), [(161, 97), (640, 481), (97, 161)])
def test_odd_sizes_are_read_whole(width: int, height: int, tmp_path: Path) -> None:
    reel = media.decode(_written(tmp_path / "a.mp4", _ramp(8, width=width, height=height), pix_fmt="yuv444p"))

    assert (reel.width, reel.height) == (width, height)
    assert reel.frames[0].luma.shape == (height, width)


def test_a_clip_of_one_frame_is_inspected(tmp_path: Path) -> None:
    reel = media.decode(_written(tmp_path / "a.mp4", _ramp(1)))

    assert (reel.count, len(reel.frames), reel.moments) == (1, 1, ())


def test_4k_keeps_no_finer_detail_than_1080_lines(tmp_path: Path) -> None:
    reel = media.decode(_written(tmp_path / "a.mp4", _ramp(3, width=3840, height=2160)))

    assert (reel.width, reel.height) == (3840, 2160)
    assert reel.frames[0].luma.shape == (1080, 1920)
    assert reel.frames[0].rgb.shape == (720, 1280, 3)


@pytest.fixture(scope="module")
def ten_minutes(tmp_path_factory: pytest.TempPathFactory) -> Viewing:
    frames = np.broadcast_to(_ramp(1, width=64, height=48), (14_400, 48, 64, 3))
    return Viewing(reel=media.decode(_written(tmp_path_factory.mktemp("long") / "a.mp4", frames)))


def test_ten_minutes_keep_as_little_as_thirty_seconds(ten_minutes: Viewing) -> None:
    reel = ten_minutes.reel

    assert (reel.count, reel.step) == (14_400, 20)
    assert reel.seconds == pytest.approx(600)
    assert len(reel.small) == sampling.MOST_SMALL
    assert len(reel.sampled) == len(reel.frames) == 8
    assert reel.frames[-1].at_s == pytest.approx(562.5, abs=0.1)


@pytest.mark.parametrize("check", [cut.CHECK, flicker.CHECK, frozen.CHECK], ids=lambda check: check.name)
def test_a_check_in_time_says_that_it_needs_every_frame_of_a_long_clip(check: Check, ten_minutes: Viewing) -> None:
    reading = check.look(ten_minutes)

    assert reading.sight is Sight.NOT_INSPECTABLE
    assert "one frame in 20" in reading.reason


@pytest.mark.parametrize("check", registry.discover(), ids=lambda check: check.name)
def test_no_check_breaks_on_a_long_clip_or_points_past_its_end(check: Check, ten_minutes: Viewing) -> None:
    for evidence in check.look(ten_minutes).evidence:
        assert 0 <= evidence.frame < ten_minutes.reel.count
        assert evidence.at_s == pytest.approx(evidence.frame / 24)


def test_the_frames_with_most_change_are_kept_besides_the_spaced_ones(tmp_path: Path) -> None:
    frames = np.concatenate([_ramp(20), 255 - _ramp(21)])

    reel = media.decode(_written(tmp_path / "a.mp4", frames))

    assert 20 in [frame.index for frame in reel.moments]
    assert len(reel.moments) == sampling.MOMENTS
