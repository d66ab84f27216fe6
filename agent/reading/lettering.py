"""Where words stand on something to be read: "a NO SMOKING sign", "a board that says keep out"."""

import re
from collections.abc import Iterator
from functools import cache

from agent.reading import vocabulary

Span = tuple[int, int]

_CAPITALS = r"[A-Z0-9][A-Z0-9'&!.-]*(?: [A-Z0-9][A-Z0-9'&!.-]*){0,7}"
_TITLE_CASE = r"[A-Z][\w']*(?: [A-Z][\w']*){1,7}"


def spans(text: str) -> Iterator[Span]:
    """The words to be read, from left to right; a single letter is none."""
    for match in _pattern().finditer(text):
        name = next(name for name, group in match.groupdict().items() if group is not None)
        start, end = match.span(name)
        if end - start > 1:
            yield start, end


@cache
def _pattern() -> re.Pattern[str]:
    """After an article, "no entry" before "sign" is what the sign says; "no street signs" without one forbids them."""
    board = _any("boards")
    says = _any("says")
    sign = rf"(?:neon )?{board}\b"
    return re.compile(
        rf"\b(?P<before>{_CAPITALS}|{_TITLE_CASE})(?= {sign})"
        rf"|\b(?:{_any('before_boards')}) (?P<lower>(?:no|do not|don't) \w+(?: \w+)?)(?= {sign})"
        rf"|\b{board} (?:that |which )?{says}:? (?P<said>\w[^,.;:!?\n\ue000]{{1,60}}?)(?=\s*(?:[,.;:!?\n]|$))"
        rf"|\b{says}:? (?P<after>{_CAPITALS})(?!\w)"
    )


def _any(name: str) -> str:
    phrases = sorted(vocabulary.listed("quoting", name), key=len, reverse=True)
    return f"(?:{'|'.join(re.escape(phrase) for phrase in phrases)})"
