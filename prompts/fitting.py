"""Making a shot's words fit a model's limit: what is measured, what goes first, and what never goes."""

import bisect
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from prompts.dialect import Unit
from prompts.errors import TooLongError
from prompts.rendering import Change, Note

CUT_ORDER = (
    "mood",
    "atmosphere",
    "attribution",
    "composition",
    "palette",
    "lighting",
    "lens",
    "camera",
    "dialogue",
    "lettering",
)
"""What is shortened first. Style, action, references and negatives are not in it: they are never cut."""

_WHOLE = frozenset({"dialogue", "lettering"})
"""Said or shown in full or not at all; half a line is another line."""

_ENDS = (".", "!", "?", "…", "。", "！", "？")

# Google counts about 4 characters of English per token (https://ai.google.dev/gemini-api/docs/tokens, read
# 2026-11-20). 3 per token, and nearly a token per byte outside ASCII, errs towards cutting too early, because a
# prompt over the limit is refused.
_LETTERS_PER_TOKEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One part of the text.

    Attributes:
        before: Words of ours in front (``"Palette: "``); they go when the piece goes.
        after: Likewise behind it.
    """

    name: str
    text: str
    before: str = ""
    after: str = ""

    @property
    def sentence(self) -> str:
        """The piece with a full stop, unless it ends a sentence by itself."""
        whole = f"{self.before}{self.text}{self.after}"
        return whole if whole.rstrip('"').endswith(_ENDS) else f"{whole}."


def measure(text: str, unit: Unit) -> int:
    """How long a text is in the unit; tokens are an estimate from above."""
    match unit:
        case Unit.CHARACTERS:
            return len(text)
        case Unit.UTF16:
            return len(text.encode("utf-16-le")) // 2
        case Unit.TOKENS:
            return _tokens(text)


def fit(
    pieces: Sequence[Piece], *, tail: str, limit: int | None, unit: Unit, model: str
) -> tuple[str, tuple[Note, ...]]:
    """The text within the limit, and a note for each part that was shortened or left out.

    Raises:
        TooLongError: What may never be cut does not fit by itself.
    """
    kept = {piece.name: piece for piece in pieces}
    notes: list[Note] = []
    if limit is None:
        return write(tuple(kept.values()), tail=tail), ()
    reserved = measure(write([piece for piece in pieces if piece.name not in CUT_ORDER], tail=tail), unit)
    if reserved > limit:
        raise TooLongError(model=model, limit=limit, needed=reserved, unit=unit)
    for name in CUT_ORDER:
        if measure(write(tuple(kept.values()), tail=tail), unit) <= limit:
            break
        if name in kept:
            notes.append(_shorten(kept, name, tail=tail, limit=limit, unit=unit, model=model))
    return write(tuple(kept.values()), tail=tail), tuple(notes)


def write(pieces: Sequence[Piece], *, tail: str) -> str:
    """The pieces as sentences on one line; what the negatives say is alone on the last one.

    Nobody's words hold a line break (`prompts.normal`), so nothing in a shot can pass for that line.
    """
    line = " ".join(piece.sentence for piece in pieces)
    return f"{line}\n{tail}" if tail else line


def _shorten(kept: dict[str, Piece], name: str, *, tail: str, limit: int, unit: Unit, model: str) -> Note:
    """Take clauses off the end of one piece until all fits; the whole piece if that is not enough."""
    full = kept[name]
    clauses = [full.text] if name in _WHOLE else full.text.split(", ")

    def passes_limit(count: int) -> bool:
        kept[name] = replace(full, text=", ".join(clauses[:count]))
        return measure(write(tuple(kept.values()), tail=tail), unit) > limit

    most = bisect.bisect_left(range(1, len(clauses)), True, key=passes_limit)
    if most == 0:
        del kept[name]
        return _cut(name, f"the {name} {full.text!r} was left out to fit the {limit} {unit} {model} takes")
    kept[name] = replace(full, text=", ".join(clauses[:most]))
    lost = ", ".join(clauses[most:])
    return _cut(name, f"{lost!r} of the {name} was cut to fit the {limit} {unit} {model} takes")


def _cut(name: str, sentence: str) -> Note:
    return Note(change=Change.CUT, part=name, sentence=sentence)


def _tokens(text: str) -> int:
    letters = sum(math.ceil(len(run) / _LETTERS_PER_TOKEN) for run in re.findall(r"[A-Za-z]+", text))
    rest = re.sub(r"[A-Za-z ]+", "", text)
    return letters + sum(max(1, len(char.encode("utf-8", "surrogatepass")) - 1) for char in rest)
