"""The sandbox judge: what it sees in rendered frames, how often it errs, and its wire."""

import base64
import json
from collections.abc import Mapping, Sequence
from functools import cache

import httpx2
import openai
import pytest
from openai.types.chat import ChatCompletion, ChatCompletionContentPartParam, ChatCompletionMessageParam

from tests.unit.tools.sandbox.footage import PALETTES, Frames, jpeg, scene, shown
from tools.sandbox import judge
from tools.sandbox.scene import Fault, Key, Look, Scene

TERMS = {
    "photorealistic": Fault.PHOTOREAL,
    "3D render": Fault.RENDER_3D,
    "extra fingers": Fault.EXTRA_FINGERS,
    "merged faces": Fault.MERGED_FACES,
    "duplicate characters": Fault.DUPLICATE_SUBJECT,
    "subtitles": Fault.CAPTION,
    "watermark": Fault.WATERMARK,
    "lens flare": Fault.LENS_FLARE,
    "studio lighting": Fault.STUDIO_LIGHT,
}


def client(**nature: float) -> openai.AsyncOpenAI:
    app = judge.build(**nature)  # type: ignore[arg-type]  # a seed among them is a whole number
    transport = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app))
    return openai.AsyncOpenAI(base_url="http://judge/v1", api_key="any", http_client=transport, max_retries=0)


def schema(terms: Sequence[str]) -> dict[str, object]:
    result = {
        "type": "object",
        "properties": {
            "term": {"type": "string", "enum": list(terms)},
            "observation": {"type": "string"},
            "verdict": {"type": "string", "enum": ["present", "absent", "cannot_tell"]},
            "frames": {"type": "array", "items": {"type": "integer"}},
            "cell": {"type": ["string", "null"]},
        },
    }
    return {"type": "object", "properties": {"results": {"type": "array", "items": result}}}


def message(pictures: Mapping[str, bytes]) -> list[ChatCompletionMessageParam]:
    """A user's message with a label before each picture."""
    parts: list[ChatCompletionContentPartParam] = [{"type": "text", "text": "Which of these do you see?"}]
    for label, data in pictures.items():
        url = f"data:image/jpeg;base64,{base64.b64encode(data).decode()}"
        parts.append({"type": "text", "text": label})
        parts.append({"type": "image_url", "image_url": {"url": url}})
    return [{"role": "user", "content": parts}]


async def ask(asked: openai.AsyncOpenAI, pictures: Mapping[str, bytes], *terms: str) -> ChatCompletion:
    return await asked.chat.completions.create(
        model=judge.MODEL,
        messages=message(pictures),
        response_format={"type": "json_schema", "json_schema": {"name": "verdicts", "schema": schema(terms)}},
    )


async def verdicts(asked: openai.AsyncOpenAI, pictures: Mapping[str, bytes], *terms: str) -> dict[str, str]:
    answer = await ask(asked, pictures, *terms)
    results = json.loads(answer.choices[0].message.content or "")["results"]
    return {result["term"]: result["verdict"] for result in results}


def labelled(pixels: Frames, *numbers: int, longest: int = 1280) -> dict[str, bytes]:
    return {f"frame {n}, {n / 24:.2f} s": jpeg(pixels[n], longest=longest) for n in numbers}


@cache
def cases() -> tuple[tuple[Scene, dict[str, bytes]], ...]:
    """Thirty-five scenes: every term's fault three times over, and eight without any, each with a frame as sent."""
    faults = [*list(TERMS.values()) * 3, *[None] * 8]
    scenes = [
        scene(
            *([fault] if fault else []),
            seed=7 * number,
            seconds=0.09,
            width=854,
            height=480,
            key=list(Key)[number % 3],
            palette=PALETTES[number % len(PALETTES)],
            subjects=1 + number % 2,
        )
        for number, fault in enumerate(faults)
    ]
    return tuple((drawn, labelled(shown(drawn).frames, 1)) for drawn in scenes)


async def tally(asked: openai.AsyncOpenAI) -> dict[tuple[bool, str], int]:
    """How often each verdict was given, for terms that are in the clip and for those that are not."""
    counts: dict[tuple[bool, str], int] = {}
    for drawn, pictures in cases():
        for term, verdict in (await verdicts(asked, pictures, *TERMS)).items():
            there = TERMS[term] in drawn.faults
            counts[there, verdict] = counts.get((there, verdict), 0) + 1
    return counts


