"""Shots, sheets, prompts and routes."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from agent.errors import ConflictError, NotFoundError, StoreError
from agent.film import PassedOver, ShotStatus
from memory import production, stored, tables
from prompts.sheet import Sheet
from tests.contract.store.building import Film, Ids, a_prompt, a_sheet


async def test_shots_are_numbered_per_project_from_one(film: Film) -> None:
    other = await Film.started(film.store, ids=film.ids, name="Piltover")
    first, second, elsewhere = await film.shot(), await film.shot(), await other.shot()
    assert (first.number, second.number, elsewhere.number) == (1, 2, 1)
    assert await film.store.shots(film.project.id) == (first, second)


async def test_shots_added_at_once_get_a_number_each(film: Film) -> None:
    shots = await asyncio.gather(*(film.shot() for _ in range(12)))
    assert sorted(shot.number for shot in shots) == list(range(1, 13))


async def test_shots_added_together_are_numbered_in_their_order(film: Film) -> None:
    await film.shot()
    added = await film.store.add_shots([film.a_shot() for _ in range(3)])
    assert [shot.number for shot in added] == [2, 3, 4]
    assert (await film.store.shots(film.project.id))[1:] == added


async def test_of_shots_added_together_none_is_stored_when_one_cannot_be(film: Film) -> None:
    twice = film.a_shot()
    with pytest.raises(StoreError):
        await film.store.add_shots([film.a_shot(), twice, twice])
    assert await film.store.shots(film.project.id) == ()


async def test_a_shot_is_read_back_as_it_was_stored(film: Film) -> None:
    shot = await film.store.add_shot(film.a_shot(number=41, picked_take_id="take-9", because="held"))
    assert shot.number == 1
    assert await film.store.shot(shot.id) == shot
    assert await film.store.shot_numbered(film.project.id, 1) == shot


async def test_an_unknown_number_is_answered_with_those_there_are(film: Film) -> None:
    with pytest.raises(NotFoundError, match="none yet"):
        await film.store.shot_numbered(film.project.id, 1)
    await film.shot()
    await film.shot()
    with pytest.raises(NotFoundError, match="1 to 2"):
        await film.store.shot_numbered(film.project.id, 3)


async def test_a_changed_sheet_keeps_the_old_one_in_the_history(film: Film) -> None:
    shot = await film.shot()
    changed = replace(shot, sheet=a_sheet("Vi stands still"), revision=2)
    await film.store.save_shot(changed)
    await film.store.save_shot(replace(changed, status=ShotStatus.HELD))
    rows = tables.sheets
    async with film.store.database.reading() as connection:
        history = (await connection.execute(select(rows.c.revision, rows.c.sheet))).all()
    assert [(row.revision, stored.load(Sheet, row.sheet)) for row in history] == [(1, shot.sheet)]
    assert (await film.store.shot(shot.id)).sheet == changed.sheet


async def test_the_second_of_two_edits_of_one_revision_is_refused(film: Film) -> None:
    shot = await film.shot()
    await film.store.save_shot(replace(shot, sheet=a_sheet("Vi runs"), revision=2))
    for late in (replace(shot, sheet=a_sheet("Vi falls"), revision=2), replace(shot, because="older copy")):
        with pytest.raises(ConflictError, match="revision 2"):
            await film.store.save_shot(late)
    assert (await film.store.shot(shot.id)).sheet.action == "Vi runs"


async def test_a_status_moves_without_touching_the_rest(film: Film) -> None:
    shot = await film.shot()
    await film.store.set_status(shot.id, ShotStatus.HELD, because="day ceiling")
    assert await film.store.shot(shot.id) == replace(shot, status=ShotStatus.HELD, because="day ceiling")
    with pytest.raises(NotFoundError):
        await film.store.set_status("shot-0", ShotStatus.OPEN)


async def test_a_prompt_comes_back_with_the_same_digest(film: Film) -> None:
    prompt = a_prompt()
    assert await film.store.keep_prompt(film.project.id, prompt) == prompt.digest
    assert await film.store.keep_prompt(film.project.id, prompt) == prompt.digest
    kept = await film.store.prompt(prompt.digest)
    assert kept == prompt
    assert kept.digest == prompt.digest


async def test_a_prompt_changed_in_the_database_is_read_back_changed(film: Film) -> None:
    digest = await film.store.keep_prompt(film.project.id, a_prompt())
    rows = production.prompts
    async with film.store.database.writing() as connection:
        await connection.execute(rows.update().values(prompt=stored.dump(a_prompt("somebody else"))))
    assert (await film.store.prompt(digest)).sheet.action == "somebody else"


async def test_a_prompt_that_is_no_prompt_any_more_is_an_error(film: Film) -> None:
    digest = await film.store.keep_prompt(film.project.id, a_prompt())
    rows = production.prompts
    async with film.store.database.writing() as connection:
        await connection.execute(rows.update().values(prompt={**stored.dump(a_prompt()), "surprise": 1}))
    with pytest.raises(StoreError, match="surprise"):
        await film.store.prompt(digest)


async def test_routes_keep_their_reasons_and_their_order(film: Film) -> None:
    shot = await film.shot()
    first = await film.route(shot)
    second = await film.route(shot, model="veo-3.1")
    assert await film.store.routes(shot.id) == (first, second)
    weighed = replace(first, id="route-x", passed_over=(PassedOver(model="veo-3.1", why="dearer"),))
    await film.store.keep_route(film.project.id, weighed)
    assert await film.store.route("route-x") == weighed


async def test_a_route_cannot_be_kept_for_another_projects_shot(film: Film) -> None:
    other = await Film.started(film.store, ids=Ids("other"), name="Piltover")
    route = await other.route(await other.shot())
    with pytest.raises(StoreError, match="does not fit"):
        await film.store.keep_route(film.project.id, replace(route, id="route-x"))


async def test_what_is_not_there_is_not_found(film: Film) -> None:
    for asked in (
        film.store.shot("x"),
        film.store.prompt("x"),
        film.store.route("x"),
        film.store.save_shot(film.a_shot()),
    ):
        with pytest.raises(NotFoundError):
            await asked
    with pytest.raises(NotFoundError):
        await film.store.add_shot(film.a_shot(project_id="x"))
