"""References and shot lists sent as files: what they really are decides, and nothing of what is refused is kept."""

import hashlib
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from PIL import Image

from interfaces import references
from interfaces.settings import Settings
from tests.support.served import Service, a_service
from tools import fetching, scanner

LIST = b"Shot,Size,Action,Seconds\n1,wide,Vi walks through the rain,5\n2,close,Jinx laughs,4\n"
BROKEN = b"Shot;Action;Notes\n1;Vi walks;\n2;Jinx laughs;use ref 2 for palette, ignore its palette\n"


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Service]:
    """A film without shots."""
    async with a_service(tmp_path) as service:
        yield service


def a_png(size: tuple[int, int] = (64, 36)) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, "teal").save(buffer, "PNG")
    return buffer.getvalue()


async def send(service: Service, data: bytes, *, name: str = "alley.png", **fields: str) -> httpx.Response:
    """A reference image."""
    return await service.http.post(
        f"{service.at}/references", files={"file": (name, data)}, data={"label": "the alley", **fields}
    )


async def stored(service: Service) -> list[str]:
    """Files in the data folder's clips."""
    folder = service.film.house.folder / "clips"
    return [str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()]


async def test_a_reference_is_taken_in_with_what_to_use_and_what_to_ignore(empty: Service) -> None:
    sent = await send(empty, a_png(), use="palette, lighting", ignore="lens flare")

    kept = sent.json()
    assert (sent.status_code, kept["width"], kept["height"]) == (201, 64, 36)
    assert (kept["reference"]["use"], kept["reference"]["ignore"]) == (["palette", "lighting"], ["lens flare"])
    assert Image.open(BytesIO((await empty.http.get(kept["small"])).content)).format == "JPEG"
    assert Image.open(BytesIO((await empty.http.get(kept["original"])).content)).size == (64, 36)
    assert [each["reference"]["label"] for each in (await empty.http.get(f"{empty.at}/references")).json()] == [
        "the alley"
    ]


async def test_an_image_is_fetched_from_an_address_only_where_the_settings_allow_it(empty: Service) -> None:
    asked: list[str] = []

    async def fetched(address: str) -> bytes:
        asked.append(address)
        return a_png()

    form = {"url": "https://images.example.com/alley.png?sig=sesame", "label": "the alley", "use": ["palette"]}
    off = await empty.http.post(f"{empty.at}/references/fetched", json=form)
    empty.app.state.fetch = fetched
    on = await empty.http.post(f"{empty.at}/references/fetched", json=form)

    assert (off.status_code, "COUNTERSTEER_REFERENCES_BY_URL=true" in off.json()["detail"]) == (422, True)
    assert (on.status_code, on.json()["reference"]["use"], asked) == (201, ["palette"], [form["url"]])
    assert references.fetcher(Settings(references_by_url=True)) is fetching.fetch


@pytest.mark.parametrize("label", ["a/b", "a b", "50%", "手描き", "<script>", "?x=1#y"])
async def test_any_label_is_an_address(empty: Service, label: str) -> None:
    kept = (await send(empty, a_png(), label=label)).json()

    assert (await empty.http.get(kept["small"])).status_code == 200
    assert (await empty.http.get(kept["original"])).status_code == 200


async def test_what_is_taken_of_a_reference_is_said_anew(empty: Service) -> None:
    await send(empty, a_png(), use="palette")

    changed = await empty.http.put(f"{empty.at}/references/the alley", json={"use": ["texture"], "ignore": ["palette"]})

    assert (changed.json()["reference"]["use"], changed.json()["reference"]["ignore"]) == (["texture"], ["palette"])


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.png"),
        (b"<html>", "page.png"),
        (b"%PDF-1.7", "paper.png"),
        (b"<svg onload='alert(1)'/>", "drawing.svg"),
        (a_png()[:40], "cut.png"),
    ],
)
async def test_what_is_no_image_is_refused_whatever_its_name_says(empty: Service, data: bytes, name: str) -> None:
    refused = await send(empty, data, name=name)

    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    assert await stored(empty) == []


async def test_an_image_is_known_by_its_bytes_not_by_its_name(empty: Service) -> None:
    assert (await send(empty, a_png(), name="../../etc/passwd")).status_code == 201
    assert all(name.endswith(".png") and ".." not in name for name in await stored(empty))


