"""Events in sentences."""

import pytest

from agent.events import Event, Json, What
from agent.findings import Sight
from interfaces import story
from interfaces.story import Line, Tone

ROUTE: dict[str, Json] = {
    "model": "kling-3.0",
    "reroute": False,
    "retake": False,
    "reasons": ["best value", "format .77"],
    "cost_micro_usd": 420_000,
    "seconds": 5,
    "sandbox": True,
}
TAKE: dict[str, Json] = {"number": 2, "model": "kling-3.0", "cost_micro_usd": 420_000, "sandbox": True}
VERDICT: dict[str, Json] = {
    "number": 2,
    "decision": "miss",
    "findings": {"blurry": "absent", "text": "seen", "flicker": "unsure", "watermark": "not inspectable"},
    "reason": "seen: text",
    "hints": [],
}


def event(what: What, **data: Json) -> Event:
    return Event(number=1, project_id="p", conversation_id="c", what=what, data=data, at_us=0, shot_id="s")


def told(what: What, data: dict[str, Json], *, shot: int | None = 3) -> list[str]:
    return [str(line) for line in story.tell(event(what, **data), shot=shot)]


def test_every_kind_of_event_has_its_teller() -> None:
    assert set(story.TELLERS) == set(What)


@pytest.mark.parametrize(
    ("what", "data"),
    [
        (What.ROUTE, ROUTE),
        (What.TAKE, TAKE),
        (What.DELIVER, {**TAKE, "nobody_looked": []}),
        (What.CHOOSE, {"reason": "enough", "takes": [{**TAKE, "reason": "seen: text"}]}),
    ],
)
def test_whatever_shows_a_stand_ins_clip_says_sandbox(what: What, data: dict[str, Json]) -> None:
    assert any("[sandbox]" in line for line in told(what, data))


def test_a_vendors_clip_is_not_called_sandbox() -> None:
    assert not any("sandbox" in line for line in told(What.TAKE, {**TAKE, "sandbox": False}))


@pytest.mark.parametrize(
    ("reroute", "retake", "verb"), [(True, False, "re-routed to"), (False, True, "again on"), (False, False, "goes to")]
)
def test_a_route_says_whether_the_model_is_new_another_or_the_same(reroute: bool, retake: bool, verb: str) -> None:
    head, *_ = told(What.ROUTE, {**ROUTE, "reroute": reroute, "retake": retake})

    assert head == f"shot 3 | {verb} kling-3.0 [sandbox]: $0.42 for 5 s"


def test_a_verdict_names_every_term_by_what_was_seen_the_worst_first() -> None:
    assert told(What.VERDICT, VERDICT, shot=None) == [
        "take 2: MISS",
        "  SEEN: text",
        "  unsure: flicker",
        "  nobody looked: watermark",
        "  absent: blurry",
    ]


def test_a_take_that_could_not_be_looked_at_says_why() -> None:
    data: dict[str, Json] = {**VERDICT, "decision": "bad media", "findings": {}, "reason": "it is no MP4"}

    assert told(What.VERDICT, data, shot=None) == ["take 2: BAD MEDIA, it is no MP4"]


def test_a_delivery_names_what_nobody_could_look_at() -> None:
    assert "nobody could look at: flicker" in told(What.DELIVER, {**TAKE, "nobody_looked": ["flicker"]})[1]


def test_trouble_comes_with_what_happens_next() -> None:
    data: dict[str, Json] = {"model": "veo-3.1", "message": "quota", "trouble": "payment", "step": "route elsewhere"}

    assert told(What.TROUBLE, data)[1].endswith("out of credit; other models go on")


@pytest.mark.parametrize("kind", ["spend", "refused", "unknown"])
def test_an_open_question_says_what_to_answer(kind: str) -> None:
    data: dict[str, Json] = {"kind": kind, "model": "m", "message": "no", "cost_micro_usd": 2_000_000, "seconds": 5}

    assert "yes" in " ".join(told(What.ASK, data))


def test_a_called_off_shot_is_not_said_to_wait() -> None:
    assert told(What.HOLD, {"reason": "cancelled: you declined", "cancelled": True}, shot=None) == [
        "cancelled: you declined"
    ]
    assert told(What.HOLD, {"reason": "no budget"}, shot=None) == ["WAITS: no budget"]


def test_a_line_stands_under_its_shot() -> None:
    assert str(Line(text="why", shot=12, under=True)) == "shot 12 |   why"


def test_only_what_is_absent_is_shown_as_good() -> None:
    assert [sight for sight in Sight if story.tone(sight) is Tone.GOOD] == [Sight.ABSENT]
