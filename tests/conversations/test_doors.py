"""The command line as a person or a script meets it: what it shows, and the exit codes it leaves with."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import anyio
import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from typer.testing import CliRunner

from agent.findings import Looked
from agent.ports import Eyes
from agent.screening import Screening
from interfaces import settings as given
from interfaces.command import chatting, main, outermost, playing
from interfaces.command.terminal import console
from interfaces.settings import ModelSettings, Settings
from interfaces.wiring import Parts, open_house
from tests.support.house import Eyesight, a_set, blank, rule
from tests.support.served import served
from tools.sandbox import app
from tools.sandbox.app import Sandbox
from tools.sandbox.clock import Pace
from tools.sandbox.faultplan import FaultPlan, Mishap, Rule
from tools.sandbox.registry import sandbox_keys

ROOT = Path(__file__).resolve().parents[2]
SHOT = "low angle, Vi in the rain, neon, 35mm, 5 s"
DONE, TOLD, USAGE, INTERRUPTED = 0, 1, 2, 130


@dataclass(frozen=True, kw_only=True)
class Left:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a film with one delivered shot after a re-route."""
    folder = tmp_path_factory.mktemp("made")

    async def make() -> None:
        async with a_set(folder, eyes=Eyesight([{"live action"}])) as film:
            await film.say(SHOT)

    anyio.run(make)
    return folder


def command(folder: Path, *words: str, **environment: str) -> Left:
    """One command in this process."""
    done = CliRunner().invoke(main.app, list(words), env={"COUNTERSTEER_FOLDER": str(folder), **environment})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Left(code=done.exit_code, out=done.stdout, err=done.stderr)


def parts(folder: Path, *rules: Rule, eyes: Eyes | None = None) -> Parts:
    """Stand-ins that draw in no time."""
    return Parts(sandbox=stand_ins(folder, *rules), eyes=eyes or Eyesight())


def stand_ins(folder: Path, *rules: Rule) -> Sandbox:
    """The same, to be served or looked into."""
    return app.build(folder=folder / "vendor", seed=1, pace=Pace(factor=0.05), plan=FaultPlan(rules), draw=blank)


async def said(*messages: str) -> AsyncIterator[str]:
    """Messages as from a pipe."""
    for message in messages:
        yield message


async def chat(folder: Path, *messages: str, using: Parts | None = None, **changes: object) -> int:
    """A conversation through a pipe; its exit code."""
    settings = Settings(folder=folder, sandbox_pace=0.001).model_copy(update=changes)
    return await chatting.chat(settings, "film", parts=using or parts(folder), messages=said(*messages))


# reading what is kept


def test_shots_shows_takes_verdicts_marks_and_cost(made: Path) -> None:
    left = command(made, "shots")

    assert left.code == DONE
    assert "Vi in the rain" in left.out
    assert "SEEN: live action" in left.out
    assert "circled" in left.out
    assert "$" in left.out


@pytest.mark.parametrize("words", [("shots",), ("ledger",), ("models",), ("project", "list")])
def test_every_table_of_a_rehearsal_says_sandbox(made: Path, words: Sequence[str]) -> None:
    left = command(made, *words)

    assert left.code == DONE
    assert "sandbox" in left.out.lower()


def test_audit_counts_every_stored_body(made: Path) -> None:
    left = command(made, "audit")

    assert (left.code, left.out) == (DONE, "Both blocks are in 2 of 2 stored bodies.\n")


