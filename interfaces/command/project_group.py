"""``countersteer project``: the film's own settings. Heavy rooms are opened inside the commands, as in `main`."""

from typing import Annotated

import typer

from interfaces.command.running import Film, run_one

project = typer.Typer(help="The film's own settings: blocks, references, ceilings.", no_args_is_help=True)


@project.command("list")
def project_list() -> None:
    """All films."""
    from interfaces.command import projects  # noqa: PLC0415

    run_one(projects.show_all)


@project.command("new")
def project_new(name: Annotated[str, typer.Argument(help="What the film is called.")]) -> None:
    """A new film with the stated default blocks."""
    from interfaces.command import projects  # noqa: PLC0415

    run_one(lambda settings: projects.create(settings, name))


@project.command("show")
def project_show(name: Film = None) -> None:
    """Blocks with their lint, references, ceilings."""
    from interfaces.command import projects  # noqa: PLC0415

    run_one(lambda settings: projects.show(settings, name))


@project.command("style")
def project_style(
    text: Annotated[str | None, typer.Argument(help="The whole block; left out, it stays as it is.")] = None,
    motion: Annotated[
        str | None, typer.Option(help="A short text about movement alone, for shots from a first frame; '' for none.")
    ] = None,
    name: Film = None,
) -> None:
    """Store a new version of the style block, of its motion text, or of both."""
    from interfaces.command import projects  # noqa: PLC0415

    run_one(lambda settings: projects.set_style(settings, name, text, motion=motion))


@project.command("negative")
def project_negative(
    text: Annotated[str, typer.Argument(help="The whole block, comma separated; sorted into its layers.")],
    name: Film = None,
) -> None:
    """Store a new version of the negative block."""
    from interfaces.command import projects  # noqa: PLC0415

    run_one(lambda settings: projects.set_negative(settings, name, text))


@project.command("reference")
def project_reference(
    file: Annotated[str, typer.Argument(help="PNG, JPEG or WebP; or its https address, where the settings allow it.")],
    *,
    label: Annotated[str, typer.Option(help="What you call it in a request.")],
    use: Annotated[
        str, typer.Option(help="Comma separated: palette, lighting, texture, composition, ..., or words of your own.")
    ] = "",
    ignore: Annotated[
        str,
        typer.Option(help="Comma separated: background, lens flare, color cast, ..., or your own, such as 'the logo'."),
    ] = "",
    role: Annotated[str, typer.Option(help="look, first-frame or last-frame.")] = "look",
    known_as: Annotated[
        list[str] | None, typer.Option(help="VENDOR=ID it is registered under there; may be repeated.")
    ] = None,
    name: Film = None,
) -> None:
    """Add a reference image with what to use of it and what to ignore, or as a first or last frame."""
    from interfaces.command import images  # noqa: PLC0415

    said = images.Said(label=label, use=use, ignore=ignore, role=role, known_as=tuple(known_as or ()))
    run_one(lambda settings: images.add(settings, name, file, said=said))


@project.command("eyes")
def project_eyes(name: Film = None) -> None:
    """Who looks for each term of the negative block: measured, judged or nobody; how well, and what is missing."""
    from interfaces.command import eyes  # noqa: PLC0415

    run_one(lambda settings: eyes.show(settings, name))


@project.command("drift")
def project_drift(name: Film = None) -> None:
    """How far each take's look is from the film's and from its neighbours', outliers first."""
    from interfaces.command import drifting  # noqa: PLC0415

    run_one(lambda settings: drifting.show(settings, name))
