"""A whole film, made on the page."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.acts import drop, keep_picture, panel, say, settle, shot
from tests.browser.conftest import Watch
from tests.browser.server import Server
from tests.support.images import file, halves

pytestmark = pytest.mark.timeout(400)

LADDER = "low angle, the lamplighter climbs his ladder in the rain, 35mm, 5 s, with Kling"


def test_a_shot_is_asked_for_approved_rerouted_inspected_compared_and_picked(server: Server, page: Page) -> None:
    page.goto(server.new_film("The Lamplighter"))
    page.get_by_role("button", name="Settings").click()
    panel(page, "The Lamplighter").get_by_label("Wait for a go before each shot").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#panel")).to_be_hidden()
    say(page, LADDER)

    card = page.locator("#waiting .prompt")
    for part in ("camera", "lens", "lighting", "palette", "composition", "atmosphere", "mood", "film attribution"):
        expect(card.locator("dt", has_text=part).first).to_be_visible()
    expect(card.locator("mark.style").first).not_to_be_empty()
    expect(card.locator("mark.negative").first).not_to_be_empty()
    expect(card).to_contain_text("Why kling")
    expect(card.locator(".price")).to_contain_text("$")
    expect(shot(page, 1)).to_have_attribute("data-status", "planned")
    keep_picture(page, "card")
    card.get_by_role("button", name="Approve").click()

    article = settle(page, 1, "delivered")
    expect(article.locator(".take")).to_have_count(2)
    expect(article.locator(".routes .hop")).to_have_count(2)
    expect(article.locator(".take").nth(1)).to_contain_text("re-routed")
    expect(article.locator(".tag.sandbox")).to_have_count(2)
    expect(page.locator("#log")).to_contain_text("re-routed to")

    article.locator(".chip.seen").click()
    evidence = panel(page, "photorealistic")
    expect(evidence).to_contain_text("skin with pores")
    expect(evidence.locator(".evidence img")).to_have_js_property("complete", True)
    assert evidence.locator(".evidence img").evaluate("image => image.naturalWidth") > 0
    keep_picture(page, "evidence")
    page.keyboard.press("Escape")

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
    keep_picture(page, "film")


def test_a_changed_block_makes_takes_stale_and_a_stale_tab_keeps_both_versions(
    server: Server, context: BrowserContext, page: Page, watch: Watch
) -> None:
    page.goto(server.new_film("Blocks"))
    say(page, "the harbour at night, static, 5 s, with Kling")
    settle(page, 1, "delivered")
    other = context.new_page()
    other.goto(page.url)
    for tab in (page, other):
        tab.get_by_role("button", name="Settings").click()
        panel(tab, "Blocks")

    page.get_by_label("Quality, one to a line").fill("blurry\nflicker\nlens flare")
    expect(page.locator("#weighed")).to_contain_text("would cost about $")
    keep_picture(page, "settings")
    page.get_by_role("button", name="Save the negatives").click()
    expect(shot(page, 1).locator(".tag.stale").first).to_be_visible()
    expect(page.locator("#log")).to_contain_text("Taking them again would cost about")

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


def test_references_and_a_shot_list_are_shown_before_they_are_taken_in(
    server: Server, page: Page, tmp_path: Path
) -> None:
    page.goto(server.new_film("Drops"))
    image, listed, lie = tmp_path / "alley.png", tmp_path / "list.csv", tmp_path / "lie.png"
    image.write_bytes(file(halves(size=(640, 360))))
    listed.write_text("Shot,Size,Action,Seconds\n1,wide,A boat leaves the harbour,5\n2,close-up,<b>Her hand</b>,4\n")
    lie.write_text("this is no picture")
    drop(page, image, listed, lie)

    shown = panel(page, "Before anything is taken in")
    expect(shown.get_by_label("called")).to_have_value("alley")
    expect(shown).to_contain_text("lie.png")
    expect(shown).to_contain_text("2 shots would be made")
    expect(page.locator("#shots article")).to_have_count(0)
    keep_picture(page, "dropped")
    drop(page, image, listed)
    panel(page, "Before anything is taken in").get_by_role("button", name="Take them in").click()

    expect(page.locator("#shots article")).to_have_count(2)
    expect(shot(page, 2)).to_contain_text("<b>Her hand</b>")
    page.get_by_role("button", name="Settings").click()
    expect(panel(page, "Drops").locator(".references img")).to_have_count(1)


def test_a_reload_a_second_tab_and_a_restart_tell_one_story_with_nothing_doubled(
    server: Server, context: BrowserContext, page: Page, watch: Watch
) -> None:
    page.goto(server.new_film("Restart"))
    say(page, "the night train crosses the viaduct, wide, 5 s, with Kling")
    page.reload()
    settle(page, 1, "delivered")
    other = context.new_page()
    other.goto(page.url)
    watch.expecting = True
    server.stop()
    for tab in (page, other):
        expect(tab.locator("#lost")).to_be_visible()
    keep_picture(page, "lost")
    server.start()
    for tab in (page, other):
        expect(tab.locator("#lost")).to_be_hidden()
    watch.expecting = False
    say(other, "the ferryman lights his pipe, profile, 85mm, 5 s, with Kling")
    for tab in (page, other):
        settle(tab, 2, "delivered")
        expect(tab.locator("#log .good", has_text="DELIVERED")).to_have_count(2)

    stories = [tab.locator("#log > div").evaluate_all("list => list.map(each => each.id)") for tab in (page, other)]
    assert stories[0] == stories[1]
    assert len(set(stories[0])) == len(stories[0])
    page.reload()
    assert page.locator("#log > div").evaluate_all("list => list.map(each => each.id)") == stories[0]
