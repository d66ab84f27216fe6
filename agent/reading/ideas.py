"""The ideas that a clause holds: words of the trade by what they mean, and figures and names that the film knows."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from agent.reading import figures, vocabulary, wishes
from agent.reading.message import Message, numbers
from agent.reading.shield import Shielded
from agent.reading.words import Word, plain, singular, words
from prompts.terms import identity

_FIGURE = r"(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten)"
_ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|last|latest|1st|2nd|3rd|4th|5th|6th)"
_LINK = r"(?:\s?,\s?(?:and\s)?|\s?[-–&]\s?|\s(?:and|to|thru|through|till|until|with|for)\s)"
_NUMERALS: Mapping[str, int] = {
    name: value
    for names, step in (
        ("a two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen", 1),
        ("ten twenty thirty forty fifty sixty seventy eighty ninety", 10),
    )
    for value, name in ((nth * step, name) for nth, name in enumerate(names.split(), start=1))
} | {"one": 1, "seventeen": 17, "eighteen": 18, "nineteen": 19}
_SCALES: Mapping[str, int] = {"hundred": 100, "thousand": 1_000, "grand": 1_000}
_NUMERAL = "|".join((*_NUMERALS, *_SCALES))
_SPELLED = rf"(?:{_NUMERAL})(?:[\s-](?:and\s)?(?:{_NUMERAL}))*"
_FIGURES: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in {
        "#money": r"[$€£]\s?(?P<sum>\d[\d,]*(?:\.\d\d?)?)(?P<k>k)?"
        r"|\b(?P<plain>\d[\d,]*(?:\.\d\d?)?)(?P<thousand>k)?\s?(?:dollars?|usd|bucks|quid|euros?)\b"
        rf"|\b(?P<spelled>{_SPELLED})\s(?:dollars?|usd|bucks|quid|euros?)\b",
        "#take": rf"\b(?:takes?|tk|clip|option|version number)\s?#?(?P<take>{_FIGURE})(?:'s)?\b"
        rf"|\b(?P<nth>{_ORDINAL}) (?:one|take|clip|try|attempt|go|option)(?:'s)?\b|\bthe (?P<bare>{_ORDINAL})\b(?! \w)"
        rf"|\b(?:number|no\.?|#)\s?(?P<number>{_FIGURE})(?:'s)?\b",
        "#version": rf"\b(?:version|revision|rev|v)\s?#?(?P<version>{_FIGURE})\b",
        "#shots": rf"\b(?:shots?|sh|scenes?)\s?#?{_FIGURE}(?:{_LINK}(?:(?:shots?|sh)\s?)?#?{_FIGURE})+\b",
        "#shot": rf"\b(?:shots?|sh|scenes?)\s?#?{_FIGURE}\b|\b(?:the )?(?:{_ORDINAL}|opening|closing) shot\b",
        "#ratio": r"\b\d{1,2}(?:\.\d{1,2})?\s?[:x]\s?\d{1,2}\b",
        "#seconds": r"\b\d{1,3}(?:\.\d)?[\s-]?(?:s|secs?|seconds?)\b",
        "#numbers": rf"(?<![\w.]){_FIGURE}(?:{_LINK}{_FIGURE})+(?![\w.])",
        "#number": r"(?<![\w.$])#?\d{1,4}(?![\w.])",
    }.items()
}
"""In this order; what one has taken no later one sees. Words for figures count only beside a shot or a take."""
_NAMING = frozenset({"#take", "#version", "#shots", "#shot"})
"""Kinds whose own words say nothing else: the "take" of "take 2" chooses nothing."""
_IMPLIED: Mapping[str, tuple[str, ...]] = {"#shots": ("#shot",), "#numbers": ("#number",)}


@dataclass(frozen=True, slots=True)
class Told:
    """One clause and what was found in it.

    Attributes:
        at: For each word the ideas it is part of.
        ideas: All of them.
        said: For each kind of figure or name the texts of it, in order.
    """

    text: str
    found: tuple[Word, ...]
    at: tuple[frozenset[str], ...]
    ideas: frozenset[str]
    said: Mapping[str, tuple[str, ...]]

    def spare(self, known: frozenset[str]) -> tuple[Word, ...]:
        """The words that belong to none of those ideas and mean something."""
        glue = vocabulary.wordset("turns", "bags", "glue")
        return tuple(
            word for word, ideas in zip(self.found, self.at, strict=True) if not ideas & known and word.text not in glue
        )


def of(clause: str, message: Message) -> Told:
    """The ideas of a clause, in the film of that message."""
    return _of(clause, message.shielded, models=message.scene.models, negatives=message.scene.negatives)


@lru_cache(maxsize=64)  # a clause is told of as itself, and beside each other clause of its turn
def _of(clause: str, shielded: Shielded, *, models: tuple[str, ...], negatives: tuple[str, ...]) -> Told:
    found = words(clause)
    at = [set[str]() for _ in found]
    said: dict[str, list[str]] = defaultdict(list)
    for kind, start, end in (*_figures(clause), *_models(clause, models), *_terms(clause, shielded, negatives)):
        said[kind].append(clause[start:end])
        for nth, word in enumerate(found):
            if start <= word.start < end:
                at[nth] |= {kind, *_IMPLIED.get(kind, ())}
    named = [bool(ideas & _NAMING) for ideas in at]
    for first, last, held in _phrases_in(found):
        for nth in range(first, last + 1):
            at[nth] |= held if not all(named[first : last + 1]) else set()
    if sum(len(said.get(kind, ())) for kind in ("#shot", "#number")) > 1 or said.keys() & _IMPLIED.keys():
        at = [ideas | {"#pair"} if ideas & {"#shot", "#number"} else ideas for ideas in at]
    told = {kind: tuple(texts) for kind, texts in said.items()}
    return Told(clause, found, tuple(map(frozenset, at)), frozenset[str]().union(*at), told)


def _figures(clause: str) -> Iterator[tuple[str, int, int]]:
    taken: list[tuple[int, int]] = []
    for kind, pattern in _FIGURES.items():
        for match in pattern.finditer(clause):
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                taken.append(match.span())
                yield kind, *match.span()


def models(clause: str, message: Message) -> tuple[str, ...]:
    """The models a clause names, also with an "'s"."""
    return _families(clause, message.scene.models)


def _families(clause: str, models: tuple[str, ...]) -> tuple[str, ...]:
    return wishes.families(clause.replace("'s", "  "), models=models, loosely=True)


def _models(clause: str, models: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    for name in _families(clause, models):
        spellings = (name, *_spellings(name))
        found = (re.search(rf"\b{re.escape(each)}(?:'s)?\b", clause, re.IGNORECASE) for each in spellings)
        match = max((each for each in found if each), key=lambda each: each.end() - each.start(), default=None)
        if match is not None:
            yield "#model", *match.span()


def _spellings(family: str) -> tuple[str, ...]:
    known = vocabulary.table("families", "families")
    return vocabulary.listed("families", "families", family, "names") if family in known else ()


def _terms(clause: str, shielded: Shielded, negatives: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    """Terms of the negative block, also in the other number and by a name that means the same."""
    found = words(clause) if negatives else ()
    known = {identity(term) for term in negatives}
    longest = max((len(words(term)) for term in negatives), default=0) + 1
    done = -1
    for first in range(len(found)):
        for last in range(min(first + longest, len(found)) - 1, first - 1, -1):
            said = shielded.unveil(clause[found[first].start : found[last].end]).strip("'\"“”")
            if first > done and _identities(said) & known:
                done = last
                yield "#term", found[first].start, found[last].end
                break


@lru_cache(maxsize=1024)
def _identities(said: str) -> frozenset[str]:
    return frozenset({identity(said), identity(singular(plain(said)))})


def _phrases_in(found: Sequence[Word]) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Every phrase among the words, also inside a longer one, with its ideas; a last word may be in the plural."""
    said = tuple(word.text for word in found)
    bare = tuple(map(singular, said))
    for first, word in enumerate(said):
        for parts, held in _phrases().get(word, _phrases().get(bare[first], ())):
            last = first + len(parts) - 1
            if parts[-1] in (*said[last : last + 1], *bare[last : last + 1]) and parts[:-1] == said[first:last]:
                yield first, last, held