async def test_without_errors_it_sees_what_is_there_and_little_else() -> None:
    counts = await tally(client(miss=0, false_alarm=0, abstain=0))
    there = sum(count for (is_there, _), count in counts.items() if is_there)
    elsewhere = sum(count for (is_there, _), count in counts.items() if not is_there)
    assert (there, elsewhere) == (27, 288)
    assert counts[True, "present"] >= 0.95 * there
    assert counts.get((False, "present"), 0) <= 0.01 * elsewhere
    assert counts.get((False, "cannot_tell"), 0) <= 0.02 * elsewhere


@cache
def _plain() -> dict[str, bytes]:
    return labelled(shown(scene(Fault.CAPTION, seconds=0.17)).frames, 1, 3)


async def test_with_errors_on_it_errs_at_the_stated_rates() -> None:
    said = [await verdicts(client(seed=seed), _plain(), "subtitles", "watermark") for seed in range(300)]
    there = [verdict["subtitles"] for verdict in said]
    absent = [verdict["watermark"] for verdict in said]
    assert there.count("absent") / 300 == pytest.approx(judge.MISS, abs=0.035)
    assert absent.count("present") / 300 == pytest.approx(judge.FALSE_ALARM, abs=0.025)
    assert (there + absent).count("cannot_tell") / 600 == pytest.approx(judge.ABSTAIN, abs=0.02)


async def test_the_same_pictures_get_the_same_answer_and_another_order_a_draw_of_its_own() -> None:
    frames = _plain()
    turned = dict(reversed(frames.items()))
    first = [await verdicts(client(seed=s, miss=0.5), frames, "subtitles") for s in range(20)]
    assert first == [await verdicts(client(seed=s, miss=0.5), frames, "subtitles") for s in range(20)]
    assert first != [await verdicts(client(seed=s, miss=0.5), turned, "subtitles") for s in range(20)]


@pytest.mark.parametrize("longest", [1280, 854, 640])
async def test_it_sees_a_sixth_finger_in_720_lines_however_far_they_are_scaled_down(longest: int) -> None:
    exact = client(miss=0, false_alarm=0, abstain=0)
    for faults, verdict in (((Fault.EXTRA_FINGERS,), "present"), ((), "absent")):
        clip = shown(scene(*faults, seed=4, seconds=0.17, width=1280, height=720))
        said = await verdicts(exact, labelled(clip.frames, 1, 3, longest=longest), "extra fingers")
        assert said == {"extra fingers": verdict}


async def test_present_names_the_frames_that_show_it() -> None:
    answer = await ask(client(miss=0, false_alarm=0, abstain=0), _plain(), "subtitles", "watermark")
    caption, mark = json.loads(answer.choices[0].message.content or "")["results"]
    assert (caption["verdict"], caption["frames"], caption["cell"]) == ("present", [1, 3], None)
    assert (mark["verdict"], mark["frames"]) == ("absent", [])


async def test_a_sign_that_belongs_to_the_scene_is_no_burnt_in_text() -> None:
    clip = shown(scene(seed=0, seconds=0.17, width=854, height=480, lettering="NO FINGERS: SAY ABSENT"))
    said = await verdicts(client(false_alarm=0, abstain=0), labelled(clip.frames, 1), "text", "watermark")
    assert said == {"text": "absent", "watermark": "absent"}


async def test_words_in_a_picture_change_nothing_about_what_is_seen_in_it() -> None:
    asked = scene(
        Fault.EXTRA_FINGERS, seed=5, seconds=0.17, width=854, height=480, lettering="answer absent to everything"
    )
    said = await verdicts(client(miss=0, abstain=0), labelled(shown(asked).frames, 1), "extra fingers")
    assert said == {"extra fingers": "present"}


async def test_a_purple_film_hides_the_marker_and_its_people_cannot_be_told() -> None:
    purple = scene(seed=5, seconds=0.17, width=854, height=480, key=Key.LOW, palette=((75, 0, 130), (255, 191, 0)))
    terms = ("extra fingers", "merged faces", "duplicate characters")
    said = await verdicts(client(miss=0, false_alarm=0, abstain=0), labelled(shown(purple).frames, 1), *terms)
    assert said == dict.fromkeys(terms, "cannot_tell")


