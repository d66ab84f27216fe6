"""What every command of the line has: the film it is about, and how it is run."""

import sys
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from interfaces.settings import Settings

Film = Annotated[str | None, typer.Option("--project", "-p", help="Name of the film.")]


def run_one(command: "Callable[[Settings], Coroutine[Any, Any, int | None]]") -> None:
    """Run it with the settings, and end with its exit code."""
    from interfaces.command import outermost  # noqa: PLC0415

    sys.exit(outermost.run(command))
