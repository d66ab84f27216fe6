"""A director's message from first word to last take, through the real graphs, adapters and stand-ins."""

import json
from dataclasses import replace
from pathlib import Path
from typing import cast

import anyio
import pytest

from agent import writing
from agent.acting.explaining import explain
from agent.events import What
from agent.film import ShotStatus
from agent.jobs import Body, JobState, Order
from agent.ports import VideoModel
from agent.situations import situation
from agent.stills import Stills
from agent.troubles import Trouble
from interfaces.settings import Settings
from prompts.blocks import Layer
from prompts.dialect import Dialect
from prompts.prompt import Prompt
from prompts.render import render
from prompts.rendering import Rendering
from tests.support.house import Eyesight, a_set, limit, rule
from tools.sandbox.faultplan import Mishap

SHOT = "low angle, Vi in the rain, neon, 35mm, 5 s"


async def test_a_typed_shot_is_delivered_and_both_blocks_were_on_the_wire(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say(SHOT)

        store = film.house.studio.store
        style, negative = await store.style(film.project.id), await store.negative(film.project.id)
        (job,) = film.sandbox.records.accepted()
        words = json.dumps(json.loads(job.body), ensure_ascii=False)
        assert (await film.shot()).status is ShotStatus.DELIVERED
        assert style.text in words
        assert [term.text for term in negative.terms if term.text not in words] == []


async def test_a_seen_negative_goes_to_another_model_with_the_prompt_held_still(tmp_path: Path) -> None:
    async with a_set(tmp_path, eyes=Eyesight([{"live action"}])) as film:
        await film.say(SHOT)

        first, second = await film.takes()
        assert first.model != second.model
        assert first.prompt_digest == second.prompt_digest
        assert (await film.shot()).picked_take_id == second.id
        routes = await film.events(What.ROUTE)
        assert [route.data["reroute"] for route in routes] == [False, True]
        assert any("format" in str(reason) for reason in routes[1].data["reasons"])  # type: ignore[union-attr]


async def test_when_nothing_passes_the_best_takes_are_shown_and_the_person_chooses(tmp_path: Path) -> None:
    worst, best = {"live action", "photorealistic", "blurry"}, {"blurry"}
    async with a_set(tmp_path, eyes=Eyesight([worst, best, worst, worst, worst, worst])) as film:
        await limit(film, takes_per_shot=3)
        await film.say(SHOT)

        (choice,) = await film.events(What.CHOOSE)
        assert choice.data["takes"][0]["number"] == 2  # type: ignore[index, call-overload]
        assert (await film.shot()).status is ShotStatus.CHOICE
        assert len(await film.takes()) == 3

        await film.say("circle take 2")
        assert (await film.shot()).picked_take_id == (await film.takes())[1].id


async def test_eyes_that_fail_never_pass_a_take_and_never_spend_again(tmp_path: Path) -> None:
    async with a_set(tmp_path, eyes=Eyesight([None, None, None])) as film:
        await film.say(SHOT)

        assert (await film.shot()).status is ShotStatus.CHOICE
        assert len(await film.takes()) == 1


async def test_an_inspector_that_always_sees_something_stops_at_the_takes_ceiling(tmp_path: Path) -> None:
    async with a_set(tmp_path, eyes=Eyesight([{"blurry"}] * 50)) as film:
        await limit(film, takes_per_shot=4, shot_worth_micro_usd=10**9)
        await film.say(SHOT)

        assert len(film.sandbox.records.accepted()) == 4
        assert (await film.shot()).status is ShotStatus.CHOICE


async def test_a_refused_prompt_waits_for_the_person_and_teaches_nothing(tmp_path: Path) -> None:
    async with a_set(tmp_path, rules=[rule(Mishap.MODERATE_INPUT, "*", 1)]) as film:
        await film.say(SHOT)

        assert (await film.shot()).status is ShotStatus.REFUSED
        assert await film.house.studio.store.trials(film.project.id) == ()
        refused = (await film.events(What.ROUTE))[0].data["model"]

        await film.say("yes")
        assert (await film.shot()).status is ShotStatus.DELIVERED
        assert (await film.takes())[0].model != refused


async def test_a_refusal_after_rendering_waits_for_the_person_too(tmp_path: Path) -> None:
    async with a_set(tmp_path, rules=[rule(Mishap.MODERATE_OUTPUT, "*", 1)]) as film:
        await film.say(SHOT)

        (trouble,) = await film.events(What.TROUBLE)
        assert Trouble(str(trouble.data["trouble"])).refusal
        assert (await film.shot()).status is ShotStatus.REFUSED


async def test_a_bad_key_closes_the_vendor_and_the_shot_goes_elsewhere(tmp_path: Path) -> None:
    async with a_set(tmp_path, rules=[rule(Mishap.WRONG_KEY, "kling")]) as film:
        await film.say(SHOT)
        await film.say("a boat on the river, wide, 5 s")

        first, second = (await film.takes(1)), (await film.takes(2))
        assert not first[0].model.startswith("kling")
        assert not second[0].model.startswith("kling")
        assert len(await film.events(What.TROUBLE)) == 1, "the second shot knew already"


async def test_a_retired_model_is_routed_around(tmp_path: Path) -> None:
    async with a_set(tmp_path, rules=[rule(Mishap.RETIRED, "google")]) as film:
        await film.say(f"{SHOT}, with Veo 3.1 or Kling")
        await film.say("shot 1 again with Veo")

        troubles = {str(event.data["trouble"]) for event in await film.events(What.TROUBLE)}
        assert troubles <= {"model_retired"}


async def test_a_busy_vendor_is_tried_again_with_the_same_job(tmp_path: Path) -> None:
    async with a_set(tmp_path, rules=[rule(Mishap.RATE, "kling", 1)]) as film:
        await film.say(f"{SHOT}, with Kling")

        (job,) = await film.house.studio.store.jobs(shot_id=(await film.shot()).id)
        assert job.state is JobState.KEPT
        assert job.tries == 1
        assert len(film.sandbox.records.accepted("kling")) == 1


async def test_a_lost_answer_is_looked_up_where_the_vendor_can_be_asked(tmp_path: Path) -> None:
    async with a_set(tmp_path, rules=[rule(Mishap.LOSE_RESPONSE, "kling", 1)]) as film:
        await film.say(f"{SHOT}, with Kling")

        assert (await film.shot()).status is ShotStatus.DELIVERED
        assert len(film.sandbox.records.accepted("kling")) == 1


async def test_a_lost_answer_stays_unknown_where_nobody_can_be_asked(tmp_path: Path) -> None:
    async with a_set(tmp_path, rules=[rule(Mishap.LOSE_RESPONSE, "google", 1)]) as film:
        await film.say(f"{SHOT}, with Veo")

        assert (await film.shot()).status is ShotStatus.UNKNOWN
        assert len(film.sandbox.records.accepted("google")) == 1, "nothing is sent again by itself"
        spent = await film.house.studio.store.spent_micro_usd(film.project.id)
        assert spent > 0, "what may have been billed counts as spent"

        await film.say("yes")
        assert len(film.sandbox.records.accepted("google")) == 2
        assert (await film.shot()).status is ShotStatus.DELIVERED
        assert await film.house.studio.store.spent_micro_usd(film.project.id) > spent


async def test_above_the_sum_nothing_is_sent_before_a_yes(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await limit(film, ask_above_micro_usd=0)
        await film.say(SHOT)
        assert (await film.shot()).status is ShotStatus.APPROVAL
        assert film.sandbox.records.accepted() == ()

        await film.say("yes")
        assert (await film.shot()).status is ShotStatus.DELIVERED


async def test_a_no_cancels_the_shot_and_buys_nothing(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await limit(film, ask_above_micro_usd=0)
        await film.say(SHOT)
        await film.say("no")

        assert (await film.shot()).status is ShotStatus.CANCELLED
        assert film.sandbox.records.accepted() == ()
        assert await film.say("yes") == "Nothing is waiting for an answer."


async def test_a_no_to_a_dearer_take_leaves_the_takes_there_are_to_choose_from(tmp_path: Path) -> None:
    async with a_set(tmp_path, eyes=Eyesight([{"live action"}] * 5)) as film:
        await limit(film, ask_above_micro_usd=1_000_000, shot_worth_micro_usd=10**9, shot_micro_usd=10**9)
        await film.say(f"{SHOT}, with Veo")
        assert (await film.shot()).status is ShotStatus.APPROVAL

        await film.say("no")
        assert (await film.shot()).status is ShotStatus.CHOICE
        (choice,) = await film.events(What.CHOOSE)
        assert len(choice.data["takes"]) >= 1  # type: ignore[arg-type]


async def test_a_shot_above_the_films_ceiling_is_held_until_the_budget_is_raised(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await limit(film, project_micro_usd=10_000)
        await film.say(SHOT)
        assert film.sandbox.records.accepted() == ()
        assert (await film.shot()).status is ShotStatus.HELD

        await film.say("budget is $40")
        assert (await film.shot()).status is ShotStatus.DELIVERED


async def test_an_edit_while_rendering_keeps_the_paid_take_and_then_makes_the_new_one(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        async with anyio.create_task_group() as working:
            working.start_soon(film.house.worker.run)
            await film.say(SHOT, rest=False)
            while not film.sandbox.records.accepted():  # noqa: ASYNC110 - the stand-in signals nothing
                await anyio.sleep(0.01)
            await film.say("shot 1: closer, and no smoke", rest=False)
            working.cancel_scope.cancel()
        await film.house.worker.recover()
        await film.house.worker.run(until_rest=True)

        takes = await film.takes()
        assert len(takes) == 2
        assert takes[0].prompt_digest != takes[1].prompt_digest
        assert (await film.shot()).picked_take_id == takes[1].id


async def test_a_job_that_never_ends_is_told_as_overdue_once_and_keeps_its_money_and_its_looks(tmp_path: Path) -> None:
    late = Settings(sandbox_pace=0.0001)  # half an hour is a fifth of a second
    async with a_set(tmp_path, rules=[rule(Mishap.NEVER_ENDS)], settings=late) as film:
        async with anyio.create_task_group() as working:
            working.start_soon(film.house.worker.run)
            await film.say(SHOT, rest=False)
            with anyio.fail_after(20):
                while len(await film.events(What.PROGRESS)) < 100:  # noqa: ASYNC110 - a row has no event
                    await anyio.sleep(0.02)
            working.cancel_scope.cancel()

        (overdue,) = await film.events(What.OVERDUE)
        assert overdue.data["minutes"] == 30
        (job,) = await film.house.studio.store.jobs(states=[JobState.ACCEPTED])
        assert await film.house.studio.store.spent_micro_usd(film.project.id) == job.reserved_micro_usd
        assert (await film.shot()).status is ShotStatus.RENDERING


async def test_a_project_change_makes_circled_takes_stale_and_redoes_none(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say(SHOT)
        reply = await film.say("add 'frozen frames' to the negative block")

        assert "shots 1" in reply
        assert "$" in reply
        assert len(film.sandbox.records.accepted()) == 1
        assert "1 circled take" in await film.say("which takes are stale?")


async def test_why_is_answered_from_the_routes(tmp_path: Path) -> None:
    async with a_set(tmp_path, eyes=Eyesight([{"live action"}])) as film:
        await film.say(SHOT)
        first, second = await film.takes()
        reply = await film.say("why did you switch?")

        assert first.model in reply
        assert second.model in reply
        assert "live action" in reply

        shot = await film.shot()
        before, again = await film.house.studio.store.routes(shot.id)
        first_weighed = {figures.model for figures in before.figures}
        weighed = {figures.model: figures for figures in again.figures}
        assert weighed[second.model].chance == pytest.approx(again.chance, abs=1e-4)
        missed = next(layer for layer in weighed[first.model].layers if layer.layer is Layer.FORMAT)
        assert missed.q < missed.p, "what the shot has shown stands beside what the film has"
        told = await explain(film.house.studio, shot, figures=True)
        assert f"    chosen: {second.model}: chance " in "\n".join(told)
        assert sum(": chance " in line for line in told) == len(weighed) + len(first_weighed)
        assert ": chance " not in reply, "a conversation is told where the figures are"
        assert "countersteer ledger --explain 1" in reply


async def test_a_film_learns_from_others_only_where_that_is_switched_on(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say(SHOT)
        studio, shot = film.house.studio, await film.shot()
        other = await film.house.project("other", create=True)
        prompt = await studio.store.prompt((await film.takes())[0].prompt_digest)
        none, elsewhere = Stills(looks=(), first_frame=None), replace(shot, id="elsewhere", project_id=other.id)

        alone = await situation(studio, elsewhere, prompt, images=none)
        sharing = await situation(replace(studio, shares=True), elsewhere, prompt, images=none)
        assert alone.others == {}
        assert {model for model, _ in sharing.others} == {(await film.takes())[0].model}


async def test_what_was_sent_is_the_body_that_arrived(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        await film.say(SHOT)
        reply = await film.say("what did you send for shot 1?")

        assert film.sandbox.records.accepted()[0].body.decode() in reply


async def test_an_empty_message_makes_no_turn(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        for text in ("", "   ", "\n\n", "\x00\u200b"):
            told = await film.house.desk.say(film.conversation_id, project_id=film.project.id, text=text)
            assert told is not None
            assert "empty" in told
        assert await film.events() == []


async def test_a_message_that_is_too_long_is_refused_with_its_length(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        told = await film.house.desk.say(film.conversation_id, project_id=film.project.id, text="a" * 100_001)

        assert told is not None
        assert "100,001" in told


async def test_two_shots_of_one_message_are_made_side_by_side_and_a_bad_one_takes_none_along(tmp_path: Path) -> None:
    async with a_set(tmp_path, rules=[rule(Mishap.MODERATE_INPUT, "*", 1)]) as film:
        await film.say("1) a boat on the river, wide, 4 s\n2) a lamp in a window, close-up, 4 s")

        statuses = {shot.status for shot in await film.house.studio.store.shots(film.project.id)}
        assert statuses == {ShotStatus.REFUSED, ShotStatus.DELIVERED}


class _Forgetful:
    """An adapter with a defect: it leaves the last negative out of every body."""

    def __init__(self, vendor: VideoModel) -> None:
        self._vendor = vendor

    def __getattr__(self, name: str) -> object:
        return getattr(self._vendor, name)

    def compose(self, order: Order) -> Body:
        body = self._vendor.compose(order)
        last = order.rendering.placements[-1].wording
        return replace(body, content=body.content.replace(last.encode(), b"something else"))


async def test_a_body_that_lacks_a_negative_never_leaves_whoever_forgot_it(tmp_path: Path) -> None:
    async with a_set(tmp_path) as film:
        vendors = film.house.studio.vendors
        assert isinstance(vendors, dict)
        for name, vendor in list(vendors.items()):
            vendors[name] = cast(VideoModel, _Forgetful(vendor))
        await film.say(SHOT)

        assert film.sandbox.records.accepted() == ()
        assert "lacks" in (await film.shot()).because


async def test_a_rendering_that_forgets_a_negative_is_caught_by_the_prompt_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(prompt: Prompt, dialect: Dialect, *, model: str) -> Rendering:
        return render(replace(prompt, terms=prompt.terms[:-1]), dialect, model=model)

    monkeypatch.setattr(writing, "render", forgetful)
    async with a_set(tmp_path) as film:
        await film.say(SHOT)

        assert film.sandbox.records.accepted() == ()
        assert "lacks" in (await film.shot()).because
