"""A film directed by the official MCP client: in process and over HTTP, in the present protocol and in the old one."""

import base64
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Literal, get_args

import httpx
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError
from mcp_types import BlobResourceContents, CallToolResult, TextContent, TextResourceContents

from agent.people import Grant, Role
from interfaces.api.access import Access, cookie_of, key_of
from interfaces.export.catalogue import FORMS
from interfaces.mcp_door import mounting
from interfaces.mcp_door.server import build
from interfaces.mcp_door.values import ExportName
from interfaces.wiring import new_project
from tests.clients.house import SHOT, AHouse, a_house, rows, said_over_http
from tests.support.house import Eyesight, limit

TOKEN = "0123456789abcdef0123456789abcdef"
Mode = Literal["auto", "legacy"]
Opens = Callable[[AHouse], AbstractAsyncContextManager[Client]]


def in_process(mode: Mode) -> Opens:
    """A client in the server's own process."""
    return lambda house: Client(build(house.film.house), mode=mode)


def over_http(mode: Mode) -> Opens:
    """A client behind a socket."""
    return lambda house: Client(f"{house.url}/mcp", mode=mode)


@pytest.fixture(
    params=[in_process("auto"), in_process("legacy"), over_http("auto"), over_http("legacy")],
    ids=["in process", "in process, legacy", "http", "http, legacy"],
)
def opens(request: pytest.FixtureRequest) -> Opens:
    found: Opens = request.param
    return found


@asynccontextmanager
async def directing(folder: Path, opens: Opens | None = None) -> AsyncGenerator[tuple[AHouse, Client]]:
    """A house and a client in it."""
    async with a_house(folder, eyes=Eyesight()) as house, (opens or in_process("auto"))(house) as client:
        yield house, client


