"""What a request wants of the route: models to use or leave, thrift, a price limit; and the request without it."""

from collections.abc import Sequence
from functools import cache

from agent.film import Thrift, Wishes
from agent.reading import figures, vocabulary
from agent.reading.clauses import join, split
from agent.reading.words import Hit, Lexicon, Word, cut, plain, words

LONGEST_CLAUSE = 12  # words on one side of a name; a longer clause tells more than a wish
LONGEST_LEAD = 5  # words of what wants or refuses a name
_ARTICLES = frozenset({"a", "an", "the", "his", "her", "this"})


def read(text: str, *, models: Sequence[str] = ()) -> tuple[Wishes, str]:
    """The wishes of a text and what is left of it. ``models`` are names of profiles in reach."""
    text, most = figures.read_price(text)
    text, variants = _read_variants(text, models)
    text, thrift = _read_thrift(text)
    found = words(text)
    wanted: list[str] = []
    refused = [*variants]
    spans: list[tuple[int, int]] = []
    keep = True
    for hit in _names(tuple(models)).hits(found):
        side = _side(text, found, hit, tuple(models)) or _beside(text, found, hit, after=spans, kept=keep)
        if side is not None:
            keep, first = side
            (wanted if keep else refused).append(hit.meaning)
            spans.append((found[first].start, _end(text, found, hit)))
    wishes = Wishes(
        models=tuple(name for name in dict.fromkeys(wanted) if name not in refused),
        exclude=tuple(dict.fromkeys(refused)),
        thrift=thrift,
        most_micro_usd=most,
    )
    return wishes, _without_asides(cut(text, _joined(text, spans))) if spans or variants else text


def _without_asides(text: str) -> str:
    """The text without clauses in which nothing of weight is left: "whichever"."""
    aside = vocabulary.wordset("families", "before", "aside")
    clauses = split(text)
    kept = [clause for clause in clauses if not aside.issuperset(word.text for word in words(clause.text))]
    return join(kept) if len(kept) < len(clauses) else text


def _beside(
    text: str, found: Sequence[Word], hit: Hit[str], *, after: Sequence[tuple[int, int]], kept: bool
) -> tuple[bool, int] | None:
    """The side of the name before, where only a word of no weight holds the two together ("Kling and Seedance")."""
    if not after or not _held_together(text[after[-1][1] : found[hit.first].start]):
        return None
    return kept, hit.first


def _held_together(between: str) -> bool:
    aside = vocabulary.wordset("families", "before", "aside")
    apart = set(between) & set(",.;:!?\n")
    return bool(between.strip()) and not apart and all(word.text in aside for word in words(between))


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, those that only a word of no weight holds together as one ("with Kling or Seedance")."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and _held_together(text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def families(text: str, *, models: Sequence[str] = (), loosely: bool = False) -> tuple[str, ...]:
    """Every family or profile a text names, wish or not; ``loosely`` also an everyday word that opens it."""
    found = words(text)
    hits = _names(tuple(models)).hits(found)
    named = (hit.meaning for hit in hits if _is_name(text, found, hit) or (loosely and not hit.first))
    return tuple(dict.fromkeys(named))


@cache
def _names(models: tuple[str, ...]) -> Lexicon[str]:
    spelled = {
        name: name if _begins(name, models) else family
        for family in vocabulary.table("families", "families")
        for name in _spellings(family)
    }
    return Lexicon(spelled | {name: name for name in models})


def _begins(name: str, models: tuple[str, ...]) -> bool:
    """Whether a name with a version is one of the models in reach, or the beginning of several ("Kling 3")."""
    folded = plain(name).replace(" ", "")
    versioned = any(char.isdigit() for char in folded)
    return versioned and any(plain(model).replace(" ", "").startswith(folded) for model in models)


def _spellings(family: str) -> tuple[str, ...]:
    return vocabulary.listed("families", "families", family, "names")


@cache
def _leads() -> Lexicon[str]:
    refuse = {phrase: "refuse" for phrase in vocabulary.listed("families", "before", "refuse")}
    want = {phrase: "want" for phrase in vocabulary.listed("families", "before", "want")}
    return Lexicon(want | refuse)