@cache
def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]:
    """The phrases of all ideas by their first words."""
    ideas: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name in vocabulary.table("deeds", "ideas"):
        for phrase in vocabulary.listed("deeds", "ideas", name):
            ideas[tuple(word.text for word in words(phrase))].add(name)
    grouped: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = defaultdict(list)
    for parts, names in ideas.items():
        grouped[parts[0]].append((parts, frozenset(names)))
    return {first: tuple(phrases) for first, phrases in grouped.items()}


def shots(told: Sequence[Told], message: Message, *, loose: bool = True) -> tuple[int, ...]:
    """The shots that clauses name, in order: "shots 2 and 4", "shot two", "the last shot", ``loose`` also "4"."""
    for kinds in (("#shots", "#shot"), ("#numbers", "#number"))[: 1 + loose]:
        texts = [text for clause in told for kind in kinds for text in clause.said.get(kind, ())]
        found = [number for text in texts for number in _numbered(text, message)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _numbered(text: str, message: Message) -> tuple[int, ...]:
    known = [number for number, _ in message.scene.shots]
    said = set(plain(text).split())
    if said & {"last", "latest", "closing"}:
        return (known[-1],) if known else ()
    if "opening" in said:
        return (known[0],) if known else ()
    ordinal = next((nth for nth, name in enumerate(_ORDINALS, start=1) if said & name), None)
    if ordinal is not None:
        return (ordinal,)
    figured = re.sub(r"[a-z]+", lambda match: str(figures.count(match.group()) or match.group()), text.casefold())
    figured = re.sub(r"^(?:shots?|sh|scenes?)?\s?#?", "", figured)
    return numbers("shots " + re.sub(r"\b(?:thru|till|until)\b", "to", re.sub(r",\s?and\b", " and", figured)))[0]


_ORDINALS = (
    {"first", "1st"},
    {"second", "2nd"},
    {"third", "3rd"},
    {"fourth", "4th"},
    {"fifth", "5th"},
    {"sixth", "6th"},
)


def take(told: Sequence[Told]) -> int | None:
    """The take that clauses name; ``None`` for the last one."""
    text = next((text for clause in told for text in clause.said.get("#take", ())), "")
    match = _FIGURES["#take"].search(text)
    if match is None:
        return None
    said = next(group for group in match.groups() if group).casefold()
    ordinal = next((nth for nth, name in enumerate(_ORDINALS, start=1) if said in name), None)
    return ordinal if ordinal is not None else figures.count(said)


def money(told: Sequence[Told]) -> float | None:
    """The sum that clauses name; a bare figure where none has a sign."""
    for clause in told:
        for text in (*clause.said.get("#money", ()), *clause.said.get("#number", ())):
            spelled = _spelled(text)
            if spelled:
                return _sum_of(spelled)
            match = re.search(r"(\d[\d,]*(?:\.\d\d?)?)(k)?", text, re.IGNORECASE)
            if match is not None:
                return float(match.group(1).replace(",", "")) * (1_000 if match.group(2) else 1)
    return None


def _spelled(text: str) -> str:
    """The numerals of a sum in words; nothing where it is in figures."""
    match = _FIGURES["#money"].search(text)
    return (match.group("spelled") or "") if match is not None else ""


def _sum_of(text: str) -> float:
    """ "two hundred and fifty" as 250."""
    total = part = 0
    for word in plain(text.replace("-", " ")).split():
        scale = _SCALES.get(word, 1)
        part = (part or 1) * scale if scale > 1 else part + _NUMERALS.get(word, 0)
        if scale > _SCALES["hundred"]:
            total, part = total + part, 0
    return float(total + part)
