"""Words made fit to show or to keep: without keys, tokens and signed links, and without what moves a cursor."""

import re
from collections.abc import Iterable

LONGEST_MESSAGE = 200
SHORTEST_SECRET = 4
"""A shorter secret would blot out ordinary words; nothing that short is a key."""

_READ_AT_MOST = 4000
_PATTERNS = (
    (re.compile(r"((?:https?|gs|s3)://[^\s?#\"'<>]+)[?#][^\s\"'<>]*"), r"\1?..."),
    (re.compile(r"\b([a-z][a-z0-9+]*://)[^\s/@\"'<>]+@"), r"\1[key]@"),
    (re.compile(r"\beyJ[\w-]{8,}(?:\.[\w-]*){1,2}"), "[token]"),
    (re.compile(r"(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"), "[key]"),
    # As their owners write them: OpenAI and those like it, Slack, Google, AWS.
    (
        re.compile(r"\b(?:sk|key)[-_](?=[\w-]*\d)[\w-]{16,}|\bxox[a-z]-[\w-]{8,}|\bxapp-[\w-]{8,}|\bAIza[\w-]{20,}"),
        "[key]",
    ),
    (re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{12,}|\bya29\.[\w.-]{8,}"), "[key]"),
    (re.compile(r"(?i)\b(bearer|key)\s+[\w.~+/=:-]{16,}"), r"\1 [key]"),
    (
        re.compile(r"(?i)\b((?:authorization|x-goog-api-key|api[-_]?key|secret|password)['\"]?\s*[:=]\s*)\S+"),
        r"\1[key]",
    ),
)


def tidy(text: str, *, secrets: Iterable[str] = ()) -> str:
    """A message of at most 200 ASCII characters on one line, with keys, tokens and link queries taken out."""
    plain = redacted(text[:_READ_AT_MOST], secrets=secrets).encode("ascii", "backslashreplace").decode("ascii")
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in plain).split())
    return line if len(line) <= LONGEST_MESSAGE else line[: LONGEST_MESSAGE - 3] + "..."


def redacted(text: str, *, secrets: Iterable[str] = ()) -> str:
    """The text with these values taken out, and whatever has the form of a key, a token or a signed link."""
    text = without(text, secrets=secrets)
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


def without(text: str, *, secrets: Iterable[str]) -> str:
    """The text with these values alone taken out; for words of our own, where a pattern would see keys in advice."""
    for secret in secrets:
        if len(secret) >= SHORTEST_SECRET:
            text = text.replace(secret, "[key]")
    return text


def visible(text: str) -> str:
    """The text with every sign that a terminal acts on written out, line ends too."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text)
