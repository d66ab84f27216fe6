"""Kling's callbacks in both standards: the bare task object as it stood, on each change of its word, signed."""

import base64
import hashlib
import hmac
import json
from typing import Any

import httpx
import pytest

from tests.unit.tools.sandbox.rig import Rig
from tests.unit.tools.sandbox.test_kling import submit
from tools.sandbox import kling_callbacks
from tools.sandbox.faultplan import Mishap
from tools.sandbox.registry import sandbox_keys

ADDRESS = "http://127.0.0.1:9/hooks/kling?t=1"
NEW = {"prompt": "A fox.", "options": {"external_task_id": "take-1", "callback_url": ADDRESS}}
OLD = {"model_name": "kling-v3", "prompt": "A fox.", "external_task_id": "take-1", "callback_url": ADDRESS}
OLD_PATH = "/v1/videos/text2video"


async def told(rig: Rig) -> list[dict[str, Any]]:
    rig.finish()
    await rig.sandbox.call_back()
    return [json.loads(request.content) for request in rig.inbox.got]


async def test_the_bare_task_is_posted_when_its_word_changes() -> None:
    rig = Rig("kling")
    created = (await submit(rig, NEW)).json()["data"]
    going, done = await told(rig)
    assert [(one["id"], one["status"], one["external_id"]) for one in (going, done)] == [
        (created["id"], "processing", "take-1"),
        (created["id"], "succeeded", "take-1"),
    ]
    assert created["create_time"] < going["update_time"] < done["update_time"]
    assert "outputs" not in going
    assert len((await rig.client.get(done["outputs"][0]["url"])).content) == 10_000
    assert str(rig.inbox.got[0].url) == ADDRESS


async def test_the_legacy_standard_posts_its_own_task() -> None:
    rig = Rig("kling")
    await submit(rig, OLD, path=OLD_PATH)
    going, done = await told(rig)
    assert [one["task_status"] for one in (going, done)] == ["processing", "succeed"]
    assert done["task_info"] == {"external_task_id": "take-1"}
    assert len((await rig.client.get(done["task_result"]["videos"][0]["url"])).content) == 10_000


async def test_a_failed_task_is_told_with_its_reason() -> None:
    rig = Rig("kling", Mishap.MODERATE_OUTPUT)
    await submit(rig, NEW)
    assert "risk control" in (await told(rig))[-1]["message"]


async def test_an_order_whose_answer_was_lost_calls_back_all_the_same() -> None:
    rig = Rig("kling", Mishap.LOSE_RESPONSE)
    with pytest.raises(httpx.ReadError):
        await submit(rig, NEW)
    assert (await told(rig))[-1]["status"] == "succeeded"


async def test_each_callback_is_signed_over_its_number_its_time_and_its_very_bytes() -> None:
    rig = Rig("kling")
    await submit(rig, NEW)
    await told(rig)
    key = base64.b64decode(sandbox_keys()["kling"]["webhook_secret"].removeprefix("whsec_"))
    numbers = [request.headers["webhook-id"] for request in rig.inbox.got]
    for request in rig.inbox.got:
        sent = request.headers["webhook-timestamp"]
        assert abs(int(sent) - rig.clock.now_s()) < 1
        signed = f"{request.headers['webhook-id']}.{sent}.".encode() + request.content
        digest = hmac.new(key, signed, hashlib.sha256).digest()
        assert request.headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"
    assert len(set(numbers)) == 2


def test_the_signature_is_that_of_the_vendors_own_example() -> None:
    # Kling's callback page, recomputed [D, 2026-09-20].
    body = (
        b'{"id":"1234567890","status":"succeeded","message":"","create_time":1781080778802,"update_time":1781080794151}'
    )
    secret = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI="
    headers = kling_callbacks.signed(body, number="9876543210", at_s=1_781_080_794.0, secret=secret)
    assert headers["webhook-signature"] == "v1,UsKlJP00XoQyOn410NM9xv34sP+Gl0jnOO9Lcpr7NJ4="


async def test_a_failed_delivery_is_not_tried_again() -> None:
    rig = Rig("kling")
    await submit(rig, NEW)
    rig.inbox.answers = [503, 503]
    assert len(await told(rig)) == 2
    assert len(await told(rig)) == 2


@pytest.mark.parametrize(("content", "path"), [(NEW, "/text-to-video/kling-3.0"), (OLD, OLD_PATH)])
async def test_an_address_that_cannot_be_called_is_1201(content: dict[str, Any], path: str) -> None:
    rig = Rig("kling")
    text = json.dumps(content).replace("http://127", "ftp://127")
    answer = await submit(rig, json.loads(text), path=path)
    assert (answer.json()["code"], rig.accepted) == (1201, 0)


async def test_without_an_address_nobody_is_called() -> None:
    rig = Rig("kling")
    await submit(rig, {"prompt": "A fox."})
    await submit(rig, OLD | {"callback_url": ""}, path=OLD_PATH)
    assert await told(rig) == []
