"""Scripts that can be read, and errors that name the spot."""

from pathlib import Path

import pytest

from interfaces.script import reading
from interfaces.script.form import Say
from interfaces.script.places import ScriptError

GOOD = """\
version: 1
name: a rehearsal
project: Boat
turns:
  - user: a boat on the river
    expect:
      - {event: route, where: {model: kling}}
"""


def first_words(text: str, **given: str) -> str:
    turn = reading.parse(text, name="a.yaml", given=given).script.talks[0][0]
    assert isinstance(turn, Say)
    return turn.user


def refusal(text: str, **given: str) -> str:
    with pytest.raises(ScriptError) as caught:
        reading.parse(text, name="a.yaml", given=given)
    return str(caught.value)


def test_a_small_script_is_read_with_the_places_of_its_parts() -> None:
    written = reading.parse(GOOD, name="a.yaml")

    assert (written.script.project, first_words(GOOD)) == ("Boat", "a boat on the river")
    assert str(written.place("turns", 0, "expect", 0)) == "a.yaml:7:9"


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("user: a boat on the river", "usr: a boat", "a.yaml:5:5: turns.0.usr: there is no such key; nearest: user"),
        ("user: a boat on the river", "user: 5", "a.yaml:5:5: turns.0.user: must be text"),
        ("user: a boat on the river", "user: no", "YAML reads False there; put it in quotes"),
        ("user: a boat on the river", "decide: maybe", "a.yaml:5:5: turns.0.decide: must be 'approve' or 'decline'"),
        ("event: route", "event: rout", "a.yaml:7:10: turns.0.expect.0.event: there is no 'rout'; nearest: route"),
        ("model: kling", "modle: kling", "a.yaml:7:32: turns.0.expect.0.where.modle: route has no 'modle'"),
        ("event: route, where: {model: kling}", "intent: shot", "expect.0.intent: there is no 'shot'; nearest: shoot"),
        ("event: route, where: {model", "shot: 1, where: {modle", "7:27: turns.0.expect.0.where.modle: shot has no"),
        ("event: route, where: {model: kling}", "shot: 1", "turns.0.expect.0.where: is missing"),
        ("event: route, where: {model: kling}", "film: {spent: 1}", "film has no 'spent'; nearest: spent_usd"),
        ("version: 1", "version: 2", "a.yaml:1:1: version: must be 1"),
        ("name: a rehearsal\n", "", "a.yaml:1:1: name: is missing"),
        ("project: Boat", "project: Boat\nproject: Ship", "a.yaml:4:1: project is there twice"),
        ("project: Boat", "project: Boat\nmoney: {shot_usd: -1}", "a.yaml:4:9: money.shot_usd"),
        ("project: Boat", "project: Boat\nmoney: {shot_usd: .inf}", "a.yaml:4:9: money.shot_usd"),
        (
            "project: Boat",
            "project: Boat\nfaults: [{mishap: slov}]",
            "a.yaml:4:11: faults.0.mishap: there is no 'slov'",
        ),
        ("project: Boat", "project: Boat\nreferences: [{label: a}]", "either a file or a plate"),
        ("project: Boat", "project: Boat\nreferences: [{label: a, plate: 1, use: [5]}]", "references.0.use.0"),
        ("project: Boat", "project: Boat\nalways: [nothing]", "always.0: must be 'blocks_on_every_prompt'"),
        ("project: Boat", "project: the boat: one", "put a text with ': ' in it into quotes"),
        ("project: Boat", "project: Boat\n\tmotion: x", "a.yaml:4:1: no YAML: while scanning for the next token"),
        ("project: Boat", "project: Boat\n\tmotion: x", "indent with blanks, not with tabs"),
        ("project: Boat", "project: [", "a.yaml:5:3: no YAML: while parsing a flow node"),
        ("project: Boat", "project: &p Boat\nmotion: *p", "a.yaml:4:9: no YAML: found *name"),
        ("project: Boat", "project: 2026-99-99", "a.yaml:"),
        ("project: Boat", "project: !!python/name:os.system x", "a.yaml:3:10: no YAML: could not determine"),
        ("project: Boat", f"project: {'[' * 3000}", "no YAML: it is nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_spot(was: str, becomes: str, told: str) -> None:
    assert told in refusal(GOOD.replace(was, becomes))


def test_one_slip_is_reported_once() -> None:
    slips = refusal(GOOD.replace("user: a boat", "usr: a boat").replace("event: route", "event: rout")).splitlines()

    assert [slip.split(":")[1] for slip in slips] == ["5", "7"]


@pytest.mark.parametrize("text", ["", "- a list", "just words"])
def test_a_file_without_keys_is_no_script(text: str) -> None:
    assert "must be keys with values" in refusal(text)


@pytest.mark.parametrize(
    "turns", ["turns: []\n", "", "turns: [{user: a}]\nconversations: [{name: b, turns: [{user: c}]}]\n"]
)
def test_a_script_says_its_turns_in_one_way_and_has_some(turns: str) -> None:
    told = refusal(f"version: 1\nname: a\nproject: b\n{turns}")

    assert "turns" in told


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    binary, large = tmp_path / "binary.yaml", tmp_path / "large.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    large.write_bytes(b"#" * 2_000_000)
    told = ((tmp_path / "none.yaml", "No such file"), (tmp_path, "directory"), (binary, "UTF-8"), (large, "1,048,576"))

    for file, why in told:
        with pytest.raises(ScriptError, match=why):
            reading.read(file)


# variables


HOLES = GOOD.replace("project: Boat", "project: Boat\nvariables: {who: Vi, takes: 3}").replace(
    "a boat", "${who} and $${who}"
)


def test_a_variable_stands_for_its_value_and_can_be_given_from_outside() -> None:
    assert first_words(HOLES) == "Vi and ${who} on the river"
    assert first_words(HOLES, who="Jinx") == "Jinx and ${who} on the river"


def test_a_variable_alone_keeps_its_kind() -> None:
    text = HOLES.replace("project: Boat", "project: Boat\nmoney: {takes_per_shot: '${takes}'}")

    assert reading.parse(text, name="a.yaml").script.money.takes_per_shot == 3


def test_a_variable_nobody_knows_is_refused_where_it_stands() -> None:
    assert refusal(HOLES.replace("{who}", "{whom}", 1)).startswith(
        "a.yaml:6:11: there is no variable 'whom'; nearest: who"
    )
    assert "no variable whom to set; the script has: who, takes" in refusal(HOLES, whom="Vi")


def test_a_variable_without_a_value_must_be_given() -> None:
    text = HOLES.replace("who: Vi", "who: null")

    assert "a.yaml:6:11: the variable who has no value; give it one with --set who=..." in refusal(text)
    assert first_words(text, who="Vi").startswith("Vi")


# includes


def a_folder(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        file = folder / f"{name.replace('__', '/')}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder / "a.yaml"


def test_an_included_file_gives_what_the_script_does_not_say_itself(tmp_path: Path) -> None:
    setup = (
        "style: painted\nproject: Ship\nvariables: {who: Vi, what: boat}\nmoney: {shot_usd: 1, project_usd: 2}\n"
        "references: [{label: a, file: refs/a.png}]\nturns: [{user: hello}]\n"
    )
    own = "include: [sets/b.yaml]\nmoney: {shot_usd: 5}\nvariables: {who: Jinx}\n"
    text = own + GOOD.replace("a boat", "${who} ${what}")
    script = reading.read(a_folder(tmp_path, a=text, sets__b=setup)).script

    assert (script.style, script.project) == ("painted", "Boat")
    assert (script.money.shot_usd, script.money.project_usd) == (5, 2)
    assert [turn.user for turn in script.turns or () if isinstance(turn, Say)] == ["hello", "Jinx boat on the river"]
    assert script.references[0].file == "sets/refs/a.png"


def test_a_slip_in_an_included_file_is_named_there(tmp_path: Path) -> None:
    file = a_folder(tmp_path, a=f"include: [sets/b.yaml]\n{GOOD}", sets__b="\nmotoin: x\n")

    with pytest.raises(ScriptError, match=r"sets/b\.yaml:2:1: motoin: there is no such key; nearest: motion"):
        reading.read(file)


def test_includes_that_loop_are_refused_with_the_chain(tmp_path: Path) -> None:
    file = a_folder(
        tmp_path, a=f"include: [b.yaml]\n{GOOD}", b="include: [sets/c.yaml]", sets__c="include: [../b.yaml]"
    )

    with pytest.raises(ScriptError, match=r"sets/c\.yaml:1:11: include: .* b\.yaml -> c\.yaml -> b\.yaml"):
        reading.read(file)


@pytest.mark.parametrize("name", ["../b.yaml", "/etc/hostname", "sets/../../b.yaml", "out.yaml", "[b]", "''"])
def test_an_include_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "b.yaml").write_text("style: stolen", encoding="utf-8")
    file = a_folder(tmp_path / "scripts", a=f"include: [{name}]\n{GOOD}")
    (tmp_path / "scripts" / "out.yaml").symlink_to(tmp_path / "b.yaml")

    with pytest.raises(ScriptError, match=r"a\.yaml:1:\d+: include"):
        reading.read(file)


def test_files_that_include_each_other_without_end_are_stopped(tmp_path: Path) -> None:
    many = {f"n{nth}": f"include: [n{nth + 1}.yaml, n{nth + 1}.yaml]" for nth in range(12)}
    file = a_folder(tmp_path, a=f"include: [n0.yaml]\n{GOOD}", **many, n12="motion: x")

    with pytest.raises(ScriptError, match="more than 100 files"):
        reading.read(file)
