"""Scripts from file to report: played at the desk and over HTTP, priced, recorded, stopped, and many side by side."""

import json
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import anyio
import jsonschema  # type: ignore[import-untyped]  # it ships no types
import pytest
import yaml
from rich.console import Console

from agent.errors import CountersteerError
from interfaces.command import playing, playing_many, scripting
from interfaces.command.playing import Wanted
from interfaces.script import reading, recording, results, schema, vocabulary
from interfaces.script.desk_door import DeskDoor
from interfaces.script.form import Script
from interfaces.script.results import End, Ran
from interfaces.script.running import run
from interfaces.settings import Settings, VendorSettings
from interfaces.wiring import Parts
from tests.conversations.test_doors import DONE, TOLD, command, stand_ins
from tests.support.house import Eyesight, a_set

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """\
version: 1
name: the lamplighter
project: Boat
money: {ask_above_usd: 0.10}
turns:
  - user: low angle, the lamplighter in the rain, 5 s
    expect:
      - {intent: shoot}
      - {event: ask, where: {kind: spend, cost_usd.max: 1}}
      - {shot: 1, where: {status: waiting for approval, question: spend}}
  - decide: approve
    expect:
      - {event: decided, where: {approve: true}}
      - {event: verdict, where: {decision: miss, findings.live action: seen}}
      - {event: route, where: {reroute: true}}
      - {event: deliver, where: {shot: 1}}
      - {shot: lamplighter, where: {status: delivered, takes: 2, reroutes: 1, verdicts: [miss, pass]}}
      - {film: {coverage: 1, delivered: 1, spent_usd.min: 0.1}}
  - user: what have I spent?
    expect:
      - {intent: ask}
      - {event: reply, where: {text: for 2 takes}}
always:
  - {film: {sandbox: true, shots: 1}}
"""
QUIET = SCRIPT.replace("sandbox: true, ", "")
FAILING = SCRIPT.replace("takes: 2, reroutes: 1", "takes: 3, reroutes: 1").replace("reroute: true", "reroute: 5")


def fast(folder: Path) -> Parts:
    return Parts(sandbox=stand_ins(folder), eyes=Eyesight([{"live action"}]))


def settings(folder: Path) -> Settings:
    return Settings(folder=folder, sandbox_pace=0.001)


async def played(folder: Path, text: str) -> Ran:
    async with a_set(folder, eyes=Eyesight([{"live action"}])) as film:
        return await run(DeskDoor(film.house), results.begin(reading.parse(text, name="s.yaml")), out=lambda line: None)


async def test_a_script_expects_events_intents_shots_and_the_film(tmp_path: Path) -> None:
    ran = await played(tmp_path, QUIET)

    assert [turn.end for turn in ran.turns] == [End.PASSED] * 3, ran.misses
    assert (ran.end, ran.coverage) == (End.PASSED, 1.0)


async def test_a_script_can_ask_for_every_field_that_an_event_has(tmp_path: Path) -> None:
    ran = await played(tmp_path, QUIET)
    told = {event.what: set(event.data) - set(vocabulary.events()[event.what].fields) for event in ran.events}

    assert len(told) > 10
    assert {what: fields for what, fields in told.items() if fields} == {}


async def test_what_must_always_hold_is_looked_at_after_every_turn(tmp_path: Path) -> None:
    ran = await played(tmp_path, SCRIPT)

    assert [turn.end for turn in ran.turns] == [End.FAILED, End.PASSED, End.PASSED]
    assert [(str(miss.place), miss.diff) for miss in ran.misses] == [
        ("s.yaml:24:5", ("- sandbox: true", "+ sandbox: false"))
    ], "before the first take nothing came from a stand-in"


async def test_a_failing_script_says_where_what_and_the_difference(tmp_path: Path) -> None:
    file, paper = tmp_path / "s.yaml", Console(file=StringIO(), soft_wrap=True)
    file.write_text(FAILING, encoding="utf-8")
    code = await playing.play(settings(tmp_path / "data"), file, transcript=paper, parts=fast(tmp_path))

    assert isinstance(paper.file, StringIO)
    told = paper.file.getvalue()
    assert code == TOLD
    assert f"{file}:15:9: a choice of model came, but not as expected\n    - reroute: 5\n    + reroute: true\n" in told
    assert f"{file}:17:9: shot 1, the lamplighter in the rain, does not stand as expected\n    - takes: 3\n" in told


async def test_conversations_of_one_film_are_held_side_by_side(tmp_path: Path) -> None:
    text = """\
version: 1
name: two at once
project: Boat
conversations:
  - name: day
    turns: [{user: "the harbour at noon, wide, 5 s", expect: [{shot: harbour, where: {status: delivered}}]}]
  - name: night
    turns: [{user: "the lighthouse at night, wide, 5 s", expect: [{shot: lighthouse, where: {status: delivered}}]}]
"""
    async with a_set(tmp_path) as film:
        written = reading.parse(text, name="s.yaml")
        ran = await run(DeskDoor(film.house), results.begin(written), out=lambda line: None)
        talks = await film.house.studio.store.conversations(ran.film_id)

    assert ran.end is End.PASSED, ran.misses
    assert ([turn.name for turn in ran.turns], len(talks)) == (["day, turn 1", "night, turn 1"], 2)


