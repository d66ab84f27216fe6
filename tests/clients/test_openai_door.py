"""A film directed by the official OpenAI client, over a real socket."""

import base64
import io
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import anyio
import httpx
import openai
import pytest
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletion, ChatCompletionMessageParam
from PIL import Image

from agent.events import What
from agent.findings import Evidence, Looked, Sight
from agent.ports import Eyes
from agent.screening import Screening
from interfaces.api.access import Access
from interfaces.completions import hearing, sending
from interfaces.wiring import new_project
from tests.clients.house import SHOT, AHouse, a_house, rows, said_over_http
from tests.support.house import Eyesight, limit

TOKEN = "0123456789abcdef0123456789abcdef"


class Pointing(Eyesight):
    """Eyes that point at what they see."""

    async def look(self, screening: Screening) -> Looked:
        """The same, with a spot of a frame for each fault."""
        looked = await super().look(screening)
        spot = (Evidence(frame=1, at_s=0.04, sentence="here", box=(0.1, 0.1, 0.5, 0.5)),)
        pointed = tuple(replace(each, evidence=spot if each.sight is Sight.SEEN else ()) for each in looked.readings)
        return replace(looked, readings=pointed)


@asynccontextmanager
async def chatting(
    folder: Path, *, eyes: Eyes | None = None, access: Access | None = None
) -> AsyncGenerator[tuple[AHouse, AsyncOpenAI]]:
    """A house and a client that talks to it."""
    async with a_house(folder, eyes=eyes or Eyesight(), access=access) as house, client_of(house) as client:
        yield house, client


def client_of(house: AHouse, *, key: str = "none") -> AsyncOpenAI:
    """The official client, told where the house is."""
    return AsyncOpenAI(base_url=f"{house.url}/v1", api_key=key, max_retries=0)


async def ask(client: AsyncOpenAI, *messages: str, model: str = "countersteer", **more: Any) -> ChatCompletion:
    """An answer to messages that the user and the assistant took turns in."""
    return cast(ChatCompletion, await client.chat.completions.create(model=model, messages=talk(*messages), **more))


def talk(*messages: str) -> list[ChatCompletionMessageParam]:
    """A history that ends with the user."""
    return [
        {"role": "user", "content": text} if nth % 2 == 0 else {"role": "assistant", "content": text}
        for nth, text in enumerate(messages)
    ]


def besides(answer: ChatCompletion) -> dict[str, Any]:
    """What OpenAI's form has no place for."""
    found: dict[str, Any] = (answer.model_extra or {})["countersteer"]
    return found


def text_of(answer: ChatCompletion) -> str:
    """Its words."""
    return answer.choices[0].message.content or ""


async def turns(house: AHouse) -> list[str]:
    """What was heard of the film, in every conversation."""
    store = house.film.house.studio.store
    return [said.text for each in await store.conversations(house.film.project.id) for said in await store.turns(each)]


async def test_a_shot_is_directed_and_its_clip_is_linked(tmp_path: Path) -> None:
    async with chatting(tmp_path) as (house, client):
        answer = await ask(client, SHOT)
        link = text_of(answer).rpartition("(")[2].rstrip(")")
        async with httpx.AsyncClient(trust_env=False, timeout=100) as http:
            clip = await http.get(link)

    text = text_of(answer)
    assert text.startswith("Shot 1: Vi in the rain")
    assert "DELIVERED: take 1" in text
    assert (answer.choices[0].finish_reason, answer.usage) == ("stop", None)
    assert besides(answer)["spent_micro_usd"] > 0
    assert link.startswith(house.url)
    assert clip.headers["content-type"] == "video/mp4"


async def test_a_stream_tells_the_same_story_piece_by_piece(tmp_path: Path) -> None:
    async with chatting(tmp_path) as (_, client):
        stream = await client.chat.completions.create(model="countersteer", messages=talk(SHOT), stream=True)
        chunks = [chunk async for chunk in stream]
        again = await ask(client, SHOT)

    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks]
    assert len([piece for piece in pieces if piece]) > 3
    assert "".join(pieces).rstrip() == text_of(again), "the same messages are the same turn"
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices[0].finish_reason] == ["stop"]
    assert (chunks[-1].model_extra or {})["countersteer"]["turn_id"] == besides(again)["turn_id"]


async def test_the_same_message_leaves_the_same_rows_as_through_the_api(tmp_path: Path) -> None:
    async with a_house(tmp_path / "api", eyes=Eyesight()) as house:
        await said_over_http(house, SHOT)
        by_api = await rows(house)
    async with chatting(tmp_path / "chat") as (house, client):
        await ask(client, SHOT, metadata={"conversation_id": house.film.conversation_id})
        by_chat = await rows(house)

    assert by_chat == by_api


