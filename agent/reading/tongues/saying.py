"""A whole message said again in the English cues that the readers know; English in it stays as it was typed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.reading.shield import Kind, Shielded
from agent.reading.tongues import detecting, retelling, ruling, speech
from agent.reading.tongues.absent import Reader
from agent.reading.tongues.phrasebook import Way
from agent.reading.tongues.retelling import Told
from agent.reading.tongues.splitting import Piece, pieces
from agent.reading.tongues.tokens import Script, tokens
from agent.reading.tongues.tongue import Tongue
from agent.reading.tongues.veil import Veil

LEAST_NUMBERED = 2  # shots that a message must number by words for them to be labels
_FIRST, _EACH = "1)", ("both", "all")
_IGNORE, _REFERENCE = "ignore", "ref "


@dataclass(frozen=True, slots=True)
class _Line:
    """A clause, its language, and what became of it; English has neither."""

    piece: Piece
    language: Tongue | None = None
    told: Told | None = None

    @property
    def text(self) -> str:
        return self.piece.text if self.told is None else self.told.text


def say_again(shielded: Shielded) -> Shielded:
    """The message with every clause of another language in English cues; all English is returned as it is."""
    known = detecting.languages([piece.found for piece in pieces(shielded.text)])
    if not known:
        return shielded
    veil = Veil(shielded)
    text = speech.shield(shielded.text, known, veil)
    ruled = (ruling.said_again(text, language, veil) for language in known)
    command = next((said for said in ruled if said is not None), None)
    if command is not None:
        return veil.over(command)
    lines: list[_Line] = []
    refers = False
    for piece in _numbered(pieces(text), known):
        lines.append(_line(piece, known, veil, refers=refers))
        refers = refers or _refers(lines[-1])
    return veil.over(_written(_listed(lines, veil)))


def _numbered(parted: Sequence[Piece], known: Sequence[Tongue]) -> Sequence[Piece]:
    """The clauses, labelled where two or more of them open with "first", "second" and so on.

    Where something is said of each shot, "then" alone makes two of them: "plano A, luego plano B, 4 s cada uno".
    """
    labels = [_ordinal(piece, known) for piece in parted]
    if set(labels) - {None} and _FIRST not in labels and any(_says_each(piece, known) for piece in parted):
        labels[0] = _FIRST
    if len(set(labels) - {None}) < LEAST_NUMBERED:
        return parted
    return [replace(piece, label=label or piece.label) for piece, label in zip(parted, labels, strict=True)]


def _says_each(piece: Piece, known: Sequence[Tongue]) -> bool:
    heard = (match.english for language in known for match in language.phrases.matches(piece.found))
    return any(english.partition(" ")[0] in _EACH for english in heard)


def _line(piece: Piece, known: Sequence[Tongue], veil: Veil, *, refers: bool) -> _Line:
    typed, piece = piece, _opened(piece, veil)
    language = detecting.of_clause(piece.found, known) if piece.found else None
    if language is None:
        return _Line(typed)
    referring = _is_about_references(piece, language, refers=refers)
    told = retelling.retell(piece, language, veil, referring=referring, numbered=bool(piece.label))
    kept = not told.understood and not detecting.evidence(piece.found, language)
    return _Line(typed) if kept and not _by_script(piece) else _Line(piece, language, told)


def _opened(piece: Piece, veil: Veil) -> Piece:
    """The clause with the idioms of English as typed: "no uses" is none in Spanish."""
    passages = {token.text: veil.passage(token.text) for token in piece.found if token.script is Script.VEIL}
    text = piece.text
    for placeholder, passage in passages.items():
        if passage is not None and passage.kind is Kind.IDIOM:
            text = text.replace(placeholder, passage.text)
    return replace(piece, text=text, found=tokens(text)) if text != piece.text else piece


def _by_script(piece: Piece) -> bool:
    return any(token.script in (Script.CJK, Script.DEVANAGARI) for token in piece.found)


def _is_about_references(piece: Piece, language: Tongue, *, refers: bool) -> bool:
    """Whether an image is named, or one was and this says what of it to ignore."""
    said = [match.english for match in language.references.matches(piece.found) if match.entry.way is Way.CUE]
    named = any(english.startswith(_REFERENCE) for english in said) or any(
        token.text.startswith("@") for token in piece.found
    )
    return named or (refers and any(english.startswith(_IGNORE) for english in said))


def _refers(line: _Line) -> bool:
    return line.told is not None and (_REFERENCE in line.told.body or "@" in line.told.body)


def _listed(lines: Sequence[_Line], veil: Veil) -> list[_Line]:
    """The lines with lists of forbidden things continued over commas, in the direction their language reads."""
    kept = list(lines)
    for at, line in enumerate(lines):
        if line.told is None or not line.told.absences:
            continue
        if line.told.absences[-1].forward and line.told.absences[-1].last == len(line.piece.found) - 1:
            _continue(kept, range(at + 1, len(kept)), line, veil)
        elif not line.told.absences[0].forward and line.told.absences[0].first == 0:
            _continue(kept, range(at - 1, -1, -1), line, veil)
    return kept


def _continue(lines: list[_Line], order: range, start: _Line, veil: Veil) -> None:
    for at in order:
        line = lines[at]
        before = lines[at - 1] if order.step > 0 else line
        if start.language is None or before.piece.mark.strip() != "," or line.told is None:
            return
        matches = start.language.phrases.matches(line.piece.found)
        things = Reader(line.piece.found, matches, start.language).listed()
        if not things or line.told.absences:
            return
        terms = tuple(retelling.bare(thing, line.piece, veil) for thing in things)
        lines[at] = replace(line, told=replace(line.told, body="", negatives=terms))


def _ordinal(piece: Piece, known: Sequence[Tongue]) -> str | None:
    """The label of a clause that opens with "first" or "second"."""
    language = detecting.of_clause(piece.found, known) if piece.found else None
    match = language.phrases.at(piece.found, 0) if language is not None else None
    return match.english if match is not None and match.entry.way is Way.ORDINAL else None


def _written(lines: Sequence[_Line]) -> str:
    """The lines as one text; a mark that only introduced words that were dropped goes with them."""
    parts: list[str] = []
    for line in lines:
        idle = line.told is not None and not line.text and line.piece.mark.strip() in (":", ",")
        parts.append(f"{line.piece.label} {line.text}{'' if idle else line.piece.mark}".strip(" "))
        parts.append(" " if not line.piece.mark.endswith("\n") else "")
    return "".join(parts).strip()
