"""A whole film, made on the page; and two tabs that write the same block."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.acts import choose, drop, grave, keep_picture, panel, say, settle, shot, story
from tests.browser.conftest import Watch
from tests.browser.server import Server
from tests.support.images import file, halves

pytestmark = pytest.mark.timeout(400)

LADDER = "low angle, the lamplighter climbs his ladder in the rain, 35mm, 5 s, with Kling"
PARTS = ("camera", "lens", "lighting", "palette", "composition", "atmosphere", "mood", "film attribution", "negative")
LIST = "Shot,Size,Action,Seconds\n1,wide,A boat leaves the harbour,5\n2,close-up,A lens flare over <b>her hand</b>,4\n"


def test_a_whole_film_is_made_on_the_page(
    server: Server, context: BrowserContext, page: Page, watch: Watch, tmp_path: Path
) -> None:
    page.goto(server.new_film("The Lamplighter"))
    wait_for_a_go(page)
    say(page, LADDER)
    approve_what_the_card_shows(page)
    see_the_reroute_and_its_evidence(page)
    compare_two_takes_and_pick_one(page)
    page.reload()
    other = context.new_page()
    other.goto(page.url)
    drop_a_reference_and_a_list(page, tmp_path)
    add_a_negative(page)
    for tab in (page, other):
        expect(shot(tab, 1).locator(".tag.stale").first).to_be_visible()
    lose_the_server_and_find_it(server, watch, page, other)
    for number in (2, 3):
        other.locator(f"#shot-{number}").get_by_role("button", name="Make").click()
        panel(other, f"Take shot {number} again").locator("button.main").click()
        for tab in (page, other):
            settle(tab, number, "delivered")
    look_at_ledger_and_drift(page)
    keep_picture(page, "film")
    assert grave(page) == []
    assert story(page) == story(other)
    assert len(set(story(page))) == len(story(page))
    page.reload()
    assert story(page) == story(other)


def wait_for_a_go(page: Page) -> None:
    """Let no shot leave unseen."""
    page.get_by_role("button", name="Settings").click()
    panel(page, "The Lamplighter").get_by_label("Wait for a go before each shot").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#panel")).to_be_hidden()


def approve_what_the_card_shows(page: Page) -> None:
    """The nine fields, both blocks, model, why and price, before anything is spent."""
    card = page.locator("#waiting .prompt")
    for part in PARTS:
        expect(card.locator("dt", has_text=part).first).to_be_visible()
    for mark in ("style", "negative"):
        expect(card.locator(f"mark.{mark}").first).not_to_be_empty()
    expect(card).to_contain_text("Why kling")
    expect(card.locator(".price")).to_contain_text("$")
    expect(shot(page, 1)).to_have_attribute("data-status", "planned")
    keep_picture(page, "card")
    card.get_by_role("button", name="Approve").click()


def see_the_reroute_and_its_evidence(page: Page) -> None:
    """Two takes on two models, and the frame that shows what was wrong with the first, its place outlined."""
    article = settle(page, 1, "delivered")
    expect(article.locator(".take")).to_have_count(2)
    expect(article.locator(".routes .hop")).to_have_count(2)
    expect(article.locator(".take").nth(1)).to_contain_text("re-routed")
    expect(article.locator(".tag.sandbox")).to_have_count(2)
    expect(page.locator("#log")).to_contain_text("re-routed to")
    article.locator(".chip.seen").click()
    evidence = panel(page, "photorealistic")
    expect(evidence).to_contain_text("skin with pores")
    picture = evidence.locator(".evidence img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate(OUTLINED), "the place is outlined"
    keep_picture(page, "evidence")
    page.keyboard.press("Escape")


OUTLINED = """(image) => {
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const [red, green, blue] = pen.getImageData(image.naturalWidth * 0.2 + 1, image.naturalHeight * 0.45, 1, 1).data;
  return red > 200 && green > 90 && green < 190 && blue < 170;
}"""
"""Whether the left edge of the box that the eyes named is drawn: #ff8a70, about as a JPEG keeps it."""


def compare_two_takes_and_pick_one(page: Page) -> None:
    """Side by side, both playing, the first picked; and what exactly was sent for it."""
    article = shot(page, 1)
    for compare in article.get_by_role("button", name="Compare", exact=True).all():
        compare.click()
    page.locator("#tray-compare").click()
    pair = panel(page, "Side by side")
    pair.get_by_role("button", name="Play both").click()
    for number in (1, 2):
        expect(page.locator(f"#pair-{number}")).to_have_js_property("readyState", 4)  # all of it is there
    keep_picture(page, "compare")
    pair.get_by_role("button", name="Pick take 1").click()
    expect(article.locator(".take.picked")).to_contain_text("Take 1")
    article.get_by_role("button", name="Sent").first.click()
    receipt = panel(page, "What was sent")
    expect(receipt.locator(".receipt mark.style")).to_have_count(1)
    expect(receipt.locator(".receipt mark.negative").first).to_be_visible()
    page.keyboard.press("Escape")


