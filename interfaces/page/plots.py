"""Figures as plots: what the ledger counted, and how far each take lies from the film's look."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.ledger import Line
from agent.policy import provoking
from interfaces.board.values import Board, BoardShot, BoardTake

WIDTH, HEIGHT, MARGIN = 1000, 260, 36
FAR = 2.0
"""Spreads from the film's look beyond which a take stands out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A term on a model, through every channel it was sent by.

    Attributes:
        told: Takes of which it could be said whether the thing is seen.
        bars: Left edge, width and class of each part of its bar, in percent.
    """

    sent: int
    bitten: int
    ignored: int
    told: int
    provoked: bool
    bars: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Terms down, models across; a term that never went to a model has no cell."""

    models: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Cell | None, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One take in the plot."""

    x: float
    y: float
    label: str
    classes: str
    take_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """The drift line.

    Attributes:
        line: Through the picked takes, as points of an SVG polyline.
        ticks: Shot numbers along the bottom, with where they stand.
        far_y: Where the line of what stands out lies.
        unmeasured: Takes without a figure.
    """

    dots: tuple[Dot, ...]
    line: str
    ticks: tuple[tuple[float, int], ...]
    far_y: float
    unmeasured: int


def ledger(lines: Iterable[Line]) -> Table:
    """The ledger as a table, the terms that were ignored most first."""
    by_term: dict[str, dict[str, list[Line]]] = {}
    layers: dict[str, str] = {}
    for line in lines:
        by_term.setdefault(line.term, {}).setdefault(line.model, []).append(line)
        layers[line.term] = line.layer.value
    models = tuple(sorted({model for rows in by_term.values() for model in rows}))
    ordered = sorted(by_term, key=lambda term: (-_ignored(by_term[term]), term))
    return Table(
        models=models,
        rows=tuple(
            (term, layers[term], tuple(_cell(by_term[term].get(model, ())) for model in models)) for term in ordered
        ),
    )


def drift(board: Board) -> Plot:
    """Every take that was measured, over its shot; the line joins the picked ones."""
    shots = [shot for shot in board.shots if not shot.omitted and shot.takes]
    measured = [(nth, shot, take) for nth, shot in enumerate(shots) for take in shot.takes if take.drift is not None]
    most = max([FAR * 1.25, *(take.drift or 0 for _, _, take in measured)])
    dots = [
        _dot(shot, take, x=_x(nth, len(shots)), y=_y(take.drift or 0, most), far=(take.drift or 0) > FAR)
        for nth, shot, take in measured
    ]
    picked = [dot for dot in dots if "picked" in dot.classes]
    return Plot(
        dots=tuple(dots),
        line=" ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in picked),
        ticks=tuple(_ticks(shots)),
        far_y=_y(FAR, most),
        unmeasured=sum(take.drift is None for shot in shots for take in shot.takes),
    )


def _ignored(rows: Mapping[str, Sequence[Line]]) -> int:
    return sum(line.ignored for lines in rows.values() for line in lines)


def _cell(lines: Sequence[Line]) -> Cell | None:
    sent = sum(line.sent for line in lines)
    if not sent:
        return None
    parts = (
        ("bit", sum(line.absent for line in lines)),
        ("ignored", sum(line.ignored for line in lines)),
        ("doubted", sum(line.unsure for line in lines)),
        ("blind", sum(line.not_inspectable for line in lines)),
    )
    bitten, ignored = parts[0][1], parts[1][1]
    provoked = any(provoking.provoked(line) for line in lines)
    bars = tuple(_bars(parts, sent))
    return Cell(sent=sent, bitten=bitten, ignored=ignored, told=bitten + ignored, provoked=provoked, bars=bars)


def _bars(parts: Sequence[tuple[str, int]], whole: int) -> Iterator[tuple[float, float, str]]:
    left = 0.0
    for name, count in parts:
        width = 100 * count / whole
        if count:
            yield round(left, 2), round(width, 2), name
        left += width


def _dot(shot: BoardShot, take: BoardTake, *, x: float, y: float, far: bool) -> Dot:
    label = f"Shot {shot.number}, take {take.number}, {take.model}: {take.drift:.1f} spreads"
    classes = " ".join(name for name, on in (("picked", take.picked), ("far", far)) if on)
    return Dot(x=x, y=y, label=label, classes=classes, take_id=take.id)


def _x(nth: int, shots: int) -> float:
    return MARGIN + (WIDTH - 2 * MARGIN) * (nth + 0.5) / shots


def _y(drift: float, most: float) -> float:
    return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * drift / most


def _ticks(shots: Sequence[BoardShot]) -> Iterator[tuple[float, int]]:
    every = max(1, len(shots) // 25)
    for nth, shot in enumerate(shots):
        if nth % every == 0:
            yield _x(nth, len(shots)), shot.number