def _side(text: str, found: Sequence[Word], hit: Hit[str], models: tuple[str, ...]) -> tuple[bool, int] | None:
    """Wanted or refused, and the first word of the phrase that says so; ``None`` where the name is no wish."""
    if not _is_name(text, found, hit):
        return None
    for first in range(max(0, hit.first - LONGEST_LEAD), hit.first):
        lead = _leads().at(found, first)
        apart = text[found[first].start : found[hit.first].start]
        if lead is not None and lead.last == hit.first - 1 and not set(apart) & set(",.;:!?\n"):
            return lead.meaning == "want", first
    return (True, hit.first) if _stands_alone(text, found, hit, models) else None


def _is_name(text: str, found: Sequence[Word], hit: Hit[str]) -> bool:
    everyday = vocabulary.table("families", "families").get(hit.meaning)
    if not (isinstance(everyday, dict) and everyday.get("everyday")) or hit.last > hit.first:
        return True
    before = found[hit.first - 1].text if hit.first else ""
    return text[found[hit.first].start].isupper() and before not in _ARTICLES


def _stands_alone(text: str, found: Sequence[Word], hit: Hit[str], models: tuple[str, ...]) -> bool:
    """Whether the clause around the name holds nothing else of weight ("Seedance if it can")."""
    near = found[max(0, hit.first - LONGEST_CLAUSE) : hit.last + 1 + LONGEST_CLAUSE]
    names = {word.text for other in _names(models).hits(near) for word in near[other.first : other.last + 1]}
    aside = vocabulary.wordset("families", "before", "aside") | names
    first, last = hit.first, hit.last
    while first > 0 and not set(text[found[first - 1].end : found[first].start]) & set(",.;:!?\n"):
        first -= 1
        if found[first].text not in aside or hit.first - first > LONGEST_CLAUSE:
            return False
    while last + 1 < len(found) and not set(text[found[last].end : found[last + 1].start]) & set(",.;:!?\n"):
        last += 1
        if found[last].text not in aside or last - hit.last > LONGEST_CLAUSE:
            return False
    return True


def _end(text: str, found: Sequence[Word], hit: Hit[str]) -> int:
    """Words of no weight after a name or a wish go with it, up to the next mark."""
    last = hit.last
    while (
        last + 1 < len(found)
        and found[last + 1].text in vocabulary.wordset("families", "before", "aside")
        and not text[found[last].end : found[last + 1].start].strip()
    ):
        last += 1
    rest_of_clause = text[found[last].end : found[last + 1].start].strip() if last + 1 < len(found) else "."
    return found[last].end if rest_of_clause else found[hit.last].end


def _read_variants(text: str, models: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Variants of models that are refused: "Veo, not the fast one, not lite". "Not fast" alone may be about a pan."""
    found = words(text)
    refused = [
        (hit, first) for hit in _variants().hits(found) if (first := _refused_from(text, found, hit)) is not None
    ]
    if not any(hit.last > hit.first for hit, _ in refused) and not families(text, models=models):
        return text, ()
    rest = cut(text, [(found[first].start, found[hit.last].end) for hit, first in refused])
    return rest, tuple(dict.fromkeys(hit.meaning for hit, _ in refused))


def _refused_from(text: str, found: Sequence[Word], hit: Hit[str]) -> int | None:
    """Where the words begin that refuse what follows them; ``None`` where nothing does."""
    noun = hit.first - (hit.first > 0 and found[hit.first - 1].text in _ARTICLES)
    for first in range(max(0, noun - LONGEST_LEAD), noun):
        lead = _leads().at(found, first)
        apart = text[found[first].start : found[hit.first].start]
        if lead is not None and lead.meaning == "refuse" and lead.last == noun - 1 and not set(apart) & set(",.;:!?\n"):
            return first
    return None


@cache
def _variants() -> Lexicon[str]:
    return vocabulary.meanings("families", "variants")


def _read_thrift(text: str) -> tuple[str, Thrift | None]:
    found = words(text)
    for hit in vocabulary.meanings("families", "thrift").hits(found):
        refused = _refused_from(text, found, hit)
        if refused is not None:  # "not the fastest model" asks for nothing
            return _read_thrift(cut(text, [(found[refused].start, found[hit.last].end)]))
        start, end = found[hit.first].start, _end(text, found, hit)
        before, after = text[:start].rstrip(" "), text[end:].lstrip(" ")
        alone = (not before or before[-1] in ",.;:!?\n") and (not after or after[0] in ",.;:!?\n")
        if hit.last > hit.first or alone:
            rest, _ = _read_thrift(cut(text, [(start, end)])) if len(text) < 4000 else (cut(text, [(start, end)]), None)
            return rest, Thrift(hit.meaning)
    return text, None
