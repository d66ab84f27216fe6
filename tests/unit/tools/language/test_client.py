"""Asking a language model for JSON: the ladder, and every way it can fail."""

import time
from collections.abc import Sequence
from typing import Any

import httpx2
import pytest
from pydantic import BaseModel, ConfigDict

from agent.errors import PlannerError
from prompts.errors import BadSheetError
from tests.support.fake_openai import FakeOpenAI, Reply, fails, model_over, nobody, page, says, silent
from tools.language.client import LanguageModel, Patience
from tools.language.metering import Meter, Price
from tools.language.schemas import schema_of


class Lens(BaseModel):
    model_config = ConfigDict(extra="forbid")

    millimetres: int


GOOD = says({"millimetres": 35})


async def ask(server: FakeOpenAI | httpx2.AsyncBaseTransport, *, retries: int = 0) -> Lens:
    model = model_over(server, retries=retries)
    try:
        return await model.ask(
            [{"role": "user", "content": "which lens?"}],
            schema=schema_of(Lens),
            parse=Lens.model_validate_json,
            temperature=0.0,
        )
    finally:
        await model.close()


async def failure(server: FakeOpenAI | httpx2.AsyncBaseTransport) -> PlannerError:
    with pytest.raises(PlannerError) as caught:
        await ask(server)
    return caught.value


def forms(server: FakeOpenAI) -> Sequence[str]:
    return [asked["response_format"]["type"] for asked in server.asked]


async def test_the_schema_goes_out_strict_and_the_answer_comes_back_validated() -> None:
    server = FakeOpenAI(GOOD)
    assert await ask(server) == Lens(millimetres=35)
    (asked,) = server.asked
    assert asked["model"] == "a model"
    assert asked["temperature"] == 0
    assert asked["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "answer", "strict": True, "schema": schema_of(Lens)},
    }


@pytest.mark.parametrize("status", [400, 422, 501])
async def test_a_server_without_schemas_is_asked_again_with_the_schema_in_words(status: int) -> None:
    server = FakeOpenAI(fails(status), GOOD)
    assert (await ask(server)).millimetres == 35
    assert forms(server) == ["json_schema", "json_object"]
    assert '"millimetres"' in server.asked[1]["messages"][-1]["content"]
    assert "temperature" not in server.asked[1]


@pytest.mark.parametrize("fenced", ['```json\n{"millimetres": 35}\n```', '\n```\n{"millimetres": 35}```  '])
async def test_one_code_fence_is_taken_off(fenced: str) -> None:
    assert (await ask(FakeOpenAI(says(fenced)))).millimetres == 35


async def test_a_bad_answer_is_given_back_once_with_what_is_wrong() -> None:
    bad = says({"millimetres": "wide"})
    server = FakeOpenAI(bad, GOOD)
    assert (await ask(server)).millimetres == 35
    answer, complaint = server.asked[1]["messages"][-2:]
    assert answer == {"role": "assistant", "content": '{"millimetres": "wide"}'}
    assert "- millimetres: Input should be a valid integer" in complaint["content"]


async def test_two_bad_answers_are_enough() -> None:
    server = FakeOpenAI(says("no idea"), says({"focal": 35}))
    error = await failure(server)
    assert (error.kind, len(server.asked)) == ("invalid", 2)
    assert "focal: Extra inputs are not permitted" in str(error)


async def test_a_value_that_no_shot_can_have_is_mended_like_a_bad_form() -> None:
    def parse(text: str) -> Lens:
        lens = Lens.model_validate_json(text)
        if lens.millimetres <= 0:
            raise BadSheetError("no lens is that short")
        return lens

    server = FakeOpenAI(says({"millimetres": 0}), GOOD)
    lens = await model_over(server).ask([], schema=schema_of(Lens), parse=parse)
    assert lens.millimetres == 35
    assert "no lens is that short" in server.asked[1]["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (says("", refusal="I cannot help with that"), "refused"),
        (says("{}", finish_reason="content_filter"), "refused"),
        (says('{"millimetres": 3', finish_reason="length"), "cut off"),
        (says('{"millimetres": 35}', finish_reason="length"), "cut off"),
        (says(None), "invalid"),
        (says("", choices=0), "invalid"),
        (page(), "unreachable"),
        (page("application/json"), "unreachable"),
        (Reply(body=b"[1, 2]"), "unreachable"),
        (Reply(body=b"null"), "unreachable"),
        (fails(401, "Incorrect API key provided: sk-canary"), "unreachable"),
        (fails(404), "unreachable"),
        (fails(429), "unreachable"),
        (fails(500), "unreachable"),
    ],
)
async def test_every_other_end_has_a_kind(reply: Reply, kind: str) -> None:
    error = await failure(FakeOpenAI(reply))
    assert error.kind == kind
    assert "sk-canary" not in str(error)


