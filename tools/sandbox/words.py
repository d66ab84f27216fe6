"""The stand-ins' own word list, compiled once: what a wire's text can mean."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tools.sandbox.scene import Fault, Key, Look

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Patterns per meaning, over lower-case text with hyphens turned into spaces.

    Attributes:
        named: How a fault is called; ``counterparts``: how it is kept out positively; ``asked``: how it is wanted.
        refused_input: Per vendor, what is refused before rendering; ``refused_output``: after it.
        people: Number of subjects to the phrases that ask for it, largest number first.
    """

    looks: Mapping[Look, re.Pattern[str]]
    keys: Mapping[Key, re.Pattern[str]]
    named: Mapping[Fault, re.Pattern[str]]
    counterparts: Mapping[Fault, re.Pattern[str]]
    asked: Mapping[Fault, re.Pattern[str]]
    refused_input: Mapping[str, re.Pattern[str]]
    refused_output: Mapping[str, re.Pattern[str]]
    people: Mapping[int, re.Pattern[str]]
    colours: Mapping[str, Colour]


@cache
def lexicon() -> Lexicon:
    """The word list of `lexicon.toml`."""
    table = tomllib.loads(resources.files("tools.sandbox").joinpath("lexicon.toml").read_text("utf-8"))
    return Lexicon(
        looks={Look(name): _words(pattern) for name, pattern in table["look"].items()},
        keys={Key(name): _words(pattern) for name, pattern in table["key"].items()},
        named={Fault(name): _words(pattern) for name, pattern in table["named"].items()},
        counterparts={Fault(name): _words(pattern) for name, pattern in table["counterpart"].items()},
        asked={Fault(name): _words(pattern) for name, pattern in table["asked"].items()},
        refused_input={name: _words(pattern) for name, pattern in table["refused"]["input"].items()},
        refused_output={name: _words(pattern) for name, pattern in table["refused"]["output"].items()},
        people={int(count): _words(pattern) for count, pattern in sorted(table["people"].items(), reverse=True)},
        colours={name: _rgb(value) for name, value in table["colours"].items()},
    )


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b")


def _rgb(value: str) -> Colour:
    red, green, blue = bytes.fromhex(value)
    return red, green, blue
