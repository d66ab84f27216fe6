"""Scripted conversations on the command line: played, priced, recorded."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from interfaces.command.running import run_one


class _PlayedUnlessNamed(TyperGroup):
    """What is no command is a file to be played, so that ``countersteer script FILE`` is all it takes."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The words of the line, with the command that was meant."""
        if args and args[0] not in (*self.commands, "--help"):
            args = ["play", *args]
        return super().parse_args(ctx, args)


script = typer.Typer(
    help="Conversations from files: played with their expectations, priced, or recorded.",
    cls=_PlayedUnlessNamed,
    no_args_is_help=True,
)
Files = Annotated[list[Path], typer.Argument(help="Conversations, as YAML.")]
Given = Annotated[list[str] | None, typer.Option("--set", help="NAME=VALUE of a variable; may be repeated.")]


@script.command("play")
def play(
    files: Files,
    *,
    sheet: Annotated[Path | None, typer.Option(help="Folder for a contact sheet of the film.")] = None,
    given: Given = None,
    jobs: Annotated[int, typer.Option(min=1, help="How many are played at once, of several.")] = os.cpu_count() or 1,
    keep: Annotated[Path | None, typer.Option(help="Folder for the films of several; else thrown away.")] = None,
    at: Annotated[str, typer.Option(help="Play over HTTP in a served house, such as http://127.0.0.1:8000.")] = "",
    junit: Annotated[Path | None, typer.Option(help="Write a report that build servers read.")] = None,
    json: Annotated[Path | None, typer.Option(help="Write a report as JSON.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Send nothing; say what first takes would cost.")] = False,
) -> None:
    """Play conversations from files; fails when an expectation is not met. Several have a house of their own each."""
    from interfaces.command import playing, playing_many, scripting  # noqa: PLC0415

    wanted = playing.Wanted(
        given=scripting.values(given or ()), junit=junit, json=json, address=at, jobs=jobs, keep=keep
    )
    if dry_run:
        run_one(lambda settings: scripting.price(settings, files, given=wanted.given))
    if len(files) > 1:
        scripting.refuse_for_several(sheet=sheet, address=at)
        run_one(lambda settings: playing_many.play_all(settings, files, wanted=wanted))
    run_one(lambda settings: playing.play(settings, files[0], wanted=wanted, sheet=sheet))


@script.command("record")
def record(
    conversation: Annotated[str, typer.Argument(help="Its id, or the name of a film for its latest one.")],
    out: Annotated[Path, typer.Option(help="File to write; pictures go into a folder beside it.")],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file that is there.")] = False,
) -> None:
    """Write a conversation as it was held as a script that plays again, with what came of it as expectations."""
    from interfaces.command import scripting  # noqa: PLC0415

    run_one(lambda settings: scripting.record(settings, conversation, out, replace=replace))


@script.command("schema")
def schema() -> None:
    """Print the JSON Schema of scripts, for editors."""
    from interfaces.script import schema as published  # noqa: PLC0415

    typer.echo(published.text(), nl=False)
