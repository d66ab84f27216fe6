"""A browser, a served house, and a count of what must never happen on the page."""

import shutil
import socket
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.server import Server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
PATIENCE_MS = 40_000
ARTEFACTS = Path(__file__).resolve().parents[2] / "build" / "browser"
"""Where screenshots are left to be looked at; git leaves the folder alone."""

NOTES = ("Failed to load resource", "htmx: htmx:sse:error: ", "htmx: htmx:error: Failed to fetch")
"""How browser and htmx note on the console that a server is away or has said no; a page cannot keep them from it."""


@dataclass
class Watch:
    """What a browser did that it should not have.

    Attributes:
        foreign: Addresses asked for beyond this machine.
        console: What any page said on its console, and errors nobody caught.
        expecting: Whether `NOTES` are expected now.
    """

    foreign: list[str] = field(default_factory=list[str])
    console: list[str] = field(default_factory=list[str])
    expecting: bool = False

    def follow(self, page: Page) -> None:
        """Watch a page from now on."""
        page.on("request", lambda request: self._asked(request.url))
        page.on("console", lambda message: self._said(f"{message.text} {message.location}"))
        page.on("pageerror", lambda error: self.console.append(str(error)))

    def _asked(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:")):
            self.foreign.append(url)

    def _said(self, text: str) -> None:
        if not (self.expecting and text.startswith(NOTES)):
            self.console.append(text)


@pytest.fixture(scope="package")
def browser() -> Generator[Browser]:
    """Chromium, as the system has it, for these tests alone: its driver's loop would run under all others."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the page was NOT tried in a browser; install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Generator[Server]:
    """A house, served."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    served = Server(folder=tmp_path_factory.mktemp("house"), port=port)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def watch() -> Watch:
    """The count."""
    return Watch()


@pytest.fixture
def context(browser: Browser, watch: Watch) -> Generator[BrowserContext]:
    """A fresh profile at the size of a desk; at the end nothing was asked of other machines or told to the console."""
    opened = browser.new_context(viewport={"width": 1440, "height": 900})
    opened.set_default_timeout(PATIENCE_MS)
    opened.on("page", watch.follow)
    yield opened
    opened.close()
    assert watch.foreign == []
    assert watch.console == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab."""
    return context.new_page()