@pytest.mark.parametrize(
    ("turns", "why"),
    [
        ("[{decide: approve}]", "no shot asks anything"),
        (
            "[{user: 'the harbour at night, 5 s'}, {user: 'the cat crosses the square, 4 s'}, {decide: approve}]",
            "shots 1, 2 ask; name one of them with shot:",
        ),
    ],
)
async def test_an_answer_nobody_asked_for_is_a_miss(tmp_path: Path, turns: str, why: str) -> None:
    head = "version: 1\nname: a\nproject: Boat\nmoney: {ask_above_usd: 0}\nturns: "
    ran = await played(tmp_path, f"{head}{turns}")

    assert [miss.sentence for miss in ran.misses] == [f"nothing was decided: {why}"]


# reports


class Reader:
    """JUnit XML as build servers read it (the Jenkins xUnit plugin's junit-10.xsd): names, order, counts."""

    KNOWN = {  # noqa: RUF012  # a table
        "testsuites": ({"name", "tests", "failures", "errors", "skipped", "time"}, {"testsuite"}),
        "testsuite": ({"name", "tests", "failures", "errors", "skipped", "time"}, {"testcase"}),
        "testcase": ({"name", "classname", "time"}, {"skipped", "error", "failure"}),
        "skipped": ({"message", "type"}, set[str]()),
        "error": ({"message", "type"}, set[str]()),
        "failure": ({"message", "type"}, set[str]()),
    }

    def __init__(self, text: bytes) -> None:
        self.root = ElementTree.fromstring(text)
        assert self.root.tag == "testsuites"
        self._check(self.root)

    def _check(self, element: ElementTree.Element) -> None:
        attributes, children = self.KNOWN[element.tag]
        assert set(element.attrib) <= attributes
        assert {child.tag for child in element} <= children
        if "tests" in element.attrib:
            cases = list(element.iter("testcase"))
            assert int(element.attrib["tests"]) == len(cases)
            for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
                assert int(element.attrib[name]) == sum(case.find(tag) is not None for case in cases)
        for child in element:
            self._check(child)

    def cases(self, tag: str) -> list[str]:
        return [case.attrib["name"] for case in self.root.iter("testcase") if case.find(tag) is not None]


