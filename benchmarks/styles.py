"""What public style libraries become: read, translated into blocks, written back, and every word accounted for.

Run as ``python -m benchmarks.styles FILES...``: a table with a row per library, then one JSON object. Leaves with 1
when a style was not read, did not come back the same, or lost an entry that no line tells of.
"""

import argparse
import asyncio
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from interfaces.styles.reading import read_library
from prompts.libraries import forms
from prompts.libraries.library import HOLE, Form, Library, Preset
from prompts.libraries.translating import Translated, translate

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One library in figures.

    Attributes:
        whole: Whether the file written from it reads as the same library.
        terms: Entries that negatives hold as written; ``kept`` of them are in a block.
        lost: Entries that are in neither block and in no line, with their styles.
        blank: Styles without a style text, without a negative; what they lack stays as the film has it.
    """

    file: str
    form: str
    styles: int
    complaints: int
    whole: bool
    terms: int
    kept: int
    lines: int
    long: int
    blank: tuple[int, int]
    lost: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing went missing."""
        return self.whole and not self.lost and not self.complaints


def measure(file: str, library: Library) -> Row:
    """The library in figures."""
    done = [(preset, translate(preset)) for preset in library.presets]
    return Row(
        file=file,
        form=library.form.value,
        styles=len(library.presets),
        complaints=len(library.complaints),
        whole=_again(library) == (library.form, library.presets),
        terms=sum(len(_entries(preset.negative)) for preset, _ in done),
        kept=sum(len(translated.negative.terms) for _, translated in done),
        lines=sum(len(translated.told) for _, translated in done),
        long=sum(translated.long for _, translated in done),
        blank=(sum(not each.style for _, each in done), sum(not each.negative.terms for _, each in done)),
        lost=tuple(f"{preset.name}: {entry}" for preset, translated in done for entry in lost(preset, translated)),
    )


def _again(library: Library) -> tuple[Form, tuple[Preset, ...]]:
    """The library after it was written and read once more."""
    again = forms.read(forms.write(library))
    return again.form, again.presets


def lost(preset: Preset, translated: Translated) -> list[str]:
    """Entries of the preset that are neither in a block nor in a line; told apart here without the project's rules."""
    terms = [term.text for term in translated.negative.terms]
    present = "\n".join(map(_joined, (translated.style, *terms, *translated.told)))
    sides = (preset.positive.replace(HOLE, "\n"), preset.negative)
    return [entry.strip() for side in sides for entry in _entries(side) if not _accounted(entry, present)]


def _accounted(entry: str, present: str) -> bool:
    """Whether the entry stands there whole, or its beginning in a block and its end in a line ("photo" and "of a")."""
    words = _WORD.findall(entry.casefold())
    ways = ((words[:at], words[at:]) for at in range(1, len(words) + 1))
    return any(all(f" {' '.join(half)} " in present for half in way if half) for way in ways)


def table(rows: Sequence[Row]) -> str:
    """The rows under their heads."""
    cells = [_cells(row) for row in rows]
    heads = {head: max(len(head), *(len(each[head]) for each in cells)) for head in cells[0]}
    lines = (
        "  ".join(each[head].ljust(width) for head, width in heads.items())
        for each in ({head: head for head in heads}, *cells)
    )
    return "\n".join(line.rstrip() for line in lines)


def _cells(row: Row) -> dict[str, str]:
    return {
        "library": row.file,
        "form": row.form,
        "styles": str(row.styles),
        "left out": str(row.complaints),
        "same again": "yes" if row.whole else "NO",
        "entries": str(row.terms),
        "terms": str(row.kept),
        "lines": str(row.lines),
        "over 12": str(row.long),
        "no style": str(row.blank[0]),
        "no negative": str(row.blank[1]),
        "lost": str(len(row.lost)),
    }


def main() -> None:
    """Read the libraries, print the table and the figures, and leave with 1 when something went missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.styles", description="Import style libraries.")
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+")
    files: list[Path] = parser.parse_args().files
    rows = asyncio.run(_measure(files))
    print(table(rows))
    total = {"styles": sum(row.styles for row in rows), "sound": all(row.sound for row in rows)}
    print(json.dumps({**total, "libraries": [asdict(row) for row in rows]}, ensure_ascii=False))
    sys.exit(0 if total["sound"] else 1)


async def _measure(files: Sequence[Path]) -> list[Row]:
    return [measure(file.name, await read_library(file)) for file in files]


def _entries(negative: str) -> list[str]:
    return [part for part in re.split(r"[,;\n]|\.\s", negative) if _WORD.search(part)]


def _joined(text: str) -> str:
    """The words of a text between single spaces."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


if __name__ == "__main__":
    main()
