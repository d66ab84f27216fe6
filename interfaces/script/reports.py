"""A run of scripts as other programs read it: JUnit XML for a build, JSON for everything else."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree import ElementTree

from agent.money import usd
from interfaces.script.results import End, Missed, Ran, TurnRan

_UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, even escaped (https://www.w3.org/TR/xml/#charsets)."""

SETTING_UP = "the film as a whole"


def junit(runs: Sequence[Ran]) -> bytes:
    """A suite per script and a case per turn, as build servers read them."""
    root = ElementTree.Element("testsuites", name="countersteer script")
    for ran in runs:
        suite = ElementTree.SubElement(root, "testsuite", name=_xml(ran.written.script.name))
        for turn in ran.turns:
            _case(suite, ran, turn)
        _whole(suite, ran)
        _count(suite, seconds=sum(turn.seconds for turn in ran.turns))
    _count(root, seconds=sum(turn.seconds for ran in runs for turn in ran.turns))
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def as_json(runs: Sequence[Ran]) -> bytes:
    """The same with places, differences, money and coverage as values."""
    ends = [ran.end for ran in runs]
    told = {**{end.value: ends.count(end) for end in End}, "scripts": [_script(ran) for ran in runs]}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def told(missed: Missed) -> str:
    """A miss as a paragraph: where, what, and the difference."""
    return "\n".join((f"{missed.place}: {missed.sentence}", *(f"    {line}" for line in missed.diff)))


def _case(suite: ElementTree.Element, ran: Ran, turn: TurnRan) -> None:
    case = ElementTree.SubElement(
        suite,
        "testcase",
        name=_xml(f"{turn.name}: {turn.said}"),
        classname=_xml(ran.written.script.name),
        time=f"{turn.seconds:.3f}",
    )
    if turn.end is End.NOT_RUN:
        ElementTree.SubElement(case, "skipped", message=_xml(ran.error or "it was stopped before this turn had ended"))
    if turn.misses:
        message = "; ".join(miss.sentence for miss in turn.misses)
        failure = ElementTree.SubElement(case, "failure", message=_xml(message), type="expectation")
        failure.text = _xml("\n".join(told(miss) for miss in turn.misses))


def _whole(suite: ElementTree.Element, ran: Ran) -> None:
    """What concerns no single turn: that it could be played, and that both blocks were on every prompt."""
    name = ran.written.script.name
    case = ElementTree.SubElement(suite, "testcase", name=SETTING_UP, classname=_xml(name), time="0.000")
    if ran.error:
        ElementTree.SubElement(case, "error", message=_xml(ran.error), type="error")
    elif ran.uncovered:
        message = f"both blocks were on {ran.coverage:.0%} of what was sent"
        ElementTree.SubElement(case, "failure", message=message, type="coverage")
    elif ran.coverage is None:
        ElementTree.SubElement(case, "skipped", message="it was stopped before the end")


def _count(element: ElementTree.Element, *, seconds: float) -> None:
    """How many cases there are below, and how they came out."""
    element.set("tests", str(len(list(element.iter("testcase")))))
    for name in ("failure", "error", "skipped"):
        element.set(f"{name}s" if name != "skipped" else name, str(sum(1 for _ in _cases_with(name, element))))
    element.set("time", f"{seconds:.3f}")


def _cases_with(name: str, element: ElementTree.Element) -> Iterable[ElementTree.Element]:
    return (case for case in element.iter("testcase") if case.find(name) is not None)


def _script(ran: Ran) -> dict[str, Any]:
    return {
        "name": ran.written.script.name,
        "file": ran.written.place().file,
        "end": ran.end.value,
        "error": ran.error,
        "spent": usd(ran.spent_micro_usd),
        "spent_micro_usd": ran.spent_micro_usd,
        "sandbox": ran.sandbox,
        "coverage": ran.coverage,
        "turns": [_turn(turn) for turn in ran.turns],
    }


def _turn(turn: TurnRan) -> dict[str, Any]:
    return {
        "name": turn.name,
        "said": turn.said,
        "line": turn.place.line,
        "end": turn.end.value,
        "seconds": round(turn.seconds, 3),
        "missed": [
            {
                "file": miss.place.file,
                "line": miss.place.line,
                "column": miss.place.column,
                "sentence": miss.sentence,
                "diff": list(miss.diff),
            }
            for miss in turn.misses
        ],
    }


def _xml(text: str) -> str:
    return _UNSAYABLE.sub("\N{REPLACEMENT CHARACTER}", text)
