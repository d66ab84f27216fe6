"""The outermost loop of every command: settings in, exit code out, and each failure told in a sentence."""

import logging
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import anyio

from agent.errors import CountersteerError
from interfaces import logs
from interfaces import settings as given
from interfaces.command.terminal import printable
from interfaces.settings import Settings
from tools.tidying import redacted, without

DONE, FAILED, INTERRUPTED = 0, 1, 130
LOG_FILE = "countersteer.log"

_log = logging.getLogger(__name__)


def run(command: Callable[[Settings], Coroutine[Any, Any, int | None]]) -> int:
    """The exit code of a command: 0 done, 1 told what failed, 130 interrupted."""
    secrets: tuple[str, ...] = ()
    try:
        settings = given.read()
        secrets = logs.secrets(settings)
        formatter = logs.JsonFormatter(secrets) if settings.log == "json" else logs.LineFormatter(secrets)
        _log_into(settings.folder / LOG_FILE, formatter)
        return anyio.run(command, settings) or DONE
    except KeyboardInterrupt:
        _tell("\nStopped. Nothing is lost: start again and it goes on.")
        return INTERRUPTED
    except Exception as error:  # nothing is outside of this one
        return _failed(_innermost(error), secrets=secrets)


def _failed(error: Exception, *, secrets: Sequence[str]) -> int:
    if isinstance(error, CountersteerError):
        _tell(f"error: {without(str(error), secrets=secrets)}")
        return FAILED
    _log.critical("a command stopped", exc_info=error)
    told = f"{type(error).__name__} ({redacted(str(error), secrets=secrets)})"
    _tell(
        f"error: an unexpected {told}; what was stored is safe; {LOG_FILE} in the data folder has the details to report"
    )
    return FAILED


def _innermost(error: Exception) -> Exception:
    """What a group of tasks wrapped."""
    inner: Sequence[Exception] = getattr(error, "exceptions", ())
    return _innermost(inner[0]) if inner else error


def _log_into(file: Path, formatter: logging.Formatter) -> None:
    """Warnings and worse go to a file beside the films, so that a conversation is not torn by a traceback."""
    handler = _LateFile(file, delay=True, encoding="utf-8", errors="backslashreplace")
    handler.setFormatter(formatter)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class _LateFile(logging.FileHandler):
    """Opened by the first record; where there is no folder to open it in, on the terminal instead."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record."""
        try:
            super().emit(record)
        except OSError:
            sys.stderr.write(f"{self.format(record)}\n")


def _tell(message: str) -> None:
    sys.stderr.write("\n".join(printable(line) for line in message.split("\n")) + "\n")