def test_audit_fails_and_names_the_shot_when_one_stored_body_was_tampered_with(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(made, folder)
    with sqlite3.connect(folder / "countersteer.db") as rows:
        (job_id,) = rows.execute("SELECT job_id FROM receipts ORDER BY rowid LIMIT 1").fetchone()
        changed = rows.execute(
            "UPDATE receipts SET body = replace(body, 'watermark', 'waterfall') WHERE job_id = ?", (job_id,)
        )
        assert changed.rowcount == 1
    rows.close()

    left = command(folder, "audit")

    assert left.code == TOLD
    assert "shot 1" in left.out
    assert "watermark" in left.out
    assert "1 of 2" in left.out


def test_doctor_finds_a_clip_that_was_changed(made: Path, tmp_path: Path) -> None:
    assert command(made, "doctor").code == DONE
    folder = tmp_path / "copy"
    shutil.copytree(made, folder)
    clip = next((folder / "clips").rglob("*.mp4"))
    clip.chmod(0o600)
    clip.write_bytes(clip.read_bytes() + b"x")

    left = command(folder, "doctor")

    assert left.code == TOLD
    assert clip.name in left.out


def test_doctor_finds_a_damaged_database(tmp_path: Path) -> None:
    (tmp_path / "countersteer.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)

    left = command(tmp_path, "doctor")

    assert left.code == TOLD
    assert "damaged" in left.err


def test_a_contact_sheet_is_one_page_and_one_picture(made: Path, tmp_path: Path) -> None:
    left = command(made, "export", "contact-sheet", "--out", str(tmp_path / "sheet"))

    assert left.code == DONE
    assert "sandbox" in (tmp_path / "sheet" / "contact-sheet.html").read_text()
    assert (tmp_path / "sheet" / "contact-sheet.png").read_bytes().startswith(b"\x89PNG")


def test_a_contact_sheet_that_cannot_be_written_is_told(made: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")

    left = command(made, "export", "contact-sheet", "--out", str(tmp_path / "file" / "sheet"))

    assert left.code == TOLD
    assert "name another place" in left.err


# bad input on the command line


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("shots", "-p", "nobody"), "'nobody'; there is film"),
        (("audit", "-p", "nobody"), "'nobody'"),
        (("project", "new", "film"), "already"),
        (("project", "new", " \u200b"), "needs a name"),
        (("project", "style", "  "), "style block is empty"),
        (("project", "negative", " , "), "negative block is empty"),
        (("project", "reference", "none.png", "--label", "a"), "cannot be read"),
        (("script", "none.yaml"), "cannot be read"),
    ],
)
def test_bad_input_is_told_in_a_sentence_and_leaves_with_1(made: Path, words: Sequence[str], told: str) -> None:
    left = command(made, *words)

    assert left.code == TOLD
    assert told in left.err
    assert left.err.startswith("error: ")
    assert "Traceback" not in left.err


def test_a_reference_that_is_no_picture_or_is_to_be_used_for_a_whole_speech_is_told(made: Path, tmp_path: Path) -> None:
    (tmp_path / "no.png").write_text("no picture")
    speech = "the way the light falls on all of it when nobody looks"

    assert "no PNG" in command(made, "project", "reference", "no.png", "--label", "a").err
    assert "1 to 40 letters" in command(made, "project", "reference", "no.png", "--label", "a", "--use", speech).err


def test_wrong_usage_leaves_with_2(tmp_path: Path) -> None:
    assert command(tmp_path, "nonsense").code == USAGE
    assert command(tmp_path, "shots", "--nonsense").code == USAGE


def test_with_no_film_yet_a_person_is_told_how_to_begin(tmp_path: Path) -> None:
    assert "countersteer project new" in command(tmp_path, "shots").err
    assert "countersteer project new" in command(tmp_path, "project", "list").out
    assert "Nothing was sent yet" in command(tmp_path, "audit").out


def test_a_data_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")

    left = command(tmp_path / "file", "shots")

    assert left.code == TOLD
    assert "COUNTERSTEER_FOLDER" in left.err


def test_half_an_account_stops_every_command_before_anything_is_done(tmp_path: Path) -> None:
    left = command(tmp_path, "shots", COUNTERSTEER_VENDORS__GOOGLE__SECRETS__TOKEN="ya29.canary")

    assert left.code == TOLD
    assert "option 'project'" in left.err
    assert "canary" not in left.err


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        left = command(tmp_path, "sandbox", "--port", str(taken.getsockname()[1]))

    assert left.code == TOLD
    assert "--port" in left.err


def test_an_unexpected_failure_is_told_and_its_details_are_kept_beside_the_films(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(settings: Settings) -> None:
        raise RuntimeError("nobody thought of this")

    monkeypatch.setenv("COUNTERSTEER_FOLDER", str(tmp_path))

    assert outermost.run(fails) == TOLD
    assert "nobody thought of this" in (tmp_path / outermost.LOG_FILE).read_text()


# a conversation through a pipe


async def test_a_piped_conversation_tells_the_story_and_what_it_cost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = await chat(tmp_path, SHOT, using=parts(tmp_path, eyes=Eyesight([{"live action"}])))

    out = capsys.readouterr().out
    assert code == DONE
    for told in ("sandbox", "take 1: MISS", "SEEN: live action", "re-routed to", "take 2: PASS", "DELIVERED", "so far"):
        assert told in out
    assert out.count("DELIVERED") == 1


async def test_messages_that_cannot_be_taken_are_told_and_the_conversation_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    messages = ("", "   ", "\x00\x1b\u200b", "a" * 100_001, "\x1bhelp\udcff")
    code = await chat(tmp_path, SHOT, *messages, "what have I spent?")

    out = capsys.readouterr().out
    assert code == DONE
    assert out.count("That was empty") == 3
    assert "100,001" in out
    assert "Describe a shot: low angle" in out
    assert "for 1 take" in out
    assert not any(char in out for char in "\x00\x1b\u200b\udcff")


async def test_a_shot_or_take_there_is_not_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await chat(tmp_path, SHOT, "what did you send for shot 9?", "circle take 7 of shot 1")

    out = capsys.readouterr().out
    assert "No shot '9'" in out
    assert "No take of shot 1 '7'; there is 1" in out


@pytest.mark.parametrize("mishap", [Mishap.NOT_A_VIDEO, Mishap.TRUNCATED_MEDIA])
async def test_a_clip_that_is_no_video_is_bad_media_and_never_delivered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], mishap: Mishap
) -> None:
    using = Parts(sandbox=stand_ins(tmp_path, rule(mishap, "*")))
    code = await chat(tmp_path, SHOT, using=using)

    out = capsys.readouterr().out
    assert code == DONE
    assert "BAD MEDIA" in out
    assert "DELIVERED" not in out


