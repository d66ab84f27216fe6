"""``countersteer people``: who may do what, and by which key they are known. Heavy rooms are opened inside."""

from typing import Annotated

import typer

from agent.people import Role
from interfaces.command.running import run_one

people = typer.Typer(
    help="Owners, members and guests of films; whoever sits at this machine is an owner.", no_args_is_help=True
)

Name = Annotated[str, typer.Argument(help="What they are called in the history.")]
InFilm = Annotated[str | None, typer.Option("--film", help="In this film only; left out, in every film.")]


@people.command("add")
def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="An owner also changes blocks and budgets; a guest only looks and asks.")],
    *,
    film: InFilm = None,
    slack: Annotated[str, typer.Option(help="Their id in Slack, such as U012ABCDEF.")] = "",
    token: Annotated[bool, typer.Option("--token", help="Give them a token of their own; it is shown once.")] = False,
) -> None:
    """Say what somebody is, and what they are known by."""
    from interfaces.command import peopling  # noqa: PLC0415

    run_one(lambda settings: peopling.add(settings, name, role, film=film, slack=slack, token=token))


@people.command("remove")
def remove(name: Name, *, film: InFilm = None) -> None:
    """Take it away; with the last of it their keys open nothing."""
    from interfaces.command import peopling  # noqa: PLC0415

    run_one(lambda settings: peopling.remove(settings, name, film=film))


@people.command("list")
def show_all() -> None:
    """Who is what now."""
    from interfaces.command import peopling  # noqa: PLC0415

    run_one(peopling.show_all)


@people.command("history")
def history(film: Annotated[str | None, typer.Argument(help="The film's name.")] = None) -> None:
    """Who changed what of a film's blocks, settings and people."""
    from interfaces.command import peopling  # noqa: PLC0415

    run_one(lambda settings: peopling.history(settings, film))
