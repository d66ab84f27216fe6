"""One clause of another language said again: what the readers must know in English, the rest behind placeholders.

"Vi bajo la lluvia en plano medio, sin destello de lente" becomes "medium shot, ‹Vi bajo la lluvia›, rain" and "no lens
flare", where ‹...› is one word that nobody reads and that turns back into what was typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import normalize

from agent.reading.shield import Kind
from agent.reading.tongues import edges
from agent.reading.tongues.absent import Absence, Reader, Thing
from agent.reading.tongues.phrasebook import MODELS, Match, Way
from agent.reading.tongues.splitting import Piece
from agent.reading.tongues.tokens import Script, Token
from agent.reading.tongues.tongue import Tongue
from agent.reading.tongues.veil import Veil

STYLE_OF = "in the style of"
LONGEST_NAME = 12  # tokens of a name before "風" or "ke style mein"
NEAR = 2  # tokens between a movement and its pace

_CAMERA = (Way.CAMERA, Way.MOVE, Way.ACTING)
_UNDERSTOOD = (*_CAMERA, Way.LOOK, Way.FEELING, Way.CUE, Way.MANNER, Way.NAMED_MANNER)
_FIRST = ("use", "ignore")  # what English puts before the thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A clause said again.

    Attributes:
        body: What stays in its place, and English clauses beside it.
        negatives: Bare terms, in English or behind placeholders.
        absences: What said so.
        understood: Whether any phrase was more than words to be kept.
    """

    body: str
    negatives: tuple[str, ...] = ()
    absences: tuple[Absence, ...] = ()
    understood: bool = True

    @property
    def text(self) -> str:
        """The clause as one text, its negatives last."""
        return ", ".join(part for part in (self.body, *(f"no {term}" for term in self.negatives)) if part)


def retell(piece: Piece, language: Tongue, veil: Veil, *, referring: bool = False, numbered: bool = False) -> Told:
    """The clause in English cues.

    Args:
        referring: Whether it speaks of reference images.
        numbered: Whether "first" and "second" number the shots of its message, and so are no words of it.
    """
    whole = language.whole.whole(piece.found)
    if whole is not None:
        return Told(body=whole.english)
    found = (language.references if referring else language.phrases).matches(piece.found)
    matches = tuple(match for match in found if numbered or match.entry.way is not Way.ORDINAL)
    absences = () if referring else Reader(piece.found, matches, language).absences()
    cut = frozenset(at for absence in absences for at in range(absence.first, absence.last + 1))
    heard = tuple(match for match in matches if match.first not in cut and match.last not in cut)
    clause = _Clause(piece, language, veil, heard, cut, referring=referring)
    return Told(
        body=clause.body(),
        negatives=tuple(bare(thing, piece, veil) for absence in absences for thing in absence.things),
        absences=absences,
        understood=bool(absences) or any(match.entry.way in _UNDERSTOOD for match in heard),
    )


def bare(thing: Thing, piece: Piece, veil: Veil) -> str:
    """A forbidden thing as a bare term."""
    return thing.english or veil.hide(piece.text[piece.found[thing.first].start : piece.found[thing.last].end])


