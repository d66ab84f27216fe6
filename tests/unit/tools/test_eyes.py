import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import anyio
import numpy as np
import pytest
from PIL import Image

from agent.findings import Grade, Looked, Opinion, Picture, Sight
from agent.jobs import Still
from agent.ports import Eyes
from agent.screening import Ordered, Screening
from prompts.blocks import Layer, StyleBlock, Term
from prompts.prompt import Prompt
from prompts.references import Dimension, Reference
from prompts.sheet import Sheet
from tests.support import clips, takes
from tools.checks import registry
from tools.eyes import Inspector
from tools.viewing import Check, Measure, Viewing


class _Witness:
    """A judge that answers every term alike and remembers what it was asked."""

    def __init__(self, sight: Sight = Sight.ABSENT, *, name: str = "witness", answers: bool = True) -> None:
        self.name = name
        self.asked: list[tuple[tuple[str, ...], tuple[Picture, ...], int]] = []
        self._sight = sight
        self._answers = answers

    async def judge(
        self,
        pictures: Sequence[Picture],
        *,
        terms: Sequence[str],
        references: Sequence[Still] = (),
        people: int | None = None,
    ) -> tuple[Opinion, ...]:
        self.asked.append((tuple(terms), tuple(pictures), len(references)))
        if not self._answers:
            return ()
        return tuple(Opinion(term=term, judge=self.name, sights=(self._sight,), reason="looked") for term in terms)


class _Collapsing(_Witness):
    async def judge(
        self,
        pictures: Sequence[Picture],
        *,
        terms: Sequence[str],
        references: Sequence[Still] = (),
        people: int | None = None,
    ) -> tuple[Opinion, ...]:
        raise RuntimeError("no air")


@dataclass(frozen=True)
class _Says:
    """A measure of a module, so that it can be sent to the process that examines."""

    sight: Sight

    def __call__(self, viewing: Viewing) -> Measure:
        return Measure(sight=self.sight, told="as told")


def _check(name: str, term: str, sight: Sight, *, grade: Grade = Grade.A, always: bool = False) -> Check:
    return Check(name=name, terms=(term,), grade=grade, meaning="m", rates="1", measure=_Says(sight), always=always)


def _breaking(viewing: Viewing) -> Measure:
    raise ZeroDivisionError("nothing there")


def _prompt(*terms: tuple[str, Layer], references: tuple[Reference, ...] = ()) -> Prompt:
    return Prompt(
        sheet=Sheet(action="a fox crosses the yard"),
        style=StyleBlock(text="hand-painted gouache", version=1),
        terms=tuple(Term(text=text, layer=layer) for text, layer in terms),
        negative_version=1,
        references=references,
    )


BLUR = ("blurry", Layer.QUALITY)
FINGERS = ("six fingers", Layer.ANATOMY)
PHOTO = ("photorealistic", Layer.FORMAT)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "one.mp4"
    path.write_bytes(clips.encode(clips.film(clips.leaves(2), frames=24)))
    return path


async def _look(
    inspector: Eyes,
    clip: Path,
    prompt: Prompt,
    *,
    sandbox: bool = False,
    references: Sequence[Still] = (),
) -> Looked:
    return await inspector.look(
        Screening(
            clip=clip,
            prompt=prompt,
            ordered=Ordered(seconds=1, ratio="4:3"),
            references=tuple(references),
            sandbox=sandbox,
        )
    )


async def test_only_checks_the_block_names_run_and_those_that_always_do(clip: Path) -> None:
    named = _check("named", "blurry", Sight.ABSENT)
    other = _check("other", "flicker", Sight.ABSENT)
    hint = _check("hint", "grain", Sight.SEEN, always=True)

    looked = await _look(Inspector([named, other, hint]), clip, _prompt(("Blurry pictures", Layer.QUALITY)))

    assert [reading.check for reading in looked.readings] == ["named", "hint"]


async def test_the_clip_is_described_as_decoded(clip: Path) -> None:
    footage = (await _look(Inspector([]), clip, _prompt(BLUR))).footage

    assert (footage.frames, footage.width, footage.height, footage.complaint) == (24, 640, 480, "")
    assert footage.seconds == pytest.approx(1.0)


async def test_a_check_that_breaks_is_unsure_and_loses_no_other_reading(clip: Path) -> None:
    broken = replace(_check("broken", "blurry", Sight.ABSENT), measure=_breaking)
    sound = _check("sound", "blurry", Sight.ABSENT)

    readings = (await _look(Inspector([broken, sound]), clip, _prompt(BLUR))).readings

    assert [reading.sight for reading in readings] == [Sight.UNSURE, Sight.ABSENT]
    assert "ZeroDivisionError" in readings[0].reason