async def test_a_file_larger_than_any_image_is_refused_before_it_is_held(empty: Service) -> None:
    large = await send(empty, b"\x89PNG" + bytes(scanner.MOST_BYTES + 100_000))

    assert (large.status_code, await stored(empty)) == (413, [])


@pytest.mark.parametrize(
    "fields",
    [{"label": ""}, {"label": "x" * 61}, {"use": "palette", "ignore": "palette"}, {"role": "hero"}, {"use": "x" * 41}],
)
async def test_what_cannot_be_said_of_an_image_is_refused_and_nothing_kept(
    empty: Service, fields: dict[str, str]
) -> None:
    assert (await send(empty, a_png(), **fields)).status_code == 422
    assert (await empty.http.get(f"{empty.at}/references")).json() == []


async def test_two_files_in_one_form_are_refused(empty: Service) -> None:
    files = [("file", ("a.png", a_png())), ("file", ("b.png", a_png()))]

    twice = await empty.http.post(f"{empty.at}/references", files=files, data={"label": "a"})

    assert (400 <= twice.status_code < 500, await stored(empty)) == (True, [])


async def test_a_list_is_shown_before_it_is_made(empty: Service) -> None:
    shown = (await empty.http.post(f"{empty.at}/shotlists/preview", files={"file": ("list.csv", LIST)})).json()
    nothing = (await empty.http.get(f"{empty.at}/shots")).json()
    made = await empty.http.post(
        f"{empty.at}/shotlists", files={"file": ("list.csv", LIST)}, data={"sha256": shown["sha256"]}
    )

    assert (shown["ready"], shown["left"], nothing) == (2, 0, [])
    assert any("Vi walks through the rain" in line for line in shown["lines"])
    assert (made.status_code, made.json()["shots"]) == (201, [1, 2])
    assert {shot["status"] for shot in (await empty.http.get(f"{empty.at}/shots")).json()} == {"planned"}


async def test_an_import_is_told_in_the_conversation(empty: Service) -> None:
    files = {"file": ("list.csv", LIST)}
    shown = (await empty.http.post(f"{empty.at}/shotlists/preview", files=files)).json()
    await empty.http.post(f"{empty.at}/shotlists", files=files, data={"sha256": shown["sha256"]})

    story = (await empty.http.get(f"{empty.at}/conversations/{empty.film.conversation_id}/story")).json()

    assert [each["what"] for each in story] == ["request", "shot", "shot", "reply"]
    assert "2 shots were imported from list.csv, shots 1 to 2" in story[-1]["data"]["text"]


async def test_a_label_that_no_address_can_end_in_is_refused(empty: Service) -> None:
    sent = await empty.http.post(f"{empty.at}/references", files={"file": ("..", a_png())}, data={"label": ".."})

    assert (sent.status_code, await stored(empty)) == (422, [])
    assert "more than dots" in sent.json()["detail"]


async def test_only_the_file_that_was_previewed_is_made(empty: Service) -> None:
    other = hashlib.sha256(b"another list").hexdigest()

    made = await empty.http.post(f"{empty.at}/shotlists", files={"file": ("list.csv", LIST)}, data={"sha256": other})

    assert (made.status_code, (await empty.http.get(f"{empty.at}/shots")).json()) == (409, [])


async def test_rows_that_cannot_be_made_are_left_only_on_a_word(empty: Service) -> None:
    form = {"sha256": hashlib.sha256(BROKEN).hexdigest()}
    files = {"file": ("list.csv", BROKEN)}

    all_or_none = await empty.http.post(f"{empty.at}/shotlists", files=files, data=form)
    some = await empty.http.post(f"{empty.at}/shotlists", files=files, data={**form, "valid_only": "true"})

    assert (all_or_none.status_code, some.status_code) == (422, 201)
    assert some.json()["shots"] == [1]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "list.csv"),
        (b"%PDF-1.7", "list.csv"),
        (LIST, "list.exe"),
        (LIST, ""),
        (b"PK\x03\x04 no zip", "list.xlsx"),
        (b"[[[[", "list.json"),
        (b"nothing of a list", "list.csv"),
        (b"\x00" * 100, "list.csv"),
    ],
)
async def test_what_is_no_list_is_refused_with_a_reason(empty: Service, data: bytes, name: str) -> None:
    refused = await empty.http.post(f"{empty.at}/shotlists/preview", files={"file": (name, data)})

    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
