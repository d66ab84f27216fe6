"""The log: what went wrong and where, one record per line, without a key in it."""

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, SecretStr

from interfaces.settings import Settings
from tools.tidying import redacted, visible

FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"
CONTINUED = "\n  | "
"""Before each further line of a record, so that no text in it looks like a record of its own."""


class LineFormatter(logging.Formatter):
    """Writes a record with every secret of the settings taken out."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__(FORM)
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """The record, its traceback beneath it."""
        text = redacted(super().format(record), secrets=self._secrets)
        return CONTINUED.join(visible(line) for line in text.split("\n"))


def secrets(settings: Settings) -> tuple[str, ...]:
    """Every secret that is set, wherever it stands in the settings; the longest first, for one may hold another."""
    return tuple(sorted(set(_secrets(settings)), key=len, reverse=True))


def _secrets(value: Any) -> Iterator[str]:
    match value:
        case SecretStr():
            yield value.get_secret_value()
        case BaseModel():
            for _, held in value:
                yield from _secrets(held)
        case dict():
            for held in value.values():
                yield from _secrets(held)
        case _:
            pass
