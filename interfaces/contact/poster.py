"""The contact sheet as one PNG: a row per take, for a wall or a message."""

import textwrap

from PIL import Image, ImageDraw, ImageFont

from agent.film import Decision
from agent.findings import Sight
from interfaces.contact.gathering import STRIP, Film, ShotCard, TakeCard
from interfaces.contact.page import SIGHTS

CELL_PX, GAP_PX, MARGIN_PX = 230, 6, 44
TEXT_PX, TEXT_CHARS = 400, 62
WIDTH_PX = 2 * MARGIN_PX + STRIP * (CELL_PX + GAP_PX) + TEXT_PX
HEAD_PX, SHOT_PX, LINE_PX, ROW_PX = 168, 44, 18, 14
MOST_LINES = 5
PAPER, INK, DIM, EDGE, PICKED = "#141312", "#ece7df", "#a59f95", "#35312c", "#e9b872"
COLOURS = {Sight.SEEN: "#ff8a70", Sight.ABSENT: "#8fcf9f", Sight.UNSURE: "#f0c766", Sight.NOT_INSPECTABLE: "#b3abc9"}
DECIDED = {
    Decision.PASS: COLOURS[Sight.ABSENT],
    Decision.MISS: COLOURS[Sight.SEEN],
    Decision.BAD_MEDIA: COLOURS[Sight.SEEN],
    Decision.UNSURE: COLOURS[Sight.UNSURE],
}


def poster(film: Film) -> Image.Image:
    """The picture, as tall as the film is long."""
    heights = [_shot_height(shot) for shot in film.shots]
    image = Image.new("RGB", (WIDTH_PX, HEAD_PX + sum(heights) + MARGIN_PX), PAPER)
    draw = ImageDraw.Draw(image)
    draw.text((MARGIN_PX, 30), _short(film.name, 70), fill=INK, font=_font(40))
    draw.text((MARGIN_PX, 86), "   ".join(film.facts), fill=PICKED, font=_font(17))
    if film.sandbox:
        told = "SANDBOX: clips so marked are a rehearsal with stand-ins; no vendor was measured"
        draw.text((WIDTH_PX - MARGIN_PX, 86), told, fill=COLOURS[Sight.UNSURE], font=_font(15), anchor="ra")
    draw.text((MARGIN_PX, 116), _short(film.style, 200), fill=DIM, font=_font(15))
    top = HEAD_PX
    for shot, height in zip(film.shots, heights, strict=True):
        _draw_shot(image, draw, shot, top=top)
        top += height
    return image


def _shot_height(shot: ShotCard) -> int:
    return SHOT_PX + sum(_take_height(take) for take in shot.takes) + ROW_PX


def _take_height(take: TakeCard) -> int:
    picture = round(take.strip[0].image.height * CELL_PX / take.strip[0].image.width) if take.strip else 0
    return max(picture, (len(_lines(take)) + 2) * LINE_PX) + ROW_PX


def _draw_shot(image: Image.Image, draw: ImageDraw.ImageDraw, shot: ShotCard, *, top: int) -> None:
    draw.line((MARGIN_PX, top, WIDTH_PX - MARGIN_PX, top), fill=EDGE)
    draw.text((MARGIN_PX, top + 12), str(shot.number), fill=PICKED, font=_font(20))
    draw.text((MARGIN_PX + 40, top + 12), _short(shot.action, 120), fill=INK, font=_font(20))
    told = _short(": ".join(filter(None, (shot.status, shot.because))), 70)
    draw.text((WIDTH_PX - MARGIN_PX, top + 15), told, fill=DIM, font=_font(15), anchor="ra")
    top += SHOT_PX
    for take in shot.takes:
        _draw_take(image, draw, take, top=top)
        top += _take_height(take)


def _draw_take(image: Image.Image, draw: ImageDraw.ImageDraw, take: TakeCard, *, top: int) -> None:
    _draw_strip(image, draw, take, top=top)
    left = MARGIN_PX + STRIP * (CELL_PX + GAP_PX) + 14
    head = f"take {take.number}   {take.model}   {take.price}"
    draw.text((left, top), head, fill=PICKED if take.picked else INK, font=_font(16))
    decision = take.decision.upper()
    draw.text((WIDTH_PX - MARGIN_PX, top), decision, fill=DECIDED[take.decision], font=_font(16), anchor="ra")
    marks = (("sandbox", take.sandbox), ("circled", take.picked), ("stale", take.stale), (take.reason, True))
    told = _short("   ".join(mark for mark, on in marks if on), TEXT_CHARS)
    draw.text((left, top + LINE_PX + 3), told, fill=DIM, font=_font(13))
    for nth, (sight, text) in enumerate(_lines(take)):
        draw.text((left, top + (nth + 2) * LINE_PX + 4), text, fill=COLOURS[sight], font=_font(13))


def _draw_strip(image: Image.Image, draw: ImageDraw.ImageDraw, take: TakeCard, *, top: int) -> None:
    height = 0
    for nth, picture in enumerate(take.strip):
        height = round(picture.image.height * CELL_PX / picture.image.width)
        image.paste(picture.image.resize((CELL_PX, height)), (MARGIN_PX + nth * (CELL_PX + GAP_PX), top))
    if take.picked and take.strip:
        right = MARGIN_PX + STRIP * (CELL_PX + GAP_PX) - GAP_PX
        draw.rectangle((MARGIN_PX - 4, top - 4, right + 3, top + height + 3), outline=PICKED, width=2)
    if not take.strip:
        draw.text((MARGIN_PX, top), "no frame could be decoded", fill=COLOURS[Sight.SEEN], font=_font(15))


def _lines(take: TakeCard) -> list[tuple[Sight, str]]:
    """The terms by kind of sight, the worst first, in as many lines as fit beside the pictures."""
    lines: list[tuple[Sight, str]] = []
    for sight in SIGHTS:
        terms = [chip.term for chip in take.terms(sight)]
        rows = textwrap.wrap(f"{sight}: {', '.join(terms)}", TEXT_CHARS, subsequent_indent="   ") if terms else []
        lines += [(sight, row) for row in rows]
    if len(lines) > MOST_LINES:
        sight, text = lines[MOST_LINES - 1]
        lines = [*lines[: MOST_LINES - 1], (sight, f"{text[: TEXT_CHARS - 4]} ...")]
    return lines


def _short(text: str, most: int) -> str:
    """On one line, cut at so many letters: one long word is cut as well, where `textwrap.shorten` would drop it."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 4]} ..."


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=size)
