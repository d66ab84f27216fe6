"""Whether a shot needs readable lettering: a sign and what it says, which a ban on text would take away."""

import re
from functools import cache

from prompts.lexicon import lexicon
from prompts.sheet import Sheet


def shown(sheet: Sheet) -> str | None:
    """The words that ask for lettering; ``None`` if the shot has none. Words that somebody speaks are none."""
    if sheet.on_screen_text.strip():
        return sheet.on_screen_text
    found = _pattern().search(sheet.action)
    return found.group() if found else None


@cache
def _pattern() -> re.Pattern[str]:
    """What tells lettering from reading and speech: "reads" or a sign, and then a quotation or capitals."""
    words = lexicon().lettering
    return re.compile(
        rf"""
        \b (?: {_any(words.reads)} ) \b [\s,:]* (?: ["“”'‘«「] \w | [A-Z0-9]{{2,}} \b )
        |
        \b (?: {_any(words.carriers)} ) s? \b [^.;!?"“]{{0,30}} \b (?: {_any(words.says)} ) \b [\s,:]* ["“'‘«A-Z]
        |
        \b (?: {_any(words.carriers)} ) [\s,:]+
        (?: ["“«「] \w | ['‘] [A-Z] | (?! (?: {_any(words.camera)} ) \b ) [A-Z]{{4,}} \b )
        """,
        re.VERBOSE,
    )


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in words)
