"""A text taken apart: what it asks for, what it forbids, what it says of reference images, what it quotes."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

QUOTED = re.compile(
    r'"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»|「([^」]*)」|(?<!\w)\'([^\']{2,}?)\'(?!\w)|(?<!\w)‘([^’]{2,}?)’(?!\w)'
)
SIGN = re.compile(
    r"\b(sign|reads?|reading|text|lettering|letters|titled?|painted words?|poster|label)\b[^.\"“«'‘]{0,24}$"
)
SENTENCE_END = re.compile(r"[.!?]+(?=\s|$)|\n+")
OF_REFERENCE = re.compile(
    r"@\w+|<<<\w+>>>|\b(image|图片)[ _]?\d+\b|\b(reference|first|second|third) (image|picture|still)|"
    r"\breferences?\b|^\W*ignor(e|ing)\b"
)
CUE = re.compile(
    r"\b(?P<clause>keep[^,]*?\bfree (?:of|from)|avoid(?:ing)?(?: generating)?|exclud(?:e|es|ing)|without|no|not|never|"
    r"(?:do not|don't)(?: (?:show|add|include|use))?)\b:?|\b(?P<positive>free (?:of|from))\b"
)
CARRIES = ("keep", "avoid", "exclud")  # cues that hold for the whole rest of the sentence, not only to the next comma


class Way(StrEnum):
    """How a forbidden thing reached the model."""

    FIELD = "field"
    CLAUSE = "clause"
    POSITIVE = "positive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """One prompt text in its parts, all lower-case without hyphens.

    Attributes:
        wanted: Phrases that say what should be there.
        forbidden: What negative wording names, one entry per thing.
        free_of: What positive wording names (``"frame free of lettering"``).
        of_references: Sentences about reference images.
        lettering: Quoted text that a sign or caption is to show, as written.
    """

    wanted: tuple[str, ...]
    forbidden: tuple[str, ...]
    free_of: tuple[str, ...]
    of_references: tuple[str, ...]
    lettering: str


def take_apart(text: str) -> Phrases:
    """The parts of a prompt text. Quoted words count as lettering or not at all."""
    sentences = [part.strip() for part in SENTENCE_END.split(plain(QUOTED.sub(" ", text))) if part.strip()]
    of_references = tuple(sentence for sentence in sentences if OF_REFERENCE.search(sentence))
    others = [part for sentence in sentences if sentence not in of_references for part in sentence.split(";")]
    pieces = [piece for part in others for piece in _pieces(part.strip())]
    return Phrases(
        wanted=tuple(words for way, words in pieces if way is None),
        forbidden=tuple(thing for way, words in pieces if way is Way.CLAUSE for thing in things(words)),
        free_of=tuple(thing for way, words in pieces if way is Way.POSITIVE for thing in things(words)),
        of_references=of_references,
        lettering=_lettering(text),
    )


def things(words: str) -> tuple[str, ...]:
    """The single things of a list in words."""
    return tuple(part.strip() for part in re.split(r",|;|\n|\band\b|\bor\b", words) if part.strip(" :"))


def plain(text: str) -> str:
    """Lower-case, one kind of apostrophe, hyphens and underscores as spaces (``@`` names keep theirs)."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    return re.sub(r"(?<=\w)-(?=\w)", " ", folded)


def _pieces(sentence: str) -> list[tuple[Way | None, str]]:
    """The sentence cut at commas and cues, each piece with the way it is meant; ``None``: wanted."""
    pieces: list[tuple[Way | None, str]] = []
    carried: Way | None = None
    for index, part in enumerate(sentence.split(",")):
        cue = CUE.search(part)
        if cue is None:
            pieces.append((carried, part.strip()))
            continue
        before, after = part[: cue.start()].strip(), part[cue.end() :].strip()
        way = Way.CLAUSE if cue.group("clause") else Way.POSITIVE
        pieces += [(carried, before)] if before else []
        pieces.append((way, after))
        opens = index == 0 and not before
        carried = way if way is Way.CLAUSE and (opens or cue.group("clause").startswith(CARRIES)) else None
    return pieces


def _lettering(text: str) -> str:
    for quote in QUOTED.finditer(text):
        if SIGN.search(text[: quote.start()].lower()):
            return next(group for group in quote.groups() if group is not None)
    return ""
