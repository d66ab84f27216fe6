"""The film in other forms, on the command line."""

from pathlib import Path
from typing import Annotated

import typer

from interfaces.command.running import Film, run_one

export = typer.Typer(help="The film in other forms.", no_args_is_help=True)
Replace = Annotated[bool, typer.Option("--replace", help="Write over what is there.")]


@export.command("contact-sheet")
def contact_sheet(
    out: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("contact-sheet"),
    *,
    replace: Replace = False,
    name: Film = None,
) -> None:
    """One self-contained HTML page, one PNG, and a PDF of as many pages as it takes."""
    from interfaces.command import exporting  # noqa: PLC0415

    run_one(lambda settings: exporting.contact_sheet(settings, name, out, replace=replace))


@export.command("edl")
def edl(
    file: Annotated[Path, typer.Argument(help="Such as film.edl.")], *, replace: Replace = False, name: Film = None
) -> None:
    """The selected takes in shot order as a CMX 3600 edit decision list, never drop-frame."""
    from interfaces.command import exporting  # noqa: PLC0415

    run_one(lambda settings: exporting.cut_list(settings, name, file, replace=replace))


@export.command("otio")
def otio(
    file: Annotated[Path, typer.Argument(help="Such as film.otio.")], *, replace: Replace = False, name: Film = None
) -> None:
    """The same as an OpenTimelineIO timeline, each take at its own frame rate, with markers and what is known of it."""
    from interfaces.command import exporting  # noqa: PLC0415

    run_one(lambda settings: exporting.time_line(settings, name, file, replace=replace))


@export.command("clips")
def clips(
    file: Annotated[Path, typer.Argument(help="Such as film.zip; unpack it beside the timeline.")],
    *,
    all_takes: Annotated[bool, typer.Option("--all-takes", help="Every take, not the selected ones alone.")] = False,
    replace: Replace = False,
    name: Film = None,
) -> None:
    """The clips under names that sort, with a manifest, checksums and the timeline that names them."""
    from interfaces.command import exporting  # noqa: PLC0415

    run_one(lambda settings: exporting.clips(settings, name, file, all_takes=all_takes, replace=replace))


@export.command("record")
def record(
    file: Annotated[Path, typer.Argument(help="Such as film.json.")], *, replace: Replace = False, name: Film = None
) -> None:
    """Everything that is stored of a film as JSON, without its clips and pictures."""
    from interfaces.command import exporting  # noqa: PLC0415

    run_one(lambda settings: exporting.whole_record(settings, name, file, replace=replace))