def drop_a_reference_and_a_list(page: Page, folder: Path) -> None:
    """Shown first, with what speaks against the list and what is no picture at all; then taken in, and told."""
    image, listed, lie = folder / "alley.png", folder / "list.csv", folder / "lie.png"
    image.write_bytes(file(halves(size=(640, 360))))
    listed.write_text(LIST)
    lie.write_text("this is no picture")
    drop(page, image, listed, lie)
    shown = panel(page, "Before anything is taken in")
    expect(shown.get_by_label("called")).to_have_value("alley")
    expect(shown).to_contain_text("lie.png")
    expect(shown).to_contain_text("2 shots would be made")
    expect(shown.locator(".conflicts")).to_contain_text("lens flare")
    expect(page.locator("#shots article")).to_have_count(1)
    keep_picture(page, "dropped")
    page.keyboard.press("Escape")
    choose(page, image, listed)
    panel(page, "Before anything is taken in").get_by_role("button", name="Take them in").click()
    expect(page.locator("#shots article")).to_have_count(3)
    expect(shot(page, 3)).to_contain_text("<b>her hand</b>")
    expect(page.locator("#log")).to_contain_text("2 shots were imported from list.csv, shots 2 to 3")


def add_a_negative(page: Page) -> None:
    """The settings say what becomes stale and what a redo would cost before it is stored, the log afterwards."""
    page.get_by_role("button", name="Settings").click()
    settings = panel(page, "The Lamplighter")
    expect(settings.locator(".references img")).to_have_count(1)
    settings.get_by_label("Quality, one to a line").fill("blurry\nflicker\nfilm grain")
    expect(settings.locator("#weighed")).to_contain_text("would cost about $")
    keep_picture(page, "settings")
    settings.get_by_role("button", name="Save the negatives").click()
    expect(page.locator("#log")).to_contain_text("Taking them again would cost about")


def lose_the_server_and_find_it(server: Server, watch: Watch, *tabs: Page) -> None:
    """Every tab says that the connection is lost, and catches up by itself."""
    watch.expecting = True
    server.stop()
    for tab in tabs:
        expect(tab.locator("#lost")).to_be_visible()
    keep_picture(tabs[0], "lost")
    server.start()
    for tab in tabs:
        expect(tab.locator("#lost")).to_be_hidden()
    watch.expecting = False


def look_at_ledger_and_drift(page: Page) -> None:
    """Both plots, of what the film's own takes gave."""
    page.get_by_role("button", name="Ledger").click()
    ledger = panel(page, "Ledger")
    expect(ledger.locator("tr", has_text="photorealistic")).to_contain_text("ignored 1")
    expect(ledger.locator("rect.ignored").first).to_be_attached()
    keep_picture(page, "ledger")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Drift").click()
    drift = panel(page, "Drift")
    expect(drift.locator("circle.dot")).to_have_count(6)
    expect(drift.locator("circle.dot.picked")).to_have_count(3)
    assert len(str(drift.locator("polyline").get_attribute("points")).split()) == 3
    keep_picture(page, "drift")
    page.keyboard.press("Escape")


def test_a_stale_tab_keeps_what_it_wrote_and_shows_both_versions(
    server: Server, context: BrowserContext, page: Page, watch: Watch
) -> None:
    page.goto(server.new_film("Blocks"))
    other = context.new_page()
    other.goto(page.url)
    for tab in (page, other):
        tab.get_by_role("button", name="Settings").click()
        panel(tab, "Blocks")
    page.get_by_label("Quality, one to a line").fill("blurry\nflicker\nlens flare")
    page.get_by_role("button", name="Save the negatives").click()
    expect(other.locator("#log .blocked")).to_contain_text("version 2")

    watch.expecting = True
    other.get_by_label("Quality, one to a line").fill("blurry\nflicker\nwatermark")
    other.get_by_role("button", name="Save the negatives").click()
    expect(other.locator("#conflict-negative")).to_contain_text("lens flare")
    expect(other.locator("#conflict-negative")).to_contain_text("watermark")
    expect(other.get_by_label("Quality, one to a line")).to_have_value("blurry\nflicker\nwatermark")
    keep_picture(other, "conflict")
    watch.expecting = False
    other.get_by_role("button", name="Save the negatives").click()
    expect(page.locator("#log .blocked").last).to_contain_text("version 3")
