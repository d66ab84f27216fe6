"""What was expected of a turn, against what came."""

from typing import Any

import pytest

from agent.events import Event, Json, What
from interfaces.script import matching, vocabulary
from interfaces.script.expecting import Came, Expectation, FilmStands, ShotStands, Understood
from interfaces.script.matching import Happened, missed
from interfaces.script.standing import Standing


def event(what: What, **data: Json) -> Happened:
    return Happened(
        event=Event(number=1, project_id="p", conversation_id="c", what=what, data=data, at_us=0, shot_id="s"), shot=1
    )


def expected(what: What, **where: Any) -> Came:
    return Came(event=what, where={key.replace("__", "."): value for key, value in where.items()})


CAME = (
    event(What.REPLY, text="Shot 1.", intents=["shoot", "set budget"]),
    event(What.ROUTE, model="kling-3.0", reroute=False, reasons=["best value"], cost_micro_usd=420_000),
    event(What.VERDICT, decision="miss", findings={"blurry": "seen", "f/2.8 blur": "absent"}),
    event(What.ROUTE, model="veo-3.1", reroute=True, reasons=["kling missed"], cost_micro_usd=2_400_000),
)
STANDING = Standing(
    film={"name": "Boat", "shots": 2, "spent_usd": 2.82, "coverage": 1.0, "terms": ["blurry"]},
    shots={
        1: {"number": 1, "action": "the boat leaves", "status": "delivered", "channels": {"blurry": "clause"}},
        2: {"number": 2, "action": "the boat comes home", "status": "held"},
    },
)


@pytest.mark.parametrize(
    "expectation",
    [
        expected(What.ROUTE),
        expected(What.ROUTE, model="KLING"),
        expected(What.ROUTE, reroute=True),
        expected(What.ROUTE, reasons="best value"),
        expected(What.ROUTE, reasons=["best value"]),
        expected(What.ROUTE, cost_micro_usd__max=500_000),
        expected(What.ROUTE, cost_usd__min=2.4),
        expected(What.ROUTE, shot=1),
        expected(What.VERDICT, findings__blurry="seen"),
        expected(What.VERDICT, findings={"blurry": "seen", "f/2.8 blur": "absent"}),
        Came(event=What.VERDICT, where={"findings.f/2.8 blur": "absent"}),
        Understood(intent="set budget"),
        ShotStands(shot=1, where={"status": "delivered", "channels.blurry": "clause"}),
        ShotStands(shot="comes home", where={"status": "held"}),
        FilmStands(film={"coverage": 1, "spent_usd.max": 3, "terms": "blurry"}),
    ],
)
def test_what_came_meets_what_was_expected(expectation: Expectation) -> None:
    assert missed([expectation], CAME, STANDING) == ()


@pytest.mark.parametrize(
    "expectation",
    [
        expected(What.DELIVER),
        expected(What.ROUTE, model="runway"),
        expected(What.ROUTE, reroute=None),
        expected(What.ROUTE, reasons=["best value", "more"]),
        expected(What.ROUTE, cost_micro_usd__max=1),
        expected(What.ROUTE, cost_usd__max=0.1),
        expected(What.ROUTE, model__max=1),
        expected(What.ROUTE, shot=2),
        expected(What.VERDICT, findings__blurry="absent"),
        expected(What.VERDICT, findings={"blurry": "absent"}),
        Understood(intent="retake"),
        ShotStands(shot=1, where={"status": "held"}),
        ShotStands(shot=3, where={"status": "held"}),
        ShotStands(shot="the boat", where={"status": "held"}),
        FilmStands(film={"coverage.min": 1.1}),
        FilmStands(film={"sandbox": True}),
    ],
)
def test_what_did_not_come_is_missed(expectation: Expectation) -> None:
    assert len(missed([expectation], CAME, STANDING)) == 1


def test_expectations_are_looked_for_in_order() -> None:
    first, second = expected(What.ROUTE, reroute=True), expected(What.VERDICT)

    assert missed([second, first], CAME) == ()
    (miss,) = missed([first, second], CAME)
    assert miss.sentence == "a verdict came as expected, but before what stands above it in the script"


def test_one_event_meets_one_expectation() -> None:
    assert [miss.nth for miss in missed([expected(What.VERDICT), expected(What.VERDICT)], CAME)] == [1]


def test_a_miss_shows_the_nearest_that_came_as_a_small_difference() -> None:
    (miss,) = missed([expected(What.ROUTE, model="veo", reroute=True, cost_usd__max=1)], CAME)

    assert miss.sentence == "a choice of model came, but not as expected; the nearest of 2"
    assert miss.diff == ("- cost_usd: at most 1", "+ cost_usd: 2.4")


def test_a_kind_that_did_not_come_says_what_came_instead() -> None:
    (miss,) = missed([expected(What.DELIVER)], CAME)

    assert miss.sentence == ("expected a delivery, and none came; what came: an answer, a choice of model, a verdict")
    assert missed([expected(What.DELIVER)], ())[0].sentence.endswith("what came: nothing")


def test_a_shot_that_is_not_there_or_not_the_only_one_is_told_with_those_that_are() -> None:
    (nobody,) = missed([ShotStands(shot=9, where={})], (), STANDING)
    (several,) = missed([ShotStands(shot="boat", where={})], (), STANDING)

    assert nobody.sentence == "there is no shot 9; the film has 1 (the boat leaves), 2 (the boat comes home)"
    assert "several shots are meant by 'boat'" in several.sentence


def test_a_long_value_is_shown_shortened() -> None:
    (miss,) = missed([expected(What.REPLY, text="no")], [event(What.REPLY, text="a" * 5_000)])

    assert max(map(len, miss.diff)) < matching.LONGEST_SHOWN + 20


@pytest.mark.parametrize("what", list(What))
def test_every_kind_of_event_has_words_and_fields(what: What) -> None:
    kind = vocabulary.events()[what]

    assert kind.words
    assert "shot" in kind.fields
