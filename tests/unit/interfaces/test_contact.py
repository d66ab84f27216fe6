"""The contact sheet of a film, from values."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest
from PIL import Image

from agent.film import Decision, Verdict
from agent.findings import Evidence, Finding, Footage, Sight
from interfaces.contact import gathering
from interfaces.contact.gathering import Chip, Film, Picture, ShotCard, TakeCard
from interfaces.contact.page import html
from interfaces.contact.poster import WIDTH_PX, poster
from tools import showing

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"


def picture(colour: str = "#204060") -> Picture:
    return Picture(image=Image.new("RGB", (320, 180), colour), caption="frame 3, 0.12 s")


def chip(term: str = "blurry", *, sight: Sight = Sight.ABSENT, evidence: Picture | None = None) -> Chip:
    return Chip(term=term, sight=sight, sentence=f"about {term}", evidence=evidence)


def take(number: int = 1, *, picked: bool = False, sandbox: bool = True, text: str = "", frames: int = 5) -> TakeCard:
    return TakeCard(
        number=number,
        model=text or "kling-3.0",
        price="$0.42",
        sandbox=sandbox,
        picked=picked,
        stale=False,
        decision=Decision.PASS,
        reason=text,
        why=(text or "best value", "format .77"),
        strip=(picture(),) * frames,
        chips=(chip(text or "blurry", sight=Sight.SEEN, evidence=picture()), chip("flicker")),
    )


def film(*takes: TakeCard, text: str = "") -> Film:
    shot = ShotCard(
        number=1, action=text or "a boat", status="delivered", because=text, routes=(text,) * bool(text), takes=takes
    )
    return Film(
        name=text or "Boat",
        style=text or "painted",
        negatives=(("format", (text or "photorealistic",)),),
        facts=("1 shot",),
        sandbox=any(each.sandbox for each in takes),
        shots=(shot,),
    )


class Page(HTMLParser):
    """The tags of a page, the addresses in them, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "data")]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += "" if self.tags[-1:] == ["style"] else data


def test_the_page_asks_nobody_for_anything() -> None:
    text = html(film(take(picked=True), take(2)))
    page = Page(text)

    assert page.addresses
    assert all(address.startswith("data:image/jpeg;base64,") for address in page.addresses)
    assert {"script", "link", "iframe"} & set(page.tags) == set()
    assert "default-src 'none'" in text
    assert re.findall(r"url\(|@import|https?://", text) == []


def test_hostile_names_are_shown_and_do_nothing() -> None:
    page = Page(html(film(take(text=HOSTILE), text=HOSTILE)))

    assert "script" not in page.tags
    assert page.handlers == []
    assert page.text.count(HOSTILE) >= 8, "each place shows it as it is"
    assert all(address.startswith("data:") for address in page.addresses)


@pytest.mark.parametrize(("sandbox", "marks"), [(True, 2), (False, 0)])
def test_a_stand_ins_take_says_sandbox_and_the_page_says_what_that_means(*, sandbox: bool, marks: int) -> None:
    text = html(film(take(sandbox=sandbox)))

    assert len(re.findall(r'class="tag sandbox">sandbox<|class="tag">sandbox<', text)) == marks
    assert ("stand-ins" in text) is sandbox


def test_each_term_stands_under_what_was_seen_of_it() -> None:
    text = Page(html(film(take()))).text

    assert text.index("seen") < text.index("blurry") < text.index("absent") < text.index("flicker")


def test_the_poster_has_a_row_per_take_and_marks_the_circled_one() -> None:
    one, two = poster(film(take())), poster(film(take(), take(2)))
    marked = poster(film(take(picked=True)))

    assert one.width == two.width == WIDTH_PX
    assert two.height > one.height
    assert marked.tobytes() != one.tobytes()


@pytest.mark.parametrize("name", ["x" * 300, "one\nline", "\u202egnp.exe", "🎬" * 40])
def test_a_poster_is_as_large_for_a_hostile_name_and_shows_something_of_it(name: str) -> None:
    plain, hostile = poster(film(take())), poster(film(take(), text=name))

    assert hostile.size == plain.size
    assert np.asarray(hostile.crop((44, 30, 400, 74))).std() > 0


def test_a_take_without_frames_still_has_its_row() -> None:
    blind = film(take(frames=0))

    assert poster(blind).height < poster(film(take())).height
    assert "take 1" in Page(html(blind)).text


def test_an_empty_film_has_a_sheet() -> None:
    empty = Film(name="Boat", style="painted", negatives=(), facts=("0 shots",), sandbox=False, shots=())

    assert poster(empty).height > 0
    assert "Boat" in html(empty)


def _seen(picture: str) -> Picture | None:
    evidence = Evidence(frame=7, at_s=0.29, sentence="there", picture=picture)
    finding = Finding(
        term="text", layer="quality", sight=Sight.SEEN, method="measured", reason="r", evidence=(evidence,)
    )
    footage = Footage(frames=48, seconds=2, width=64, height=36, fps=24)
    verdict = Verdict(take_id="t", decision=Decision.MISS, findings=(finding,), footage=footage, reason="r")
    return gathering.chips(verdict, ())[0].evidence


def test_what_a_check_drew_is_shown_even_when_the_clip_is_gone() -> None:
    drawn = showing.beside(np.full((90, 160, 3), 200, dtype=np.uint8))
    shown = _seen(drawn)

    assert shown is not None
    assert shown.caption == "frame 7, 0.29 s"
    assert shown.image.height == showing.HEIGHT_PX


@pytest.mark.parametrize("kept", ["", "not base64 at all!", "aGVsbG8="])
def test_a_row_without_a_picture_in_it_shows_none(kept: str) -> None:
    assert _seen(kept) is None
