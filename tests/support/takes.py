"""Takes as checks see them: encoded, decoded again, with their references."""

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from agent.jobs import Still
from prompts.references import Dimension, Reference, Role
from tests.support import clips
from tools import media, stills
from tools.media import Reel
from tools.pixels import Bytes, Rgb
from tools.viewing import ReferenceStill, Viewing


def reel(frames: Bytes) -> Reel:
    """The frames after a journey through H.264."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        path.write_bytes(clips.encode(frames))
        return media.decode(path)


def still(
    rgb: Rgb,
    label: str = "1",
    *,
    use: Sequence[Dimension] = (),
    ignore: Sequence[Dimension] = (),
    role: Role = Role.LOOK,
) -> ReferenceStill:
    """A reference image, decoded."""
    reference = Reference(id=f"ref-{label}", label=label, use=tuple(use), ignore=tuple(ignore), role=role)
    read, _ = stills.read([png(rgb, label)], references=[reference])
    return read[0]


def png(rgb: Rgb, label: str = "1") -> Still:
    """A reference image as it is stored."""
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, format="PNG")
    return Still(label=label, data=out.getvalue(), media_type="image/png")


def project(source: clips.Source, look: int, *, references: int = 3) -> tuple[ReferenceStill, ...]:
    """References of one project: other pictures of the same source and grade."""
    return tuple(still(source(1000 + 10 * look + i, look=look), str(i + 1)) for i in range(references))


def viewing(frames: Bytes, references: Sequence[ReferenceStill] = ()) -> Viewing:
    """A take with its references."""
    return Viewing(reel=reel(frames), stills=tuple(references))


def halved(picture: Rgb) -> Rgb:
    """Half as wide and high: a quarter of the encoder's time, for checks that look at small pictures only."""
    size = (picture.shape[1] // 2, picture.shape[0] // 2)
    return np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BOX), dtype=np.uint8)
