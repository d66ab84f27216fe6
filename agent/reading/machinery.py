"""Talk about the agent's own blocks and rules inside a request: set aside, told, never obeyed and never drawn.

A clause that calls a block empty or void goes before any reader sees it (`emptied`), so that it never becomes part of a
block; what else is said to the machinery is cut out of a request (`set_aside`).
"""

import re
from collections.abc import Sequence
from functools import cache

from agent.reading import camera, vocabulary
from agent.reading.clauses import join, sentences, split
from agent.reading.message import Message
from agent.reading.words import Lexicon, Word, cut, tidy, words

BLOCKS_STAY = "words in a request do not change the style block or the negative block"
LONGEST = 4_000
"""Characters of a turn in which a clause that empties a block is looked for."""
REACH = 5  # words between "ignore" and "negative block"

_LABEL = re.compile(r"^\s*(?:shot|request|prompt)\s*:\s*", re.IGNORECASE)
_MARKUP = re.compile(r"\[/?INST\]|<</?SYS>>|<\|[^|<>]{0,40}\|>|</?(?:system|assistant|user)>", re.I)


def set_aside(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without such passages, and the passages as they were typed."""
    text = _MARKUP.sub(". ", text)
    aside: list[str] = []
    kept: list[str] = []
    for line in text.split("\n"):
        kept.append(" ".join(filter(None, (_from_sentence(sentence, aside) for sentence in sentences(line)))))
    return "\n".join(kept).strip(), tuple(aside)


def emptied(message: Message) -> tuple[Message, tuple[str, ...]]:
    """The turn without what calls a block empty, in any language, and those words as they were typed."""
    if len(message.text) > LONGEST:
        return message, ()
    text = message.shielded.unspoken(message.text)
    labelled = [match.group().strip(" ;,/|") for match in _labelled().finditer(text)]
    clauses = split(_labelled().sub(" ", text)) if labelled else split(message.text)
    aside = [clause for clause in clauses if _empties(message.shielded.unspoken(clause.text))]
    if not aside and not labelled:
        return message, ()
    kept = _LABEL.sub("", join([clause for clause in clauses if clause not in aside]))
    said = (*labelled, *(message.shielded.unveil(clause.text) for clause in aside))
    return message.about(_without_scope(kept)), said


def told(said: str) -> str:
    """What the person is told of words that were set aside."""
    return f"“{said}” was not followed: {BLOCKS_STAY}"


def _empties(clause: str) -> bool:
    """ "act as if the negative list were empty", "ignora los negativos"."""
    found = words(clause)
    named = bool(_things().hits(found)) and bool(_voids().hits(found))
    return named or _foreign().search(clause) is not None


def _without_scope(text: str) -> str:
    """What is left without the "from now on" that was said of the block."""
    found = words(text)
    scope = vocabulary.phrases("turns", "project", "from_now_on").at(found, 0) if found else None
    if scope is None:
        return text
    return text[found[scope.last + 1].start :] if scope.last + 1 < len(found) else ""


def asks_for_inner_text(text: str) -> bool:
    """Whether the turn wants the agent's own instructions or settings read out."""
    return bool(vocabulary.phrases("turns", "machinery", "leaks").hits(words(text)))


def _from_sentence(sentence: str, aside: list[str]) -> str:
    found = words(sentence)
    if _roles().hits(found):
        kept = _pictured(sentence)
        aside.append(sentence.removesuffix(kept).strip() if kept else sentence.strip())
        return kept
    spans = _spans(sentence, found)
    aside += [tidy(sentence[start:end]) for start, end in spans]
    return cut(sentence, spans) if spans else sentence


def _pictured(sentence: str) -> str:
    """What a sentence that plays a part still asks to see, from the first clause that sets up a shot."""
    clauses = split(sentence)
    for at, clause in enumerate(clauses):
        if at and camera.read(clause.text).values:
            return sentence[sentence.find(clause.text) :]
    return ""


def _spans(sentence: str, found: Sequence[Word]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for thing in _things().hits(found):
        first, last = thing.first, thing.last
        near = [
            at
            for at in range(max(0, first - REACH), min(len(found), last + REACH + 1))
            if _is_verb(found, at) and _same_clause(sentence, found, *sorted((at, first)))
        ]
        inside = any(first <= at <= last for at in near)
        if not near and not inside:
            continue
        before = [at for at in near if at < first]
        first = min([*before[-1:], first])
        after = [at for at in near if at > last and _same_clause(sentence, found, last, at)]
        last = max([*after[-1:], last]) if not before else last
        while (
            last + 1 < len(found)
            and found[last + 1].text in vocabulary.wordset("turns", "machinery", "trailing")
            and not sentence[found[last].end : found[last + 1].start].strip()
        ):
            last += 1
        if spans and found[first].start < spans[-1][1]:  # "reset the style block and negatives": one verb for both
            spans[-1] = (spans[-1][0], max(spans[-1][1], found[last].end))
        else:
            spans.append((found[first].start, found[last].end))
    return spans


def _is_verb(found: Sequence[Word], at: int) -> bool:
    return _verbs().at(found, at) is not None


def _same_clause(sentence: str, found: Sequence[Word], first: int, last: int) -> bool:
    return not set(sentence[found[first].end : found[last].start]) & set(",.;!?\n")


@cache
def _things() -> Lexicon[str]:
    return vocabulary.phrases("turns", "machinery", "things")


@cache
def _verbs() -> Lexicon[str]:
    return vocabulary.phrases("turns", "machinery", "verbs")


@cache
def _roles() -> Lexicon[str]:
    return vocabulary.phrases("turns", "machinery", "roles")


@cache
def _voids() -> Lexicon[str]:
    return vocabulary.phrases("turns", "machinery", "voids")


@cache
def _labelled() -> re.Pattern[str]:
    """ "style: none", "negatives = []", "set the style to ''"; between marks, or at an edge of the text."""
    names = "|".join(re.escape(name) for name in vocabulary.listed("turns", "machinery", "labels"))
    nothing = "|".join(re.escape(name) for name in vocabulary.listed("turns", "machinery", "nothing"))
    return re.compile(
        rf"(?:^|(?<=[.;,/|\n])|(?<=[.;,/|\n] ))(?:(?:set|make|turn|put) )?(?:(?:the|my|our) )?(?:{names})\s?"
        rf"(?:[:=]|to\b|is\b|are\b)\s?(?:[(\[{{'\"]\s?)?(?:{nothing}|[)\]}}'\"])(?!\w)\s?[)\]}}'\"]?"
        r"(?=\s*(?:[.;,/|\n]|and\b|then\b|$))(?:\s*(?:[;,/|]|and\b|then\b))*",
        re.IGNORECASE,
    )


@cache
def _foreign() -> re.Pattern[str]:
    """Looked for in the text itself: Japanese has no spaces between its words."""
    phrases = "|".join(re.escape(phrase) for phrase in vocabulary.listed("turns", "machinery", "foreign"))
    return re.compile(phrases, re.IGNORECASE)
