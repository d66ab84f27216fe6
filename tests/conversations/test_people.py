"""Owners, members and guests: what each may do at every door, and that nobody meets a film that is not theirs."""

import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from agent.people import Grant, Role
from interfaces.api.access import Access, cookie_of, key_of
from interfaces.wiring import new_project
from tests.support.house import Eyesight
from tests.support.served import Service, a_service
from tests.support.slack.house import a_filming
from tests.support.slack.workspace import ADA, JAY

TOKEN = "0123456789abcdef0123456789abcdef"
SHOT = "low angle, Vi in the rain, neon, 35mm, 5 s"
OPEN = {"/healthz", "/readyz", "/api/models"}
"""What is of no film."""


@dataclass(frozen=True, kw_only=True)
class Cast:
    """A service with somebody of each kind before it, and a film that is none of theirs."""

    service: Service
    foreign: Mapping[str, str]

    async def ask(self, who: str, method: str, path: str, **given: Any) -> httpx.Response:
        """A request with somebody's token."""
        shown = {"authorization": f"Bearer {TOKEN if who == 'house' else who * 8}"}
        return await self.service.http.request(method, path, headers=shown, **given)

    async def say(self, who: str, text: str) -> str:
        """Say it, wait until nothing moves, and read the reply."""
        film = self.service.film
        at = f"{self.service.at}/conversations/{film.conversation_id}/turns"
        turn_id = (await self.ask(who, "POST", at, json={"text": text})).json()["turn_id"]
        await film.house.desk.rest()
        await film.house.worker.run(until_rest=True)
        reply: str = (await self.ask(who, "GET", f"{at}/{turn_id}")).json()["reply"]
        return reply


@asynccontextmanager
async def a_cast(folder: Path) -> AsyncGenerator[Cast]:
    """Ada owns the film, Ben directs it, Cy looks on; there is another film with a shot."""
    async with a_service(folder, eyes=Eyesight(), access=Access(token=TOKEN)) as service:
        store, mine = service.film.house.studio.store, service.film.project.id
        for name, role in (("Ada", Role.OWNER), ("Ben", Role.MEMBER), ("Cy", Role.GUEST)):
            await store.grant(Grant(name=name, role=role, key=key_of(cookie_of(name * 8)), project_id=mine))
        other = await new_project(store, "other")
        talk = await store.open_conversation(other.id, door="test")
        await service.film.house.desk.say(talk, project_id=other.id, text=SHOT)
        await service.film.house.worker.run(until_rest=True)
        [shot], [take] = await store.shots(other.id), await store.takes(project_id=other.id)
        [turn] = await store.turns(talk)
        ids = {"film_id": other.id, "conversation_id": talk, "turn_id": turn.id, "shot_id": shot.id, "take_id": take.id}
        yield Cast(service=service, foreign={**ids, "talk_id": talk})


async def test_each_does_what_is_theirs_and_is_told_who_may_do_the_rest(tmp_path: Path) -> None:
    async with a_cast(tmp_path) as cast:
        at = cast.service.at
        film = (await cast.ask("Ben", "GET", at)).json()
        style = {"based_on": 1, "text": "ink on wet paper"}
        dearer = {name: film["film"][name] for name in ("name", "ratio", "seconds", "plan_first", "excluded")} | {
            "based_on": film["seen"],
            "ceilings": film["film"]["ceilings"] | {"project_micro_usd": 900_000_000},
        }

        assert "Only owners or members may direct shots" in await cast.say("Cy", SHOT)
        assert "ask Ada or Ben; nothing was changed" in (await cast.ask("Cy", "PUT", f"{at}/style", json=style)).text
        assert "spent" in (await cast.say("Cy", "what have I spent?")).lower()
        assert (await cast.ask("Cy", "GET", f"{at}/board")).json()["shots"] == []

        assert await cast.say("Ben", SHOT) == "Shot 1: Vi in the rain"
        assert "Only owners may change the blocks, and you are a member here; ask Ada" in (
            await cast.say("Ben", "add lens flare to the negative block")
        )
        assert "Only owners may change the budget" in await cast.say("Ben", "set the budget of the film to 900 dollars")
        for path, form in ((f"{at}/style", style), (f"{at}/settings", dearer)):
            refused = await cast.ask("Ben", "PUT", path, json=form)
            assert (refused.status_code, "ask Ada; nothing was changed" in refused.text) == (403, True)
        renamed = dearer | {"name": "night", "ceilings": film["film"]["ceilings"]}
        assert (await cast.ask("Ben", "PUT", f"{at}/settings", json=renamed)).is_success

        assert (await cast.ask("Ada", "PUT", f"{at}/style", json=style)).is_success
        assert "Only owners may change the blocks" in await cast.say("Ben", "undo")
        seen = (await cast.ask("Ada", "GET", at)).json()["seen"]
        assert (await cast.ask("Ada", "PUT", f"{at}/settings", json=dearer | {"based_on": seen})).is_success
        assert (await cast.ask("Ada", "POST", "/api/films", json={"name": "hers"})).status_code == 403
        assert (await cast.ask("house", "POST", "/api/films", json={"name": "ours"})).status_code == 201

        history = (await cast.ask("Cy", "GET", f"{at}/history")).json()
        told = [(entry["by"], entry["what"], entry["diff"]) for entry in history]
    assert ("Ada", "style block, version 2") in [(by, what) for by, what, _ in told]
    assert [by for by, _, diff in told if "+ ceilings: project micro usd 900000000" in diff] == ["Ada"]
    assert ("owner", "what Ben is", ["+ this film: member", "+ a key"]) in told


