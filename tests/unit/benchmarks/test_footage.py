from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks import footage_filters, footage_sources
from benchmarks.footage_faults import FAULTS, Fault
from benchmarks.footage_filters import Pixels
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
    faulty = fault.change(take, other)

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

    assert footage_filters.changes(tmp_path / "a.mp4") == [12]


def test_a_scene_lies_in_one_part_and_both_parts_hold_every_kind(tmp_path: Path) -> None:
    for name in ("yard_left.png", "yard_right.png", "pier.png", "page.png"):
        Image.fromarray(clips.leaves(1)).save(tmp_path / name)

    sources = footage_sources.found([tmp_path])

    parts = {source.group: {each.part for each in sources if each.group == source.group} for source in sources}
    assert all(len(part) == 1 for part in parts.values())
    assert {source.group for source in sources if source.kind == "picture"} == {"yard", "pier"}
    assert all(count == 2 for count in Counter(kind for kind, _ in {(s.kind, s.part) for s in sources}).values())
