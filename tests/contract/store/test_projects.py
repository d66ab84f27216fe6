"""Projects, blocks and references."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from agent.errors import ConflictError, NotFoundError
from agent.film import Ceilings
from memory import tables
from memory.store import SqlStore
from prompts.blocks import NegativeBlock
from prompts.errors import EmptyBlockError
from tests.contract.store.building import ALLEY, NEGATIVES, Film, Ids


async def test_a_new_project_has_both_blocks_at_version_one(film: Film) -> None:
    assert (await film.store.style(film.project.id)).text == "hand-painted"
    assert await film.store.negative(film.project.id) == NEGATIVES


async def test_a_project_is_found_by_id_and_by_name(film: Film) -> None:
    assert await film.store.project(film.project.id) == film.project
    assert await film.store.project_named("Zaun") == film.project
    assert await film.store.projects() == (film.project,)


async def test_an_unknown_name_is_answered_with_the_known_ones(film: Film) -> None:
    with pytest.raises(NotFoundError, match="there is Zaun"):
        await film.store.project_named("Piltover")


async def test_a_name_is_given_once(film: Film) -> None:
    with pytest.raises(ConflictError, match="already"):
        await Film.started(film.store, ids=film.ids)
    other = await Film.started(film.store, ids=film.ids, name="Piltover")
    with pytest.raises(ConflictError, match="already"):
        await film.store.save_project(replace(other.project, name="Zaun"))


async def test_a_changed_project_is_read_back_changed(film: Film) -> None:
    changed = replace(film.project, excluded=("Runway",), ceilings=Ceilings(project_micro_usd=5))
    await film.store.save_project(changed)
    assert await film.store.project(film.project.id) == changed


async def test_an_older_version_of_a_block_stays_readable(film: Film) -> None:
    second = await film.store.put_style(film.project.id, "gouache", by="Ada", why="too clean", seen=1)
    assert second.version == 2
    assert (await film.store.style(film.project.id)).text == "gouache"
    assert (await film.store.style(film.project.id, version=1)).text == "hand-painted"


@pytest.mark.parametrize("seen", [0, 2])
async def test_a_block_changed_from_another_version_is_refused_and_left(film: Film, seen: int) -> None:
    with pytest.raises(ConflictError, match="version 1"):
        await film.store.put_style(film.project.id, "gouache", by="Ada", why="", seen=seen)
    with pytest.raises(ConflictError):
        await film.store.put_negative(film.project.id, NEGATIVES, by="Ada", why="", seen=seen)
    assert (await film.store.style(film.project.id)).version == 1
    assert (await film.store.negative(film.project.id)).version == 1


async def test_a_new_negative_block_gets_the_next_version_whatever_it_says(film: Film) -> None:
    block = NegativeBlock(quality=("lens flare", "film grain"), version=77)
    stored = await film.store.put_negative(film.project.id, block, by="Ada", why="", seen=1)
    assert stored == replace(block, version=2)
    assert await film.store.negative(film.project.id) == stored


async def test_an_empty_style_is_refused_and_the_old_one_stays(film: Film) -> None:
    with pytest.raises(EmptyBlockError):
        await film.store.put_style(film.project.id, "  ", by="Ada", why="", seen=1)
    assert (await film.store.style(film.project.id)).version == 1


async def test_the_history_says_who_changed_a_block_why_and_when(film: Film) -> None:
    await film.store.put_style(film.project.id, "gouache", by="Ada", why="too clean", seen=1)
    rows = tables.style_blocks
    async with film.store.database.reading() as connection:
        row = (await connection.execute(select(rows).where(rows.c.version == 2))).one()
    assert (row.written_by, row.why, row.written_us > 0) == ("Ada", "too clean", True)


async def test_a_reference_under_a_used_label_takes_its_place(film: Film) -> None:
    second = replace(ALLEY, label="2")
    newer = replace(ALLEY, id="sha-newer")
    for reference, file in ((ALLEY, "alley.png"), (second, "two.png"), (newer, "newer.png")):
        await film.store.add_reference(film.project.id, reference, file=file, note="")
    assert await film.store.references(film.project.id) == ((newer, "newer.png"), (second, "two.png"))


async def test_what_belongs_to_no_project_is_not_found(store: SqlStore, ids: Ids) -> None:
    for asked in (
        store.project("nobody"),
        store.style("nobody"),
        store.negative("nobody"),
        store.put_style("nobody", "x", by="", why="", seen=0),
        store.open_conversation("nobody", door="chat"),
        store.add_reference("nobody", ALLEY, file="a.png", note=""),
    ):
        with pytest.raises(NotFoundError):
            await asked
