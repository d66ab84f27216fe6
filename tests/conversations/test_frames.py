"""Images of a shot from the file a person hands in to the body that leaves, in the sandbox."""

import json
from pathlib import Path
from typing import Any

import pytest

from agent.auditing import audit
from agent.events import What
from agent.film import ShotStatus
from interfaces.references import add_reference
from prompts.references import Role
from tests.support.house import Set, a_set
from tests.support.images import BLUE, file, halves, noise, picture


async def add(film: Set, label: str, *, size: tuple[int, int] = (1280, 720), **said: Any) -> tuple[str, ...]:
    studio = film.house.studio
    added = await add_reference(studio, film.project.id, data=file(halves(size=size)), label=label, **said)
    return added.told


async def bodies(film: Set) -> list[Any]:
    return [json.loads(receipt.body) for _, _, receipt in await film.house.studio.store.receipts(film.project.id)]


async def reasons(film: Set) -> list[str]:
    return [str(event.data["reason"]) for event in await film.events(What.CHOOSE)]


async def notes(film: Set) -> list[str]:
    told = [event.data["notes"] for event in await film.events(What.RENDERING)]
    return [str(note["sentence"]) for each in told if isinstance(each, list) for note in each if isinstance(note, dict)]


async def test_a_shot_goes_out_with_its_first_and_its_last_frame(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await add(film, "door", role=Role.FIRST_FRAME)
        await add(film, "roof", role=Role.LAST_FRAME)
        await film.say("Vi climbs up, start on ref door and end on ref roof, with Seedance, 5 s")

        (body,) = await bodies(film)
        shot = await film.shot()
        assert [item["role"] for item in body["content"] if "role" in item] == ["first_frame", "last_frame"]
        assert [reference.role for reference in shot.references] == [Role.FIRST_FRAME, Role.LAST_FRAME]
        assert (await audit(film.house.studio, film.project.id)).coverage == 1.0


async def test_the_role_an_image_was_added_with_holds_where_the_request_says_none(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await add(film, "1", role=Role.FIRST_FRAME)
        await film.say("Vi climbs up, palette from ref 1", rest=False)

        (reference,) = (await film.shot()).references
        assert reference.role is Role.FIRST_FRAME


async def test_a_frame_of_other_proportions_stops_the_shot_until_the_person_says_which_picture(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await add(film, "1", size=(1024, 768))
        await film.say("Vi climbs up, start on ref 1, with Seedance")
        assert await bodies(film) == []
        assert (await film.shot()).status is ShotStatus.CHOICE
        (reason,) = await reasons(film)
        assert "'1' is 4:3 (1024x768) and the shot is 16:9" in reason
        assert "say 'shot 1: 4:3'" in reason

        await film.say("shot 1: 4:3")

        (body,) = await bodies(film)
        assert body["ratio"] == "4:3"
        assert (await film.shot()).status is ShotStatus.DELIVERED


async def test_a_last_frame_without_a_first_is_asked_about_and_not_sent(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await add(film, "1")
        await film.say("Vi climbs up, end on ref 1")

        assert await bodies(film) == []
        assert "a last frame needs a first frame" in (await reasons(film))[0]


async def test_a_second_frame_is_added_to_a_shot_and_the_first_stays(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        for label in ("1", "2", "3"):
            await add(film, label)
        await film.say("Vi climbs up, start on ref 1, with Seedance")
        await film.say("shot 1: end on ref 2")
        roles = {reference.label: reference.role for reference in (await film.shot()).references}
        assert roles == {"1": Role.FIRST_FRAME, "2": Role.LAST_FRAME}

        await film.say("shot 1: start on ref 3")
        roles = {reference.label: reference.role for reference in (await film.shot()).references}
        assert roles == {"2": Role.LAST_FRAME, "3": Role.FIRST_FRAME}


@pytest.mark.parametrize(
    ("words", "model"), [("start on ref 1, with Runway", "runway"), ("palette from ref 1, with Gemini Omni", "gemini")]
)
async def test_an_image_that_is_made_to_fit_is_told_before_the_order_goes_out(
    tmp_path: Path, words: str, model: str
) -> None:
    async with a_set(tmp_path) as film:
        loud = file(noise((1920, 1080)))
        await add_reference(film.house.studio, film.project.id, data=loud, label="1")
        await film.say(f"Vi climbs up, {words}")

        (sentence,) = [note for note in await notes(film) if "the image '1' goes to" in note]
        assert model in sentence
        assert "as a JPEG" in sentence
        story = [event.what for event in await film.events(What.RENDERING, What.SUBMIT)]
        assert story.index(What.RENDERING) < story.index(What.SUBMIT)
        ((_, _, receipt),) = await film.house.studio.store.receipts(film.project.id)
        assert "image/jpeg" in receipt.body
        assert "image/png" not in receipt.body


async def test_an_image_too_small_for_a_model_is_said_before_spending_and_another_takes_the_shot(
    tmp_path: Path,
) -> None:
    async with a_set(tmp_path) as film:
        await add(film, "1", size=(320, 180))
        await film.say("Vi climbs up, start on ref 1, with kling-3.0 or seedance-2.0")

        assert await bodies(film) == []
        assert any("its shorter side would have 180 pixels and needs 300" in reason for reason in await held(film))


async def held(film: Set) -> list[str]:
    return [str(event.data["reason"]) for event in await film.events(What.HOLD)]


async def test_a_shot_keeps_the_image_it_named_when_another_takes_the_label(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await add(film, "1", role=Role.FIRST_FRAME)
        await film.say("Vi climbs up, start on ref 1, with Seedance")
        studio = film.house.studio
        other = file(picture((1280, 720), colour=BLUE))
        await add_reference(studio, film.project.id, data=other, label="1", role=Role.FIRST_FRAME)
        await film.say("again")

        first, second = await bodies(film)
        assert first["content"][1] == second["content"][1]


@pytest.mark.parametrize("motion", ["Slow drift, ink breathes", ""])
async def test_with_a_first_frame_the_motion_text_stands_for_the_style_only_if_there_is_one(
    tmp_path: Path, motion: str
) -> None:
    async with a_set(tmp_path) as film:
        store = film.house.studio.store
        style = await store.style(film.project.id)
        await store.put_style(film.project.id, style.text, motion=motion, by="Ada", why="", seen=style.version)
        await add(film, "1")
        await film.say("Vi climbs up, start on ref 1, with Runway")

        (body,) = await bodies(film)
        assert body["promptText"].startswith(motion or style.text[:40])
        assert (style.text[:40] in body["promptText"]) == (not motion)
        assert any("motion" in note for note in await notes(film))
        assert (await audit(film.house.studio, film.project.id)).coverage == 1.0
