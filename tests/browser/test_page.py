"""What the page owes everybody who uses it: keys, filters, a phone, a screen reader, a hostile text."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import grave, keep_picture, panel, say, settle, shot
from tests.browser.server import Server

pytestmark = pytest.mark.timeout(400)

HOSTILE = 'wide, a sign reads "<script>alert(1)</script><img src=x onerror=alert(2)>", 5 s, with Kling'


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

    page.get_by_label("Words of a shot").fill("moth")
    expect(shot(page, 2)).to_be_hidden()
    expect(page.locator("#sieve-count")).to_have_text("1 of 2 shots")
    page.get_by_label("Words of a shot").fill("")
    page.get_by_label("Fault").select_option("seen")
    page.get_by_label("Term").select_option("watermark")
    expect(page.locator("#sieve-count")).to_have_text("0 of 2 shots")
    page.get_by_label("Term").select_option("photorealistic")
    expect(page.locator("#sieve-count")).to_have_text("2 shots")


def test_html_in_a_text_is_shown_as_text_and_a_phone_shows_one_half_at_a_time(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(server.new_film("<img src=x onerror=alert(3)>"))
    say(page, HOSTILE)

    expect(page.locator("#log .said")).to_contain_text("<script>alert(1)</script>")
    page.get_by_role("tab", name="Board").click()
    article = settle(page, 1, "delivered")
    expect(page.locator("#talk")).to_be_hidden()
    expect(article).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("img[src=x]").count() == 0
    keep_picture(page, "hostile")
