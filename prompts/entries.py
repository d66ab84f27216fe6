"""One entry of a negative block, read as a bare noun phrase whatever syntax it was written in."""

import re
from dataclasses import dataclass

from prompts import normal
from prompts.remarks import Kind, Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What an entry says.

    Attributes:
        text: The bare noun phrase; empty when nothing was left.
        raw: As it was written, without invisible characters.
    """

    text: str
    raw: str
    remarks: tuple[Remark, ...] = ()


# Prompt syntax of image tools that video models read as words: networks and embeddings of Stable Diffusion web UIs,
# wildcards, Midjourney switches, Pony score tags. Shapes as in the tools' manuals, read 2026-11-20.
_FOREIGN = re.compile(
    r"<[^<>]*>|\bembedding:\S*|\b__\w+__|(?<!\S)\$\w+|\bscore_\d+\w*|\b(?:source|rating)_\w+|(?<!\S)(?:BREAK|AND)(?!\S)"
    r"|(?<!\S)[-—]{1,2}no(?=\s)|(?<!\S)--[a-z]\w*(?:\s+[\d.:]+)?|^\s*(?i:negatives?(?:[ _]prompts?)?)\s*[:=]",
)
_EMBEDDING = re.compile(
    r"""
    ^(?: \w[\w-]*negative[\w.-]* | negative[-_x]\S+ | bad[\w.-]*[\d_]\S* | bad-?artist\S*
       | \w+[-_]neg | \S+[-_]v\d\S* | [a-z]+v\d+ )$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A lone word shaped like the file name of a textual inversion: ``EasyNegative``, ``badhandv4``, ``bad-hands-5``."""

_LONGEST_FILE_NAME = 80

_WEIGHT = re.compile(
    r"(?<=[^\d\s])\s*:{1,2}\s*-?\d{0,4}\.?\d{1,4}(?=\s*[)\]}]|\s*$)|(?<=[\w)\]])[+]+(?=\s|$)|(?<=[)\]])-+(?=\s|$)"
)
_BRACKETS = re.compile(r"[()\[\]{}<>（）【】〔〕《》「」『』|\\]")

_NEGATION = re.compile(
    r"""
    (?: (?: please | and | or | with | absolutely | strictly | but ) \s+ )*
    (?: (?: no | not | without | avoid | avoiding | never | don['’]?t | (?:do|must|should)\s+not | exclude | excluding
          | remove | omit | free\s+of | free\s+from | absence\s+of
          | ohne | keine?[nrsm]? | sans(?!\s+serif) | pas\s+de | sin | senza | sem ) (?: [\s:]+ | $ )
      | no-(?=\w) | pas\s+d['’]\s* | 没有 | 沒有 | 不要 | 避免 | 禁止 )
    (?: (?: use | using | show | showing | include | including | add | adding | make | making | have | having | put
          | generate | render | any | a | an | the ) \s+ )*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FREE = re.compile(r"(?<=\w)[-\s]free$", re.IGNORECASE)
_DIVIDES = re.compile(r"[,;|，；、。\n\r]\s*|(?:(?<=[^\W\d]{3})|(?<=[)\]}+]))\.\s+|\s(?=--[a-z])")
"""What stands between entries. A full stop does after a word; after a numeral or an abbreviation it divides nothing."""

_ENUMERATION = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*•·‣])\s+")
_EDGES = " \t.,;:!?*•·-–—_=+/\\\"'“”„‘’«»`~#&"


def read(raw: str) -> Entry:
    """The entry as a bare noun phrase, with a remark for everything that had to be taken off."""
    hygienic = normal.clean(raw)
    written = hygienic.text
    kinds = [Kind.INVISIBLE_TEXT] if hygienic.strays else []
    text, foreign = _without_foreign(_ENUMERATION.sub("", written))
    if foreign:
        kinds.append(Kind.FOREIGN_SYNTAX)
    text, weighted = _without_weights(text)
    if weighted:
        kinds.append(Kind.WEIGHT_SYNTAX)
    text, negated = _without_negation(text)
    if negated:
        kinds.append(Kind.NEGATION_PREFIX)
    if not any(char.isalnum() for char in text):
        text = ""
        if Kind.FOREIGN_SYNTAX not in kinds:
            kinds = [Kind.EMPTY_ENTRY]
    return Entry(text=text, raw=written, remarks=tuple(_remark(kind, raw=written, text=text) for kind in kinds))


def unweighted(text: str) -> tuple[str, tuple[Kind, ...]]:
    """Words of a style without weights and tools' syntax, and which of the two was taken off; a negation stays."""
    bare, foreign = _without_foreign(text)
    words, weighted = _without_weights(bare)
    found = ((Kind.FOREIGN_SYNTAX, foreign), (Kind.WEIGHT_SYNTAX, weighted))
    return (words if any(map(str.isalnum, words)) else ""), tuple(kind for kind, on in found if on)


def split(text: str) -> tuple[str, ...]:
    """The entries of a pasted list; commas, full stops, bars, line ends and switches divide, inside brackets too."""
    return tuple(_DIVIDES.split(text))


def _without_foreign(text: str) -> tuple[str, bool]:
    bare = _FOREIGN.sub(" ", text)
    name = bare.strip(_EDGES + "()[]{}")
    if len(name) <= _LONGEST_FILE_NAME and _EMBEDDING.match(name):
        return "", True
    return bare, bare != text


def _without_weights(text: str) -> tuple[str, bool]:
    bare = _BRACKETS.sub(" ", _WEIGHT.sub("", text))
    return _tidy(bare), bare != text


def _without_negation(text: str) -> tuple[str, bool]:
    bare = text
    while hit := _NEGATION.match(bare):
        bare = bare[hit.end() :]
    bare = _FREE.sub("", bare)
    return _tidy(bare), bare != text


def _tidy(text: str) -> str:
    return " ".join(re.sub(r"-{2,}", "-", text).split()).strip(_EDGES)


def _remark(kind: Kind, *, raw: str, text: str) -> Remark:
    """The remark for one oddity of an entry; the entry's own words are quoted, never obeyed."""
    left = f"it is kept as {text!r}" if text else "nothing of it is left"
    sentences = {
        Kind.FOREIGN_SYNTAX: (f"{raw!r} is syntax of an image tool; {left}", "write the thing itself in plain words"),
        Kind.WEIGHT_SYNTAX: (
            f"{raw!r} carries a weight or brackets; {left}",
            "no video model here reads weights; order does not matter",
        ),
        Kind.NEGATION_PREFIX: (
            f"{raw!r} is already a negation; {left}",
            "name the bare thing; the block itself says no",
        ),
        Kind.INVISIBLE_TEXT: (f"{raw!r} held invisible characters; {left}", "look at where it was copied from"),
        Kind.EMPTY_ENTRY: ("an entry holds no word; it is left out", "remove the stray comma"),
    }
    sentence, advice = sentences[kind]
    return Remark(kind=kind, terms=(raw,) if raw else (), sentence=sentence, advice=advice)
