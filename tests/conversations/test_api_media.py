"""Clips and pictures over HTTP, of a film that was really made in the sandbox."""

from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from agent.film import Take
from agent.findings import Evidence, Sight
from agent.intents import Draft
from tests.support.house import Eyesight, Shooting
from tests.support.served import Service, a_service

SHOT = Shooting((Draft(action="Vi walks through the rain"),))


@pytest.fixture
async def made(tmp_path: Path) -> AsyncIterator[Service]:
    async with a_service(tmp_path, eyes=Eyesight(), planner=SHOT) as service:
        await service.film.say("the shot")
        yield service


async def first(made: Service) -> Take:
    return (await made.film.takes())[0]


async def test_a_clip_comes_whole_and_may_be_kept_for_good(made: Service) -> None:
    take = await first(made)

    whole = await made.http.get(f"/media/takes/{take.id}/clip.mp4")

    assert (whole.status_code, len(whole.content), whole.headers["content-type"]) == (200, take.bytes, "video/mp4")
    assert whole.headers["etag"] == f'"{take.sha256}"'
    assert "immutable" in whole.headers["cache-control"]


async def test_a_clip_comes_in_parts_for_a_player_that_seeks(made: Service) -> None:
    take = await first(made)

    part = await made.http.get(f"/media/takes/{take.id}/clip.mp4", headers={"range": "bytes=10-19"})

    assert (part.status_code, len(part.content)) == (206, 10)
    assert part.headers["content-range"] == f"bytes 10-19/{take.bytes}"


async def test_a_clip_that_the_browser_has_is_not_sent_again(made: Service) -> None:
    take = await first(made)

    again = await made.http.get(f"/media/takes/{take.id}/clip.mp4", headers={"if-none-match": f'"{take.sha256}"'})

    assert (again.status_code, again.content) == (304, b"")


async def test_strip_and_poster_are_jpegs_of_the_promised_size(made: Service) -> None:
    take = await first(made)

    strip = _jpeg((await made.http.get(f"/media/takes/{take.id}/strip.jpg")).content)
    poster = _jpeg((await made.http.get(f"/media/takes/{take.id}/poster.jpg")).content)

    assert (strip.width, poster.width) == (2 * 320 + 2, 640)  # the sandbox's clip has two frames here


async def test_a_picture_is_made_once_and_lies_beside_the_clip(made: Service) -> None:
    take = await first(made)
    address = f"/media/takes/{take.id}/strip.jpg"

    made_now = await made.http.get(address)
    made.film.house.studio.clips.path(take.clip).unlink()
    read_back = await made.http.get(address)

    assert read_back.content == made_now.content


async def test_a_finding_without_a_picture_of_its_own_is_drawn_on_the_frame_it_names(made: Service) -> None:
    take = await first(made)
    await _give_evidence(made, take, picture="")

    drawn = await made.http.get(f"/media/takes/{take.id}/evidence/0.jpg")

    assert drawn.status_code == 200
    assert _jpeg(drawn.content).width == 640


async def test_the_picture_kept_with_a_verdict_is_shown_as_it_is(made: Service) -> None:
    take = await first(made)
    buffer = BytesIO()
    Image.new("RGB", (40, 20), "red").save(buffer, "JPEG")
    await _give_evidence(made, take, picture=b64encode(buffer.getvalue()).decode())

    shown = await made.http.get(f"/media/takes/{take.id}/evidence/0.jpg")

    assert shown.content == buffer.getvalue()


async def test_what_is_not_there_is_404(made: Service) -> None:
    take = await first(made)
    missing = (
        "/media/takes/take_none/clip.mp4",
        f"/media/takes/{take.id}/evidence/999.jpg",
        f"/media/takes/{take.id}/evidence/-1.jpg",
        f"/media/references/{made.film.project.id}/alley.jpg",
        "/media/references/project_none/alley.jpg",
    )

    assert {(await made.http.get(address)).status_code for address in missing} == {404}


async def test_a_clip_whose_file_is_gone_is_said_to_be(made: Service) -> None:
    take = await first(made)
    made.film.house.studio.clips.path(take.clip).unlink()

    gone = await made.http.get(f"/media/takes/{take.id}/clip.mp4")

    assert (gone.status_code, gone.headers["content-type"]) == (404, "application/problem+json")


async def _give_evidence(made: Service, take: Take, *, picture: str) -> None:
    """Let the first finding of the take's verdict rest on something."""
    store = made.film.house.studio.store
    verdict = await store.verdict(take.id)
    assert verdict is not None
    evidence = Evidence(frame=1, at_s=0.04, sentence="here", box=(0.1, 0.1, 0.5, 0.5), picture=picture)
    finding = replace(verdict.findings[0], sight=Sight.SEEN, evidence=(evidence,))
    findings = (finding, *verdict.findings[1:])
    await store.keep_verdict(replace(verdict, findings=findings), trial=None, entries=())


def _jpeg(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data), formats=("JPEG",))
