"""The canary search: it finds a secret in any form, and none in a house that was put through all that goes wrong."""

import base64
import io
import zipfile
from pathlib import Path

import pytest

from benchmarks import canary

DRAWN = (".png", ".pdf", ".jpg", ".zip", "/drift")  # what takes long to draw is searched by the benchmark
SECRET = "canary-token-x7x7x7x7x7x7"


def packed(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        SECRET.encode(),
        SECRET.encode().hex().encode(),
        *(base64.b64encode(b"u" * shift + SECRET.encode() + b"!") for shift in range(3)),
        packed(b"key: " + SECRET.encode()),
    ],
)
def test_a_secret_is_found_in_any_form(data: bytes) -> None:
    found = canary.count([("here", b"... " + data)], {"token": SECRET})

    assert found.get("here: token", 0) > 0


async def test_no_secret_is_kept_or_told(tmp_path: Path) -> None:
    found = dict(await canary.search(tmp_path, said=canary.SHOTS[:1], unasked=DRAWN))

    assert found.pop("searched") > 300_000
    assert found == {}
