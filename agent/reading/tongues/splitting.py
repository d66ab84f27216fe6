"""A message in clauses as people of any script mark them, each with its mark as English writes it."""

import re
from dataclasses import dataclass

from agent.reading.tongues.tokens import Token, tokens

_MARK = re.compile(
    r"[ \t]*(?:(?P<label>[①-⑳]|(?<!\w)[0-9０-９]{1,2}[).．）](?=\s|[^\W\d_])|[(（][ivx0-9a-h]{1,3}[)）])"
    r"|(?P<mark>[\n;!?…|()\[\]¡¿、。，；！？（）【】→।॥•—–]+|[:：](?!\d|//)|(?<!\d),|,(?!\d)"
    r"|\.(?=[\s\u3000-\u9fff]|$)|(?<=\s)[-/+](?=\s)))[ \t]*"
)
_ENGLISH = str.maketrans("、。，；！？（）【】：।॥．", ",.,;!?()[]:...", "¡¿")
ENDS = frozenset(".!?;\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause with its tokens, the mark after it, and the list label before it ("2)"); all may be empty."""

    text: str
    found: tuple[Token, ...]
    label: str = ""
    mark: str = ""

    @property
    def ends_sentence(self) -> bool:
        """Whether a sentence ends with it."""
        return bool(set(self.mark) & ENDS)


def pieces(text: str) -> tuple[Piece, ...]:
    """The clauses of a text, in order; list labels open the clause that follows them."""
    parted: list[Piece] = []
    label, at = "", 0
    for match in _MARK.finditer(text):
        if match.group("label") is not None:
            parted.append(_piece(text[at : match.start()], label, ""))
            label = match.group("label").translate(_ENGLISH)
        else:
            parted.append(_piece(text[at : match.start()], label, match.group("mark").translate(_ENGLISH)))
            label = ""
        at = match.end()
    parted.append(_piece(text[at:], label, ""))
    return tuple(piece for piece in parted if piece.text or piece.label or piece.mark)


def _piece(text: str, label: str, mark: str) -> Piece:
    kept = text.strip(" \t　")
    return Piece(kept, tokens(kept), label, mark)