async def test_a_language_model_nobody_answers_for_is_told_and_the_rules_go_on_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    code = await chat(
        tmp_path,
        "what's in my negative block?",
        llm=ModelSettings(model="gpt-nobody"),
        openai_base_url="http://127.0.0.1:9/v1",
    )

    out = capsys.readouterr().out
    assert code == DONE
    assert "read by gpt-nobody" in out
    assert "language model is unreachable" in out
    assert "the built-in rules read this message" in out
    assert "live action" in out
    assert time.monotonic() - began < 15


async def test_a_server_without_a_model_is_not_passed_over_in_silence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await chat(tmp_path, openai_base_url="http://127.0.0.1:9/v1")

    assert "COUNTERSTEER_LLM__MODEL names no model" in capsys.readouterr().out


class Asleep:
    """Eyes that begin to look and never end."""

    def __init__(self) -> None:
        self.looking = anyio.Event()

    async def look(self, screening: Screening) -> Looked:
        """Never."""
        self.looking.set()
        await anyio.sleep_forever()
        raise AssertionError("unreachable")


async def test_a_second_start_goes_on_where_the_first_was_stopped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox, eyes = stand_ins(tmp_path), Asleep()
    async with anyio.create_task_group() as group:
        group.start_soon(lambda: chat(tmp_path, SHOT, using=Parts(sandbox=sandbox, eyes=eyes)))
        await eyes.looking.wait()
        group.cancel_scope.cancel()
    assert "Shot 1 is not finished and goes on where it stopped when you start again" in capsys.readouterr().out

    await chat(tmp_path, using=Parts(sandbox=sandbox, eyes=Eyesight()))

    out = capsys.readouterr().out
    assert "Shot 1 is on the way and goes on now" in out
    assert "DELIVERED" in out
    assert len(sandbox.records.accepted()) == 1, "nothing was bought twice"


# a conversation with a person


async def typed(folder: Path, *keys: str, eyes: Asleep | None = None) -> int | None:
    """A conversation on a terminal that these keys are typed into, the later ones once a take is looked at."""
    async with open_house(Settings(folder=folder, sandbox_pace=0.001), parts=parts(folder, eyes=eyes)) as house:
        project = await house.project("film", create=True)
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
            talk = await chatting.Talk.open(console(), house, project)

            async def type_on() -> None:
                for nth, each in enumerate(keys):
                    if nth and eyes:
                        await eyes.looking.wait()
                    pipe.send_text(each)

            code = None
            async with anyio.create_task_group() as group:
                group.start_soon(type_on)
                code = await talk.with_person()
            await talk.leave()
            return code


@pytest.mark.parametrize(
    ("keys", "code"), [("\x04", DONE), ("quit\r", DONE), ("\x03", INTERRUPTED), ("half a shot\x03", INTERRUPTED)]
)
async def test_leaving_by_key_has_its_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], keys: str, code: int
) -> None:
    assert await typed(tmp_path, keys) == code
    assert "Everything is stored" in capsys.readouterr().out


async def test_what_was_under_way_when_a_person_left_is_said_to_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await typed(tmp_path, f"{SHOT}\r", "\x03", eyes=Asleep()) == INTERRUPTED

    out = capsys.readouterr().out
    assert "Shot 1: Vi in the rain" in out
    assert "Stopping as soon as the step under way is stored" in out
    assert "Shot 1 is not finished and goes on where it stopped when you start again" in out


