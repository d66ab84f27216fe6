"""The small pictures that are kept with a verdict."""

import base64
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from agent.findings import Evidence, Grade, Reading, Sight
from prompts.blocks import Layer, Term
from tests.support import clips, takes
from tools import examining, showing
from tools.checks import blur
from tools.examining import Task
from tools.viewing import Viewing


def _open(picture: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(picture)))


def _viewing() -> Viewing:
    return takes.viewing(clips.film(takes.halved(clips.leaves(1)), frames=9), [takes.still(clips.shapes(2), "1")])


PLAIN = Evidence(frame=4, at_s=4 / 24, sentence="there")


def _reading(evidence: Evidence = PLAIN, *, sight: Sight = Sight.SEEN) -> Reading:
    return Reading(check="x", terms=("text",), grade=Grade.A, sight=sight, reason="r", evidence=(evidence,))


def _drawn(evidence: Evidence = PLAIN) -> Image.Image:
    return _open(showing.illustrated(_reading(evidence), _viewing()).evidence[0].picture)


def test_a_place_is_outlined_and_enlarged_beside_the_frame() -> None:
    whole, placed = _drawn(), _drawn(replace(PLAIN, box=(0.25, 0.25, 0.5, 0.5)))

    assert placed.format == "JPEG"
    assert placed.height == whole.height == showing.HEIGHT_PX
    red = np.asarray(placed.convert("RGB"), dtype=int)[:, :240]
    assert ((red[..., 0] - red[..., 2]) > 90).sum() > 200


def test_an_event_is_shown_with_the_frame_before_it() -> None:
    frames = np.concatenate([np.full((4, 240, 320, 3), 20), np.full((4, 240, 320, 3), 220)]).astype(np.uint8)
    drawn = showing.illustrated(_reading(), takes.viewing(frames)).evidence[0].picture
    grey = np.asarray(_open(drawn).convert("L"), dtype=int)

    assert grey[90, 40] < 60
    assert grey[90, -40] > 180


def test_a_comparison_shows_the_reference_it_was_made_with() -> None:
    alone, compared = _drawn(), _drawn(replace(PLAIN, reference="ref-1"))

    assert compared.tobytes() != alone.tobytes()
    right = np.asarray(compared.convert("RGB"), dtype=float)[:, -200:]
    reference = Image.fromarray(clips.shapes(2)).resize((right.shape[1] + 18, 180))
    assert np.abs(right.mean(axis=(0, 1)) - np.asarray(reference, dtype=float).mean(axis=(0, 1))).max() < 25


def test_an_all_clear_is_not_illustrated() -> None:
    assert showing.illustrated(_reading(sight=Sight.ABSENT), _viewing()).evidence[0].picture == ""


def test_a_picture_that_the_check_drew_stays() -> None:
    assert showing.illustrated(_reading(replace(PLAIN, picture="aGk=")), _viewing()).evidence[0].picture == "aGk="


def test_an_examined_take_brings_its_pictures_along(tmp_path: Path) -> None:
    blurred = clips.blurred(clips.film(clips.leaves(1), frames=4), 3.0)
    clip = tmp_path / "soft.mp4"
    clip.write_bytes(clips.encode(blurred))
    term = Term(text="blurry", layer=Layer.QUALITY)
    (reading,) = examining.examine(Task(clip=clip, terms=(term,), checks=(blur.CHECK,))).readings

    assert reading.sight is Sight.SEEN
    assert _open(reading.evidence[0].picture).height == showing.HEIGHT_PX


def test_a_place_at_the_very_edge_is_still_drawn() -> None:
    for box in ((0.0, 0.0, 0.0, 0.0), (1.0, 1.0, 0.0, 0.0), (0.99, 0.0, 0.01, 1.0)):
        assert _drawn(replace(PLAIN, box=box)).height == showing.HEIGHT_PX


def test_a_picture_is_small_enough_to_be_kept_in_a_row() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (720, 1280, 3), dtype=np.uint8)

    assert len(showing.beside(noise, noise)) < 100_000
