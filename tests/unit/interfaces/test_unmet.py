"""What was expected of a turn, against what came."""

from typing import Any

import pytest

from agent.events import Event, Json, What
from interfaces.script.form import Expectation
from interfaces.script.running import unmet


def event(what: What, **data: Json) -> Event:
    return Event(number=1, project_id="p", conversation_id="c", what=what, data=data, at_us=0)


def expected(what: What, **where: Any) -> Expectation:
    return Expectation(event=what, where={key.replace("__", "."): value for key, value in where.items()})


CAME = (
    event(What.ROUTE, model="kling-3.0", reroute=False, reasons=["best value"], cost_micro_usd=420_000),
    event(What.VERDICT, decision="miss", findings={"blurry": "seen"}),
    event(What.ROUTE, model="veo-3.1", reroute=True, reasons=["kling missed"], cost_micro_usd=2_400_000),
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
        expected(What.ROUTE, cost_micro_usd__min=2_000_000),
        expected(What.VERDICT, findings__blurry="seen"),
    ],
)
def test_what_came_meets_what_was_expected(expectation: Expectation) -> None:
    assert unmet([expectation], CAME) == ()


@pytest.mark.parametrize(
    "expectation",
    [
        expected(What.DELIVER),
        expected(What.ROUTE, model="runway"),
        expected(What.ROUTE, reroute=None),
        expected(What.ROUTE, nonsense=1),
        expected(What.ROUTE, reasons=["best value", "more"]),
        expected(What.ROUTE, cost_micro_usd__max=1),
        expected(What.ROUTE, model__max=1),
        expected(What.VERDICT, findings__blurry="absent"),
    ],
)
def test_what_did_not_come_is_missed(expectation: Expectation) -> None:
    assert len(unmet([expectation], CAME)) == 1


def test_expectations_are_looked_for_in_order() -> None:
    first, second = expected(What.ROUTE, reroute=True), expected(What.VERDICT)

    assert unmet([second, first], CAME) == ()
    assert len(unmet([first, second], CAME)) == 1


def test_one_event_meets_one_expectation() -> None:
    assert len(unmet([expected(What.VERDICT), expected(What.VERDICT)], CAME)) == 1


def test_a_miss_shows_what_came_in_its_place() -> None:
    (of_the_kind,) = unmet([expected(What.ROUTE, model="runway")], CAME)
    (of_another,) = unmet([expected(What.DELIVER)], CAME)

    assert "kling-3.0" in of_the_kind
    assert of_another.endswith("came: route, verdict")
    assert unmet([expected(What.DELIVER)], ())[0].endswith("came: nothing")