class _Clause:
    """A clause while it is said again, token by token."""

    def __init__(
        self,
        piece: Piece,
        language: Tongue,
        veil: Veil,
        heard: Sequence[Match],
        cut: frozenset[int],
        *,
        referring: bool,
    ) -> None:
        self._text, self._found, self._language, self._veil = piece.text, piece.found, language, veil
        self._heard, self._referring = heard, referring
        self._moved = edges.moved(piece.found, heard, cut, language.glue)
        self._gone = self._moved | cut
        self._fronted: list[str] = []

    def body(self) -> str:
        """The clause without what it forbids."""
        parts: list[str] = []
        at = 0
        for match in self._heard:
            said = self._said(match, since=at)
            if said is not None:
                kind = Kind.TITLE if parts and parts[-1] == STYLE_OF else Kind.IDIOM
                parts += [self._typed(at, match.first, kind=kind), said]
                at = match.last + 1
        kind = Kind.TITLE if parts and parts[-1] == STYLE_OF else Kind.IDIOM
        parts.append(self._typed(at, len(self._found), kind=kind))
        place = " ".join(part for part in (*self._fronted, *parts) if part)
        return ", ".join(part for part in (*self._camera(), place, *self._look()) if part)

    def _camera(self) -> list[str]:
        return [self._paced(match) for match in self._heard if match.entry.way in _CAMERA]

    def _paced(self, match: Match) -> str:
        """A camera movement with the pace that stands beside it."""
        if match.entry.way is not Way.MOVE:
            return match.english
        near = (
            other.english
            for other in self._heard
            if other.entry.way is Way.PACE and max(match.first - other.last, other.first - match.last) <= NEAR + 1
        )
        return " ".join([*dict.fromkeys(near), match.english])

    def _look(self) -> list[str]:
        """Look words in English; what qualifies as a feeling or a colour only where the clause is nothing else."""
        alone = len(self._gone) == len(self._found)
        ways = (Way.LOOK, Way.FEELING) if alone else (Way.LOOK,)
        return [match.english for match in self._heard if match.entry.way in ways]

    def _said(self, match: Match, *, since: int) -> str | None:
        """What a phrase becomes in its place; ``None`` where its words stay, or leave with others."""
        match match.entry.way:
            case Way.CUE:
                return self._in_front(match.english)
            case Way.DROPPED | Way.ORDINAL:
                return ""
            case Way.MANNER:
                return STYLE_OF
            case Way.NAMED_MANNER:
                return self._named(match, since=since)
            case _:
                return None

    def _in_front(self, english: str) -> str:
        """English puts "use" and "ignore" first; a language that puts them last is turned round."""
        if self._referring and self._language.verb_last and english in _FIRST:
            self._fronted.append(english)
            return ""
        return english

    def _named(self, match: Match, *, since: int) -> str:
        """ "In the style of" and the name that stands before the phrase, which leaves its place."""
        person = next(
            (other for other in self._heard if other.entry.way is Way.PERSON and other.last == match.first - 1), None
        )
        first = person.first if person is not None else self._name(match.first, since=since)
        self._gone |= frozenset(range(first, match.first))
        if person is not None:
            return f"{STYLE_OF} {person.english}"
        if first == match.first:
            return ""
        typed = self._text[self._found[first].start : self._found[match.first - 1].end]
        return f"{STYLE_OF} {self._veil.hide(typed, kind=Kind.TITLE)}"

    def _name(self, until: int, *, since: int) -> int:
        first = until
        while first > max(since, until - LONGEST_NAME) and not self._ends_name(self._found[first - 1]):
            first -= 1
        return first

    def _ends_name(self, token: Token) -> bool:
        small = token.text in self._language.glue or token.text in self._language.stops
        return small or "\u3040" <= token.text <= "\u309f" or token.script is Script.VEIL

    def _typed(self, first: int, until: int, *, kind: Kind) -> str:
        """A run of tokens as typed: what the readers take as it is stays open, the rest goes behind placeholders."""
        pieces: list[str] = []
        after = 0
        for opened, run in groupby(range(first, until), key=lambda at: None if at in self._gone else self._is_open(at)):
            places = list(run)
            start, end = self._found[places[0]].start, self._found[places[-1]].end
            if opened is not None:
                typed = normalize("NFKC", self._text[start:end]) if opened else self._text[start:end]
                pieces += [
                    "" if pieces and after == start else " ",
                    typed if opened else self._veil.hide(typed, kind=kind),
                ]
            after = end
        return "".join(pieces).strip()

    def _is_open(self, at: int) -> bool:
        """Whether the readers need a token as it is: a placeholder, a model's name and number, a ratio."""
        token = self._found[at]
        if token.script is Script.NUMBER:
            return not token.text.isdigit() or (at > 0 and self._found[at - 1].text in MODELS)
        return token.script is Script.VEIL or token.text in MODELS
