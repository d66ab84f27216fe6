"""The clips of accepted jobs: drawn once each, kept beside the records, served as the job's mishap has it."""

import os
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from tools.sandbox.faultplan import Mishap
from tools.sandbox.records import Accepted
from tools.sandbox.scene import Scene

Draw = Callable[[Scene], bytes]

DRAWN_AT_ONCE = 2  # drawing is processor work; more at once would only make each slower
CUT_SHARE = 0.6
ERROR_PAGE = b"<!doctype html><title>503</title><h1>Backend fetch failed</h1>"


class Clips:
    """Draws a job's clip the first time it is asked for. Safe for several threads; processes share the folder."""

    def __init__(self, draw: Draw, *, folder: Path | None) -> None:
        self._draw = draw
        self._folder = folder
        self._held: dict[str, bytes] = {}
        self._turns = threading.BoundedSemaphore(DRAWN_AT_ONCE)
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def get(self, job: Accepted) -> bytes:
        """The bytes the vendor serves for the job: the clip, its beginning, or something else altogether."""
        match job.mishap:
            case Mishap.NOT_A_VIDEO:
                return ERROR_PAGE
            case Mishap.TRUNCATED_MEDIA:
                whole = self._whole(job)
                return whole[: int(len(whole) * CUT_SHARE)]
            case _:
                return self._whole(job)

    def _whole(self, job: Accepted) -> bytes:
        with self._locks[job.id]:
            kept = self._kept(job.id)
            if kept is not None:
                return kept
            with self._turns:
                clip = self._draw(job.scene)
            self._keep(job.id, clip)
            return clip

    def _kept(self, job_id: str) -> bytes | None:
        if self._folder is None:
            return self._held.get(job_id)
        file = self._folder / f"{job_id}.mp4"
        return file.read_bytes() if file.exists() else None

    def _keep(self, job_id: str, clip: bytes) -> None:
        if self._folder is None:
            self._held[job_id] = clip
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(clip)
        Path(name).replace(self._folder / f"{job_id}.mp4")  # whole or not at all, also after kill -9
