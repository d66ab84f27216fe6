"""The page's own routes, asked without a browser: what is shown of a shot, its buttons, and its files."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import anyio
import anyio.lowlevel
import pytest

from agent.events import What
from agent.film import ShotStatus
from interfaces.board import gathering
from tests.support.house import rule
from tests.support.served import Service, a_service
from tools.sandbox.faultplan import Mishap

FOX = "a fox crosses the snow, wide, 5 s, with Kling"
RIGHT_TO_LEFT = "\u202egnp.exe"
LONG = "a fox " + "x" * 20_000


@pytest.fixture
async def slow(tmp_path: Path) -> AsyncIterator[Service]:
    """A film whose clips take their time."""
    async with a_service(tmp_path, rules=[rule(Mishap.SLOW)]) as service:
        yield service


def here(service: Service) -> str:
    """Where the routes of the film's conversation begin."""
    return f"/c/{service.film.conversation_id}"


async def test_a_clip_that_is_being_made_is_called_off_by_a_button_and_told_as_a_turn(slow: Service) -> None:
    async with anyio.create_task_group() as group:
        group.start_soon(slow.film.house.worker.run)
        await slow.film.say(FOX, rest=False)
        while not await slow.film.events(What.ACCEPTED):
            await anyio.lowlevel.checkpoint()
        assert 'data-stop="1"' in (await slow.http.get(here(slow))).text
        assert (await slow.http.post(f"{here(slow)}/shots/1/decline")).status_code == 204
        assert 'data-stop="1"' not in (await slow.http.get(here(slow))).text
        group.cancel_scope.cancel()

    story = (await slow.http.get(f"{slow.at}/conversations/{slow.film.conversation_id}/story")).json()
    assert "cancel shot 1" in [each["data"].get("text") for each in story]
    assert any("called off" in line for each in story for line in each["lines"])


async def test_a_shot_that_was_taken_out_stands_as_omitted_and_is_hidden_until_it_is_asked_for(slow: Service) -> None:
    shot = await slow.http.post(f"{slow.at}/conversations/{slow.film.conversation_id}/turns", json={"text": FOX})
    await slow.film.house.desk.rest()
    await slow.film.house.studio.store.set_status((await slow.film.shot()).id, ShotStatus.DELIVERED)
    await slow.film.say("delete shot 1", rest=False)

    page = (await slow.http.get(here(slow))).text

    assert shot.status_code == 202
    article = page[page.index("<article") : page.index("<header", page.index("<article"))]
    assert 'data-status="omitted"' in article
    assert " hidden" in article
    assert "data-edit" not in page


async def test_a_shot_read_by_itself_is_the_shot_of_the_board(slow: Service) -> None:
    await slow.film.say(FOX)
    studio, project_id = slow.film.house.studio, slow.film.project.id
    (listed,) = (await gathering.board(studio, project_id)).shots

    alone = await gathering.shot(studio, listed.id)

    assert alone.takes
    assert alone.steps[0].passed_over, "told with a single shot only"
    assert replace(alone, steps=tuple(replace(step, passed_over=()) for step in alone.steps)) == listed


async def test_styles_and_scripts_are_kept_for_good_under_an_address_that_changes_with_them(slow: Service) -> None:
    page = (await slow.http.get(here(slow))).text
    address = next(part.split('"')[0] for part in page.split('href="') if part.startswith("/static/page.css?"))

    sent = await slow.http.get(address)
    bare = await slow.http.get("/static/page.css")

    assert "immutable" in sent.headers["cache-control"]
    assert bare.headers["cache-control"] == "no-cache"
    assert (sent.headers["content-type"], sent.content == bare.content) == ("text/css; charset=utf-8", True)
    assert (await slow.http.get("/static/..%2Frouter.py")).status_code == 404


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", RIGHT_TO_LEFT, "🎬" * 40, "a\nb", "{{ 7*7 }}", "'\"`"])
async def test_a_film_of_any_name_has_its_page_and_its_place_on_the_shelf(slow: Service, name: str) -> None:
    made = await slow.http.post("/api/films", json={"name": name})
    assert made.status_code in (201, 422)
    if made.status_code == 201:
        page = await slow.http.get(f"/films/{made.json()['id']}", follow_redirects=True)
        shelf = await slow.http.get("/")

        assert (page.status_code, shelf.status_code) == (200, 200)
        assert "<script>alert" not in page.text + shelf.text
        assert "49" not in page.text[page.text.index("<h1>") : page.text.index("</h1>")]


async def test_shots_made_together_have_a_line_above_the_board_and_are_held_by_a_button(slow: Service) -> None:
    turns = f"{slow.at}/conversations/{slow.film.conversation_id}/turns"
    assert (await slow.http.get(f"{slow.at}/batch")).json() == {"batch": None, "line": ""}
    await slow.http.post(turns, json={"text": f"1. {FOX}\n2. a crow lands on a fence, wide, 5 s"})
    await slow.film.house.desk.rest()

    page = (await slow.http.get(here(slow))).text
    assert "0 of 2 shots done · 2 waiting" in page
    assert ">Pause</button>" in page
    assert (await slow.http.post(f"{slow.at}/batch", json={"act": "pause"})).status_code == 200
    found = (await slow.http.get(f"{slow.at}/batch")).json()
    assert (found["batch"]["paused"], found["batch"]["moving"], found["line"][:6]) == (True, 2, "paused")
    assert ">Go on</button>" in (await slow.http.get(here(slow))).text