async def answer(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    """What a tool answers with, as values."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, said(result)
    found: dict[str, Any] = result.structured_content
    return found


async def refusal(client: Client, tool: str, **arguments: Any) -> str:
    """Why a tool did nothing."""
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    return said(result)


def said(result: CallToolResult) -> str:
    """The words of an answer."""
    return "\n".join(each.text for each in result.content if isinstance(each, TextContent))


async def test_a_shot_is_directed_watched_and_looked_at(tmp_path: Path, opens: Opens) -> None:
    told: list[str] = []

    async def hear(progress: float, total: float | None, message: str | None) -> None:
        told.append(message or "")

    async with directing(tmp_path, opens) as (_, client):
        result = await client.call_tool("direct_shot", {"message": SHOT}, progress_callback=hear)
        board = await answer(client, "board")
        clip = await client.read_resource(board["shots"][0]["takes"][0]["clip"])

    answered: dict[str, Any] = result.structured_content
    assert (answered["reply"], answered["going"], answered["decisions"]) == ("Shot 1: Vi in the rain", [], [])
    assert answered["story"][-1].startswith("shot 1 | DELIVERED: take 1")
    assert told[-1] == answered["story"][-1]
    assert board["film"]["spent_micro_usd"] == answered["spent_micro_usd"] > 0
    assert [(take["decision"], take["sandbox"]) for take in board["shots"][0]["takes"]] == [("pass", True)]
    content = clip.contents[0]
    assert isinstance(content, BlobResourceContents)
    assert content.mime_type == "video/mp4"
    assert base64.b64decode(content.blob)[4:8] == b"ftyp"


async def test_the_same_message_leaves_the_same_rows_as_through_the_api(tmp_path: Path) -> None:
    async with a_house(tmp_path / "api", eyes=Eyesight()) as house:
        await said_over_http(house, SHOT)
        by_api = await rows(house)
    async with directing(tmp_path / "mcp") as (house, client):
        await answer(client, "direct_shot", message=SHOT)
        by_mcp = await rows(house)

    assert by_mcp == by_api


async def test_a_dear_take_waits_for_a_decision_that_holds_once(tmp_path: Path) -> None:
    async with directing(tmp_path) as (house, client):
        await limit(house.film, ask_above_micro_usd=0)
        asked = await answer(client, "direct_shot", message=SHOT)
        bought_before = len(house.film.sandbox.records.accepted())
        decision = asked["decisions"][0]
        decided = await answer(client, "decide", decision_id=decision["decision_id"], approve=True)
        again = await refusal(client, "decide", decision_id=decision["decision_id"], approve=True)

    assert (bought_before, decision["shot"]) == (0, 1)
    assert decision["cost_micro_usd"] == decided["spent_micro_usd"]
    assert "would cost" in decision["question"]
    assert decided["reply"] == "Shot 1: approved."
    assert "DELIVERED" in decided["story"][-1]
    assert "no open decision" in again


async def test_a_no_buys_nothing(tmp_path: Path) -> None:
    async with directing(tmp_path) as (house, client):
        await limit(house.film, ask_above_micro_usd=0)
        asked = await answer(client, "direct_shot", message=SHOT)
        declined = await answer(client, "decide", decision_id=asked["decisions"][0]["decision_id"], approve=False)

        assert house.film.sandbox.records.accepted() == ()
    assert (declined["spent_micro_usd"], declined["going"], declined["decisions"]) == (0, [], [])


async def test_what_is_asked_about_several_shots_is_decided_too(tmp_path: Path) -> None:
    async with directing(tmp_path) as (house, client):
        await answer(client, "direct_shot", message=f"plan only: {SHOT}")
        await answer(client, "direct_shot", message="plan only: wide shot of a bridge in the snow, 5 s")
        await limit(house.film, ask_above_micro_usd=0)
        asked = await answer(client, "direct_shot", message="go")
        decision = asked["decisions"][0]
        decided = await answer(client, "decide", decision_id=decision["decision_id"], approve=True)

    assert (decision["shot"], decision["cost_micro_usd"]) == (None, decided["spent_micro_usd"])
    assert sum("DELIVERED" in line for line in decided["story"]) == 2


async def test_who_does_not_wait_is_told_what_is_going_and_follows_it_later(tmp_path: Path) -> None:
    async with directing(tmp_path) as (_, client):
        left = await answer(client, "direct_shot", message=SHOT, wait_seconds=0)
        followed = await answer(client, "follow", turn_id=left["turn_id"])
        once_more = await answer(client, "follow", turn_id=left["turn_id"])

    assert left["reply"] == "" or left["going"] == [1]
    assert "DELIVERED" in followed["story"][-1]
    assert once_more == followed


async def test_a_message_sent_again_under_its_key_is_heard_once(tmp_path: Path) -> None:
    async with directing(tmp_path) as (house, client):
        first = await answer(client, "direct_shot", message=SHOT, key="a1")
        second = await answer(client, "direct_shot", message=SHOT, key="a1")

        assert first == second
        assert len(await house.film.takes()) == 1


async def test_a_receipt_says_where_both_blocks_stand(tmp_path: Path) -> None:
    async with directing(tmp_path) as (_, client):
        await answer(client, "direct_shot", message=SHOT)
        sent, blocks = await answer(client, "receipt", shot=1), await answer(client, "blocks")
        shot, ledger = await answer(client, "shot", number=1), await answer(client, "ledger")

    assert sent["style"] == blocks["style"]
    assert {each["term"] for each in sent["terms"]} == {*blocks["format"], *blocks["anatomy"], *blocks["quality"]}
    assert all(each["wording"] in sent["body"] for each in sent["terms"])
    assert [chip["sight"] for chip in shot["shot"]["takes"][0]["chips"]] == ["absent"] * 12
    assert {(line["sent"], line["absent"]) for line in ledger["result"]} == {(1, 1)}


async def test_a_block_is_changed_from_the_version_that_was_seen(tmp_path: Path) -> None:
    async with directing(tmp_path) as (_, client):
        changed = await answer(client, "change_block", block={"based_on": 1, "text": "ink on wet paper"})
        terms = {"based_on": 1, "format": ["live action"], "quality": ["lens flare"]}
        await answer(client, "change_block", block=terms)
        late = await refusal(client, "change_block", block={"based_on": 1, "text": "chalk"})
        emptied = await refusal(client, "change_block", block={"based_on": 2})
        blocks = await answer(client, "blocks")

    assert changed["reply"]
    assert "- style: ink on wet paper\n+ style: chalk" in late
    assert "empty" in emptied
    assert (blocks["style"], blocks["style_version"]) == ("ink on wet paper", 2)
    assert (blocks["format"], blocks["quality"], blocks["negative_version"]) == (["live action"], ["lens flare"], 2)


async def test_a_film_leaves_as_every_file_that_there_is(tmp_path: Path) -> None:
    async with directing(tmp_path) as (_, client):
        await answer(client, "direct_shot", message=SHOT)
        told = {file: await answer(client, "export", file=file) for file in get_args(ExportName)}
        read = {file: (await client.read_resource(each["resource"])).contents[0] for file, each in told.items()}

    assert {file: content.mime_type for file, content in read.items()} == {
        file: form.media_type.partition(";")[0] for file, form in FORMS.items()
    }
    blobs = {file: base64.b64decode(each.blob) for file, each in read.items() if isinstance(each, BlobResourceContents)}
    texts = {file: each.text for file, each in read.items() if isinstance(each, TextResourceContents)}
    begins = {"contact-sheet.png": b"\x89PNG", "contact-sheet.pdf": b"%PDF", "clips.zip": b"PK"}
    assert {file: data.startswith(begins[file]) for file, data in blobs.items()} == dict.fromkeys(begins, True)
    assert [file for file, text in texts.items() if "vi in the rain" not in text.lower().replace("-", " ")] == []
    assert [file for file, text in texts.items() if told[file]["text"] not in (None, text)] == []
    assert [shot["action"] for shot in json.loads(told["shots.json"]["text"])["shots"]] == ["Vi in the rain"]


async def test_tools_that_buy_say_so_and_those_that_only_read_are_marked(tmp_path: Path) -> None:
    async with directing(tmp_path) as (_, client):
        tools = (await client.list_tools()).tools

    buying = {tool.name for tool in tools if "COST" in (tool.description or "").partition(".")[0]}
    marked = {tool.name for tool in tools if tool.annotations and tool.annotations.destructive_hint}
    reading = {tool.name for tool in tools if tool.annotations and tool.annotations.read_only_hint}
    assert buying == marked == {"direct_shot", "decide"}
    assert reading == {"follow", "films", "board", "shot", "receipt", "blocks", "ledger", "export"}
    assert all(tool.output_schema for tool in tools)


async def test_what_cannot_be_done_is_told_in_a_sentence_and_is_no_turn(tmp_path: Path) -> None:
    refused: list[tuple[dict[str, Any], str]] = [
        ({"message": ""}, "empty"),
        ({"message": " \u200b\n"}, "empty"),
        ({"message": "a" * 100_001}, "100000"),
        ({"message": SHOT, "film": "nobody"}, "no film 'nobody'; there is film"),
        ({"message": SHOT, "conversation_id": "conversation_0"}, "no conversation"),
        ({"message": SHOT, "wait_seconds": -1}, "wait_seconds"),
        ({}, "message"),
    ]
    async with directing(tmp_path) as (house, client):
        for arguments, told in refused:
            assert told in await refusal(client, "direct_shot", **arguments)

        assert await house.film.house.studio.store.turns(house.film.conversation_id) == ()


async def test_with_several_films_one_has_to_be_named(tmp_path: Path) -> None:
    async with directing(tmp_path) as (house, client):
        made = await answer(client, "new_film", name="Boat")
        unnamed = await refusal(client, "direct_shot", message=SHOT)
        named = await answer(client, "direct_shot", message="what did I spend?", film="Boat")
        by_id = await answer(client, "board", film=made["film_id"])
        taken = await refusal(client, "new_film", name="Boat")

        assert await house.film.house.studio.store.turns(house.film.conversation_id) == ()
    assert "there are several films (film, Boat)" in unnamed
    assert named["film"] == by_id["film"]["film"] == "Boat"
    assert "already" in taken


async def test_a_shot_take_or_clip_there_is_not_is_named(tmp_path: Path) -> None:
    async with directing(tmp_path) as (house, client):
        await new_project(house.film.house.studio.store, "other")
        assert "no shot '9'" in await refusal(client, "shot", number=9, film="film")
        await answer(client, "direct_shot", message=SHOT, film="film")
        assert "no take of shot 1 '7'; there is 1" in await refusal(client, "receipt", shot=1, take=7, film="film")
        with pytest.raises(MCPError, match="no take"):
            await client.read_resource("takes://take_0/clip")


async def test_another_machine_shows_the_token_or_is_turned_away(tmp_path: Path) -> None:
    shown = {"authorization": f"Bearer {TOKEN}"}
    async with a_house(tmp_path, eyes=Eyesight(), access=Access(token=TOKEN)) as house:
        at = f"{house.url}/mcp"
        async with httpx.AsyncClient(trust_env=False, timeout=100) as stranger:
            refused = await stranger.post(at, json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
        async with (
            httpx2.AsyncClient(headers=shown, trust_env=False) as http,
            Client(streamable_http_client(at, http_client=http)) as client,
        ):
            films = await answer(client, "films")

    assert refused.status_code == 401
    assert [film["film"] for film in films["result"]] == ["film"]


async def test_a_client_is_who_its_token_says_and_meets_no_other_film(tmp_path: Path) -> None:
    async with a_house(tmp_path, eyes=Eyesight(), access=Access(token=TOKEN)) as house:
        store = house.film.house.studio.store
        other = await new_project(store, "other")
        key = key_of(cookie_of("cy" * 16))
        await store.grant(Grant(name="Cy", role=Role.GUEST, key=key, project_id=house.film.project.id))
        shown = {"authorization": f"Bearer {'cy' * 16}"}
        async with (
            httpx2.AsyncClient(headers=shown, trust_env=False) as http,
            Client(streamable_http_client(f"{house.url}/mcp", http_client=http)) as client,
        ):
            films = await answer(client, "films")
            told = await answer(client, "direct_shot", message=SHOT)
            style = {"based_on": 1, "text": "ink"}
            refusals = [
                await refusal(client, "board", film=other.id),
                await refusal(client, "change_block", block=style),
                await refusal(client, "new_film", name="mine"),
            ]
            with pytest.raises(MCPError, match="no project"):
                await client.read_resource(f"films://{other.id}/record.json")

    assert [film["film"] for film in films["result"]] == ["film"]
    assert "you are a guest here" in told["reply"]
    assert [words in told for words, told in zip(("no film", "a guest here", "make films"), refusals, strict=True)] == (
        [True] * 3
    )


async def test_a_page_of_another_site_reaches_no_tool(tmp_path: Path) -> None:
    async with a_house(tmp_path, eyes=Eyesight()) as house, httpx.AsyncClient(trust_env=False, timeout=100) as http:
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        foreign = await http.post(f"{house.url}/mcp", json=message, headers={"origin": "http://evil.example"})
        rebound = await http.post(f"{house.url}/mcp", json=message, headers={"host": "evil.example"})

    assert (foreign.status_code, rebound.status_code) == (403, 421)


async def test_without_the_library_the_address_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(library: str) -> None:
        assert library == "mcp"

    monkeypatch.setattr(mounting, "find_spec", nowhere)
    async with a_house(tmp_path, eyes=Eyesight()) as house, httpx.AsyncClient(trust_env=False, timeout=100) as http:
        answer = await http.post(f"{house.url}/mcp", json={})

    assert (answer.status_code, "countersteer[mcp]" in answer.text) == (501, True)
