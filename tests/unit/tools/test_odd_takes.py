"""Odd takes and odd references through the whole inspector, in its own process: an honest answer for every term."""

import io
from fractions import Fraction
from pathlib import Path

import anyio
import av
import numpy as np
import pytest
from PIL import Image

from agent.findings import Grade, Looked, Reading, Sight
from agent.jobs import Still
from agent.policy import joining
from agent.screening import Screening
from prompts import defaults
from prompts.blocks import Layer, Term
from prompts.prompt import Prompt
from prompts.sheet import Sheet
from tests.support import clips, takes
from tools import sampling
from tools.checks import registry
from tools.eyes import Inspector
from tools.pixels import Bytes
from tools.viewing import Check

SLOW = ("duplicates",)  # looks for copies for a second, and is held to odd clips elsewhere, as letters are
CHECKS = tuple(check for check in registry.discover() if not check.needs.extra and check.name not in SLOW)
COMPARING = tuple(check for check in CHECKS if check.needs.references > 2)
TERMS = tuple({term: None for check in CHECKS for term in check.terms})
PROMPT = Prompt(
    sheet=Sheet(action="a fox crosses the yard"),
    style=defaults.style(),
    terms=tuple(Term(text=text, layer=Layer.QUALITY) for text in TERMS),
    negative_version=1,
)


async def _look(clip: Path, *, references: tuple[Still, ...] = (), checks: tuple[Check, ...] = CHECKS) -> Looked:
    screening = Screening(clip=clip, prompt=PROMPT, ordered=None, references=references, sandbox=False)
    return await Inspector(checks).look(screening)


def _written(
    path: Path, frames: Bytes, *, pix_fmt: str = "yuv420p", ticks: tuple[int, ...] = (), turned: int = 0
) -> Path:
    with av.open(str(path), mode="w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=Fraction(24), options={"preset": "ultrafast", "crf": "20"})
        stream.height, stream.width = frames.shape[1:3]
        stream.pix_fmt = pix_fmt
        stream.codec_context.time_base = Fraction(1, 24)
        if turned:
            stream.set_display_rotation(turned)
        for at, picture in enumerate(frames):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame.pts, frame.time_base = ticks[at] if ticks else at, Fraction(1, 24)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _picture(form: str, picture: Image.Image, label: str, **options: object) -> Still:
    out = io.BytesIO()
    picture.save(out, format=form, **options)
    return Still(label=label, data=out.getvalue(), media_type=f"image/{form.lower()}")


def _accuses(reading: Reading) -> bool:
    return reading.sight is Sight.SEEN and reading.grade is not Grade.C


@pytest.fixture(scope="module")
def film() -> Bytes:
    return clips.film(clips.leaves(3), frames=26)


@pytest.mark.parametrize("odd", ["10 bit", "changing rate", "turned", "odd size", "4K"])
async def test_an_odd_take_without_a_fault_is_looked_at_and_not_accused(odd: str, film: Bytes, tmp_path: Path) -> None:
    path = tmp_path / "odd.mp4"
    match odd:
        case "10 bit":
            _written(path, film, pix_fmt="yuv420p10le")
        case "changing rate":
            _written(path, film, ticks=tuple(at if at < 13 else 13 + 2 * (at - 13) for at in range(len(film))))
        case "turned":
            _written(path, film, turned=90)
        case "odd size":
            _written(path, film[:, :479, :639], pix_fmt="yuv444p")
        case _:
            _written(path, film[:4].repeat(5, axis=1)[:, :2160].repeat(6, axis=2))

    looked = await _look(path)

    assert looked.footage.complaint == ""
    assert [(each.check, each.reason) for each in looked.readings if "broke" in each.reason] == []
    if odd != "4K":  # made of single pixels enlarged five times, it *is* soft
        assert [(each.check, each.reason) for each in looked.readings if _accuses(each)] == []


async def test_of_a_single_frame_nothing_in_time_is_told(film: Bytes, tmp_path: Path) -> None:
    looked = await _look(_written(tmp_path / "one.mp4", film[:1]))

    in_time = {check.name for check in CHECKS if check.needs.frames > 1}
    assert in_time
    assert {each.sight for each in looked.readings if each.check in in_time} == {Sight.NOT_INSPECTABLE}


@pytest.mark.parametrize("content", [b"", b"\0" * 4096], ids=["empty", "zeros"])
async def test_a_file_that_is_no_clip_clears_no_term(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "none.mp4"
    await anyio.Path(path).write_bytes(content)

    looked = await _look(path)

    assert looked.footage.complaint
    assert {each.sight for each in joining.join(PROMPT.terms, looked)} == {Sight.NOT_INSPECTABLE}


async def test_without_references_what_compares_says_so_and_clears_nothing(film: Bytes, tmp_path: Path) -> None:
    looked = await _look(_written(tmp_path / "a.mp4", film))

    told = {each.check: each for each in looked.readings if each.check in {check.name for check in COMPARING}}
    assert set(told) == {check.name for check in COMPARING}
    assert {each.sight for each in told.values()} == {Sight.NOT_INSPECTABLE}
    assert all("there are 0" in each.reason for each in told.values())


async def test_prints_palettes_and_moving_pictures_are_read_or_named(film: Bytes, tmp_path: Path) -> None:
    still = Image.fromarray(clips.leaves(4))
    references = (
        _picture("JPEG", still.convert("CMYK"), "print"),
        _picture("PNG", still.quantize(64), "palette"),
        _picture("WEBP", still, "moving", save_all=True, append_images=[Image.new("RGB", still.size)]),
    )

    looked = await _look(_written(tmp_path / "a.mp4", film), references=references)

    told = {each.check: each for each in looked.readings if each.check in {check.name for check in COMPARING}}
    assert all("there are 2" in each.reason for each in told.values())
    assert all("reference moving cannot be decoded (it moves" in each.reason for each in told.values())


async def test_references_that_contradict_each_other_are_named_and_clear_nothing(film: Bytes, tmp_path: Path) -> None:
    dark, bright = np.full((90, 160, 3), 12, dtype=np.uint8), np.full((90, 160, 3), 230, dtype=np.uint8)
    references = tuple(takes.png(rgb, label) for rgb, label in ((dark, "cellar"), (dark, "well"), (bright, "roof")))

    looked = await _look(_written(tmp_path / "a.mp4", film), references=references)

    (light,) = (each for each in looked.readings if each.check == "light")
    assert light.sight is Sight.UNSURE
    assert "cellar, well (" in light.reason
    assert "roof (" in light.reason


async def test_a_long_take_is_looked_at_whole_and_what_needs_every_frame_says_so(tmp_path: Path) -> None:
    frames = np.broadcast_to(np.full((1, 96, 128, 3), 90, dtype=np.uint8), (sampling.MOST_SMALL + 1, 96, 128, 3))

    looked = await _look(_written(tmp_path / "long.mp4", frames))

    assert looked.footage.frames == sampling.MOST_SMALL + 1
    told = {each.check: each for each in looked.readings}
    for check in CHECKS:
        if check.needs.every_frame:
            assert told[check.name].sight is Sight.NOT_INSPECTABLE
            assert "one frame in 2" in told[check.name].reason
