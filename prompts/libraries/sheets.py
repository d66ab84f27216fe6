"""``styles.csv`` of A1111 web UIs: ``name,prompt,negative_prompt``, one style a row."""

import csv
import io
from collections.abc import Iterator, Sequence

from prompts.libraries.library import Complaint, Form, Library, Preset, gathered
from prompts.libraries.presets import preset

NAME, POSITIVE, NEGATIVE = "name", "prompt", "negative_prompt"
_OLD = {"text": POSITIVE}
"""Early web UIs called the column so (modules/styles.py of AUTOMATIC1111/stable-diffusion-webui, read 2026-11-20)."""


def read(text: str) -> Library:
    """The styles of the rows, and a complaint for each row that is none."""
    rows = _rows(text)
    line, header = next(rows, (1, ()))
    if isinstance(header, Complaint):
        header = ()
    columns = [_OLD.get(name := cell.strip().casefold(), name) for cell in header]
    if NAME not in columns or POSITIVE not in columns:
        what = f"no table of styles: its first row must name the columns {NAME}, {POSITIVE} and {NEGATIVE}"
        return Library(form=Form.A1111, presets=(), complaints=(Complaint(line=line, what=what),))
    return gathered(Form.A1111, (_preset(row, columns, line=line) for line, row in rows))


def write(library: Library) -> str:
    """The same styles as a file of that form."""
    more = list(dict.fromkeys(name for each in library.presets for name in each.extras))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([NAME, POSITIVE, NEGATIVE, *more])
    for each in library.presets:
        writer.writerow([each.name, each.positive, each.negative, *(each.extras.get(name, "") for name in more)])
    return out.getvalue()


def _rows(text: str) -> Iterator[tuple[int, Sequence[str] | Complaint]]:
    """Each row that is not blank with the line it begins on, or what keeps it from being read."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, Complaint(line=line, what=f"the row cannot be read ({error}); it is left out")
            continue
        if any(cell.strip() for cell in row):
            yield line, row


def _preset(row: Sequence[str] | Complaint, columns: Sequence[str], *, line: int) -> Preset | Complaint:
    if isinstance(row, Complaint):
        return row
    if any(cell.strip() for cell in row[len(columns) :]):
        what = f"the row has {len(row)} cells under {len(columns)} columns, so a comma lacks its quotes; it is left out"
        return Complaint(line=line, what=what)
    cells = dict(zip(columns, row, strict=False))
    if NAME not in cells:
        return Complaint(line=line, what="the row ends before its name; it is left out")
    extras = {name: cell for name, cell in cells.items() if name not in (NAME, POSITIVE, NEGATIVE)}
    return preset(cells[NAME], cells.get(POSITIVE), cells.get(NEGATIVE), line=line, extras=extras)