def test_ctrl_c_is_heard_while_a_pipe_is_silent(tmp_path: Path) -> None:
    """In a process of its own: a signal is meant for the whole of it."""
    code = "from interfaces.command.main import run; run()"
    environment = {**os.environ, "COUNTERSTEER_FOLDER": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", code, "chat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout is not None
        while "Describe a shot" not in process.stdout.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert process.returncode == INTERRUPTED
    assert "Everything is stored" in out
    assert err.strip() == "Stopped. Nothing is lost: start again and it goes on."


# scripts

SCRIPT = """\
version: 1
name: a rehearsal
project: Boat
turns:
  - user: low angle, Vi in the rain, neon, 35mm, 5 s
    expect:
      - {event: route, where: {sandbox: true}}
      - {event: EXPECTED}
"""


@pytest.mark.parametrize(("expected", "code"), [("deliver", DONE), ("choose", TOLD)])
async def test_a_script_leaves_with_1_when_an_expectation_is_not_met_and_shows_what_came(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], expected: str, code: int
) -> None:
    file = tmp_path / "film.yaml"
    file.write_text(SCRIPT.replace("EXPECTED", expected))
    settings = Settings(folder=tmp_path / "data", sandbox_pace=0.001)

    assert await playing.play(settings, file, parts=parts(tmp_path)) == code

    out = capsys.readouterr().out
    assert "both blocks on 100%" in out
    assert (f"{file}:8:9: expected takes to choose from, and none came" in out) is (code == TOLD)
    assert ("a delivery" in out.split("NOT MET")[-1]) is (code == TOLD)


def test_a_script_that_cannot_be_read_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text(SCRIPT.replace("user:", "usr:"))

    left = command(tmp_path / "data", "script", "film.yaml")

    assert left.code == TOLD
    assert "film.yaml:5:5: turns.0.usr" in left.err
    assert not (tmp_path / "data").exists(), "nothing was begun"


# what is shown, and what is not


async def test_one_real_vendor_can_be_used_alone_and_a_stand_in_at_its_address_says_sandbox(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox = stand_ins(tmp_path)
    with served(sandbox) as url:
        prefix = "COUNTERSTEER_VENDORS__SEEDANCE__"
        for name, value in sandbox_keys()["seedance"].items():
            monkeypatch.setenv(f"{prefix}SECRETS__{name.upper()}", value)
        monkeypatch.setenv(f"{prefix}BASE_URL", f"{url}/seedance")
        monkeypatch.setenv(f"{prefix}SANDBOX", "true")
        settings = given.read().model_copy(update={"folder": tmp_path / "data", "sandbox_pace": 0.001})
        code = await chatting.chat(settings, "film", parts=Parts(eyes=Eyesight()), messages=said(SHOT, "status"))

    out = capsys.readouterr().out
    assert code == DONE
    assert "DELIVERED: take 1 from seedance" in out
    assert "[sandbox]" in out
    assert "kling" not in out
    assert {job.vendor for job in sandbox.records.accepted()} == {"seedance"}


async def test_nothing_shown_or_kept_in_rows_holds_a_key_or_a_signed_link(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mishaps = [rule(Mishap.WRONG_KEY, "kling", 1), rule(Mishap.EXPIRED_LINK, "*")]
    await chat(tmp_path, SHOT, "what did you send for shot 1?", "status", using=parts(tmp_path, *mishaps))

    shown = capsys.readouterr().out
    with sqlite3.connect(tmp_path / "countersteer.db") as rows:
        kept = "\n".join(rows.iterdump())
    rows.close()
    keys = {secret for secrets in sandbox_keys().values() for secret in secrets.values()}
    for text in (shown, kept):
        assert [key for key in keys if key in text] == []
        assert "X-Tos-Signature" not in text
        assert "http://sandbox/" not in text, "a link to a clip"


def test_a_hostile_name_or_block_is_shown_as_it_is(tmp_path: Path) -> None:
    name, style = "[red]Boat[/] [/nothing]", "[bold]ink[/] on \x1b[31mpaper"
    assert command(tmp_path, "project", "new", name).code == DONE

    shown = command(tmp_path, "project", "style", style).out + command(tmp_path, "project", "list").out

    assert f"{name}: 0 shots" in shown
    assert "+ [bold]ink[/] on [31mpaper" in shown


async def test_leaving_the_house_closes_what_it_opened(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path, sandbox_pace=0.001, llm=ModelSettings(model="gpt"))
    async with open_house(settings, parts=Parts(eyes=Eyesight())) as house:
        vendors = house.studio.vendors.values()

    for vendor in vendors:
        with pytest.raises(RuntimeError, match="closed"):
            await vendor.poll("any", model=vendor.profiles[0].name)
