"""The contact sheet as one PNG: a row per take, for a wall or a message."""

import textwrap

from PIL import Image, ImageDraw, ImageFont

from agent.findings import Sight
from interfaces.contact.gathering import Film, ShotCard, TakeCard

CELL_PX = 230
GAP_PX = 6
MARGIN_PX = 40
TEXT_PX = 480
PAPER, INK, DIM, PICKED = "#141312", "#ece7df", "#a59f95", "#e9b872"
COLOURS = {Sight.SEEN: "#ff8a70", Sight.ABSENT: "#8fcf9f", Sight.UNSURE: "#f0c766", Sight.NOT_INSPECTABLE: "#a9a4b8"}
STRIP = 5
WIDTH_PX = 2 * MARGIN_PX + STRIP * (CELL_PX + GAP_PX) + TEXT_PX
SHOT_PX, LINE_PX = 34, 19
MOST_LINES = 4


def poster(film: Film) -> Image.Image:
    """The picture, as tall as the film is long."""
    heights = [_shot_height(shot) for shot in film.shots]
    image = Image.new("RGB", (WIDTH_PX, 150 + sum(heights) + MARGIN_PX), PAPER)
    draw = ImageDraw.Draw(image)
    draw.text((MARGIN_PX, 28), film.name, fill=INK, font=_font(38))
    mark = "   SANDBOX: clips of stand-ins, no vendor was measured" if film.sandbox else ""
    draw.text((MARGIN_PX, 78), f"{len(film.shots)} shots, {film.spent}{mark}", fill=PICKED, font=_font(17))
    draw.text((MARGIN_PX, 104), textwrap.shorten(film.style, 190), fill=DIM, font=_font(15))
    top = 150
    for shot, height in zip(film.shots, heights, strict=True):
        _draw_shot(image, draw, shot, top=top)
        top += height
    return image


def _shot_height(shot: ShotCard) -> int:
    return SHOT_PX + sum(_take_height(take) for take in shot.takes) + 14


def _take_height(take: TakeCard) -> int:
    picture = round(take.strip[0].image.height * CELL_PX / take.strip[0].image.width) if take.strip else 60
    return max(picture, (MOST_LINES + 2) * LINE_PX) + GAP_PX


def _draw_shot(image: Image.Image, draw: ImageDraw.ImageDraw, shot: ShotCard, *, top: int) -> None:
    draw.line((MARGIN_PX, top, WIDTH_PX - MARGIN_PX, top), fill="#35312c")
    draw.text((MARGIN_PX, top + 8), str(shot.number), fill=PICKED, font=_font(18))
    title = textwrap.shorten(f"{shot.action}   ({shot.status})", 150)
    draw.text((MARGIN_PX + 40, top + 8), title, fill=INK, font=_font(18))
    top += SHOT_PX
    for take in shot.takes:
        _draw_take(image, draw, take, top=top)
        top += _take_height(take)


def _draw_take(image: Image.Image, draw: ImageDraw.ImageDraw, take: TakeCard, *, top: int) -> None:
    for nth, picture in enumerate(take.strip):
        height = round(picture.image.height * CELL_PX / picture.image.width)
        image.paste(picture.image.resize((CELL_PX, height)), (MARGIN_PX + nth * (CELL_PX + GAP_PX), top))
    left = MARGIN_PX + STRIP * (CELL_PX + GAP_PX) + 12
    marks = ", ".join(
        mark for mark, on in (("sandbox", take.sandbox), ("circled", take.picked), ("stale", take.stale)) if on
    )
    head = f"take {take.number}  {take.model}  {take.price}  {take.decision.upper()}"
    draw.text((left, top), head, fill=PICKED if take.picked else INK, font=_font(15))
    draw.text((left, top + LINE_PX), marks, fill=DIM, font=_font(13))
    for nth, (sight, text) in enumerate(_lines(take)[:MOST_LINES]):
        draw.text((left, top + (nth + 2) * LINE_PX), text, fill=COLOURS[sight], font=_font(13))


def _lines(take: TakeCard) -> list[tuple[Sight, str]]:
    """One line per kind of sight, the worst first."""
    lines: list[tuple[Sight, str]] = []
    for sight in (Sight.SEEN, Sight.UNSURE, Sight.ABSENT, Sight.NOT_INSPECTABLE):
        terms = [chip.term for chip in take.chips if chip.sight is sight]
        if terms:
            lines.append((sight, textwrap.shorten(f"{sight}: {', '.join(terms)}", 66, placeholder=" ...")))
    return lines


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=size)
