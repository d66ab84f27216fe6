"""Drawing and looking, remembered on disk: two rivals that buy the same take of the same model get the same clip.

Both are functions of their input alone, so remembering changes no figure; it makes six films cost little more than two.
"""

import hashlib
import json
import pickle
from dataclasses import dataclass, replace
from pathlib import Path

import anyio
import anyio.to_thread

from agent.findings import Looked
from agent.learning import UNCALIBRATED
from agent.ports import Eyes
from agent.screening import Screening
from tools.sandbox import renderer
from tools.sandbox.scene import Fault, Scene


@dataclass(frozen=True, slots=True)
class Renderer:
    """The sandbox's renderer; draws each scene once per folder."""

    folder: Path

    def __call__(self, scene: Scene) -> bytes:
        """The clip."""
        drawn = f"{replace(scene, faults=frozenset())}{sorted(scene.faults)}"  # a set has no order of its own
        file = self.folder / f"{_digest(drawn.encode())}.mp4"
        if not file.exists():
            clip = renderer.render(scene)
            _keep(self._record(clip), json.dumps(sorted(scene.faults)).encode())
            _keep(file, clip)
        return file.read_bytes()

    def faults(self, clip: bytes) -> frozenset[Fault]:
        """What was drawn wrongly in a clip of these bytes.

        Raises:
            FileNotFoundError: It was not drawn here.
        """
        return frozenset(map(Fault, json.loads(self._record(clip).read_bytes())))

    def _record(self, clip: bytes) -> Path:
        return self.folder / f"{_digest(clip)}.faults"


@dataclass(frozen=True, slots=True)
class RememberingEyes:
    """Eyes that look at each clip once per folder and block."""

    eyes: Eyes
    folder: Path

    async def look(self, screening: Screening) -> Looked:
        """What the eyes say, or said; without a calibration, and without terms besides the block."""
        seen = await anyio.Path(screening.clip).read_bytes()
        prompt, references = screening.prompt, screening.references
        asked = f"{[term.text for term in prompt.terms]}{prompt.references}{screening.ordered}"
        file = self.folder / f"{_digest(seen, asked.encode(), *(still.data for still in references))}.looked"
        if not file.exists():
            looked = await self.eyes.look(replace(screening, calibration=UNCALIBRATED, besides=()))
            await anyio.to_thread.run_sync(_keep, file, pickle.dumps(looked))
        remembered: Looked = pickle.loads(file.read_bytes())
        return remembered


def _digest(*parts: bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


def _keep(file: Path, content: bytes) -> None:
    """Whole or not at all: another process may look for it meanwhile."""
    partly = file.with_suffix(f".{hashlib.sha256(content).hexdigest()[:8]}.part")
    partly.write_bytes(content)
    partly.replace(file)
