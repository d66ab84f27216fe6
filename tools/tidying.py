"""Vendors' words made fit to show: short, plain ASCII, without keys or signed links."""

import re
from collections.abc import Iterable

LONGEST_MESSAGE = 200
SHORTEST_SECRET = 4
"""A shorter secret would blot out ordinary words; nothing that short is a key."""

_READ_AT_MOST = 4000
_PATTERNS = (
    (re.compile(r"((?:https?|gs)://[^\s?#\"'<>]+)[?#][^\s\"'<>]*"), r"\1?..."),
    (re.compile(r"\beyJ[\w-]{8,}(?:\.[\w-]*){1,2}"), "[token]"),
    (re.compile(r"(?i)\b(bearer|key)\s+[\w.~+/=-]{16,}"), r"\1 [key]"),
    (re.compile(r"(?i)\b((?:authorization|x-goog-api-key|api[-_]?key)\s*[:=]\s*)\S+"), r"\1[key]"),
)


def tidy(text: str, *, secrets: Iterable[str] = ()) -> str:
    """A message of at most 200 ASCII characters on one line, with keys, tokens and link queries taken out."""
    text = text[:_READ_AT_MOST]
    for secret in secrets:
        if len(secret) >= SHORTEST_SECRET:
            text = text.replace(secret, "[key]")
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    plain = text.encode("ascii", "backslashreplace").decode("ascii")
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in plain).split())
    return line if len(line) <= LONGEST_MESSAGE else line[: LONGEST_MESSAGE - 3] + "..."