async def test_a_term_without_check_or_judge_stays_without_opinion(clip: Path) -> None:
    looked = await _look(Inspector([]), clip, _prompt(FINGERS))

    assert looked.readings == ()
    assert looked.opinions == ()


@pytest.mark.parametrize(
    ("sight", "grade", "asked"),
    [
        (Sight.SEEN, Grade.A, False),
        (Sight.ABSENT, Grade.B, False),
        (Sight.ABSENT, Grade.C, True),
        (Sight.SEEN, Grade.C, True),
        (Sight.UNSURE, Grade.A, True),
        (Sight.NOT_INSPECTABLE, Grade.A, True),
    ],
)
async def test_the_judge_is_asked_about_what_the_measures_leave_open(
    *, sight: Sight, grade: Grade, asked: bool, clip: Path
) -> None:
    witness = _Witness()
    inspector = Inspector([_check("one", "blurry", sight, grade=grade)], judge=witness)

    looked = await _look(inspector, clip, _prompt(BLUR))

    assert bool(witness.asked) is asked
    assert bool(looked.opinions) is asked


@pytest.mark.parametrize("sandbox", [True, False])
async def test_each_judge_sees_clips_of_its_own_world_only(*, sandbox: bool, clip: Path) -> None:
    real, stand_in = _Witness(name="real"), _Witness(name="stand-in")

    looked = await _look(Inspector([], judge=real, sandbox_judge=stand_in), clip, _prompt(FINGERS), sandbox=sandbox)

    assert [opinion.judge for opinion in looked.opinions] == ["stand-in" if sandbox else "real"]
    assert bool(real.asked) is not sandbox


async def test_a_real_clip_is_not_shown_to_the_stand_in_judge_when_there_is_no_other(clip: Path) -> None:
    stand_in = _Witness()

    looked = await _look(Inspector([], sandbox_judge=stand_in), clip, _prompt(FINGERS), sandbox=False)

    assert looked.opinions == ()
    assert stand_in.asked == []


async def test_the_judge_is_asked_layer_by_layer_with_crops_for_anatomy(clip: Path) -> None:
    witness = _Witness()
    stills = [takes.png(clips.leaves(2), "1")]

    await _look(Inspector([], judge=witness), clip, _prompt(PHOTO, FINGERS, BLUR), references=stills)

    calls = {terms: (pictures, references) for terms, pictures, references in witness.asked}
    assert set(calls) == {("photorealistic",), ("six fingers",), ("blurry",)}
    assert [picture.crop is not None for picture in calls["six fingers",][0]].count(True) == 8
    assert all(picture.crop is None for picture in calls["blurry",][0])
    assert (calls["photorealistic",][1], calls["blurry",][1]) == (1, 0)


async def test_for_what_changes_over_time_the_judge_compares_crops_of_start_middle_and_end(clip: Path) -> None:
    witness = _Witness()

    await _look(Inspector([], judge=witness), clip, _prompt(FINGERS, ("face change", Layer.ANATOMY)))

    _, pictures, _ = witness.asked[0]
    start, middle, end = sorted({picture.frame for picture in pictures if picture.crop})
    assert start < 6 < middle < 15 < end


async def test_pictures_are_jpegs_in_order_with_their_place(clip: Path) -> None:
    witness = _Witness()

    await _look(Inspector([], judge=witness), clip, _prompt(FINGERS))

    _, pictures, _ = witness.asked[0]
    whole = [picture for picture in pictures if picture.crop is None]
    assert 4 <= len(whole) <= 6
    assert [picture.frame for picture in whole] == sorted({picture.frame for picture in whole})
    assert all(picture.at_s == pytest.approx(picture.frame / 24) for picture in pictures)
    for picture in pictures:
        with Image.open(io.BytesIO(picture.jpeg)) as opened:
            assert opened.format == "JPEG"
            assert max(opened.size) <= 1280
            assert picture.crop is None or min(opened.size) >= 512


async def test_many_terms_are_asked_in_short_lists(clip: Path) -> None:
    witness = _Witness()
    terms = [(f"thing {number}", Layer.QUALITY) for number in range(14)]

    looked = await _look(Inspector([], judge=witness), clip, _prompt(*terms))

    assert [len(texts) for texts, _, _ in witness.asked] == [6, 6, 2]
    assert len(looked.opinions) == 14


