"""Turns acted on with real rows: back and forth, the list, choices, prices, and what is asked back."""

from dataclasses import replace
from pathlib import Path

from agent.events import What
from agent.film import ShotStatus
from agent.history import steps
from tests.support.house import Eyesight, Set, a_set, limit, rule
from tools.sandbox.faultplan import Mishap

FOX = "a fox crosses the snow, wide, 35mm, 5 s, with Kling"


async def jobs(film: Set) -> int:
    store = film.house.studio.store
    return len([job for shot in await store.shots(film.project.id) for job in await store.jobs(shot_id=shot.id)])


async def test_undo_brings_the_sheet_back_as_a_new_revision_and_the_paid_take_stays(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say(FOX)
        before, spent = await film.shot(), await jobs(film)
        await film.say("85mm and no trees")
        after_edit = await jobs(film)
        reply = await film.say("undo")
        shot = await film.shot()
        assert (shot.sheet, shot.revision) == (before.sheet, 3)
        assert "revision 1 again (now revision 3)" in reply
        assert (spent, after_edit, await jobs(film)) == (1, 2, 2)  # undoing buys nothing
        assert len(await film.takes()) == 2
        assert (shot.picked_take_id, shot.status) == (before.picked_take_id, ShotStatus.DELIVERED)
        await film.say("redo")
        assert (await film.shot()).sheet.lens == "85mm"


async def test_a_shot_that_is_edited_and_taken_back_while_its_clip_is_made_buys_no_other(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say(FOX, rest=False)
        await film.say("delete shot 1", rest=False)
        await film.house.worker.run(until_rest=True)
        shot = await film.shot()
        assert shot.omitted
        assert await jobs(film) <= 1


async def test_undo_of_a_new_shot_takes_it_out_of_the_list_and_redo_brings_it_back(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say(FOX)
        await film.say("undo")
        assert (await film.shot()).omitted
        assert len(await film.takes()) == 1
        await film.say("bring it back")
        assert not (await film.shot()).omitted


async def test_a_revert_says_what_it_restores_and_can_be_undone(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say(FOX)
        await film.say("85mm")
        await film.say("same but in profile")
        await film.say("back to the first version")
        shot = await film.shot()
        assert (shot.sheet.lens, shot.sheet.camera.angle, shot.revision) == ("35mm", "", 4)
        (restored,) = await film.events(What.RESTORE)
        assert restored.data["restores"] == 1
        await film.say("undo")
        assert (await film.shot()).sheet.camera.angle == "profile"


async def test_a_block_is_brought_back_as_a_new_version(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        store, project_id = film.house.studio.store, film.project.id
        first = await store.negative(project_id)
        await film.say("add 'fireflies' to the negative block")
        await film.say("undo")
        now = await store.negative(project_id)
        assert (now.terms, now.version) == (first.terms, 3)


async def test_several_changes_are_taken_back_in_one_turn_and_it_says_where_there_were_fewer(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        store, project_id = film.house.studio.store, film.project.id
        first = await store.negative(project_id)
        for term in ("fireflies", "moths"):
            await film.say(f"add '{term}' to the negative block")
        assert "only 2 changes" in await film.say("undo the last three changes")
        assert (await store.negative(project_id)).terms == first.terms


async def test_what_somebody_else_changed_since_is_left_alone(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        store, project_id = film.house.studio.store, film.project.id
        await film.say("style: ink wash on rice paper")
        style = await store.style(project_id)
        await store.put_style(project_id, "oil on canvas", by="another door", why="", seen=style.version)
        reply = await film.say("undo")
        assert "changed since" in reply
        assert (await store.style(project_id)).text == "oil on canvas"


async def test_undo_is_of_this_conversation_only(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say(FOX)
        store = film.house.studio.store
        other = await store.open_conversation(film.project.id, door="test")
        assert steps(await store.changes(film.project.id), conversation_id=other).latest() is None


async def test_a_deleted_shot_with_takes_is_kept_and_that_is_said(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say(FOX)
        reply = await film.say("delete shot 1")
        assert "1 takes" in reply
        assert "kept" in reply
        assert len(await film.takes()) == 1
        assert "taken out" in await film.say("shot 1: warmer")
        assert (await film.shot()).sheet.palette == ""


async def test_shots_are_reordered_by_their_numbers_and_back(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        for text in ("a fox asleep, wide", "an owl lands, CU", "a moth at the lamp, macro"):
            await film.say(text)
        await film.say("move shot 3 to the front")
        actions = [(await film.shot(number)).sheet.action for number in (1, 2, 3)]
        assert [action.split()[1] for action in actions] == ["moth", "fox", "owl"]
        await film.say("undo")
        assert (await film.shot(1)).sheet.action == "a fox asleep"


async def test_many_takes_above_the_sum_are_priced_and_asked_about_once(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say("don't generate anything until I say go")
        for text in ("a fox asleep, wide", "an owl lands, CU", "a moth at the lamp, macro"):
            await film.say(text)
        await limit(film, ask_above_micro_usd=10_000)
        reply = await film.say("shoot 1 to 3")
        assert "$" in reply
        assert await jobs(film) == 0
        await film.say("yes")
        assert await jobs(film) == 3
        assert not await film.events(What.ASK)  # the yes covered each of them


async def test_a_no_to_the_price_buys_nothing(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say("don't generate anything until I say go")
        for text in ("a fox asleep, wide", "an owl lands, CU"):
            await film.say(text)
        await limit(film, ask_above_micro_usd=10_000)
        await film.say("shoot 1 and 2")
        await film.say("no")
        assert await jobs(film) == 0
        assert "Nothing is sent" in await film.say("no")


async def test_what_is_planned_goes_with_a_go_and_not_before(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        reply = await film.say(f"hold off generating. {FOX}")
        assert "$" in reply
        await film.say("no trees in it")
        assert (await jobs(film), (await film.shot()).status) == (0, ShotStatus.PLANNED)
        await film.say("ok run it")
        assert await jobs(film) == 1


async def test_an_approval_with_nothing_pending_changes_nothing(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        assert await film.say("approve") == "Nothing is waiting for an answer."
        assert "no shot" in (await film.say("approve shot 4")).lower()
        assert not await film.events(What.SHOT)


async def test_a_take_that_waits_for_a_choice_is_circled_by_a_yes(tmp_path: Path) -> None:
    async with a_set(tmp_path, eyes=Eyesight(seen=[None])) as film:
        await film.say(FOX)
        assert (await film.shot()).status is ShotStatus.CHOICE
        await film.say("looks good, approve")
        shot = await film.shot()
        assert (shot.status, shot.picked_take_id) == (ShotStatus.DELIVERED, (await film.takes())[0].id)


async def test_clearing_the_block_is_never_done_and_the_default_is_offered(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        store, project_id = film.house.studio.store, film.project.id
        await film.say("add 'fireflies' to the negative block")
        reply = await film.say("clear the negative block")
        assert "cannot be emptied" in reply
        assert "fireflies" in {term.text for term in (await store.negative(project_id)).terms}
        await film.say("yes")
        terms = {term.text for term in (await store.negative(project_id)).terms}
        assert terms
        assert "fireflies" not in terms


async def test_a_replaced_block_is_shown_first_and_left_where_something_else_is_said(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        store, project_id = film.house.studio.store, film.project.id
        before = await store.negative(project_id)
        reply = await film.say("replace the negatives with: live action, fireflies")
        assert "+ fireflies" in reply
        await film.say("budget is $40")
        await film.say("yes")
        assert await store.negative(project_id) == before


async def test_two_readings_are_asked_back_and_the_answer_is_understood(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say("don't generate anything until I say go")
        for text in ("a fox asleep, wide", "an owl lands, CU"):
            await film.say(text)
        await film.say("shots 1 and 2: warmer")
        reply = await film.say("make it 8 seconds")
        assert "shot 1: make it 8 seconds" in reply
        assert [(await film.shot(number)).sheet.seconds for number in (1, 2)] == [None, None]
        await film.say("the second one")
        assert [(await film.shot(number)).sheet.seconds for number in (1, 2)] == [None, 8.0]


async def test_no_text_in_a_shot_with_a_sign_is_asked_back(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say('hold off generating. a diner at night, the sign reads "EAT", wide')
        before = await film.shot()
        assert before.sheet.on_screen_text == "EAT"
        reply = await film.say("no text")
        assert "Which do you mean" in reply
        assert await film.shot() == before
        await film.say("2")
        after = await film.shot()
        assert after.sheet.on_screen_text == ""


async def test_a_rule_for_a_reference_that_is_not_there_waits_for_it(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        reply = await film.say("for every shot use ref 2 for palette only")
        assert "no reference 2 yet" in reply
        project = await film.house.studio.store.project(film.project.id)
        assert [rule.label for rule in project.reference_rules] == ["2"]


async def test_the_answers_come_from_rows(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say(FOX)
        take = (await film.takes())[0]
        await limit(film, project_micro_usd=take.cost_micro_usd + 5_000_000)
        assert "$5.00 of the budget" in await film.say("what's left of the budget?")
        assert "1 takes in all" in await film.say("how many takes do we have?")
        shown = await film.say("show shot 1")
        assert "35mm" in shown
        assert "take 1" in shown
        sent = await film.say("what did you send for shot 1?")
        assert "style block at" in sent
        assert "negative block:" in sent
        looked_ahead = await film.say("preview shot 1")
        assert "nothing is spent" in looked_ahead or "nothing can be made" in looked_ahead
        assert await jobs(film) == 1


async def test_a_failed_shot_is_named_with_its_reason(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say(f"hold off generating. {FOX}")
        shot = await film.shot()
        await film.house.studio.store.save_shot(replace(shot, status=ShotStatus.REFUSED, because="kling refused it"))
        assert "kling refused it" in await film.say("which shots failed?")


async def test_undo_leaves_an_unknown_outcome_standing_until_the_person_settles_it(tmp_path: Path) -> None:
    async with a_set(tmp_path, rules=[rule(Mishap.LOSE_RESPONSE, "google", 1)]) as film:
        await film.say("plan only: a fox runs over wet roofs, wide, 4 s, with Veo")
        await film.say("shot 1: closer")
        await film.say("go")
        assert (await film.shot()).status is ShotStatus.UNKNOWN

        await film.say("undo")
        assert (await film.shot()).status is ShotStatus.UNKNOWN
        assert (await film.shot()).sheet.camera.shot_size == "wide shot"

        await film.say("yes")
        assert (await film.shot()).status is ShotStatus.DELIVERED
        assert len(film.sandbox.records.accepted("google")) == 2
