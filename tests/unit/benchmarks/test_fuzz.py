"""A thousand damaged inputs of every kind, the same each time; and that a crash or an escape would be told."""

import random
import socket
from collections.abc import Mapping
from pathlib import Path

import pytest

from agent.errors import BadClipError
from benchmarks import fuzz, fuzz_targets
from benchmarks.fuzz_targets import Target


async def test_a_thousand_damaged_inputs_are_read_or_refused(tmp_path: Path) -> None:
    fuzzed = await fuzz.fuzz(1_000, seed=20261121, folder=tmp_path)

    assert (fuzzed.crashes, fuzzed.escapes) == ([], [])
    assert min(fuzzed.inputs.values()) > 0


async def test_a_clip_of_an_unknown_codec_is_refused(tmp_path: Path) -> None:
    clips = fuzz_targets.build(tmp_path)["clips"]

    with pytest.raises(BadClipError, match="unknown kind"):
        await clips.read(clips.make(random.Random("20261121 clips 953")))


async def test_a_crash_is_told_with_what_runs_it_again_and_so_is_a_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def read(data: bytes) -> None:
        with socket.socket() as opened:
            opened.connect_ex(("127.0.0.1", 1))
        raise ZeroDivisionError("here")

    def make(chance: random.Random) -> bytes:
        return chance.randbytes(4)

    def build(folder: Path) -> Mapping[str, Target]:
        return {"names": Target(share=1, make=make, read=read)}

    monkeypatch.setattr(fuzz_targets, "build", build)
    fuzzed = await fuzz.fuzz(1, seed=7, folder=tmp_path)

    assert fuzzed.crashes == ["--seed 7 --target names --nth 0: ZeroDivisionError: here"]
    assert fuzzed.escapes == ["connected to 127.0.0.1"]