async def test_reports_are_read_by_others_and_say_what_failed(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_text(FAILING.replace("what have I spent?", '"what have I <b>spent</b>? \\x07\\uFFFE"'), encoding="utf-8")
    wanted = Wanted(junit=tmp_path / "r" / "junit.xml", json=tmp_path / "r" / "report.json")
    await playing.play(settings(tmp_path / "data"), file, wanted=wanted, parts=fast(tmp_path))

    junit = Reader((tmp_path / "r" / "junit.xml").read_bytes())
    report = json.loads((tmp_path / "r" / "report.json").read_bytes())
    assert "turn 2: approve" in junit.cases("failure")
    failure = next(junit.root.iter("failure"))
    assert "- sandbox: true\n    + sandbox: false" in (failure.text or "")
    assert (report["failed"], report["scripts"][0]["coverage"]) == (1, 1.0)
    assert report["scripts"][0]["turns"][1]["missed"][0]["line"] == 15


async def test_who_stops_in_the_middle_is_told_what_was_not_run_and_has_a_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(QUIET.replace("the lamplighter\n", f"{name}\n"), encoding="utf-8")
    wanted = Wanted(junit=tmp_path / "junit.xml")
    files = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    async with anyio.create_task_group() as group:

        def stopping(script: Script) -> Parts:
            if script.name == "b":
                group.cancel_scope.cancel()
            return fast(tmp_path / script.name)

        group.start_soon(lambda: playing_many.play_all(settings(tmp_path), files, wanted=wanted, parts=stopping))

    out = capsys.readouterr().out
    assert "NOT RUN  b: nothing of it" in out
    junit = Reader((tmp_path / "junit.xml").read_bytes())
    assert int(junit.root.attrib["skipped"]) >= 3
    assert junit.cases("failure") == []


# several


async def verdicts(folder: Path, files: list[Path], *, jobs: int) -> list[list[Any]]:
    report = folder / f"{jobs}.json"
    wanted = Wanted(jobs=jobs, json=report)
    nth = iter(range(len(files)))

    def parts(script: Script) -> Parts:
        return fast(folder / f"{jobs}-{next(nth)}")

    await playing_many.play_all(settings(folder), files, wanted=wanted, parts=parts, out=Console(file=StringIO()))
    scripts = json.loads(report.read_bytes())["scripts"]
    return [[each["name"], each["end"], each["spent"], [turn["missed"] for turn in each["turns"]]] for each in scripts]


async def test_scripts_side_by_side_come_out_as_one_by_one(tmp_path: Path) -> None:
    files = [tmp_path / f"{nth}.yaml" for nth in range(6)]
    for nth, file in enumerate(files):
        text = (FAILING if nth % 3 == 0 else SCRIPT).replace("the lamplighter\n", f"script {nth}\n")
        file.write_text(text.replace("sandbox: true, ", ""), encoding="utf-8")

    alone = await verdicts(tmp_path, files, jobs=1)
    together = await verdicts(tmp_path, files, jobs=6)

    assert alone == together
    assert [each[1] for each in alone] == ["failed", "passed", "passed"] * 2


async def test_one_that_cannot_be_played_takes_no_other_along(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(QUIET, encoding="utf-8")
    bad.write_text(SCRIPT.replace("turns:", "references: [{label: a, file: none.png}]\nturns:"), encoding="utf-8")
    nth = iter("ab")

    wanted = Wanted(junit=tmp_path / "junit.xml")
    code = await playing_many.play_all(
        settings(tmp_path), [bad, good], wanted=wanted, parts=lambda script: fast(tmp_path / next(nth))
    )

    assert code == TOLD
    assert "reference a:" in capsys.readouterr().out
    assert Reader((tmp_path / "junit.xml").read_bytes()).cases("error") == ["the film as a whole"]


async def test_clips_that_cost_money_are_not_thrown_away(tmp_path: Path) -> None:
    live = Settings(folder=tmp_path, vendors={"kling": VendorSettings()})

    with pytest.raises(CountersteerError, match="--keep"):
        await playing_many.play_all(live, [], wanted=Wanted())


# price and record


def test_a_dry_run_prices_every_shot_and_sends_nothing(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_text(SCRIPT.replace("what have I spent?", "wide of the harbour at night, static, 5 s"), encoding="utf-8")
    left = command(tmp_path / "data", "script", "--dry-run", str(file))

    assert left.code == DONE, left.err
    lines = left.out.splitlines()
    assert [line.split(",")[0].split(":")[0].strip() for line in lines if line.startswith("  shot")] == [
        "shot 1",
        "shot 2",
    ]
    assert lines[-1].startswith("2 shots: $")
    assert lines[-1].endswith("Nothing was sent.")
    assert not (tmp_path / "data" / "countersteer.db").exists()


async def test_a_recorded_conversation_plays_again_with_the_same_end(tmp_path: Path) -> None:
    async with a_set(tmp_path / "first", eyes=Eyesight([{"live action"}])) as film:
        talk = await film.house.studio.store.conversation(film.conversation_id)
        await film.say("low angle, the lamplighter in the ${rain}, 5 s")
        await film.say("circle take 1")
        recorded = await recording.record(film.house.studio, talk, folder="pictures", seed=1)
        file = tmp_path / "again.yaml"
        recording.write(recorded, file, replace=False)
    written = reading.read(file)
    async with a_set(tmp_path / "second", eyes=Eyesight([{"live action"}])) as film:
        again = written.script.model_copy(update={"project": "again"})
        ran = await run(
            DeskDoor(film.house),
            results.begin(reading.Written(script=again, folder=tmp_path, tree=written.tree)),
            out=lambda line: None,
        )

    assert ran.end is End.PASSED, ran.misses
    assert sum(len(turn.turn.expect) for turn in ran.turns) == 1, "a turn that moves no shot expects nothing of it"


# the schema


def every_script() -> list[Path]:
    kept = [*(ROOT / "interfaces" / "script").glob("*.yaml"), *(ROOT / "tests" / "conversations").glob("*.yaml")]
    assert len(kept) >= 2
    return kept


def test_the_published_schema_is_the_one_of_the_form() -> None:
    assert schema.PUBLISHED.read_text(encoding="utf-8") == schema.text(), "python -m interfaces.script.schema"


@pytest.mark.parametrize("file", every_script(), ids=lambda file: file.name)
def test_every_script_of_the_tree_keeps_to_the_schema_and_is_read(file: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(schema.document())
    jsonschema.validate(yaml.safe_load(file.read_text(encoding="utf-8")), schema.document())

    assert reading.read(file).script.name


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("kind: spend", "knd: spend"),
        ("event: ask", "event: aks"),
        ("status: delivered", "statuss: delivered"),
        ("coverage: 1", "covered: 1"),
        ("decide: approve", "decide: maybe"),
        ("intent: shoot", "intent: shot"),
        ("project: Boat", "projekt: Boat"),
    ],
)
def test_an_editor_sees_the_slips_that_the_reader_refuses(was: str, becomes: str) -> None:
    jsonschema.validate(yaml.safe_load(SCRIPT), schema.document())
    text = SCRIPT.replace(was, becomes, 1)

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load(text), schema.document())
    with pytest.raises(CountersteerError):
        reading.parse(text, name="s.yaml")


def test_a_variable_on_the_command_line_is_a_name_and_a_value() -> None:
    assert scripting.values(["who=Vi", "look=a=b"]) == {"who": "Vi", "look": "a=b"}
    with pytest.raises(CountersteerError, match="NAME=VALUE"):
        scripting.values(["who"])
