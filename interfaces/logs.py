"""The log: what went wrong and where, one record per line, without a key in it."""

import json
import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, cast

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
        text = self.plain(super().format(record))
        return CONTINUED.join(visible(line) for line in text.split("\n"))

    def plain(self, text: str) -> str:
        """The text without a secret in it."""
        return redacted(text, secrets=self._secrets)


class JsonFormatter(LineFormatter):
    """The same as one JSON object per record, for whoever collects logs; every sign outside ASCII is written out."""

    def format(self, record: logging.LogRecord) -> str:
        """The record on one line."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self.plain(record.getMessage()),
            **({"error": self.plain(self.formatException(record.exc_info))} if record.exc_info else {}),
        }
        return json.dumps(told)


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
            for held in cast(dict[str, Any], value).values():
                yield from _secrets(held)
        case _:
            pass
