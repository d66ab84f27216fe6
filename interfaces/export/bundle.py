"""The clips in one zip, under names an editor can sort, with a manifest, checksums and the timeline that names them."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from agent.findings import Sight
from interfaces.export import timeline
from interfaces.export.selects import Cut, Select
from interfaces.export.whole import ExportError
from interfaces.shotlists.exporting import BOM
from interfaces.shotlists.guarding import guarded

PIECE_BYTES = 1 << 20
EPOCH = (1980, 1, 1, 0, 0, 0)
"""One date for all entries, so that the same film gives the same bytes."""

HEAD = (
    *("file", "shot", "action", "take", "model", "made by", "verdict", "seen", "unsure", "nobody looked"),
    *("frames", "frames per second", "width", "height", "seed", "prompt digest", "sha256"),
)


def write(out: BinaryIO, cut: Cut, takes: Sequence[Select], *, path: Callable[[str], Path]) -> None:
    """The zip.

    Args:
        out: Where it goes.
        cut: What the timeline shows.
        takes: What is packed: the cut's own takes, or all of them.
        path: Where a clip lies, by its name in the clip store.

    Raises:
        ExportError: A clip is gone, or is no longer what was stored.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:  # clips are compressed already
        for select in takes:
            _pack(package, select, path(select.take.clip))
        package.writestr(_entry("manifest.csv"), BOM + manifest(takes))
        package.writestr(_entry("timeline.otio"), timeline.text(cut))
        sums = "".join(f"{select.take.sha256}  {select.file}\n" for select in takes)
        package.writestr(_entry("sha256sums.txt"), sums)


def manifest(takes: Sequence[Select]) -> str:
    """A row per clip; no spreadsheet runs anything of it."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(HEAD)
    rows.writerows([guarded(str(cell)) for cell in _row(select)] for select in takes)
    return text.getvalue()


def _row(select: Select) -> tuple[object, ...]:
    take, footage, verdict = select.take, select.verdict.footage, select.verdict
    return (
        select.file,
        select.shot.number,
        select.shot.sheet.action,
        take.number,
        take.model,
        "sandbox" if take.sandbox else "live",
        verdict.decision.value,
        _terms(select, Sight.SEEN),
        _terms(select, Sight.UNSURE),
        ", ".join(verdict.nobody_looked),
        select.frames,
        f"{select.rate:.6g}",
        footage.width,
        footage.height,
        "" if take.seed is None else take.seed,
        take.prompt_digest,
        take.sha256,
    )


def _terms(select: Select, sight: Sight) -> str:
    return ", ".join(finding.term for finding in select.verdict.findings if finding.sight is sight)


def _pack(package: zipfile.ZipFile, select: Select, clip: Path) -> None:
    """Copy a clip, and make sure that it is the one that was stored."""
    digest = hashlib.sha256()
    try:
        with clip.open("rb") as source, package.open(_entry(select.file), "w", force_zip64=True) as entry:
            while piece := source.read(PIECE_BYTES):
                digest.update(piece)
                entry.write(piece)
    except FileNotFoundError as error:
        raise ExportError(f"{_named(select)} is gone from the clip store; see countersteer doctor") from error
    if digest.hexdigest() != select.take.sha256:
        raise ExportError(f"{_named(select)} is no longer the clip that was stored; see countersteer doctor")


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=EPOCH)
    entry.external_attr = 0o644 << 16
    return entry


def _named(select: Select) -> str:
    return f"take {select.take.number} of shot {select.shot.number}"
