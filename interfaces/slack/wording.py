"""Slack's way of writing text, to and fro (docs.slack.dev/messaging/formatting-message-text)."""

import re
from collections.abc import Iterator, Sequence

from interfaces.story import Line

LONGEST_POST = 3_500
"""Characters of one message of ours; Slack advises 4,000, and cuts at 40,000."""

LONGEST_SECTION = 3_000

_MARKED = re.compile(r"<([^<>]*)>")
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))


def plain(text: str, *, bot: str) -> str:
    """What a person wrote, without Slack's marks and without the mention of us."""
    shown = _MARKED.sub(lambda found: _shown(found[1], bot=bot), text)
    for sign, escaped in reversed(_ESCAPES):
        shown = shown.replace(escaped, sign)
    return shown.strip()


def escaped(text: str) -> str:
    """Text from outside, which can mention nobody and link to nothing."""
    for sign, written in _ESCAPES:
        text = text.replace(sign, written)
    return text


def told(lines: Sequence[Line]) -> str:
    """Lines of the story as one text."""
    return "\n".join(_line(line) for line in lines)


def parts(text: str, *, most: int = LONGEST_POST) -> Iterator[str]:
    """A long text in pieces that fit, cut between lines where there are any."""
    rest = text.strip("\n")
    while len(rest) > most:
        cut = rest.rfind("\n", 1, most)
        at = cut if cut > 0 else _whole(rest, most)
        yield rest[:at]
        rest = rest[at:].lstrip("\n")
    if rest:
        yield rest


def _line(line: Line) -> str:
    shot = f"*Shot {line.shot}*  " if line.shot is not None and not line.under else ""
    return f"{'• ' if line.under else shot}{escaped(line.text)}"


def _shown(mark: str, *, bot: str) -> str:
    """``@U1|ada`` as ``@ada``, ``#C1|shots`` as ``#shots``, a link as its address."""
    name, _, label = mark.partition("|")
    if name == f"@{bot}":
        return ""
    if name.startswith(("@", "#")):
        return name[0] + (label or name[1:])
    return f"@{name[1:].partition('^')[0]}" if name.startswith("!") else name


def _whole(text: str, most: int) -> int:
    """Where to cut so that no escaped sign is torn."""
    amp = text.rfind("&", most - 5, most)
    return amp if amp > 0 and ";" not in text[amp:most] else most
