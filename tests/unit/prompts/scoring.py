"""The scoring rules of the open negative cases: what a prediction is held against, field by field."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

KINDS = (
    "duplicate",
    "contradiction_style",
    "contradiction_shot",
    "weight_syntax",
    "negation_prefix",
    "foreign_syntax",
    "inverted",
    "empty_entry",
)

_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_WHOLE_WORDS = {"text", "car", "cut", "set", "pen", "map", "ice"}


def misses(case: Mapping[str, Any], prediction: Mapping[str, Any]) -> Iterator[str]:
    """Every point the case loses; none for a perfect answer."""
    expect = case["expect"]
    yield from _finding_misses(expect, prediction["findings"])
    yield from _layer_misses(expect.get("layers", {}), prediction["layers"])
    for side, wanted in expect.get("compiled", {}).items():
        yield from _text_misses(side, wanted, prediction["compiled"][side])


def _finding_misses(expect: Mapping[str, Any], findings: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    for kind in KINDS:
        found = [terms for name, terms in findings if name == kind]
        groups = [group["any_of"] for group in expect.get(kind, [])]
        allowed = groups + [group["any_of"] for group in expect.get(f"{kind}_optional", [])]
        yield from (f"{kind}: {group} not told" for group in groups if not any(_hits(group, terms) for terms in found))
        if not expect.get(f"{kind}_open"):
            extra = (terms for terms in found if not any(_hits(group, terms) for group in allowed))
            yield from (f"{kind}: {terms} told in error" for terms in extra)
    if any(name == "overlong" for name, _ in findings) != expect["overlong"]:
        yield "overlong"


def _hits(group: Sequence[str], terms: Sequence[str]) -> bool:
    return not group or any(holds(wanted, term) or holds(term, wanted) for wanted in group for term in terms)


def _layer_misses(expect: Mapping[str, str], layers: Mapping[str, str]) -> Iterator[str]:
    for term, wanted in expect.items():
        got = next((layer for name, layer in layers.items() if plain(name) == plain(term)), None)
        if got not in wanted.split("|"):
            yield f"layer of {term}: {got}, wanted {wanted}"


def _text_misses(side: str, wanted: Mapping[str, Any], text: str) -> Iterator[str]:
    for group in wanted.get("must_contain", []):
        if not any(holds(word, text) for word in group.split("|")):
            yield f"{side} lost {group}"
    for pattern in wanted.get("must_not_match", []):
        if not text or re.search(pattern, text, re.IGNORECASE):
            yield f"{side} matches {pattern}"
    if "max_terms" in wanted and len(re.split(r"[,;]", text)) > wanted["max_terms"]:
        yield f"{side} has too many terms"


def holds(term: str, text: str) -> bool:
    """Whether the term starts at a word start in the text; a few short words count as whole words only."""
    wanted = plain(term)
    if not wanted:
        return False
    if not (wanted.isascii() and wanted[0].isalnum()):
        return wanted in plain(text)
    end = r"(?:'?s)?(?![a-z0-9])" if wanted in _WHOLE_WORDS else ""
    return re.search(rf"(?<![a-z0-9]){re.escape(wanted)}{end}", plain(text)) is not None


def plain(text: str) -> str:
    """Lower case, no accents, hyphens as spaces."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).translate(_QUOTES).lower())
    bare = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
    return " ".join(re.sub(r"[-_]+", " ", bare).split())
