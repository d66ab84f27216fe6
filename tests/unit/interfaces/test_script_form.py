"""Scripts that can be read, and errors that name the line."""

from pathlib import Path

import pytest

from interfaces.script import form
from interfaces.script.form import ScriptError

GOOD = """\
version: 1
name: a rehearsal
project: Boat
turns:
  - user: a boat on the river
    expect:
      - {event: route, where: {model: kling}}
"""


def test_a_small_script_is_read() -> None:
    script = form.parse(GOOD, name="a.yaml")

    assert (script.project, script.turns[0].user, script.turns[0].wait) == ("Boat", "a boat on the river", True)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("user: a boat on the river", "usr: a boat", "a.yaml:5: turns.0.usr: there is no such key"),
        ("user: a boat on the river", "user: 5", "a.yaml:5: turns.0.user"),
        ("event: route", "event: rout", "a.yaml:7: turns.0.expect.0.event"),
        ("version: 1", "version: 2", "a.yaml:1: version"),
        ("name: a rehearsal\n", "", "name: is missing"),
        ("project: Boat", "project: Boat\nproject: Ship", "a.yaml:4: project is there twice"),
        ("project: Boat", "project: Boat\nmoney: {shot_usd: -1}", "a.yaml:4: money.shot_usd"),
        ("project: Boat", "project: Boat\nfaults: [{mishap: nonsense}]", "a.yaml:4: faults.0.mishap"),
        ("project: Boat", "project: Boat\nreferences: [{label: a}]", "either a file or a plate"),
        ("project: Boat", "project: Boat\nreferences: [{label: a, plate: 1, use: [5]}]", "references.0.use.0"),
        ("project: Boat", "project: [", "is no YAML"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(was: str, becomes: str, told: str) -> None:
    with pytest.raises(ScriptError) as caught:
        form.parse(GOOD.replace(was, becomes), name="a.yaml")

    assert told in str(caught.value)


@pytest.mark.parametrize("text", ["", "- a list", "just words"])
def test_a_file_without_keys_is_no_script(text: str) -> None:
    with pytest.raises(ScriptError, match="must be keys with values"):
        form.parse(text, name="a.yaml")


def test_a_script_without_turns_is_refused() -> None:
    with pytest.raises(ScriptError, match="at least one turn"):
        form.parse("version: 1\nname: a\nproject: b\nturns: []\n", name="a.yaml")


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")

    for file, why in ((tmp_path / "none.yaml", "No such file"), (tmp_path, "directory"), (binary, "no UTF-8 text")):
        with pytest.raises(ScriptError, match=why):
            form.read(file)