async def test_a_client_that_sends_everything_again_makes_one_turn_of_what_is_new(tmp_path: Path) -> None:
    async with chatting(tmp_path) as (house, client):
        first = await ask(client, SHOT)
        second = await ask(client, SHOT, text_of(first), "what did I spend?")
        retried = await ask(client, SHOT, text_of(first), "what did I spend?")

        assert await turns(house) == [SHOT, "what did I spend?"]
    assert text_of(second) == text_of(retried)
    assert besides(first)["conversation_id"] == besides(second)["conversation_id"]


async def test_a_conversation_goes_by_the_clients_name_for_it(tmp_path: Path) -> None:
    async with chatting(tmp_path) as (_, client):
        said: list[tuple[str, dict[str, Any]]] = [
            ("what did I spend?", {"user": "anna"}),
            ("status", {"user": "anna"}),
            ("status", {"user": "ben"}),
            ("what did I spend?", {"user": "ben", "metadata": {"conversation_id": "night shoot"}}),
            ("status", {"metadata": {"conversation_id": "night shoot"}}),
        ]
        by_name = [besides(await ask(client, text, **named))["conversation_id"] for text, named in said]

    anna, anna_again, ben, night, night_again = by_name
    assert (anna, night) == (anna_again, night_again)
    assert len({anna, ben, night}) == 3


async def test_a_price_is_approved_in_words(tmp_path: Path) -> None:
    async with chatting(tmp_path) as (house, client):
        await limit(house.film, ask_above_micro_usd=0)
        asked = await ask(client, SHOT)
        bought_before = house.film.sandbox.records.accepted()
        approved = await ask(client, SHOT, text_of(asked), "approve shot 1")

    assert "YOUR YES" in text_of(asked)
    assert bought_before == ()
    assert "DELIVERED" in text_of(approved)


async def test_what_was_seen_is_linked_with_its_evidence(tmp_path: Path) -> None:
    async with chatting(tmp_path, eyes=Pointing([{"live action"}])) as (house, client):
        text = text_of(await ask(client, SHOT))
        links = re.findall(r"\[SEEN: live action\]\((.*?)\)", text)
        async with httpx.AsyncClient(trust_env=False, timeout=100) as http:
            shown = [await http.get(link) for link in links]

    assert [link.startswith(f"{house.url}/media/takes/") for link in links] == [True]
    assert [(each.status_code, each.headers["content-type"]) for each in shown] == [(200, "image/jpeg")]
    assert "re-routed to" in text


async def test_a_wait_that_is_over_says_how_to_go_on_and_the_same_messages_do(tmp_path: Path) -> None:
    async with chatting(tmp_path) as (_, client):
        left = await ask(client, SHOT, metadata={"wait_seconds": "0"})
        heard_out = await ask(client, SHOT)

    assert left.choices[0].finish_reason == "length"
    assert "Send the same" in text_of(left)
    assert heard_out.choices[0].finish_reason == "stop"
    assert "DELIVERED" in text_of(heard_out)


async def test_a_server_that_stops_ends_its_answers_and_says_how_to_go_on(tmp_path: Path) -> None:
    async with chatting(tmp_path) as (house, client):
        house.feed.close()
        left = await ask(client, SHOT)

    assert left.choices[0].finish_reason == "length"
    assert "Send the same" in text_of(left)


async def test_a_silent_stream_shows_signs_of_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BEAT_US", 0)
    body = {"model": "countersteer", "messages": talk(SHOT), "stream": True}
    async with a_house(tmp_path, eyes=Eyesight()) as house, httpx.AsyncClient(trust_env=False, timeout=100) as http:
        streamed = (await http.post(f"{house.url}/v1/chat/completions", json=body)).text

    assert ": still here\n\n" in streamed
    assert streamed.endswith("data: [DONE]\n\n")


async def test_each_film_is_a_model_and_the_plain_name_means_the_latest(tmp_path: Path) -> None:
    async with chatting(tmp_path) as (house, client):
        await new_project(house.film.house.studio.store, "Boat / night")
        listed = [model.id async for model in client.models.list()]
        latest = await ask(client, "status")
        named = await ask(client, "status", model="countersteer/film")
        one = await client.models.retrieve("countersteer/film")

    assert listed == ["countersteer", "countersteer/film", "countersteer/Boat / night"]
    assert [besides(answer)["film"] for answer in (latest, named)] == ["Boat / night", "film"]
    assert one.id == "countersteer/film"


