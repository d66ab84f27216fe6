"""What is built from what: pins with hashes, no pickles, no code out of text, no SQL out of words."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("agent", "tools", "prompts", "memory", "interfaces")
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
UNPACKS = {"pickle", "marshal", "shelve", "dill", "jsonpickle"}
THE_LIMITED_PROCESS = "tools/confined.py"  # pickles what it is given, and builds only values from what comes back
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.MULTILINE)
HASHED = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)[^\\\n]*((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE)


@cache
def _calls() -> tuple[tuple[str, str, ast.Call], ...]:
    """File, name and call of every call by name in the project."""
    files = [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]
    return tuple(
        (str(file.relative_to(ROOT)), _dotted(node.func), node)
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    )


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{_dotted(value)}.{name}"
        case _:
            return ""


def test_every_pin_has_its_hashes_and_no_other_is_in_the_list() -> None:
    pins = set(PIN.findall((ROOT / "constraints.txt").read_text()))
    hashed = {(name, version) for name, version, _ in HASHED.findall((ROOT / "hashes.txt").read_text())}

    assert pins == hashed


def test_nothing_is_unpickled_and_no_text_is_run() -> None:
    found = [
        f"{file}: {name}"
        for file, name, _ in _calls()
        if name in RUNS_TEXT or name == "yaml.load" or (name.split(".")[0] in UNPACKS and file != THE_LIMITED_PROCESS)
    ]

    assert found == []


def test_no_shell_is_started() -> None:
    found = [
        f"{file}: {name}"
        for file, name, call in _calls()
        if name in ("os.system", "os.popen") or any(word.arg == "shell" for word in call.keywords)
    ]

    assert found == []


def test_no_sql_is_put_together_from_words_of_others() -> None:
    found = [
        f"{file}: {ast.unparse(call)[:80]}"
        for file, name, call in _calls()
        if file.startswith(("memory", "interfaces")) and name in ("text", "sqlalchemy.text", "sa.text")
        if call.args and not isinstance(call.args[0], ast.Constant)
    ]

    assert found == []