async def test_a_server_that_knows_no_response_format_is_asked_in_words_alone() -> None:
    server = FakeOpenAI(fails(400), fails(400), GOOD)
    assert (await ask(server)).millimetres == 35
    assert [asked.get("response_format", {}).get("type") for asked in server.asked] == [
        "json_schema",
        "json_object",
        None,
    ]
    assert '"millimetres"' in server.asked[2]["messages"][-1]["content"]


async def test_a_server_that_refuses_every_form_is_unreachable() -> None:
    assert (await failure(FakeOpenAI(fails(400), fails(400), fails(400)))).kind == "unreachable"


async def test_the_form_a_server_takes_is_asked_in_from_then_on() -> None:
    server = FakeOpenAI(fails(400), GOOD, GOOD, says({"millimetres": "wide"}), GOOD)
    model = model_over(server)
    for _ in range(3):
        await model.ask([], schema=schema_of(Lens), parse=Lens.model_validate_json)
    assert forms(server) == ["json_schema", *["json_object"] * 4]


async def test_a_content_filter_that_answers_400_is_a_refusal_and_no_matter_of_form() -> None:
    server = FakeOpenAI(fails(400, code="content_filter"))
    assert ((await failure(server)).kind, len(server.asked)) == ("refused", 1)


async def test_thoughts_in_front_of_an_answer_are_taken_off() -> None:
    thought = says('<think>{"millimetres": 50} would be too long</think>\n```json\n{"millimetres": 35}\n```')
    assert (await ask(FakeOpenAI(thought))).millimetres == 35


async def test_tokens_are_counted_over_every_call_of_a_question() -> None:
    meter = Meter()
    server = FakeOpenAI(says("no idea", tokens=(100, 10)), says({"millimetres": 35}, tokens=(130, 20)))
    await model_over(server).ask([], schema=schema_of(Lens), parse=Lens.model_validate_json, meter=meter)
    assert (meter.calls, meter.read, meter.written) == (2, 230, 30)
    assert meter.micro_usd(Price(read=2, written=10)) == 760
    assert meter.micro_usd(None) is None


async def asked_at(address: str, patience: Patience) -> PlannerError:
    model = LanguageModel(base_url=address, api_key="any", model="a model", retries=1)
    with pytest.raises(PlannerError) as caught:
        await model.ask([], schema=schema_of(Lens), parse=Lens.model_validate_json, patience=patience)
    await model.close()
    return caught.value


async def test_a_server_that_never_answers_costs_the_whole_wait_once_and_no_more() -> None:
    with silent() as address:
        started_s = time.monotonic()
        error = await asked_at(address, Patience(read_s=60, whole_s=0.2))
        elapsed_s = time.monotonic() - started_s
    assert (error.kind, elapsed_s < 5) == ("unreachable", True)
    assert "no usable answer within 0.2 s" in str(error)


async def test_a_read_that_takes_too_long_is_told_as_such() -> None:
    with silent() as address:
        error = await asked_at(address, Patience(read_s=0.05, whole_s=30))
    assert "no answer in time" in str(error)


async def test_a_server_that_is_not_there_is_told_as_such() -> None:
    assert "no connection; check the address" in str(await asked_at(nobody(), Patience()))


async def test_each_call_waits_shortly_for_the_connection_and_longer_for_the_answer() -> None:
    waits: list[object] = []

    class Notes(httpx2.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            waits.append(request.extensions["timeout"])
            raise httpx2.ConnectError("broken", request=request)

    with pytest.raises(PlannerError):
        await model_over(Notes()).ask(
            [], schema=schema_of(Lens), parse=Lens.model_validate_json, patience=Patience(connect_s=3, read_s=20)
        )
    assert waits == [{"connect": 3, "read": 20, "write": 20, "pool": 20}]


class _Broken(httpx2.AsyncBaseTransport):
    def __init__(self, error: type[httpx2.TransportError]) -> None:
        self._error = error

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        raise self._error("broken", request=request)


@pytest.mark.parametrize(
    ("broken", "told"),
    [(httpx2.ConnectError, "no connection"), (httpx2.ReadTimeout, "no answer in time")],
)
async def test_a_broken_connection_is_unreachable(broken: type[Any], told: str) -> None:
    error = await failure(_Broken(broken))
    assert error.kind == "unreachable"
    assert told in str(error)


async def test_a_passing_fault_is_tried_again() -> None:
    server = FakeOpenAI(fails(503), GOOD)
    assert (await ask(server, retries=2)).millimetres == 35
    assert len(server.asked) == 2


async def test_the_key_goes_out_as_a_bearer_token() -> None:
    server = FakeOpenAI(GOOD)
    await ask(server)
    assert server.keys == ["Bearer sk-canary"]
