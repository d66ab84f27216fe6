"""Quoted words and lettering sorted into dialogue and on-screen text; every other quote stays where it was typed."""

from collections.abc import Sequence

from agent.reading.shield import Kind, Passage, Shielded
from agent.reading.words import Word, cut, words

_SPOKEN = frozenset(
    "say says said saying shout shouts shouted shouting whisper whispers whispering ask asks asking yell yells yelling murmur murmurs mutter "
    "mutters scream screams screaming reply replies answers answering line speaks speaking tells telling sings singing calls calling dialogue "
    "voice vo adds mouths announces".split()
)
_WRITTEN = frozenset(
    "sign signs read reads reading text texts title titled caption lettering written writing word words poster banner label labelled labeled "
    "spelling spells screen billboard neon note plaque placard logo headline graffiti shirt displaying marked board sticker signpost".split()
)
REACH = 6  # words before a quote that tell what it is


def read(text: str, *, shielded: Shielded) -> tuple[str, str, str]:
    """On-screen text, dialogue, and the text without the dialogue's words; lettering stays, or its sign would hang bare."""
    found = words(text)
    written: list[str] = []
    spoken: list[str] = []
    spans: list[tuple[int, int]] = []
    for at, word in enumerate(found):
        passage = shielded.passage(word.text)
        if passage is None:
            continue
        if _is_written(found, at, passage):
            written.append(passage.inner)
        elif passage.kind is Kind.QUOTE and _is_spoken(found, at):
            spoken.append(passage.inner)
            spans.append((word.start, word.end))
    return "; ".join(dict.fromkeys(written)), " ".join(spoken), cut(text, spans) if spans else text


def _is_written(found: Sequence[Word], at: int, passage: Passage) -> bool:
    if passage.kind is Kind.LETTERING:
        return True
    near = {word.text for word in found[max(0, at - REACH) : at]} | {word.text for word in found[at + 1 : at + 3]}
    closest = next((word.text for word in reversed(found[max(0, at - REACH) : at]) if word.text in _SPOKEN | _WRITTEN), "")
    return passage.kind is Kind.QUOTE and bool(near & _WRITTEN) and closest not in _SPOKEN


def _is_spoken(found: Sequence[Word], at: int) -> bool:
    return bool({word.text for word in found[max(0, at - REACH) : at]} & _SPOKEN)
