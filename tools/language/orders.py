"""Whether a sentence tells what to say, rather than what is seen."""

import re
import tomllib
from functools import cache
from importlib import resources


def speaks_to_the_judge(observation: str) -> bool:
    """Whether an observation repeats an order: lettering in a picture may talk to whoever looks at it."""
    return bool(_orders().search(observation))


@cache
def _orders() -> re.Pattern[str]:
    text = resources.files("tools.language").joinpath("orders.toml").read_text(encoding="utf-8")
    phrases = (re.escape(phrase).replace(r"\*", r"\w*") for phrase in tomllib.loads(text)["phrases"])
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)
