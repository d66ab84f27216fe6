"""How quick a long film's page is in a real browser, and how much memory its tab holds.

Run as ``python -m benchmarks.page [--shots N] [--takes N] [--rounds N] [--keep FOLDER]``. The film is made in rows
(`benchmarks.board_film`), served by a process of its own, and opened in the system's Chromium. *Paint* is from the
request of the page until the first shots are on the screen; *filter* is from a choice until the frame that shows
it is drawn, the median over filters of every kind; *memory* is the proportional share of the tab's process, after the
whole film was scrolled through.
"""

import argparse
import json
import os
import shutil
import statistics
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import Any, cast

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")  # read once, when langgraph is first imported

import anyio
from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks.board_film import fill
from benchmarks.serving_house import a_server
from interfaces.settings import Settings
from interfaces.wiring import open_house

NAME = "board"
SHOTS, TAKES, ROUNDS = 500, 3, 3
PATIENCE_MS = 60_000
BARS = {"paint_ms": 1000.0, "filter_ms": 100.0, "memory_mb": 300.0}
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
QUIET = ["--disable-background-networking", "--disable-component-update"]
FILTERS = (
    ("words", "market"),
    ("words", ""),
    ("status", "delivered"),
    ("fault", "seen"),
    ("term", "photorealistic"),
    ("fault", ""),
    ("model", 1),
    ("model", 0),
    ("term", 0),
)
"""A field and what is chosen in it: a word, a value, or the place of a value in its list."""

SEE_PAINT = """
window.painted = new Promise((done) => {
  const look = () => document.querySelector("#shot-3 .take")
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))
    : requestAnimationFrame(look);
  look();
});
"""
SIFT = """([field, value]) => new Promise((done) => {
  const control = document.querySelector(`#sieve [name=${field}]`);
  if (typeof value === "number") control.selectedIndex = value; else control.value = value;
  const begun = performance.now();
  control.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
})"""
SCROLL = """async () => {
  const board = document.getElementById("board");
  const frame = () => new Promise(requestAnimationFrame);
  for (let at = 0; at < board.scrollHeight; at += 1500) { board.scrollTop = at; await frame(); await frame(); }
}"""


def measure(browser: Browser, address: str, *, shots: int) -> dict[str, float]:
    """One opening of the page in a fresh profile."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(SEE_PAINT)
    page.goto(address)
    painted = float(page.evaluate("window.painted"))
    expect(page.locator("#shots > .shot")).to_have_count(shots, timeout=PATIENCE_MS)
    filters = [float(page.evaluate(SIFT, list(each))) for each in FILTERS]
    page.evaluate(SCROLL)
    figures = {"paint_ms": painted, "filter_ms": statistics.median(filters), "slowest_filter_ms": max(filters)}
    figures |= {"memory_mb": _memory_mb(browser), "nodes": float(_nodes(page))}
    context.close()
    return figures


def main() -> int:
    """Make the film where there is none, measure, and print; fails past a bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shots", type=int, default=SHOTS)
    parser.add_argument("--takes", type=int, default=TAKES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("no Chromium on this machine: nothing was measured")
        return 1
    place = nullcontext(str(given.keep)) if given.keep else tempfile.TemporaryDirectory(prefix="countersteer-")
    with place as folder:
        film_id = anyio.run(_film, Path(folder), given.shots, given.takes)
        with a_server(Path(folder)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, *QUIET])
            rounds = [measure(browser, f"{address}/films/{film_id}", shots=given.shots) for _ in range(given.rounds)]
            browser.close()
    return _print(rounds, shots=given.shots, takes=given.takes)


def _print(rounds: list[dict[str, float]], *, shots: int, takes: int) -> int:
    figures = {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
    for name, figure in figures.items():
        print(f"{name:>18}  {figure:10,.1f}")
    print(json.dumps({"shots": shots, "takes": takes, **{name: round(figure, 1) for name, figure in figures.items()}}))
    return int(any(figures[name] > bar for name, bar in BARS.items()))


async def _film(folder: Path, shots: int, takes: int) -> str:
    async with open_house(Settings(folder=folder)) as house:
        known = {film.name: film for film in await house.studio.store.projects()}
        film = known.get(NAME) or await fill(house.studio, name=NAME, shots=shots, takes=takes)
        return film.id


def _nodes(page: Page) -> Any:
    return page.evaluate("document.getElementsByTagName('*').length")


def _memory_mb(browser: Browser) -> float:
    """The proportional share of the largest page process, as the kernel counts it."""
    told = cast("Any", browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo"))
    shares = [_share_kb(process["id"]) for process in told["processInfo"] if process["type"] == "renderer"]
    return max(shares) / 1024


def _share_kb(process_id: int) -> int:
    rollup = Path(f"/proc/{process_id}/smaps_rollup").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))


if __name__ == "__main__":
    raise SystemExit(main())
