"""What the page owes everybody who uses it: keys, filters, a phone, a screen reader, a hostile text."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, ViewportSize, expect

from tests.browser.acts import drop, grave, keep_picture, panel, say, settle, shot
from tests.browser.conftest import Watch
from tests.browser.server import Server
from tests.support.images import file, halves

pytestmark = pytest.mark.timeout(400)

HEBREW = "שלום עולם"
FLIPPED = f"\u202eesrever {HEBREW}"
ENDLESS = "x" * 300
DESK, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
PLACES = "html, #board, #log, #waiting, #panel-body, .top"
TOO_WIDE = """(places) => [...document.querySelectorAll(places)]
  .filter((each) => each.scrollWidth > each.clientWidth + 1)
  .map((each) => `${each.id || each.className || each.tagName}: ${each.scrollWidth} in ${each.clientWidth}`)"""
"""What has to be scrolled sideways, and what would push the page apart."""

HOSTILE = 'wide, a sign reads "<script>alert(1)</script><img src=x onerror=alert(2)>", 5 s, with Kling'


def too_wide(page: Page) -> list[str]:
    """What stands out of its place."""
    found: list[str] = page.evaluate(TOO_WIDE, PLACES)
    return found


def test_axe_finds_nothing_serious_on_the_page_or_in_its_panels(server: Server, page: Page) -> None:
    page.goto(server.new_film("Everybody"))
    say(page, "the lamplighter alone at dawn, from behind, 5 s, with Kling")
    article = settle(page, 1, "delivered")
    assert grave(page) == []
    article.locator(".chip.seen").click()
    for title in ("photorealistic", "Ledger", "Drift", "Everybody", "Keys and words"):
        panel(page, title)
        assert grave(page) == [], title
        page.keyboard.press("Escape")
        opener = {"photorealistic": "Ledger", "Ledger": "Drift", "Drift": "Settings", "Everybody": "Help"}.get(title)
        if opener:
            page.get_by_role("button", name=opener).click()


def test_keys_walk_play_and_ask_before_they_spend(server: Server, page: Page) -> None:
    page.goto(server.new_film("Keys"))
    for said in ("a moth at the lamp glass, 5 s, with Kling", "the cat crosses the wet square, 5 s, with Kling"):
        say(page, said)
    for number in (1, 2):
        settle(page, number, "delivered")
    page.keyboard.press("Escape")  # out of the words that were being written
    page.keyboard.press("j")
    expect(shot(page, 1)).to_be_focused()
    page.keyboard.press("j")
    expect(shot(page, 2)).to_be_focused()
    page.keyboard.press(" ")
    expect(shot(page, 2).locator(".take.picked .screen.plays")).to_have_count(1)
    page.keyboard.press("r")
    expect(panel(page, "Take shot 2 again")).to_contain_text("It would go to")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    panel(page, "Keys and words")
    page.keyboard.press("Escape")
    expect(page.locator("#panel[open]")).to_have_count(0)

    page.keyboard.press("/")
    expect(page.locator("#text")).to_be_focused()
    page.get_by_label("Words of a shot").fill("moth")
    expect(shot(page, 2)).to_be_hidden()
    expect(page.locator("#sieve-count")).to_have_text("1 of 2 shots")
    page.get_by_label("Words of a shot").fill("")
    page.get_by_label("Fault").select_option("seen")
    page.get_by_label("Term").select_option("watermark")
    expect(page.locator("#sieve-count")).to_have_text("0 of 2 shots")
    page.get_by_label("Term").select_option("photorealistic")
    expect(page.locator("#sieve-count")).to_have_text("2 shots")


def test_no_name_however_hostile_runs_or_breaks_the_layout(server: Server, page: Page, tmp_path: Path) -> None:
    page.goto(server.new_film(f"<img src=x onerror=alert(3)> {'🎬' * 20} {FLIPPED} {'w' * 40}"))
    say(page, HOSTILE)
    expect(page.locator("#log .said")).to_contain_text("<script>alert(1)</script>")
    settle(page, 1, "delivered")
    say(page, f"add '<b onclick=alert(4)>bold</b>', '{ENDLESS}' and '{HEBREW}' to the negative block")
    say(page, f"new shot: a fox waits by {ENDLESS}, wide, 5 s, with Kling")
    article = settle(page, 2, "delivered")
    image = tmp_path / f"<i>{FLIPPED}{ENDLESS[:50]}.png"
    image.write_bytes(file(halves()))
    drop(page, image)
    panel(page, "Before anything").get_by_role("button", name="Take it in").click()
    expect(page.locator("#panel")).to_be_hidden()
    for size in DESK, PHONE:
        page.set_viewport_size(size)
        for opener in ("Ledger", "Settings"):
            page.get_by_role("button", name=opener, exact=True).click()
            expect(page.locator("#panel[open] #panel-title")).to_be_visible()
            assert too_wide(page) == [], (opener, size)
            page.keyboard.press("Escape")
        assert too_wide(page) == [], size
    page.get_by_role("tab", name="Board").click()
    expect(page.locator("#talk")).to_be_hidden()
    expect(article).to_be_visible()
    assert too_wide(page) == []
    assert page.locator("img[src=x], b[onclick], #shots i").count() == 0
    keep_picture(page, "hostile")


def test_a_slow_answer_shows_that_it_is_awaited_and_a_lost_one_is_told(
    server: Server, page: Page, watch: Watch
) -> None:
    page.goto(server.new_film("Slow"))
    held: list[Route] = []
    page.route("**/ledger", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it is given
    button = page.get_by_role("button", name="Ledger")
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    held.pop().continue_()
    panel(page, "Ledger")
    expect(button).not_to_have_attribute("aria-busy", "true")
    page.keyboard.press("Escape")

    watch.expecting = True
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    held.pop().abort()
    expect(page.locator("#notice")).to_contain_text("cannot be reached")
    expect(button).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#panel")).to_be_hidden()
