"""Projects, blocks and references."""

from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import select

from agent.errors import ConflictError, NotFoundError
from agent.film import Ceilings
from agent.images import Image
from memory import tables
from memory.store import SqlStore
from prompts.blocks import NegativeBlock, StyleBlock
from prompts.errors import EmptyBlockError
from prompts.references import Role
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


async def test_a_motion_text_is_stored_with_the_style_and_stays_until_another_is_given(film: Film) -> None:
    change = partial(film.store.put_style, film.project.id, by="Ada", why="")
    await change("gouache", seen=1, motion="slow drift")
    kept = await change("gouache on paper", seen=2)
    gone = await change("gouache on paper", seen=3, motion="")
    assert [(kept.motion, kept.version), (gone.motion, gone.version)] == [("slow drift", 3), ("", 4)]
    assert [(await film.store.style(film.project.id, version=n)).motion for n in (1, 2, 3)] == ["", *["slow drift"] * 2]
    assert await film.store.style(film.project.id) == gone


async def test_a_project_may_begin_with_a_motion_text(film: Film) -> None:
    other = await film.store.create_project(
        "Piltover",
        style="ink",
        motion="slow drift",
        negative=NEGATIVES,
        ceilings=Ceilings(),
        ratio="16:9",
        seconds=5.0,
    )
    assert await film.store.style(other.id) == StyleBlock(text="ink", version=1, motion="slow drift")


def an_image(file: str, **known_as: str) -> Image:
    return Image(file=file, width=1600, height=900, known_as=known_as)


async def test_a_reference_under_a_used_label_takes_its_place(film: Film) -> None:
    second = replace(ALLEY, label="2")
    newer = replace(ALLEY, id="sha-newer", role=Role.LAST_FRAME)
    one, two, three = an_image("alley.png"), an_image("two.png", kling="7", seedance="asset://x"), an_image("newer.png")
    for reference, image in ((ALLEY, one), (second, two), (newer, three)):
        await film.store.add_reference(film.project.id, reference, image=image, note="")
    assert await film.store.references(film.project.id) == ((newer, three), (second, two))


async def test_an_image_stays_with_its_reference_when_another_takes_the_label(film: Film) -> None:
    newer = replace(ALLEY, id="sha-newer")
    for reference, file in ((ALLEY, "alley.png"), (newer, "newer.png")):
        await film.store.add_reference(film.project.id, reference, image=an_image(file), note="")
    assert (await film.store.image(film.project.id, ALLEY)).file == "alley.png"
    assert (await film.store.image(film.project.id, newer)).file == "newer.png"


async def test_an_image_of_another_film_is_not_found(film: Film) -> None:
    other = await Film.started(film.store, ids=film.ids, name="Piltover")
    await film.store.add_reference(film.project.id, ALLEY, image=an_image("alley.png"), note="")
    with pytest.raises(NotFoundError, match="the alley"):
        await film.store.image(other.project.id, ALLEY)


async def test_what_belongs_to_no_project_is_not_found(store: SqlStore, ids: Ids) -> None:
    for asked in (
        store.project("nobody"),
        store.style("nobody"),
        store.negative("nobody"),
        store.put_style("nobody", "x", by="", why="", seen=0),
        store.open_conversation("nobody", door="chat"),
        store.add_reference("nobody", ALLEY, image=an_image("a.png"), note=""),
        store.image("nobody", ALLEY),
    ):
        with pytest.raises(NotFoundError):
            await asked
