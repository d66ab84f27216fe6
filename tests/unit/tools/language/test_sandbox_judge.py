"""The same judge over the stand-in's wire: what it says about frames the stand-ins draw."""

from functools import cache
from io import BytesIO

import httpx2
import pytest
from PIL import Image

from agent.findings import Opinion, Picture, Sight
from agent.jobs import Still
from tools.language.client import LanguageModel
from tools.language.judge import ModelJudge
from tools.sandbox import judge as stand_in
from tools.sandbox.renderer import still
from tools.sandbox.scene import Key, Look, Scene


@cache
def frame(look: Look, *, number: int, subjects: int = 1) -> Picture:
    scene = Scene(
        seconds=1,
        width=640,
        height=360,
        seed=11,
        look=look,
        key=Key.MID,
        palette=((40, 70, 90), (190, 120, 60)),
        subjects=subjects,
    )
    jpeg = BytesIO()
    Image.open(BytesIO(still(scene, at_s=number / scene.fps))).save(jpeg, format="JPEG", quality=85)
    return Picture(frame=number, at_s=number / scene.fps, jpeg=jpeg.getvalue())


async def judged(look: Look, *terms: str, subjects: int = 1, people: int | None = None) -> tuple[Opinion, ...]:
    app = stand_in.build(miss=0.0, false_alarm=0.0, abstain=0.0)
    model = LanguageModel(
        base_url="http://sandbox/v1",
        api_key="any",
        model=stand_in.MODEL,
        transport=httpx2.ASGITransport(app=app),
        retries=0,
    )
    pictures = [frame(look, number=number, subjects=subjects) for number in (2, 12)]
    reference = Still(label="1", data=pictures[0].jpeg, media_type="image/jpeg")
    asking = ModelJudge(model, name="sandbox judge")
    return await asking.judge(pictures, terms=terms, references=[reference], people=people)


@pytest.mark.parametrize(("look", "sight"), [(Look.PHOTOREAL, Sight.SEEN), (Look.PAINTERLY, Sight.ABSENT)])
async def test_it_sees_what_is_drawn_and_not_what_is_not(look: Look, sight: Sight) -> None:
    (opinion,) = await judged(look, "photorealistic")
    assert (opinion.judge, opinion.sights) == ("sandbox judge", (sight, sight)), opinion.reason


async def test_a_thing_it_cannot_look_for_is_unsure() -> None:
    (opinion,) = await judged(Look.PAINTERLY, "melancholy")
    assert opinion.sights == (Sight.UNSURE, Sight.UNSURE)
    assert opinion.reason == "not a thing this judge knows how to look for"


@pytest.mark.parametrize(("subjects", "sight"), [(2, Sight.ABSENT), (3, Sight.SEEN)])
async def test_it_counts_the_people_that_are_drawn(subjects: int, sight: Sight) -> None:
    (opinion,) = await judged(Look.PAINTERLY, "duplicate characters", subjects=subjects, people=2)
    assert opinion.sights == (sight, sight), opinion.reason
    assert ("asked for 2, saw 3" in opinion.reason) is (sight is Sight.SEEN)
