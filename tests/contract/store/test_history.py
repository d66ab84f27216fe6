"""What turns changed, the order of shots, and questions of a conversation."""

from dataclasses import replace

import pytest

from agent.errors import NotFoundError
from agent.film import ShotStatus
from agent.history import Cause, Subject, revisions
from agent.inquiries import Kind
from tests.contract.store.building import Film, a_sheet


async def a_turn(film: Film, text: str = "warmer") -> Cause:
    return Cause(turn_id=await film.store.add_turn(film.conversation_id, text))


async def test_a_change_is_kept_with_what_there_was_before(film: Film) -> None:
    cause = await a_turn(film)
    shot = await film.store.add_shot(film.a_shot(), cause=cause)
    await film.store.save_shot(replace(shot, sheet=a_sheet("Vi runs"), revision=2), cause=cause)
    made, edited = await film.store.changes(film.project.id)
    assert (made.subject, made.before, made.turn_id) == (Subject.SHOT, None, cause.turn_id)
    assert edited.before is not None
    assert (edited.before["revision"], edited.after["revision"]) == (1, 2)
    assert list(revisions((made, edited), shot.id)) == [1, 2]
    assert (await film.store.earlier_sheets(shot.id)) == {1: shot.sheet}


async def test_what_moves_by_itself_is_no_change(film: Film) -> None:
    shot = await film.shot()
    cause = await a_turn(film)
    await film.store.save_shot(replace(shot, status=ShotStatus.HELD, because="ceiling"), cause=cause)
    await film.store.save_shot(replace(shot, sheet=a_sheet("Vi runs"), revision=2))
    assert await film.store.changes(film.project.id) == ()


async def test_a_change_that_is_refused_is_not_in_the_list(film: Film) -> None:
    cause = Cause(turn_id="nobody's turn")
    style = await film.store.style(film.project.id)
    with pytest.raises(NotFoundError):
        await film.store.put_style(film.project.id, "ink", by="owner", why="", seen=style.version, cause=cause)
    assert await film.store.changes(film.project.id) == ()
    assert await film.store.style(film.project.id) == style


async def test_shots_are_numbered_anew_among_their_own_numbers(film: Film) -> None:
    shots = [await film.shot() for _ in range(4)]
    order = [shots[3].id, shots[1].id, shots[2].id]
    await film.store.renumber(film.project.id, order)
    now = {shot.number: shot.id for shot in await film.store.shots(film.project.id)}
    assert now == {1: shots[0].id, 2: shots[3].id, 3: shots[1].id, 4: shots[2].id}
    with pytest.raises(NotFoundError):
        await film.store.renumber(film.project.id, ["shot of another film"])


async def test_a_conversation_has_one_open_inquiry_and_each_is_closed_once(film: Film) -> None:
    store = film.store
    await store.inquire(film.conversation_id, kind=Kind.READINGS.value, question={"says": ["a", "b"]})
    later = await store.inquire(film.conversation_id, kind=Kind.SPEND.value, question={"shots": []})
    inquiry = await store.inquiry(film.conversation_id)
    assert inquiry is not None
    assert (inquiry.id, inquiry.kind) == (later, "spend")
    assert await store.close_inquiry(later, {"approve": True})
    assert not await store.close_inquiry(later, {"approve": False})
    assert await store.inquiry(film.conversation_id) is None


async def test_the_highest_price_that_was_agreed_to_holds(film: Film) -> None:
    shot = await film.shot()
    for price, approve in ((500_000, True), (900_000, False), (700_000, True)):
        decision_id = await film.store.ask(shot, kind="spend", question={"cost_micro_usd": price})
        await film.store.answer(decision_id, {"approve": approve})
    assert await film.store.approved_micro_usd(shot.id) == 700_000


async def test_what_was_said_before_a_turn_comes_latest_first(film: Film) -> None:
    for text in ("one", "two", "three"):
        turn = await film.store.add_turn(film.conversation_id, text)
    said = await film.store.said(film.conversation_id, before=turn, most=5)
    assert [text for _, text in said] == ["two", "one"]