async def test_past_three_dozen_terms_a_judge_is_not_asked_and_that_is_said(clip: Path) -> None:
    witness = _Witness()
    terms = [(f"thing {number}", Layer.QUALITY) for number in range(38)]

    looked = await _look(Inspector([], judge=witness), clip, _prompt(*terms))

    assert sum(len(texts) for texts, _, _ in witness.asked) == 36
    assert [opinion.sights for opinion in looked.opinions[36:]] == [(Sight.UNSURE,), (Sight.UNSURE,)]
    assert "shorten the block" in looked.opinions[-1].reason


async def test_a_judge_is_shown_no_more_than_four_references(clip: Path) -> None:
    witness = _Witness()
    stills = [takes.png(clips.leaves(2), str(number)) for number in range(6)]

    await _look(Inspector([], judge=witness), clip, _prompt(PHOTO), references=stills)

    assert [references for _, _, references in witness.asked] == [4]


@pytest.mark.parametrize("judge", [_Collapsing(), _Witness(answers=False)], ids=["raises", "says nothing"])
async def test_a_judge_that_fails_is_unsure_about_every_term(judge: _Witness, clip: Path) -> None:
    looked = await _look(Inspector([], judge=judge), clip, _prompt(FINGERS, BLUR))

    assert [opinion.term for opinion in looked.opinions] == ["six fingers", "blurry"]
    assert {sight for opinion in looked.opinions for sight in opinion.sights} == {Sight.UNSURE}
    assert all(opinion.reason for opinion in looked.opinions)


@pytest.mark.parametrize(
    ("seconds", "ratio", "said"), [(2, "4:3", "2 s were ordered and 1.00 s came"), (1, "16:9", "640x480")]
)
async def test_a_clip_that_was_not_ordered_so_is_a_complaint_and_no_reading(
    seconds: int, ratio: str, said: str, clip: Path
) -> None:
    inspector = Inspector(registry.discover(), judge=_Witness(Sight.SEEN))

    ordered = Ordered(seconds=seconds, ratio=ratio)
    looked = await inspector.look(Screening(clip=clip, prompt=_prompt(BLUR, FINGERS), ordered=ordered, sandbox=False))

    assert said in looked.footage.complaint
    assert (looked.readings, looked.opinions) == ((), ())


@pytest.mark.parametrize("kept", [0, 100, 0.5])
async def test_a_file_that_does_not_decode_is_a_complaint_with_what_was_ordered(
    kept: float, clip: Path, tmp_path: Path
) -> None:
    content = await anyio.Path(clip).read_bytes()
    torn = tmp_path / "torn.mp4"
    await anyio.Path(torn).write_bytes(content[: int(kept * len(content)) if isinstance(kept, float) else kept])

    looked = await _look(Inspector(registry.discover()), torn, _prompt(BLUR))

    assert "1 s in 4:3 were ordered" in looked.footage.complaint
    assert looked.footage.frames == 0
    assert looked.readings == ()


async def test_a_black_clip_is_a_complaint(tmp_path: Path) -> None:
    dark = tmp_path / "dark.mp4"
    dark.write_bytes(clips.encode(np.zeros((24, 96, 128, 3), dtype=np.uint8)))

    assert (await _look(Inspector([]), dark, _prompt(BLUR))).footage.complaint == "every frame is black"


async def test_a_reference_that_does_not_decode_is_named_where_it_is_missed(clip: Path) -> None:
    stills = [Still(label=str(number), data=b"no picture", media_type="image/png") for number in range(3)]
    prompt = _prompt(("studio lighting", Layer.FORMAT))

    looked = await _look(Inspector(registry.discover()), clip, prompt, references=stills)

    (reading,) = [reading for reading in looked.readings if reading.check == "light"]
    assert reading.sight is Sight.NOT_INSPECTABLE
    assert "reference 2 cannot be decoded" in reading.reason


async def test_references_are_read_with_their_use_and_ignore_lists(clip: Path) -> None:
    picture = clips.film(clips.leaves(2), frames=24)[12]
    told = Reference(id="a", label="alley", ignore=(Dimension.BACKGROUND,))
    prompt = _prompt(("copied background", Layer.FORMAT), references=(told,))

    looked = await _look(Inspector(registry.discover()), clip, prompt, references=[takes.png(picture, "alley")])

    (reading,) = [reading for reading in looked.readings if reading.check == "composition"]
    assert reading.sight is Sight.SEEN
    assert reading.evidence[0].reference == "a"
