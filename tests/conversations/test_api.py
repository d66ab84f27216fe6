"""A film directed over HTTP alone, as a program does it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from agent.intents import Draft
from interfaces.wiring import new_project
from tests.support.house import Eyesight, Shooting, limit
from tests.support.served import Service, a_service

ONE = Shooting((Draft(action="Vi walks through the rain"),))
MARKUP = "<script>alert(1)</script> & 'quotes' \"both\""


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Service]:
    """A film without shots; every message means one."""
    async with a_service(tmp_path, eyes=Eyesight(), planner=ONE) as service:
        yield service


@pytest.fixture
async def made(empty: Service) -> Service:
    """A film with one delivered shot."""
    await empty.film.say("the shot")
    return empty


async def the_shot(made: Service) -> dict[str, Any]:
    found: dict[str, Any] = (await made.http.get(f"{made.at}/shots")).json()[0]
    return found


async def test_a_message_is_kept_at_once_and_answered_by_events(empty: Service) -> None:
    at = f"{empty.at}/conversations/{empty.film.conversation_id}"

    heard = await empty.http.post(f"{at}/turns", json={"text": "the shot"})
    await empty.film.house.desk.rest()
    await empty.film.house.worker.run(until_rest=True)

    assert heard.status_code == 202
    turn = (await empty.http.get(f"{at}/turns/{heard.json()['turn_id']}")).json()
    assert (turn["text"], turn["reply"]) == ("the shot", "Shot 1: Vi walks through the rain")
    told = [each["what"] for each in (await empty.http.get(f"{at}/story")).json()]
    assert (told[0], told[-1]) == ("request", "deliver")


async def test_a_message_sent_again_under_its_key_is_heard_once(empty: Service) -> None:
    at = f"{empty.at}/conversations/{empty.film.conversation_id}/turns"
    message = {"text": "the shot", "key": "a1"}

    first, second = await empty.http.post(at, json=message), await empty.http.post(at, json=message)
    other = await empty.http.post(at, json={"text": "another shot", "key": "a1"})
    await empty.film.house.desk.rest()

    assert first.json() == second.json()
    assert other.status_code == 409
    assert [turn["text"] for turn in (await empty.http.get(at)).json()] == ["the shot"]
    assert len((await empty.http.get(f"{empty.at}/shots")).json()) == 1


async def test_what_the_page_shows_of_a_take_is_on_the_board(made: Service) -> None:
    board = (await made.http.get(f"{made.at}/board")).json()

    shot = board["shots"][0]
    take = shot["takes"][0]
    assert (shot["status"], take["picked"], take["decision"], take["sandbox"]) == ("delivered", True, "pass", True)
    assert [chip["sight"] for chip in take["chips"]] == ["absent"] * 12
    assert shot["steps"][0]["take"] == 1
    assert board["spent_micro_usd"] == shot["spent_micro_usd"] == take["cost_micro_usd"]
    assert board["event"] == (await made.film.events())[-1].number


async def test_a_sheet_filled_in_by_hand_makes_a_new_revision_and_keeps_the_old_one(made: Service) -> None:
    shot = await the_shot(made)
    at = f"{made.at}/shots/{shot['id']}"

    done = await made.http.patch(at, json={"revision": 1, "plan_only": True, "lens": "35mm", "exempt": ["subtitles"]})

    assert done.status_code == 200
    after = (await made.http.get(at)).json()
    assert (after["revision"], after["status"], after["exempt"]) == (2, "planned", ["subtitles"])
    assert dict(after["fields"])["lens"] == "35mm"
    history = (await made.http.get(f"{at}/history")).json()
    assert [(each["revision"], each["sheet"]["lens"]) for each in history] == [(1, ""), (2, "35mm")]


async def test_a_sheet_from_a_tab_left_open_is_refused_with_the_difference(made: Service) -> None:
    at = f"{made.at}/shots/{(await the_shot(made))['id']}"
    await made.http.patch(at, json={"revision": 1, "plan_only": True, "lens": "35mm"})

    late = await made.http.patch(at, json={"revision": 1, "plan_only": True, "lens": "85mm"})

    assert (late.status_code, late.headers["content-type"]) == (409, "application/problem+json")
    assert late.json()["diff"] == ["- lens: 35mm", "+ lens: 85mm"]
    assert (await the_shot(made))["revision"] == 2


async def test_a_block_from_an_older_version_is_refused_with_the_difference(empty: Service) -> None:
    at = f"{empty.at}/style"
    old = (await empty.http.get(at)).json()[-1]["block"]["text"]

    stored = await empty.http.put(at, json={"based_on": 1, "text": "ink on wet paper"})
    late = await empty.http.put(at, json={"based_on": 1, "text": "chalk"})

    assert (stored.status_code, late.status_code) == (200, 409)
    assert late.json()["diff"] == ["- style: ink on wet paper", "+ style: chalk"]
    versions = (await empty.http.get(at)).json()
    assert [(each["block"]["version"], each["block"]["text"]) for each in versions] == [
        (1, old),
        (2, "ink on wet paper"),
    ]


async def test_a_block_tells_what_it_would_make_stale_before_it_is_stored(made: Service) -> None:
    block = {"based_on": 1, "format": ["live action"], "quality": ["lens flare"]}
    cost = (await the_shot(made))["takes"][0]["cost_micro_usd"]

    weighed = (await made.http.post(f"{made.at}/negative/preview", json=block)).json()

    assert (weighed["stale"], weighed["redo_micro_usd"], weighed["terms"]) == ([1], cost, 2)
    assert not (await the_shot(made))["takes"][0]["stale"]


async def test_a_new_block_makes_takes_stale_and_redoes_none(made: Service) -> None:
    block = {"based_on": 1, "format": ["live action"], "quality": ["lens flare"]}

    done = await made.http.put(f"{made.at}/negative", json=block)

    assert "Stale now, but kept and usable: shots 1." in "\n".join(done.json()["lines"])
    takes = (await the_shot(made))["takes"]
    assert [take["stale"] for take in takes] == [True]


async def test_a_block_is_never_emptied(empty: Service) -> None:
    emptied = await empty.http.put(f"{empty.at}/negative", json={"based_on": 1})
    blank = await empty.http.put(f"{empty.at}/style", json={"based_on": 1, "text": "   "})

    assert (emptied.status_code, blank.status_code) == (422, 422)
    assert len((await empty.http.get(f"{empty.at}/negative")).json()) == 1


async def test_settings_are_based_on_what_was_seen(empty: Service) -> None:
    seen = (await empty.http.get(empty.at)).json()
    film = seen["film"]
    form = {name: film[name] for name in ("name", "ratio", "seconds", "plan_first", "excluded", "ceilings")}

    changed = await empty.http.put(f"{empty.at}/settings", json={**form, "based_on": seen["seen"], "ratio": "9:16"})
    late = await empty.http.put(f"{empty.at}/settings", json={**form, "based_on": seen["seen"], "ratio": "1:1"})

    assert (changed.status_code, late.status_code) == (200, 409)
    assert late.json()["diff"] == ["- ratio: 9:16", "+ ratio: 1:1"]


async def test_a_price_is_answered_by_a_button_and_told_as_a_turn(empty: Service) -> None:
    await limit(empty.film, ask_above_micro_usd=0)
    await empty.film.say("the shot")
    shot = await the_shot(empty)
    assert shot["question"]["kind"] == "spend"

    done = await empty.http.post(f"{empty.at}/shots/{shot['id']}/decision", json={"approve": True})
    await empty.film.house.worker.run(until_rest=True)

    assert done.json()["lines"] == ["Shot 1: approved."]
    assert (await the_shot(empty))["status"] == "delivered"
    turns = await empty.http.get(f"{empty.at}/conversations/{empty.film.conversation_id}/turns")
    assert [(turn["text"], turn["reply"]) for turn in turns.json()][-1] == ("yes to shot 1", "Shot 1: approved.")


async def test_a_shot_is_taken_again_on_another_model(made: Service) -> None:
    shot = await the_shot(made)

    await made.http.post(f"{made.at}/shots/{shot['id']}/again", json={"elsewhere": True})
    await made.film.house.worker.run(until_rest=True)

    first, second = (await the_shot(made))["takes"]
    assert first["vendor"] != second["vendor"]


async def test_an_earlier_take_is_circled(made: Service) -> None:
    shot = await the_shot(made)
    await made.http.post(f"{made.at}/shots/{shot['id']}/again", json={})
    await made.film.house.worker.run(until_rest=True)
    takes = (await the_shot(made))["takes"]
    other = next(take for take in takes if not take["picked"])

    await made.http.post(f"{made.at}/takes/{other['id']}/pick")

    picked = [take["id"] for take in (await the_shot(made))["takes"] if take["picked"]]
    assert picked == [other["id"]]


async def test_a_shot_taken_out_of_the_list_keeps_its_takes(made: Service) -> None:
    shot = await the_shot(made)

    await made.http.delete(f"{made.at}/shots/{shot['id']}")

    gone = await the_shot(made)
    assert (gone["omitted"], len(gone["takes"])) == (True, 1)


async def test_the_receipt_says_where_both_blocks_stand_in_what_was_sent(made: Service) -> None:
    take = (await the_shot(made))["takes"][0]

    sent = (await made.http.get(f"{made.at}/takes/{take['id']}/receipt")).json()

    leaves = {leaf["pointer"]: leaf["text"] for leaf in sent["receipt"] and sent["leaves"]}
    marked = [(term["place"], term["wording"]) for term in sent["receipt"]["terms"]]
    assert len(marked) == 12
    assert all(_cut(leaves, place) == wording for place, wording in marked)
    assert _cut(leaves, sent["receipt"]["style"]) == sent["rendering"]["style"]


async def test_what_belongs_to_another_film_is_not_there(made: Service) -> None:
    other = await new_project(made.film.house.studio.store, "another film")
    shot = await the_shot(made)
    take = shot["takes"][0]["id"]
    strange = (
        f"/shots/{shot['id']}",
        f"/shots/{shot['id']}/history",
        f"/takes/{take}",
        f"/takes/{take}/receipt",
        f"/conversations/{made.film.conversation_id}/turns",
        f"/conversations/{made.film.conversation_id}/events",
    )

    answers = [await made.http.get(f"/api/films/{other.id}{path}") for path in strange]
    pick = await made.http.post(f"/api/films/{other.id}/takes/{take}/pick")
    talked = f"/api/films/{other.id}/style?conversation={made.film.conversation_id}"
    put = await made.http.put(talked, json={"based_on": 1, "text": "chalk"})

    assert {answer.status_code for answer in (*answers, pick, put)} == {404}


async def test_markup_in_any_field_is_only_text(empty: Service) -> None:
    named = await empty.http.post("/api/films", json={"name": MARKUP})
    styled = await empty.http.put(f"{empty.at}/style", json={"based_on": 1, "text": MARKUP})

    assert named.json()["name"] == MARKUP
    assert styled.headers["content-type"] == "application/json"
    assert (await empty.http.get(f"{empty.at}/style")).json()[-1]["block"]["text"] == MARKUP


async def test_a_body_that_is_no_form_is_refused_with_a_reason(empty: Service) -> None:
    bodies = (
        b"{",
        b"[]",
        b'{"name": 7}',
        b'{"name": ""}',
        b'{"name": "a", "owner": "me"}',
        b'{"name": "\\ud800"}',
        b'{"name": "\xff"}',
        b"null",
        b"9" * 100_000,
    )

    answers = [
        await empty.http.post("/api/films", content=body, headers={"content-type": "application/json"})
        for body in bodies
    ]

    assert {answer.status_code for answer in answers} <= {400, 422}
    assert {answer.headers["content-type"] for answer in answers} == {"application/problem+json"}
    assert len((await empty.http.get("/api/films")).json()) == 1


async def test_a_body_larger_than_any_form_is_not_read(empty: Service) -> None:
    large = await empty.http.post("/api/films", json={"name": "a" * 2_000_000})

    assert (large.status_code, large.headers["content-type"]) == (413, "application/problem+json")


async def test_unknown_routes_and_methods_are_problems_too(empty: Service) -> None:
    nowhere, wrong = await empty.http.get("/api/nowhere"), await empty.http.delete("/api/films")

    assert (nowhere.status_code, wrong.status_code) == (404, 405)
    assert {nowhere.headers["content-type"], wrong.headers["content-type"]} == {"application/problem+json"}


async def test_the_film_goes_out_as_a_list_and_as_a_record(made: Service) -> None:
    table = await made.http.get(f"{made.at}/export/shots.csv")
    listed = (await made.http.get(f"{made.at}/export/shots.json")).json()
    record = (await made.http.get(f"{made.at}/export/record.json")).json()

    assert "Vi walks through the rain" in table.text
    assert [shot["action"] for shot in listed["shots"]] == ["Vi walks through the rain"]
    assert (len(record["takes"]), len(record["verdicts"]), len(record["receipts"])) == (1, 1, 1)
    assert record["story"][-1]["what"] == "deliver"


async def test_the_ledger_says_what_each_negative_did(made: Service) -> None:
    lines = (await made.http.get(f"{made.at}/ledger")).json()

    assert {(line["line"]["sent"], line["line"]["absent"], line["provoked"]) for line in lines} == {(1, 1, False)}


def _cut(leaves: dict[str, str], place: dict[str, Any]) -> str:
    start, length = int(place["start"]), int(place["length"])
    return leaves[place["pointer"]][start : start + length]
