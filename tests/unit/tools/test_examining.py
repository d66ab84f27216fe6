"""The process that a take is examined in: what it survives, and what is said when it does not."""

import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from agent.findings import Grade, Looked, Opinion, Picture, Sight
from agent.jobs import Still
from agent.screening import Ordered, Screening
from prompts.blocks import Layer, StyleBlock, Term
from prompts.prompt import Prompt
from prompts.sheet import Sheet
from tests.support import clips
from tools.eyes import Inspector
from tools.viewing import Check, Measure, Viewing

PROMPT = Prompt(
    sheet=Sheet(action="a fox crosses the yard"),
    style=StyleBlock(text="hand-painted gouache", version=1),
    terms=(Term(text="blurry", layer=Layer.QUALITY),),
    negative_version=1,
)


class _Witness:
    """A judge that has seen nothing bad, and remembers whether it was asked."""

    name = "witness"

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    async def judge(
        self,
        pictures: Sequence[Picture],
        *,
        terms: Sequence[str],
        references: Sequence[Still] = (),
        people: int | None = None,
    ) -> tuple[Opinion, ...]:
        self.asked.append(tuple(terms))
        return tuple(Opinion(term=term, judge=self.name, sights=(Sight.ABSENT,), reason="looked") for term in terms)


def _where(viewing: Viewing) -> Measure:
    return Measure(sight=Sight.ABSENT, told=f"process {os.getpid()}")


def _crashing(viewing: Viewing) -> Measure:
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError("still alive")


def _swallowing(viewing: Viewing) -> Measure:
    raise AssertionError(len(bytes(4 << 30)))


def _modest(viewing: Viewing) -> Measure:
    return Measure(sight=Sight.ABSENT, told="looked")


def _check(measure: Callable[[Viewing], Measure], name: str = "one") -> Check:
    return Check(name=name, terms=("blurry",), grade=Grade.A, meaning="m", rates="1", measure=measure)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips") / "one.mp4"
    path.write_bytes(clips.encode(clips.film(clips.leaves(2), frames=24)))
    return path


async def _look(inspector: Inspector, clip: Path) -> Looked:
    ordered = Ordered(seconds=1, ratio="4:3")
    return await inspector.look(Screening(clip=clip, prompt=PROMPT, ordered=ordered, sandbox=False))


async def test_a_clip_is_examined_in_a_process_of_its_own(clip: Path) -> None:
    check = _check(_where)

    (reading,) = (await _look(Inspector([check]), clip)).readings

    assert reading.reason.startswith("process ")
    assert reading.reason != f"process {os.getpid()}"


async def test_an_examination_that_breaks_off_is_unsure_with_the_reason_and_no_judge_makes_a_pass_of_it(
    clip: Path,
) -> None:
    check = _check(_crashing)
    witness = _Witness()

    looked = await _look(Inspector([check], judge=witness), clip)

    assert [reading.sight for reading in looked.readings] == [Sight.UNSURE]
    assert "SIGSEGV" in looked.readings[0].reason
    assert looked.footage.complaint == ""
    assert witness.asked == []


async def test_a_check_that_swallows_memory_is_stopped_and_loses_no_other_reading(clip: Path) -> None:
    greedy, modest = _check(_swallowing, "greedy"), _check(_modest, "modest")

    readings = (await _look(Inspector([greedy, modest]), clip)).readings

    assert [reading.sight for reading in readings] == [Sight.UNSURE, Sight.ABSENT]
    assert "MemoryError" in readings[0].reason


async def test_a_clip_that_nobody_ordered_is_taken_in_any_length_and_shape(clip: Path) -> None:
    inspector = Inspector([_check(_modest)])

    looked = await inspector.look(Screening(clip=clip, prompt=PROMPT, ordered=None, sandbox=False))

    assert looked.footage.complaint == ""
    assert len(looked.readings) == 1
