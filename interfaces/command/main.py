"""The command line. Heavy rooms are opened inside the commands, so that help is quick."""

from pathlib import Path
from typing import Annotated

import typer

from interfaces.command.export_group import export
from interfaces.command.people_group import people
from interfaces.command.project_group import project
from interfaces.command.running import Film, run_one, unread
from interfaces.command.script_group import script

app = typer.Typer(
    name="countersteer",
    help="Direct video models by conversation: every prompt with its style and negative block, every take inspected.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
shots = typer.Typer(help="Every shot with its takes, verdicts and cost.", invoke_without_command=True)
styles = typer.Typer(help="Style libraries of image tools, as blocks of a film.", no_args_is_help=True)
app.add_typer(project, name="project")
app.add_typer(shots, name="shots")
app.add_typer(styles, name="styles")
app.add_typer(script, name="script")
app.add_typer(export, name="export")
app.add_typer(people, name="people")


@app.command()
def chat(name: Film = None) -> None:
    """Talk to the agent in this terminal, or through a pipe. Ctrl-C leaves everything resumable."""
    with unread():
        from interfaces.command import chatting  # noqa: PLC0415

        run_one(lambda settings: chatting.chat(settings, name))


@shots.callback()
def shots_list(context: typer.Context, name: Film = None) -> None:
    """Every shot with its takes, verdicts and cost."""
    from interfaces.command import records  # noqa: PLC0415

    if context.invoked_subcommand is None:
        run_one(lambda settings: records.shots(settings, name))
    if name is not None:
        raise typer.BadParameter(f"write --project behind {context.invoked_subcommand!r}")


@shots.command("import")
def shots_import(
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, Markdown, Fountain or JSON.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Make them without asking.")] = False,
    valid_only: Annotated[bool, typer.Option("--valid-only", help="Leave out rows that cannot be made.")] = False,
    name: Film = None,
) -> None:
    """Show what a shot list was understood as, and make its shots on a yes; nothing is sent for them."""
    from interfaces.command import shotlisting  # noqa: PLC0415

    run_one(lambda settings: shotlisting.bring_in(settings, name, file, yes=yes, valid_only=valid_only))


@shots.command("export")
def shots_export(
    file: Annotated[Path, typer.Argument(help="Ends with .csv or .json.")],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file that is there.")] = False,
    name: Film = None,
) -> None:
    """Every shot as a list that imports again without loss."""
    from interfaces.command import shotlisting  # noqa: PLC0415

    run_one(lambda settings: shotlisting.write_out(settings, name, file, replace=replace))


@shots.command("check")
def shots_check(name: Film = None) -> None:
    """What block, style, shots and models have against each other; fails when a shot surely would."""
    from interfaces.command import checking  # noqa: PLC0415

    run_one(lambda settings: checking.check(settings, name))


Library = Annotated[Path, typer.Argument(help="A styles.csv, an SDXL styler list or InvokeAI presets.")]


@styles.command("list")
def styles_list(file: Library) -> None:
    """Every style of a library as the two blocks it would become, and what of the file could not be read."""
    from interfaces.command import styling  # noqa: PLC0415

    run_one(lambda settings: styling.show(settings, file))


@styles.command("use")
def styles_use(
    file: Library,
    style: Annotated[str, typer.Argument(help="Name of the style.")],
    *,
    cut: Annotated[int | None, typer.Option(help="Keep so many negatives of a long list.", min=1)] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Store without being asked.")] = False,
    name: Film = None,
) -> None:
    """Take a style over as new versions of both blocks, after showing what changes."""
    from interfaces.command import styling  # noqa: PLC0415

    run_one(lambda settings: styling.use(settings, file, style, film=name, most=cut, yes=yes))


@app.command()
def models(
    sources: Annotated[bool, typer.Option(help="Where each fact was read, and when.")] = False,
    check: Annotated[
        bool, typer.Option(help="Ask each vendor, free of charge, what differs from the profiles.")
    ] = False,
) -> None:
    """Every model in reach: what it does with a negative, price, limits; and what keeps a vendor off."""
    from interfaces.command import listing  # noqa: PLC0415

    run_one(listing.check if check else lambda settings: listing.models(settings, sources=sources))


@app.command()
def ledger(
    name: Film = None,
    *,
    explain: Annotated[
        int | None, typer.Option(metavar="SHOT", help="The figures behind every choice of that shot instead.")
    ] = None,
) -> None:
    """Per term, model and channel: sent, absent, ignored, unsure; and what can be said of naming them."""
    from interfaces.command import records  # noqa: PLC0415

    if explain is not None:
        run_one(lambda settings: records.explain(settings, name, number=explain))
    else:
        run_one(lambda settings: records.ledger(settings, name))


@app.command()
def calibrate(
    *,
    apply: Annotated[bool, typer.Option("--apply", help="Store it without being asked.")] = False,
    back: Annotated[
        int | None, typer.Option(min=0, help="Go back to the calibration of that version; 0 for none.")
    ] = None,
    name: Film = None,
) -> None:
    """What your choices teach the eyes of this film: per check thresholds and error rates, before and after."""
    from interfaces.command import calibrating  # noqa: PLC0415

    if back is None:
        run_one(lambda settings: calibrating.calibrate(settings, name, apply=apply))
    run_one(lambda settings: calibrating.take_back(settings, name, version=back or 0))


@app.command()
def audit(name: Film = None) -> None:
    """Recompute from stored receipts that both blocks were in every body; fails below 100 %."""
    from interfaces.command import records  # noqa: PLC0415

    run_one(lambda settings: records.audit(settings, name))


@app.command()
def doctor(
    *,
    repair: Annotated[bool, typer.Option("--repair", help="Put right what is safe to: leftovers, late looks.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Whether all that must hold of database, money, jobs and clips does, and what to do where not; fails then."""
    from interfaces.command import doctor as looking  # noqa: PLC0415

    run_one(lambda settings: looking.doctor(settings, repair=repair, as_json=as_json))


@app.command()
def status(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """A queue per vendor, money per film, and what went wrong lately."""
    from interfaces.command import status as standing  # noqa: PLC0415

    run_one(lambda settings: standing.status(settings, as_json=as_json))


@app.command()
def worker(
    port: Annotated[int | None, typer.Option(help="Where vendors' calls arrive; 0 takes a free one.")] = None,
) -> None:
    """Do what pages and Slack have stored, beside any number of other workers; with --port hear vendors' calls."""
    from interfaces.command import working  # noqa: PLC0415

    run_one(lambda settings: working.work(settings, port=port))


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="An address of this machine; any but loopback asks for a token.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="0 takes a free one.")] = 8000,
) -> None:
    """Serve the chat page, the shot board and the HTTP API, and bring the clips home. Nothing else has to run."""
    from interfaces.command import house_serving  # noqa: PLC0415

    run_one(lambda settings: house_serving.serve(settings, host=host, port=port))


@app.command()
def move(
    to: Annotated[str, typer.Option(help="postgresql://user@host/database, or 'folder' for the data folder's file.")],
) -> None:
    """Move all films to another database, compared row by row; refused while anything has them open."""
    from interfaces.command import moving  # noqa: PLC0415

    run_one(lambda settings: moving.move(settings, to))


@app.command()
def mcp() -> None:
    """Direct from an MCP client that starts this command and talks to it over its pipes; needs the extra `mcp`."""
    from interfaces.command import mcp_serving  # noqa: PLC0415

    run_one(mcp_serving.serve)


@app.command()
def slack() -> None:
    """Direct from Slack's threads, by Socket Mode. docs/slack.md names its tokens; needs the extra `slack`."""
    from interfaces.command import slack_door  # noqa: PLC0415

    run_one(slack_door.listen)


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(help="0 takes a free one.")] = 8600,
    seed: Annotated[int, typer.Option(help="Another seed gives other clips.")] = 7,
) -> None:
    """Serve all stand-ins on the loopback address, one prefix per vendor, for any client."""
    from interfaces.command import serving  # noqa: PLC0415

    run_one(lambda settings: serving.serve(settings, port=port, seed=seed))


def run() -> None:
    """The console script. Exit codes: 0 done, 1 told what failed, 2 wrong usage, 130 interrupted."""
    app()
