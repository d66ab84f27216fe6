import tomllib
from pathlib import Path

import numpy as np
import pytest

from benchmarks import footage_filters, footage_sources, footage_takes
from benchmarks.footage_faults import FAULTS, Fault
from benchmarks.footage_filters import Pixels
from benchmarks.footage_sources import Source
from prompts import terms
from tests.support import clips, takes
from tools import media

NO_CHANGE_OF_PICTURE = frozenset({"compression"})
"""What the encoder does."""


@pytest.fixture(scope="module")
def take() -> Pixels:
    return clips.film(takes.halved(clips.leaves(1)), frames=24)


@pytest.fixture(scope="module")
def other() -> Pixels:
    return clips.film(takes.halved(clips.shapes(2)), frames=24)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_changes_the_take_and_neither_length_nor_size(fault: Fault, take: Pixels, other: Pixels) -> None:
    faulty = fault.change(take, lambda: other)

    assert faulty.shape == take.shape
    assert np.array_equal(faulty, take) == (fault.name in NO_CHANGE_OF_PICTURE)


def test_every_fault_is_of_a_term_that_is_known() -> None:
    assert {term for fault in FAULTS for term in fault.terms} <= set(terms.known())


def test_what_is_written_shows_the_colours_that_were_given(take: Pixels, tmp_path: Path) -> None:
    footage_filters.write(take, tmp_path / "a.mp4")

    shown = np.stack([frame.rgb for frame in media.decode(tmp_path / "a.mp4", samples=24).frames])
    assert shown.shape == take.shape
    assert np.abs(shown.mean(axis=(0, 1, 2)) - take.mean(axis=(0, 1, 2))).max() < 2


def test_a_change_of_scene_is_found_by_other_means_than_the_checks(take: Pixels, other: Pixels, tmp_path: Path) -> None:
    footage_filters.write(np.concatenate([take[:12], other[12:]]), tmp_path / "a.mp4")

    assert footage_filters.changes(tmp_path / "a.mp4", span=(0, 24)) == [12]


def test_a_span_of_a_film_is_read_from_its_first_frame(take: Pixels, tmp_path: Path) -> None:
    footage_filters.write(take, tmp_path / "a.mp4")

    whole, span = (footage_filters.read(tmp_path / "a.mp4", lines=720, span=span) for span in ((0, 24), (10, 16)))

    assert np.array_equal(span, whole[10:16])


def test_what_is_listed_lies_in_one_part_only_and_each_part_holds_every_kind() -> None:
    listed = tomllib.loads(footage_sources.LISTED.read_text(encoding="utf-8"))

    paths = [entry["path"] for part in listed.values() for kind in footage_sources.FILES for entry in part[kind]]
    assert len(paths) == len(set(paths))
    assert all(part[kind] for part in listed.values() for kind in (*footage_sources.FILES, *footage_sources.HANDS))


def test_a_listed_file_that_no_folder_holds_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"imageio/cockatoo\.mp4"):
        footage_sources.listed([tmp_path])


def test_a_listed_source_comes_with_its_span_and_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "list.toml").write_text(
        '[one]\nfilm = [{ path = "reels/a.mp4", first = 8, last = 20, holds = ["text"] }]\n[other]\nflat = [3]\n'
    )
    (tmp_path / "reels").mkdir()
    (tmp_path / "reels" / "a.mp4").touch()

    film, drawing = footage_sources.listed([tmp_path], listing=tmp_path / "list.toml")

    assert (film.part, film.span, film.holds) == ("one", (8, 20), frozenset({"text"}))
    assert (drawing.part, drawing.kind, drawing.seed) == ("other", "flat", 3)


def test_takes_of_a_film_leave_out_the_frames_around_a_cut(take: Pixels, other: Pixels, tmp_path: Path) -> None:
    still = np.repeat(take[:1], 90, axis=0)
    footage_filters.write(np.concatenate([still, np.repeat(other[:1], 90, axis=0)]), tmp_path / "a.mp4")
    source = Source(name="a", kind="film", part="one", path=tmp_path / "a.mp4", span=(0, 900))

    made = [each.frames() for each in footage_takes.of(source, [source])]

    assert [len(frames) for frames in made] == [footage_takes.LENGTH] * 2
    assert all(np.abs(frames[0].astype(int) - frames[-1]).mean() < 2 for frames in made)
