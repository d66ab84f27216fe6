"""A shot list from a file, whatever kind of file it is."""

from dataclasses import replace
from pathlib import Path

from agent.intents import Scene
from agent.reading.tables import reading
from agent.reading.tables.cells import Grid
from agent.reading.tables.listing import Listing
from interfaces.shotlists import boards, decoding, delimited, exact, fountain, markdown, opening, workbook
from interfaces.shotlists.opening import Kind, UnreadableListError


def read(path: Path, *, scene: Scene | None = None) -> Listing:
    """The list a file holds, understood row by row; one that was exported from here is read back word for word.

    Raises:
        UnreadableListError: It cannot be read, or has no shot in it.
    """
    kind, data = opening.read(path)
    listing = _listing(kind, data, scene)
    if not listing.shots:
        raise UnreadableListError(f"{path.name} has no shots; {_why(listing)}")
    return listing


def _listing(kind: Kind, data: bytes, scene: Scene | None) -> Listing:
    if kind is Kind.WORKBOOK:
        grid = workbook.read(data)
        return exact.of_rows(grid) or reading.read(grid, scene=scene)
    text, told = decoding.text(data)
    if kind is Kind.JSON:
        value = boards.parse(text)
        listing = exact.of_json(value) or reading.read(boards.read(value), scene=scene)
    else:
        grid = _grid(kind, text)
        listing = exact.of_rows(grid) or reading.read(grid, scene=scene)
    return replace(listing, told=(*told, *listing.told))


def _grid(kind: Kind, text: str) -> Grid:
    match kind:
        case Kind.MARKDOWN:
            return markdown.read(text)
        case Kind.FOUNTAIN:
            return fountain.read(text)
        case _:
            return delimited.read(text)


def _why(listing: Listing) -> str:
    if not listing.heads:
        return "no row has the headings of a shot list, such as Shot, Size, Action, Seconds"
    columns = ", ".join(f"{head.heading} ({head.column})" for head in listing.heads if head.heading)
    return f"its columns were taken as {columns}, and no row below them says what is in a picture"
