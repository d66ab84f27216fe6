"""Whether three texts make a preset: what is said of those that do not."""

import re
from collections.abc import Mapping

from prompts.libraries.library import Complaint, Preset
from prompts.normal import clean

LONGEST_NAME = 200
LONGEST_TEXT = 20_000
"""Characters of one side of a preset; the longest of the public libraries has some 600."""

_FORMULA = re.compile(r"\s*(?:=\s*[\w@'\"(+-]|[@+-]\w+\()")
"""What a spreadsheet would run on opening the file (owasp.org/www-community/attacks/CSV_Injection, read 2026-11-20)."""

_CODE = re.compile(
    r"<\s*/?\s*(?:script|iframe|object|embed|img|svg)\b|javascript:|\bon(?:load|error|click)\s*=|<\?(?:php|=)|\$[{(]"
    r"|\b(?:__import__|eval|exec|os\.system)\(|\bimport\s+(?:os|sys|subprocess)\b",
    re.IGNORECASE,
)
_OTHER_ENCODING = re.compile("[\ud800-\udfff\ufffd]")


def preset(
    name: object, positive: object, negative: object, *, line: int, extras: Mapping[str, object]
) -> Preset | Complaint:
    """The preset, or why it is left out."""
    given = [("name", name), ("prompt", positive), ("negative prompt", negative)]
    for part, value in given:
        if value is not None and not isinstance(value, str):
            return Complaint(line=line, what=f"the {part} is no text; the style is left out")
    texts = {part: str(value or "") for part, value in given}
    if why := _unfit(texts):
        return Complaint(line=line, what=f"{why}; the style is left out")
    return Preset(
        name=clean(texts["name"]).text,
        positive=texts["prompt"],
        negative=texts["negative prompt"],
        line=line,
        extras=extras,
    )


def _unfit(texts: Mapping[str, str]) -> str:
    name = clean(texts["name"]).text
    if not name:
        return "the style has no name"
    if len(name) > LONGEST_NAME:
        return f"the name has {len(name)} characters and {LONGEST_NAME} is the most"
    return next((why for part, text in texts.items() if (why := _unfit_text(part, text))), "")


def _unfit_text(part: str, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        return f"the {part} has {len(text):,} characters and {LONGEST_TEXT:,} is the most"
    if _OTHER_ENCODING.search(text):
        return f"the {part} holds bytes of another encoding; save the file as UTF-8"
    if _FORMULA.match(text):
        return f"the {part} is a spreadsheet formula"
    if _CODE.search(text):
        return f"the {part} holds program code"
    return ""
