"""Answers of a vision judge that need not be paid for twice: the same words about the same pictures."""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from openai.types.chat import ChatCompletionMessageParam

from tools.language.judge_wire import WireResults

REMEMBERED: Final = 256
"""Answers, of a few kilobytes each: some dozens of clips."""


class Answers:
    """The latest answers, by everything that was asked: model, words, terms, and each picture's bytes.

    Equal clips are cut into equal pictures, so this is at least as strict as the clip's own digest. Failures are not
    kept: another time the judge may do better.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[str, WireResults] = OrderedDict()

    def get(self, key: str) -> WireResults | None:
        """What was answered to this before."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def keep(self, key: str, answer: WireResults) -> None:
        """Remember an answer, in place of the one nobody has asked for for longest."""
        self._kept[key] = answer
        if len(self._kept) > REMEMBERED:
            self._kept.popitem(last=False)


def key(model: str, terms: Sequence[str], messages: Sequence[ChatCompletionMessageParam]) -> str:
    """The digest of a question."""
    return hashlib.sha256(json.dumps([model, list(terms), list(messages)]).encode()).hexdigest()
