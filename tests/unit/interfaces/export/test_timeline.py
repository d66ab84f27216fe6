"""Timeline and cut list, read back by the libraries that others read them with."""

from typing import Any

import opentimelineio as otio  # type: ignore[import-untyped]  # it ships no types
import pytest

from interfaces.export import edl, timeline
from interfaces.export.selects import Cut, Mark, UncuttableError, usual
from tests.unit.interfaces.export.building import a_cut, a_hole, a_select

library: Any = otio
FILM_RATE, VIDEO_RATE = 24000 / 1001, 30000 / 1001
DOUBT = Mark(frame=48, what="unsure", term="lens flare", sentence="a bright spot")
LURED = Mark(frame=12, what="provoked", term="caption", sentence="letters at the foot")


def read_timeline(cut: Cut) -> Any:
    return library.adapters.read_from_string(timeline.text(cut), "otio_json")


def read_list(cut: Cut) -> list[Any]:
    """The clips of the list; they are gone with their timeline, so copies of them."""
    read = library.adapters.read_from_string(edl.text(cut), "cmx_3600", rate=cut.rate)
    return [part.deepcopy() for part in read.tracks[0] if isinstance(part, library.schema.Clip)]


@pytest.mark.parametrize("fps", [24.0, 25.0, FILM_RATE, VIDEO_RATE, 16.0])
def test_a_clip_of_a_timeline_has_its_own_rate_and_all_its_frames(fps: float) -> None:
    (clip,) = read_timeline(a_cut(a_select(fps=fps, frames=81))).tracks[0]

    assert clip.source_range.duration.value == 81
    assert clip.source_range.duration.rate == pytest.approx(fps, abs=1e-9)
    assert clip.media_reference.target_url == "clips/001_vi-in-the-rain_t01_kling-3-0.mp4"
    assert clip.media_reference.available_range == clip.source_range


def test_a_clip_carries_what_is_known_of_its_take() -> None:
    (clip,) = read_timeline(a_cut(a_select(take=2, seed=2**63, seen=("lens flare",)))).tracks[0]
    known = clip.metadata["countersteer"]

    assert clip.name == "001_vi-in-the-rain_t02_kling-3-0"
    assert (known["model"], known["prompt_digest"], known["seed"]) == ("kling-3.0", "d" * 64, str(2**63))
    assert (known["verdict"], dict(known["terms"]), known["sandbox"]) == ("pass", {"lens flare": "seen"}, True)


def test_what_is_unsure_or_provoked_is_a_marker_on_its_frame() -> None:
    (clip,) = read_timeline(a_cut(a_select(marks=(DOUBT, LURED)))).tracks[0]

    assert [(mark.name, mark.color, mark.marked_range.start_time.value) for mark in clip.markers] == [
        ("unsure: lens flare", "YELLOW", 48),
        ("provoked: caption", "MAGENTA", 12),
    ]


def test_a_shot_without_a_take_is_a_gap_of_its_length() -> None:
    read = read_timeline(a_cut(a_select(1), a_hole(2, seconds=3), a_select(3)))
    first, gap, last = read.tracks[0]

    assert isinstance(gap, library.schema.Gap)
    assert (gap.duration().value, gap.metadata["countersteer"]["why"]) == (72, "no take is selected (held)")
    assert last.range_in_parent().start_time.value == first.duration().value + 72


def test_the_cut_list_says_what_the_timeline_says() -> None:
    cut = a_cut(a_select(1, frames=96), a_hole(2, seconds=2), a_select(3, frames=120, marks=(DOUBT,)))
    read = read_list(cut)

    assert [clip.name for clip in read] == ["001_vi-in-the-rain_t01_kling-3-0", "003_vi-in-the-rain_t01_kling-3-0"]
    assert [clip.source_range.duration.value for clip in read] == [96, 120]
    assert [clip.media_reference.target_url for clip in read] == [
        "clips/001_vi-in-the-rain_t01_kling-3-0.mp4",
        "clips/003_vi-in-the-rain_t01_kling-3-0.mp4",
    ]
    assert [mark.name for mark in read[1].markers] == ["unsure: lens flare"]


def test_a_hole_is_missing_record_time() -> None:
    text = edl.text(a_cut(a_select(1, frames=96), a_hole(2, seconds=2), a_select(3, frames=120)))

    assert "00:00:00:00 00:00:04:00 01:00:00:00 01:00:04:00" in text
    assert "00:00:00:00 00:00:05:00 01:00:06:00 01:00:11:00" in text


@pytest.mark.parametrize("fps", [VIDEO_RATE, 60000 / 1001])
def test_drop_frame_is_never_guessed(fps: float) -> None:
    rate = usual(fps)
    hour = round(rate) * 3600
    cut = a_cut(a_select(1, fps=fps, frames=hour), a_select(2, fps=fps, frames=100), rate=rate)

    assert "FCM: NON-DROP FRAME" in edl.text(cut)
    assert "01:00:00:00 02:00:00:00" in edl.text(cut), "an hour of frames, not of seconds"
    assert ";" not in edl.text(cut)
    assert [clip.source_range.duration.value for clip in read_list(cut)] == [hour, 100]


def test_a_take_of_another_rate_keeps_its_length_in_time() -> None:
    read = read_list(a_cut(a_select(1, fps=24, frames=96), a_select(2, fps=25, frames=125)))

    assert [clip.source_range.duration.value for clip in read] == [96, 120]


@pytest.mark.parametrize(
    "hostile", ["a\n001  X V C 00:00:00:00", "* LOC: now", "\u202eevil", "飛行船 and fog 🌫", "x" * 5_000, "<b>'=cmd()"]
)
def test_no_words_of_a_shot_become_a_line_of_the_list(hostile: str) -> None:
    mark = Mark(frame=0, what="unsure", term=hostile, sentence=hostile)
    cut = a_cut(a_select(action=hostile, marks=(mark,)), name=hostile)
    text = edl.text(cut)

    assert text.isascii()
    assert len(read_list(cut)) == 1
    assert max(map(len, text.splitlines())) < 300


def test_what_a_list_cannot_hold_is_refused() -> None:
    with pytest.raises(UncuttableError, match="no time code for 16 frames"):
        edl.text(a_cut(a_select(fps=16), rate=16.0))
    with pytest.raises(UncuttableError, match="999"):
        edl.text(a_cut(*(a_select(nth) for nth in range(1, 1_001))))


def test_every_take_has_a_reel_of_its_own() -> None:
    names = {edl.reel(shot, take) for shot in range(1, 1_000) for take in range(1, 100)}

    assert len(names) == 999 * 99
    assert {len(name) for name in names} == {8}


@pytest.mark.parametrize(
    ("measured", "rate"), [(23.976, FILM_RATE), (24.0003, 24.0), (29.97, VIDEO_RATE), (30.005, 30.0), (16.0, 16.0)]
)
def test_a_measured_rate_is_the_usual_one_it_is_near(measured: float, rate: float) -> None:
    assert usual(measured) == rate