async def test_no_endpoint_tells_anything_of_another_film(tmp_path: Path) -> None:
    async with a_cast(tmp_path) as cast:
        document = (await cast.ask("Ada", "GET", "/api/openapi.json")).json()
        met: dict[str, int] = {}
        for path, operations in document["paths"].items():
            for method in operations:
                named = re.sub(r"{(\w+)}", lambda found: cast.foreign.get(found[1], "1"), path)
                if named != path and path not in OPEN and "{model}" not in path:
                    met[f"{method} {path}"] = (await cast.ask("Ada", method.upper(), named, json={})).status_code
        known = (await cast.ask("Ada", "GET", "/api/films")).json()
        models = (await cast.ask("Ada", "GET", "/v1/models")).json()["data"]
        asked = {"model": "countersteer/other", "messages": [{"role": "user", "content": SHOT}]}
        said = await cast.ask("Ada", "POST", "/v1/chat/completions", json=asked)
        page = await cast.ask("Ada", "GET", f"/c/{cast.foreign['talk_id']}")

    assert {operation: status for operation, status in met.items() if status != 404} == {}
    assert len(met) > 40
    assert [film["name"] for film in known] == ["film"]
    assert [model["id"] for model in models] == ["countersteer", "countersteer/film"]
    assert (said.status_code, page.status_code) == (404, 404)


async def test_a_key_opens_as_long_as_its_holder_is_something(tmp_path: Path) -> None:
    async with a_cast(tmp_path) as cast:
        store, mine = cast.service.film.house.studio.store, cast.service.film.project.id
        entered = await cast.service.http.post("/enter", data={"token": "Cy" * 8})
        cast.service.http.cookies.clear()
        before = await cast.ask("Cy", "GET", "/api/films")
        await store.grant(Grant(name="Cy", role=None, project_id=mine))
        after = await cast.ask("Cy", "GET", "/api/films")
        stranger = await cast.ask("Dee", "GET", "/api/films")

    assert entered.cookies["countersteer"] == cookie_of("Cy" * 8)
    assert (entered.status_code, before.status_code, after.status_code, stranger.status_code) == (303, 200, 401, 401)


async def test_where_people_are_named_slack_knows_them_by_their_ids(tmp_path: Path) -> None:
    async with a_filming(tmp_path, eyes=Eyesight()) as filming:
        store, mine = filming.film.house.studio.store, filming.film.project.id
        await store.grant(Grant(name="Ada", role=Role.OWNER, key=f"slack:{ADA}", project_id=mine))
        root = await filming.say(f"<@U0STEER> {SHOT}", user=JAY)
        refused = [each.text for each in filming.workspace.posted(root.ts)]
        await filming.say(f"<@U0STEER> {SHOT}", user=ADA)

        assert [said.said_by for talk in await store.conversations(mine) for said in await store.turns(talk)] == ["Ada"]
        assert len(await store.shots(mine)) == 1
    assert "nobody has given you a part in this film; ask Ada" in "\n".join(refused)