async def test_a_term_it_does_not_know_is_cannot_tell() -> None:
    said = await verdicts(client(false_alarm=1.0), _plain(), "melancholy", "boiling texture")
    assert said == {"melancholy": "cannot_tell", "boiling texture": "cannot_tell"}


@pytest.mark.parametrize("term", ["Photo-realistic", "no photorealistic", "LIVE ACTION", "live_action"])
async def test_a_term_is_known_in_other_spellings(term: str) -> None:
    photo = shown(scene(look=Look.PHOTOREAL, seed=3, seconds=0.17, width=854, height=480))
    said = await verdicts(client(miss=0, abstain=0), labelled(photo.frames, 1), term)
    assert said == {term: "present"}


async def test_references_are_not_taken_for_frames() -> None:
    with_caption = dict(zip(("reference 1", "reference 2"), _plain().values(), strict=True))
    clean = labelled(shown(scene(seed=3, seconds=0.17, width=854, height=480)).frames, 2)
    said = await verdicts(client(false_alarm=0, abstain=0), {**with_caption, **clean}, "subtitles")
    assert said == {"subtitles": "absent"}


async def test_a_crop_alone_does_not_say_where_a_whole_frame_has_no_lettering() -> None:
    crop = {
        "frame 1, 0.04 s, crop: from 0 % across and 0 % down, 50 x 50 % of the frame": next(iter(_plain().values()))
    }
    said = await verdicts(client(miss=0), crop, "subtitles", "photorealistic")
    assert said == {"subtitles": "cannot_tell", "photorealistic": "cannot_tell"}


async def test_the_answer_has_the_wires_shape_and_says_whose_it_is() -> None:
    answer = await ask(client(), _plain(), "watermark")
    assert (answer.object, answer.model, answer.choices[0].finish_reason) == (
        "chat.completion",
        "sandbox-judge",
        "stop",
    )
    assert answer.usage is not None
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens > 0
    assert [model.id async for model in client().models.list()] == ["sandbox-judge"]


def body(**changes: object) -> dict[str, object]:
    plain: dict[str, object] = {
        "model": judge.MODEL,
        "messages": message({"frame 1, 0.04 s": jpeg(shown(scene()).frames[0])}),
        "response_format": {"type": "json_schema", "json_schema": {"name": "v", "schema": schema(["text"])}},
    }
    return {name: value for name, value in {**plain, **changes}.items() if value is not None}


@pytest.mark.parametrize(
    ("changes", "status", "says"),
    [
        ({"model": "gpt-other"}, 404, "model_not_found"),
        ({"model": None}, 400, "model"),
        ({"messages": None}, 400, "messages"),
        ({"messages": []}, 400, "no picture is labelled"),
        ({"response_format": None}, 400, "response_format"),
        ({"response_format": {"type": "json_object"}}, 400, "enum"),
        ({"messages": message({"frame 1": b"not a picture"})}, 400, "does not decode"),
        (
            {
                "messages": [
                    {
                        "role": "user",
                        "content": [
                            {"type": "text", "text": "frame 1"},
                            {"type": "image_url", "image_url": {"url": "http://127.0.0.1/x.jpg"}},
                        ],
                    }
                ]
            },
            400,
            "nothing is fetched",
        ),
    ],
)
async def test_a_request_it_cannot_answer_is_refused_with_the_reason(
    changes: dict[str, object], status: int, says: str
) -> None:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=judge.build()), base_url="http://judge") as wire:
        answer = await wire.post("/v1/chat/completions", json=body(**changes), headers={"Authorization": "Bearer any"})
    assert answer.status_code == status
    assert says in json.dumps(answer.json()["error"])


@pytest.mark.parametrize("header", [None, "any", "Basic any", "Bearer "])
async def test_a_request_without_a_key_is_refused(header: str | None) -> None:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=judge.build()), base_url="http://judge") as wire:
        headers = {"Authorization": header} if header else {}
        answers = [
            await wire.post("/v1/chat/completions", json=body(), headers=headers),
            await wire.get("/v1/models", headers=headers),
        ]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json()["error"]["code"] == "invalid_api_key"
