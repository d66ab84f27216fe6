"""What a stand-in understands of an order: from the words and fields on the wire, and from nothing else."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tools.sandbox import phrases
from tools.sandbox.phrases import Phrases, Way
from tools.sandbox.scene import Fault, Key, Look
from tools.sandbox.words import Colour, lexicon

HEX = re.compile(r"#([0-9a-f]{6})\b")
MOST_COLOURS = 5
ORDERED = re.compile(r"^(no|not|without|avoid|don't|do not|never)\b")
KEEPS_OUT = re.compile(r"\b(ignor\w*|only|nothing else|leave out|not the|without its|do not (copy|take)|disregard)\b")

# Shown where an order names no colours: what each key is usually lit in.
USUAL_PALETTE: Mapping[Key, tuple[Colour, ...]] = {
    Key.LOW: ((24, 28, 38), (58, 62, 74), (142, 108, 70)),
    Key.MID: ((70, 84, 92), (128, 122, 108), (186, 168, 138)),
    Key.HIGH: ((196, 204, 206), (224, 216, 200), (150, 164, 158)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One order as understood.

    Attributes:
        key: ``None`` where the text says nothing of light; ``palette`` empty where it names no colour.
        said: Per fault, the ways it was forbidden.
        counts: Per way, how many things were listed; long lists dilute each other.
        asked: Faults the text wants on purpose.
        guided: Whether the text says what not to take from the reference images.
    """

    look: Look
    key: Key | None
    palette: tuple[Colour, ...]
    subjects: int
    lettering: str
    said: Mapping[Fault, frozenset[Way]]
    counts: Mapping[Way, int]
    asked: frozenset[Fault]
    guided: bool


def read(text: str, *, negative_field: str = "") -> Wish:
    """What the words of an order ask for and forbid."""
    parts = phrases.take_apart(text)
    wanted = ", ".join(parts.wanted)
    fielded = _bare_terms(negative_field)
    said = _said(parts, fielded)
    return Wish(
        look=_look(wanted),
        key=_key(wanted),
        palette=_palette(wanted),
        subjects=_subjects(wanted),
        lettering=parts.lettering,
        said=said,
        counts={
            Way.FIELD: len(fielded),
            Way.CLAUSE: len(parts.forbidden),
            Way.POSITIVE: sum(Way.POSITIVE in ways for ways in said.values()),
        },
        asked=frozenset(fault for fault, words in lexicon().asked.items() if words.search(wanted)),
        guided=any(KEEPS_OUT.search(sentence) for sentence in parts.of_references),
    )


def refused(text: str, *, vendor: str, after_rendering: bool) -> str | None:
    """The word this vendor would refuse, before or after rendering. What a text forbids is not held against it."""
    table = lexicon().refused_output if after_rendering else lexicon().refused_input
    parts = phrases.take_apart(text)
    words = table.get(vendor)
    hit = words.search(", ".join(parts.wanted)) if words else None
    return hit.group() if hit else None


def _bare_terms(negative_field: str) -> tuple[str, ...]:
    """The field's terms. An order ("no walls") says nothing there: vendors ask for bare nouns."""
    terms = [term.strip() for term in re.split(r"[,;\n]", phrases.plain(negative_field)) if term.strip()]
    return tuple(term for term in terms if not ORDERED.search(term))


def _said(parts: Phrases, fielded: tuple[str, ...]) -> dict[Fault, frozenset[Way]]:
    ways = {
        fault: frozenset(
            way
            for way, hit in (
                (Way.FIELD, _any(words, fielded)),
                (Way.CLAUSE, _any(words, parts.forbidden)),
                (Way.POSITIVE, _any(words, parts.free_of) or _any(lexicon().counterparts[fault], parts.wanted)),
            )
            if hit
        )
        for fault, words in lexicon().named.items()
    }
    return {fault: found for fault, found in ways.items() if found}


def _any(words: re.Pattern[str], texts: Iterable[str]) -> bool:
    return any(words.search(text) for text in texts)


def _look(wanted: str) -> Look:
    """The look with the most words. A video model left alone makes something like a photograph."""
    hits = {look: [hit.start() for hit in words.finditer(wanted)] for look, words in lexicon().looks.items()}
    found = [look for look, places in hits.items() if places]
    return min(found, key=lambda look: (-len(hits[look]), hits[look][0]), default=Look.PHOTOREAL)


def _key(wanted: str) -> Key | None:
    counts = {key: len(words.findall(wanted)) for key, words in lexicon().keys.items()}
    if not any(counts.values()):
        return None
    return Key.LOW if counts[Key.LOW] >= counts[Key.HIGH] else Key.HIGH


def _palette(wanted: str) -> tuple[Colour, ...]:
    named = [
        (hit.start(), rgb) for name, rgb in lexicon().colours.items() for hit in re.finditer(rf"\b{name}\b", wanted)
    ]
    coded = [(hit.start(), _rgb(hit.group(1))) for hit in HEX.finditer(wanted)]
    return tuple(dict.fromkeys(rgb for _, rgb in sorted(named + coded)))[:MOST_COLOURS]


def _rgb(code: str) -> Colour:
    red, green, blue = bytes.fromhex(code)
    return red, green, blue


def _subjects(wanted: str) -> int:
    return next((count for count, words in lexicon().people.items() if words.search(wanted)), 1)
