"""Comparing words: one folded form per phrase, and whether a text asks for a phrase or rules it out."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_REMEMBERED = 4096
"""Keys kept: every spelling of the vocabulary (some 1,400) is held against every style, and blocks come on top."""

_SPELLINGS = {"colour": "color", "coloured": "colored", "grey": "gray", "artefact": "artifact", "centre": "center"}

_UNCOUNTED = frozenset({"lens", "bokeh", "chaos", "canvas", "always", "its", "this", "us"})
"""Words that end in s in the singular and are worth telling from a plural."""

_SIBILANT_PLURAL = re.compile(r"(?:ss|x|z|ch|sh)es$")

_RULED_OUT = re.compile(
    r"\b(?:no|not|non|without|avoid\w*|never|free of|don t|do not|doesn t|isn t|nobody|none|minus|lack\w*|instead of|"
    r"rather than|exclud\w*|ignor\w*|remov\w*|anti|sans|ohne|kein\w*|pas de|sin|senza|sem)\b"
)
_WORDS_BACK = 5
"""How far a negation reaches inside its clause; "no rain, just snow" must not rule the snow out."""

_SIGNS_BACK = 200
"""More than five words are long; a text of one endless clause must not be read again for every word in it."""

_CLAUSE_END = re.compile(r"[.;:!?,\n]|\b(?:but|just|only|then)\b")

_QUOTED = re.compile(
    r'"[^"]*"|“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|「[^「」]*」|(?<!\w)‘[^‘’]*’(?!\w)|(?<!\w)\'[^\']*\'(?!\w)'
)


def fold(text: str) -> str:
    """Lower case, no accents, hyphens as spaces, American spelling; punctuation stays."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    spaced = re.sub(r"[-_‐-―]+", " ", bare.replace("’", "'"))
    words = [_SPELLINGS.get(word, word) for word in spaced.split()]
    return " ".join(words)


@lru_cache(maxsize=_REMEMBERED)
def key(text: str) -> str:
    """The form two spellings of one phrase share: folded, without punctuation, words in the singular."""
    words = re.findall(r"[^\W_]+(?:&[^\W_]+)?", fold(text))
    return " ".join(_singular(word) for word in words)


def first_wanted(phrases: Iterable[str], text: str) -> str | None:
    """The first of the phrases that the text wants: whole words, not ruled out before them in their clause."""
    singular = in_singular(text)
    return next((phrase for phrase in phrases if _position(key(phrase), singular) is not None), None)


def position(phrase: str, text: str) -> int | None:
    """Where in the text, with its words in the singular, the phrase is first wanted; ``None`` where it is not."""
    return _position(key(phrase), in_singular(text))


def unquoted(text: str) -> str:
    """The text without what it quotes: speech and lettering are shown or heard, they do not describe the picture."""
    return _QUOTED.sub(" ", text)


def in_singular(text: str) -> str:
    """The folded text with every word in the singular and its punctuation kept."""
    folded = fold(text).replace("'", " ")
    return re.sub(r"[^\W_]+", lambda word: _singular(word.group()), folded)


def _position(wanted: str, singular: str) -> int | None:
    if not wanted or wanted not in singular:
        return None
    for hit in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", singular):
        if not _ruled_out(singular[max(0, hit.start() - _SIGNS_BACK) : hit.start()]):
            return hit.start()
    return None


def _ruled_out(before: str) -> bool:
    clause = _CLAUSE_END.split(before)[-1]
    return _RULED_OUT.search(" ".join(clause.split()[-_WORDS_BACK:])) is not None


def _singular(word: str) -> str:
    if len(word) < 4 or word in _UNCOUNTED or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if _SIBILANT_PLURAL.search(word):
        return word[:-2]
    return word.removesuffix("s")
