"""The contact sheet as a PDF: the poster's own rows, page by page, none cut in two."""

import io
from collections.abc import Iterator
from dataclasses import replace

from PIL import Image

from interfaces.contact.gathering import Film
from interfaces.contact.poster import HEAD_PX, MARGIN_PX, PAPER, WIDTH_PX, poster

PAGE_PX = round(WIDTH_PX * 2**0.5)
"""Upright paper of the A sizes; a shot with more takes than one page holds has a longer page of its own."""

DPI = 200


def pdf(film: Film) -> bytes:
    """The whole sheet; the head of the film stands on the first page."""
    first, *others = pages(film)
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=DPI, title=film.name)
    return out.getvalue()


def pages(film: Film) -> tuple[Image.Image, ...]:
    """The sheet as pictures of one page each."""
    head = poster(replace(film, shots=())).crop((0, 0, WIDTH_PX, HEAD_PX))
    found: list[list[Image.Image]] = [[head]]
    for row in _rows(film):
        if sum(each.height for each in found[-1]) + row.height + MARGIN_PX > PAGE_PX and len(found) + len(found[0]) > 2:
            found.append([])
        found[-1].append(row)
    return tuple(_page(rows) for rows in found)


def _rows(film: Film) -> Iterator[Image.Image]:
    """Each shot as the poster draws it."""
    for shot in film.shots:
        drawn = poster(replace(film, shots=(shot,)))
        yield drawn.crop((0, HEAD_PX, WIDTH_PX, drawn.height - MARGIN_PX))


def _page(rows: list[Image.Image]) -> Image.Image:
    page = Image.new("RGB", (WIDTH_PX, max(PAGE_PX, sum(row.height for row in rows) + MARGIN_PX)), PAPER)
    top = 0
    for row in rows:
        page.paste(row, (0, top))
        top += row.height
    return page
