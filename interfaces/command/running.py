"""What every command of the line has: the film it is about, and how it is run."""

import sys
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from interfaces.settings import Settings

INTERRUPTED = 130
STOPPED_EARLY = "Stopped before anything was read: nothing is stored. Say it again."
Film = Annotated[str | None, typer.Option("--project", "-p", help="Name of the film.")]


@contextmanager
def unread() -> Generator[None]:
    """Tell who interrupts while the rooms are still being opened that nothing of what was piped in was read."""
    try:
        yield
    except KeyboardInterrupt:
        sys.stderr.write(f"\n{STOPPED_EARLY}\n")
        sys.exit(INTERRUPTED)


def run_one(command: "Callable[[Settings], Coroutine[Any, Any, int | None]]") -> None:
    """Run it with the settings, and end with its exit code."""
    from interfaces.command import outermost  # noqa: PLC0415

    sys.exit(outermost.run(command))
