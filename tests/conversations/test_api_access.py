"""Who may ask, and what every answer carries."""

from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import anyio.lowlevel
import pytest
from pydantic import SecretStr

from agent.errors import StoreError
from interfaces.api import access
from interfaces.api.access import Access, NoTokenError
from interfaces.settings import Settings
from tests.support.served import Service, a_service

TOKEN = "0123456789abcdef0123456789abcdef"
FILMS = "/api/films"


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Service]:
    """A service for this machine alone."""
    async with a_service(tmp_path) as service:
        yield service


@pytest.fixture
async def anywhere(tmp_path: Path) -> AsyncIterator[Service]:
    """A service that other machines reach."""
    async with a_service(tmp_path, access=Access(token=TOKEN)) as service:
        yield service


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.9.9.9"])
def test_this_machine_needs_no_token(host: str) -> None:
    assert access.of(Settings(), host=host) == Access()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "studio.example", ""])
@pytest.mark.parametrize("token", [None, "short"])
def test_other_machines_are_not_served_without_a_token(host: str, token: str | None) -> None:
    settings = Settings(token=SecretStr(token) if token else None)

    with pytest.raises(NoTokenError, match="COUNTERSTEER_TOKEN"):
        access.of(settings, host=host)


def test_a_token_opens_the_house_to_other_machines() -> None:
    assert access.of(Settings(token=SecretStr(TOKEN)), host="0.0.0.0") == Access(token=TOKEN)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8000", "[", "a@b:c"])
async def test_a_name_that_was_pointed_at_this_machine_is_not_served(here: Service, host: str) -> None:
    answer = await here.http.get(FILMS, headers={"host": host})

    assert answer.status_code == 421


async def test_each_name_of_this_machine_is_served(here: Service) -> None:
    names = ("localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000")

    assert {(await here.http.get(FILMS, headers={"host": name})).status_code for name in names} == {200}


@pytest.mark.parametrize(
    "sent",
    [{"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}, {"origin": "127.0.0.1"}],
)
async def test_another_sites_page_cannot_change_anything(here: Service, sent: dict[str, str]) -> None:
    answer = await here.http.post(FILMS, json={"name": "stolen"}, headers=sent)

    assert answer.status_code == 403
    assert len((await here.http.get(FILMS)).json()) == 1


async def test_our_own_page_may_change_things(here: Service) -> None:
    sent = {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"}

    assert (await here.http.post(FILMS, json={"name": "ours"}, headers=sent)).status_code == 201


async def test_every_answer_forbids_what_is_not_ours(here: Service) -> None:
    answers = [await here.http.get(path) for path in (FILMS, "/api/nowhere", "/media/takes/none/clip.mp4")]

    assert all("default-src 'self'" in answer.headers["content-security-policy"] for answer in answers)
    assert {answer.headers["x-content-type-options"] for answer in answers} == {"nosniff"}


@pytest.mark.parametrize(
    "shown", ["", TOKEN, "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer \xff"]
)
async def test_who_shows_no_token_is_told_so_and_nothing_else(anywhere: Service, shown: str) -> None:
    answer = await anywhere.http.get(FILMS, headers=[(b"authorization", shown.encode("latin-1"))])

    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert TOKEN not in answer.text


async def test_who_shows_the_token_comes_in_by_any_name(anywhere: Service) -> None:
    sent = {"authorization": f"Bearer {TOKEN}", "host": "studio.example"}

    assert (await anywhere.http.get(FILMS, headers=sent)).status_code == 200


async def test_a_browser_enters_by_a_form_and_holds_a_cookie(anywhere: Service) -> None:
    sent_away = await anywhere.http.get("/", headers={"accept": "text/html"})
    wrong = await anywhere.http.post("/enter", data={"token": "wrong"})
    entered = await anywhere.http.post("/enter", data={"token": TOKEN})

    assert (sent_away.status_code, sent_away.headers["location"]) == (303, "/enter")
    assert (wrong.status_code, entered.status_code) == (401, 303)
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert TOKEN not in entered.headers["set-cookie"]
    assert (await anywhere.http.get(FILMS)).status_code == 200


async def test_a_supervisor_needs_no_token_to_ask_whether_the_house_is_up(anywhere: Service) -> None:
    up = await anywhere.http.get("/healthz")

    assert (up.status_code, up.json()) == (200, {"status": "ok"})


async def test_a_house_is_ready_while_its_worker_runs_and_not_before_or_after(anywhere: Service) -> None:
    before = await anywhere.http.get("/readyz")
    async with anyio.create_task_group() as group:
        group.start_soon(anywhere.film.house.worker.run)
        await anyio.lowlevel.checkpoint()
        assert (await anywhere.http.get("/readyz")).status_code == 200
        group.cancel_scope.cancel()
    after = await anywhere.http.get("/readyz")

    assert (before.status_code, after.status_code) == (503, 503)
    assert "no worker runs" in before.json()["detail"]


async def test_a_house_whose_store_is_gone_is_not_ready(anywhere: Service) -> None:
    store = anywhere.film.house.studio.store
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "last_event", _broken)
        answer = await anywhere.http.get("/readyz")

    assert answer.status_code == 503
    assert "the store does not answer" in answer.json()["detail"]


async def _broken(*_: object) -> int:
    raise StoreError("the disk is full")