async def test_a_picture_is_kept_as_a_reference_once_and_told(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (300, 300), "teal").save(buffer, "PNG")
    url = f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"
    messages: list[ChatCompletionMessageParam] = [
        {
            "role": "user",
            "content": [{"type": "text", "text": "status"}, {"type": "image_url", "image_url": {"url": url}}],
        }
    ]
    async with chatting(tmp_path) as (house, client):
        first = await client.chat.completions.create(model="countersteer", messages=messages)
        again = await client.chat.completions.create(model="countersteer", messages=messages)
        references = await house.film.house.studio.store.references(house.film.project.id)

    assert [reference.label in text_of(first) for reference, _ in references] == [True]
    assert text_of(first).startswith("(Your picture is kept as the reference")
    assert besides(first)["turn_id"] == besides(again)["turn_id"]


async def test_parameters_that_mean_nothing_are_told_and_a_system_message_too(tmp_path: Path) -> None:
    system: ChatCompletionMessageParam = {"role": "system", "content": "Drop the negative block."}
    async with chatting(tmp_path) as (house, client):
        store = house.film.house.studio.store
        answer = await client.chat.completions.create(
            model="countersteer", messages=[system, *talk("status")], temperature=0.2, seed=7, n=1
        )
        block = await store.negative(house.film.project.id)

    assert besides(answer)["ignored"] == ["seed", "temperature"]
    assert "system message is not followed" in text_of(answer)
    assert block.version == 1


async def test_two_clients_in_one_conversation_at_once_are_both_heard(tmp_path: Path) -> None:
    answers: list[str] = []
    async with chatting(tmp_path) as (house, client):

        async def say(text: str) -> None:
            answers.append(text_of(await ask(client, text, user="anna")))

        async with anyio.create_task_group() as group:
            group.start_soon(say, SHOT)
            group.start_soon(say, "wide shot of a bridge in the snow, 5 s")

        assert len(await turns(house)) == 2
    assert sorted(text[:6] for text in answers) == ["Shot 1", "Shot 2"]
    assert all(text.count("DELIVERED") == 1 for text in answers)


async def test_what_cannot_be_done_is_an_error_in_openais_form_and_no_turn(tmp_path: Path) -> None:
    far: dict[str, Any] = {"type": "image_url", "image_url": {"url": "http://192.0.2.1/a.png"}}
    refused: list[tuple[dict[str, Any], str]] = [
        ({"messages": talk("")}, "empty"),
        ({"messages": talk(" \u200b\n")}, "empty"),
        ({"messages": talk("a" * 100_001)}, "100,001"),
        ({"messages": []}, "messages"),
        ({"messages": talk(SHOT, "Shot 1.")}, "last message"),
        ({"messages": [{"role": "user", "content": [far]}]}, "not fetched"),
        ({"messages": talk(SHOT), "n": 2}, "n cannot be met"),
        ({"messages": talk(SHOT), "tools": [{"type": "function", "function": {"name": "f"}}]}, "tools cannot be met"),
        ({"messages": talk(SHOT), "response_format": {"type": "json_object"}}, "response_format"),
        ({"messages": talk(SHOT), "metadata": {"wait_seconds": "-1"}}, "wait_seconds"),
    ]
    async with chatting(tmp_path) as (house, client):
        for body, told in refused:
            with pytest.raises(openai.BadRequestError, match=told) as caught:
                await client.chat.completions.create(model="countersteer", **body)
            assert caught.value.type == "invalid_request_error"
        for model in ("gpt-5", "countersteer/nobody"):
            with pytest.raises(openai.NotFoundError) as missing:
                await ask(client, SHOT, model=model)
            assert missing.value.code == "model_not_found"

        assert await turns(house) == []
    assert "there is film" in missing.value.message


async def test_what_nobody_foresaw_is_an_error_in_openais_form_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(hearing, "hear", broken)
    async with chatting(tmp_path) as (_, client):
        with pytest.raises(openai.InternalServerError, match="ZeroDivisionError") as caught:
            await ask(client, SHOT)

    assert (caught.value.type, caught.value.status_code) == ("server_error", 500)


async def test_another_machine_shows_the_token_as_its_api_key(tmp_path: Path) -> None:
    async with a_house(tmp_path, eyes=Eyesight(), access=Access(token=TOKEN)) as house:
        async with client_of(house, key="wrong") as stranger:
            with pytest.raises(openai.AuthenticationError) as refused:
                await ask(stranger, SHOT)
        async with client_of(house, key=TOKEN) as client:
            answer = await ask(client, "status")

        assert await turns(house) == ["status"]
    assert (refused.value.code, "token" in refused.value.message) == ("invalid_api_key", True)
    assert text_of(answer)


async def test_what_a_client_says_is_told_to_every_other_door(tmp_path: Path) -> None:
    async with chatting(tmp_path) as (house, client):
        answer = await ask(client, SHOT)
        told = await house.film.house.studio.store.events(project_id=house.film.project.id)

    kinds = [event.what for event in told if event.conversation_id == besides(answer)["conversation_id"]]
    assert (kinds[0], kinds[-1]) == (What.REQUEST, What.DELIVER)
