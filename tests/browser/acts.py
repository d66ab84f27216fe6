"""What a director does on the page, and waiting until it shows."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ARTEFACTS, PATIENCE_MS

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


def drop(page: Page, *files: Path) -> None:
    """Drop files on the conversation, as a hand does."""
    page.locator("#files").set_input_files([str(file) for file in files])


def keep_picture(page: Page, name: str) -> None:
    """Leave a screenshot at the size of a desk and of a phone, to be looked at."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    for size, (width, height) in {"desk": (1440, 900), "phone": (390, 844)}.items():
        page.set_viewport_size({"width": width, "height": height})
        # To hide the caret Playwright would write inline styles, which the page's policy complains of.
        page.screenshot(path=ARTEFACTS / f"{name}-{size}.png", caret="initial")
    page.set_viewport_size({"width": 1440, "height": 900})
