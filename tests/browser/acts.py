"""What a director does on the page, and waiting until it shows."""

import base64
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ARTEFACTS, PATIENCE_MS

GRAVE = ("serious", "critical")
TRANSFER = """(files) => {
  const transfer = new DataTransfer();
  for (const [name, data] of files) {
    const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
    transfer.items.add(new File([bytes], name));
  }
  return transfer;
}"""

expect.set_options(timeout=PATIENCE_MS)


def say(page: Page, text: str) -> None:
    """Type a message and send it; it is in the log afterwards."""
    page.get_by_label("Describe a shot, change one, or ask").fill(text)
    page.get_by_role("button", name="Say", exact=True).click()
    expect(page.locator("#log .said").last).to_contain_text(text)


def shot(page: Page, number: int) -> Locator:
    """A shot's article."""
    return page.locator(f"#shot-{number}")


def settle(page: Page, number: int, status: str) -> Locator:
    """Wait until the shot stands so."""
    article = shot(page, number)
    expect(article).to_have_attribute("data-status", status)
    return article


def panel(page: Page, title: str) -> Locator:
    """The open panel of that title."""
    opened = page.locator("#panel[open]")
    expect(opened.locator("#panel-title")).to_contain_text(title)
    return opened


def drop(page: Page, *dropped: Path) -> None:
    """Drag files over the board and let go of them there, as a hand does."""
    listed = [[file.name, base64.b64encode(file.read_bytes()).decode("ascii")] for file in dropped]
    transfer = page.evaluate_handle(TRANSFER, listed)
    for kind in ("dragenter", "dragover"):
        page.dispatch_event("#board", kind, {"dataTransfer": transfer})
    expect(page.locator("body.dropping")).to_be_attached()
    page.dispatch_event("#board", "drop", {"dataTransfer": transfer})
    expect(page.locator("body.dropping")).not_to_be_attached()


def choose(page: Page, *chosen: Path) -> None:
    """Choose files with the browser's own chooser, which the + opens."""
    with page.expect_file_chooser() as opened:
        page.get_by_role("button", name="Add a reference image or a shot list").click()
    opened.value.set_files([str(file) for file in chosen])


def grave(page: Page) -> list[Any]:
    """What axe finds serious or critical on the page as it stands."""
    page.evaluate((files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    return [
        (each["id"], [node["html"] for node in each["nodes"]][:3])
        for each in found["violations"]
        if each["impact"] in GRAVE
    ]


def story(page: Page) -> list[str]:
    """The log as it stands: the id of every item, in order."""
    told: list[str] = page.locator("#log > div").evaluate_all("list => list.map(each => each.id)")
    return told


def keep_picture(page: Page, name: str) -> None:
    """Leave a screenshot at the size of a desk and of a phone, to be looked at."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    for size, (width, height) in {"desk": (1440, 900), "phone": (390, 844)}.items():
        page.set_viewport_size({"width": width, "height": height})
        # To hide the caret Playwright would write inline styles, which the page's policy complains of.
        page.screenshot(path=ARTEFACTS / f"{name}-{size}.png", caret="initial")
    page.set_viewport_size({"width": 1440, "height": 900})
